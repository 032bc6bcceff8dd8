/* Names beside points: candidates and the search among them. Inside layout only. */
#ifndef IM_LAYOUT_SPOTS_H
#define IM_LAYOUT_SPOTS_H

#include "layout/job.h"

struct lay_candidate {
    struct im_rect box; /* what the name covers */
    struct im_rect ink; /* its capitals and tails, without the room over them */
    struct im_pt at;    /* of the text */
    enum im_align align;
    bool known;  /* its cost has been worked out */
    double cost; /* of the place itself; HUGE_VAL = impossible; not known: at least */
    const struct lay_rivals *near; /* of its ring */
};

/* A point that wants its name beside it. */
struct lay_spot {
    const struct im_town *town;
    struct lay_type type;
    const char *text;
    struct im_extent_pt extent;     /* of the text; asked for with the candidates */
    double radius;                  /* of its symbol, points */
    double keep_off;                /* nearest that the name may come to the point */
    bool hidden;                    /* an incident's symbol covers the place */
    const struct lay_symbol *moved; /* its first symbol that stands off the place */
    struct lay_candidate *v;        /* NULL until asked for: most towns never are */
    size_t n;
    bool over_lines; /* the name may lie upon those of overlays */
    size_t rings;    /* of seats that are among the candidates */
    double reach;  /* how far from the point the name or its disc can matter, points */
    size_t chosen; /* LAY_NOWHERE = not placed */
};
#define LAY_NOWHERE ((size_t)-1)

/* towns.c: the spot of a town, with its type, before any symbol is looked at. */
struct lay_spot lay_spot_of(const struct lay_job *job, const struct im_town *town);

/* Owner of the spot's own disc in the field. */
size_t lay_own(const struct lay_job *job, const struct lay_spot *spot);

/* misread.c: other places that a name could be taken for the name of, near one spot. */
struct lay_rivals {
    const struct im_town **towns;
    const struct lay_symbol **symbols, **own; /* of other places; of the spot's */
    size_t town_count, symbol_count, own_count, town_cap, symbol_cap, own_cap;
    size_t land; /* ground under the place, as lay_land_at says */
};
/* Before it is asked for rivals: the towns that may be. */
void lay_grid_towns(struct lay_job *job);
/* Those whose place or symbol is so near to p that it matters to a name that keeps
 * within `reach` points of p. */
const struct lay_rivals *lay_find_rivals(const struct lay_job *job,
                                         const struct lay_spot *spot, struct im_pt p,
                                         double reach);
/* Cost of what a name there could be misread as; HUGE_VAL: it is nearer to another
 * place's numbered symbol than to its own, and would be read as its name. `on_lines`:
 * lines lie under it, perhaps a border that both its ends are on one side of. */
double lay_misread(const struct lay_job *job, const struct lay_spot *spot,
                   const struct lay_candidate *c, bool on_lines);

/* Begin the candidates of a spot: places round it, then those round its moved symbol;
 * their cost is the order of preference plus what the field says, which is asked only
 * of those that may be chosen. Farther places are found when none of the near ones will
 * do. */
void lay_candidates(const struct lay_job *job, struct lay_spot *spot);

/*
 * Choose for as many as possible, earlier ones first: greedy, and for one that finds
 * nothing one neighbour may give way, for the first of them before lesser ones are
 * looked at; then all move to their cheapest free place. At most `most` are placed:
 * returns how many. Deterministic; at most a few passes. The first `fixed` of them have
 * their places and keep them. Candidates are found when a spot's turn comes: where the
 * first spots are as many as may be placed, none later is asked.
 */
size_t lay_place_spots(const struct lay_job *job, struct lay_spot *spots, size_t n,
                       size_t fixed, size_t most);

#endif
