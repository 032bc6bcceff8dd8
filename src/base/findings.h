/* Findings: what was noticed, in order, with stable codes. */
#ifndef IM_BASE_FINDINGS_H
#define IM_BASE_FINDINGS_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include <stddef.h>

/* code, default severity, meaning. The strings are a contract (reports, man page). */
#define IM_FINDING_CODES(X)                                                            \
    X(PLACE_UNKNOWN, "place-unknown", WARNING, "no place of that name is known")       \
    X(PLACE_AMBIGUOUS, "place-ambiguous", WARNING, "several places fit equally well")  \
    X(PLACE_SPELLING, "place-spelling", WARNING, "matched after mending the spelling") \
    X(PLACE_AREA, "place-area", NOTE,                                                  \
      "an incident is known to lie somewhere in an area only")                         \
    X(PIN_STALE, "pin-stale", WARNING,                                                 \
      "a pin no longer fits the gazetteer and is not used")                            \
    X(PIN_CONFLICT, "pin-conflict", WARNING,                                           \
      "two pins of one name contradict each other, neither is used")                   \
    X(PIN_DOUBLE, "pin-double", NOTE, "two pins of one name say the same")             \
    X(PIN_UNSIGNED, "pin-unsigned", WARNING,                                           \
      "a pin does not say who settled it, when and why")                               \
    X(ROW_BAD, "row-bad", WARNING, "a row cannot be read and is not drawn")            \
    X(VALUE_BAD, "value-bad", WARNING, "a field's value is unusable and is left out")  \
    X(DATE_FAR, "date-far", WARNING, "a date lies in the far future")                  \
    X(COLUMN_UNKNOWN, "column-unknown", NOTE, "a column that incmap does not use")     \
    X(SCHEMA_GUESS, "schema-guess", NOTE, "the table's layout was recognised as this") \
    X(NOT_PLACED, "not-placed", WARNING, "an incident has no position on the map")     \
    X(OUTSIDE, "outside", WARNING, "an incident lies outside the map's frame")         \
    X(FAR_OUTSIDE, "far-outside", NOTE,                                                \
      "rows lie far outside the map and are not read")                                 \
    X(MAIN_PART, "main-part", NOTE,                                                    \
      "the map is round the main part of an area, without parts far off")              \
    X(SEA_PART, "sea-part", NOTE,                                                      \
      "an incident on a sea stands on the part of it that the map shows")              \
    X(LABEL_DROPPED, "label-dropped", WARNING, "a label found no free place")          \
    X(STACK_HIDDEN, "stack-hidden", NOTE,                                              \
      "incidents at one place lie upon each other")                                    \
    X(CAPITAL_LEFT_OUT, "capital-left-out", NOTE,                                      \
      "a capital that nobody asked for found no room for its name")                    \
    X(TOWN_MOVED, "town-moved", NOTE,                                                  \
      "towns that would cover each other are drawn beside each other")                 \
    X(INSET_DROPPED, "inset-dropped", WARNING,                                         \
      "the inset found no room, or has nothing to show")                               \
    X(INSET_AUTO, "inset-auto", NOTE,                                                  \
      "furniture.inset: auto draws none here, and why")                                \
    X(NO_INCIDENT, "no-incident", WARNING,                                             \
      "incidents were asked for and the map shows none")                               \
    X(LIST_CUT, "list-cut", WARNING, "the incident list did not fit")                  \
    X(GLYPH_MISSING, "glyph-missing", WARNING, "no font has this character")           \
    X(LANGUAGE_NAMES, "language-names", NOTE,                                          \
      "the furniture does not speak the map's language, only names do")                \
    X(TEXT_CUT, "text-cut", WARNING, "a text was too long for its place")              \
    X(LAYER_EMPTY, "layer-empty", WARNING, "a layer has nothing to draw here")         \
    X(RECORD_BAD, "record-bad", WARNING,                                               \
      "a geometry record is broken and is left out")                                   \
    X(SIDECAR, "sidecar", WARNING,                                                     \
      "a .shx, .dbf, .prj or .cpg is missing or unusable")                             \
    X(BORDER_COARSE, "border-coarse", NOTE, "the map is finer than its border source") \
    X(BORDER_DATE, "border-date", WARNING,                                             \
      "a border line is not valid at these dates")                                     \
    X(COUNTRY_MISMATCH, "country-mismatch", WARNING, "a point is not in its country")  \
    X(COUNTRY_PART, "country-part", NOTE,                                              \
      "a country column names a part of a country, or a town of it")                   \
    X(NO_IMAGE, "no-image", WARNING, "a point has no image in this projection")        \
    X(CLAIMS_DIFFER, "claims-differ", NOTE, "claimants give different figures")        \
    X(DISTORTION, "distortion", WARNING, "the projection was made for another place")  \
    X(SCALE_VARIES, "scale-varies", NOTE, "the scale changes noticeably over the map") \
    X(PLACE_DOUBLE, "place-double", WARNING, "a gazetteer has a place twice")          \
    X(COORDINATES_ODD, "coordinates-odd", WARNING,                                     \
      "coordinates are exchanged, mirrored or at 0, 0")                                \
    X(NAME_SCRIPT, "name-script", WARNING,                                             \
      "a name is not in its language's script, or mixes scripts")                      \
    X(COLUMN_MISSING, "column-missing", NOTE, "a table lacks a column that helps")     \
    X(MORE, "more", WARNING,                                                           \
      "further findings of one kind were counted, not listed; as severe as these")

enum im_code {
#define X(name, text, severity, meaning) IM_F_##name,
    IM_FINDING_CODES(X)
#undef X
        IM_F_COUNT
};

struct im_tally;

struct im_findings {
    struct im_arena *arena;
    struct incmap_finding *items;
    size_t n, cap;
    struct im_tally *tally; /* per code and file; private to findings.c */
    size_t tally_n, tally_cap;
};

void im_findings_init(struct im_findings *f, struct im_arena *arena);
/* The findings as they are now, to go back to by assignment when a step is done anew.
 */
struct im_findings im_findings_copy(const struct im_findings *f);

/*
 * Add one finding of the code's default severity; message is formatted as im_buf_fmt,
 * control bytes escaped; help is a plain string that outlives `f` ("" = none). At most
 * 10 of one code per file are kept, the rest are counted into one "more" finding at the
 * end.
 */
void im_finding(struct im_findings *f, enum im_code code, struct im_where where,
                const char *help, const char *fmt, ...) IM_PRINTF(5, 6);

/* Stable string and meaning of a code. */
const char *im_code_text(enum im_code code);
const char *im_code_meaning(enum im_code code);

#endif
