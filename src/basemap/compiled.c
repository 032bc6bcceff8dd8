/* Reading the compiled form of the bundled tables and lines. */
#include "basemap/compiled.h"
#include "base/checksum.h"
#include "base/file.h"
#include <stddef.h>
#include <string.h>

struct im_compiled {
    struct {
        const void *v;
        size_t n; /* elements */
    } section[IM_C_SECTIONS];
};

const char *im_compiled_source(int i) {
    static const char *const names[IM_COMPILED_SOURCES] = {
        "owners.tsv",         "units.tsv",       "lines-caucasus.shp",
        "lines-caucasus.dbf", "lines-world.shp", "lines-world.dbf"};
    return names[i];
}

size_t im_compiled_size(int section) {
    static const size_t table[IM_C_LEVELS] = {1, sizeof(struct im_compiled_owner),
                                              sizeof(struct im_unit), sizeof(int)};
    static const size_t part[IM_C_PARTS] = {sizeof(struct im_arc_info),
                                            sizeof(struct im_record),
                                            sizeof(struct im_window),
                                            sizeof(struct im_box),
                                            sizeof(bool),
                                            sizeof(uint32_t),
                                            sizeof(uint32_t)};
    return section < IM_C_LEVELS ? table[section]
                                 : part[(section - IM_C_LEVELS) % IM_C_PARTS];
}

static bool sources_fit(const struct im_geodata *g, struct im_arena *arena,
                        const struct im_compiled_header *h) {
    for (int i = 0; i < IM_COMPILED_SOURCES; i++) {
        uint64_t bytes;
        if (!im_file_size(im_path_join(arena, g->dir, im_compiled_source(i)), &bytes) ||
            bytes != h->source[i]) {
            return false;
        }
    }
    return true;
}

/* Are the sections within the file, and of this machine's layout? */
static bool take_sections(struct im_bytes file, const struct im_compiled_header *h,
                          struct im_compiled *out) {
    for (int i = 0; i < IM_C_SECTIONS; i++) {
        uint64_t at = h->section[i].at, bytes = h->section[i].bytes;
        size_t size = im_compiled_size(i);
        if (h->size[i] != size || at % 8 != 0 || bytes % size != 0 || at > file.n ||
            bytes > file.n - at) {
            return false;
        }
        out->section[i].v = file.data + at;
        out->section[i].n = (size_t)bytes / size;
    }
    return true;
}

/* Do the numbers of elements agree? */
static bool counts_agree(const struct im_compiled *c) {
    size_t units = c->section[IM_C_UNITS].n;
    bool agree = units > 0 && c->section[IM_C_OWNERS].n > 0 &&
                 c->section[IM_C_TEXT].n > 0 && c->section[IM_C_IDS].n > 0;
    for (int i = IM_C_LEVELS; i < IM_C_SECTIONS; i += IM_C_PARTS) {
        size_t arcs = c->section[i + IM_C_ARCS].n;
        agree = agree && arcs > 0 && c->section[i + IM_C_RECORDS].n == arcs &&
                c->section[i + IM_C_SHELVES].n == arcs / IM_SHELF + 1 &&
                c->section[i + IM_C_BOXES].n == units &&
                c->section[i + IM_C_CUT].n == units &&
                c->section[i + IM_C_FIRST].n == units + 1 &&
                c->section[i + IM_C_OF_UNIT].n > 0;
    }
    return agree;
}

const struct im_compiled *im_compiled_open(const struct im_geodata *g,
                                           struct im_arena *arena) {
    const char *path = im_path_join(arena, g->dir, IM_COMPILED_NAME);
    struct im_compiled *out = im_alloc(arena, 1, sizeof *out);
    struct im_compiled_header h;
    struct im_bytes file;
    if (!im_file_exists(path) ||
        im_file_map(arena, path, INCMAP_E_GEODATA, &file, NULL) != INCMAP_OK ||
        file.n <= sizeof h) {
        return NULL;
    }
    memcpy(&h, file.data, sizeof h);
    return memcmp(h.magic, IM_COMPILED_MAGIC, sizeof h.magic) == 0 &&
                   h.order == IM_COMPILED_ORDER &&
                   h.head ==
                       im_checksum_of(&h, offsetof(struct im_compiled_header, head)) &&
                   take_sections(file, &h, out) && counts_agree(out) &&
                   sources_fit(g, arena, &h) &&
                   im_checksum_of(file.data + sizeof h, file.n - sizeof h) == h.check
               ? out
               : NULL;
}

void im_compiled_tables(struct im_geodata *g, struct im_arena *arena) {
    const struct im_compiled *c = g->compiled;
    const struct im_compiled_owner *owners = c->section[IM_C_OWNERS].v;
    g->text = c->section[IM_C_TEXT].v;
    g->units = c->section[IM_C_UNITS].v;
    g->unit_count = c->section[IM_C_UNITS].n;
    g->unit_of_id = c->section[IM_C_IDS].v;
    g->id_count = c->section[IM_C_IDS].n;
    g->owner_count = c->section[IM_C_OWNERS].n;
    g->owners = im_alloc(arena, g->owner_count, sizeof *g->owners);
    for (size_t i = 0; i < g->owner_count; i++) {
        g->owners[i] =
            (struct im_owner){g->text + owners[i].code, g->text + owners[i].name};
    }
}

/* First section of the level that has this file; IM_C_SECTIONS: none. */
static int first_section(const struct im_geodata *g, const char *file) {
    for (int i = 0; g->compiled != NULL && i < IM_LEVELS; i++) {
        if (strcmp(im_level_source(i)->file, file) == 0) {
            return IM_C_LEVELS + i * IM_C_PARTS;
        }
    }
    return IM_C_SECTIONS;
}

struct im_records im_compiled_records(const struct im_geodata *g, const char *file) {
    int first = first_section(g, file);
    struct im_records out = {NULL, 0};
    if (first < IM_C_SECTIONS) {
        out.v = g->compiled->section[first + IM_C_RECORDS].v;
        out.n = g->compiled->section[first + IM_C_RECORDS].n;
    }
    return out;
}

bool im_compiled_level(const struct im_geodata *g, struct im_level *level) {
    int first = first_section(g, level->source->file);
    if (first == IM_C_SECTIONS) {
        return false;
    }
    const struct im_compiled *c = g->compiled;
    level->n = c->section[first + IM_C_ARCS].n;
    level->arcs = c->section[first + IM_C_ARCS].v;
    level->shelf = c->section[first + IM_C_SHELVES].v;
    level->unit_box = c->section[first + IM_C_BOXES].v;
    level->unit_cut = c->section[first + IM_C_CUT].v;
    level->first_arc = c->section[first + IM_C_FIRST].v;
    level->unit_arcs = c->section[first + IM_C_OF_UNIT].v;
    return true;
}
