/* Answers as JSON and TSV; the fields are a contract with scripts. */
#include "base/file.h"
#include "base/num.h"
#include "base/utf8.h"
#include "formats/json.h"
#include "gazetteer/gazetteer.h"
#include "model/outline.h"

#include <string.h>

enum { DEGREE_DECIMALS = 6, SCORE_DECIMALS = 3 };

static void json_field(struct im_buf *buf, bool *first, const char *key,
                       const char *text) {
    im_json_key(buf, first, key);
    im_json_string(buf, text);
}

static void json_number(struct im_buf *buf, bool *first, const char *key, double v,
                        int decimals) {
    im_json_key(buf, first, key);
    im_json_number(buf, v, decimals);
}

/* The first name of each language. */
static void json_names(struct im_buf *buf, bool *first, const struct im_place *place) {
    bool none = true;
    im_json_key(buf, first, "names");
    im_buf_char(buf, '{');
    for (size_t i = 0; i < place->name_count; i++) {
        bool known = false;
        for (size_t k = 0; k < i && !known; k++) {
            known = strcmp(place->names[k].lang, place->names[i].lang) == 0;
        }
        if (!known) {
            json_field(buf, &none, place->names[i].lang, place->names[i].text);
        }
    }
    im_buf_char(buf, '}');
}

static void json_box(struct im_buf *buf, bool *first, const struct im_place *place) {
    const double v[4] = {place->box.west, place->box.south, place->box.east,
                         place->box.north};
    im_json_key(buf, first, "bbox");
    for (int i = 0; i < 4; i++) {
        im_buf_char(buf, i ? ',' : '[');
        im_json_number(buf, v[i], DEGREE_DECIMALS);
    }
    im_buf_char(buf, ']');
}

/* The rings of an area that no gazetteer has, outers and holes, as [lon, lat]. */
static void json_outline(struct im_buf *buf, bool *first,
                         const struct im_place *place) {
    struct im_lines rings;
    if (place->kind != IM_CORRIDOR ||
        !im_outline_read(buf->arena, place->area, &rings)) {
        return;
    }
    im_json_key(buf, first, "outline");
    for (size_t i = 0; i < rings.n; i++) {
        im_buf_str(buf, i ? ",[" : "[[");
        for (size_t k = 0; k < rings.v[i].n; k++) {
            im_buf_str(buf, k ? ",[" : "[");
            im_json_number(buf, rings.v[i].v[k].lon, 5);
            im_buf_char(buf, ',');
            im_json_number(buf, rings.v[i].v[k].lat, 5);
            im_buf_char(buf, ']');
        }
        im_buf_char(buf, ']');
    }
    im_buf_char(buf, ']');
}

static void json_null(struct im_buf *buf, bool *first, const char *key) {
    im_json_key(buf, first, key);
    im_buf_str(buf, "null");
}

/* A number, or null when it is not known. */
static void json_known(struct im_buf *buf, bool *first, const char *key, double v,
                       int decimals) {
    if (v > 0) {
        json_number(buf, first, key, v, decimals);
    } else {
        json_null(buf, first, key);
    }
}

static void json_place(struct im_buf *buf, bool *first, const struct im_place *place) {
    json_field(buf, first, "name", place->name);
    json_names(buf, first, place);
    json_number(buf, first, "lon", place->at.lon, DEGREE_DECIMALS);
    json_number(buf, first, "lat", place->at.lat, DEGREE_DECIMALS);
    json_field(buf, first, "kind", im_kind_text(place->kind));
    json_field(buf, first, "country", place->country);
    json_field(buf, first, "admin1", place->admin1);
    if (place->admin2[0] != '\0') {
        json_field(buf, first, "admin2", place->admin2);
    }
    if (place->has_box) {
        json_box(buf, first, place);
    } else {
        json_null(buf, first, "bbox");
    }
    json_known(buf, first, "population", (double)place->population, 0);
    json_known(buf, first, "precision_km", place->precision_km, 3);
    json_field(buf, first, "source", place->source);
    json_field(buf, first, "id", place->id);
    if (place->row.file) {
        json_field(buf, first, "file", im_path_name(place->row.file));
        json_number(buf, first, "line", place->row.line, 0);
    }
    json_outline(buf, first, place);
}

/* All fields of a place but where it is. */
static void json_no_place(struct im_buf *buf, bool *first) {
    static const char *const keys[] = {"name",   "names", "kind",       "country",
                                       "admin1", "bbox",  "population", "precision_km",
                                       "source", "id"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_null(buf, first, keys[i]);
    }
}

static void json_terms(struct im_buf *buf, bool *first, const struct im_candidate *c) {
    bool none = true;
    im_json_key(buf, first, "terms");
    im_buf_char(buf, '{');
    for (size_t i = 0; i < c->term_count; i++) {
        json_number(buf, &none, c->terms[i].name, c->terms[i].value, SCORE_DECIMALS);
    }
    im_buf_char(buf, '}');
}

static void json_candidate(struct im_buf *buf, const struct im_candidate *c) {
    bool first = true;
    im_buf_char(buf, '{');
    json_field(buf, &first, "match", im_match_text(c->match));
    json_field(buf, &first, "matched", c->matched);
    json_place(buf, &first, c->place);
    json_number(buf, &first, "score", c->score, SCORE_DECIMALS);
    json_terms(buf, &first, c);
    json_field(buf, &first, "reason", c->reason);
    if (c->outside) {
        im_json_key(buf, &first, "outside");
        im_buf_str(buf, "true");
    }
    im_buf_char(buf, '}');
}

/* Who settled the name, when and why. */
static void json_pin(struct im_buf *buf, bool *first, const struct im_pin *pin) {
    bool none = true;
    im_json_key(buf, first, "pin");
    im_buf_char(buf, '{');
    json_field(buf, &none, "context", pin->context);
    json_field(buf, &none, "who", pin->who);
    json_field(buf, &none, "when", pin->when);
    json_field(buf, &none, "why", pin->why);
    json_field(buf, &none, "file", im_path_name(pin->row.file));
    json_number(buf, &none, "line", pin->row.line, 0);
    im_buf_char(buf, '}');
}

void im_answer_json(struct im_buf *buf, const char *query,
                    const struct im_answer_set *a) {
    bool first = true;
    im_buf_char(buf, '{');
    json_field(buf, &first, "query", query);
    json_field(buf, &first, "status", im_answer_text(a->status));
    if (a->n > 0) {
        json_field(buf, &first, "match", im_match_text(a->candidates[0].match));
    } else {
        json_null(buf, &first, "match");
    }
    if (a->status == IM_ANSWER_OK) {
        json_place(buf, &first, a->candidates[0].place);
        json_number(buf, &first, "score", a->candidates[0].score, SCORE_DECIMALS);
        json_terms(buf, &first, &a->candidates[0]);
    } else {
        json_no_place(buf, &first);
        json_null(buf, &first, "score");
    }
    json_field(buf, &first, "reason", a->reason);
    if (a->pin) {
        json_pin(buf, &first, a->pin);
    }
    im_json_key(buf, &first, "candidates");
    for (size_t i = 0; i < a->n; i++) {
        im_buf_char(buf, i ? ',' : '[');
        json_candidate(buf, &a->candidates[i]);
    }
    im_buf_str(buf, a->n ? "]}\n" : "[]}\n");
}

/* A TSV field: backslash, tab, line ends and other control characters escaped. */
static void tsv_field(struct im_buf *buf, const char *s, char end) {
    size_t n = strlen(s);
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        const char *at = cp < 0x80 ? memchr("\\\t\n\r", (int)cp, 4) : NULL;
        if (at) {
            im_buf_char(buf, '\\');
            im_buf_char(buf, *at == '\\'   ? '\\'
                             : *at == '\t' ? 't'
                             : *at == '\n' ? 'n'
                                           : 'r');
        } else if (im_utf8_is_control(cp)) {
            im_buf_fmt(buf, "\\u%04x", (unsigned)cp);
        } else if (cp == 0xFFFD) { // also for a byte that is no UTF-8
            im_buf_str(buf, "\xEF\xBF\xBD");
        } else {
            im_buf_add(buf, s + i, used);
        }
    }
    im_buf_char(buf, end);
}

static void tsv_number(struct im_buf *buf, double v, int decimals) {
    char text[40];
    im_num_write(text, v, decimals);
    tsv_field(buf, text, '\t');
}

void im_answer_tsv_header(struct im_buf *buf) {
    im_buf_str(buf, "query\tstatus\tname\tlon\tlat\tkind\tcountry\tscore\tsource\tid\t"
                    "match\n");
}

void im_answer_tsv(struct im_buf *buf, const char *query,
                   const struct im_answer_set *a) {
    tsv_field(buf, query, '\t');
    tsv_field(buf, im_answer_text(a->status), '\t');
    if (a->status != IM_ANSWER_OK) {
        im_buf_str(buf, "\t\t\t\t\t\t\t\t\n");
        return;
    }
    const struct im_candidate *c = &a->candidates[0];
    tsv_field(buf, c->place->name, '\t');
    tsv_number(buf, c->place->at.lon, DEGREE_DECIMALS);
    tsv_number(buf, c->place->at.lat, DEGREE_DECIMALS);
    tsv_field(buf, im_kind_text(c->place->kind), '\t');
    tsv_field(buf, c->place->country, '\t');
    tsv_number(buf, c->score, SCORE_DECIMALS);
    tsv_field(buf, c->place->source, '\t');
    tsv_field(buf, c->place->id, '\t');
    tsv_field(buf, im_match_text(c->match), '\n');
}
