/* What a mask says of a point, of a rectangle, and of a band as high as a name. */
#include "layout/mask.h"

#include <string.h>

static size_t cell_of(double at, size_t n) {
    double i = at / LAY_MASK_CELL;
    return i <= 0 ? 0 : i >= (double)n ? n - 1 : (size_t)i;
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

/* The cells that a rectangle meets, those outside the grid left out. */
struct part {
    size_t left, right, top, low;
};

static struct part part_of(const struct lay_mask *mask, struct im_rect r) {
    double x = r.x - mask->rect.x;
    double y = r.y - mask->rect.y;
    return (struct part){cell_of(x, mask->columns), cell_of(x + r.w, mask->columns),
                         cell_of(y, mask->rows), cell_of(y + r.h, mask->rows)};
}

static bool in_grid(const struct lay_mask *mask, struct im_rect r) {
    double x = r.x - mask->rect.x;
    double y = r.y - mask->rect.y;
    return x >= 0 && y >= 0 && x + r.w <= mask->rect.w && y + r.h <= mask->rect.h;
}

/* Is there a run of the row from `left` to beyond `right`? */
static bool run_holds(const struct lay_mask *mask, size_t row, size_t left,
                      size_t right) {
    size_t i = mask->row_start[row], end = mask->row_start[row + 1];
    while (i < end && mask->runs[i].last <= right) {
        i++;
    }
    return i < end && mask->runs[i].first <= left;
}

bool lay_mask_holds(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    if (!in_grid(mask, r)) {
        return false;
    }
    struct part p = part_of(mask, r);
    for (size_t row = p.top; row <= p.low; row++) {
        if (mask->cells == NULL) {
            if (!run_holds(mask, row, p.left, p.right)) {
                return false;
            }
            continue;
        }
        size_t at = row * mask->columns + p.left;
        if (mask->cells[at] != value || mask->ends[at] <= p.right) {
            return false;
        }
    }
    return true;
}

/* The next run of the value in the row from *at on; false: there is none. */
static bool next_run(const struct lay_mask *m, size_t row, uint16_t value, size_t *at,
                     struct lay_mask_span *run) {
    if (m->cells == NULL) {
        size_t i = m->row_start[row] + (*at)++;
        *run = i < m->row_start[row + 1] ? m->runs[i] : (struct lay_mask_span){0, 0};
        return run->last > 0;
    }
    const uint16_t *cells = m->cells + row * m->columns;
    const uint16_t *ends = m->ends + row * m->columns;
    size_t x = *at;
    while (x < m->columns && cells[x] != value) {
        x = ends[x];
    }
    run->first = x;
    run->last = *at = x < m->columns ? ends[x] : x;
    return x < m->columns;
}

/* What n runs and those of the row have in common, where that is long enough. */
static size_t cut_runs(const struct lay_mask *m, size_t row, struct lay_mask_wish wish,
                       const struct lay_mask_span *in, size_t n,
                       struct lay_mask_span *out) {
    struct lay_mask_span run;
    size_t at = 0, k = 0, count = 0;
    while (k < n && next_run(m, row, wish.value, &at, &run)) {
        while (k < n && in[k].last <= run.first) {
            k++;
        }
        for (size_t i = k; i < n && in[i].first < run.last; i++) {
            size_t first = in[i].first > run.first ? in[i].first : run.first;
            size_t last = in[i].last < run.last ? in[i].last : run.last;
            if (last >= first + wish.need) {
                out[count++] = (struct lay_mask_span){first, last};
            }
        }
    }
    return count;
}

size_t lay_mask_band(const struct lay_mask *mask, struct im_rect r,
                     struct lay_mask_wish wish, struct lay_mask_span *out) {
    struct im_rect any = {mask->rect.x, r.y, 0, r.h};
    struct lay_mask_span *from = out, *to = out + mask->columns / wish.need + 1;
    size_t n = 1;
    if (!in_grid(mask, any)) {
        return 0;
    }
    struct part p = part_of(mask, any);
    from[0] = (struct lay_mask_span){0, mask->columns};
    for (size_t i = 0; i <= p.low - p.top && n > 0; i++) {
        // the lowest one early: where nothing fits, that is mostly why
        size_t row = i == 0 ? p.top : i == 1 ? p.low : p.top + i - 1;
        n = cut_runs(mask, row, wish, from, n, to);
        struct lay_mask_span *swap = from;
        from = to;
        to = swap;
    }
    if (from != out) {
        memcpy(out, from, n * sizeof *out);
    }
    return n;
}

bool lay_mask_band_holds(const struct lay_mask *mask, const struct lay_mask_span *runs,
                         size_t n, struct im_rect r) {
    double x = r.x - mask->rect.x;
    if (n == 0 || x < 0 || x + r.w > mask->rect.w) {
        return false;
    }
    size_t left = cell_of(x, mask->columns), right = cell_of(x + r.w, mask->columns);
    size_t i = 0;
    while (i < n && runs[i].last <= right) {
        i++;
    }
    return i < n && runs[i].first <= left;
}

bool lay_mask_only(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    if (!in_grid(mask, r)) {
        return false;
    }
    struct part p = part_of(mask, r);
    for (size_t row = p.top; row <= p.low; row++) {
        const uint16_t *cells = mask->cells + row * mask->columns;
        const uint16_t *ends = mask->ends + row * mask->columns;
        for (size_t x = p.left; x <= p.right; x = ends[x]) {
            if (cells[x] != 0 && cells[x] != value) {
                return false;
            }
        }
    }
    return true;
}

bool lay_mask_most(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    struct part p = part_of(mask, r);
    size_t own = 0, others = 0;
    for (size_t row = p.top; row <= p.low; row++) {
        const uint16_t *cells = mask->cells + row * mask->columns;
        const uint16_t *ends = mask->ends + row * mask->columns;
        for (size_t x = p.left, end; x <= p.right; x = end) {
            end = ends[x];
            size_t n = (end <= p.right ? end : p.right + 1) - x;
            own += cells[x] == value ? n : 0;
            others += cells[x] != value && cells[x] != 0 ? n : 0;
        }
    }
    return own > 0 && own >= others;
}

double lay_mask_share(const struct lay_mask *mask, struct im_rect r, uint16_t value) {
    struct part p = part_of(mask, r);
    size_t own = 0;
    for (size_t row = p.top; row <= p.low; row++) {
        const uint16_t *cells = mask->cells + row * mask->columns;
        const uint16_t *ends = mask->ends + row * mask->columns;
        for (size_t x = p.left, end; x <= p.right; x = end) {
            end = ends[x];
            own += cells[x] == value ? (end <= p.right ? end : p.right + 1) - x : 0;
        }
    }
    return (double)own / (double)((p.right - p.left + 1) * (p.low - p.top + 1));
}

bool lay_mask_meets(const struct lay_mask *alone, struct im_rect r) {
    struct part p = part_of(alone, r);
    for (size_t i = alone->row_start[p.top]; i < alone->row_start[p.low + 1]; i++) {
        if (alone->runs[i].first <= p.right && alone->runs[i].last > p.left) {
            return true;
        }
    }
    return false;
}
