/* What the generators share: plural forms of CLDR (through ICU). */
#ifndef IM_TEXT_GEN_PLURAL_H
#define IM_TEXT_GEN_PLURAL_H

enum { GEN_FORMS = 6 };
/* zero one two few many other, in this order. */
extern const char *const gen_form_name[GEN_FORMS];

/* Which form each of 0 .. n-1 takes in a locale. */
void gen_plural_forms(const char *locale, int n, unsigned char *form);

/* The forms of 0 .. 199 as a C string of digits; exits when those of greater numbers
 * do not follow from their last two digits. */
void gen_plural_print(const char *locale);

#endif
