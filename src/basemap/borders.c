/* Border lines by class: bundled arcs, and the extra disputed lines valid at the date.
 */
#include "base/buf.h"
#include "basemap/geodata.h"
#include "geo/box.h"
#include "geo/chain.h"
#include "text/text.h"
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

/* A line that came back to its start is a closed path, with a join instead of two ends.
 */
static void close_paths(struct im_paths *paths, size_t from) {
    for (size_t i = from; i < paths->n; i++) {
        struct im_path *p = &paths->v[i];
        if (p->n > 3 && p->v[0].x == p->v[p->n - 1].x &&
            p->v[0].y == p->v[p->n - 1].y) {
            p->n--;
            p->closed = true;
        }
    }
}

void im_project_lines(struct im_arena *arena, const struct im_view *view,
                      const struct im_lines *arcs, struct im_paths *out) {
    struct im_arc *list = im_alloc(arena, arcs->n + 1, sizeof *list);
    struct im_runs runs = {0};
    size_t from = out->n;
    for (size_t i = 0; i < arcs->n; i++) {
        const struct im_line *a = &arcs->v[i];
        list[i] = (struct im_arc){a->v[0], a->v[a->n - 1], i, false};
    }
    im_chain_lines(arena, list, arcs->n, &runs);
    for (size_t i = 0; i < runs.n; i++) {
        struct im_line line = {NULL, 0};
        join(arena, arcs, &runs.v[i], &line);
        im_view_line(view, arena, &line, out);
    }
    close_paths(out, from);
}

/* ---- bundled lines -------------------------------------------------------- */

/* Lines between units that are specks on the page would be a grey mesh. */
static bool too_fine(const struct im_basemap_request *rq, const struct im_arc_info *a) {
    const double least = 12; // points, side of a square as large as the unit
    for (int k = 0; k < 2; k++) {
        double km2 = im_unit_area_km2(rq->geodata, k == 0 ? a->left : a->right);
        if (sqrt(km2) * 1000 < least * rq->view->ground_m_per_pt) {
            return true;
        }
    }
    return false;
}

struct arc_list {
    size_t *v, n, cap;
};

/* Lines that everybody knows. */
static bool is_plain(unsigned char c) {
    return c == IM_LC_COAST || c == IM_LC_COUNTRY || c == IM_LC_PROVINCE;
}

static void collect(const struct im_basemap_request *rq, struct im_net *net,
                    const struct im_worldview *worldview, bool coast_only,
                    struct arc_list *arcs, double *accuracy) {
    size_t n = net->level->n;
    for (size_t i = 0; (i = im_next_set(net->in_view, i, n)) < n; i++) {
        const struct im_arc_info *a = im_arc_look(net->level, i);
        unsigned char c = im_arc_class(rq->geodata, worldview, a);
        if (c == IM_ARC_HIDDEN || (coast_only && c != IM_LC_COAST) ||
            (rq->survey && is_plain(c)) ||
            (c == IM_LC_PROVINCE && (rq->locator || too_fine(rq, a)))) {
            continue;
        }
        const struct im_traced *t = im_net_arc(net, i);
        if (t->line.n >= 2 && !t->tiny) {
            IM_PUSH(net->arena, arcs[c].v, arcs[c].n, arcs[c].cap, i);
            accuracy[c] = fmax(accuracy[c], (double)a->accuracy_m);
        }
    }
}

void im_make_borders(const struct im_basemap_request *rq, struct im_net *net,
                     const struct im_worldview *worldview, bool coast_only,
                     struct im_basemap *out) {
    struct arc_list arcs[IM_LC_COUNT];
    double accuracy[IM_LC_COUNT] = {0};
    memset(arcs, 0, sizeof arcs);
    collect(rq, net, worldview, coast_only, arcs, accuracy);
    for (int c = 0; c < IM_LC_COUNT; c++) {
        struct im_border b = {(enum im_line_class)c, {0}, "", accuracy[c]};
        im_net_stroke(net, arcs[c].v, arcs[c].n, &b.paths);
        im_add_border(net->arena, out, b);
    }
    out->accuracy_m = accuracy[IM_LC_COUNTRY];
}

/* ---- lines with dates ----------------------------------------------------- */

static enum im_validity valid_between(struct im_date begin, struct im_date end,
                                      const char *from, const char *to) {
    struct im_date first = {0}, last = {0};
    if ((from[0] && !im_date_parse(from, strlen(from), &first)) ||
        (to[0] && !im_date_parse(to, strlen(to), &last))) {
        return IM_INVALID;
    }
    if (!im_date_is_set(begin) && !im_date_is_set(end)) {
        return im_date_is_set(last) ? IM_INVALID : IM_VALID;
    }
    long valid_from = im_date_first_day(first), valid_to = im_date_last_day(last);
    long map_from = im_date_first_day(begin), map_to = im_date_last_day(end);
    if (valid_to < map_from || valid_from > map_to) {
        return IM_INVALID;
    }
    return valid_from <= map_from && valid_to >= map_to ? IM_VALID : IM_VALID_PARTLY;
}

enum im_validity im_valid_at(const struct im_spec *spec, const char *from,
                             const char *to) {
    bool dated = im_date_is_set(spec->as_of);
    return valid_between(dated ? spec->as_of : spec->from,
                         dated ? spec->as_of : spec->to, from, to);
}

bool im_valid_for(const struct im_basemap_request *rq, struct im_where where,
                  const char *what, const char *from, const char *to) {
    enum im_validity now = im_valid_at(rq->spec, from, to), then = now;
    const char *since = from[0] ? from : "always", *until = to[0] ? to : "today";
    bool dated = im_date_is_set(rq->first) && im_date_is_set(rq->last);
    if (dated) {
        then = valid_between(rq->first, rq->last, from, to);
    }
    if (now == IM_VALID_PARTLY) {
        im_finding(rq->findings, IM_F_BORDER_DATE, where, "set as_of",
                   "%s (%s to %s) holds on a part of the map's days only", what, since,
                   until);
    } else if (now == IM_VALID && then != IM_VALID) {
        im_finding(rq->findings, IM_F_BORDER_DATE, where,
                   "set as_of, or --from and --to",
                   "%s (%s to %s) is drawn but holds on %s of the incidents' days",
                   what, since, until, then == IM_INVALID ? "none" : "a part");
    } else if (now == IM_INVALID && dated && then != IM_INVALID) {
        im_finding(rq->findings, IM_F_BORDER_DATE, where,
                   "set as_of, or --from and --to",
                   "%s (%s to %s) is not drawn but holds on %s of the incidents' days",
                   what, since, until, then == IM_VALID ? "all" : "a part");
    }
    return now != IM_INVALID;
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

struct extra_columns {
    int line_class, name, from, to, worldviews, accuracy;
};

/* Is record i wanted on this map? Dates that do not suit it are findings. */
static bool wanted(struct im_arena *arena, const struct im_basemap_request *rq,
                   const struct im_worldview *w, const struct im_shapes *s, size_t i,
                   const struct extra_columns *c) {
    if (!im_box_meets(im_bundled_boxes(rq->geodata, s)[i], rq->view->cover) ||
        !im_worldview_shows(rq->geodata, w,
                            im_shapes_text(s, i, c->worldviews, arena))) {
        return false;
    }
    const char *from = im_shapes_text(s, i, c->from, arena);
    const char *to = im_shapes_text(s, i, c->to, arena);
    const char *name = im_shapes_text(s, i, c->name, arena);
    return im_valid_for(rq, IM_NOWHERE, im_format(arena, "the line '%s'", name), from,
                        to);
}

struct extra {
    enum im_line_class line_class;
    const char *name;
    double accuracy_m;
    struct im_lines lines;
};
struct extras {
    struct extra *v;
    size_t n, cap;
};

/* Lines of one name and class become one border, so that their dashes run on. */
static struct extra *extra_of(struct im_arena *arena, struct extras *all,
                              enum im_line_class line_class, const char *name) {
    for (size_t i = 0; i < all->n; i++) {
        if (all->v[i].line_class == line_class && strcmp(all->v[i].name, name) == 0) {
            return &all->v[i];
        }
    }
    struct extra e = {line_class, name, 0, {NULL, 0, 0}};
    IM_PUSH(arena, all->v, all->n, all->cap, e);
    return &all->v[all->n - 1];
}

static void add_extra(struct im_arena *arena, struct im_shapes *s, size_t i,
                      const struct extra_columns *c, struct extras *all) {
    struct im_lines parts;
    if (!im_shapes_read(s, i, arena, &parts)) {
        return;
    }
    const char *kind = im_shapes_text(s, i, c->line_class, arena);
    struct extra *e =
        extra_of(arena, all, extra_class(kind), im_shapes_text(s, i, c->name, arena));
    e->accuracy_m = fmax(e->accuracy_m, (double)im_shapes_long(s, i, c->accuracy, 0));
    for (size_t k = 0; k < parts.n; k++) {
        IM_PUSH(arena, e->lines.v, e->lines.n, e->lines.cap, parts.v[k]);
    }
}

enum incmap_status im_make_disputed(struct im_arena *arena,
                                    const struct im_basemap_request *rq,
                                    const struct im_worldview *worldview,
                                    struct im_basemap *out, struct incmap_error *err) {
    struct im_shapes *s = NULL;
    struct extras all = {NULL, 0, 0};
    enum incmap_status status = im_bundled_open(rq->geodata, "disputed", &s, err);
    if (status != INCMAP_OK) {
        return status;
    }
    struct extra_columns c = {
        im_shapes_field(s, "class"),      im_shapes_field(s, "name"),
        im_shapes_field(s, "from"),       im_shapes_field(s, "to"),
        im_shapes_field(s, "worldviews"), im_shapes_field(s, "acc_m")};
    for (size_t i = 0; i < im_shapes_count(s); i++) {
        if (wanted(arena, rq, worldview, s, i, &c)) {
            add_extra(arena, s, i, &c, &all);
        }
    }
    for (size_t i = 0; i < all.n; i++) {
        const char *name = im_feature_name(rq->spec->language, all.v[i].name);
        struct im_border b = {all.v[i].line_class, {0}, name, all.v[i].accuracy_m};
        im_project_lines(arena, rq->view, &all.v[i].lines, &b.paths);
        im_paths_thin(arena, &b.paths);
        im_add_border(arena, out, b);
    }
    return INCMAP_OK;
}
