/* The nouns that travel between rooms. Plain data in the job's arena, immutable once
 * made. */
#ifndef IM_MODEL_MODEL_H
#define IM_MODEL_MODEL_H

#include "base/date.h"
#include "base/error.h"
#include "geo/geo.h"
#include <stdint.h>

/* A name in one language, valid from..to (each may be unset = open). */
struct im_name {
    const char *lang; /* BCP 47, "und" when not known */
    const char *text; /* UTF-8, never empty */
    struct im_date from, to;
};

enum im_kind {
    IM_KIND_ANY,
    IM_SETTLEMENT,
    IM_REGION,
    IM_COUNTRY,
    IM_WATER,
    IM_OTHER,
    IM_CORRIDOR /* along a line: only in answers, no gazetteer has one */
};

/* "settlement" ...; IM_KIND_ANY is "". */
const char *im_kind_text(enum im_kind kind);
/* false when text (n bytes) names no kind. */
bool im_kind_parse(const char *text, size_t n, enum im_kind *out);

/* A place of a gazetteer. Strings are never NULL ("" = not known). */
struct im_place {
    const char *id, *name, *feature, *country, *admin1, *admin2, *source;
    const struct im_name *names;
    size_t name_count;
    struct im_lonlat at;
    enum im_kind kind;
    long population;     /* 0 = not known */
    double precision_km; /* radius of the stated position; 0 = not stated */
    struct im_date from, to;
    const char *area; /* "u:1,2", "c:AZ", "r:ID", "g:..." (outline.h), or "" */
    bool has_box;
    struct im_box box;
    struct im_where row; /* where the gazetteer says so */
    unsigned layer;      /* 0 = bundled, 1.. = user's, higher = given earlier */
    size_t record;       /* its number there */
};

/* A person's decision which place a name means. Strings are never NULL. */
struct im_pin {
    const char *name, *context; /* as written; context "" = anywhere */
    const char *who, *when, *why;
    const struct im_place *place;
    struct im_where row; /* in the pins file */
};

/* Where something is, with its precision: never a bare point. */
enum im_position_kind { IM_NOT_MAPPABLE, IM_POINT, IM_LINE, IM_AREA };

struct im_position {
    enum im_position_kind kind;
    struct im_lonlat at; /* point, or the label point of a line or area; degrees */
    double radius_m;     /* >= 0; 0 = as precise as the map can show */
    struct im_box box;   /* line and area */
    const char *area;    /* as im_place.area, for areas; else "" */
    const char *reason;  /* why here, or why not mappable; one phrase */
};

/* A number as a claimant states it; -1 = not stated (0 is a statement). */
struct im_figure {
    double low, best, high;
};
#define IM_NO_FIGURE ((struct im_figure){-1, -1, -1})

enum im_evidence { IM_EVIDENCE_NONE, IM_CONFIRMED, IM_CLAIMED, IM_DISPUTED };
const char *im_evidence_text(enum im_evidence e);

/* Who says how many of which side: figures of different claimants are never summed. */
struct im_claim {
    const char *claimant, *source, *notes; /* "" = not stated */
    enum im_evidence evidence;
    struct im_figure killed[2], wounded[2]; /* side 1, side 2 */
    struct im_figure fatalities;            /* not told by side */
    struct im_where row;
};

/* One event with one or more claims. */
struct im_event {
    const char *id;               /* the table's event_id, or "" */
    const char *type;             /* as written, or "" */
    const char *place_text;       /* as written, or "" */
    const char *country, *admin1; /* hints of the row, or "" */
    const char *side[2];
    struct im_date date, date_end;
    const struct im_claim *claims;
    size_t claim_count;   /* >= 1 */
    bool has_coordinates; /* the row gave lat and lon */
    bool refused; /* it gave such as cannot be: a name beside them is no place for it */
    struct im_lonlat given;
    double precision_km; /* as given; -1 = not stated */
    /* filled by resolving: */
    struct im_position position;
    const struct im_place *place; /* NULL when placed by coordinates or not placed */
    const struct im_pin *pin;     /* that settled the place, or NULL */
    struct im_where row;          /* first row */
    size_t set;                   /* which incidents[] entry of the map file */
};

struct im_events {
    struct im_event *v;
    size_t n, cap;
};

/* Largest single claim of deaths (both sides and unspecified) of one claimant: the
 * value that sizes a symbol. -1 when nobody states any. *who (may be NULL) = that
 * claim. */
double im_event_killed(const struct im_event *e, const struct im_claim **who);

/* A line or area feature of an overlay (pipelines, a user's file). */
struct im_feature {
    struct im_lines geometry; /* parts; rings for areas */
    bool is_area, is_point;
    const char *const *keys;
    const char *const *values;
    size_t attr_count;
    struct im_where row;
};
struct im_features {
    struct im_feature *v;
    size_t n, cap;
};

/* Value of an attribute by name, ASCII case ignored, the 10-character cut of DBF names
 * accepted; "" when absent. */
const char *im_feature_attr(const struct im_feature *f, const char *key);

#endif
