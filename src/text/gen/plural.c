#include "text/gen/plural.h"
#include "text/gen/table.h"

#include <stdio.h>
#include <string.h>
#include <unicode/upluralrules.h>

const char *const gen_form_name[GEN_FORMS] = {"zero", "one",  "two",
                                              "few",  "many", "other"};

static unsigned char form_of(const UPluralRules *rules, int v) {
    UErrorCode code = U_ZERO_ERROR;
    UChar text[16];
    char name[16] = "";
    int32_t n = uplrules_select(rules, v, text, 16, &code);
    for (int32_t i = 0; i < n && i < 15; i++) {
        name[i] = (char)text[i];
    }
    for (unsigned char i = 0; U_SUCCESS(code) && i < GEN_FORMS; i++) {
        if (strcmp(name, gen_form_name[i]) == 0) {
            return i;
        }
    }
    gen_die("plural form", name);
}

void gen_plural_forms(const char *locale, int n, unsigned char *form) {
    UErrorCode code = U_ZERO_ERROR;
    UPluralRules *rules = uplrules_open(locale, &code);
    if (U_FAILURE(code)) {
        gen_die(locale, u_errorName(code));
    }
    for (int i = 0; i < n; i++) {
        form[i] = form_of(rules, i);
    }
    uplrules_close(rules);
}

void gen_plural_print(const char *locale) {
    enum { MANY = 20000 };
    static unsigned char form[MANY];
    gen_plural_forms(locale, MANY, form);
    for (int i = 200; i < MANY; i++) {
        if (form[i] != form[100 + i % 100]) {
            gen_die(locale, "plural forms are not by the last two digits");
        }
    }
    printf("\n     \"");
    for (int i = 0; i < 200; i++) {
        printf("%s%d", i > 0 && i % 50 == 0 ? "\"\n     \"" : "", form[i]);
    }
    printf("\"},\n");
}
