/* Sources of places, each by what its places become. */
#include "world.h"

#include "gazetteer/inside.h"
#include "model/outline.h"
#include <math.h>

static struct im_findings findings;
static struct im_gazetteer *gz;

static void take(const char *name, const char *text) {
    const char *file = in_folder(name);
    struct incmap_error err = {.status = INCMAP_OK};
    folder_put(name, text);
    im_findings_init(&findings, arena);
    if (im_gazetteer_layer(arena, open_world(), &file, 1, &findings, &gz, &err) !=
        INCMAP_OK) {
        fail_msg("%s:%u: %s", err.source, err.line, err.message);
    }
}

static const struct im_place *place(const char *name) {
    struct im_lookup l = {.name = name, .country = "", .admin1 = ""};
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    if (a.status != IM_ANSWER_OK) {
        fail_msg("'%s': %s", name, a.reason);
    }
    return a.candidates[0].place;
}

#define ROW(id, name, more, rest) id "\t" name "\t" name "\t" more "\t" rest "\n"
#define TAIL "\t\t\t\t7000\t\t0\tAsia/Baku\t2020-01-01"

static const struct im_place *place_in(const char *name, const char *admin1) {
    struct im_lookup l = {.name = name, .country = "", .admin1 = admin1};
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    return a.status == IM_ANSWER_OK ? a.candidates[0].place : NULL;
}

/* Units of the second level tell places of one name apart. */
static void second_level(void) {
    assert_null(place_in("Twingn", ""));
    assert_string_equal(place("Twingn, Lower County")->id, "gn:90005");
    assert_string_equal(place("Twingn, Upper County")->id, "gn:90006");
    assert_string_equal(place("Twingn, upper")->id, "gn:90006");
    assert_string_equal(place("Twingn, Upper district")->id, "gn:90006");
    assert_string_equal(place("Twingn, Ловерский район")->id, "gn:90005");
    assert_string_equal(place("Twingn, Upper County, Azerbaijan")->id, "gn:90006");
    assert_null(place_in("Twingn, Middle County", ""));
    assert_null(place_in("Tovuzgn, Upper County", "")); // known, but not there
    const struct im_place *p = place_in("Twingn", "Upper County"); // of a table
    assert_non_null(p);
    assert_string_equal(p->id, "gn:90006");
    assert_string_equal(p->admin1, "Tovuz Rayon");
    assert_string_equal(p->admin2, "Upper County");
    assert_string_equal(place("Tovuzgn")->admin2, "");
    struct im_buf text;
    struct im_lookup l = {.name = "Twingn", .country = "", .admin1 = ""};
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    im_buf_init(&text, arena, 1 << 16);
    im_answer_table(&text, "Twingn", &a);
    assert_non_null(strstr(text.data, "Lower County, Tovuz Rayon, AZ"));
    im_answer_json(&text, "Twingn", &a);
    assert_non_null(strstr(text.data, "\"admin2\":\"Lower County\""));
    l = (struct im_lookup){.name = "Twingn, Far County", .country = "", .admin1 = ""};
    for (l.limit = 1; l.limit <= 3; l.limit++) { // no more than are asked for
        a = im_gazetteer_find(gz, arena, &l);
        assert_int_equal(a.status, IM_ANSWER_AMBIGUOUS);
        assert_int_equal(a.n, l.limit < 2 ? l.limit : 2);
    }
}

/* A country by what countryInfo.txt has of it; its code is no name of a place. */
static void countries(void) {
    char code[3];
    assert_true(im_gazetteer_country(gz, arena, "QQX", code));
    assert_string_equal(code, "QQ");
    assert_true(im_gazetteer_country(gz, arena, "Quixland", code));
    assert_string_equal(code, "QQ");
    assert_false(im_gazetteer_country(gz, arena, "XYZ", code));
    assert_string_equal(place("Quixland")->id, "gn:90010");
    assert_null(place_in("QQX", ""));
    struct im_lookup l = {.name = "Quix", .country = "QQ", .admin1 = ""};
    assert_int_equal(im_gazetteer_find(gz, arena, &l).status, IM_ANSWER_OK);
    assert_int_equal(place("Quixland")->population, 1); // the table has none
    assert_string_equal(place("Lostgn")->feature, "capital");
    const struct im_place *lost = place("Lostland"); // it has no row in the table
    assert_string_equal(lost->id, "gn:90020");
    assert_int_equal(lost->kind, IM_COUNTRY);
    assert_int_equal(lost->population, 4200);
    assert_true(fabs(lost->at.lat - 12) < 1e-6 && fabs(lost->at.lon - 11) < 1e-6);
    assert_true(fabs(lost->precision_km - 20) < 1e-9);
    assert_string_equal(im_path_name(lost->row.file), "countryInfo.txt");
    assert_int_equal(lost->row.line, 4);
    assert_true(im_gazetteer_country(gz, arena, "QSX", code));
    assert_string_equal(code, "QS");
}

static void geonames_with_its_tables(void **state) {
    (void)state;
    folder_put("admin1CodesASCII.txt",
               "AZ.52\tTovuz Rayon\tTovuz Rayon\t1\nAZ.07\tX\tX\t2\n");
    folder_put("admin2Codes.txt", "AZ.52.1\tLower County\tLower County\t3\n"
                                  "AZ.52.2\tUpper County\tUpper County\t4\n"
                                  "AZ.52.3\tFar County\tFar County\t5\n"
                                  "AZ.07.3\tFar County\tFar County\t6\n");
    folder_put("countryInfo.txt",
               "#ISO\tISO3\t...\n"
               "QQ\tQQX\t999\tQQ\tQuixland\tQuix\t1\t1\tEU\t.qq\tQQD\tDollar\t\t\t"
               "\tqq\t90010\t\n"
               "QR\tXYZ\t998\n" // cut short
               "QS\tQSX\t997\tQS\tLostland\tLostgn\t314\t4200\tEU\t.qs\tD\tD\t\t\t"
               "\tqs\t90020\t\r\n"
               "QT\tQTX\t996\tQT\tNowhereland\tNone\t1\t1\tEU\t.qt\tD\tD\t\t\t"
               "\tqt\t90021\t\r\n");
    folder_put("alternateNamesV2.txt",
               "1\t90001\tru\tТовуз\t\t\t\t\t\t\n"
               "2\t90001\taz\tQədim Tovuz\t\t\t\t1\t1900\t1930\n"
               "3\t90001\taz\tTovuz-Yeni\t1\t\t\t\t\t\n"
               "4\t90001\tlink\thttps://example.org\t\t\t\t\t\t\n"
               "5\t90002\t\tNo Language\t\t\t\t\t\t\n");
    take(
        "gn.txt",
        ROW("90001", "Tovuzgn", "Lost Name", "40.9\t45.6\tP\tPPLA2\tAZ\t\t52" TAIL)
            ROW("90002", "Lakegn", "", "40\t45\tH\tLK\tAZ\t\t99" TAIL) ROW(
                "90003", "Unitgn", "Alt,B|C",
                "40\t46\tA\tADM1\tAZ\t\t07" TAIL) ROW("90004", "Manygn", "",
                                                      "40\t46\tP\tPPL\tAZ\t\t07\t\t\t\t"
                                                      "9999999999\t\t0\tx\ty")
                ROW("90005", "Twingn", "",
                    "40.1\t46\tP\tPPL\tAZ\t\t52\t1\t\t\t900\t\t0\tx\ty")
                    ROW("90006", "Twingn", "",
                        "41.1\t46\tP\tPPL\tAZ\t\t52\t2\t\t\t900\t\t0\tx\ty")
                        ROW("90008", "Twingn", "",
                            "42.1\t46\tP\tPPL\tAZ\t\t52\t3\t\t\t900\t\t0\tx\ty")
                            ROW("90009", "Twingn", "",
                                "38.9\t46\tP\tPPL\tAZ\t\t07\t3\t\t\t900\t\t0\tx\ty")
                                ROW("90007", "Twingn", "",
                                    "41.9\t46\tP\tPPL\tAZ\t\t52\t9\t\t\t900\t\t0\tx\ty")
                                    ROW("90010", "Republic of Quixland", "",
                                        "10\t10\tA\tPCLI\tQQ\t\t00\t\t\t\t0\t\t0\tx\ty")
                                        ROW("90011", "Quix", "",
                                            "10\t10\tP\tPPLC\tQQ\t\t01" TAIL)
                                            ROW("90012", "Lostgn", "",
                                                "12\t11\tP\tPPLA\tQS\t\t01" TAIL));
    const struct im_place *p = place("Tovuzgn");
    assert_string_equal(p->id, "gn:90001");
    assert_string_equal(p->admin1, "Tovuz Rayon");
    assert_string_equal(p->feature, "town");
    assert_int_equal(p->population, 7000);
    assert_int_equal(p->name_count, 3);
    assert_string_equal(p->names[0].text, "Tovuz-Yeni"); // the preferred one
    assert_string_equal(p->names[0].lang, "az");
    assert_int_equal(p->names[1].to.year, 1930);
    assert_string_equal(p->names[2].lang, "ru");
    assert_string_equal(place("No Language")->id, "gn:90002");
    assert_int_equal(place("Lakegn")->kind, IM_WATER);
    assert_string_equal(place("Lakegn")->admin1, "99");
    assert_int_equal(place("Unitgn")->kind, IM_REGION);
    assert_string_equal(place("B/C")->id, "gn:90003");
    assert_int_equal(place("Manygn")->population, 0);
    assert_int_equal(findings.n, 2);
    assert_non_null(strstr(findings.items[0].message, "no country"));
    assert_int_equal(findings.items[0].line, 3);
    assert_non_null(strstr(findings.items[1].message, "'Nowhereland'"));
    assert_int_equal(findings.items[1].line, 5);
    second_level();
    countries();
    unlink(in_folder("countryInfo.txt"));
    unlink(in_folder("admin2Codes.txt"));
    unlink(in_folder("admin1CodesASCII.txt"));
    unlink(in_folder("alternateNamesV2.txt"));
}

static void geojson(void **state) {
    (void)state;
    take("a.geojson",
         "{\"type\":\"FeatureCollection\",\"features\":["
         "{\"type\":\"Feature\",\"id\":\"p1\",\"properties\":{\"name\":\"Pointplace\","
         "\"name:ru\":\"Точкино\",\"country\":\"Azerbaijan\",\"population\":12},"
         "\"geometry\":{\"type\":\"Point\",\"coordinates\":[45.5,40.25]}},\n"
         "{\"type\":\"Feature\",\"properties\":{\"NAME\":\"Ringland\"},\"geometry\":"
         "{\"type\":\"Polygon\",\"coordinates\":[[[40,10],[44,10],[44,12],[42,12],[42,"
         "11],"
         "[40,11],[40,10]]]}},\n"
         "{\"type\":\"Feature\",\"properties\":{\"name\":\"Gone\"},\"geometry\":null}]"
         "}");
    const struct im_place *p = place("Точкино");
    assert_string_equal(p->id, "p1");
    assert_string_equal(p->country, "AZ");
    assert_int_equal(p->population, 12);
    p = place("Ringland");
    assert_int_equal(p->kind, IM_REGION);
    assert_true(p->has_box && p->box.west < 40.01 && p->box.north > 11.99);
    assert_true(p->at.lon > 40 && p->at.lon < 44 && p->at.lat > 10 && p->at.lat < 12);
    assert_true(p->precision_km > 200 && p->precision_km < 300);
    struct im_position at = im_place_position(p);
    struct im_lines rings;
    assert_int_equal(at.kind, IM_AREA);
    assert_true(im_outline_read(arena, at.area, &rings));
    assert_int_equal(rings.n, 1);
    assert_int_equal(rings.v[0].n, 6);
    assert_int_equal(p->row.line, 2);
    assert_int_equal(findings.n, 1);
    assert_int_equal(findings.items[0].line, 3);
}

static void whos_on_first(void **state) {
    (void)state;
    take("a.jsonl",
         "{\"type\":\"Feature\",\"properties\":{\"wof:id\":5,\"wof:name\":\"Wofville\","
         "\"wof:placetype\":\"locality\",\"wof:country\":\"AM\",\"wof:population\":"
         "60000,"
         "\"lbl:latitude\":40.5,\"lbl:longitude\":44.5,\"name:rus_x_preferred\":"
         "[\"Вофвиль\"],\"name:eng_x_variant\":[\"Wofton\"],\"edtf:inception\":"
         "\"1920\"},"
         "\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}\n"
         "{\"type\":\"Feature\",\"properties\":{\"wof:id\":6,\"wof:name\":\"Oldwof\","
         "\"wof:placetype\":\"locality\",\"edtf:deprecated\":\"2019\",\"lbl:latitude\":"
         "1,"
         "\"lbl:longitude\":1}}\n");
    const struct im_place *p = place("Вофвиль");
    assert_string_equal(p->id, "wof:5");
    assert_string_equal(p->feature, "city");
    assert_string_equal(p->names[0].lang, "ru");
    assert_int_equal(p->from.year, 1920);
    assert_true(p->at.lat > 40.49 && p->at.lat < 40.51);
    assert_int_equal(findings.n, 1);
    assert_non_null(strstr(findings.items[0].message, "deprecated"));
}

/* Places without an id are known by their file and line. */
static void ids_of_rows(void **state) {
    (void)state;
    take("a.csv", "name,lat,lon\nOne,41,45\nBad,91,45\nTwo,41,46\n");
    const char *id = im_format(arena, "%s:4", in_folder("a.csv"));
    assert_string_equal(place("Two")->id, id);
    const struct im_place *p = im_gazetteer_by_id(gz, id);
    assert_non_null(p);
    assert_string_equal(p->name, "Two");
    assert_null(im_gazetteer_by_id(gz, im_format(arena, "%s:3", in_folder("a.csv"))));
    assert_null(im_gazetteer_by_id(gz, "b.csv:2"));
    assert_string_equal(im_gazetteer_by_id(gz, "t:tovuz")->name, "Tovuz");
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, make_world, end_world)
    const struct CMUnitTest tests[] = {T(geonames_with_its_tables), T(geojson),
                                       T(whos_on_first), T(ids_of_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
