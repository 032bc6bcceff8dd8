/*
 * Prints country_table.h: the alpha-3 codes of ISO 3166-1 with their alpha-2 codes, as
 * ICU has them and one more, sorted; and the alpha-2 codes by their first letter, a bit
 * for the second.
 */
#include "text/gen/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

enum { COUNTRIES = 400 };

struct code {
    char three[4], two[3];
};

static int by_three(const void *a, const void *b) {
    return strcmp(((const struct code *)a)->three, ((const struct code *)b)->three);
}

static void print_known(const struct code *codes, size_t n) {
    printf("static const uint32_t country_known[26] = {\n");
    for (char first = 'A'; first <= 'Z'; first++) {
        unsigned long bits = 0;
        for (size_t i = 0; i < n; i++) {
            bits |= codes[i].two[0] == first ? 1UL << (codes[i].two[1] - 'A') : 0;
        }
        printf("    0x%07lx,\n", bits);
    }
    printf("};\n");
}

int main(void) {
    static struct code codes[COUNTRIES];
    size_t n = 0;
    for (const char *const *two = uloc_getISOCountries(); *two != NULL; two++) {
        char locale[8];
        snprintf(locale, sizeof locale, "und_%.2s", *two);
        const char *three = uloc_getISO3Country(locale);
        if (strlen(*two) != 2 || strlen(three) != 3 || n == COUNTRIES) {
            gen_die("no alpha-3 code, or no room, for", *two);
        }
        snprintf(codes[n].three, sizeof codes[n].three, "%s", three);
        snprintf(codes[n].two, sizeof codes[n].two, "%s", *two);
        n++;
    }
    if (n == COUNTRIES) {
        gen_die("no room for", "XKX");
    }
    codes[n++] =
        (struct code){"XKX", "XK"}; // of Kosovo, as banks and UN bodies write it
    qsort(codes, n, sizeof *codes, by_three);
    printf("/* Generated from ICU. */\nstatic const struct {\n    char three[4], "
           "two[3];\n} country_codes[] = {\n");
    for (size_t i = 0; i < n; i++) {
        printf("    {\"%s\", \"%s\"},\n", codes[i].three, codes[i].two);
    }
    printf("};\n");
    print_known(codes, n);
    return 0;
}
