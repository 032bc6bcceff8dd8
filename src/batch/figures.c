/* From rows to figures: what each sets, how it is called, where it goes. */
#include "base/file.h"
#include "batch/inside.h"
#include <string.h>

/* Keys of a map file in which {column} may stand. */
static const char *const text_keys[] = {"title",
                                        "subtitle",
                                        "where",
                                        "facet",
                                        "labels.list",
                                        "furniture.credits",
                                        "furniture.disclaimer"};
enum { TEXT_KEYS = sizeof text_keys / sizeof *text_keys };

/* Columns that are no keys of a map file but mean something. */
static bool is_ours(const char *column) {
    static const char *const ours[] = {"name", "format", "id", "output", "part"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        if (strcmp(column, ours[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_used(const struct batch *b, const char *column) {
    for (size_t m = 0; m < b->maps; m++) {
        for (size_t i = 0; i < TEXT_KEYS; i++) {
            const char *text = incmap_job_text(b->map[m], text_keys[i]);
            if (text != NULL && batch_uses(text, column)) {
                return true;
            }
        }
        for (size_t i = 0; i < incmap_job_output_count(b->map[m]); i++) {
            if (batch_uses(incmap_job_output(b->map[m], i), column)) {
                return true;
            }
        }
    }
    for (size_t r = 0; r < b->rows.n; r++) {
        const struct batch_row *row = &b->rows.v[r];
        for (size_t i = 0; i < row->cells; i++) {
            if (row->cell[i] != NULL && batch_uses(row->cell[i], column)) {
                return true;
            }
        }
    }
    return false;
}

/* Does the map file use a column that the jobs lack? */
static enum incmap_status check_text(struct batch *b, size_t map, const char *key,
                                     const char *text, struct incmap_error *err) {
    const struct batch_row nothing = {0};
    const char *bad = NULL;
    if (text != NULL) {
        (void)batch_fill(b, text, &nothing, &bad);
    }
    if (bad == NULL) {
        return INCMAP_OK;
    }
    const char *list = "";
    for (size_t i = 0; i < b->rows.columns; i++) {
        list =
            im_format(b->arena, "%s%s%s", list, i > 0 ? ", " : "", b->rows.column[i]);
    }
    const char *file = b->options->map_count > 0 ? b->options->maps[map] : "";
    return im_fail(
        err, INCMAP_E_USAGE, IM_FILE(file),
        "%s: '%s': the jobs have no column '%s' (%s%s; write {{ for a brace)", key,
        text, bad, list[0] != '\0' ? "columns: " : "no columns", list);
}

static enum incmap_status check_texts(struct batch *b, struct incmap_error *err) {
    enum incmap_status s = INCMAP_OK;
    for (size_t m = 0; m < b->maps; m++) {
        for (size_t i = 0; s == INCMAP_OK && i < TEXT_KEYS; i++) {
            s = check_text(b, m, text_keys[i], incmap_job_text(b->map[m], text_keys[i]),
                           err);
        }
        for (size_t i = 0; s == INCMAP_OK && i < incmap_job_output_count(b->map[m]);
             i++) {
            s = check_text(b, m, "output", incmap_job_output(b->map[m], i), err);
        }
    }
    return s;
}

enum incmap_status batch_columns_check(struct batch *b, struct incmap_error *err) {
    enum incmap_status s = check_texts(b, err);
    if (s != INCMAP_OK) {
        return s;
    }
    for (size_t i = 0; i < b->rows.columns; i++) {
        struct incmap_error why;
        const char *column = b->rows.column[i];
        if (!is_ours(column) &&
            incmap_job_knows(b->map[0], column, &why) != INCMAP_OK &&
            !is_used(b, column)) {
            return im_fail(err, INCMAP_E_USAGE,
                           IM_AT(b->rows.file, b->rows.named[i], 0),
                           "column '%s': %s; a column that is no key must be used as "
                           "{%s} in a title or file name",
                           column, why.message, column);
        }
    }
    return INCMAP_OK;
}

struct incmap_error *batch_kept(struct im_arena *arena,
                                const struct incmap_error *err) {
    struct incmap_error *kept = im_alloc(arena, 1, sizeof *kept);
    *kept = *err;
    return kept;
}

void batch_fail(struct im_arena *arena, struct batch_figure *f,
                const struct incmap_error *err) {
    f->state = BATCH_BAD;
    f->error = batch_kept(arena, err);
}

struct making {
    struct batch *b;
    struct batch_figure *f;
    const struct batch_row *row;
    size_t cap;
    struct incmap_error err;
};

static bool set(struct making *m, const char *key, const char *text) {
    const char *bad = NULL;
    struct batch_setting one = {key, batch_fill(m->b, text, m->row, &bad)};
    if (bad != NULL) {
        (void)im_fail(&m->err, INCMAP_E_USAGE, IM_AT(m->b->rows.file, m->f->line, 0),
                      "%s: '%s': there is no column '%s'", key, text, bad);
        return false;
    }
    IM_PUSH(m->b->arena, m->f->settings, m->f->setting_count, m->cap, one);
    return true;
}

/* A row's list of places replaces that of the map file. */
static bool set_cell(struct making *m, const char *key, const char *text) {
    if (strcmp(key, "extent.around") == 0 && !set(m, "extent.fit", "incidents")) {
        return false;
    }
    return set(m, key, text);
}

static bool has_cell(const struct making *m, const char *key) {
    for (size_t i = 0; i < m->b->rows.columns; i++) {
        if (strcmp(m->b->rows.column[i], key) == 0) {
            return batch_cell(m->row, i)[0] != '\0';
        }
    }
    return false;
}

static bool take_settings(struct making *m) {
    struct batch *b = m->b;
    for (size_t i = 0; i < TEXT_KEYS; i++) {
        const char *text = incmap_job_text(b->map[m->f->map], text_keys[i]);
        if (text != NULL && strchr(text, '{') != NULL && !has_cell(m, text_keys[i]) &&
            !set(m, text_keys[i], text)) {
            return false;
        }
    }
    for (size_t i = 0; i < m->row->cells; i++) {
        const char *column = b->rows.column[i];
        struct incmap_error why;
        if (m->row->cell[i] != NULL && !is_ours(column) &&
            incmap_job_knows(b->map[0], column, &why) == INCMAP_OK &&
            !set_cell(m, column, m->row->cell[i])) {
            return false;
        }
    }
    return true;
}

/* A figure of one part of the data says which, when nothing else does. */
static bool take_facet(struct making *m) {
    struct batch *b = m->b;
    const char *part = "";
    struct incmap_job *map = b->map[m->f->map];
    const char *title = incmap_job_text(map, "title");
    for (size_t i = 0; i < TEXT_KEYS; i++) {
        const char *text = incmap_job_text(map, text_keys[i]);
        if (text != NULL && strchr(text, '{') != NULL) {
            return true;
        }
    }
    for (size_t i = 0; i < b->rows.columns; i++) {
        part = strcmp(b->rows.column[i], "part") == 0 ? batch_cell(m->row, i) : part;
    }
    return set(m, "title",
               title != NULL && title[0] != '\0'
                   ? im_format(b->arena, "%s: %s", title, part)
                   : part);
}

static const char *name_of(struct making *m) {
    struct batch *b = m->b;
    static const char *const first[] = {"name", "title", NULL};
    struct im_buf all;
    const char *bad;
    for (size_t k = 0; first[k] != NULL; k++) {
        for (size_t i = 0; i < b->rows.columns; i++) {
            const char *cell = batch_cell(m->row, i);
            if (strcmp(b->rows.column[i], first[k]) == 0 && cell[0] != '\0') {
                return batch_fill(b, cell, m->row, &bad);
            }
        }
    }
    im_buf_init(&all, b->arena, (size_t)16 << 20);
    for (size_t i = 0; i < m->row->cells; i++) {
        if (m->row->cell[i] != NULL && !is_ours(b->rows.column[i])) {
            im_buf_fmt(&all, "%s%s", all.len > 0 ? " " : "", m->row->cell[i]);
        }
    }
    return all.data;
}

struct batch_figure batch_figure_of(struct batch *b, size_t map,
                                    const struct batch_row *row) {
    struct batch_figure f = {.map = map, .line = row->line, .id = row->id};
    struct making m = {.b = b, .f = &f, .row = row};
    im_error_clear(&m.err);
    f.name = "";
    if (row->error != NULL) {
        batch_fail(b->arena, &f, row->error);
        return f;
    }
    f.name = name_of(&m);
    bool several = b->maps > 1;
    if (several || f.name[0] == '\0') {
        f.name = im_format(b->arena, "%s%s%s", b->map_name[map],
                           f.name[0] != '\0' ? " " : "", f.name);
    }
    bool ok = take_settings(&m) && (b->options->facet == NULL || take_facet(&m)) &&
              batch_outputs_of(b, &f, row, &m.err);
    if (!ok) {
        batch_fail(b->arena, &f, &m.err);
    }
    return f;
}

static int add_facet(void *self, const char *name, const char *const *settings,
                     size_t count) {
    struct batch *b = self;
    struct batch_row row = {0};
    batch_set_cell(&b->rows, &row, "name", im_strdup(b->arena, name));
    for (size_t i = 0; i < count; i++) {
        batch_set_cell(&b->rows, &row, settings[2 * i],
                       im_strdup(b->arena, settings[2 * i + 1]));
    }
    IM_PUSH(b->arena, b->rows.v, b->rows.n, b->rows.cap, row);
    return 0;
}

/* A table without a job is a slip in what made it, not a batch that is done. */
static enum incmap_status read_jobs(struct batch *b, struct incmap_error *err) {
    const char *file = b->options->jobs;
    enum incmap_status s = batch_rows_read(&b->rows, file, err);
    return s == INCMAP_OK && b->rows.n == 0
               ? im_fail(err, INCMAP_E_INPUT, IM_FILE(file), "there is no job in it")
               : s;
}

static enum incmap_status add_rows(struct batch *b, size_t map,
                                   struct incmap_error *err) {
    const struct batch_options *o = b->options;
    if (o->facet != NULL) {
        return incmap_job_facets(b->map[map], o->facet, add_facet, b, err);
    }
    if (o->jobs != NULL) {
        return map == 0 ? read_jobs(b, err) : INCMAP_OK;
    }
    if (map == 0) {
        struct batch_row bare = {0}; // the map files as they are
        IM_PUSH(b->arena, b->rows.v, b->rows.n, b->rows.cap, bare);
    }
    return INCMAP_OK;
}

/* Keep what falls to this shard; names are made with all in view. */
static void keep_shard(struct batch *b) {
    const struct batch_options *o = b->options;
    size_t kept = 0;
    b->total = b->figures.n;
    for (size_t i = 0; i < b->figures.n; i++) {
        if (o->shards <= 1 || i % (size_t)o->shards == (size_t)o->shard - 1) {
            b->figures.v[kept] = b->figures.v[i];
            b->figures.v[kept++].index = i;
        }
    }
    b->figures.n = kept;
}

enum incmap_status batch_figures_make(struct batch *b, struct incmap_error *err) {
    size_t first = 0;
    for (size_t m = 0; m < b->maps; m++) {
        enum incmap_status s = add_rows(b, m, err);
        if (s == INCMAP_OK && m == 0) {
            s = batch_columns_check(b, err);
        }
        if (s != INCMAP_OK) {
            return s;
        }
        for (size_t r = first; r < b->rows.n; r++) {
            struct batch_figure f = batch_figure_of(b, m, &b->rows.v[r]);
            IM_PUSH(b->arena, b->figures.v, b->figures.n, b->figures.cap, f);
        }
        first = b->options->facet != NULL ? b->rows.n : 0;
    }
    batch_names_make(b);
    keep_shard(b);
    return INCMAP_OK;
}
