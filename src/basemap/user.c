/*
 * Users' own borders. All files become one net of arcs: what two polygons share, or a
 * polygon and a line, is simplified and stroked once. Between two owners it is a
 * border, within one owner a province line, with an area on one hand only a coast.
 */
#include "basemap/user.h"
#include "geo/box.h"
#include "geo/orient.h"
#include "geo/topology.h"
#include <math.h>
#include <string.h>

/* A record in view: whose land it is (-1: it is a line) and what its attribute says. */
struct record {
    int ground;
    int line_class; /* im_line_class or IM_CLASS_NONE */
};

/* What the files have given so far. */
struct gathered {
    struct im_user_grounds grounds;
    struct record *records;
    size_t record_count, record_cap;
    struct im_topo_chain *chains;
    size_t chain_count, chain_cap;
    struct im_box box; /* of all that was read, in view or not */
    bool any;
};

static void widen(struct gathered *all, struct im_box b) {
    all->box = all->any ? (struct im_box){fmin(all->box.west, b.west),
                                          fmin(all->box.south, b.south),
                                          fmax(all->box.east, b.east),
                                          fmax(all->box.north, b.north)}
                        : b;
    all->any = true;
}

/* Parts that the map cannot show are dropped, in place; false: none is left. */
static bool keep_visible(const struct im_basemap_request *rq, struct gathered *all,
                         struct im_lines *lines) {
    size_t kept = 0;
    for (size_t k = 0; k < lines->n; k++) {
        struct im_box box = im_line_box(&lines->v[k]);
        widen(all, box);
        // Over more than half of the globe an edge goes the other way round.
        if (box.east - box.west > 180 || im_box_meets(box, rq->view->cover)) {
            lines->v[kept++] = lines->v[k];
        }
    }
    lines->n = kept;
    return kept > 0;
}

static const char *text_of(const struct im_user_file *f, size_t i, int column,
                           struct im_arena *arena) {
    return column >= 0 ? im_shapes_text(f->shapes, i, column, arena) : "";
}

static int class_of(struct im_arena *arena, const struct im_basemap_request *rq,
                    const struct im_user_file *f, size_t i) {
    const char *text = text_of(f, i, f->line_class, arena);
    int c = im_class_of(text);
    if (c == IM_CLASS_NONE && text[0] != '\0' && f->spec->class_field != NULL &&
        f->spec->class_field[0] != '\0') {
        struct im_where at = {f->spec->file, 0, 0, (long)i};
        im_finding(rq->findings, IM_F_VALUE_BAD, at,
                   "use country, province, coast, disputed, undetermined, ceasefire or "
                   "former",
                   "unknown class of border '%s': drawn as %s", text,
                   im_shapes_type(f->shapes) == IM_SHAPE_LINE ? "country" : "plain");
    }
    return c;
}

static void add_record(struct im_arena *arena, const struct im_basemap_request *rq,
                       const struct im_user_file *f, size_t i, struct gathered *all) {
    struct im_lines lines;
    bool area = im_shapes_type(f->shapes) == IM_SHAPE_POLYGON;
    if (!im_user_record(f->shapes, i, f->crs, arena, &lines)) {
        return;
    }
    if (area) {
        im_rings_orient(arena, &lines);
    }
    if (!keep_visible(rq, all, &lines)) {
        return;
    }
    struct record r = {-1, class_of(arena, rq, f, i)};
    if (area) {
        r.ground = im_user_ground(arena, rq->geodata, &all->grounds,
                                  text_of(f, i, f->code, arena),
                                  text_of(f, i, f->name, arena));
    }
    for (size_t k = 0; k < lines.n; k++) {
        struct im_topo_chain c = {lines.v[k], area, (int)all->record_count};
        IM_PUSH(arena, all->chains, all->chain_count, all->chain_cap, c);
    }
    IM_PUSH(arena, all->records, all->record_count, all->record_cap, r);
}

static enum incmap_status add_file(struct im_arena *arena,
                                   const struct im_basemap_request *rq,
                                   const struct im_spec_borders *spec,
                                   struct gathered *all, struct incmap_error *err) {
    struct im_user_file f = {.spec = spec};
    enum incmap_status s = im_user_open(arena, rq, &f, err);
    if (s != INCMAP_OK) {
        return s;
    }
    for (size_t i = 0; i < im_shapes_count(f.shapes); i++) {
        add_record(arena, rq, &f, i, all);
    }
    return im_user_sound(f.shapes, spec->file, err);
}

/* ---- the net -------------------------------------------------------------- */

/*
 * Vertices that the page cannot tell apart (0.05 pt) become one, at least those within
 * 20 cm. Where the data end at about +-180 degrees, an edge along that end is no coast.
 */
static struct im_topo_options options_for(const struct im_basemap_request *rq,
                                          const struct gathered *all) {
    struct im_topo_options o = {fmax(2e-6, 0.05 * rq->view->ground_m_per_pt / 111320),
                                -180, 180, -90};
    if (all->box.west > -180.001 && all->box.west < -179.5) {
        o.west = all->box.west;
    }
    if (all->box.east < 180.001 && all->box.east > 179.5) {
        o.east = all->box.east;
    }
    if (all->box.south > -90.001 && all->box.south < -89.5) {
        o.south = all->box.south;
    }
    o.west += 1e-6;
    o.east -= 1e-6;
    o.south += 1e-6;
    return o;
}

static unsigned char class_of_arc(const struct gathered *all,
                                  const struct im_topo_arc *a) {
    static const enum im_line_class strong[] = {IM_LC_CEASEFIRE, IM_LC_UNDETERMINED,
                                                IM_LC_DISPUTED};
    if (a->seam || (a->left >= 0 && a->left == a->right)) {
        return IM_ARC_HIDDEN;
    }
    if (a->drawn >= 0) {
        int c = all->records[a->drawn].line_class;
        return (unsigned char)(c == IM_CLASS_NONE ? IM_LC_COUNTRY : c);
    }
    if (a->left < 0 || a->right < 0) {
        return IM_LC_COAST;
    }
    const struct record *l = &all->records[a->left], *r = &all->records[a->right];
    for (size_t i = 0; i < 3; i++) {
        if (l->line_class == (int)strong[i] || r->line_class == (int)strong[i]) {
            return (unsigned char)strong[i];
        }
    }
    return l->ground == r->ground ? IM_LC_PROVINCE : IM_LC_COUNTRY;
}

static struct im_level *level_of(struct im_arena *arena, const struct gathered *all,
                                 const struct im_topology *topo) {
    struct im_level *level = im_alloc(arena, 1, sizeof *level);
    level->n = topo->n;
    struct im_arc_info *arcs = im_alloc(arena, topo->n + 1, sizeof *arcs);
    level->memory = im_alloc(arena, topo->n + 1, sizeof *level->memory);
    for (size_t i = 0; i < topo->n; i++) {
        const struct im_line *line = &topo->arcs[i].line;
        struct im_arc_info *a = &arcs[i];
        unsigned char c = class_of_arc(all, &topo->arcs[i]);
        level->memory[i] = *line;
        a->left = a->right = IM_OUTSIDE;
        a->line_class[IM_UN] = a->line_class[IM_DE_FACTO] = c;
        a->seen = true;
        a->box = im_line_box(line);
        a->from = line->v[0];
        a->to = line->v[line->n - 1];
    }
    level->arcs = arcs;
    return level;
}

/* ---- drawing -------------------------------------------------------------- */

struct area_arcs {
    struct im_area_arc *v;
    size_t n, cap;
};

/* Arcs that chain i walks, to the list of its owner: `balance` is what is left of each
 * after those that the owner has on both hands. */
static void weigh(const struct im_topology *topo, size_t chain, int *balance) {
    for (size_t u = topo->first_use[chain]; u < topo->first_use[chain + 1]; u++) {
        balance[topo->uses[u].arc] += topo->uses[u].backward ? -1 : 1;
    }
}

static void take(struct im_arena *arena, const struct im_topology *topo, size_t chain,
                 int *balance, struct area_arcs *list) {
    for (size_t u = topo->first_use[chain]; u < topo->first_use[chain + 1]; u++) {
        size_t arc = topo->uses[u].arc;
        if (balance[arc] != 0) {
            // The area is on the right hand; im_area_arc wants it on the left.
            struct im_area_arc a = {arc, balance[arc] > 0};
            IM_PUSH(arena, list->v, list->n, list->cap, a);
            balance[arc] = 0;
        }
    }
}

static void fill_grounds(const struct im_basemap_request *rq, struct gathered *all,
                         const struct im_topology *topo, struct im_net *net) {
    int *balance = im_alloc(net->arena, topo->n + 1, sizeof *balance);
    size_t *next = im_alloc(net->arena, all->chain_count + 1, sizeof *next);
    size_t *head = im_alloc(net->arena, all->grounds.n + 1, sizeof *head);
    for (size_t c = all->chain_count; c-- > 0;) { // lists of 1 + chain, in order
        int g = all->records[all->chains[c].source].ground;
        if (g >= 0) {
            next[c] = head[g];
            head[g] = c + 1;
        }
    }
    for (size_t g = 0; g < all->grounds.n; g++) {
        struct im_ground *ground = &all->grounds.v[g];
        struct area_arcs list = {NULL, 0, 0};
        for (size_t c = head[g]; c > 0; c = next[c - 1]) {
            weigh(topo, c - 1, balance);
        }
        for (size_t c = head[g]; c > 0; c = next[c - 1]) {
            take(net->arena, topo, c - 1, balance, &list);
        }
        im_net_fill(net, list.v, list.n, &ground->paths);
        ground->area_pt2 = im_paths_area(net->arena, &ground->paths, rq->view->frame);
    }
}

static void stroke(struct im_net *net, struct im_basemap *out) {
    size_t *arcs = im_alloc(net->arena, net->level->n + 1, sizeof *arcs);
    for (int c = 0; c < IM_LC_COUNT; c++) {
        struct im_border b = {(enum im_line_class)c, {0}, "", 0};
        size_t n = 0;
        for (size_t i = 0; i < net->level->n; i++) {
            if (net->level->arcs[i].line_class[IM_UN] == c && net->in_view[i] &&
                im_net_arc(net, i)->line.n >= 2 && !im_net_arc(net, i)->tiny) {
                arcs[n++] = i;
            }
        }
        im_net_stroke(net, arcs, n, &b.paths);
        im_add_border(net->arena, out, b);
    }
}

static void draw(struct im_arena *arena, const struct im_basemap_request *rq,
                 struct gathered *all, struct im_basemap *out) {
    struct im_topology topo;
    struct im_topo_options options = options_for(rq, all);
    im_topology_make(arena, all->chains, all->chain_count, &options, &topo);
    struct im_net net = im_net_new(arena, level_of(arena, all, &topo), rq->view);
    im_net_settle(&net);
    fill_grounds(rq, all, &topo, &net);
    if (all->grounds.n > 0) { // else the bundled land stays
        out->grounds = all->grounds.v;
        out->ground_count = all->grounds.n;
    }
    stroke(&net, out);
}

/* ---- the files ------------------------------------------------------------ */

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

static bool is_valid(const struct im_basemap_request *rq,
                     const struct im_spec_borders *b) {
    const char *from = or_empty(b->from), *to = or_empty(b->to);
    size_t before = rq->findings->n;
    bool valid = im_valid_for(rq, IM_FILE(b->file), "this border file", from, to);
    if (!valid && rq->findings->n == before) {
        im_finding(rq->findings, IM_F_BORDER_DATE, IM_FILE(b->file), "set as_of",
                   "this border file (%s to %s) holds on none of the map's days and is "
                   "not drawn",
                   from[0] ? from : "always", to[0] ? to : "today");
    }
    return valid;
}

static void tell_empty(const struct im_basemap_request *rq,
                       const struct gathered *all) {
    struct im_where at = IM_FILE(rq->spec->borders[0].file);
    if (all->any) {
        im_finding(rq->findings, IM_F_LAYER_EMPTY, at,
                   "check its .prj, or move the map",
                   "the border file has nothing inside the map (it reaches from %.4g, "
                   "%.4g to %.4g, %.4g degrees); the bundled borders are drawn",
                   all->box.west, all->box.south, all->box.east, all->box.north);
    } else {
        im_finding(rq->findings, IM_F_LAYER_EMPTY, at, "",
                   "the border file is empty; the bundled borders are drawn");
    }
}

enum incmap_status im_make_user(struct im_arena *arena,
                                const struct im_basemap_request *rq,
                                struct im_basemap *out, enum im_user_part *part,
                                struct incmap_error *err) {
    struct gathered all;
    bool read = false;
    memset(&all, 0, sizeof all);
    *part = IM_USER_NOTHING;
    for (size_t i = 0; i < rq->spec->border_count; i++) {
        if (is_valid(rq, &rq->spec->borders[i])) {
            enum incmap_status s =
                add_file(arena, rq, &rq->spec->borders[i], &all, err);
            if (s != INCMAP_OK) {
                return s;
            }
            read = true;
        }
    }
    if (all.chain_count > 0) {
        draw(arena, rq, &all, out);
        *part = all.grounds.n > 0 ? IM_USER_AREAS : IM_USER_LINES;
    } else if (read) {
        tell_empty(rq, &all);
    }
    return INCMAP_OK;
}
