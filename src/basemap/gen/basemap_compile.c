/* Build step: basemap_compile DIR writes DIR/basemap.bin from its tables and lines. */
#include "base/buf.h"
#include "base/checksum.h"
#include "base/limits.h"
#include "basemap/compiled.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct writer {
    const struct im_geodata *g;
    struct im_arena *arena;
    struct im_compiled_header head;
    struct im_buf body;
};

static void add_section(struct writer *w, int section, const void *v, size_t n) {
    static const char zeros[8] = {0};
    size_t bytes = n * im_compiled_size(section), at = sizeof w->head + w->body.len;
    w->head.size[section] = im_compiled_size(section);
    w->head.section[section].at = at;
    w->head.section[section].bytes = bytes;
    im_buf_add(&w->body, v, bytes);
    im_buf_add(&w->body, zeros, (8 - w->body.len % 8) % 8);
}

static uint32_t add_text(struct im_buf *text, const char *s) {
    size_t at = text->len;
    im_buf_add(text, s, strlen(s) + 1);
    return (uint32_t)at;
}

static void add_tables(struct writer *w) {
    const struct im_geodata *g = w->g;
    struct im_buf text;
    im_buf_init(&text, w->arena, IM_MAX_INPUT);
    struct im_compiled_owner *owners =
        im_alloc(w->arena, g->owner_count, sizeof *owners);
    struct im_unit *units = im_alloc(w->arena, g->unit_count, sizeof *units);
    for (size_t i = 0; i < g->owner_count; i++) {
        owners[i].code = add_text(&text, g->owners[i].code);
        owners[i].name = add_text(&text, g->owners[i].name);
    }
    for (size_t i = 0; i < g->unit_count; i++) {
        units[i] = g->units[i];
        units[i].code = add_text(&text, im_unit_text(g, g->units[i].code));
        units[i].name = add_text(&text, im_unit_text(g, g->units[i].name));
        units[i].area_km2 = add_text(&text, im_unit_text(g, g->units[i].area_km2));
    }
    add_section(w, IM_C_TEXT, text.data, text.len);
    add_section(w, IM_C_OWNERS, owners, g->owner_count);
    add_section(w, IM_C_UNITS, units, g->unit_count);
    add_section(w, IM_C_IDS, g->unit_of_id, g->id_count);
}

static enum incmap_status add_level(struct writer *w, int number,
                                    struct incmap_error *err) {
    struct im_level *level = NULL;
    enum incmap_status s = im_level_open(w->g, number, &level, err);
    if (s != INCMAP_OK) {
        return s;
    }
    for (size_t i = 0; i < level->n; i++) {
        im_arc_look(level, i);
    }
    int first = IM_C_LEVELS + number * IM_C_PARTS;
    struct im_records records = im_shapes_records(level->lines);
    add_section(w, first + IM_C_ARCS, level->arcs, level->n);
    add_section(w, first + IM_C_RECORDS, records.v, records.n);
    add_section(w, first + IM_C_SHELVES, level->shelf, level->n / IM_SHELF + 1);
    add_section(w, first + IM_C_BOXES, level->unit_box, w->g->unit_count);
    add_section(w, first + IM_C_CUT, level->unit_cut, w->g->unit_count);
    add_section(w, first + IM_C_FIRST, level->first_arc, w->g->unit_count + 1);
    add_section(w, first + IM_C_OF_UNIT, level->unit_arcs,
                level->first_arc[w->g->unit_count]);
    return im_bundled_sound(w->g, err);
}

static enum incmap_status compile(struct writer *w, const char *path,
                                  struct incmap_error *err) {
    im_buf_init(&w->body, w->arena, IM_MAX_INPUT);
    memcpy(w->head.magic, IM_COMPILED_MAGIC, sizeof w->head.magic);
    w->head.order = IM_COMPILED_ORDER;
    add_tables(w);
    for (int i = 0; i < IM_LEVELS; i++) {
        enum incmap_status s = add_level(w, i, err);
        if (s != INCMAP_OK) {
            return s;
        }
    }
    for (int i = 0; i < IM_COMPILED_SOURCES; i++) {
        const char *source = im_path_join(w->arena, w->g->dir, im_compiled_source(i));
        if (!im_file_size(source, &w->head.source[i])) {
            return im_fail(err, INCMAP_E_GEODATA, IM_FILE(source), "it is missing");
        }
    }
    w->head.check = im_checksum_of(w->body.data, w->body.len);
    w->head.head = im_checksum_of(&w->head, offsetof(struct im_compiled_header, head));
    struct im_buf all;
    im_buf_init(&all, w->arena, IM_MAX_INPUT);
    im_buf_add(&all, (const char *)&w->head, sizeof w->head);
    im_buf_add(&all, w->body.data, w->body.len);
    return im_file_write(path, all.data, all.len, err);
}

int main(int argc, char **argv) {
    struct incmap_error err = {.status = INCMAP_OK};
    if (argc != 2) {
        fputs("usage: basemap_compile DIR\n", stderr);
        return INCMAP_E_USAGE;
    }
    struct im_arena *arena = im_arena_new(IM_MAX_JOB_BYTES);
    if (!arena) {
        return INCMAP_E_LIMIT;
    }
    jmp_buf here;
    if (setjmp(here) != 0) {
        fputs("basemap_compile: out of memory\n", stderr);
        im_arena_free(arena);
        return INCMAP_E_LIMIT;
    }
    im_arena_catch(arena, &here);
    const char *path = im_path_join(arena, argv[1], IM_COMPILED_NAME);
    remove(path); // what is opened now is not the compiled form
    struct im_geodata *g = NULL;
    enum incmap_status s = im_geodata_open(arena, argv[1], &g, &err);
    struct writer w = {.g = g, .arena = arena};
    s = s == INCMAP_OK ? compile(&w, path, &err) : s;
    if (s != INCMAP_OK) {
        fprintf(stderr, "basemap_compile: %s: %s\n", err.source, err.message);
    }
    im_arena_free(arena);
    return (int)s;
}
