/* Tags of languages. Inside text only. */
#ifndef IM_TEXT_LANGUAGE_H
#define IM_TEXT_LANGUAGE_H

#include <stdbool.h>

/* Does BCP 47 tag `tag` (or NULL) name the language `code` (lower case), or one of its
 * variants? */
bool text_is_language(const char *tag, const char *code);

#endif
