/*
 * The locator inset: where on the globe the map lies.
 *
 *   1. the map's own countries: those of its incidents, else of the places that it is
 * to hold, else those that fill it
 *   2. what surrounds it: as the map file says, else these countries, a region where
 * the map shows all of them, the globe where that would be sea or is too small
 *   3. a view of its own, its ground, and the map's outline in it
 */
#include "api/inset.h"
#include "api/job.h"
#include "geo/box.h"
#include "geo/inside.h"
#include <math.h>
#include <string.h>

#define SIZE 0.3        /* longer side by the map's shorter one */
#define SMALLEST 90.0   /* points; a smaller one cannot be read */
#define LARGEST 420.0   /* points */
#define MUCH 0.4        /* share of the land that makes a country one of the map's */
#define LEAST_LAND 0.12 /* share of land in a region that tells where it is */
#define LOOKED_AT 60    /* incidents */
#define NAMED 60.0      /* square points of a country that a name may fit into */
#define EDGE 24         /* points of the outline on each side */

struct making {
    struct incmap_job *job;
    struct im_rect map;
    struct im_inset_map main;
    const char **own; /* codes */
    size_t own_count, own_cap;
    bool globe;
    struct im_box around; /* unless it is the globe */
};

static void leave_out(struct incmap_job *job, const char *why, const char *help) {
    struct im_where at = im_spec_where(&job->spec, "furniture.inset");
    im_finding(&job->findings, IM_F_INSET_DROPPED, at, help, "no inset is drawn: %s",
               why);
}

/* ---- 1. the map's own countries -------------------------------------------- */

/* Incidents on each ground, of LOOKED_AT all over the list; their number. */
static size_t count_marks(const struct making *m, size_t *count) {
    const struct incmap_job *job = m->job;
    const struct im_basemap *map = &job->basemap;
    size_t step = 1 + job->mark_count / LOOKED_AT, n = 0;
    for (size_t i = 0; i < job->mark_count; i += step) {
        for (size_t g = 0; g < map->ground_count && job->marks[i].in_frame; g++) {
            if (im_paths_contain(&map->grounds[g].paths, job->marks[i].at)) {
                count[g]++;
                n++;
            }
        }
    }
    return n;
}

static void add_own(struct making *m, const char *code) {
    for (size_t i = 0; i < m->own_count; i++) {
        if (strcmp(m->own[i], code) == 0) {
            return;
        }
    }
    if (code[0] != '\0') {
        IM_PUSH(m->job->arena, m->own, m->own_count, m->own_cap, code);
    }
}

/* Those in which a tenth of the incidents lies; their number. */
static size_t own_of_marks(struct making *m) {
    const struct im_basemap *map = &m->job->basemap;
    size_t *count = im_alloc(m->job->arena, map->ground_count + 1, sizeof *count);
    size_t marks = count_marks(m, count);
    for (size_t g = 0; g < map->ground_count; g++) {
        if (count[g] > 0 && 10 * count[g] >= marks) {
            add_own(m, map->grounds[g].owner);
        }
    }
    return marks;
}

/* Those that fill the map. */
static void own_of_map(struct making *m) {
    const struct im_basemap *map = &m->job->basemap;
    const struct im_rect f = m->job->view.frame;
    struct im_pt middle = {f.x + f.w / 2, f.y + f.h / 2};
    double land = 0;
    for (size_t g = 0; g < map->ground_count; g++) {
        land += map->grounds[g].area_pt2;
    }
    for (size_t g = 0; g < map->ground_count; g++) {
        const struct im_ground *ground = &map->grounds[g];
        if (ground->area_pt2 >= MUCH * land ||
            im_paths_contain(&ground->paths, middle)) {
            add_own(m, ground->owner);
        }
    }
}

static void find_own(struct making *m) {
    const struct incmap_job *job = m->job;
    if (job->basemap.user_borders) { // whose codes are their own
        add_own(m, im_geodata_owner(job->geodata, job->arena, job->view.middle,
                                    job->spec.worldview, "world"));
        return;
    }
    if (own_of_marks(m) > 0) {
        return;
    }
    for (size_t i = 0; i < job->around_count; i++) {
        add_own(m, job->around_place[i]->country);
    }
    if (m->own_count == 0) {
        own_of_map(m);
    }
}

/* ---- 2. what surrounds it --------------------------------------------------- */

static enum incmap_status mainland(struct making *m, const char *const *codes, size_t n,
                                   struct im_mainland *out, struct incmap_error *err) {
    *out = (struct im_mainland){
        .spec = &m->job->spec, .codes = codes, .n = n, .near = m->main.box};
    return im_geodata_mainland(m->job->geodata, m->job->arena, out, err);
}

/* The user's choice. */
static enum incmap_status as_told(struct making *m, struct incmap_error *err) {
    const struct im_spec_inset *wish = &m->job->spec.furniture.inset;
    struct im_mainland main;
    m->around = wish->box;
    m->globe = strcmp(wish->extent, "globe") == 0;
    if (m->globe || strcmp(wish->extent, "box") == 0) {
        return INCMAP_OK;
    }
    enum incmap_status s = mainland(m, &wish->extent, 1, &main, err);
    if (s == INCMAP_OK && !main.found) {
        struct im_where at = im_spec_where(&m->job->spec, "furniture.inset.extent");
        return im_fail(err, im_spec_fault(at), at,
                       "furniture.inset.extent: no country has the code '%s'",
                       wish->extent);
    }
    m->around = im_inset_joined(&m->main, main.box);
    return s;
}

/* The map's own countries; beside a smaller one a giant is not shown whole. */
static enum incmap_status own_mainland(struct making *m, struct im_mainland *out,
                                       struct incmap_error *err) {
    const char **some = im_alloc(m->job->arena, m->own_count + 1, sizeof *some);
    size_t n = 0;
    enum incmap_status s = INCMAP_OK;
    for (size_t i = 0; i < m->own_count && m->own_count > 1 && s == INCMAP_OK; i++) {
        s = mainland(m, &m->own[i], 1, out, err);
        if (s == INCMAP_OK && out->found && !im_inset_is_giant(out->box)) {
            some[n++] = m->own[i];
        }
    }
    if (s != INCMAP_OK) {
        return s;
    }
    return n > 0 ? mainland(m, some, n, out, err)
                 : mainland(m, m->own, m->own_count, out, err);
}

static enum incmap_status choose(struct making *m, struct incmap_error *err) {
    struct im_mainland main;
    if (strcmp(m->job->spec.furniture.inset.extent, "auto") != 0) {
        return as_told(m, err);
    }
    double land = 0;
    enum incmap_status s = own_mainland(m, &main, err);
    m->globe = s == INCMAP_OK &&
               !(main.found && im_inset_countries(&m->main, main.box, &m->around)) &&
               !im_inset_region(&m->main, &m->around);
    if (s == INCMAP_OK && !m->globe) {
        s = im_geodata_land_share(m->job->geodata, m->job->arena, m->around, &land,
                                  err);
        m->globe = land < LEAST_LAND;
    }
    return s;
}

/* ---- 3. its view, ground and outline ---------------------------------------- */

/* Its frame, at the page's origin; no width: there is no room for it. */
static struct im_rect frame_of(const struct making *m) {
    double share = m->job->spec.furniture.inset.size;
    double side = (share > 0 ? share : SIZE) * fmin(m->map.w, m->map.h);
    double aspect = m->globe ? 1 : im_inset_aspect(m->around);
    side = share > 0 ? side : fmin(side, LARGEST);
    struct im_rect r = {0, 0, side * fmin(aspect, 1), side / fmax(aspect, 1)};
    return fmin(r.w, r.h) < 0.62 * SMALLEST ? (struct im_rect){0} : r;
}

/* The globe is seen from above the map, but less steeply where that is far north or
 * south. */
static enum incmap_status fit(struct making *m, struct im_rect frame,
                              struct im_view *view, struct incmap_error *err) {
    struct im_crs *crs = NULL;
    struct im_arena *arena = m->job->arena;
    struct im_lonlat at = m->job->view.middle;
    const char *text = "auto";
    if (m->globe) {
        m->around = (struct im_box){-180, -90, 180, 90};
        text = im_format(arena, "+proj=ortho +lat_0=%.2f +lon_0=%.2f +datum=WGS84",
                         fmax(fmin(0.8 * at.lat, 60), -60), at.lon);
    }
    enum incmap_status s = im_crs_open(arena, text, m->around, &crs, err);
    struct im_extent extent = {.box = m->around, .exact = true};
    return s == INCMAP_OK ? im_view_fit(view, crs, extent, frame, err) : s;
}

/* The view of what was chosen; where that reaches around the globe, whose edge would
 * leave the frame, of the world. *roomy: there is room for it. */
static enum incmap_status see(struct making *m, struct im_view *view, bool *roomy,
                              struct incmap_error *err) {
    const struct im_box world = {-180, -90, 180, 90};
    enum incmap_status s = INCMAP_OK;
    for (int i = 0; i < 2; i++) {
        struct im_rect frame = frame_of(m);
        *roomy = frame.w > 0;
        s = *roomy ? fit(m, frame, view, err) : INCMAP_OK;
        if (s != INCMAP_OK || !*roomy || m->globe || view->filled) {
            break;
        }
        m->around = world;
    }
    return s;
}

static struct im_pt on_edge(struct im_rect f, int i) {
    double t = (double)(i % EDGE) / EDGE;
    switch (i / EDGE) {
    case 0:
        return (struct im_pt){f.x + t * f.w, f.y};
    case 1:
        return (struct im_pt){f.x + f.w, f.y + t * f.h};
    case 2:
        return (struct im_pt){f.x + (1 - t) * f.w, f.y + f.h};
    default:
        return (struct im_pt){f.x, f.y + (1 - t) * f.h};
    }
}

/* The map's frame in the inset's projection; none when a part of it is not on it, or
 * its middle lies outside the inset. */
static struct im_paths outline_of(const struct making *m, const struct im_view *view) {
    struct im_path path = {im_alloc(m->job->arena, 4 * EDGE, sizeof *path.v), 0, true};
    struct im_paths out = {0};
    struct im_rect f = view->frame;
    struct im_pt at;
    if (!im_view_point(view, m->job->view.middle, &at) || at.x < f.x || at.y < f.y ||
        at.x > f.x + f.w || at.y > f.y + f.h) {
        return out;
    }
    for (int i = 0; i < 4 * EDGE; i++) {
        struct im_lonlat p;
        if (!im_view_lonlat(&m->job->view, on_edge(m->job->view.frame, i), &p) ||
            !im_view_point(view, p, &at)) {
            return out;
        }
        path.v[path.n++] = at;
    }
    IM_PUSH(m->job->arena, out.v, out.n, out.cap, path);
    return out;
}

/* Others on a globe, and small ones, stay without a name. */
static void name_countries(const struct making *m, struct im_basemap *map) {
    for (size_t i = 0; i < map->ground_count; i++) {
        struct im_ground *g = &map->grounds[i];
        bool named = g->area_pt2 >= NAMED && !m->globe;
        for (size_t k = 0; k < m->own_count; k++) {
            named = named || strcmp(m->own[k], g->owner) == 0;
        }
        g->name = named ? im_job_country_name(m->job, g) : "";
    }
}

static enum incmap_status make(struct making *m, struct im_inset *out,
                               struct incmap_error *err) {
    struct incmap_job *job = m->job;
    struct im_findings mute; // what is to be said of the ground is said of the map's
    im_findings_init(&mute, job->arena);
    struct im_basemap_request rq = {.geodata = job->geodata,
                                    .spec = &job->spec,
                                    .view = &out->view,
                                    .findings = &mute,
                                    .locator = true};
    enum incmap_status s = im_basemap_make(job->arena, &rq, &out->basemap, err);
    if (s != INCMAP_OK) {
        return s;
    }
    out->outline = outline_of(m, &out->view);
    out->own = m->own;
    out->own_count = m->own_count;
    name_countries(m, &out->basemap);
    return INCMAP_OK;
}

/* Who asked for `auto` is told why there is none: it is no fault of the map. */
static void explain_auto(const struct making *m) {
    struct incmap_job *job = m->job;
    struct im_where at = im_spec_where(&job->spec, "furniture.inset");
    if (!job->view.filled) {
        im_finding(&job->findings, IM_F_INSET_AUTO, at, "",
                   "no inset is drawn: the map shows the globe itself");
    } else {
        im_finding(&job->findings, IM_F_INSET_AUTO, at,
                   "furniture.inset: on draws it all the same",
                   "no inset is drawn: the map is %.0f km from corner to corner, auto "
                   "draws one on maps below %.0f km",
                   m->main.diagonal_m / 1000, IM_INSET_LONGEST / 1000);
    }
}

static bool is_wanted(const struct making *m) {
    enum im_switch shown = m->job->spec.furniture.inset.shown;
    bool small = m->job->view.filled && m->main.diagonal_m <= IM_INSET_LONGEST;
    if (shown == IM_ON && !m->job->view.filled) {
        leave_out(m->job, "the map shows the globe itself", "");
    } else if (shown == IM_AUTO && !small) {
        explain_auto(m);
    }
    return (shown == IM_AUTO && small) || (shown == IM_ON && m->job->view.filled);
}

enum incmap_status im_job_inset(struct incmap_job *job, struct im_rect map,
                                struct incmap_error *err) {
    const struct im_view *view = &job->view;
    struct making m = {.job = job, .map = map};
    struct im_inset *inset = im_alloc(job->arena, 1, sizeof *inset);
    m.main.box = view->cover;
    m.main.diagonal_m = hypot(view->frame.w, view->frame.h) * view->ground_m_per_pt;
    bool roomy = true;
    job->inset = NULL;
    if (job->spec.furniture.inset.shown == IM_OFF || !is_wanted(&m)) {
        return INCMAP_OK;
    }
    find_own(&m);
    enum incmap_status s = choose(&m, err);
    s = s == INCMAP_OK ? see(&m, &inset->view, &roomy, err) : s;
    if (s != INCMAP_OK) {
        return s;
    }
    if (!roomy) {
        leave_out(job, "the map is too small for it", "choose a larger size");
        return INCMAP_OK;
    }
    s = make(&m, inset, err);
    bool holds = inset->outline.n > 0;
    if (s == INCMAP_OK && !holds) {
        leave_out(job, "its extent does not hold the map",
                  "give another furniture.inset.extent");
    }
    job->inset = s == INCMAP_OK && holds ? inset : NULL;
    return s;
}
