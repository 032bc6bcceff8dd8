#define _DEFAULT_SOURCE // MAP_ANONYMOUS
#include "base/arena.h"
#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    FIRST_BLOCK = 1 << 13,
    BLOCK_SIZE = 1 << 16,
    ALIGN = alignof(max_align_t),
    MAPPED = 2 << 20,      /* bytes of a mapping, or twice, ... */
    GROWN = 1 << 19,       /* an arena so large will be larger still: mappings */
    KEPT = 48 << 20,       /* bytes of blocks that a reset keeps, at most */
    KEPT_BRANCH = 4 << 20, /* of those that a branch leaves to its arena */
    KEPT_OPEN = 1 << 16    /* bytes left for which a block is filled on */
};

struct block {
    struct block *next;
    size_t used, size; /* of the bytes after the header */
    size_t dirty;      /* bytes that may hold something from before the last reset */
    size_t mapped;     /* bytes of its own mapping; 0: from the heap */
};

struct deferred {
    void (*fn)(void *);
    void *handle;
    struct deferred *next;
};

struct im_arena {
    struct im_arena *trunk; /* of a branch: the arena that it grows from; else NULL */
    struct block *blocks;   /* the newest first; only it is filled further */
    struct block *spare;    /* empty, from before the last reset */
    struct deferred *deferred;
    size_t used, ceiling;
    jmp_buf *catch_at;
    bool full; /* it gave up at the ceiling */
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

static void free_block(struct block *b) {
    if (b->mapped > 0) {
        munmap(b, b->mapped);
    } else {
        free(b);
    }
}

static void free_blocks(struct block *b) {
    while (b != NULL) {
        struct block *next = b->next;
        free_block(b);
        b = next;
    }
}

static void run_deferred(struct im_arena *arena) {
    for (struct deferred *d = arena->deferred; d != NULL; d = d->next) {
        d->fn(d->handle);
    }
    arena->deferred = NULL;
}

void im_arena_free(struct im_arena *arena) {
    if (arena != NULL) {
        run_deferred(arena);
        free_blocks(arena->blocks);
        free_blocks(arena->spare);
        free(arena);
    }
}

static void spare_block(struct im_arena *arena, struct block *b) {
    b->dirty = b->used > b->dirty ? b->used : b->dirty;
    b->used = 0;
    b->next = arena->spare;
    arena->spare = b;
}

void im_arena_reset(struct im_arena *arena) {
    struct block *all = arena->blocks, *rest = arena->spare;
    size_t kept = 0;
    run_deferred(arena);
    arena->spare = NULL;
    while (all != NULL || rest != NULL) {
        struct block **from = all != NULL ? &all : &rest;
        struct block *b = *from;
        *from = b->next;
        kept += b->size;
        if (kept > KEPT) {
            free_block(b);
            continue;
        }
        spare_block(arena, b);
    }
    arena->blocks = NULL;
    arena->used = 0;
    arena->catch_at = NULL;
    arena->full = false;
}

jmp_buf *im_arena_catch(struct im_arena *arena, jmp_buf *where) {
    jmp_buf *before = arena->catch_at;
    arena->catch_at = where;
    return before;
}

_Noreturn void im_arena_exhausted(struct im_arena *arena) {
    while (arena->trunk != NULL) {
        arena = arena->trunk;
    }
    if (arena->catch_at == NULL) {
        abort();
    }
    longjmp(*arena->catch_at, 1);
}

/*
 * A block of its own mapping: what is never touched costs nothing. NULL when there is
 * no memory. Its pages are small ones: huge pages save a thousand faults of a canvas,
 * but on a virtual machine each takes 3 ms to get where it was idle.
 */
static struct block *map_block(size_t bytes) {
    size_t length = (bytes + MAPPED - 1) / MAPPED * MAPPED;
    struct block *block =
        mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) {
        return NULL;
    }
    block->mapped = length;
    block->size = length - rounded(sizeof *block);
    return block;
}

/* A block from the heap. A small one is cleared as it is handed out: most stay half
 * empty, and what is never touched costs nothing. */
static struct block *heap_block(size_t room) {
    bool small = room <= BLOCK_SIZE;
    size_t bytes = rounded(sizeof(struct block)) + room;
    struct block *block = small ? malloc(bytes) : calloc(1, bytes);
    if (block != NULL) {
        *block = (struct block){.size = room, .dirty = small ? room : 0};
    }
    return block;
}

static bool wants_map(const struct im_arena *arena, size_t size) {
#ifdef __SANITIZE_ADDRESS__
    return (void)arena, (void)size, false; // its leak check does not look into mappings
#else
    size_t used = arena->trunk != NULL ? arena->trunk->used : arena->used;
    return size >= MAPPED / 2 || used > GROWN;
#endif
}

/* The first spare block that is large enough, taken out of the list. */
static struct block *take_spare(struct im_arena *arena, size_t size) {
    arena = arena->trunk != NULL ? arena->trunk : arena;
    for (struct block **at = &arena->spare; *at != NULL; at = &(*at)->next) {
        struct block *block = *at;
        if (block->size >= size) {
            *at = block->next;
            return block;
        }
    }
    return NULL;
}

/*
 * A block with room for `size` bytes. It is the next to be filled, but for a large
 * piece that comes while the newest block still has much room: that goes into one
 * behind it.
 */
__attribute__((noinline)) static struct block *add_block(struct im_arena *arena,
                                                         size_t size) {
    struct block *block = take_spare(arena, size);
    if (block == NULL && wants_map(arena, size)) {
        block = map_block(rounded(sizeof *block) + size);
    } else if (block == NULL) {
        bool first =
            arena->blocks == NULL && arena->trunk == NULL; // and often the last
        size_t least = first ? FIRST_BLOCK : BLOCK_SIZE;
        size_t room = size > least ? size : least;
        block = heap_block(room);
    }
    if (block == NULL) {
        im_arena_exhausted(arena);
    }
    struct block *first = arena->blocks;
    bool behind =
        first != NULL && size >= MAPPED / 4 && first->size - first->used >= KEPT_OPEN;
    block->next = behind ? first->next : first;
    *(behind ? &first->next : &arena->blocks) = block;
    return block;
}

/* Count `size` (rounded) bytes against the ceiling, or give up. */
static void charge(struct im_arena *arena, size_t size) {
    struct im_arena *whole = arena->trunk != NULL ? arena->trunk : arena;
    if (size > whole->ceiling - whole->used) {
        whole->full = true;
        im_arena_exhausted(whole);
    }
    whole->used += size;
    arena->used += arena != whole ? size : 0;
}

/* n * size rounded up; gives up on overflow. Never 0, so that every pointer is
 * distinct. */
static size_t checked_size(struct im_arena *arena, size_t n, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 4) {
        (arena->trunk != NULL ? arena->trunk : arena)->full = true;
        im_arena_exhausted(arena);
    }
    return rounded(bytes == 0 ? 1 : bytes);
}

/* bytes (rounded) of the newest block, which is *block; they may hold anything. */
static char *hand_out(struct im_arena *arena, size_t bytes, struct block **block) {
    charge(arena, bytes);
    *block = arena->blocks;
    if (*block == NULL || (*block)->size - (*block)->used < bytes) {
        *block = add_block(arena, bytes);
    }
    char *at = block_bytes(*block) + (*block)->used;
    (*block)->used += bytes;
    return at;
}

void *im_alloc(struct im_arena *arena, size_t n, size_t size) {
    size_t bytes = checked_size(arena, n, size);
    struct block *block;
    char *at = hand_out(arena, bytes, &block);
    size_t before =
        block->used - bytes; // blocks come zeroed; what is below dirty is not
    if (before < block->dirty) {
        memset(at, 0, bytes < block->dirty - before ? bytes : block->dirty - before);
    }
    return at;
}

void *im_alloc_raw(struct im_arena *arena, size_t n, size_t size) {
    struct block *block;
    return hand_out(arena, checked_size(arena, n, size), &block);
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

void *im_grow_raw(struct im_arena *arena, void *old, size_t old_n, size_t new_n,
                  size_t size) {
    if (old == NULL) {
        return im_alloc_raw(arena, new_n, size);
    }
    assert(new_n >= old_n);
    size_t before = checked_size(arena, old_n, size);
    if (grown_in_place(arena, old, before, checked_size(arena, new_n, size))) {
        return old;
    }
    return memcpy(im_alloc_raw(arena, new_n, size), old, old_n * size);
}

/* Clear what follows `from` in the newest block: what was handed out before `fresh`,
 * and of the rest what may hold something. */
static void clear_tail(struct block *block, char *from, const char *fresh) {
    const char *dirty = block_bytes(block) + block->dirty;
    const char *end = block_bytes(block) + block->used;
    const char *to = dirty < end ? dirty : end;
    to = to > fresh ? to : fresh;
    memset(from, 0, (size_t)(to - from));
}

void *im_grow(struct im_arena *arena, void *old, size_t old_n, size_t new_n,
              size_t size) {
    if (old == NULL) {
        return im_alloc(arena, new_n, size);
    }
    assert(new_n >= old_n);
    size_t before = checked_size(arena, old_n, size);
    if (grown_in_place(arena, old, before, checked_size(arena, new_n, size))) {
        clear_tail(arena->blocks, (char *)old + old_n * size, (char *)old + before);
        return old;
    }
    return memcpy(im_alloc(arena, new_n, size), old, old_n * size);
}

char *im_strndup(struct im_arena *arena, const char *s, size_t n) {
    char *copy = im_alloc_raw(arena, n + 1, 1);
    if (n > 0) {
        memcpy(copy, s, n);
    }
    copy[n] = '\0';
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

static void finish_branch(void *handle) {
    struct im_arena *branch = handle;
    run_deferred(branch);
    branch->trunk->used -= branch->used;
    branch->used = 0;
    free_blocks(branch->blocks);
    branch->blocks = NULL;
}

struct im_arena *im_arena_branch(struct im_arena *arena) {
    struct im_arena *branch = im_alloc(arena, 1, sizeof *branch);
    branch->trunk = arena->trunk != NULL ? arena->trunk : arena;
    im_arena_defer(arena, finish_branch, branch);
    return branch;
}

void im_arena_drop(struct im_arena *branch) {
    struct im_arena *trunk = branch->trunk;
    size_t kept = 0;
    run_deferred(branch);
    trunk->used -= branch->used;
    branch->used = 0;
    while (branch->blocks != NULL) {
        struct block *b = branch->blocks;
        branch->blocks = b->next;
        kept += b->size;
        if (kept > KEPT_BRANCH) {
            free_block(b);
        } else {
            spare_block(trunk, b);
        }
    }
}

void im_arena_pass_spare(struct im_arena *from, struct im_arena *to, size_t size) {
    struct block *block = take_spare(from, size);
    to = to->trunk != NULL ? to->trunk : to;
    if (block != NULL) {
        spare_block(to, block);
    }
}

bool im_arena_full(const struct im_arena *arena) {
    return arena->full;
}

size_t im_arena_used(const struct im_arena *arena) {
    return arena->used;
}
