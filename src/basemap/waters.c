/* Lakes and rivers of a level, those large enough to be seen; seas, for their names. */
#include "basemap/geodata.h"
#include "geo/box.h"
#include "text/text.h"

/* A lake must be this wide or high on the page, in points; on a small map. */
static const double SMALLEST = 2.0, SMALLEST_LOCATED = 5.0;

static bool large_enough(const struct im_basemap_request *rq, struct im_box box) {
    double metres = 111000.0 * (box.north - box.south + box.east - box.west) / 2;
    return metres / rq->view->ground_m_per_pt >=
           (rq->locator ? SMALLEST_LOCATED : SMALLEST);
}

struct waters {
    struct im_water *v;
    size_t n, cap;
    const struct im_box *boxes;
    struct im_scratch scratch;
};

static struct im_line thinned(struct im_arena *arena, const struct im_view *view,
                              const struct im_line *line, bool ring,
                              struct im_scratch *scratch) {
    im_scratch_reserve(arena, scratch, line->n);
    return line->n > 3 && im_thin_marks(view, line, ring, scratch)
               ? im_thin_marked(arena, line, scratch)
               : *line;
}

static void add_water(struct im_arena *arena, const struct im_basemap_request *rq,
                      struct im_shapes *s, size_t i, struct waters *all) {
    struct im_lines lines = {0};
    bool river = im_shapes_type(s) == IM_SHAPE_LINE;
    int id = im_shapes_field(s, "id");
    bool sea = id >= 0;
    int level = (int)im_shapes_long(s, i, im_shapes_field(s, "level"), 1);
    if ((sea && level > 0 && rq->view->ground_m_per_pt >= IM_WORLD_SCALE) ||
        (!river && !large_enough(rq, all->boxes[i])) ||
        !im_shapes_read(s, i, arena, &lines)) {
        return;
    }
    const char *name = im_shapes_text(s, i, im_shapes_field(s, "name"), arena);
    struct im_water w = {.name = im_feature_name(rq->spec->language, name),
                         .id = id >= 0 ? im_shapes_text(s, i, id, arena) : "",
                         .is_line = river,
                         .is_sea = sea,
                         .level = level};
    for (size_t k = 0; k < lines.n; k++) {
        struct im_line line =
            thinned(arena, rq->view, &lines.v[k], !river, &all->scratch);
        if (river) {
            im_view_line(rq->view, arena, &line, &w.paths);
        } else {
            im_view_ring(rq->view, arena, &line, &w.paths);
        }
    }
    im_paths_thin(arena, &w.paths);
    w.area_pt2 = river ? 0 : im_paths_area(arena, &w.paths, rq->view->frame);
    if (w.paths.n > 0) {
        IM_PUSH(arena, all->v, all->n, all->cap, w);
    }
}

enum incmap_status im_make_waters(struct im_arena *arena,
                                  const struct im_basemap_request *rq, int level,
                                  struct im_basemap *out, struct incmap_error *err) {
    const struct im_level_source *source = im_level_source(level);
    bool seas = !rq->locator && rq->spec->labels.water != IM_OFF;
    const char *const files[] = {rq->locator ? NULL : source->rivers, source->lakes,
                                 seas ? "seas" : NULL};
    struct waters all = {.n = 0};
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct im_shapes *s = NULL;
        if (files[f] == NULL) {
            continue;
        }
        enum incmap_status status = im_bundled_open(rq->geodata, files[f], &s, err);
        if (status != INCMAP_OK) {
            return status;
        }
        all.boxes = im_bundled_boxes(rq->geodata, s);
        for (size_t i = 0; i < im_shapes_count(s); i++) {
            if (im_box_meets(all.boxes[i], rq->view->cover)) {
                add_water(arena, rq, s, i, &all);
            }
        }
    }
    out->waters = all.v;
    out->water_count = all.n;
    return INCMAP_OK;
}
