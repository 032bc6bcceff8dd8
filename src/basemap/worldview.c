/*
 * Worldviews. `un` and `de-facto` stand in units.tsv and with the lines; the claims of
 * a country stand in worldviews.tsv and are laid over `un`.
 */
#include "base/buf.h"
#include "base/num.h"
#include "basemap/geodata.h"
#include "text/text.h"
#include <string.h>

struct claims {
    const struct im_geodata *g;
    const struct im_spec *spec;
    const char *wanted;
    int *owner;
    struct im_strings known; /* codes, in the order of the table */
    bool found;
};

static void remember(struct im_arena *arena, struct im_strings *known,
                     const char *code) {
    if (known->n == 0 || strcmp(known->v[known->n - 1], code) != 0) {
        IM_PUSH(arena, known->v, known->n, known->cap, code);
    }
}

/* unit_id, worldview, owner, from, to */
static bool add_claim(void *self, struct im_arena *arena, char *const *cell) {
    struct claims *c = self;
    int64_t id = 0;
    int owner = im_owner_index(c->g, cell[2]);
    if (!im_int_parse(cell[0], strlen(cell[0]), &id) || owner < 0) {
        return false;
    }
    if (cell[1][0] < 'A' || cell[1][0] > 'Z') { // un, de-facto: in units.tsv
        return true;
    }
    remember(arena, &c->known, cell[1]);
    if (strcmp(c->wanted, cell[1]) != 0) {
        return true;
    }
    int unit = id > 0 ? im_unit_index(c->g, (long)id) : -1;
    c->found = true;
    if (unit >= 0 && im_valid_at(c->spec, cell[3], cell[4]) != IM_INVALID) {
        c->owner[unit] = owner;
    }
    return id == 0 || unit >= 0;
}

static enum incmap_status unknown(struct im_arena *arena, const struct claims *c,
                                  struct incmap_error *err) {
    static const char *const words[] = {"un", "de-facto"};
    struct im_buf b;
    const char *near = "";
    im_buf_init(&b, arena, 4096);
    for (size_t i = 0; i < 2; i++) {
        near = im_edit_distance(c->wanted, words[i], 2) < 2 ? words[i] : near;
    }
    for (size_t i = 0; i < c->known.n; i++) {
        im_buf_fmt(&b, " %s", c->known.v[i]);
    }
    return im_fail(err, INCMAP_E_USAGE, IM_FILE(c->spec->file),
                   "unknown worldview '%s' (%s%s%sun, de-facto, or the claims of a "
                   "country:%s)",
                   c->wanted, near[0] == '\0' ? "" : "nearest: '", near,
                   near[0] == '\0' ? "" : "'; known: ", b.data);
}

static enum incmap_status open_claims(const struct im_geodata *g,
                                      struct im_arena *arena,
                                      const struct im_spec *spec,
                                      struct im_worldview *out,
                                      struct incmap_error *err) {
    static const char *const columns[] = {"unit_id", "worldview", "owner",
                                          "from",    "to",        NULL};
    struct claims c = {g, spec, spec->worldview, NULL, {NULL, 0, 0}, false};
    c.owner = im_alloc(arena, g->unit_count + 1, sizeof *c.owner);
    for (size_t i = 0; i < g->unit_count; i++) {
        c.owner[i] = g->units[i].owner[IM_UN];
    }
    struct im_table table = {im_path_join(arena, g->dir, "worldviews.tsv"), columns,
                             add_claim, &c, NULL};
    enum incmap_status s = im_table_read(arena, &table, err);
    if (s != INCMAP_OK) {
        return s;
    }
    if (!c.found) {
        return unknown(arena, &c, err);
    }
    *out = (struct im_worldview){IM_UN, im_owner_index(g, c.wanted), c.owner};
    return INCMAP_OK;
}

enum incmap_status im_worldview_open(const struct im_geodata *g, struct im_arena *arena,
                                     const struct im_spec *spec,
                                     struct im_worldview *out,
                                     struct incmap_error *err) {
    *out = (struct im_worldview){IM_UN, -1, NULL};
    if (strcmp(spec->worldview, "un") == 0) {
        return INCMAP_OK;
    }
    if (strcmp(spec->worldview, "de-facto") == 0) {
        out->base = IM_DE_FACTO;
        return INCMAP_OK;
    }
    return open_claims(g, arena, spec, out, err);
}

int im_side_owner(const struct im_geodata *g, const struct im_worldview *w, int side) {
    return side < 0 ? -1 : im_unit_owner(g, w, side);
}

/*
 * Under the claims of a country its own lines are plain: to another owner a country
 * line, and inside it a province line where the base has a border or a claim, nothing
 * where it has a ceasefire line. Other lines are as in the base while their owners are.
 */
static unsigned char class_of_claim(const struct im_geodata *g,
                                    const struct im_worldview *w,
                                    const struct im_arc_info *a) {
    unsigned char c = a->line_class[w->base];
    int left = w->owner[a->left], right = w->owner[a->right];
    bool changed = left != g->units[a->left].owner[w->base] ||
                   right != g->units[a->right].owner[w->base];
    bool own = left == w->self || right == w->self;
    if (left == right) {
        if (c == IM_LC_CEASEFIRE && (changed || own)) {
            return IM_ARC_HIDDEN;
        }
        return changed || own ? IM_LC_PROVINCE : c;
    }
    bool claimed = c == IM_LC_UNDETERMINED || c == IM_LC_DISPUTED;
    return changed || (own && claimed) ? IM_LC_COUNTRY : c;
}

unsigned char im_arc_class(const struct im_geodata *g, const struct im_worldview *w,
                           const struct im_arc_info *a) {
    unsigned char c = a->line_class[w->base];
    if (w->owner == NULL || c == IM_ARC_HIDDEN || a->left < 0 || a->right < 0) {
        return c;
    }
    return class_of_claim(g, w, a);
}

static bool is_listed(const char *list, const char *name) {
    size_t n = strlen(name);
    for (const char *p = list; p != NULL && *p; p = strchr(p, ',')) {
        p += *p == ',';
        if (strncmp(p, name, n) == 0 && (p[n] == ',' || p[n] == '\0')) {
            return true;
        }
    }
    return false;
}

bool im_worldview_shows(const struct im_geodata *g, const struct im_worldview *w,
                        const char *list) {
    return is_listed(list, w->base == IM_UN ? "un" : "de-facto") ||
           (w->self >= 0 && is_listed(list, g->owners[w->self].code));
}
