#include "text/gen/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void gen_die(const char *what, const char *detail) {
    fprintf(stderr, "table generator: %s: %s\n", what, detail);
    exit(1);
}

void gen_pool_init(struct gen_pool *pool) {
    memset(pool, 0, sizeof *pool);
    pool->n = 1;
}

uint16_t gen_pool_put(struct gen_pool *pool, const char *s) {
    size_t need = strlen(s) + 1;
    for (size_t at = 1; at < pool->n; at += strlen(pool->bytes + at) + 1) {
        if (strcmp(pool->bytes + at, s) == 0) {
            return (uint16_t)at;
        }
    }
    if (pool->n + need > sizeof pool->bytes) {
        gen_die("string pool full at", s);
    }
    memcpy(pool->bytes + pool->n, s, need);
    pool->n += need;
    return (uint16_t)(pool->n - need);
}

void gen_literal_print(const char *s) {
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\' || c == '?') {
            printf("\\%03o", c);
        } else {
            putchar(c);
        }
    }
}

void gen_pool_print(const struct gen_pool *pool, const char *name) {
    printf("static const char %s[%zu] = {", name, pool->n);
    for (size_t i = 0; i < pool->n; i++) {
        printf("%s%d,", i % 20 ? "" : "\n    ", pool->bytes[i]);
    }
    printf("\n};\n");
}

/* Number of the page equal to value[0..GEN_PAGE) among pages[n], added when new. */
static size_t page_number(const uint16_t **pages, size_t *n, const uint16_t *value) {
    for (size_t i = 0; i < *n; i++) {
        if (memcmp(pages[i], value, GEN_PAGE * sizeof *value) == 0) {
            return i;
        }
    }
    pages[*n] = value;
    return (*n)++;
}

void gen_stages_print(const uint16_t *value, const char *name) {
    static const uint16_t *pages[GEN_LIMIT / GEN_PAGE];
    size_t n = 0;
    printf("static const uint16_t %s_page[%d] = {", name, GEN_LIMIT / GEN_PAGE);
    for (size_t i = 0; i < GEN_LIMIT / GEN_PAGE; i++) {
        printf("%s%zu,", i % 20 ? "" : "\n    ",
               page_number(pages, &n, value + i * GEN_PAGE));
    }
    printf("\n};\nstatic const uint16_t %s_value[%zu][%d] = {", name, n, GEN_PAGE);
    for (size_t p = 0; p < n; p++) {
        printf("\n    {");
        for (size_t i = 0; i < GEN_PAGE; i++) {
            printf("%u,", (unsigned)pages[p][i]);
        }
        printf("},");
    }
    printf("\n};\n");
}
