/* Angles as they are written, before anybody asks what they can be; private to formats.
 */
#ifndef IM_FORMATS_ANGLE_H
#define IM_FORMATS_ANGLE_H

#include "formats/coords.h"

/* Up to three numbers, a sign, a hemisphere. */
struct im_angle {
    double part[3]; /* degrees, minutes, seconds */
    size_t parts;
    size_t whole, decimals;  /* digits of the last number, before and after its point */
    bool negative, fraction; /* fraction: the last number had a decimal point */
    bool signs;              /* degrees, minutes or seconds are written */
    char letter;             /* 'N' 'S' 'E' 'W', 0 = none */
    char last_unit;          /* 'd' 'm' 's', 0 = none written */
};
bool im_angle_scan(const char *s, size_t n, struct im_angle *out);
/* Degrees, perhaps out of range; NAN when minutes or seconds are 60 or more. */
double im_angle_value(struct im_angle a, char axis);
/* Half of the last digit, in degrees. */
double im_angle_slack(struct im_angle a, char axis);
/* The axis that the letter says, `axis` when there is none. */
char im_angle_axis(const struct im_angle *a, char axis);

/* The only way to read the text as two angles; `ranged`: only as possible ones. */
struct im_angle_pair {
    struct im_angle lat, lon; /* by their letters, else as they stand */
};
bool im_angle_pair_scan(const char *s, size_t n, bool ranged,
                        struct im_angle_pair *out);

#endif
