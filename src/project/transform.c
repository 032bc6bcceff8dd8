/* Points through an open CRS, forward and inverse. */
#include "base/buf.h"
#include "project/crs.h"
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

bool im_crs_is_lonlat(const struct im_crs *crs) {
    return crs->lonlat;
}

const char *im_crs_definition(const struct im_crs *crs) {
    return crs->definition;
}

const char *im_crs_name(const struct im_crs *crs) {
    return crs->name;
}

const char *im_crs_rule(const struct im_crs *crs) {
    return crs->rule;
}

bool im_crs_use(const struct im_crs *crs, struct im_box *out) {
    *out = crs->use;
    return crs->has_use;
}

bool im_crs_is_mercator(const struct im_crs *crs) {
    return crs->mercator;
}

bool im_crs_forward(struct im_crs *crs, struct im_lonlat p, struct im_xy *out) {
    if (!crs->pj) {
        *out = (struct im_xy){p.lon, p.lat};
        return isfinite(p.lon) && isfinite(p.lat);
    }
    if (!isfinite(p.lon) || !(fabs(p.lat) <= 90.0000001)) {
        return false;
    }
    PJ_COORD c = {.v = {p.lon * crs->angle_in, p.lat * crs->angle_in, 0, 0}};
    c = proj_trans(crs->pj, PJ_FWD, c);
    if (!isfinite(c.xy.x) || !isfinite(c.xy.y)) {
        proj_errno_reset(crs->pj); // sticky
        return false;
    }
    *out = (struct im_xy){c.xy.x * crs->x_m, c.xy.y * crs->y_m};
    return true;
}

static size_t place_of(struct im_lonlat p) {
    uint64_t a, b;
    memcpy(&a, &p.lon, sizeof a);
    memcpy(&b, &p.lat, sizeof b);
    return ((a ^ (b << 1)) * 0x9e3779b97f4a7c15u) >> (64 - IM_CRS_MEMO_BITS);
}

bool im_crs_image(struct im_crs *crs, struct im_lonlat p, struct im_xy *out) {
    if (!crs->memo) {
        crs->memo = im_alloc_raw(crs->arena, IM_CRS_MEMO, sizeof *crs->memo);
        crs->memo_set = im_alloc(crs->arena, IM_CRS_MEMO, sizeof *crs->memo_set);
    }
    size_t at = place_of(p);
    struct im_image *m = &crs->memo[at];
    if (crs->memo_set[at] && m->from.lon == p.lon && m->from.lat == p.lat) {
        *out = m->to;
        return true;
    }
    if (!im_crs_forward(crs, p, out)) {
        return false;
    }
    *m = (struct im_image){p, *out};
    crs->memo_set[at] = true;
    return true;
}

bool im_crs_inverse(struct im_crs *crs, struct im_xy p, struct im_lonlat *out) {
    if (!isfinite(p.x) || !isfinite(p.y)) {
        return false;
    }
    if (!crs->pj) {
        *out = (struct im_lonlat){p.x, p.y};
        return true;
    }
    PJ_COORD c = {.v = {p.x / crs->x_m, p.y / crs->y_m, 0, 0}};
    c = proj_trans(crs->pj, PJ_INV, c);
    if (!isfinite(c.xy.x) || !isfinite(c.xy.y)) {
        proj_errno_reset(crs->pj);
        return false;
    }
    *out = (struct im_lonlat){c.xy.x / crs->angle_in, c.xy.y / crs->angle_in};
    return true;
}

bool im_crs_inverse_raw(struct im_crs *crs, struct im_xy p, struct im_lonlat *out) {
    return im_crs_inverse(crs, (struct im_xy){p.x * crs->x_m, p.y * crs->y_m}, out);
}
