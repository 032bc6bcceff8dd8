/* The tables of units and owners. */
#include "base/num.h"
#include "basemap/geodata.h"
#include <string.h>

enum { MAX_COLUMNS = 24, MAX_ID = 1 << 20, USUAL_UNITS = 5000 };

int im_owner_index(const struct im_geodata *g, const char *code) {
    size_t low = 0, high = g->owner_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *other = g->owners[middle].code;
        int order = (unsigned char)code[0] - (unsigned char)other[0];
        order = order == 0 ? strcmp(code, other) : order;
        if (order == 0) {
            return (int)middle;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return -1;
}

int im_unit_index(const struct im_geodata *g, long id) {
    return id > 0 && (size_t)id < g->id_count ? g->unit_of_id[id] - 1 : -1;
}

double im_unit_area_km2(const struct im_geodata *g, int unit) {
    double v = 0;
    const char *text = unit >= 0 ? im_unit_text(g, g->units[unit].area_km2) : "";
    return im_num_parse(text, strlen(text), &v) ? v : 0;
}

/* ---- reading -------------------------------------------------------------- */

// Cut a line at its tabs, in place; at most `most` cells are looked for.
static size_t split(char *line, size_t most, char *cell[MAX_COLUMNS]) {
    size_t n = 0;
    while (line != NULL && n < most) {
        cell[n++] = line;
        line = strchr(line, '\t');
        if (line != NULL) {
            *line++ = '\0';
        }
    }
    return n;
}

/* What is being read. */
struct tables {
    struct im_geodata *g;
    struct im_unit *units; /* those of g */
    size_t unit_cap, owner_cap;
};

static bool add_owner(void *self, struct im_arena *arena, char *const *cell) {
    struct tables *t = self;
    struct im_geodata *g = t->g;
    struct im_owner o = {cell[0], cell[1]};
    if (g->owner_count > 0 && strcmp(g->owners[g->owner_count - 1].code, o.code) >= 0) {
        return false;
    }
    IM_PUSH(arena, g->owners, g->owner_count, t->owner_cap, o);
    return true;
}

static bool add_unit(void *self, struct im_arena *arena, char *const *cell) {
    struct tables *t = self;
    struct im_geodata *g = t->g;
    int64_t id = 0;
    bool sound = im_int_parse(cell[0], strlen(cell[0]), &id) && id > 0 && id < MAX_ID &&
                 (g->unit_count == 0 || t->units[g->unit_count - 1].id < id);
    int un = im_owner_index(g, cell[1]);
    int de_facto = strcmp(cell[1], cell[2]) == 0 ? un : im_owner_index(g, cell[2]);
    struct im_unit u = {.id = (uint32_t)id,
                        .code = (uint32_t)(cell[3] - g->text),
                        .name = (uint32_t)(cell[4] - g->text),
                        .area_km2 = (uint32_t)(cell[5] - g->text),
                        .owner = {un, de_facto}};
    IM_PUSH(arena, t->units, g->unit_count, t->unit_cap, u);
    return sound && un >= 0 && de_facto >= 0;
}

// Where the wanted columns are, and how many of each row are to be looked at.
struct columns {
    size_t at[MAX_COLUMNS], n;
};

// false when one is missing.
static bool find_columns(const struct im_table *t, char *line, struct columns *c) {
    char *cell[MAX_COLUMNS];
    size_t n = split(line, MAX_COLUMNS, cell), *column = c->at;
    for (size_t k = 0; t->names[k] != NULL; k++) {
        column[k] = n;
        for (size_t i = 0; i < n; i++) {
            column[k] = strcmp(cell[i], t->names[k]) == 0 ? i : column[k];
        }
        if (column[k] == n) {
            return false;
        }
        c->n = column[k] >= c->n ? column[k] + 1 : c->n;
    }
    return true;
}

static bool add_row(struct im_arena *arena, const struct im_table *t, char *line,
                    const struct columns *c) {
    char *cell[MAX_COLUMNS], *wanted[MAX_COLUMNS];
    if (split(line, c->n, cell) < c->n) {
        return false;
    }
    for (size_t k = 0; t->names[k] != NULL; k++) {
        wanted[k] = cell[c->at[k]];
    }
    return t->add(t->self, arena, wanted);
}

enum incmap_status im_table_read(struct im_arena *arena, const struct im_table *t,
                                 struct incmap_error *err) {
    struct im_bytes bytes;
    struct columns columns = {.n = 0};
    enum incmap_status s = im_file_map(arena, t->path, INCMAP_E_GEODATA, &bytes, err);
    if (s != INCMAP_OK) {
        return s;
    }
    char *line = im_strndup(arena, bytes.data, bytes.n);
    if (t->text != NULL) {
        *t->text = line;
    }
    for (unsigned number_of = 1; line != NULL && *line != '\0'; number_of++) {
        char *next = strchr(line, '\n');
        if (next != NULL) {
            *next++ = '\0';
        }
        bool sound = number_of == 1 ? find_columns(t, line, &columns)
                                    : add_row(arena, t, line, &columns);
        if (!sound) {
            return im_fail(err, INCMAP_E_GEODATA, IM_AT(t->path, number_of, 0),
                           "the bundled table is damaged (install the data again)");
        }
        line = next;
    }
    return INCMAP_OK;
}

static void index_units(struct im_geodata *g, struct im_arena *arena) {
    g->id_count = (size_t)g->units[g->unit_count - 1].id + 1;
    int *unit_of_id = im_alloc(arena, g->id_count, sizeof *unit_of_id);
    for (size_t i = 0; i < g->unit_count; i++) {
        unit_of_id[g->units[i].id] = (int)i + 1;
    }
    g->unit_of_id = unit_of_id;
}

enum incmap_status im_tables_read(struct im_geodata *g, struct im_arena *arena,
                                  struct incmap_error *err) {
    static const char *const owner_columns[] = {"code", "name", NULL};
    static const char *const unit_columns[] = {"id",   "owner_un", "owner_df", "code",
                                               "name", "area_km2", NULL};
    struct tables t = {.g = g};
    const struct im_table owners = {im_path_join(arena, g->dir, "owners.tsv"),
                                    owner_columns, add_owner, &t, NULL};
    const struct im_table units = {im_path_join(arena, g->dir, "units.tsv"),
                                   unit_columns, add_unit, &t, &g->text};
    enum incmap_status s = im_table_read(arena, &owners, err);
    if (s == INCMAP_OK) {
        t.unit_cap = USUAL_UNITS;
        t.units = im_alloc_raw(arena, t.unit_cap, sizeof *t.units);
        s = im_table_read(arena, &units, err);
        g->units = t.units;
    }
    if (s == INCMAP_OK && (g->unit_count == 0 || g->owner_count == 0)) {
        s = im_fail(err, INCMAP_E_GEODATA, IM_FILE(g->dir),
                    "the tables of units and owners are empty");
    }
    if (s == INCMAP_OK) {
        index_units(g, arena);
    }
    return s;
}
