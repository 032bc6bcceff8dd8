#include "gazetteer/scripts.h"

#include "base/utf8.h"
#include <stdint.h>
#include <string.h>

enum script {
    NONE,
    LATIN = 1,
    GREEK = 2,
    CYRILLIC = 4,
    ARMENIAN = 8,
    HEBREW = 16,
    ARABIC = 32,
    GEORGIAN = 64,
    EAST_ASIAN = 128,
    OTHER = 256
};

static enum script script_of(uint32_t cp) {
    static const struct {
        uint32_t first, last;
        enum script script;
    } ranges[] = {
        {'A', 'Z', LATIN},
        {'a', 'z', LATIN},
        {0xAA, 0xAA, LATIN},
        {0xBA, 0xBA, LATIN},
        {0xC0, 0x24F, LATIN},
        {0x250, 0x2AF, LATIN},
        {0x370, 0x3FF, GREEK},
        {0x400, 0x52F, CYRILLIC},
        {0x531, 0x58F, ARMENIAN},
        {0x5D0, 0x5F4, HEBREW},
        {0x620, 0x6FF, ARABIC},
        {0x750, 0x77F, ARABIC},
        {0x900, 0x10FF - 96, OTHER},
        {0x10A0, 0x10FF, GEORGIAN},
        {0x1100, 0x11FF, EAST_ASIAN},
        {0x1E00, 0x1EFF, LATIN},
        {0x1F00, 0x1FFF, GREEK},
        {0x3040, 0x9FFF, EAST_ASIAN},
        {0xAC00, 0xD7FF, EAST_ASIAN},
        {0xFB50, 0xFDFF, ARABIC},
        {0xFE70, 0xFEFC, ARABIC},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (cp >= ranges[i].first && cp <= ranges[i].last) {
            return ranges[i].script;
        }
    }
    return NONE;
}

static unsigned scripts_of(const char *s, size_t n) {
    unsigned all = NONE;
    for (size_t i = 0, used; i < n; i += used) {
        all |= script_of(im_utf8_next(s + i, n - i, &used));
    }
    return all;
}

static unsigned expected(const char *lang, size_t n, const char **name) {
    static const struct {
        const char *languages, *name;
        unsigned scripts;
    } known[] = {
        {" en de fr es it pt nl pl cs sk sl hr hu ro sv da no nb fi et lv lt tr az ca "
         "vi "
         "id eng deu fra spa ita por nld pol tur aze ",
         "Latin", LATIN},
        {" ru uk be bg mk rus ukr bel bul mkd ", "Cyrillic", CYRILLIC},
        {" hy hye ", "Armenian", ARMENIAN},
        {" ka kat ", "Georgian", GEORGIAN},
        {" el ell ", "Greek", GREEK},
        {" he heb ", "Hebrew", HEBREW},
        {" ar fa ur ara fas urd ckb ps ", "Arabic", ARABIC},
        {" zh ja ko zho jpn kor ", "an East Asian", EAST_ASIAN},
    };
    char word[12] = " ";
    if (n == 0 || n + 3 > sizeof word) {
        return NONE;
    }
    memcpy(word + 1, lang, n);
    word[n + 1] = ' ';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strstr(known[i].languages, word)) {
            *name = known[i].name;
            return known[i].scripts;
        }
    }
    return NONE;
}

const char *gaz_script_missing(const char *lang, size_t lang_n, const char *name,
                               size_t n) {
    const char *script = NULL;
    unsigned want = expected(lang, lang_n, &script), have = scripts_of(name, n);
    return want != NONE && have != NONE && !(have & want) ? script : NULL;
}

bool gaz_script_slip(const char *typed, const char *matched) {
    unsigned in = scripts_of(typed, strlen(typed));
    return in == LATIN || (in & scripts_of(matched, strlen(matched))) != NONE;
}

bool gaz_script_mixed(const char *name, size_t n) {
    const unsigned alike = LATIN | CYRILLIC | GREEK | ARMENIAN;
    unsigned word = NONE;
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t cp = im_utf8_next(name + i, n - i, &used);
        enum script script = script_of(cp);
        word = cp == ' ' || cp == '-' ? NONE : word | (script & alike);
        if (word & (word - 1)) {
            return true;
        }
    }
    return false;
}
