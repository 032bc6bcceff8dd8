/*
 * Fuzz targets of the gazetteer: bytes as a source of each format, and as a compiled
 * file. Each target may be built with a fuzzer (fuzz_*.c); tests/unit/gazetteer/
 * test_fuzz.c replays the corpus and changes of it in every test run.
 */
#ifndef FUZZ_GAZETTEER_H
#define FUZZ_GAZETTEER_H

#include "base/limits.h"
#include "gazetteer/inside.h"
#include "gazetteer/tools.h"
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where files go: the folder of this process, when it has made one. */
static char fuzz_folder[128];

/* A file of these bytes with that ending; removed by the caller. */
static inline const char *fuzz_file(const uint8_t *data, size_t n, const char *ending) {
    static char path[256];
    const char *dir = fuzz_folder[0] ? fuzz_folder : getenv("TMPDIR");
    snprintf(path, sizeof path, "%.120s/incmap-fuzz-%ld.%s", dir ? dir : "/tmp",
             (long)getpid(), ending);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(data, 1, n, f) != n || fclose(f) != 0) {
        abort();
    }
    return path;
}

static inline void fuzz_ask(const struct im_gazetteer *gz, struct im_arena *arena) {
    static const char *const names[] = {
        "Tovuz", "Товуз", "طاوس", "San Jose", "Tvouz", "Ağdam, Azerbaijan", "id:1"};
    const struct im_place **list;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct im_lookup l = {.name = names[i], .country = "", .admin1 = ""};
        im_gazetteer_find(gz, arena, &l);
        im_gazetteer_by_id(gz, names[i]);
    }
    struct im_within all = {.box = {-180, -90, 180, 90}, .limit = 20};
    struct im_within across = {.box = {170, -1, -170, 1}, .limit = 20};
    im_gazetteer_within(gz, arena, &all, &list);
    im_gazetteer_within(gz, arena, &across, &list);
}

/* A user's source: compiled, asked and looked over; whatever happens is a status. */
static inline int fuzz_source(const uint8_t *data, size_t n, const char *ending) {
    struct im_arena *arena = im_arena_new(IM_MAX_JOB_BYTES);
    struct im_gazetteer none = {.arena = arena, .note = ""}, *gz;
    struct im_findings findings;
    struct incmap_error err = {.status = INCMAP_OK};
    struct im_buf text;
    const char *path = fuzz_file(data, n, ending);
    struct im_gazetteer_task task = {.sources = &path, .n = 1, .threads = 2};
    jmp_buf exhausted;
    im_arena_catch(arena, &exhausted);
    if (setjmp(exhausted) == 0) {
        im_findings_init(&findings, arena);
        im_buf_init(&text, arena, 1 << 20);
        if (im_gazetteer_layer(arena, &none, &path, 1, &findings, &gz, &err) ==
            INCMAP_OK) {
            fuzz_ask(gz, arena);
        }
        if (im_gazetteer_check(arena, &none, &task, &findings, &text, &err) !=
                INCMAP_OK &&
            err.message[0] == '\0') {
            abort(); // a failure says why
        }
    }
    unlink(path);
    im_arena_free(arena);
    return 0;
}

/* A main table of GeoNames and the files beside it, one behind the other, with the byte
 * 0x1E between: admin1, admin2, countries, alternate names. */
static inline int fuzz_beside(const uint8_t *data, size_t n) {
    static const char *const names[] = {"admin1CodesASCII.txt", "admin2Codes.txt",
                                        "countryInfo.txt", "alternateNamesV2.txt"};
    enum { FILES = sizeof names / sizeof *names };
    static char path[FILES][160];
    const char *dir = getenv("TMPDIR");
    snprintf(fuzz_folder, sizeof fuzz_folder, "%.80s/incmap-fuzz-%ld",
             dir ? dir : "/tmp", (long)getpid());
    if (mkdir(fuzz_folder, 0700) != 0) {
        abort();
    }
    const uint8_t *end = memchr(data, 0x1E, n), *at = end ? end + 1 : data + n;
    size_t table = end ? (size_t)(end - data) : n;
    for (int i = 0; i < FILES; i++) {
        size_t left = (size_t)(data + n - at);
        end = memchr(at, 0x1E, left);
        size_t bytes = end ? (size_t)(end - at) : left;
        snprintf(path[i], sizeof path[i], "%s/%s", fuzz_folder, names[i]);
        FILE *f = fopen(path[i], "wb");
        if (!f || fwrite(at, 1, bytes, f) != bytes || fclose(f) != 0) {
            abort();
        }
        at += bytes + (end != NULL);
    }
    fuzz_source(data, table, "txt");
    for (int i = 0; i < FILES; i++) {
        unlink(path[i]);
    }
    rmdir(fuzz_folder);
    fuzz_folder[0] = '\0';
    return 0;
}

/* A compiled file; `mended`: its header's digest is put right, so that what lies behind
 * is reached. */
static inline int fuzz_compiled(const uint8_t *data, size_t n, bool mended) {
    struct im_arena *arena = im_arena_new(IM_MAX_JOB_BYTES);
    struct gaz_layer layer;
    const struct gaz_layer *layers[] = {&layer};
    struct im_gazetteer gz = {
        .arena = arena, .layers = layers, .layer_count = 1, .note = ""};
    char *copy = im_alloc(arena, n + 1, 1);
    jmp_buf exhausted;
    memcpy(copy, data, n);
    if (mended && n >= sizeof(struct gaz_header)) {
        struct gaz_header h;
        memcpy(&h, copy, sizeof h);
        h.head = im_checksum_of(&h, offsetof(struct gaz_header, head));
        memcpy(copy, &h, sizeof h);
    }
    im_arena_catch(arena, &exhausted);
    if (setjmp(exhausted) == 0 &&
        gaz_layer_open((struct im_bytes){copy, n}, &layer) == NULL) {
        gaz_layer_verify(&layer);
        for (size_t i = 0; i < layer.record_count && i < 64; i++) {
            gaz_place(&layer, i, arena);
        }
        fuzz_ask(&gz, arena);
    }
    im_arena_free(arena);
    return 0;
}

#endif
