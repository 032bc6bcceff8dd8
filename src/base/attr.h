/* Checks that only some compilers offer; empty elsewhere. */
#ifndef IM_BASE_ATTR_H
#define IM_BASE_ATTR_H

/* The function takes a printf-like format as parameter `f` and its values from `v` on
 * (0 = a va_list). */
#if defined(__GNUC__)
#define IM_PRINTF(f, v) __attribute__((format(printf, f, v)))
#else
#define IM_PRINTF(f, v)
#endif

#endif
