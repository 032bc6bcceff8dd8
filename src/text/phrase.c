/* Dates, numbers, units and plural forms by the rules of CLDR. */
#include "base/num.h"
#include "text/language.h"
#include "text/text.h"

#include "phrase_table.h"
#include <math.h>
#include <string.h>

enum pattern {
    DAY,
    DAY_YEAR,
    DAYS,
    DAYS_YEAR,
    ACROSS,
    ACROSS_YEAR,
    YEARS,
    MONTH,
    MONTH_YEAR,
    MONTHS,
    MONTHS_YEAR,
    MONTHS_YEARS
};

bool text_is_language(const char *tag, const char *code) {
    size_t n = 0;
    for (; tag && code[n] != '\0'; n++) {
        char c = tag[n] == '_' ? '-' : tag[n];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != code[n]) {
            return false; // also where the tag ends
        }
    }
    return tag && (tag[n] == '\0' || tag[n] == '-');
}

size_t text_language_index(const char *tag, const char *const *codes, size_t n) {
    size_t i = 0;
    while (i < n && !text_is_language(tag, codes[i])) {
        i++;
    }
    return i;
}

/* The closest entry (ar-MA before ar), else English. */
static const struct language *language_of(const char *tag) {
    const struct language *best = NULL;
    for (size_t i = 0; tag && i < sizeof languages / sizeof *languages; i++) {
        const struct language *l = &languages[i];
        if ((tag[0] | ('a' - 'A')) == l->code[0] && text_is_language(tag, l->code) &&
            (!best || strlen(l->code) > strlen(best->code))) {
            best = l;
        }
    }
    return best ? best : language_of("en");
}

/* ASCII digits in the language's own, other bytes as they are. */
static void put_digits(struct im_buf *buf, const struct language *l, const char *s,
                       size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9') {
            im_buf_char(buf, s[i]);
            continue;
        }
        // the digits of a script follow its zero, within its last byte
        im_buf_add(buf, l->zero, strlen(l->zero));
        buf->data[buf->len - 1] = (char)(buf->data[buf->len - 1] + (s[i] - '0'));
    }
}

static void put_number(struct im_buf *buf, const struct language *l, int v) {
    char digits[40];
    put_digits(buf, l, digits, im_num_write(digits, v, 0));
}

static void put_part(struct im_buf *buf, const struct language *l, char part,
                     const struct im_date date[2]) {
    const struct im_date *d = strchr("DMNY", part) ? &date[1] : &date[0];
    switch (part) {
    case 'd':
    case 'D':
        put_number(buf, l, d->day);
        break;
    case 'm':
    case 'M':
        im_buf_str(buf, l->month[d->month - 1]);
        break;
    case 'n':
    case 'N':
        im_buf_str(buf, l->alone[d->month - 1]);
        break;
    default:
        put_number(buf, l, d->year);
    }
}

static void put_pattern(struct im_buf *buf, const struct language *l,
                        enum pattern which, const struct im_date date[2]) {
    for (const char *p = l->pattern[which]; *p; p++) {
        if (p[0] == '{' && p[1] && p[2] == '}') {
            put_part(buf, l, p[1], date);
            p += 2;
        } else {
            im_buf_char(buf, *p);
        }
    }
}

/* Years alone, which CLDR has no pattern for: "2019–2020". */
static void put_years(struct im_buf *buf, const struct language *l,
                      const struct im_date date[2]) {
    put_number(buf, l, date[0].year);
    if (date[1].year != date[0].year) {
        im_buf_str(buf, "\xE2\x80\x93");
        put_number(buf, l, date[1].year);
    }
}

static enum pattern choose(const struct im_date date[2], bool year) {
    bool days = date[0].day > 0 && date[1].day > 0;
    bool same_month = date[0].month == date[1].month;
    if (date[0].year != date[1].year) {
        return days ? YEARS : MONTHS_YEARS;
    }
    if (!days) {
        return same_month ? (year ? MONTH_YEAR : MONTH) : (year ? MONTHS_YEAR : MONTHS);
    }
    if (!same_month) {
        return year ? ACROSS_YEAR : ACROSS;
    }
    if (date[0].day != date[1].day) {
        return year ? DAYS_YEAR : DAYS;
    }
    return year ? DAY_YEAR : DAY;
}

static bool has_month(struct im_date d) {
    return d.month >= 1 && d.month <= 12;
}

char *im_date_phrase(struct im_arena *arena, const char *language, struct im_date from,
                     struct im_date to, bool year) {
    const struct language *l = language_of(language);
    struct im_buf buf;
    im_buf_init(&buf, arena, 4096);
    from = im_date_is_set(from) ? from : to;
    const struct im_date date[2] = {from, im_date_is_set(to) ? to : from};
    if (!im_date_is_set(from)) {
        return buf.data;
    }
    if (has_month(date[0]) && has_month(date[1])) {
        put_pattern(&buf, l, choose(date, year), date);
    } else {
        put_years(&buf, l, date);
    }
    return buf.data;
}

char *im_number_phrase(struct im_arena *arena, const char *language, double v,
                       int decimals) {
    const struct language *l = language_of(language);
    struct im_buf buf;
    char text[40];
    im_buf_init(&buf, arena, 4096);
    size_t n = im_num_write(text, v, decimals);
    const char *digits = text[0] == '-' ? text + 1 : text;
    n -= (size_t)(digits - text);
    size_t whole = strspn(digits, "0123456789");
    if (digits != text) {
        im_buf_str(&buf, l->minus);
    }
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0 && whole >= 3 + (size_t)l->min_grouping) {
            im_buf_str(&buf, l->group);
        }
        put_digits(&buf, l, digits + i, 1);
    }
    if (whole < n) {
        im_buf_str(&buf, l->decimal);
        put_digits(&buf, l, digits + whole + 1, n - whole - 1);
    }
    return buf.data;
}

char *im_digits_phrase(struct im_arena *arena, const char *language, const char *text) {
    struct im_buf buf;
    im_buf_init(&buf, arena, 4096);
    put_digits(&buf, language_of(language), text, strlen(text));
    return buf.data;
}

/* A pattern of one blank, {n}. */
static char *fill(struct im_arena *arena, const char *pattern, const char *n) {
    const char *at = strstr(pattern, "{n}");
    return im_format(arena, "%.*s%s%s", (int)(at - pattern), pattern, n, at + 3);
}

char *im_length_phrase(struct im_arena *arena, const char *language, const char *number,
                       bool kilometres) {
    const struct language *l = language_of(language);
    return fill(arena, kilometres ? l->kilometres : l->metres, number);
}

char *im_compass_phrase(struct im_arena *arena, const char *language,
                        const char *degrees, char side) {
    static const char sides[] = "NSEW";
    const struct language *l = language_of(language);
    const char *own = im_digits_phrase(arena, language, degrees);
    const char *at = side != '\0' ? strchr(sides, side) : NULL;
    return fill(arena, at ? l->compass[at - sides] : "{n}", own);
}

char *im_coordinates_phrase(struct im_arena *arena, const char *language, double lon,
                            double lat, int decimals) {
    const double v[2] = {lat, lon};
    const char *words[2], sides[] = "NSEW";
    for (int i = 0; i < 2; i++) {
        const char *number = im_number_phrase(arena, language, fabs(v[i]), decimals);
        words[i] =
            im_compass_phrase(arena, language, im_format(arena, "%s\xC2\xB0", number),
                              sides[2 * i + (v[i] < 0)]);
    }
    return im_format(arena, "%s%s%s", words[0], im_list_separator(language), words[1]);
}

const char *im_list_separator(const char *language) {
    return language_of(language)->list;
}

enum im_plural im_plural_form(const char *language, double n) {
    double whole = floor(fabs(n));
    if (whole != fabs(n)) {
        return IM_PLURAL_OTHER;
    }
    size_t i = whole < 200 ? (size_t)whole : 100 + (size_t)fmod(whole, 100);
    return (enum im_plural)(language_of(language)->plural[i] - '0');
}
