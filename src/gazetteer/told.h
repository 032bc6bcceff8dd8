/* Findings kept in a compiled gazetteer. */
#ifndef IM_GAZETTEER_TOLD_H
#define IM_GAZETTEER_TOLD_H

#include "base/file.h"
#include "base/findings.h"

/* Tell the findings of GAZ_S_FINDINGS again; what is damaged there is left out. */
void gaz_findings_tell(struct im_bytes section, struct im_findings *out);

#endif
