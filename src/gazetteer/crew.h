/* Work on several cores: threads that share nothing but what they are given. */
#ifndef IM_GAZETTEER_CREW_H
#define IM_GAZETTEER_CREW_H

#include <stddef.h>

enum { GAZ_MOST_HANDS = 16 };

/* Call work(tasks + i * size) for each of n tasks, in threads of their own where there
 * are any to have; returns when all are done. `work` must not touch anything that
 * another task changes, and must not fail by leaving. */
void gaz_crew(void (*work)(void *task), void *tasks, size_t n, size_t size);

#endif
