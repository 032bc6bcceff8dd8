/*
 * Prints phrase_table.h: month names, date patterns, number symbols, units, compass
 * points, list separators and plural rules of CLDR (through ICU).
 *
 * A pattern is what ICU writes for a sample, with the sample's parts named again: {d}
 * {m} {y} of the first date, {D} {M} {Y} of the second; {n} {N} are months standing
 * alone.
 */
#include "text/gen/plural.h"
#include "text/gen/table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/ulistformatter.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>

enum { TEXT = 256 };

/*
 * Our languages, and the locale that they follow (English: order of day and month of
 * Britain). Digits are those that CLDR calls the language's default: Arabic-Indic for
 * ar, Latin for ar-MA and its neighbours; ar-u-nu-latn asks for Latin ones.
 */
static const char *const languages[][2] = {{"ar", "ar"},
                                           {"ar-ae", "ar_AE"},
                                           {"ar-dz", "ar_DZ"},
                                           {"ar-eg", "ar_EG"},
                                           {"ar-iq", "ar_IQ"},
                                           {"ar-jo", "ar_JO"},
                                           {"ar-lb", "ar_LB"},
                                           {"ar-ly", "ar_LY"},
                                           {"ar-ma", "ar_MA"},
                                           {"ar-ps", "ar_PS"},
                                           {"ar-sy", "ar_SY"},
                                           {"ar-tn", "ar_TN"},
                                           {"ar-u-nu-latn", "ar@numbers=latn"},
                                           {"az", "az"},
                                           {"en", "en_GB"},
                                           {"en-us", "en_US"},
                                           {"fa", "fa"},
                                           {"hy", "hy"},
                                           {"ka", "ka"},
                                           {"ru", "ru"},
                                           {"tr", "tr"}};

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
        if (strncmp(language, "en", 2) == 0) {
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
    printf("%d,\n", groups_thousands(f) ? 1 : 2);
    unum_close(f);
}

/* "100 km" with {n} for the number, which never leaves its unit at a line's end. */
static void print_unit(const char *locale, const UChar *skeleton) {
    UErrorCode code = U_ZERO_ERROR;
    UChar text[TEXT];
    char out[TEXT];
    UNumberFormatter *f = unumf_openForSkeletonAndLocale(skeleton, -1, locale, &code);
    UFormattedNumber *number = unumf_openResult(&code);
    unumf_formatInt(f, 100, number, &code);
    int32_t n = unumf_resultToString(number, text, TEXT, &code);
    check(code, locale);
    utf8(text, n, out);
    if (!name_part(out, "100", "{n}")) {
        gen_die(locale, out);
    }
    while (name_part(out, " ", "\xC2\xA0")) {
    }
    print_string(out);
    unumf_closeResult(number);
    unumf_close(f);
}

static void print_units(const char *locale) {
    printf("\n     ");
    print_unit(locale, u"measure-unit/length-meter unit-width-short");
    print_unit(locale, u"measure-unit/length-kilometer unit-width-short");
}

/* One compass pattern, its words a space off the degrees: "{n}N", "{n} с. ш.". */
static bool compass(const char *locale, const char *side, char out[TEXT]) {
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = 0;
    UResourceBundle *units = ures_open(U_ICUDATA_NAME "-unit", locale, &code);
    UResourceBundle *brief = ures_getByKey(units, "unitsNarrow", NULL, &code);
    UResourceBundle *all = ures_getByKey(brief, "coordinate", NULL, &code);
    const UChar *text = ures_getStringByKey(all, side, &n, &code);
    if (U_SUCCESS(code)) {
        utf8(text, n, out);
        name_part(out, "{0}", "{n}");
        while (name_part(out, " ", "\xC2\xA0") ||
               name_part(out, "\xE2\x80\xA4", ".")) { // one dot leader, in few fonts
        }
        if (strlen(out) > 5 && out[3] != '\xC2') {
            name_part(out, "{n}", "{n}\xC2\xA0");
        }
    }
    ures_close(all);
    ures_close(brief);
    ures_close(units);
    return U_SUCCESS(code);
}

static void print_compass(const char *locale) {
    static const char *const sides[] = {"north", "south", "east", "west"};
    static const char *const english[] = {"{n}N", "{n}S", "{n}E", "{n}W"};
    char language[8] = "";
    memcpy(language, locale, strcspn(locale, "_@"));
    printf("\n     {");
    for (size_t i = 0; i < 4; i++) {
        char text[TEXT];
        if (!compass(language, sides[i], text)) {
            if (strcmp(language, "en") != 0) {
                gen_die(locale, "no compass points");
            }
            strcpy(text, english[i]);
        }
        print_string(text);
    }
    printf("},\n     ");
}

/* What stands between the first two of four things, with its blank; "" when that is a
 * word (Arabic "and"). */
static void between(const char *locale, UListFormatterType type, char out[TEXT]) {
    UErrorCode code = U_ZERO_ERROR;
    const UChar *things[] = {u"@", u"@", u"@", u"@"};
    UChar text[TEXT];
    UListFormatter *f = ulistfmt_openForType(locale, type, ULISTFMT_WIDTH_WIDE, &code);
    int32_t n = ulistfmt_format(f, things, NULL, 4, text, TEXT, &code);
    check(code, locale);
    utf8(text, n, out);
    ulistfmt_close(f);
    char *start = strchr(out, '@') + 1;
    char *blank = strchr(start, ' ');
    if (blank == NULL || blank > strchr(start, '@')) {
        gen_die(locale, out);
    }
    blank[1] = '\0';
    memmove(out, blank == start ? "" : start, blank == start ? 1 : strlen(start) + 1);
}

/* The separator of plain lists; of measures where plain ones have a word ("، "). */
static void print_list(const char *locale) {
    char out[TEXT];
    between(locale, ULISTFMT_TYPE_AND, out);
    if (out[0] == '\0') {
        between(locale, ULISTFMT_TYPE_UNITS, out);
    }
    print_string(out);
}

static void print_languages(void) {
    printf("static const struct language {\n    char code[16];\n"
           "    const char *month[12], *alone[12], *pattern[%zu];\n"
           "    const char *decimal, *group, *minus, *zero;\n"
           "    int min_grouping;\n"
           "    const char *metres, *kilometres, *compass[4], *list;\n"
           "    const char *plural; /* form of 0 .. 199; over that by the last two "
           "digits */\n} languages[] = {\n",
           sizeof samples / sizeof *samples);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        char locale[64];
        int n = (int)strcspn(languages[i][1], "@");
        snprintf(locale, sizeof locale, "%.*s@calendar=gregorian;numbers=latn", n,
                 languages[i][1]);
        printf("    {\"%s\",\n", languages[i][0]);
        print_months(locale, UDAT_MONTHS);
        print_months(locale, UDAT_STANDALONE_MONTHS);
        print_patterns(languages[i][0], locale);
        print_numbers(languages[i][1]);
        print_units(locale);
        print_compass(locale);
        print_list(locale);
        gen_plural_print(locale);
    }
    printf("};\n");
}

int main(int argc, char **argv) {
    (void)argv;
    if (argc != 1) {
        gen_die("usage", "phrase_gen");
    }
    printf("/* Generated from CLDR as in ICU %s. */\n", U_ICU_VERSION);
    print_languages();
    return 0;
}
