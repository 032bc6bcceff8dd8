/*
 * A spec told back, by the same tables that read it: as one text, the same for the same
 * wishes however they were written, and the files that it names; and whether there is a
 * key.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/num.h"
#include "read/keys.h"
#include "read/read.h"
#include <string.h>

struct telling {
    struct im_arena *arena;
    const struct im_spec *spec;
    struct im_buf *text;
    struct im_strings *files;
};

/* "name=LENGTH:value", so that no value can look like two. */
static void put(struct telling *t, const char *name, const char *value) {
    const char *text = value != NULL ? value : "";
    im_buf_fmt(t->text, "%s=%zu:%s\n", name, strlen(text), text);
}

static void put_number(struct telling *t, const char *name, double v) {
    char text[48];
    im_num_write(text, v, 9);
    put(t, name, text);
}

static const char *text_at(const void *base, size_t at) {
    const char *text;
    memcpy(&text, (const char *)base + at, sizeof text);
    return text;
}

static int int_at(const void *base, size_t at) {
    int v;
    memcpy(&v, (const char *)base + at, sizeof v);
    return v;
}

static double number_at(const void *base, size_t at) {
    double v;
    memcpy(&v, (const char *)base + at, sizeof v);
    return v;
}

static const struct im_strings *strings_at(const void *base, size_t at) {
    return (const struct im_strings *)(const void *)((const char *)base + at);
}

/* A figure tells of a file its name alone; where it lies is not its business. */
static void put_file(struct telling *t, const char *name, const char *path) {
    put(t, name, im_path_name(path));
    if (path != NULL && path[0] != '\0') {
        IM_PUSH(t->arena, t->files->v, t->files->n, t->files->cap, path);
    }
}

static void put_strings(struct telling *t, const struct read_key *key, const char *name,
                        const struct im_strings *list) {
    for (size_t i = 0; i < list->n; i++) {
        if (key->kind == READ_PATHS) {
            put_file(t, name, list->v[i]);
        } else {
            put(t, name, list->v[i]);
        }
    }
}

static void put_date(struct telling *t, const char *name, const void *base, size_t at) {
    struct im_date date;
    char text[16];
    memcpy(&date, (const char *)base + at, sizeof date);
    put(t, name, im_date_write(text, date));
}

static void put_columns(struct telling *t, const struct im_spec_incidents *set) {
    for (size_t i = 0; i < set->column_count; i++) {
        put(t, set->column_from[i], set->column_to[i]);
    }
}

static void put_names(struct telling *t) {
    for (size_t i = 0; i < t->spec->name_count; i++) {
        const struct im_spec_names *n = &t->spec->names[i];
        put(t, n->country, n->policy);
        put(t, n->country, n->language);
    }
}

static void put_style(struct telling *t) {
    for (size_t i = 0; i < t->spec->style_count; i++) {
        put(t, t->spec->style[i].key, t->spec->style[i].value);
    }
}

static void put_numbers(struct telling *t, const char *name, const double *v,
                        size_t n) {
    for (size_t i = 0; i < n; i++) {
        put_number(t, name, v[i]);
    }
}

static void tell_table(struct telling *t, const struct read_table *table,
                       const void *base);

static void tell_list(struct telling *t, const struct read_key *key) {
    for (size_t i = 0; i < key->count(t->spec); i++) {
        im_buf_fmt(t->text, "%s.%zu\n", key->name, i);
        // entry() adds only beyond the last one
        const void *entry = key->entry(t->arena, (struct im_spec *)t->spec, i);
        tell_table(t, key->sub, entry);
    }
}

/* Nothing of an inset that is not drawn. */
static void tell_inset(struct telling *t, const struct read_key *key) {
    const struct im_spec_inset *inset = &t->spec->furniture.inset;
    if (inset->shown != IM_OFF) {
        put_number(t, key->name, inset->shown);
        tell_table(t, key->sub, t->spec);
    }
}

/* Keys that fill several fields of the spec, or nothing. */
static void tell_parts(struct telling *t, const struct read_key *key) {
    const struct im_spec *s = t->spec;
    const double size[] = {s->width_px, s->height_px};
    const double page[] = {s->pdf.width_pt, s->pdf.height_pt};
    const double box[] = {s->box.west, s->box.south, s->box.east, s->box.north};
    if (key->kind == READ_SIZE) {
        put_numbers(t, key->name, size, 2);
    } else if (key->kind == READ_OUTLINES) {
        put(t, key->name, s->outlines ? "outlines" : "live");
    } else if (key->kind == READ_PAGE) {
        put_numbers(t, key->name, page, 2);
    } else if (key->kind == READ_MARGINS && s->pdf.margins) {
        put_numbers(t, key->name, s->pdf.margin_pt, 4);
    } else if (key->kind == READ_BOX && s->has_box) {
        put_numbers(t, key->name, box, 4);
    } else if (key->kind == READ_AROUND_BOX) {
        const struct im_box b = s->furniture.inset.box;
        const double around[] = {b.west, b.south, b.east, b.north};
        put(t, key->name, s->furniture.inset.extent);
        put_numbers(t, key->name, around, 4);
    } else if (key->kind == READ_INSET) {
        tell_inset(t, key);
    }
}

static void tell_key(struct telling *t, const struct read_key *key, const void *base) {
    switch (key->kind) {
    case READ_TEXT:
    case READ_COUNTRY:
    case READ_WHERE:
    case READ_WORD:
    case READ_FIT:
        put(t, key->name, text_at(base, key->at));
        break;
    case READ_PATH:
    case READ_LAYER:
        put_file(t, key->name, text_at(base, key->at));
        break;
    case READ_DATE:
        put_date(t, key->name, base, key->at);
        break;
    case READ_NOTE:
        put(t, key->name, text_at(base, key->at2));
        put_number(t, key->name, int_at(base, key->at));
        break;
    case READ_SWITCH:
    case READ_COUNT:
        put_number(t, key->name, int_at(base, key->at));
        break;
    case READ_LENGTH:
    case READ_FACTOR:
    case READ_SHARE:
        put_number(t, key->name, number_at(base, key->at));
        break;
    case READ_AROUND:
    case READ_TEXTS:
    case READ_PATHS:
        put_strings(t, key, key->name, strings_at(base, key->at));
        break;
    case READ_MAP:
        tell_table(t, key->sub, base);
        break;
    case READ_LIST:
        tell_list(t, key);
        break;
    case READ_COLUMNS:
        put_columns(t, base);
        break;
    case READ_STYLE:
        put_style(t);
        break;
    case READ_NAMES:
        put_names(t);
        break;
    default:
        tell_parts(t, key);
        break;
    }
}

static void tell_table(struct telling *t, const struct read_table *table,
                       const void *base) {
    for (size_t i = 0; i < table->n; i++) {
        if (strcmp(table->key[i].name, "output") != 0) {
            tell_key(t, &table->key[i], base);
        }
    }
}

void im_spec_tell(struct im_arena *arena, const struct im_spec *spec,
                  struct im_buf *text, struct im_strings *files) {
    struct telling t = {arena, spec, text, files};
    tell_table(&t, &read_root, spec);
}

/* Is there such a key? */

static bool is_index(const char *part) {
    int64_t i;
    return im_int_parse(part, strlen(part), &i) && i >= 0;
}

/* What may follow a key of this kind. */
static const struct read_table *below(const struct read_key *key) {
    return key->sub;
}

static bool takes_index(const struct read_key *key) {
    return key->kind == READ_LIST || key->kind == READ_AROUND ||
           key->kind == READ_TEXTS || key->kind == READ_PATHS;
}

enum incmap_status im_spec_key(struct im_arena *arena, const char *path,
                               struct incmap_error *err) {
    const struct read_table *table = &read_root;
    for (const char *rest = path; rest != NULL;) {
        const char *dot = strchr(rest, '.');
        size_t n = dot != NULL ? (size_t)(dot - rest) : strlen(rest);
        const char *part = im_strndup(arena, rest, n);
        const struct read_key *key = read_find(table, part);
        rest = dot != NULL ? dot + 1 : NULL;
        if (key == NULL) {
            return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE, "unknown key '%s' (%s)",
                           path, read_hint(arena, table, part));
        }
        if (key->kind == READ_COLUMNS || key->kind == READ_STYLE ||
            key->kind == READ_NAMES) {
            return INCMAP_OK; // any keys
        }
        if (rest != NULL && takes_index(key)) {
            size_t digits = strcspn(rest, ".");
            if (is_index(im_strndup(arena, rest, digits))) {
                rest = rest[digits] == '.' ? rest + digits + 1 : NULL;
            }
        }
        if (rest != NULL && below(key) == NULL) {
            return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                           "unknown key '%s' ('%s' has no parts)", path, key->name);
        }
        table = below(key);
    }
    return INCMAP_OK;
}

const char *im_spec_text(struct im_arena *arena, const struct im_spec *spec,
                         const char *path) {
    const struct read_table *table = &read_root;
    const struct read_key *key = NULL;
    for (const char *rest = path; rest != NULL && table != NULL;) {
        const char *dot = strchr(rest, '.');
        size_t n = dot != NULL ? (size_t)(dot - rest) : strlen(rest);
        key = read_find(table, im_strndup(arena, rest, n));
        rest = dot != NULL ? dot + 1 : NULL;
        table = key != NULL && key->kind == READ_MAP ? key->sub : NULL;
        if (rest != NULL && table == NULL) {
            return NULL;
        }
    }
    if (key == NULL) {
        return NULL;
    }
    bool note = key->kind == READ_NOTE;
    bool is_text = note || key->kind == READ_TEXT || key->kind == READ_WHERE;
    const char *text = is_text ? text_at(spec, note ? key->at2 : key->at) : NULL;
    return is_text && text == NULL ? "" : text;
}
