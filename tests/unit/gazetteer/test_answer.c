/* Answers as JSON, TSV and a table: fields are a contract. */
#include "world.h"

static const char *text_of(const char *name, char format) {
    struct im_gazetteer *gz = open_world();
    struct im_lookup l = {.name = name, .country = "", .admin1 = ""};
    struct im_answer_set a = im_gazetteer_find(gz, arena, &l);
    struct im_buf buf;
    im_buf_init(&buf, arena, 1 << 20);
    if (format == 'j') {
        im_answer_json(&buf, name, &a);
    } else if (format == 't') {
        im_answer_tsv_header(&buf);
        im_answer_tsv(&buf, name, &a);
    } else {
        im_answer_table(&buf, name, &a);
    }
    return buf.data;
}

static void json_of_a_sure_answer(void **state) {
    (void)state;
    assert_string_equal(
        text_of("Tovuz rayonu", 'j'),
        "{\"query\":\"Tovuz rayonu\",\"status\":\"ok\",\"match\":\"exact\","
        "\"name\":\"Tovuz rayonu\",\"names\":{\"az\":\"Tovuz rayonu\","
        "\"ru\":\"Товузский район\"},\"lon\":45.75,\"lat\":41.05,\"kind\":\"region\","
        "\"country\":\"AZ\",\"admin1\":\"\",\"bbox\":[45.4,40.7,46,41.2],"
        "\"population\":null,\"precision_km\":24,\"source\":\"test\","
        "\"id\":\"t:tovuz-d\",\"file\":\"places-caucasus.tsv\",\"line\":3,"
        "\"score\":0.679,\"terms\":{\"exact name\":0.5,\"main name\":0.08,"
        "\"population\":0.099},"
        "\"reason\":\"the only place of that name\","
        "\"candidates\":[{\"match\":\"exact\",\"matched\":\"Tovuz rayonu\","
        "\"name\":\"Tovuz rayonu\",\"names\":{\"az\":\"Tovuz rayonu\","
        "\"ru\":\"Товузский район\"},\"lon\":45.75,\"lat\":41.05,\"kind\":\"region\","
        "\"country\":\"AZ\",\"admin1\":\"\",\"bbox\":[45.4,40.7,46,41.2],"
        "\"population\":null,\"precision_km\":24,\"source\":\"test\","
        "\"id\":\"t:tovuz-d\",\"file\":\"places-caucasus.tsv\",\"line\":3,"
        "\"score\":0.679,\"terms\":{\"exact name\":0.5,\"main name\":0.08,"
        "\"population\":0.099},"
        "\"reason\":\"exact name 0.50 + main name 0.08 + population 0.10\"}]}\n");
}

static void json_of_an_unsure_answer(void **state) {
    (void)state;
    const char *s = text_of("Springfield", 'j');
    const char *candidates = strstr(s, "\"candidates\":[");
    assert_non_null(candidates);
    assert_non_null(strstr(s, "\"status\":\"ambiguous\",\"match\":\"exact\""));
    const char *lon = strstr(s, "\"lon\":");
    assert_true(lon == NULL || lon > candidates);
    assert_non_null(strstr(candidates, "\"population\":166000"));
    assert_string_equal(
        text_of("Xyzzy", 'j'),
        "{\"query\":\"Xyzzy\",\"status\":\"unknown\",\"match\":null,\"name\":null,"
        "\"names\":null,\"kind\":null,\"country\":null,\"admin1\":null,"
        "\"bbox\":null,\"population\":null,\"precision_km\":null,\"source\":null,"
        "\"id\":null,\"score\":null,\"reason\":\"no place has that name\","
        "\"candidates\":[]}\n");
}

static void tsv(void **state) {
    (void)state;
    assert_string_equal(
        text_of("Movses", 't'),
        "query\tstatus\tname\tlon\tlat\tkind\tcountry\tscore\tsource\tid\tmatch\n"
        "Movses\tok\tMovses\t45.491\t40.906\tsettlement\tAM\t0.633\ttest\t"
        "t:movses\texact\n");
    assert_string_equal(strchr(text_of("Springfield", 't'), '\n') + 1,
                        "Springfield\tambiguous\t\t\t\t\t\t\t\t\t\n");
    assert_string_equal(strchr(text_of("a\tb\n\\\x1b[1m", 't'), '\n') + 1,
                        "a\\tb\\n\\\\\\u001b[1m\tunknown\t\t\t\t\t\t\t\t\t\n");
}

static void table(void **state) {
    (void)state;
    assert_string_equal(
        text_of("Springfield", 'p'),
        "Springfield: ambiguous, several fit: the first leads by 0.002, margin 0.040\n"
        "  Springfield  city  Missouri, US       37.2000 N  93.3000 W  0.75  exact: "
        "exact "
        "name 0.50 + main name 0.08 + population 0.17\n"
        "  Springfield  city  Massachusetts, US  42.1000 N  72.6000 W  0.74  exact: "
        "exact "
        "name 0.50 + main name 0.08 + population 0.16\n");
    assert_null(strchr(text_of("\x1b[31mred", 'p'), '\x1b'));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(json_of_a_sure_answer, make_world, end_world),
        cmocka_unit_test_setup_teardown(json_of_an_unsure_answer, make_world,
                                        end_world),
        cmocka_unit_test_setup_teardown(tsv, make_world, end_world),
        cmocka_unit_test_setup_teardown(table, make_world, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
