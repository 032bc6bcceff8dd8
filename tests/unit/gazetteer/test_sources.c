/* Sources of places, each by what its places become. */
#include "world.h"

#include "gazetteer/inside.h"
#include "model/outline.h"

static struct im_findings findings;
static struct im_gazetteer *gz;

static void take(const char *name, const char *text) {
    const char *file = in_folder(name);
    struct incmap_error err = {.status = INCMAP_OK};
    write_text(name, text);
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

static void geonames_with_its_tables(void **state) {
    (void)state;
    write_text("admin1CodesASCII.txt",
               "AZ.52\tTovuz Rayon\tTovuz Rayon\t1\nAZ.07\tX\tX\t2\n");
    write_text("admin2Codes.txt", "AZ.52.1\tX\tX\t3\n");
    write_text("alternateNamesV2.txt",
               "1\t90001\tru\tТовуз\t\t\t\t\t\t\n"
               "2\t90001\taz\tQədim Tovuz\t\t\t\t1\t1900\t1930\n"
               "3\t90001\taz\tTovuz-Yeni\t1\t\t\t\t\t\n"
               "4\t90001\tlink\thttps://example.org\t\t\t\t\t\t\n"
               "5\t90002\t\tNo Language\t\t\t\t\t\t\n");
    take("gn.txt",
         ROW("90001", "Tovuzgn", "Lost Name", "40.9\t45.6\tP\tPPLA2\tAZ\t\t52" TAIL)
             ROW("90002", "Lakegn", "", "40\t45\tH\tLK\tAZ\t\t99" TAIL)
                 ROW("90003", "Unitgn", "Alt,B|C", "40\t46\tA\tADM1\tAZ\t\t07" TAIL)
                     ROW("90004", "Manygn", "",
                         "40\t46\tP\tPPL\tAZ\t\t07\t\t\t\t"
                         "9999999999\t\t0\tx\ty"));
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
    assert_int_equal(findings.n, 1);
    assert_non_null(strstr(findings.items[0].message, "not used"));
    assert_non_null(strstr(findings.items[0].file, "admin2Codes.txt"));
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

static int end_sources(void **state) {
    static const char *const files[] = {"gn.txt", "a.geojson", "a.jsonl"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        unlink(in_folder(files[i]));
    }
    return end_world(state);
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, make_world, end_sources)
    const struct CMUnitTest tests[] = {T(geonames_with_its_tables), T(geojson),
                                       T(whos_on_first), T(ids_of_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
