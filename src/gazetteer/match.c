/* 1. Which places have a name that fits the query. */
#include "base/utf8.h"
#include "gazetteer/find.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sounds of one name differ by at most this share. */
static const double MOST_DISTANCE = 0.2;
/* Of names of up to three letters: none but what is written otherwise. */
static const double SHORT_DISTANCE = 0.02;
/* Distance given to a match of consonants alone. */
static const double BONES_DISTANCE = 0.15;

enum { SHORT = 3 };

/* Who leaves accents out may mean any; who writes them (Şuşa) means no others (Susa).
 */
static double accents_apart(struct gaz_query *q, struct gaz_form *form,
                            const char *name, size_t n) {
    gaz_form_sounds(q, form);
    im_sounds_to(&q->sounds, name, n, 0);
    return im_sound_distance(form->sounds[0], q->sounds.data);
}

/* Two names in a script of consonants: the other letters count too. */
static double letters_apart(struct gaz_query *q, const struct gaz_form *form,
                            const char *name, size_t n) {
    im_fold_to(&q->fold, name, n);
    size_t edits = im_edit_distance(q->fold.data, form->fold, n);
    return 0.5 * (double)edits / (double)im_utf8_length(name, n);
}

/* Are the letters the same, in other words? Then it is a matter of typing. */
static bool blanks_apart(struct gaz_query *q, const struct gaz_form *form,
                         const char *name, size_t n) {
    im_fold_to(&q->fold, name, n);
    const char *a = q->fold.data, *b = form->fold;
    bool same = true;
    for (; same && (*a || *b); a += *a != '\0', b += *b != '\0') {
        a += *a == ' ';
        b += *b == ' ';
        same = *a == *b;
    }
    return same && strcmp(q->fold.data, form->fold) != 0;
}

/* A script by its first letter: Latin, Greek, Cyrillic ... as their blocks stand. */
static unsigned script_of(const char *s, size_t n) {
    size_t used;
    uint32_t cp = n > 0 ? im_utf8_next(s, n, &used) : 0;
    return cp < 0x370 || (cp >= 0x1E00 && cp < 0x1F00) ? 0
           : cp < 0x400                                ? 1
           : cp < 0x530                                ? 2
                                                       : 3 + cp / 0x80;
}

/* A name of the gazetteer in one of its readings, and the query's form. */
static double reading_apart(struct gaz_query *q, const struct gaz_form *form,
                            const struct gaz_alias *name, unsigned reading,
                            bool bones) {
    const char *s = name->text;
    double best = -1;
    gaz_skeleton_key(&q->key, s, name->text_n, reading);
    bool usable = q->key.len > 0 && (!bones || gaz_bones_key(q->key.data));
    for (unsigned k = 0; usable && k < form->readings; k++) {
        char room[256] = "";
        const char *mine = form->key[k];
        if (bones && strlen(mine) < sizeof room) {
            memcpy(room, mine, strlen(mine) + 1);
            room[im_bones(room, strlen(room), room)] = '\0';
            mine = room;
        }
        if (strcmp(mine, q->key.data) != 0) {
            continue;
        }
        im_sounds_to(&q->sounds, s, name->text_n, reading);
        double d =
            bones ? BONES_DISTANCE : im_sound_distance(form->sounds[k], q->sounds.data);
        if (form->abjad && !bones) {
            d = fmax(d, letters_apart(q, form, s, name->text_n));
        }
        best = best < 0 || d < best ? d : best;
    }
    return best;
}

double gaz_sound_apart(struct gaz_query *q, const struct gaz_form *form,
                       const char *name, size_t n) {
    const struct gaz_alias alias = {.text = name, .text_n = n};
    bool abjad = im_text_is_abjad(name, n);
    if (abjad && !form->abjad && !q->consonants) {
        return -1; // "Prs" is not Paris for the consonants of פריז
    }
    double best = -1;
    for (unsigned i = 0, readings = im_readings(name, n); i < readings; i++) {
        double d = reading_apart(q, form, &alias, i, form->abjad != abjad);
        best = d >= 0 && (best < 0 || d < best) ? d : best;
    }
    bool is_short = im_utf8_length(form->fold, strlen(form->fold)) <= SHORT;
    return best <= (is_short ? SHORT_DISTANCE : MOST_DISTANCE) ? best : -1;
}

/* How far the name (as written) is from a form: 0 the same letters, up to MOST_DISTANCE
 * the same sounds, -1 not the same. What is written in one script and sounds otherwise
 * is a slip of the pen: spelling.c finds it. */
static double compare(struct gaz_query *q, struct gaz_form *form, const char *name,
                      size_t n, bool by_sound) {
    if (!by_sound && strncmp(form->written, name, n) == 0 && form->written[n] == '\0') {
        return 0;
    }
    bool begins = im_fold_begins(name, n, form->fold);
    if (!by_sound) {
        if (!begins) {
            return -1;
        }
        im_fold_to(&q->fold, name, n);
        return strcmp(q->fold.data, form->fold) != 0 ? -1
               : q->is_ascii                         ? 0
                                                     : accents_apart(q, form, name, n);
    }
    if (begins && blanks_apart(q, form, name, n)) {
        q->joined = !q->blanks_aside;
        q->shortage = q->blanks_aside ? 0 : q->shortage;
        return q->blanks_aside ? 0 : -1;
    }
    double d = gaz_sound_apart(q, form, name, n);
    im_fold_to(&q->fold, name, n);
    bool one_script = script_of(q->fold.data, q->fold.len) ==
                      script_of(form->fold, strlen(form->fold));
    if (d < 0 || (d > GAZ_CLOSE && one_script && !form->abjad)) {
        return -1;
    }
    q->shortage = fmin(q->shortage, gaz_shortage_spoken(q, form, name, n, d));
    return d;
}

/* The same for the tiers: as written, or with generic words set aside on either side.
 */
static double compare_on(struct gaz_query *q, enum gaz_tier tier, bool by_sound,
                         const struct gaz_alias *name, bool *generic_place) {
    struct gaz_generic generic;
    double best = -1;
    *generic_place = false;
    if (tier != GAZ_TIER_GENERIC) {
        return compare(q, &q->form[0], name->text, name->text_n, by_sound);
    }
    im_fold_to(&q->fold, name->text, name->text_n);
    bool has_generic = gaz_generic(q->fold.data, q->fold.len, &generic);
    size_t first = q->forms > 1 ? 1 : 0;
    for (size_t f = first; f < q->forms; f++) {
        double d =
            first ? compare(q, &q->form[f], name->text, name->text_n, by_sound) : -1;
        best = d >= 0 && (best < 0 || d < best) ? d : best;
        for (size_t i = 0; has_generic && i < generic.n; i++) {
            const char *stem = generic.stem[i];
            d = compare(q, &q->form[f], stem, strlen(stem), by_sound);
            if (d >= 0 && (best < 0 || d < best)) {
                best = d;
                *generic_place = true;
            }
        }
    }
    return best;
}

static bool is_better(const struct gaz_found *f, enum im_match match, double distance,
                      enum gaz_standing standing) {
    if (!f->matched || match != f->match) {
        return !f->matched || match < f->match;
    }
    if (distance < f->distance || distance > f->distance) {
        return distance < f->distance;
    }
    return standing > f->standing;
}

/* Is the name what is left of the language's first one, "Տավուշ" of "Տավուշի մարզ"? */
static bool is_stem_of(struct gaz_query *q, const struct gaz_alias *name,
                       const struct gaz_alias *first) {
    struct gaz_generic generic;
    im_fold_to(&q->fold, first->text, first->text_n);
    if (!gaz_generic(q->fold.data, q->fold.len, &generic)) {
        return false;
    }
    im_fold_to(&q->fold, name->text, name->text_n);
    for (size_t i = 0; i < generic.n; i++) {
        if (strcmp(generic.stem[i], q->fold.data) == 0) {
            return true;
        }
    }
    return false;
}

bool gaz_same_language(const struct gaz_alias *a, const struct gaz_alias *b) {
    return a->lang_n == b->lang_n && memcmp(a->lang, b->lang, a->lang_n) == 0;
}

/* A language's first name counts with and without its generic word. */
enum gaz_standing gaz_standing_of(struct gaz_query *q, const struct gaz_alias *name,
                                  const struct gaz_alias *first) {
    if (!first) {
        return GAZ_MAIN;
    }
    if (name->lang_n == 3 && memcmp(name->lang, "und", 3) == 0) {
        return GAZ_STRAY;
    }
    return name->text == first->text || is_stem_of(q, name, first) ? GAZ_FIRST
                                                                   : GAZ_SECOND;
}

/* Take a name of the place into account; `first` is the first of its language, NULL for
 * the place's main name. */
static void try_name(struct gaz_query *q, enum gaz_tier tier, bool by_sound,
                     const struct gaz_alias *name, const struct gaz_alias *first,
                     struct gaz_found *f) {
    static const enum im_match matches[] = {IM_MATCH_FOLDED, IM_MATCH_TRANSLITERATED,
                                            IM_MATCH_GENERIC};
    bool generic_place;
    if (gaz_is_code(name) && q->lookup->kind != IM_COUNTRY) {
        return; // "CAN" is no name of Canada where a place is asked for
    }
    q->shortage = INFINITY;
    double distance = compare_on(q, tier, by_sound, name, &generic_place);
    enum im_match match = matches[tier];
    if (distance < 0) {
        return;
    }
    if (tier == GAZ_TIER_NAME && name->text_n == strlen(q->name) &&
        memcmp(name->text, q->name, name->text_n) == 0) {
        match = IM_MATCH_EXACT;
        distance = 0;
    }
    enum gaz_standing standing = gaz_standing_of(q, name, first);
    double lacks = by_sound ? q->shortage + gaz_shortage_standing(standing) : 0;
    f->shortage = f->matched ? fmin(f->shortage, lacks) : lacks;
    if (is_better(f, match, distance, standing)) {
        f->match = match;
        f->distance = distance;
        f->standing = standing;
        f->generic_place = generic_place;
        f->matched = im_strndup(q->arena, name->text, name->text_n);
        f->from = name->from;
        f->to = name->to;
    }
}

/* Can no further name fit better? Main names come first, then those of languages. */
static bool is_best(const struct gaz_found *f) {
    bool same = f->match == IM_MATCH_EXACT ||
                (f->match == IM_MATCH_TRANSLITERATED && f->shortage <= 0);
    return f->matched && same && f->distance <= 0 && f->standing >= GAZ_FIRST;
}

/* Compare all names of the place; f->matched stays NULL when none fits. */
static void try_names(struct gaz_query *q, enum gaz_tier tier, bool by_sound,
                      struct gaz_found *f) {
    const char *at = f->fields.at[GAZ_NAMES], *end = at + f->fields.n[GAZ_NAMES];
    struct gaz_alias alias = {.text = f->fields.at[GAZ_NAME],
                              .text_n = f->fields.n[GAZ_NAME]};
    struct gaz_alias first = {.lang = "", .lang_n = 0};
    q->joined = false;
    q->hand = f->at;
    try_name(q, tier, by_sound, &alias, NULL, f);
    while (!is_best(f) && gaz_alias_next(&at, end, &alias)) {
        if (!gaz_same_language(&alias, &first)) {
            first = alias;
        }
        try_name(q, tier, by_sound, &alias, &first, f);
    }
    f->matched = q->joined ? NULL : f->matched; // blanks: spelling.c says so
}

/* Places that an index entry names, each once. */
static void add_hits(struct gaz_query *q, enum gaz_by by, const char *key,
                     struct gaz_hits *hits) {
    for (size_t l = 0; key[0] && l < q->gz->layer_count; l++) {
        const struct gaz_layer *layer = q->gz->layers[l];
        struct gaz_entries e = gaz_lookup(layer, by, key, strlen(key));
        gaz_add_hits(q, &e, by != GAZ_BY_BONES, hits);
    }
}

/* Hits of a form; by sound also by consonants when its script has no others. */
static void hits_of(struct gaz_query *q, const struct gaz_form *form, bool by_sound,
                    struct gaz_hits *hits) {
    if (!by_sound) {
        add_hits(q, GAZ_BY_FOLD, form->fold, hits);
        return;
    }
    for (unsigned i = 0; i < form->readings; i++) {
        add_hits(q, GAZ_BY_SKELETON, form->key[i], hits);
        char room[256] = "";
        if (form->abjad && strlen(form->key[i]) < sizeof room) {
            memcpy(room, form->key[i], strlen(form->key[i]) + 1);
            add_hits(q, GAZ_BY_BONES, gaz_bones_key(room) ? room : "", hits);
        }
    }
}

static void collect(struct gaz_query *q, enum gaz_tier tier, bool by_sound,
                    struct gaz_founds *inside, struct gaz_founds *outside) {
    struct gaz_hits *hits = im_alloc(q->arena, 1, sizeof *hits);
    size_t first = tier == GAZ_TIER_GENERIC && q->forms > 1 ? 1 : 0;
    size_t end = tier == GAZ_TIER_GENERIC ? q->forms : 1;
    for (size_t i = first; i < end; i++) {
        if (by_sound) {
            gaz_form_sounds(q, &q->form[i]);
        }
        hits_of(q, &q->form[i], by_sound, hits);
    }
    struct gaz_founds founds = gaz_open_hits(q, hits);
    for (size_t i = 0; i < founds.n; i++) {
        struct gaz_found *f = &founds.v[i];
        try_names(q, tier, by_sound, f);
        gaz_keep_hit(q, f, inside, outside);
    }
}

void gaz_collect(struct gaz_query *q, enum gaz_tier tier, struct gaz_founds *inside,
                 struct gaz_founds *outside) {
    size_t before = inside->n;
    if (tier != GAZ_TIER_SOUND) {
        collect(q, tier, false, inside, outside);
    }
    if (tier == GAZ_TIER_SOUND || (tier == GAZ_TIER_GENERIC && inside->n == before)) {
        collect(q, tier, true, inside, outside);
    }
}
