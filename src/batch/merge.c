/* Join the reports of shards: their figures in the order of the jobs. */
#include "base/file.h"
#include "base/num.h"
#include "batch/inside.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct line {
    int64_t index;
    const char *text;
    size_t n;
    enum batch_state state;
};

struct merging {
    struct im_arena *arena;
    const char *dir;
    struct line *v;
    size_t n, cap;
    long shards;
    bool *seen; /* of each shard */
    double seconds;
    const char *title;
    bool complete;
    struct incmap_error err;
};

/* "report-K-of-N.json" */
static bool shard_name(const char *name, long *k, long *n) {
    char end;
    int length = 0;
    return sscanf(name, "report-%ld-of-%ld.jso%c%n", k, n, &end, &length) == 3 &&
           end == 'n' && name[length] == '\0' && *k >= 1 && *k <= *n && *n <= 1000000;
}

static enum batch_state state_of(const char *status) {
    static const char *const texts[] = {"\"left\"", "\"up to date\"", "\"drawn\"",
                                        "\"failed\""};
    for (int i = 0; status != NULL && i < 4; i++) {
        if (strcmp(texts[i], status) == 0) {
            return (enum batch_state)i;
        }
    }
    return BATCH_WAITING;
}

static void take_line(struct merging *m, const char *text, size_t n) {
    struct batch_object object;
    struct line line = {.text = text, .n = n};
    line.n -= n > 0 && text[n - 1] == ',';
    if (batch_json_read(m->arena, text, line.n, &object, NULL) != INCMAP_OK) {
        return;
    }
    const char *index = batch_json_get(&object, "index");
    if (index != NULL && im_int_parse(index, strlen(index), &line.index)) {
        line.state = state_of(batch_json_get(&object, "status"));
        IM_PUSH(m->arena, m->v, m->n, m->cap, line);
    }
}

/* The head's line lacks its end: the figures follow. */
static void take_head(struct merging *m, const char *text, size_t n) {
    struct batch_object object;
    const char *whole = im_format(m->arena, "%.*s[]}", (int)(n - 1), text);
    if (batch_json_read(m->arena, whole, strlen(whole), &object, NULL) != INCMAP_OK) {
        return;
    }
    const char *seconds = batch_json_get(&object, "seconds");
    const char *status = batch_json_get(&object, "status");
    double v = 0;
    if (seconds != NULL && im_num_parse(seconds, strlen(seconds), &v)) {
        m->seconds = v > m->seconds ? v : m->seconds;
    }
    m->complete = m->complete && status != NULL && strcmp(status, "\"complete\"") == 0;
    for (size_t i = 0; i < object.n; i++) {
        if (strcmp(object.v[i].key, "title") == 0) {
            m->title = object.v[i].text;
        }
    }
}

static enum incmap_status take_file(struct merging *m, const char *name) {
    struct im_bytes bytes;
    const char *path = im_path_join(m->arena, m->dir, name);
    enum incmap_status s = im_file_map(m->arena, path, INCMAP_E_INPUT, &bytes, &m->err);
    for (size_t at = 0, n; s == INCMAP_OK && at < bytes.n; at += n + 1) {
        const char *from = bytes.data + at;
        const char *end = memchr(from, '\n', bytes.n - at);
        n = end != NULL ? (size_t)(end - from) : bytes.n - at;
        if (at == 0) {
            take_head(m, from, n);
        } else if (n > 2) {
            take_line(m, from, n);
        }
    }
    return s;
}

static enum incmap_status take_folder(struct merging *m) {
    DIR *folder = opendir(m->dir);
    enum incmap_status s = INCMAP_OK;
    struct dirent *entry;
    long k, n;
    if (folder == NULL) {
        return im_fail(&m->err, INCMAP_E_INPUT, IM_FILE(m->dir),
                       "there is no such folder");
    }
    while (s == INCMAP_OK && (entry = readdir(folder)) != NULL) {
        if (!shard_name(entry->d_name, &k, &n)) {
            continue;
        }
        if (m->shards == 0) {
            m->shards = n;
            m->seen = im_alloc(m->arena, (size_t)n + 1, sizeof *m->seen);
        }
        if (m->shards != n) {
            s = im_fail(&m->err, INCMAP_E_INPUT, IM_FILE(m->dir),
                        "reports of %ld and of %ld shards (remove those of the older "
                        "run)",
                        m->shards, n);
            continue;
        }
        m->seen[k] = true;
        s = take_file(m, im_strdup(m->arena, entry->d_name));
    }
    closedir(folder);
    return s;
}

static int by_index(const void *a, const void *b) {
    const struct line *x = a, *y = b;
    return (x->index > y->index) - (x->index < y->index);
}

static void tell_missing(struct merging *m) {
    for (long k = 1; k <= m->shards; k++) {
        if (!m->seen[k]) {
            fprintf(stderr,
                    "incmap: warning: shard %ld of %ld has no report (run it again "
                    "with --shard %ld/%ld)\n",
                    k, m->shards, k, m->shards);
            m->complete = false;
        }
    }
}

static enum incmap_status merge(struct merging *m, struct batch_totals *t) {
    enum incmap_status s = take_folder(m);
    if (s != INCMAP_OK) {
        return s;
    }
    if (m->shards == 0) {
        return im_fail(&m->err, INCMAP_E_INPUT, IM_FILE(m->dir),
                       "no reports of shards in this folder (report-1-of-N.json)");
    }
    tell_missing(m);
    qsort(m->v, m->n, sizeof *m->v, by_index);
    *t = (struct batch_totals){m->n, {0}, m->seconds, m->complete};
    for (size_t i = 0; i < m->n; i++) {
        t->count[m->v[i].state]++;
    }
    struct batch_report_writer w;
    s = batch_report_begin(&w, m->arena, m->dir, "report", &m->err);
    if (s != INCMAP_OK) {
        return s;
    }
    batch_report_head(&w, m->title, t, "");
    for (size_t i = 0; i < m->n; i++) {
        batch_report_entry(&w, m->v[i].text, m->v[i].n, i + 1 == m->n);
    }
    return batch_report_end(&w);
}

int batch_merge(struct im_arena *arena, const char *dir,
                void (*tell)(const struct incmap_error *err)) {
    struct merging m = {
        .arena = arena, .dir = dir, .title = "figures", .complete = true};
    struct batch_totals t;
    im_error_clear(&m.err);
    enum incmap_status s = merge(&m, &t);
    if (s != INCMAP_OK) {
        tell(&m.err);
        return (int)s;
    }
    fprintf(stderr,
            "incmap: %zu figures of %ld shards: %zu drawn, %zu up to date, %zu failed; "
            "see %s/report.html\n",
            t.all, m.shards, t.count[BATCH_DRAWN], t.count[BATCH_CURRENT],
            t.count[BATCH_BAD], dir);
    return t.count[BATCH_BAD] > 0 || !m.complete ? BATCH_FAILED : 0;
}
