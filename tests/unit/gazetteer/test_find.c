/* Look-up: tiers, hints, the margin rule, duplicates, time. */
#include "gazetteer/inside.h"
#include "text/text.h"
#include "world.h"
#include <limits.h>

static struct im_gazetteer *gz;

static int setup(void **state) {
    int failed = make_world(state);
    gz = failed ? NULL : open_world();
    return failed;
}

static struct im_answer_set ask(const char *name, struct im_lookup hints) {
    hints.name = name;
    hints.country = hints.country ? hints.country : "";
    hints.admin1 = hints.admin1 ? hints.admin1 : "";
    return im_gazetteer_find(gz, arena, &hints);
}

static const char *plain(const char *name) {
    struct im_answer_set a = ask(name, (struct im_lookup){.limit = 10});
    return shown(&a);
}

static const char *match(const char *name) {
    struct im_answer_set a = ask(name, (struct im_lookup){.limit = 10});
    return a.n ? im_match_text(a.candidates[0].match) : "none";
}

static void tiers(void **state) {
    (void)state;
    assert_string_equal(match("Tovuz"), "exact");
    assert_string_equal(match(" Tovuz "), "exact");
    assert_string_equal(match("tovuz"), "folded");
    assert_string_equal(match("Tovouz"), "transliterated");
    assert_string_equal(match("თოვუზი"), "transliterated");
    assert_string_equal(match("توفوز"), "transliterated");
    assert_string_equal(match("city of Tovuz"), "generic");
    assert_string_equal(match("Tovus"), "spelling");
    assert_string_equal(match("40.99, 45.63"), "coordinates");
    assert_string_equal(match("Xyzzy"), "none");
    assert_string_equal(plain(""), "unknown");
    assert_string_equal(plain(" . "), "unknown");
}

static void towns_and_districts(void **state) {
    (void)state;
    assert_string_equal(plain("Tovuz"), "ok t:tovuz");
    assert_string_equal(plain("Tovuz district"), "ok t:tovuz-d");
    assert_string_equal(plain("Tovuz rayonu"), "ok t:tovuz-d");
    assert_string_equal(plain("Товузский район"), "ok t:tovuz-d");
    assert_string_equal(plain("Товузского района"), "ok t:tovuz-d");
    assert_string_equal(plain("town of Tovuz"), "ok t:tovuz");
    assert_string_equal(plain("город Товуз"), "ok t:tovuz");
    assert_string_equal(plain("Tavush province"), "ok t:tavush");
    assert_string_equal(plain("Տավուշի մարզ"), "ok t:tavush");
    assert_string_equal(plain("Տավուշ"), "ok t:tavush");
    struct im_answer_set a = ask("Tovuz", (struct im_lookup){.kind = IM_REGION});
    assert_string_equal(shown(&a), "ok t:tovuz-d");
    a = ask("Tovuz", (struct im_lookup){.kind = IM_WATER});
    assert_int_equal(a.status, IM_ANSWER_UNKNOWN);
    a = ask("Lake Tovuz", (struct im_lookup){.limit = 10});
    assert_int_equal(a.status, IM_ANSWER_UNKNOWN);
}

/* The list of words is in order, each as folding leaves it. */
static void generic_words(void **state) {
    (void)state;
    size_t n;
    const struct gaz_generic_word *w = gaz_generic_words(&n);
    for (size_t i = 0; i < n; i++) {
        const char *fold = im_fold(arena, w[i].word, strlen(w[i].word));
        assert_string_equal(fold, w[i].word);
        assert_true(i == 0 || strcmp(w[i - 1].word, w[i].word) < 0);
        assert_ptr_equal(gaz_generic_word(w[i].word, strlen(w[i].word)), &w[i]);
    }
    assert_null(gaz_generic_word("cit", 3));
    assert_null(gaz_generic_word("cityx", 5));
    assert_non_null(gaz_generic_word("city of", 4));
}

static const char *stem_of(const char *name) {
    static struct gaz_generic g;
    const char *fold = im_fold(arena, name, strlen(name));
    return gaz_generic(fold, strlen(fold), &g) ? g.stem[0] : "none";
}

static void generic_words_set_aside(void **state) {
    (void)state;
    assert_string_equal(stem_of("City of Ganja"), "ganja");
    assert_string_equal(stem_of("the village of Movses"), "movses");
    assert_string_equal(stem_of("Şəmkir rayonunun"), "səmkir");
    assert_string_equal(stem_of("г. Баку"), "баку");
    assert_string_equal(stem_of("Landkreis Görlitz"), "gorlitz");
    assert_string_equal(stem_of("شهرستان اردبیل"), "اردبيل");
    assert_string_equal(stem_of("محافظة الرقة"), "الرقة");
    assert_string_equal(stem_of("北京市"), "北京");
    assert_string_equal(stem_of("上海"), "none");
    assert_string_equal(stem_of("Tovuz"), "none");
    assert_string_equal(stem_of("district of the city"), "none");
}

static void margin(void **state) {
    (void)state;
    assert_string_equal(plain("Paris"), "ok t:paris");
    assert_string_equal(plain("Springfield"), "ambiguous t:spr1 t:spr2");
    assert_string_equal(plain("Georgia"), "ambiguous t:ge t:ga");
    assert_string_equal(plain("Ağdam"), "ok t:agdam");
    assert_string_equal(plain("Paris, United States"), "unknown");
    assert_string_equal(plain("Tbilisi, Georgia"), "ok t:tbilisi");
}

static void hints(void **state) {
    (void)state;
    struct im_answer_set a = ask("Paris", (struct im_lookup){.country = "us"});
    assert_string_equal(shown(&a), "ok t:paris-tx");
    a = ask("Paris", (struct im_lookup){.country = "GE"});
    assert_string_equal(shown(&a), "unknown t:paris t:paris-tx");
    assert_true(a.candidates[0].outside);
    assert_non_null(strstr(a.reason, "GE"));
    a = ask("Springfield", (struct im_lookup){.admin1 = "Missouri"});
    assert_string_equal(shown(&a), "ok t:spr1");
    a = ask("Springfield", (struct im_lookup){.has_near = true, .near = {-72.5, 42.0}});
    assert_string_equal(shown(&a), "ok t:spr2");
}

static void context(void **state) {
    (void)state;
    const struct im_lonlat tavush[] = {{45.63, 40.99}, {45.491, 40.906}};
    const struct im_lonlat tbilisi[] = {{44.83, 41.69}};
    struct im_answer_set a =
        ask("Ağdam", (struct im_lookup){.context = tavush, .context_count = 2});
    assert_string_equal(shown(&a), "ok t:agdam-v");
    a = ask("Georgia", (struct im_lookup){.context = tbilisi, .context_count = 1});
    assert_string_equal(shown(&a), "ok t:ge");
    a = ask("Paris", (struct im_lookup){.context = tavush, .context_count = 2});
    assert_string_equal(shown(&a), "ok t:paris");
}

static const char *const LOOKALIKES =
    HEADER "w:susa\tSusa\t45.13\t7.05\tsettlement\ttown\tIT\tPiedmont\t6600\t\t\t\t1"
           "\t\t\ttest\n"
           "w:shusha\tŞuşa\t39.76\t46.75\tsettlement\ttown\tAZ\tŞuşa\t5000\t\t\t\t1"
           "\t\t\ttest\n";

/* The very name goes first, unless hints speak clearly for another place of the same
 * letters; then the answer says what was overturned, and why. */
static void hints_overturn(void **state) {
    (void)state;
    const struct im_lonlat karabakh[] = {{46.75, 39.82}, {46.93, 39.99}};
    folder_put("places-world.tsv", LOOKALIKES);
    gz = open_world();
    assert_string_equal(plain("Susa"), "ok w:susa");
    struct im_answer_set a = ask("Susa", (struct im_lookup){.limit = 10});
    assert_null(strstr(a.reason, "fits better"));
    a = ask("Susa", (struct im_lookup){.context = karabakh, .context_count = 2});
    assert_string_equal(shown(&a), "ok w:shusha");
    assert_non_null(strstr(a.reason,
                           "the other places of the table: goes before 'Susa' "
                           "(IT), whose name fits better"));
    a = ask("Susa", (struct im_lookup){.has_near = true, .near = {46.7, 39.8}});
    assert_string_equal(shown(&a), "ok w:shusha");
    assert_non_null(strstr(a.reason, "what it should be near: goes before"));
    a = ask("Susa", (struct im_lookup){.has_box = true, .box = {46, 39, 47, 40}});
    assert_string_equal(shown(&a), "ok w:shusha");
    assert_non_null(strstr(a.reason, "the box: goes before"));
    a = ask("Susa", (struct im_lookup){.has_box = true, .box = {170, 39, 10, 50}});
    assert_string_equal(shown(&a), "ok w:susa"); // across the antimeridian
    a = ask("Susa", (struct im_lookup){.has_near = true, .near = {100, 10}});
    assert_string_equal(shown(&a), "ok w:susa");
}

/* The terms are the score, to the last one. */
static void terms_add_up(void **state) {
    static const char *const names[] = {"Tovuz", "tovuz",         "Georgia", "Paris",
                                        "Ağdam", "city of Ağdam", "Oldtown"};
    const struct im_lonlat tavush[] = {{45.63, 40.99}, {45.491, 40.906}};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct im_answer_set a =
            ask(names[i], (struct im_lookup){.context = tavush,
                                             .context_count = i % 3,
                                             .has_near = i % 2,
                                             .near = {44, 41},
                                             .kind = i == 6 ? IM_REGION : IM_KIND_ANY,
                                             .as_of = {1995, 1, 1}});
        assert_true(a.n > 0);
        for (size_t k = 0; k < a.n; k++) {
            const struct im_candidate *c = &a.candidates[k];
            double sum = 0;
            for (size_t t = 0; t < c->term_count; t++) {
                sum += c->terms[t].value;
                assert_non_null(strstr(c->reason, c->terms[t].name));
            }
            assert_true(c->term_count >= 2 && sum >= 0 && sum <= 1 + 1e-9);
            assert_true(sum - c->score < 1e-9 && c->score - sum < 1e-9);
        }
    }
}

static void time_of_names(void **state) {
    (void)state;
    const struct im_date now = {2020, 7, 12}, then = {1960, 0, 0};
    struct im_answer_set a = ask("Kirovabad", (struct im_lookup){.as_of = now});
    assert_string_equal(shown(&a), "ok t:ganja");
    assert_non_null(strstr(a.candidates[0].reason, "another time"));
    double later = a.candidates[0].score;
    a = ask("Kirovabad", (struct im_lookup){.as_of = then});
    assert_true(a.candidates[0].score > later);
    a = ask("Oldtown", (struct im_lookup){.as_of = now});
    later = a.candidates[0].score;
    a = ask("Oldtown", (struct im_lookup){.as_of = then});
    assert_true(a.candidates[0].score > later + 0.1);
}

/* A slip of the pen is set right, and always said; never when a name fits. */
static void spelling(void **state) {
    (void)state;
    struct im_answer_set a = ask("Tiblisi", (struct im_lookup){.country = "GE"});
    assert_string_equal(shown(&a), "ok t:tbilisi");
    assert_int_equal(a.candidates[0].match, IM_MATCH_SPELLING);
    assert_string_equal(a.reason,
                        "spelling guess: 'Tiblisi' read as 'Tbilisi', 1 transposition; "
                        "the only place of that name");
    assert_string_equal(a.candidates[0].terms[0].name, "misspelt name");
    a = ask("Tiblisi", (struct im_lookup){.country = "AZ"});
    assert_string_equal(shown(&a), "unknown t:tbilisi");
    assert_non_null(strstr(a.reason, "no place has that name in AZ"));
    assert_string_equal(plain("Sprinfield"), "ambiguous t:spr1 t:spr2");
    assert_string_equal(plain("Spring feild"), "ambiguous t:spr1 t:spr2");
    assert_string_equal(match("spring field"), "spelling");
    assert_string_equal(plain("Tovuzrayonu"), "ok t:tovuz-d");
    assert_string_equal(match("Tovuzrayonu"), "spelling");
    assert_string_equal(plain("Tovuzz rayon"), "ok t:tovuz-d");
    assert_string_equal(plain("Мовсеc"), "unknown"); // nothing Cyrillic to be near to
    a = ask("Springfield", (struct im_lookup){.limit = 1});
    assert_int_equal(a.n, 1);
}

static void spelling_has_bounds(void **state) {
    (void)state;
    // of four letters one may be chance, and more people do not make it sure
    assert_string_equal(plain("Pars"), "ambiguous t:paris t:paris-tx");
    assert_string_equal(plain("Parris"), "ok t:paris");
    assert_string_equal(plain("Patis"), "unknown t:paris t:paris-tx");
    assert_string_equal(plain("Prs"), "unknown");
    assert_string_equal(plain("Paris 2"),
                        "unknown t:paris t:paris-tx"); // digits are not misspelt
    assert_string_equal(plain("Moxzes"), "unknown");   // two of six letters
    assert_int_equal(ask("Mowses", (struct im_lookup){.limit = 3}).candidates[0].match,
                     IM_MATCH_TRANSLITERATED);
}

/* Positions as names: exchanged and impossible ones are told, not used. */
static void coordinates(void **state) {
    (void)state;
    const struct im_lonlat tavush[] = {{45.63, 40.99}};
    struct im_answer_set a = ask("40.99, 45.63", (struct im_lookup){.limit = 1});
    assert_int_equal(a.status, IM_ANSWER_OK);
    assert_true(a.candidates[0].place->precision_km > 0.6 &&
                a.candidates[0].place->precision_km < 0.8);
    assert_int_equal(ask("38TNM5304337826", (struct im_lookup){.limit = 1}).status,
                     IM_ANSWER_OK);
    a = ask("140.99, 45.63", (struct im_lookup){.limit = 1});
    assert_int_equal(a.status, IM_ANSWER_UNKNOWN);
    assert_non_null(strstr(a.reason, "exchanged"));
    assert_int_equal(a.n, 1);
    assert_true(a.candidates[0].place->at.lat < 46);
    a = ask("45.63, 40.99", (struct im_lookup){.context = tavush, .context_count = 1});
    assert_int_equal(a.status, IM_ANSWER_OK); // 640 km off is not far enough
    a = ask("45.63, 4.99", (struct im_lookup){.has_near = true, .near = {45, 5}});
    assert_int_equal(a.status, IM_ANSWER_AMBIGUOUS);
    assert_int_equal(a.n, 2);
    assert_non_null(strstr(a.reason, "when exchanged"));
    a = ask("45.63N, 4.99E", (struct im_lookup){.has_near = true, .near = {45, 5}});
    assert_int_equal(a.status, IM_ANSWER_OK); // letters say which is which
    assert_int_equal(ask("95, 195", (struct im_lookup){.limit = 1}).status,
                     IM_ANSWER_UNKNOWN);
    assert_int_equal(ask("38S 444000 3688000", (struct im_lookup){.limit = 1}).status,
                     IM_ANSWER_AMBIGUOUS);
}

static void hostile_names(void **state) {
    (void)state;
    char *s = im_alloc(arena, 200001, 1);
    memset(s, 'a', 200000);
    assert_string_equal(plain(s), "unknown");
    memset(s, ',', 200000);
    assert_string_equal(plain(s), "unknown");
    for (size_t i = 0; i + 1 < 200000; i += 2) {
        memcpy(s + i, "\xD9\x88", 2);
    }
    assert_string_equal(plain(s), "unknown");
    assert_string_equal(plain("\xFF\xFE\x80"), "unknown");
    assert_string_equal(plain("district"), "unknown");
    assert_string_equal(plain("of the district"), "unknown");
}

static void labels_and_positions(void **state) {
    (void)state;
    const struct im_date now = {2020, 7, 12}, then = {1960, 0, 0};
    const struct im_place *p = im_gazetteer_by_id(gz, "t:ganja");
    assert_non_null(p);
    assert_string_equal(im_place_label(p, "en", then), "Kirovabad");
    assert_string_equal(im_place_label(p, "en", now), "Gəncə");
    assert_string_equal(im_place_label(p, "az-Latn", now), "Gəncə");
    struct im_position at = im_place_position(p);
    assert_int_equal(at.kind, IM_POINT);
    assert_true(at.radius_m > 1999 && at.radius_m < 2001);
    at = im_place_position(im_gazetteer_by_id(gz, "t:tovuz-d"));
    assert_int_equal(at.kind, IM_AREA);
    assert_string_equal(at.area, "u:7");
    assert_true(at.box.west > 45.39 && at.box.west < 45.41);
    assert_null(im_gazetteer_by_id(gz, "t:nothing"));
}

static bool is_peopled(const void *least, const struct im_place *glance) {
    return glance->population >= *(const long *)least ||
           strcmp(glance->feature, "capital") == 0;
}

static void within(void **state) {
    (void)state;
    const struct im_place **list;
    struct im_within which = {.box = {45, 39, 47, 42}, .limit = 3};
    size_t n = im_gazetteer_within(gz, arena, &which, &list);
    assert_int_equal(n, 3);
    assert_string_equal(list[0]->id, "t:ganja");
    assert_string_equal(list[1]->id, "t:agdam");
    assert_string_equal(list[2]->id, "t:tovuz");
    which = (struct im_within){.box = {170, -90, -60, 90}, .limit = 10};
    n = im_gazetteer_within(gz, arena, &which, &list);
    assert_int_equal(n, 3);
    assert_string_equal(list[0]->id, "t:spr1");
    // a capital before a greater city, but not the seat of a few
    which.box = (struct im_box){-55, -30, -45, -15};
    n = im_gazetteer_within(gz, arena, &which, &list);
    assert_int_equal(n, 3);
    assert_string_equal(list[0]->id, "t:seat");
    assert_string_equal(list[1]->id, "t:port");
    assert_string_equal(list[2]->id, "t:rock");
    // only what is wanted at a glance
    const long none = LONG_MAX, least = list[1]->population;
    which.wants = is_peopled;
    which.self = &none;
    which.limit = 2;
    n = im_gazetteer_within(gz, arena, &which, &list);
    assert_int_equal(n, 2);
    assert_string_equal(list[0]->id, "t:seat");
    assert_string_equal(list[1]->id, "t:rock");
    which.self = &least;
    n = im_gazetteer_within(gz, arena, &which, &list);
    assert_int_equal(n, 2);
    assert_string_equal(list[1]->id, "t:port");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tiers, setup, end_world),
        cmocka_unit_test_setup_teardown(towns_and_districts, setup, end_world),
        cmocka_unit_test_setup_teardown(generic_words, setup, end_world),
        cmocka_unit_test_setup_teardown(generic_words_set_aside, setup, end_world),
        cmocka_unit_test_setup_teardown(margin, setup, end_world),
        cmocka_unit_test_setup_teardown(hints, setup, end_world),
        cmocka_unit_test_setup_teardown(context, setup, end_world),
        cmocka_unit_test_setup_teardown(hints_overturn, setup, end_world),
        cmocka_unit_test_setup_teardown(terms_add_up, setup, end_world),
        cmocka_unit_test_setup_teardown(time_of_names, setup, end_world),
        cmocka_unit_test_setup_teardown(spelling, setup, end_world),
        cmocka_unit_test_setup_teardown(spelling_has_bounds, setup, end_world),
        cmocka_unit_test_setup_teardown(coordinates, setup, end_world),
        cmocka_unit_test_setup_teardown(hostile_names, setup, end_world),
        cmocka_unit_test_setup_teardown(labels_and_positions, setup, end_world),
        cmocka_unit_test_setup_teardown(within, setup, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
