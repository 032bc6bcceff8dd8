/* Positions of the UTM grid and of the military grid reference system, as text. */
#ifndef IM_FORMATS_GRID_H
#define IM_FORMATS_GRID_H

#include "geo/geo.h"

/* One reading of a grid reference. */
struct im_grid {
    const char *system;       /* "MGRS", "UTM"; NULL = the text is neither */
    struct im_lonlat at;      /* middle of the square that is named */
    double radius_m;          /* half its diagonal */
    const char *wrong;        /* what cannot be so, in one phrase; NULL = nothing */
    bool two;                 /* 'S' may be band S or the southern hemisphere: */
    struct im_lonlat or_else; /* ... then here */
};

/*
 * "38TNM5512345345" (also with blanks, and 1 to 5 digits a side, or none
 * behind the word MGRS): MGRS on WGS 84, zones
 * 1 to 60, 80 degrees south to 84 north. "38T 551234 4534567", "38N 551234mE
 * 4534567mN", "UTM zone 38 north 551234 4534567": UTM, with band or hemisphere.
 */
void im_grid_parse(const char *s, size_t n, struct im_grid *out);

#endif
