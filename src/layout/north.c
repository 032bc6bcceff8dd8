/* The north arrow: only where north is not up, beside the scale bar. */
#include "layout/legend.h"

#include <math.h>

#define PI 3.14159265358979323846
#define UP_ENOUGH 5.0 /* degrees */
#define ROOM 46.0     /* points */

/* Degrees clockwise from the top of the page to north at the middle of the map. */
static double north(const struct im_layout_input *in) {
    const struct im_view *view = in->view;
    struct im_lonlat p = view != NULL ? view->middle : (struct im_lonlat){0, 0};
    struct im_pt here;
    struct im_pt there;
    if (view == NULL || view->crs == NULL || !im_view_point(view, p, &here)) {
        return 0;
    }
    p.lat += p.lat > 89 ? -0.01 : 0.01;
    if (!im_view_point(view, p, &there)) {
        return 0;
    }
    double turned = p.lat < view->middle.lat ? PI : 0;
    double angle = atan2(there.x - here.x, here.y - there.y) + turned;
    return remainder(angle, 2 * PI) * 180 / PI;
}

double lay_north_room(const struct im_layout_input *in) {
    enum im_switch wish = in->spec->furniture.north_arrow;
    bool shown = wish == IM_ON || (wish == IM_AUTO && fabs(north(in)) > UP_ENOUGH);
    return shown ? ROOM : 0;
}

/* A dart of unit size, pointing up. */
static const struct im_pt dart[4] = {{0, -1}, {0.55, 0.8}, {0, 0.4}, {-0.55, 0.8}};

void lay_north_arrow(struct lay_job *job, struct im_pt at) {
    double size = 0.75 * job->st->legend_size;
    double angle = north(job->in) * PI / 180;
    struct im_path path = {.v = im_alloc(job->arena, 4, sizeof *path.v), .n = 4};
    path.closed = true;
    for (size_t i = 0; i < 4; i++) {
        double x = size * dart[i].x;
        double y = size * dart[i].y;
        path.v[i] = (struct im_pt){at.x + x * cos(angle) - y * sin(angle),
                                   at.y + x * sin(angle) + y * cos(angle)};
    }
    struct im_item item = {
        .kind = IM_ITEM_PATH, .id = "north-arrow", .fill = job->st->colour.text};
    IM_PUSH(job->arena, item.paths.v, item.paths.n, item.paths.cap, path);
    lay_add(job, LAY_SCALE, item);
    struct lay_type type = lay_bold_type(size, job->st->colour.text);
    struct im_pt base = {at.x + 1.1 * size, at.y + lay_half_cap(size)};
    lay_add_text(job, LAY_SCALE, base, IM_LEFT, &type,
                 lay_word(job->in, "north_letter"));
}
