/* Numbers that look random and are the same everywhere: for tests over many cases. */
#ifndef IM_TEST_RANDOM_H
#define IM_TEST_RANDOM_H

#include <stdint.h>

/* The next number in [low, high) after *seed, which may be anything and moves on.
 * splitmix64 (Steele, Lea & Flood 2014). */
double random_from(uint64_t *seed, double low, double high);

/* The next of whole numbers below `sides`; dice_anew begins them once more. xorshift32
 * (Marsaglia 2003). */
uint32_t dice_below(uint32_t sides);
void dice_anew(void);

#endif
