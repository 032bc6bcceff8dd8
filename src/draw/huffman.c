/* Huffman codes of limited length, numbered as deflate wants them. */
#include "draw/huffman.h"
#include <string.h>

enum { LIMIT = 15 };

/* Sort n symbols by how often they stand, of those that stand as often the lower first:
 * by digits, the lower one before the higher. */
static void sort_by_freq(const uint32_t *freq, uint16_t *symbol, int n) {
    enum { DIGIT = 9, VALUES = 1 << DIGIT, MASK = VALUES - 1 };
    uint16_t from[IM_SYMBOLS];
    for (int shift = 0; shift < 2 * DIGIT; shift += DIGIT) {
        uint16_t at[VALUES + 1] = {0};
        for (int i = 0; i < n; i++) {
            at[(freq[symbol[i]] >> shift & MASK) + 1]++;
        }
        for (int v = 1; v < VALUES; v++) {
            at[v] = (uint16_t)(at[v] + at[v - 1]);
        }
        memcpy(from, symbol, (size_t)n * sizeof *from);
        for (int i = 0; i < n; i++) {
            symbol[at[freq[from[i]] >> shift & MASK]++] = from[i];
        }
    }
}

/*
 * Lengths of a minimum-redundancy code, in place: freq[n >= 2] rising becomes lengths
 * falling. Moffat & Katajainen, In-Place Calculation of Minimum-Redundancy Codes, 1995.
 */
static void minimum_redundancy(uint32_t *a, int n) {
    int leaf = 0, root = 0;
    for (int next = 0; next < n - 1; next++) {
        uint32_t sum = 0;
        for (int k = 0; k < 2; k++) {
            if (leaf >= n || (root < next && a[root] < a[leaf])) {
                sum += a[root];
                a[root++] = (uint32_t)next;
            } else {
                sum += a[leaf++];
            }
        }
        a[next] = sum;
    }
    a[n - 2] = 0;
    for (int next = n - 3; next >= 0; next--) {
        a[next] = a[a[next]] + 1;
    }
    int free_nodes = 1, used = 0, next = n - 1;
    uint32_t depth = 0;
    root = n - 2;
    while (free_nodes > 0) {
        for (; root >= 0 && a[root] == depth; root--) {
            used++;
        }
        for (; free_nodes > used; free_nodes--) {
            a[next--] = depth;
        }
        free_nodes = 2 * used;
        depth++;
        used = 0;
    }
}

/* How many codes have each length, none above `limit`: those that are too long are cut
 * to it, and the shortest cost elsewhere pays until Kraft's sum is 1 again. */
static void limit_lengths(const uint32_t *len, int n, int limit, int *count) {
    long over = -(1L << limit);
    memset(count, 0, (LIMIT + 1) * sizeof *count);
    for (int i = 0; i < n; i++) {
        int l = len[i] > (uint32_t)limit ? limit : (int)len[i];
        count[l]++;
        over += 1L << (limit - l);
    }
    for (; over > 0; over--) {
        int l = limit - 1;
        while (count[l] == 0) {
            l--;
        }
        count[l]--;
        count[l + 1] += 2;
        count[limit]--;
    }
}

static unsigned reversed(unsigned v, int n) {
    unsigned r = 0;
    for (int i = 0; i < n; i++) {
        r |= (v >> i & 1) << (n - 1 - i);
    }
    return r;
}

/* Codes of the lengths (RFC 1951, 3.2.2). */
static void number(struct im_huffman *c, int n, const int *count) {
    unsigned next[LIMIT + 1] = {0};
    for (int l = 2; l <= LIMIT; l++) {
        next[l] = (next[l - 1] + (unsigned)count[l - 1]) << 1;
    }
    for (int s = 0; s < n; s++) {
        if (c->len[s] > 0) {
            c->bits[s] = (uint16_t)reversed(next[c->len[s]]++, c->len[s]);
        }
    }
}

void im_huffman(struct im_huffman *c, int n, int limit) {
    uint16_t order[IM_SYMBOLS];
    uint32_t len[IM_SYMBOLS];
    int count[LIMIT + 1], used = 0;
    for (int s = 0; s < n; s++) {
        used += c->freq[s] > 0;
    }
    for (int s = 0; used < 2; s++) {
        used += c->freq[s] == 0;
        c->freq[s] += c->freq[s] == 0;
    }
    used = 0;
    for (int s = 0; s < n; s++) {
        c->len[s] = 0;
        if (c->freq[s] > 0) {
            order[used++] = (uint16_t)s;
        }
    }
    sort_by_freq(c->freq, order, used);
    for (int i = 0; i < used; i++) {
        len[i] = c->freq[order[i]];
    }
    minimum_redundancy(len, used);
    limit_lengths(len, used, limit, count);
    for (int l = limit, i = 0; l > 0; l--) {
        for (int k = 0; k < count[l]; k++) {
            c->len[order[i++]] = (unsigned char)l;
        }
    }
    number(c, n, count);
}

uint64_t im_huffman_bits(const struct im_huffman *c, int n) {
    uint64_t bits = 0;
    for (int s = 0; s < n; s++) {
        bits += (uint64_t)c->freq[s] * c->len[s];
    }
    return bits;
}
