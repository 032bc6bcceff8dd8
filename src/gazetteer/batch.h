/* Rows on their way into a compiled gazetteer, taken in by one thread; the builder puts
 * batches together in order. */
#ifndef IM_GAZETTEER_BATCH_H
#define IM_GAZETTEER_BATCH_H

#include "gazetteer/inside.h"
#include "gazetteer/strings.h"
#include "gazetteer/symbols.h"

enum { GAZ_COUNTED_LETTERS = 0x3000, GAZ_CUT_TOLD = 10 };

/* What of a row stands in the heading of its text. */
struct gaz_kept {
    struct gaz_record record;
    uint32_t line, shape, admin1; /* numbers in the batch's strings; line in the file */
    uint32_t text_n, people;
    uint64_t number;
    unsigned flags; /* gaz_text_head */
};

/* People in the towns of an area; an area by one of its names. */
struct gaz_sum {
    uint64_t area, people;
};
struct gaz_wish {
    uint64_t area;
    uint32_t record;
};

/* Texts with how often they were met. */
struct gaz_tally {
    struct gaz_strings texts;
    uint64_t *count;
    size_t cap;
};
void gaz_tally_init(struct gaz_tally *t, struct im_arena *arena);
void gaz_tally_add(struct gaz_tally *t, const char *text, size_t n, uint64_t times);
/* "text TAB times" a line, the most frequent first. */
struct im_bytes gaz_tally_write(const struct gaz_tally *t, struct im_arena *arena);

struct gaz_batch {
    struct im_arena *arena;
    const struct gaz_coder *coder; /* NULL: texts stay as they are, to train one */
    struct gaz_kept *kept;
    size_t n, cap;
    size_t names;
    struct im_buf text; /* packed texts, one behind the other */
    uint64_t *entries[GAZ_BY_COUNT];
    size_t count[GAZ_BY_COUNT], room[GAZ_BY_COUNT];
    unsigned char *lead; /* of GAZ_BY_HALF: leading bits of each entry */
    size_t lead_n, lead_room;
    struct gaz_strings shapes, admin1;
    struct gaz_tally languages;
    struct gaz_sum *sums;
    size_t sum_n, sum_cap;
    struct gaz_wish *wishes;
    size_t wish_n, wish_cap;
    uint32_t *letters; /* [GAZ_COUNTED_LETTERS]: how often each stands in a name */
    uint32_t cut[GAZ_CUT_TOLD]; /* rows of places that had too many names */
    size_t cut_n;
    uint32_t new_line; /* expected next, to tell lines that are left out */
    struct im_buf fold, key, line;
    char last_unit[64]; /* the unit asked for last, and its area */
    size_t last_unit_n;
    uint64_t last_area;
};

void gaz_batch_init(struct gaz_batch *b, struct im_arena *arena,
                    const struct gaz_coder *coder);
/* Take a row; false, and *what names the field, when it is unusable. `line` is its line
 * or record in the source. Of its names as many are taken as a place may have. */
bool gaz_batch_add(struct gaz_batch *b, const struct gaz_fields *f, uint32_t line,
                   const char **what);

/* names.c: the entries of one name. */
void gaz_batch_name(struct gaz_batch *b, const char *name, size_t n);
/* An entry of the row in hand. */
void gaz_batch_entry(struct gaz_batch *b, enum gaz_by by, uint64_t key);

#endif
