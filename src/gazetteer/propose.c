/* Pins proposed for what is ambiguous, and the file that they go to. */
#include "base/num.h"
#include "base/utf8.h"
#include "formats/plain.h"
#include "gazetteer/pins.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES = 1 << 29 };
static const char HEADING[] = "name\tcontext\tplace\twho\twhen\twhy\n";

/* Text on one line, without tabs. */
static void put_plain(struct im_buf *buf, const char *s) {
    size_t n = strlen(s);
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        if (im_utf8_is_control(cp)) {
            im_buf_char(buf, ' ');
        } else {
            im_buf_add(buf, s + i, used);
        }
    }
}

/* Can a row of a pins file begin with it? */
static bool can_stand(const char *name) {
    size_t n = strlen(name);
    bool fine = n > 0 && name[0] != '#' && name[0] != ' ' && name[n - 1] != ' ' &&
                im_utf8_valid(name, n);
    for (size_t i = 0, used; fine && i < n; i += used) {
        fine = !im_utf8_is_control(im_utf8_next(name + i, n - i, &used));
    }
    return fine;
}

/* "city, Illinois, US, 116250 people, score 0.71" */
static void put_description(struct im_buf *buf, const struct im_candidate *c) {
    const struct im_place *p = c->place;
    char score[40];
    im_num_fixed(score, c->score, 2);
    im_buf_str(buf, "# ");
    put_plain(buf, p->name);
    im_buf_str(buf, ", ");
    put_plain(buf, p->feature[0] ? p->feature : im_kind_text(p->kind));
    im_buf_str(buf, p->admin2[0] ? ", " : "");
    put_plain(buf, p->admin2);
    im_buf_str(buf, p->admin1[0] ? ", " : "");
    put_plain(buf, p->admin1);
    im_buf_str(buf, p->country[0] ? ", " : "");
    put_plain(buf, p->country);
    if (p->population > 0) {
        im_buf_fmt(buf, ", %ld people", p->population);
    }
    im_buf_fmt(buf, ", score %s\n", score);
}

void gaz_put_pin(struct im_buf *buf, const struct im_lookup *lookup,
                 const struct im_place *p) {
    const char *country = lookup->country ? lookup->country : "";
    im_buf_fmt(buf, "%s\t", lookup->name);
    for (; *country; country++) {
        bool small = *country >= 'a' && *country <= 'z';
        im_buf_char(buf, small ? (char)(*country - 'a' + 'A') : *country);
    }
    im_buf_char(buf, '\t');
    put_plain(buf, p->id);
    im_buf_fmt(buf, "%s%.5f,%.5f\t\t\t\n", p->id[0] ? "@" : "", p->at.lon, p->at.lat);
}

void im_pins_propose(struct im_buf *buf, const struct im_lookup *lookup,
                     const struct im_answer_set *a) {
    if (!can_stand(lookup->name) || a->n == 0) {
        return;
    }
    im_buf_fmt(buf, "\n# '%s' is ambiguous: ", lookup->name);
    put_plain(buf, a->reason);
    im_buf_str(buf, "\n# the first line holds, with a warning, until you sign it: keep "
                    "the one that is meant\n");
    for (size_t i = 0; i < a->n; i++) {
        put_description(buf, &a->candidates[i]);
        im_buf_str(buf, i ? "#" : "");
        gaz_put_pin(buf, lookup, a->candidates[i].place);
    }
}

/* What has a row: the file's names, then the proposals' in their order. */
struct known {
    const char *key; /* name as pins are compared, and context */
    size_t order;    /* 0 = in the file, else the proposal's number */
};

struct file {
    struct im_arena *arena;
    struct known *v;
    size_t n, cap;
};

static int by_key(const void *a, const void *b) {
    const struct known *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void note(struct file *f, const struct gaz_pin_row *row, size_t order) {
    const char *name = row->field[GAZ_PIN_NAME];
    struct im_buf key;
    im_buf_init(&key, f->arena, FILE_BYTES);
    im_sounds_to(&key, name, strlen(name), 0);
    im_buf_fmt(&key, "\t%s\t%s", im_fold(f->arena, name, strlen(name)),
               row->field[GAZ_PIN_CONTEXT]);
    struct known k = {key.data, order};
    IM_PUSH(f->arena, f->v, f->n, f->cap, k);
}

/* End of the proposal at `at`: the blank line of the next one, or the end. */
static size_t proposal_end(struct im_bytes b, size_t at) {
    for (size_t i = at + 1; i + 1 < b.n; i++) {
        if (b.data[i] == '\n' && b.data[i + 1] == '\n') {
            return i + 1;
        }
    }
    return b.n;
}

/* The row that a proposal makes live. */
static bool live_row(struct im_arena *arena, struct im_bytes proposal,
                     struct gaz_pin_row *row) {
    struct gaz_pin_lines lines = {.arena = arena, .bytes = proposal};
    while (gaz_pin_next(&lines, row)) {
        if (!row->comment) {
            return true;
        }
    }
    return false;
}

/* The proposals one by one, in *out; each is noted as it is read. */
static size_t read_proposals(struct file *f, struct im_bytes text,
                             struct im_bytes **out) {
    size_t n = 0, cap = 0;
    for (size_t at = 0, end; at < text.n; at = end) {
        struct gaz_pin_row row;
        end = proposal_end(text, at);
        struct im_bytes one = {text.data + at, end - at};
        if (live_row(f->arena, one, &row)) {
            note(f, &row, n + 1);
            IM_PUSH(f->arena, *out, n, cap, one);
        }
    }
    return n;
}

/* Which of them are the first of their key, by number; sorts. */
static bool *find_first(struct file *f, size_t proposals) {
    bool *first = im_alloc(f->arena, proposals + 1, sizeof *first);
    if (f->n > 0) {
        qsort(f->v, f->n, sizeof *f->v, by_key);
    }
    for (size_t i = 0; i < f->n; i++) {
        first[f->v[i].order] = i == 0 || strcmp(f->v[i - 1].key, f->v[i].key) != 0;
    }
    return first;
}

static enum incmap_status read_file(struct file *f, const char *path,
                                    struct im_bytes *bytes, struct incmap_error *err) {
    struct gaz_pin_lines lines = {.arena = f->arena};
    struct gaz_pin_row row;
    *bytes = (struct im_bytes){NULL, 0};
    if (!im_file_exists(path)) {
        return im_file_check_target(path, err);
    }
    enum incmap_status s = im_file_map(f->arena, path, INCMAP_E_INPUT, bytes, err);
    if (s == INCMAP_OK) {
        s = im_plain_check(path, *bytes, err);
    }
    lines.bytes = *bytes;
    while (s == INCMAP_OK && gaz_pin_next(&lines, &row)) {
        note(f, &row, 0);
    }
    return s;
}

enum incmap_status im_pins_extend(struct im_arena *arena, const char *path,
                                  struct im_bytes proposals, size_t *added,
                                  struct incmap_error *err) {
    struct file f = {.arena = arena};
    struct im_bytes old, *proposal = NULL;
    struct im_buf out;
    *added = 0;
    enum incmap_status s = read_file(&f, path, &old, err);
    if (s != INCMAP_OK) {
        return s;
    }
    size_t n = read_proposals(&f, proposals, &proposal);
    bool *first = find_first(&f, n);
    im_buf_init(&out, arena, FILE_BYTES);
    im_buf_add(&out, old.n ? old.data : HEADING, old.n ? old.n : sizeof HEADING - 1);
    im_buf_str(&out, out.data[out.len - 1] == '\n' ? "" : "\n");
    for (size_t i = 0; i < n; i++) {
        if (first[i + 1]) {
            im_buf_add(&out, proposal[i].data, proposal[i].n);
            ++*added;
        }
    }
    if (*added == 0 && im_file_exists(path)) {
        return INCMAP_OK;
    }
    return im_file_write(path, out.data, out.len, err);
}
