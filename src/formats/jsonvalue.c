/* Values of JSON text. */
#include "base/num.h"
#include "formats/jsonread.h"
#include "base/file.h"

#include <string.h>

const struct im_json *im_json_get(const struct im_json *object, const char *key) {
    const struct im_json *found = NULL;
    const struct im_json *m =
        object && object->type == IM_JSON_OBJECT ? object->child : NULL;
    for (; m; m = m->next) {
        found = strcmp(m->key, key) == 0 ? m : found;
    }
    return found;
}

bool im_json_is_number(const struct im_json *value, double *out) {
    return value && (value->type == IM_JSON_NUMBER || value->type == IM_JSON_STRING) &&
           im_num_parse(value->text, value->n, out);
}

bool im_json_is_lines(const char *name) {
    static const char *const endings[] = {".jsonl", ".ndjson", ".geojsonl",
                                          ".geojsons"};
    bool named = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        named = named || im_path_ends(name, endings[i]);
    }
    return named;
}
