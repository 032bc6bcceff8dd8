/*
 * The last tier, asked when no name fits in any other way: names that a slip of the pen
 * makes of the query. One edit for 4 to 7 letters, two for more, none for less; the
 * same bound for each word, so that "South" is not read as "North"; digits must agree.
 * Blanks left out or put in cost little. What is found is always called a guess.
 */
#include "base/utf8.h"
#include "gazetteer/find.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

static const double TRANSPOSED = 0.8, BLANK = 0.3; /* other edits cost 1 */
/* What a guess lacks at least that sounds alike, but not the same. */
static const double SOUNDS_ONLY = 0.5;

enum { SHORT = 3, MIDDLE = 7, TOGETHER = 6 };

static unsigned tolerance(size_t letters) {
    return letters <= SHORT ? 0 : letters <= MIDDLE ? 1 : 2;
}

/* Scripts whose letters are syllables or words are not misspelt letter by letter. */
static bool is_spelt(const char *fold) {
    size_t used;
    return fold[0] != '\0' && im_utf8_next(fold, strlen(fold), &used) < 0x1100;
}

static size_t letters_of(const char *fold) {
    size_t n = 0;
    for (const char *p = fold; *p; p++) {
        n += *p != ' ' && ((unsigned char)*p & 0xC0) != 0x80;
    }
    return n;
}

static unsigned blanks(const struct im_edits *e) {
    return e->n[IM_BLANK_MISSING] + e->n[IM_BLANK_EXTRA];
}

/* Does each word of `typed` have as few edits as its length allows? */
static bool words_allow(const char *typed, const struct im_edits *e) {
    size_t start = 0, all = letters_of(typed);
    for (const char *s = typed; *s;) {
        size_t bytes = strcspn(s, " "), letters = im_utf8_length(s, bytes);
        unsigned edits = 0, least = tolerance(letters);
        for (size_t i = 0; i < e->kept; i++) {
            bool here = e->at[i] >= start && e->at[i] <= start + letters;
            bool light = e->edit[i] == IM_TRANSPOSED && letters == SHORT;
            edits += here && !(light && all >= TOGETHER);
        }
        if (edits > least) {
            return false;
        }
        start += letters + 1;
        s += bytes + (s[bytes] == ' ');
    }
    return true;
}

static bool is_slip(const char *typed, const char *meant, struct im_edits *e) {
    size_t letters = letters_of(typed);
    if (letters <= SHORT || letters_of(meant) <= SHORT ||
        !im_edits_find(typed, meant, e) || e->total == 0 || e->digits) {
        return false;
    }
    return blanks(e) > 0 ? e->total - blanks(e) <= tolerance(letters)
                         : e->total <= tolerance(letters) && words_allow(typed, e);
}

static double cost(const struct im_edits *e, const char *typed) {
    double sum =
        (double)(e->total - blanks(e)) - (1 - TRANSPOSED) * e->n[IM_TRANSPOSED];
    return (sum + BLANK * blanks(e)) / (double)letters_of(typed);
}

static void take(struct gaz_query *q, struct gaz_found *f, const struct gaz_alias *name,
                 const struct im_edits *e) {
    struct im_buf slip;
    im_buf_init(&slip, q->arena, 256);
    im_edits_text(&slip, e);
    f->match = IM_MATCH_SPELLING;
    f->matched = im_strndup(q->arena, name->text, name->text_n);
    f->from = name->from;
    f->to = name->to;
    f->note =
        im_format(q->arena, "'%s' read as '%s', %s", q->name, f->matched, slip.data);
}

/* A name that sounds alike, but not the same. */
static void try_sound(struct gaz_query *q, const struct gaz_alias *name,
                      const struct gaz_alias *first, struct gaz_found *f) {
    double d = gaz_sound_apart(q, &q->form[0], name->text, name->text_n);
    if (d < GAZ_CLOSE || (f->matched && d >= f->distance)) {
        return;
    }
    f->match = IM_MATCH_SPELLING;
    q->hand = f->at;
    double lacks = gaz_shortage_spoken(q, &q->form[0], name->text, name->text_n, d);
    f->shortage = fmax(SOUNDS_ONLY, lacks);
    f->distance = d;
    f->standing = gaz_standing_of(q, name, first);
    f->matched = im_strndup(q->arena, name->text, name->text_n);
    f->from = name->from;
    f->to = name->to;
    f->note = im_format(q->arena, "'%s' read as '%s', which sounds alike", q->name,
                        f->matched);
}

/* Compare a name of the place with all forms of the query. */
static void try_name(struct gaz_query *q, const struct gaz_alias *name,
                     const struct gaz_alias *first, struct gaz_found *f) {
    struct gaz_generic stems = {.n = 0};
    im_fold_to(&q->fold, name->text, name->text_n);
    const char *fold = im_strndup(q->arena, q->fold.data, q->fold.len);
    bool has_stems = gaz_generic(fold, q->fold.len, &stems);
    for (size_t i = 0; i < q->forms; i++) {
        for (size_t k = 0; k <= (has_stems ? stems.n : 0); k++) {
            struct im_edits e;
            const char *meant = k ? stems.stem[k - 1] : fold;
            if (!is_slip(q->form[i].fold, meant, &e)) {
                continue;
            }
            double d = cost(&e, q->form[i].fold);
            enum gaz_standing standing = gaz_standing_of(q, name, first);
            if (!f->matched || d < f->distance ||
                (d <= f->distance && standing > f->standing)) {
                f->distance = d;
                f->standing = standing;
                f->shortage = gaz_shortage_spelt(f->at, q->form[i].fold, &e) +
                              gaz_shortage_standing(standing);
                take(q, f, name, &e);
            }
        }
    }
    try_sound(q, name, first, f);
}

static void try_names(struct gaz_query *q, struct gaz_found *f) {
    const char *at = f->fields.at[GAZ_NAMES], *end = at + f->fields.n[GAZ_NAMES];
    struct gaz_alias alias = {.text = f->fields.at[GAZ_NAME],
                              .text_n = f->fields.n[GAZ_NAME]};
    struct gaz_alias first = {.lang = "", .lang_n = 0};
    q->consonants = im_text_is_abjad(alias.text, alias.text_n);
    try_name(q, &alias, NULL, f);
    while (gaz_alias_next(&at, end, &alias)) {
        if (gaz_is_code(&alias)) {
            continue;
        }
        if (!gaz_same_language(&alias, &first)) {
            first = alias;
        }
        try_name(q, &alias, &first, f);
    }
    q->consonants = false;
}

/* Names that differ by blanks alone, or sound alike, have one skeleton. */
static void add_joined(struct gaz_query *q, const struct gaz_form *form,
                       const struct gaz_layer *layer, struct gaz_hits *hits) {
    for (unsigned i = 0; i < form->readings; i++) {
        const char *key = form->key[i];
        struct gaz_entries e = gaz_lookup(layer, GAZ_BY_SKELETON, key, strlen(key));
        if (key[0]) {
            gaz_add_hits(q, &e, false, hits);
        }
    }
}

/* Names in scripts of consonants that a user's own table has alone: "Hebron" asked of a
 * table in Arabic. (Bundled places have Latin names.) */
static void add_consonants(struct gaz_query *q, const struct gaz_form *form,
                           const struct gaz_layer *layer, struct gaz_hits *hits) {
    for (unsigned i = 0; layer->rank > 0 && !form->abjad && i < form->readings; i++) {
        char bones[256] = "";
        if (strlen(form->key[i]) < sizeof bones) {
            memcpy(bones, form->key[i], strlen(form->key[i]) + 1);
        }
        if (gaz_bones_key(bones)) {
            struct gaz_entries e =
                gaz_lookup(layer, GAZ_BY_BONES, bones, strlen(bones));
            gaz_add_hits(q, &e, false, hits);
        }
    }
}

void gaz_collect_spelling(struct gaz_query *q, struct gaz_founds *inside,
                          struct gaz_founds *outside) {
    struct gaz_hits *hits = im_alloc(q->arena, 1, sizeof *hits);
    for (size_t i = 0; i < q->forms; i++) {
        const char *fold = q->form[i].fold;
        gaz_form_sounds(q, &q->form[i]);
        unsigned most = is_spelt(fold) ? tolerance(letters_of(fold)) : 0;
        for (size_t l = 0; most > 0 && l < q->gz->layer_count; l++) {
            struct gaz_runs near = {NULL, 0, 0};
            gaz_near(q->gz->layers[l], q->arena, fold, most, &near);
            for (size_t k = 0; k < near.n; k++) {
                gaz_add_alike(q, &near.v[k], hits);
            }
            add_joined(q, &q->form[i], q->gz->layers[l], hits);
            add_consonants(q, &q->form[i], q->gz->layers[l], hits);
        }
    }
    struct gaz_founds founds = gaz_open_hits(q, hits);
    for (size_t i = 0; i < founds.n; i++) {
        try_names(q, &founds.v[i]);
        gaz_keep_hit(q, &founds.v[i], inside, outside);
    }
}
