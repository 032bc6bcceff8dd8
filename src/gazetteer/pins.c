/*
 * Reading a file of pins:
 *
 * 1. rows     each line's name, context and place, checked against the gazetteer
 * 2. sort     by name, so that a look-up finds its pins together
 * 3. twins    rows that say the same again, or something else, of one name
 */
#include "gazetteer/pins.h"
#include "formats/coords.h"
#include "formats/plain.h"
#include "gazetteer/find.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Farther than this (and the precision of the place) from where it was is elsewhere. */
static const double MOVED_KM = 10;
/* Positions that are one: the sixth decimal is a hand's breadth. */
static const double SAME_DEGREES = 2e-6;

struct reader {
    struct im_arena *arena;
    const struct im_gazetteer *gz;
    const char *file;
    struct im_findings *findings;
    struct gaz_pin *v;
    size_t n, cap;
};

static struct im_where at(const struct reader *r, const struct gaz_pin_row *row,
                          int field) {
    return IM_AT(r->file, row->line, row->col[field]);
}

/* "LON,LAT" of n bytes. */
static bool parse_point(const char *s, size_t n, struct im_lonlat *out) {
    const char *comma = memchr(s, ',', n);
    return comma && im_angle_parse(s, (size_t)(comma - s), 'E', &out->lon) &&
           im_angle_parse(comma + 1, n - (size_t)(comma - s) - 1, 'N', &out->lat);
}

/* Two numbers that are no point: a slip, and no id. */
static bool is_bad_point(const char *s) {
    return strchr(s, ',') && s[strspn(s, "0123456789.,+- ")] == '\0';
}

/* 1. Rows. */

/* Is the name one of the place's, in any spelling, with or without generic words? */
static bool fits_name(struct im_arena *arena, const char *name, const char *other) {
    struct gaz_generic generic;
    struct im_buf a, b;
    const char *fold = im_fold(arena, name, strlen(name));
    const char *second = im_fold(arena, other, strlen(other));
    im_buf_init(&a, arena, (size_t)1 << 26);
    im_buf_init(&b, arena, (size_t)1 << 26);
    gaz_skeleton_key(&a, name, strlen(name), 0);
    gaz_skeleton_key(&b, other, strlen(other), 0);
    if (strcmp(fold, second) == 0 || (a.len > 0 && strcmp(a.data, b.data) == 0)) {
        return true;
    }
    if (!gaz_generic(fold, strlen(fold), &generic)) {
        return false;
    }
    for (size_t i = 0; i < generic.n; i++) {
        if (strcmp(generic.stem[i], second) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_called(struct im_arena *arena, const struct im_place *place,
                      const char *name) {
    bool found = fits_name(arena, name, place->name);
    for (size_t i = 0; i < place->name_count && !found; i++) {
        found = fits_name(arena, name, place->names[i].text);
    }
    return found;
}

static void stale(struct reader *r, const struct gaz_pin_row *row, const char *help,
                  const char *what) {
    im_finding(r->findings, IM_F_PIN_STALE, at(r, row, GAZ_PIN_PLACE), help,
               "the pin of '%s' no longer fits the gazetteer and is not used: %s",
               row->field[GAZ_PIN_NAME], what);
}

/* "ID@LON,LAT" with the position of today, as a row would say it. */
static const char *place_text(struct im_arena *arena, const struct im_place *p) {
    return im_format(arena, "%s@%.5f,%.5f", p->id, p->at.lon, p->at.lat);
}

/* Does the place still stand where the row saw it, or else bear the row's name? */
static bool still_fits(struct reader *r, const struct gaz_pin_row *row,
                       const struct im_place *place, const struct im_lonlat *seen) {
    const char *name = row->field[GAZ_PIN_NAME];
    const char *now = place_text(r->arena, place);
    if (seen) {
        double km = gaz_km(*seen, place->at);
        if (km > MOVED_KM + place->precision_km) {
            stale(r, row,
                  im_format(r->arena, "look where it is now; write %s if it is meant",
                            now),
                  im_format(r->arena, "'%s' (%s) is now %.0f km from there",
                            place->name, place->id, km));
            return false;
        }
        return true;
    }
    if (!is_called(r->arena, place, name)) {
        stale(r, row, im_format(r->arena, "write %s if it is meant all the same", now),
              im_format(r->arena, "%s is now called '%s'", place->id, place->name));
        return false;
    }
    return true;
}

static const struct im_place *point_place(struct reader *r,
                                          const struct gaz_pin_row *row,
                                          struct im_lonlat p) {
    struct im_place *place = im_alloc(r->arena, 1, sizeof *place);
    *place = (struct im_place){.id = "",
                               .name = row->field[GAZ_PIN_NAME],
                               .feature = "",
                               .country = "",
                               .admin1 = "",
                               .admin2 = "",
                               .source = im_path_name(r->file),
                               .area = "",
                               .at = p,
                               .kind = IM_OTHER,
                               .row = at(r, row, GAZ_PIN_NAME)};
    return place;
}

/* The place that the row names: LON,LAT, ID, or ID@LON,LAT; NULL after a finding. */
static const struct im_place *place_of(struct reader *r,
                                       const struct gaz_pin_row *row) {
    const char *text = row->field[GAZ_PIN_PLACE], *sign = strrchr(text, '@');
    struct im_lonlat p;
    if (parse_point(text, strlen(text), &p)) {
        return point_place(r, row, p);
    }
    if (is_bad_point(text)) {
        im_finding(r->findings, IM_F_ROW_BAD, at(r, row, GAZ_PIN_PLACE),
                   "write the longitude, -180 to 180, then the latitude, -90 to 90",
                   "the pin of '%s' is left out: '%s' is no longitude and latitude",
                   row->field[GAZ_PIN_NAME], text);
        return NULL;
    }
    bool seen = sign && sign != text && parse_point(sign + 1, strlen(sign + 1), &p);
    const char *id = seen ? im_strndup(r->arena, text, (size_t)(sign - text)) : text;
    const struct im_place *place = im_gazetteer_by_id(r->gz, id);
    if (!place) {
        stale(r, row, "look the name up anew, or give longitude and latitude",
              im_format(r->arena, "no place has the id '%s'", id));
        return NULL;
    }
    return still_fits(r, row, place, seen ? &p : NULL) ? place : NULL;
}

/* Who, when and why: what is missing is said, the pin holds all the same. */
static void check_signature(struct reader *r, const struct gaz_pin_row *row) {
    const char *when = row->field[GAZ_PIN_WHEN];
    struct im_date date;
    if (row->field[GAZ_PIN_WHO][0] == '\0' || when[0] == '\0' ||
        row->field[GAZ_PIN_WHY][0] == '\0') {
        im_finding(r->findings, IM_F_PIN_UNSIGNED, IM_AT(r->file, row->line, 1),
                   "check the place, then write who settled it, when and why",
                   "the pin of '%s' does not say who settled it, when and why",
                   row->field[GAZ_PIN_NAME]);
    } else if (!im_date_parse(when, strlen(when), &date)) {
        im_finding(r->findings, IM_F_VALUE_BAD, at(r, row, GAZ_PIN_WHEN),
                   "give a date as 2020-07-12", "unusable date '%s'", when);
    }
}

static bool is_code(const char *s) {
    return strlen(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z';
}

static const char *sounds_of(struct im_arena *arena, const char *name) {
    struct im_buf b;
    im_buf_init(&b, arena, (size_t)1 << 26);
    im_sounds_to(&b, name, strlen(name), 0);
    return b.data;
}

/* A row that can be a pin at all; else a finding. */
static bool is_row(struct reader *r, const struct gaz_pin_row *row) {
    const char *name = row->field[GAZ_PIN_NAME];
    const char *why = row->n < 3 ? "it has fewer than three fields between tabs"
                      : row->n > GAZ_PIN_FIELDS ? "it has more than six fields"
                      : im_fold(r->arena, name, strlen(name))[0] == '\0'
                          ? "it has no name"
                      : row->field[GAZ_PIN_PLACE][0] == '\0' ? "it has no place"
                                                             : NULL;
    int field = row->n >= 3 && row->field[GAZ_PIN_PLACE][0] == '\0' ? GAZ_PIN_PLACE
                                                                    : GAZ_PIN_NAME;
    if (why) {
        im_finding(r->findings, IM_F_ROW_BAD, at(r, row, field),
                   "write name, context (may be empty), place, who, when and why, "
                   "separated by tabs",
                   "the row is left out: %s", why);
    }
    return !why;
}

static void take_row(struct reader *r, const struct gaz_pin_row *row) {
    const char *name = row->field[GAZ_PIN_NAME];
    const char *context = row->field[GAZ_PIN_CONTEXT];
    if (!is_row(r, row)) {
        return;
    }
    const struct im_place *place = place_of(r, row);
    if (!place) {
        return;
    }
    check_signature(r, row);
    struct gaz_pin p = {.pin = {.name = name,
                                .context = context,
                                .who = row->field[GAZ_PIN_WHO],
                                .when = row->field[GAZ_PIN_WHEN],
                                .why = row->field[GAZ_PIN_WHY],
                                .place = place,
                                .row = IM_AT(r->file, row->line, 1)},
                        .fold = im_fold(r->arena, name, strlen(name)),
                        .sounds = sounds_of(r->arena, name),
                        .context = im_fold(r->arena, context, strlen(context)),
                        .country = is_code(context),
                        .usable = true};
    IM_PUSH(r->arena, r->v, r->n, r->cap, p);
}

/* 2. Sort. */

static int compare(const struct gaz_pin *a, const struct gaz_pin *b) {
    int order = strcmp(a->fold, b->fold);
    order = order ? order : strcmp(a->sounds, b->sounds);
    order = order ? order : (int)a->country - (int)b->country;
    return order ? order : strcmp(a->context, b->context);
}

static int by_name(const void *a, const void *b) {
    const struct gaz_pin *x = a, *y = b;
    int order = compare(x, y);
    unsigned first = x->pin.row.line, second = y->pin.row.line;
    return order ? order : first < second ? -1 : first > second;
}

/* 3. Twins. */

static bool same_place(const struct im_place *a, const struct im_place *b) {
    return strcmp(a->id, b->id) == 0 && fabs(a->at.lon - b->at.lon) < SAME_DEGREES &&
           fabs(a->at.lat - b->at.lat) < SAME_DEGREES;
}

static void tell_twin(struct reader *r, const struct gaz_pin *first,
                      const struct gaz_pin *pin) {
    if (same_place(first->pin.place, pin->pin.place)) {
        im_finding(r->findings, IM_F_PIN_DOUBLE, pin->pin.row, "take one of them out",
                   "the pin of '%s' says the same as line %u", pin->pin.name,
                   first->pin.row.line);
        return;
    }
    im_finding(r->findings, IM_F_PIN_CONFLICT, pin->pin.row,
               "take one of them out, or give them contexts",
               "the pins of '%s' here and in line %u name different places: neither "
               "is used",
               pin->pin.name, first->pin.row.line);
}

static void find_twins(struct reader *r) {
    for (size_t first = 0, end; first < r->n; first = end) {
        bool agreed = true;
        for (end = first + 1; end < r->n && compare(&r->v[first], &r->v[end]) == 0;
             end++) {
            agreed = agreed && same_place(r->v[first].pin.place, r->v[end].pin.place);
            tell_twin(r, &r->v[first], &r->v[end]);
        }
        for (size_t i = first; i < end; i++) {
            r->v[i].usable = agreed;
        }
    }
}

enum incmap_status im_gazetteer_pin(struct im_arena *arena, const char *file,
                                    struct im_findings *findings,
                                    struct im_gazetteer **gz,
                                    struct incmap_error *err) {
    struct reader r = {.arena = arena,
                       .gz = *gz,
                       .file = im_strdup(arena, file),
                       .findings = findings};
    struct gaz_pin_lines lines = {.arena = arena};
    struct gaz_pin_row row;
    enum incmap_status s = im_file_map(arena, file, INCMAP_E_INPUT, &lines.bytes, err);
    if (s == INCMAP_OK) {
        s = im_plain_check(r.file, lines.bytes, err);
    }
    if (s != INCMAP_OK) {
        return s;
    }
    while (gaz_pin_next(&lines, &row)) {
        if (!row.comment) {
            take_row(&r, &row);
        }
    }
    if (r.n > 0) {
        qsort(r.v, r.n, sizeof *r.v, by_name);
    }
    find_twins(&r);
    struct gaz_pins *pins = im_alloc(arena, 1, sizeof *pins);
    *pins = (struct gaz_pins){r.v, r.n};
    struct im_gazetteer *pinned = im_alloc(arena, 1, sizeof *pinned);
    *pinned = **gz;
    pinned->pins = pins;
    *gz = pinned;
    return INCMAP_OK;
}
