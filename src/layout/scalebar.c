/* The scale bar: a thin bracket of a round length, true at the middle of the map. */
#include "layout/legend.h"
#include "text/text.h"

#include <math.h>

#define LONGEST 210.0 /* points */
#define TICK 6.0

static bool wanted(const struct im_layout_input *in) {
    return in->spec->furniture.scale_bar != IM_OFF;
}

double lay_scale_room(const struct im_layout_input *in, double width) {
    double bar = wanted(in) ? fmin(LONGEST, 0.3 * width) + 30 : 0;
    return bar + lay_north_room(in);
}

/* Largest of 1, 2, 5 times a power of ten that is at most `metres`. */
static double round_length(double metres) {
    double ten = pow(10, floor(log10(metres)));
    double share = metres / ten;
    return ten * (share >= 5 ? 5 : share >= 2 ? 2 : 1);
}

static const char *label(struct lay_job *job, double metres) {
    const struct im_view *view = job->in->view;
    bool km = metres >= 1000;
    const char *language = lay_wording(job->in);
    const char *length = im_length_phrase(
        job->arena, language,
        lay_number_text(job->arena, job->in, km ? metres / 1000 : metres), km);
    if (view->scale_spread <= 0.02) {
        return length;
    }
    double lat = round(view->middle.lat);
    im_finding(job->in->findings, IM_F_SCALE_VARIES, IM_FILE(job->in->spec->file), "",
               "the scale bar is true at the latitude it names");
    const char *at = im_format(job->arena, "%d\xC2\xB0", (int)fabs(lat));
    char side = lat < 0 ? 'S' : lat > 0 ? 'N' : '\0';
    return im_phrase_fill(job->arena, language, "scale_at", "distance", length,
                          "latitude", im_compass_phrase(job->arena, language, at, side),
                          NULL);
}

void lay_scale_bar(struct lay_job *job, struct im_rect row) {
    double north = lay_north_room(job->in);
    double room = lay_scale_room(job->in, row.w) - north;
    if (north > 0) {
        double far = row.w - room - 0.6 * north;
        struct im_pt at = {lay_from_start(job->in, row, far), row.y + row.h / 2};
        lay_north_arrow(job, at);
    }
    double per_pt = job->in->view->ground_m_per_pt;
    if (!wanted(job->in) || !(per_pt > 0)) {
        return;
    }
    double metres = round_length((room - 30) * per_pt);
    double length = metres / per_pt;
    double size = fmin(job->st->legend_size, fmax(0.8 * job->st->legend_size, 13));
    struct lay_type type = lay_plain_type(size, job->st->colour.text);
    const char *text = label(job, metres);
    double half = fmax(lay_width(&job->in->measure, &type.font, text), length) / 2;
    double y = row.y + row.h / 2 + 0.62 * size;
    double middle = lay_from_start(job->in, row, row.w - half - 1);
    struct im_path path = {.v = im_alloc(job->arena, 4, sizeof *path.v), .n = 4};
    path.v[0] = (struct im_pt){middle - length / 2, y - TICK};
    path.v[1] = (struct im_pt){middle - length / 2, y};
    path.v[2] = (struct im_pt){middle + length / 2, y};
    path.v[3] = (struct im_pt){middle + length / 2, y - TICK};
    struct im_item bar = {.kind = IM_ITEM_PATH, .id = "scale-bar", .title = text};
    IM_PUSH(job->arena, bar.paths.v, bar.paths.n, bar.paths.cap, path);
    bar.stroke = (struct im_stroke){.colour = job->st->colour.text, .width = 1.5};
    lay_add(job, LAY_SCALE, bar);
    // between the ticks, or above them when it is the wider one
    double rise = 2 * half > length - 8 ? TICK + 3 : 0.45 * size;
    lay_add_text(job, LAY_SCALE, (struct im_pt){middle, y - rise}, IM_MIDDLE, &type,
                 text);
}
