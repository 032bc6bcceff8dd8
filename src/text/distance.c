#include "base/utf8.h"
#include "text/text.h"

#include <string.h>

enum { LONGEST = 255, SOUNDS = 96 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Code points of s; more than LONGEST are not kept. */
static size_t decode(const char *s, size_t n, uint32_t out[LONGEST]) {
    size_t count = 0;
    for (size_t i = 0, used; i < n; i += used, count++) {
        uint32_t cp = (unsigned char)s[i];
        used = 1;
        if (cp >= 0x80) {
            cp = im_utf8_next(s + i, n - i, &used);
        }
        if (count < LONGEST) {
            out[count] = cp;
        }
    }
    return count;
}

/* Optimal string alignment over three rows (Boytsov 2011, doi:10.1145/1963190.1963191),
 * of which only what is no farther than `cap` off the diagonal counts (Ukkonen 1985,
 * doi:10.1016/S0019-9958(85)80046-2); a distance of `cap` or more is `cap`. */
static size_t align(const uint32_t *a, size_t n, const uint32_t *b, size_t m,
                    size_t cap) {
    size_t rows[3][LONGEST + 2], before = 0; // least of the row before
    for (size_t j = 0; j <= m; j++) {
        rows[0][j] = least(j, cap);
    }
    rows[0][m + 1] = cap;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];
        size_t from = i > cap ? i - cap : 1, to = least(m, i + cap);
        size_t low = row[from - 1] = from == 1 ? least(i, cap) : cap;
        for (size_t j = from; j <= to; j++) {
            size_t best = up[j - 1] + (a[i - 1] != b[j - 1]);
            best = least(best, least(up[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                best = least(best, up2[j - 2] + 1);
            }
            row[j] = least(best, cap);
            low = least(low, row[j]);
        }
        row[to + 1] = cap;
        if (low == cap && before + 1 >= cap) { // a transposition takes from there
            return cap;
        }
        before = low;
    }
    return rows[n % 3][m];
}
/* Bytes that two texts begin with, whole code points. */
static size_t common_head(const char *a, const char *b) {
    size_t n = 0;
    while (a[n] != '\0' && a[n] == b[n]) {
        n++;
    }
    while (n > 0 && (((unsigned char)a[n] & 0xC0) == 0x80 ||
                     ((unsigned char)b[n] & 0xC0) == 0x80)) {
        n--;
    }
    return n;
}

size_t im_edit_distance(const char *a, const char *b, size_t cap) {
    uint32_t x[LONGEST], y[LONGEST];
    size_t head = common_head(a, b); // which no shortest way touches
    a += head;
    b += head;
    if (a[0] == '\0' && b[0] == '\0') {
        return 0;
    }
    size_t n = decode(a, strlen(a), x), m = decode(b, strlen(b), y);
    size_t gap = n > m ? n - m : m - n;
    if (gap >= cap || n > LONGEST || m > LONGEST) {
        return cap;
    }
    return align(x, n, y, m, cap);
}

void im_closest_try(struct im_closest *near, const char *candidate) {
    size_t d = im_edit_distance(near->word, candidate, near->too_far);
    if (d < near->too_far) {
        near->too_far = d;
        near->best = candidate;
    }
}

const char *im_closest_word(const char *word, const char *const *words) {
    struct im_closest near = {word, "", strlen(word) / 3 + 2};
    for (; *words != NULL; words++) {
        im_closest_try(&near, *words);
    }
    return near.best;
}

static bool both_in(const char *set, char a, char b) {
    return strchr(set, a) && strchr(set, b);
}

/* How far two sounds are from each other, 0..1. */
static double sound_cost(char a, char b) {
    if (a == b) {
        return 0;
    }
    if (both_in("ae", a, b) || both_in("cJ", a, b)) {
        return 0.1;
    }
    if (both_in("kq", a, b) || both_in("gG", a, b) || both_in("CJZc", a, b) ||
        both_in("hX", a, b) || both_in("TDc", a, b)) {
        return 0.2;
    }
    if (both_in("kqgG", a, b) || both_in("aeiou", a, b) || both_in("CJZTDc", a, b)) {
        return 0.4;
    }
    return both_in("sS", a, b) ? 0.6 : 1;
}

static double gap_cost(char c) {
    return strchr("aeiou", c) ? 0.5 : 1;
}

static size_t without_blanks(const char *s, char out[SOUNDS]) {
    size_t n = 0;
    for (; *s && n < SOUNDS; s++) {
        if (*s != ' ') {
            out[n++] = *s;
        }
    }
    return n;
}

double im_sound_distance(const char *a, const char *b) {
    char x[SOUNDS], y[SOUNDS];
    double row[SOUNDS + 1];
    size_t n = without_blanks(a, x), m = without_blanks(b, y);
    if (n == m && memcmp(x, y, n) == 0) {
        return 0;
    }
    row[0] = 0;
    for (size_t j = 0; j < m; j++) {
        row[j + 1] = row[j] + gap_cost(y[j]);
    }
    for (size_t i = 0; i < n; i++) {
        double corner = row[0];
        row[0] += gap_cost(x[i]);
        for (size_t j = 0; j < m; j++) {
            double swap = corner + sound_cost(x[i], y[j]);
            double drop = row[j + 1] + gap_cost(x[i]), add = row[j] + gap_cost(y[j]);
            corner = row[j + 1];
            row[j + 1] = swap < drop && swap < add ? swap : drop < add ? drop : add;
        }
    }
    size_t longest = n > m ? n : m;
    double share = longest ? row[m] / (double)longest : 0;
    return share < 1 ? share : 1;
}
