/*
 * Prints phrase_table.h: month names, date patterns and number symbols of CLDR (through
 * ICU), and the furniture phrases of phrases.tsv.
 *
 * A pattern is what ICU writes for a sample, with the sample's parts named again: {d}
 * {m} {y} of the first date, {D} {M} {Y} of the second; {n} {N} are months standing
 * alone.
 */
#include "text/gen/table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum { TEXT = 256, PHRASES = 2000 };

/* Our languages, and the locale whose order of day and month they follow. */
static const char *const languages[][2] = {{"ar", "ar"}, {"az", "az"}, {"en", "en_GB"},
                                           {"fa", "fa"}, {"hy", "hy"}, {"ka", "ka"},
                                           {"ru", "ru"}, {"tr", "tr"}};

struct sample {
    const char *name, *skeleton;
    int to_year, to_month, to_day; /* the first date is always 14 June 2031 */
};

/* In the order of enum pattern in text/phrase.c. */
static const struct sample samples[] = {
    {"day", "MMMMd", 2031, 6, 14},          {"day, year", "yMMMMd", 2031, 6, 14},
    {"days", "MMMMd", 2031, 6, 27},         {"days, year", "yMMMMd", 2031, 6, 27},
    {"across", "MMMMd", 2031, 8, 27},       {"across, year", "yMMMMd", 2031, 8, 27},
    {"years", "yMMMMd", 2042, 8, 27},       {"month", "MMMM", 2031, 6, 14},
    {"month, year", "yMMMM", 2031, 6, 14},  {"months", "MMMM", 2031, 8, 27},
    {"months, year", "yMMMM", 2031, 8, 27}, {"months, years", "yMMMM", 2042, 8, 27},
};

static void check(UErrorCode code, const char *what) {
    if (U_FAILURE(code)) {
        gen_die(what, u_errorName(code));
    }
}

static void utf8(const UChar *text, int32_t n, char out[TEXT]) {
    UErrorCode code = U_ZERO_ERROR;
    u_strToUTF8(out, TEXT, NULL, text, n, &code);
    check(code, "text too long");
}

/* Milliseconds since 1970 of noon; Howard Hinnant, days_from_civil. */
static UDate noon(int year, int month, int day) {
    int y = year - (month <= 2), era = y / 400, yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long days = era * 146097L + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
    return (days * 24.0 + 12.0) * 3600000.0;
}

/* Replace the first occurrence of `part` (when not empty) by `name`. */
static bool name_part(char text[TEXT], const char *part, const char *name) {
    char rest[TEXT];
    char *at = part[0] ? strstr(text, part) : NULL;
    if (!at || strlen(text) - strlen(part) + strlen(name) >= TEXT) {
        return false;
    }
    strcpy(rest, at + strlen(part));
    sprintf(at, "%s%s", name, rest);
    return true;
}

static void month_name(const char *locale, UDateFormatSymbolType type, int month,
                       char out[TEXT]) {
    UChar text[TEXT];
    UErrorCode code = U_ZERO_ERROR;
    UDateFormat *f =
        udat_open(UDAT_LONG, UDAT_LONG, locale, u"UTC", -1, NULL, 0, &code);
    int32_t n = udat_getSymbols(f, type, month, text, TEXT, &code);
    check(code, locale);
    utf8(text, n, out);
    udat_close(f);
}

/* Name the sample's months: {m}/{M} in the form that stands beside a day, else {n}/{N}.
 */
static void name_months(const char *locale, int to_month, char text[TEXT]) {
    char name[TEXT];
    month_name(locale, UDAT_MONTHS, 5, name);
    if (!name_part(text, name, "{m}")) {
        month_name(locale, UDAT_STANDALONE_MONTHS, 5, name);
        name_part(text, name, "{n}");
    }
    if (to_month == 6) {
        return;
    }
    // "LLLL ... MMMM y" (Persian): ICU takes both months from the first date
    if (name_part(text, name, "{M}")) {
        return;
    }
    month_name(locale, UDAT_MONTHS, to_month - 1, name);
    if (!name_part(text, name, "{M}")) {
        month_name(locale, UDAT_STANDALONE_MONTHS, to_month - 1, name);
        name_part(text, name, "{N}");
    }
}

/* English map style has no spaces around the dash. */
static void close_dashes(char text[TEXT]) {
    name_part(text, " \xE2\x80\x93 ", "\xE2\x80\x93");
}

static void pattern(const char *locale, const struct sample *s, char text[TEXT]) {
    UChar skeleton[32], result[TEXT];
    UErrorCode code = U_ZERO_ERROR;
    u_uastrcpy(skeleton, s->skeleton);
    UDateIntervalFormat *f = udtitvfmt_open(locale, skeleton, -1, u"UTC", -1, &code);
    int32_t n =
        udtitvfmt_format(f, noon(2031, 6, 14), noon(s->to_year, s->to_month, s->to_day),
                         result, TEXT, NULL, &code);
    check(code, s->name);
    utf8(result, n, text);
    udtitvfmt_close(f);
    name_months(locale, s->to_month, text);
    name_part(text, "2031", "{y}");
    name_part(text, "2042", "{Y}");
    name_part(text, "14", "{d}");
    name_part(text, "27", "{D}");
    // Georgian: made for abbreviated months; months written whole take no full stop
    name_part(text, "{m}.", "{m}");
    name_part(text, "{M}.", "{M}");
    // narrow and thin spaces, which few fonts have
    while (name_part(text, "\xE2\x80\xAF", "\xC2\xA0") ||
           name_part(text, "\xE2\x80\x89", " ")) {
    }
}

static bool is_complete(const char *text, const struct sample *s) {
    bool months = strstr(text, "{m}") || strstr(text, "{n}");
    bool second = s->to_month == 6 || strstr(text, "{M}") || strstr(text, "{N}");
    bool day = !strchr(s->skeleton, 'd') || strstr(text, "{d}");
    bool year = s->skeleton[0] != 'y' || strstr(text, "{y}");
    return months && second && day && year && !strpbrk(text, "0123456789");
}

static void print_string(const char *s) {
    printf("\"");
    gen_literal_print(s);
    printf("\", ");
}

static void print_months(const char *locale, UDateFormatSymbolType type) {
    printf("     {");
    for (int i = 0; i < 12; i++) {
        char name[TEXT];
        month_name(locale, type, i, name);
        print_string(name);
    }
    printf("},\n");
}

static void print_patterns(const char *language, const char *locale) {
    printf("     {");
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char text[TEXT];
        pattern(locale, &samples[i], text);
        if (strcmp(language, "en") == 0) {
            close_dashes(text);
        }
        if (!is_complete(text, &samples[i])) {
            gen_die(locale, text);
        }
        print_string(text);
    }
    printf("},\n");
}

/* Is 1234 written with a separator (CLDR minimumGroupingDigits 1)? */
static bool groups_thousands(const UNumberFormat *f) {
    UChar text[32];
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = unum_formatInt64(f, 1234, text, 32, NULL, &code);
    check(code, "number");
    return n > 4;
}

static void print_numbers(const char *locale) {
    static const UNumberFormatSymbol symbols[] = {
        UNUM_DECIMAL_SEPARATOR_SYMBOL, UNUM_GROUPING_SEPARATOR_SYMBOL,
        UNUM_MINUS_SIGN_SYMBOL, UNUM_ZERO_DIGIT_SYMBOL};
    UErrorCode code = U_ZERO_ERROR;
    UNumberFormat *f = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &code);
    check(code, locale);
    printf("     ");
    for (size_t i = 0; i < 4; i++) {
        UChar text[16];
        char out[TEXT];
        int32_t n = unum_getSymbol(f, symbols[i], text, 16, &code);
        check(code, locale);
        utf8(text, n, out);
        print_string(out);
    }
    printf("%d},\n", groups_thousands(f) ? 1 : 2);
    unum_close(f);
}

static void print_languages(void) {
    printf("static const struct language {\n    char code[4];\n"
           "    const char *month[12], *alone[12], *pattern[%zu];\n"
           "    const char *decimal, *group, *minus, *zero;\n"
           "    int min_grouping;\n} languages[] = {\n",
           sizeof samples / sizeof *samples);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        char locale[64];
        snprintf(locale, sizeof locale, "%s@calendar=gregorian;numbers=latn",
                 languages[i][1]);
        printf("    {\"%s\",\n", languages[i][0]);
        print_months(locale, UDAT_MONTHS);
        print_months(locale, UDAT_STANDALONE_MONTHS);
        print_patterns(languages[i][0], locale);
        print_numbers(languages[i][1]);
    }
    printf("};\n");
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The phrases, sorted by key and language. */
static void print_phrases(const char *path) {
    static char lines[PHRASES][TEXT * 2], *order[PHRASES];
    size_t n = 0;
    FILE *file = fopen(path, "r");
    if (!file) {
        gen_die("cannot read", path);
    }
    while (n < PHRASES && fgets(lines[n], sizeof lines[n], file)) {
        order[n] = lines[n];
        n += lines[n][0] != '#' && lines[n][0] != '\n';
    }
    fclose(file);
    qsort(order, n, sizeof *order, by_text);
    printf(
        "static const struct {\n    const char *key, *language, *text;\n} phrases[] = "
        "{\n");
    for (size_t i = 0; i < n; i++) {
        char key[64], language[8], text[TEXT];
        if (sscanf(order[i], "%63[^\t]\t%7[^\t]\t%255[^\n]", key, language, text) !=
            3) {
            gen_die("unusable line", order[i]);
        }
        printf("    {\"%s\", \"%s\", ", key, language);
        print_string(text);
        printf("},\n");
    }
    printf("};\n");
}

int main(int argc, char **argv) {
    if (argc != 2) {
        gen_die("usage", "phrase_gen phrases.tsv");
    }
    printf("/* Generated from CLDR as in ICU %s, and phrases.tsv. */\n", U_ICU_VERSION);
    print_languages();
    print_phrases(argv[1]);
    return 0;
}
