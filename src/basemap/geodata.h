/* The opened bundled data. Private to the room. */
#ifndef IM_BASEMAP_GEODATA_H
#define IM_BASEMAP_GEODATA_H

#include "base/file.h"
#include "basemap/basemap.h"
#include "geo/chain.h"
#include "shapes/shapes.h"
#include <string.h>

enum { IM_UN, IM_DE_FACTO, IM_WORLDVIEWS };

/* A first-level unit and who owns it under each worldview (index into owners[], -1 =
 * none).
 */
struct im_unit {
    uint32_t id;
    uint32_t code, name; /* bytes of the text of units */
    uint32_t area_km2;   /* the same: as text, since few are asked for */
    int owner[IM_WORLDVIEWS];
};

struct im_owner {
    const char *code, *name;
};

/* Sides of an arc that are no unit. */
enum { IM_SEA = -1, IM_OUTSIDE = -2 };
/* Class of an arc that is never stroked: a seam at +-180, the edge of the data. */
enum { IM_ARC_HIDDEN = 255 };

/* A border line: units on either hand, classes, what it costs nothing to know. */
struct im_arc_info {
    int left, right; /* index into units[], or IM_SEA, IM_OUTSIDE */
    /* Filled by im_arc_look: im_line_class, or IM_ARC_HIDDEN */
    unsigned char line_class[IM_WORLDVIEWS];
    bool seen; /* they are */
    float accuracy_m;
    struct im_box box;
    struct im_lonlat from, to;
};

/* One level of detail, as it stands in the table of levels. */
struct im_level_source {
    const char *name, *file;
    double source_scale; /* denominator of the source's scale */
    double use_below;    /* used for maps finer than this denominator; 0 = any */
    bool has_cover;
    struct im_box cover;        /* where the data are, when not the world */
    struct im_box sea[3];       /* boxes east of `cover` that hold nothing but sea */
    const char *lakes, *rivers; /* files, NULL = none */
};
struct im_level {
    const struct im_level_source *source; /* NULL: the user's borders */
    struct im_shapes *lines;              /* NULL until used, and for the user's */
    struct im_line *memory; /* the user's: vertices of the arcs; simplified in place */
    const struct im_arc_info *arcs; /* NULL until used */
    struct im_arc_info *found;      /* the same where not all are seen yet; else NULL */
    size_t n;
    /* where each IM_SHELF arcs lie, im_level_shelve; NULL: none */
    const struct im_window *shelf;
    int class_un, class_df, accuracy; /* columns of `lines`, where not all are seen */
    const struct im_box *unit_box;    /* of the unit's arcs; west > east: it has none */
    const bool *unit_cut;             /* the data end within the unit */
    /* arcs with the unit on either hand: unit_arcs[first_arc[unit]] and on to that of
     * the next, ascending */
    const uint32_t *first_arc, *unit_arcs;
};
enum { IM_LARGE, IM_WORLD, IM_LEVELS };
enum { IM_SHELF = 16 };

enum { IM_BUNDLED_FILES = 16 };

/* What is filled while jobs run. It outlives them: it has an arena of its own. */
struct im_geodata_state {
    struct im_arena *arena;
    struct im_findings findings; /* damage of bundled files: becomes a failure */
    struct im_level level[IM_LEVELS];
    struct {
        const char *file;
        struct im_shapes *shapes;
        struct im_box *boxes; /* see im_bundled_boxes */
        bool used;            /* by the figure in the making */
        char hex[2][65];      /* digests of .shp and .dbf; "" until asked for */
    } open[IM_BUNDLED_FILES];
    size_t open_count;
    char table_hex[3][65]; /* of the tables */
};

struct im_geodata {
    const char *dir;
    const struct im_compiled *compiled; /* NULL: none that fits (compiled.h) */
    const char *text;                   /* of the units */
    const struct im_unit *units;        /* ascending ids */
    size_t unit_count;
    const int *unit_of_id; /* 1 + index of the unit, 0: no such id; id_count of them */
    size_t id_count;
    struct im_owner *owners; /* ascending codes */
    size_t owner_count;
    struct im_geodata_state *state;
};

/* A table of the bundled data: tabs, one header row. `names`: the columns wanted, in
 * order, ends with NULL; `add` gets their cells, false: the row is damaged. */
struct im_table {
    const char *path, *const *names;
    bool (*add)(void *self, struct im_arena *arena, char *const *cell);
    void *self;
    const char **text; /* where all cells stand; NULL: not asked for */
};
INCMAP_MUST_CHECK enum incmap_status im_table_read(struct im_arena *arena,
                                                   const struct im_table *t,
                                                   struct incmap_error *err);
/* units.tsv and owners.tsv. Errors: GEODATA. */
INCMAP_MUST_CHECK enum incmap_status im_tables_read(struct im_geodata *g,
                                                    struct im_arena *arena,
                                                    struct incmap_error *err);
/* Index of an owner's code; -1 when there is none. */
int im_owner_index(const struct im_geodata *g, const char *code);
/* Index of a unit's id; -1 when there is none. */
int im_unit_index(const struct im_geodata *g, long id);
double im_unit_area_km2(const struct im_geodata *g, int unit);
/* Code, or name, of a unit. */
static inline const char *im_unit_text(const struct im_geodata *g, uint32_t at) {
    return g->text + at;
}

/* ---- worldviews ----------------------------------------------------------- */

/* Who owns what on one map: `un`, `de-facto`, or the claims of one country over `un`.
 */
struct im_worldview {
    int base;         /* IM_UN or IM_DE_FACTO */
    int self;         /* the country, index into owners[]; -1 */
    const int *owner; /* by unit, where it is not the base's table; NULL */
};
/*
 * The spec's worldview at the spec's date (as_of, else from and to). Errors: USAGE
 * (unknown: the message lists all), GEODATA.
 */
INCMAP_MUST_CHECK enum incmap_status im_worldview_open(const struct im_geodata *g,
                                                       struct im_arena *arena,
                                                       const struct im_spec *spec,
                                                       struct im_worldview *out,
                                                       struct incmap_error *err);
static inline int im_unit_owner(const struct im_geodata *g,
                                const struct im_worldview *w, int unit) {
    return w->owner != NULL ? w->owner[unit] : g->units[unit].owner[w->base];
}
/* Owner of an arc's side; -1 = none. */
int im_side_owner(const struct im_geodata *g, const struct im_worldview *w, int side);
/* im_line_class, or IM_ARC_HIDDEN. */
unsigned char im_arc_class(const struct im_geodata *g, const struct im_worldview *w,
                           const struct im_arc_info *a);
/* Is a line drawn whose list of worldviews is given? That of `un` also under the claims
 * of a country. */
bool im_worldview_shows(const struct im_geodata *g, const struct im_worldview *w,
                        const char *list);

/* Open a bundled shapefile by its bare name, once. Errors: GEODATA, LIMIT. */
INCMAP_MUST_CHECK enum incmap_status im_bundled_open(const struct im_geodata *g,
                                                     const char *file,
                                                     struct im_shapes **out,
                                                     struct incmap_error *err);
/* Boxes of the records of a file that is open, but not of lines: records lie all over
 * the file, and every figure asks where they are. One that is no sound record's meets
 * nothing. */
const struct im_box *im_bundled_boxes(const struct im_geodata *g,
                                      const struct im_shapes *shapes);
/* Damage met in bundled files so far, as a failure. Errors: GEODATA. */
INCMAP_MUST_CHECK enum incmap_status im_bundled_sound(const struct im_geodata *g,
                                                      struct incmap_error *err);

/* Which level suits a view, and what it is made of. */
int im_level_for(const struct im_view *view);
const struct im_level_source *im_level_source(int level);
/* Open a level's lines on first use. Errors: GEODATA, LIMIT. */
INCMAP_MUST_CHECK enum incmap_status im_level_open(const struct im_geodata *g,
                                                   int level, struct im_level **out,
                                                   struct incmap_error *err);
/* The vertices of an arc's line, as they are in the file. false: none, or broken. */
bool im_level_line(const struct im_level *level, size_t arc, struct im_arena *arena,
                   struct im_line *out);
/* What is known of an arc, its classes as well: few arcs of a level are asked for
 * these, so that they are read then. */
const struct im_arc_info *im_arc_look(const struct im_level *level, size_t arc);

/* ---- fewer vertices ------------------------------------------------------- */

#define IM_TOLERANCE 0.25 /* points that a simplified line may be off */
struct im_scratch {       /* for one line; cap each */
    struct im_lonlat *v;
    struct im_pt *pts;
    char *keep;
    size_t cap;
};
void im_scratch_reserve(struct im_arena *arena, struct im_scratch *s, size_t n);
/* How the map is within a window; false: not known, or not the same all over it. */
bool im_thin_slope(const struct im_view *view, struct im_window w,
                   struct im_slope *out);
/* Mark in scratch->keep the vertices that stay, its ends among them if it is no ring
 * (which repeats no vertex). There is room for it. false: slopes are not known
 * everywhere. */
bool im_thin_marks(const struct im_view *view, const struct im_line *line, bool ring,
                   struct im_scratch *scratch);
/* What is marked, as a line in the arena. */
struct im_line im_thin_marked(struct im_arena *arena, const struct im_line *whole,
                              const struct im_scratch *scratch);

/* ---- arcs of one map ------------------------------------------------------ */

/*
 * The vertices of arcs, read and simplified once for all that uses them (fills of both
 * sides, borders), so that these stay bit-identical. Arcs whose box misses the view
 * become their chord, which stays in that box: nothing visible changes.
 */
struct im_traced {
    struct im_line line;
    struct im_path page; /* n == 0: not wholly inside what the view shows */
    bool tiny;           /* too small a ring to be seen */
};
struct im_net {
    struct im_arena *arena;
    struct im_level *level;
    const struct im_view *view; /* NULL: everything, as it is in the file */
    struct im_traced ***arc;    /* by shelf and place on it; NULL: not yet asked for */
    bool *in_view;
    double smallest; /* points; a ring below that is not drawn */
    double step;     /* degrees of latitude between vertices, at least; 0 = any */
    struct im_scratch scratch;
};
/* The first from i on of n that is set; n: none is. v has room for eight more. */
static inline size_t im_next_set(const bool *v, size_t i, size_t n) {
    uint64_t eight = 0;
    for (; i < n && !v[i]; i++) {
        memcpy(&eight, v + i, sizeof eight);
        i += eight == 0 ? sizeof eight - 1 : 0;
    }
    return i < n ? i : n;
}
bool im_arc_is_ring(const struct im_arc_info *a);
/* Note where arcs that stand together lie, so that most are passed over at once. */
void im_level_shelve(struct im_arena *arena, struct im_level *level);
struct im_net im_net_new(struct im_arena *arena, struct im_level *level,
                         const struct im_view *view);
/* For a small map, before anything is asked for: vertices that lie closer together than
 * its lines are wide are passed over, and so are specks. */
void im_net_coarsen(struct im_net *net);
const struct im_traced *im_net_arc(struct im_net *net, size_t arc);
/* Simplify all arcs in view at once, so that none comes to cross another. For a level
 * in memory, before anything is asked for. */
void im_net_settle(struct im_net *net);

/* The area whose arcs are given, each so that the area is on its left hand: as rings in
 * degrees, or filled on the page. */
struct im_area_arc {
    size_t arc;
    bool backward;
};
void im_net_rings(struct im_net *net, const struct im_area_arc *arcs, size_t n,
                  struct im_lines *out);
void im_net_fill(struct im_net *net, const struct im_area_arc *arcs, size_t n,
                 struct im_paths *out);
/* Arcs on the page as lines as long as possible. */
void im_net_stroke(struct im_net *net, const size_t *arcs, size_t n,
                   struct im_paths *out);

/* ---- parts of making a basemap -------------------------------------------- */

void im_make_grounds(const struct im_basemap_request *rq, struct im_net *net,
                     const struct im_worldview *worldview, struct im_basemap *out);
/* `coast_only`: the user has the other lines. */
void im_make_borders(const struct im_basemap_request *rq, struct im_net *net,
                     const struct im_worldview *worldview, bool coast_only,
                     struct im_basemap *out);
INCMAP_MUST_CHECK enum incmap_status im_make_disputed(
    struct im_arena *arena, const struct im_basemap_request *rq,
    const struct im_worldview *worldview, struct im_basemap *out,
    struct incmap_error *err);
INCMAP_MUST_CHECK enum incmap_status im_make_waters(struct im_arena *arena,
                                                    const struct im_basemap_request *rq,
                                                    int level, struct im_basemap *out,
                                                    struct incmap_error *err);
/* What the user's borders are made of, and so what is wanted of the bundled ones. */
enum im_user_part {
    IM_USER_NOTHING, /* no file is valid at the date, or none is in view: all of them */
    IM_USER_LINES,   /* lines only: land and coasts */
    IM_USER_AREAS    /* nothing */
};
INCMAP_MUST_CHECK enum incmap_status im_make_user(struct im_arena *arena,
                                                  const struct im_basemap_request *rq,
                                                  struct im_basemap *out,
                                                  enum im_user_part *part,
                                                  struct incmap_error *err);

/* Append a border of a class to the basemap; nothing when it has no paths. */
void im_add_border(struct im_arena *arena, struct im_basemap *out, struct im_border b);

/* Project lines, joined to be as long as possible. */
void im_project_lines(struct im_arena *arena, const struct im_view *view,
                      const struct im_lines *lines, struct im_paths *out);
/* Simplify all paths to what the eye can tell, drop those that vanish. */
void im_paths_thin(struct im_arena *arena, struct im_paths *paths);
/* Square points of an area inside the frame. */
double im_paths_area(struct im_arena *arena, const struct im_paths *paths,
                     struct im_rect frame);

/* Is something that is valid from..to (text of a file, "" = open) valid at the map's
 * date (as_of, else its last day)? Without any date only what has not ended is. */
enum im_validity { IM_INVALID, IM_VALID, IM_VALID_PARTLY };
enum im_validity im_valid_at(const struct im_spec *spec, const char *from,
                             const char *to);
/*
 * A finding when what is valid from..to is drawn although it is not valid on all days
 * of the incidents, or is left out although it is on some; `what` names it. Returns
 * whether it is to be drawn.
 */
bool im_valid_for(const struct im_basemap_request *rq, struct im_where where,
                  const char *what, const char *from, const char *to);

#endif
