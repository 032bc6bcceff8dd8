/* Levels of detail: their lines without vertices, and which one suits a view. */
#include "basemap/compiled.h"
#include <setjmp.h>
#include <string.h>

static const struct im_level_source levels[IM_LEVELS] = {
    {.name = "large",
     .file = "lines-caucasus",
     .source_scale = 1e6,
     .use_below = 2.5e6,
     .has_cover = true,
     .cover = {39.5, 37.6, 51.0, 44.4},
     // The Caspian: its eastern shore begins beyond these, as lines-world has it.
     .sea = {{51.0, 37.6, 52.35, 42.4},
             {51.0, 37.6, 51.75, 42.95},
             {51.0, 37.6, 51.2, 43.4}},
     .lakes = "lakes-caucasus",
     .rivers = "rivers-caucasus"},
    {.name = "world",
     .file = "lines-world",
     .source_scale = 2.5e6,
     .lakes = "lakes-world"},
};

const struct im_level_source *im_level_source(int level) {
    return &levels[level];
}

static unsigned char parse_class(struct im_bytes text) {
    static const struct {
        const char *text;
        unsigned char value;
    } known[] = {
        {"province", IM_LC_PROVINCE},         {"coast", IM_LC_COAST},
        {"country", IM_LC_COUNTRY},           {"disputed", IM_LC_DISPUTED},
        {"undetermined", IM_LC_UNDETERMINED}, {"ceasefire", IM_LC_CEASEFIRE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i].text) == text.n &&
            memcmp(known[i].text, text.data, text.n) == 0) {
            return known[i].value;
        }
    }
    return IM_ARC_HIDDEN; // seam, frame
}

static int side(const struct im_geodata *g, long id) {
    if (id <= 0) {
        return id < 0 ? IM_OUTSIDE : IM_SEA;
    }
    return im_unit_index(g, id);
}

struct sides {
    int left, right; /* columns */
};

static void read_arc(const struct im_geodata *g, const struct im_level *level, size_t i,
                     struct sides c) {
    struct im_shapes *s = level->lines;
    struct im_arc_info *a = &level->found[i];
    struct im_sketch sketch;
    if (!im_shapes_sketch(s, i, &sketch)) {
        a->left = a->right = IM_OUTSIDE;
        a->line_class[IM_UN] = a->line_class[IM_DE_FACTO] = IM_ARC_HIDDEN;
        a->seen = true;
        return;
    }
    a->box = sketch.box;
    a->from = sketch.first;
    a->to = sketch.last;
    a->left = side(g, im_shapes_long(s, i, c.left, -1));
    a->right = side(g, im_shapes_long(s, i, c.right, -1));
}

const struct im_arc_info *im_arc_look(const struct im_level *level, size_t arc) {
    if (!level->arcs[arc].seen) {
        struct im_arc_info *a = &level->found[arc];
        struct im_shapes *s = level->lines;
        a->line_class[IM_UN] = parse_class(im_shapes_raw(s, arc, level->class_un));
        a->line_class[IM_DE_FACTO] =
            parse_class(im_shapes_raw(s, arc, level->class_df));
        a->accuracy_m = (float)im_shapes_long(s, arc, level->accuracy, 0);
        a->seen = true;
    }
    return &level->arcs[arc];
}

/* Where units lie, while their arcs are read. */
struct spread {
    struct im_box *box;
    bool *cut;
};

static void widen(const struct spread *units, const struct im_arc_info *a) {
    for (int k = 0; k < 2; k++) {
        int unit = k == 0 ? a->left : a->right, other = k == 0 ? a->right : a->left;
        if (unit < 0) {
            continue;
        }
        struct im_box *b = &units->box[unit];
        bool first = b->west > b->east;
        b->west = first || a->box.west < b->west ? a->box.west : b->west;
        b->east = first || a->box.east > b->east ? a->box.east : b->east;
        b->south = first || a->box.south < b->south ? a->box.south : b->south;
        b->north = first || a->box.north > b->north ? a->box.north : b->north;
        units->cut[unit] = units->cut[unit] || other == IM_OUTSIDE;
    }
}

static struct spread start_units(const struct im_geodata *g, struct im_level *level) {
    struct spread out = {im_alloc(g->state->arena, g->unit_count, sizeof *out.box),
                         im_alloc(g->state->arena, g->unit_count, sizeof *out.cut)};
    for (size_t i = 0; i < g->unit_count; i++) {
        out.box[i].west = 1;
    }
    level->unit_box = out.box;
    level->unit_cut = out.cut;
    return out;
}

/* List the arcs of each unit. */
static void list_by_unit(const struct im_geodata *g, struct im_level *level) {
    uint32_t *first =
        im_alloc(g->state->arena, g->unit_count + 2, sizeof *first); // one too far
    for (size_t i = 0; i < level->n; i++) {
        const struct im_arc_info *a = &level->arcs[i];
        first[a->left >= 0 ? a->left + 2 : 0]++;
        first[a->right >= 0 && a->right != a->left ? a->right + 2 : 0]++;
    }
    first[0] = 0; // sides that are no unit
    for (size_t u = 1; u < g->unit_count + 2; u++) {
        first[u] += first[u - 1];
    }
    uint32_t *arcs =
        im_alloc(g->state->arena, first[g->unit_count + 1] + 1, sizeof *arcs);
    for (size_t i = 0; i < level->n; i++) {
        const struct im_arc_info *a = &level->arcs[i];
        if (a->left >= 0) {
            arcs[first[a->left + 1]++] = (uint32_t)i;
        }
        if (a->right >= 0 && a->right != a->left) {
            arcs[first[a->right + 1]++] = (uint32_t)i;
        }
    }
    level->first_arc = first;
    level->unit_arcs = arcs;
}

static enum incmap_status read_arcs(const struct im_geodata *g, struct im_level *level,
                                    struct incmap_error *err) {
    struct im_shapes *s = level->lines;
    struct sides c = {im_shapes_field(s, "left"), im_shapes_field(s, "right")};
    level->class_un = im_shapes_field(s, "class_un");
    level->class_df = im_shapes_field(s, "class_df");
    level->accuracy = im_shapes_field(s, "acc_m");
    if (c.left < 0 || c.right < 0 || level->class_un < 0 || level->class_df < 0 ||
        level->accuracy < 0) {
        return im_fail(err, INCMAP_E_GEODATA, IM_FILE(level->source->file),
                       "the bundled lines lack a column (install the data again)");
    }
    level->n = im_shapes_count(s);
    level->found = im_alloc(g->state->arena, level->n + 1, sizeof *level->found);
    level->arcs = level->found;
    struct spread units = start_units(g, level);
    for (size_t i = 0; i < level->n; i++) {
        read_arc(g, level, i, c);
        widen(&units, &level->arcs[i]);
    }
    im_level_shelve(g->state->arena, level);
    list_by_unit(g, level);
    im_shapes_forget(s);
    return im_bundled_sound(g, err);
}

static enum incmap_status read_guarded(const struct im_geodata *g, struct im_level *l,
                                       struct incmap_error *err) {
    jmp_buf here, *before = im_arena_catch(g->state->arena, &here);
    if (setjmp(here) != 0) {
        im_arena_catch(g->state->arena, before);
        return im_fail(err, INCMAP_E_LIMIT, IM_FILE(l->source->file),
                       "no memory for the bundled data");
    }
    enum incmap_status s = read_arcs(g, l, err);
    im_arena_catch(g->state->arena, before);
    return s;
}

enum incmap_status im_level_open(const struct im_geodata *g, int level,
                                 struct im_level **out, struct incmap_error *err) {
    struct im_level *l = &g->state->level[level];
    *out = l;
    l->source = &levels[level];
    enum incmap_status s = im_bundled_open(g, l->source->file, &l->lines, err);
    if (s == INCMAP_OK && l->arcs == NULL && !im_compiled_level(g, l)) {
        s = read_guarded(g, l, err);
    }
    return s;
}

bool im_level_line(const struct im_level *level, size_t arc, struct im_arena *arena,
                   struct im_line *out) {
    size_t n = im_shapes_vertices(level->lines, arc, NULL, 0);
    *out = (struct im_line){im_alloc_raw(arena, n, sizeof *out->v), n};
    return n > 0 && im_shapes_vertices(level->lines, arc, out->v, n) == n;
}

// Everything in view is in the data, or in what is known to be sea.
static bool within(const struct im_level_source *l, struct im_box c) {
    if (!l->has_cover) {
        return true;
    }
    if (c.west > c.east || c.west < l->cover.west || c.south < l->cover.south ||
        c.north > l->cover.north) {
        return false;
    }
    bool fits = c.east <= l->cover.east;
    for (size_t i = 0; i < 3; i++) {
        fits = fits || (c.east <= l->sea[i].east && c.north <= l->sea[i].north);
    }
    return fits;
}

int im_level_for(const struct im_view *view) {
    double scale = view->ground_m_per_pt / (0.0254 / 72); // a point is 1/72 inch
    for (int i = 0; i < IM_LEVELS; i++) {
        double finest = levels[i].use_below;
        if (within(&levels[i], view->cover) && (finest <= 0 || scale < finest)) {
            return i;
        }
    }
    return IM_WORLD;
}
