#include "model/spec.h"
#include <string.h>

static const char *const kinds[] = {"",        "settlement", "region",
                                    "country", "water",      "other"};

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

enum incmap_status im_spec_fault(struct im_where at) {
    return at.line > 0 ? INCMAP_E_INPUT : INCMAP_E_USAGE;
}
