/* Every ceiling in one place. */
#ifndef IM_BASE_LIMITS_H
#define IM_BASE_LIMITS_H

#define IM_MAX_JOB_BYTES ((size_t)1 << 30) /* memory of one job */
#define IM_MAX_INPUT ((size_t)512 << 20)   /* one input file, bytes */
#define IM_MAX_FIELD ((size_t)1 << 20)     /* one table field, bytes */
#define IM_MAX_VERTICES ((size_t)20000000) /* vertices of one geometry file */
#define IM_MAX_ROWS ((size_t)5000000)      /* rows of one incident table */
#define IM_MAX_COLUMNS 10000               /* columns of one table */
#define IM_MAX_MAP_FILE ((size_t)4 << 20)  /* one YAML document, bytes */
#define IM_MAX_DEPTH 64                    /* nesting of JSON and YAML */
#define IM_MAX_LABEL 1000                  /* code points of one label */
#define IM_MIN_SIDE 320                    /* image side, pixels */
#define IM_MAX_PIXELS 80000000L            /* of one PNG */
#define IM_MAX_SIDE 16384
#define IM_MAX_PAGE                                                                    \
    14400.0 /* side of a PDF page, points: more than readers must show */
#define IM_MIN_PAGE 72.0
#define IM_MAX_OUTPUT ((size_t)1 << 30) /* one figure, bytes */
#define IM_MAX_FINDINGS_PER_FILE 10     /* of one code */

#endif
