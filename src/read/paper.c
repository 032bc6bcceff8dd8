/* Pages and margins of a PDF, from text. */
#include "base/limits.h"
#include "base/num.h"
#include "read/values.h"
#include <math.h>
#include <string.h>

static const double POINTS_PER_MM = 72.0 / 25.4;

static const struct {
    const char *name;
    double width, height; /* mm */
} pages[] = {
    {"a0", 841, 1189},        {"a1", 594, 841},         {"a2", 420, 594},
    {"a3", 297, 420},         {"a4", 210, 297},         {"a5", 148, 210},
    {"a6", 105, 148},         {"b3", 353, 500},         {"b4", 250, 353},
    {"b5", 176, 250},         {"letter", 215.9, 279.4}, {"legal", 215.9, 355.6},
    {"tabloid", 279.4, 431.8}};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == ',';
}

/* Next word of *text, in lower case; "?", which nothing takes, when it is too long.
 * false at the end. */
static bool next_word(const char **text, char *out, size_t size) {
    size_t n = 0;
    while (is_blank(**text)) {
        ++*text;
    }
    for (; **text != '\0' && !is_blank(**text) && n + 1 < size; ++*text) {
        char c = **text;
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[n] = '\0';
    if (**text != '\0' && !is_blank(**text)) {
        memcpy(out, "?", 2);
    }
    return n > 0;
}

/* Points in a unit, 0 = no unit. */
static double unit_of(const char *word) {
    static const struct {
        const char *name;
        double points;
    } units[] = {{"mm", 72.0 / 25.4}, {"cm", 720.0 / 25.4}, {"in", 72}, {"pt", 1}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(word, units[i].name) == 0) {
            return units[i].points;
        }
    }
    return 0;
}

/* A length at the start of a word, and where it ends. */
static bool number_at(const char *word, double *out, const char **end) {
    size_t n = strspn(word, "0123456789.");
    *end = word + n;
    return im_num_parse(word, n, out) && *out >= 0;
}

/* "210x297" with a unit in the same word or in the next one. */
static bool measured(const char *word, const char *rest, double *w, double *h) {
    char unit[8];
    const char *end;
    if (!number_at(word, w, &end) || *end != 'x' || !number_at(end + 1, h, &end)) {
        return false;
    }
    double points = POINTS_PER_MM;
    bool more = next_word(&rest, unit, sizeof unit);
    if (*end != '\0' || more) {
        points = *end == '\0' ? unit_of(unit) : more ? 0 : unit_of(end);
    }
    *w *= points;
    *h *= points;
    return points > 0;
}

/* "landscape" or "portrait" after a name; true when nothing else is there. */
static bool turned(const char *text, bool *landscape) {
    char word[16];
    bool any = next_word(&text, word, sizeof word);
    *landscape = strcmp(word, "landscape") == 0;
    return !any || *landscape || strcmp(word, "portrait") == 0;
}

static bool named(const char *word, const char *rest, double *w, double *h) {
    bool landscape;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(word, pages[i].name) == 0 && turned(rest, &landscape)) {
            *w = POINTS_PER_MM * (landscape ? pages[i].height : pages[i].width);
            *h = POINTS_PER_MM * (landscape ? pages[i].width : pages[i].height);
            return true;
        }
    }
    return false;
}

bool read_page(const char *text, double *width, double *height) {
    char word[48];
    double w = 0, h = 0;
    next_word(&text, word, sizeof word);
    if (strcmp(word, "figure") != 0) {
        if (!named(word, text, &w, &h) && !measured(word, text, &w, &h)) {
            return false;
        }
        if (fmin(w, h) < IM_MIN_PAGE || fmax(w, h) > IM_MAX_PAGE) {
            return false;
        }
    }
    *width = w;
    *height = h;
    return true;
}

/* A value in `word`: "10", "10mm", or "10" before the word "mm"; then `word` is the one
 * after it. */
static bool margin_of(const char **text, char *word, size_t size, double *out) {
    const char *end;
    if (!number_at(word, out, &end)) {
        return false;
    }
    bool bare = *end == '\0';
    double points = bare ? POINTS_PER_MM : unit_of(end);
    next_word(text, word, size);
    if (bare && unit_of(word) > 0) {
        points = unit_of(word);
        next_word(text, word, size);
    }
    *out *= points;
    return points > 0;
}

bool read_margins(const char *text, double out[4]) {
    static const int from[5][4] = {{0}, {0, 0, 0, 0}, {0, 1, 0, 1}, {0}, {0, 1, 2, 3}};
    char word[24];
    double v[4];
    size_t n = 0;
    next_word(&text, word, sizeof word);
    while (word[0] != '\0') {
        if (n == 4 || !margin_of(&text, word, sizeof word, &v[n++])) {
            return false;
        }
    }
    if (n == 0 || n == 3) {
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        out[i] = v[from[n][i]];
    }
    return true;
}
