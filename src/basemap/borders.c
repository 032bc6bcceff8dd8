/* Border lines by class: bundled arcs, and the extra disputed lines valid at the date.
 */
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/chain.h"
#include <math.h>
#include <string.h>

void im_add_border(struct im_arena *arena, struct im_basemap *out, struct im_border b) {
    if (b.paths.n == 0) {
        return;
    }
    out->borders = im_grow(arena, out->borders, out->border_count,
                           out->border_count + 1, sizeof *out->borders);
    out->borders[out->border_count++] = b;
}

static void join(struct im_arena *arena, const struct im_lines *arcs,
                 const struct im_run *run, struct im_line *line) {
    size_t cap = 0;
    for (size_t i = 0; i < run->n; i++) {
        const struct im_line *a = &arcs->v[run->arc[i]];
        for (size_t k = i == 0 ? 0 : 1; k < a->n; k++) {
            struct im_lonlat v = run->backward[i] ? a->v[a->n - 1 - k] : a->v[k];
            IM_PUSH(arena, line->v, line->n, cap, v);
        }
    }
}

void im_project_arcs(struct im_arena *arena, const struct im_view *view,
                     struct im_lines *arcs, struct im_paths *out) {
    struct im_arc *list = im_alloc(arena, arcs->n + 1, sizeof *list);
    struct im_runs runs = {0};
    size_t n = 0;
    for (size_t i = 0; i < arcs->n; i++) {
        if (arcs->v[i].n >= 2) {
            arcs->v[n] = arcs->v[i];
            list[n] = (struct im_arc){arcs->v[n].v[0], arcs->v[n].v[arcs->v[n].n - 1],
                                      n, false};
            n++;
        }
    }
    im_chain_lines(arena, list, n, &runs);
    for (size_t i = 0; i < runs.n; i++) {
        struct im_line line = {NULL, 0};
        join(arena, arcs, &runs.v[i], &line);
        im_view_line(view, arena, &line, out);
    }
    im_paths_thin(arena, out);
}

void im_make_borders(struct im_arena *arena, const struct im_basemap_request *rq,
                     struct im_level *level, int worldview, struct im_basemap *out) {
    struct im_lines lines[IM_LC_COUNT];
    double accuracy[IM_LC_COUNT] = {0};
    memset(lines, 0, sizeof lines);
    for (size_t i = 0; i < level->n; i++) {
        const struct im_arc_info *a = &level->arcs[i];
        unsigned char c = a->line_class[worldview];
        struct im_lines arc = {0};
        if (c == IM_ARC_HIDDEN || !im_box_meets(a->box, rq->view->cover) ||
            !im_shapes_read(level->lines, i, arena, &arc)) {
            continue;
        }
        IM_PUSH(arena, lines[c].v, lines[c].n, lines[c].cap, arc.v[0]);
        accuracy[c] = fmax(accuracy[c], (double)a->accuracy_m);
    }
    for (int c = 0; c < IM_LC_COUNT; c++) {
        struct im_border b = {(enum im_line_class)c, {0}, "", accuracy[c]};
        im_project_arcs(arena, rq->view, &lines[c], &b.paths);
        im_add_border(arena, out, b);
    }
    out->accuracy_m = accuracy[IM_LC_COUNTRY];
}

static bool valid_at(struct im_shapes *s, size_t i, struct im_date as_of,
                     struct im_arena *arena) {
    const char *from = im_shapes_text(s, i, im_shapes_field(s, "from"), arena);
    const char *to = im_shapes_text(s, i, im_shapes_field(s, "to"), arena);
    struct im_date first = {0}, last = {0};
    if ((from[0] && !im_date_parse(from, strlen(from), &first)) ||
        (to[0] && !im_date_parse(to, strlen(to), &last))) {
        return false;
    }
    return im_date_is_set(as_of) ? im_date_within(as_of, first, last)
                                 : !im_date_is_set(last);
}

static bool in_worldview(const char *list, const char *name) {
    size_t n = strlen(name);
    for (const char *p = list; p != NULL && *p; p = strchr(p, ',')) {
        p += *p == ',';
        if (strncmp(p, name, n) == 0 && (p[n] == ',' || p[n] == '\0')) {
            return true;
        }
    }
    return false;
}

static enum im_line_class extra_class(const char *text) {
    if (strcmp(text, "former_oblast") == 0) {
        return IM_LC_FORMER;
    }
    if (strcmp(text, "undetermined") == 0) {
        return IM_LC_UNDETERMINED;
    }
    return strcmp(text, "claim") == 0 ? IM_LC_DISPUTED : IM_LC_CEASEFIRE;
}

/* Lines of one name and class become one border, so that their dashes run on. */
static void add_extra(struct im_arena *arena, const struct im_basemap_request *rq,
                      struct im_shapes *s, size_t i, struct im_basemap *out) {
    const char *worldviews =
        im_shapes_text(s, i, im_shapes_field(s, "worldviews"), arena);
    struct im_box box;
    struct im_lines lines = {0};
    if (!im_shapes_box(s, i, &box) || !im_box_meets(box, rq->view->cover) ||
        !in_worldview(worldviews, rq->spec->worldview) ||
        !valid_at(s, i, rq->spec->as_of, arena) ||
        !im_shapes_read(s, i, arena, &lines)) {
        return;
    }
    struct im_border b = {
        extra_class(im_shapes_text(s, i, im_shapes_field(s, "class"), arena)),
        {0},
        im_shapes_text(s, i, im_shapes_field(s, "name"), arena),
        (double)im_shapes_long(s, i, im_shapes_field(s, "acc_m"), 0)};
    im_project_arcs(arena, rq->view, &lines, &b.paths);
    for (size_t k = 0; k < out->border_count; k++) {
        struct im_border *o = &out->borders[k];
        if (o->line_class == b.line_class && strcmp(o->name, b.name) == 0) {
            for (size_t p = 0; p < b.paths.n; p++) {
                IM_PUSH(arena, o->paths.v, o->paths.n, o->paths.cap, b.paths.v[p]);
            }
            return;
        }
    }
    im_add_border(arena, out, b);
}

enum incmap_status im_make_disputed(struct im_arena *arena,
                                    const struct im_basemap_request *rq,
                                    struct im_basemap *out, struct incmap_error *err) {
    struct im_shapes *s = NULL;
    enum incmap_status status =
        im_bundled_open(rq->geodata, arena, "disputed", &s, err);
    if (status != INCMAP_OK) {
        return status;
    }
    for (size_t i = 0; i < im_shapes_count(s); i++) {
        add_extra(arena, rq, s, i, out);
    }
    return INCMAP_OK;
}
