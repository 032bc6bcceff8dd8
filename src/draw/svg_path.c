/* Numbers and path data of the SVG: as few characters as the grid allows. */
#include "base/num.h"
#include "draw/svg.h"
#include <math.h>
#include <stdlib.h>

void im_svg_value(struct im_buf *out, double v, int decimals) {
    char text[40];
    size_t n = im_num_write(text, v, decimals);
    const char *p = text;
    if (n > 2 && p[0] == '0' && p[1] == '.') {
        p++; // ".5" is enough
    }
    im_buf_str(out, p);
}

void im_svg_number(struct im_buf *out, const char *name, double v, int decimals) {
    im_buf_fmt(out, " %s=\"", name);
    im_svg_value(out, v, decimals);
    im_buf_char(out, '"');
}

/* Does the buffer end with a number that has a fraction? */
static bool after_fraction(const struct im_buf *out) {
    size_t i = out->len;
    while (i > 0 && out->data[i - 1] >= '0' && out->data[i - 1] <= '9') {
        i--;
    }
    return i > 0 && out->data[i - 1] == '.';
}

void im_svg_step(struct im_buf *out, long v, int decimals, bool separate) {
    double grid = decimals == 1 ? 10.0 : 100.0;
    bool fraction = v > 0 && (double)v < grid;
    if (separate && v >= 0 && !(fraction && after_fraction(out))) {
        im_buf_char(out, ' ');
    }
    if (v < 0) {
        im_buf_char(out, '-');
    }
    im_svg_value(out, (double)labs(v) / grid, decimals);
}

/* Where a path has come to, in steps of the grid. */
struct pen {
    struct im_buf *out;
    int decimals;
    long x, y;
    char command; /* in force: the next pair of numbers may go without a letter */
};

static void command(struct pen *pen, char letter, long dx, long dy) {
    bool same = pen->command == letter;
    if (!same) {
        im_buf_char(pen->out, letter);
    }
    if (letter != 'v') {
        im_svg_step(pen->out, dx, pen->decimals, same);
    }
    if (letter != 'h') {
        im_svg_step(pen->out, dy, pen->decimals, same || letter != 'v');
    }
    pen->command = letter == 'm' ? 'l' : letter;
    pen->x += dx;
    pen->y += dy;
}

/* Every point relative to the one before, the first of a contour as well: to where the
 * pen is, which is the contour's start again once it is closed. */
static void put_path(struct pen *pen, const struct im_path *p) {
    double grid = pen->decimals == 1 ? 10.0 : 100.0;
    long x = 0, y = 0; // the start
    bool drawn = false;
    for (size_t i = 0; i < p->n; i++) {
        long dx = lround(p->v[i].x * grid) - pen->x;
        long dy = lround(p->v[i].y * grid) - pen->y;
        if (i == 0) {
            pen->command = 0;
            command(pen, 'm', dx, dy);
            x = pen->x;
            y = pen->y;
        } else if (dx != 0 || dy != 0 || (i + 1 == p->n && !drawn)) {
            command(pen, dy == 0 ? 'h' : dx == 0 ? 'v' : 'l', dx, dy);
            drawn = true;
        }
    }
    if (p->closed && p->n > 0) {
        im_buf_char(pen->out, 'z');
        pen->x = x;
        pen->y = y;
    }
}

size_t im_svg_vertices(const struct im_paths *paths) {
    size_t n = 0;
    for (size_t i = 0; i < paths->n; i++) {
        n += paths->v[i].n;
    }
    return n;
}

void im_svg_path(struct im_buf *out, const struct im_paths *paths) {
    struct pen pen = {.out = out,
                      .decimals = im_svg_vertices(paths) > IM_SVG_FEW ? 1 : 2};
    im_buf_str(out, " d=\"");
    for (size_t i = 0; i < paths->n; i++) {
        put_path(&pen, &paths->v[i]);
    }
    im_buf_char(out, '"');
}
