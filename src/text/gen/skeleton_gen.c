/* Prints skeleton_table.h from ICU's Any-Latin transform and roman.txt over it. */
#include "text/gen/folding.h"
#include "text/gen/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/utrans.h>

enum { RULES = 512, WORD = 32 };

struct rule {
    char kind[8], from[WORD], to[WORD];
};

struct rules {
    struct rule v[RULES];
    size_t n;
};

static void read_rules(const char *path, struct rules *rules) {
    char line[256];
    FILE *file = fopen(path, "r");
    if (!file) {
        gen_die("cannot read", path);
    }
    while (fgets(line, sizeof line, file)) {
        struct rule *r = &rules->v[rules->n];
        if (line[0] == '#') {
            continue;
        }
        if (rules->n == RULES ||
            sscanf(line, "%7[^\t]\t%31[^\t]\t%31[^\n]", r->kind, r->from, r->to) != 3) {
            gen_die("unusable line", line);
        }
        if (r->to[0] == '-' && r->to[1] == '\0') {
            r->to[0] = '\0';
        }
        rules->n++;
    }
    fclose(file);
}

static bool is_one_letter(const char *s) {
    int32_t used = 0;
    UChar32 c;
    U8_NEXT(s, used, -1, c);
    return c > 0 && s[used] == '\0' && c != '^';
}

static const struct rule *rule_for(const struct rules *rules, const char *from) {
    for (size_t i = 0; i < rules->n; i++) {
        if (strcmp(rules->v[i].kind, "roman") == 0 && !strcmp(rules->v[i].from, from)) {
            return &rules->v[i];
        }
    }
    return NULL;
}

static bool has_script(UChar32 cp) {
    static const UScriptCode known[] = {
        USCRIPT_LATIN,    USCRIPT_CYRILLIC, USCRIPT_GREEK, USCRIPT_ARMENIAN,
        USCRIPT_GEORGIAN, USCRIPT_HEBREW,   USCRIPT_ARABIC};
    UErrorCode code = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(cp, &code);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i] == script) {
            return u_isalpha(cp);
        }
    }
    return false;
}

/* ICU's romanisation of cp, ASCII letters only; false when it has none. */
static bool transform(UTransliterator *latin, UChar32 cp, char out[WORD]) {
    UChar text[64];
    char utf8[256];
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = 0, limit, length = 0;
    size_t used = 0;
    U16_APPEND_UNSAFE(text, n, cp);
    limit = n;
    utrans_transUChars(latin, text, &n, 64, 0, &limit, &code);
    u_strToUTF8(utf8, sizeof utf8, &length, text, n, &code);
    if (U_FAILURE(code)) {
        return false;
    }
    for (int32_t i = 0; i < length && used < WORD - 1; i++) {
        if (utf8[i] >= 'a' && utf8[i] <= 'z') {
            out[used++] = utf8[i];
        }
    }
    out[used] = '\0';
    return used > 0;
}

/* Romanisation of a folded code point: ASCII itself, by hand, or ICU's. */
static bool romanise(const struct rules *rules, UTransliterator *latin, UChar32 cp,
                     char out[WORD]) {
    char from[8];
    gen_utf8(cp, from);
    const struct rule *rule = rule_for(rules, from);
    if (rule) {
        /* "-/v" = nothing or v; "h/-" = h or nothing: a dash stands for nothing */
        snprintf(out, WORD, "%s", rule->to + (rule->to[0] == '-'));
        char *dash = strchr(out, '-');
        if (dash) {
            *dash = '\0';
        }
        return true;
    }
    return has_script(cp) && transform(latin, cp, out);
}

static void print_romans(const struct rules *rules, UTransliterator *latin) {
    static struct gen_pool pool;
    static uint16_t value[GEN_LIMIT];
    gen_pool_init(&pool);
    for (UChar32 cp = 0x80; cp < GEN_LIMIT; cp++) {
        char roman[WORD], folded[GEN_FOLDED], same[8];
        if (!u_isdefined(cp) || U_IS_SURROGATE(cp)) {
            continue;
        }
        gen_fold(cp, folded);
        gen_utf8(cp, same);
        if (strcmp(folded, same) == 0 && romanise(rules, latin, cp, roman)) {
            value[cp] = gen_pool_put(&pool, roman);
        }
    }
    gen_stages_print(value, "roman");
    gen_pool_print(&pool, "roman_pool");
}

static int by_code_point(const void *a, const void *b) {
    return strcmp(((const struct rule *)a)->from, ((const struct rule *)b)->from);
}

/* Letters kept from folding, small and capital, in order. */
static void print_kept(const struct rules *rules) {
    static struct rules kept;
    for (size_t i = 0; i < rules->n; i++) {
        int32_t used = 0;
        UChar32 c;
        if (strcmp(rules->v[i].kind, "keep") != 0) {
            continue;
        }
        kept.v[kept.n++] = rules->v[i];
        kept.v[kept.n] = rules->v[i];
        U8_NEXT(rules->v[i].from, used, -1, c);
        gen_utf8(u_toupper(c), kept.v[kept.n++].from);
    }
    qsort(kept.v, kept.n, sizeof *kept.v, by_code_point);
    printf("static const struct {\n    uint32_t cp;\n    char to[4];\n} kept[] = {\n");
    for (size_t i = 0; i < kept.n; i++) {
        int32_t used = 0;
        UChar32 c;
        U8_NEXT(kept.v[i].from, used, -1, c);
        printf("    {0x%X, \"%s\"},\n", (unsigned)c, kept.v[i].to);
    }
    printf("};\n");
}

/* The longest first; of one length those for the start of a word. */
static int by_length(const void *a, const void *b) {
    const struct rule *x = a, *y = b;
    bool x_initial = x->from[0] == '^', y_initial = y->from[0] == '^';
    int longer =
        (int)(strlen(y->from) - y_initial) - (int)(strlen(x->from) - x_initial);
    int initial = (int)y_initial - (int)x_initial;
    return longer ? longer : initial ? initial : strcmp(x->from, y->from);
}

/* Rules of several letters, or for the start of a word. */
static void print_groups(const struct rules *rules) {
    static struct rules groups;
    for (size_t i = 0; i < rules->n; i++) {
        if (strcmp(rules->v[i].kind, "roman") == 0 &&
            !is_one_letter(rules->v[i].from)) {
            groups.v[groups.n++] = rules->v[i];
        }
    }
    qsort(groups.v, groups.n, sizeof *groups.v, by_length);
    printf("static const struct {\n    bool initial;\n    char from[12], to[6];\n} "
           "group[] = {\n");
    for (size_t i = 0; i < groups.n; i++) {
        bool initial = groups.v[i].from[0] == '^';
        printf("    {%s, \"", initial ? "true" : "false");
        gen_literal_print(groups.v[i].from + initial);
        printf("\", \"%s\"},\n", groups.v[i].to);
    }
    printf("};\n");
}

static int by_letter_then_length(const void *a, const void *b) {
    const struct rule *x = a, *y = b;
    if (x->from[0] != y->from[0]) {
        return x->from[0] - y->from[0];
    }
    int longer = (int)strlen(y->from) - (int)strlen(x->from);
    return longer ? longer : strcmp(x->from, y->from);
}

static void print_sounds(struct rules *rules) {
    size_t n = 0, first = 0;
    for (size_t i = 0; i < rules->n; i++) {
        if (strcmp(rules->v[i].kind, "sound") == 0) {
            rules->v[n++] = rules->v[i];
        }
    }
    qsort(rules->v, n, sizeof *rules->v, by_letter_then_length);
    printf("static const struct {\n    char from[6], to[2];\n} sound[] = {\n");
    for (size_t i = 0; i < n; i++) {
        printf("    {\"%s\", \"%s\"},\n", rules->v[i].from, rules->v[i].to);
    }
    printf("};\n/* where the rules of each letter start; [26] = their number */\n"
           "static const unsigned char sound_first[27] = {");
    for (char c = 'a'; c <= 'z'; c++) {
        while (first < n && rules->v[first].from[0] < c) {
            first++;
        }
        printf("%zu, ", first);
    }
    printf("%zu};\n", n);
}

int main(int argc, char **argv) {
    static struct rules rules;
    static const char id[] = "Any-Latin; Latin-ASCII; Lower";
    UChar name[64];
    UErrorCode code = U_ZERO_ERROR;
    if (argc != 2) {
        gen_die("usage", "skeleton_gen roman.txt");
    }
    read_rules(argv[1], &rules);
    u_uastrcpy(name, id);
    UTransliterator *latin =
        utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
    if (U_FAILURE(code)) {
        gen_die(id, u_errorName(code));
    }
    printf("/* Generated from ICU %s and roman.txt. */\n#include <stdbool.h>\n"
           "#include <stdint.h>\n",
           U_ICU_VERSION);
    print_romans(&rules, latin);
    print_kept(&rules);
    print_groups(&rules);
    print_sounds(&rules);
    utrans_close(latin);
    return 0;
}
