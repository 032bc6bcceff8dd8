#include "formats/angle.h"
#include "base/num.h"
#include <math.h>
#include <string.h>

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
static size_t take_number(const char *s, size_t n, struct im_angle *a) {
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
    const char *at = memchr(text, '.', len);
    a->whole = at ? (size_t)(at - text) : len;
    a->decimals = len - a->whole - (at != NULL);
    a->parts++;
    a->fraction = point;
    a->last_unit = 0;
    return len;
}

static bool take_unit(struct im_angle *a, char unit) {
    static const char by_part[] = "dms";
    if (a->parts == 0 || a->last_unit != 0) {
        return false;
    }
    a->signs = true;
    a->last_unit = unit == ':' ? by_part[a->parts - 1] : unit;
    return a->last_unit == by_part[a->parts - 1];
}

static bool take_letter(struct im_angle *a, char c, bool at_end) {
    char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    if (strchr("NSEW", upper) == NULL || a->letter != 0 || a->negative ||
        (a->parts > 0 && !at_end)) {
        return false;
    }
    a->letter = upper;
    return true;
}

static bool take_sign(const char *s, size_t n, struct im_angle *a, size_t *used) {
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

bool im_angle_scan(const char *s, size_t n, struct im_angle *a) {
    *a = (struct im_angle){.parts = 0};
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

/* "405930N", "0453700E", "4059.5N": degrees, minutes and seconds without a blank. */
static bool is_packed(const struct im_angle *a, char axis) {
    size_t degrees = axis == 'N' ? 2 : 3;
    return a->parts == 1 && a->letter != 0 && !a->signs &&
           (a->whole == degrees + 2 || a->whole == degrees + 4);
}

static void unpack(struct im_angle *a, char axis) {
    double v = a->part[0];
    bool seconds = a->whole == (axis == 'N' ? 6u : 7u);
    a->parts = seconds ? 3 : 2;
    a->part[0] = floor(v / (seconds ? 10000 : 100));
    v -= a->part[0] * (seconds ? 10000 : 100);
    a->part[1] = seconds ? floor(v / 100) : v;
    a->part[2] = seconds ? v - 100 * a->part[1] : 0;
}

double im_angle_value(struct im_angle a, char axis) {
    if (is_packed(&a, axis)) {
        unpack(&a, axis);
    }
    if ((a.parts > 1 && a.part[1] >= 60) || (a.parts > 2 && a.part[2] >= 60)) {
        return NAN;
    }
    double v = a.part[0] + (a.parts > 1 ? a.part[1] / 60 : 0) +
               (a.parts > 2 ? a.part[2] / 3600 : 0);
    return a.negative || a.letter == 'S' || a.letter == 'W' ? -v : v;
}

double im_angle_slack(struct im_angle a, char axis) {
    if (is_packed(&a, axis)) {
        unpack(&a, axis);
    }
    double unit = a.parts == 1 ? 1 : a.parts == 2 ? 1.0 / 60 : 1.0 / 3600;
    return 0.5 * unit * pow(10, -(double)a.decimals);
}

/* Degrees of a scanned angle; false when it is not one of this axis. */
static bool angle_value(const struct im_angle *a, char axis, double *out) {
    double v = im_angle_value(*a, axis);
    if (im_angle_axis(a, axis) != axis || !(fabs(v) <= (axis == 'N' ? 90 : 180))) {
        return false;
    }
    *out = v;
    return true;
}

char im_angle_axis(const struct im_angle *a, char axis) {
    return a->letter == 0 ? axis : a->letter == 'N' || a->letter == 'S' ? 'N' : 'E';
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

/* "-45.3": what nearly all tables have. */
static bool is_decimal(const char *s, size_t n) {
    size_t i = n > 0 && s[0] == '-', points = 0;
    if (n - i == 0 || n > 24 || s[i] == '.' || s[n - 1] == '.') {
        return false;
    }
    for (; i < n; i++) {
        points += s[i] == '.';
        if (s[i] != '.' && (s[i] < '0' || s[i] > '9')) {
            return false;
        }
    }
    return points <= 1;
}

bool im_angle_parse(const char *s, size_t n, char axis, double *out) {
    struct im_angle a;
    trim(&s, &n);
    double v;
    if (is_decimal(s, n) && im_num_parse(s, n, &v)) {
        bool possible = fabs(v) <= (axis == 'N' ? 90 : 180);
        *out = possible ? v : *out;
        return possible;
    }
    return im_angle_scan(s, n, &a) && angle_value(&a, axis, out);
}

/* "2 45" is an angle only where letters or signs say so. */
static bool is_clear(const struct im_angle *a) {
    return a->parts == 1 || a->letter != 0 || a->signs;
}

/* Both sides of a split as latitude and longitude, or, when letters say so, reversed;
 * they may be out of range. */
static bool pair_at(const char *s, size_t n, size_t cut, struct im_angle_pair *out) {
    const char *left = s, *right = s + cut + 1;
    size_t left_n = cut, right_n = n - cut - 1;
    struct im_angle a, b;
    trim(&left, &left_n);
    trim(&right, &right_n);
    if (!im_angle_scan(left, left_n, &a) || !im_angle_scan(right, right_n, &b) ||
        !is_clear(&a) || !is_clear(&b) || (a.letter == 0) != (b.letter == 0)) {
        return false;
    }
    bool reversed = a.letter == 'E' || a.letter == 'W';
    out->lat = reversed ? b : a;
    out->lon = reversed ? a : b;
    return true;
}

static bool in_range(const struct im_angle_pair *p) {
    double lat, lon;
    return angle_value(&p->lat, 'N', &lat) && angle_value(&p->lon, 'E', &lon);
}

/* The only way to split at one of `separators` into two angles; false when there is
 * none or more than one. */
static bool pair_by(const char *s, size_t n, const char *separators, bool ranged,
                    struct im_angle_pair *out) {
    size_t found = 0;
    for (size_t i = 1; i + 1 < n; i++) {
        struct im_angle_pair pair;
        bool run = s[i - 1] == s[i] && s[i] == ' ';
        if (strchr(separators, s[i]) != NULL && s[i] != '\0' && !run &&
            pair_at(s, n, i, &pair) && (!ranged || in_range(&pair))) {
            *out = pair;
            found++;
        }
    }
    return found == 1;
}

bool im_angle_pair_scan(const char *s, size_t n, bool ranged,
                        struct im_angle_pair *out) {
    enum { LONGEST = 120 };
    trim(&s, &n);
    if (n > LONGEST) {
        return false;
    }
    return pair_by(s, n, ";/", ranged, out) || pair_by(s, n, ",", ranged, out) ||
           pair_by(s, n, " \t", ranged, out);
}

bool im_coordinates_parse(const char *s, size_t n, struct im_lonlat *out) {
    struct im_angle_pair p;
    return im_angle_pair_scan(s, n, true, &p) && angle_value(&p.lat, 'N', &out->lat) &&
           angle_value(&p.lon, 'E', &out->lon);
}
