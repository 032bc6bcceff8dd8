/*
 * Drawing the inset: paper and sea, the land with the map's own countries in a fill of
 * their own, coasts and country borders, the map's extent as a box, the names of
 * countries that fit, a thin frame. A globe has its rim instead of the frame.
 */
#include "layout/inset.h"
#include "layout/names.h"

#include <math.h>
#include <string.h>

#define BORDER_SHARE 0.45 /* of the width of borders on the map */
#define COAST_SHARE 0.7   /* of the width of shore lines */
#define SMALLEST_BOX 4.0  /* points: a smaller extent is told by a cross-hair */
#define HAIR_BOX 3.5      /* half the side of its box */
#define HAIR 4.5          /* length of its hairs */
#define BOX_FILL 0.14     /* opacity */
#define NAME_ROOM 2.0     /* points around a name */
#define SMALLEST 0.85     /* name, by its size */
#define OWN_SMALLEST 0.72
#define GLOBE_SHARE 0.6 /* of the width of lines on a globe */

/* From the frame that the inset was made for to where it is. */
struct place {
    struct im_arena *arena;
    double scale;
    struct im_pt from, to;
};

static struct im_pt placed(const struct place *p, struct im_pt at) {
    return (struct im_pt){p->to.x + p->scale * (at.x - p->from.x),
                          p->to.y + p->scale * (at.y - p->from.y)};
}

static struct im_paths moved(const struct place *p, const struct im_paths *in) {
    struct im_paths out = {im_alloc(p->arena, in->n + 1, sizeof *out.v), in->n, in->n};
    for (size_t i = 0; i < in->n; i++) {
        struct im_path *path = &out.v[i];
        *path = in->v[i];
        path->v = im_alloc_raw(p->arena, path->n + 1, sizeof *path->v);
        for (size_t k = 0; k < path->n; k++) {
            path->v[k] = placed(p, in->v[i].v[k]);
        }
    }
    return out;
}

bool lay_inset_owns(const struct im_inset *inset, const struct im_ground *ground) {
    for (size_t i = 0; i < inset->own_count; i++) {
        if (strcmp(inset->own[i], ground->owner) == 0) {
            return true;
        }
    }
    return false;
}

/* The inset as a figure of its own, for the parts that lay names out. */
struct small {
    struct lay_job job;
    struct im_layout_input in;
    struct im_style st;
    struct im_page page;
    struct im_view view;
    struct im_basemap map;
    struct im_paths outline;
};

static void move_map(struct small *s, const struct place *p,
                     const struct im_basemap *map) {
    s->map = (struct im_basemap){.ground_count = map->ground_count,
                                 .border_count = map->border_count,
                                 .water_count = map->water_count};
    s->map.grounds = im_alloc(p->arena, map->ground_count + 1, sizeof *s->map.grounds);
    s->map.borders = im_alloc(p->arena, map->border_count + 1, sizeof *s->map.borders);
    s->map.waters = im_alloc(p->arena, map->water_count + 1, sizeof *s->map.waters);
    for (size_t i = 0; i < map->ground_count; i++) {
        s->map.grounds[i] = map->grounds[i];
        s->map.grounds[i].area_pt2 *= p->scale * p->scale;
        s->map.grounds[i].paths = moved(p, &map->grounds[i].paths);
    }
    for (size_t i = 0; i < map->border_count; i++) {
        s->map.borders[i] = map->borders[i];
        s->map.borders[i].paths = moved(p, &map->borders[i].paths);
    }
    for (size_t i = 0; i < map->water_count; i++) {
        s->map.waters[i] = map->waters[i];
        s->map.waters[i].paths = moved(p, &map->waters[i].paths);
    }
}

static void begin(struct small *s, const struct lay_job *job) {
    const struct im_inset *inset = job->in->inset;
    struct im_rect from = inset->view.frame, to = job->inset;
    struct place p = {job->arena, to.w / from.w, {from.x, from.y}, {to.x, to.y}};
    s->view = inset->view;
    s->view.frame = to;
    s->view.m_per_pt /= p.scale;
    s->view.ground_m_per_pt /= p.scale;
    move_map(s, &p, &inset->basemap);
    s->outline = moved(&p, &inset->outline);
    s->in = *job->in;
    s->in.view = &s->view;
    s->in.basemap = &s->map;
    s->st = *job->st;
    s->page = *job->page;
    s->page.map = to;
    s->job = (struct lay_job){.arena = job->arena,
                              .scratch = job->scratch,
                              .in = &s->in,
                              .st = &s->st,
                              .page = &s->page,
                              .scene = job->scene,
                              .language = job->language};
    lay_lands(&s->job);
    s->job.field = lay_field_new(job->scratch, lay_rect_grow(to, -3));
    lay_border_sides(&s->job);
}

/* The rim of the globe, or the frame; parts of it can look alike. */
static struct im_item rim_of(const struct small *s) {
    struct im_item item = lay_rect_item(s->job.arena, s->job.page->map, 0);
    if (s->job.globe.n > 0) {
        item.paths = s->job.globe;
    }
    return item;
}

static void put_paper(struct lay_job *job, const struct small *s) {
    struct im_item item = rim_of(s);
    item.fill = job->st->colour.page;
    item.stroke = (struct im_stroke){.colour = job->st->colour.page,
                                     .width = 2 * LAY_INSET_PAPER};
    lay_add(job, LAY_INSET, item);
    item.stroke = (struct im_stroke){0};
    item.fill = job->st->colour.water;
    lay_add(job, LAY_INSET, item);
}

static void put_land(struct lay_job *job, const struct small *s) {
    for (size_t i = 0; i < s->map.ground_count; i++) {
        const struct im_ground *g = &s->map.grounds[i];
        bool own = lay_inset_owns(job->in->inset, g);
        lay_add(job, LAY_INSET_MAP,
                (struct im_item){.kind = IM_ITEM_PATH,
                                 .id = im_format(job->arena, "inset-land-%s", g->owner),
                                 .title = g->name[0] != '\0' ? g->name : NULL,
                                 .fill = own ? job->st->colour.inset_own
                                             : job->st->colour.inset_land,
                                 .paths = g->paths});
    }
    for (size_t i = 0; i < s->map.water_count; i++) {
        lay_add(job, LAY_INSET_MAP,
                (struct im_item){.kind = IM_ITEM_PATH,
                                 .fill = job->st->colour.water,
                                 .paths = s->map.waters[i].paths});
    }
}

/* Coasts, and borders of countries: what is disputed keeps its dashes. */
static void put_lines(struct lay_job *job, const struct small *s) {
    double thin = s->job.globe.n > 0 ? GLOBE_SHARE : 1;
    for (size_t i = 0; i < s->map.border_count; i++) {
        const struct im_border *b = &s->map.borders[i];
        struct im_stroke stroke = lay_border_stroke(job, b->line_class);
        if (b->line_class == IM_LC_FORMER || b->paths.n == 0) {
            continue;
        }
        if (b->line_class == IM_LC_COAST) {
            stroke.width = thin * COAST_SHARE * job->st->coast_width;
        } else {
            double share = thin * BORDER_SHARE * job->st->border_width / stroke.width;
            stroke.width *= share;
            stroke.dash[0] *= share;
            stroke.dash[1] *= share;
        }
        lay_add(job, LAY_INSET_MAP,
                (struct im_item){
                    .kind = IM_ITEM_PATH, .stroke = stroke, .paths = b->paths});
    }
}

static struct im_rect bounds_of(const struct im_path *path) {
    double x0 = path->v[0].x, x1 = x0, y0 = path->v[0].y, y1 = y0;
    for (size_t i = 1; i < path->n; i++) {
        x0 = fmin(x0, path->v[i].x);
        x1 = fmax(x1, path->v[i].x);
        y0 = fmin(y0, path->v[i].y);
        y1 = fmax(y1, path->v[i].y);
    }
    return (struct im_rect){x0, y0, x1 - x0, y1 - y0};
}

/* A small box with a hair from the middle of each side. */
static struct im_rect put_hairs(struct lay_job *job, struct im_pt at,
                                struct im_stroke stroke) {
    static const struct im_pt side[] = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}};
    struct im_rect box = {at.x - HAIR_BOX, at.y - HAIR_BOX, 2 * HAIR_BOX, 2 * HAIR_BOX};
    struct im_item item = lay_rect_item(job->arena, box, 0);
    for (size_t i = 0; i < 4; i++) {
        struct im_path hair = {im_alloc(job->arena, 2, sizeof *hair.v), 2, false};
        hair.v[0] =
            (struct im_pt){at.x + HAIR_BOX * side[i].x, at.y + HAIR_BOX * side[i].y};
        hair.v[1] = (struct im_pt){at.x + (HAIR_BOX + HAIR) * side[i].x,
                                   at.y + (HAIR_BOX + HAIR) * side[i].y};
        IM_PUSH(job->arena, item.paths.v, item.paths.n, item.paths.cap, hair);
    }
    item.id = "inset-extent";
    item.stroke = stroke;
    lay_add(job, LAY_INSET_MAP, item);
    return lay_rect_grow(box, HAIR);
}

/* The map's extent; what it covers. */
static struct im_rect put_extent(struct lay_job *job, const struct small *s) {
    struct im_rect box = bounds_of(&s->outline.v[0]);
    struct im_stroke stroke = {.colour = job->st->colour.inset_mark,
                               .width = job->st->inset_box};
    if (fmax(box.w, box.h) < SMALLEST_BOX) {
        return put_hairs(job, lay_rect_middle(box), stroke);
    }
    struct im_item item = {.kind = IM_ITEM_PATH,
                           .id = "inset-extent",
                           .fill =
                               lay_colour_alpha(job->st->colour.inset_mark, BOX_FILL),
                           .stroke = stroke,
                           .paths = s->outline};
    lay_add(job, LAY_INSET_MAP, item);
    return box;
}

/* A country's name in plain type; smaller, or over the sea, when it is one of the map's
 * own. */
static void put_name(struct small *s, size_t i, const struct lay_mask_extent *extent,
                     bool own) {
    struct lay_job *job = &s->job;
    struct lay_area a = {.job = job,
                         .mask = job->lands,
                         .value = (uint16_t)(i + 1),
                         .visible = *extent,
                         .room = NAME_ROOM};
    double size = s->st.inset_names, least = (own ? OWN_SMALLEST : SMALLEST) * size;
    a.type = lay_plain_type(size, own ? s->st.colour.town : s->st.colour.country);
    a.text = lay_clean(job->arena, s->map.grounds[i].name);
    if (!lay_area_put(&a, least) && own && a.visible.n > 0) {
        lay_area_to_sea(&a);
        a.type.font.size = size;
        lay_area_put(&a, least);
    }
}

/* The map's own countries first; on a globe these alone. */
static void put_names(struct lay_job *job, struct small *s, struct im_rect extent) {
    size_t n = s->map.ground_count;
    const struct lay_mask_extent *extents =
        lay_mask_extents(job->scratch, s->job.lands, n + 1);
    lay_field_rect(s->job.field, LAY_SYMBOL, lay_rect_grow(extent, 1), 0);
    for (int own = 1; own >= (s->job.globe.n > 0 ? 1 : 0); own--) {
        for (size_t i = 0; i < n; i++) {
            if (lay_inset_owns(job->in->inset, &s->map.grounds[i]) == (own != 0)) {
                put_name(s, i, &extents[i + 1], own != 0);
            }
        }
    }
    const struct lay_items *names = &s->job.layers[LAY_LABELS];
    for (size_t i = 0; i < names->n; i++) {
        lay_add(job, LAY_INSET_FRAME, names->v[i]);
    }
}

void lay_inset_draw(struct lay_job *job) {
    struct small *s = im_alloc(job->arena, 1, sizeof *s);
    begin(s, job);
    put_paper(job, s);
    put_land(job, s);
    put_lines(job, s);
    struct im_rect extent = put_extent(job, s);
    struct im_item rim = rim_of(s);
    rim.id = "inset-rim";
    rim.stroke = (struct im_stroke){.colour = job->st->colour.frame,
                                    .width = job->st->frame_width};
    lay_add(job, LAY_INSET_FRAME, rim);
    if (job->in->spec->labels.areas != IM_OFF) {
        put_names(job, s, extent);
    }
}
