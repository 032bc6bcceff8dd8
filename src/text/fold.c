#include "base/utf8.h"
#include "text/letters.h"
#include "text/text.h"

#include "fold_table.h"
#include <string.h>

enum { COVERED = sizeof fold_page / sizeof *fold_page * 64 };

/* Hangul syllables decompose by rule (Unicode 3.12). */
static const char *decompose_hangul(uint32_t cp, char *room) {
    uint32_t s = cp - 0xAC00, tail = s % 28;
    size_t n = im_utf8_put(room, 0x1100 + s / 588);
    n += im_utf8_put(room + n, 0x1161 + s % 588 / 28);
    if (tail) {
        n += im_utf8_put(room + n, 0x11A7 + tail);
    }
    room[n] = '\0';
    return room;
}

const char *im_letter_fold(uint32_t cp, char *room) {
    if (cp >= 0xAC00 && cp <= 0xD7A3) {
        return decompose_hangul(cp, room);
    }
    uint16_t at = cp < COVERED ? fold_value[fold_page[cp / 64]][cp % 64] : 0;
    return at ? fold_pool + at : NULL;
}

/* Words that are written short, or in several languages in front of one name. */
static void spell_out(struct im_buf *buf, size_t start) {
    static const char *const words[][2] = {
        {"st", "saint"}, {"ste", "sainte"}, {"sankt", "saint"}, {"sanct", "saint"},
        {"mt", "mount"}, {"ft", "fort"},    {"snt", "saint"}};
    size_t n = buf->len - start;
    for (size_t i = 0; n > 1 && i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i][0]) == n &&
            memcmp(words[i][0], buf->data + start, n) == 0) {
            buf->len = start;
            im_buf_str(buf, words[i][1]);
            return;
        }
    }
}

struct folding {
    struct im_buf *buf;
    size_t word; /* where the word in hand starts */
    bool blank;  /* one waits until something follows */
};

static void put(struct folding *f, const char *piece, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (piece[i] == ' ') {
            f->blank = f->buf->len > 0;
            continue;
        }
        if (f->blank) {
            spell_out(f->buf, f->word);
            im_buf_char(f->buf, ' ');
            f->word = f->buf->len;
            f->blank = false;
        }
        im_buf_char(f->buf, piece[i]);
    }
}

void im_fold_to(struct im_buf *buf, const char *s, size_t n) {
    struct folding f = {buf, 0, false};
    im_buf_clear(buf);
    for (size_t i = 0, used; i < n; i += used) {
        char room[16];
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        const char *piece = cp == '&' ? " and " : im_letter_fold(cp, room);
        if (piece) {
            put(&f, piece, strlen(piece));
        } else {
            put(&f, s + i, used);
        }
    }
    spell_out(buf, f.word);
}

bool im_fold_begins(const char *s, size_t n, const char *fold) {
    for (size_t i = 0, used; i < n; i += used) {
        char room[16];
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        const char *piece = cp == '&' ? "and" : im_letter_fold(cp, room);
        piece = piece ? piece + strspn(piece, " ") : s + i;
        if (piece[0] != '\0') {
            return piece[0] ==
                   fold[0]; // a word that is spelt out keeps its first letter
        }
    }
    return fold[0] == '\0';
}

char *im_fold(struct im_arena *arena, const char *s, size_t n) {
    struct im_buf buf;
    im_buf_init(&buf, arena, 16 * n + 64);
    im_fold_to(&buf, s, n);
    return buf.data;
}

static bool is_in(uint32_t cp, const uint32_t (*range)[2], size_t n) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cp > range[middle][1]) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && cp >= range[low][0];
}

size_t im_text_width(const char *s, size_t n) {
    size_t width = 0;
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        if (!is_in(cp, zero_width, sizeof zero_width / sizeof *zero_width)) {
            width += is_in(cp, wide, sizeof wide / sizeof *wide) ? 2 : 1;
        }
    }
    return width;
}
