/*
 * The grammar of phrases that tell a place by another. Words are told apart (words.c),
 * then tried in turn:
 *
 *   border    [on the, 5 km from the] A-B border [near X]; border of A and B;
 *             X yaxınlığında A-B sərhədi; A-B sərhədində X yaxınlığında; A-B
 *             sərhədindən 5 km
 *   between   between A and B; A ilə B arasında; on the A-B road
 *   distance  15 km [north] of X; 15 км севернее X; X-dan 15 km şimalda
 *   side      north of X; севернее X; X-ın şimalında; northern outskirts of X
 *   near      near X; outskirts of X; X yaxınlığında
 *   line      along the A pipeline; вдоль A; A kəməri boyunca; A pipeline near X
 *
 * Whatever is left over must be one name, and not empty.
 */
#include "gazetteer/tokens.h"

#include <string.h>

/* ---- the grammar ---------------------------------------------------------- */

/* "A-B", "A and B", "A – B" in from..end. */
static bool take_pair(struct gaz_parser *p, size_t from, size_t end) {
    const char *text = gaz_parser_text_of(p, from, end);
    size_t and = gaz_parser_find(p, from, end, GAZ_W_AND);
    if (and > from && and+1 < end) {
        p->out->a = gaz_parser_text_of(p, from, and);
        p->out->b = gaz_parser_text_of(p, and+1, end);
        return p->out->a[0] && p->out->b[0];
    }
    for (size_t i = 1, n = strlen(text); i + 1 < n; i++) {
        size_t dash = gaz_parser_dash_at(text + i, n - i), left = i;
        if (dash > 0) {
            while (left > 0 && text[left - 1] == ' ') {
                left--;
            }
            p->out->a = im_strndup(p->arena, text, left);
            p->out->b = text + i + dash + strspn(text + i + dash, " ");
            return p->out->a[0] && p->out->b[0];
        }
    }
    return false;
}

/* "... near X", "... X yaxınlığında" behind a border; X is then p->out->near. */
static size_t cut_near(struct gaz_parser *p, size_t from, size_t end) {
    size_t near = gaz_parser_find(p, from, end, GAZ_W_NEAR);
    if (near > from && near + 1 == end && end == p->n) {
        p->out->near = gaz_parser_text_of(p, from, near);
        return from;
    }
    if (near < end && near + 1 < end) {
        size_t name = gaz_parser_skip(p, near + 1);
        name += gaz_parser_is(p, name, GAZ_W_OF) ? 1 : 0;
        p->out->near = gaz_parser_text_of(p, name, end);
        return near;
    }
    return end;
}

/* "5 km [north] from": the first word behind, `from` when there is no distance. */
static size_t cut_distance(struct gaz_parser *p, size_t from) {
    struct gaz_direction d;
    size_t i = gaz_parser_skip(p, from), next;
    i = gaz_parser_is(p, i, GAZ_W_WITHIN) ? gaz_parser_skip(p, i + 1) : i;
    if (!gaz_parser_take_distance(p, i, &i)) {
        return from;
    }
    i = gaz_parser_skip(p, i);
    if (gaz_parser_take_direction(p, i, true, &next, &d)) {
        i = gaz_parser_skip(p, next);
    }
    return gaz_parser_is(p, i, GAZ_W_OF) || gaz_parser_is(p, i, GAZ_W_NEAR) ? i + 1 : i;
}

/* "A-B sərhədindən 5 km məsafədə": the distance behind, or nothing more. */
static bool ends_border(struct gaz_parser *p, size_t from, size_t end) {
    size_t next = gaz_parser_skip(p, from);
    if (next < end && p->out->km < 0 && gaz_parser_take_distance(p, next, &next)) {
        next = gaz_parser_skip(p, next);
    }
    return next >= end;
}

static bool border(struct gaz_parser *p) {
    size_t at = gaz_parser_find(p, 0, p->n, GAZ_W_BORDER), end;
    p->out->relation = GAZ_BORDER;
    if (at == p->n) {
        return false;
    }
    size_t first = cut_distance(p, 0);
    size_t near =
        gaz_parser_find(p, first, at, GAZ_W_NEAR); // "X yaxınlığında A-B sərhədi"
    if (near < at && near > first) {
        p->out->near = gaz_parser_text_of(p, first, near);
        first = near + 1;
    } else if (near == first && near < at) {
        first = near + 1; // "near the A-B border"
        first += gaz_parser_is(p, first, GAZ_W_OF) ? 1 : 0;
    }
    end = cut_near(p, at + 1, p->n);
    if (ends_border(p, at + 1, end) && take_pair(p, first, at)) {
        return true;
    }
    at = gaz_parser_skip(p, at + 1);
    at += gaz_parser_is(p, at, GAZ_W_OF) || gaz_parser_is(p, at, GAZ_W_BETWEEN) ? 1 : 0;
    return take_pair(p, at, end);
}

static bool between(struct gaz_parser *p) {
    size_t at = gaz_parser_find(p, 0, p->n, GAZ_W_BETWEEN),
           road = gaz_parser_find(p, 0, p->n, GAZ_W_ROAD);
    size_t half = gaz_parser_find(p, 0, p->n, GAZ_W_HALFWAY);
    p->out->relation = half < p->n ? GAZ_HALFWAY : GAZ_BETWEEN;
    if (at < p->n) {
        bool behind = at + 1 == p->n || gaz_parser_is(p, at + 1, GAZ_W_HALFWAY);
        return behind ? take_pair(p, 0, at) : take_pair(p, at + 1, p->n);
    }
    if (half < p->n && half + 1 == p->n) {
        return take_pair(p, 0, half);
    }
    return road < p->n && road > 0 && road + 1 == p->n && take_pair(p, 0, road);
}

/* The one name in from..end, which may be a pipeline. */
static bool take_name(struct gaz_parser *p, size_t from, size_t end) {
    p->out->a_is_line = gaz_parser_find(p, from, end, GAZ_W_LINE) < end;
    p->out->a =
        gaz_parser_text_of(p, from, p->out->a_is_line ? cut_near(p, from, end) : end);
    return p->out->a[0] != '\0';
}

static bool distance(struct gaz_parser *p) {
    size_t i = gaz_parser_skip(p, 0);
    struct gaz_direction d = {.governs = false};
    bool within = gaz_parser_is(p, i, GAZ_W_WITHIN);
    if (!gaz_parser_take_distance(p, within ? gaz_parser_skip(p, i + 1) : i, &i)) {
        return false;
    }
    p->out->relation = within ? GAZ_WITHIN : GAZ_AT;
    i = gaz_parser_skip(p, i);
    size_t next;
    if (gaz_parser_take_direction(p, i, true, &next, &d)) {
        i = gaz_parser_skip(p, next);
    }
    if (!gaz_parser_is(p, i, GAZ_W_OF) && !d.governs) {
        return false;
    }
    return take_name(p, gaz_parser_is(p, i, GAZ_W_OF) ? i + 1 : i, p->n);
}

/* A name in front: "Tovuzdan 15 km şimal-şərqdə", "Tovuzun şimalında". */
static bool behind(struct gaz_parser *p) {
    struct gaz_direction d = {.follows = false};
    size_t name = 1, next = p->n;
    while (name < p->n && !gaz_parser_take_distance(p, name, &next) &&
           !gaz_parser_take_direction(p, name, false, &next, &d)) {
        name++;
    }
    p->out->relation = GAZ_AT;
    if (name == p->n) {
        return false;
    }
    next = gaz_parser_skip(p, next);
    if (next < p->n && p->out->azimuth < 0) {
        gaz_parser_take_direction(p, next, false, &next, &d);
    } else if (next < p->n && p->out->km < 0 &&
               !gaz_parser_take_distance(p, next, &next)) {
        return false;
    }
    return gaz_parser_skip(p, next) == p->n && (p->out->km >= 0 || d.follows) &&
           take_name(p, 0, name);
}

static bool side(struct gaz_parser *p) {
    struct gaz_direction d;
    size_t i = gaz_parser_skip(p, 0);
    if (!gaz_parser_take_direction(p, i, false, &i, &d)) {
        return false;
    }
    i = gaz_parser_skip(p, i);
    p->out->relation = gaz_parser_is(p, i, GAZ_W_OUTSKIRTS) ? GAZ_OUTSKIRTS : GAZ_AT;
    if (p->out->relation == GAZ_OUTSKIRTS) {
        i++;
    } else if (!gaz_parser_is(p, i, GAZ_W_OF) && !d.governs) {
        return false;
    }
    return take_name(p, gaz_parser_is(p, i, GAZ_W_OF) ? i + 1 : i, p->n);
}

/* "along the A pipeline", "A boru kəməri boyunca", "the A pipeline near X", "A
 * pipeline". */
static bool line(struct gaz_parser *p) {
    size_t at = gaz_parser_find(p, 0, p->n, GAZ_W_LINE), first = gaz_parser_skip(p, 0);
    size_t end = cut_near(p, at + (at < p->n), p->n);
    bool said = first > 0 || gaz_parser_is(p, p->n - 1, GAZ_W_ALONG) || end < p->n;
    p->out->relation = GAZ_AT;
    p->out->bare = !said;
    return at < p->n && (said || at + 1 == p->n || at == first) &&
           take_name(p, 0, p->n);
}

static bool near(struct gaz_parser *p) {
    size_t i = gaz_parser_skip(p, 0);
    enum gaz_word word = i < p->n ? p->v[i].word : GAZ_W_NAME;
    if (word == GAZ_W_NEAR || word == GAZ_W_OUTSKIRTS) {
        p->out->relation = word == GAZ_W_NEAR ? GAZ_NEAR : GAZ_OUTSKIRTS;
        i = gaz_parser_skip(p, i + 1);
        return take_name(p, gaz_parser_is(p, i, GAZ_W_OF) ? i + 1 : i, p->n);
    }
    word = p->v[p->n - 1].word;
    if (word == GAZ_W_NEAR || word == GAZ_W_OUTSKIRTS) {
        p->out->relation = word == GAZ_W_NEAR ? GAZ_NEAR : GAZ_OUTSKIRTS;
        return take_name(p, 0, p->n - 1);
    }
    return false;
}

bool gaz_phrase_parse(struct im_arena *arena, const char *text,
                      struct gaz_phrase *out) {
    static bool (*const rules[])(struct gaz_parser *) = {
        border, between, distance, side, near, behind, line};
    enum { LONGEST = 400 };
    if (!strchr(text, ' ') || strlen(text) > LONGEST) {
        return false;
    }
    struct gaz_parser *p = im_alloc(arena, 1, sizeof *p);
    p->arena = arena;
    p->out = out;
    if (!gaz_parser_split(p, text)) {
        return false;
    }
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        *out = (struct gaz_phrase){
            .km = -1, .azimuth = -1, .half_sector = 180, .a = "", .b = "", .near = ""};
        if (rules[i](p)) {
            return true;
        }
    }
    return false;
}
