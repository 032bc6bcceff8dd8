/*
 * 1. NFKD, full case folding, NFKD again (Unicode 3.13, D145).
 * 2. marks and ignorable characters go, except the marks that are letters to their
 *    readers: vowel signs and viramas of Indic and Thai, voicing marks of kana.
 * 3. what parts words (punctuation, symbols, blanks, controls, apostrophes) is a space.
 * 4. digits are ASCII; the forms of i are one, and so are those of schwa.
 */
#include "text/gen/folding.h"

#include "text/gen/table.h"
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

enum { UNITS = 128 };

void gen_utf8(UChar32 cp, char out[8]) {
    int32_t n = 0;
    U8_APPEND_UNSAFE(out, n, cp);
    out[n] = '\0';
}

static void check(UErrorCode code) {
    if (U_FAILURE(code)) {
        gen_die("ICU", u_errorName(code));
    }
}

static int32_t decompose(const UChar *in, int32_t n, UChar out[UNITS]) {
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&code);
    int32_t length = unorm2_normalize(nfkd, in, n, out, UNITS, &code);
    check(code);
    return length;
}

static bool is_dropped_mark(UChar32 c) {
    UErrorCode code = U_ZERO_ERROR;
    int ccc = u_getCombiningClass(c);
    UScriptCode script = uscript_getScript(c, &code);
    if (!(U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_MC_MASK))) {
        return false;
    }
    if (ccc != 0) {
        return ccc != 8 && ccc != 9; /* voicing of kana; virama */
    }
    return script == USCRIPT_INHERITED || script == USCRIPT_LATIN ||
           script == USCRIPT_CYRILLIC || script == USCRIPT_ARABIC ||
           script == USCRIPT_HEBREW;
}

static bool is_apostrophe(UChar32 c) {
    return (c >= 0x2B9 && c <= 0x2DF) || c == 0x2EE || c == 0xA78B || c == 0xA78C;
}

static bool parts_words(UChar32 c) {
    const uint32_t mask = U_GC_P_MASK | U_GC_S_MASK | U_GC_Z_MASK | U_GC_CC_MASK;
    return (U_GET_GC_MASK(c) & mask) || is_apostrophe(c);
}

/* The folding of one decomposed, case-folded code point; 0 = removed. */
static UChar32 fold_one(UChar32 c) {
    if (parts_words(c)) {
        return ' ';
    }
    if (is_dropped_mark(c) ||
        u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
        c == 0x640 /* tatweel */) {
        return 0;
    }
    if (c == 0x131) {
        return 'i';
    }
    if (c == 0x1DD || c == 0x4D9) {
        return 0x259;
    }
    return u_charType(c) == U_DECIMAL_DIGIT_NUMBER ? '0' + u_charDigitValue(c) : c;
}

void gen_fold(UChar32 cp, char out[GEN_FOLDED]) {
    UChar a[UNITS], b[UNITS], first[2];
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = 0, used = 0;
    U16_APPEND_UNSAFE(first, n, cp);
    n = decompose(first, n, a);
    n = u_strFoldCase(b, UNITS, a, n, U_FOLD_CASE_DEFAULT, &code);
    check(code);
    n = decompose(b, n, a);
    for (int32_t i = 0; i < n;) {
        UChar32 c;
        U16_NEXT(a, i, n, c);
        c = fold_one(c);
        if (c && used < GEN_FOLDED - 8) {
            U8_APPEND_UNSAFE(out, used, c);
        }
    }
    out[used] = '\0';
}
