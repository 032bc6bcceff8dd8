/*
 * From a node to its place in the spec: read_apply looks at the kind of the key and
 * calls the function of that kind.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "read/filter.h"
#include "read/keys.h"
#include "read/values.h"
#include "text/text.h"
#include <string.h>

enum { MOST_LABELS = 100000 };

enum incmap_status read_fail(struct reading *r, const struct im_node *node,
                             const char *fmt, ...) {
    struct im_buf text;
    im_buf_init(&text, r->arena, (size_t)1 << 20);
    va_list ap;
    va_start(ap, fmt);
    im_buf_vfmt(&text, fmt, ap);
    va_end(ap);
    return im_fail(r->err, r->family, IM_AT(r->file, node->line, node->col), "%s",
                   text.data);
}

enum incmap_status read_unknown(struct reading *r, const struct read_table *table,
                                const struct im_node *node, const char *name,
                                const char *path) {
    struct im_where where = IM_AT(r->file, node->key_line, node->key_col);
    return im_fail(r->err, r->family, where, "unknown key '%s%s%s' (%s)", path,
                   path[0] == '\0' ? "" : ".", name, read_hint(r->arena, table, name));
}

void read_note(struct reading *r, const char *path, struct im_where at) {
    struct im_spec_value value = {path, at};
    IM_PUSH(r->arena, r->spec->values, r->spec->value_count, r->spec->value_cap, value);
}

const char *read_path(struct reading *r, const char *text) {
    bool standard_input = strcmp(text, "-") == 0;
    return standard_input ? text : im_path_beside(r->arena, r->file, text);
}

/* 1. Writing through an offset. */

static void put_text(void *base, size_t at, const char *text) {
    memcpy((char *)base + at, &text, sizeof text);
}

static struct im_strings *strings_at(void *base, size_t at) {
    return (struct im_strings *)(void *)((char *)base + at);
}

static void put_switch(void *base, size_t at, enum im_switch value) {
    memcpy((char *)base + at, &value, sizeof value);
}

static void put_number(void *base, size_t at, double value) {
    memcpy((char *)base + at, &value, sizeof value);
}

/* 2. One value. */

static enum incmap_status need_scalar(struct reading *r, const struct im_node *node,
                                      const char *path) {
    if (node->kind == IM_NODE_SCALAR) {
        return INCMAP_OK;
    }
    return read_fail(r, node, "%s takes one value, not a %s", path,
                     node->kind == IM_NODE_LIST ? "list" : "map");
}

static enum incmap_status apply_word(struct reading *r, const struct read_key *key,
                                     void *base, const struct im_node *node,
                                     const char *path) {
    for (size_t i = 0; key->words[i] != NULL; i++) {
        if (strcmp(key->words[i], node->text) == 0) {
            put_text(base, key->at, key->words[i]);
            return INCMAP_OK;
        }
    }
    static const char *const later[] = {"geojson", "kml", "gdelt", NULL};
    for (size_t i = 0; later[i] != NULL && strcmp(key->name, "format") == 0; i++) {
        if (strcmp(later[i], node->text) == 0) {
            return read_fail(r, node,
                             "%s: '%s' is not supported by this version (use %s)", path,
                             node->text, read_words(r->arena, key->words));
        }
    }
    const char *near = im_closest_word(node->text, key->words);
    return read_fail(r, node, "%s: unknown value '%s' (%s%s%sknown: %s)", path,
                     node->text, near[0] == '\0' ? "" : "nearest: '", near,
                     near[0] == '\0' ? "" : "'; ", read_words(r->arena, key->words));
}

static enum incmap_status apply_date(struct reading *r, const struct read_key *key,
                                     void *base, const struct im_node *node,
                                     const char *path) {
    struct im_date date;
    if (!im_date_parse(node->text, strlen(node->text), &date)) {
        return read_fail(r, node,
                         "%s: '%s' is no date (write 2020-07-12, 2020-07 or 2020)",
                         path, node->text);
    }
    memcpy((char *)base + key->at, &date, sizeof date);
    return INCMAP_OK;
}

static enum incmap_status apply_country(struct reading *r, const struct read_key *key,
                                        void *base, const struct im_node *node,
                                        const char *path) {
    char code[3];
    bool is_code = read_country(node->text, code); // else a name, for the gazetteer
    if (node->text[0] == '\0') {
        return read_fail(r, node, "%s is empty (give AM or Armenia)", path);
    }
    put_text(base, key->at, is_code ? im_strdup(r->arena, code) : node->text);
    return INCMAP_OK;
}

static enum incmap_status apply_where(struct reading *r, const struct read_key *key,
                                      void *base, const struct im_node *node,
                                      const char *path) {
    struct read_filter filter;
    if (node->text[0] != '\0' && !read_filter_parse(r->arena, node->text, &filter)) {
        return read_fail(r, node,
                         "%s: '%s' is no filter (write column=value, column!=value or "
                         "column~part)",
                         path, node->text);
    }
    put_text(base, key->at, node->text);
    return INCMAP_OK;
}

static enum incmap_status apply_switch(struct reading *r, const struct read_key *key,
                                       void *base, const struct im_node *node,
                                       const char *path) {
    enum im_switch value;
    if (read_switch(node->text, &value)) {
        if (key->kind == READ_NOT_YET_ON && value == IM_ON) {
            return read_fail(
                r, node, "%s is not supported by this version (leave it out)", path);
        }
        if (key->kind != READ_NOT_YET_ON) {
            put_switch(base, key->at, value);
        }
        return INCMAP_OK;
    }
    if (key->kind != READ_NOTE) {
        return read_fail(r, node, "%s: '%s' is none of on, off, auto", path,
                         node->text);
    }
    put_switch(base, key->at, IM_ON);
    put_text(base, key->at2, node->text);
    return INCMAP_OK;
}

static enum incmap_status apply_length(struct reading *r, const struct read_key *key,
                                       void *base, const struct im_node *node,
                                       const char *path) {
    double metres;
    if (!read_length(node->text, &metres)) {
        return read_fail(r, node, "%s: '%s' is no distance (write 80, 80 km or 500 m)",
                         path, node->text);
    }
    put_number(base, key->at, metres);
    return INCMAP_OK;
}

static enum incmap_status apply_number(struct reading *r, const struct read_key *key,
                                       void *base, const struct im_node *node,
                                       const char *path) {
    const double low = 0.1, high = key->kind == READ_SHARE ? 0.6 : 20;
    double factor;
    int count;
    if (key->kind != READ_COUNT) {
        if (!read_number(node->text, low, high, &factor)) {
            return read_fail(r, node, "%s: '%s' is no number from %g to %g", path,
                             node->text, low, high);
        }
        put_number(base, key->at, factor);
        return INCMAP_OK;
    }
    if (!read_count(node->text, MOST_LABELS, &count)) {
        return read_fail(r, node, "%s: '%s' is no whole number from 0 to %d", path,
                         node->text, MOST_LABELS);
    }
    memcpy((char *)base + key->at, &count, sizeof count);
    return INCMAP_OK;
}

static enum incmap_status apply_outlines(struct reading *r, const struct im_node *node,
                                         const char *path) {
    bool outlines = strcmp(node->text, "outlines") == 0;
    if (!outlines && strcmp(node->text, "live") != 0) {
        return read_fail(r, node, "%s: unknown value '%s' (known: live, outlines)",
                         path, node->text);
    }
    r->spec->outlines = outlines;
    return INCMAP_OK;
}

/* A scalar by its kind. */
static enum incmap_status apply_scalar(struct reading *r, const struct read_key *key,
                                       void *base, const struct im_node *node,
                                       const char *path) {
    enum incmap_status status = need_scalar(r, node, path);
    if (status != INCMAP_OK) {
        return status;
    }
    switch (key->kind) {
    case READ_WORD:
        return apply_word(r, key, base, node, path);
    case READ_DATE:
        return apply_date(r, key, base, node, path);
    case READ_COUNTRY:
        return apply_country(r, key, base, node, path);
    case READ_WHERE:
        return apply_where(r, key, base, node, path);
    case READ_SWITCH:
    case READ_NOTE:
    case READ_NOT_YET_ON:
        return apply_switch(r, key, base, node, path);
    case READ_LENGTH:
        return apply_length(r, key, base, node, path);
    case READ_FACTOR:
    case READ_SHARE:
    case READ_COUNT:
        return apply_number(r, key, base, node, path);
    case READ_OUTLINES:
        return apply_outlines(r, node, path);
    default:
        break;
    }
    bool keep = key->kind == READ_TEXT ||
                (key->kind == READ_LAYER && read_is_layer_name(node->text));
    if (!keep && node->text[0] == '\0') {
        return read_fail(r, node, "%s is empty (name a file)", path);
    }
    put_text(base, key->at, keep ? node->text : read_path(r, node->text));
    return INCMAP_OK;
}

/* 3. Values of several parts. */

static enum incmap_status apply_size(struct reading *r, const struct im_node *node,
                                     const char *path) {
    const char *text = node->text;
    if (node->kind == IM_NODE_LIST && node->n == 2) {
        text = im_format(r->arena, "%sx%s", node->child[0]->text, node->child[1]->text);
    }
    if (!read_size(text, &r->spec->width_px, &r->spec->height_px)) {
        return read_fail(r, node,
                         "%s: '%s' is no size (write 1600x1200; sides %d to %d)", path,
                         text, IM_MIN_SIDE, IM_MAX_SIDE);
    }
    return INCMAP_OK;
}

static void forget_other_extents(struct reading *r, enum read_kind kind) {
    if (r->file != NULL) {
        return; // a map file may not give two; that is checked at its end
    }
    if (kind != READ_AROUND) {
        r->spec->around.n = 0;
    }
    if (kind != READ_BOX) {
        r->spec->has_box = false;
    }
    if (kind != READ_FIT) {
        r->spec->fit = "";
    }
}

static enum incmap_status apply_box(struct reading *r, const struct im_node *node,
                                    const char *path) {
    const char *text = node->text;
    const char *why;
    if (node->kind == IM_NODE_LIST && node->n == 4) {
        text =
            im_format(r->arena, "%s,%s,%s,%s", node->child[0]->text,
                      node->child[1]->text, node->child[2]->text, node->child[3]->text);
    }
    if (!read_box(text, &r->spec->box, &why)) {
        return read_fail(r, node, "%s: '%s': %s", path, text, why);
    }
    forget_other_extents(r, READ_BOX);
    r->spec->has_box = true;
    return INCMAP_OK;
}

static enum incmap_status add_string(struct reading *r, const struct read_key *key,
                                     void *base, const struct im_node *node,
                                     const char *path) {
    enum incmap_status status = need_scalar(r, node, path);
    if (status != INCMAP_OK) {
        return status;
    }
    if (node->text[0] == '\0') {
        return read_fail(r, node, "%s: an empty entry", path);
    }
    struct im_strings *list = strings_at(base, key->at);
    const char *text = key->kind == READ_PATHS ? read_path(r, node->text) : node->text;
    IM_PUSH(r->arena, list->v, list->n, list->cap, text);
    return INCMAP_OK;
}

static enum incmap_status apply_strings(struct reading *r, const struct read_key *key,
                                        void *base, const struct im_node *node,
                                        const char *path) {
    if (key->kind == READ_AROUND) {
        forget_other_extents(r, READ_AROUND);
    }
    if (node->kind == IM_NODE_SCALAR) {
        return add_string(r, key, base, node, path);
    }
    if (node->kind == IM_NODE_MAP) {
        return read_fail(r, node, "%s takes a list of texts, not a map", path);
    }
    enum incmap_status status = INCMAP_OK;
    for (size_t i = 0; i < node->n && status == INCMAP_OK; i++) {
        status = add_string(r, key, base, node->child[i], path);
        if (r->file != NULL) {
            read_note(r, im_format(r->arena, "%s.%zu", path, i),
                      IM_AT(r->file, node->child[i]->line, node->child[i]->col));
        }
    }
    return status;
}

static enum incmap_status apply_list(struct reading *r, const struct read_key *key,
                                     const struct im_node *node, const char *path) {
    if (node->kind != IM_NODE_LIST) {
        return read_apply_entry(r, key, key->count(r->spec), node, path);
    }
    enum incmap_status status = INCMAP_OK;
    for (size_t i = 0; i < node->n && status == INCMAP_OK; i++) {
        size_t at = key->count(r->spec);
        const char *entry = im_format(r->arena, "%s.%zu", path, at);
        status = read_apply_entry(r, key, at, node->child[i], entry);
    }
    return status;
}

/* 4. The switchboard. */

enum incmap_status read_apply(struct reading *r, const struct read_key *key, void *base,
                              const struct im_node *node, const char *path) {
    bool nothing =
        node->kind == IM_NODE_SCALAR && node->text[0] == '\0' && !node->quoted;
    if (key->kind == READ_NOT_YET) {
        return im_fail(r->err, r->family, IM_AT(r->file, node->key_line, node->key_col),
                       "'%s' is not supported by this version (leave it out)", path);
    }
    if (nothing && r->file != NULL) {
        return INCMAP_OK; // "key:" without a value is the default
    }
    if (r->file != NULL) {
        read_note(r, path, IM_AT(r->file, node->line, node->col));
    }
    enum incmap_status status;
    switch (key->kind) {
    case READ_SIZE:
        return apply_size(r, node, path);
    case READ_BOX:
        return apply_box(r, node, path);
    case READ_PAGE:
    case READ_MARGINS:
        return read_apply_paper(r, key->kind, node, path);
    case READ_FIT:
        status = need_scalar(r, node, path);
        forget_other_extents(r, READ_FIT);
        return status == INCMAP_OK ? apply_word(r, key, base, node, path) : status;
    case READ_AROUND:
    case READ_TEXTS:
    case READ_PATHS:
        return apply_strings(r, key, base, node, path);
    case READ_INSET:
    case READ_AROUND_BOX:
        return read_apply_inset(r, key, base, node, path);
    case READ_MAP:
        return read_apply_map(r, key->sub, base, node, path);
    case READ_LIST:
        return apply_list(r, key, node, path);
    case READ_COLUMNS:
    case READ_STYLE:
    case READ_NAMES:
        return read_apply_free(r, key, base, node, path);
    default:
        return apply_scalar(r, key, base, node, path);
    }
}
