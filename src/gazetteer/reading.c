/* How a name was read, where that is not as it stands. */
#include "gazetteer/inside.h"
#include "gazetteer/scripts.h"

#include <string.h>

/* A name read by its sound may be a slip of the pen, as one with other letters is: the
 * author must hear of it. */
void im_gazetteer_tell(struct im_findings *findings, struct im_where where,
                       const char *said, const struct im_candidate *c) {
    bool by_sound =
        c->match == IM_MATCH_TRANSLITERATED && gaz_script_slip(said, c->matched);
    bool own = strcmp(c->matched, c->place->name) == 0;
    bool of_none = c->place->country[0] == '\0'; // seas
    if (by_sound || c->match == IM_MATCH_SPELLING) {
        im_finding(findings, IM_F_PLACE_SPELLING, where,
                   "mend the spelling if another place is meant",
                   "read '%s' as '%s'%s%s%s%s%s", said, c->matched,
                   own ? "" : ", a name of ", own ? "" : c->place->name,
                   of_none ? "" : " (", c->place->country, of_none ? "" : ")");
    }
}
