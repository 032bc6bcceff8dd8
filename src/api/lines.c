/* The lines that names may speak of, handed to the gazetteer: borders of countries, and
 * the bundled pipelines by any of their names. */
#include "api/atlas.h"
#include "text/text.h"
#include <string.h>

static bool border(void *self, struct im_arena *arena, const char *const country[2],
                   struct im_lines *out) {
    struct im_geodata *geodata = NULL;
    return im_atlas_geodata(self, &geodata, NULL) == INCMAP_OK &&
           im_geodata_border(geodata, arena, country, out);
}

/* Words that a name may have or lack. */
static bool is_common(const char *word, size_t n) {
    static const char *const words[] = {
        "pipeline",      "oil",          "gas",          "natural",
        "neft",          "qaz",          "boru",         "kəməri",
        "kəmərindən",    "kəmərinin",    "трубопровод",  "нефтепровод",
        "газопровод",    "the",          "export",       "трубопровода",
        "нефтепровода",  "газопровода",  "section",      "turkish",
        "pipelines",     "трубопроводе", "нефтепроводе", "газопроводе",
        "трубопроводы",  "нефтепроводы", "газопроводы",  "трубопроводов",
        "нефтепроводов", "газопроводов", "экспортныи",   "экспортного",
        "экспортных",    "kəmər",        "kəmərində",    "kəmərləri",
        "kəmərlərindən", "kəmərlərinin", "ixrac"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == n && memcmp(words[i], word, n) == 0) {
            return true;
        }
    }
    return false;
}

/* How a name sounds without its common words and blanks. */
static const char *key_of(struct im_arena *arena, const char *name, size_t n) {
    struct im_buf key;
    const char *fold = im_fold(arena, name, n);
    im_buf_init(&key, arena, 4096);
    while (*fold) {
        size_t word = strcspn(fold, " ");
        if (!is_common(fold, word)) {
            im_buf_add(&key, fold, word);
        }
        fold += word + (fold[word] == ' ');
    }
    return im_skeleton(arena, key.data, key.len);
}

/* One letter of eight may differ: Bakı, Baku. */
static bool is_alike(const char *a, const char *b) {
    size_t most = strlen(b) / 8;
    return a[0] != '\0' && im_edit_distance(a, b, most + 1) <= most;
}

/* Is it one of "Baku–Tbilisi–Erzurum pipeline (BTE); Shah Deniz pipeline"? */
static bool is_listed(struct im_arena *arena, const char *key, const char *list) {
    while (*list) {
        size_t n = strcspn(list, ";()");
        if (n > 0 && is_alike(key, key_of(arena, list, n))) {
            return true;
        }
        list += n + (list[n] != '\0');
    }
    return false;
}

/* "the export pipelines", "газопровод": all of that substance, as one. */
static bool all_lines(struct im_arena *arena, const char *name,
                      const struct im_features *pipelines, struct im_lines *out) {
    const char *fold = im_fold(arena, name, strlen(name));
    bool gas = strstr(fold, "gas") || strstr(fold, "газ") || strstr(fold, "qaz");
    bool oil = strstr(fold, "oil") || strstr(fold, "нефт") || strstr(fold, "neft");
    for (size_t i = 0; i < pipelines->n; i++) {
        const struct im_feature *f = &pipelines->v[i];
        const char *substance = im_feature_attr(f, "substance");
        bool other = (gas && !oil && strcmp(substance, "gas") != 0) ||
                     (oil && !gas && strcmp(substance, "oil") != 0);
        for (size_t k = 0; k < f->geometry.n && !other; k++) {
            IM_PUSH(arena, out->v, out->n, out->cap, f->geometry.v[k]);
        }
    }
    return out->n > 0;
}

static bool line(void *self, struct im_arena *arena, const char *name,
                 struct im_lines *out, const char **called) {
    static const char *const attributes[] = {"name", "name2", "short_name"};
    struct im_geodata *geodata = NULL;
    struct im_features pipelines = {0};
    struct im_findings ignored;
    const struct im_spec_overlay spec = {.file = "pipelines"};
    im_findings_init(&ignored, arena);
    if (im_atlas_geodata(self, &geodata, NULL) != INCMAP_OK ||
        im_overlay_read(arena, geodata, &spec, &ignored, &pipelines, NULL) !=
            INCMAP_OK) {
        return false;
    }
    const char *key = key_of(arena, name, strlen(name));
    if (key[0] == '\0') {
        *called = im_format(arena, "any of the known lines ('%s')", name);
        return all_lines(arena, name, &pipelines, out);
    }
    for (size_t k = 0; k < sizeof attributes / sizeof *attributes; k++) {
        for (size_t i = 0; i < pipelines.n; i++) {
            const struct im_feature *f = &pipelines.v[i];
            if (is_listed(arena, key, im_feature_attr(f, attributes[k]))) {
                *out = f->geometry;
                *called = im_feature_attr(f, "name");
                return out->n > 0;
            }
        }
    }
    return false;
}

static bool country(void *self, struct im_arena *arena, const char *code,
                    struct im_lines *out) {
    struct im_geodata *geodata = NULL;
    return im_atlas_geodata(self, &geodata, NULL) == INCMAP_OK &&
           im_geodata_area(geodata, arena, im_format(arena, "c:%s", code), out);
}

struct im_line_finder im_atlas_lines(struct incmap_atlas *atlas) {
    return (struct im_line_finder){atlas, border, line, country};
}
