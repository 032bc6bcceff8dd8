/*
 * The numbered list of incidents beside or under the map.
 *
 *   1. each event becomes an entry: bold date and place, a note, each claim on a line
 * of its own, the distance in grey (beside the last line when there is room)
 *   2. entries fill the columns; when they do not fit, levels: smaller type (two
 * steps), notes of two lines, of one, none, then the claims run on in one paragraph,
 * then without the distances; last, dates and places alone, in narrow columns
 *   3. the room that is left then gives single entries back what the level took, those
 * with the most deaths first
 *   4. still too long: the last entries give way to "+ 3 more", a finding
 */
#include "base/buf.h"
#include "layout/job.h"
#include "layout/page.h"
#include "text/text.h"
#include <math.h>
#include <string.h>

enum { LEVELS = 9, RUN_ON = 6, HEADS = 8 };
enum role { HEAD, NOTE, CLAIM, DISTANCE };

struct line {
    enum role role;
    const char *text;
    double x;    /* from the left edge of the text */
    bool beside; /* stands on the line before */
    enum lay_direction direction;
};

struct entry {
    size_t mark;
    struct line *v;
    size_t n, cap;
    double height;
};

struct list {
    struct im_arena *arena;
    const struct im_layout_input *in;
    double size, width, indent;
    size_t note_lines; /* 0 = any number */
    bool notes, run_on, distances, claims;
    int told; /* of all entries: steps of tell() */
    struct entry *v;
    size_t n;
    double height, heading; /* of one column; of the list's title */
    size_t columns;
};

static double leading(const struct list *l) {
    return LAY_TEXT_LEADING * l->size;
}

static double between(const struct list *l) {
    return 0.62 * l->size;
}

static struct im_font font_of(const struct list *l, enum role role) {
    return (struct im_font){.weight = role == HEAD ? IM_BOLD : IM_REGULAR,
                            .size = l->size};
}

static void add_lines(struct list *l, struct entry *e, enum role role, const char *text,
                      size_t most) {
    struct lay_wrap_options options = {.measure = &l->in->measure,
                                       .font = font_of(l, role),
                                       .width = l->width - l->indent,
                                       .max_lines = most};
    struct lay_lines lines = lay_wrap(l->arena, &options, text);
    enum lay_direction direction = role == NOTE ? lay_direction_of_user(l->in, text)
                                                : lay_direction_composed(l->in, text);
    for (size_t i = 0; i < lines.n; i++) {
        struct line line = {.role = role, .text = lines.v[i], .direction = direction};
        IM_PUSH(l->arena, e->v, e->n, e->cap, line);
    }
}

/* Behind the last line, or on a line of its own. */
static void add_distance(struct list *l, struct entry *e, const char *text) {
    if (text == NULL || text[0] == '\0') {
        return;
    }
    struct im_font font = font_of(l, DISTANCE);
    double wide = lay_width(&l->in->measure, &font, text);
    if (e->n > 0) {
        const struct line *last = &e->v[e->n - 1];
        struct im_font its = font_of(l, last->role);
        double x = lay_width(&l->in->measure, &its, last->text) + l->size;
        if (x + wide <= l->width - l->indent) {
            struct line line = {DISTANCE, lay_clean(l->arena, text), x, true,
                                lay_direction_composed(l->in, text)};
            IM_PUSH(l->arena, e->v, e->n, e->cap, line);
            return;
        }
    }
    add_lines(l, e, DISTANCE, text, 2);
}

static const char *heading(struct list *l, const struct im_mark *m) {
    const char *date = lay_dates(l->arena, l->in, m->event);
    const char *place =
        date[0] != '\0' ? m->place_label : lay_where(l->arena, l->in, m);
    bool both = date[0] != '\0' && place[0] != '\0';
    return im_format(l->arena, "%s%s%s", date, both ? " \xC2\xB7 " : "", place);
}

/* Each claim on a line of its own, or all in one paragraph. */
static void add_claims(struct list *l, struct entry *e, const struct im_event *event) {
    struct im_buf all;
    im_buf_init(&all, l->arena, (size_t)1 << 20);
    for (size_t i = 0; i < event->claim_count; i++) {
        const char *text = lay_claim_text(l->arena, l->in, event, &event->claims[i]);
        if (!l->run_on) {
            add_lines(l, e, CLAIM, text, l->note_lines > 0 ? 2 : 0);
        } else if (text[0] != '\0') {
            im_buf_fmt(&all, "%s%s", all.len > 0 ? "; " : "", text);
        }
    }
    if (all.len > 0) {
        add_lines(l, e, CLAIM, all.data, 0);
    }
}

enum { DATES, CLAIMS, DISTANCES, NOTE_LINE, TWO_NOTE_LINES, ALL };

/* How much entries made from here on tell. */
static void tell(struct list *l, int told) {
    l->claims = told >= CLAIMS;
    l->distances = told >= DISTANCES;
    l->notes = told >= NOTE_LINE;
    l->note_lines = told >= ALL ? 0 : told == TWO_NOTE_LINES ? 2 : 1;
}

/* Step 1. */
static struct entry make_entry(struct list *l, size_t mark) {
    const struct im_mark *m = &l->in->marks[mark];
    struct entry e = {.mark = mark};
    add_lines(l, &e, HEAD, heading(l, m), 3);
    if (l->notes) {
        add_lines(l, &e, NOTE, lay_note(l->arena, l->in, m->event), l->note_lines);
    }
    if (l->claims) {
        add_claims(l, &e, m->event);
    }
    if (l->distances) {
        add_distance(l, &e, m->distance);
    }
    for (size_t i = 0; i < e.n; i++) {
        e.height += e.v[i].beside ? 0 : leading(l);
    }
    return e;
}

static struct list make(struct im_arena *arena, const struct im_layout_input *in,
                        double width, int level) {
    static const int told[LEVELS] = {
        ALL, ALL, ALL, TWO_NOTE_LINES, NOTE_LINE, DISTANCES, DISTANCES, CLAIMS, DATES};
    const struct im_style *st = in->style;
    double least = fmin(st->list_min, st->list_size);
    double sizes[3] = {st->list_size, (st->list_size + least) / 2, least};
    struct list l = {.arena = arena, .in = in, .size = sizes[level < 2 ? level : 2]};
    l.columns = (size_t)fmin(fmax(round(width / (level == HEADS ? 220 : 480)), 1), 4);
    double gutter = 2 * l.size;
    l.width = (width - gutter * (double)(l.columns - 1)) / (double)l.columns;
    l.indent = 1.9 * l.size;
    l.told = told[level];
    l.run_on = level >= RUN_ON;
    tell(&l, l.told);
    const char *title = in->spec->labels.list;
    l.heading = title != NULL && title[0] != '\0' ? 1.6 * l.size : 0;
    l.v = im_alloc(arena, in->mark_count + 1, sizeof *l.v);
    for (size_t i = 0; i < in->mark_count; i++) {
        if (in->marks[i].in_frame) {
            l.v[l.n++] = make_entry(&l, i);
        }
    }
    return l;
}

/* Where an entry goes, given where the one before ended. */
struct cursor {
    size_t column;
    double y;
};

/* Move on to where `height` fits; false when the last column is full. */
static bool advance(const struct list *l, struct cursor *c, double height,
                    double room) {
    if (c->y > 0 && c->y + height > room) {
        c->column++;
        c->y = 0;
    }
    return c->column < l->columns && c->y + height <= room + 0.01;
}

/* Entries that fit into `room` points of height; *used = height of the fullest column.
 */
static size_t fitting(const struct list *l, double room, double *used) {
    struct cursor c = {0, 0};
    size_t i = 0;
    *used = 0;
    room -= l->heading;
    for (; i < l->n && advance(l, &c, l->v[i].height, room); i++) {
        c.y += l->v[i].height;
        *used = fmax(*used, c.y + l->heading);
        c.y += between(l);
    }
    return i;
}

/* Entries by the deaths that they tell of, most first. */
static size_t *by_deaths(const struct list *l) {
    size_t *order = im_alloc(l->arena, l->n + 1, sizeof *order);
    for (size_t i = 0; i < l->n; i++) {
        double own = im_event_killed(l->in->marks[l->v[i].mark].event, NULL);
        size_t k = i;
        for (; k > 0; k--) {
            size_t before = l->v[order[k - 1]].mark;
            if (im_event_killed(l->in->marks[before].event, NULL) >= own) {
                break;
            }
            order[k] = order[k - 1];
        }
        order[k] = i;
    }
    return order;
}

/* Step 3: all entries fit; one step of tell() after the other, until one of them does
 * not fit everywhere. A note that the level cut or left out is given back whole. */
static void tell_more(struct list *l, double room) {
    const size_t *order = by_deaths(l);
    size_t n = l->n;
    double used;
    while (l->told < ALL && n == l->n) {
        int told = l->told < DISTANCES ? l->told + 1 : ALL;
        n = 0;
        tell(l, told);
        for (size_t i = 0; i < l->n; i++) {
            struct entry *e = &l->v[order[i]], before = *e;
            *e = make_entry(l, before.mark);
            bool fits = fitting(l, room, &used) == l->n;
            *e = fits ? *e : before;
            n += fits;
        }
        l->told = n == l->n ? told : l->told;
    }
}

/* Step 2: the first level at which all fits, else the last. With several columns the
 * lowest height that holds all is found, so that columns end at about the same height.
 */
static struct list settle(struct im_arena *arena, const struct im_layout_input *in,
                          double width, double height, struct lay_list_fit *fit) {
    struct list l = {0};
    for (int level = 0; level < LEVELS; level++) {
        l = make(arena, in, width, level);
        fit->level = level;
        fit->shown = fitting(&l, height, &fit->height);
        if (fit->shown == l.n) {
            break;
        }
    }
    l.height = height;
    if (fit->shown == l.n && l.told < ALL) {
        tell_more(&l, height);
        fitting(&l, height, &fit->height);
    }
    if (fit->shown == l.n && l.columns > 1) {
        double low = 0;
        for (double high = height; high - low > 4;) {
            double used;
            double middle = (low + high) / 2;
            if (fitting(&l, middle, &used) == l.n) {
                high = middle;
                l.height = middle;
                fit->height = used;
            } else {
                low = middle;
            }
        }
    } else if (fit->shown < l.n) { // step 4: room for the line that says so
        l.height = height - leading(&l);
        fit->shown = fitting(&l, l.height, &fit->height);
        fit->height += leading(&l);
    }
    return l;
}

struct lay_list_fit lay_list_fit(struct im_arena *arena,
                                 const struct im_layout_input *in, double width,
                                 double height) {
    struct lay_list_fit fit = {0};
    settle(arena, in, width, height, &fit);
    return fit;
}

/* The badge that leads from the entry to the symbol: its shape and colour, one size. */
static void add_badge(struct lay_job *job, const struct list *l, struct im_pt at,
                      const struct lay_symbol *symbol) {
    struct lay_symbol badge = *symbol;
    double radius = 0.68 * l->size;
    double in = 0.72 * l->size;
    badge.at = (struct im_pt){at.x + (lay_mirrored(job->in) ? -in : in),
                              at.y - lay_half_cap(l->size)};
    badge.radius = badge.shape == IM_CIRCLE ? radius : 0.95 * radius;
    struct im_item item = lay_symbol_item(job, &badge);
    lay_add(job, LAY_LIST, item);
    lay_number(job, LAY_LIST, &badge);
}

static const struct lay_symbol *symbol_of(const struct lay_job *job, size_t mark) {
    for (size_t i = 0; i < job->symbol_count; i++) {
        if (job->symbols[i].mark == &job->in->marks[mark]) {
            return &job->symbols[i];
        }
    }
    return NULL;
}

static void add_entry(struct lay_job *job, const struct list *l, const struct entry *e,
                      struct im_pt at) {
    double y = at.y - leading(l);
    const struct lay_symbol *symbol = symbol_of(job, e->mark);
    if (symbol != NULL) {
        add_badge(job, l, (struct im_pt){at.x, at.y + l->size}, symbol);
    }
    for (size_t i = 0; i < e->n; i++) {
        const struct line *line = &e->v[i];
        y += line->beside ? 0 : leading(l);
        struct lay_type type = {.font = font_of(l, line->role),
                                .colour = line->role == DISTANCE ? job->st->colour.grey
                                          : line->role == HEAD   ? job->st->colour.title
                                                               : job->st->colour.text};
        double in = l->indent + line->x;
        struct im_pt base = {at.x + (lay_mirrored(job->in) ? -in : in), y + l->size};
        type.direction = line->direction;
        lay_add_text(job, LAY_LIST, base, lay_start(job->in), &type, line->text);
    }
}

static void add_more(struct lay_job *job, const struct list *l, struct im_pt at,
                     size_t left_out) {
    struct lay_type type = lay_plain_type(l->size, job->st->colour.grey);
    const char *text = im_count_phrase(job->arena, lay_wording(job->in),
                                       "more_incidents", (double)left_out, NULL);
    at.x += lay_mirrored(job->in) ? -l->indent : l->indent;
    at.y += l->size;
    lay_add_text(job, LAY_LIST, at, lay_start(job->in), &type, text);
    im_finding(job->in->findings, IM_F_LIST_CUT, IM_FILE(job->in->spec->file),
               "filter with --from, --to or --where, or choose a taller size",
               "the list has no room for %zu of %zu incidents", left_out, l->n);
}

static void report_short(struct lay_job *job, int told) {
    const char *what = told < CLAIMS      ? "all that was stated"
                       : told < DISTANCES ? "all notes and distances"
                                          : "all notes";
    if (told < NOTE_LINE) {
        im_finding(job->in->findings, IM_F_TEXT_CUT, IM_FILE(job->in->spec->file),
                   "choose a larger size", "the list has no room for %s", what);
    } else if (told < ALL) {
        im_finding(job->in->findings, IM_F_TEXT_CUT, IM_FILE(job->in->spec->file),
                   "shorten the notes, or choose a larger size",
                   "long notes are cut in the list");
    }
}

void lay_list(struct lay_job *job) {
    struct im_rect r = job->page->list;
    if (job->mode != LAY_NUMBERED) {
        return;
    }
    struct lay_list_fit fit = {0};
    struct list l = settle(job->arena, job->in, r.w, r.h, &fit);
    if (l.heading > 0) {
        struct lay_type type = lay_bold_type(1.1 * l.size, job->st->colour.title);
        const char *title = job->in->spec->labels.list;
        type.direction = lay_direction_of_user(job->in, title);
        struct im_pt at = {lay_from_start(job->in, r, 0), r.y + 1.05 * l.size};
        lay_add_text(job, LAY_LIST, at, lay_start(job->in), &type, title);
    }
    struct cursor c = {0, 0};
    for (size_t i = 0; i < fit.shown; i++) {
        advance(&l, &c, l.v[i].height, l.height - l.heading);
        double x =
            lay_from_start(job->in, r, (double)c.column * (l.width + 2 * l.size));
        add_entry(job, &l, &l.v[i], (struct im_pt){x, r.y + l.heading + c.y});
        c.y += l.v[i].height + between(&l);
    }
    report_short(job, l.told);
    if (fit.shown < l.n) {
        double x =
            lay_from_start(job->in, r, (double)c.column * (l.width + 2 * l.size));
        add_more(job, &l, (struct im_pt){x, r.y + l.heading + c.y}, l.n - fit.shown);
    }
}
