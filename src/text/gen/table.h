/* What the generators share: a string pool and two-stage tables, printed as C. */
#ifndef IM_TEXT_GEN_TABLE_H
#define IM_TEXT_GEN_TABLE_H

#include <stddef.h>
#include <stdint.h>

enum { GEN_LIMIT = 0x30000, GEN_PAGE = 64 }; /* code points covered; per page */

/* Distinct NUL-terminated strings, one after the other; offset 0 is never handed out.
 */
struct gen_pool {
    char bytes[65536];
    size_t n;
};

void gen_pool_init(struct gen_pool *pool);
/* Offset of s, added when it is new. Exits when the pool is full. */
uint16_t gen_pool_put(struct gen_pool *pool, const char *s);
/* static const char NAME[] = ...; */
void gen_pool_print(const struct gen_pool *pool, const char *name);

/*
 * Print value[GEN_LIMIT] as NAME_page[GEN_LIMIT / GEN_PAGE] (which page) and
 * NAME_value[pages][GEN_PAGE]; equal pages are stored once.
 */
void gen_stages_print(const uint16_t *value, const char *name);

/* Print s as the inside of a C string literal, non-ASCII bytes as octal escapes. */
void gen_literal_print(const char *s);

/* Say what is wrong on standard error and exit with 1. */
_Noreturn void gen_die(const char *what, const char *detail);

#endif
