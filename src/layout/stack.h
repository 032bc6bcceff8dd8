/*
 * Incidents at one and the same place as one symbol with their number in it. Inside
 * layout only.
 *
 *   1. lay_stacks         which incidents stand together, by the wish of their set
 *   2. lay_stack_sizes    kinds, size and outline of each stack, once symbols are made
 *   3. lay_stack_marks    its items; lay_stack_numbers: which of the list stand there
 */
#ifndef IM_LAYOUT_STACK_H
#define IM_LAYOUT_STACK_H

#include "layout/job.h"
#include "layout/look.h"

/* Members that look alike: a part of the ring. */
struct lay_slice {
    struct lay_look look;
    enum im_evidence evidence; /* CLAIMED, DISPUTED; NONE: filled */
    size_t category, set;      /* the first of its members' */
    size_t n;
};

struct lay_stack {
    struct lay_symbol **v; /* members, by number; v[0] stands for all */
    size_t n;
    double
        value; /* sum of what is stated of those that are sized by it, -1 = nothing */
    size_t stated; /* how many of them state a figure */
    bool sized; /* some are: its area stands for `value`, where its number needs less */
    bool least; /* no larger than its number needs */
    struct lay_slice *slice; /* by category, then by set, then by evidence */
    size_t slices, cap;
    enum im_symbol shape; /* of all members that look alike; else a circle */
    double hub;           /* radius of its light middle, as a share of `radius` */
};

/* What the map will probably have, before the marks have their places on the page. */
struct lay_stacks_seen {
    size_t fewest; /* members of one; 0 = there is none */
    bool mixed;    /* one is of several kinds */
    bool sized;    /* one is sized by what is stated */
    double most;   /* is stated of one, -1 = nothing */
    double least;  /* the largest value that looks like none, -1 = no such */
};
struct lay_stacks_seen lay_stacks_expect(struct im_arena *arena,
                                         const struct im_layout_input *in);
/* Step 1: job->stacks, and job->stack_of for each mark; those that find no room for
 * their number are taken apart, which is a finding. */
void lay_stacks(struct lay_job *job);
/* Step 2: the radii of their members too, which are what others must keep clear of. */
void lay_stack_sizes(struct lay_job *job);
/* Is the symbol one of a part's? */
bool lay_slice_has(const struct lay_slice *slice, const struct lay_symbol *s);
/* Is the symbol drawn: alone, or for its stack? */
bool lay_is_drawn(const struct lay_symbol *s);
/* Outline of what is drawn for it. */
enum im_symbol lay_outline(const struct lay_symbol *s);
/* Radius that the number of n incidents needs at least. */
double lay_stack_least(const struct lay_job *job, size_t n, enum im_symbol shape);
/* Size of its type in a middle of radius `hub`. */
double lay_stack_type(const struct lay_job *job, size_t n, double hub);

/* "Tovuz. Incidents: 40 (Clash 12, Shelling 28), 1–28 July 2020; 78 killed" */
const char *lay_stack_text(struct lay_job *job, const struct lay_stack *stack);
/* The item will say so, or which members a part of the ring has. */
#define LAY_WHOLE ((size_t)-1)
void lay_stack_told(struct im_arena *arena, const struct lay_stack *stack, size_t slice,
                    struct im_item *item);
/* Step 3. */
void lay_stack_marks(struct lay_job *job, const struct lay_stack *stack);
/* The numbers that the list has for the members, beside the symbol. */
void lay_stack_numbers(struct lay_job *job);
/* A sample of one with n incidents (999 of more), or without a number (0); of one kind,
 * or of several. */
void lay_stack_sample(struct lay_job *job, struct im_pt at, double radius, size_t n,
                      bool mixed);

#endif
