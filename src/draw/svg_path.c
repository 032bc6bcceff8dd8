/* Numbers and path data of the SVG: as few characters as the grid allows. */
#include "base/num.h"
#include "draw/svg.h"
#include <math.h>

/* Does the buffer end with a number that has a fraction? */
static bool after_fraction(const struct im_buf *out) {
    size_t i = out->len;
    while (i > 0 && out->data[i - 1] >= '0' && out->data[i - 1] <= '9') {
        i--;
    }
    return i > 0 && out->data[i - 1] == '.';
}

void im_svg_step(struct im_buf *out, long v, int decimals, bool separate) {
    char text[24], *const end = text + sizeof text, *p = end;
    unsigned long rest = v < 0 ? 0UL - (unsigned long)v : (unsigned long)v;
    for (int i = 0; i < decimals; i++, rest /= 10) {
        if (p < end || rest % 10 > 0) {
            *--p = (char)('0' + rest % 10);
        }
    }
    if (p < end) {
        *--p = '.';
    }
    for (; rest > 0 || p == end; rest /= 10) {
        *--p = (char)('0' + rest % 10);
    }
    if (v < 0) {
        *--p = '-';
    } else if (separate && !(*p == '.' && after_fraction(out))) {
        *--p = ' ';
    }
    im_buf_add(out, p, (size_t)(end - p));
}

void im_svg_value(struct im_buf *out, double v, int decimals) {
    static const double grid[] = {1, 10, 100, 1000};
    if (decimals <= 3 && fabs(v) < 1e9) {
        im_svg_step(out, lround(v * grid[decimals]), decimals, false);
        return;
    }
    char text[40];
    im_num_write(text, v, decimals);
    im_buf_str(out, text);
}

void im_svg_number(struct im_buf *out, const char *name, double v, int decimals) {
    im_buf_char(out, ' ');
    im_buf_str(out, name);
    im_buf_str(out, "=\"");
    im_svg_value(out, v, decimals);
    im_buf_char(out, '"');
}

/* Where a path has come to, in steps of the grid. */
struct pen {
    struct im_buf *out;
    int decimals;
    double steps; /* to a point */
    bool join, open;
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

static void step_to(struct pen *pen, struct im_pt to) {
    long dx = lround(to.x * pen->steps) - pen->x;
    long dy = lround(to.y * pen->steps) - pen->y;
    if (dx != 0 || dy != 0) {
        command(pen, dy == 0 ? 'h' : dx == 0 ? 'v' : 'l', dx, dy);
    }
}

/* The control points and the end of a curve, all from where the pen is. */
static void curve_to(struct pen *pen, const struct im_pt control[2], struct im_pt end) {
    const struct im_pt point[] = {control[0], control[1], end};
    bool same = pen->command == 'c';
    long x = 0, y = 0;
    im_buf_str(pen->out, same ? "" : "c");
    for (int i = 0; i < 3; i++) {
        x = lround(point[i].x * pen->steps);
        y = lround(point[i].y * pen->steps);
        im_svg_step(pen->out, x - pen->x, pen->decimals, same || i > 0);
        im_svg_step(pen->out, y - pen->y, pen->decimals, true);
    }
    pen->command = 'c';
    pen->x = x;
    pen->y = y;
}

/* A smooth line, whose first point is written. */
static void put_smooth(struct pen *pen, const struct im_path *p) {
    for (size_t i = 0, n; i + 1 < p->n; i += n - 1) {
        struct im_pt control[2];
        n = im_svg_curve(p->v + i, p->n - i, control);
        if (n > 2) {
            curve_to(pen, control, p->v[i + n - 1]);
        } else {
            step_to(pen, p->v[i + 1]);
        }
    }
}

/* Every point relative to the one before, the first of a contour as well: to where the
 * pen is, which is the contour's start again once it is closed. */
static void put_path(struct pen *pen, const struct im_path *p) {
    long dx = lround(p->v[0].x * pen->steps) - pen->x;
    long dy = lround(p->v[0].y * pen->steps) - pen->y;
    if (!pen->join || !pen->open || p->closed || dx != 0 || dy != 0) {
        pen->command = 0;
        command(pen, 'm', dx, dy);
    }
    long x = pen->x, y = pen->y; // the start
    size_t before = pen->out->len;
    if (pen->decimals == 0 && im_svg_is_smooth(p)) {
        put_smooth(pen, p);
    } else {
        for (size_t i = 1; i < p->n; i++) {
            step_to(pen, p->v[i]);
        }
    }
    if (p->n > 1 && pen->out->len == before) { // a dot
        command(pen, 'h', 0, 0);
    }
    if (p->closed) {
        im_buf_char(pen->out, 'z');
        pen->x = x;
        pen->y = y;
    }
    pen->open = !p->closed;
}

size_t im_svg_vertices(const struct im_paths *paths) {
    size_t n = 0;
    for (size_t i = 0; i < paths->n; i++) {
        n += paths->v[i].n;
    }
    return n;
}

void im_svg_path(struct im_buf *out, const struct im_paths *paths, int units,
                 bool join) {
    int decimals = units > 1 ? 0 : im_svg_vertices(paths) > IM_SVG_FEW ? 1 : 2;
    struct pen pen = {.out = out, .decimals = decimals, .join = join};
    pen.steps = decimals == 0 ? units : decimals == 1 ? 10.0 : 100.0;
    im_buf_str(out, " d=\"");
    for (size_t i = 0; i < paths->n; i++) {
        if (paths->v[i].n > 0) {
            put_path(&pen, &paths->v[i]);
        }
    }
    im_buf_char(out, '"');
}
