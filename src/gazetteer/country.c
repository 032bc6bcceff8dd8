/* Countries as people write them: a code, a name, the name of a part of one. */
#include "gazetteer/inside.h"
#include "text/text.h"

#include <string.h>

static struct im_answer_set named(const struct im_gazetteer *gz, struct im_arena *arena,
                                  const char *text, enum im_kind kind, size_t limit) {
    struct im_lookup lookup = {.name = text,
                               .country = "",
                               .admin1 = "",
                               .kind = kind,
                               .limit = limit,
                               .unpinned = true};
    return im_gazetteer_find(gz, arena, &lookup);
}

/* A slip of the pen is told, with the country that is near, and not followed. */
static bool is_country(const struct im_answer_set *a) {
    return a->status == IM_ANSWER_OK && a->candidates[0].match < IM_MATCH_SPELLING &&
           a->candidates[0].place->kind == IM_COUNTRY;
}

/* England, the West Bank, Gaza: their places are the state's. */
static bool is_part(const struct im_answer_set *a) {
    enum { GREAT = 100000 };
    const struct im_place *p = a->n > 0 ? a->candidates[0].place : NULL;
    return a->status == IM_ANSWER_OK && a->candidates[0].match <= IM_MATCH_FOLDED &&
           (p->kind == IM_REGION ||
            (p->kind == IM_SETTLEMENT && p->population >= GREAT));
}

/* A user's own countries may have codes of their own. */
static bool take_code(const struct im_place *p, char out[3]) {
    bool two = strlen(p->country) == 2;
    memcpy(out, two ? p->country : "", two ? 3 : 1);
    return two;
}

/* "the Netherlands" */
static const char *without_article(const char *text) {
    bool the = (text[0] == 't' || text[0] == 'T') && strncmp(text + 1, "he ", 3) == 0;
    return the && text[4] != '\0' ? text + 4 : text;
}

enum as_country { UNKNOWN, COUNTRY, PART };

static enum as_country read_country(const struct im_gazetteer *gz,
                                    struct im_arena *arena, const char *text,
                                    char out[3]) {
    if (im_country_code(text, out)) {
        return COUNTRY;
    }
    text = without_article(text);
    struct im_answer_set a = named(gz, arena, text, IM_COUNTRY, 1);
    if (is_country(&a) && take_code(a.candidates[0].place, out)) {
        return COUNTRY;
    }
    a = named(gz, arena, text, IM_KIND_ANY, 1);
    return is_part(&a) && take_code(a.candidates[0].place, out) ? PART : UNKNOWN;
}

bool im_gazetteer_country(const struct im_gazetteer *gz, struct im_arena *arena,
                          const char *text, char out[3]) {
    return read_country(gz, arena, text, out) != UNKNOWN;
}

const char *im_gazetteer_country_help(const struct im_gazetteer *gz,
                                      struct im_arena *arena, const char *text) {
    struct im_answer_set a = named(gz, arena, without_article(text), IM_COUNTRY, 2);
    struct im_buf near;
    im_buf_init(&near, arena, 1024);
    for (size_t i = 0; i < a.n; i++) {
        const struct im_place *p = a.candidates[i].place;
        if (p->kind == IM_COUNTRY && p->country[0] != '\0') {
            im_buf_fmt(&near, "%s%s", near.len > 0 ? " or " : "perhaps ", p->country);
        }
    }
    im_buf_fmt(&near, "%sgive its ISO code, as AZ or AZE, or its name",
               near.len > 0 ? "; " : "");
    return near.data;
}

const char *gaz_country_said(struct gaz_saids *all, const struct im_event *e) {
    for (size_t i = all->n; i-- > 0;) {
        if (strcmp(all->v[i].text, e->country) == 0) {
            return all->v[i].code;
        }
    }
    struct gaz_said s = {e->country, ""};
    enum as_country how = read_country(all->gz, all->arena, e->country, s.code);
    if (how == PART) {
        im_finding(all->findings, IM_F_COUNTRY_PART, e->row,
                   "give the country's ISO code if another is meant",
                   "country '%s' is a part of %s, whose places are looked for",
                   e->country, s.code);
    } else if (how == UNKNOWN) {
        im_finding(all->findings, IM_F_VALUE_BAD, e->row,
                   im_format(all->arena, "%s; it is not used",
                             im_gazetteer_country_help(all->gz, all->arena, s.text)),
                   "unknown country '%s'", e->country);
    }
    IM_PUSH(all->arena, all->v, all->n, all->cap, s);
    return all->v[all->n - 1].code;
}
