/* What is said of an event, in the map's language. Inside layout only. */
#ifndef IM_LAYOUT_WORDS_H
#define IM_LAYOUT_WORDS_H

#include "layout/layout.h"

/* Language of the furniture. */
const char *lay_wording(const struct im_layout_input *in);
/* A word of the furniture. */
const char *lay_word(const struct im_layout_input *in, const char *key);
/* "12 July", with the year when the events are of several years; "" without a date. */
const char *lay_dates(struct im_arena *arena, const struct im_layout_input *in,
                      const struct im_event *e);
/* im_mark_where in the language of the furniture. */
const char *lay_where(struct im_arena *arena, const struct im_layout_input *in,
                      const struct im_mark *mark);
/* A number with the language's separators. */
const char *lay_number_text(struct im_arena *arena, const struct im_layout_input *in,
                            double v);
/* "15 km". */
const char *lay_kilometres(struct im_arena *arena, const struct im_layout_input *in,
                           double km);
/* Two parts of a list, joined by its separator; the first may be "". */
const char *lay_list_join(struct im_arena *arena, const struct im_layout_input *in,
                          const char *a, const char *b);
/*
 * "3 killed, 5 wounded — Ministry of Defence of X": the figures of one claimant. A side
 * is named ("Y: 10 killed — ...") unless the claimant speaks of its own. "" when the
 * claim states no figure.
 */
const char *lay_claim_text(struct im_arena *arena, const struct im_layout_input *in,
                           const struct im_event *e, const struct im_claim *claim);
/* First note of an event, with its claimant when no figures follow that name them. */
const char *lay_note(struct im_arena *arena, const struct im_layout_input *in,
                     const struct im_event *e);

/* A file's name as words of a legend: no folder, no extension, blanks for underscores;
 * with `capital` the first letter is one, where it is of ASCII. */
const char *lay_file_words(struct im_arena *arena, const char *path, bool capital);

#endif
