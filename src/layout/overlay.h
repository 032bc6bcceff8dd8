/* How a feature of an overlay is drawn and called. Inside layout only. */
#ifndef IM_LAYOUT_OVERLAY_H
#define IM_LAYOUT_OVERLAY_H

#include "layout/job.h"

enum lay_substance { LAY_OIL, LAY_GAS, LAY_OTHER_LINE };

struct lay_line_style {
    enum lay_substance substance;
    im_rgba colour;
    struct im_stroke stroke;
    double core;      /* width of the light core, points; 0 = none */
    bool approximate; /* low route accuracy: loose dash */
    bool planned, closed;
};
struct lay_line_style lay_line_style(const struct lay_job *job, size_t overlay,
                                     const struct im_feature *feature);

/* "Baku–Tbilisi–Ceyhan oil pipeline", and shorter when `brief`; "" = no label wanted.
 */
const char *lay_line_name(const struct lay_job *job, size_t overlay,
                          const struct im_feature *feature, bool brief);

/* The light core of a line that is drawn with `stroke`. */
struct im_stroke lay_core_stroke(const struct im_style *st,
                                 const struct im_stroke *stroke);

#endif
