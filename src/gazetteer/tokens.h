/* The words of a phrase, for its grammar (phrase.c). */
#ifndef IM_GAZETTEER_TOKENS_H
#define IM_GAZETTEER_TOKENS_H

#include "gazetteer/relative.h"

enum { GAZ_MOST_TOKENS = 24, GAZ_TOKEN_KEY = 64 };

struct gaz_token {
    const char *s;
    size_t n;
    char key[GAZ_TOKEN_KEY];
    enum gaz_word word;
};

struct gaz_parser {
    struct im_arena *arena;
    struct gaz_token v[GAZ_MOST_TOKENS];
    size_t n;
    struct gaz_phrase *out;
};

/* Blanks part words, and so does a unit that stands right behind its number. False
 * when there are too many, or one alone. */
bool gaz_parser_split(struct gaz_parser *p, const char *s);
bool gaz_parser_is(const struct gaz_parser *p, size_t i, enum gaz_word word);
/* Does word i say nothing by itself? The first from i on that does. */
bool gaz_parser_is_idle(const struct gaz_parser *p, size_t i);
size_t gaz_parser_skip(const struct gaz_parser *p, size_t i);
/* The first such word in from..end, else end. */
size_t gaz_parser_find(const struct gaz_parser *p, size_t from, size_t end,
                       enum gaz_word word);
/* Text from word `from` up to `end`, without fillers and commas around it. */
const char *gaz_parser_text_of(const struct gaz_parser *p, size_t from, size_t end);
/* Length of a dash at s, 0 = none. */
size_t gaz_parser_dash_at(const char *s, size_t n);
/* A number and its unit at word i; *next = what follows. */
bool gaz_parser_take_distance(struct gaz_parser *p, size_t i, size_t *next);
/* A direction in one word, or "north east" in two. */
bool gaz_parser_take_direction(struct gaz_parser *p, size_t i, bool short_forms,
                               size_t *next, struct gaz_direction *out);

#endif
