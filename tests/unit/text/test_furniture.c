/* Furniture phrases in the seven languages: complete, in the right form, in its units.
 */
#include "help/data.h"
#include "text/text.h"

#include "furniture_table.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void codes_of_countries(void **state) {
    (void)state;
    char code[3];
    assert_true(im_country_code("az", code));
    assert_string_equal(code, "AZ");
    assert_true(im_country_code("AZE", code));
    assert_string_equal(code, "AZ");
    assert_true(im_country_code("arm", code));
    assert_string_equal(code, "AM");
    assert_true(im_country_code("ZWE", code)); // the last
    assert_string_equal(code, "ZW");
    assert_true(im_country_code("ABW", code)); // the first
    assert_string_equal(code, "AW");
    assert_true(im_country_code("XKX", code));
    assert_string_equal(code, "XK");
    assert_true(im_country_code("uk", code));
    assert_string_equal(code, "GB");
    assert_true(im_country_code("EL", code));
    assert_string_equal(code, "GR");
    assert_true(im_country_code("KSA", code));
    assert_string_equal(code, "SA");
    static const char *const none[] = {"",    "A",   "XYZ", "A1", "AZER",
                                       "Çad", "ZZZ", "AAA", "ZZ"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(im_country_code(none[i], code));
    }
}

static void features_have_their_names(void **state) {
    (void)state;
    assert_string_equal(im_feature_name("tr", "Lake Van"), "Van G\u00F6l\u00FC");
    assert_string_equal(im_feature_name("ru-RU", "Lake Van"),
                        "\u043E\u0437\u0435\u0440\u043E \u0412\u0430\u043D");
    assert_string_equal(im_feature_name("en", "Lake Van"), "Lake Van");
    assert_string_equal(im_feature_name("fr", "Lake Van"), "Lake Van");
    assert_string_equal(im_feature_name(NULL, "Lake Van"), "Lake Van");
    assert_string_equal(im_feature_name("tr", "Lake Nowhere"), "Lake Nowhere");
    assert_string_equal(im_feature_name("tr", ""), "");
    assert_string_equal(im_feature_name("az", "Nagorno-Karabakh Autonomous Oblast"),
                        "Da\u011Fl\u0131q Qaraba\u011F Muxtar Vilay\u0259ti");
}

enum { LANGUAGES = sizeof furniture_language / sizeof *furniture_language };
enum { KEYS = sizeof furniture / sizeof *furniture };

static bool is_form(const char *key) {
    return strchr(key, '.') != NULL;
}

static void seven_languages(void **state) {
    (void)state;
    const char *expected[] = {"ar", "az", "en", "hy", "ka", "ru", "tr"};
    assert_int_equal(LANGUAGES, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(im_furniture_language(i), expected[i]);
        assert_true(im_has_furniture(expected[i]));
    }
    assert_null(im_furniture_language(7));
    assert_false(im_has_furniture("fa"));
    assert_false(im_has_furniture("arc"));
    assert_false(im_has_furniture(""));
    assert_false(im_has_furniture(NULL));
    assert_string_equal(im_wording("fa"), "en");
    assert_string_equal(im_wording("ar-MA"), "ar-MA");
    assert_true(im_reads_left("ar-EG"));
    assert_false(im_reads_left("ru"));
}

/* Every key without forms has a text in every language; of forms, `other` has. */
static void no_phrase_is_missing(void **state) {
    (void)state;
    assert_true(KEYS > 60);
    for (size_t k = 0; k < KEYS; k++) {
        const char *dot = strchr(furniture[k].key, '.');
        for (size_t i = 0; i < LANGUAGES; i++) {
            if (dot == NULL || strcmp(dot, ".other") == 0) {
                if (furniture[k].text[i] == NULL || furniture[k].text[i][0] == '\0') {
                    fail_msg("%s in %s", furniture[k].key, furniture_language[i]);
                }
            }
        }
    }
}

/* Only what is the same in both languages may read as in English. */
static void no_phrase_is_english(void **state) {
    (void)state;
    static const char *const alike[] = {"and_part", "sentence"};
    for (size_t k = 0; k < KEYS; k++) {
        bool may = strcmp(furniture[k].key, alike[0]) == 0 ||
                   strcmp(furniture[k].key, alike[1]) == 0;
        for (size_t i = 0; i < LANGUAGES; i++) {
            const char *text = furniture[k].text[i];
            if (i != FURNITURE_ENGLISH && text && !may &&
                furniture[k].text[FURNITURE_ENGLISH] &&
                strcmp(text, furniture[k].text[FURNITURE_ENGLISH]) == 0) {
                fail_msg("%s in %s is English", furniture[k].key,
                         furniture_language[i]);
            }
        }
    }
}

/* Blanks of a text, in the order of the alphabet. */
static void blanks(const char *text, char out[128]) {
    static const char *const names[] = {"{a}",    "{b}",    "{date}",     "{distance}",
                                        "{list}", "{n}",    "{latitude}", "{name}",
                                        "{k}",    "{text}", "{what}"};
    size_t found = 0, braces = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strstr(text, names[i])) {
            strcat(out, names[i]);
            found++;
        }
    }
    for (const char *at = text; (at = strchr(at, '{')) != NULL; at++) {
        braces++;
    }
    assert_int_equal(found, braces); // each once, none of another name
}

static void blanks_agree(void **state) {
    (void)state;
    for (size_t k = 0; k < KEYS; k++) {
        char english[128] = "", other[128];
        const char *model = furniture[k].text[FURNITURE_ENGLISH];
        if (is_form(furniture[k].key)) {
            strcpy(english, "{n}");
        } else {
            blanks(model, english);
        }
        for (size_t i = 0; i < LANGUAGES; i++) {
            const char *dot = strchr(furniture[k].key, '.');
            bool single = strcmp(furniture_language[i], "ar") == 0 && dot &&
                          strstr(".zero.one.two", dot) != NULL;
            if (furniture[k].text[i]) {
                blanks(furniture[k].text[i], other);
                if (!(single && other[0] == '\0')) {
                    assert_string_equal(english, other);
                }
            }
        }
    }
}

/* Categories of https://cldr.unicode.org (plurals.xml), by their rules. */
static enum im_plural expected_form(const char *language, int n) {
    int ten = n % 10, hundred = n % 100;
    if (strcmp(language, "ru") == 0) {
        return ten == 1 && hundred != 11 ? IM_PLURAL_ONE
               : ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14)
                   ? IM_PLURAL_FEW
                   : IM_PLURAL_MANY;
    }
    if (strcmp(language, "ar") == 0) {
        return n == 0                           ? IM_PLURAL_ZERO
               : n == 1                         ? IM_PLURAL_ONE
               : n == 2                         ? IM_PLURAL_TWO
               : hundred >= 3 && hundred <= 10  ? IM_PLURAL_FEW
               : hundred >= 11 && hundred <= 99 ? IM_PLURAL_MANY
                                                : IM_PLURAL_OTHER;
    }
    bool zero_too = strcmp(language, "hy") == 0; // i = 0,1
    return n == 1 || (n == 0 && zero_too) ? IM_PLURAL_ONE : IM_PLURAL_OTHER;
}

static void plural_forms(void **state) {
    (void)state;
    for (size_t i = 0; i < LANGUAGES; i++) {
        for (int n = 0; n < 2500; n++) {
            if (im_plural_form(furniture_language[i], n) !=
                expected_form(furniture_language[i], n)) {
                fail_msg("form of %d in %s", n, furniture_language[i]);
            }
        }
        assert_int_equal(im_plural_form(furniture_language[i], 2.5), IM_PLURAL_OTHER);
        assert_int_equal(im_plural_form(furniture_language[i], 1e15),
                         expected_form(furniture_language[i], 100));
    }
}

static const char *killed(const char *language, int n) {
    return im_count_phrase(arena, language, "killed", n, NULL);
}

static void counts(void **state) {
    (void)state;
    assert_string_equal(killed("en", 1), "1 killed");
    assert_string_equal(killed("ru", 1), "1 погибший");
    assert_string_equal(killed("ru", 3), "3 погибших");
    assert_string_equal(killed("ru", 21), "21 погибший");
    assert_string_equal(killed("ar", 0), "لا قتلى");
    assert_string_equal(killed("ar", 2), "قتيلان");
    assert_string_equal(killed("ar", 4), "٤ قتلى");
    assert_string_equal(killed("ar", 11), "١١ قتيلًا");
    assert_string_equal(killed("ar", 100), "١٠٠ قتيل");
    assert_string_equal(killed("ar-u-nu-latn", 100), "100 قتيل");
    assert_string_equal(killed("ar-MA", 4), "4 قتلى");
    assert_string_equal(killed("tr", 1234), "1.234 ölü");
    assert_string_equal(killed("fa", 4), "۴ killed");
    const char *more = "more_incidents";
    assert_string_equal(im_count_phrase(arena, "en", more, 1, NULL),
                        "+ 1 more incident");
    assert_string_equal(im_count_phrase(arena, "en", more, 2, NULL),
                        "+ 2 more incidents");
    assert_string_equal(im_count_phrase(arena, "ru", more, 22, NULL),
                        "ещё 22 происшествия");
    // a range names its numbers, whatever form the last one takes
    assert_string_equal(im_count_phrase(arena, "ar", "killed", 2, "١–٢"), "١–٢ قتلى");
    assert_string_equal(im_count_phrase(arena, "ru", "killed", 21, "5–21"),
                        "5–21 погибший");
}

static void filling(void **state) {
    (void)state;
    assert_string_equal(im_phrase_fill(arena, "en", "distance_pipeline", "name", "BTC",
                                       "distance", "15 km", NULL),
                        "15 km from the BTC pipeline");
    assert_string_equal(im_phrase_fill(arena, "az", "distance_pipeline", "name", "BTC",
                                       "distance", "15 km", NULL),
                        "BTC kəmərindən 15 km");
    assert_string_equal(im_phrase_fill(arena, "en", "sentence", "text", "{list}", NULL),
                        "{list}."); // what is filled in is not filled again
    assert_string_equal(im_phrase_fill(arena, "en", "sentence", NULL), "{text}.");
    assert_string_equal(im_phrase_fill(arena, "hy", "sentence", "text", "Ա", NULL),
                        "Ա։");
    assert_string_equal(im_sentence(arena, "ru", "2020 г."), "2020 г.");
    assert_string_equal(im_sentence(arena, "ru", "год"), "год.");
    assert_string_equal(im_sentence(arena, "hy", "2020 թ."), "2020 թ.։");
}

static void units_and_lists(void **state) {
    (void)state;
    assert_string_equal(im_length_phrase(arena, "en", "15", true), "15\u00a0km");
    assert_string_equal(im_length_phrase(arena, "ru", "1,5", true), "1,5\u00a0км");
    assert_string_equal(im_length_phrase(arena, "hy", "15", true), "15\u00a0կմ");
    assert_string_equal(im_length_phrase(arena, "ka", "500", false), "500\u00a0მ");
    assert_string_equal(im_length_phrase(arena, "ar", "١٥", true), "١٥\u00a0كم");
    assert_string_equal(im_compass_phrase(arena, "en", "41°10′", 'N'), "41°10′N");
    assert_string_equal(im_compass_phrase(arena, "ru", "41°", 'S'),
                        "41°\u00a0ю.\u00a0ш.");
    assert_string_equal(im_compass_phrase(arena, "tr", "41°", 'E'), "41°D");
    assert_string_equal(im_compass_phrase(arena, "ar", "41°10′", 'N'),
                        "٤١°١٠′\u00a0شمال");
    assert_string_equal(im_compass_phrase(arena, "ar", "0°", '\0'), "٠°");
    assert_string_equal(im_list_separator("en"), ", ");
    for (size_t i = 1; i < LANGUAGES; i++) {
        assert_string_equal(im_list_separator(furniture_language[i]), ", ");
    }
    assert_string_equal(im_list_separator("ar"), "، ");
    assert_string_equal(im_digits_phrase(arena, "ar", "a1 20"), "a١ ٢٠");
    assert_string_equal(im_digits_phrase(arena, "ka", "a1 20"), "a1 20");
}

static void numbers(void **state) {
    (void)state;
    const struct {
        const char *language, *text;
    } rows[] = {{"en", "12,345.6"},           {"az", "12.345,6"},
                {"hy", "12\u00a0345,6"},      {"ka", "12\u00a0345,6"},
                {"ru", "12\u00a0345,6"},      {"tr", "12.345,6"},
                {"ar", "١٢٬٣٤٥٫٦"},           {"ar-MA", "12.345,6"},
                {"ar-u-nu-latn", "12,345.6"}, {"en-US", "12,345.6"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(im_number_phrase(arena, rows[i].language, 12345.6, 1),
                            rows[i].text);
    }
}

static void date_ranges(void **state) {
    (void)state;
    const struct im_date a = {2020, 7, 12}, b = {2020, 7, 16}, c = {2020, 9, 27};
    const struct {
        const char *language, *days, *across, *alone;
    } rows[] = {
        {"en", "12–16 July 2020", "12 July–27 September", "12 July"},
        {"en-US", "July 12–16, 2020", "July 12–September 27", "July 12"},
        {"az", "2020 iyul 12–16", "12 iyul – 27 sentyabr", "12 iyul"},
        {"hy", "12–16 հուլիսի, 2020 թ.", "հուլիսի 12 – սեպտեմբերի 27", "հուլիսի 12"},
        {"ka", "12–16 ივლისი, 2020", "12 ივლისი – 27 სექტემბერი", "12 ივლისი"},
        {"ru", "12–16 июля 2020\u00a0г.", "12 июля – 27 сентября", "12 июля"},
        {"tr", "12–16 Temmuz 2020", "12 Temmuz – 27 Eylül", "12 Temmuz"},
        {"ar", "١٢–١٦ يوليو، ٢٠٢٠", "١٢ يوليو – ٢٧ سبتمبر", "١٢ يوليو"},
        {"ar-DZ", "12–16 جويلية، 2020", "12 جويلية – 27 سبتمبر", "12 جويلية"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *l = rows[i].language;
        assert_string_equal(im_date_phrase(arena, l, a, b, true), rows[i].days);
        assert_string_equal(im_date_phrase(arena, l, a, c, false), rows[i].across);
        assert_string_equal(im_date_phrase(arena, l, a, a, false), rows[i].alone);
    }
}

static void tags(void **state) {
    (void)state;
    const char *const rows[][2] = {{"AZ", "az"},
                                   {"az_az", "az-AZ"},
                                   {"AZ-CYRL-az", "az-Cyrl-AZ"},
                                   {"AR-U-NU-LATN", "ar-u-nu-latn"},
                                   {"es-419", "es-419"},
                                   {"ckb", "ckb"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(im_language_tidy(arena, rows[i][0]), rows[i][1]);
    }
    const char *const bad[] = {"",    "a",      "az-",  "-az",          "azer", "a1",
                               "az ", "az--AZ", "ar-u", "az-ninechars", "рус"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_null(im_language_tidy(arena, bad[i]));
    }
}

static void nearest_languages(void **state) {
    (void)state;
    const char *const rows[][2] = {
        {"azeri", "az"}, {"Armenain", "hy"}, {"ge", "ka"},       {"Русский", "ru"},
        {"ge_GE", "ka"}, {"kat", "ka"},      {"turkisch", "tr"}, {"xx", ""},
        {"klingon", ""}, {"aj", ""},         {"", ""},           {"az-", "az"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *name = NULL;
        assert_string_equal(im_language_nearest(arena, rows[i][0], &name), rows[i][1]);
        assert_int_equal(name[0] == '\0', rows[i][1][0] == '\0');
    }
}

/* Every language of the furniture and of the bundled names is known, and no other. */
static void known_languages(void **state) {
    (void)state;
    static const char *const files[] = {"places-world.tsv", "places-regions.tsv",
                                        "places-caucasus.tsv"};
    bool used[128] = {false};
    size_t count = 0;
    for (; im_language_known(count) != NULL; count++) {
        used[count] = im_has_furniture(im_language_known(count));
    }
    assert_true(count < 128);
    static char line[1 << 16];
    for (size_t f = 0; f < 3; f++) {
        FILE *in = fopen(im_format(arena, "%s/%s", data_folder(), files[f]), "r");
        assert_non_null(in);
        while (fgets(line, sizeof line, in)) {
            for (char *at = strtok(line, "\t|"); at; at = strtok(NULL, "\t|")) {
                size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz");
                size_t i = 0;
                if (n < 2 || n > 3 || (at[n] != '=' && at[n] != '-') ||
                    strchr(at, '=') == NULL || strncmp(at, "und", 3) == 0) {
                    continue;
                }
                while (i < count && (strlen(im_language_known(i)) != n ||
                                     strncmp(im_language_known(i), at, n) != 0)) {
                    i++;
                }
                assert_true(i < count);
                used[i] = true;
            }
        }
        fclose(in);
    }
    for (size_t i = 0; i < count; i++) {
        assert_true(used[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(seven_languages, arena_setup, arena_teardown),
        cmocka_unit_test(codes_of_countries),
        cmocka_unit_test(features_have_their_names),
        cmocka_unit_test_setup_teardown(no_phrase_is_missing, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(no_phrase_is_english, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(blanks_agree, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(plural_forms, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(counts, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(filling, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(units_and_lists, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(numbers, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(date_ranges, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(tags, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(nearest_languages, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(known_languages, arena_setup, arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
