/* Which way text and furniture are read. */
#include "base/utf8.h"
#include "layout/job.h"
#include "text/text.h"

#include <string.h>

enum strong { NEITHER, LEFT_TO_RIGHT, RIGHT_TO_LEFT };

/* Bidirectional class of a code point, in three (Unicode UAX #9, by blocks): digits,
 * marks, punctuation and symbols are neither. */
static enum strong strong(uint32_t cp) {
    bool digit = (cp >= 0x660 && cp <= 0x669) || (cp >= 0x6F0 && cp <= 0x6F9);
    bool mark = (cp >= 0x591 && cp <= 0x5BD) || (cp >= 0x610 && cp <= 0x61A) ||
                (cp >= 0x64B && cp <= 0x65F) || cp == 0x60C;
    if (cp < 0xC0) {
        bool letter = (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
        return letter ? LEFT_TO_RIGHT : NEITHER;
    }
    if (digit || mark || cp == 0xD7 || cp == 0xF7 || (cp >= 0x2B9 && cp <= 0x36F) ||
        (cp >= 0x2000 && cp <= 0x2BFF) || (cp >= 0x3000 && cp <= 0x303F)) {
        return NEITHER;
    }
    bool left = (cp >= 0x590 && cp <= 0x8FF) || (cp >= 0xFB1D && cp <= 0xFDFF) ||
                (cp >= 0xFE70 && cp <= 0xFEFE) || (cp >= 0x10800 && cp <= 0x10FFF) ||
                (cp >= 0x1E800 && cp <= 0x1EFFF);
    return left ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
}

/* The first strong letter; with `any`, one that is read leftwards wherever it stands.
 */
static enum strong strong_of(const char *text, bool any) {
    enum strong found = NEITHER;
    size_t n = text == NULL ? 0 : strlen(text);
    for (size_t i = 0, used = 0; i < n; i += used) {
        enum strong s = strong(im_utf8_next(text + i, n - i, &used));
        if (s == RIGHT_TO_LEFT || (s != NEITHER && !any)) {
            return s;
        }
        found = s != NEITHER ? s : found;
    }
    return found;
}

bool lay_reads_left(const char *text) {
    return strong_of(text, true) == RIGHT_TO_LEFT;
}

bool lay_mirrored(const struct im_layout_input *in) {
    return im_reads_left(lay_wording(in));
}

enum lay_direction lay_direction_composed(const struct im_layout_input *in,
                                          const char *paragraph) {
    bool left = lay_mirrored(in) && strong_of(paragraph, true) != LEFT_TO_RIGHT;
    return left ? LAY_LEFTWARDS : LAY_RIGHTWARDS;
}

enum lay_direction lay_direction_of_user(const struct im_layout_input *in,
                                         const char *paragraph) {
    enum strong first = strong_of(paragraph, false);
    bool left = first == RIGHT_TO_LEFT || (first == NEITHER && lay_mirrored(in));
    return left ? LAY_LEFTWARDS : LAY_RIGHTWARDS;
}

double lay_from_start(const struct im_layout_input *in, struct im_rect r, double d) {
    return lay_mirrored(in) ? r.x + r.w - d : r.x + d;
}

enum im_align lay_start(const struct im_layout_input *in) {
    return lay_mirrored(in) ? IM_RIGHT : IM_LEFT;
}

struct im_rect lay_mirror_rect(struct im_rect r, double width) {
    r.x = width - r.x - r.w;
    return r;
}
