#include "read/cells.h"
#include "base/buf.h"
#include "base/num.h"
#include <string.h>

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Does text start with this lower-case word, whatever its case? */
static bool starts_word(const char *text, const char *word) {
    while (*word != '\0' && lower(*text) == *word) {
        text++;
        word++;
    }
    return *word == '\0';
}

static bool same_word(const char *text, const char *word) {
    return strlen(text) == strlen(word) && starts_word(text, word);
}

/* 1. Dates. */

/* Up to three parts, numbers or month names, and the separators between them. */
struct parts {
    int value[3];
    int digits[3]; /* 0 = a month name */
    char between[2];
    int n;
};

/* 1..12 and the length of the name at text; 0 = none. */
static int month_name(const char *text, size_t *used) {
    static const char *const months[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    size_t n = 0;
    while ((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z')) {
        n++;
    }
    for (int m = 0; m < 12; m++) {
        size_t full = strlen(months[m]);
        bool sept = m == 8 && n == 4;
        if (n <= full && (n == full || n == 3 || sept)) {
            size_t i = 0;
            while (i < n && lower(text[i]) == months[m][i]) {
                i++;
            }
            if (i == n) {
                *used = n;
                return m + 1;
            }
        }
    }
    return 0;
}

static const char *take_part(const char *p, struct parts *out) {
    int i = out->n;
    size_t used = 0;
    if (is_digit(*p)) {
        int v = 0, digits = 0;
        for (; is_digit(*p) && digits < 5; p++, digits++) {
            v = v * 10 + (*p - '0');
        }
        if (digits <= 2 && (starts_word(p, "st") || starts_word(p, "nd") ||
                            starts_word(p, "rd") || starts_word(p, "th"))) {
            p += 2;
        }
        out->value[i] = v;
        out->digits[i] = digits;
    } else if ((out->value[i] = month_name(p, &used)) > 0) {
        out->digits[i] = 0;
        p += used;
    } else {
        return NULL;
    }
    out->n++;
    return p;
}

static bool is_separator(char c) {
    return c == ' ' || c == ',' || c == '.' || c == '/' || c == '-';
}

/* A time, and nothing else, may stand behind a date. */
static bool is_time(const char *p) {
    bool digit = false;
    for (; *p != '\0'; p++) {
        digit = digit || is_digit(*p);
        if (!is_digit(*p) && strchr(" :.TtZz+-APMapm", *p) == NULL) {
            return false;
        }
    }
    return digit;
}

static bool take_parts(const char *p, struct parts *out) {
    *out = (struct parts){.n = 0};
    while (out->n < 3) {
        p = take_part(p, out);
        if (p == NULL) {
            return false;
        }
        if (*p == '\0') {
            return true;
        }
        if (!is_separator(*p)) {
            return out->n == 3 && is_time(p);
        }
        char separator = *p;
        for (; is_separator(*p); p++) {
            separator = separator == ' ' ? *p : separator;
        }
        if (out->n < 3) {
            out->between[out->n - 1] = separator;
        }
        if (*p == '\0') {
            return true;
        }
    }
    return is_time(p);
}

/* The date if the calendar has it, else unset. */
static struct im_date checked(int year, int month, int day) {
    char text[16];
    struct im_date d = {year, month, day};
    const struct im_date none = {0, 0, 0};
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || day > 31) {
        return none;
    }
    im_date_write(text, d);
    return im_date_parse(text, strlen(text), &d) ? d : none;
}

static struct read_dates clear_date(int year, int month, int day) {
    struct im_date d = checked(year, month, day);
    struct read_dates out = {READ_NO_DATE, d, d};
    out.kind = im_date_is_set(d) ? READ_DATE_CLEAR : READ_NO_DATE;
    return out;
}

/* Two numbers and a year, by a slash or a dash. */
static struct read_dates either_date(int a, int b, int year) {
    struct read_dates out = {READ_NO_DATE, checked(year, b, a), checked(year, a, b)};
    bool day = im_date_is_set(out.day_first), month = im_date_is_set(out.month_first);
    out.kind = day && month ? (a == b ? READ_DATE_CLEAR : READ_DATE_EITHER)
               : day        ? READ_DATE_DAY_ONLY
               : month      ? READ_DATE_MONTH_ONLY
                            : READ_NO_DATE;
    return out;
}

struct read_dates read_dates_of(const char *text) {
    const struct read_dates none = {READ_NO_DATE, {0, 0, 0}, {0, 0, 0}};
    struct im_date iso;
    if (im_date_parse(text, strlen(text), &iso)) {
        return (struct read_dates){READ_DATE_CLEAR, iso, iso};
    }
    struct parts p;
    if (!take_parts(text, &p)) {
        return none;
    }
    const int *v = p.value, *digits = p.digits;
    if (p.n == 2 && digits[0] == 0 && digits[1] == 4) {
        return clear_date(v[1], v[0], 0); // July 2020
    }
    if (p.n != 3) {
        return none;
    }
    if (digits[0] == 4) {
        return digits[1] != 0 && digits[2] != 0 && digits[2] <= 2 && v[2] > 0
                   ? clear_date(v[0], v[1], v[2])
                   : none; // 2020/07/12
    }
    if (digits[2] != 4 || digits[0] > 2 || digits[1] > 2) {
        return none;
    }
    if (digits[0] == 0 || digits[1] == 0) { // July 12, 2020; 12 July 2020
        bool month_first = digits[0] == 0;
        int day = month_first ? v[1] : v[0];
        return (digits[0] == 0) == (digits[1] == 0) || day == 0
                   ? none
                   : clear_date(v[2], month_first ? v[0] : v[1], day);
    }
    if (v[0] == 0 || v[1] == 0 || p.between[0] != p.between[1]) {
        return none;
    }
    return p.between[0] == '.' ? clear_date(v[2], v[1], v[0])
                               : either_date(v[0], v[1], v[2]);
}

/* Days since 1899-12-30, as Excel and its kin store a date; with a time behind the
 * point. */
static bool is_serial(const char *text, long *day) {
    enum { FIRST = 10959, LAST = 73050, EPOCH = 25569 }; // 1930 to 2099
    long v = 0;
    size_t digits = 0;
    for (; is_digit(text[digits]) && digits < 6; digits++) {
        v = 10 * v + (text[digits] - '0');
    }
    const char *rest = text + digits;
    rest += rest[0] == '.' ? 1 + strspn(rest + 1, "0123456789") : 0;
    *day = v - EPOCH;
    return digits == 5 && *rest == '\0' && v >= FIRST && v <= LAST;
}

/* 12.07.20: a year of two digits behind a day and a month, in this order. */
static struct im_date short_year(const struct parts *p) {
    const struct im_date none = {0, 0, 0};
    bool dotted = p->n == 3 && p->between[0] == '.' && p->between[1] == '.';
    if (!dotted || p->digits[0] == 0 || p->digits[2] != 2) {
        return none;
    }
    // of this century, or of the last
    int year = p->value[2] + (p->value[2] < 70 ? 2000 : 1900);
    return checked(year, p->value[1], p->value[0]);
}

const char *read_date_advice(struct im_arena *arena, const char *text) {
    struct parts p;
    long serial;
    char day[16];
    if (is_serial(text, &serial)) {
        return im_format(arena,
                         "a spreadsheet's number of a day is written %s; set the "
                         "column's format to a date there, or text",
                         im_date_write(day, im_date_of_day(serial)));
    }
    if (take_parts(text, &p) && im_date_is_set(short_year(&p))) {
        return im_format(arena, "write the year with four digits: %s, if that is meant",
                         im_date_write(day, short_year(&p)));
    }
    bool two = p.n == 3 && p.digits[0] > 0 && p.digits[0] <= 2 && p.digits[2] == 2;
    return two ? "write the year with four digits, and year-month-day, as in 2020-07-12"
               : "write year-month-day, as in 2020-07-12";
}

/* 2. Figures. */

/* A count: digits, in groups of three by comma, blank or narrow blank. */
static const char *take_count(const char *p, double *out) {
    enum { MOST_DIGITS = 9 };
    int digits = 0, group = 0;
    double v = 0;
    bool grouped = false;
    for (;;) {
        if (is_digit(*p)) {
            v = v * 10 + (*p++ - '0');
            digits++;
            group++;
            continue;
        }
        bool separator = (*p == ',' || *p == ' ') && is_digit(p[1]) && is_digit(p[2]) &&
                         is_digit(p[3]) && !is_digit(p[4]);
        if (!separator || digits == 0 || group > 3) {
            break;
        }
        grouped = true;
        group = 0;
        p++;
    }
    if (digits == 0 || digits > MOST_DIGITS || (grouped && group != 3)) {
        return NULL;
    }
    if (*p == '.' && p[1] == '0' && !is_digit(p[2])) {
        p += 2; // 3.0 of a spreadsheet
    }
    *out = v;
    return p;
}

static const char *skip_blanks(const char *p) {
    while (*p == ' ') {
        p++;
    }
    return p;
}

/* Behind the sign of a range at p ("-", "–", "to", ".."), or NULL. */
static const char *range_sign(const char *p) {
    static const char *const signs[] = {"-",   "\xE2\x80\x93", "\xE2\x80\x94",
                                        "to ", "..",           "\xE2\x88\x92"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strncmp(p, signs[i], strlen(signs[i])) == 0) {
            return skip_blanks(p + strlen(signs[i]));
        }
    }
    return NULL;
}

/* Behind a word that makes the number a rough one, or p. */
static const char *skip_rough(const char *p) {
    static const char *const words[] = {
        "at least ", "about ", "approx. ", "ca. ", "over ",       "more than ",
        "some ",     "~",      ">=",       ">",    "\xE2\x89\xA5"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (starts_word(p, words[i])) {
            return skip_blanks(p + strlen(words[i]));
        }
    }
    return p;
}

static bool is_nothing(const char *text) {
    static const char *const words[] = {
        "",   "-",       "?",           "n/a",  "na",         "nan",
        "..", "unknown", "none stated", "null", "not stated", "\xE2\x80\x93"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (same_word(text, words[i])) {
            return true;
        }
    }
    return false;
}

/* The middle, rounded down: deaths are counted. */
static double middle(double low, double high) {
    double sum = low + high;
    return (double)(int64_t)(sum / 2);
}

enum read_figure_kind read_figure_of(const char *text, struct im_figure *out) {
    bool plain = is_digit(text[0]); // no word starts with a digit
    if (text[0] == '\0' || (!plain && is_nothing(text))) {
        return READ_FIGURE_NONE;
    }
    double low, high;
    const char *start = plain ? text : skip_rough(text);
    const char *p = take_count(start, &low);
    if (p == NULL) {
        return READ_FIGURE_BAD;
    }
    p = skip_blanks(p);
    bool about = start != text || strcmp(p, "+") == 0;
    if (*p == '\0' || about) {
        *out = (struct im_figure){low, low, low};
        return about ? (*p == '\0' || strcmp(p, "+") == 0 ? READ_FIGURE_ABOUT
                                                          : READ_FIGURE_BAD)
                     : READ_FIGURE_OK;
    }
    p = range_sign(p);
    p = p == NULL ? NULL : take_count(p, &high);
    if (p == NULL || *skip_blanks(p) != '\0' || high < low) {
        return READ_FIGURE_BAD;
    }
    *out = (struct im_figure){low, middle(low, high), high};
    return READ_FIGURE_OK;
}

bool read_evidence_of(const char *text, enum im_evidence *out) {
    for (int e = IM_CONFIRMED; e <= IM_DISPUTED; e++) {
        if (same_word(text, im_evidence_text((enum im_evidence)e))) {
            *out = (enum im_evidence)e;
            return true;
        }
    }
    return false;
}
