#include "read/keys.h"
#include "base/buf.h"
#include "text/text.h"
#include <stddef.h>
#include <string.h>

/* 1. Lists: one function each to reach or add an entry. */

#define LIST_ENTRY(name, type, items, n, cap, ...)                                     \
    static void *name##_entry(struct im_arena *arena, struct im_spec *spec,            \
                              size_t i) {                                              \
        if (i == spec->n) {                                                            \
            struct type fresh = __VA_ARGS__;                                           \
            IM_PUSH(arena, spec->items, spec->n, spec->cap, fresh);                    \
        }                                                                              \
        return &spec->items[i];                                                        \
    }                                                                                  \
    static size_t name##_count(const struct im_spec *spec) {                           \
        return spec->n;                                                                \
    }

LIST_ENTRY(borders, im_spec_borders, borders, border_count, border_cap,
           {"", "", "", "", "", ""})
LIST_ENTRY(incidents, im_spec_incidents, incidents, incident_count, incident_cap,
           {.file = "",
            .format = "",
            .where = "",
            .size = "",
            .color = "",
            .shape = "",
            .label = "",
            .overlap = ""})
LIST_ENTRY(overlays, im_spec_overlay, overlays, overlay_count, overlay_cap,
           {.file = "", .style = "", .label = "", .legend = "", .where = ""})
LIST_ENTRY(corridors, im_spec_corridor, corridors, corridor_count, corridor_cap,
           {"", 0})
LIST_ENTRY(annotations, im_spec_annotation, annotations, annotation_count,
           annotation_cap, {"", "", ""})

/* 2. Tables, the main key of a list's entry first. */

#define TABLE(keys)                                                                    \
    { keys, sizeof keys / sizeof *keys }

#define AT(type, field) offsetof(struct type, field)

const char *const read_policies[] = {"both", "language", "local", NULL};

static const struct read_key name_keys[] = {
    {.name = "policy",
     .kind = READ_WORD,
     .at = AT(im_spec, naming),
     .words = read_policies},
    {.name = "areas", .kind = READ_NAMES},
};
static const struct read_table name_table = TABLE(name_keys);

static const struct read_key border_keys[] = {
    {.name = "file", .kind = READ_PATH, .at = AT(im_spec_borders, file)},
    {.name = "name_field", .kind = READ_TEXT, .at = AT(im_spec_borders, name_field)},
    {.name = "code_field", .kind = READ_TEXT, .at = AT(im_spec_borders, code_field)},
    {.name = "class_field", .kind = READ_TEXT, .at = AT(im_spec_borders, class_field)},
    {.name = "from", .kind = READ_TEXT, .at = AT(im_spec_borders, from)},
    {.name = "to", .kind = READ_TEXT, .at = AT(im_spec_borders, to)},
};
static const struct read_table border_table = TABLE(border_keys);

static const char *const formats[] = {"auto", "csv", "tsv", "acled", "ucdp", NULL};

static const struct read_key incident_keys[] = {
    {.name = "file", .kind = READ_PATH, .at = AT(im_spec_incidents, file)},
    {.name = "format",
     .kind = READ_WORD,
     .at = AT(im_spec_incidents, format),
     .words = formats},
    {.name = "columns", .kind = READ_COLUMNS},
    {.name = "where", .kind = READ_WHERE, .at = AT(im_spec_incidents, where)},
    {.name = "from", .kind = READ_DATE, .at = AT(im_spec_incidents, from)},
    {.name = "to", .kind = READ_DATE, .at = AT(im_spec_incidents, to)},
    {.name = "size", .kind = READ_TEXT, .at = AT(im_spec_incidents, size)},
    {.name = "color", .kind = READ_TEXT, .at = AT(im_spec_incidents, color)},
    {.name = "shape", .kind = READ_TEXT, .at = AT(im_spec_incidents, shape)},
    {.name = "label", .kind = READ_TEXT, .at = AT(im_spec_incidents, label)},
    {.name = "overlap", .kind = READ_TEXT, .at = AT(im_spec_incidents, overlap)},
};
static const struct read_table incident_table = TABLE(incident_keys);

static const struct read_key overlay_keys[] = {
    {.name = "file", .kind = READ_LAYER, .at = AT(im_spec_overlay, file)},
    {.name = "style", .kind = READ_TEXT, .at = AT(im_spec_overlay, style)},
    {.name = "label", .kind = READ_TEXT, .at = AT(im_spec_overlay, label)},
    {.name = "legend", .kind = READ_TEXT, .at = AT(im_spec_overlay, legend)},
    {.name = "where", .kind = READ_WHERE, .at = AT(im_spec_overlay, where)},
    {.name = "from", .kind = READ_DATE, .at = AT(im_spec_overlay, from)},
    {.name = "to", .kind = READ_DATE, .at = AT(im_spec_overlay, to)},
};
static const struct read_table overlay_table = TABLE(overlay_keys);

static const struct read_key corridor_keys[] = {
    {.name = "around", .kind = READ_LAYER, .at = AT(im_spec_corridor, around)},
    {.name = "distance", .kind = READ_LENGTH, .at = AT(im_spec_corridor, distance_m)},
};
static const struct read_table corridor_table = TABLE(corridor_keys);

static const struct read_key annotation_keys[] = {
    {.name = "at", .kind = READ_TEXT, .at = AT(im_spec_annotation, at)},
    {.name = "text", .kind = READ_TEXT, .at = AT(im_spec_annotation, text)},
    {.name = "arrow", .kind = READ_TEXT, .at = AT(im_spec_annotation, arrow)},
};
static const struct read_table annotation_table = TABLE(annotation_keys);

static const char *const fits[] = {"incidents", "overlays", NULL};

static const struct read_key extent_keys[] = {
    {.name = "around", .kind = READ_AROUND, .at = AT(im_spec, around)},
    {.name = "bbox", .kind = READ_BOX},
    {.name = "fit", .kind = READ_FIT, .at = AT(im_spec, fit), .words = fits},
    {.name = "margin", .kind = READ_LENGTH, .at = AT(im_spec, margin_m)},
};
static const struct read_table extent_table = TABLE(extent_keys);

static const char *const corners[] = {"auto",        "top-left",     "top-right",
                                      "bottom-left", "bottom-right", NULL};

static const struct read_key inset_keys[] = {
    {.name = "shown", .kind = READ_SWITCH, .at = AT(im_spec, furniture.inset.shown)},
    {.name = "position",
     .kind = READ_WORD,
     .at = AT(im_spec, furniture.inset.position),
     .words = corners},
    {.name = "size", .kind = READ_SHARE, .at = AT(im_spec, furniture.inset.size)},
    {.name = "extent", .kind = READ_AROUND_BOX},
};
static const struct read_table inset_table = TABLE(inset_keys);

#define PART(key, field)                                                               \
    { .name = key, .kind = READ_SWITCH, .at = AT(im_spec, field) }

static const struct read_key furniture_keys[] = {
    PART("legend", furniture.legend),
    PART("scale_bar", furniture.scale_bar),
    PART("north_arrow", furniture.north_arrow),
    PART("graticule", furniture.graticule),
    {.name = "credits",
     .kind = READ_NOTE,
     .at = AT(im_spec, furniture.credits),
     .at2 = AT(im_spec, furniture.credits_text)},
    {.name = "disclaimer",
     .kind = READ_NOTE,
     .at = AT(im_spec, furniture.disclaimer),
     .at2 = AT(im_spec, furniture.disclaimer_text)},
    {.name = "inset",
     .kind = READ_INSET,
     .at = AT(im_spec, furniture.inset.shown),
     .sub = &inset_table},
    {.name = "timeline", .kind = READ_NOT_YET_ON},
};
static const struct read_table furniture_table = TABLE(furniture_keys);

static const struct read_key label_keys[] = {
    PART("towns", labels.towns),
    PART("areas", labels.areas),
    PART("water", labels.water),
    {.name = "max", .kind = READ_COUNT, .at = AT(im_spec, labels.max)},
    {.name = "list", .kind = READ_TEXT, .at = AT(im_spec, labels.list)},
};
static const struct read_table label_table = TABLE(label_keys);

static const struct read_key pdf_keys[] = {
    {.name = "page", .kind = READ_PAGE},
    {.name = "margins", .kind = READ_MARGINS},
};
static const struct read_table pdf_table = TABLE(pdf_keys);

static const struct read_key root_keys[] = {
    {.name = "title", .kind = READ_TEXT, .at = AT(im_spec, title)},
    {.name = "subtitle", .kind = READ_TEXT, .at = AT(im_spec, subtitle)},
    {.name = "as_of", .kind = READ_DATE, .at = AT(im_spec, as_of)},
    {.name = "language", .kind = READ_TEXT, .at = AT(im_spec, language)},
    {.name = "worldview", .kind = READ_TEXT, .at = AT(im_spec, worldview)},
    {.name = "theme", .kind = READ_TEXT, .at = AT(im_spec, theme)},
    {.name = "size", .kind = READ_SIZE},
    {.name = "scale", .kind = READ_FACTOR, .at = AT(im_spec, scale)},
    {.name = "text", .kind = READ_OUTLINES},
    {.name = "extent", .kind = READ_MAP, .sub = &extent_table},
    {.name = "projection", .kind = READ_TEXT, .at = AT(im_spec, projection)},
    {.name = "gazetteers", .kind = READ_PATHS, .at = AT(im_spec, gazetteers)},
    {.name = "pins", .kind = READ_PATH, .at = AT(im_spec, pins)},
    {.name = "names", .kind = READ_MAP, .sub = &name_table},
    {.name = "borders",
     .kind = READ_LIST,
     .sub = &border_table,
     .entry = borders_entry,
     .count = borders_count},
    {.name = "incidents",
     .kind = READ_LIST,
     .sub = &incident_table,
     .entry = incidents_entry,
     .count = incidents_count},
    {.name = "aggregate", .kind = READ_NOT_YET},
    {.name = "panels", .kind = READ_NOT_YET},
    {.name = "overlays",
     .kind = READ_LIST,
     .sub = &overlay_table,
     .entry = overlays_entry,
     .count = overlays_count},
    {.name = "corridors",
     .kind = READ_LIST,
     .sub = &corridor_table,
     .entry = corridors_entry,
     .count = corridors_count},
    {.name = "labels", .kind = READ_MAP, .sub = &label_table},
    {.name = "annotations",
     .kind = READ_LIST,
     .sub = &annotation_table,
     .entry = annotations_entry,
     .count = annotations_count},
    {.name = "furniture", .kind = READ_MAP, .sub = &furniture_table},
    {.name = "style", .kind = READ_STYLE},
    {.name = "pdf", .kind = READ_MAP, .sub = &pdf_table},
    {.name = "output", .kind = READ_PATHS, .at = AT(im_spec, outputs)},
    {.name = "from", .kind = READ_DATE, .at = AT(im_spec, from)},
    {.name = "to", .kind = READ_DATE, .at = AT(im_spec, to)},
    {.name = "where", .kind = READ_WHERE, .at = AT(im_spec, where)},
    {.name = "facet", .kind = READ_WHERE, .at = AT(im_spec, facet)},
    {.name = "country", .kind = READ_COUNTRY, .at = AT(im_spec, country)},
};
const struct read_table read_root = TABLE(root_keys);

/* 3. Looking a key up. */

const struct read_key *read_find(const struct read_table *table, const char *name) {
    for (size_t i = 0; i < table->n; i++) {
        if (strcmp(table->key[i].name, name) == 0) {
            return &table->key[i];
        }
    }
    return NULL;
}

/* Keys that this version can honour. */
static bool is_offered(const struct read_key *key) {
    return key->kind != READ_NOT_YET && key->kind != READ_NOT_YET_ON;
}

/* The key of the top level that has a part of that name: "around" is meant for
 * extent.around. NULL: none has. */
static const char *parent_of(const char *name) {
    for (size_t i = 0; i < read_root.n; i++) {
        const struct read_key *key = &read_root.key[i];
        if (key->sub != NULL && read_find(key->sub, name) != NULL) {
            return key->name;
        }
    }
    return NULL;
}

const char *read_hint(struct im_arena *arena, const struct read_table *table,
                      const char *name) {
    const char *parent = table == &read_root ? parent_of(name) : NULL;
    if (parent != NULL) {
        return im_format(arena, "it stands under '%s', as %s.%s", parent, parent, name);
    }
    struct im_closest near = {name, NULL, strlen(name) / 3 + 2};
    struct im_buf known;
    im_buf_init(&known, arena, (size_t)1 << 12);
    im_buf_str(&known, "known:");
    for (size_t i = 0; i < table->n; i++) {
        im_closest_try(&near, table->key[i].name);
        if (is_offered(&table->key[i])) {
            im_buf_fmt(&known, " %s", table->key[i].name);
        }
    }
    return near.best == NULL ? known.data
                             : im_format(arena, "nearest: '%s'", near.best);
}

const char *read_words(struct im_arena *arena, const char *const *words) {
    struct im_buf list;
    im_buf_init(&list, arena, 1000);
    for (size_t i = 0; words[i] != NULL; i++) {
        im_buf_fmt(&list, "%s%s", i > 0 ? ", " : "", words[i]);
    }
    return list.data;
}
