/* Opening the bundled data: unit and owner tables at once, shapefiles when first used.
 */
#include "basemap/geodata.h"
#include "base/buf.h"
#include "base/num.h"
#include <string.h>

enum { MAX_COLUMNS = 20, MAX_UNIT_ID = 100000 };

static const struct im_level levels[IM_LEVELS] = {
    {.name = "large",
     .file = "lines-caucasus",
     .source_scale = 1e6,
     .has_cover = true,
     .cover = {39.5, 37.6, 51.0, 44.4},
     .lakes = "lakes-caucasus",
     .rivers = "rivers-caucasus"},
    {.name = "world",
     .file = "lines-world",
     .source_scale = 2.5e6,
     .lakes = "lakes-world"},
};

int im_worldview_index(const char *name) {
    if (strcmp(name, "un") == 0) {
        return IM_UN;
    }
    return strcmp(name, "de-facto") == 0 ? IM_DE_FACTO : -1;
}

/* Cut a line of a TSV at its tabs, in place; columns beyond the last are "". */
static void split(char *line, char *column[MAX_COLUMNS]) {
    static char empty[] = "";
    for (size_t i = 0; i < MAX_COLUMNS; i++) {
        column[i] = empty;
    }
    for (size_t i = 0; i < MAX_COLUMNS && line != NULL; i++) {
        column[i] = line;
        line = strchr(line, '\t');
        if (line != NULL) {
            *line++ = '\0';
        }
    }
}

static double number(const char *text) {
    double v = 0;
    return im_num_parse(text, strlen(text), &v) ? v : 0;
}

static int find_owner(struct im_geodata *g, const char *code) {
    for (size_t i = 0; i < g->owner_count; i++) {
        if (strcmp(g->owners[i].code, code) == 0) {
            return (int)i;
        }
    }
    struct im_owner o = {code, code};
    IM_PUSH(g->arena, g->owners, g->owner_count, g->owner_cap, o);
    return (int)g->owner_count - 1;
}

static void add_owner(struct im_geodata *g, char *column[MAX_COLUMNS]) {
    struct im_owner o = {column[0], column[1]};
    IM_PUSH(g->arena, g->owners, g->owner_count, g->owner_cap, o);
}

static void add_unit(struct im_geodata *g, char *column[MAX_COLUMNS]) {
    int64_t id = 0;
    if (!im_int_parse(column[0], strlen(column[0]), &id) || id < 1 ||
        id >= MAX_UNIT_ID) {
        return;
    }
    struct im_unit u = {.id = (long)id, .code = column[4], .name = column[6]};
    u.owner[IM_UN] = find_owner(g, column[2]);
    u.owner[IM_DE_FACTO] = find_owner(g, column[3]);
    u.box = (struct im_box){number(column[11]), number(column[12]), number(column[13]),
                            number(column[14])};
    g->unit_of_id[id] = (int)g->unit_count;
    IM_PUSH(g->arena, g->units, g->unit_count, g->unit_cap, u);
}

/* Call `add` for every line after the header. */
static enum incmap_status read_table(struct im_geodata *g, const char *file,
                                     void (*add)(struct im_geodata *, char **),
                                     struct incmap_error *err) {
    struct im_bytes bytes;
    char *column[MAX_COLUMNS];
    enum incmap_status s = im_file_map(g->arena, im_path_join(g->arena, g->dir, file),
                                       INCMAP_E_GEODATA, &bytes, err);
    if (s != INCMAP_OK) {
        return s;
    }
    char *line = im_strndup(g->arena, bytes.data, bytes.n);
    bool header = true;
    while (line != NULL && *line != '\0') {
        char *next = strchr(line, '\n');
        if (next != NULL) {
            *next++ = '\0';
        }
        if (!header) {
            split(line, column);
            add(g, column);
        }
        header = false;
        line = next;
    }
    return INCMAP_OK;
}

enum incmap_status im_geodata_open(struct im_arena *arena, const char *dir,
                                   struct im_geodata **out, struct incmap_error *err) {
    struct im_geodata *g = im_alloc(arena, 1, sizeof *g);
    *out = NULL;
    g->arena = arena;
    g->dir = im_strdup(arena, dir);
    im_findings_init(&g->findings, arena);
    memcpy(g->level, levels, sizeof levels);
    g->id_count = MAX_UNIT_ID;
    g->unit_of_id = im_alloc(arena, MAX_UNIT_ID, sizeof *g->unit_of_id);
    for (long i = 0; i < MAX_UNIT_ID; i++) {
        g->unit_of_id[i] = -1;
    }
    enum incmap_status s = read_table(g, "owners.tsv", add_owner, err);
    if (s == INCMAP_OK) {
        s = read_table(g, "units.tsv", add_unit, err);
    }
    if (s == INCMAP_OK && (g->unit_count == 0 || g->owner_count == 0)) {
        s = im_fail(err, INCMAP_E_GEODATA, IM_FILE(g->dir),
                    "the tables of units and owners are empty");
    }
    *out = s == INCMAP_OK ? g : NULL;
    return s;
}

enum incmap_status im_bundled_open(const struct im_geodata *g, struct im_arena *arena,
                                   const char *file, struct im_shapes **out,
                                   struct incmap_error *err) {
    struct im_geodata *open =
        (struct im_geodata *)g; // opening fills what is read later
    const char *name = im_format(arena, "%s.shp", file);
    const char *path = im_path_join(arena, g->dir, name);
    struct im_shapes_options options = {INCMAP_E_GEODATA, &open->findings};
    bool known = false;
    for (size_t i = 0; i < g->used.n; i++) {
        known = known || strcmp(g->used.v[i], name) == 0;
    }
    if (!known) {
        IM_PUSH(open->arena, open->used.v, open->used.n, open->used.cap,
                im_strdup(open->arena, name));
    }
    return im_shapes_open(arena, path, options, out, err);
}

static unsigned char parse_class(const char *text) {
    static const struct {
        const char *text;
        unsigned char value;
    } known[] = {
        {"country", IM_LC_COUNTRY},
        {"province", IM_LC_PROVINCE},
        {"coast", IM_LC_COAST},
        {"disputed", IM_LC_DISPUTED},
        {"undetermined", IM_LC_UNDETERMINED},
        {"ceasefire", IM_LC_CEASEFIRE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(text, known[i].text) == 0) {
            return known[i].value;
        }
    }
    return IM_ARC_HIDDEN; // seam, frame
}

static int side(const struct im_geodata *g, long id) {
    if (id <= 0 || id >= g->id_count) {
        return id < 0 ? -2 : -1;
    }
    return g->unit_of_id[id];
}

static void read_arcs(const struct im_geodata *g, struct im_level *level) {
    struct im_shapes *s = level->lines;
    int left = im_shapes_field(s, "left"), right = im_shapes_field(s, "right");
    int un = im_shapes_field(s, "class_un"), df = im_shapes_field(s, "class_df");
    int acc = im_shapes_field(s, "acc_m");
    level->n = im_shapes_count(s);
    level->arcs = im_alloc(g->arena, level->n + 1, sizeof *level->arcs);
    struct im_arena *scratch = g->arena;
    for (size_t i = 0; i < level->n; i++) {
        struct im_arc_info *a = &level->arcs[i];
        a->left = side(g, im_shapes_long(s, i, left, -1));
        a->right = side(g, im_shapes_long(s, i, right, -1));
        a->line_class[IM_UN] = parse_class(im_shapes_text(s, i, un, scratch));
        a->line_class[IM_DE_FACTO] = parse_class(im_shapes_text(s, i, df, scratch));
        a->accuracy_m = (float)im_shapes_long(s, i, acc, 0);
        if (!im_shapes_box(s, i, &a->box) || !im_shapes_ends(s, i, &a->from, &a->to)) {
            a->left = a->right = -1;
            a->line_class[IM_UN] = a->line_class[IM_DE_FACTO] = IM_ARC_HIDDEN;
        }
    }
}

enum incmap_status im_level_open(const struct im_geodata *g, int level,
                                 struct im_level **out, struct incmap_error *err) {
    struct im_level *l = &((struct im_geodata *)g)->level[level]; // filled on first use
    *out = l;
    if (l->lines != NULL) {
        return INCMAP_OK;
    }
    enum incmap_status s = im_bundled_open(g, g->arena, l->file, &l->lines, err);
    if (s == INCMAP_OK) {
        read_arcs(g, l);
    }
    return s;
}

/* One point is 1/72 inch on the page. */
static double scale_of(const struct im_view *view) {
    return view->ground_m_per_pt / (0.0254 / 72.0);
}

int im_level_for(const struct im_geodata *g, const struct im_view *view) {
    const struct im_level *large = &g->level[IM_LARGE];
    const struct im_box *c = &view->cover, *d = &large->cover;
    bool inside = c->west >= d->west && c->east <= d->east && c->west <= c->east &&
                  c->south >= d->south && c->north <= d->north;
    return inside && scale_of(view) < 2.5e6 ? IM_LARGE : IM_WORLD;
}

static void check_scale(const struct im_basemap_request *rq, const struct im_level *l) {
    double scale = scale_of(rq->view);
    if (scale < l->source_scale) {
        im_finding(rq->findings, IM_F_BORDER_COARSE, IM_FILE(l->file),
                   "give finer borders with --borders, or widen the map",
                   "at about 1:%.0f the map is finer than its border lines, which are "
                   "right for 1:%.0f",
                   scale, l->source_scale);
    }
}

static enum incmap_status bundled(struct im_arena *arena,
                                  const struct im_basemap_request *rq,
                                  struct im_basemap *out, struct incmap_error *err) {
    struct im_level *level = NULL;
    int worldview = im_worldview_index(rq->spec->worldview);
    enum incmap_status s =
        im_level_open(rq->geodata, im_level_for(rq->geodata, rq->view), &level, err);
    if (s != INCMAP_OK) {
        return s;
    }
    out->level = level->name;
    check_scale(rq, level);
    im_make_grounds(arena, rq, level, worldview, out);
    im_make_borders(arena, rq, level, worldview, out);
    s = im_make_disputed(arena, rq, out, err);
    return s != INCMAP_OK ? s : im_make_waters(arena, rq, level, out, err);
}

enum incmap_status im_basemap_make(struct im_arena *arena,
                                   const struct im_basemap_request *rq,
                                   struct im_basemap *out, struct incmap_error *err) {
    *out = (struct im_basemap){.level = "user"};
    if (im_worldview_index(rq->spec->worldview) < 0) {
        return im_fail(err, INCMAP_E_USAGE, IM_FILE(rq->spec->file),
                       "unknown worldview '%s' (un or de-facto)", rq->spec->worldview);
    }
    if (rq->spec->border_count > 0) {
        struct im_level world = rq->geodata->level[im_level_for(rq->geodata, rq->view)];
        out->user_borders = true;
        enum incmap_status s = im_make_user(arena, rq, out, err);
        return s != INCMAP_OK ? s : im_make_waters(arena, rq, &world, out, err);
    }
    return bundled(arena, rq, out, err);
}

/* The lines of SHA256SUMS for the files that were opened. */
const char *im_geodata_digests(const struct im_geodata *g) {
    struct im_bytes bytes;
    struct im_buf b;
    im_buf_init(&b, g->arena, (size_t)1 << 20);
    im_buf_char(&b, '{');
    const char *path = im_path_join(g->arena, g->dir, "SHA256SUMS");
    bool first = true;
    if (im_file_exists(path) &&
        im_file_map(g->arena, path, INCMAP_E_GEODATA, &bytes, NULL) == INCMAP_OK) {
        char *line = im_strndup(g->arena, bytes.data, bytes.n);
        while (line != NULL && strlen(line) > 66) {
            char *next = strchr(line, '\n');
            if (next != NULL) {
                *next++ = '\0';
            }
            line[64] = '\0';
            for (size_t i = 0; i < g->used.n; i++) {
                if (strcmp(g->used.v[i], line + 66) == 0) {
                    im_buf_fmt(&b, "%s\"%s\":\"%s\"", first ? "" : ",", line + 66,
                               line);
                    first = false;
                }
            }
            line = next;
        }
    }
    im_buf_char(&b, '}');
    return b.data;
}
