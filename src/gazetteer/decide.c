/* 3. One of each place, best first, and whether the first is the answer. */
#include "base/num.h"
#include "gazetteer/find.h"
#include "gazetteer/scripts.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The margin rule; README.md explains it. */
static const double LEAST = 0.35, MARGIN = 0.04, COUNTRIES = 0.12, GUESSES = 0.06,
                    STATES = 0.08, OVERTURN = 0.10, ASTRAY = 0.02;
/* Hints for a doubtful guess have so much. */
static const double HINTED = 0.05;
/* A slip of the pen is none for a place so far from all others of the table. */
static const double FAR_KM = 1000;
/* So long a name is hardly by chance that of a place. */
enum { LONG = 8 };
/* How strongly a name fits, before any score: by the kind of match, among those by
 * whether it sounds the same (Şuşa is not Susa), then names of a known language before
 * stray ones. In a user's own table the same letters are as good as the very name. What
 * only goes behind another place has none. */
static int strength(const struct gaz_found *f) {
    bool own = f->layer->rank > 0 && f->match == IM_MATCH_FOLDED;
    int match = own ? IM_MATCH_EXACT : (int)f->match;
    bool close = f->match == IM_MATCH_SPELLING || f->distance <= GAZ_CLOSE;
    bool doubtful = f->shortage > 0;
    match = doubtful ? IM_MATCH_SPELLING : match;
    return f->behind                   ? 0
           : doubtful && !f->supported ? 1
                                       : 4 * (IM_MATCH_RELATIVE - match) + 2 * close +
                                             (f->standing > GAZ_STRAY);
}

/* The stronger first, then the better. */
static int by_score(const void *a, const void *b) {
    const struct gaz_found *x = a, *y = b;
    if (strength(x) != strength(y)) {
        return strength(y) - strength(x);
    }
    if (x->score > y->score || x->score < y->score) {
        return x->score > y->score ? -1 : 1;
    }
    if (x->layer->rank != y->layer->rank) {
        return x->layer->rank > y->layer->rank ? -1 : 1;
    }
    return x->record < y->record ? -1 : x->record > y->record;
}

static void sort(struct gaz_founds *f) {
    if (f->n > 0) {
        qsort(f->v, f->n, sizeof *f->v, by_score);
    }
}

static struct im_candidate candidate_of(const struct gaz_query *q,
                                        const struct gaz_found *f) {
    const char *reason = f->reason ? f->reason : gaz_terms_text(q->arena, f);
    if (f->note) {
        reason = im_format(q->arena, "%s; %s", f->note, reason);
    }
    return (struct im_candidate){.place = gaz_place(f->layer, f->record, q->arena),
                                 .match = f->match,
                                 .matched = f->matched,
                                 .score = f->score,
                                 .terms = f->terms,
                                 .term_count = f->term_n,
                                 .reason = reason,
                                 .outside = f->outside};
}

struct im_answer_set gaz_answer(const struct gaz_query *q, const struct gaz_founds *f,
                                enum im_answer status, const char *reason) {
    size_t limit = q->lookup->limit ? q->lookup->limit : GAZ_LIMIT, n = 0;
    size_t most = f->n < limit ? f->n : limit;
    struct im_candidate *c = im_alloc(q->arena, most + 1, sizeof *c);
    for (size_t i = 0; i < most; i++) {
        c[n] = candidate_of(q, &f->v[i]);
        n += c[n].place != NULL; // a row that cannot be read is no candidate
    }
    return (struct im_answer_set){status, reason, c, n, NULL};
}

static const char *number(struct im_arena *arena, double v) {
    char *text = im_alloc(arena, 40, 1);
    im_num_fixed(text, v, 3);
    return text;
}

/* What `best` must be ahead of a rival of the same strength. */
static double margin_over(const struct gaz_query *q, const struct gaz_found *best,
                          const struct gaz_found *rival) {
    if (best->match == IM_MATCH_SPELLING || gaz_by_consonants(q, best)) {
        return GUESSES;
    }
    if (rival->layer->rank < best->layer->rank) {
        return 0; // the first layer wins ties
    }
    // size says little about which of two countries, of a country and a state
    // elsewhere, or of two states is meant
    bool great = best->at->kind == IM_REGION && rival->at->feature == GAZ_CAPITAL;
    if (rival->standing == GAZ_STRAY && best->standing > GAZ_STRAY && !great) {
        return ASTRAY; // its score has lost something for that already
    }
    bool states = rival->at->kind == IM_REGION && !gaz_same_country(best, rival);
    return best->at->kind == IM_COUNTRY && rival->at->kind == IM_COUNTRY  ? COUNTRIES
           : best->at->kind == IM_COUNTRY && rival->at->kind == IM_REGION ? STATES
           : best->at->kind == IM_REGION && (states || great)             ? STATES
                                                                          : MARGIN;
}

/* How far the best is ahead of the rival that comes nearest to its margin; rivals fit
 * as strongly, weaker matches are none. */
struct lead {
    double ahead, margin;
    const struct gaz_found *rival; /* NULL: none */
};

/* A name of no known language is not trusted over a better place of the same letters.
 * Where a great town has the name too, in whatever language, neither a smaller one nor
 * a region has it for itself: Naples, Washington. */
static bool is_rival(const struct gaz_found *best, const struct gaz_found *f) {
    bool doubtful = best->match == IM_MATCH_EXACT && best->standing == GAZ_STRAY;
    bool great = gaz_is_great(f->at) && f->match <= best->match && strength(f) > 0 &&
                 (best->at->kind == IM_REGION || best->at->people < f->at->people);
    return strength(f) >= strength(best) || great ||
           (doubtful && strength(f) > 0 && f->match == IM_MATCH_FOLDED &&
            f->score > best->score);
}

static struct lead lead_of(const struct gaz_query *q, const struct gaz_founds *f) {
    struct lead least = {0, 0, NULL};
    for (size_t i = 1; i < f->n; i++) {
        struct lead l = {f->v[0].score - f->v[i].score,
                         margin_over(q, &f->v[0], &f->v[i]), &f->v[i]};
        if (is_rival(&f->v[0], &f->v[i]) &&
            (!least.rival || l.ahead - l.margin < least.ahead - least.margin)) {
            least = l;
        }
    }
    return least;
}

/* Which hint speaks most for `f` against `other`. */
static const char *reason_of_hint(const struct gaz_found *f,
                                  const struct gaz_found *other) {
    static const char *const texts[] = {"the kind asked for", "what it should be near",
                                        "the box", "the other places of the table"};
    size_t most = 0;
    for (size_t i = 1; i < GAZ_HINTS; i++) {
        most =
            f->hint[i] - other->hint[i] > f->hint[most] - other->hint[most] ? i : most;
    }
    return texts[most];
}

static double hints(const struct gaz_found *f) {
    double sum = 0;
    for (size_t i = 0; i < GAZ_HINTS; i++) {
        sum += f->hint[i];
    }
    return sum;
}

/* Hints are weights: where they speak clearly for a place whose name fits less strongly
 * it goes first, and the answer says what was overturned. */
static void overturn(const struct gaz_query *q, struct gaz_founds *f) {
    size_t best = 0;
    for (size_t i = 1; i < f->n; i++) {
        double more = f->v[i].score - f->v[0].score;
        if (strength(&f->v[i]) < strength(&f->v[0]) && !f->v[i].behind &&
            more >= OVERTURN && hints(&f->v[i]) - hints(&f->v[0]) >= OVERTURN &&
            (best == 0 || f->v[i].score > f->v[best].score)) {
            best = i;
        }
    }
    if (best == 0) {
        return;
    }
    struct gaz_found first = f->v[best];
    first.note = im_format(
        q->arena, "%s: goes before '%s' (%.2s), whose name fits better",
        reason_of_hint(&first, &f->v[0]), f->v[0].matched, f->v[0].at->country);
    memmove(f->v + 1, f->v, best * sizeof *f->v);
    f->v[0] = first;
}

/* Why the best will not do, whatever its rivals; NULL when it will. */
static const char *refusal(const struct gaz_query *q, const struct gaz_founds *f) {
    struct im_arena *arena = q->arena;
    const struct gaz_found *best = &f->v[0];
    if (best->outside && best->match != IM_MATCH_SPELLING) {
        return im_format(arena, "known only outside %.2s", q->country);
    }
    if (q->kind != IM_KIND_ANY && best->at->kind != q->kind &&
        !(q->kind == IM_REGION && best->at->kind == IM_COUNTRY)) {
        return im_format(arena, "no %s of that name is known, only a %s",
                         im_kind_text(q->kind),
                         im_kind_text((enum im_kind)best->at->kind));
    }
    if (best->match == IM_MATCH_SPELLING && (best->outside || best->score < LEAST)) {
        return im_format(arena, "no place has that name%s%.2s (closest: '%s')",
                         best->outside ? " in " : "", q->country, best->matched);
    }
    if (best->score < LEAST) {
        return im_format(arena, "nothing fits well: best score %s, least %s",
                         number(arena, best->score), number(arena, LEAST));
    }
    return NULL;
}

/* Does something other than the name speak for the place: its country, what is near?
 * Not for a country with the consonants of the name, which lies near much. */
static bool is_hinted(const struct gaz_query *q, const struct gaz_found *f) {
    double near =
        f->hint[GAZ_HINT_NEAR] + f->hint[GAZ_HINT_BOX] + f->hint[GAZ_HINT_CONTEXT];
    bool hinted = (q->country[0] != '\0' && !f->outside) || near >= HINTED;
    return hinted && !(f->at->kind == IM_COUNTRY && gaz_by_consonants(q, f));
}

/* Has an area around the town the very name, in letters that the town's names lack? */
static bool is_of_area(const struct gaz_query *q, const struct gaz_founds *f,
                       const struct gaz_found *town) {
    bool of = false;
    for (size_t i = 0; i < f->n && !of && gaz_by_consonants(q, town); i++) {
        of = f->v[i].shortage <= 0 && gaz_is_town_of(town, &f->v[i]);
    }
    return of;
}

/* Read by its sound or spelling, where the letters could have been right as they stand:
 * a slip of the pen, or the name of another place. */
static bool is_slip(const struct gaz_query *q, const struct gaz_found *f) {
    return f->match == IM_MATCH_SPELLING || (f->match == IM_MATCH_TRANSLITERATED &&
                                             gaz_script_slip(q->name, f->matched));
}

/* Is the name short, and three of its letters or more are others? Then the sound is by
 * chance, country or not. */
static bool is_by_chance(const struct gaz_query *q, const struct gaz_found *f) {
    const char *mine = q->form[0].fold;
    const char *fold = im_fold(q->arena, f->matched, strlen(f->matched));
    size_t n = strlen(mine);
    return n < LONG && (q->country[0] == '\0' || im_edit_distance(mine, fold, n) >= 3);
}

/* What speaks against a reading, or NULL: the table's other places, all far away, or
 * that the place has a name of that sound in no known language. */
static const char *objection(const struct gaz_query *q, const struct gaz_found *f) {
    if (!is_slip(q, f)) {
        return NULL;
    }
    double km = gaz_km_to_context(q->lookup, gaz_at(f->at), 0);
    double near =
        f->hint[GAZ_HINT_NEAR] + f->hint[GAZ_HINT_BOX] + f->hint[GAZ_HINT_CONTEXT];
    if (km > FAR_KM && isfinite(km) && q->country[0] == '\0') {
        return im_format(q->arena, ", %.0f km from the table's other places", km);
    }
    bool stray = f->match == IM_MATCH_TRANSLITERATED && f->standing == GAZ_STRAY;
    return stray && near < HINTED && is_by_chance(q, f)
               ? ", a name of no known language"
               : NULL;
}

/* A guess that nothing but likeness speaks for, or that something speaks against: a way
 * to take it, or not at all. */
static bool is_doubtful(const struct gaz_query *q, const struct gaz_founds *f,
                        struct im_answer_set *out) {
    const struct gaz_found *best = &f->v[0];
    const char *against = objection(q, best);
    if (!against && (best->shortage <= 0 || best->supported)) {
        return false;
    }
    bool none = best->shortage > GAZ_DOUBT && !best->supported;
    const char *what =
        best->note ? best->note
        : gaz_by_consonants(q, best)
            ? im_format(q->arena, "'%s' is like '%s' by its consonants only", q->name,
                        best->matched)
            : im_format(q->arena, "'%s' sounds like '%s'", q->name, best->matched);
    const char *why =
        none ? im_format(q->arena, "no place has that name (closest: '%s')",
                         best->matched)
             : im_format(q->arena,
                         "only a guess: %s%s (a country or other places near would "
                         "decide)",
                         what, against ? against : "");
    *out = gaz_answer(q, f, none ? IM_ANSWER_UNKNOWN : IM_ANSWER_AMBIGUOUS, why);
    return true;
}

static const char *file_of(const struct gaz_query *q, const struct gaz_found *f) {
    const struct im_place *p = gaz_place(f->layer, f->record, q->arena);
    return p && p->row.file ? im_path_name(p->row.file) : "a table";
}

/* Why the best is the answer, or why it is not. */
static const char *why_of(const struct gaz_query *q, const struct gaz_founds *f,
                          const struct lead *lead) {
    struct im_arena *arena = q->arena;
    if (!lead->rival) {
        return f->n == 1 ? "the only place of that name" : "the others fit less well";
    }
    const char *ahead = number(arena, fabs(lead->ahead)),
               *margin = number(arena, lead->margin);
    bool enough = lead->ahead >= lead->margin - 1e-9;
    if (enough && lead->margin <= 0 && lead->ahead < MARGIN) {
        return im_format(arena, "%s goes before %s, where it stands too",
                         file_of(q, &f->v[0]), file_of(q, lead->rival));
    }
    const char *format =
        enough ? "leads by %s (margin %s)"
        : lead->ahead < 0
            ? "several fit: a better place of the same letters leads by %s"
            : "several fit: the first leads by %s, margin %s";
    return im_format(arena, format, ahead, margin);
}

/* The greatest town that has the name of the country or unit that is the answer. */
static const struct gaz_found *town_of(const struct gaz_founds *f) {
    const struct gaz_found *town = NULL;
    bool area = f->v[0].at->kind == IM_COUNTRY || f->v[0].at->kind == IM_REGION;
    for (size_t i = 1; area && i < f->n; i++) {
        const struct gaz_record *r = f->v[i].at;
        if (gaz_is_great(r) && f->v[i].match <= f->v[0].match &&
            (!town || r->people > town->at->people)) {
            town = &f->v[i];
        }
    }
    return town;
}

static const char *main_name(const struct gaz_query *q, const struct gaz_found *f) {
    return im_strndup(q->arena, f->fields.at[GAZ_NAME], f->fields.n[GAZ_NAME]);
}

static struct im_answer_set by_margin(const struct gaz_query *q,
                                      const struct gaz_founds *f) {
    const char *why = refusal(q, f);
    struct im_answer_set doubtful;
    if (why) {
        return gaz_answer(q, f, IM_ANSWER_UNKNOWN, why);
    }
    if (is_doubtful(q, f, &doubtful)) {
        return doubtful;
    }
    if (gaz_is_damaged_text(q->name)) {
        return gaz_answer(q, f, IM_ANSWER_AMBIGUOUS,
                          "a letter of the name is damaged (save it as UTF-8)");
    }
    struct lead lead = lead_of(q, f);
    bool enough = !lead.rival || lead.ahead >= lead.margin - 1e-9;
    why = why_of(q, f, &lead);
    if (f->v[0].note) {
        const char *what = f->v[0].match == IM_MATCH_SPELLING ? "spelling guess: " : "";
        why = im_format(q->arena, "%s%s; %s", what, f->v[0].note, why);
    }
    const struct gaz_found *town = enough ? town_of(f) : NULL;
    if (town) {
        why = im_format(q->arena, "%s; also a city: %s (%.2s)", why, main_name(q, town),
                        town->at->country);
    }
    if (gaz_by_consonants(q, &f->v[0])) {
        why = im_format(q->arena, "by its consonants only; %s", why);
    }
    return gaz_answer(q, f, enough ? IM_ANSWER_OK : IM_ANSWER_AMBIGUOUS, why);
}

struct im_answer_set gaz_decide(const struct gaz_query *q, struct gaz_founds *inside,
                                struct gaz_founds *outside) {
    struct gaz_founds *f = inside->n > 0 ? inside : outside;
    for (size_t i = 0; i < f->n; i++) {
        gaz_score(q, &f->v[i]);
        f->v[i].supported = is_hinted(q, &f->v[i]) || is_of_area(q, f, &f->v[i]);
    }
    gaz_favour_family(q, f);
    sort(f);
    gaz_drop_doubles(q, f);
    gaz_settle_families(q, f);
    for (size_t i = 0; i < f->n; i++) {
        gaz_bound(q, &f->v[i]);
    }
    sort(f);
    overturn(q, f);
    return by_margin(q, f);
}
