/* Countries as users write them: a code of two or three letters, or a name. */
#include "api/atlas.h"

enum incmap_status im_country_read(struct im_gazetteer *gz, struct im_arena *arena,
                                   const char *text, char code[3],
                                   struct incmap_error *err) {
    struct im_lookup like = {
        .name = text, .country = "", .admin1 = "", .kind = IM_COUNTRY, .limit = 1};
    if (im_gazetteer_country(gz, arena, text, code)) {
        return INCMAP_OK;
    }
    struct im_answer_set near = im_gazetteer_find(gz, arena, &like);
    const struct im_place *p = near.n > 0 ? near.candidates[0].place : NULL;
    bool any = p != NULL && p->kind == IM_COUNTRY && p->country[0] != '\0';
    return im_fail(
        err, INCMAP_E_USAGE, IM_NOWHERE,
        "'%s' is no country that is known (%s%s%sgive its ISO code, as AZ or "
        "AZE, or its name)",
        text, any ? "perhaps " : "", any ? p->country : "", any ? "; " : "");
}
