/* Map files and settings: the tree or the dotted path is walked, keys.c says what is
 * what. */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/num.h"
#include "read/keys.h"
#include "read/read.h"
#include <string.h>

void im_spec_init(struct im_spec *spec) {
    *spec = (struct im_spec){.title = "",
                             .subtitle = "",
                             .language = "en",
                             .worldview = "un",
                             .theme = "news",
                             .projection = "auto",
                             .width_px = 1600,
                             .height_px = 1200,
                             .scale = 1,
                             .fit = "",
                             .margin_m = -1,
                             .pins = "",
                             .naming = "",
                             .furniture = {.inset = {IM_OFF, "auto", 0, "auto", {0}},
                                           .credits_text = "",
                                           .disclaimer_text = ""},
                             .labels = {.list = ""},
                             .where = "",
                             .facet = "",
                             .country = "",
                             .title_at = {NULL, 0, 0, -1}};
}

/* 1. Map files. */

static const struct im_node *child_of(const struct im_node *map, const char *key) {
    for (size_t i = 0; map != NULL && i < map->n; i++) {
        if (map->child[i]->key != NULL && strcmp(map->child[i]->key, key) == 0) {
            return map->child[i];
        }
    }
    return NULL;
}

/* What the keys mean together. */
static enum incmap_status check_whole(struct reading *r, const struct im_node *root) {
    const struct im_spec *spec = r->spec;
    int ways = (spec->around.n > 0) + spec->has_box + (spec->fit[0] != '\0');
    if (ways > 1) {
        return read_fail(r, child_of(root, "extent"),
                         "extent takes only one of around, bbox and fit");
    }
    const double *m = spec->pdf.margin_pt;
    if (spec->pdf.width_pt > 0 &&
        (m[1] + m[3] + IM_MIN_PAGE / 2 > spec->pdf.width_pt ||
         m[0] + m[2] + IM_MIN_PAGE / 2 > spec->pdf.height_pt)) {
        return read_fail(r, child_of(root, "pdf"),
                         "pdf.margins leave no room on the page");
    }
    const struct im_node *corridors = child_of(root, "corridors");
    for (size_t i = 0; i < spec->corridor_count; i++) {
        if (!(spec->corridors[i].distance_m > 0)) {
            bool list = corridors->kind == IM_NODE_LIST && i < corridors->n;
            return read_fail(r, list ? corridors->child[i] : corridors,
                             "corridors.%zu needs a distance (15 km)", i);
        }
    }
    return INCMAP_OK;
}

/* A table in the place of a map file; what is wrong with it as YAML helps no one. */
static bool is_table(const char *file) {
    return im_path_ends(file, ".csv") || im_path_ends(file, ".tsv");
}

enum incmap_status im_spec_read(struct im_arena *arena, const char *file,
                                struct im_spec *spec, struct incmap_error *err) {
    struct im_bytes bytes;
    struct im_node *root = NULL;
    struct reading r = {arena, im_strdup(arena, file), INCMAP_E_INPUT, spec, err};
    enum incmap_status status = im_file_map(arena, file, INCMAP_E_INPUT, &bytes, err);
    if (status == INCMAP_OK) {
        status = im_yaml_read(arena, r.file, bytes, &root, err);
        bool is_map = status == INCMAP_OK && root != NULL && root->kind == IM_NODE_MAP;
        if (!is_map && is_table(file)) {
            im_error_clear(err);
            return im_fail(err, INCMAP_E_INPUT, IM_FILE(file),
                           "this is a table, not a map file (incmap render "
                           "--incidents %s -o map.png)",
                           im_path_name(file));
        }
    }
    if (status != INCMAP_OK) {
        return status;
    }
    spec->file = r.file;
    if (root == NULL) {
        return im_fail(err, INCMAP_E_INPUT, IM_FILE(file), "the map file is empty");
    }
    if (root->kind != IM_NODE_MAP) {
        return read_fail(&r, root, "a map file holds keys and values (title: ...)");
    }
    status = read_apply_map(&r, &read_root, spec, root, "");
    const struct im_node *title = child_of(root, "title");
    if (title != NULL) {
        spec->title_at = IM_AT(r.file, title->line, title->col);
    }
    return status == INCMAP_OK ? check_whole(&r, root) : status;
}

/* 2. Settings. */

/* The dotted path, part by part. */
struct walk {
    struct reading *r;
    const char *path; /* the whole */
    const char *rest; /* what is not yet walked; NULL = nothing */
    const char *full; /* the path so far, with all indices */
    const struct im_node *value;
};

static const char *next_part(struct walk *w) {
    const char *dot = strchr(w->rest, '.');
    const char *part = dot == NULL
                           ? w->rest
                           : im_strndup(w->r->arena, w->rest, (size_t)(dot - w->rest));
    w->rest = dot == NULL ? NULL : dot + 1;
    return part;
}

static void step(struct walk *w, const char *part) {
    w->full =
        w->full[0] == '\0' ? part : im_format(w->r->arena, "%s.%s", w->full, part);
}

/* A setting has no lines: its parts must not name those of its YAML text. */
static void drop_positions(struct im_node *node) {
    node->line = node->col = node->key_line = node->key_col = 0;
    for (size_t i = 0; i < node->n; i++) {
        drop_positions(node->child[i]);
    }
}

/* A value that starts like a list or a map is read as one, where the key takes one. */
static enum incmap_status take_tree(struct walk *w) {
    const char *text = w->value->text;
    if (w->value->kind != IM_NODE_SCALAR || (text[0] != '[' && text[0] != '{')) {
        return INCMAP_OK;
    }
    struct im_node *tree = NULL;
    struct incmap_error why;
    im_error_clear(&why);
    struct im_bytes bytes = {text, strlen(text)};
    if (im_yaml_read(w->r->arena, "", bytes, &tree, &why) != INCMAP_OK) {
        return read_fail(w->r, w->value, "%s: '%s': %s", w->path, text, why.message);
    }
    drop_positions(tree);
    w->value = tree;
    return INCMAP_OK;
}

static bool takes_tree(enum read_kind kind) {
    switch (kind) {
    case READ_SIZE:
    case READ_BOX:
    case READ_MARGINS:
    case READ_AROUND:
    case READ_TEXTS:
    case READ_PATHS:
    case READ_MAP:
    case READ_LIST:
    case READ_COLUMNS:
    case READ_STYLE:
    case READ_NAMES:
    case READ_INSET:
    case READ_AROUND_BOX:
        return true;
    default:
        return false;
    }
}

static enum incmap_status walk_keys(struct walk *w, const struct read_table *table,
                                    void *base);

static enum incmap_status no_such_entry(struct walk *w, size_t count) {
    return read_fail(w->r, w->value, "%s: there %s %zu entr%s here yet", w->path,
                     count == 1 ? "is" : "are", count, count == 1 ? "y" : "ies");
}

/* "0.size", "file" (a new entry) or "size" (of the last entry). */
static enum incmap_status walk_list(struct walk *w, const struct read_key *list) {
    const char *before = w->rest;
    const char *part = next_part(w);
    size_t count = list->count(w->r->spec);
    int64_t i;
    if (!im_int_parse(part, strlen(part), &i)) {
        bool adds = w->rest == NULL && strcmp(part, list->sub->key[0].name) == 0;
        if (!adds && read_find(list->sub, part) != NULL && count == 0) {
            return no_such_entry(w, count);
        }
        if (read_find(list->sub, part) == NULL) {
            return read_unknown(w->r, list->sub, w->value, part, list->name);
        }
        w->rest = before;
        size_t at = adds ? count : count - 1;
        step(w, im_format(w->r->arena, "%zu", at));
        void *entry = list->entry(w->r->arena, w->r->spec, at);
        return walk_keys(w, list->sub, entry);
    }
    if (i < 0 || (uint64_t)i > count) {
        return no_such_entry(w, count);
    }
    step(w, part);
    if (w->rest == NULL) {
        enum incmap_status status = take_tree(w);
        return status != INCMAP_OK
                   ? status
                   : read_apply_entry(w->r, list, (size_t)i, w->value, w->path);
    }
    bool new_entry = (uint64_t)i == count;
    if (new_entry && strcmp(w->rest, list->sub->key[0].name) != 0) {
        return no_such_entry(w, count);
    }
    return walk_keys(w, list->sub, list->entry(w->r->arena, w->r->spec, (size_t)i));
}

/* "output.0": replace an entry, or add the next one. */
static enum incmap_status walk_strings(struct walk *w, const struct read_key *key,
                                       void *base) {
    const char *part = next_part(w);
    struct im_strings *list = (struct im_strings *)(void *)((char *)base + key->at);
    int64_t i;
    if (!im_int_parse(part, strlen(part), &i) || i < 0 || (uint64_t)i > list->n ||
        w->rest != NULL || w->value->kind != IM_NODE_SCALAR) {
        return no_such_entry(w, list->n);
    }
    enum incmap_status status = read_apply(w->r, key, base, w->value, w->path);
    if (status == INCMAP_OK && (uint64_t)i + 1 < list->n) {
        list->v[i] = list->v[--list->n];
    }
    return status;
}

static enum incmap_status walk_keys(struct walk *w, const struct read_table *table,
                                    void *base) {
    size_t walked = (size_t)(w->rest - w->path);
    const char *above = im_strndup(w->r->arena, w->path, walked > 0 ? walked - 1 : 0);
    const char *part = next_part(w);
    const struct read_key *key = read_find(table, part);
    if (key == NULL) {
        return read_unknown(w->r, table, w->value, part, above);
    }
    step(w, part);
    if (w->rest == NULL && key->kind == READ_LIST) {
        step(w, im_format(w->r->arena, "%zu", key->count(w->r->spec)));
    }
    if (w->rest == NULL || key->kind == READ_NOT_YET) {
        enum incmap_status status = takes_tree(key->kind) ? take_tree(w) : INCMAP_OK;
        return status != INCMAP_OK ? status
                                   : read_apply(w->r, key, base, w->value, w->path);
    }
    switch (key->kind) {
    case READ_INSET:
        read_want_inset(w->r->spec);
        return walk_keys(w, key->sub, base);
    case READ_MAP:
        return walk_keys(w, key->sub, base);
    case READ_LIST:
        return walk_list(w, key);
    case READ_AROUND:
    case READ_TEXTS:
    case READ_PATHS:
        return walk_strings(w, key, base);
    case READ_COLUMNS:
        return read_apply_column(w->r, base, w->rest, w->value, w->path);
    case READ_NAMES:
        return read_apply_names(w->r, w->rest, w->value, w->path);
    case READ_STYLE:
        return read_apply_style(w->r, w->rest, w->value);
    default:
        return read_fail(w->r, w->value, "%s: '%s' has no parts", w->path, key->name);
    }
}

enum incmap_status im_spec_set(struct im_arena *arena, struct im_spec *spec,
                               const char *key, const char *value,
                               struct incmap_error *err) {
    struct reading r = {arena, NULL, INCMAP_E_USAGE, spec, err};
    struct im_node *node = im_alloc(arena, 1, sizeof *node);
    node->kind = IM_NODE_SCALAR;
    node->text = im_strdup(arena, value);
    node->quoted = true; // an empty setting is a value
    const char *path = im_strdup(arena, key);
    struct walk w = {&r, path, path, "", node};
    enum incmap_status status = walk_keys(&w, &read_root, spec);
    if (status == INCMAP_OK) {
        read_note(&r, w.full, IM_NOWHERE); // the map file's position is not its own
    }
    return status;
}
