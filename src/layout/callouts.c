/* Call-outs of the incidents, where there are few, and the map file's annotations. */
#include "base/num.h"
#include "layout/callouts.h"
#include "layout/page.h"
#include "layout/stack.h"

#include <math.h>
#include <string.h>

enum { SETTINGS = 7 };

void lay_setting_add(struct lay_job *job, struct lay_setting *setting,
                     const struct lay_type *type, const char *text, double width) {
    struct lay_wrap_options options = {.measure = &job->in->measure,
                                       .font = type->font,
                                       .width = width - 2 * job->st->callout_padding,
                                       .max_lines = 8};
    struct lay_lines lines = lay_wrap(job->arena, &options, text);
    for (size_t i = 0; i < lines.n; i++) {
        struct lay_row row = {*type, lines.v[i]};
        if (type->direction == LAY_BY_TEXT) {
            row.type.direction = lay_direction_composed(job->in, text);
        }
        IM_PUSH(job->arena, setting->v, setting->n, setting->cap, row);
    }
    setting->w = fmax(setting->w, lines.width);
    setting->h += (double)lines.n * LAY_TEXT_LEADING * type->font.size;
}

void lay_setting_close(struct lay_job *job, struct lay_setting *setting) {
    setting->w += 2 * job->st->callout_padding;
    setting->h += 1.7 * job->st->callout_padding;
}

/* Width and size of a try, as shares of the style's; the last ones leave the note out.
 */
static const struct {
    double width, size;
    bool note;
} tries[SETTINGS] = {{1, 1, true},       {0.8, 1, true},    {1.3, 1, true},
                     {0.9, 0.87, true},  {0.7, 0.87, true}, {0.9, 0.87, false},
                     {0.65, 0.87, false}};

static struct lay_setting tell(struct lay_job *job, const struct lay_symbol *s,
                               size_t k) {
    struct lay_setting setting = {0};
    const struct im_event *e = s->mark->event;
    double width = job->st->callout_width * tries[k].width;
    double size = job->st->callout_size * tries[k].size;
    struct lay_type bold = lay_bold_type(size, job->st->colour.title);
    struct lay_type plain = lay_plain_type(size, job->st->colour.text);
    struct lay_type grey = lay_plain_type(size, job->st->colour.grey);
    const char *date = lay_dates(job->arena, job->in, e);
    bool dated = date[0] != '\0'; // else the number would stand alone
    const char *place =
        dated ? s->mark->place_label : lay_where(job->arena, job->in, s->mark);
    const char *dot = dated && place[0] != '\0' ? " \xC2\xB7 " : "";
    const char *head = im_format(
        job->arena, "%s\xE2\x80\x83%s%s%s", // an em space: "1 · 5 January" is no date
        lay_number_text(job->arena, job->in, (double)s->number), date, dot, place);
    lay_setting_add(job, &setting, &bold, head, width);
    if (tries[k].note) {
        const char *note = lay_note(job->arena, job->in, e);
        struct lay_type type = plain;
        type.direction = lay_direction_of_user(job->in, note);
        lay_setting_add(job, &setting, &type, note, width);
    }
    for (size_t i = 0; i < e->claim_count; i++) {
        const char *claim = lay_claim_text(job->arena, job->in, e, &e->claims[i]);
        lay_setting_add(job, &setting, &plain, claim, width);
    }
    lay_setting_add(job, &setting, &grey,
                    s->mark->distance == NULL ? "" : s->mark->distance, width);
    lay_setting_close(job, &setting);
    return setting;
}

static struct lay_box incident_box(struct lay_job *job, size_t i) {
    const struct lay_symbol *s = &job->symbols[i];
    size_t owner = s->stack != NULL ? s->stack->v[0]->number : i + 1;
    struct lay_box box = {.target = s->at, .reach = s->reach, .owner = owner};
    box.leader = true;
    box.id = im_format(job->arena, "callout-%zu", s->number);
    box.name = lay_where(job->arena, job->in, s->mark);
    box.row = s->mark->event->row;
    box.settings = im_alloc(job->arena, SETTINGS, sizeof *box.settings);
    box.setting_count = SETTINGS;
    for (size_t k = 0; k < SETTINGS; k++) {
        box.settings[k] = tell(job, s, k);
    }
    return box;
}

/* "lon,lat" in degrees. */
static bool parse_lonlat(const char *text, struct im_lonlat *out) {
    const char *comma = strchr(text, ',');
    if (comma == NULL) {
        return false;
    }
    const char *rest = comma + 1 + strspn(comma + 1, " ");
    return im_num_parse(text, (size_t)(comma - text), &out->lon) &&
           im_num_parse(rest, strlen(rest), &out->lat) && fabs(out->lat) <= 90 &&
           fabs(out->lon) <= 360;
}

/* Where an annotation points, and the obstacle that stands there. */
struct target {
    struct im_pt at;
    size_t owner;
    double radius; /* of the disc that stands there, 0 = none */
};

/* Position of an annotation: coordinates, a place on the map, or an incident's place.
 */
static bool find_target(const struct lay_job *job, size_t i, struct target *out) {
    const char *at = job->in->spec->annotations[i].at;
    const struct im_layout_input *in = job->in;
    struct im_lonlat p;
    *out = (struct target){.owner = LAY_TARGET_OWNER + i};
    if (in->view->crs != NULL && parse_lonlat(at, &p)) {
        return im_view_point(in->view, p, &out->at) &&
               lay_rect_has(job->page->map, out->at);
    }
    for (size_t k = 0; k < in->town_count; k++) {
        const struct im_town *t = &in->towns[k];
        if (strcmp(t->label, at) == 0 || strcmp(t->place->name, at) == 0) {
            double radius = t->wanted ? lay_town_radius(t->rank) : 0;
            *out = (struct target){t->at, LAY_TOWN_OWNER + k, radius};
            return true;
        }
    }
    for (size_t k = 0; k < job->symbol_count; k++) {
        const struct im_mark *m = job->symbols[k].mark;
        if (strcmp(m->place_label, at) == 0 || strcmp(m->event->place_text, at) == 0) {
            out->at = job->symbols[k].at;
            return true;
        }
    }
    return false;
}

void lay_reserve_targets(struct lay_job *job) {
    for (size_t i = 0; i < job->in->spec->annotation_count; i++) {
        struct target t;
        if (find_target(job, i, &t)) {
            lay_field_disc(job->field, LAY_SYMBOL, t.at, 6, t.owner);
        }
    }
}

static struct lay_box annotation_box(struct lay_job *job, size_t i,
                                     struct target target) {
    const struct im_spec_annotation *a = &job->in->spec->annotations[i];
    struct lay_box box = {.target = target.at, .name = a->text};
    box.reach = fmax(6, target.radius + 2);
    box.leader = a->arrow == NULL || strcmp(a->arrow, "none") != 0;
    box.id = im_format(job->arena, "annotation-%zu", i + 1);
    box.row = IM_FILE(job->in->spec->file);
    box.owner = target.owner;
    box.dot = target.radius == 0;
    for (size_t k = 0; k < job->symbol_count; k++) {
        const struct lay_symbol *s = &job->symbols[k];
        if (lay_is_drawn(s) && lay_distance(s->at, target.at) < s->reach) {
            box.dot = false;
            box.owner = k + 1;
            box.target = s->at;
            box.reach = s->reach;
        }
    }
    box.settings = im_alloc(job->arena, SETTINGS, sizeof *box.settings);
    box.setting_count = 5;
    for (size_t k = 0; k < 5; k++) {
        struct lay_type type =
            lay_plain_type(job->st->callout_size * tries[k].size, job->st->colour.text);
        type.direction = lay_direction_of_user(job->in, a->text);
        lay_setting_add(job, &box.settings[k], &type, a->text,
                        job->st->callout_width * tries[k].width);
        lay_setting_close(job, &box.settings[k]);
    }
    return box;
}

/* Where the leader meets what stands at the target: a corner of a square reaches
 * farther than its sides. */
static struct im_pt foot_of(const struct lay_job *job, const struct lay_box *box) {
    struct im_pt at = box->to;
    double d = lay_distance(box->to, box->target);
    if (box->owner == 0 || box->owner > job->symbol_count || d < 1) {
        return at;
    }
    const struct lay_symbol *s = &job->symbols[box->owner - 1];
    struct im_paths outline = {0};
    im_symbol_path(job->arena, lay_outline(s), s->at, s->radius + s->ring, &outline);
    for (double t = 0; t < 1 && !lay_paths_have(&outline, at); t += 0.5 / d) {
        at = (struct im_pt){box->to.x + t * (box->target.x - box->to.x),
                            box->to.y + t * (box->target.y - box->to.y)};
    }
    return at;
}

static void put(struct lay_job *job, const struct lay_box *box) {
    const struct lay_setting *s = &box->settings[box->setting];
    if (box->dot) {
        lay_add(job, LAY_CALLOUTS,
                (struct im_item){.kind = IM_ITEM_SYMBOL,
                                 .symbol = IM_CIRCLE,
                                 .at = box->target,
                                 .radius = 3,
                                 .fill = job->st->colour.text});
    }
    struct im_stroke line = {.colour = job->st->colour.text, .width = job->st->leader};
    if (box->leader) {
        struct im_pt foot = foot_of(job, box);
        lay_add(job, LAY_CALLOUTS, lay_line_item(job->arena, box->from, foot, line));
        struct lay_stroke stroke = {box->from, foot, 2};
        lay_field_stroke(job->field, LAY_LEADER, stroke, 0);
    }
    struct im_item paper = lay_rect_item(job->arena, box->at, job->st->colour.callout);
    paper.id = box->id;
    lay_add(job, LAY_CALLOUTS, paper);
    lay_field_rect(job->field, LAY_TEXT, lay_rect_grow(box->at, 3), 0);
    double y = box->at.y + 0.75 * job->st->callout_padding;
    for (size_t i = 0; i < s->n; i++) {
        struct im_pt at = {lay_from_start(job->in, box->at, job->st->callout_padding),
                           y + 1.02 * s->v[i].type.font.size};
        lay_add_text(job, LAY_CALLOUTS, at, lay_start(job->in), &s->v[i].type,
                     s->v[i].text);
        y += LAY_TEXT_LEADING * s->v[i].type.font.size;
    }
}

void lay_callouts(struct lay_job *job) {
    const struct im_spec *spec = job->in->spec;
    size_t most = job->symbol_count + spec->annotation_count;
    struct lay_box *boxes = im_alloc(job->scratch, most + 1, sizeof *boxes);
    size_t n = 0;
    for (size_t i = 0; i < job->symbol_count && job->mode == LAY_CALLED_OUT; i++) {
        boxes[n++] = incident_box(job, i);
    }
    for (size_t i = 0; i < spec->annotation_count; i++) {
        struct target target;
        if (find_target(job, i, &target)) {
            boxes[n++] = annotation_box(job, i, target);
        } else {
            im_finding(job->in->findings, IM_F_LABEL_DROPPED, IM_FILE(spec->file),
                       "name a place that stands on the map, or write 'lon,lat'",
                       "annotation at '%s': no such place on the map",
                       spec->annotations[i].at);
        }
    }
    lay_place_boxes(job, boxes, n);
    for (size_t i = 0; i < n; i++) {
        if (boxes[i].placed) {
            put(job, &boxes[i]);
        } else {
            im_finding(job->in->findings, IM_F_LABEL_DROPPED, boxes[i].row,
                       "choose a larger size, or label: list",
                       "no room for the call-out of '%s'", boxes[i].name);
        }
    }
}
