/* A folder of a program's own for the files of its tests. */
#ifndef IM_TEST_FOLDER_H
#define IM_TEST_FOLDER_H

#include <stddef.h>

extern char folder[64]; /* between folder_make and folder_remove */

/* 0, or cmocka's 1 when it cannot be made. */
int folder_make(void);
/* With all files in it; folders in it are left, and told by the result: not 0. */
int folder_remove(void);

/* Path of a file in it, until the folder is removed; up to 64 names. */
const char *in_folder(const char *name);
/* Write a file; the test fails when it cannot. */
void folder_put(const char *name, const char *text);
void folder_put_bytes(const char *name, const void *data, size_t n);

#endif
