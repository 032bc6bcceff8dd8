/* Boxes of text on the map with a leader to a point. Inside layout only. */
#ifndef IM_LAYOUT_CALLOUTS_H
#define IM_LAYOUT_CALLOUTS_H

#include "layout/job.h"

struct lay_row {
    struct lay_type type;
    const char *text;
};

/* One way to set a call-out's text. */
struct lay_setting {
    struct lay_row *v;
    size_t n, cap;
    double w, h; /* of the box, points */
};

struct lay_box {
    struct im_pt target;
    double reach;          /* of what stands at the target: the leader ends there */
    size_t owner;          /* obstacle that the leader may touch */
    const char *id, *name; /* of the box; of what it tells, for findings */
    bool leader, dot;      /* a line to the target; a dot on it */
    struct lay_setting *settings; /* best first */
    size_t setting_count;
    struct im_where row;
    bool placed;
    double cost; /* of the place that it has */
    size_t setting;
    struct im_rect at;
    struct im_pt from, to; /* leader */
};

/* Rows of text become a setting whose box is at most `width` wide. */
void lay_setting_add(struct lay_job *job, struct lay_setting *setting,
                     const struct lay_type *type, const char *text, double width);
void lay_setting_close(struct lay_job *job, struct lay_setting *setting);

/* Place boxes so that none covers or crosses anything that counts, leaders do not
 * cross, and leaders are short. Those for which there is no room are left unplaced. */
void lay_place_boxes(struct lay_job *job, struct lay_box *boxes, size_t n);

#endif
