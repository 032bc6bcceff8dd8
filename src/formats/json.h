/* JSON text out. (JSON in is read by formats/yaml.h's sibling when a reader needs it.)
 */
#ifndef IM_FORMATS_JSON_H
#define IM_FORMATS_JSON_H

#include "base/buf.h"
#include <stdbool.h>

/* A JSON string literal with quotes; control bytes and invalid UTF-8 escaped. */
void im_json_string(struct im_buf *buf, const char *s);
/* `"key":` preceded by a comma unless *first (then cleared). */
void im_json_key(struct im_buf *buf, bool *first, const char *key);
void im_json_number(struct im_buf *buf, double v, int decimals);

#endif
