/* What fold.c and skeleton.c share: the folding of one code point. */
#ifndef IM_TEXT_LETTERS_H
#define IM_TEXT_LETTERS_H

#include <stdint.h>

/* UTF-8 folding of cp ("" = removed, " " = parts words); NULL = stays as it is. `room`
 * holds the answer for Hangul syllables (16 bytes). */
const char *im_letter_fold(uint32_t cp, char *room);

#endif
