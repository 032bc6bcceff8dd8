#include "base/arena.h"
#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 1 << 16, ALIGN = alignof(max_align_t) };

struct block {
    struct block *next;
    size_t used, size; /* of the bytes after the header */
};

struct deferred {
    void (*fn)(void *);
    void *handle;
    struct deferred *next;
};

struct im_arena {
    struct block *blocks; /* the newest first; only it is filled further */
    struct deferred *deferred;
    size_t used, ceiling;
    jmp_buf *catch_at;
};

static size_t rounded(size_t n) {
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

static char *block_bytes(struct block *block) {
    return (char *)block + rounded(sizeof *block);
}

struct im_arena *im_arena_new(size_t ceiling) {
    struct im_arena *arena = calloc(1, sizeof *arena);
    if (arena != NULL) {
        arena->ceiling = ceiling;
    }
    return arena;
}

void im_arena_free(struct im_arena *arena) {
    if (arena == NULL) {
        return;
    }
    for (struct deferred *d = arena->deferred; d != NULL; d = d->next) {
        d->fn(d->handle);
    }
    for (struct block *b = arena->blocks; b != NULL;) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
    free(arena);
}

jmp_buf *im_arena_catch(struct im_arena *arena, jmp_buf *where) {
    jmp_buf *before = arena->catch_at;
    arena->catch_at = where;
    return before;
}

_Noreturn void im_arena_exhausted(struct im_arena *arena) {
    if (arena->catch_at == NULL) {
        abort();
    }
    longjmp(*arena->catch_at, 1);
}

static void add_block(struct im_arena *arena, size_t size) {
    size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
    struct block *block = calloc(1, rounded(sizeof *block) + room);
    if (block == NULL) {
        im_arena_exhausted(arena);
    }
    block->size = room;
    block->next = arena->blocks;
    arena->blocks = block;
}

/* Count `size` (rounded) bytes against the ceiling, or give up. */
static void charge(struct im_arena *arena, size_t size) {
    if (size > arena->ceiling - arena->used) {
        im_arena_exhausted(arena);
    }
    arena->used += size;
}

/* n * size rounded up; gives up on overflow. Never 0, so that every pointer is
 * distinct. */
static size_t checked_size(struct im_arena *arena, size_t n, size_t size) {
    if (size != 0 && n > (SIZE_MAX / 4) / size) {
        im_arena_exhausted(arena);
    }
    size_t bytes = n * size;
    return rounded(bytes == 0 ? 1 : bytes);
}

void *im_alloc(struct im_arena *arena, size_t n, size_t size) {
    size_t bytes = checked_size(arena, n, size);
    charge(arena, bytes);
    if (arena->blocks == NULL || arena->blocks->size - arena->blocks->used < bytes) {
        add_block(arena, bytes);
    }
    struct block *block = arena->blocks;
    void *at = block_bytes(block) + block->used;
    block->used += bytes;
    return at; // blocks come zeroed and are handed out once
}

/* Lengthen the last allocation of the newest block where it stands, if it can be. */
static bool grown_in_place(struct im_arena *arena, const void *old, size_t before,
                           size_t after) {
    struct block *block = arena->blocks;
    if (block == NULL || block->used < before ||
        block_bytes(block) + (block->used - before) != (const char *)old ||
        block->size - block->used < after - before) {
        return false;
    }
    charge(arena, after - before);
    block->used += after - before;
    return true;
}

void *im_grow(struct im_arena *arena, void *old, size_t old_n, size_t new_n,
              size_t size) {
    if (old == NULL) {
        return im_alloc(arena, new_n, size);
    }
    assert(new_n >= old_n);
    size_t before = checked_size(arena, old_n, size);
    size_t after = checked_size(arena, new_n, size);
    if (grown_in_place(arena, old, before, after)) {
        // the bytes between old_n and the old rounding may hold anything
        memset((char *)old + old_n * size, 0, (new_n - old_n) * size);
        return old;
    }
    void *fresh = im_alloc(arena, new_n, size);
    memcpy(fresh, old, old_n * size);
    return fresh;
}

char *im_strndup(struct im_arena *arena, const char *s, size_t n) {
    char *copy = im_alloc(arena, n + 1, 1);
    if (n > 0) {
        memcpy(copy, s, n);
    }
    return copy;
}

char *im_strdup(struct im_arena *arena, const char *s) {
    return im_strndup(arena, s, strlen(s));
}

void im_arena_defer(struct im_arena *arena, void (*fn)(void *), void *handle) {
    struct deferred *d = im_alloc(arena, 1, sizeof *d);
    *d = (struct deferred){fn, handle, arena->deferred};
    arena->deferred = d;
}

size_t im_arena_used(const struct im_arena *arena) {
    return arena->used;
}
