/* Overlays: bundled layers by name, users' shapefiles in any CRS. */
#include "base/buf.h"
#include "basemap/user.h"
#include "text/text.h"
#include <string.h>

static const struct {
    const char *name, *file;
} bundled[] = {
    {"pipelines", "pipelines"}, {"lakes", "lakes-world"}, {"rivers", "rivers-caucasus"},
    {"disputed", "disputed"},   {"regions", "regions"},
};
enum { BUNDLED = sizeof bundled / sizeof *bundled };

static const char *bundled_file(const char *name) {
    for (size_t i = 0; i < BUNDLED; i++) {
        if (strcmp(bundled[i].name, name) == 0) {
            return bundled[i].file;
        }
    }
    return NULL;
}

static const char *nearest_bundled(const char *name) {
    struct im_closest near = {name, "", strlen(name) / 3 + 2};
    for (size_t i = 0; i < BUNDLED; i++) {
        im_closest_try(&near, bundled[i].name);
    }
    return near.best;
}

static bool is_path(const char *name) {
    return strchr(name, '/') != NULL || strchr(name, '.') != NULL;
}

/* Does `attribute=value` hold for a feature? An empty condition always does. */
static bool holds(const struct im_feature *f, const char *where,
                  struct im_arena *arena) {
    const char *eq = where ? strchr(where, '=') : NULL;
    if (eq == NULL) {
        return true;
    }
    bool negated = eq > where && eq[-1] == '!';
    const char *key = im_strndup(arena, where, (size_t)(eq - where) - negated);
    return (strcmp(im_feature_attr(f, key), eq + 1) == 0) != negated;
}

static void read_attributes(struct im_shapes *s, size_t i, struct im_arena *arena,
                            const char *const *keys, struct im_feature *f) {
    size_t n = im_shapes_field_count(s);
    const char **values = im_alloc(arena, n + 1, sizeof *values);
    for (size_t c = 0; c < n; c++) {
        values[c] = im_shapes_text(s, i, (int)c, arena);
    }
    f->keys = keys;
    f->values = values;
    f->attr_count = n;
}

static const char *const *field_names(struct im_shapes *s, struct im_arena *arena) {
    size_t n = im_shapes_field_count(s);
    const char **keys = im_alloc(arena, n + 1, sizeof *keys);
    for (size_t c = 0; c < n; c++) {
        keys[c] = im_shapes_field_name(s, c);
    }
    return keys;
}

struct source {
    struct im_shapes *shapes;
    struct im_crs *crs;
    const char *file; /* as shown in messages */
};

static enum incmap_status open_source(struct im_arena *arena,
                                      const struct im_geodata *g,
                                      const struct im_spec_overlay *spec,
                                      struct im_findings *findings, struct source *out,
                                      struct incmap_error *err) {
    const char *file = bundled_file(spec->file);
    out->file = spec->file;
    if (file != NULL) {
        return im_bundled_open(g, file, &out->shapes, err);
    }
    if (!is_path(spec->file)) {
        const char *near = nearest_bundled(spec->file);
        return im_fail(
            err, INCMAP_E_USAGE, IM_NOWHERE,
            "no bundled overlay '%s' (%s%s%sknown: pipelines, lakes, rivers, "
            "disputed, regions, or the path of a .shp file)",
            spec->file, near[0] == '\0' ? "" : "nearest: '", near,
            near[0] == '\0' ? "" : "'; ");
    }
    struct im_shapes_options options = {INCMAP_E_INPUT, findings};
    enum incmap_status s =
        im_shapes_open(arena, spec->file, options, &out->shapes, err);
    return s != INCMAP_OK
               ? s
               : im_user_crs(out->shapes, arena, findings, spec->file, &out->crs, err);
}

enum incmap_status im_overlay_read(struct im_arena *arena, const struct im_geodata *g,
                                   const struct im_spec_overlay *spec,
                                   struct im_findings *findings,
                                   struct im_features *out, struct incmap_error *err) {
    struct source source = {0};
    enum incmap_status s = open_source(arena, g, spec, findings, &source, err);
    if (s != INCMAP_OK) {
        return s;
    }
    const char *const *keys = field_names(source.shapes, arena);
    enum im_shape_type type = im_shapes_type(source.shapes);
    for (size_t i = 0; i < im_shapes_count(source.shapes); i++) {
        struct im_feature f = {.is_area = type == IM_SHAPE_POLYGON,
                               .is_point = type == IM_SHAPE_POINT,
                               .row = {source.file, 0, 0, (long)i}};
        if (!im_user_record(source.shapes, i, source.crs, arena, &f.geometry)) {
            continue;
        }
        read_attributes(source.shapes, i, arena, keys, &f);
        if (holds(&f, spec->where, arena)) {
            IM_PUSH(arena, out->v, out->n, out->cap, f);
        }
    }
    return im_user_sound(source.shapes, source.file, err);
}

static void project_part(struct im_arena *arena, const struct im_view *view,
                         const struct im_feature *f, const struct im_line *part,
                         struct im_paths *out) {
    if (f->is_area) {
        im_view_ring(view, arena, part, out);
    } else if (!f->is_point) {
        im_view_line(view, arena, part, out);
    }
    for (size_t v = 0; f->is_point && v < part->n; v++) {
        struct im_path point = {im_alloc(arena, 1, sizeof *point.v), 1, false};
        if (im_view_point(view, part->v[v], point.v)) {
            IM_PUSH(arena, out->v, out->n, out->cap, point);
        }
    }
}

void im_overlay_project(struct im_arena *arena, const struct im_view *view,
                        const struct im_features *features, struct im_overlay *out) {
    out->v = im_alloc(arena, features->n + 1, sizeof *out->v);
    out->n = 0;
    for (size_t i = 0; i < features->n; i++) {
        struct im_overlay_line line = {&features->v[i], {0}};
        for (size_t p = 0; p < features->v[i].geometry.n; p++) {
            project_part(arena, view, &features->v[i], &features->v[i].geometry.v[p],
                         &line.paths);
        }
        if (!features->v[i].is_point) {
            im_paths_thin(arena, &line.paths);
        }
        if (line.paths.n > 0) {
            out->v[out->n++] = line;
        }
    }
}
