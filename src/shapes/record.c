/* One record: counts, box, ends, vertices. */
#include "base/limits.h"
#include "shapes/shapefile.h"
#include <math.h>
#include <string.h>

static int flat_type(int type) {
    return type > 20 ? type - 20 : type > 10 ? type - 10 : type;
}

enum im_shape_type im_shapes_type(const struct im_shapes *s) {
    switch (flat_type(s->type)) {
    case SHPT_ARC:
        return IM_SHAPE_LINE;
    case SHPT_POLYGON:
        return IM_SHAPE_POLYGON;
    default:
        return IM_SHAPE_POINT;
    }
}

void im_record_broken(const struct im_shapes *s, size_t i, const char *why) {
    struct im_where at = {s->path, 0, 0, (long)i};
    if (s->state[i] != IM_RECORD_BAD) {
        s->state[i] = IM_RECORD_BAD;
        im_finding(s->options.findings, IM_F_RECORD_BAD, at, "",
                   "record is left out: %s", why);
    }
}

void im_shapes_reject(struct im_shapes *s, size_t i, const char *why) {
    im_record_broken(s, i, why);
}

size_t im_shapes_broken(const struct im_shapes *s) {
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        n += s->state[i] == IM_RECORD_BAD;
    }
    return n;
}

static const char *content(const struct im_shapes *s, size_t i) {
    return s->shp.data + s->record[i].at + 8;
}

// Bytes that Z (and M) values take after the vertices: shapelib reads the first of
// them.
static uint64_t extra_bytes(int type, uint64_t vertices) {
    return type > 10 && type < 20 ? 16 + 8 * vertices : 0;
}

static const char *check_parts(const struct im_shapes *s, size_t i,
                               const struct im_counts *c) {
    const char *starts = content(s, i) + 44;
    uint32_t before = 0;
    for (uint32_t k = 0; k < c->parts; k++) {
        uint32_t start = im_read_le32(starts + 4 * k);
        if ((k == 0 && start != 0) || start < before || start > c->vertices) {
            return "a part starts at the wrong vertex";
        }
        before = start;
    }
    return NULL;
}

static const char *count_many(const struct im_shapes *s, size_t i,
                              struct im_counts *c) {
    uint64_t length = s->record[i].length;
    bool multipoint = flat_type(s->type) == SHPT_MULTIPOINT;
    uint64_t fixed = multipoint ? 40 : 44;
    if (length < fixed) {
        return "it is too short for its type";
    }
    c->parts = multipoint ? 0 : im_read_le32(content(s, i) + 36);
    c->vertices = im_read_le32(content(s, i) + (multipoint ? 36 : 40));
    uint64_t need = fixed + 4 * (uint64_t)c->parts + 16 * (uint64_t)c->vertices +
                    (c->vertices ? extra_bytes(s->type, c->vertices) : 0);
    if (need > length || c->vertices > IM_MAX_VERTICES) {
        return "it states more vertices than it holds";
    }
    if (c->vertices > 0 && !multipoint && c->parts == 0) {
        return "it has vertices but no part";
    }
    return multipoint ? NULL : check_parts(s, i, c);
}

bool im_record_counts(const struct im_shapes *s, size_t i, struct im_counts *out) {
    *out = (struct im_counts){0, 0, NULL};
    if (s->record[i].length < 4) {
        out->why = "it is too short for its type";
        return false;
    }
    int type = (int)im_read_le32(content(s, i));
    if (type == SHPT_NULL) {
        return true;
    }
    if (type != s->type) {
        out->why = "its type is not the file's";
        return false;
    }
    if (flat_type(type) == SHPT_POINT) {
        out->vertices = 1;
        out->why = s->record[i].length < 20 ? "it is too short for its type" : NULL;
        if (type == SHPT_POINTZ && s->record[i].length < 28) {
            out->why = "it is too short for its type";
        }
    } else {
        out->why = count_many(s, i, out);
    }
    return out->why == NULL;
}

// Good and with vertices? Reports a broken one once.
static bool ready(const struct im_shapes *s, size_t i, struct im_counts *c) {
    if (i >= s->count || s->state[i] != IM_RECORD_GOOD) {
        return false;
    }
    if (!im_record_counts(s, i, c)) {
        im_record_broken(s, i, c->why);
        return false;
    }
    if (c->vertices == 0 || im_shapes_deleted(s, i)) {
        s->state[i] = IM_RECORD_NULL;
        return false;
    }
    return true;
}

static struct im_lonlat vertex_at(const char *p) {
    return (struct im_lonlat){im_read_le64(p), im_read_le64(p + 8)};
}

// The box of a record that is ready.
static bool box_of(const struct im_shapes *s, size_t i, struct im_box *out) {
    const char *p = content(s, i) + 4;
    struct im_lonlat a = vertex_at(p);
    struct im_lonlat b = flat_type(s->type) == SHPT_POINT ? a : vertex_at(p + 16);
    *out = (struct im_box){a.lon, a.lat, b.lon, b.lat};
    if (!(isfinite(a.lon) && isfinite(a.lat) && b.lon >= a.lon && b.lat >= a.lat &&
          isfinite(b.lon) && isfinite(b.lat))) {
        im_record_broken(s, i, "its bounding box is not sound");
        return false;
    }
    return true;
}

// Where the vertices of a record that is ready begin.
static const char *first_vertex(const struct im_shapes *s, size_t i,
                                const struct im_counts *c) {
    int type = flat_type(s->type);
    size_t at = type == SHPT_POINT        ? 4
                : type == SHPT_MULTIPOINT ? 40
                                          : 44 + 4 * (size_t)c->parts;
    return content(s, i) + at;
}

// The ends of a record that is ready, of its first part.
static void ends_of(const struct im_shapes *s, size_t i, const struct im_counts *c,
                    struct im_lonlat *first, struct im_lonlat *last) {
    const char *v = first_vertex(s, i, c);
    uint32_t end = c->parts > 1 ? im_read_le32(content(s, i) + 48) : c->vertices;
    *first = vertex_at(v);
    *last = vertex_at(v + 16 * (size_t)(end > 0 ? end - 1 : 0));
}

bool im_shapes_box(const struct im_shapes *s, size_t i, struct im_box *out) {
    struct im_counts c;
    return ready(s, i, &c) && box_of(s, i, out);
}

// A plain line or ring of one part that is all there, as most records are.
static bool is_plain(const struct im_shapes *s, size_t i, uint32_t *vertices) {
    if (i >= s->count || s->state[i] != IM_RECORD_GOOD || s->record[i].length < 48 ||
        (s->type != SHPT_ARC && s->type != SHPT_POLYGON)) {
        return false;
    }
    const char *p = content(s, i);
    *vertices = im_read_le32(p + 40);
    return im_read_le32(p) == (uint32_t)s->type && im_read_le32(p + 36) == 1 &&
           im_read_le32(p + 44) == 0 && *vertices > 0 &&
           *vertices <= (s->record[i].length - 48) / 16 &&
           *vertices <= IM_MAX_VERTICES && !im_shapes_deleted(s, i);
}

bool im_shapes_sketch(const struct im_shapes *s, size_t i, struct im_sketch *out) {
    struct im_counts c;
    uint32_t n;
    if (is_plain(s, i, &n)) {
        const char *v = content(s, i) + 48;
        out->first = vertex_at(v);
        out->last = vertex_at(v + 16 * (size_t)(n - 1));
        return box_of(s, i, &out->box);
    }
    if (!ready(s, i, &c) || !box_of(s, i, &out->box)) {
        return false;
    }
    ends_of(s, i, &c, &out->first, &out->last);
    return true;
}

size_t im_shapes_vertices(const struct im_shapes *s, size_t i, struct im_lonlat *out,
                          size_t cap) {
    struct im_counts c;
    if (!ready(s, i, &c)) {
        return 0;
    }
    size_t n = c.parts > 1 ? im_read_le32(content(s, i) + 48) : c.vertices;
    const char *v = first_vertex(s, i, &c);
    for (size_t k = 0; n <= cap && k < n; k++) {
        out[k] = vertex_at(v + 16 * k);
        if (!isfinite(out[k].lon) || !isfinite(out[k].lat)) {
            im_record_broken(s, i, "a coordinate is not a number");
            return 0;
        }
    }
    return n;
}

static bool all_finite(const SHPObject *o) {
    for (int k = 0; k < o->nVertices; k++) {
        if (!isfinite(o->padfX[k]) || !isfinite(o->padfY[k])) {
            return false;
        }
    }
    return true;
}

static void add_part(struct im_arena *arena, const SHPObject *o, size_t from, size_t to,
                     bool ring, struct im_lines *out) {
    size_t n = to - from;
    if (ring && n > 1 && o->padfX[from] == o->padfX[to - 1] &&
        o->padfY[from] == o->padfY[to - 1]) {
        n--;
    }
    if (n == 0) {
        return;
    }
    struct im_line line = {im_alloc(arena, n, sizeof *line.v), n};
    for (size_t k = 0; k < n; k++) {
        line.v[k] = (struct im_lonlat){o->padfX[from + k], o->padfY[from + k]};
    }
    IM_PUSH(arena, out->v, out->n, out->cap, line);
}

static void add_parts(struct im_arena *arena, const SHPObject *o, bool ring,
                      struct im_lines *out) {
    size_t parts = o->nParts > 0 ? (size_t)o->nParts : 1, n = (size_t)o->nVertices;
    for (size_t k = 0; k < parts; k++) {
        size_t from = o->nParts > 0 ? (size_t)o->panPartStart[k] : 0;
        size_t to = k + 1 < parts ? (size_t)o->panPartStart[k + 1] : n;
        add_part(arena, o, from, to, ring, out);
    }
}

bool im_shapes_read(struct im_shapes *s, size_t i, struct im_arena *arena,
                    struct im_lines *out) {
    struct im_counts c;
    *out = (struct im_lines){NULL, 0, 0};
    if (!ready(s, i, &c) || (!s->shp_handle && !im_shapes_hand_over(s))) {
        return false;
    }
    SHPObject *o = SHPReadObject(s->shp_handle, (int)i);
    const char *why = !o ? "shapelib cannot read it"
                      : o->nVertices != (int)c.vertices || !o->padfX || !o->padfY
                          ? "shapelib finds other counts"
                      : all_finite(o) ? NULL
                                      : "a coordinate is not a number";
    if (why) {
        im_record_broken(s, i, why);
    } else {
        add_parts(arena, o, im_shapes_type(s) == IM_SHAPE_POLYGON, out);
    }
    SHPDestroyObject(o);
    return !why && out->n > 0;
}
