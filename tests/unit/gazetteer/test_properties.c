/* What holds for every question: strengths, hints, terms, bounds. */
#include "gazetteer/find.h"
#include "world.h"

#include <time.h>

static struct im_gazetteer *gz;

static int setup(void **state) {
    int failed = make_world(state);
    gz = failed ? NULL : open_world();
    return failed;
}

static uint32_t seed;

static uint32_t draw(uint32_t n) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* A name of the world, or one made of it: another case, script, word, a slip. */
static const char *some_name(void) {
    static const char *const names[] = {
        "Tovuz",  "Tovuz rayonu", "Ağdam",       "Agdam", "Movses",  "Մովսես",
        "Gəncə",  "Georgia",      "Springfield", "Paris", "Tbilisi", "Товуз",
        "Tavush", "Azerbaijan",   "Oldtown",     "Ganja", "Gandzha", "Kirovabad"};
    static const char *const forms[] = {"%s",          "%s",          "%s",
                                        "city of %s",  "%s district", "near %s",
                                        "%s, Georgia", " %s ",        "%s."};
    char *name = im_format(arena, forms[draw(9)], names[draw(18)]);
    size_t n = strlen(name), at = draw((uint32_t)n);
    if (draw(3) == 0 && at + 1 < n && (name[at] & 0x80) == 0 &&
        (name[at + 1] & 0x80) == 0) {
        char c = name[at];
        name[at] = name[at + 1];
        name[at + 1] = c;
    }
    return name;
}

static struct im_lookup some_hints(void) {
    static const struct im_lonlat near[] = {{45.5, 40.9}, {46.9, 40}, {2.3, 48.8}};
    static const char *const countries[] = {"", "", "", "AZ", "US", "GE"};
    struct im_lookup l = {.country = countries[draw(6)], .admin1 = "", .limit = 50};
    l.has_near = draw(3) == 0;
    l.near = near[draw(3)];
    l.context = near;
    l.context_count = draw(4);
    l.kind = draw(3) == 0 ? (enum im_kind)draw(6) : IM_KIND_ANY;
    l.has_box = draw(4) == 0;
    l.box = (struct im_box){44, 40, 46, 42};
    return l;
}

static double hinted(const struct im_candidate *c) {
    static const char *const names[] = {"near", "wanted kind", "another kind",
                                        "inside the box",
                                        "near the table's other places"};
    double sum = 0;
    for (size_t t = 0; t < c->term_count; t++) {
        for (size_t i = 0; i < 5; i++) {
            sum += strcmp(c->terms[t].name, names[i]) == 0 ? c->terms[t].value : 0;
        }
    }
    return sum;
}

static bool is_behind(const struct im_candidate *c) {
    return strstr(c->reason, "behind the ") != NULL;
}

/* A weaker kind of match never goes before a stronger one that fits as well, but behind
 * what is behind, and where hints overturn it: then they speak for it by 0.1 or more,
 * and the reason says so. */
static void strength_decides(void **state) {
    (void)state;
    seed = 1;
    int overturned = 0, compared = 0;
    for (int round = 0; round < 6000; round++) {
        struct im_lookup l = some_hints();
        l.name = some_name();
        struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
        for (size_t i = 1; i < a.n; i++) {
            const struct im_candidate *first = &a.candidates[0], *c = &a.candidates[i];
            if (first->match <= c->match || is_behind(c) || c->outside) {
                continue;
            }
            if (!strstr(a.reason, "whose name fits better")) {
                fail_msg("'%s': %s before %s, %s", l.name, first->matched, c->matched,
                         a.reason);
            }
            assert_true(hinted(first) - hinted(c) >= 0.1 - 0.011); // small terms go
            assert_true(first->score > c->score);
            overturned++;
        }
        compared += a.n > 1;
    }
    assert_true(compared > 300);
    (void)overturned;
}

/* Hints choose among places that fit without them; they make none and lose none, but by
 * the country filter and by the kind, which asks weaker ways too. */
static void hints_only_reorder(void **state) {
    (void)state;
    seed = 2;
    for (int round = 0; round < 3000; round++) {
        struct im_lookup hints = some_hints(),
                         plain = {.country = hints.country, .admin1 = "", .limit = 50};
        hints.kind = IM_KIND_ANY;
        plain.name = hints.name = some_name();
        struct im_answer_set a = im_gazetteer_find(gz, arena, &hints);
        struct im_answer_set b = im_gazetteer_find(gz, arena, &plain);
        if (strstr(plain.name, "near ") || strchr(plain.name, ',')) {
            continue; // positions made of several look-ups
        }
        assert_int_equal(a.n, b.n);
        for (size_t i = 0; i < a.n; i++) {
            bool known = false;
            for (size_t k = 0; k < b.n; k++) {
                known = known || strcmp(a.candidates[i].place->id,
                                        b.candidates[k].place->id) == 0;
            }
            assert_true(known);
        }
    }
}

/* Terms add up, scores lie in 0..1, an answer that is sure has a candidate of the
 * country, spelling guesses say that they are. */
static void answers_are_sound(void **state) {
    (void)state;
    seed = 3;
    for (int round = 0; round < 4000; round++) {
        struct im_lookup l = some_hints();
        l.name = some_name();
        struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
        assert_true(a.reason[0] != '\0');
        assert_true(a.status != IM_ANSWER_OK || a.n > 0);
        for (size_t i = 0; i < a.n; i++) {
            const struct im_candidate *c = &a.candidates[i];
            assert_true(c->score >= 0 && c->score <= 1 + 1e-9);
            double sum = 0;
            for (size_t t = 0; t < c->term_count; t++) {
                sum += c->terms[t].value;
            }
            assert_true(c->term_count == 0 ||
                        (sum - c->score < 1e-9 && c->score - sum < 1e-9));
        }
        if (a.status == IM_ANSWER_OK) {
            const struct im_candidate *c = &a.candidates[0];
            assert_false(c->outside);
            assert_true(c->match != IM_MATCH_SPELLING ||
                        strstr(a.reason, "spelling guess: "));
            assert_true(l.country[0] == '\0' || c->place->country[0] == '\0' ||
                        strcmp(l.country, c->place->country) == 0);
        }
    }
}

/* Names that want to cost: long, of marks, of controls, of blanks, in every script. */
static void bounded(void **state) {
    static const char *const pieces[] = {"a",
                                         "\xCC\x81",
                                         "\xE2\x80\xAE",
                                         "\xE2\x80\x8D",
                                         " ",
                                         "و",
                                         "с",
                                         ",",
                                         "St",
                                         "1 km",
                                         "ա",
                                         "北",
                                         "-",
                                         "é",
                                         "near ",
                                         "\xF0\x9F\x98\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct im_arena *own = im_arena_new((size_t)64 << 20);
        char *name = im_alloc(own, 10001, 1);
        size_t n = strlen(pieces[i]);
        for (size_t at = 0; at + n <= 10000; at += n) {
            memcpy(name + at, pieces[i], n);
        }
        size_t before = im_arena_used(own);
        clock_t start = clock();
        struct im_lookup l = {.name = name, .country = "", .admin1 = ""};
        struct im_answer_set a = im_gazetteer_find(gz, own, &l);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        assert_int_not_equal(a.status, IM_ANSWER_OK);
        if (seconds > 1 || im_arena_used(own) - before > (size_t)32 << 20) {
            fail_msg("'%s' many times: %g s, %zu bytes", pieces[i], seconds,
                     im_arena_used(own) - before);
        }
        im_arena_free(own);
    }
}

/* Marks, controls and joiners around a name change nothing. */
static void ignorable_is_ignored(void **state) {
    static const char *const names[] = {"Tovuz\xE2\x80\xAE", "\xE2\x80\x8FTovuz",
                                        "To\xE2\x80\x8Dvuz", "To\xC2\xADvuz",
                                        "T\xCC\x81ovuz",     "\xEF\xBB\xBFTovuz"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct im_lookup l = {.name = names[i], .country = "", .admin1 = ""};
        struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
        assert_string_equal(shown(&a), "ok t:tovuz");
        assert_int_equal(a.candidates[0].match, IM_MATCH_FOLDED);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(strength_decides, setup, end_world),
        cmocka_unit_test_setup_teardown(hints_only_reorder, setup, end_world),
        cmocka_unit_test_setup_teardown(answers_are_sound, setup, end_world),
        cmocka_unit_test_setup_teardown(bounded, setup, end_world),
        cmocka_unit_test_setup_teardown(ignorable_is_ignored, setup, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
