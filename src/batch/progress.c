/* What a person sees while it runs: a bar on a terminal, a line now and then elsewhere.
 */
#include "batch/inside.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 28, TOLD_MOST = 20 };
static const double BAR_EVERY_S = 0.2, LINE_EVERY_S = 10;

void batch_progress_start(struct batch_progress_state *p, const struct batch *b) {
    const struct batch_options *o = b->options;
    *p = (struct batch_progress_state){.b = b, .start = batch_now()};
    p->total = b->figures.n;
    p->bar = o->progress == BATCH_PROGRESS_ALWAYS ||
             (o->progress == BATCH_PROGRESS_AUTO && isatty(STDERR_FILENO));
    p->shown = p->start - (p->bar ? BAR_EVERY_S : 0); // a bar from the first figure on
}

/* "45 s", "3 min", "2 h 10 min" */
static void put_time(char *out, size_t size, double s) {
    if (s < 90) {
        snprintf(out, size, "%.0f s", s);
    } else if (s < 90 * 60.0) {
        snprintf(out, size, "%.0f min", s / 60);
    } else {
        int minutes = (int)(s / 60);
        snprintf(out, size, "%d h %d min", minutes / 60, minutes % 60);
    }
}

static void put_state(const struct batch_progress_state *p, char *out, size_t size) {
    double elapsed = batch_now() - p->start;
    double rate = elapsed > 0 ? (double)(p->done - p->untried) / elapsed : 0;
    char left[32] = "";
    if (rate > 0 && p->total > p->done) {
        put_time(left, sizeof left, (double)(p->total - p->done) / rate);
    }
    snprintf(out, size, "%zu of %zu, %.1f/s%s%s%s, %zu failed", p->done, p->total, rate,
             left[0] != '\0' ? ", " : "", left, left[0] != '\0' ? " left" : "",
             p->failed);
}

static void clear_line(struct batch_progress_state *p) {
    if (p->open) {
        fputs("\r\033[K", stderr);
        p->open = false;
    }
}

static void show_bar(struct batch_progress_state *p) {
    char state[160];
    size_t full = p->total > 0 ? p->done * WIDTH / p->total : WIDTH;
    put_state(p, state, sizeof state);
    fputs("\r\033[K[", stderr);
    for (size_t i = 0; i < WIDTH; i++) {
        fputc(i < full ? '#' : '-', stderr);
    }
    fprintf(stderr, "] %s", state);
    fflush(stderr);
    p->open = true;
}

void batch_progress_show(struct batch_progress_state *p, bool now) {
    const struct batch_options *o = p->b->options;
    double time = batch_now();
    double every = p->bar ? BAR_EVERY_S : LINE_EVERY_S;
    if (o->progress == BATCH_PROGRESS_NEVER || (o->quiet && !p->bar) ||
        (!now && (time - p->shown < every ||
                  (p->done == 0 && time - p->start < BAR_EVERY_S)))) {
        return;
    }
    p->shown = time;
    if (p->bar) {
        show_bar(p);
    } else if (!now) {
        char state[160];
        put_state(p, state, sizeof state);
        fprintf(stderr, "incmap: %s\n", state);
    }
}

static void end_alike(struct batch_progress_state *p) {
    if (p->alike > 0) {
        fprintf(stderr, "incmap: %zu more figure%s failed with this error\n", p->alike,
                p->alike == 1 ? "" : "s");
    }
    p->alike = 0;
}

/* What is wrong with a map file is told once, not by each figure; of many different
 * errors the first ones: the report has them all. */
static void tell(struct batch_progress_state *p, const struct incmap_error *err) {
    const struct incmap_error *last = p->last;
    if (last != NULL && err->line == last->line &&
        strcmp(err->source, last->source) == 0 &&
        strcmp(err->message, last->message) == 0) {
        p->alike++;
        return;
    }
    if (p->told == TOLD_MOST) {
        p->untold++;
        return;
    }
    p->told++;
    clear_line(p);
    end_alike(p);
    p->b->options->tell(err);
    p->last = err;
}

void batch_progress_figure(struct batch_progress_state *p,
                           const struct batch_figure *f) {
    p->done++;
    p->untried += f->tries == 0; // there when the clock was started
    p->drawn += f->state == BATCH_DRAWN;
    p->current += f->state == BATCH_CURRENT;
    p->failed += f->state == BATCH_BAD;
    if (f->state == BATCH_BAD) {
        tell(p, f->error);
    }
}

void batch_progress_lost(struct batch_progress_state *p, struct batch *b) {
    for (size_t i = 0; i < b->figures.n; i++) {
        struct batch_figure *f = &b->figures.v[i];
        if (f->state == BATCH_WAITING) {
            struct incmap_error err;
            im_error_clear(&err);
            (void)im_fail(&err, INCMAP_E_BUG, IM_NOWHERE,
                          "was never drawn, a fault of incmap (run the same command "
                          "again: it draws what is missing)");
            batch_point(b, f, &err);
            batch_fail(b->arena, f, &err);
            batch_progress_figure(p, f);
        }
    }
}

void batch_progress_end(struct batch_progress_state *p) {
    clear_line(p);
    end_alike(p);
    if (p->untold > 0) {
        fprintf(stderr, "incmap: %zu more figure%s failed, see %s/%s.html\n", p->untold,
                p->untold == 1 ? "" : "s", p->b->options->dir, batch_report_name(p->b));
    }
}
