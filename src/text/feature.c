/* Names of the bundled lines and waters in the map's language. */
#include "text/language.h"
#include "text/text.h"

#include "feature_table.h"
#include <string.h>

enum {
    LANGUAGES = sizeof feature_language / sizeof *feature_language,
    NAMES = sizeof feature_name / sizeof *feature_name
};

static size_t language_index(const char *tag) {
    for (size_t i = 1; i < LANGUAGES; i++) {
        if (text_is_language(tag, feature_language[i])) {
            return i;
        }
    }
    return 0;
}

const char *im_feature_name(const char *language, const char *english) {
    size_t low = 0, high = NAMES, l = language_index(language);
    while (low < high && l > 0) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(feature_name[middle][0], english);
        if (order == 0) {
            return feature_name[middle][l];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return english;
}
