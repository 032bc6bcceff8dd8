/* Numbers as text, the same in every locale. */
#ifndef IM_BASE_NUM_H
#define IM_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Parse a whole decimal number [+-]d.d[e[+-]d] of n bytes; false when anything else is
 * there, or it is not finite. Correctly rounded. */
bool im_num_parse(const char *s, size_t n, double *out);
bool im_int_parse(const char *s, size_t n, int64_t *out);

/* Write v with at most `decimals` (0..9) digits after the point, trailing zeros and
 * "-0" removed, NUL-terminated; returns the length. buf must hold 40 bytes. The binary
 * value is rounded exactly, ties to even; from 1e15 on there are no decimals, from 39
 * digits on an exponent is written; not finite: "nan", "inf", "-inf". */
size_t im_num_write(char *buf, double v, int decimals);
/* The same with exactly `decimals` digits (zeros kept). */
size_t im_num_fixed(char *buf, double v, int decimals);

#endif
