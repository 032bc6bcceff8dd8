#include "base/big.h"
#include "base/num.h"
#include <assert.h>
#include <math.h>
#include <string.h>

#define NO_DECIMALS 1e15 /* a double of this size has next to none */

/* Decimal digits of v, at least one, written so that they end at `end`. */
static char *digits_before(char *end, uint64_t v) {
    do {
        *--end = (char)('0' + v % 10);
        v /= 10;
    } while (v != 0);
    return end;
}

static const uint32_t powers[] = {1,      10,      100,      1000,      10000,
                                  100000, 1000000, 10000000, 100000000, 1000000000};

/*
 * The same as below where that is beyond doubt: the product is right to 2^-24 (it is
 * below 2^30), so that only next to a tie it cannot say which way to round.
 */
static bool rounded_at_once(double frac, int decimals, uint64_t *out) {
    double product = frac * powers[decimals], whole = floor(product);
    *out = (uint64_t)whole + (product - whole > 0.5);
    return fabs(product - whole - 0.5) > 1e-6;
}

/*
 * frac (in [0, 1)) * 10^decimals rounded to the nearest integer, ties to even, exactly:
 * frac = f / 2^q with f < 2^53; f * 10^decimals needs at most 83 bits, kept as hi:lo in
 * units of 2^42. `odd` says whether what stands before the point is odd (for ties when
 * no decimals are wanted).
 */
static uint64_t rounded_fraction(double frac, int decimals, bool odd) {
    int e;
    uint64_t at_once;
    if (rounded_at_once(frac, decimals, &at_once)) {
        return at_once;
    }
    double m = frexp(frac, &e); // frac = m * 2^e, m in [0.5, 1), e <= 0
    int q = 53 - e; // at most 84: the product is next to a tie, so frac > 4e-10
    uint64_t f = (uint64_t)ldexp(m, 53), scale = powers[decimals];
    const uint64_t low42 = ((uint64_t)1 << 42) - 1;
    uint64_t lo = f & low42; // < 2^42
    uint64_t hi = f >> 42;   // < 2^11
    // scale < 2^30: lo * scale < 2^72 does not fit, so split lo once more
    uint64_t lo_hi = lo >> 21, lo_lo = lo & (((uint64_t)1 << 21) - 1);
    uint64_t part = lo_lo * scale;               // < 2^51
    uint64_t mid = lo_hi * scale + (part >> 21); // < 2^52
    lo = (part & (((uint64_t)1 << 21) - 1)) | (mid & (((uint64_t)1 << 21) - 1)) << 21;
    hi = hi * scale + (mid >> 21); // < 2^42
    // value = (hi * 2^42 + lo) / 2^q, q >= 53
    int s = q - 42;
    uint64_t whole = hi >> s;
    uint64_t rest = hi & (((uint64_t)1 << s) - 1);
    uint64_t half = (uint64_t)1 << (s - 1);
    bool tie = rest == half && lo == 0;
    bool up = rest > half || (rest == half && lo > 0);
    bool last_odd = decimals == 0 ? odd != ((whole & 1) != 0) : (whole & 1) != 0;
    return whole + (up || (tie && last_odd));
}

/* v >= 2^53: digits of an exact integer; 39 or more are cut to 17 and an exponent. */
static size_t write_huge(char *buf, double v) {
    int e;
    double m = frexp(v, &e);
    struct im_big big;
    im_big_set(&big, (uint64_t)ldexp(m, 53));
    im_big_shift(&big, (unsigned)(e - 53));
    char digits[360];
    char *at = digits + sizeof digits;
    while (big.n > 0) {
        uint32_t nine = im_big_divide(&big, 1000000000U);
        for (int i = 0; i < 9 && (big.n > 0 || nine != 0); i++) {
            *--at = (char)('0' + nine % 10);
            nine /= 10;
        }
    }
    size_t n = (size_t)(digits + sizeof digits - at);
    if (n <= 38) {
        memcpy(buf, at, n);
        return n;
    }
    size_t len = 0;
    buf[len++] = at[0];
    buf[len++] = '.';
    memcpy(buf + len, at + 1, 16);
    len += 16;
    memcpy(buf + len, "e+", 2);
    len += 2;
    char power[4];
    char *p = digits_before(power + sizeof power, n - 1);
    memcpy(buf + len, p, (size_t)(power + sizeof power - p));
    return len + (size_t)(power + sizeof power - p);
}

static size_t write_special(char *buf, double v) {
    const char *text = isnan(v) ? "nan" : v < 0 ? "-inf" : "inf";
    size_t n = strlen(text);
    memcpy(buf, text, n + 1);
    return n;
}

size_t im_num_fixed(char *buf, double v, int decimals) {
    assert(decimals >= 0 && decimals <= 9);
    if (!isfinite(v)) {
        return write_special(buf, v);
    }
    double size = fabs(v);
    size_t len = 0;
    if (size >= NO_DECIMALS) {
        decimals = 0;
    }
    if (size >= 1e18) {
        buf[0] = '-';
        len = v < 0;
        len += write_huge(buf + len, size);
        buf[len] = '\0';
        return len;
    }
    uint64_t whole = (uint64_t)size;
    uint64_t part = rounded_fraction(size - (double)whole, decimals, (whole & 1) != 0);
    if (part >= powers[decimals]) {
        whole++;
        part -= powers[decimals];
    }
    char text[40];
    char *at = text + sizeof text;
    for (int i = 0; i < decimals; i++) {
        *--at = (char)('0' + part % 10);
        part /= 10;
    }
    if (decimals > 0) {
        *--at = '.';
    }
    at = digits_before(at, whole);
    if (signbit(v)) {
        *--at = '-';
    }
    len = (size_t)(text + sizeof text - at);
    memcpy(buf, at, len);
    buf[len] = '\0';
    return len;
}

size_t im_num_write(char *buf, double v, int decimals) {
    size_t len = im_num_fixed(buf, v, decimals);
    if (decimals > 0 && fabs(v) < NO_DECIMALS) {
        while (buf[len - 1] == '0') {
            len--;
        }
        len -= buf[len - 1] == '.';
        buf[len] = '\0';
    }
    if (strcmp(buf, "-0") == 0) {
        memcpy(buf, "0", 2);
        len = 1;
    }
    return len;
}
