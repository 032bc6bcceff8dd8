/* What the locator inset shows: the choice of the surroundings, and the map's outline.
 */
#include "api/inset.h"
#include "api/job.h"
#include "help/data.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A map of a box, with the inset as told. */
static struct incmap_job *run(const char *bbox, const char *inset) {
    struct incmap_job *job;
    struct incmap_error err;
    assert_int_equal(incmap_job_new(atlas, &job, NULL), INCMAP_OK);
    assert_int_equal(incmap_job_set(job, "extent.bbox", bbox, NULL), INCMAP_OK);
    assert_int_equal(incmap_job_set(job, "furniture.inset", inset, NULL), INCMAP_OK);
    if (incmap_job_run(job, &err) != INCMAP_OK) {
        fail_msg("%s", err.message);
    }
    return job;
}

static size_t findings(const struct incmap_job *job) {
    size_t n = 0;
    for (size_t i = 0; i < incmap_job_finding_count(job); i++) {
        n += strcmp(incmap_job_finding(job, i).code, "inset-dropped") == 0;
    }
    return n;
}

static bool is_globe(const struct incmap_job *job) {
    return strstr(im_crs_definition(job->inset->view.crs), "+proj=ortho") != NULL;
}

static void countries_with_room_around(void **state) {
    (void)state;
    struct im_inset_map map = {{45, 40.7, 46, 41.2}, 1e5};
    struct im_box out;
    assert_true(
        im_inset_countries(&map, (struct im_box){43.4, 38.4, 50.4, 41.9}, &out));
    assert_true(out.west < 43.2 && out.south < 38.2 && out.east > 50.6);
    assert_true(out.west > 41 && out.north < 44);
    // a small country: still 900 km
    assert_true(im_inset_countries(&map, (struct im_box){44.5, 40.5, 47, 41.5}, &out));
    assert_true((out.north - out.south) * 111 > 350 && out.east - out.west > 7);
    // the map shows nearly all of it
    map.diagonal_m = 7e5;
    assert_false(
        im_inset_countries(&map, (struct im_box){43.4, 38.4, 50.4, 41.9}, &out));
}

static void a_large_country_is_cut_around_the_map(void **state) {
    (void)state;
    struct im_inset_map map = {{36, 50, 38, 51}, 2e5};
    struct im_box out, russia = {19.6, 41.2, -169, 81.9};
    assert_true(im_inset_countries(&map, russia, &out));
    double km = (out.east - out.west) * 111.2 * cos(50.5 * 0.0174533);
    assert_true(out.west < 36 && out.east > 80 && km < 5050);
    assert_true(out.north < 84);
}

/* A map that is large for the surroundings still lies well inside them. */
static void the_map_is_inside_what_is_cut(void **state) {
    (void)state;
    struct im_inset_map map = {{26, 43, 46, 53}, 1.7e6};
    struct im_box out, russia = {19.6, 41.2, -169, 81.9};
    assert_true(im_inset_is_giant(russia));
    assert_false(im_inset_is_giant((struct im_box){22, 44, 40.2, 52.4}));
    assert_true(im_inset_countries(&map, russia, &out));
    assert_true(out.west < 24 && out.east > 50 && out.south < 42 && out.north > 55);
}

static void across_the_antimeridian(void **state) {
    (void)state;
    struct im_inset_map map = {{177, -19, -179, -16}, 5e5};
    struct im_box out;
    assert_true(im_inset_region(&map, &out));
    assert_true(out.west > out.east); // as a box across it is told
    assert_true(im_box_contains(out, (struct im_lonlat){180, -17}));
    assert_true(im_box_width(out) > 10 && im_box_width(out) < 40);
    map.diagonal_m = 1.5e6;
    assert_false(im_inset_region(&map, &out));
}

static void the_globe_where_land_tells_nothing(void **state) {
    static const struct {
        const char *bbox;
        bool globe;
    } maps[] = {{"45,40.7,46,41.2", false}, {"44.6,41.6,45,41.8", false},
                {"176,-20,-178,-15", true}, {"-158.3,21.2,-157.6,21.8", true},
                {"-109,37,-102,41", false}, {"10,76,30,81", true},
                {"36,50,38,51.2", false},   {"-5,42,9,51.5", true}};
    (void)state;
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        struct incmap_job *job = run(maps[i].bbox, "on");
        assert_non_null(job->inset);
        assert_int_equal(is_globe(job), maps[i].globe);
        assert_true(job->inset->outline.n == 1);
        incmap_job_free(job);
    }
}

static void own_countries_are_those_that_fill_the_map(void **state) {
    (void)state;
    struct incmap_job *job = run("44.6,41.6,45,41.8", "on");
    assert_int_equal(job->inset->own_count, 1);
    assert_string_equal(job->inset->own[0], "GE");
    incmap_job_free(job);
    // beside a smaller one the giant is not shown whole
    job = run("35.5,50.2,36.1,50.6", "on");
    assert_int_equal(job->inset->own_count, 2);
    assert_true(job->inset->view.cover.west < 24 && job->inset->view.cover.east < 50);
    incmap_job_free(job);
}

/* Every point of the outline lies on the edge of the map, all around it. */
static void the_outline_is_that_of_the_map(void **state) {
    static const char *const boxes[] = {"45,40.7,46,41.2", "176,-20,-178,-15",
                                        "10,76,30,81", "-109,37,-102,41"};
    (void)state;
    for (size_t b = 0; b < sizeof boxes / sizeof *boxes; b++) {
        struct incmap_job *job = run(boxes[b], "on");
        const struct im_path *o = &job->inset->outline.v[0];
        struct im_rect f = job->view.frame;
        int side[4] = {0};
        double slack =
            0.1 * job->inset->view.ground_m_per_pt / job->view.ground_m_per_pt;
        for (size_t i = 0; i < o->n; i++) {
            struct im_lonlat p;
            struct im_pt at;
            assert_true(im_view_lonlat(&job->inset->view, o->v[i], &p));
            assert_true(im_view_point(&job->view, p, &at));
            double off[4] = {at.y - f.y, f.x + f.w - at.x, f.y + f.h - at.y,
                             at.x - f.x};
            double nearest = 1e9;
            for (int k = 0; k < 4; k++) {
                nearest = fmin(nearest, fabs(off[k]));
                side[k] += fabs(off[k]) <= slack;
            }
            assert_true(nearest <= slack);
        }
        assert_true(o->closed);
        for (int k = 0; k < 4; k++) {
            assert_true(side[k] >= (int)o->n / 4);
        }
        incmap_job_free(job);
    }
}

static void auto_draws_it_where_it_helps(void **state) {
    (void)state;
    struct incmap_job *job = run("44,40,46,42", "auto");
    assert_non_null(job->inset);
    incmap_job_free(job);
    job = run("-10,35,30,60", "auto");
    assert_null(job->inset);
    assert_int_equal(findings(job), 0);
    incmap_job_free(job);
    job = run("-10,35,30,60", "on");
    assert_non_null(job->inset);
    assert_true(is_globe(job));
    incmap_job_free(job);
    job = run("44,40,46,42", "off");
    assert_null(job->inset);
    incmap_job_free(job);
}

static void extents_of_the_users_choice(void **state) {
    (void)state;
    struct incmap_job *job = run("44,40,46,42", "{extent: TR}");
    assert_non_null(job->inset); // Turkey, and on to the map
    assert_true(job->inset->view.cover.west < 26 && job->inset->view.cover.east > 46);
    incmap_job_free(job);
    job = run("44,40,46,42", "{extent: '20,30,30,40'}");
    assert_int_equal(findings(job), 1);
    assert_null(job->inset);
    incmap_job_free(job);
    job = run("44,40,46,42", "{extent: '20,30,60,50'}");
    struct im_box cover = job->inset->view.cover;
    assert_true(cover.west < 20 && cover.east > 60);
    incmap_job_free(job);
    // around the globe: the edge of the world stays in the frame
    job = run("44,40,46,42", "{extent: US}");
    const struct im_view *view = &job->inset->view;
    struct im_paths edge = {0};
    im_view_outline(view, job->arena, &edge);
    assert_true(!view->filled && edge.n > 0);
    for (size_t i = 0; i < edge.v[0].n; i++) {
        struct im_pt p = edge.v[0].v[i];
        assert_true(p.x > view->frame.x - 1 && p.x < view->frame.x + view->frame.w + 1);
        assert_true(p.y > view->frame.y - 1 && p.y < view->frame.y + view->frame.h + 1);
    }
    incmap_job_free(job);
    job = run("44,40,46,42", "{extent: globe, size: 0.5}");
    assert_true(is_globe(job));
    double side = fmin(job->view.frame.w, job->view.frame.h);
    assert_true(fabs(job->inset->view.frame.w - 0.5 * side) < 1);
    incmap_job_free(job);
    job = run("-170,-80,170,80", "on"); // the whole globe says where it is
    assert_true(job->inset == NULL && findings(job) == 1);
    incmap_job_free(job);
}

static void an_unknown_country_is_refused(void **state) {
    struct incmap_job *job;
    struct incmap_error err;
    (void)state;
    assert_int_equal(incmap_job_new(atlas, &job, NULL), INCMAP_OK);
    assert_int_equal(incmap_job_set(job, "extent.bbox", "44,40,46,42", NULL),
                     INCMAP_OK);
    assert_int_equal(incmap_job_set(job, "furniture.inset.extent", "QQ", &err),
                     INCMAP_E_USAGE);
    assert_non_null(strstr(err.message, "'QQ'"));
    incmap_job_free(job);
    // a code that is in use, but not by a country of the bundled data
    assert_int_equal(incmap_job_new(atlas, &job, NULL), INCMAP_OK);
    assert_int_equal(incmap_job_set(job, "extent.bbox", "44,40,46,42", NULL),
                     INCMAP_OK);
    assert_int_equal(incmap_job_set(job, "furniture.inset.extent", "IO", NULL),
                     INCMAP_OK);
    assert_int_equal(incmap_job_run(job, &err), INCMAP_E_USAGE);
    assert_non_null(strstr(err.message, "'IO'"));
    incmap_job_free(job);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(countries_with_room_around),
        cmocka_unit_test(a_large_country_is_cut_around_the_map),
        cmocka_unit_test(the_map_is_inside_what_is_cut),
        cmocka_unit_test(across_the_antimeridian),
        cmocka_unit_test(the_globe_where_land_tells_nothing),
        cmocka_unit_test(own_countries_are_those_that_fill_the_map),
        cmocka_unit_test(the_outline_is_that_of_the_map),
        cmocka_unit_test(auto_draws_it_where_it_helps),
        cmocka_unit_test(extents_of_the_users_choice),
        cmocka_unit_test(an_unknown_country_is_refused)};
    return cmocka_run_group_tests(tests, atlas_setup, atlas_teardown);
}
