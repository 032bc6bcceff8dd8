/* Single values of a map file, from text; private to read. */
#ifndef IM_READ_VALUES_H
#define IM_READ_VALUES_H

#include "model/spec.h"

/* auto; on, true, yes; off, false, no. */
bool read_switch(const char *text, enum im_switch *out);
/* "1600x1200" (also with × or blanks), each side IM_MIN_SIDE..IM_MAX_SIDE pixels. */
bool read_size(const char *text, int *width, int *height);
/* "80", "80 km", "500 m" -> metres; bare numbers are kilometres; 0..20,000 km. */
bool read_length(const char *text, double *metres);
/* A number in [low, high]. */
bool read_number(const char *text, double low, double high, double *out);
/* Whole number in [0, high]. */
bool read_count(const char *text, int high, int *out);
/* "west,south,east,north" in degrees; *why tells what is wrong. */
bool read_box(const char *text, struct im_box *out, const char **why);
bool read_box_parts(const double part[4], struct im_box *out, const char **why);
/* "AM", "am" or "ARM" -> "AM" in out[3]. */
bool read_country(const char *text, char out[3]);
/* A page in points: "A4", "letter landscape", "210x297" (mm; also cm, in, pt), each
 * side IM_MIN_PAGE..IM_MAX_PAGE; "figure" = 0, 0: as large as the figure. */
bool read_page(const char *text, double *width, double *height);
/* One, two or four lengths (mm; also cm, in, pt), as CSS orders them: top, right,
 * bottom, left in points. */
bool read_margins(const char *text, double out[4]);
/* A name without dot and slash is a bundled layer ("pipelines"), not a file. */
bool read_is_layer_name(const char *text);

#endif
