/* tests/tables/resolve.txt: what each name must resolve to. One test a row. */
#include "api/atlas.h"
#include "incmap.h"
#include "base/limits.h"
#include "base/num.h"
#include "gazetteer/gazetteer.h"
#include "help/data.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 6000, LINE = 1024, COLUMNS = 6, CONTEXT = 16 };

struct row {
    char line[LINE], label[LINE];
    char *cell[COLUMNS]; /* query, options, expected, lon, lat, tolerance_km */
};

static struct row *rows;
static struct im_gazetteer *gz;

struct question {
    struct im_lookup lookup;
    char country[16];
    struct im_lonlat context[CONTEXT];
};

static struct im_arena *new_arena(void) {
    struct im_arena *own = im_arena_new(IM_MAX_JOB_BYTES);
    if (!own) {
        fail_msg("no memory");
    }
    return own;
}

/* "context=A|B": places settled before, looked up plainly. */
static void add_context(struct im_arena *own, struct question *q, char *names) {
    for (char *name = names; name;) {
        char *bar = strchr(name, '|');
        if (bar) {
            *bar = '\0';
        }
        struct im_lookup plain = {.name = name, .country = "", .admin1 = ""};
        struct im_answer_set a = im_gazetteer_find(gz, own, &plain);
        if (a.status != IM_ANSWER_OK || q->lookup.context_count == CONTEXT) {
            fail_msg("context '%s' is %s", name, im_answer_text(a.status));
        }
        q->context[q->lookup.context_count++] = a.candidates[0].place->at;
        name = bar ? bar + 1 : NULL;
    }
}

static void read_option(struct im_arena *own, struct question *q, char *option) {
    char *value = strchr(option, '=');
    bool good = value != NULL;
    if (good) {
        *value++ = '\0';
    }
    if (good && strcmp(option, "country") == 0) {
        snprintf(q->country, sizeof q->country, "%s", value);
    } else if (good && strcmp(option, "kind") == 0) {
        good = im_kind_parse(value, strlen(value), &q->lookup.kind);
    } else if (good && strcmp(option, "as_of") == 0) {
        good = im_date_parse(value, strlen(value), &q->lookup.as_of);
    } else if (good && strcmp(option, "context") == 0) {
        add_context(own, q, value);
    } else {
        good = false;
    }
    if (!good) {
        fail_msg("unusable option '%s'", option);
    }
}

static void read_question(struct im_arena *own, const struct row *r,
                          struct question *q) {
    *q = (struct question){.lookup = {.name = r->cell[0], .admin1 = ""}};
    q->lookup.country = q->country;
    q->lookup.context = q->context;
    char options[LINE];
    snprintf(options, sizeof options, "%s", r->cell[1]);
    for (char *option = options; option && strcmp(options, "-") != 0;) {
        char *next = strchr(option, ';');
        if (next) {
            *next++ = '\0';
        }
        read_option(own, q, option);
        option = next;
    }
}

static double kilometres(struct im_lonlat a, struct im_lonlat b) {
    const double rad = 3.14159265358979323846 / 180;
    double s = sin((b.lat - a.lat) * rad / 2), t = sin((b.lon - a.lon) * rad / 2);
    return 12742 * asin(sqrt(s * s + cos(a.lat * rad) * cos(b.lat * rad) * t * t));
}

static double number(const char *s) {
    double v = NAN;
    if (!im_num_parse(s, strlen(s), &v)) {
        fail_msg("unusable number '%s'", s);
    }
    return v;
}

/* Does the answer meet the row? When not, *why. */
static bool meets(const struct row *r, const struct im_answer_set *a) {
    const char *expected = r->cell[2];
    if (strcmp(expected, "unsure") == 0) {
        return a->status != IM_ANSWER_OK;
    }
    bool is_status =
        strcmp(expected, "ambiguous") == 0 || strcmp(expected, "unknown") == 0;
    if (is_status) {
        return strcmp(im_answer_text(a->status), expected) == 0;
    }
    if (a->status != IM_ANSWER_OK) {
        return false;
    }
    const struct im_place *p = a->candidates[0].place;
    if (strcmp(expected, "ok") != 0 && strcmp(expected, p->id) != 0) {
        return false;
    }
    if (strcmp(r->cell[3], "-") == 0) {
        return true;
    }
    struct im_lonlat at = {number(r->cell[3]), number(r->cell[4])};
    return kilometres(at, p->at) <= number(r->cell[5]);
}

static void check_row(void **state) {
    const struct row *r = *state;
    struct im_arena *own = new_arena();
    struct question q;
    read_question(own, r, &q);
    struct im_answer_set a = im_gazetteer_find(gz, own, &q.lookup);
    bool good = meets(r, &a);
    if (!good) {
        struct im_buf text;
        im_buf_init(&text, own, 1 << 20);
        a.status = a.status == IM_ANSWER_OK ? IM_ANSWER_AMBIGUOUS : a.status;
        im_answer_table(&text, r->cell[0], &a);
        print_message("%s\n-> %s", r->label, text.data);
    }
    im_arena_free(own);
    assert_true(good);
}

static bool split(struct row *r) {
    char *at = r->line;
    r->line[strcspn(r->line, "\n")] = '\0';
    memcpy(r->label, r->line, sizeof r->label);
    for (int i = 0; i < COLUMNS; i++) {
        r->cell[i] = at;
        at = strchr(at, '\t');
        if ((i + 1 < COLUMNS) != (at != NULL)) {
            return false;
        }
        if (at) {
            *at++ = '\0';
        }
    }
    return true;
}

static size_t read_rows(void) {
    size_t n = 0;
    FILE *file = fopen("tests/tables/resolve.txt", "r");
    while (file && n < ROWS && fgets(rows[n].line, LINE, file)) {
        if (rows[n].line[0] == '#' || rows[n].line[0] == '\n') {
            continue;
        }
        if (!split(&rows[n])) {
            fprintf(stderr, "resolve.txt: not six columns: '%s'\n", rows[n].label);
            exit(1);
        }
        n++;
    }
    if (file) {
        if (n == ROWS) {
            fprintf(stderr, "resolve.txt: more than %d rows\n", ROWS - 1);
            exit(1);
        }
        fclose(file);
    }
    return n;
}

int main(void) {
    static struct CMUnitTest tests[ROWS];
    struct incmap_error err = {.status = INCMAP_OK};
    rows = calloc(ROWS, sizeof *rows);
    size_t n = read_rows();
    if (incmap_atlas_open(data_folder(), NULL, &atlas, &err) != INCMAP_OK ||
        im_atlas_gazetteer(atlas, &gz, &err) != INCMAP_OK) {
        fprintf(stderr, "%s: %s\n", err.source, err.message);
        return 1;
    }
    for (size_t i = 0; i < n; i++) {
        tests[i] = (struct CMUnitTest){rows[i].label, check_row, NULL, NULL, &rows[i]};
    }
    int failed =
        n == 0 ? 1 : _cmocka_run_group_tests("resolve.txt", tests, n, NULL, NULL);
    incmap_atlas_close(atlas);
    free(rows);
    return failed;
}
