#include "base/big.h"
#include "base/num.h"
#include <float.h>
#include <math.h>
#include <stdint.h>

/* Digits kept of a number; halfway cases need at most 767, the rest is a sticky one. */
enum { MAX_DIGITS = 800, MAX_EXPONENT = 100000 };

/* A number taken apart: the digits as an integer, times 10^exponent. */
struct decimal {
    bool negative;
    char digit[MAX_DIGITS + 1];
    int n; /* digits without leading zeros */
    int exponent;
    bool any; /* at least one digit was read */
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static void add_digit(struct decimal *d, char c, bool fraction) {
    d->any = true;
    if (d->n == 0 && c == '0') {
        d->exponent -= fraction;
        return;
    }
    if (d->n < MAX_DIGITS) {
        d->digit[d->n++] = c;
        d->exponent -= fraction;
        return;
    }
    d->exponent += !fraction;
    if (c != '0' && d->digit[MAX_DIGITS - 1] == '0') {
        d->digit[MAX_DIGITS - 1] = '1'; // remembered: it may break a tie
    }
}

static bool scan_exponent(const char *s, size_t n, int *out) {
    size_t i = 0;
    bool negative = n > 0 && s[0] == '-';
    if (n > 0 && (s[0] == '-' || s[0] == '+')) {
        i++;
    }
    if (i == n) {
        return false;
    }
    int v = 0;
    for (; i < n; i++) {
        if (!is_digit(s[i])) {
            return false;
        }
        v = v < MAX_EXPONENT ? v * 10 + (s[i] - '0') : v;
    }
    *out = negative ? -v : v;
    return true;
}

static bool scan_decimal(const char *s, size_t n, struct decimal *d) {
    d->n = d->exponent = 0; // the digits are not cleared: few are read
    d->negative = d->any = false;
    size_t i = 0;
    if (n > 0 && (s[0] == '-' || s[0] == '+')) {
        d->negative = s[0] == '-';
        i++;
    }
    for (; i < n && is_digit(s[i]); i++) {
        add_digit(d, s[i], false);
    }
    if (i < n && s[i] == '.') {
        for (i++; i < n && is_digit(s[i]); i++) {
            add_digit(d, s[i], true);
        }
    }
    if (!d->any) {
        return false;
    }
    int exponent = 0;
    if (i < n && (s[i] == 'e' || s[i] == 'E')) {
        if (!scan_exponent(s + i + 1, n - i - 1, &exponent)) {
            return false;
        }
        i = n;
    }
    d->exponent += exponent;
    return i == n;
}

/* W. D. Clinger, "How to read floating point numbers accurately", 1990: when digits and
 * power of ten are both exact doubles, one rounded operation is enough. */
enum { EXACT_DIGITS = 15, EXACT_POWER = 22 };
static const double pow10[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                               1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static bool fast_value(const struct decimal *d, double *out) {
    if (FLT_EVAL_METHOD != 0 || d->n > EXACT_DIGITS || d->exponent < -EXACT_POWER ||
        d->exponent > EXACT_POWER) {
        return false;
    }
    double v = 0;
    for (int i = 0; i < d->n; i++) {
        v = v * 10 + (d->digit[i] - '0');
    }
    *out = d->exponent < 0 ? v / pow10[-d->exponent] : v * pow10[d->exponent];
    return true;
}

/* Some digits with a point among them or without, as nearly all numbers are: the same,
 * without keeping the digits. False for all others, right or wrong. */
static bool short_value(const char *s, size_t n, double *out) {
    size_t i = n > 0 && s[0] == '-', digits = 0, behind = 0;
    bool negative = i > 0, point = false;
    uint64_t v = 0;
    if (FLT_EVAL_METHOD != 0 || n - i > EXACT_DIGITS + 1) {
        return false;
    }
    for (; i < n; i++) {
        if (is_digit(s[i])) {
            v = v * 10 + (uint64_t)(s[i] - '0');
            digits++;
            behind += point;
        } else if (s[i] == '.' && !point) {
            point = true;
        } else {
            return false;
        }
    }
    *out = (negative ? -1.0 : 1.0) * ((double)v / pow10[behind]);
    return digits > 0 && digits <= EXACT_DIGITS;
}

/*
 * num/den rounded to the nearest double, ties to even: scale to [1, 2), then take one
 * bit at a time. Both are used up. False when it is too large.
 */
static bool divide_to_double(struct im_big *num, struct im_big *den, double *out) {
    int k = (int)im_big_bits(num) - (int)im_big_bits(den); // 2^(k-1) < value < 2^(k+1)
    im_big_shift(k < 0 ? num : den, (unsigned)(k < 0 ? -k : k));
    if (im_big_compare(num, den) < 0) {
        im_big_shift(num, 1);
        k--;
    }
    int bits = k >= -1022 ? 53 : 53 - (-1022 - k); // fewer below the normal range
    if (bits < 0) {
        *out = 0;
        return true;
    }
    uint64_t m = 0;
    for (int i = 0; i < bits; i++) {
        bool one = im_big_compare(num, den) >= 0;
        if (one) {
            im_big_subtract(num, den);
        }
        m = m << 1 | one;
        im_big_shift(num, 1);
    }
    // num/den is now the rest in units of the last bit
    int half = im_big_compare(num, den);
    if (half > 0 || (half == 0 && (m & 1) != 0)) {
        m++;
    }
    *out = ldexp((double)m, k - bits + 1);
    return *out <= DBL_MAX;
}

static bool exact_value(const struct decimal *d, double *out) {
    if (d->n + d->exponent > 310) {
        return false;
    }
    if (d->n + d->exponent < -326) {
        *out = 0;
        return true;
    }
    struct im_big num, den;
    im_big_set(&num, 0);
    for (int i = 0; i < d->n; i++) {
        im_big_mul_add(&num, 10, (uint32_t)(d->digit[i] - '0'));
    }
    im_big_set(&den, 1);
    im_big_mul_pow10(d->exponent > 0 ? &num : &den,
                     d->exponent > 0 ? d->exponent : -d->exponent);
    return divide_to_double(&num, &den, out);
}

bool im_num_parse(const char *s, size_t n, double *out) {
    struct decimal d;
    double v = 0;
    if (short_value(s, n, &v)) {
        *out = v;
        return true;
    }
    if (!scan_decimal(s, n, &d)) {
        return false;
    }
    v = 0;
    if (d.n > 0 && !fast_value(&d, &v) && !exact_value(&d, &v)) {
        return false;
    }
    *out = d.negative ? -v : v;
    return true;
}

bool im_int_parse(const char *s, size_t n, int64_t *out) {
    size_t i = n > 0 && (s[0] == '-' || s[0] == '+');
    bool negative = i == 1 && s[0] == '-';
    if (i == n) {
        return false;
    }
    uint64_t v = 0;
    uint64_t most = (uint64_t)INT64_MAX + negative;
    for (; i < n; i++) {
        if (!is_digit(s[i]) || v > (most - (uint64_t)(s[i] - '0')) / 10) {
            return false;
        }
        v = v * 10 + (uint64_t)(s[i] - '0');
    }
    *out = negative ? (v == 0 ? 0 : -(int64_t)(v - 1) - 1) : (int64_t)v;
    return true;
}
