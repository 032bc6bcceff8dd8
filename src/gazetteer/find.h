/* A look-up in the making: query, hits, candidates. */
#ifndef IM_GAZETTEER_FIND_H
#define IM_GAZETTEER_FIND_H

#include "gazetteer/inside.h"

enum { GAZ_READINGS = 18, GAZ_MOST_HITS = 64, GAZ_LIMIT = 10 };

/* One way the query may stand in the gazetteer: as written, or without generic words.
 */
struct gaz_form {
    const char *written, *fold;
    const char *key[GAZ_READINGS], *sounds[GAZ_READINGS]; /* skeleton.c */
    unsigned readings;                                    /* 0 until gaz_form_sounds */
    unsigned reading[GAZ_READINGS];                       /* which each of them is */
    bool abjad;
};

struct gaz_query {
    const struct im_gazetteer *gz;
    struct im_arena *arena;
    const struct im_lookup *lookup;
    const char *name; /* as written, trimmed */
    bool is_ascii;
    struct gaz_form form[1 + GAZ_STEMS]; /* [0] as written, then the stems */
    size_t forms;
    char country[2];          /* the filter in capitals, zeros when there is none */
    enum im_kind kind;        /* wanted, by the caller or a generic word */
    enum gaz_feature feature; /* by a generic word, or GAZ_OTHER */
    bool
        joined; /* a name of the place in hand differs from the query by blanks alone */
    const struct gaz_record *hand; /* of the place in hand */
    double shortage;               /* of its name that was compared last */
    bool blanks_aside; /* "DC" is "D.C." too: of towns whose area has the name */
    bool consonants;   /* the place in hand is named in a script of consonants alone */
    struct im_buf fold, key, sounds; /* scratch, for names of the gazetteer */
};

/* What a name is to its place: of no known language, one of several of a language, the
 * language's first, the main one. */
enum gaz_standing { GAZ_STRAY, GAZ_SECOND, GAZ_FIRST, GAZ_MAIN };

/* Sounds of one name, in whatever spelling, differ by no more. */
#define GAZ_CLOSE 0.081

/* A guess lacks so much to be no answer at all, when nothing else speaks for it. */
#define GAZ_DOUBT 1.0

/* Terms that hints give, by which a place may go before one that fits better. */
enum gaz_hint {
    GAZ_HINT_KIND,
    GAZ_HINT_NEAR,
    GAZ_HINT_BOX,
    GAZ_HINT_CONTEXT,
    GAZ_HINTS
};

/* A place that may be meant: its row (not yet a place), how it fits, what it scores. */
struct gaz_found {
    const struct gaz_layer *layer;
    size_t record;
    const struct gaz_record *at;
    struct gaz_fields fields;
    enum im_match match;
    const char *matched;        /* the name that fitted, copied */
    enum gaz_standing standing; /* of that name */
    bool generic_place;         /* the place's own generic word was set aside */
    struct im_date from, to;    /* when that name was valid */
    double distance;            /* of the sounds, 0 for the same letters */
    double shortage;        /* above 0: what a guess lacks to be believed (slips.c) */
    double score;           /* sum of the terms */
    double hint[GAZ_HINTS]; /* what hints add to it */
    struct im_term *terms;
    size_t term_n, term_cap;
    const char *reason; /* NULL = the terms */
    const char *note;   /* said before them: how a name was read; or NULL */
    bool outside;
    bool supported; /* something other than its name speaks for it: country, nearness */
    bool behind;    /* a place of the same name goes first for its kind */
};

/* A place whose names are to be compared. */
struct gaz_hit {
    const struct gaz_layer *layer;
    size_t record;
    double quick; /* importance and nearness */
    struct gaz_record at;
};

/* The most important and near so far, each once, in order. */
struct gaz_hits {
    struct gaz_hit v[GAZ_MOST_HITS];
    size_t n;
};

struct gaz_founds {
    struct gaz_found *v;
    size_t n, cap;
};

/* query.c: prepare the query's forms. */
void gaz_query_init(struct gaz_query *q, const struct im_gazetteer *gz,
                    struct im_arena *arena, const struct im_lookup *lookup);
/* Has a name U+FFFD, or bytes that are no text and read as such? */
bool gaz_is_damaged_text(const char *name);
/* Its readings, the first time that they are asked for. */
void gaz_form_sounds(struct gaz_query *q, struct gaz_form *form);

/* match.c: 1. which names of a place fit. */
enum gaz_tier { GAZ_TIER_NAME, GAZ_TIER_SOUND, GAZ_TIER_GENERIC, GAZ_TIERS };
/* All places that fit on this tier; those outside the country filter to `outside`. */
void gaz_collect(struct gaz_query *q, enum gaz_tier tier, struct gaz_founds *inside,
                 struct gaz_founds *outside);
/* What a name is to its place; `first` is the first of its language, NULL for the main
 * name. */
enum gaz_standing gaz_standing_of(struct gaz_query *q, const struct gaz_alias *name,
                                  const struct gaz_alias *first);
bool gaz_same_language(const struct gaz_alias *a, const struct gaz_alias *b);

/* hits.c: fill layer, record, fields; false when damaged. */
bool gaz_found_open(struct gaz_query *q, const struct gaz_layer *layer, size_t record,
                    struct gaz_found *out);
/* Is the place excluded by the country filter? */
bool gaz_is_outside(const struct gaz_query *q, const struct gaz_record *r);
/* Add places whose names are to be compared, each once, unless so many are more
 * important and near. The entries stand in the order of importance or not: without
 * hints no more are looked at than are kept. */
void gaz_add_hits(const struct gaz_query *q, const struct gaz_entries *e, bool ordered,
                  struct gaz_hits *hits);
/* Those of entries of one name, in the order of importance. */
void gaz_add_alike(const struct gaz_query *q, const struct gaz_entries *e,
                   struct gaz_hits *hits);
/* With their texts, in order; those that are damaged are left out. */
struct gaz_founds gaz_open_hits(struct gaz_query *q, const struct gaz_hits *hits);
/* Add a hit whose name fitted to those inside or outside the country. */
void gaz_keep_hit(struct gaz_query *q, struct gaz_found *f, struct gaz_founds *inside,
                  struct gaz_founds *outside);

/* How far the name is from a form in sound, whatever their scripts: 0 .. 0.2, -1 = they
 * are not alike. */
double gaz_sound_apart(struct gaz_query *q, const struct gaz_form *form,
                       const char *name, size_t n);

/* slips.c: what a guess lacks whose name was spelt or spoken like that (of the place in
 * hand, its sounds so far apart), up to 0 when it is believed. What the standing of the
 * name takes away comes to it. */
struct im_edits;
double gaz_shortage_spelt(const struct gaz_record *r, const char *typed,
                          const struct im_edits *e);
double gaz_shortage_spoken(struct gaz_query *q, const struct gaz_form *form,
                           const char *name, size_t n, double apart);
double gaz_shortage_standing(enum gaz_standing standing);
/* Were consonants alone compared, as one of the two names is in a script that has no
 * other letters, or differs in them? That many names anywhere share. */
bool gaz_by_consonants(const struct gaz_query *q, const struct gaz_found *f);

/* spelling.c: places whose name is a slip of the pen away. */
void gaz_collect_spelling(struct gaz_query *q, struct gaz_founds *inside,
                          struct gaz_founds *outside);

/* rank.c: 2. how well they fit, in named terms. */
double gaz_importance(const struct gaz_record *r);
/* Kilometres on a sphere of 6371 km; good to 0.5 %, enough to compare. */
double gaz_km(struct im_lonlat a, struct im_lonlat b);
/* To the nearest of the table's other places, less the slack; infinite without any. */
double gaz_km_to_context(const struct im_lookup *lookup, struct im_lonlat at,
                         double slack_km);
double gaz_nearness(const struct im_lookup *lookup, struct im_lonlat at,
                    double slack_km);
void gaz_score(const struct gaz_query *q, struct gaz_found *f);
/* Keep the score within 0..1, by a term more. */
void gaz_bound(const struct gaz_query *q, struct gaz_found *f);
/* Add a term to the score unless it rounds to nothing. `name` is kept. */
void gaz_term(const struct gaz_query *q, struct gaz_found *f, const char *name,
              double value);
/* "exact name 0.50 + main name 0.08 - another kind 0.30" */
const char *gaz_terms_text(struct im_arena *arena, const struct gaz_found *f);

/* units.c: is the unit called so, with or without a word like district, in whatever
 * script? Or does a hint, which may say more, name it? False for "". */
bool gaz_unit_named(struct im_arena *arena, struct im_bytes unit, const char *said);
bool gaz_unit_hinted(struct im_arena *arena, struct im_bytes unit, const char *hint);

/* doubles.c: keep the best of each place: the row whose main name fits, else the first.
 */
void gaz_drop_doubles(const struct gaz_query *q, struct gaz_founds *f);
/* Do two texts fold alike? */
bool gaz_same_letters(const struct gaz_query *q, const char *a, size_t n, const char *b,
                      size_t m);
bool gaz_same_country(const struct gaz_found *a, const struct gaz_found *b);

/* family.c: does the area lie around the town, which then owns a bare name? */
bool gaz_is_town_of(const struct gaz_found *town, const struct gaz_found *area);
/* A capital, or a town of 100,000 people? */
bool gaz_is_great(const struct gaz_record *r);
/* Of places of the kind asked for, favour the town of an area that has the very name,
 * and the area around such a town. */
void gaz_favour_family(const struct gaz_query *q, struct gaz_founds *f);
/* Put behind others what a bare name does not mean for its kind alone. */
void gaz_settle_families(const struct gaz_query *q, struct gaz_founds *f);

/* decide.c: 3. one of each place, best first, and whether the first is the answer. */
struct im_answer_set gaz_decide(const struct gaz_query *q, struct gaz_founds *inside,
                                struct gaz_founds *outside);
struct im_answer_set gaz_answer(const struct gaz_query *q, const struct gaz_founds *f,
                                enum im_answer status, const char *reason);

/* find.c: as im_gazetteer_find, without some of its ways. */
enum { GAZ_NO_SPELLING = 1, GAZ_NO_RELATIVE = 2 };
struct im_answer_set gaz_find(const struct im_gazetteer *gz, struct im_arena *arena,
                              const struct im_lookup *lookup, unsigned without);

/* coordinates.c: a position given as the name; false when the text is none. */
bool gaz_find_coordinates(const struct gaz_query *q, struct im_answer_set *out);
/* pinned.c: the place that a pin settles for the name; false when none does, then
 * *refused says which one was not used and why, or is NULL. */
bool gaz_pinned(const struct im_gazetteer *gz, struct im_arena *arena,
                const struct im_lookup *lookup, struct im_answer_set *out,
                const char **refused);

/* within.c: "X, Y"; false when the text is none, or X is not sure in Y. */
bool gaz_find_within(const struct gaz_query *q, unsigned without,
                     struct im_answer_set *out);

/* both.c: "X / Y", "X (Y)": two names of one place, or a place in another; false when
 * the text is none of them. */
bool gaz_find_both(const struct gaz_query *q, unsigned without,
                   struct im_answer_set *out);

/* suggest.c: names near to one that nothing fits. */
void gaz_suggest(struct gaz_query *q, struct gaz_founds *out);

#endif
