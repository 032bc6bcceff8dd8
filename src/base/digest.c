#include "base/digest.h"
#include <stdint.h>
#include <string.h>

static uint32_t rotate(uint32_t x, unsigned n) {
    return x >> n | x << (32 - n);
}

/* Round i of eight: a stands in v[-i], b behind it, and so on, all indices modulo 8.
 * The sums of rotations, Ch and Maj are the standard's in fewer operations. */
static inline void round_of(uint32_t v[8], int i, uint32_t add) {
    uint32_t a = v[(8 - i) & 7], b = v[(9 - i) & 7], c = v[(10 - i) & 7];
    uint32_t e = v[(12 - i) & 7], f = v[(13 - i) & 7], g = v[(14 - i) & 7];
    uint32_t t1 = v[(15 - i) & 7] + add + (g ^ (e & (f ^ g))) +
                  rotate(rotate(rotate(e, 14) ^ e, 5) ^ e, 6);
    v[(11 - i) & 7] += t1;
    v[(15 - i) & 7] =
        t1 + ((a & b) | (c & (a | b))) + rotate(rotate(rotate(a, 9) ^ a, 11) ^ a, 2);
}

/* One block of 64 bytes: FIPS 180-4, section 6.2.2. */
static void add_block(uint32_t state[8], const unsigned char *p) {
    static const uint32_t k[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
        0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
        0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
        0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
        0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
        0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
        0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
        0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
    uint32_t w[64];
    for (int t = 0; t < 16; t++, p += 4) {
        w[t] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    for (int t = 16; t < 64; t++) {
        uint32_t a = w[t - 15], b = w[t - 2];
        w[t] = w[t - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[t - 7] +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
    uint32_t v[8];
    memcpy(v, state, sizeof v);
    for (int t = 0; t < 64; t += 8) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) { // each value keeps its place, its letter moves on
            round_of(v, i, k[t + i] + w[t + i]);
        }
    }
    for (int i = 0; i < 8; i++) {
        state[i] += v[i];
    }
}

void im_sha256(const void *data, size_t n, char out[65]) {
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const unsigned char *bytes = data;
    size_t done = 0;
    for (; n - done >= 64; done += 64) {
        add_block(state, bytes + done);
    }
    unsigned char tail[128] = {0};
    size_t rest = n - done;
    if (rest > 0) {
        memcpy(tail, bytes + done, rest);
    }
    tail[rest] = 0x80;
    size_t size = rest < 56 ? 64 : 128;
    uint64_t bits = (uint64_t)n * 8;
    for (size_t i = 0; i < 8; i++) {
        tail[size - 1 - i] = (unsigned char)(bits >> (8 * i));
    }
    for (size_t i = 0; i < size; i += 64) {
        add_block(state, tail + i);
    }
    for (int i = 0; i < 64; i++) {
        out[i] = "0123456789abcdef"[state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    }
    out[64] = '\0';
}
