/* One JSON object for programs that take jobs, answers or reports as lines. */
#include "api/job.h"
#include "base/limits.h"
#include "formats/jsonread.h"
#include <string.h>

struct object_reading {
    struct im_arena *arena;
    struct im_bytes text;
    int (*each)(void *self, const char *key, const char *text, const char *raw);
    void *self;
    size_t objects;
    struct incmap_error *err;
    enum incmap_status status;
};

static void refuse(struct object_reading *r, const struct im_json *v, const char *why) {
    r->status = im_fail(r->err, INCMAP_E_INPUT, IM_AT("", v->line, v->col), "%s", why);
}

/* What is wrong with a member that JSON allows; NULL = nothing. */
static const char *fault_of(const struct im_json *object, const struct im_json *m) {
    if (strlen(m->text) != m->n && m->type == IM_JSON_STRING) {
        return "a text holds a NUL character";
    }
    for (const struct im_json *k = object->child; k != m; k = k->next) {
        if (strcmp(k->key, m->key) == 0) {
            return "a key stands twice";
        }
    }
    return NULL;
}

static bool take_object(void *self, const struct im_json *v) {
    struct object_reading *r = self;
    if (r->objects++ > 0) {
        refuse(r, v, "something stands behind the object");
    } else if (v->type != IM_JSON_OBJECT) {
        refuse(r, v, "an object in braces is expected");
    }
    bool more = r->status == INCMAP_OK;
    for (const struct im_json *m = v->child; more && m != NULL; m = m->next) {
        const char *fault = fault_of(v, m);
        if (fault != NULL) {
            refuse(r, m, fault);
            return false;
        }
        const char *raw = im_strndup(r->arena, r->text.data + m->from, m->to - m->from);
        const char *text = m->type == IM_JSON_STRING ? m->text
                           : m->type == IM_JSON_NULL ? NULL
                                                     : raw;
        more = r->each(r->self, m->key, text, raw) == 0;
    }
    return r->status == INCMAP_OK;
}

static enum incmap_status read_object(void *self, struct incmap_error *err) {
    struct object_reading *r = self;
    const struct im_json_records to = {take_object, NULL, r, true};
    enum incmap_status s = im_json_read(r->arena, "", r->text, &to, err);
    if (s != INCMAP_OK || r->status != INCMAP_OK) {
        return s != INCMAP_OK ? s : r->status;
    }
    return r->objects == 1 ? INCMAP_OK
                           : im_fail(err, INCMAP_E_INPUT, IM_AT("", 1, 1),
                                     "an object in braces is expected");
}

enum incmap_status incmap_object_read(const char *text, size_t n,
                                      int (*each)(void *, const char *, const char *,
                                                  const char *),
                                      void *self, struct incmap_error *err) {
    struct object_reading r = {.arena = im_arena_new(IM_MAX_JOB_BYTES),
                               .text = {text, n},
                               .each = each,
                               .self = self,
                               .err = err};
    im_error_clear(err);
    if (r.arena == NULL) {
        return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE, "out of memory");
    }
    enum incmap_status s = im_guard(r.arena, NULL, read_object, &r, err);
    im_arena_free(r.arena);
    return s;
}
