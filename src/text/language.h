/* Tags of languages. Inside text only. */
#ifndef IM_TEXT_LANGUAGE_H
#define IM_TEXT_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Does BCP 47 tag `tag` (or NULL) name the language `code` (lower case), or one of its
 * variants? */
bool text_is_language(const char *tag, const char *code);

/* Which of n codes the tag names; n: none of them. */
size_t text_language_index(const char *tag, const char *const *codes, size_t n);

#endif
