#include "gazetteer/compile.h"

#include "gazetteer/intake.h"
#include <string.h>

static const size_t MOST_ENTRIES = (size_t)400 << 20; /* bytes of entries in memory */

static enum incmap_status read_source(struct gaz_intake *in, const char *path,
                                      bool places) {
    enum gaz_format format = GAZ_FORMAT_PLACES;
    if (places) {
        return gaz_read_places(in, path);
    }
    enum incmap_status status = gaz_format_of(in->arena, path, &format, in->err);
    if (status != INCMAP_OK) {
        return gaz_intake_fail(in, status);
    }
    switch (format) {
    case GAZ_FORMAT_COMPILED:
        return gaz_intake_fail(
            in,
            im_fail(in->err, INCMAP_E_INPUT, IM_FILE(path),
                    "a compiled gazetteer is no source (give what it was made of)"));
    case GAZ_FORMAT_JSON:
        return gaz_read_json(in, path);
    case GAZ_FORMAT_SHAPES:
        return gaz_read_shapes(in, path);
    case GAZ_FORMAT_GEONAMES:
        return gaz_read_geonames(in, path);
    default:
        return gaz_read_table(in, path);
    }
}

static enum incmap_status read_sources(struct gaz_intake *in,
                                       const struct gaz_compile *how) {
    for (size_t i = 0; i < how->n && in->status == INCMAP_OK; i++) {
        in->enough = GAZ_SAMPLE / how->n + 1;
        read_source(in, how->sources[i], how->places);
    }
    return in->status;
}

enum incmap_status gaz_compile(struct im_arena *arena, const struct gaz_compile *how,
                               struct im_bytes *out, struct incmap_error *err) {
    struct im_findings ignored;
    struct gaz_intake in = {
        .arena = arena, .base = how->base, .options = how->options, .err = err};
    struct gaz_builder_options options = {.path = how->path,
                                          .stamp = how->stamp,
                                          .threads = how->options.threads,
                                          .most_memory = MOST_ENTRIES};
    *out = (struct im_bytes){NULL, 0};
    im_findings_init(&ignored, arena);
    im_buf_init(&in.sample, arena, GAZ_SAMPLE);
    in.findings = &ignored;
    enum incmap_status status = read_sources(&in, how);
    if (status == INCMAP_OK) {
        in.coder =
            gaz_coder_train(arena, (struct im_bytes){in.sample.data, in.sample.len});
        in.findings = how->findings;
        status = gaz_builder_open(arena, &options, in.coder, &in.builder, err);
    }
    if (status == INCMAP_OK) {
        status = read_sources(&in, how);
    }
    return status == INCMAP_OK ? gaz_builder_end(in.builder, how->findings, out, err)
                               : status;
}
