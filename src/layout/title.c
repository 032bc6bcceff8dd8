/* Title and subtitle at the top, credits at the bottom. */
#include "layout/job.h"
#include "layout/page.h"

#include <math.h>

#define NARROW 1000.0 /* points of a page on which credits need one line more */

double lay_title_size(const struct im_style *style, double width, double height) {
    double share = fmin(fmin(width / 1000, height / 750), 1);
    return fmax(style->title_size * share, fmin(style->title_size, 20));
}

static struct lay_lines wrap(struct im_arena *arena, const struct im_layout_input *in,
                             struct im_font font, double width, const char *text) {
    struct lay_wrap_options options = {.measure = &in->measure,
                                       .font = font,
                                       .width = width,
                                       .max_lines = 2,
                                       .balanced = true};
    return lay_wrap(arena, &options, text == NULL ? "" : text);
}

struct lay_lines lay_title_lines(struct im_arena *arena,
                                 const struct im_layout_input *in, double width,
                                 double size) {
    return wrap(arena, in, lay_bold_type(size, 0).font, width, in->spec->title);
}

struct lay_lines lay_subtitle_lines(struct im_arena *arena,
                                    const struct im_layout_input *in, double width,
                                    double size) {
    return wrap(arena, in, lay_plain_type(size, 0).font, width, in->spec->subtitle);
}

static struct lay_lines credit_lines(struct im_arena *arena,
                                     const struct im_layout_input *in,
                                     struct lay_wrap_options options, double *size,
                                     const char *text) {
    struct lay_lines lines = {0};
    for (int step = 0; step < 4; step++) {
        *size = in->style->credits_size * (1 - 0.05 * step);
        options.font = lay_plain_type(*size, 0).font;
        lines = lay_wrap(arena, &options, text == NULL ? "" : text);
        if (lines.n <= 2) {
            break;
        }
    }
    return lines;
}

struct lay_lines lay_credit_lines(struct im_arena *arena,
                                  const struct im_layout_input *in, double width,
                                  double *size) {
    struct lay_wrap_options options = {
        .measure = &in->measure, .width = width, .max_lines = width < NARROW ? 4 : 3};
    struct lay_lines lines = credit_lines(arena, in, options, size, in->credits);
    if (lines.cut && in->credits_least != NULL) {
        options.max_lines = 4;
        lines = credit_lines(arena, in, options, size, in->credits_least);
        lines.cut = true; // something is missing in any case
    }
    return lines;
}

/* Lines one under the other from the top of `r`, where reading starts; the y under the
 * last. */
static double put_lines(struct lay_job *job, enum lay_layer layer, struct im_rect r,
                        const struct lay_type *type, const struct lay_lines *lines,
                        double leading) {
    double step = leading * type->font.size;
    double x = lay_from_start(job->in, r, 0);
    for (size_t i = 0; i < lines->n; i++) {
        struct im_pt at = {x, r.y + (double)i * step + 0.92 * type->font.size};
        lay_add_text(job, layer, at, lay_start(job->in), type, lines->v[i]);
    }
    return r.y + (double)lines->n * step;
}

static void report_cut(struct lay_job *job, const struct lay_lines *lines,
                       const char *what) {
    if (lines->cut) {
        im_finding(job->in->findings, IM_F_TEXT_CUT, IM_FILE(job->in->spec->file),
                   "shorten it, or choose a larger size", "the %s did not fit", what);
    }
}

void lay_title(struct lay_job *job) {
    const struct im_page *page = job->page;
    double size = lay_title_size(job->st, page->width, page->height);
    struct lay_type title = lay_bold_type(size, job->st->colour.title);
    struct lay_lines lines = lay_title_lines(job->arena, job->in, page->title.w, size);
    struct im_rect at = page->title;
    title.direction = lay_direction_of_user(job->in, job->in->spec->title);
    at.y = put_lines(job, LAY_TITLE, at, &title, &lines, LAY_TITLE_LEADING);
    report_cut(job, &lines, "title");
    size *= job->st->subtitle_size / job->st->title_size;
    struct lay_type subtitle = lay_plain_type(fmax(size, 13), job->st->colour.subtitle);
    lines = lay_subtitle_lines(job->arena, job->in, page->title.w, subtitle.font.size);
    if (lines.n > 0 && at.y + ((double)lines.n * LAY_TEXT_LEADING + LAY_SUBTITLE_GAP) *
                                   subtitle.font.size >
                           page->title.y + page->title.h + 1) {
        im_finding(job->in->findings, IM_F_TEXT_CUT, IM_FILE(job->in->spec->file),
                   "choose a larger size", "the page has no room for the subtitle");
        return;
    }
    at.y += LAY_SUBTITLE_GAP * subtitle.font.size;
    subtitle.direction = lay_direction_of_user(job->in, job->in->spec->subtitle);
    put_lines(job, LAY_TITLE, at, &subtitle, &lines, LAY_TEXT_LEADING);
    report_cut(job, &lines, "subtitle");
}

void lay_credits(struct lay_job *job) {
    struct im_rect r = job->page->credits;
    double size;
    struct lay_lines lines = lay_credit_lines(job->arena, job->in, r.w, &size);
    struct lay_type type = lay_plain_type(size, job->st->colour.credits);
    type.direction = lay_direction_composed(job->in, job->in->credits);
    put_lines(job, LAY_CREDITS, r, &type, &lines, LAY_TEXT_LEADING);
    report_cut(job, &lines, "credits");
}
