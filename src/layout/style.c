#include "base/num.h"
#include "layout/layout.h"
#include "layout/style.h"
#include "text/text.h"

#include <stddef.h>
#include <string.h>

const char *const lay_themes[] = {"news", "report", "dark", NULL};

const struct lay_style_key lay_style_keys[] = {
#define NUMBER(field, key, all, low, high, unit, meaning)                              \
    {key,                                                                              \
     offsetof(struct im_style, field),                                                 \
     false,                                                                            \
     {0, 0, 0},                                                                        \
     {all, all, all},                                                                  \
     low,                                                                              \
     high,                                                                             \
     unit,                                                                             \
     meaning},
    LAY_STYLE_NUMBERS(NUMBER)
#undef NUMBER
#define THEMED(field, key, news, report, dark, low, high, unit, meaning)               \
    {key,                                                                              \
     offsetof(struct im_style, field),                                                 \
     false,                                                                            \
     {0, 0, 0},                                                                        \
     {news, report, dark},                                                             \
     low,                                                                              \
     high,                                                                             \
     unit,                                                                             \
     meaning},
        LAY_STYLE_THEMED(THEMED)
#undef THEMED
#define COLOUR(field, key, news, report, dark, meaning)                                \
    {key,       offsetof(struct im_style, colour.field),                               \
     true,      {news, report, dark},                                                  \
     {0, 0, 0}, 0,                                                                     \
     0,         "",                                                                    \
     meaning},
            LAY_STYLE_COLOURS(COLOUR)
#undef COLOUR
};
const size_t lay_style_key_count = sizeof lay_style_keys / sizeof lay_style_keys[0];

static void put(struct im_style *style, const struct lay_style_key *k, double number,
                im_rgba colour) {
    char *at = (char *)style + k->at;
    if (k->is_colour) {
        memcpy(at, &colour, sizeof colour);
    } else {
        memcpy(at, &number, sizeof number);
    }
}

static const struct lay_style_key *find(const char *name) {
    for (size_t i = 0; i < lay_style_key_count; i++) {
        if (strcmp(lay_style_keys[i].name, name) == 0) {
            return &lay_style_keys[i];
        }
    }
    return NULL;
}

/* Is `word` one of the dotted words of a key? */
static bool has_part(const char *key, const char *word) {
    size_t n = strlen(word);
    for (const char *p = key; p != NULL; p = strchr(p, '.')) {
        p += *p == '.';
        if (strncmp(p, word, n) == 0 && (p[n] == '.' || p[n] == '\0')) {
            return true;
        }
    }
    return false;
}

/* The first key that has the last word of the name ("area.land": land.subject); NULL
 * when none has it, or more than a few. */
static const char *sharing(const char *name) {
    const size_t few = 4;
    const char *dot = strrchr(name, '.'), *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < lay_style_key_count; i++) {
        if (has_part(lay_style_keys[i].name, dot == NULL ? name : dot + 1)) {
            first = n++ == 0 ? lay_style_keys[i].name : first;
        }
    }
    return n <= few ? first : NULL;
}

/* A key that is a slip away, else one that shares a word; NULL when none is alike: one
 * that is not meant leads astray. */
static const char *nearest(const char *name) {
    struct im_closest near = {name, NULL, strlen(name) / 3 + 1};
    for (size_t i = 0; i < lay_style_key_count; i++) {
        im_closest_try(&near, lay_style_keys[i].name);
    }
    bool alike = near.best != NULL && near.too_far <= 2;
    const char *other = alike ? NULL : sharing(name);
    return other != NULL ? other : near.best;
}

static enum incmap_status unknown(const struct im_spec_style *entry,
                                  struct incmap_error *err) {
    const char *near = nearest(entry->key);
    return im_fail(err, im_spec_fault(entry->at), entry->at,
                   "unknown key 'style.%s' (%s%s%s)", entry->key,
                   near != NULL ? "nearest: '" : "", near != NULL ? near : "",
                   near != NULL ? "'" : "'incmap render --dump style' lists all keys");
}

/* Fonts are style too, but draw opens them. */
static bool is_font(const char *name) {
    return strncmp(name, "fonts", 5) == 0 &&
           (name[5] == '\0' || name[5] == '.' || name[5] == '[');
}

static enum incmap_status set(struct im_arena *arena, struct im_style *style,
                              const struct im_spec_style *entry,
                              struct incmap_error *err) {
    const struct lay_style_key *k = find(entry->key);
    if (k == NULL) {
        return unknown(entry, err);
    }
    double number = 0;
    im_rgba colour = 0;
    if (k->is_colour && !lay_colour_parse(entry->value, &colour)) {
        return im_fail(err, im_spec_fault(entry->at), entry->at,
                       "style.%s: '%s' is no colour (%s)", k->name, entry->value,
                       lay_colour_help(arena, entry->value));
    }
    if (!k->is_colour && (!im_num_parse(entry->value, strlen(entry->value), &number) ||
                          number < k->low || number > k->high)) {
        return im_fail(err, im_spec_fault(entry->at), entry->at,
                       "style.%s: '%s' is no number from %g to %g (%s)", k->name,
                       entry->value, k->low, k->high, k->unit);
    }
    put(style, k, number, colour);
    return INCMAP_OK;
}

static enum incmap_status find_theme(const struct im_spec *spec, size_t *out,
                                     struct incmap_error *err) {
    const char *name =
        spec->theme == NULL || spec->theme[0] == '\0' ? "news" : spec->theme;
    for (*out = 0; lay_themes[*out] != NULL; *out += 1) {
        if (strcmp(name, lay_themes[*out]) == 0) {
            return INCMAP_OK;
        }
    }
    const char *near = im_closest_word(name, lay_themes);
    struct im_where at = im_spec_where(spec, "theme");
    return im_fail(err, im_spec_fault(at), at,
                   "unknown theme '%s' (%s%s%sknown: news, report, dark)", name,
                   near[0] == '\0' ? "" : "nearest: '", near,
                   near[0] == '\0' ? "" : "'; ");
}

void lay_style_theme(struct im_style *style, size_t theme) {
    style->theme = theme;
    for (size_t i = 0; i < lay_style_key_count; i++) {
        const struct lay_style_key *k = &lay_style_keys[i];
        put(style, k, k->number[theme], k->colour[theme]);
    }
}

enum incmap_status im_style_load(struct im_arena *arena, const struct im_spec *spec,
                                 struct im_style **out, struct incmap_error *err) {
    size_t theme = 0;
    enum incmap_status status = find_theme(spec, &theme, err);
    if (status != INCMAP_OK) {
        return status;
    }
    struct im_style *style = im_alloc(arena, 1, sizeof *style);
    lay_style_theme(style, theme);
    for (size_t i = 0; i < spec->style_count; i++) {
        if (is_font(spec->style[i].key)) {
            continue;
        }
        status = set(arena, style, &spec->style[i], err);
        if (status != INCMAP_OK) {
            return status;
        }
    }
    *out = style;
    return lay_check_words(arena, spec, err);
}
