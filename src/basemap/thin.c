/* Fewer vertices of lines in degrees, by how many points a degree is where they are. */
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/simplify.h"
#include <math.h>
#include <string.h>

static const double WIDE = 10; /* degrees over which a map's scale may well change */

bool im_thin_slope(const struct im_view *view, struct im_window w,
                   struct im_slope *out) {
    struct im_lonlat middle = {(w.west + w.east) / 2, (w.south + w.north) / 2};
    return w.east - w.west < WIDE && w.north - w.south < WIDE &&
           im_view_slope(view, middle, out);
}

// Mark what stays of a stretch of an arc that lies where the slope is known.
static void mark(struct im_scratch *scratch, const struct im_line *line, size_t from,
                 size_t n, bool ring, const struct im_slope *s) {
    struct im_path path = {scratch->pts, n, ring};
    const struct im_lonlat *v = line->v + from;
    for (size_t i = 0; i < n; i++) {
        struct im_lonlat p = {v[i].lon - v[0].lon, v[i].lat - v[0].lat};
        path.v[i] = (struct im_pt){p.lon * s->lon.x + p.lat * s->lat.x,
                                   p.lon * s->lon.y + p.lat * s->lat.y};
    }
    im_simplify_marks(&path, IM_TOLERANCE, scratch->keep + from);
}

// As many vertices from v on as lie close together, two at least; their window.
static size_t stretch_of(const struct im_lonlat *v, size_t n, struct im_window *w) {
    *w = (struct im_window){v[0].lon, v[0].lat, v[0].lon, v[0].lat};
    for (size_t i = 1; i < n; i++) {
        struct im_lonlat p = v[i];
        struct im_window more = {
            p.lon < w->west ? p.lon : w->west, p.lat < w->south ? p.lat : w->south,
            p.lon > w->east ? p.lon : w->east, p.lat > w->north ? p.lat : w->north};
        if (i > 1 &&
            (more.east - more.west >= WIDE || more.north - more.south >= WIDE)) {
            return i;
        }
        *w = more;
    }
    return n;
}

bool im_thin_marks(const struct im_view *view, const struct im_line *line, bool ring,
                   struct im_scratch *scratch) {
    struct im_window w;
    struct im_slope slope;
    memset(scratch->keep, 0, line->n);
    if (stretch_of(line->v, line->n, &w) == line->n && im_thin_slope(view, w, &slope)) {
        mark(scratch, line, 0, line->n, ring, &slope);
        return true;
    }
    for (size_t i = 0; i + 1 < line->n;) {
        size_t n = stretch_of(line->v + i, line->n - i, &w);
        if (n > 2 && !im_thin_slope(view, w, &slope)) {
            return false;
        }
        mark(scratch, line, i, n, false, &slope);
        i += n - 1; // it begins the next one
    }
    return true;
}

struct im_line im_thin_marked(struct im_arena *arena, const struct im_line *whole,
                              const struct im_scratch *scratch) {
    const char *keep = scratch->keep;
    struct im_line out = {NULL, 0};
    for (size_t i = 0; i < whole->n; i++) {
        out.n += keep[i] != 0;
    }
    out.v = im_alloc_raw(arena, out.n, sizeof *out.v);
    for (size_t i = 0, n = 0; i < whole->n; i++) {
        if (keep[i]) {
            out.v[n++] = whole->v[i];
        }
    }
    return out;
}

void im_scratch_reserve(struct im_arena *arena, struct im_scratch *s, size_t n) {
    if (n > s->cap) {
        s->cap = 2 * n;
        s->v = im_alloc_raw(arena, s->cap, sizeof *s->v);
        s->pts = im_alloc_raw(arena, s->cap, sizeof *s->pts);
        s->keep = im_alloc_raw(arena, s->cap, 1);
    }
}
