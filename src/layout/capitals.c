/* Upper case. */
#include "base/limits.h"
#include "base/utf8.h"
#include "layout/type.h"

#include <string.h>

/* ASCII, Latin-1, Latin Extended-A, basic Greek and Cyrillic, Armenian. */
static uint32_t capital(uint32_t cp) {
    bool latin1 = cp >= 0xE0 && cp <= 0xFE && cp != 0xF7;
    bool greek = cp >= 0x3B1 && cp <= 0x3C9 && cp != 0x3C2;
    bool cyrillic = cp >= 0x430 && cp <= 0x44F;
    bool ascii = cp >= 'a' && cp <= 'z';
    if (ascii || latin1 || greek || cyrillic) {
        return cp - 0x20;
    }
    if (cp >= 0x450 && cp <= 0x45F) {
        return cp - 0x50;
    }
    if (cp >= 0x561 && cp <= 0x586) {
        return cp - 0x30; // Armenian
    }
    bool even =
        (cp >= 0x100 && cp <= 0x137 && cp != 0x131) || (cp >= 0x14A && cp <= 0x177);
    bool odd = (cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E);
    if ((even && cp % 2 == 1) || (odd && cp % 2 == 0)) {
        return cp - 1;
    }
    return cp == 0x131 ? 'I' : cp == 0x259 ? 0x18F : cp;
}

/* Is i the small letter of İ? */
static bool has_dotted(const char *language) {
    bool turkic = language != NULL &&
                  (strncmp(language, "tr", 2) == 0 || strncmp(language, "az", 2) == 0);
    return turkic && (language[2] == '\0' || language[2] == '-');
}

/* The first `most` letters in upper case. */
static char *in_capitals(struct im_arena *arena, const char *language, const char *text,
                         size_t most) {
    const char *clean = lay_clean(arena, text);
    struct im_buf out;
    im_buf_init(&out, arena, 16 * IM_MAX_LABEL);
    size_t n = strlen(clean);
    bool dotted = has_dotted(language);
    for (size_t i = 0, used = 0, done = 0; i < n; i += used, done++) {
        char bytes[4];
        uint32_t cp = im_utf8_next(clean + i, n - i, &used);
        if (done < most && cp == 0x587) { // Armenian ew has no capital of its own
            im_buf_str(&out, "\xD4\xB5\xD5\x8E");
            continue;
        }
        uint32_t large = dotted && cp == 'i' ? 0x130 : capital(cp);
        im_buf_add(&out, bytes, im_utf8_put(bytes, done < most ? large : cp));
    }
    return out.data;
}

char *lay_capitals(struct im_arena *arena, const char *language, const char *text) {
    return in_capitals(arena, language, text, SIZE_MAX);
}

char *lay_first_large(struct im_arena *arena, const char *language, const char *text) {
    return in_capitals(arena, language, text, 1);
}
