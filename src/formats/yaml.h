/* YAML (and so JSON) documents as a tree with positions. */
#ifndef IM_FORMATS_YAML_H
#define IM_FORMATS_YAML_H

#include "base/file.h"
#include <stdbool.h>

enum im_node_kind { IM_NODE_SCALAR, IM_NODE_LIST, IM_NODE_MAP };

struct im_node {
    enum im_node_kind kind;
    const char *key;            /* of a map's entry, else NULL */
    const char *text;           /* scalar, else "" */
    bool quoted;                /* scalar written in quotes */
    unsigned line, col;         /* of the value */
    unsigned key_line, key_col; /* of the key */
    struct im_node **child;
    size_t n;
};

/* First document of the bytes; aliases refused, duplicate keys refused, depth at most
 * IM_MAX_DEPTH. *out NULL for an empty document. Errors: INPUT with line and column. */
INCMAP_MUST_CHECK enum incmap_status im_yaml_read(struct im_arena *arena,
                                                  const char *name,
                                                  struct im_bytes bytes,
                                                  struct im_node **out,
                                                  struct incmap_error *err);

#endif
