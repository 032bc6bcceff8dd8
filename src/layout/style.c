#include "base/num.h"
#include "layout/layout.h"
#include "layout/style.h"
#include "text/text.h"

#include <stddef.h>
#include <string.h>

/* One row of the table: where the value lives and what it may be. */
struct key {
    const char *name;
    size_t at; /* offset in struct im_style */
    bool is_colour;
    im_rgba colour;
    double number, low, high;
    const char *unit;
};

static const struct key keys[] = {
#define NUMBER(field, key, news, low, high, unit, meaning)                             \
    {key, offsetof(struct im_style, field), false, 0, news, low, high, unit},
    LAY_STYLE_NUMBERS(NUMBER)
#undef NUMBER
#define COLOUR(field, key, news, meaning)                                              \
    {key, offsetof(struct im_style, colour.field), true, news, 0, 0, 0, ""},
        LAY_STYLE_COLOURS(COLOUR)
#undef COLOUR
};
#define KEYS (sizeof keys / sizeof keys[0])

/* Words that incidents[] and overlays[] take. */
static const char *const size_words[] = {"killed", "fixed", NULL};
static const char *const label_words[] = {"auto",   "list", "callout",
                                          "number", "none", NULL};
static const char *const color_words[] = {"type", NULL};
static const char *const shape_words[] = {"type",    "circle", "square", "triangle",
                                          "diamond", "ring",   "star",   NULL};
static const char *const overlap_words[] = {"displace", "keep", NULL};
static const char *const line_words[] = {"auto", "line", "pipeline", "area", NULL};

static void put(struct im_style *style, const struct key *k, double number,
                im_rgba colour) {
    char *at = (char *)style + k->at;
    if (k->is_colour) {
        memcpy(at, &colour, sizeof colour);
    } else {
        memcpy(at, &number, sizeof number);
    }
}

static const struct key *find(const char *name) {
    for (size_t i = 0; i < KEYS; i++) {
        if (strcmp(keys[i].name, name) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

static const char *nearest(const char *name) {
    const char *best = keys[0].name;
    size_t least = 100;
    for (size_t i = 0; i < KEYS; i++) {
        size_t d = im_edit_distance(name, keys[i].name, least);
        if (d < least) {
            least = d;
            best = keys[i].name;
        }
    }
    return best;
}

/* Fonts are style too, but draw opens them. */
static bool is_font(const char *name) {
    return strncmp(name, "fonts", 5) == 0 &&
           (name[5] == '\0' || name[5] == '.' || name[5] == '[');
}

static enum incmap_status set(struct im_style *style, const struct im_spec_style *entry,
                              struct incmap_error *err) {
    const struct key *k = find(entry->key);
    if (k == NULL) {
        return im_fail(err, INCMAP_E_USAGE, entry->at,
                       "unknown style key '%s' (nearest: '%s')", entry->key,
                       nearest(entry->key));
    }
    double number = 0;
    im_rgba colour = 0;
    if (k->is_colour && !lay_colour_parse(entry->value, &colour)) {
        return im_fail(err, INCMAP_E_USAGE, entry->at,
                       "style %s: '%s' is not a colour (write #RRGGBB or #RRGGBBAA)",
                       k->name, entry->value);
    }
    if (!k->is_colour && (!im_num_parse(entry->value, strlen(entry->value), &number) ||
                          number < k->low || number > k->high)) {
        return im_fail(err, INCMAP_E_USAGE, entry->at,
                       "style %s: '%s' is not a number from %g to %g (%s)", k->name,
                       entry->value, k->low, k->high, k->unit);
    }
    put(style, k, number, colour);
    return INCMAP_OK;
}

static bool among(const char *word, const char *const *words) {
    if (word == NULL || word[0] == '\0') {
        return true;
    }
    for (; *words != NULL; words++) {
        if (strcmp(word, *words) == 0) {
            return true;
        }
    }
    return false;
}

static enum incmap_status refuse(struct im_arena *arena, const struct im_spec *spec,
                                 const char *what, const char *word,
                                 const char *const *words, struct incmap_error *err) {
    struct im_buf list;
    im_buf_init(&list, arena, 1000);
    for (size_t i = 0; words[i] != NULL; i++) {
        im_buf_fmt(&list, "%s%s", i > 0 ? ", " : "", words[i]);
    }
    return im_fail(err, INCMAP_E_USAGE, IM_FILE(spec->file),
                   "%s: unknown value '%s' (known: %s)", what, word, list.data);
}

static enum incmap_status check_words(struct im_arena *arena,
                                      const struct im_spec *spec,
                                      struct incmap_error *err) {
    im_rgba unused;
    for (size_t i = 0; i < spec->incident_count; i++) {
        const struct im_spec_incidents *s = &spec->incidents[i];
        if (!among(s->size, size_words)) {
            return refuse(arena, spec, "incidents[].size", s->size, size_words, err);
        }
        if (!among(s->color, color_words) && !lay_colour_parse(s->color, &unused)) {
            return refuse(arena, spec, "incidents[].color", s->color, color_words, err);
        }
        if (!among(s->shape, shape_words)) {
            return refuse(arena, spec, "incidents[].shape", s->shape, shape_words, err);
        }
        if (!among(s->label, label_words)) {
            return refuse(arena, spec, "incidents[].label", s->label, label_words, err);
        }
        if (!among(s->overlap, overlap_words)) {
            return refuse(arena, spec, "incidents[].overlap", s->overlap, overlap_words,
                          err);
        }
    }
    for (size_t i = 0; i < spec->overlay_count; i++) {
        const char *style = spec->overlays[i].style;
        if (!among(style, line_words) && !lay_colour_parse(style, &unused)) {
            return refuse(arena, spec, "overlays[].style", style, line_words, err);
        }
    }
    return INCMAP_OK;
}

enum incmap_status im_style_load(struct im_arena *arena, const struct im_spec *spec,
                                 struct im_style **out, struct incmap_error *err) {
    const char *theme =
        spec->theme == NULL || spec->theme[0] == '\0' ? "news" : spec->theme;
    if (strcmp(theme, "report") == 0 || strcmp(theme, "dark") == 0) {
        return im_fail(err, INCMAP_E_USAGE, IM_FILE(spec->file),
                       "theme '%s' is not supported yet (use 'news')", theme);
    }
    if (strcmp(theme, "news") != 0) {
        return im_fail(err, INCMAP_E_USAGE, IM_FILE(spec->file),
                       "unknown theme '%s' (known: news)", theme);
    }
    struct im_style *style = im_alloc(arena, 1, sizeof *style);
    for (size_t i = 0; i < KEYS; i++) {
        put(style, &keys[i], keys[i].number, keys[i].colour);
    }
    for (size_t i = 0; i < spec->style_count; i++) {
        if (is_font(spec->style[i].key)) {
            continue;
        }
        enum incmap_status status = set(style, &spec->style[i], err);
        if (status != INCMAP_OK) {
            return status;
        }
    }
    *out = style;
    return check_words(arena, spec, err);
}
