/* Answers for people: one block a name, columns by display width, the reason in words.
 */
#include "base/num.h"
#include "base/utf8.h"
#include "gazetteer/table.h"
#include "gazetteer/inside.h"
#include "text/text.h"

#include <string.h>

enum { COLUMNS = 7, SHOWN = 10, RIGHT = 1 << 3 | 1 << 4 | 1 << 5 };

/* The text with control characters made visible. */
const char *gaz_visible(struct im_arena *arena, const char *s) {
    struct im_buf buf;
    size_t n = strlen(s);
    im_buf_init(&buf, arena, 8 * n + 64);
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        if (im_utf8_is_control(cp)) {
            im_buf_fmt(&buf, "\\u%04x", (unsigned)cp);
        } else if (cp == 0xFFFD) { // also for a byte that is no UTF-8
            im_buf_str(&buf, "\xEF\xBF\xBD");
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

static size_t width_of(const char *cell) {
    return im_text_width(cell, strlen(cell));
}

void gaz_put_rows(struct im_buf *buf, const struct gaz_cells *rows, size_t n,
                  size_t columns, unsigned right) {
    size_t width[GAZ_CELLS] = {0};
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < columns; c++) {
            size_t w = width_of(rows[i].cell[c]);
            width[c] = w > width[c] ? w : width[c];
        }
    }
    for (size_t i = 0; i < n; i++) {
        im_buf_str(buf, "  ");
        for (size_t c = 0; c < columns; c++) {
            bool to_right = right >> c & 1, last = c + 1 == columns;
            size_t room = width[c] - width_of(rows[i].cell[c]);
            put_spaces(buf, to_right ? room : 0);
            im_buf_str(buf, rows[i].cell[c]);
            put_spaces(buf, last ? 0 : to_right ? 2 : room + 2);
        }
        im_buf_char(buf, '\n');
    }
}

/* "45.6289 E" */
static const char *angle(struct im_arena *arena, double v, const char letters[2]) {
    char text[40];
    im_num_fixed(text, v < 0 ? -v : v, 4);
    return im_format(arena, "%s %c", text, letters[v < 0]);
}

static const char *where(struct im_arena *arena, const struct im_place *p) {
    return gaz_visible(arena, gaz_whereabouts(arena, p));
}

struct gaz_cells gaz_place_cells(struct im_arena *arena, const struct im_candidate *c) {
    char score[40];
    const struct im_place *p = c->place;
    im_num_fixed(score, c->score, 2);
    const char *kind = p->feature[0] ? p->feature : im_kind_text(p->kind);
    return (struct gaz_cells){
        {gaz_visible(arena, p->name), gaz_visible(arena, kind), where(arena, p),
         angle(arena, p->at.lat, "NS"), angle(arena, p->at.lon, "EW"),
         im_strdup(arena, score),
         im_format(arena, "%s: %s%s", im_match_text(c->match),
                   gaz_visible(arena, c->reason), c->outside ? " (outside)" : "")}};
}

void im_answer_table(struct im_buf *buf, const char *query,
                     const struct im_answer_set *a) {
    struct gaz_cells rows[SHOWN];
    size_t n = a->status == IM_ANSWER_OK ? 1 : a->n < SHOWN ? a->n : SHOWN;
    for (size_t i = 0; i < n; i++) {
        rows[i] = gaz_place_cells(buf->arena, &a->candidates[i]);
    }
    im_buf_fmt(buf, "%s: %s, %s\n", gaz_visible(buf->arena, query),
               im_answer_text(a->status), gaz_visible(buf->arena, a->reason));
    gaz_put_rows(buf, rows, n, COLUMNS, RIGHT);
}
