#include "base/big.h"
#include <assert.h>
#include <string.h>

void im_big_set(struct im_big *b, uint64_t v) {
    b->n = 0;
    for (; v != 0; v >>= 32) {
        b->w[b->n++] = (uint32_t)v;
    }
}

void im_big_mul_add(struct im_big *b, uint32_t factor, uint32_t addend) {
    uint64_t carry = addend;
    for (size_t i = 0; i < b->n; i++) {
        carry += (uint64_t)b->w[i] * factor;
        b->w[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) {
        assert(b->n < IM_BIG_WORDS);
        b->w[b->n++] = (uint32_t)carry;
    }
}

void im_big_mul_pow10(struct im_big *b, int exponent) {
    for (; exponent >= 9; exponent -= 9) {
        im_big_mul_add(b, 1000000000U, 0);
    }
    for (; exponent > 0; exponent--) {
        im_big_mul_add(b, 10, 0);
    }
}

void im_big_shift(struct im_big *b, unsigned bits) {
    if (b->n == 0) {
        return;
    }
    size_t words = bits / 32;
    assert(b->n + words < IM_BIG_WORDS);
    memmove(b->w + words, b->w, b->n * sizeof *b->w);
    memset(b->w, 0, words * sizeof *b->w);
    b->n += words;
    if (bits % 32 != 0) {
        im_big_mul_add(b, 1U << (bits % 32), 0);
    }
}

size_t im_big_bits(const struct im_big *b) {
    if (b->n == 0) {
        return 0;
    }
    size_t bits = (b->n - 1) * 32;
    for (uint32_t top = b->w[b->n - 1]; top != 0; top >>= 1) {
        bits++;
    }
    return bits;
}

int im_big_compare(const struct im_big *a, const struct im_big *b) {
    if (a->n != b->n) {
        return a->n < b->n ? -1 : 1;
    }
    for (size_t i = a->n; i-- > 0;) {
        if (a->w[i] != b->w[i]) {
            return a->w[i] < b->w[i] ? -1 : 1;
        }
    }
    return 0;
}

void im_big_subtract(struct im_big *a, const struct im_big *b) {
    uint64_t borrow = 0;
    for (size_t i = 0; i < a->n; i++) {
        uint64_t take = (i < b->n ? b->w[i] : 0) + borrow;
        borrow = a->w[i] < take;
        a->w[i] = (uint32_t)(a->w[i] - take);
    }
    while (a->n > 0 && a->w[a->n - 1] == 0) {
        a->n--;
    }
}

uint32_t im_big_divide(struct im_big *b, uint32_t divisor) {
    uint64_t rest = 0;
    for (size_t i = b->n; i-- > 0;) {
        rest = rest << 32 | b->w[i];
        b->w[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    while (b->n > 0 && b->w[b->n - 1] == 0) {
        b->n--;
    }
    return (uint32_t)rest;
}
