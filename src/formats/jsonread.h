/*
 * Records of JSON text, one at a time: the features of a collection, the elements of an
 * array, or one value after another (JSON lines). yajl tells the tokens; every value
 * knows its line and column.
 */
#ifndef IM_FORMATS_JSONREAD_H
#define IM_FORMATS_JSONREAD_H

#include "base/file.h"

enum im_json_type {
    IM_JSON_NULL,
    IM_JSON_FALSE,
    IM_JSON_TRUE,
    IM_JSON_NUMBER,
    IM_JSON_STRING,
    IM_JSON_ARRAY,
    IM_JSON_OBJECT
};

struct im_json {
    enum im_json_type type;
    const char *key;  /* in an object, NUL-terminated; else NULL */
    const char *text; /* of strings and numbers, NUL-terminated; else "" */
    size_t n;         /* bytes of the text; members of arrays and objects */
    unsigned line, col;
    size_t from, to; /* a member of an object: bytes of its value in what is read */
    const struct im_json *child, *next; /* in order */
};

/* Member of an object, the last of that name; NULL when there is none. `object` may be
 * NULL. */
const struct im_json *im_json_get(const struct im_json *object, const char *key);
/* Number of a number, or of a string that is one; false when it is none. */
bool im_json_is_number(const struct im_json *value, double *out);

struct im_json_records {
    /* The next record; it lives until the call returns. false stops the reading. */
    bool (*record)(void *self, const struct im_json *value);
    /* A record that is left out: broken (JSON lines only), or with a text that is
     * longer than IM_MAX_FIELD. May be NULL. */
    void (*broken)(void *self, const struct incmap_error *why);
    void *self;
    bool whole; /* each value at the top is a record, lists and collections too, and a
                   fault ends the reading */
};

/*
 * Read all records of `bytes`. A fault in JSON lines costs its line, elsewhere it ends
 * the reading. At most IM_MAX_DEPTH levels. Errors: INPUT with line and column.
 */
INCMAP_MUST_CHECK enum incmap_status im_json_read(struct im_arena *arena,
                                                  const char *name,
                                                  struct im_bytes bytes,
                                                  const struct im_json_records *to,
                                                  struct incmap_error *err);

/* Does the name of a file say that it has a value a line? */
bool im_json_is_lines(const char *name);

#endif
