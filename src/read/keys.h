/* The keys of a map file as tables; private to read. */
#ifndef IM_READ_KEYS_H
#define IM_READ_KEYS_H

#include "formats/yaml.h"
#include "model/spec.h"

enum read_kind {
    READ_TEXT,     /* const char * */
    READ_PATH,     /* const char *, beside the map file */
    READ_LAYER,    /* the same, or a bundled name */
    READ_DATE,     /* struct im_date */
    READ_COUNTRY,  /* const char *, two capitals */
    READ_WHERE,    /* const char *, a row filter */
    READ_WORD,     /* const char *, one of `words` */
    READ_SWITCH,   /* enum im_switch */
    READ_NOTE,     /* enum im_switch at `at`, text at `at2` */
    READ_LENGTH,   /* double, metres */
    READ_FACTOR,   /* double */
    READ_COUNT,    /* int */
    READ_SIZE,     /* width_px and height_px */
    READ_OUTLINES, /* bool: live or outlines */
    READ_PAGE,     /* pdf: page */
    READ_MARGINS,  /* pdf: margins */
    READ_AROUND,   /* extent: places */
    READ_BOX,      /* extent: box */
    READ_FIT,      /* extent: one of `words` */
    READ_TEXTS,    /* struct im_strings */
    READ_PATHS,    /* struct im_strings, beside the map file */
    READ_MAP,      /* keys of `sub` */
    READ_LIST,     /* entries with keys of `sub`, of which the first is the main one */
    READ_COLUMNS,  /* columns{} of an incidents entry */
    READ_STYLE,    /* style{}: any keys */
    READ_NAMES,    /* names.areas{}: a policy or a language by country */
    READ_INSET,    /* a switch, a corner, or keys of `sub` */
    READ_AROUND_BOX, /* inset: extent */
    READ_SHARE,      /* double, of a length on the map */
    READ_NOT_YET,    /* of the format, but refused by this version */
    READ_NOT_YET_ON  /* a switch that this version can only leave off */
};

struct read_table;

struct read_key {
    const char *name;
    enum read_kind kind;
    size_t at, at2; /* offsets in the struct that the table describes */
    const struct read_table *sub;
    const char *const *words; /* NULL-terminated */
    /* Lists: entry i, made when i == count; and the count. */
    void *(*entry)(struct im_arena *arena, struct im_spec *spec, size_t i);
    size_t (*count)(const struct im_spec *spec);
};

struct read_table {
    const struct read_key *key;
    size_t n;
};

/* The top level; offsets are in struct im_spec. */
extern const struct read_table read_root;

/* Key of a table, or NULL. */
const struct read_key *read_find(const struct read_table *table, const char *name);
/* "nearest: 'title'", or all known keys when none is near. */
const char *read_hint(struct im_arena *arena, const struct read_table *table,
                      const char *name);
/* All of NULL-terminated words, with commas. */
const char *read_words(struct im_arena *arena, const char *const *words);

/* A map file or a setting being read. */
struct reading {
    struct im_arena *arena;
    const char *file; /* NULL for a setting */
    enum incmap_status family;
    struct im_spec *spec;
    struct incmap_error *err;
};

/* Read `node` into the key's place in `base`; `path` is the key in full, for messages.
 */
enum incmap_status read_apply(struct reading *r, const struct read_key *key, void *base,
                              const struct im_node *node, const char *path);
/* All keys of a map. */
enum incmap_status read_apply_map(struct reading *r, const struct read_table *table,
                                  void *base, const struct im_node *node,
                                  const char *path);
/* One entry of a list: a map, or the main field alone as text. */
enum incmap_status read_apply_entry(struct reading *r, const struct read_key *list,
                                    size_t i, const struct im_node *node,
                                    const char *path);
/* pdf.page and pdf.margins. */
enum incmap_status read_apply_paper(struct reading *r, enum read_kind kind,
                                    const struct im_node *node, const char *path);
/* furniture.inset and its extent; a part of it asks for the whole. */
enum incmap_status read_apply_inset(struct reading *r, const struct read_key *key,
                                    void *base, const struct im_node *node,
                                    const char *path);
void read_want_inset(struct im_spec *spec);
/* columns{} of the entry at `base`, and style{}: maps of any keys. */
enum incmap_status read_apply_free(struct reading *r, const struct read_key *key,
                                   void *base, const struct im_node *node,
                                   const char *path);
/* The words of names.policy. */
extern const char *const read_policies[];
/* The same by one key, which is read from `name`. */
enum incmap_status read_apply_column(struct reading *r, void *base, const char *name,
                                     const struct im_node *node, const char *path);
enum incmap_status read_apply_names(struct reading *r, const char *name,
                                    const struct im_node *node, const char *path);
enum incmap_status read_apply_style(struct reading *r, const char *name,
                                    const struct im_node *node);
/* Fail at a node: the path goes before the message. */
enum incmap_status read_fail(struct reading *r, const struct im_node *node,
                             const char *fmt, ...) IM_PRINTF(3, 4);
/* Unknown key `name` at `node` (its key's position), under `path` ("" = top). */
enum incmap_status read_unknown(struct reading *r, const struct read_table *table,
                                const struct im_node *node, const char *name,
                                const char *path);
/* Remember where the value of a key stands, see im_spec_where. */
void read_note(struct reading *r, const char *path, struct im_where at);
/* A file's path, beside the map file; "-" (standard input) stays. */
const char *read_path(struct reading *r, const char *text);

#endif
