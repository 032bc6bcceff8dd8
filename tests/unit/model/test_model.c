/* The few questions that are asked of the nouns. */
#include "model/model.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct im_claim claim(double side1, double side2, double all) {
    struct im_claim c = {.claimant = ""};
    c.killed[0] = (struct im_figure){side1, side1, side1};
    c.killed[1] = (struct im_figure){side2, side2, side2};
    c.fatalities = (struct im_figure){all, all, all};
    c.wounded[0] = c.wounded[1] = IM_NO_FIGURE;
    return c;
}

static void killed_is_the_largest_single_claim(void **state) {
    (void)state;
    struct im_claim claims[] = {claim(-1, -1, -1), claim(4, -1, -1), claim(3, 2, 4),
                                claim(0, 0, 0)};
    struct im_event e = {.claims = claims, .claim_count = 4};
    const struct im_claim *who = claims;
    assert_true(im_event_killed(&e, &who) == 5); // never 4 + 5
    assert_ptr_equal(who, &claims[2]);
    claims[2].fatalities.best = 7; // the total of the sides and of others
    assert_true(im_event_killed(&e, NULL) == 7);
    e.claim_count = 1;
    assert_true(im_event_killed(&e, &who) == -1);
    assert_null(who);
    e.claims = claims + 3;
    assert_true(im_event_killed(&e, &who) == 0); // none killed is a statement
    assert_ptr_equal(who, &claims[3]);
}

static void attributes_by_name(void **state) {
    (void)state;
    const char *keys[] = {"NAME", "accuracy_m", "short_name", "x"};
    const char *values[] = {"a", "b", "c", ""};
    struct im_feature f = {.keys = keys, .values = values, .attr_count = 4};
    assert_string_equal(im_feature_attr(&f, "name"), "a");
    assert_string_equal(im_feature_attr(&f, "accuracy_metres"), "b"); // cut at ten
    assert_string_equal(im_feature_attr(&f, "short_nam"), "");
    assert_string_equal(im_feature_attr(&f, "absent"), "");
}

static void kinds(void **state) {
    (void)state;
    for (int k = IM_SETTLEMENT; k <= IM_OTHER; k++) {
        const char *text = im_kind_text((enum im_kind)k);
        enum im_kind back;
        assert_true(im_kind_parse(text, strlen(text), &back));
        assert_int_equal(back, k);
    }
    enum im_kind kind;
    assert_false(im_kind_parse("", 0, &kind));
    assert_false(im_kind_parse("settlemen", 9, &kind));
    assert_string_equal(im_evidence_text(IM_DISPUTED), "disputed");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_is_the_largest_single_claim),
        cmocka_unit_test(attributes_by_name),
        cmocka_unit_test(kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
