/* Names to places: load, index, look up, rank, decide, explain. */
#ifndef IM_GAZETTEER_GAZETTEER_H
#define IM_GAZETTEER_GAZETTEER_H

#include "base/buf.h"
#include "base/file.h"
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
 * To be asked after look-ups, whose answers count only then: fails (GEODATA or INPUT)
 * when a compiled file turned out to be damaged and could not be made anew. Clears *err
 * first in that case: whatever failed before failed for that.
 */
INCMAP_MUST_CHECK enum incmap_status im_gazetteer_intact(const struct im_gazetteer *gz,
                                                         struct incmap_error *err);
/* Look at all of every compiled file now. */
void im_gazetteer_read_all(const struct im_gazetteer *gz);
/* A folder in which compiled forms of users' sources may be kept, NULL = none; made
 * when needed. One that cannot be written costs time, nothing else. */
void im_gazetteer_cache(struct im_gazetteer *gz, const char *folder);
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

/*
 * Lay a file of pins over *gz, names that a person has settled (TSV: name, context,
 * place, who, when, why; incmap-gazetteer(5)): *gz becomes the same places with these
 * pins and none of before; the old one must outlive it. Bad rows, pins that no longer
 * fit the gazetteer, that contradict each other or that nobody has signed are findings.
 * Errors: INPUT, *gz is as before.
 */
INCMAP_MUST_CHECK enum incmap_status im_gazetteer_pin(struct im_arena *arena,
                                                      const char *file,
                                                      struct im_findings *findings,
                                                      struct im_gazetteer **gz,
                                                      struct incmap_error *err);

enum im_match {
    IM_MATCH_EXACT,
    IM_MATCH_FOLDED,
    IM_MATCH_TRANSLITERATED,
    IM_MATCH_GENERIC,
    IM_MATCH_SPELLING, /* a guess: a slip of the pen set right */
    IM_MATCH_RELATIVE, /* "15 km north of ...": the place is a position, not a row */
    IM_MATCH_COORDINATES,
    IM_MATCH_PIN
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
    /* The rings of a country (alpha-2). */
    bool (*country)(void *self, struct im_arena *arena, const char *code,
                    struct im_lines *out);
};
void im_gazetteer_lines(struct im_gazetteer *gz, struct im_line_finder finder);
/*
 * Coordinates of shapefiles that are not in degrees: the gazetteer is handed the way
 * back. `open` takes the text of a .prj (never "") and fills *crs, in the arena, NULL
 * when its coordinates are degrees already; errors: PROJECTION. `inverse` changes one
 * position; false when it has none.
 */
struct im_unprojector {
    void *self;
    enum incmap_status (*open)(void *self, struct im_arena *arena, const char *prj,
                               void **crs, struct incmap_error *err);
    bool (*inverse)(void *crs, struct im_lonlat *at);
};
void im_gazetteer_unproject(struct im_gazetteer *gz, struct im_unprojector how);
/* The alpha-2 code of a country by its code of two or three letters, its name or that
 * of a part of it (England); false when it is none. */
bool im_gazetteer_country(const struct im_gazetteer *gz, struct im_arena *arena,
                          const char *text, char out[3]);
/* What to write instead of a text that is none. */
const char *im_gazetteer_country_help(const struct im_gazetteer *gz,
                                      struct im_arena *arena, const char *text);
/* What the context of a pin is held against: the table of a name and its other names.
 */
struct im_scope {
    const char *table;        /* file without its folders, or "" */
    const char *const *names; /* folded, sorted */
    size_t n;
};
/* A scope of the n names of the table in `file` (NULL = none), in the arena. */
struct im_scope im_scope_make(struct im_arena *arena, const char *file,
                              const char *const *names, size_t n);

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
    bool has_box;
    struct im_box box; /* hint: what the map shows; may cross the antimeridian */
    size_t limit;      /* candidates at most; 0 = 10 */
    const struct im_scope *scope; /* for pins with a context; NULL = no table */
    bool unpinned;                /* as if there were no pins */
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
    const struct im_pin *pin; /* that settled it, or NULL */
};

/* Look one name up. The margin rule is in gazetteer/README.md. Never fails: an unknown
 * name is an answer. The result lives in `arena`. */
struct im_answer_set im_gazetteer_find(const struct im_gazetteer *gz,
                                       struct im_arena *arena,
                                       const struct im_lookup *lookup);
/* Tell, when the answer to a name is read by its sound or spelling, how it is read. */
void im_gazetteer_tell(struct im_findings *findings, struct im_where where,
                       const char *said, const struct im_candidate *c);

/*
 * Resolve all events of a set of tables: sure ones first, they become the context of
 * the rest (of the same table, near first). Fills position and place; unknown and
 * ambiguous names become findings with the candidates. Of `hints` date and box count
 * for all of them, the country (alpha-2, "" or NULL) for those that tell none.
 */
void im_gazetteer_resolve(const struct im_gazetteer *gz, struct im_arena *arena,
                          struct im_events *events, const struct im_lookup *hints,
                          struct im_findings *findings);

/* Position of a place: a region gives an area, a settlement a point with its radius. */
struct im_position im_place_position(const struct im_place *place);

/* Name for a label: in `language` when known and valid at `as_of`, else the place's
 * name; of a bundled country or first-level unit the English one. */
const char *im_place_label(const struct im_place *place, const char *language,
                           struct im_date as_of);

/* How places are named on a map. */
enum im_policy {
    IM_NAMES_BOTH,     /* in the language; both names where two sides differ */
    IM_NAMES_LANGUAGE, /* one name, in the language */
    IM_NAMES_LOCAL     /* in the language of the country it lies in */
};
struct im_naming {
    enum im_policy policy;
    const char *language; /* BCP 47 */
    struct im_date as_of; /* unset = today */
};
/*
 * The name of a place for a label, in the arena or the place. A name that held only for
 * a time goes first at that time. Two sides differ when a place (no region) of AZ, AM
 * or no country has names in Azerbaijani and in Armenian at that date, and none of the
 * one is a spelling of one of the other, unless the country itself renamed it for that
 * time: then its label has, of the names in the
 * language, the first spelling of each, as "Stepanakert / Khankendi", in the order of
 * the gazetteer.
 */
const char *im_place_name(struct im_arena *arena, const struct im_place *place,
                          const struct im_naming *naming);

/* Which places im_gazetteer_within gives: at most `limit` of the box, those that
 * `wants` (NULL = all) takes at a glance, when of the place only `at`, `population` and
 * `feature` ("capital", "city", "town" or "") are known: the rest is read later. */
struct im_within {
    struct im_box box;
    size_t limit;
    bool (*wants)(const void *self, const struct im_place *glance);
    const void *self;
    bool brief; /* without their other names, dates, precision, area and box */
};
/* Settled places of a box, in order of importance (people, those of capitals counted
 * several times; feature), for labels. */
size_t im_gazetteer_within(const struct im_gazetteer *gz, struct im_arena *arena,
                           const struct im_within *which, const struct im_place ***out);
/* A place that was given brief, with all that is known of it, in `arena`; the same when
 * it cannot be read. */
const struct im_place *im_gazetteer_whole(const struct im_gazetteer *gz,
                                          struct im_arena *arena,
                                          const struct im_place *brief);
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

/*
 * How an answer to `lookup` came about, for people: query, forms tried, candidates with
 * their scores term by term, the rule, and what to do.
 */
void im_answer_explain(struct im_buf *buf, const struct im_gazetteer *gz,
                       const struct im_lookup *lookup, const struct im_answer_set *a);

/* An ambiguous answer as rows of a pins file to choose from: the best candidate, then
 * the others set aside by #; who, when and why are left empty. Nothing for a name that
 * no such file can hold (tabs, line ends, a # at its start). */
void im_pins_propose(struct im_buf *buf, const struct im_lookup *lookup,
                     const struct im_answer_set *a);
/*
 * Add proposals to the pins file `path`, made when there is none; existing lines stay.
 * A name that has a row there, set aside or not, or in the proposals before, gets no
 * other. *added counts names. Errors: INPUT, OUTPUT.
 */
INCMAP_MUST_CHECK enum incmap_status im_pins_extend(struct im_arena *arena,
                                                    const char *path,
                                                    struct im_bytes proposals,
                                                    size_t *added,
                                                    struct incmap_error *err);

#endif
