/* Version of the library beneath. */
#include "project/project.h"
#include <proj.h>

#define TEXT_OF(x) #x
#define NUMBER(x) TEXT_OF(x)

const char *im_project_components(void) {
    return "PROJ " NUMBER(PROJ_VERSION_MAJOR) "." NUMBER(PROJ_VERSION_MINOR) "." NUMBER(
        PROJ_VERSION_PATCH);
}
