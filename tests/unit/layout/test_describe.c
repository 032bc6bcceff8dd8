/* The alternative text: what, where, how many, who says so; and not without end. */
#include "base/buf.h"
#include "base/utf8.h"
#include "help/stage.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stage s;

static struct im_claim *add(double x, const char *type) {
    struct im_event *e =
        stage_add(&s, (struct stage_incident){x, 0.5, 3, type, "Movses", IM_CONFIRMED});
    return (struct im_claim *)e->claims;
}

static void assert_says(const char *part, bool wanted) {
    const char *text = s.scene.description;
    if ((strstr(text, part) != NULL) != wanted) {
        fail_msg("%s '%s' in: %s", wanted ? "no" : "there is", part, text);
    }
}

static void tells_what_where_and_who(void **state) {
    (void)state;
    struct im_claim *loud = add(0.3, "clash");
    loud->claimant = "The Ministry";
    struct im_claim *silent = add(0.6, "shelling");
    silent->killed[0] = silent->killed[1] = silent->wounded[0] = silent->wounded[1] =
        silent->fatalities = IM_NO_FIGURE;
    silent->notes = "Reports fire on a village.";
    silent->claimant = "The Army";
    stage_run(&s);
    assert_says("Incidents: 2 (Clash 1, Shelling 1)", true);
    assert_says("Movses: Clash", true);
    assert_says("3 killed", true);
    assert_says("The Ministry", true);
    assert_says("Reports fire on a village", true);
    assert_says("The Army", true);
    assert_says("oil pipeline", true);
    assert_says("more incident", false);
    assert_int_equal(strncmp(s.scene.description, "Map: ", 5), 0);
}

static void stops_in_time(void **state) {
    (void)state;
    for (int i = 0; i < 35; i++) {
        add(0.1 + 0.02 * i, "clash");
    }
    stage_run(&s);
    assert_says("Incidents: 35", true);
    assert_says(" 20. ", true);
    assert_says(" 21. ", false);
    assert_says("+ 15 more incidents", true);
}

static void long_reports_stop_it_sooner(void **state) {
    (void)state;
    for (int i = 0; i < 12; i++) {
        char *text = im_alloc(s.arena, 801, 1);
        memset(text, 'n', 800);
        add(0.1 + 0.06 * i, "clash")->claimant = text;
    }
    stage_run(&s);
    assert_says("more incidents", true);
    size_t n = strlen(s.scene.description);
    assert_true(im_utf8_valid(s.scene.description, n));
    assert_in_range(n, 2400, 6000);
}

static void names_the_ten_largest_countries(void **state) {
    (void)state;
    stage_run(&s);
    struct im_ground *g = im_alloc(s.arena, 12, sizeof *g);
    for (size_t i = 0; i < 12; i++) { // the first two are the smallest
        g[i] = s.basemap.grounds[0];
        g[i].name = im_format(s.arena, "Land%zu", i);
        g[i].area_pt2 = 1000 + (double)i;
    }
    s.basemap.grounds = g;
    s.basemap.ground_count = 12;
    im_layout(s.arena, &s.in, &s.page, &s.scene);
    assert_says("Land0", false);
    assert_says("Land1,", false);
    assert_says("Land2, Land3", true);
    assert_says("Land11", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        stage_test(tells_what_where_and_who),
        stage_test(stops_in_time),
        stage_test(long_reports_stop_it_sooner),
        stage_test(names_the_ten_largest_countries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
