/* The first line of a table: how its fields are separated, what its columns are. */
#include "formats/csv_line.h"
#include "formats/csv.h"
#include <string.h>

/* The separator: the one that the first line has most of, outside quotes. */
char im_csv_separator(const char *p, const char *end) {
    static const char candidates[] = "\t;,";
    size_t count[3] = {0, 0, 0};
    bool quoted = false;
    for (; p < end && (quoted || im_line_end(p, end) == 0); p++) {
        quoted = quoted != (*p == '"');
        const char *hit = strchr(candidates, *p);
        if (!quoted && hit != NULL) {
            count[hit - candidates]++;
        }
    }
    size_t best = 2;
    for (size_t i = 0; i < 2; i++) {
        if (count[i] > count[best]) {
            best = i;
        }
    }
    return candidates[best];
}

static char plain_letter(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool im_csv_same_name(const char *a, const char *b) {
    for (;; a++, b++) {
        while (*a == ' ' || *a == '_') {
            a++;
        }
        while (*b == ' ' || *b == '_') {
            b++;
        }
        if (plain_letter(*a) != plain_letter(*b)) {
            return false;
        }
        if (*a == '\0') {
            return true;
        }
    }
}

int im_csv_column(const struct im_csv *csv, const char *name) {
    const struct im_row *header = im_csv_header(csv);
    for (size_t i = 0; i < header->n; i++) {
        if (im_csv_same_name(header->field[i].text, name)) {
            return (int)i;
        }
    }
    return -1;
}
