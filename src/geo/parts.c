#include "geo/parts.h"
#include "geo/box.h"
#include <math.h>
#include <stdlib.h>

#define RADIANS 0.017453292519943295
#define NEAR 2.0        /* degrees of latitude between parts of a group, at most */
#define NEAR_SHARE 0.06 /* of the largest part's diagonal, where that is more */
#define LARGE 0.25      /* of the largest group's area: such a group is in as well */

struct part {
    struct im_window at;
    double area; /* degrees of longitude by sines of latitude */
    size_t ring;
    size_t up; /* towards the first of its group */
};

/* Of a ring that goes around the globe the pole is inside, the nearer one. */
static void take_pole(struct part *p, double lats) {
    p->area = 360 - p->area;
    p->at.north = lats < 0 ? p->at.north : 90;
    p->at.south = lats < 0 ? -90 : p->at.south;
}

/* Bounds, edge by edge the short way round, and area. */
static struct part part_of(const struct im_line *ring, size_t number) {
    const struct im_lonlat *v = ring->v;
    struct im_window w = {v[0].lon, v[0].lat, v[0].lon, v[0].lat};
    double lon = v[0].lon, sum = 0, lats = 0;
    double low = sin(v[0].lat * RADIANS);
    for (size_t i = 1; i <= ring->n; i++) {
        struct im_lonlat p = v[i % ring->n];
        double next = im_lon_near(p.lon, lon), high = sin(p.lat * RADIANS);
        sum += (next - lon) * (low + high) / 2;
        lats += p.lat;
        lon = next;
        low = high;
        w.west = fmin(w.west, lon);
        w.east = fmax(w.east, lon);
        w.south = fmin(w.south, p.lat);
        w.north = fmax(w.north, p.lat);
    }
    struct part out = {.at = w, .area = fabs(sum), .ring = number};
    if (fabs(lon - v[0].lon) >= 180) {
        take_pole(&out, lats);
    }
    return out;
}

static int by_west(const void *a, const void *b) {
    const struct part *p = a, *q = b;
    int order = (p->at.west > q->at.west) - (p->at.west < q->at.west);
    return order != 0 ? order : (p->ring > q->ring) - (p->ring < q->ring);
}

/* Degrees of longitude that are as long as `reach` of latitude. */
static double across(double reach, double lat) {
    return reach / fmax(cos(lat * RADIANS), 0.2);
}

static double middle_lat(const struct part *p) {
    return (p->at.south + p->at.north) / 2;
}

static bool are_near(const struct part *a, const struct part *b, double reach) {
    const struct part *small = a->area < b->area ? a : b;
    double lon = across(reach, middle_lat(small));
    return a->at.west - lon <= b->at.east && b->at.west - lon <= a->at.east &&
           a->at.south - reach <= b->at.north && b->at.south - reach <= a->at.north;
}

static size_t first_of(struct part *v, size_t i) {
    while (v[i].up != i) {
        v[i].up = v[v[i].up].up;
        i = v[i].up;
    }
    return i;
}

/* Join what is near, from west to east. */
static void join(struct part *v, size_t n, double reach) {
    const double most = across(reach, 90);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n && v[k].at.west <= v[i].at.east + most; k++) {
            if (are_near(&v[i], &v[k], reach)) {
                v[first_of(v, k)].up = first_of(v, i);
            }
        }
    }
}

/* All on the side of the globe where the largest is; how far parts of a group may be
 * from each other. */
static double bring_together(struct part *v, size_t n) {
    const struct part *largest = v;
    for (size_t i = 0; i < n; i++) {
        largest = v[i].area > largest->area ? &v[i] : largest;
    }
    struct im_window w = largest->at;
    double wide = (w.east - w.west) * cos(middle_lat(largest) * RADIANS);
    for (size_t i = 0; i < n; i++) {
        double at = (v[i].at.west + v[i].at.east) / 2;
        double shift = im_lon_near(at, (w.west + w.east) / 2) - at;
        v[i].at.west += shift;
        v[i].at.east += shift;
    }
    return fmax(NEAR, NEAR_SHARE * hypot(wide, w.north - w.south));
}

static struct part *parts_of(struct im_arena *arena, const struct im_lines *rings) {
    struct part *v = im_alloc(arena, rings->n, sizeof *v);
    for (size_t i = 0; i < rings->n; i++) {
        v[i] = part_of(&rings->v[i], i);
    }
    double reach = bring_together(v, rings->n);
    qsort(v, rings->n, sizeof *v, by_west);
    for (size_t i = 0; i < rings->n; i++) {
        v[i].up = i;
    }
    join(v, rings->n, reach);
    return v;
}

static struct im_window both(struct im_window a, struct im_window b) {
    return (struct im_window){fmin(a.west, b.west), fmin(a.south, b.south),
                              fmax(a.east, b.east), fmax(a.north, b.north)};
}

struct im_main_part im_main_part(struct im_arena *arena, const struct im_lines *rings) {
    struct part *v = parts_of(arena, rings);
    double *area = im_alloc(arena, rings->n, sizeof *area), most = 0, all = 0, in = 0;
    struct im_main_part out = {.in = im_alloc(arena, rings->n, sizeof *out.in)};
    struct im_window w = {0, 0, 0, 0};
    bool any = false;
    for (size_t i = 0; i < rings->n; i++) {
        area[first_of(v, i)] += v[i].area;
        all += v[i].area;
    }
    for (size_t i = 0; i < rings->n; i++) {
        most = fmax(most, area[i]);
    }
    for (size_t i = 0; i < rings->n; i++) {
        if (area[first_of(v, i)] >= LARGE * most) {
            w = any ? both(w, v[i].at) : v[i].at;
            any = true;
            in += v[i].area;
            out.in[v[i].ring] = true;
        }
    }
    out.box = im_window_box(w);
    out.share = in < all ? in / all : 1;
    return out;
}
