/* What goes together in the SVG: elements of one look, so that it is written once. */
#include "draw/svg.h"
#include <math.h>
#include <string.h>

static void reach_to(struct im_rect *r, struct im_pt p) {
    double right = fmax(r->x + r->w, p.x), bottom = fmax(r->y + r->h, p.y);
    r->x = fmin(r->x, p.x);
    r->y = fmin(r->y, p.y);
    r->w = right - r->x;
    r->h = bottom - r->y;
}

static void reach_over(struct im_rect *r, struct im_rect other) {
    reach_to(r, (struct im_pt){other.x, other.y});
    reach_to(r, (struct im_pt){other.x + other.w, other.y + other.h});
}

static struct im_rect grown(struct im_rect r, double dx, double dy) {
    return (struct im_rect){r.x - dx, r.y - dy, r.w + 2 * dx, r.h + 2 * dy};
}

static struct im_rect around_paths(const struct im_paths *paths) {
    struct im_rect r = {0};
    bool any = false;
    for (size_t i = 0; i < paths->n; i++) {
        for (size_t k = 0; k < paths->v[i].n; k++) {
            struct im_pt p = paths->v[i].v[k];
            r = any ? r : (struct im_rect){p.x, p.y, 0, 0};
            any = true;
            reach_to(&r, p);
        }
    }
    return r;
}

/* What an item may paint, on the safe side. */
struct im_rect im_svg_reach(const struct im_item *item) {
    struct im_rect at = {item->at.x, item->at.y, 0, 0};
    double halo = item->halo.width + item->font.size;
    switch (item->kind) {
    case IM_ITEM_PATH: // with its corners' points
        return grown(around_paths(&item->paths), 2 * item->stroke.width + 1,
                     2 * item->stroke.width + 1);
    case IM_ITEM_SYMBOL: { // with those of a star
        bool round = item->symbol == IM_CIRCLE || item->symbol == IM_RING;
        double r = item->radius * (round ? 1 : 2) + item->stroke.width * 2;
        return grown(at, r, r);
    }
    case IM_ITEM_TEXT: // letters may lean out by half their size
        at.w = item->width;
        at.x -= item->align == IM_LEFT     ? 0
                : item->align == IM_MIDDLE ? item->width / 2
                                           : item->width;
        return grown(at, halo - item->font.size / 2, halo + item->font.size / 5);
    default: {
        double more = item->width / 2 + halo;
        return grown(around_paths(&item->paths), more, more);
    }
    }
}

bool im_svg_touch(struct im_rect a, struct im_rect b) {
    return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
}

/* Would it matter if the element went before the run? `left`: how many may still be
 * compared; then it is taken to. */
static bool stands_on(const struct im_svg_element *e, const struct im_svg_run *run,
                      int *left) {
    if (!im_svg_touch(e->reach, run->reach)) {
        return false;
    }
    for (const struct im_svg_element *other = run->first; other; other = other->next) {
        if (--*left < 0 || im_svg_touch(e->reach, other->reach)) {
            return true;
        }
    }
    return false;
}

static struct im_svg_run *run_for(struct im_svg_runs *runs,
                                  const struct im_svg_element *e, im_svg_alike *alike) {
    int left = 512;
    for (size_t k = runs->n; k > 0; k--) {
        struct im_svg_run *run = &runs->v[k - 1];
        if (alike(run->first, e)) {
            return run;
        }
        if (stands_on(e, run, &left)) {
            break;
        }
    }
    return NULL;
}

void im_svg_gather(struct im_arena *arena, struct im_svg_element *first,
                   im_svg_alike *alike, struct im_svg_runs *out) {
    *out = (struct im_svg_runs){0};
    for (struct im_svg_element *e = first, *next; e != NULL; e = next) {
        next = e->next;
        e->next = NULL;
        struct im_svg_run *run = run_for(out, e, alike);
        if (run == NULL) {
            IM_PUSH(arena, out->v, out->n, out->cap,
                    ((struct im_svg_run){e, e, 1, true, e->reach}));
            continue;
        }
        run->last->next = e;
        run->last = e;
        run->n++;
        run->one_fill = run->one_fill && strcmp(run->first->fill, e->fill) == 0;
        reach_over(&run->reach, e->reach);
    }
}

void im_svg_take(struct im_arena *arena, struct im_svg_element *a,
                 const struct im_svg_element *b) {
    struct im_paths *all = &a->item.paths;
    if (!a->united) { // the scene's paths stay as they are
        struct im_path *v = im_alloc(arena, 2 * all->n + 8, sizeof *v);
        memcpy(v, all->v, all->n * sizeof *v);
        *all = (struct im_paths){v, all->n, 2 * all->n + 8};
        a->united = true;
    }
    for (size_t i = 0; i < b->item.paths.n; i++) {
        IM_PUSH(arena, all->v, all->n, all->cap, b->item.paths.v[i]);
    }
    reach_over(&a->reach, b->reach);
}
