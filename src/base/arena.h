/*
 * Memory of one job: allocate forward, free all at once.
 *
 * Allocation never returns NULL. When the system has no memory, or the arena's ceiling
 * is reached, control goes to the catch point that the arena's owner set with
 * im_arena_catch; foreign handles registered with im_arena_defer are finished when the
 * arena is freed, so nothing leaks. Only the owner of an arena (api, tests) sets a
 * catch point; every other function may forget that memory can fail.
 */
#ifndef IM_BASE_ARENA_H
#define IM_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

struct im_arena;

/* New arena that hands out at most `ceiling` bytes. NULL when there is no memory. */
struct im_arena *im_arena_new(size_t ceiling);

/* Run deferred finishers in reverse order and free everything. NULL is ignored. */
void im_arena_free(struct im_arena *arena);

/* The same, but keep the memory for what is allocated next. */
void im_arena_reset(struct im_arena *arena);

/*
 * An arena for what is needed for a while only: it counts against the ceiling of
 * `arena`, fails where that fails, and is gone when that is freed or reset.
 */
struct im_arena *im_arena_branch(struct im_arena *arena);
/* Give back what a branch holds, once; a little of it is left to its arena. */
void im_arena_drop(struct im_arena *branch);
/* Let `to` have a block of at least `size` bytes that `from` does not use, if any: it
 * is cheaper than new memory, which the system clears. */
void im_arena_pass_spare(struct im_arena *from, struct im_arena *to, size_t size);

/*
 * The place to go when memory fails; valid while the function that called setjmp has
 * not returned. NULL uninstalls. Returns the previous one. Without one, failure aborts.
 */
jmp_buf *im_arena_catch(struct im_arena *arena, jmp_buf *where);

/* n * size bytes, zeroed, aligned for any object; overflow counts as exhaustion. */
void *im_alloc(struct im_arena *arena, size_t n, size_t size);

/* The same, holding anything: for large buffers that are written before they are read.
 */
void *im_alloc_raw(struct im_arena *arena, size_t n, size_t size);

/* A larger copy of old[old_n] with room for new_n; the tail is zeroed. old may be NULL.
 */
void *im_grow(struct im_arena *arena, void *old, size_t old_n, size_t new_n,
              size_t size);
/* The same, but the new elements may hold anything. */
void *im_grow_raw(struct im_arena *arena, void *old, size_t old_n, size_t new_n,
                  size_t size);

/* NUL-terminated copies. im_strndup copies exactly n bytes and appends NUL. */
char *im_strdup(struct im_arena *arena, const char *s);
char *im_strndup(struct im_arena *arena, const char *s, size_t n);

/* Call fn(handle) when the arena is freed. */
void im_arena_defer(struct im_arena *arena, void (*fn)(void *), void *handle);

/* Bytes handed out so far. */
size_t im_arena_used(const struct im_arena *arena);
/* Did it give up at its own ceiling? false: not yet, or the system had no memory. */
bool im_arena_full(const struct im_arena *arena);

/* Give up on purpose, as if memory had failed (a ceiling of the caller's own). */
_Noreturn void im_arena_exhausted(struct im_arena *arena);

/* Append to an arena array: grows `items` (capacity `cap`, count `n`) when full. */
#define IM_PUSH(arena, items, n, cap, value)                                           \
    do {                                                                               \
        if ((n) == (cap)) {                                                            \
            size_t im_new_cap_ = (cap) ? 2 * (size_t)(cap) : 8;                        \
            (items) = im_grow((arena), (items), (n), im_new_cap_, sizeof *(items));    \
            (cap) = im_new_cap_;                                                       \
        }                                                                              \
        (items)[(n)++] = (value);                                                      \
    } while (0)

#endif
