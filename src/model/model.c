#include "model/spec.h"
#include <string.h>

static const char *const kinds[] = {"",      "settlement", "region",  "country",
                                    "water", "other",      "corridor"};

const char *im_kind_text(enum im_kind kind) {
    return kinds[kind];
}

bool im_kind_parse(const char *text, size_t n, enum im_kind *out) {
    for (int i = IM_SETTLEMENT; i <= IM_OTHER; i++) {
        if (strlen(kinds[i]) == n && memcmp(kinds[i], text, n) == 0) {
            *out = (enum im_kind)i;
            return true;
        }
    }
    return false;
}

const char *im_evidence_text(enum im_evidence e) {
    static const char *const texts[] = {"", "confirmed", "claimed", "disputed"};
    return texts[e];
}

/* The one number of a figure; -1 when nothing is stated. */
static double stated(const struct im_figure *f) {
    return f->best >= 0 ? f->best : f->high >= 0 ? f->high : f->low;
}

/* Deaths by one claim. A figure not told by side usually is the total of the sides, so
 * it is compared with their sum, not added. */
static double claim_killed(const struct im_claim *c) {
    double a = stated(&c->killed[0]), b = stated(&c->killed[1]);
    double sides = a < 0 ? b : b < 0 ? a : a + b;
    double all = stated(&c->fatalities);
    return sides > all ? sides : all;
}

double im_event_killed(const struct im_event *e, const struct im_claim **who) {
    double most = -1;
    const struct im_claim *source = NULL;
    for (size_t i = 0; i < e->claim_count; i++) {
        double killed = claim_killed(&e->claims[i]);
        if (killed > most) {
            most = killed;
            source = &e->claims[i];
        }
    }
    if (who != NULL) {
        *who = source;
    }
    return most;
}

static char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_letters(const char *a, const char *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (ascii_lower(a[i]) != ascii_lower(b[i])) {
            return false;
        }
    }
    return true;
}

const char *im_feature_attr(const struct im_feature *f, const char *key) {
    enum { DBF_NAME = 10 };
    size_t n = strlen(key);
    for (size_t i = 0; i < f->attr_count; i++) {
        if (strlen(f->keys[i]) == n && same_letters(f->keys[i], key, n)) {
            return f->values[i];
        }
    }
    for (size_t i = 0; n > DBF_NAME && i < f->attr_count; i++) {
        if (strlen(f->keys[i]) == DBF_NAME && same_letters(f->keys[i], key, DBF_NAME)) {
            return f->values[i];
        }
    }
    return "";
}

struct im_where im_spec_where(const struct im_spec *spec, const char *path) {
    for (size_t i = spec->value_count; i-- > 0;) {
        size_t n = strlen(spec->values[i].path);
        if (strncmp(spec->values[i].path, path, n) == 0 &&
            (path[n] == '\0' || path[n] == '.')) {
            return spec->values[i].at;
        }
    }
    return IM_FILE(spec->file);
}

static void *copied(struct im_arena *arena, const void *items, size_t n, size_t size) {
    void *copy = im_alloc(arena, n, size);
    if (n > 0) {
        memcpy(copy, items, n * size);
    }
    return copy;
}

/* Lists that are changed in place or cut; those that only grow are copied by growing.
 */
#define COPY_LIST(items, n, cap)                                                       \
    do {                                                                               \
        s.items = copied(arena, s.items, s.n, sizeof *s.items);                        \
        s.cap = s.n;                                                                   \
    } while (0)

struct im_spec im_spec_copy(struct im_arena *arena, const struct im_spec *spec) {
    struct im_spec s = *spec;
    COPY_LIST(around.v, around.n, around.cap);
    COPY_LIST(gazetteers.v, gazetteers.n, gazetteers.cap);
    COPY_LIST(outputs.v, outputs.n, outputs.cap);
    COPY_LIST(names, name_count, name_cap);
    COPY_LIST(borders, border_count, border_cap);
    COPY_LIST(incidents, incident_count, incident_cap);
    COPY_LIST(overlays, overlay_count, overlay_cap);
    COPY_LIST(corridors, corridor_count, corridor_cap);
    COPY_LIST(annotations, annotation_count, annotation_cap);
    COPY_LIST(style, style_count, style_cap);
    COPY_LIST(values, value_count, value_cap);
    for (size_t i = 0; i < s.incident_count; i++) {
        struct im_spec_incidents *set = &s.incidents[i];
        size_t n = set->column_count;
        set->column_from = copied(arena, set->column_from, n, sizeof(char *));
        set->column_to = copied(arena, set->column_to, n, sizeof(char *));
        set->column_cap = n;
    }
    return s;
}

enum incmap_status im_spec_fault(struct im_where at) {
    return at.line > 0 ? INCMAP_E_INPUT : INCMAP_E_USAGE;
}
