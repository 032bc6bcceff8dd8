/* Names to answers, as the locate command shows them. */
#include "api/atlas.h"
#include "formats/coords.h"
#include <string.h>

struct incmap_locator {
    struct incmap_atlas *atlas;
    struct im_arena *arena;
    struct im_findings findings;
    struct im_gazetteer *gazetteer;
    struct im_buf text;
    bool started; /* the TSV header is written */
};

struct layers {
    const struct incmap_atlas *atlas;
    const char *const *files;
    size_t n;
};

static enum incmap_status open_layers(void *object, struct im_arena *arena,
                                      const void *how, struct incmap_error *err) {
    const struct layers *from = how;
    struct incmap_locator *l = object;
    l->arena = arena;
    l->atlas = (struct incmap_atlas *)from->atlas; // opened in parts when first used
    im_findings_init(&l->findings, arena);
    im_buf_init(&l->text, arena, (size_t)512 << 20);
    enum incmap_status s = im_atlas_gazetteer(l->atlas, &l->gazetteer, err);
    if (s == INCMAP_OK) {
        im_gazetteer_report(l->gazetteer, &l->findings);
    }
    if (s == INCMAP_OK && from->n > 0) {
        s = im_gazetteer_layer(arena, l->gazetteer, from->files, from->n, &l->findings,
                               &l->gazetteer, err);
    }
    return s;
}

enum incmap_status incmap_locator_new(const struct incmap_atlas *atlas,
                                      const char *const *gazetteers, size_t count,
                                      struct incmap_locator **out,
                                      struct incmap_error *err) {
    struct layers from = {atlas, gazetteers, count};
    struct im_birth birth = {sizeof **out, atlas->arena, open_layers, &from};
    void *locator;
    enum incmap_status status = im_born(&birth, &locator, err);
    *out = locator;
    return status;
}

void incmap_locator_free(struct incmap_locator *locator) {
    if (locator != NULL) {
        im_arena_free(locator->arena);
    }
}

struct asking {
    struct incmap_locator *locator;
    const struct incmap_query *query;
    enum incmap_format format;
    bool ok;
};

/* "LON,LAT", or the name of a place that must itself be sure. */
static enum incmap_status parse_near(struct asking *a, struct im_lookup *lookup,
                                     struct incmap_error *err) {
    const char *near = a->query->near;
    const char *comma = strchr(near, ',');
    lookup->has_near = true;
    if (comma != NULL &&
        im_angle_parse(near, (size_t)(comma - near), 'E', &lookup->near.lon) &&
        im_angle_parse(comma + 1, strlen(comma + 1), 'N', &lookup->near.lat)) {
        return INCMAP_OK;
    }
    struct im_lookup where = {.name = near, .country = "", .admin1 = "", .limit = 3};
    struct im_answer_set set =
        im_gazetteer_find(a->locator->gazetteer, a->locator->arena, &where);
    if (set.status != IM_ANSWER_OK) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "cannot use '%s' as near: %s (give LON,LAT in degrees)", near,
                       im_answer_text(set.status));
    }
    lookup->near = set.candidates[0].place->at;
    return INCMAP_OK;
}

static enum incmap_status read_query(struct asking *a, struct im_lookup *lookup,
                                     struct incmap_error *err) {
    const struct incmap_query *q = a->query;
    *lookup = (struct im_lookup){.name = q->name,
                                 .country = q->country ? q->country : "",
                                 .admin1 = "",
                                 .limit = q->limit};
    if (q->kind && !im_kind_parse(q->kind, strlen(q->kind), &lookup->kind)) {
        return im_fail(
            err, INCMAP_E_USAGE, IM_NOWHERE,
            "unknown kind '%s' (settlement, region, country, water or other)", q->kind);
    }
    if (q->as_of && !im_date_parse(q->as_of, strlen(q->as_of), &lookup->as_of)) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "cannot read the date '%s' (write 2020-07-12)", q->as_of);
    }
    if (q->country && strlen(q->country) != 2) {
        return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                       "'%s' is no country code (two letters, as AZ)", q->country);
    }
    return q->near ? parse_near(a, lookup, err) : INCMAP_OK;
}

static enum incmap_status ask(void *self, struct incmap_error *err) {
    struct asking *a = self;
    struct incmap_locator *l = a->locator;
    struct im_lookup lookup;
    enum incmap_status s = read_query(a, &lookup, err);
    if (s != INCMAP_OK) {
        return s;
    }
    struct im_answer_set set = im_gazetteer_find(l->gazetteer, l->arena, &lookup);
    a->ok = set.status == IM_ANSWER_OK;
    if (a->format == INCMAP_JSON) {
        im_answer_json(&l->text, a->query->name, &set);
    } else if (a->format == INCMAP_TSV) {
        if (!l->started) {
            im_answer_tsv_header(&l->text);
        }
        im_answer_tsv(&l->text, a->query->name, &set);
    } else {
        im_answer_table(&l->text, a->query->name, &set);
    }
    l->started = true;
    return INCMAP_OK;
}

enum incmap_status incmap_locate(struct incmap_locator *locator,
                                 const struct incmap_query *query,
                                 enum incmap_format format, int *found,
                                 struct incmap_error *err) {
    struct asking a = {locator, query, format, false};
    im_error_clear(err);
    enum incmap_status s =
        im_guard(locator->arena, locator->atlas->arena, ask, &a, err);
    *found = a.ok;
    return s;
}

const char *incmap_locator_text(struct incmap_locator *locator, size_t *length) {
    *length = locator->text.len;
    return locator->text.data;
}

size_t incmap_locator_finding_count(const struct incmap_locator *locator) {
    return locator->findings.n;
}

struct incmap_finding incmap_locator_finding(const struct incmap_locator *locator,
                                             size_t i) {
    return i < locator->findings.n ? locator->findings.items[i]
                                   : (struct incmap_finding){.record = -1};
}
