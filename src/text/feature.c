/* Names of the bundled lines and waters in the map's language. */
#include "text/language.h"
#include "text/text.h"

#include "feature_table.h"
#include <string.h>

enum {
    LANGUAGES = sizeof feature_language / sizeof *feature_language,
    NAMES = sizeof feature_name / sizeof *feature_name
};

const char *im_feature_name(const char *language, const char *english) {
    size_t l = text_language_index(language, feature_language, LANGUAGES);
    size_t low = 0, high = NAMES;
    while (low < high && l > 0 && l < LANGUAGES) {
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
