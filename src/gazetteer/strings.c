#include "gazetteer/strings.h"

#include "gazetteer/inside.h"
#include <string.h>

enum { FIRST_SLOTS = 64, WORD = 4 };

void gaz_strings_init(struct gaz_strings *s, struct im_arena *arena) {
    *s = (struct gaz_strings){.arena = arena};
}

static size_t slot_of(const struct gaz_strings *s, const char *text, size_t n) {
    size_t at = (size_t)gaz_hash64(text, n) & (s->slots - 1);
    for (; s->slot[at] != 0; at = (at + 1) & (s->slots - 1)) {
        struct im_bytes known = s->v[s->slot[at] - 1];
        if (known.n == n && memcmp(known.data, text, n) == 0) {
            break;
        }
    }
    return at;
}

static void more_slots(struct gaz_strings *s) {
    s->slots = s->slots ? 2 * s->slots : FIRST_SLOTS;
    s->slot = im_alloc(s->arena, s->slots, sizeof *s->slot);
    for (size_t i = 0; i < s->n; i++) {
        s->slot[slot_of(s, s->v[i].data, s->v[i].n)] = (uint32_t)i + 1;
    }
}

uint32_t gaz_string_number(struct gaz_strings *s, const char *text, size_t n) {
    if (2 * s->n >= s->slots) {
        more_slots(s);
    }
    size_t at = slot_of(s, text, n);
    if (s->slot[at] == 0) {
        struct im_bytes copy = {im_strndup(s->arena, text, n), n};
        IM_PUSH(s->arena, s->v, s->n, s->cap, copy);
        s->slot[at] = (uint32_t)s->n;
    }
    return s->slot[at] - 1;
}

bool gaz_string_find(const struct gaz_strings *s, const char *text, size_t n,
                     uint32_t *out) {
    size_t at = s->slots ? slot_of(s, text, n) : 0;
    *out = s->slots ? s->slot[at] - 1 : 0;
    return s->slots > 0 && s->slot[at] != 0;
}

struct im_bytes gaz_strings_write(const struct gaz_strings *s, struct im_arena *arena) {
    struct im_buf out;
    uint32_t word = (uint32_t)s->n, at = 0;
    im_buf_init(&out, arena, UINT32_MAX);
    im_buf_add(&out, &word, WORD);
    for (size_t i = 0; i < s->n; i++) {
        im_buf_add(&out, &at, WORD);
        at += (uint32_t)s->v[i].n;
    }
    im_buf_add(&out, &at, WORD);
    for (size_t i = 0; i < s->n; i++) {
        im_buf_add(&out, s->v[i].data, s->v[i].n);
    }
    return (struct im_bytes){out.data, out.len};
}

static uint32_t word_at(struct im_bytes section, size_t i) {
    uint32_t word;
    memcpy(&word, section.data + i * WORD, WORD);
    return word;
}

bool gaz_strings_check(struct im_bytes section) {
    if (section.n < 2 * (size_t)WORD) {
        return false;
    }
    size_t count = word_at(section, 0), head = (count + 2) * WORD;
    return head <= section.n && word_at(section, count + 1) <= section.n - head;
}

bool gaz_string_of(struct im_bytes section, uint32_t number, struct im_bytes *out) {
    *out = (struct im_bytes){"", 0};
    if (!gaz_strings_check(section) || number >= word_at(section, 0)) {
        return false;
    }
    size_t head = ((size_t)word_at(section, 0) + 2) * WORD;
    size_t from = word_at(section, 1 + (size_t)number);
    size_t to = word_at(section, 2 + (size_t)number);
    if (from > to || to > section.n - head) {
        return false;
    }
    *out = (struct im_bytes){section.data + head + from, to - from};
    return true;
}
