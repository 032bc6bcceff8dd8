/* Answers for people: one block a name, columns by display width, the reason in words.
 */
#include "base/num.h"
#include "base/utf8.h"
#include "gazetteer/gazetteer.h"
#include "text/text.h"

#include <string.h>

enum { COLUMNS = 6, SHOWN = 10 };

struct table_row {
    const char *cell[COLUMNS];
    const char *reason;
};

/* The text with control characters made visible. */
static const char *visible(struct im_arena *arena, const char *s) {
    struct im_buf buf;
    size_t n = strlen(s);
    im_buf_init(&buf, arena, 8 * n + 64);
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        if (im_utf8_is_control(cp)) {
            im_buf_fmt(&buf, "\\u%04x", (unsigned)cp);
        } else {
            im_buf_add(&buf, s + i, used);
        }
    }
    return buf.data;
}

static void put_spaces(struct im_buf *buf, size_t n) {
    while (n-- > 0) {
        im_buf_char(buf, ' ');
    }
}

/* "45.6289 E" */
static const char *angle(struct im_arena *arena, double v, const char letters[2]) {
    char text[40];
    im_num_fixed(text, v < 0 ? -v : v, 4);
    return im_format(arena, "%s %c", text, letters[v < 0]);
}

static const char *where(struct im_arena *arena, const struct im_place *p) {
    const char *comma = p->admin1[0] && p->country[0] ? ", " : "";
    return im_format(arena, "%s%s%s", visible(arena, p->admin1), comma,
                     visible(arena, p->country));
}

static struct table_row row_of(struct im_arena *arena, const struct im_candidate *c) {
    char score[40];
    const struct im_place *p = c->place;
    im_num_fixed(score, c->score, 2);
    const char *kind = p->feature[0] ? p->feature : im_kind_text(p->kind);
    return (struct table_row){{visible(arena, p->name), visible(arena, kind),
                               where(arena, p), angle(arena, p->at.lat, "NS"),
                               angle(arena, p->at.lon, "EW"), im_strdup(arena, score)},
                              im_format(arena, "%s: %s%s", im_match_text(c->match),
                                        visible(arena, c->reason),
                                        c->outside ? " (outside)" : "")};
}

static void put_row(struct im_buf *buf, const struct table_row *row,
                    const size_t width[COLUMNS]) {
    im_buf_str(buf, "  ");
    for (int i = 0; i < COLUMNS; i++) {
        size_t used = im_text_width(row->cell[i], strlen(row->cell[i]));
        bool number = i >= 3; // to the right
        put_spaces(buf, number ? width[i] - used : 0);
        im_buf_str(buf, row->cell[i]);
        put_spaces(buf, number ? 2 : width[i] - used + 2);
    }
    im_buf_fmt(buf, "%s\n", row->reason);
}

void im_answer_table(struct im_buf *buf, const char *query,
                     const struct im_answer_set *a) {
    struct table_row rows[SHOWN];
    size_t width[COLUMNS] = {0};
    size_t n = a->status == IM_ANSWER_OK ? 1 : a->n < SHOWN ? a->n : SHOWN;
    for (size_t i = 0; i < n; i++) {
        rows[i] = row_of(buf->arena, &a->candidates[i]);
        for (int c = 0; c < COLUMNS; c++) {
            size_t w = im_text_width(rows[i].cell[c], strlen(rows[i].cell[c]));
            width[c] = w > width[c] ? w : width[c];
        }
    }
    im_buf_fmt(buf, "%s: %s, %s\n", visible(buf->arena, query),
               im_answer_text(a->status), visible(buf->arena, a->reason));
    for (size_t i = 0; i < n; i++) {
        put_row(buf, &rows[i], width);
    }
}
