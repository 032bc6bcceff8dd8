/* Names to answers, as the locate and explain commands show them. */
#include "api/locator.h"
#include "formats/coords.h"
#include "read/values.h"
#include <string.h>

/* Memory of look-ups is given back when so much of it has been used. */
enum { SCRATCH_BYTES = 4 << 20 };

struct layers {
    const struct incmap_atlas *atlas;
    const char *const *files;
    size_t n;
};

/* Once: that the bundled places had to be made anew, when it opens or is read. */
static void tell_mended(struct incmap_locator *l) {
    size_t before = l->findings.n;
    if (!l->told_mended) {
        im_gazetteer_report(l->gazetteer, &l->findings);
        l->told_mended = l->findings.n > before;
    }
}

static enum incmap_status open_layers(void *object, struct im_arena *arena,
                                      const void *how, struct incmap_error *err) {
    const struct layers *from = how;
    struct incmap_locator *l = object;
    l->arena = arena;
    l->atlas = (struct incmap_atlas *)from->atlas; // opened in parts when first used
    im_findings_init(&l->findings, arena);
    im_buf_init(&l->text.buf, arena, (size_t)512 << 20);
    im_buf_init(&l->proposals.buf, arena, (size_t)512 << 20);
    enum incmap_status s = im_atlas_gazetteer(l->atlas, &l->gazetteer, err);
    if (s == INCMAP_OK) {
        tell_mended(l);
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
    struct im_birth birth = {sizeof **out, atlas->arena, NULL, open_layers, &from};
    void *locator;
    enum incmap_status status = im_born(&birth, &locator, err);
    *out = locator;
    return status;
}

void incmap_locator_free(struct incmap_locator *locator) {
    if (locator != NULL) {
        im_arena_free(locator->scratch);
        im_arena_free(locator->arena);
    }
}

struct pinning {
    struct incmap_locator *locator;
    const char *file;
};

static enum incmap_status pin(void *self, struct incmap_error *err) {
    struct pinning *p = self;
    return im_gazetteer_pin(p->locator->arena, p->file, &p->locator->findings,
                            &p->locator->gazetteer, err);
}

enum incmap_status incmap_locator_pin(struct incmap_locator *locator, const char *file,
                                      struct incmap_error *err) {
    struct pinning p = {locator, file};
    im_error_clear(err);
    return im_guard(locator->arena, locator->atlas->arena, pin, &p, err);
}

/* "LON,LAT", or the name of a place that must itself be sure. Kept, as many look-ups
 * in a row have the same. */
static enum incmap_status parse_near(struct incmap_locator *l, const char *near,
                                     struct incmap_error *err) {
    const char *comma = strchr(near, ',');
    struct im_lonlat p;
    if (l->near_text != NULL && strcmp(l->near_text, near) == 0) {
        return INCMAP_OK;
    }
    if (comma == NULL || !im_angle_parse(near, (size_t)(comma - near), 'E', &p.lon) ||
        !im_angle_parse(comma + 1, strlen(comma + 1), 'N', &p.lat)) {
        struct im_lookup where = {
            .name = near, .country = "", .admin1 = "", .limit = 3};
        struct im_answer_set set = im_gazetteer_find(l->gazetteer, l->scratch, &where);
        if (set.status != IM_ANSWER_OK) {
            return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                           "cannot use '%s' as near: %s (give LON,LAT in degrees)",
                           near, im_answer_text(set.status));
        }
        im_gazetteer_tell(&l->findings, IM_NOWHERE, near, &set.candidates[0]);
        p = set.candidates[0].place->at;
    }
    l->near = p;
    l->near_text = im_strdup(l->arena, near);
    return INCMAP_OK;
}

/* A code of two letters, or what names a country; kept like near. */
static enum incmap_status parse_country(struct incmap_locator *l, const char *country,
                                        struct incmap_error *err) {
    if (l->country_text != NULL && strcmp(l->country_text, country) == 0) {
        return INCMAP_OK;
    }
    enum incmap_status known =
        im_country_read(l->gazetteer, l->scratch, country, l->country_code, err);
    if (known != INCMAP_OK) {
        return known;
    }
    l->country_text = im_strdup(l->arena, country);
    return INCMAP_OK;
}

static enum incmap_status parse_box(const char *bbox, struct im_lookup *lookup,
                                    struct incmap_error *err) {
    const char *why = "";
    lookup->has_box = read_box(bbox, &lookup->box, &why);
    return lookup->has_box ? INCMAP_OK
                           : im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                                     "cannot use '%s' as bbox: %s", bbox, why);
}

static bool same_context(const struct im_company *c, const struct incmap_query *q) {
    bool same = c->n == q->context_count &&
                strcmp(c->scope.table, im_path_name(q->table ? q->table : "")) == 0;
    for (size_t i = 0; same && i < c->n; i++) {
        same = strcmp(c->name[i], q->context[i]) == 0;
    }
    return same;
}

/* One round over the context's names: those that are sure by now. */
static void settle_context(struct incmap_locator *l, struct im_company *c,
                           struct im_date as_of, bool *settled) {
    size_t before = c->at_n;
    for (size_t i = 0; i < c->n; i++) {
        struct im_lookup lookup = {.name = c->name[i],
                                   .country = "",
                                   .admin1 = "",
                                   .as_of = as_of,
                                   .context = c->at,
                                   .context_count = before,
                                   .scope = &c->scope,
                                   .limit = 2};
        struct im_answer_set set;
        if (settled[i]) {
            continue;
        }
        set = im_gazetteer_find(l->gazetteer, l->scratch, &lookup);
        settled[i] = set.status == IM_ANSWER_OK;
        enum im_kind kind = settled[i] ? set.candidates[0].place->kind : IM_COUNTRY;
        if (kind != IM_COUNTRY && kind != IM_CORRIDOR) {
            c->at[c->at_n++] = set.candidates[0].place->at;
        }
    }
}

/* The places that the query's context names, kept like near. */
static void read_context(struct incmap_locator *l, const struct incmap_query *q,
                         struct im_date as_of) {
    struct im_company *c = &l->company;
    if (c->scope.table != NULL && same_context(c, q)) {
        return;
    }
    size_t n = q->context_count;
    bool *settled = im_alloc(l->arena, n, sizeof *settled);
    *c = (struct im_company){.name = im_alloc(l->arena, n, sizeof *c->name),
                             .n = n,
                             .at = im_alloc(l->arena, n, sizeof *c->at)};
    for (size_t i = 0; i < n; i++) {
        c->name[i] = im_strdup(l->arena, q->context[i]);
    }
    const char *table = q->table ? im_strdup(l->arena, q->table) : NULL;
    c->scope = im_scope_make(l->arena, table, c->name, n);
    settle_context(l, c, as_of, settled);
    settle_context(l, c, as_of, settled);
    for (size_t i = 0; i < n; i++) {
        if (!settled[i]) {
            im_finding(&l->findings, IM_F_PLACE_UNKNOWN, IM_NOWHERE,
                       "name other places of the text",
                       "'%s' is not sure itself: it is no context", c->name[i]);
        }
    }
}

static enum incmap_status read_query(struct incmap_locator *l,
                                     const struct incmap_query *q,
                                     struct im_lookup *lookup,
                                     struct incmap_error *err) {
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
    if (q->country && q->country[0] != '\0') {
        lookup->country = l->country_code;
        enum incmap_status known = parse_country(l, q->country, err);
        if (known != INCMAP_OK) {
            return known;
        }
    }
    read_context(l, q, lookup->as_of);
    lookup->context = l->company.at;
    lookup->context_count = l->company.at_n;
    lookup->scope = &l->company.scope;
    lookup->has_near = q->near != NULL;
    enum incmap_status s = q->near ? parse_near(l, q->near, err) : INCMAP_OK;
    lookup->near = l->near;
    return s != INCMAP_OK || !q->bbox ? s : parse_box(q->bbox, lookup, err);
}

/* A text to add to: empty again once what it held was taken. */
static struct im_buf *open_text(struct im_taken *t) {
    if (t->taken) {
        im_buf_clear(&t->buf);
        t->taken = false;
    }
    return &t->buf;
}

static void count(struct incmap_tally *t, const struct im_answer_set *set) {
    enum im_match match = set->n > 0 ? set->candidates[0].match : IM_MATCH_EXACT;
    bool alike = match == IM_MATCH_TRANSLITERATED || match == IM_MATCH_SPELLING;
    t->ok += set->status == IM_ANSWER_OK;
    t->alike += set->status == IM_ANSWER_OK && alike;
    t->ambiguous += set->status == IM_ANSWER_AMBIGUOUS;
    t->unknown += set->status == IM_ANSWER_UNKNOWN;
}

static void write_answer(struct im_asking *a, const struct im_answer_set *set) {
    struct incmap_locator *l = a->locator;
    struct im_buf *out = open_text(&l->text);
    if (a->format == INCMAP_JSON) {
        im_answer_json(out, a->query->name, set);
    } else if (a->format == INCMAP_TSV) {
        if (!l->started) {
            im_answer_tsv_header(out);
        }
        im_answer_tsv(out, a->query->name, set);
    } else {
        im_answer_table(out, a->query->name, set);
    }
    count(&l->tally, set);
    l->started = true;
}

static void write_text(struct im_asking *a, const struct im_lookup *lookup,
                       const struct im_answer_set *set) {
    struct incmap_locator *l = a->locator;
    if (a->explain) {
        im_answer_explain(open_text(&l->text), l->gazetteer, lookup, set);
    } else {
        write_answer(a, set);
    }
    if (a->query->propose && set->status == IM_ANSWER_AMBIGUOUS) {
        im_pins_propose(open_text(&l->proposals), lookup, set);
    }
}

static enum incmap_status ask(void *self, struct incmap_error *err) {
    struct im_asking *a = self;
    struct incmap_locator *l = a->locator;
    struct im_lookup lookup;
    struct im_answer_set set = {.n = 0};
    enum incmap_status s = read_query(l, a->query, &lookup, err);
    if (s == INCMAP_OK) {
        set = im_gazetteer_find(l->gazetteer, l->scratch, &lookup);
    }
    enum incmap_status intact = im_gazetteer_intact(l->gazetteer, err);
    if (s == INCMAP_OK && intact == INCMAP_OK) {
        a->ok = set.status == IM_ANSWER_OK;
        write_text(a, &lookup, &set);
        intact =
            im_gazetteer_intact(l->gazetteer, err); // to explain, more of it is read
    }
    tell_mended(l);
    return intact == INCMAP_OK ? s : intact;
}

static enum incmap_status answer(struct im_asking *a, int *found,
                                 struct incmap_error *err) {
    struct incmap_locator *l = a->locator;
    *found = 0;
    im_error_clear(err);
    if (l->scratch != NULL && im_arena_used(l->scratch) > SCRATCH_BYTES) {
        im_arena_free(l->scratch);
        l->scratch = NULL;
    }
    if (l->scratch == NULL) {
        l->scratch = im_arena_new(IM_MAX_JOB_BYTES);
    }
    if (l->scratch == NULL) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
    }
    enum incmap_status s = im_guard(l->arena, l->scratch, ask, a, err);
    *found = a->ok;
    return s;
}

enum incmap_status incmap_locate(struct incmap_locator *locator,
                                 const struct incmap_query *query,
                                 enum incmap_format format, int *found,
                                 struct incmap_error *err) {
    struct im_asking a = {locator, query, format, false, false};
    return answer(&a, found, err);
}

enum incmap_status incmap_explain(struct incmap_locator *locator,
                                  const struct incmap_query *query, int *found,
                                  struct incmap_error *err) {
    struct im_asking a = {locator, query, INCMAP_TABLE, true, false};
    return answer(&a, found, err);
}

static const char *take(struct im_taken *t, size_t *length) {
    struct im_buf *buf = open_text(t);
    t->taken = true;
    *length = buf->len;
    return buf->data;
}

const char *incmap_locator_text(struct incmap_locator *locator, size_t *length) {
    return take(&locator->text, length);
}

struct incmap_tally incmap_locator_tally(const struct incmap_locator *locator) {
    return locator->tally;
}

const char *incmap_locator_proposals(struct incmap_locator *locator, size_t *length) {
    return take(&locator->proposals, length);
}

struct extending {
    struct im_arena *arena;
    const char *path;
    struct im_bytes proposals;
    size_t added;
};

static enum incmap_status extend(void *self, struct incmap_error *err) {
    struct extending *e = self;
    return im_pins_extend(e->arena, e->path, e->proposals, &e->added, err);
}

enum incmap_status incmap_pins_extend(const char *path, const char *proposals,
                                      size_t length, size_t *added,
                                      struct incmap_error *err) {
    struct extending e = {im_arena_new(IM_MAX_JOB_BYTES), path, {proposals, length}, 0};
    im_error_clear(err);
    *added = 0;
    if (e.arena == NULL) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
    }
    enum incmap_status s = im_guard(e.arena, NULL, extend, &e, err);
    im_arena_free(e.arena);
    *added = e.added;
    return s;
}

size_t incmap_locator_finding_count(const struct incmap_locator *locator) {
    return locator->findings.n;
}

struct incmap_finding incmap_locator_finding(const struct incmap_locator *locator,
                                             size_t i) {
    return i < locator->findings.n ? locator->findings.items[i]
                                   : (struct incmap_finding){.record = -1};
}
