#include "read/values.h"
#include "base/limits.h"
#include "base/num.h"
#include "text/text.h"
#include <string.h>

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_word(const char *a, const char *b) {
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == '\0' && *b == '\0';
}

bool read_switch(const char *text, enum im_switch *out) {
    static const struct {
        const char *word;
        enum im_switch value;
    } words[] = {
        {"auto", IM_AUTO}, {"on", IM_ON},     {"true", IM_ON}, {"yes", IM_ON},
        {"off", IM_OFF},   {"false", IM_OFF}, {"no", IM_OFF},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (same_word(text, words[i].word)) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}

/* The text without its outer blanks. */
static const char *trimmed(const char *text, size_t *n) {
    while (*text == ' ' || *text == '\t') {
        text++;
    }
    *n = strlen(text);
    while (*n > 0 && (text[*n - 1] == ' ' || text[*n - 1] == '\t')) {
        *n -= 1;
    }
    return text;
}

static bool number_of(const char *text, size_t n, double *out) {
    while (n > 0 && *text == ' ') {
        text++;
        n--;
    }
    while (n > 0 && text[n - 1] == ' ') {
        n--;
    }
    return im_num_parse(text, n, out);
}

static bool side_of(const char *text, size_t n, int *out) {
    double v;
    if (!number_of(text, n, &v) || v < IM_MIN_SIDE || v > IM_MAX_SIDE) {
        return false;
    }
    *out = (int)v;
    return v == (double)*out;
}

bool read_size(const char *text, int *width, int *height) {
    size_t n;
    text = trimmed(text, &n);
    size_t cut = strcspn(text, "xX\xC3"); // × is C3 97
    if (cut >= n) {
        return false;
    }
    size_t skip = text[cut] == '\xC3' ? 2 : 1;
    if (skip == 2 && text[cut + 1] != '\x97') {
        return false;
    }
    int w, h;
    if (!side_of(text, cut, &w) || !side_of(text + cut + skip, n - cut - skip, &h)) {
        return false;
    }
    *width = w;
    *height = h;
    return true;
}

bool read_length(const char *text, double *metres) {
    enum { MOST_KM = 20000 };
    size_t n;
    text = trimmed(text, &n);
    double unit = 1000;
    if (n > 2 && lower(text[n - 2]) == 'k' && lower(text[n - 1]) == 'm') {
        n -= 2;
    } else if (n > 1 && lower(text[n - 1]) == 'm') {
        unit = 1;
        n -= 1;
    }
    double v;
    if (!number_of(text, n, &v) || v < 0 || v * unit > MOST_KM * 1000.0) {
        return false;
    }
    *metres = v * unit;
    return true;
}

bool read_number(const char *text, double low, double high, double *out) {
    size_t n;
    double v;
    text = trimmed(text, &n);
    if (!im_num_parse(text, n, &v) || v < low || v > high) {
        return false;
    }
    *out = v;
    return true;
}

bool read_count(const char *text, int high, int *out) {
    size_t n;
    int64_t v;
    text = trimmed(text, &n);
    if (!im_int_parse(text, n, &v) || v < 0 || v > high) {
        return false;
    }
    *out = (int)v;
    return true;
}

bool read_box_parts(const double part[4], struct im_box *out, const char **why) {
    struct im_box box = {part[0], part[1], part[2], part[3]};
    if (box.south < -90 || box.north > 90 || box.south > 90 || box.north < -90) {
        *why = "latitudes lie between -90 and 90 (the order is west,south,east,north)";
        return false;
    }
    if (box.west < -180 || box.west > 180 || box.east < -180 || box.east > 180) {
        *why = "longitudes lie between -180 and 180 (a box over 180 has west > east)";
        return false;
    }
    if (box.south >= box.north) {
        *why = "south must be less than north (the order is west,south,east,north)";
        return false;
    }
    if (box.west == box.east) {
        *why = "west and east are the same";
        return false;
    }
    *out = box;
    return true;
}

bool read_box(const char *text, struct im_box *out, const char **why) {
    double part[4];
    *why = "write west,south,east,north in degrees, for example 44.8,40.6,46.2,41.4";
    for (size_t i = 0; i < 4; i++) {
        size_t n = strcspn(text, ",");
        if ((text[n] == ',') != (i < 3) || !number_of(text, n, &part[i])) {
            return false;
        }
        text += n + (i < 3);
    }
    return read_box_parts(part, out, why);
}

bool read_country(const char *text, char out[3]) {
    size_t n;
    char code[4] = "";
    text = trimmed(text, &n);
    memcpy(code, text, n < sizeof code ? n : 0);
    return im_country_code(code, out);
}

bool read_is_layer_name(const char *text) {
    return strpbrk(text, "./") == NULL;
}
