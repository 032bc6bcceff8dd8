/* Names to places: load, index, look up, rank, decide, explain. */
#ifndef IM_GAZETTEER_GAZETTEER_H
#define IM_GAZETTEER_GAZETTEER_H

#include "base/buf.h"
#include "base/findings.h"
#include "model/model.h"

struct im_gazetteer; /* layers of places with an index over all their names */

/*
 * The bundled places of data folder `dir` (places-*.tsv). Kept in `arena`.
 * Errors: GEODATA.
 */
INCMAP_MUST_CHECK enum incmap_status im_gazetteer_open(struct im_arena *arena,
                                                       const char *dir,
                                                       struct im_gazetteer **out,
                                                       struct incmap_error *err);
/* Adds a finding when the bundled places' compiled form (places.gaz) is missing, stale
 * or damaged and was made anew in memory: answers are the same, opening takes longer.
 */
void im_gazetteer_report(const struct im_gazetteer *gz, struct im_findings *findings);
/*
 * A gazetteer of `base` with the user's files layered before it; the first file wins
 * ties. CSV/TSV with header (name, lat, lon, and any of alternates, kind, country,
 * admin1, population, language, from, to, precision_km, id, names). `base` must outlive
 * it. Errors: INPUT; bad rows are findings.
 */
INCMAP_MUST_CHECK enum incmap_status im_gazetteer_layer(
    struct im_arena *arena, const struct im_gazetteer *base, const char *const *files,
    size_t n, struct im_findings *findings, struct im_gazetteer **out,
    struct incmap_error *err);

enum im_match {
    IM_MATCH_EXACT,
    IM_MATCH_FOLDED,
    IM_MATCH_TRANSLITERATED,
    IM_MATCH_GENERIC,
    IM_MATCH_SPELLING, /* a guess: a slip of the pen set right */
    IM_MATCH_RELATIVE, /* "15 km north of ...": the place is a position, not a row */
    IM_MATCH_COORDINATES
};
enum im_answer { IM_ANSWER_OK, IM_ANSWER_AMBIGUOUS, IM_ANSWER_UNKNOWN };
const char *im_match_text(enum im_match m);
const char *im_answer_text(enum im_answer a);

/*
 * Lines that names may speak of ("on the A-B border near X", "30 km from the ...
 * pipeline"): the gazetteer knows places alone and is handed these. Functions may be
 * NULL; chains in degrees, in `arena`; false when there is no such line.
 */
struct im_line_finder {
    void *self;
    /* The border of two countries (alpha-2). */
    bool (*border)(void *self, struct im_arena *arena, const char *const country[2],
                   struct im_lines *out);
    /* A line by any of its names; *called is its own. */
    bool (*line)(void *self, struct im_arena *arena, const char *name,
                 struct im_lines *out, const char **called);
};
void im_gazetteer_lines(struct im_gazetteer *gz, struct im_line_finder finder);

struct im_lookup {
    const char *name;    /* as written */
    const char *country; /* alpha-2, hard filter, or "" */
    const char *admin1;  /* hint, or "" */
    enum im_kind kind;   /* hint, or IM_KIND_ANY */
    struct im_date as_of;
    const struct im_lonlat *context; /* places of the same table already settled */
    size_t context_count;
    bool has_near;
    struct im_lonlat near;
    size_t limit; /* candidates at most; 0 = 10 */
};

/* A named share of a score. */
struct im_term {
    const char *name; /* "exact name", "population", "near the table's other places" */
    double value;     /* -1..1 */
};

struct im_candidate {
    const struct im_place *place;
    enum im_match match;
    const char *matched;         /* the name that fitted */
    double score;                /* 0..1, the sum of the terms */
    const struct im_term *terms; /* in the order in which they were added */
    size_t term_count;
    const char *reason; /* the terms of the score, one line */
    bool outside;       /* excluded by the country filter; listed only to explain */
};

struct im_answer_set {
    enum im_answer status;
    const char *reason;                    /* one line: which rule decided */
    const struct im_candidate *candidates; /* best first; [0] is the answer when OK */
    size_t n;
};

/* Look one name up. The margin rule is in gazetteer/README.md. Never fails: an unknown
 * name is an answer. The result lives in `arena`. */
struct im_answer_set im_gazetteer_find(const struct im_gazetteer *gz,
                                       struct im_arena *arena,
                                       const struct im_lookup *lookup);

/*
 * Resolve all events of a set of tables: sure ones first, they become the context of
 * the rest (of the same table, near first). Fills position and place; unknown and
 * ambiguous names become findings with the candidates.
 */
void im_gazetteer_resolve(const struct im_gazetteer *gz, struct im_arena *arena,
                          struct im_events *events, struct im_date as_of,
                          struct im_findings *findings);

/* Position of a place: a region gives an area, a settlement a point with its radius. */
struct im_position im_place_position(const struct im_place *place);

/* Name for a label: in `language` when known and valid at `as_of`, else the place's
 * name. */
const char *im_place_label(const struct im_place *place, const char *language,
                           struct im_date as_of);

/* Places within a box, in order of importance (people, those of capitals counted
 * several times; feature), for labels: at most `limit`. */
size_t im_gazetteer_within(const struct im_gazetteer *gz, struct im_arena *arena,
                           struct im_box box, size_t limit,
                           const struct im_place ***out);
/* Place by its id; NULL when there is none. Kept in the gazetteer's arena. */
const struct im_place *im_gazetteer_by_id(const struct im_gazetteer *gz,
                                          const char *id);

/* Answers as text for `locate`. */
void im_answer_json(struct im_buf *buf, const char *query,
                    const struct im_answer_set *a);
void im_answer_tsv_header(struct im_buf *buf);
void im_answer_tsv(struct im_buf *buf, const char *query,
                   const struct im_answer_set *a);
void im_answer_table(struct im_buf *buf, const char *query,
                     const struct im_answer_set *a);

#endif
