/* Places told by others: "15 km northeast of Tovuz", "between Ganja and Tovuz". */
#ifndef IM_GAZETTEER_RELATIVE_H
#define IM_GAZETTEER_RELATIVE_H

#include "gazetteer/find.h"

enum gaz_relation {
    GAZ_AT,        /* a distance, or a direction, or both, from `a` */
    GAZ_NEAR,      /* in the neighbourhood of `a` */
    GAZ_OUTSKIRTS, /* at the edge of `a`, perhaps on one side */
    GAZ_BETWEEN,   /* on the way from `a` to `b` */
    GAZ_HALFWAY,   /* in the middle of that way */
    GAZ_BORDER,    /* on, or `km` off, the border of countries `a` and `b` */
    GAZ_WITHIN     /* not farther than a distance from `a` */
};

/* What a phrase says. Texts are parts of it, in the arena; "" where it says nothing. */
struct gaz_phrase {
    enum gaz_relation relation;
    double km, spread_km; /* distance, the middle of a range and half of it; -1, 0 */
    double azimuth;       /* degrees clockwise from north; -1 = no direction */
    double half_sector;   /* degrees to either side that the direction leaves open */
    const char *a, *b, *near;
    bool a_is_line; /* a pipeline, not a place */
    bool bare;      /* nothing but its name: perhaps a name and no phrase */
};

/* phrase.c: false when the text is no such phrase. English, Russian, Azerbaijani. */
bool gaz_phrase_parse(struct im_arena *arena, const char *text, struct gaz_phrase *out);

/* words.c: a word of a phrase, folded, blanks left out, schwa as e. */
enum gaz_word {
    GAZ_W_NAME,
    GAZ_W_FILL,  /* says nothing: "the", "about", "в" */
    GAZ_W_ALONG, /* with a line: the line itself; else nothing */
    GAZ_W_KM,
    GAZ_W_M,
    GAZ_W_MILE,
    GAZ_W_OF,
    GAZ_W_AND,
    GAZ_W_NEAR,
    GAZ_W_OUTSKIRTS,
    GAZ_W_BETWEEN,
    GAZ_W_HALFWAY,
    GAZ_W_WITHIN,
    GAZ_W_BORDER,
    GAZ_W_LINE, /* pipeline */
    GAZ_W_ROAD
};
enum gaz_word gaz_word_of(const char *key);
/* "northeast", "северо-восточнее", "şimalında", and after a number "NE"; false when it
 * is no direction. governs: the name follows without "of" ("севернее Товуза"). */
struct gaz_direction {
    double azimuth, half_sector;
    bool governs,
        follows; /* follows: it stands behind its name ("Tovuzun şimalında") */
};
bool gaz_direction_of(const char *key, bool short_forms, struct gaz_direction *out);

/* cases.c: forms that a name may have in the nominative, itself first, at most
 * GAZ_CASES. */
enum { GAZ_CASES = 12 };
size_t gaz_nominatives(struct im_arena *arena, const char *name,
                       const char *out[GAZ_CASES]);
/* "Armenian", "азербайджанской", "армяно": what the country may be called. */
size_t gaz_country_names(struct im_arena *arena, const char *adjective,
                         const char *out[GAZ_CASES]);

/* chains.c: distance to the nearest of several chains (at least one), and its foot. */
double gaz_km_to_lines(const struct im_lines *lines, struct im_lonlat p,
                       struct im_lonlat *foot);

/* relative.c: the position; false when the text is no such phrase. */
bool gaz_find_relative(struct gaz_query *q, struct im_answer_set *out);

#endif
