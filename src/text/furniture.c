/* Phrases of the furniture, their blanks and their plural forms. */
#include "text/language.h"
#include "text/text.h"

#include "furniture_table.h"
#include <stdarg.h>
#include <string.h>

enum {
    LANGUAGES = sizeof furniture_language / sizeof *furniture_language,
    PHRASES = sizeof furniture / sizeof *furniture
};

static size_t language_index(const char *tag) {
    return text_language_index(tag, furniture_language, LANGUAGES);
}

bool im_has_furniture(const char *language) {
    return language_index(language) < LANGUAGES;
}

const char *im_furniture_language(size_t i) {
    return i < LANGUAGES ? furniture_language[i] : NULL;
}

const char *im_wording(const char *language) {
    return im_has_furniture(language) ? language : "en";
}

bool im_reads_left(const char *language) {
    return text_is_language(language, "ar");
}

/* NULL when there is no such key, or no such form in the language. */
static const char *find(const char *language, const char *key) {
    size_t low = 0, high = PHRASES, l = language_index(language);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(furniture[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < PHRASES && strcmp(furniture[low].key, key) == 0
               ? furniture[low].text[l < LANGUAGES ? l : FURNITURE_ENGLISH]
               : NULL;
}

const char *im_phrase(const char *language, const char *key) {
    const char *text = find(language, key);
    return text ? text : key;
}

/* Value of the blank that begins at `at`; NULL when no pair has its name. */
static const char *value_of(const char *at, size_t n, va_list pairs) {
    const char *value = NULL;
    va_list rest;
    va_copy(rest, pairs);
    for (const char *name; !value && (name = va_arg(rest, const char *)) != NULL;) {
        const char *text = va_arg(rest, const char *);
        if (strlen(name) == n && strncmp(name, at, n) == 0) {
            value = text;
        }
    }
    va_end(rest);
    return value;
}

static char *fill(struct im_arena *arena, const char *pattern, va_list pairs) {
    struct im_buf out;
    im_buf_init(&out, arena, 1 << 22);
    for (const char *at = pattern; *at != '\0';) {
        size_t n = *at == '{' ? strcspn(at, "}") : 0;
        const char *value = n > 0 ? value_of(at + 1, n - 1, pairs) : NULL;
        if (value) {
            im_buf_str(&out, value);
            at += n + 1;
        } else {
            im_buf_char(&out, *at++);
        }
    }
    return out.data;
}

char *im_phrase_fill(struct im_arena *arena, const char *language, const char *key,
                     ...) {
    va_list pairs;
    va_start(pairs, key);
    char *text = fill(arena, im_phrase(language, key), pairs);
    va_end(pairs);
    return text;
}

char *im_sentence(struct im_arena *arena, const char *language, const char *text) {
    char *out = im_phrase_fill(arena, language, "sentence", "text", text, NULL);
    size_t n = strlen(out);
    if (n > 1 && out[n - 1] == '.' && out[n - 2] == '.') {
        out[n - 1] = '\0';
    }
    return out;
}

static char *fill_one(struct im_arena *arena, const char *pattern, ...) {
    va_list pairs;
    va_start(pairs, pattern);
    char *text = fill(arena, pattern, pairs);
    va_end(pairs);
    return text;
}

char *im_count_phrase(struct im_arena *arena, const char *language, const char *key,
                      double n, const char *written) {
    static const char *const form_name[] = {"zero", "one",  "two",
                                            "few",  "many", "other"};
    const char *form = form_name[im_plural_form(language, n)];
    const char *pattern = find(language, im_format(arena, "%s.%s", key, form));
    const char *number = written ? written : im_number_phrase(arena, language, n, 0);
    // "two dead" cannot stand for "1-2": the form of a few can
    if (written && pattern && !strstr(pattern, "{n}")) {
        pattern = find(language, im_format(arena, "%s.few", key));
    }
    return fill_one(arena, pattern ? pattern : im_phrase(language, key), "n", number,
                    NULL);
}
