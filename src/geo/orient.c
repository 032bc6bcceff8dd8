#include "geo/orient.h"
#include "geo/clip.h"
#include "geo/inside.h"
#include <math.h>
#include <stdlib.h>

static void reverse(struct im_line *ring) {
    for (size_t i = 0, k = ring->n; i + 1 < k; i++) {
        struct im_lonlat v = ring->v[i];
        ring->v[i] = ring->v[--k];
        ring->v[k] = v;
    }
}

// The ring with no jump in its longitudes; around a pole: up to the pole, and back.
static struct im_line flat_of(struct im_arena *arena, const struct im_line *ring) {
    struct im_box box = im_line_box(ring);
    if (box.east - box.west <= 180) {
        return *ring;
    }
    struct im_line whole = im_unwrap(arena, ring, true);
    double pole = im_around_pole(&whole);
    if (pole == 0) {
        whole.n--;
        return whole;
    }
    whole.v = im_grow(arena, whole.v, whole.n, whole.n + 2, sizeof *whole.v);
    whole.v[whole.n] = (struct im_lonlat){whole.v[whole.n - 1].lon, pole};
    whole.v[whole.n + 1] = (struct im_lonlat){whole.v[0].lon, pole};
    whole.n += 2;
    return whole;
}

// The ring on the turn of the globe that is nearest to a longitude.
static struct im_line near_to(struct im_arena *arena, const struct im_line *ring,
                              double lon) {
    struct im_box box = im_line_box(ring);
    double middle = (box.west + box.east) / 2, by = im_lon_near(middle, lon) - middle;
    struct im_line out = *ring;
    if (by != 0) {
        out.v = im_alloc_raw(arena, out.n, sizeof *out.v);
        for (size_t i = 0; i < out.n; i++) {
            out.v[i] = (struct im_lonlat){ring->v[i].lon + by, ring->v[i].lat};
        }
    }
    return out;
}

// A ring with its box; `reach`: how far east this one or any before it goes. Of a row
// of thousands few are looked at.
struct boxed {
    struct im_box box;
    double reach;
    size_t ring;
};

static int by_west(const void *a, const void *b) {
    const struct boxed *p = a, *q = b;
    return (p->box.west > q->box.west) - (p->box.west < q->box.west);
}

static bool lies_in(const struct im_lines *rings, const struct boxed *r,
                    struct im_lonlat p) {
    return p.lon >= r->box.west && p.lon <= r->box.east && p.lat >= r->box.south &&
           p.lat <= r->box.north && im_ring_contains(&rings->v[r->ring], p);
}

// All rings from west to east, on one turn of the globe; but first the largest, in
// which most holes lie.
static struct boxed *from_west(struct im_arena *arena, struct im_lines *rings,
                               size_t largest) {
    struct boxed *v = im_alloc(arena, rings->n, sizeof *v);
    struct im_box main = im_line_box(&rings->v[largest]);
    for (size_t i = 0; i < rings->n; i++) {
        size_t at = i == largest ? 0 : i < largest ? i + 1 : i;
        rings->v[i] = near_to(arena, &rings->v[i], (main.west + main.east) / 2);
        struct im_box box = im_line_box(&rings->v[i]);
        v[at] = (struct boxed){box, box.east, i};
    }
    qsort(v + 1, rings->n - 1, sizeof *v, by_west);
    for (size_t i = 2; i < rings->n; i++) {
        v[i].reach = fmax(v[i - 1].reach, v[i].reach);
    }
    return v;
}

// Does a ring lie in another? The middle of an edge is asked: a vertex may touch.
static bool lies_in_another(const struct im_lines *rings, const struct boxed *v,
                            size_t which) {
    const struct im_line *ring = &rings->v[which];
    struct im_lonlat a = ring->v[0], b = ring->v[1 % ring->n];
    struct im_lonlat p = {(a.lon + b.lon) / 2, (a.lat + b.lat) / 2};
    size_t low = 1, high = rings->n;
    while (low < high) { // to the first that begins east of p
        size_t middle = low + (high - low) / 2;
        bool west = v[middle].box.west <= p.lon;
        low = west ? middle + 1 : low;
        high = west ? high : middle;
    }
    bool found = lies_in(rings, &v[0], p);
    for (; !found && low > 1 && v[low - 1].reach >= p.lon; low--) {
        found = v[low - 1].ring != which && lies_in(rings, &v[low - 1], p);
    }
    return found;
}

void im_rings_orient(struct im_arena *arena, struct im_lines *rings) {
    size_t n = rings->n, largest = 0;
    struct im_lines flat = {im_alloc(arena, n + 1, sizeof *flat.v), n, n + 1};
    double *area = im_alloc(arena, n + 1, sizeof *area);
    for (size_t i = 0; i < n; i++) {
        flat.v[i] = flat_of(arena, &rings->v[i]);
        area[i] = im_ring_area(&flat.v[i]);
        largest = fabs(area[i]) > fabs(area[largest]) ? i : largest;
    }
    const struct boxed *boxed = NULL;
    bool turn = area[largest] > 0;
    for (size_t i = 0; i < n; i++) {
        bool against = turn ? area[i] < 0 : area[i] > 0;
        if (against && boxed == NULL) {
            boxed = from_west(arena, &flat, largest);
        }
        bool isle = against && !lies_in_another(&flat, boxed, i);
        if (turn != isle) {
            reverse(&rings->v[i]);
        }
    }
}
