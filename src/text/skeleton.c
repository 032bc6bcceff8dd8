/*
 * Names of one place in several scripts and romanisations, brought together:
 *
 * 1. romanise  letters of any script to ASCII, as in English (ж zh, ղ gh, ş sh)
 * 2. sounds    ASCII to one character a sound: C ch, J dzh, Z zh, T ts, D dz, S sh, X
 * kh, G gh; c, j, x by reading; glides go (yerevan = erevan), of vowels in a row the
 * first stays
 * 3. skeleton  sounds to classes: a e | i y | k q g gh | h kh | s sh | ch j zh ts dz c;
 *              doubled ones are one
 *
 * The letters and digraphs stand in gen/roman.txt, the classes below.
 */
#include "base/utf8.h"
#include "text/letters.h"
#include "text/text.h"

#include "skeleton_table.h"
#include <string.h>

enum {
    COVERED = sizeof roman_page / sizeof *roman_page * 64,
    AMBIGUOUS = 4, /* letters of two readings that are told apart in one name */
    ROOM = 256,
    GEORGIAN_I = 0x10D8,
    CYRILLIC_G = 0x433,
    ARTICLE = 4 /* bytes */
};

static bool is_abjad(uint32_t cp) {
    return (cp >= 0x590 && cp <= 0x8FF) || (cp >= 0xFB1D && cp <= 0xFDFF) ||
           (cp >= 0xFE70 && cp <= 0xFEFC);
}

bool im_text_is_abjad(const char *s, size_t n) {
    for (size_t i = 0, used; i < n; i += used) {
        if (is_abjad(im_utf8_next(s + i, n - i, &used))) {
            return true;
        }
    }
    return false;
}

/* Romanisation of an accented Latin letter that is not merely folded, or NULL. */
static const char *kept_letter(uint32_t cp) {
    size_t low = 0, high = sizeof kept / sizeof *kept;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (kept[middle].cp == cp) {
            return kept[middle].to;
        }
        if (kept[middle].cp < cp) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* Romanisation of a folded code point, "a/b" when it has two readings, or NULL. */
static const char *roman_letter(uint32_t cp) {
    uint16_t at = cp < COVERED ? roman_value[roman_page[cp / 64]][cp % 64] : 0;
    return at ? roman_pool + at : NULL;
}

/* 1a. Fold, but keep the accented letters that have a sound of their own. */
static void soften(struct im_buf *buf, const char *s, size_t n) {
    bool blank = false;
    for (size_t i = 0, used; i < n; i += used) {
        char room[16];
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        const char *piece = cp < 0x80 ? NULL : kept_letter(cp);
        piece = piece ? piece : im_letter_fold(cp, room);
        size_t length = piece ? strlen(piece) : used;
        piece = piece ? piece : s + i;
        for (size_t k = 0; k < length; k++) {
            if (piece[k] == ' ') {
                blank = buf->len > 0;
                continue;
            }
            if (blank) {
                im_buf_char(buf, ' ');
                blank = false;
            }
            im_buf_char(buf, piece[k]);
        }
    }
}

/* Rule for several letters, or letters at a word's start, at s; *used set when found.
 * The table has the longest first. */
static const char *group_at(const char *s, size_t n, bool initial, size_t *used) {
    for (size_t i = 0; i < sizeof group / sizeof *group; i++) {
        size_t length = strlen(group[i].from);
        if (length <= n && (initial || !group[i].initial) &&
            memcmp(group[i].from, s, length) == 0) {
            *used = length;
            return group[i].to;
        }
    }
    return NULL;
}

/* The part of "a/b" that the reading chooses; *choice counts such letters. */
static void put_choice(struct im_buf *buf, const char *roman, unsigned reading,
                       unsigned *choice) {
    const char *slash = strchr(roman, '/');
    if (!slash) {
        im_buf_str(buf, roman);
        return;
    }
    if (*choice < AMBIGUOUS && (reading >> *choice & 1)) {
        im_buf_str(buf, slash + 1);
    } else {
        im_buf_add(buf, roman, (size_t)(slash - roman));
    }
    ++*choice;
}

/* The article of Arabic, before more of a word: it may be left out, or read (Almaty).
 */
static bool is_article(const char *s, size_t n) {
    return n > ARTICLE + 2 && memcmp(s, "\xD8\xA7\xD9\x84", ARTICLE) == 0 &&
           s[ARTICLE] != ' ';
}

/* Folded letters that Ukrainian and Belarusian have, whose г is h. */
static bool is_ukrainian(const char *s, size_t n) {
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        if (cp == 0x456 || cp == 0x454 || cp == 0x491) {
            return true;
        }
    }
    return false;
}

/* 1b. Softened text to ASCII; false when a letter has no romanisation. */
static bool romanise(struct im_buf *out, const char *s, size_t n, unsigned reading) {
    unsigned choice = 0;
    bool ukrainian = is_ukrainian(s, n);
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(s + i, n - i, &used);
        bool initial = i == 0 || s[i - 1] == ' ';
        if (cp < 0x80) {
            im_buf_char(out, s[i]);
            continue;
        }
        const char *roman = cp >= 0x370 ? group_at(s + i, n - i, initial, &used) : NULL;
        roman = roman ? roman : roman_letter(cp);
        if (initial && is_article(s + i, n - i)) {
            roman = "/l";
            used = ARTICLE;
        }
        if (!roman) {
            return false;
        }
        roman = cp == CYRILLIC_G && ukrainian ? "h" : roman;
        // the Georgian nominative: tovuzi is also read tovuz
        bool final = i + used == n || s[i + used] == ' ';
        if (cp == GEORGIAN_I && final && reading == 1) {
            continue;
        }
        put_choice(out, roman, reading, &choice);
        if (is_abjad(cp)) {
            im_buf_char(out, '\''); // between two consonants a vowel may be missing
        }
    }
    return true;
}

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

struct word {
    const char *s;
    size_t n;
    unsigned reading; /* IM_WESTERN ..., else as in the east */
    bool germanic;    /* has a w: its j is y */
    bool all;         /* IM_ALL_SOUNDS */
};

/* c, j and x, whose sound depends on the language. */
static const char *reading_of(const struct word *w, size_t i) {
    char last = i > 0 ? w->s[i - 1] : ' ', next = i + 1 < w->n ? w->s[i + 1] : ' ';
    bool western = w->reading >= IM_WESTERN;
    switch (w->s[i]) {
    case 'c':
        return western && !strchr("eiy", next) ? "k" : "c";
    case 'j':
        return w->reading == IM_FRENCH ? "Z"
               : western || w->germanic || strchr("lpbkmfvgh", last) ||
                       (next == ' ' && last == 'i')
                   ? "i"
                   : "J";
    default:
        return western ? "ks" : "X";
    }
}

/* What German and French read otherwise than English; NULL for the rest. */
static const char *foreign_at(const struct word *w, size_t i, size_t *used) {
    char c = w->s[i], next = i + 1 < w->n ? w->s[i + 1] : ' ';
    char last = i > 0 ? w->s[i - 1] : ' ';
    *used = c == next && c == 's'                      ? 2
            : next == 'h' || (c == 'd' && next == 's') ? 2
                                                       : 1;
    if (c == 'c' && next == 'h' && last != 's') {
        return w->reading == IM_GERMAN ? "X" : w->reading == IM_FRENCH ? "S" : NULL;
    }
    if (w->reading != IM_GERMAN) {
        return NULL;
    }
    if (c == 'd' && next == 's' && i + 2 < w->n && is_vowel(w->s[i + 2])) {
        return "D";
    }
    if (c == 's' && next == 's') {
        return "s";
    }
    if (c == 's' && is_vowel(next) && (last == ' ' || is_vowel(last) || last == 'n')) {
        return "z";
    }
    return c == 'z' && last != 't' && next != 'h' ? "T" : NULL;
}

/* Longest rule at s, or its own letter; *used set. */
static const char *sound_at(const struct word *w, size_t i, size_t *used) {
    static const char letters[] =
        "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0"
        "s\0t\0u\0v\0w\0x\0y\0z";
    size_t letter = (size_t)(w->s[i] - 'a');
    const char *foreign = w->reading > IM_WESTERN ? foreign_at(w, i, used) : NULL;
    if (foreign) {
        return foreign;
    }
    for (size_t k = sound_first[letter]; k < sound_first[letter + 1]; k++) {
        size_t length = strlen(sound[k].from);
        if (length <= w->n - i && memcmp(sound[k].from, w->s + i, length) == 0) {
            *used = length;
            return sound[k].to;
        }
    }
    *used = 1;
    if (strchr("cjx", w->s[i])) {
        return reading_of(w, i);
    }
    return letters + 2 * letter;
}

/* Glides before vowels, second vowels, and h after a last vowel go; from `start` on. */
static void smooth(struct im_buf *buf, size_t start) {
    size_t n = start;
    for (size_t i = start; i < buf->len; i++) {
        char c = buf->data[i], next = i + 1 < buf->len ? buf->data[i + 1] : ' ';
        bool glide = c == 'i' && is_vowel(next);
        bool second = is_vowel(c) && n > start && is_vowel(buf->data[n - 1]);
        bool silent =
            c == 'h' && next == ' ' && n > start && is_vowel(buf->data[n - 1]);
        if (!glide && !second && !silent) {
            buf->data[n++] = c;
        }
    }
    buf->len = n;
    buf->data[n] = '\0';
}

/* 2. Sounds of one romanised word. */
static void sound_word(struct im_buf *out, const struct word *w) {
    size_t start = out->len;
    for (size_t i = 0, used; i < w->n; i += used) {
        used = 1;
        if (w->s[i] >= 'a' && w->s[i] <= 'z') {
            im_buf_str(out, sound_at(w, i, &used));
        } else if (w->s[i] != '\'') {
            im_buf_char(out, w->s[i]);
        }
    }
    if (!w->all) {
        smooth(out, start);
    }
}

/* The Arabic article before another word, as al- or assimilated (ar-Raqqah). */
static bool is_written_article(const char *word, size_t n) {
    static const char vowels[] = "aeu", sun[] = "rszdtn";
    if (n < 2 || n > 3 || word[n] != ' ' || !strchr(vowels, word[0])) {
        return false;
    }
    return n == 3 ? word[1] == 's' && word[2] == 'h' && word[4] == 's'
                  : word[1] == 'l' || (strchr(sun, word[1]) && word[3] == word[1]);
}

void im_sounds_to(struct im_buf *buf, const char *s, size_t n, unsigned reading) {
    // buffers that start on the stack: only names of unusual length take arena memory
    char soft_room[ROOM] = "", roman_room[ROOM] = "";
    struct im_buf soft = {buf->arena, soft_room, 0, ROOM, 16 * n + 64};
    struct im_buf roman = {buf->arena, roman_room, 0, ROOM, 32 * n + 64};
    bool all = (reading & IM_ALL_SOUNDS) != 0;
    reading &= IM_ALL_SOUNDS - 1;
    im_buf_clear(buf);
    soften(&soft, s, n);
    bool abjad = im_text_is_abjad(soft.data, soft.len);
    if (!romanise(&roman, soft.data, soft.len, reading)) {
        return;
    }
    for (size_t i = 0; i < roman.len; i++) {
        const char *word = roman.data + i;
        size_t length = strcspn(word, " ");
        i += length;
        if (is_written_article(word, length)) {
            continue;
        }
        if (buf->len > 0) {
            im_buf_char(buf, ' ');
        }
        sound_word(buf, &(struct word){word, length, abjad ? 0 : reading,
                                       memchr(word, 'w', length) != NULL, all});
    }
}

unsigned im_readings(const char *s, size_t n) {
    unsigned choices = 0;
    bool abjad = im_text_is_abjad(s, n), two = false;
    for (size_t i = 0, used; i < n; i += used) {
        char room[16];
        uint32_t cp = im_utf8_next(s + i, n - i, &used), first = cp;
        const char *folded = im_letter_fold(cp, room);
        if (folded) {
            size_t length = strlen(folded), ignored;
            first = length ? im_utf8_next(folded, length, &ignored) : 0;
        }
        bool initial = i == 0 || s[i - 1] == ' ';
        choices += initial && is_article(s + i, n - i) && choices < AMBIGUOUS;
        two =
            two || first == 'c' || first == 'j' || first == 'x' || first == GEORGIAN_I;
        const char *roman = first >= 0x80 ? roman_letter(first) : NULL;
        choices += roman && strchr(roman, '/') && choices < AMBIGUOUS;
    }
    return abjad ? 1u << choices : two ? 2 : 1;
}

bool im_reads_as(const char *s, size_t n, unsigned reading) {
    static const char *const german[] = {"ch", "z", "s", "j", "CH",
                                         "Z",  "S", "J", "Ch"};
    static const char *const french[] = {"ch", "j", "Ch", "CH", "J"};
    const char *const *signs = reading == IM_GERMAN ? german : french;
    size_t count = reading == IM_GERMAN ? sizeof german / sizeof *german
                                        : sizeof french / sizeof *french;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < count; k++) {
            size_t length = strlen(signs[k]);
            if (length <= n - i && memcmp(s + i, signs[k], length) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* 3. The class of a sound. */
static char class_of(char c) {
    static const char from[] = "eqgGXSCJZTDc", to[] = "akkkhscccccc";
    const char *at = c ? strchr(from, c) : NULL;
    return at ? to[at - from] : c;
}

void im_skeleton_to(struct im_buf *buf, const char *s, size_t n, unsigned reading) {
    size_t length = 0;
    im_sounds_to(buf, s, n, reading);
    for (size_t i = 0; i < buf->len; i++) {
        char c = class_of(buf->data[i]);
        if (length == 0 || c != buf->data[length - 1]) {
            buf->data[length++] = c;
        }
    }
    buf->len = length;
    buf->data[length] = '\0';
}

char *im_skeleton(struct im_arena *arena, const char *folded, size_t n) {
    struct im_buf buf;
    im_buf_init(&buf, arena, 32 * n + 64);
    im_skeleton_to(&buf, folded, n, 0);
    return buf.data;
}

size_t im_bones(const char *skeleton, size_t n, char *out) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        char c = skeleton[i] == 'f' ? 'v' : skeleton[i];
        if (!is_vowel(c) && (m == 0 || c != out[m - 1])) {
            out[m++] = c;
        }
    }
    return m;
}
