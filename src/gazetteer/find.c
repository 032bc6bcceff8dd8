/* Look-up: coordinates, then tier by tier, the strongest that fits. */
#include "base/utf8.h"
#include "gazetteer/relative.h"
#include "text/text.h"

#include <string.h>

/* Latin to Georgian, with Arabic and the scripts of India; behind it Hangul and Han. */
enum { ALPHABETS_END = 0x1100 };

const char *im_match_text(enum im_match m) {
    static const char *const texts[] = {"exact",       "folded",   "transliterated",
                                        "generic",     "spelling", "relative",
                                        "coordinates", "pin"};
    return texts[m];
}

const char *im_answer_text(enum im_answer a) {
    static const char *const texts[] = {"ok", "ambiguous", "unknown"};
    return texts[a];
}

/* Does one of them, other than doubtful guesses, have the wanted kind? Then weaker
 * tiers are not asked. */
static bool has_kind(const struct gaz_query *q, const struct gaz_founds *f) {
    for (size_t i = 0; i < f->n; i++) {
        bool kind =
            q->lookup->kind == IM_KIND_ANY || f->v[i].at->kind == q->lookup->kind;
        if (kind && f->v[i].shortage <= 0) {
            return true;
        }
    }
    return false;
}

/* Is there any that is not a doubtful guess? */
static bool has_sure(const struct gaz_founds *f) {
    for (size_t i = 0; i < f->n; i++) {
        if (f->v[i].shortage <= 0) {
            return true;
        }
    }
    return false;
}

/* Has one of them a name of the same letters? Then it is the place that is meant, even
 * outside the country. */
static bool has_letters(const struct gaz_founds *f) {
    for (size_t i = 0; i < f->n; i++) {
        if (f->v[i].match <= IM_MATCH_FOLDED) {
            return true;
        }
    }
    return false;
}

/* What is inside is only far like the name, which is that of a place elsewhere. */
static bool is_elsewhere(const struct gaz_founds *inside,
                         const struct gaz_founds *outside) {
    bool far = has_letters(outside);
    for (size_t i = 0; i < inside->n; i++) {
        far = far && inside->v[i].shortage > GAZ_DOUBT;
    }
    return far;
}

static struct im_answer_set nothing_fits(struct gaz_query *q) {
    struct gaz_founds near = {NULL, 0, 0};
    gaz_suggest(q, &near);
    if (near.n == 0) {
        return gaz_answer(q, &near, IM_ANSWER_UNKNOWN, "no place has that name");
    }
    return gaz_answer(q, &near, IM_ANSWER_UNKNOWN,
                      im_format(q->arena, "no place has that name (closest: '%s')",
                                near.v[0].matched));
}

/* A district may have a spelling that its town lacks: when a bare name fits areas
 * alone, their towns of the same sound are asked too. */
static void add_towns(struct gaz_query *q, struct gaz_founds *inside) {
    struct gaz_founds more = {NULL, 0, 0}, ignored = {NULL, 0, 0};
    size_t areas = inside->n;
    for (size_t i = 0; i < areas; i++) {
        if (inside->v[i].at->kind != IM_REGION) {
            return;
        }
    }
    if (areas == 0 || q->lookup->kind != IM_KIND_ANY) {
        return;
    }
    q->blanks_aside = true;
    gaz_collect(q, GAZ_TIER_SOUND, &more, &ignored);
    q->blanks_aside = false;
    for (size_t i = 0; i < more.n; i++) {
        bool town = false;
        for (size_t k = 0; k < areas && !town; k++) {
            town = gaz_is_town_of(&more.v[i], &inside->v[k]);
        }
        if (town) {
            IM_PUSH(q->arena, inside->v, inside->n, inside->cap, more.v[i]);
        }
    }
}

/* Ways that need more than one look-up: a place in another, a phrase. */
static bool find_by_others(struct gaz_query *q, unsigned without,
                           struct im_answer_set *out) {
    return (!(without & GAZ_NO_RELATIVE) && gaz_find_relative(q, out)) ||
           gaz_find_within(q, without, out) || gaz_find_both(q, without, out);
}

/* A letter or digit of an alphabet by itself labels a thing; signs of other scripts may
 * be whole names. */
static bool is_label(const struct gaz_query *q) {
    size_t used, n = strlen(q->form[0].fold);
    return im_utf8_next(q->form[0].fold, n, &used) < ALPHABETS_END && used == n;
}

/* It names a place that is called nothing else, in the country told or in the user's
 * own gazetteer. */
static struct im_answer_set look_up_label(struct gaz_query *q) {
    struct gaz_founds fit = {NULL, 0, 0}, inside = fit, outside = fit;
    gaz_collect(q, GAZ_TIER_NAME, &inside, &outside);
    for (size_t i = 0; i < inside.n; i++) {
        const struct gaz_found *f = &inside.v[i];
        if (f->standing == GAZ_MAIN && (q->country[0] || f->layer->rank > 0)) {
            IM_PUSH(q->arena, fit.v, fit.n, fit.cap, *f);
        }
    }
    outside.n = 0;
    return fit.n > 0 ? gaz_decide(q, &fit, &outside)
                     : gaz_answer(q, &fit, IM_ANSWER_UNKNOWN,
                                  "one letter alone is no name of a place");
}

static struct im_answer_set look_up(const struct im_gazetteer *gz,
                                    struct im_arena *arena,
                                    const struct im_lookup *lookup, unsigned without) {
    struct gaz_query q;
    struct gaz_founds inside = {NULL, 0, 0}, outside = {NULL, 0, 0};
    struct im_answer_set others;
    gaz_query_init(&q, gz, arena, lookup);
    if (gaz_find_coordinates(&q, &others)) {
        return others;
    }
    if (q.form[0].fold[0] == '\0') {
        return gaz_answer(&q, &inside, IM_ANSWER_UNKNOWN,
                          "no letter or digit is in it");
    }
    if (is_label(&q)) {
        return look_up_label(&q);
    }
    int tier = 0;
    for (; tier < GAZ_TIERS && !has_kind(&q, &inside); tier++) {
        gaz_collect(&q, (enum gaz_tier)tier, &inside, &outside);
        if (tier == GAZ_TIER_NAME && inside.n == 0 && outside.n == 0 &&
            find_by_others(&q, without, &others)) {
            return others;
        }
    }
    if (tier <= GAZ_TIER_GENERIC) { // no word was set aside: none says a kind
        q.kind = lookup->kind;
        q.feature = GAZ_OTHER;
    }
    if (tier == 1 + GAZ_TIER_NAME && q.forms == 1) {
        add_towns(&q, &inside);
    }
    if (!has_sure(&inside) && !has_letters(&outside) && !(without & GAZ_NO_SPELLING)) {
        gaz_collect_spelling(&q, &inside, &outside);
    }
    if (inside.n == 0 && outside.n == 0) {
        return nothing_fits(&q);
    }
    if (is_elsewhere(&inside, &outside)) {
        inside.n = 0;
    }
    return gaz_decide(&q, &inside, &outside);
}

struct im_answer_set gaz_find(const struct im_gazetteer *gz, struct im_arena *arena,
                              const struct im_lookup *lookup, unsigned without) {
    struct im_answer_set a;
    const char *refused;
    if (gaz_pinned(gz, arena, lookup, &a, &refused)) {
        return a;
    }
    a = look_up(gz, arena, lookup, without);
    if (refused) {
        a.reason = im_format(arena, "%s; %s", a.reason, refused);
    }
    return a;
}

struct im_answer_set im_gazetteer_find(const struct im_gazetteer *gz,
                                       struct im_arena *arena,
                                       const struct im_lookup *lookup) {
    return gaz_find(gz, arena, lookup, 0);
}

void im_gazetteer_unproject(struct im_gazetteer *gz, struct im_unprojector how) {
    gz->unproject = how;
}

void im_gazetteer_lines(struct im_gazetteer *gz, struct im_line_finder finder) {
    gz->lines = finder;
}
