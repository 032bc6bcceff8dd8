/*
 * Users' own borders. Polygons are filled by owner; their edges are stroked once, those
 * that two records share as borders, the others as coast. Lines are stroked by class.
 */
#include "basemap/geodata.h"
#include "geo/box.h"
#include <stdlib.h>
#include <string.h>

/* An edge between two vertices, smaller end first, so that both rings' edges compare.
 */
struct edge {
    struct im_lonlat a, b;
};

struct edges {
    struct edge *v;
    size_t n, cap;
};

static int compare_lonlat(struct im_lonlat a, struct im_lonlat b) {
    if (a.lon != b.lon) {
        return a.lon < b.lon ? -1 : 1;
    }
    return a.lat < b.lat ? -1 : a.lat > b.lat;
}

static int compare_edges(const void *one, const void *two) {
    const struct edge *a = one, *b = two;
    int c = compare_lonlat(a->a, b->a);
    return c != 0 ? c : compare_lonlat(a->b, b->b);
}

static void add_edges(struct im_arena *arena, const struct im_line *ring,
                      struct edges *out) {
    for (size_t i = 0; i < ring->n; i++) {
        struct edge e = {ring->v[i], ring->v[(i + 1) % ring->n]};
        int c = compare_lonlat(e.a, e.b);
        if (c > 0) {
            e = (struct edge){e.b, e.a};
        }
        if (c != 0) {
            IM_PUSH(arena, out->v, out->n, out->cap, e);
        }
    }
}

static struct im_line edge_line(struct im_arena *arena, const struct edge *e) {
    struct im_line line = {im_alloc(arena, 2, sizeof *line.v), 2};
    line.v[0] = e->a;
    line.v[1] = e->b;
    return line;
}

static void stroke_edges(struct im_arena *arena, const struct im_basemap_request *rq,
                         struct edges *edges, struct im_basemap *out) {
    struct im_lines shared = {0}, single = {0};
    if (edges->n > 1) {
        qsort(edges->v, edges->n, sizeof *edges->v, compare_edges);
    }
    for (size_t i = 0, next; i < edges->n; i = next) {
        next = i + 1;
        while (next < edges->n && compare_edges(&edges->v[i], &edges->v[next]) == 0) {
            next++;
        }
        struct im_lines *to = next - i > 1 ? &shared : &single;
        IM_PUSH(arena, to->v, to->n, to->cap, edge_line(arena, &edges->v[i]));
    }
    struct im_border border = {IM_LC_COUNTRY, {0}, "", 0};
    struct im_border coast = {IM_LC_COAST, {0}, "", 0};
    im_project_arcs(arena, rq->view, &shared, &border.paths);
    im_project_arcs(arena, rq->view, &single, &coast.paths);
    im_add_border(arena, out, coast);
    im_add_border(arena, out, border);
}

static enum im_line_class class_of(const char *text) {
    static const struct {
        const char *part;
        enum im_line_class value;
    } known[] = {
        {"isputed", IM_LC_DISPUTED},
        {"reakaway", IM_LC_DISPUTED},
        {"laim", IM_LC_DISPUTED},
        {"ndefinite", IM_LC_UNDETERMINED},
        {"ndetermin", IM_LC_UNDETERMINED},
        {"nrecogni", IM_LC_DISPUTED},
        {"ontrol", IM_LC_CEASEFIRE},
        {"easefire", IM_LC_CEASEFIRE},
        {"oast", IM_LC_COAST},
        {"rovince", IM_LC_PROVINCE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strstr(text, known[i].part) != NULL) {
            return known[i].value;
        }
    }
    return IM_LC_COUNTRY;
}

struct user_file {
    const struct im_spec_borders *spec;
    struct im_shapes *shapes;
    struct im_crs *crs;
    int name, code, line_class;
};

static enum incmap_status find_column(const struct user_file *f, const char *wanted,
                                      int *out, struct incmap_error *err) {
    *out = -1;
    if (wanted == NULL || wanted[0] == '\0') {
        return INCMAP_OK;
    }
    *out = im_shapes_field(f->shapes, wanted);
    if (*out < 0) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(f->spec->file),
                       "no attribute '%s' in this file", wanted);
    }
    return INCMAP_OK;
}

static int first_of(struct im_shapes *s, const char *const *names) {
    for (; *names != NULL; names++) {
        int c = im_shapes_field(s, *names);
        if (c >= 0) {
            return c;
        }
    }
    return -1;
}

static enum incmap_status find_columns(struct user_file *f, struct incmap_error *err) {
    static const char *const codes[] = {"iso_a2", "iso_a2_eh", "iso2", "adm0_a3",
                                        "iso_a3", "code",      NULL};
    static const char *const names[] = {"name", "name_en", "admin", "country", NULL};
    static const char *const classes[] = {"featurecla", "class", "type", NULL};
    enum incmap_status s = find_column(f, f->spec->name_field, &f->name, err);
    if (s == INCMAP_OK) {
        s = find_column(f, f->spec->code_field, &f->code, err);
    }
    if (s == INCMAP_OK) {
        s = find_column(f, f->spec->class_field, &f->line_class, err);
    }
    f->name = f->name >= 0 ? f->name : first_of(f->shapes, names);
    f->code = f->code >= 0 ? f->code : first_of(f->shapes, codes);
    f->line_class = f->line_class >= 0 ? f->line_class : first_of(f->shapes, classes);
    return s;
}

static const char *text_of(const struct user_file *f, size_t i, int column,
                           struct im_arena *arena) {
    return column >= 0 ? im_shapes_text(f->shapes, i, column, arena) : "";
}

/* The ground of a code; a new one when the code is empty or not yet seen. */
static struct im_ground *ground_of(struct im_arena *arena, struct im_basemap *out,
                                   const char *code, const char *name) {
    for (size_t i = 0; i < out->ground_count; i++) {
        if (code[0] != '\0' && strcmp(out->grounds[i].owner, code) == 0) {
            return &out->grounds[i];
        }
    }
    out->grounds = im_grow(arena, out->grounds, out->ground_count,
                           out->ground_count + 1, sizeof *out->grounds);
    out->grounds[out->ground_count] = (struct im_ground){code, name, {0}, 0};
    return &out->grounds[out->ground_count++];
}

static bool in_view(const struct user_file *f, size_t i,
                    const struct im_basemap_request *rq) {
    struct im_box box;
    return im_shapes_box(f->shapes, i, &box) &&
           (f->crs != NULL || im_box_meets(box, rq->view->cover));
}

static void add_record(struct im_arena *arena, const struct im_basemap_request *rq,
                       const struct user_file *f, size_t i, struct edges *edges,
                       struct im_basemap *out) {
    struct im_lines lines = {0};
    if (!in_view(f, i, rq) || !im_user_record(f->shapes, i, f->crs, arena, rq->findings,
                                              f->spec->file, &lines)) {
        return;
    }
    if (im_shapes_type(f->shapes) == IM_SHAPE_LINE) {
        struct im_border b = {
            class_of(text_of(f, i, f->line_class, arena)), {0}, "", 0};
        im_project_arcs(arena, rq->view, &lines, &b.paths);
        im_add_border(arena, out, b);
        return;
    }
    struct im_ground *ground = ground_of(arena, out, text_of(f, i, f->code, arena),
                                         text_of(f, i, f->name, arena));
    for (size_t k = 0; k < lines.n; k++) {
        im_view_ring(rq->view, arena, &lines.v[k], &ground->paths);
        if (im_box_meets(im_line_box(&lines.v[k]), rq->view->cover)) {
            add_edges(arena, &lines.v[k], edges);
        }
    }
}

static enum incmap_status add_file(struct im_arena *arena,
                                   const struct im_basemap_request *rq,
                                   const struct im_spec_borders *spec,
                                   struct im_basemap *out, struct incmap_error *err) {
    struct user_file f = {.spec = spec};
    struct edges edges = {0};
    struct im_shapes_options options = {INCMAP_E_INPUT, rq->findings};
    enum incmap_status s = im_shapes_open(arena, spec->file, options, &f.shapes, err);
    if (s == INCMAP_OK) {
        s = im_user_crs(f.shapes, arena, spec->file, &f.crs, err);
    }
    if (s == INCMAP_OK) {
        s = find_columns(&f, err);
    }
    if (s == INCMAP_OK && im_shapes_type(f.shapes) == IM_SHAPE_POINT) {
        s = im_fail(err, INCMAP_E_INPUT, IM_FILE(spec->file),
                    "borders must be polygons or lines, this file has points");
    }
    if (s != INCMAP_OK) {
        return s;
    }
    for (size_t i = 0; i < im_shapes_count(f.shapes); i++) {
        add_record(arena, rq, &f, i, &edges, out);
    }
    stroke_edges(arena, rq, &edges, out);
    return INCMAP_OK;
}

enum incmap_status im_make_user(struct im_arena *arena,
                                const struct im_basemap_request *rq,
                                struct im_basemap *out, struct incmap_error *err) {
    for (size_t i = 0; i < rq->spec->border_count; i++) {
        enum incmap_status s = add_file(arena, rq, &rq->spec->borders[i], out, err);
        if (s != INCMAP_OK) {
            return s;
        }
    }
    for (size_t i = 0; i < out->ground_count; i++) {
        im_paths_thin(arena, &out->grounds[i].paths);
        out->grounds[i].area_pt2 = im_paths_area(&out->grounds[i].paths);
    }
    if (out->ground_count == 0 && out->border_count == 0) {
        im_finding(rq->findings, IM_F_LAYER_EMPTY, IM_FILE(rq->spec->borders[0].file),
                   "check its .prj, or move the map",
                   "the border file has nothing inside the map");
    }
    return INCMAP_OK;
}
