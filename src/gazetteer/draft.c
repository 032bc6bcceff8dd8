/* A place in the making, and what its geometry says of it. */
#include "base/num.h"
#include "gazetteer/features.h"
#include "geo/box.h"
#include "geo/inside.h"
#include "model/outline.h"

#include <math.h>
#include <string.h>

enum { DECIMALS = 7, BOX_DECIMALS = 5, OUTLINE = 1 << 20 };
static const double KM_PER_DEGREE = 111.2;

void gaz_draft_clear(struct gaz_draft *d) {
    im_buf_clear(&d->text);
    memset(d->at, 0, sizeof d->at);
    memset(d->n, 0, sizeof d->n);
}

void gaz_draft_set(struct gaz_draft *d, enum gaz_column column, const char *s,
                   size_t n) {
    d->at[column] = d->text.len;
    d->n[column] = n;
    for (size_t i = 0; i < n; i++) {
        im_buf_char(&d->text, s[i] != '\0' && strchr("\t\r\n", s[i]) ? ' ' : s[i]);
    }
    im_buf_char(&d->text, '\0');
}

void gaz_draft_text(struct gaz_draft *d, enum gaz_column column, const char *s) {
    gaz_draft_set(d, column, s, strlen(s));
}

void gaz_draft_number(struct gaz_draft *d, enum gaz_column column, double v,
                      int decimals) {
    char text[40];
    gaz_draft_set(d, column, text, im_num_write(text, v, decimals));
}

/* Outlines are drawn where the whole area is in view, or some of it: a two-thousandth
 * of its radius is less than the width of a line then. */
static void draft_outline(struct gaz_draft *d, const struct gaz_shape *shape) {
    struct im_buf outline;
    im_buf_init(&outline, d->text.arena, OUTLINE);
    im_outline_write(&outline, &shape->rings, shape->radius_km / KM_PER_DEGREE / 2000);
    gaz_draft_set(d, GAZ_AREA_REF, outline.data, outline.len);
}

void gaz_draft_shape(struct gaz_draft *d, const struct gaz_shape *shape) {
    const double v[4] = {shape->box.west, shape->box.south, shape->box.east,
                         shape->box.north};
    char text[4 * 40];
    size_t n = 0;
    gaz_draft_number(d, GAZ_LAT, shape->at.lat, DECIMALS);
    gaz_draft_number(d, GAZ_LON, shape->at.lon, DECIMALS);
    if (shape->radius_km <= 0) {
        return;
    }
    for (int i = 0; i < 4; i++) {
        if (i > 0) {
            text[n++] = ',';
        }
        n += im_num_write(text + n, v[i], BOX_DECIMALS);
    }
    gaz_draft_set(d, GAZ_BBOX, text, n);
    gaz_draft_number(d, GAZ_PRECISION, fmin(shape->radius_km, 20000), 1);
    if (shape->rings.n > 0) {
        draft_outline(d, shape);
    }
}

void gaz_draft_fields(const struct gaz_draft *d, struct gaz_fields *out) {
    for (int i = 0; i < GAZ_FIELDS; i++) {
        out->at[i] = d->n[i] ? d->text.data + d->at[i] : "";
        out->n[i] = d->n[i];
    }
}

/* The middle of the longest stretch inside the rings on the parallel of `lat`. */
static bool middle_on(const struct im_lines *rings, double lat, double *lon) {
    enum { MOST = 512 };
    double cut[MOST], longest = -1;
    size_t n = 0;
    for (size_t r = 0; r < rings->n; r++) {
        const struct im_line *ring = &rings->v[r];
        for (size_t i = 0; i < ring->n && n < MOST; i++) {
            struct im_lonlat a = ring->v[i], b = ring->v[(i + 1) % ring->n];
            if ((a.lat > lat) != (b.lat > lat)) {
                cut[n++] = a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon);
            }
        }
    }
    for (size_t i = 1; i < n; i++) {
        double x = cut[i];
        size_t k = i;
        for (; k > 0 && cut[k - 1] > x; k--) {
            cut[k] = cut[k - 1];
        }
        cut[k] = x;
    }
    for (size_t i = 0; i + 1 < n; i += 2) {
        if (cut[i + 1] - cut[i] > longest) {
            longest = cut[i + 1] - cut[i];
            *lon = (cut[i] + cut[i + 1]) / 2;
        }
    }
    return longest >= 0;
}

static bool in_range(const struct im_lines *lines) {
    for (size_t i = 0; i < lines->n; i++) {
        for (size_t k = 0; k < lines->v[i].n; k++) {
            struct im_lonlat p = lines->v[i].v[k];
            if (!(fabs(p.lon) <= 180 && fabs(p.lat) <= 90)) {
                return false;
            }
        }
    }
    return true;
}

static const struct im_line *longest_line(const struct im_lines *lines) {
    const struct im_line *longest = NULL;
    for (size_t i = 0; i < lines->n; i++) {
        if (lines->v[i].n > 0 && (!longest || lines->v[i].n > longest->n)) {
            longest = &lines->v[i];
        }
    }
    return longest;
}

static struct im_box box_of(const struct im_lines *lines) {
    struct im_box all = im_line_box(longest_line(lines));
    for (size_t i = 0; i < lines->n; i++) {
        if (lines->v[i].n > 0) {
            struct im_box b = im_line_box(&lines->v[i]);
            all = (struct im_box){fmin(all.west, b.west), fmin(all.south, b.south),
                                  fmax(all.east, b.east), fmax(all.north, b.north)};
        }
    }
    return all;
}

bool gaz_shape_of(const struct im_lines *lines, bool area, struct gaz_shape *out) {
    const struct im_line *longest = longest_line(lines);
    const double rad = 3.14159265358979323846 / 180;
    if (!longest || !in_range(lines)) {
        return false;
    }
    *out = (struct gaz_shape){.known = true, .area = area, .box = box_of(lines)};
    out->rings = area ? *lines : (struct im_lines){NULL, 0, 0};
    struct im_box part = im_line_box(longest); // of the greatest ring
    out->at.lat = (part.south + part.north) / 2;
    out->at.lon = (part.west + part.east) / 2;
    if (!area) {
        out->at = longest->v[longest->n / 2];
    } else if (!middle_on(lines, out->at.lat, &out->at.lon)) {
        out->at = longest->v[0]; // a ring of no height
    }
    double dlat = out->box.north - out->box.south;
    double dlon = (out->box.east - out->box.west) * cos(out->at.lat * rad);
    out->radius_km = sqrt(dlat * dlat + dlon * dlon) / 2 * KM_PER_DEGREE;
    return true;
}

/* GeoJSON coordinates. */

static bool position(const struct im_json *v, struct im_lonlat *out) {
    return v && v->type == IM_JSON_ARRAY && v->n >= 2 &&
           im_json_is_number(v->child, &out->lon) &&
           im_json_is_number(v->child->next, &out->lat);
}

static bool add_line(struct im_arena *arena, const struct im_json *v, bool ring,
                     struct im_lines *out) {
    if (!v || v->type != IM_JSON_ARRAY || v->n < 2) {
        return false;
    }
    struct im_line line = {im_alloc(arena, v->n, sizeof *line.v), 0};
    for (const struct im_json *p = v->child; p; p = p->next) {
        if (!position(p, &line.v[line.n++])) {
            return false;
        }
    }
    line.n -= ring && line.n > 1; // closed rings repeat their first position
    IM_PUSH(arena, out->v, out->n, out->cap, line);
    return true;
}

static bool add_lines(struct im_arena *arena, const struct im_json *v, bool ring,
                      struct im_lines *out) {
    bool good = v && v->type == IM_JSON_ARRAY;
    for (const struct im_json *p = good ? v->child : NULL; p && good; p = p->next) {
        good = add_line(arena, p, ring, out);
    }
    return good;
}

bool gaz_geometry(struct im_arena *arena, const struct im_json *geometry,
                  struct gaz_shape *out) {
    const struct im_json *type = im_json_get(geometry, "type");
    const struct im_json *v = im_json_get(geometry, "coordinates");
    struct im_lines lines = {NULL, 0, 0};
    bool good = false, area = false;
    *out = (struct gaz_shape){.known = false};
    const char *t = type && type->type == IM_JSON_STRING ? type->text : "";
    if (strcmp(t, "Point") == 0) {
        out->known = position(v, &out->at) && fabs(out->at.lon) <= 180 &&
                     fabs(out->at.lat) <= 90;
        return out->known;
    }
    if (strcmp(t, "LineString") == 0 || strcmp(t, "MultiPoint") == 0) {
        good = add_line(arena, v, false, &lines);
    } else if (strcmp(t, "MultiLineString") == 0) {
        good = add_lines(arena, v, false, &lines);
    } else if (strcmp(t, "Polygon") == 0) {
        good = area = add_lines(arena, v, true, &lines);
    } else if (strcmp(t, "MultiPolygon") == 0) {
        good = area = v && v->type == IM_JSON_ARRAY;
        for (const struct im_json *p = good ? v->child : NULL; p && good; p = p->next) {
            good = add_lines(arena, p, true, &lines);
        }
    }
    return good && gaz_shape_of(&lines, area, out);
}

enum { TEXT = 1 << 26 };
static const size_t MAKING_BYTES = (size_t)1 << 30;

static void free_making(void *handle) {
    im_arena_free(((struct gaz_making *)handle)->arena);
}

void gaz_making_init(struct gaz_making *m, struct gaz_intake *in, unsigned most) {
    *m = (struct gaz_making){.in = in, .most = most};
    im_arena_defer(in->arena, free_making, m);
}

void gaz_making_next(struct gaz_making *m) {
    if (m->arena && ++m->records < m->most) {
        gaz_draft_clear(&m->draft);
        im_buf_clear(&m->names);
        return;
    }
    m->records = 0;
    im_arena_free(m->arena);
    m->arena = im_arena_new(MAKING_BYTES);
    if (!m->arena) {
        im_arena_exhausted(m->in->arena);
    }
    jmp_buf *where = im_arena_catch(m->in->arena, NULL);
    im_arena_catch(m->in->arena, where);
    im_arena_catch(m->arena, where);
    im_buf_init(&m->draft.text, m->arena, TEXT);
    im_buf_init(&m->names, m->arena, TEXT);
    gaz_draft_clear(&m->draft);
}

void gaz_making_country(struct gaz_making *m, const char *said) {
    char code[3] = "";
    if (said[0] != '\0' && m->in->base &&
        im_gazetteer_country(m->in->base, m->arena, said, code)) {
        gaz_draft_set(&m->draft, GAZ_CC, code, 2);
    }
}
