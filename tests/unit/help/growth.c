#include "help/growth.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

static double cpu_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cost(void (*work)(size_t n), size_t n, double least) {
    double before = cpu_seconds();
    work(n);
    return fmin(least, cpu_seconds() - before);
}

bool growth_is_linear(void (*work)(size_t n), size_t n) {
    double one = HUGE_VAL, four = HUGE_VAL;
    for (int turn = 0; turn < 8; turn++) {
        one = cost(work, n, one);
        four = cost(work, 4 * n, four);
        if (turn > 0 && four < 7 * one) {
            return true;
        }
    }
    print_error("%zu: %.4f s, %zu: %.4f s\n", n, one, 4 * n, four);
    return false;
}
