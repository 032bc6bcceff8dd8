/* Users' tables of places: columns, layers, ties, doubles, findings. */
#include "world.h"

static struct im_findings findings;

static struct im_gazetteer *layer(const char *a, const char *b) {
    const char *files[2] = {in_folder("a.csv"), in_folder("b.csv")};
    struct im_gazetteer *gz = NULL;
    struct incmap_error err = {.status = INCMAP_OK};
    folder_put("a.csv", a);
    folder_put("b.csv", b ? b : "");
    im_findings_init(&findings, arena);
    if (im_gazetteer_layer(arena, open_world(), files, b ? 2 : 1, &findings, &gz,
                           &err) != INCMAP_OK) {
        fail_msg("%s:%u: %s", err.source, err.line, err.message);
    }
    return gz;
}

static struct im_answer_set ask(const struct im_gazetteer *gz, const char *name) {
    struct im_lookup l = {.name = name, .country = "", .admin1 = ""};
    return im_gazetteer_find(gz, arena, &l);
}

static const char *plain(const struct im_gazetteer *gz, const char *name) {
    struct im_answer_set a = ask(gz, name);
    return shown(&a);
}

static void all_columns(void **state) {
    (void)state;
    struct im_gazetteer *gz = layer(
        "ID;Name;Latitude;Longitude;alternates;kind;country;admin1;population;language;"
        "from;to;precision_km;names\n"
        "x1;Post 7;40°30'N;45,5;Пост 7|Post "
        "Seven;other;Azerbaijan;Tovuz;0;en;1990;2030;"
        "0,3;az=Postçu\n"
        "x2;Plain;1;2;;;;;;;;;;\n",
        NULL);
    assert_int_equal(findings.n, 1); // 0,3
    struct im_answer_set a = ask(gz, "Пост 7");
    assert_string_equal(shown(&a), "ok x1");
    const struct im_place *p = a.candidates[0].place;
    assert_true(p->at.lat > 40.4999 && p->at.lat < 40.5001 && p->at.lon < 45.5001);
    assert_string_equal(p->country, "AZ");
    assert_string_equal(p->admin1, "Tovuz");
    assert_int_equal(p->kind, IM_OTHER);
    assert_int_equal(p->from.year, 1990);
    assert_int_equal(p->row.line, 2);
    assert_int_equal(p->layer, 1);
    assert_string_equal(plain(gz, "Post Seven"), "ok x1");
    assert_string_equal(plain(gz, "Postcu"), "ok x1");
    a = ask(gz, "Plain");
    assert_int_equal(a.candidates[0].place->kind, IM_SETTLEMENT);
    assert_string_equal(plain(gz, "Tovuz"), "ok t:tovuz");
}

/* One place in several rows or layers is one answer; two places are two. */
static void doubles_and_neighbours(void **state) {
    (void)state;
    // one area, told by two rows far apart
    folder_put("places-world.tsv", HEADER
               "t:d1\tDoblar\t40.0\t45.0\tregion\tdistrict\tAZ\t\t\t\t\t\t24\tu:70\t\t"
               "test\n"
               "t:d2\tDoblar\t40.3\t45.0\tregion\tdistrict\tAZ\t\t\t\t\t\t24\tu:70\t\t"
               "test\n"
               "t:e1\tEblar\t40.0\t45.0\tregion\tdistrict\tAZ\t\t\t\t\t\t24\tu:71\t\t"
               "test\n"
               "t:e2\tEblar\t40.3\t45.0\tregion\tdistrict\tAZ\t\t\t\t\t\t24\tu:72\t\t"
               "test\n");
    struct im_gazetteer *gz =
        layer("id,name,lat,lon,country\na1,Fort,40,45,AZ\na2,Astra,38.44,48.87,AZ\n"
              "a3,Astra,38.43,48.86,IR\na4,Karabulax,41,46,AZ\n"
              "a5,Karabulaz,41.03,46,AZ\n",
              "id,name,lat,lon,country\nb1,Fort,40.02,45,AM\n");
    assert_string_equal(plain(gz, "Doblar"), "ok t:d1");
    assert_string_equal(plain(gz, "Eblar"), "ambiguous t:e1 t:e2");
    // two layers may see a place in two countries, in one layer these are twin towns
    assert_string_equal(plain(gz, "Fort"), "ok a1");
    assert_int_equal(ask(gz, "Fort").n, 1);
    assert_string_equal(plain(gz, "Astra"), "ambiguous a2 a3");
    // neighbours that a misspelt name can both mean
    struct im_answer_set a = ask(gz, "Karabulay");
    assert_int_equal(a.n, 2);
}

static void own_places_go_first(void **state) {
    (void)state;
    struct im_gazetteer *gz =
        layer("name,lat,lon,id\nParis,41,45,own\nGeorgia,41.5,45,farm\n", NULL);
    assert_string_equal(plain(gz, "Paris"), "ok own");
    assert_string_equal(plain(gz, "paris"), "ok own");
    assert_string_equal(plain(gz, "Georgia"), "ok farm");
}

static void first_file_wins_ties(void **state) {
    (void)state;
    const char *a = "name,lat,lon,id\nKend,41,45,a\n";
    const char *b = "name,lat,lon,id\nKend,42,47,b\n";
    assert_string_equal(plain(layer(a, b), "Kend"), "ok a");
    assert_string_equal(plain(layer(b, a), "Kend"), "ok b");
    assert_string_equal(
        plain(layer("name,lat,lon,id\nKend,41,45,a\nKend,42,47,b\n", NULL), "Kend"),
        "ambiguous a b");
}

static void doubles_are_one_place(void **state) {
    (void)state;
    struct im_gazetteer *gz =
        layer("name,lat,lon,id\nSpringfield,37.21,-93.29,mine\n", NULL);
    struct im_answer_set a = ask(gz, "Springfield");
    assert_string_equal(shown(&a), "ok mine");
    assert_int_equal(a.n, 2); // spr1 is the same place as mine, spr2 another
    assert_string_equal(a.candidates[1].place->id, "t:spr2");
}

static void bad_rows_are_told(void **state) {
    (void)state;
    struct im_gazetteer *gz = layer("name,lat,lon,kind,population,country,colour\n"
                                    ",41,45,,,,\n"
                                    "Far,95,45,,,,\n"
                                    "Good,41,45,castle,many,Atlantis,red\n"
                                    "Short,41\n",
                                    NULL);
    static const struct {
        const char *code;
        unsigned line, column;
    } expected[] = {{"column-unknown", 1, 38}, {"row-bad", 2, 0},
                    {"row-bad", 3, 5},         {"value-bad", 4, 12},
                    {"value-bad", 4, 24},      {"value-bad", 4, 19},
                    {"row-bad", 5, 0}};
    assert_int_equal(findings.n, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(findings.items[i].code, expected[i].code);
        assert_int_equal(findings.items[i].line, expected[i].line);
        if (expected[i].column) {
            assert_int_equal(findings.items[i].column, expected[i].column);
        }
    }
    assert_int_equal(ask(gz, "Good").candidates[0].place->kind, IM_OTHER);
}

static enum incmap_status fails(const char *text) {
    const char *file = in_folder("a.csv");
    struct im_gazetteer *gz;
    struct incmap_error err = {.status = INCMAP_OK};
    if (text) {
        folder_put("a.csv", text);
    } else {
        unlink(file);
    }
    im_findings_init(&findings, arena);
    enum incmap_status status =
        im_gazetteer_layer(arena, open_world(), &file, 1, &findings, &gz, &err);
    assert_null(gz);
    assert_true(err.message[0] != '\0');
    return status;
}

static void unusable_files_are_errors(void **state) {
    (void)state;
    assert_int_equal(fails(NULL), INCMAP_E_INPUT);
    assert_int_equal(fails(""), INCMAP_E_INPUT);
    assert_int_equal(fails("name,lat\nA,1\n"), INCMAP_E_INPUT);
    assert_int_equal(fails("name,lat,lon\n"), INCMAP_E_INPUT);
    assert_int_equal(fails("name,lat,lon\n,1,2\n"), INCMAP_E_INPUT);
}

/* Separators of our own rows in a user's values do no harm. */
static void odd_values(void **state) {
    (void)state;
    struct im_gazetteer *gz =
        layer("name,lat,lon,alternates,language,source\n"
              "\"A|B\tC=D@1..2\",41,45,\"x=y|z@q..r|@|=\",\"a|b\",\"s\tt\"\n"
              "\"@..\",42,46,,,\n",
              NULL);
    struct im_answer_set a = ask(gz, "z@q..r");
    assert_int_equal(a.status, IM_ANSWER_OK);
    assert_string_equal(a.candidates[0].place->name, "A|B C=D@1..2");
    assert_string_equal(a.candidates[0].place->source, "s t");
    assert_int_equal(ask(gz, "x=y").status, IM_ANSWER_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_columns, make_world, end_world),
        cmocka_unit_test_setup_teardown(doubles_and_neighbours, make_world, end_world),
        cmocka_unit_test_setup_teardown(own_places_go_first, make_world, end_world),
        cmocka_unit_test_setup_teardown(first_file_wins_ties, make_world, end_world),
        cmocka_unit_test_setup_teardown(doubles_are_one_place, make_world, end_world),
        cmocka_unit_test_setup_teardown(bad_rows_are_told, make_world, end_world),
        cmocka_unit_test_setup_teardown(unusable_files_are_errors, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(odd_values, make_world, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
