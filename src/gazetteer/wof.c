/*
 * Who's On First (whosonfirst.org): features whose properties begin with "wof:",
 * "name:" and so on, and the abridged records {"id", "name", "pt", "cc", "lat", "lon",
 * "names"} that are made of them. What is deprecated or superseded there is left out.
 */
#include "gazetteer/features.h"

#include <string.h>

enum { CITY = 50000, TOWN = 5000 };

bool gaz_is_wof(const struct im_json *p) {
    return im_json_get(p, "wof:placetype") || im_json_get(p, "wof:name") ||
           (im_json_get(p, "pt") && im_json_get(p, "cc") && im_json_get(p, "names"));
}

static const struct im_json *either(const struct im_json *p, const char *a,
                                    const char *b) {
    const struct im_json *v = im_json_get(p, a);
    return v ? v : im_json_get(p, b);
}

static const char *text(const struct im_json *v) {
    return v && v->type == IM_JSON_STRING ? v->text : "";
}

static double number(const struct im_json *v) {
    double d;
    return im_json_is_number(v, &d) ? d : 0;
}

const char *gaz_language(const char *code, size_t n, size_t *out_n) {
    // ISO 639-2 and -3 to 639-1, of languages with many names
    static const char pairs[] =
        "afr af amh am ara ar aze az bel be ben bn bos bs bul bg cat ca ces cs cym cy "
        "dan da deu de ell el eng en epo eo est et eus eu fas fa fin fi fra fr gle ga "
        "glg gl guj gu hau ha heb he hin hi hrv hr hun hu hye hy ind id isl is ita it "
        "jav jv jpn ja kan kn kat ka kaz kk khm km kir ky kor ko kur ku lao lo lat la "
        "lav lv lit lt ltz lb mal ml mar mr mkd mk mlt mt mon mn msa ms mya my nep ne "
        "nld nl nno nn nob nb nor no oss os pan pa pol pl por pt pus ps ron ro rus ru "
        "sin si slk sk slv sl som so spa es sqi sq srp sr swa sw swe sv tam ta tel te "
        "tgk tg tha th tuk tk tur tr uig ug ukr uk urd ur uzb uz vie vi yid yi yor yo "
        "zho zh zul zu ";
    *out_n = n;
    for (const char *s = pairs; n == 3 && *s; s += 7) {
        if (memcmp(s, code, 3) == 0) {
            *out_n = 2;
            return s + 4;
        }
    }
    return code;
}

void gaz_put_language_name(struct im_buf *names, const char *lang, size_t lang_n,
                           const char *name, size_t n) {
    if (n == 0) {
        return;
    }
    if (names->len > 0) {
        im_buf_char(names, '|');
    }
    im_buf_add(names, lang, lang_n);
    im_buf_char(names, '=');
    for (size_t i = 0; i < n; i++) {
        im_buf_char(names, name[i] == '|' ? '/' : name[i]);
    }
}

/* "eng_x_preferred", "zho_min_nan_x_variant": the language before "_x_". */
static void put_tagged(struct im_buf *names, const char *tag, const char *name,
                       size_t n) {
    const char *end = strstr(tag, "_x_");
    size_t length = end ? (size_t)(end - tag) : strlen(tag), out;
    const char *lang = gaz_language(tag, length, &out);
    if (memchr(lang, '_', out) || out == 0 || out > 12) {
        lang = "und";
        out = 3;
    }
    gaz_put_language_name(names, lang, out, name, n);
}

/* Names of one sort ("_x_preferred", "_x_variant"), in their order: whole records have
 * "name:eng_x_preferred": [names], abridged ones "names": {name: tag}. */
static void put_names(const struct im_json *p, const char *sort, struct im_buf *names) {
    const struct im_json *abridged = im_json_get(p, "names");
    for (const struct im_json *v = p->child; v; v = v->next) {
        if (strncmp(v->key, "name:", 5) != 0 || !strstr(v->key, sort)) {
            continue;
        }
        for (const struct im_json *name = v->child; name; name = name->next) {
            put_tagged(names, v->key + 5, text(name), strlen(text(name)));
        }
    }
    for (const struct im_json *v = abridged ? abridged->child : NULL; v; v = v->next) {
        if (strstr(text(v), sort)) {
            put_tagged(names, text(v), v->key, strlen(v->key));
        }
    }
}

static void put_kind(struct gaz_draft *d, const char *type, double people) {
    static const struct {
        const char *type, *kind, *feature;
    } known[] = {
        {"locality", "settlement", NULL},
        {"borough", "settlement", "quarter"},
        {"neighbourhood", "settlement", "quarter"},
        {"macrohood", "settlement", "quarter"},
        {"microhood", "settlement", "quarter"},
        {"localadmin", "region", "municipality"},
        {"county", "region", "district"},
        {"macrocounty", "region", "region"},
        {"region", "region", "admin1"},
        {"macroregion", "region", "region"},
        {"disputed", "region", "region"},
        {"country", "country", "country"},
        {"dependency", "country", "country"},
        {"empire", "country", "country"},
        {"continent", "other", "continent"},
        {"ocean", "water", "sea"},
        {"marinearea", "water", "sea"},
    };
    const char *kind = "other", *feature = type;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].type, type) == 0) {
            kind = known[i].kind;
            feature = known[i].feature ? known[i].feature
                      : people >= CITY ? "city"
                      : people >= TOWN ? "town"
                                       : "village";
        }
    }
    gaz_draft_set(d, GAZ_KIND, kind, strlen(kind));
    gaz_draft_set(d, GAZ_FEATURE, feature, strlen(feature));
}

static const char *left_out(const struct im_json *p) {
    const struct im_json *superseded = im_json_get(p, "wof:superseded_by");
    const struct im_json *sup = im_json_get(p, "sup");
    if (either(p, "edtf:deprecated", "dep") &&
        text(either(p, "edtf:deprecated", "dep"))[0] != '\0') {
        return "it is deprecated by Who's On First";
    }
    if ((sup && sup->type == IM_JSON_TRUE) ||
        (superseded && superseded->type == IM_JSON_ARRAY && superseded->n > 0)) {
        return "it is superseded in Who's On First";
    }
    return NULL;
}

static void put_date(struct gaz_draft *d, enum gaz_column column, const char *s) {
    struct im_date date;
    if (im_date_parse(s, strlen(s), &date)) { // others are open or uncertain
        gaz_draft_set(d, column, s, strlen(s));
    }
}

static void put_position(const struct im_json *p, const struct im_json *feature,
                         struct gaz_draft *d) {
    const char *pairs[][2] = {{"lbl:latitude", "lbl:longitude"},
                              {"geom:latitude", "geom:longitude"},
                              {"lat", "lon"}};
    struct gaz_shape shape;
    double lat, lon;
    if (gaz_geometry(d->text.arena, im_json_get(feature, "geometry"), &shape)) {
        gaz_draft_shape(d, &shape);
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (im_json_is_number(im_json_get(p, pairs[i][0]), &lat) &&
            im_json_is_number(im_json_get(p, pairs[i][1]), &lon)) {
            gaz_draft_number(d, GAZ_LAT, lat, 7);
            gaz_draft_number(d, GAZ_LON, lon, 7);
            return;
        }
    }
}

const char *gaz_wof_fields(const struct im_json *p, const struct im_json *feature,
                           struct gaz_draft *d, struct im_buf *names) {
    const struct im_json *id = either(p, "wof:id", "id");
    const struct im_json *name = either(p, "wof:name", "name");
    const struct im_json *country = either(p, "wof:country", "cc");
    double people = number(either(p, "wof:population", "pop"));
    const char *why = left_out(p);
    if (why) {
        return why;
    }
    put_position(p, feature, d);
    if (id) {
        const char *full = im_format(d->text.arena, "wof:%s", id->text);
        gaz_draft_set(d, GAZ_ID, full, strlen(full));
    }
    gaz_draft_set(d, GAZ_NAME, text(name), strlen(text(name)));
    put_kind(d, text(either(p, "wof:placetype", "pt")), people);
    gaz_draft_set(d, GAZ_CC, text(country), strlen(text(country)) == 2 ? 2 : 0);
    if (people > 0 && people <= 4e9) {
        gaz_draft_number(d, GAZ_POPULATION, people, 0);
    }
    put_date(d, GAZ_FROM, text(im_json_get(p, "edtf:inception")));
    put_date(d, GAZ_TO, text(im_json_get(p, "edtf:cessation")));
    put_names(p, "_x_preferred", names);
    put_names(p, "_x_variant", names);
    put_names(p, "_x_colloquial", names);
    gaz_draft_set(d, GAZ_NAMES, names->data, names->len);
    gaz_draft_set(d, GAZ_SOURCE, "whosonfirst", strlen("whosonfirst"));
    return NULL;
}
