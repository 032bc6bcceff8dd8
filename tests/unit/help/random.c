#include "help/random.h"

double random_from(uint64_t *seed, double low, double high) {
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return low + (high - low) * (double)(z >> 11) / 9007199254740992.0;
}

#define FIRST 2463534242u

static uint32_t thrown = FIRST;

uint32_t dice_below(uint32_t sides) {
    thrown ^= thrown << 13;
    thrown ^= thrown >> 17;
    thrown ^= thrown << 5;
    return thrown % sides;
}

void dice_anew(void) {
    thrown = FIRST;
}
