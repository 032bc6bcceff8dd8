#include "gazetteer/inside.h"
#include "text/text.h"

#include <string.h>

uint32_t gaz_hash(const char *s, size_t n) {
    // FNV-1a, 64 bits folded to 32 (draft-eastlake-fnv)
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < n; i++) {
        h = (h ^ (unsigned char)s[i]) * 0x100000001b3u;
    }
    return (uint32_t)(h ^ h >> 32);
}

void gaz_skeleton_key(struct im_buf *out, const char *name, size_t n,
                      unsigned reading) {
    size_t length = 0;
    im_skeleton_to(out, name, n, reading);
    for (size_t i = 0; i < out->len; i++) {
        char c = out->data[i];
        if (c != ' ' && (length == 0 || out->data[length - 1] != c)) {
            out->data[length++] = c;
        }
    }
    out->len = length;
    out->data[length] = '\0';
}

bool gaz_bones_key(char *skeleton) {
    im_bones(skeleton);
    return strlen(skeleton) >= 3;
}

/* First entry with a hash not below `hash`. */
static size_t lower_bound(struct gaz_entries e, uint64_t hash) {
    size_t low = 0, high = e.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e.v[middle].hash < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct gaz_entries gaz_lookup(const struct gaz_layer *layer, enum gaz_by by,
                              uint32_t hash) {
    struct gaz_entries e = layer->by[by];
    size_t first = lower_bound(e, hash), end = first;
    while (end < e.n && e.v[end].hash == hash) {
        end++;
    }
    return (struct gaz_entries){e.v + first, end - first};
}
