#include "formats/coords.h"
#include "base/num.h"
#include <math.h>
#include <string.h>

/* An angle as it is read: up to three numbers, a sign, a hemisphere. */
struct angle {
    double part[3]; /* degrees, minutes, seconds */
    size_t parts;
    bool negative, fraction; /* fraction: the last number had a decimal point */
    bool signs;              /* degrees, minutes or seconds are written */
    char letter;             /* 'N' 'S' 'E' 'W', 0 = none */
    char last_unit;          /* 'd' 'm' 's', 0 = none written */
};

static bool starts_with(const char *s, size_t n, const char *token) {
    size_t len = strlen(token);
    return n >= len && memcmp(s, token, len) == 0;
}

/* Length of the sign for degrees, minutes or seconds at s, with its unit; 0 = none. */
static size_t unit_sign(const char *s, size_t n, char *unit) {
    static const struct {
        const char *sign;
        char unit;
    } signs[] = {
        {"''", 's'},
        {"\"", 's'},
        {"\xE2\x80\xB3", 's'}, // ″
        {"\xE2\x80\x9D", 's'},
        {"\xE2\x80\x9C", 's'}, // ” “
        {"'", 'm'},
        {"\xE2\x80\xB2", 'm'},
        {"\xE2\x80\x99", 'm'}, // ′ ’
        {"\xE2\x80\x98", 'm'},
        {"\xC2\xB4", 'm'}, // ‘ ´
        {"\xC2\xB0", 'd'},
        {"\xC2\xBA", 'd'},
        {"\xCB\x9A", 'd'}, // ° º ˚
        {":", ':'},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (starts_with(s, n, signs[i].sign)) {
            *unit = signs[i].unit;
            return strlen(signs[i].sign);
        }
    }
    return 0;
}

static size_t blank(const char *s, size_t n) {
    if (n > 0 && (s[0] == ' ' || s[0] == '\t')) {
        return 1;
    }
    return starts_with(s, n, "\xC2\xA0") ? 2 : 0;
}

/* One number of digits with one decimal point or comma; returns its length, 0 = none.
 */
static size_t take_number(const char *s, size_t n, struct angle *a) {
    char text[32];
    size_t len = 0;
    bool point = false;
    while (len < n && ((s[len] >= '0' && s[len] <= '9') ||
                       (!point && len > 0 && (s[len] == '.' || s[len] == ',')))) {
        if (len + 1 >= sizeof text) {
            return 0;
        }
        point = point || s[len] == '.' || s[len] == ',';
        text[len] = s[len] == ',' ? '.' : s[len];
        len++;
    }
    if (len == 0 || a->parts == 3 || a->fraction ||
        !im_num_parse(text, len, &a->part[a->parts])) {
        return 0;
    }
    a->parts++;
    a->fraction = point;
    a->last_unit = 0;
    return len;
}

static bool take_unit(struct angle *a, char unit) {
    static const char by_part[] = "dms";
    if (a->parts == 0 || a->last_unit != 0) {
        return false;
    }
    a->signs = true;
    a->last_unit = unit == ':' ? by_part[a->parts - 1] : unit;
    return a->last_unit == by_part[a->parts - 1];
}

static bool take_letter(struct angle *a, char c, bool at_end) {
    char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    if (strchr("NSEW", upper) == NULL || a->letter != 0 || a->negative ||
        (a->parts > 0 && !at_end)) {
        return false;
    }
    a->letter = upper;
    return true;
}

static bool take_sign(const char *s, size_t n, struct angle *a, size_t *used) {
    if (a->parts > 0 || a->letter != 0 || a->negative) {
        return false;
    }
    if (s[0] == '+' || s[0] == '-') {
        a->negative = s[0] == '-';
        *used = 1;
        return true;
    }
    if (starts_with(s, n, "\xE2\x88\x92")) { // −
        a->negative = true;
        *used = 3;
        return true;
    }
    return false;
}

static bool scan_angle(const char *s, size_t n, struct angle *a) {
    *a = (struct angle){.parts = 0};
    for (size_t i = 0; i < n;) {
        size_t used = blank(s + i, n - i);
        char unit = 0;
        if (used == 0 && (used = unit_sign(s + i, n - i, &unit)) > 0) {
            if (!take_unit(a, unit)) {
                return false;
            }
        } else if (used == 0 && s[i] >= '0' && s[i] <= '9') {
            if ((used = take_number(s + i, n - i, a)) == 0) {
                return false;
            }
        } else if (used == 0 && !take_sign(s + i, n - i, a, &used)) {
            if (!take_letter(a, s[i], i + 1 == n)) {
                return false;
            }
            used = 1;
        }
        i += used;
    }
    return a->parts > 0;
}

/* Degrees of a scanned angle; false when it is not one of this axis. */
static bool angle_value(const struct angle *a, char axis, double *out) {
    bool wrong_letter = axis == 'N' ? a->letter == 'E' || a->letter == 'W'
                                    : a->letter == 'N' || a->letter == 'S';
    if (wrong_letter || (a->parts > 1 && a->part[1] >= 60) ||
        (a->parts > 2 && a->part[2] >= 60)) {
        return false;
    }
    double v = a->part[0] + a->part[1] / 60 + a->part[2] / 3600;
    if (v > (axis == 'N' ? 90 : 180)) {
        return false;
    }
    *out = a->negative || a->letter == 'S' || a->letter == 'W' ? -v : v;
    return true;
}

static void trim(const char **s, size_t *n) {
    size_t used;
    while ((used = blank(*s, *n)) > 0) {
        *s += used;
        *n -= used;
    }
    for (;;) {
        if (*n > 0 && blank(*s + *n - 1, 1) == 1) {
            *n -= 1;
        } else if (*n > 1 && blank(*s + *n - 2, 2) == 2) {
            *n -= 2;
        } else {
            return;
        }
    }
}

bool im_angle_parse(const char *s, size_t n, char axis, double *out) {
    struct angle a;
    trim(&s, &n);
    return scan_angle(s, n, &a) && angle_value(&a, axis, out);
}

/* "2 45" is an angle only where letters or signs say so. */
static bool is_clear(const struct angle *a) {
    return a->parts == 1 || a->letter != 0 || a->signs;
}

/* Both sides of a split as latitude and longitude, or, when letters say so, reversed.
 */
static bool pair_at(const char *s, size_t n, size_t cut, size_t skip,
                    struct im_lonlat *out) {
    struct angle a, b;
    const char *left = s, *right = s + cut + skip;
    size_t left_n = cut, right_n = n - cut - skip;
    trim(&left, &left_n);
    trim(&right, &right_n);
    if (!scan_angle(left, left_n, &a) || !scan_angle(right, right_n, &b) ||
        !is_clear(&a) || !is_clear(&b)) {
        return false;
    }
    bool reversed = a.letter == 'E' || a.letter == 'W';
    const struct angle *lat = reversed ? &b : &a, *lon = reversed ? &a : &b;
    if ((lat->letter == 0) != (lon->letter == 0)) {
        return false;
    }
    return angle_value(lat, 'N', &out->lat) && angle_value(lon, 'E', &out->lon);
}

/* The only way to split at one of `separators` into two angles; false when there is
 * none or more than one. */
static bool pair_by(const char *s, size_t n, const char *separators,
                    struct im_lonlat *out) {
    size_t found = 0;
    for (size_t i = 1; i + 1 < n; i++) {
        struct im_lonlat at;
        bool run = s[i - 1] == s[i] && s[i] == ' ';
        if (strchr(separators, s[i]) != NULL && s[i] != '\0' && !run &&
            pair_at(s, n, i, 1, &at)) {
            *out = at;
            found++;
        }
    }
    return found == 1;
}

bool im_coordinates_parse(const char *s, size_t n, struct im_lonlat *out) {
    enum { LONGEST = 120 };
    trim(&s, &n);
    if (n > LONGEST) {
        return false;
    }
    return pair_by(s, n, ";/", out) || pair_by(s, n, ",", out) ||
           pair_by(s, n, " \t", out);
}
