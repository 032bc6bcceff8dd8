/* The projection in words: --dump=projection, and a warning when it does not suit. */
#include "api/job.h"
#include "formats/json.h"
#include "geo/box.h"
#include <math.h>
#include <string.h>

/* Far off its own place: scale or shapes at the middle of a map that is no world map.
 */
static const double SCALE_OFF = 1.25; /* scale factor, or its inverse */
static const double ANGLE_OFF = 25;   /* degrees */

static bool is_far(const struct im_crs *crs, const struct im_distortion *d) {
    double scale = sqrt(d->middle.area);
    bool wrong_scale = scale > SCALE_OFF || scale < 1 / SCALE_OFF;
    return d->has_middle &&
           ((wrong_scale && !im_crs_is_mercator(crs)) || d->middle.angle > ANGLE_OFF);
}

/* What the words of the warning would round to nothing. */
static bool is_true(const struct im_factors *at) {
    return at->scale_min > 0.99 && at->scale_max < 1.01 && at->angle < 0.5;
}

void im_job_check_projection(struct incmap_job *job) {
    const struct im_view *view = &job->view;
    struct im_crs *crs = view->crs;
    struct im_box use;
    struct im_factors at;
    if (strcmp(im_crs_rule(crs), "") != 0 || im_box_width(job->extent.box) > 150) {
        return; // centred on the extent, or a world map
    }
    struct im_distortion d = {.has_middle = im_crs_factors(crs, view->middle, &at)};
    d.middle = at;
    bool elsewhere =
        im_crs_use(crs, &use) && !im_box_meets(use, job->extent.box) && d.has_middle;
    if (!is_far(crs, &d) && (!elsewhere || is_true(&at))) {
        return;
    }
    const char *made_for =
        elsewhere ? im_format(job->arena, ", made for %.0f,%.0f,%.0f,%.0f,", use.west,
                              use.south, use.east, use.north)
                  : "";
    im_finding(&job->findings, IM_F_DISTORTION, IM_FILE(job->spec.file),
               "use the projection 'auto', or one made for this place",
               "%s '%s'%s distorts this map: scale %.3g to %.3g of the true one and "
               "angles by %.0f degrees at its middle",
               im_crs_name(crs), im_crs_definition(crs), made_for, at.scale_min,
               at.scale_max, at.angle);
}

static void add_text(struct im_buf *out, bool *first, const char *key,
                     const char *text) {
    im_json_key(out, first, key);
    im_json_string(out, text);
}

static void add_numbers(struct im_buf *out, bool *first, const char *key,
                        const double *v, int n) {
    im_json_key(out, first, key);
    im_buf_str(out, n > 1 ? "[" : "");
    for (int i = 0; i < n; i++) {
        im_buf_str(out, i ? "," : "");
        im_json_number(out, v[i], 6);
    }
    im_buf_str(out, n > 1 ? "]" : "");
}

static void add_box(struct im_buf *out, bool *first, const char *key, struct im_box b) {
    double v[4] = {b.west, b.south, b.east, b.north};
    add_numbers(out, first, key, v, 4);
}

static void add_distortion(struct im_buf *out, bool *first,
                           const struct im_distortion *d) {
    double scale[2] = {d->scale_min, d->scale_max},
           area[2] = {d->area_min, d->area_max};
    double points = (double)d->points, off = (double)d->off_globe;
    add_numbers(out, first, "scale_factor", scale, 2);
    add_numbers(out, first, "area_factor", area, 2);
    add_numbers(out, first, "angular_distortion_max_deg", &d->angle_max, 1);
    add_numbers(out, first, "sampled_points", &points, 1);
    add_numbers(out, first, "points_off_the_globe", &off, 1);
}

void im_job_dump_projection(const struct incmap_job *job, struct im_buf *out) {
    const struct im_view *view = &job->view;
    const char *rule = im_crs_rule(view->crs);
    struct im_distortion d = im_view_distortion(view);
    double middle[2] = {view->middle.lon, view->middle.lat};
    bool first = true;
    im_buf_str(out, "{");
    add_text(out, &first, "projection", job->spec.projection);
    add_text(out, &first, "name", im_crs_name(view->crs));
    add_text(out, &first, "rule", *rule ? rule : "given");
    add_text(out, &first, "definition", im_crs_definition(view->crs));
    add_box(out, &first, "extent", job->extent.box);
    add_numbers(out, &first, "margin_m", &job->extent.margin_m, 1);
    add_box(out, &first, "shown", view->cover);
    add_numbers(out, &first, "middle", middle, 2);
    add_numbers(out, &first, "ground_m_per_pt", &view->ground_m_per_pt, 1);
    add_distortion(out, &first, &d);
    im_buf_str(out, "}\n");
}
