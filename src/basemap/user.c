/*
 * Users' own borders. Polygons are filled by owner; their edges are stroked once, those
 * that two records share as borders, the others as coast. Lines are stroked by class.
 */
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/edges.h"
#include <string.h>

static void push_edge(struct im_arena *arena, const struct im_edge *e,
                      struct im_lines *out) {
    struct im_line line = {im_alloc(arena, 2, sizeof *line.v), 2};
    line.v[0] = e->a;
    line.v[1] = e->b;
    IM_PUSH(arena, out->v, out->n, out->cap, line);
}

static void stroke_edges(struct im_arena *arena, const struct im_basemap_request *rq,
                         struct im_edges *edges, struct im_lines *lines) {
    im_edges_unite(edges);
    for (size_t i = 0; i < edges->n; i++) {
        const struct im_edge *e = &edges->v[i];
        struct im_box box = {e->a.lon, e->a.lat < e->b.lat ? e->a.lat : e->b.lat,
                             e->b.lon, e->a.lat < e->b.lat ? e->b.lat : e->a.lat};
        // An edge over more than half of the globe is the short one the other way
        // round.
        if (box.east - box.west > 180 || im_box_meets(box, rq->view->cover)) {
            push_edge(arena, e, &lines[e->count > 1 ? IM_LC_COUNTRY : IM_LC_COAST]);
        }
    }
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

/* What the files have given so far. */
struct gathered {
    struct im_ground *grounds;
    size_t ground_count, ground_cap;
    struct im_lines lines[IM_LC_COUNT];
};

/* The ground of a code; a new one when the code is empty or not yet seen. */
static struct im_ground *ground_of(struct im_arena *arena, struct gathered *all,
                                   const char *code, const char *name) {
    for (size_t i = 0; i < all->ground_count && code[0] != '\0'; i++) {
        if (strcmp(all->grounds[i].owner, code) == 0) {
            return &all->grounds[i];
        }
    }
    struct im_ground ground = {code, name, {0}, 0};
    IM_PUSH(arena, all->grounds, all->ground_count, all->ground_cap, ground);
    return &all->grounds[all->ground_count - 1];
}

static bool in_view(const struct im_basemap_request *rq, const struct im_lines *lines) {
    for (size_t k = 0; k < lines->n; k++) {
        struct im_box box = im_line_box(&lines->v[k]);
        if (box.east - box.west > 180 || im_box_meets(box, rq->view->cover)) {
            return true;
        }
    }
    return false;
}

static void add_record(struct im_arena *arena, const struct im_basemap_request *rq,
                       const struct user_file *f, size_t i, struct im_edges *edges,
                       struct gathered *all) {
    struct im_lines lines;
    if (!im_user_record(f->shapes, i, f->crs, arena, rq->findings, f->spec->file,
                        &lines) ||
        !in_view(rq, &lines)) {
        return;
    }
    struct im_ground *ground = NULL;
    struct im_lines *to = NULL;
    if (im_shapes_type(f->shapes) == IM_SHAPE_LINE) {
        to = &all->lines[class_of(text_of(f, i, f->line_class, arena))];
    } else {
        ground = ground_of(arena, all, text_of(f, i, f->code, arena),
                           text_of(f, i, f->name, arena));
    }
    for (size_t k = 0; k < lines.n; k++) {
        if (ground != NULL) {
            im_view_ring(rq->view, arena, &lines.v[k], &ground->paths);
            im_edges_add(arena, &lines.v[k], edges);
        } else if (lines.v[k].n >= 2) {
            IM_PUSH(arena, to->v, to->n, to->cap, lines.v[k]);
        }
    }
}

static enum incmap_status open_file(struct im_arena *arena,
                                    const struct im_basemap_request *rq,
                                    struct user_file *f, struct incmap_error *err) {
    const char *path = f->spec->file;
    struct im_shapes_options options = {INCMAP_E_INPUT, rq->findings};
    enum incmap_status s = im_shapes_open(arena, path, options, &f->shapes, err);
    if (s == INCMAP_OK) {
        s = im_user_crs(f->shapes, arena, rq->findings, path, &f->crs, err);
    }
    if (s == INCMAP_OK) {
        s = find_columns(f, err);
    }
    if (s == INCMAP_OK && im_shapes_type(f->shapes) == IM_SHAPE_POINT) {
        s = im_fail(err, INCMAP_E_INPUT, IM_FILE(path),
                    "borders must be polygons or lines, this file has points");
    }
    return s;
}

static enum incmap_status add_file(struct im_arena *arena,
                                   const struct im_basemap_request *rq,
                                   const struct im_spec_borders *spec,
                                   struct gathered *all, struct incmap_error *err) {
    struct user_file f = {.spec = spec};
    struct im_edges edges = {NULL, 0, 0};
    enum incmap_status s = open_file(arena, rq, &f, err);
    if (s != INCMAP_OK) {
        return s;
    }
    for (size_t i = 0; i < im_shapes_count(f.shapes); i++) {
        add_record(arena, rq, &f, i, &edges, all);
    }
    stroke_edges(arena, rq, &edges, all->lines);
    return INCMAP_OK;
}

static void hand_over(struct im_arena *arena, const struct im_basemap_request *rq,
                      struct gathered *all, struct im_basemap *out) {
    out->grounds = all->grounds;
    out->ground_count = all->ground_count;
    for (size_t i = 0; i < out->ground_count; i++) {
        struct im_ground *g = &out->grounds[i];
        im_paths_thin(arena, &g->paths);
        g->area_pt2 = im_paths_area(arena, &g->paths, rq->view->frame);
    }
    for (int c = 0; c < IM_LC_COUNT; c++) {
        struct im_border b = {(enum im_line_class)c, {0}, "", 0};
        im_project_lines(arena, rq->view, &all->lines[c], &b.paths);
        im_paths_thin(arena, &b.paths);
        im_add_border(arena, out, b);
    }
    if (out->ground_count == 0 && out->border_count == 0) {
        im_finding(rq->findings, IM_F_LAYER_EMPTY, IM_FILE(rq->spec->borders[0].file),
                   "check its .prj, or move the map",
                   "the border file has nothing inside the map");
    }
}

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

enum incmap_status im_make_user(struct im_arena *arena,
                                const struct im_basemap_request *rq,
                                struct im_basemap *out, bool *drawn,
                                struct incmap_error *err) {
    struct gathered all;
    memset(&all, 0, sizeof all);
    *drawn = false;
    for (size_t i = 0; i < rq->spec->border_count; i++) {
        const struct im_spec_borders *b = &rq->spec->borders[i];
        const char *from = or_empty(b->from), *to = or_empty(b->to);
        enum im_validity valid = im_valid_at(rq->spec, from, to);
        if (valid != IM_VALID) {
            im_finding(rq->findings, IM_F_BORDER_DATE, IM_FILE(b->file), "set as_of",
                       "these borders (%s to %s) are valid on %s of the map's days",
                       from[0] ? from : "always", to[0] ? to : "today",
                       valid == IM_INVALID ? "none" : "a part");
        }
        if (valid != IM_INVALID) {
            enum incmap_status s = add_file(arena, rq, b, &all, err);
            if (s != INCMAP_OK) {
                return s;
            }
            *drawn = true;
        }
    }
    if (*drawn) {
        hand_over(arena, rq, &all, out);
    }
    return INCMAP_OK;
}
