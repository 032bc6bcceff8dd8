#include "layout/words.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

#define DASH " \xE2\x80\x94 "
#define RANGE "\xE2\x80\x93"

const char *lay_word(const struct im_layout_input *in, const char *key) {
    return im_phrase(in->spec->language, key);
}

const char *lay_dates(struct im_arena *arena, const struct im_layout_input *in,
                      const struct im_event *e) {
    if (!im_date_is_set(e->date)) {
        return "";
    }
    struct im_date end = im_date_is_set(e->date_end) ? e->date_end : e->date;
    return im_date_phrase(arena, in->spec->language, e->date, end, in->several_years);
}

const char *lay_number_text(struct im_arena *arena, const struct im_layout_input *in,
                            double v) {
    return im_number_phrase(arena, in->spec->language, v, 0);
}

static bool stated(struct im_figure f) {
    return f.best >= 0 || f.low >= 0 || f.high >= 0;
}

/* "3", "3–5", "4 (3–6)". */
static const char *figure(struct im_arena *arena, const struct im_layout_input *in,
                          struct im_figure f) {
    bool range = f.low >= 0 && f.high > f.low;
    const char *between =
        range ? im_format(arena, "%s" RANGE "%s", lay_number_text(arena, in, f.low),
                          lay_number_text(arena, in, f.high))
              : "";
    if (f.best < 0) {
        return range ? between : lay_number_text(arena, in, fmax(f.low, f.high));
    }
    const char *best = lay_number_text(arena, in, f.best);
    return range ? im_format(arena, "%s (%s)", best, between) : best;
}

/* "3 killed, 5 wounded"; "" when nothing is stated. */
static const char *losses(struct im_arena *arena, const struct im_layout_input *in,
                          struct im_figure killed, struct im_figure wounded) {
    if (killed.best == 0 && wounded.best == 0) {
        return lay_word(in, "no_casualties");
    }
    const char *k = stated(killed)
                        ? im_format(arena, "%s %s", figure(arena, in, killed),
                                    lay_word(in, "killed"))
                        : "";
    const char *w = stated(wounded)
                        ? im_format(arena, "%s %s", figure(arena, in, wounded),
                                    lay_word(in, "wounded"))
                        : "";
    return im_format(arena, "%s%s%s", k, k[0] != '\0' && w[0] != '\0' ? ", " : "", w);
}

static void join(struct im_buf *out, const char *text) {
    if (text[0] != '\0') {
        im_buf_fmt(out, "%s%s", out->len > 0 ? "; " : "", text);
    }
}

/*
 * "its Ministry of Defence" for the claimant of a side that speaks of itself; NULL when
 * it does not end with the side's name. English only.
 */
static const char *own_voice(struct im_arena *arena, const struct im_layout_input *in,
                             const struct im_event *e, const struct im_claim *claim) {
    const char *who = claim->claimant;
    for (int i = 0; i < 2; i++) {
        const struct im_figure *other = &claim->killed[1 - i];
        bool alone = !stated(*other) && !stated(claim->wounded[1 - i]);
        const char *tail = im_format(arena, " of %s", e->side[i]);
        size_t n = strlen(who), t = strlen(tail);
        if (strcmp(in->spec->language, "en") == 0 && e->side[i][0] != '\0' && alone &&
            n > t && strcmp(who + n - t, tail) == 0) {
            return im_format(arena, "its %s", im_strndup(arena, who, n - t));
        }
    }
    return NULL;
}

static void side_losses(struct im_arena *arena, const struct im_layout_input *in,
                        const struct im_event *e, const struct im_claim *claim,
                        struct im_buf *out) {
    for (int i = 0; i < 2; i++) {
        const char *text = losses(arena, in, claim->killed[i], claim->wounded[i]);
        if (text[0] != '\0' && e->side[i][0] != '\0') {
            text = im_format(arena, "%s: %s", e->side[i], text);
        }
        join(out, text);
    }
}

const char *lay_claim_text(struct im_arena *arena, const struct im_layout_input *in,
                           const struct im_event *e, const struct im_claim *claim) {
    struct im_buf out;
    im_buf_init(&out, arena, 1 << 16);
    side_losses(arena, in, e, claim, &out);
    join(&out, losses(arena, in, claim->fatalities, IM_NO_FIGURE));
    bool figures = out.len > 0;
    if (!figures && claim != e->claims) {
        im_buf_str(&out, claim->notes); // what it says when it gives no figures
    }
    if (out.len > 0 && claim->claimant[0] != '\0') {
        const char *own = figures ? own_voice(arena, in, e, claim) : NULL;
        im_buf_fmt(&out, DASH "%s", own ? own : claim->claimant);
    }
    return out.data;
}

const char *lay_note(struct im_arena *arena, const struct im_layout_input *in,
                     const struct im_event *e) {
    for (size_t i = 0; i < e->claim_count; i++) {
        const struct im_claim *c = &e->claims[i];
        if (c->notes[0] == '\0') {
            continue;
        }
        bool named =
            c->claimant[0] == '\0' || lay_claim_text(arena, in, e, c)[0] != '\0';
        return named ? c->notes
                     : im_format(arena, "%s" DASH "%s", c->notes, c->claimant);
    }
    return "";
}
