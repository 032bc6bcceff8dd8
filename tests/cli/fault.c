/*
 * A library to preload: the N-th call of one kind that the program itself makes (not a
 * library under it) fails once. FAULT=kind:N; kinds: malloc, open, read, mmap, write,
 * fsync, rename. FAULT=kind:0 fails none. The number of calls goes to the file $FAULT_COUNT.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t n);

static struct {
    char kind[16];
    unsigned long at, seen;
    unsigned long low, high; /* the program's own code */
} fault;

static int find_program(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size;
    (void)unused;
    for (int i = 0; i < info->dlpi_phnum; i++) { /* the first object is the program */
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type == PT_LOAD && (p->p_flags & PF_X)) {
            fault.low = info->dlpi_addr + p->p_vaddr;
            fault.high = fault.low + p->p_memsz;
        }
    }
    return 1;
}

__attribute__((constructor)) static void begin(void) {
    const char *wish = getenv("FAULT");
    const char *colon = wish == NULL ? NULL : strchr(wish, ':');
    if (colon != NULL && (size_t)(colon - wish) < sizeof fault.kind) {
        dl_iterate_phdr(find_program, NULL);
        fault.at = strtoul(colon + 1, NULL, 10);
        memcpy(fault.kind, wish, (size_t)(colon - wish));
    }
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *f = path == NULL ? NULL : fopen(path, "w");
    if (f != NULL) {
        fprintf(f, "%lu\n", fault.seen);
        fclose(f);
    }
}

static int fails(const char *kind, const void *caller) {
    unsigned long at = (unsigned long)caller;
    if (at < fault.low || at >= fault.high || strcmp(fault.kind, kind) != 0) {
        return 0;
    }
    return ++fault.seen == fault.at;
}

#define CALLER __builtin_return_address(0)
#define NEXT(name) __typeof__(&name) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define FAIL(kind, code, value)                                                        \
    if (fails(kind, CALLER)) {                                                         \
        errno = code;                                                                  \
        return value;                                                                  \
    }

#ifndef NO_MALLOC /* the sanitizers bring their own */
void *malloc(size_t n) {
    FAIL("malloc", ENOMEM, NULL)
    return __libc_malloc(n);
}

void *calloc(size_t n, size_t size) {
    FAIL("malloc", ENOMEM, NULL)
    return __libc_calloc(n, size);
}

void *realloc(void *old, size_t n) {
    FAIL("malloc", ENOMEM, NULL)
    return __libc_realloc(old, n);
}

#endif

int open(const char *path, int flags, ...) {
    FAIL("open", EMFILE, -1)
    va_list ap;
    va_start(ap, flags);
    mode_t mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    NEXT(open);
    return next(path, flags, mode);
}

void *mmap(void *at, size_t n, int prot, int flags, int fd, off_t offset) {
    FAIL("mmap", ENOMEM, MAP_FAILED)
    NEXT(mmap);
    return next(at, n, prot, flags, fd, offset);
}

ssize_t read(int fd, void *data, size_t n) {
    FAIL("read", EIO, -1)
    NEXT(read);
    return next(fd, data, n);
}

ssize_t write(int fd, const void *data, size_t n) {
    FAIL("write", ENOSPC, -1)
    NEXT(write);
    return next(fd, data, n);
}

int fsync(int fd) {
    FAIL("fsync", EIO, -1)
    NEXT(fsync);
    return next(fd);
}

int rename(const char *from, const char *to) {
    FAIL("rename", EIO, -1)
    NEXT(rename);
    return next(from, to);
}
