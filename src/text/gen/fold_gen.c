/* Prints fold_table.h: folding of code points, and their widths in a terminal. */
#include "text/gen/folding.h"
#include "text/gen/table.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

static bool is_hangul_syllable(UChar32 cp) {
    return cp >= 0xAC00 && cp <= 0xD7A3; /* decomposed by rule at run time */
}

static bool is_zero_width(UChar32 cp) {
    const uint32_t mask = U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK;
    return (U_GET_GC_MASK(cp) & mask) && cp != 0xAD;
}

static bool is_wide(UChar32 cp) {
    int width = u_getIntPropertyValue(cp, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

/* static const uint32_t NAME[][2] = {{first, last}, ...}; */
static void ranges_print(const char *name, bool (*belongs)(UChar32)) {
    printf("static const uint32_t %s[][2] = {", name);
    int n = 0;
    for (UChar32 cp = 0x80; cp < 0x110000; cp++) {
        if (belongs(cp)) {
            UChar32 last = cp;
            while (last + 1 < 0x110000 && belongs(last + 1)) {
                last++;
            }
            printf("%s{0x%X,0x%X},", n++ % 6 ? "" : "\n    ", (unsigned)cp,
                   (unsigned)last);
            cp = last;
        }
    }
    printf("\n};\n");
}

int main(void) {
    static struct gen_pool pool;
    static uint16_t value[GEN_LIMIT];
    gen_pool_init(&pool);
    for (UChar32 cp = 0; cp < GEN_LIMIT; cp++) {
        char folded[GEN_FOLDED], same[8];
        if (!u_isdefined(cp) || U_IS_SURROGATE(cp) || is_hangul_syllable(cp)) {
            continue;
        }
        gen_fold(cp, folded);
        gen_utf8(cp, same);
        if (strcmp(folded, same) != 0) {
            value[cp] = gen_pool_put(&pool, folded);
        }
    }
    printf(
        "/* Generated from ICU %s; 0 = stays as it is, else offset of its folding. */\n"
        "#include <stdint.h>\n",
        U_ICU_VERSION);
    gen_stages_print(value, "fold");
    gen_pool_print(&pool, "fold_pool");
    ranges_print("zero_width", is_zero_width);
    ranges_print("wide", is_wide);
    return 0;
}
