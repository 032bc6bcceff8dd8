/* Work that must not grow with the square of what is worked on. */
#ifndef IM_TEST_GROWTH_H
#define IM_TEST_GROWTH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Does work(4 n) take less than 7 times the CPU time of work(n)? What grows with n
 * takes 4 times, what grows with its square 16. The least times of up to eight turns
 * count, so that it holds on a machine that is busy; n should take some milliseconds.
 */
bool growth_is_linear(void (*work)(size_t n), size_t n);

#endif
