/*
 * Plain texts as they were shaped: what layout has measured is drawn soon after, and
 * figures of a batch share most of their words.
 */
#include "draw/fonts.h"
#include <string.h>

enum { SLOTS = 2048, LONGEST = 96 /* bytes of a text that is kept */ };

struct im_runs {
    const struct im_run *slot[SLOTS]; /* by hash, the last one */
};

void im_runs_clear(struct im_runs *runs) {
    if (runs != NULL) {
        memset(runs, 0, sizeof *runs);
    }
}

const struct im_run *im_run_find(const struct im_font_pool *pool, int style,
                                 const char *text, uint64_t key) {
    const struct im_run *run = pool->runs ? pool->runs->slot[key % SLOTS] : NULL;
    bool found = run != NULL && run->key == key && run->style == style &&
                 strcmp(run->text, text) == 0;
    return found ? run : NULL;
}

/* Letters side by side, so that a glyph is its letter's number and advance. */
static bool is_simple(hb_buffer_t *buffer, unsigned n) {
    const hb_glyph_info_t *g = hb_buffer_get_glyph_infos(buffer, NULL);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, NULL);
    bool simple = true;
    for (unsigned i = 0; i < n; i++) {
        simple = simple && at[i].x_offset == 0 && at[i].y_offset == 0 &&
                 g[i].codepoint <= UINT16_MAX && g[i].cluster < LONGEST;
    }
    return simple;
}

void im_run_keep(struct im_font_pool *pool, int style, const char *text, uint64_t key) {
    unsigned n;
    const hb_glyph_info_t *g = hb_buffer_get_glyph_infos(pool->buffer, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(pool->buffer, NULL);
    size_t bytes = strlen(text) + 1;
    if (bytes > LONGEST || n > LONGEST || !is_simple(pool->buffer, n)) {
        return;
    }
    if (im_masks_full(pool)) {
        im_masks_drop(pool);
    }
    if (pool->runs == NULL) {
        pool->runs = im_alloc(pool->arena, 1, sizeof *pool->runs);
    }
    struct im_run *run =
        im_mask_room(pool, sizeof *run + n * sizeof *run->glyph + bytes);
    *run = (struct im_run){.key = key, .style = style, .n = n};
    for (unsigned i = 0; i < n; i++) {
        run->glyph[i] = (struct im_run_glyph){(uint16_t)g[i].codepoint,
                                              (uint16_t)g[i].cluster, at[i].x_advance};
    }
    run->text = memcpy(&run->glyph[n], text, bytes);
    pool->runs->slot[key % SLOTS] = run;
}
