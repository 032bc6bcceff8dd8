/* The words that incidents[] and overlays[] take for their looks. */
#include "base/buf.h"
#include "layout/style.h"
#include "text/text.h"

#include <string.h>

static const char *const size_words[] = {"killed", "fixed", NULL};
static const char *const label_words[] = {"auto",   "list", "callout",
                                          "number", "none", NULL};
static const char *const color_words[] = {"type", NULL};
static const char *const shape_words[] = {"type",    "circle", "square", "triangle",
                                          "diamond", "ring",   "star",   NULL};
static const char *const overlap_words[] = {"auto", "count", "displace", "keep", NULL};
static const char *const line_words[] = {"auto", "line", "pipeline", "area", NULL};

const char *lay_colour_help(struct im_arena *arena, const char *text) {
    const char *near = text[0] == '#' ? "" : lay_colour_nearest(text);
    return near[0] == '\0' ? "write #RRGGBB, #RRGGBBAA or a CSS name such as darkred"
                           : im_format(arena, "nearest: '%s'; or write #RRGGBB", near);
}

static bool among(const char *word, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strcmp(word, *words) == 0) {
            return true;
        }
    }
    return false;
}

/* A key of an entry, what it says and what it may say. */
struct wish {
    const char *list, *key;
    size_t i;
    const char *word;
    const char *const *words;
    bool colour; /* may be a colour as well */
};

static enum incmap_status check(struct im_arena *arena, const struct im_spec *spec,
                                struct wish w, struct incmap_error *err) {
    im_rgba unused;
    if (w.word == NULL || w.word[0] == '\0' || among(w.word, w.words) ||
        (w.colour && lay_colour_parse(w.word, &unused))) {
        return INCMAP_OK;
    }
    struct im_buf known;
    im_buf_init(&known, arena, 1000);
    for (size_t i = 0; w.words[i] != NULL; i++) {
        im_buf_fmt(&known, "%s%s", i > 0 ? ", " : "", w.words[i]);
    }
    const char *near = im_closest_word(w.word, w.words);
    if (w.colour) {
        near = near[0] == '\0' && w.word[0] != '#' ? lay_colour_nearest(w.word) : near;
        im_buf_str(&known, ", or a colour: #RRGGBB or a CSS name");
    }
    const char *path = im_format(arena, "%s.%zu.%s", w.list, w.i, w.key);
    struct im_where at = im_spec_where(spec, path);
    return im_fail(err, im_spec_fault(at), at,
                   "%s: unknown value '%s' (%s%s%sknown: %s)", path, w.word,
                   near[0] == '\0' ? "" : "nearest: '", near,
                   near[0] == '\0' ? "" : "'; ", known.data);
}

enum incmap_status lay_check_words(struct im_arena *arena, const struct im_spec *spec,
                                   struct incmap_error *err) {
    enum incmap_status status = INCMAP_OK;
    for (size_t i = 0; i < spec->incident_count; i++) {
        const struct im_spec_incidents *s = &spec->incidents[i];
        const struct wish wishes[] = {
            {"incidents", "size", i, s->size, size_words, false},
            {"incidents", "color", i, s->color, color_words, true},
            {"incidents", "shape", i, s->shape, shape_words, false},
            {"incidents", "label", i, s->label, label_words, false},
            {"incidents", "overlap", i, s->overlap, overlap_words, false}};
        for (size_t k = 0; k < 5 && status == INCMAP_OK; k++) {
            status = check(arena, spec, wishes[k], err);
        }
    }
    for (size_t i = 0; i < spec->overlay_count && status == INCMAP_OK; i++) {
        status = check(arena, spec,
                       (struct wish){"overlays", "style", i, spec->overlays[i].style,
                                     line_words, true},
                       err);
    }
    return status;
}
