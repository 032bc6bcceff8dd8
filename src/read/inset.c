/* The locator inset: a switch or a corner alone, or its parts. */
#include "base/buf.h"
#include "read/keys.h"
#include "read/values.h"
#include <string.h>

void read_want_inset(struct im_spec *spec) {
    struct im_spec_inset *inset = &spec->furniture.inset;
    inset->shown = inset->shown == IM_OFF ? IM_ON : inset->shown;
}

/* "auto", "globe", a country or a box; a list of four is a box. */
static enum incmap_status apply_extent(struct reading *r, const struct im_node *node,
                                       const char *path) {
    struct im_spec_inset *inset = &r->spec->furniture.inset;
    const char *text = node->text, *why = "";
    char code[3];
    if (node->kind == IM_NODE_LIST && node->n == 4) {
        text =
            im_format(r->arena, "%s,%s,%s,%s", node->child[0]->text,
                      node->child[1]->text, node->child[2]->text, node->child[3]->text);
    } else if (node->kind != IM_NODE_SCALAR) {
        return read_fail(r, node, "%s takes one value, not a %s", path,
                         node->kind == IM_NODE_LIST ? "list" : "map");
    }
    inset->box = (struct im_box){0};
    if (strcmp(text, "auto") == 0 || strcmp(text, "globe") == 0) {
        inset->extent = text;
    } else if (read_country(text, code)) {
        inset->extent = im_strdup(r->arena, code);
    } else if (strchr(text, ',') == NULL) {
        return read_fail(r, node,
                         "%s: '%s' is no extent (write auto, globe, a country as AM, "
                         "or west,south,east,north)",
                         path, text);
    } else if (!read_box(text, &inset->box, &why)) {
        return read_fail(r, node, "%s: '%s': %s", path, text, why);
    } else {
        inset->extent = "box";
    }
    return INCMAP_OK;
}

enum incmap_status read_apply_inset(struct reading *r, const struct read_key *key,
                                    void *base, const struct im_node *node,
                                    const char *path) {
    if (key->kind == READ_AROUND_BOX) {
        return apply_extent(r, node, path);
    }
    if (node->kind == IM_NODE_LIST) {
        return read_fail(r, node, "%s takes keys and values, not a list", path);
    }
    if (node->kind == IM_NODE_MAP) {
        read_want_inset(r->spec);
        return read_apply_map(r, key->sub, base, node, path);
    }
    if (read_switch(node->text, &r->spec->furniture.inset.shown)) {
        return INCMAP_OK;
    }
    const struct read_key *corner = read_find(key->sub, "position");
    for (size_t i = 0; corner->words[i] != NULL; i++) {
        if (strcmp(corner->words[i], node->text) == 0) {
            read_want_inset(r->spec);
            r->spec->furniture.inset.position = corner->words[i];
            return INCMAP_OK;
        }
    }
    return read_fail(r, node, "%s: '%s' is none of on, off, %s", path, node->text,
                     read_words(r->arena, corner->words));
}
