#include "gazetteer/batch.h"

#include <stdlib.h>
#include <string.h>

void gaz_tally_init(struct gaz_tally *t, struct im_arena *arena) {
    *t = (struct gaz_tally){.cap = 0};
    gaz_strings_init(&t->texts, arena);
}

void gaz_tally_add(struct gaz_tally *t, const char *text, size_t n, uint64_t times) {
    size_t known = t->texts.n, number = gaz_string_number(&t->texts, text, n);
    if (number == known) {
        IM_PUSH(t->texts.arena, t->count, known, t->cap, (uint64_t)0);
    }
    t->count[number] += times;
}

struct counted {
    struct im_bytes text;
    uint64_t times;
};

static int by_times(const void *a, const void *b) {
    const struct counted *x = a, *y = b;
    if (x->times != y->times) {
        return x->times > y->times ? -1 : 1;
    }
    size_t n = x->text.n < y->text.n ? x->text.n : y->text.n;
    int order = n ? memcmp(x->text.data, y->text.data, n) : 0;
    return order ? order : x->text.n < y->text.n ? -1 : x->text.n > y->text.n;
}

struct im_bytes gaz_tally_write(const struct gaz_tally *t, struct im_arena *arena) {
    struct counted *v = im_alloc(arena, t->texts.n + 1, sizeof *v);
    struct im_buf out;
    im_buf_init(&out, arena, UINT32_MAX);
    for (size_t i = 0; i < t->texts.n; i++) {
        v[i] = (struct counted){t->texts.v[i], t->count[i]};
    }
    if (t->texts.n > 0) {
        qsort(v, t->texts.n, sizeof *v, by_times);
    }
    for (size_t i = 0; i < t->texts.n; i++) {
        im_buf_add(&out, v[i].text.data, v[i].text.n);
        im_buf_fmt(&out, "\t%zu\n", (size_t)v[i].times);
    }
    return (struct im_bytes){out.data, out.len};
}
