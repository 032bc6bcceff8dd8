/* What the legend says of the sizes of symbols. */
#include "layout/legend.h"
#include "text/text.h"

#include <math.h>

void lay_sizes_count(struct lay_sizes *s, double value) {
    s->most = fmax(s->most, value);
    s->none = s->none || value <= 0;
}

/* Up to three round values, the largest not above `most`: 1-2-5, 1-5-10, 2-10-20. */
static size_t round_values(double most, double out[3]) {
    double ten = 1;
    while (ten * 10 <= most) {
        ten *= 10;
    }
    double top = most >= 5 * ten ? 5 * ten : most >= 2 * ten ? 2 * ten : ten;
    double values[3] = {top == 5 * ten ? 0.2 * top : 0.1 * top,
                        top == 5 * ten ? 0.4 * top : 0.5 * top, top};
    size_t n = 0;
    for (size_t i = 0; i < 3; i++) {
        if (values[i] >= 1) {
            out[n++] = values[i];
        }
    }
    return n;
}

/* What the smallest symbols stand for: none, and values that would not be seen. */
static const char *smallest_text(struct im_arena *arena,
                                 const struct im_layout_input *in,
                                 const struct lay_sizes *s) {
    const char *none = s->none ? lay_word(in, "none_or_unknown") : "";
    const char *n = lay_number_text(arena, in, s->least);
    const char *upto = im_phrase_fill(arena, lay_wording(in), "up_to", "n", n, NULL);
    return s->least <= 0 ? none : s->none ? lay_list_join(arena, in, upto, none) : upto;
}

void lay_sizes_add(struct im_arena *arena, const struct im_layout_input *in,
                   struct lay_sizes s, struct lay_parts *out) {
    double values[3];
    struct lay_part part = {
        .sample = LAY_S_SIZES, .rank = 2, .symbol = {.shape = s.shape}};
    const char *list = "";
    size_t n = s.most >= 1 ? round_values(s.most, values) : 0;
    for (size_t i = 0; i < n; i++) {
        double radius = s.unit * sqrt(values[i]);
        if (radius >= s.smallest) {
            part.radius[part.count++] = radius;
            list =
                lay_list_join(arena, in, list, lay_number_text(arena, in, values[i]));
        }
    }
    if (part.count > 0) {
        part.text =
            im_phrase_fill(arena, lay_wording(in), "killed_sizes", "list", list, NULL);
        IM_PUSH(arena, out->v, out->n, out->cap, part);
    }
    if ((s.none || s.least > 0) && s.most > 0) { // else all are alike
        struct lay_part least = {.sample = LAY_S_SIZES,
                                 .rank = s.least > 0 ? 3 : 6,
                                 .count = 1,
                                 .symbol = {.shape = s.shape}};
        least.radius[0] = s.smallest;
        least.text = smallest_text(arena, in, &s);
        IM_PUSH(arena, out->v, out->n, out->cap, least);
    }
}
