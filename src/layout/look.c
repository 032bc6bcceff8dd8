/* How incidents look: what their set says, else what their category says. */
#include "layout/look.h"

#include <string.h>

static bool is_word(const char *s, const char *word) {
    return s != NULL && s[0] == word[0] && strcmp(s, word) == 0;
}

const struct im_spec_incidents *lay_set_of(const struct im_layout_input *in,
                                           const struct im_event *e) {
    const struct im_spec *spec = in->spec;
    return e->set < spec->incident_count ? &spec->incidents[e->set] : NULL;
}

bool lay_is_sized(const struct im_layout_input *in, const struct im_event *e) {
    const struct im_spec_incidents *set = lay_set_of(in, e);
    return set == NULL || !is_word(set->size, "fixed");
}

struct lay_look lay_look_of(const struct im_layout_input *in,
                            const struct lay_category *category,
                            const struct im_event *e) {
    static const char *const names[] = {"circle",  "square", "triangle",
                                        "diamond", "ring",   "star"};
    const struct im_spec_incidents *set = lay_set_of(in, e);
    struct lay_look look = {category->shape, category->colour, {0, 0}};
    for (size_t i = 0; set != NULL && i < 6; i++) {
        if (is_word(set->shape, names[i])) {
            look.shape = (enum im_symbol)i;
        }
    }
    im_rgba colour;
    const char *said = set != NULL && set->color != NULL ? set->color : "";
    bool by_type = said[0] == '\0' || is_word(said, "type");
    if (!by_type && lay_colour_parse(said, &colour)) {
        look.colour = colour;
    }
    if (look.colour == category->colour) {
        look.hatch = category->hatch; // a colour of the user's is solid
    }
    return look;
}

static bool same_look(const struct lay_look *a, const struct lay_look *b) {
    return a->shape == b->shape && a->colour == b->colour &&
           a->hatch.gap == b->hatch.gap && a->hatch.angle == b->hatch.angle;
}

void lay_looks_add(struct im_arena *arena, struct lay_looks *looks,
                   struct lay_look look, struct lay_seen seen) {
    size_t i = looks->last;
    if (i >= looks->n || !same_look(&looks->v[i].look, &look)) {
        for (i = 0; i < looks->n && !same_look(&looks->v[i].look, &look); i++) {
        }
    }
    if (i == looks->n) {
        struct lay_look_count fresh = {.look = look, .set = seen.set, .one_set = true};
        IM_PUSH(arena, looks->v, looks->n, looks->cap, fresh);
    }
    looks->last = i;
    looks->v[i].count[seen.category]++;
    looks->v[i].one_set = looks->v[i].one_set && looks->v[i].set == seen.set;
}

/* The first category of a look. */
static size_t first_of(const struct lay_look_count *l) {
    size_t k = 0;
    while (k + 1 < LAY_CATEGORY_MAX && l->count[k] == 0) {
        k++;
    }
    return k;
}

/* By category; the looks of one by the sets that they first stand for, which says
 * nothing where all sets look alike: tables may come in any order. */
static bool comes_before(const struct lay_look_count *a,
                         const struct lay_look_count *b) {
    size_t x = first_of(a), y = first_of(b);
    return x != y ? x < y : a->set < b->set;
}

void lay_looks_sort(struct lay_looks *looks) {
    for (size_t i = 1; i < looks->n; i++) { // few, and stable
        struct lay_look_count l = looks->v[i];
        size_t k = i;
        while (k > 0 && comes_before(&l, &looks->v[k - 1])) {
            looks->v[k] = looks->v[k - 1];
            k--;
        }
        looks->v[k] = l;
    }
}

/* Is a category drawn in more than one look? */
static bool is_split(const struct lay_looks *looks, size_t category) {
    size_t n = 0;
    for (size_t i = 0; i < looks->n; i++) {
        n += looks->v[i].count[category] > 0;
    }
    return n > 1;
}

/* The file of the look's incidents. */
static const char *set_name(struct im_arena *arena, const struct im_layout_input *in,
                            const struct lay_look_count *l) {
    bool known =
        l->set < in->spec->incident_count && in->spec->incidents[l->set].file != NULL;
    return known ? lay_file_words(arena, in->spec->incidents[l->set].file, false) : "";
}

const char *lay_look_text(struct im_arena *arena, const struct im_layout_input *in,
                          const struct lay_categories *c, const struct lay_looks *looks,
                          size_t i) {
    const struct lay_look_count *l = &looks->v[i];
    const char *text = "";
    size_t all = 0;
    bool split = false;
    for (size_t k = 0; k < c->n; k++) {
        if (l->count[k] > 0) {
            text = lay_list_join(arena, in, text, c->v[k].label);
            all += l->count[k];
            split = split || is_split(looks, k);
        }
    }
    const char *set = split && l->one_set ? set_name(arena, in, l) : "";
    if (set[0] != '\0') {
        text = im_format(arena, "%s: %s", set, text);
    }
    return im_format(arena, "%s (%s)", text, lay_number_text(arena, in, (double)all));
}

bool lay_looks_shape(const struct lay_looks *looks, enum im_symbol *shape) {
    for (size_t i = 1; i < looks->n; i++) {
        if (looks->v[i].look.shape != looks->v[0].look.shape) {
            return false;
        }
    }
    *shape = looks->n > 0 ? looks->v[0].look.shape : IM_CIRCLE;
    return looks->n > 0;
}
