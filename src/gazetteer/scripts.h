/* Scripts of names, as far as languages say which to expect. */
#ifndef IM_GAZETTEER_SCRIPTS_H
#define IM_GAZETTEER_SCRIPTS_H

#include <stdbool.h>
#include <stddef.h>

/* The script that the name's letters should have by its language but none has, as its
 * English name; NULL when all is well or nothing is known of the language. */
const char *gaz_script_missing(const char *lang, size_t lang_n, const char *name,
                               size_t n);
/* Does one word have letters of two of Latin, Cyrillic, Greek, Armenian? */
bool gaz_script_mixed(const char *name, size_t n);

/* May a name that was read by its sound be a slip of the pen? In Latin letters, which
 * are typed for all others, and where both names are in one script; a name in another
 * script than the gazetteer's is a transcription. */
bool gaz_script_slip(const char *typed, const char *matched);

#endif
