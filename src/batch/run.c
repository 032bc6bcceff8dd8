/*
 * A batch, in steps: map files, jobs, figures with their names, what must be drawn, the
 * pool, the report.
 */
#include "base/file.h"
#include "base/num.h"
#include "batch/inside.h"
#include <stdio.h>
#include <string.h>

/* 1. The map files, each a job that is copied for every figure. */

static enum incmap_status open_map(struct batch *b, size_t m,
                                   struct incmap_error *err) {
    const struct batch_options *o = b->options;
    const char *name = "figure";
    enum incmap_status s = incmap_job_new(o->atlas, &b->map[m], err);
    if (s == INCMAP_OK && o->map_count > 0) {
        const char *file = im_path_name(o->maps[m]);
        const char *dot = strrchr(file, '.');
        size_t n = dot != NULL ? (size_t)(dot - file) : strlen(file);
        name = im_strndup(b->arena, file, n);
        s = incmap_job_load(b->map[m], o->maps[m], err);
    }
    b->map_name[m] = name;
    for (size_t i = 0; s == INCMAP_OK && i < o->setting_count; i++) {
        s = incmap_job_set(b->map[m], o->settings[i].key, o->settings[i].value, err);
    }
    return s;
}

static enum incmap_status open_maps(struct batch *b, struct incmap_error *err) {
    const struct batch_options *o = b->options;
    b->maps = o->map_count > 0 ? o->map_count : 1;
    b->map = im_alloc(b->arena, b->maps, sizeof *b->map);
    b->map_name = im_alloc(b->arena, b->maps, sizeof *b->map_name);
    b->map_open = im_alloc(b->arena, b->maps, sizeof *b->map_open);
    enum incmap_status s = INCMAP_OK;
    for (size_t m = 0; s == INCMAP_OK && m < b->maps; m++) {
        s = open_map(b, m, err);
    }
    return s;
}

static void close_maps(struct batch *b) {
    for (size_t m = 0; m < b->maps; m++) {
        incmap_job_free(b->map[m]);
    }
}

/* 2. The folder. */

/* Folders of the figures are made, and what killed runs left in them is removed. */
static enum incmap_status prepare_folders(struct batch *b, struct incmap_error *err) {
    enum incmap_status s = im_folder_make(b->options->dir, false, err);
    const char *last = "";
    if (s == INCMAP_OK) {
        (void)im_file_sweep(b->options->dir);
    }
    for (size_t i = 0; s == INCMAP_OK && i < b->figures.n; i++) {
        struct batch_figure *f = &b->figures.v[i];
        for (size_t k = 0; s == INCMAP_OK && k < f->outputs; k++) {
            const char *folder = strchr(f->output[k], '/') != NULL
                                     ? batch_folder(b, f->output[k])
                                     : last;
            if (strcmp(folder, last) != 0) {
                s = im_folder_make(folder, false, err);
                (void)im_file_sweep(folder);
                last = folder;
            }
        }
    }
    return s;
}

/* 3. Drawing. */

struct drawing {
    struct batch *b;
    struct batch_progress_state progress;
    size_t next, waiting; /* to be given */
    struct batch_flush flush;
    bool near_end;
};

static const double FLUSH_EVERY_S = 15;
static const size_t NEAR_END = 8; /* figures a worker */

static size_t next_figure(void *self, bool *more) {
    struct drawing *d = self;
    const struct batch_figures *all = &d->b->figures;
    while (d->next < all->n && all->v[d->next].state != BATCH_WAITING) {
        d->next++;
    }
    *more = d->next < all->n;
    if (!*more) {
        return SIZE_MAX;
    }
    d->waiting--;
    return d->next++;
}

static void figure_done(void *self, struct batch_figure *f) {
    struct drawing *d = self;
    batch_progress_figure(&d->progress, f);
}

static size_t figures_left(void *self) {
    struct drawing *d = self;
    return d->waiting;
}

/* Also when few are left to draw, so that little is when none are. */
static void tick(void *self) {
    struct drawing *d = self;
    const struct batch_options *o = d->b->options;
    bool near_end = d->waiting <= NEAR_END * (size_t)o->workers;
    batch_progress_show(&d->progress, false);
    if ((near_end && !d->near_end) || batch_now() - d->flush.last > FLUSH_EVERY_S) {
        batch_flush_start(&d->flush, d->b);
    }
    d->near_end = near_end;
}

static bool draw_all(struct drawing *d) {
    struct batch *b = d->b;
    batch_progress_start(&d->progress, b);
    for (size_t i = 0; i < b->figures.n; i++) {
        if (b->figures.v[i].state != BATCH_WAITING) {
            batch_progress_figure(&d->progress, &b->figures.v[i]);
        } else {
            d->waiting++;
        }
    }
    struct batch_source source = {next_figure, figure_done, tick, figures_left, -1, d};
    bool whole = true;
    if (d->progress.done < d->progress.total) {
        d->flush.last = batch_now();
        d->near_end = d->waiting <= NEAR_END * (size_t)b->options->workers;
        whole = batch_pool(b, &source);
        if (whole) {
            batch_progress_lost(&d->progress, b);
        }
        batch_flush_end(&d->flush);
        batch_flush_start(&d->flush, b);
    }
    batch_progress_end(&d->progress);
    return whole;
}

static void print_plan(const struct batch *b) {
    size_t draw = 0;
    for (size_t i = 0; i < b->figures.n; i++) {
        const struct batch_figure *f = &b->figures.v[i];
        const char *name = f->outputs > 0 ? f->output[0] : f->name;
        draw += f->state == BATCH_WAITING;
        if (f->state == BATCH_BAD) {
            b->options->tell(f->error);
        } else {
            printf("%s %s%s (%s)\n", f->state == BATCH_WAITING ? "draw" : "keep", name,
                   f->outputs > 1 ? " ..." : "", f->why);
        }
    }
    fflush(stdout);
    fprintf(stderr, "incmap: %zu of %zu figures would be drawn\n", draw, b->figures.n);
}

static size_t failed(const struct batch *b) {
    size_t n = 0;
    for (size_t i = 0; i < b->figures.n; i++) {
        n += b->figures.v[i].state == BATCH_BAD;
    }
    return n;
}

/* What is wrong with figures that were drawn, in numbers; those that show nothing of
 * what they are about by name. */
static void print_warnings(const struct batch *b) {
    const size_t most = 5;
    size_t warned = 0, bare = 0;
    const char *names = "";
    for (size_t i = 0; i < b->figures.n; i++) {
        const struct batch_figure *f = &b->figures.v[i];
        warned += f->warned;
        bare += f->bare;
        if (f->bare && bare <= most + 1) {
            names = im_format(b->arena, "%s%s%s", names, bare > 1 ? ", " : "",
                              bare <= most ? f->output[0] : "...");
        }
    }
    if (bare > 0) {
        fprintf(stderr, "incmap: warning: %zu figure%s no incident: %s\n", bare,
                bare == 1 ? " shows" : "s show", names);
    }
    if (warned > 0) {
        fprintf(stderr, "incmap: %zu figure%s warnings; see %s/%s.html\n", warned,
                warned == 1 ? " has" : "s have", b->options->dir, batch_report_name(b));
    }
}

static void print_end(const struct batch *b, const struct batch_progress_state *p,
                      bool whole, double seconds) {
    const struct batch_options *o = b->options;
    if (!o->quiet) {
        print_warnings(b);
    }
    if (!o->quiet || p->failed > 0 || !whole) {
        fprintf(
            stderr,
            "incmap: %zu figure%s in %.1f s: %zu drawn, %zu up to date, %zu failed; "
            "see %s/%s.html\n",
            p->total, p->total == 1 ? "" : "s", seconds, p->drawn, p->current,
            p->failed, o->dir, batch_report_name(b));
    }
    if (!whole) {
        fprintf(stderr,
                "incmap: stopped with %zu figure%s left: the same command goes on from "
                "here\n",
                p->total - p->done, p->total - p->done == 1 ? "" : "s");
    }
}

/* Before anything is drawn: who did not mean it can still stop. */
static void tell_renamed(const struct batch *b) {
    const size_t most = 6;
    size_t n = 0;
    for (size_t i = 0; i < b->figures.n; i++) {
        struct incmap_finding finding;
        if (batch_renamed(b, &b->figures.v[i], &finding) && ++n <= most) {
            b->options->warn(&finding);
        }
    }
    if (n > most) {
        fprintf(stderr, "incmap: %zu more figures are not called as their jobs say\n",
                n - most);
    }
}

static int make_all(struct batch *b, struct incmap_error *err) {
    double start = batch_now();
    enum incmap_status s = batch_figures_make(b, err);
    if (s == INCMAP_OK && !b->options->dry_run) {
        s = prepare_folders(b, err);
    }
    if (s != INCMAP_OK) {
        return (int)s;
    }
    if (!b->options->quiet) {
        tell_renamed(b);
    }
    for (size_t i = 0; i < b->figures.n; i++) {
        batch_decide(b, &b->figures.v[i]);
    }
    if (b->options->dry_run) {
        print_plan(b);
        return failed(b) > 0 ? BATCH_FAILED : 0;
    }
    struct drawing d = {.b = b};
    bool whole = draw_all(&d);
    double seconds = batch_now() - start;
    s = batch_report(b, whole, seconds, err);
    batch_flush_end(&d.flush);
    batch_crew_end(b);
    print_end(b, &d.progress, whole, seconds);
    return s != INCMAP_OK          ? (int)s
           : !whole                ? BATCH_INTERRUPTED
           : d.progress.failed > 0 ? BATCH_FAILED
                                   : 0;
}

int batch_run(struct im_arena *arena, const struct batch_options *options) {
    struct batch b = {.arena = arena, .options = options, .rows = {.arena = arena}};
    struct incmap_error err;
    im_error_clear(&err);
    b.rows.file = "";
    enum incmap_status s = open_maps(&b, &err);
    int code = (int)s;
    if (s == INCMAP_OK && options->jobs != NULL && strcmp(options->jobs, "-") == 0) {
        code = batch_stream(&b, &err);
    } else if (s == INCMAP_OK) {
        code = make_all(&b, &err);
    }
    if (err.message[0] != '\0') {
        options->tell(&err);
    }
    close_maps(&b);
    return code;
}
