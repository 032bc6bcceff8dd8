#include "base/limits.h"
#include "base/utf8.h"
#include "layout/type.h"

#include <math.h>
#include <string.h>

#define ELLIPSIS "\xE2\x80\xA6"

double lay_width(const struct im_measure *measure, const struct im_font *font,
                 const char *text) {
    return measure->text(measure->self, font, text).width;
}

/* Plain letters with single blanks between them, as most texts are? */
static bool is_clean(const char *text, size_t n) {
    char before = ' ';
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
            return false;
        }
        before = c;
    }
    return before != ' ' && n <= IM_MAX_LABEL;
}

char *lay_clean(struct im_arena *arena, const char *text) {
    size_t n = text == NULL ? 0 : strlen(text);
    if (is_clean(text, n)) {
        return im_strndup(arena, text, n);
    }
    struct im_buf out;
    im_buf_init(&out, arena, 8 * IM_MAX_LABEL);
    bool blank = false;
    size_t count = 0;
    for (size_t i = 0, used = 0; i < n; i += used) {
        uint32_t cp = im_utf8_next(text + i, n - i, &used);
        if (cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r') {
            blank = true;
        } else if (count++ >= IM_MAX_LABEL) {
            im_buf_str(&out, ELLIPSIS);
            break;
        } else if (!im_utf8_is_control(cp)) {
            char bytes[4];
            if (blank && out.len > 0) {
                im_buf_char(&out, ' ');
            }
            blank = false;
            im_buf_add(&out, bytes, im_utf8_put(bytes, cp));
        }
    }
    return out.data;
}

/* Where a too wide word may be broken: after a dash or a slash. */
static bool is_joint(uint32_t cp) {
    return cp == '-' || cp == '/' || cp == 0x2013 || cp == 0x2014;
}

/* Bytes of the longest part of word[0..n) that fits; at least one code point. */
static size_t fitting(struct im_arena *arena, const struct lay_wrap_options *o,
                      const char *word, size_t n) {
    size_t fits = 0;
    size_t joint = 0;
    for (size_t i = 0, used = 0; i < n; i += used) {
        uint32_t cp = im_utf8_next(word + i, n - i, &used);
        char *part = im_strndup(arena, word, i + used);
        if (i > 0 && lay_width(o->measure, &o->font, part) > o->width) {
            break;
        }
        fits = i + used;
        joint = is_joint(cp) ? fits : joint;
    }
    return joint > 0 && fits < n ? joint : fits;
}

struct pen {
    struct im_arena *arena;
    const struct lay_wrap_options *options;
    struct lay_lines *out;
    struct im_buf line;
    double used, space; /* width of the line so far, of a blank */
};

static void end_line(struct pen *pen) {
    const char *line = im_strndup(pen->arena, pen->line.data, pen->line.len);
    IM_PUSH(pen->arena, pen->out->v, pen->out->n, pen->out->cap, line);
    im_buf_clear(&pen->line);
    pen->used = 0;
}

static void add_word(struct pen *pen, const char *word, size_t n) {
    const struct lay_wrap_options *o = pen->options;
    while (n > 0) {
        double w = lay_width(o->measure, &o->font, im_strndup(pen->arena, word, n));
        double gap = pen->line.len > 0 ? pen->space : 0;
        if (pen->used + gap + w <= o->width) {
            if (gap > 0) {
                im_buf_char(&pen->line, ' ');
            }
            im_buf_add(&pen->line, word, n);
            pen->used += gap + w;
            return;
        }
        if (pen->line.len > 0) {
            end_line(pen);
            continue;
        }
        size_t part = fitting(pen->arena, o, word, n);
        im_buf_add(&pen->line, word, part);
        word += part;
        n -= part;
        if (n > 0) {
            end_line(pen);
        } else {
            pen->used = w;
        }
    }
}

static struct lay_lines wrap_all(struct im_arena *arena,
                                 const struct lay_wrap_options *o, const char *text) {
    struct lay_lines out = {0};
    struct pen pen = {.arena = arena, .options = o, .out = &out};
    im_buf_init(&pen.line, arena, 8 * IM_MAX_LABEL);
    pen.space = lay_width(o->measure, &o->font, " ");
    for (const char *at = text; *at != '\0';) {
        size_t n = strcspn(at, " ");
        add_word(&pen, at, n);
        at += n + (at[n] == ' ' ? 1 : 0);
    }
    if (pen.line.len > 0) {
        end_line(&pen);
    }
    return out;
}

/* text[0..n), its last blanks and commas removed, with an ellipsis. */
static const char *clipped(struct im_arena *arena, const char *text, size_t n) {
    while (n > 0 && strchr(" ,;:.(", text[n - 1]) != NULL) {
        n--;
    }
    return im_format(arena, "%s" ELLIPSIS, im_strndup(arena, text, n));
}

/* The last first byte of a code point in text[0..n]. */
static size_t whole_points(const char *text, size_t n) {
    while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) {
        n--;
    }
    return n;
}

const char *lay_shorten(struct im_arena *arena, const struct im_measure *measure,
                        const struct im_font *font, const char *text, double width) {
    if (lay_width(measure, font, text) <= width) {
        return text;
    }
    size_t low = 0; // bytes that fit (with the ellipsis), by bisection
    size_t high = strlen(text);
    while (high - low > 1) {
        size_t n = (low + high) / 2;
        const char *part = clipped(arena, text, whole_points(text, n));
        if (lay_width(measure, font, part) <= width) {
            low = n;
        } else {
            high = n;
        }
    }
    return clipped(arena, text, whole_points(text, low));
}

static void cut(struct im_arena *arena, const struct lay_wrap_options *o,
                struct lay_lines *lines) {
    size_t last = o->max_lines - 1;
    const char *rest = im_format(arena, "%s %s", lines->v[last], lines->v[last + 1]);
    if (lay_width(o->measure, &o->font, rest) <= o->width) {
        rest = im_format(arena, "%s" ELLIPSIS, lines->v[last]);
    }
    lines->v[last] = lay_shorten(arena, o->measure, &o->font, rest, o->width);
    lines->n = o->max_lines;
    lines->cut = true;
}

/* The narrowest width that needs no more lines, by bisection to 2 pt. */
static struct lay_lines balance(struct im_arena *arena,
                                const struct lay_wrap_options *o, const char *text,
                                struct lay_lines lines) {
    double low = o->width / 2;
    double high = o->width;
    while (high - low > 2) {
        struct lay_wrap_options narrow = *o;
        narrow.width = (low + high) / 2;
        struct lay_lines attempt = wrap_all(arena, &narrow, text);
        if (attempt.n <= lines.n) {
            lines = attempt;
            high = narrow.width;
        } else {
            low = narrow.width;
        }
    }
    return lines;
}

struct lay_lines lay_wrap(struct im_arena *arena,
                          const struct lay_wrap_options *options, const char *text) {
    const char *clean = lay_clean(arena, text);
    struct lay_lines lines = wrap_all(arena, options, clean);
    if (options->max_lines > 0 && lines.n > options->max_lines) {
        cut(arena, options, &lines);
    } else if (options->balanced && lines.n > 1) {
        lines = balance(arena, options, clean, lines);
    }
    for (size_t i = 0; i < lines.n; i++) {
        lines.width =
            fmax(lines.width, lay_width(options->measure, &options->font, lines.v[i]));
    }
    return lines;
}

struct im_rect lay_text_rect(struct im_pt at, enum im_align align,
                             struct im_extent_pt extent) {
    double left = align == IM_LEFT ? 0 : align == IM_MIDDLE ? 0.5 : 1;
    double up = 0.82 * extent.ascent;
    double down = 0.85 * extent.descent;
    return (struct im_rect){at.x - left * extent.width, at.y - up, extent.width,
                            up + down};
}

double lay_half_cap(double size) {
    return 0.357 * size;
}
