#include "help/compare.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Mean of one channel of the cell at (x, y). */
static double mean_of(struct sample_pixels p, int x, int y, int cell, int shift) {
    double sum = 0;
    int n = 0;
    for (int j = y; j < y + cell && j < p.height; j++) {
        for (int i = x; i < x + cell && i < p.width; i++, n++) {
            sum += p.v[j * p.width + i] >> shift & 0xFF;
        }
    }
    return sum / n;
}

struct compare compare_pictures(struct sample_pixels a, struct sample_pixels b,
                                int cell) {
    struct compare c = {0};
    int cells = 0;
    assert_int_equal(a.width, b.width);
    assert_int_equal(a.height, b.height);
    for (int y = 0; y < a.height; y += cell) {
        for (int x = 0; x < a.width; x += cell, cells++) {
            double most = 0;
            for (int shift = 0; shift < 24; shift += 8) {
                most = fmax(most, fabs(mean_of(a, x, y, cell, shift) -
                                       mean_of(b, x, y, cell, shift)));
            }
            c.mean += most;
            if (most > c.worst) {
                c.worst = most;
                c.x = x;
                c.y = y;
            }
        }
    }
    c.mean /= cells;
    return c;
}

/* Store the bytes, run "COMMAND" with the two file names in it, read the PNG. */
static struct sample_pixels convert(struct im_arena *arena, struct im_bytes bytes,
                                    const char *command, int width_px) {
    char folder[] = "/tmp/incmap-test-XXXXXX", in[64], png[64], line[256];
    struct im_bytes made = {NULL, 0};
    struct incmap_error err = {.record = -1};
    assert_non_null(mkdtemp(folder));
    snprintf(in, sizeof in, "%s/in", folder);
    snprintf(png, sizeof png, "%s/out.png", folder);
    assert_int_equal(im_file_write(in, bytes.data, bytes.n, &err), INCMAP_OK);
    snprintf(line, sizeof line, "cd %s && %s %d", folder, command, width_px);
    int code = system(line);
    enum incmap_status s = im_file_map(arena, png, INCMAP_E_INPUT, &made, &err);
    unlink(in);
    unlink(png);
    rmdir(folder);
    if (code != 0 || s != INCMAP_OK) {
        fail_msg("%s: %d %s", line, code, err.message);
    }
    return sample_decode(arena, made);
}

struct sample_pixels compare_pdf(struct im_arena *arena, struct im_bytes pdf,
                                 int width_px) {
    return convert(arena, pdf,
                   "pdftoppm -png -singlefile in out -scale-to-y -1 -scale-to-x",
                   width_px);
}

struct sample_pixels compare_svg(struct im_arena *arena, struct im_bytes svg,
                                 int width_px) {
    return convert(arena, svg, "rsvg-convert in -o out.png -w", width_px);
}
