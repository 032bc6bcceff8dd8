/* The whole ground of a map. */
#include "basemap/geodata.h"

#include <math.h>

/* To two digits, as a scale is said: 467003 is 470000. */
static double two_digits(double scale) {
    double step = pow(10, floor(log10(scale)) - 1);
    return round(scale / step) * step;
}

/*
 * A border that is accurate to 1 mm on a map of its source's scale is not so on a finer
 * one: the figure's credits and a finding say it.
 */
static void check_scale(const struct im_basemap_request *rq,
                        const struct im_level_source *source) {
    double scale = rq->view->ground_m_per_pt / (0.0254 / 72);
    if (scale < source->source_scale) {
        im_finding(rq->findings, IM_F_BORDER_COARSE, IM_FILE(source->file),
                   "give finer borders with --borders, or widen the map",
                   "at about 1:%.0f the map is finer than its border lines, which are "
                   "right for 1:%.0f",
                   two_digits(scale), source->source_scale);
    }
}

static enum incmap_status bundled(struct im_arena *arena,
                                  const struct im_basemap_request *rq, int level,
                                  const struct im_worldview *w, bool coast_only,
                                  struct im_basemap *out, struct incmap_error *err) {
    struct im_level *lines = NULL;
    enum incmap_status s = im_level_open(rq->geodata, level, &lines, err);
    if (s != INCMAP_OK) {
        return s;
    }
    struct im_net net = im_net_new(arena, lines, rq->view);
    out->level = lines->source->name;
    if (rq->locator) {
        im_net_coarsen(&net);
    }
    if (!rq->survey) {
        im_make_grounds(rq, &net, w, out);
    }
    im_make_borders(rq, &net, w, coast_only, out);
    if (out->accuracy_m > 0 && !rq->locator) {
        check_scale(rq, lines->source);
    }
    return coast_only ? INCMAP_OK : im_make_disputed(arena, rq, w, out, err);
}

enum incmap_status im_basemap_make(struct im_arena *arena,
                                   const struct im_basemap_request *rq,
                                   struct im_basemap *out, struct incmap_error *err) {
    *out = (struct im_basemap){.level = "user"};
    struct im_worldview w;
    enum incmap_status s = im_worldview_open(rq->geodata, arena, rq->spec, &w, err);
    if (s != INCMAP_OK) {
        return s;
    }
    int level = im_level_for(rq->view);
    enum im_user_part user = IM_USER_NOTHING;
    if (!rq->locator) {
        s = im_make_user(arena, rq, out, &user, err);
    }
    out->user_borders = s == INCMAP_OK && user != IM_USER_NOTHING;
    if (s == INCMAP_OK && user != IM_USER_AREAS) {
        s = bundled(arena, rq, level, &w, user == IM_USER_LINES, out, err);
    }
    if (s == INCMAP_OK && !rq->survey) {
        s = im_make_waters(arena, rq, level, out, err);
    }
    return s == INCMAP_OK ? im_bundled_sound(rq->geodata, err) : s;
}
