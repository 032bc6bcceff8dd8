/* The heap of a program that draws one map. */
#define _DEFAULT_SOURCE // sbrk, madvise
#include "cli/cli.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Bytes: what a map's libraries take twice over; a huge page of the system; two of
 * these are more than a new heap has, and one gets no mapping of its own. */
enum { ROOM = 6 << 20, PAGE = 2 << 20, PIECE = 120000 };

/* The heap grows once and stays; where it has huge pages, a fault clears 2 MB of it and
 * not 4 KB. All of it are wishes. */
void cli_heap_large(void) {
#if defined __GLIBC__ && !defined __SANITIZE_ADDRESS__
    mallopt(M_TOP_PAD, ROOM);
    void *volatile first = malloc(PIECE); // or the compiler leaves it out
    void *volatile second = malloc(PIECE);
    uintptr_t from = ((uintptr_t)first + PAGE - 1) / PAGE * PAGE;
    uintptr_t end = (uintptr_t)sbrk(0) / PAGE * PAGE;
    if (first != NULL && from < end) {
        (void)madvise((void *)from, end - from, MADV_HUGEPAGE);
    }
    free(second);
    free(first);
#endif
}
