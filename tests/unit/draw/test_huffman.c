/* Codes of limited length: as short as can be, complete, the shortest for the frequent.
 */
#include "draw/huffman.h"
#include "help/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The two rarest of n weights come first. */
static void rarest_first(uint64_t *w, int n) {
    for (int k = 0; k < 2; k++) {
        int least = k;
        for (int i = k; i < n; i++) {
            least = w[i] < w[least] ? i : least;
        }
        uint64_t own = w[k];
        w[k] = w[least];
        w[least] = own;
    }
}

/* Bits that the shortest code takes, by its definition: the two rarest are joined
 * (Huffman 1952). */
static uint64_t fewest_bits(const struct im_huffman *c, int n) {
    uint64_t w[IM_SYMBOLS], bits = 0;
    int m = 0;
    for (int s = 0; s < n; s++) {
        w[m] = c->freq[s];
        m += c->freq[s] > 0;
    }
    while (m > 1) {
        rarest_first(w, m);
        bits += w[0] + w[1];
        w[1] += w[0];
        w[0] = w[--m];
    }
    return bits;
}

/* Kraft's sum is 1, no code is the start of another. */
static void is_complete(const struct im_huffman *c, int n) {
    unsigned sum = 0;
    for (int s = 0; s < n; s++) {
        sum += c->len[s] > 0 ? 1u << (15 - c->len[s]) : 0;
        for (int t = 0; t < n; t++) {
            if (t != s && c->len[s] > 0 && c->len[t] >= c->len[s]) {
                unsigned mask = (1u << c->len[s]) - 1;
                assert_int_not_equal(c->bits[s], c->bits[t] & mask);
            }
        }
    }
    assert_int_equal(sum, 1u << 15);
}

static void codes_are_shortest(void **state) {
    (void)state;
    for (int round = 0; round < 60; round++) {
        struct im_huffman c = {0};
        int n = round % 3 == 0 ? IM_SYMBOLS : 2 + (int)dice_below(60);
        uint32_t most = round % 2 == 0 ? 300 : 40000; // 15 bits are enough
        for (int s = 0; s < n; s++) {
            c.freq[s] = dice_below(4) == 0 ? 0 : 1000 + dice_below(most);
        }
        c.freq[0] = c.freq[n - 1] = (1 << 18) / (1 + dice_below(16)) - 1;
        im_huffman(&c, n, 15);
        assert_int_equal(im_huffman_bits(&c, n), fewest_bits(&c, n));
        is_complete(&c, n);
    }
}

static void few_symbols(void **state) {
    (void)state;
    struct im_huffman c = {.freq = {[7] = 3}};
    im_huffman(&c, 19, 7);
    assert_int_equal(c.len[7], 1);
    assert_int_equal(c.len[0], 1);
    is_complete(&c, 19);
}

/* Frequencies of Fibonacci want codes of ever more bits: n of them in `limit` bits, of
 * which the best code takes `best` in all (package-merge, Larmore & Hirschberg 1990).
 * Ours may take an eighth more. */
static void limit_holds(int n, int limit, uint64_t best) {
    struct im_huffman c = {.freq = {1, 1}};
    for (int s = 2; s < n; s++) {
        c.freq[s] = c.freq[s - 1] + c.freq[s - 2];
    }
    im_huffman(&c, n, limit);
    for (int s = 0; s < n; s++) {
        assert_in_range(c.len[s], 1, limit);
        assert_true(s == 0 || c.len[s] <= c.len[s - 1]);
    }
    is_complete(&c, n);
    assert_in_range(im_huffman_bits(&c, n), best, best + best / 8);
}

static void limits_hold(void **state) {
    (void)state;
    limit_holds(19, 7, 29027);
    limit_holds(26, 15, 832020);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_shortest),
        cmocka_unit_test(few_symbols),
        cmocka_unit_test(limits_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
