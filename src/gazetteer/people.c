#include "gazetteer/people.h"

#include "gazetteer/record.h"

enum { FIRST_SLOTS = 1024 };

void gaz_people_init(struct gaz_people *p, struct im_arena *arena) {
    *p = (struct gaz_people){.arena = arena};
}

static struct gaz_sum *slot_of(const struct gaz_people *p, uint64_t area) {
    size_t at = (size_t)((area * 0x9E3779B97F4A7C15u) >> 20) & (p->slots - 1);
    while (p->slot[at].people > 0 && p->slot[at].area != area) {
        at = (at + 1) & (p->slots - 1);
    }
    return &p->slot[at];
}

static void more_slots(struct gaz_people *p) {
    struct gaz_sum *old = p->slot;
    size_t n = p->slots;
    p->slots = n ? 2 * n : FIRST_SLOTS;
    p->slot = im_alloc(p->arena, p->slots, sizeof *p->slot);
    for (size_t i = 0; i < n; i++) {
        if (old[i].people > 0) {
            *slot_of(p, old[i].area) = old[i];
        }
    }
}

static void add_sum(struct gaz_people *p, const struct gaz_sum *s) {
    if (2 * p->n >= p->slots) {
        more_slots(p);
    }
    struct gaz_sum *slot = slot_of(p, s->area);
    p->n += slot->people == 0;
    slot->area = s->area;
    slot->people += s->people;
}

void gaz_people_add(struct gaz_people *p, const struct gaz_batch *batch, size_t first) {
    for (size_t i = 0; i < batch->sum_n; i++) {
        add_sum(p, &batch->sums[i]);
    }
    for (size_t i = 0; i < batch->wish_n; i++) {
        struct gaz_wish w = batch->wishes[i];
        w.record += (uint32_t)first;
        IM_PUSH(p->arena, p->wishes, p->wish_n, p->wish_cap, w);
    }
}

void gaz_people_end(const struct gaz_people *p,
                    unsigned char *(*bytes)(void *self, size_t record), void *self) {
    uint32_t settled = UINT32_MAX;
    for (size_t i = 0; p->slots > 0 && i < p->wish_n; i++) {
        const struct gaz_wish *w = &p->wishes[i];
        uint64_t people = slot_of(p, w->area)->people;
        if (people > 0 && w->record != settled) {
            gaz_record_people(bytes(self, w->record),
                              people < UINT32_MAX ? (uint32_t)people : UINT32_MAX);
            settled = w->record;
        }
    }
}
