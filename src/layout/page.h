/* Planning the page. Inside layout only. */
#ifndef IM_LAYOUT_PAGE_H
#define IM_LAYOUT_PAGE_H

#include "layout/layout.h"
#include "layout/type.h"

/* Type of the title block on a page of this size: it shrinks on small pages. */
double lay_title_size(const struct im_style *style, double width, double height);

/* Lines of the title, the subtitle and the credits for a width. */
struct lay_lines lay_title_lines(struct im_arena *arena,
                                 const struct im_layout_input *in, double width,
                                 double size);
struct lay_lines lay_subtitle_lines(struct im_arena *arena,
                                    const struct im_layout_input *in, double width,
                                    double size);
/* At most three lines, four on narrow pages, the size lowered from the style's to 0.85
 * of it to reach two; when they do not fit, credits_least in at most four. */
struct lay_lines lay_credit_lines(struct im_arena *arena,
                                  const struct im_layout_input *in, double width,
                                  double *size);

/* Leading as a multiple of the size. */
#define LAY_TITLE_LEADING 1.16
#define LAY_TEXT_LEADING 1.28
/* Between title and subtitle, as a multiple of the subtitle's size. */
#define LAY_SUBTITLE_GAP 0.2

/* Height that the legend band needs for `width`, estimated before the map is known. */
double lay_legend_height(struct im_arena *arena, const struct im_layout_input *in,
                         double width);

/* Height of so many rows of it at its smallest, 1..; the first has the scale bar. */
double lay_legend_rows_height(const struct im_layout_input *in, double width, int rows);

/* The list of incidents for a width and a height. */
struct lay_list_fit {
    double height; /* used */
    int level;     /* 0 = full size and text; higher = shrunk, shortened */
    size_t shown;  /* entries */
};
struct lay_list_fit lay_list_fit(struct im_arena *arena,
                                 const struct im_layout_input *in, double width,
                                 double height);

#endif
