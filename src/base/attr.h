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

/* Of a loop over vectors: the function stands once more for processors with AVX2, and
 * the loader takes what fits. IM_BITS: of a loop over bits, for those with BMI2. All
 * get the same result: integers, and doubles that are added, multiplied and compared
 * one by one, since AVX2 brings no instruction that does two of these at once. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__OPTIMIZE__) &&          \
    !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
#define IM_WIDE __attribute__((target_clones("avx2", "default")))
#define IM_BITS __attribute__((target_clones("bmi2", "default")))
#else
#define IM_WIDE
#define IM_BITS
#endif

#endif
