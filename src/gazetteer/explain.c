/*
 * How an answer came about, for people: the question, the forms in which the name was
 * looked for, the candidates, their scores term by term, the rule that decided, and
 * what to do.
 */
#include "base/num.h"
#include "gazetteer/find.h"
#include "gazetteer/pins.h"
#include "gazetteer/table.h"

#include <math.h>
#include <string.h>

enum { SHOWN = 10, PLACE_COLUMNS = 8, RIGHT_PLACE = 1 | 1 << 4 | 1 << 5 };

struct explaining {
    struct im_buf *buf;
    struct im_arena *arena;
    const struct im_gazetteer *gz;
    const struct im_lookup *lookup;
};

static void heading(struct explaining *e, const char *text) {
    im_buf_fmt(e->buf, "\n%s\n", text);
}

/* 1. The question. */

static const char *point(struct im_arena *arena, struct im_lonlat p) {
    return im_format(arena, "%.4f, %.4f (longitude, latitude)", p.lon, p.lat);
}

static void put_question(struct explaining *e) {
    const struct im_lookup *l = e->lookup;
    char date[16];
    const char *as_of = im_date_write(date, l->as_of);
    const char *company = "none";
    if (l->scope && l->scope->n > 0) {
        company = im_format(e->arena, "%zu name%s, %zu of them placed", l->scope->n,
                            l->scope->n == 1 ? "" : "s", l->context_count);
    }
    const struct gaz_cells rows[] = {
        {{"country", l->country && l->country[0] ? l->country : "any"}},
        {{"kind", l->kind == IM_KIND_ANY ? "any" : im_kind_text(l->kind)}},
        {{"near", l->has_near ? point(e->arena, l->near) : "anywhere"}},
        {{"as of", as_of[0] ? as_of : "today"}},
        {{"context", company}}};
    heading(e, "Asked");
    gaz_put_rows(e->buf, rows, sizeof rows / sizeof *rows, 2, 0);
}

/* 2. The forms. */

/* The keys of a form's readings, each once. */
static const char *keys_of(struct im_arena *arena, const struct gaz_form *form) {
    struct im_buf text;
    im_buf_init(&text, arena, (size_t)1 << 20);
    for (unsigned i = 0; i < form->readings; i++) {
        bool known = form->key[i][0] == '\0';
        for (unsigned k = 0; k < i && !known; k++) {
            known = strcmp(form->key[k], form->key[i]) == 0;
        }
        if (!known) {
            im_buf_fmt(&text, "%s%s", text.len ? " " : "", form->key[i]);
        }
    }
    return text.data;
}

static void put_forms(struct explaining *e) {
    struct gaz_query q;
    struct gaz_cells rows[2 + GAZ_STEMS] = {{{"", "letters", "by sound"}}};
    size_t n = 1;
    gaz_query_init(&q, e->gz, e->arena, e->lookup);
    for (size_t i = 0; i < q.forms; i++) {
        rows[n++] = (struct gaz_cells){
            {i == 0 ? "as written" : "generic word set aside",
             gaz_visible(e->arena, q.form[i].fold), keys_of(e->arena, &q.form[i])}};
    }
    heading(e, "Looked for");
    gaz_put_rows(e->buf, rows, n, 3, 0);
}

/* 3. The candidates. */

static struct gaz_cells candidate_cells(struct explaining *e, size_t i,
                                        const struct im_candidate *c) {
    struct gaz_cells place = gaz_place_cells(e->arena, c), row = {{NULL}};
    row.cell[0] = im_format(e->arena, "%zu", i + 1);
    memcpy(row.cell + 1, place.cell, 5 * sizeof *row.cell);
    row.cell[6] = gaz_visible(e->arena, c->place->id);
    row.cell[7] = im_format(e->arena, "%s '%s'%s", im_match_text(c->match),
                            gaz_visible(e->arena, c->matched),
                            c->outside ? ", outside the country" : "");
    return row;
}

static void put_candidates(struct explaining *e, const struct im_answer_set *a) {
    struct gaz_cells rows[SHOWN];
    size_t n = a->n < SHOWN ? a->n : SHOWN;
    for (size_t i = 0; i < n; i++) {
        rows[i] = candidate_cells(e, i, &a->candidates[i]);
    }
    heading(e, n > 0 ? "Candidates" : "Candidates: none");
    gaz_put_rows(e->buf, rows, n, PLACE_COLUMNS, RIGHT_PLACE);
}

/* 4. The scores: a row for each term, a column for each candidate. */

struct grid {
    struct gaz_cells *rows;
    size_t n, cap;
};

static struct gaz_cells *row_of(struct explaining *e, struct grid *g,
                                const char *term) {
    struct gaz_cells fresh = {{term}};
    for (size_t i = 1; i < g->n; i++) {
        if (strcmp(g->rows[i].cell[0], term) == 0) {
            return &g->rows[i];
        }
    }
    for (size_t c = 1; c < GAZ_CELLS; c++) {
        fresh.cell[c] = "";
    }
    IM_PUSH(e->arena, g->rows, g->n, g->cap, fresh);
    return &g->rows[g->n - 1];
}

static const char *number(struct im_arena *arena, double v) {
    char text[40];
    im_num_fixed(text, v, 3);
    return im_strdup(arena, text);
}

static void put_scores(struct explaining *e, const struct im_answer_set *a) {
    struct grid g = {NULL, 0, 0};
    size_t n = a->n < SHOWN ? a->n : SHOWN;
    unsigned right = 0;
    row_of(e, &g, "");
    for (size_t i = 0; i < n; i++) {
        const struct im_candidate *c = &a->candidates[i];
        g.rows[0].cell[i + 1] = im_format(e->arena, "%zu", i + 1);
        right |= 1U << (i + 1);
        for (size_t t = 0; t < c->term_count; t++) {
            row_of(e, &g, c->terms[t].name)->cell[i + 1] =
                number(e->arena, c->terms[t].value);
        }
    }
    for (size_t i = 0; i < n; i++) {
        row_of(e, &g, "score")->cell[i + 1] = number(e->arena, a->candidates[i].score);
    }
    if (n > 0) {
        heading(e, "Score, term by term");
        gaz_put_rows(e->buf, g.rows, g.n, n + 1, right);
    }
}

/* 5. What to do. */

static void put_pins(struct explaining *e, const struct im_answer_set *a, size_t n) {
    im_buf_str(e->buf, "  name, context, place, who, when, why; between tabs\n\n");
    for (size_t i = 0; i < n; i++) {
        im_buf_str(e->buf, i ? "#" : "");
        gaz_put_pin(e->buf, e->lookup, a->candidates[i].place);
    }
}

static void put_advice(struct explaining *e, const struct im_answer_set *a) {
    heading(e, "What to do");
    if (a->status == IM_ANSWER_OK) {
        im_buf_str(e->buf, "  nothing; to settle it for good, add this line to a file "
                           "of pins, and sign it:\n");
        put_pins(e, a, 1);
    } else if (a->n > 0) {
        im_buf_fmt(e->buf,
                   "  %s,\n  or take the line that is meant into a file of pins, "
                   "without the #, and sign it:\n",
                   a->status == IM_ANSWER_AMBIGUOUS
                       ? "say the country, a place that is near, or the kind"
                       : "mend the spelling");
        put_pins(e, a, a->n);
    } else {
        im_buf_str(e->buf, "  give longitude and latitude in the row, add the place to "
                           "a gazetteer of your own,\n  or pin the name with "
                           "LON,LAT in the third field:\n");
        im_buf_fmt(e->buf, "\n%s\t\tLON,LAT\t\t\t\n",
                   gaz_visible(e->arena, e->lookup->name));
    }
}

static void put_answer(struct explaining *e, const struct im_answer_set *a) {
    put_candidates(e, a);
    put_scores(e, a);
}

void im_answer_explain(struct im_buf *buf, const struct im_gazetteer *gz,
                       const struct im_lookup *lookup, const struct im_answer_set *a) {
    struct explaining e = {buf, buf->arena, gz, lookup};
    const char *answer = im_answer_text(a->status);
    im_buf_fmt(buf, "%s: %s, %s\n", gaz_visible(buf->arena, lookup->name), answer,
               gaz_visible(buf->arena, a->reason));
    if (a->pin && a->n > 0) {
        im_buf_fmt(buf, "%s\n", gaz_visible(buf->arena, a->candidates[0].reason));
    }
    put_question(&e);
    put_forms(&e);
    put_answer(&e, a);
    if (!a->pin) {
        put_advice(&e, a);
        return;
    }
    struct im_lookup unpinned = *lookup;
    unpinned.unpinned = true;
    struct im_answer_set other = im_gazetteer_find(gz, buf->arena, &unpinned);
    im_buf_fmt(buf, "\nWithout the pin: %s, %s\n", im_answer_text(other.status),
               gaz_visible(buf->arena, other.reason));
    put_answer(&e, &other);
}
