/* Natural numbers of up to 5,760 bits, for exact conversion of decimals; private to
 * base. */
#ifndef IM_BASE_BIG_H
#define IM_BASE_BIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IM_BIG_WORDS = 180 };

struct im_big {
    uint32_t w[IM_BIG_WORDS]; /* least significant first */
    size_t n;                 /* words in use; the last is not 0 */
};

void im_big_set(struct im_big *b, uint64_t v);
void im_big_mul_add(struct im_big *b, uint32_t factor, uint32_t addend);
void im_big_mul_pow10(struct im_big *b, int exponent);
void im_big_shift(struct im_big *b, unsigned bits);
size_t im_big_bits(const struct im_big *b);
int im_big_compare(const struct im_big *a, const struct im_big *b);
void im_big_subtract(struct im_big *a, const struct im_big *b); /* a >= b */
/* Divide by a small number; returns the remainder. */
uint32_t im_big_divide(struct im_big *b, uint32_t divisor);

#endif
