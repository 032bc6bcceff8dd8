/* Countries as users write them: a code of two or three letters, or a name. */
#include "api/atlas.h"

enum incmap_status im_country_read(struct im_gazetteer *gz, struct im_arena *arena,
                                   const char *text, char code[3],
                                   struct incmap_error *err) {
    if (im_gazetteer_country(gz, arena, text, code)) {
        return INCMAP_OK;
    }
    return im_fail(err, INCMAP_E_USAGE, IM_NOWHERE,
                   "'%s' is no country that is known (%s)", text,
                   im_gazetteer_country_help(gz, arena, text));
}
