/*
 * What is said of incidents that stand together: in an output that shows it, in the
 * legend, in the alternative text, and the numbers that the list has for them.
 */
#include "base/file.h"
#include "base/limits.h"
#include "layout/legend.h"
#include "layout/stack.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

struct told {
    const struct lay_stack *stack;
    size_t slice;
};

static struct im_buf buffer(const struct lay_stack *stack) {
    struct im_buf out;
    im_buf_init(&out, stack->v[0]->job->arena, IM_MAX_OUTPUT);
    return out;
}

/* Every member of a part on a line of its own. */
static const char *members_of(const struct told *told) {
    const struct lay_stack *stack = told->stack;
    struct im_buf out = buffer(stack);
    for (size_t i = 0; i < stack->n; i++) {
        if (lay_slice_has(&stack->slice[told->slice], stack->v[i])) {
            im_buf_fmt(&out, "%s%s", out.len > 0 ? "\n" : "",
                       lay_symbol_title(stack->v[i]));
        }
    }
    return out.data;
}

static bool is_one_file(const struct lay_stack *stack) {
    for (size_t i = 1; i < stack->n; i++) {
        const char *a = stack->v[0]->mark->event->row.file,
                   *b = stack->v[i]->mark->event->row.file;
        if (a != b && (a == NULL || b == NULL || strcmp(a, b) != 0)) {
            return false;
        }
    }
    return true;
}

/* Lines of all members, with the files before them when there are several. */
static const char *rows_of(const struct lay_stack *stack) {
    bool one = is_one_file(stack);
    struct im_buf out = buffer(stack);
    for (size_t i = 0; i < stack->n; i++) {
        struct im_where row = stack->v[i]->mark->event->row;
        const char *file = one || row.file == NULL ? "" : im_path_name(row.file);
        im_buf_fmt(&out, "%s%s%s%u", i > 0 ? " " : "", file, file[0] != '\0' ? ":" : "",
                   row.line);
    }
    return out.data;
}

static const char *events_of(const struct lay_stack *stack) {
    struct im_buf out = buffer(stack);
    for (size_t i = 0; i < stack->n; i++) {
        const char *id = stack->v[i]->mark->event->id;
        im_buf_fmt(&out, "%s%s", out.len > 0 && id[0] != '\0' ? " " : "", id);
    }
    return out.data;
}

/* Name/value pairs that lead back to the table; the numbers are those of the list. */
static void trace(struct im_arena *arena, const struct lay_stack *stack,
                  struct im_item *item) {
    const struct im_event *e = stack->v[0]->mark->event;
    struct im_datum *d = im_alloc(arena, 6, sizeof *d);
    size_t n = 0;
    d[n++] = (struct im_datum){"incidents", im_format(arena, "%zu", stack->n)};
    if (e->row.file != NULL && is_one_file(stack)) {
        d[n++] = (struct im_datum){"file", im_path_name(e->row.file)};
    }
    d[n++] = (struct im_datum){"rows", rows_of(stack)};
    const char *events = events_of(stack);
    if (events[0] != '\0') {
        d[n++] = (struct im_datum){"events", events};
    }
    if (e->place != NULL) {
        d[n++] = (struct im_datum){"place", e->place->id};
    }
    item->data = d;
    item->data_count = n;
}

static void tell(const void *subject, struct im_item *item) {
    const struct told *told = subject;
    const struct lay_symbol *first = told->stack->v[0];
    if (told->slice != LAY_WHOLE) {
        item->title = members_of(told);
        return;
    }
    item->id = im_format(first->job->arena, "stack-%zu", first->number);
    item->title = lay_stack_text(first->job, told->stack);
    trace(first->job->arena, told->stack, item);
}

void lay_stack_told(struct im_arena *arena, const struct lay_stack *stack, size_t slice,
                    struct im_item *item) {
    struct told *told = im_alloc(arena, 1, sizeof *told);
    *told = (struct told){stack, slice};
    item->tell = tell;
    item->subject = told;
}

/* "Clash 12, Shelling 28" */
static const char *kinds(const struct lay_job *job, const struct lay_stack *stack) {
    size_t count[LAY_CATEGORY_MAX] = {0};
    const char *text = "";
    for (size_t i = 0; i < stack->n; i++) {
        count[stack->v[i]->category - job->categories.v]++;
    }
    for (size_t i = 0; i < job->categories.n; i++) {
        if (count[i] > 0) {
            const char *n = lay_number_text(job->arena, job->in, (double)count[i]);
            const char *kind =
                im_format(job->arena, "%s %s", job->categories.v[i].label, n);
            text = lay_list_join(job->arena, job->in, text, kind);
        }
    }
    return text;
}

/* "1–28 July 2020"; "" when no member has a date. */
static const char *period(const struct lay_job *job, const struct lay_stack *stack) {
    struct im_date first = {0, 0, 0}, last = first;
    for (size_t i = 0; i < stack->n; i++) {
        const struct im_event *e = stack->v[i]->mark->event;
        struct im_date end = im_date_is_set(e->date_end) ? e->date_end : e->date;
        if (!im_date_is_set(e->date)) {
            continue;
        }
        bool none = !im_date_is_set(first);
        if (none || im_date_first_day(e->date) < im_date_first_day(first)) {
            first = e->date;
        }
        if (none || im_date_last_day(end) > im_date_last_day(last)) {
            last = end;
        }
    }
    return im_date_is_set(first)
               ? im_date_phrase(job->arena, lay_wording(job->in), first, last, true)
               : "";
}

/* "20 killed (sum of the largest single claims)"; where not all of them state a figure,
 * how many do: a sum over those is no figure of the place. */
static const char *sum_text(struct lay_job *job, const struct lay_stack *stack) {
    const char *language = lay_wording(job->in);
    const char *killed =
        im_count_phrase(job->arena, language, "killed", stack->value, NULL);
    if (stack->stated == stack->n) {
        return im_phrase_fill(job->arena, language, "stack_sum", "text", killed, NULL);
    }
    return im_phrase_fill(job->arena, language, "stack_sum_of", "text", killed, "k",
                          lay_number_text(job->arena, job->in, (double)stack->stated),
                          "n", lay_number_text(job->arena, job->in, (double)stack->n),
                          NULL);
}

const char *lay_stack_text(struct lay_job *job, const struct lay_stack *stack) {
    const char *language = lay_wording(job->in);
    const char *where = lay_where(job->arena, job->in, stack->v[0]->mark);
    const char *n = lay_number_text(job->arena, job->in, (double)stack->n);
    const char *text = im_phrase_fill(job->arena, language, "incidents", "n", n, NULL);
    text = im_format(job->arena, "%s. %s (%s)", where, text, kinds(job, stack));
    const char *when = period(job, stack);
    text = when[0] != '\0' ? lay_list_join(job->arena, job->in, text, when) : text;
    if (!stack->sized || stack->value < 0) {
        return text;
    }
    return im_phrase_fill(job->arena, language, "and_part", "a", text, "b",
                          sum_text(job, stack), NULL);
}

/* "1–4, 7, 9–12" */
static const char *ranges(struct lay_job *job, const struct lay_stack *stack) {
    const char *text = "";
    for (size_t i = 0; i < stack->n;) {
        size_t k = i;
        while (k + 1 < stack->n && stack->v[k + 1]->number == stack->v[k]->number + 1) {
            k++;
        }
        k = k == i + 1 ? i : k; // two are no range
        const char *from =
            lay_number_text(job->arena, job->in, (double)stack->v[i]->number);
        const char *to =
            lay_number_text(job->arena, job->in, (double)stack->v[k]->number);
        const char *part = k > i ? im_format(job->arena, "%s–%s", from, to) : from;
        text = lay_list_join(job->arena, job->in, text, part);
        i = k + 1;
    }
    return text;
}

/* Where the numbers stand: below, above, at the sides, then at the corners. */
static const struct im_pt seats[] = {{0, 1},    {0, -1},    {-1, 0},    {1, 0},
                                     {0.75, 1}, {0.75, -1}, {-0.75, 1}, {-0.75, -1}};

#define NUMBERS 12.0 /* points: their type */
#define LINES 15.0   /* from one line of them to the next */

/* None may be lost, which would be read as an incident elsewhere. */
static struct lay_lines lines_of(struct lay_job *job, const struct lay_symbol *s,
                                 const struct lay_type *type) {
    struct lay_wrap_options options = {.measure = &job->in->measure,
                                       .font = type->font,
                                       .width = fmin(160, job->page->map.w / 4),
                                       .max_lines = 4,
                                       .balanced = true};
    struct lay_lines lines = lay_wrap(job->arena, &options, ranges(job, s->stack));
    if (lines.cut) {
        im_finding(job->in->findings, IM_F_TEXT_CUT, s->mark->event->row,
                   "choose a larger size, or label: none",
                   "the numbers at the symbol of '%s' are cut",
                   lay_where(job->arena, job->in, s->mark));
    }
    return lines;
}

/* Cheapest place beside the symbol of a box of that size; HUGE_VAL: there is none. */
static double find_seat(const struct lay_job *job, const struct lay_symbol *s,
                        struct im_rect *box) {
    double half = box->w / 2, cap = box->h / 2, best = HUGE_VAL;
    for (size_t i = 0; i < sizeof seats / sizeof *seats; i++) {
        double x = s->at.x + seats[i].x * (s->reach + half + 2);
        double y = s->at.y + seats[i].y * (s->reach + cap + 2);
        struct im_rect r = {x - half, y - cap, box->w, box->h};
        double cost = lay_field_box(job->field, r, s->number) + 0.2 * (double)i;
        if (cost < best) {
            best = cost;
            *box = r;
        }
    }
    return best;
}

static void put_numbers(struct lay_job *job, const struct lay_symbol *s) {
    struct lay_type type = lay_bold_type(NUMBERS, job->st->colour.title);
    struct lay_lines lines = lines_of(job, s, &type);
    double cap = 2 * lay_half_cap(NUMBERS);
    struct im_rect box = {0, 0, lines.width + 2,
                          cap + 2 + LINES * (double)(lines.n - 1)};
    if (find_seat(job, s, &box) == HUGE_VAL) {
        im_finding(job->in->findings, IM_F_LABEL_DROPPED, s->mark->event->row,
                   "widen the map, or choose a larger size",
                   "no room for the numbers '%s' at the symbol of '%s'",
                   ranges(job, s->stack), lay_where(job->arena, job->in, s->mark));
        return;
    }
    struct im_pt at = {box.x + box.w / 2, box.y + 1 + cap};
    type.halo = (struct im_halo){lay_colour_alpha(lay_land_colour(job, at), 0.92),
                                 job->st->town_halo};
    for (size_t i = 0; i < lines.n; i++, at.y += LINES) {
        lay_add_text(job, LAY_LABELS, at, IM_MIDDLE, &type, lines.v[i]);
    }
    lay_field_rect(job->field, LAY_TEXT, lay_rect_grow(box, 1), 0);
}

void lay_stack_numbers(struct lay_job *job) {
    bool any = job->stack_count > 0 && job->mode == LAY_NUMBERED;
    for (size_t i = 0; i < job->symbol_count && any; i++) {
        if (job->symbols[i].stack != NULL && lay_is_drawn(&job->symbols[i])) {
            put_numbers(job, &job->symbols[i]);
        }
    }
}

static struct lay_stacks_seen look_at(const struct lay_job *job) {
    struct lay_stacks_seen seen = {0, false, false, -1, -1};
    for (size_t i = 0; i < job->symbol_count; i++) {
        const struct lay_stack *s = job->symbols[i].stack;
        if (s == NULL || !lay_is_drawn(&job->symbols[i])) {
            continue;
        }
        seen.fewest = seen.fewest == 0 || s->n < seen.fewest ? s->n : seen.fewest;
        seen.mixed = seen.mixed || s->slices > 1;
        bool sized = s->sized && s->value >= 0; // some figure is stated
        seen.sized = seen.sized || sized;
        if (sized && s->least) {
            double r = job->symbols[i].radius / job->unit;
            seen.least = fmax(seen.least, floor(r * r));
        }
    }
    return seen;
}

static const char *sizes_text(struct im_arena *arena, const struct im_layout_input *in,
                              double least) {
    return least < 1 ? lay_word(in, "stack_sizes")
                     : im_phrase_fill(arena, lay_wording(in), "stack_sizes_from", "n",
                                      lay_number_text(arena, in, least), NULL);
}

static void add_parts(struct im_arena *arena, const struct im_layout_input *in,
                      struct lay_stacks_seen seen, size_t from, struct lay_parts *out) {
    struct lay_part number = {.sample = LAY_S_STACK, .rank = 1};
    number.count = seen.fewest;
    number.text = lay_word(in, "stack");
    if (from > 2) {
        number.text = im_phrase_fill(arena, lay_wording(in), "stack_from", "n",
                                     lay_number_text(arena, in, (double)from), NULL);
    }
    IM_PUSH(arena, out->v, out->n, out->cap, number);
    if (seen.mixed) {
        struct lay_part kinds_part = {.sample = LAY_S_STACK, .rank = 2, .mixed = true};
        kinds_part.text = lay_word(in, "stack_kinds");
        IM_PUSH(arena, out->v, out->n, out->cap, kinds_part);
    }
    if (seen.sized) {
        struct lay_part size = {.sample = LAY_S_NONE, .rank = 3};
        size.text = sizes_text(arena, in, seen.least);
        IM_PUSH(arena, out->v, out->n, out->cap, size);
    }
}

void lay_stack_parts(struct lay_job *job, struct lay_parts *out) {
    if (job->stack_count > 0) {
        add_parts(job->arena, job->in, look_at(job), job->stack_from, out);
    }
}

void lay_stack_guess(struct im_arena *arena, const struct im_layout_input *in,
                     const struct lay_stacks_seen *seen, struct lay_parts *out) {
    add_parts(arena, in, *seen, 0, out);
}
