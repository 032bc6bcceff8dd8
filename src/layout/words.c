#include "layout/words.h"
#include "base/file.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

#define DASH " \xE2\x80\x94 "
#define RANGE "\xE2\x80\x93"

const char *lay_wording(const struct im_layout_input *in) {
    return im_wording(in->spec->language);
}

const char *lay_word(const struct im_layout_input *in, const char *key) {
    return im_phrase(lay_wording(in), key);
}

const char *lay_dates(struct im_arena *arena, const struct im_layout_input *in,
                      const struct im_event *e) {
    if (!im_date_is_set(e->date)) {
        return "";
    }
    struct im_date end = im_date_is_set(e->date_end) ? e->date_end : e->date;
    return im_date_phrase(arena, lay_wording(in), e->date, end, in->with_year);
}

const char *im_mark_where(struct im_arena *arena, const char *language,
                          const struct im_mark *mark) {
    const struct im_position *p = &mark->event->position;
    if (mark->place_label[0] != '\0') {
        return mark->place_label;
    }
    return im_coordinates_phrase(arena, language, p->at.lon, p->at.lat,
                                 p->radius_m <= 500 ? 3 : 2);
}

const char *lay_where(struct im_arena *arena, const struct im_layout_input *in,
                      const struct im_mark *mark) {
    return im_mark_where(arena, lay_wording(in), mark);
}

const char *lay_number_text(struct im_arena *arena, const struct im_layout_input *in,
                            double v) {
    return im_number_phrase(arena, lay_wording(in), v, 0);
}

const char *lay_kilometres(struct im_arena *arena, const struct im_layout_input *in,
                           double km) {
    const char *language = lay_wording(in);
    const char *number = im_number_phrase(arena, language, km, km < 5 ? 1 : 0);
    return im_length_phrase(arena, language, number, true);
}

const char *lay_list_join(struct im_arena *arena, const struct im_layout_input *in,
                          const char *a, const char *b) {
    const char *between = im_list_separator(lay_wording(in));
    return a[0] != '\0' ? im_format(arena, "%s%s%s", a, between, b) : b;
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

/* "3 killed", "1–2 killed" in the plural form of the last number; "" when nothing is
 * stated. */
static const char *count(struct im_arena *arena, const struct im_layout_input *in,
                         struct im_figure f, const char *key) {
    if (!stated(f)) {
        return "";
    }
    bool range = f.low >= 0 && f.high > f.low;
    double n = f.best >= 0 ? f.best : fmax(f.low, f.high);
    return im_count_phrase(arena, lay_wording(in), key, n,
                           range ? figure(arena, in, f) : NULL);
}

/* "3 killed, 5 wounded"; "" when nothing is stated. */
static const char *losses(struct im_arena *arena, const struct im_layout_input *in,
                          struct im_figure killed, struct im_figure wounded) {
    if (killed.best == 0 && wounded.best == 0) {
        return lay_word(in, "no_casualties");
    }
    const char *k = count(arena, in, killed, "killed");
    const char *w = count(arena, in, wounded, "wounded");
    return w[0] != '\0' ? lay_list_join(arena, in, k, w) : k;
}

static void join(struct im_arena *arena, const struct im_layout_input *in,
                 const char **out, const char *text) {
    if (text[0] != '\0') {
        *out = (*out)[0] == '\0' ? text
                                 : im_phrase_fill(arena, lay_wording(in), "and_part",
                                                  "a", *out, "b", text, NULL);
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
                        const char **out) {
    for (int i = 0; i < 2; i++) {
        const char *text = losses(arena, in, claim->killed[i], claim->wounded[i]);
        if (text[0] != '\0' && e->side[i][0] != '\0') {
            text = im_format(arena, "%s: %s", e->side[i], text);
        }
        join(arena, in, out, text);
    }
}

const char *lay_claim_text(struct im_arena *arena, const struct im_layout_input *in,
                           const struct im_event *e, const struct im_claim *claim) {
    const char *out = "";
    side_losses(arena, in, e, claim, &out);
    join(arena, in, &out, losses(arena, in, claim->fatalities, IM_NO_FIGURE));
    bool figures = out[0] != '\0';
    if (!figures && claim != e->claims) {
        out = claim->notes; // what it says when it gives no figures
    }
    if (out[0] != '\0' && claim->claimant[0] != '\0') {
        const char *own = figures ? own_voice(arena, in, e, claim) : NULL;
        out = im_format(arena, "%s" DASH "%s", out, own ? own : claim->claimant);
    }
    return out;
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

const char *lay_file_words(struct im_arena *arena, const char *path, bool capital) {
    const char *name = im_path_name(path), *dot = strrchr(name, '.');
    size_t n = dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name);
    char *words = im_strndup(arena, name, n);
    for (char *c = words; *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    if (capital && words[0] >= 'a' && words[0] <= 'z') {
        words[0] = (char)(words[0] - 'a' + 'A');
    }
    return words;
}
