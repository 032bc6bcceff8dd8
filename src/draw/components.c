/* Versions of the libraries beneath. */
#include "draw/draw.h"
#include <cairo.h>
#include <ft2build.h>
#include <hb.h>
#include <libdeflate.h>
#include <pango/pango.h>
#include FT_FREETYPE_H

#define TEXT_OF(x) #x
#define NUMBER(x) TEXT_OF(x)

const char *im_draw_components(void) {
    return "cairo " CAIRO_VERSION_STRING ", pango " PANGO_VERSION_STRING
           ", HarfBuzz " HB_VERSION_STRING
           ", FreeType " NUMBER(FREETYPE_MAJOR) "." NUMBER(FREETYPE_MINOR) "." NUMBER(
               FREETYPE_PATCH) ", libdeflate " LIBDEFLATE_VERSION_STRING;
}
