/* Values that hold others: maps, entries of lists, columns{} and style{}. */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "read/columns.h"
#include "read/keys.h"
#include "read/values.h"
#include <string.h>

static const char *joined(struct reading *r, const char *path, const char *name) {
    return path[0] == '\0' ? name : im_format(r->arena, "%s.%s", path, name);
}

enum incmap_status read_apply_map(struct reading *r, const struct read_table *table,
                                  void *base, const struct im_node *node,
                                  const char *path) {
    if (node->kind != IM_NODE_MAP) {
        return read_fail(r, node, "%s takes keys and values, not %s", path,
                         node->kind == IM_NODE_LIST ? "a list" : "one value");
    }
    enum incmap_status status = INCMAP_OK;
    for (size_t i = 0; i < node->n && status == INCMAP_OK; i++) {
        const struct im_node *child = node->child[i];
        const struct read_key *key = read_find(table, child->key);
        status = key == NULL
                     ? read_unknown(r, table, child, child->key, path)
                     : read_apply(r, key, base, child, joined(r, path, child->key));
    }
    return status;
}

/* A list of values as one text, "10 mm 15 mm". */
static const char *in_a_row(struct reading *r, const struct im_node *node) {
    struct im_buf b;
    im_buf_init(&b, r->arena, (size_t)1 << 20);
    for (size_t i = 0; i < node->n; i++) {
        im_buf_fmt(&b, "%s%s", i > 0 ? ", " : "", node->child[i]->text);
    }
    return b.data;
}

enum incmap_status read_apply_paper(struct reading *r, enum read_kind kind,
                                    const struct im_node *node, const char *path) {
    bool page = kind == READ_PAGE, list = node->kind == IM_NODE_LIST;
    struct im_spec *spec = r->spec;
    if (node->kind == IM_NODE_MAP || (list && page)) {
        return read_fail(r, node, "%s takes one value, not a %s", path,
                         list ? "list" : "map");
    }
    for (size_t i = 0; i < node->n; i++) {
        if (node->child[i]->kind != IM_NODE_SCALAR) {
            return read_fail(r, node->child[i], "%s takes lengths, not a %s", path,
                             node->child[i]->kind == IM_NODE_LIST ? "list" : "map");
        }
    }
    const char *text = list ? in_a_row(r, node) : node->text;
    if (page && !read_page(text, &spec->pdf.width_pt, &spec->pdf.height_pt)) {
        return read_fail(r, node,
                         "%s: '%s' is no page (write A4, A4 landscape, letter, 210x297 "
                         "mm or figure; sides %.0f to %.0f mm)",
                         path, text, IM_MIN_PAGE * 25.4 / 72, IM_MAX_PAGE * 25.4 / 72);
    }
    if (!page && !read_margins(text, spec->pdf.margin_pt)) {
        return read_fail(r, node,
                         "%s: '%s' is no margin (write 10 mm, or four: top, right, "
                         "bottom, left)",
                         path, text);
    }
    spec->pdf.margins = spec->pdf.margins || !page;
    return INCMAP_OK;
}

/* Where ":style" starts in "file:style"; NULL when there is none. A file of that very
 * name has none. */
static const char *style_suffix(struct reading *r, const char *text) {
    const char *colon = strrchr(text, ':');
    if (colon == NULL || colon == text || colon[1] == '\0' ||
        strpbrk(colon, "./ ") != NULL || im_file_exists(read_path(r, text))) {
        return NULL;
    }
    return colon;
}

/* The main field alone: "file", for overlays also "file:style". */
static enum incmap_status apply_bare(struct reading *r, const struct read_key *list,
                                     void *entry, const struct im_node *node,
                                     const char *path) {
    struct im_node bare = *node;
    if (strcmp(list->name, "overlays") == 0) {
        const char *colon = style_suffix(r, node->text);
        if (colon != NULL) {
            struct im_node style = *node;
            style.text = colon + 1;
            bare.text = im_strndup(r->arena, node->text, (size_t)(colon - node->text));
            enum incmap_status status =
                read_apply(r, read_find(list->sub, "style"), entry, &style, path);
            if (status != INCMAP_OK) {
                return status;
            }
        }
    }
    return read_apply(r, &list->sub->key[0], entry, &bare, path);
}

enum incmap_status read_apply_entry(struct reading *r, const struct read_key *list,
                                    size_t i, const struct im_node *node,
                                    const char *path) {
    if (node->kind == IM_NODE_LIST) {
        return read_fail(r, node, "%s takes keys and values, not a list", path);
    }
    bool has_main = node->kind == IM_NODE_SCALAR && node->text[0] != '\0';
    for (size_t k = 0; k < node->n; k++) {
        bool empty =
            node->child[k]->kind == IM_NODE_SCALAR && node->child[k]->text[0] == '\0';
        has_main = has_main ||
                   (strcmp(node->child[k]->key, list->sub->key[0].name) == 0 && !empty);
    }
    if (i == list->count(r->spec) && !has_main) {
        for (size_t k = 0; k < node->n; k++) { // "filee" is likely what was meant
            if (read_find(list->sub, node->child[k]->key) == NULL) {
                return read_unknown(r, list->sub, node->child[k], node->child[k]->key,
                                    path);
            }
        }
        return read_fail(r, node, "%s needs '%s'", path, list->sub->key[0].name);
    }
    void *entry = list->entry(r->arena, r->spec, i);
    return node->kind == IM_NODE_MAP ? read_apply_map(r, list->sub, entry, node, path)
                                     : apply_bare(r, list, entry, node, path);
}

enum incmap_status read_apply_column(struct reading *r, void *base, const char *name,
                                     const struct im_node *node, const char *path) {
    struct im_spec_incidents *set = base;
    struct im_where where = IM_AT(r->file, node->key_line, node->key_col);
    if (read_column_find(name) == READ_COLUMN_COUNT) {
        return im_fail(r->err, r->family, where,
                       "%s: incmap knows no column '%s' (nearest: '%s')", path, name,
                       read_column_nearest(name));
    }
    if (node->kind != IM_NODE_SCALAR || node->text[0] == '\0') {
        return read_fail(r, node, "%s takes the name of a column of the table", path);
    }
    for (size_t i = 0; i < set->column_count; i++) {
        if (strcmp(set->column_from[i], name) == 0) {
            set->column_to[i] = node->text;
            return INCMAP_OK;
        }
    }
    if (set->column_count == set->column_cap) {
        size_t n = set->column_count, cap = n == 0 ? 8 : 2 * n;
        size_t size = sizeof *set->column_from;
        set->column_from = im_grow(r->arena, set->column_from, n, cap, size);
        set->column_to = im_grow(r->arena, set->column_to, n, cap, size);
        set->column_cap = cap;
    }
    set->column_from[set->column_count] = name;
    set->column_to[set->column_count++] = node->text;
    return INCMAP_OK;
}

/* Nested keys are joined by dots, entries of lists are numbered. */
enum incmap_status read_apply_style(struct reading *r, const char *name,
                                    const struct im_node *node) {
    if (strcmp(name, "fonts") == 0 || strncmp(name, "fonts.", 6) == 0) {
        return im_fail(r->err, r->family, IM_AT(r->file, node->key_line, node->key_col),
                       "'style.fonts' is not supported by this version (leave it out)");
    }
    if (node->kind == IM_NODE_SCALAR) {
        struct im_spec_style entry = {name, node->text,
                                      IM_AT(r->file, node->line, node->col)};
        IM_PUSH(r->arena, r->spec->style, r->spec->style_count, r->spec->style_cap,
                entry);
        return INCMAP_OK;
    }
    enum incmap_status status = INCMAP_OK;
    for (size_t i = 0; i < node->n && status == INCMAP_OK; i++) {
        const struct im_node *child = node->child[i];
        const char *part =
            child->key != NULL ? child->key : im_format(r->arena, "%zu", i);
        status = read_apply_style(r, joined(r, name, part), child);
    }
    return status;
}

/* "AM: hy", "AZ: both": a country's own language or policy; the last one holds. */
enum incmap_status read_apply_names(struct reading *r, const char *name,
                                    const struct im_node *node, const char *path) {
    struct im_spec *spec = r->spec;
    struct im_spec_names own = {.policy = "", .language = ""};
    char code[3];
    bool policy = false;
    if (!read_country(name, code)) {
        return read_fail(r, node,
                         "%s: '%s' is no country code (write its ISO code: AM or ARM)",
                         path, name);
    }
    if (node->kind != IM_NODE_SCALAR || node->text[0] == '\0') {
        return read_fail(r, node, "%s.%s: give a policy (%s) or a language", path, name,
                         read_words(r->arena, read_policies));
    }
    for (size_t i = 0; read_policies[i] != NULL; i++) {
        policy = policy || strcmp(read_policies[i], node->text) == 0;
    }
    own.country = im_strdup(r->arena, code);
    own.policy = policy ? node->text : "";
    own.language = policy ? "" : node->text;
    read_note(r, im_format(r->arena, "names.areas.%s", code),
              IM_AT(r->file, node->line, node->col));
    IM_PUSH(r->arena, spec->names, spec->name_count, spec->name_cap, own);
    return INCMAP_OK;
}

enum incmap_status read_apply_free(struct reading *r, const struct read_key *key,
                                   void *base, const struct im_node *node,
                                   const char *path) {
    if (node->kind != IM_NODE_MAP) {
        return read_fail(r, node, "%s takes keys and values", path);
    }
    enum incmap_status status = INCMAP_OK;
    for (size_t i = 0; i < node->n && status == INCMAP_OK; i++) {
        const struct im_node *child = node->child[i];
        status = key->kind == READ_STYLE ? read_apply_style(r, child->key, child)
                 : key->kind == READ_NAMES
                     ? read_apply_names(r, child->key, child, path)
                     : read_apply_column(r, base, child->key, child, path);
    }
    return status;
}
