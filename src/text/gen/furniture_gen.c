/*
 * Prints furniture_table.h from phrases.tsv, and stops the build unless every phrase is
 * there in every language, in all plural forms that the language has, with the blanks
 * of the English one.
 */
#include "text/gen/plural.h"
#include "text/gen/table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANGUAGES = 7, KEYS = 400, LINE = 512, TRIED = 1000 };
static const char *const languages[LANGUAGES] = {"ar", "az", "en", "hy",
                                                 "ka", "ru", "tr"};
enum { ENGLISH = 2 };

struct phrase {
    char key[64]; /* with its form: "killed.few" */
    char *text[LANGUAGES];
};
static struct phrase phrases[KEYS];
static size_t phrase_count;

static struct phrase *phrase(const char *key) {
    for (size_t i = 0; i < phrase_count; i++) {
        if (strcmp(phrases[i].key, key) == 0) {
            return &phrases[i];
        }
    }
    if (phrase_count == KEYS || strlen(key) >= sizeof phrases[0].key) {
        gen_die("no room for", key);
    }
    strcpy(phrases[phrase_count].key, key);
    return &phrases[phrase_count++];
}

static int language_index(const char *code) {
    for (int i = 0; i < LANGUAGES; i++) {
        if (strcmp(languages[i], code) == 0) {
            return i;
        }
    }
    gen_die("unknown language", code);
}

static void put(const char *key, int language, const char *text) {
    struct phrase *p = phrase(key);
    if (p->text[language] != NULL) {
        gen_die("twice", key);
    }
    p->text[language] = strdup(text);
}

/* Does the language use the form for a whole number (or is it `other`)? *alone: for
 * one number only. */
static bool has_form(int language, int form, bool *alone) {
    unsigned char forms[TRIED];
    int n = 0;
    gen_plural_forms(languages[language], TRIED, forms);
    for (int i = 0; i < TRIED; i++) {
        n += forms[i] == form;
    }
    *alone = n == 1;
    return n > 0 || form == GEN_FORMS - 1;
}

/* "killed.few|many" or "killed.*" stand for several keys. */
static void put_forms(char *key, int language, const char *text) {
    char *forms = strchr(key, '.');
    *forms++ = '\0';
    for (int f = 0; f < GEN_FORMS; f++) {
        char full[80];
        bool alone, named = false;
        bool any = has_form(language, f, &alone);
        for (char *at = forms; *at != '\0'; at += strcspn(at, "|")) {
            at += *at == '|';
            size_t n = strcspn(at, "|");
            named = named || (n == strlen(gen_form_name[f]) &&
                              strncmp(at, gen_form_name[f], n) == 0);
        }
        if (named && !any) {
            gen_die("a plural form that the language does not have", key);
        }
        if (named || (any && strcmp(forms, "*") == 0)) {
            snprintf(full, sizeof full, "%s.%s", key, gen_form_name[f]);
            put(full, language, text);
        }
    }
}

static void read_phrases(const char *path) {
    char line[LINE], key[64], language[8], text[LINE];
    FILE *file = fopen(path, "r");
    if (!file) {
        gen_die("cannot read", path);
    }
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#' || line[0] == '\n') {
            continue;
        }
        if (sscanf(line, "%63[^\t]\t%7[^\t]\t%511[^\n]", key, language, text) != 3) {
            gen_die("unusable line", line);
        }
        if (strchr(key, '.')) {
            put_forms(key, language_index(language), text);
        } else {
            put(key, language_index(language), text);
        }
    }
    fclose(file);
}

/* Has every blank of `a` its like in `b`? `but` is forgiven. */
static bool blanks_within(const char *a, const char *b, const char *but) {
    for (const char *at = strchr(a, '{'); at; at = strchr(at + 1, '{')) {
        char blank[32];
        size_t n = strcspn(at, "}") + 1;
        if (n >= sizeof blank) {
            return false;
        }
        memcpy(blank, at, n);
        blank[n] = '\0';
        if (!strstr(b, blank) && strcmp(blank, but) != 0) {
            return false;
        }
    }
    return true;
}

/* Text that the blanks are measured by: English, of forms the last. */
static const char *model_of(const struct phrase *p) {
    char key[64];
    snprintf(key, sizeof key, "%.*s.other", (int)strcspn(p->key, "."), p->key);
    return strchr(p->key, '.') ? phrase(key)->text[ENGLISH] : p->text[ENGLISH];
}

static void check(const struct phrase *p) {
    const char *dot = strchr(p->key, '.'), *model = model_of(p);
    int form = -1;
    for (int f = 0; dot && f < GEN_FORMS; f++) {
        form = strcmp(dot + 1, gen_form_name[f]) == 0 ? f : form;
    }
    for (int i = 0; i < LANGUAGES; i++) {
        bool alone = false;
        bool wanted = form < 0 || has_form(i, form, &alone);
        char where[80];
        snprintf(where, sizeof where, "%.63s in %s", p->key, languages[i]);
        if (wanted != (p->text[i] != NULL)) {
            gen_die(wanted ? "missing phrase" : "needless form", where);
        }
        if (wanted && (!model || !blanks_within(p->text[i], model, "") ||
                       !blanks_within(model, p->text[i], alone ? "{n}" : ""))) {
            gen_die("the blanks differ from the English phrase", where);
        }
    }
}

static int by_key(const void *a, const void *b) {
    return strcmp(((const struct phrase *)a)->key, ((const struct phrase *)b)->key);
}

static void print_phrase(const struct phrase *p) {
    printf("    {\"%s\", {", p->key);
    for (int i = 0; i < LANGUAGES; i++) {
        if (p->text[i]) {
            printf("%s\"", i ? ", " : "");
            gen_literal_print(p->text[i]);
            printf("\"");
        } else {
            printf("%s0", i ? ", " : "");
        }
    }
    printf("}},\n");
}

int main(int argc, char **argv) {
    if (argc != 2) {
        gen_die("usage", "furniture_gen phrases.tsv");
    }
    read_phrases(argv[1]);
    qsort(phrases, phrase_count, sizeof *phrases, by_key);
    printf("/* Generated from phrases.tsv. */\nenum { FURNITURE_ENGLISH = %d };\n"
           "static const char *const furniture_language[] = {",
           ENGLISH);
    for (int i = 0; i < LANGUAGES; i++) {
        printf("\"%s\", ", languages[i]);
    }
    printf("};\nstatic const struct {\n    const char *key, *text[%d];\n} furniture[] "
           "= {\n",
           LANGUAGES);
    for (size_t i = 0; i < phrase_count; i++) {
        check(&phrases[i]);
        print_phrase(&phrases[i]);
    }
    printf("};\n");
    return 0;
}
