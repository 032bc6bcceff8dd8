/* tests/tables/fold.txt: names that count as alike, or not. One test a row. */
#include "text/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 2000, READINGS = IM_FRENCH + 1 };

struct row {
    char label[512];
    char *a, *relation, *b;
};

static struct row rows[ROWS];
static char lines[ROWS][512];
static struct im_arena *arena;

static const char *fold(const char *s) {
    return im_fold(arena, s, strlen(s));
}

static bool same_fold(const char *a, const char *b) {
    return strcmp(fold(a), fold(b)) == 0;
}

static bool same_skeleton(const char *a, const char *b) {
    const char *x = fold(a), *y = fold(b);
    const char *k = im_skeleton(arena, x, strlen(x));
    return k[0] != '\0' && strcmp(k, im_skeleton(arena, y, strlen(y))) == 0;
}

/* Is it a reading of what is asked for (the second name of a row)? */
static bool is_asked(const char *s, unsigned reading) {
    return reading < im_readings(s, strlen(s)) ||
           (reading >= IM_GERMAN && im_reads_as(s, strlen(s), reading));
}

/* The least distance in sound over readings with one skeleton; 1 = none. */
static double sound_distance(const char *a, const char *b, bool bones) {
    struct im_buf x, y;
    double best = 1;
    im_buf_init(&x, arena, 1 << 20);
    im_buf_init(&y, arena, 1 << 20);
    for (unsigned i = 0; i < im_readings(a, strlen(a)); i++) {
        for (unsigned k = 0; k < READINGS; k++) {
            if (!is_asked(b, k)) {
                continue;
            }
            im_skeleton_to(&x, a, strlen(a), i);
            im_skeleton_to(&y, b, strlen(b), k);
            if (bones) {
                x.data[im_bones(x.data, x.len, x.data)] = '\0';
                y.data[im_bones(y.data, y.len, y.data)] = '\0';
            }
            if (x.data[0] == '\0' || strcmp(x.data, y.data) != 0) {
                continue;
            }
            im_sounds_to(&x, a, strlen(a), i);
            im_sounds_to(&y, b, strlen(b), k);
            double d = bones ? 0 : im_sound_distance(x.data, y.data);
            best = d < best ? d : best;
        }
    }
    return best;
}

static bool holds(const struct row *r) {
    bool folded = same_fold(r->a, r->b),
         alike = sound_distance(r->a, r->b, false) < 0.2;
    if (strcmp(r->relation, "fold") == 0) {
        return folded;
    }
    if (strcmp(r->relation, "skeleton") == 0) {
        return !folded && same_skeleton(r->a, r->b) && alike;
    }
    if (strcmp(r->relation, "sound") == 0) {
        return alike;
    }
    if (strcmp(r->relation, "bones") == 0) {
        return !folded && sound_distance(r->a, r->b, true) < 1;
    }
    return strcmp(r->relation, "differ") == 0 && !folded && !alike;
}

static void check_row(void **state) {
    const struct row *r = *state;
    if (!holds(r)) {
        fail_msg("'%s' (%s) is not '%s' to '%s' (%s), sound distance %g", r->a,
                 fold(r->a), r->relation, r->b, fold(r->b),
                 sound_distance(r->a, r->b, false));
    }
}

static size_t read_rows(void) {
    size_t n = 0;
    FILE *file = fopen("tests/tables/fold.txt", "r");
    while (file && n < ROWS && fgets(lines[n], sizeof lines[n], file)) {
        if (lines[n][0] == '#' || lines[n][0] == '\n') {
            continue;
        }
        struct row *r = &rows[n];
        lines[n][strcspn(lines[n], "\n")] = '\0';
        memcpy(r->label, lines[n], sizeof r->label);
        r->a = lines[n];
        r->relation = strchr(r->a, '\t');
        r->b = r->relation ? strchr(r->relation + 1, '\t') : NULL;
        if (!r->b) {
            fprintf(stderr, "fold.txt: unusable row '%s'\n", r->label);
            exit(1);
        }
        *r->relation++ = '\0';
        *r->b++ = '\0';
        n++;
    }
    if (file) {
        fclose(file);
    }
    return n;
}

int main(void) {
    static struct CMUnitTest tests[ROWS];
    size_t n = read_rows();
    arena = im_arena_new((size_t)64 << 20);
    for (size_t i = 0; i < n; i++) {
        tests[i] = (struct CMUnitTest){rows[i].label, check_row, NULL, NULL, &rows[i]};
    }
    int failed = n == 0 ? 1 : _cmocka_run_group_tests("fold.txt", tests, n, NULL, NULL);
    im_arena_free(arena);
    return failed;
}
