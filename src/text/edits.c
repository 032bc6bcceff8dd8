/*
 * Which slips of the pen make one text of another: optimal string alignment (Boytsov
 * 2011, doi:10.1145/1963190.1963191), traced back. Of equally short ways one with
 * double letters that should be none, or the reverse, is taken, else the one with
 * exchanges late in the text.
 */
#include "base/utf8.h"
#include "text/text.h"

#include <string.h>

enum { LONGEST = 96 };

struct aligned {
    uint32_t a[LONGEST], b[LONGEST];
    size_t n, m;
    unsigned char cost[LONGEST + 1][LONGEST + 1]; /* of the first i and j letters */
};

static bool decode(const char *s, uint32_t out[LONGEST], size_t *count) {
    size_t n = strlen(s);
    *count = 0;
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        if (*count == LONGEST) {
            return false;
        }
        out[(*count)++] = cp;
    }
    return true;
}

static bool swapped(const struct aligned *t, size_t i, size_t j) {
    return i > 1 && j > 1 && t->a[i - 1] == t->b[j - 2] && t->a[i - 2] == t->b[j - 1];
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

static void fill(struct aligned *t) {
    for (size_t i = 0; i <= t->n; i++) {
        t->cost[i][0] = (unsigned char)i;
    }
    for (size_t j = 0; j <= t->m; j++) {
        t->cost[0][j] = (unsigned char)j;
    }
    for (size_t i = 1; i <= t->n; i++) {
        for (size_t j = 1; j <= t->m; j++) {
            unsigned best = (unsigned)t->cost[i - 1][j - 1] +
                            (t->a[i - 1] != t->b[j - 1] ? 1u : 0u);
            best = least(best, least(t->cost[i - 1][j], t->cost[i][j - 1]) + 1u);
            if (swapped(t, i, j)) {
                best = least(best, t->cost[i - 2][j - 2] + 1u);
            }
            t->cost[i][j] = (unsigned char)best;
        }
    }
}

/* Is letter i like one beside it? */
static bool is_double(const uint32_t *s, size_t n, size_t i) {
    return (i > 0 && s[i - 1] == s[i]) || (i + 1 < n && s[i + 1] == s[i]);
}

/* Count an edit before letters i of the text that was typed and j of the one meant. */
static void count(const struct aligned *t, size_t i, size_t j, enum im_edit edit,
                  struct im_edits *out) {
    bool has_typed = edit != IM_MISSING && edit != IM_BLANK_MISSING;
    bool has_meant = edit != IM_EXTRA && edit != IM_BLANK_EXTRA;
    size_t k = out->kept;
    out->n[edit]++;
    out->total++;
    if (k < IM_EDITS_KEPT) {
        out->at[k] = i;
        out->edit[k] = edit;
        out->typed[k] = has_typed ? t->a[i] : 0;
        out->meant[k] = has_meant ? t->b[j] : 0;
        out->doubled[k] = (edit == IM_EXTRA && is_double(t->a, t->n, i)) ||
                          (edit == IM_MISSING && is_double(t->b, t->m, j));
        out->kept++;
    }
}

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static void trace(const struct aligned *t, struct im_edits *out) {
    size_t i = t->n, j = t->m;
    while (i > 0 || j > 0) {
        unsigned here = t->cost[i][j];
        uint32_t x = i > 0 ? t->a[i - 1] : 0, y = j > 0 ? t->b[j - 1] : 0;
        if (i > 0 && j > 0 && x == y && t->cost[i - 1][j - 1] == here) {
            i--;
            j--;
            continue;
        }
        out->digits = out->digits || is_digit(x) || is_digit(y);
        if (swapped(t, i, j) && t->cost[i - 2][j - 2] + 1u == here) {
            count(t, i - 2, j - 2, IM_TRANSPOSED, out);
            i -= 2;
            j -= 2;
        } else if (j > 0 && t->cost[i][j - 1] + 1u == here &&
                   is_double(t->b, t->m, j - 1)) {
            count(t, i, --j, IM_MISSING, out);
        } else if (i > 0 && t->cost[i - 1][j] + 1u == here &&
                   is_double(t->a, t->n, i - 1)) {
            count(t, --i, j, IM_EXTRA, out);
        } else if (i > 0 && j > 0 && t->cost[i - 1][j - 1] + 1u == here) {
            count(t, --i, --j, IM_EXCHANGED, out);
        } else if (j > 0 && t->cost[i][j - 1] + 1u == here) {
            count(t, i, --j, y == ' ' ? IM_BLANK_MISSING : IM_MISSING, out);
        } else {
            count(t, --i, j, x == ' ' ? IM_BLANK_EXTRA : IM_EXTRA, out);
        }
    }
}

bool im_edits_find(const char *typed, const char *meant, struct im_edits *out) {
    struct aligned t;
    *out = (struct im_edits){.total = 0};
    if (!decode(typed, t.a, &t.n) || !decode(meant, t.b, &t.m)) {
        return false;
    }
    fill(&t);
    trace(&t, out);
    return true;
}

void im_edits_text(struct im_buf *buf, const struct im_edits *edits) {
    static const char *const words[] = {"missing letter", "letter too many",
                                        "exchange",       "transposition",
                                        "missing space",  "space too many"};
    static const char *const plurals[] = {"missing letters", "letters too many",
                                          "exchanges",       "transpositions",
                                          "missing spaces",  "spaces too many"};
    const char *comma = "";
    for (size_t i = 0; i < IM_EDIT_COUNT; i++) {
        if (edits->n[i] > 0) {
            im_buf_fmt(buf, "%s%u %s", comma, edits->n[i],
                       edits->n[i] == 1 ? words[i] : plurals[i]);
            comma = ", ";
        }
    }
}
