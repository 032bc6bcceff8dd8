#include "layout/mask.h"

#include <math.h>
#include <string.h>

struct lay_mask *lay_mask_new(struct im_arena *arena, struct im_rect rect) {
    struct lay_mask *m = im_alloc(arena, 1, sizeof *m);
    m->rect = rect;
    m->columns = (size_t)ceil(fmax(rect.w, 1) / LAY_MASK_CELL);
    m->rows = (size_t)ceil(fmax(rect.h, 1) / LAY_MASK_CELL);
    m->cells = im_alloc(arena, m->columns * m->rows, sizeof *m->cells);
    return m;
}

/* Index of the first of n cell middles at or after `at`, a distance from the start. */
static size_t first_middle(double at, size_t n) {
    double i = ceil(at / LAY_MASK_CELL - 0.5);
    return i <= 0 ? 0 : i >= (double)n ? n : (size_t)i;
}

/* Turn over, in each row that the edge crosses, the cell from which on it counts. */
static void cross(const struct lay_mask *m, unsigned char *turns, struct im_pt a,
                  struct im_pt b) {
    struct im_pt low = a.y < b.y ? a : b;
    struct im_pt high = a.y < b.y ? b : a;
    size_t first = first_middle(low.y - m->rect.y, m->rows);
    size_t last = first_middle(high.y - m->rect.y, m->rows);
    for (size_t row = first; row < last; row++) {
        double y = m->rect.y + ((double)row + 0.5) * LAY_MASK_CELL;
        double x = low.x + (high.x - low.x) * (y - low.y) / (high.y - low.y);
        turns[row * (m->columns + 1) + first_middle(x - m->rect.x, m->columns)] ^= 1;
    }
}

void lay_mask_fill(struct lay_mask *mask, struct im_arena *arena,
                   const struct im_paths *paths, uint16_t value) {
    size_t width = mask->columns + 1;
    unsigned char *turns = im_alloc(arena, width * mask->rows, 1);
    for (size_t i = 0; i < paths->n; i++) {
        const struct im_path *p = &paths->v[i];
        for (size_t k = 0; k < p->n; k++) {
            cross(mask, turns, p->v[k], p->v[k + 1 < p->n ? k + 1 : 0]);
        }
    }
    for (size_t row = 0; row < mask->rows; row++) {
        unsigned char inside = 0;
        for (size_t x = 0; x < mask->columns; x++) {
            inside ^= turns[row * width + x];
            if (inside) {
                mask->cells[row * mask->columns + x] = value;
            }
        }
    }
}

static size_t cell_of(double at, size_t n) {
    double i = floor(at / LAY_MASK_CELL);
    return i < 0 ? 0 : i >= (double)n ? n - 1 : (size_t)i;
}

uint16_t lay_mask_at(const struct lay_mask *mask, struct im_pt p) {
    double x = p.x - mask->rect.x;
    double y = p.y - mask->rect.y;
    if (x < 0 || y < 0 || x > mask->rect.w || y > mask->rect.h) {
        return 0;
    }
    return mask
        ->cells[cell_of(y, mask->rows) * mask->columns + cell_of(x, mask->columns)];
}

bool lay_mask_holds(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    size_t left = cell_of(r.x - mask->rect.x, mask->columns);
    size_t right = cell_of(r.x + r.w - mask->rect.x, mask->columns);
    size_t low = cell_of(r.y + r.h - mask->rect.y, mask->rows);
    for (size_t row = cell_of(r.y - mask->rect.y, mask->rows); row <= low; row++) {
        for (size_t x = left; x <= right; x++) {
            if (mask->cells[row * mask->columns + x] != value) {
                return false;
            }
        }
    }
    return true;
}
