/* The folding of one code point, as im_fold promises it, computed with ICU. */
#ifndef IM_TEXT_GEN_FOLDING_H
#define IM_TEXT_GEN_FOLDING_H

#include <stdbool.h>
#include <unicode/utypes.h>

enum { GEN_FOLDED = 256 }; /* bytes of the longest folding */

/* The folding of cp as UTF-8 ("" = removed, spaces where words part). */
void gen_fold(UChar32 cp, char out[GEN_FOLDED]);

/* UTF-8 of one code point. */
void gen_utf8(UChar32 cp, char out[8]);

#endif
