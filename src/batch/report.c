/*
 * report.json and report.html. What is told of a figure is read back from its file, so
 * that it is the same for one that was drawn now or a week ago, and needs no memory.
 */
#include "base/file.h"
#include "base/writer.h"
#include "batch/inside.h"
#include "report_table.h"
#include <string.h>

static void text(struct im_buf *b, const char *key, const char *value) {
    im_buf_fmt(b, ",\"%s\":", key);
    batch_json_string(b, value);
}

/* A name of a file as a link: what a URL cannot hold is escaped by its bytes. */
static void link_of(struct im_buf *b, const char *path) {
    im_buf_char(b, '"');
    for (const unsigned char *p = (const unsigned char *)path; *p != '\0'; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= '0' && *p <= '9') || strchr("-._~/", *p) != NULL;
        im_buf_fmt(b, plain ? "%c" : "%%%02X", *p);
    }
    im_buf_char(b, '"');
}

static void put_error(struct im_buf *b, const struct incmap_error *e) {
    im_buf_fmt(b, ",\"error\":{\"status\":");
    batch_json_string(b, incmap_status_text(e->status));
    text(b, "message", e->message);
    text(b, "file", e->source);
    im_buf_fmt(b, ",\"line\":%u,\"col\":%u}", e->line, e->column);
}

const char *batch_state_text(const struct batch_figure *f) {
    static const char *const texts[] = {"left", "up to date", "drawn", "failed"};
    return texts[f->state];
}

static void put_files(struct batch *b, struct im_buf *out,
                      const struct batch_figure *f) {
    im_buf_str(out, ",\"outputs\":[");
    for (size_t i = 0; i < f->outputs; i++) {
        im_buf_str(out, i > 0 ? "," : "");
        batch_json_string(out, f->output[i]);
    }
    im_buf_str(out, "],\"links\":[");
    for (size_t i = 0; i < f->outputs; i++) {
        im_buf_str(out, i > 0 ? "," : "");
        link_of(out, f->output[i]);
    }
    im_buf_char(out, ']');
    if (b->maps > 0 && b->options->map_count > 0) {
        text(out, "map", im_path_name(b->options->maps[f->map]));
    }
}

/* '<' in JSON that was not written here. */
static void put_raw(struct im_buf *out, const char *json) {
    for (;;) {
        size_t plain = strcspn(json, "<");
        im_buf_add(out, json, plain);
        json += plain;
        if (*json == '\0') {
            return;
        }
        im_buf_str(out, "\\u003c");
        json++;
    }
}

/* Within a text of the summary a quote has its backslash. */
static void take_findings(struct batch_figure *f, const char *summary) {
    f->warned =
        f->renamed != NULL || strstr(summary, "\"severity\":\"warning\"") != NULL;
    f->bare = strstr(summary, "\"code\":\"no-incident\"") != NULL;
}

/* What is known of it that its file does not tell. */
static void put_findings(struct batch *b, struct im_buf *out,
                         const struct batch_figure *f) {
    struct incmap_finding one;
    if (batch_renamed(b, f, &one)) {
        im_buf_str(out, ",\"findings\":[{\"severity\":\"warning\"");
        text(out, "code", one.code);
        text(out, "file", one.file);
        im_buf_fmt(out, ",\"line\":%u,\"col\":0", one.line);
        text(out, "message", one.message);
        text(out, "help", one.help);
        im_buf_str(out, "}]");
    }
}

void batch_entry(struct batch *b, struct im_buf *out, struct batch_figure *f) {
    struct incmap_record *record = NULL;
    struct incmap_error err;
    im_buf_fmt(out, "{\"index\":%zu", f->index);
    if (f->id != NULL) {
        im_buf_str(out, ",\"id\":");
        put_raw(out, f->id);
    }
    im_buf_fmt(out, ",\"line\":%u", f->line);
    text(out, "name", f->name);
    text(out, "status", batch_state_text(f));
    text(out, "why", f->why != NULL ? f->why : "");
    im_buf_fmt(out, ",\"seconds\":%.3f,\"tries\":%d", f->seconds, f->tries);
    put_files(b, out, f);
    if (f->error != NULL) {
        put_error(out, f->error);
    }
    put_findings(b, out, f);
    // a failed figure's file is that of an earlier run, if any
    bool told = f->state == BATCH_DRAWN || f->state == BATCH_CURRENT;
    if (told && f->outputs > 0 &&
        incmap_record_read(im_path_join(out->arena, b->options->dir, f->output[0]),
                           &record, &err) == INCMAP_OK &&
        record != NULL) {
        im_buf_str(out, ",\"figure\":");
        put_raw(out, record->summary);
        take_findings(f, record->summary);
    }
    incmap_record_free(record);
    im_buf_char(out, '}');
}

/* Both reports at once, a figure at a time. */

static void add(struct batch_report_writer *w, struct im_writer *to, const char *data,
                size_t n) {
    if (w->status == INCMAP_OK) { // the first failure is kept
        w->status = im_writer_add(to, data, n, w->err);
    }
}

static void add_text(struct batch_report_writer *w, struct im_writer *to,
                     const char *s) {
    add(w, to, s, strlen(s));
}

enum incmap_status batch_report_begin(struct batch_report_writer *w,
                                      struct im_arena *arena, const char *dir,
                                      const char *name, struct incmap_error *err) {
    const char *json = im_path_join(arena, dir, im_format(arena, "%s.json", name));
    const char *page = im_path_join(arena, dir, im_format(arena, "%s.html", name));
    *w = (struct batch_report_writer){.arena = arena, .err = err};
    w->status = im_writer_open(arena, json, &w->json, err);
    if (w->status == INCMAP_OK) {
        w->status = im_writer_open(arena, page, &w->page, err);
    }
    return w->status;
}

void batch_report_head(struct batch_report_writer *w, const char *title,
                       const struct batch_totals *t, const char *shard) {
    struct im_buf b;
    im_buf_init(&b, w->arena, (size_t)1 << 20);
    im_buf_fmt(&b, "{\"program\":\"incmap %s\"", INCMAP_VERSION);
    text(&b, "title", title);
    text(&b, "status", t->complete ? "complete" : "partial");
    text(&b, "shard", shard);
    im_buf_fmt(&b,
               ",\"total\":%zu,\"drawn\":%zu,\"current\":%zu,\"failed\":%zu,"
               "\"left\":%zu,\"seconds\":%.1f,\"figures\":[\n",
               t->all, t->count[BATCH_DRAWN], t->count[BATCH_CURRENT],
               t->count[BATCH_BAD], t->count[BATCH_WAITING], t->seconds);
    add(w, w->json, b.data, b.len);
    add_text(w, w->page, batch_page_head);
    add(w, w->page, b.data, b.len);
}

void batch_report_entry(struct batch_report_writer *w, const char *line, size_t n,
                        bool last) {
    add(w, w->json, line, n);
    add_text(w, w->json, last ? "\n" : ",\n");
    add(w, w->page, line, n);
    add_text(w, w->page, last ? "\n" : ",\n");
}

enum incmap_status batch_report_end(struct batch_report_writer *w) {
    add_text(w, w->json, "]}\n");
    add_text(w, w->page, "]}\n");
    add_text(w, w->page, batch_page_tail);
    if (w->status == INCMAP_OK) {
        w->status = im_writer_commit(w->json, w->err);
    }
    if (w->status == INCMAP_OK) {
        w->status = im_writer_commit(w->page, w->err);
    }
    return w->status;
}

static const char *title_of(const struct batch *b) {
    const struct batch_options *o = b->options;
    return o->map_count > 0 ? im_path_name(o->maps[0]) : "figures";
}

static const char *shard_of(const struct batch *b) {
    const struct batch_options *o = b->options;
    return o->shards > 0 ? im_format(b->arena, "%ld-of-%ld", o->shard, o->shards) : "";
}

const char *batch_report_name(const struct batch *b) {
    const char *shard = shard_of(b);
    return shard[0] != '\0' ? im_format(b->arena, "report-%s", shard) : "report";
}

static enum incmap_status write_report(struct batch *b, struct im_arena *arena,
                                       struct batch_totals *t,
                                       struct incmap_error *err) {
    struct batch_report_writer w;
    for (size_t i = 0; i < b->figures.n; i++) {
        t->count[b->figures.v[i].state]++;
    }
    enum incmap_status s =
        batch_report_begin(&w, arena, b->options->dir, batch_report_name(b), err);
    if (s != INCMAP_OK) {
        return s;
    }
    batch_report_head(&w, title_of(b), t, shard_of(b));
    struct im_buf line;
    im_buf_init(&line, arena, (size_t)64 << 20);
    for (size_t i = 0; i < b->figures.n; i++) {
        im_buf_clear(&line);
        batch_entry(b, &line, &b->figures.v[i]);
        batch_report_entry(&w, line.data, line.len, i + 1 == b->figures.n);
    }
    return batch_report_end(&w);
}

enum incmap_status batch_report(struct batch *b, bool complete, double seconds,
                                struct incmap_error *err) {
    struct im_arena *arena = im_arena_new((size_t)512 << 20);
    struct batch_totals t = {b->figures.n, {0}, seconds, complete};
    if (arena == NULL) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
    }
    jmp_buf exhausted;
    enum incmap_status s;
    im_arena_catch(arena, &exhausted);
    if (setjmp(exhausted) == 0) {
        s = write_report(b, arena, &t, err);
    } else {
        s = im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory for the report");
    }
    im_arena_free(arena);
    return s;
}
