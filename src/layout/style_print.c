/* The documented style file: the tables of style.h as YAML with comments. */
#include "layout/layout.h"
#include "layout/style.h"

#include <string.h>

static const char head[] =
    "# Every colour, width and size of a figure, in the theme '%s'.\n"
    "# Any of these keys may stand under style: of a map file, or be set by\n"
    "# --set style.KEY=VALUE. Lengths are points: pixels of a figure of 1600 x 1200, "
    "and\n"
    "# in proportion at other sizes. Colours are #RGB, #RRGGBB, #RRGGBBAA (last: "
    "opacity)\n"
    "# or a CSS name such as darkred.\n"
    "theme: %s\n"
    "style:\n";

static void put_colour(struct im_buf *out, im_rgba colour) {
    static const char hex[] = "0123456789ABCDEF";
    im_buf_char(out, '#');
    int last = (colour & 0xFF) == 0xFF ? 8 : 0;
    for (int shift = 28; shift >= last; shift -= 4) {
        im_buf_char(out, hex[colour >> shift & 0xF]);
    }
}

static void put_themed(struct im_buf *out, const struct lay_style_key *k,
                       size_t theme) {
    if (k->is_colour) {
        put_colour(out, k->colour[theme]);
    } else {
        im_buf_fmt(out, "%g", k->number[theme]);
    }
}

static bool differs(const struct lay_style_key *k, size_t a, size_t b) {
    return k->is_colour ? k->colour[a] != k->colour[b]
                        : k->number[a] < k->number[b] || k->number[a] > k->number[b];
}

/* " [report #111111, dark #F4F1EA]" */
static void put_others(struct im_buf *out, const struct lay_style_key *k,
                       size_t theme) {
    bool any = false;
    for (size_t i = 0; lay_themes[i] != NULL; i++) {
        if (i != theme && (differs(k, 0, 1) || differs(k, 0, 2))) {
            im_buf_fmt(out, "%s%s ", any ? ", " : " [", lay_themes[i]);
            put_themed(out, k, i);
            any = true;
        }
    }
    im_buf_str(out, any ? "]" : "");
}

static void put_key(struct im_buf *out, const struct im_style *style,
                    const struct lay_style_key *k) {
    enum { COLUMN = 34 };
    size_t start = out->len;
    im_buf_fmt(out, "  %s: ", k->name);
    if (k->is_colour) {
        im_rgba colour;
        memcpy(&colour, (const char *)style + k->at, sizeof colour);
        im_buf_char(out, '"');
        put_colour(out, colour);
        im_buf_char(out, '"');
    } else {
        double number;
        memcpy(&number, (const char *)style + k->at, sizeof number);
        im_buf_fmt(out, "%g", number);
    }
    do {
        im_buf_char(out, ' ');
    } while (out->len < start + COLUMN);
    im_buf_fmt(out, "# %s", k->meaning);
    if (!k->is_colour) {
        im_buf_fmt(out, "; %s, %g to %g", k->unit, k->low, k->high);
    }
    put_others(out, k, style->theme);
    im_buf_char(out, '\n');
}

/* Keys of one first part ("page", "town") stand together. */
static bool same_group(const char *a, const char *b) {
    size_t n = strcspn(a, ".");
    return strncmp(a, b, n) == 0 && b[n] == '.';
}

static bool group_done(size_t i) {
    for (size_t k = 0; k < i; k++) {
        if (same_group(lay_style_keys[i].name, lay_style_keys[k].name)) {
            return true;
        }
    }
    return false;
}

void im_style_print(const struct im_style *style, struct im_buf *out) {
    const char *theme = lay_themes[style->theme];
    im_buf_fmt(out, head, theme, theme);
    for (size_t i = 0; i < lay_style_key_count; i++) {
        const char *group = lay_style_keys[i].name;
        if (group_done(i)) {
            continue;
        }
        im_buf_str(out, i == 0 ? "" : "\n");
        for (size_t k = i; k < lay_style_key_count; k++) {
            if (same_group(group, lay_style_keys[k].name)) {
                put_key(out, style, &lay_style_keys[k]);
            }
        }
    }
}
