#include "read/filter.h"
#include <string.h>

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Copy of [s, s + n) without outer blanks. */
static char *trimmed(struct im_arena *arena, const char *s, size_t n) {
    while (n > 0 && is_blank(*s)) {
        s++;
        n--;
    }
    while (n > 0 && is_blank(s[n - 1])) {
        n--;
    }
    return im_strndup(arena, s, n);
}

bool read_filter_parse(struct im_arena *arena, const char *text,
                       struct read_filter *out) {
    size_t at = strcspn(text, "=~");
    if (text[at] == '\0') {
        return false;
    }
    bool not_equal = text[at] == '=' && at > 0 && text[at - 1] == '!';
    size_t skip = text[at] == '=' && text[at + 1] == '=' ? 2 : 1;
    out->column = trimmed(arena, text, at - not_equal);
    out->value = trimmed(arena, text + at + skip, strlen(text + at + skip));
    out->test = text[at] == '~' ? READ_CONTAINS : not_equal ? READ_UNEQUAL : READ_EQUAL;
    return out->column[0] != '\0';
}

static bool starts_with(const char *s, const char *part) {
    while (*part != '\0' && lower(*s) == lower(*part)) {
        s++;
        part++;
    }
    return *part == '\0';
}

static bool contains(const char *s, const char *part) {
    for (;; s++) {
        if (starts_with(s, part)) {
            return true;
        }
        if (*s == '\0') {
            return false;
        }
    }
}

bool read_filter_passes(const struct read_filter *filter, const char *field) {
    if (filter->test == READ_CONTAINS) {
        return contains(field, filter->value);
    }
    bool same =
        strlen(field) == strlen(filter->value) && starts_with(field, filter->value);
    return same == (filter->test == READ_EQUAL);
}
