/*
 * 1. NFKD, full case folding, NFKD again (Unicode 3.13, D145).
 * 2. marks and ignorable characters go, except the marks that are letters to their
 *    readers: vowel signs and viramas of Indic and Thai, voicing marks of kana.
 * 3. what parts words (punctuation, symbols, blanks, controls) is a space; apostrophes
 *    and the marks that Armenian and Hebrew set within words go: Sana'a is Sanaa.
 * 4. digits are ASCII; the forms of i are one, and so are those of schwa, and the yeh
 *    and kaf of Arabic and Persian keyboards.
 * 5. other Latin letters are ASCII (ø o, ł l, æ ae), by ICU's Latin-ASCII.
 */
#include "text/gen/folding.h"

#include "text/gen/table.h"
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/utrans.h>

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
    static const UChar32 more[] = {'\'',   '`',    0xB4,  0x2018, 0x2019, 0x201B,
                                   0x2032, 0xFF07, 0x2EE, 0xA78B, 0xA78C, 0x55A,
                                   0x55B,  0x55C,  0x55E, 0x5F3,  0x5F4};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        if (more[i] == c) {
            return true;
        }
    }
    return c >= 0x2B9 && c <= 0x2DF;
}

static bool parts_words(UChar32 c) {
    const uint32_t mask = U_GC_P_MASK | U_GC_S_MASK | U_GC_Z_MASK | U_GC_CC_MASK;
    return U_GET_GC_MASK(c) & mask;
}

/* The folding of one decomposed, case-folded code point; 0 = removed. */
static UChar32 fold_one(UChar32 c) {
    if (is_apostrophe(c)) {
        return 0;
    }
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
    if (c == 0x649 || c == 0x6CC) {
        return 0x64A;
    }
    if (c == 0x6A9) {
        return 0x643;
    }
    return u_charType(c) == U_DECIMAL_DIGIT_NUMBER ? '0' + u_charDigitValue(c) : c;
}

static UTransliterator *latin_ascii(void) {
    static UTransliterator *latin;
    UChar id[32];
    UErrorCode code = U_ZERO_ERROR;
    if (!latin) {
        u_uastrcpy(id, "Latin-ASCII; Lower");
        latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
        check(code);
    }
    return latin;
}

/* Append c, a Latin letter other than schwa as ASCII where ICU knows how. */
static void append(char out[GEN_FOLDED], int32_t *used, UChar32 c) {
    UErrorCode code = U_ZERO_ERROR;
    UChar text[16];
    int32_t n = 0, length = 0;
    U16_APPEND_UNSAFE(text, n, c);
    if (c > 0x7F && c != 0x259 && u_isalpha(c) &&
        uscript_getScript(c, &code) == USCRIPT_LATIN) {
        int32_t limit = n;
        utrans_transUChars(latin_ascii(), text, &n, 16, 0, &limit, &code);
    }
    if (*used < GEN_FOLDED - 16) {
        u_strToUTF8(out + *used, 16, &length, text, n, &code);
        *used += length;
    }
    check(code);
}

void gen_fold(UChar32 cp, char out[GEN_FOLDED]) {
    UChar a[UNITS], b[UNITS], first[2];
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = 0, used = 0;
    out[0] = '\0';
    if (is_apostrophe(cp)) {
        return; // before its decomposition into a blank and a mark
    }
    U16_APPEND_UNSAFE(first, n, cp);
    n = decompose(first, n, a);
    n = u_strFoldCase(b, UNITS, a, n, U_FOLD_CASE_DEFAULT, &code);
    check(code);
    n = decompose(b, n, a);
    for (int32_t i = 0; i < n;) {
        UChar32 c;
        U16_NEXT(a, i, n, c);
        c = fold_one(c);
        if (c) {
            append(out, &used, c);
        }
    }
    out[used] = '\0';
}
