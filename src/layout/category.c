#include "layout/category.h"
#include "layout/style.h"
#include "layout/type.h"
#include "text/text.h"

#include <string.h>

enum { CLASH, SHELLING, AIR, OTHER, FIXED };

/*
 * Words of a type, lower case ASCII, and the category they mean. ACLED's event and
 * sub-event types, UCDP's types of violence and plain words of tables; the first word
 * of the list that occurs decides ("air/drone strike" before "strike").
 */
static const struct {
    const char *word;
    int category;
} words[] = {
    {"drone", AIR},
    {"uav", AIR},
    {"uas", AIR},
    {"air", AIR},
    {"aerial", AIR},
    {"airstrike", AIR},
    {"helicopter", AIR},
    {"aircraft", AIR},
    {"shelling", SHELLING},
    {"artillery", SHELLING},
    {"mortar", SHELLING},
    {"missile", SHELLING},
    {"rocket", SHELLING},
    {"explosion", SHELLING},
    {"explosions", SHELLING},
    {"explosive", SHELLING},
    {"bombing", SHELLING},
    {"bomb", SHELLING},
    {"mine", SHELLING},
    {"landmine", SHELLING},
    {"ied", SHELLING},
    {"grenade", SHELLING},
    {"bombardment", SHELLING},
    {"strike", SHELLING},
    {"clash", CLASH},
    {"clashes", CLASH},
    {"battle", CLASH},
    {"battles", CLASH},
    {"fighting", CLASH},
    {"firefight", CLASH},
    {"skirmish", CLASH},
    {"combat", CLASH},
    {"assault", CLASH},
    {"sniper", CLASH},
    {"ambush", CLASH},
    {"gunfire", CLASH},
    {"exchange", CLASH},
    {"state-based", CLASH},
    {"non-state", CLASH},
    {"ground", CLASH},
    {"other", OTHER},
    {"incident", OTHER},
};

/* Does `word` occur in `type` between non-letters? ASCII case is ignored. */
static bool has_word(const char *type, const char *word) {
    size_t n = strlen(word);
    bool start = true;
    for (const char *at = type; *at != '\0'; at++) {
        size_t k = 0;
        while (start && k < n) {
            char c = at[k];
            c = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            if (c != word[k]) {
                break;
            }
            k++;
        }
        char next = k == n ? at[n] : 'x';
        if (start && k == n && !(next >= 'a' && next <= 'z')) {
            return true;
        }
        char lower = (char)(*at | 0x20);
        start = !(lower >= 'a' && lower <= 'z') && (unsigned char)*at < 0x80;
    }
    return false;
}

/* UCDP's numbers: 1 state-based, 2 non-state, 3 one-sided. */
static int known(const char *type) {
    if (type[0] == '\0') {
        return OTHER;
    }
    if (strcmp(type, "1") == 0 || strcmp(type, "2") == 0) {
        return CLASH;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (has_word(type, words[i].word)) {
            return words[i].category;
        }
    }
    return -1;
}

/* A type of the table as a label: cleaned, its first letter large. */
static const char *readable(struct im_arena *arena, const char *language,
                            const char *type) {
    return strcmp(type, "3") == 0 ? im_phrase(language, "one_sided_violence")
                                  : lay_first_large(arena, language, type);
}

/* known(), looked up in the list of the table's types. */
static int known_of(const struct lay_categories *c, const char *type) {
    for (size_t i = 0; i < c->type_count; i++) {
        if (c->types[i].text[0] == type[0] && strcmp(c->types[i].text, type) == 0) {
            return c->types[i].known;
        }
    }
    return known(type);
}

size_t lay_category_of(const struct lay_categories *categories,
                       const struct im_event *e) {
    int fixed = known_of(categories, e->type);
    if (fixed >= 0) {
        return (size_t)fixed;
    }
    for (size_t i = FIXED; i < categories->n; i++) {
        if (strcmp(categories->extra[i], e->type) == 0) {
            return i;
        }
    }
    return OTHER;
}

/* Types that no fixed category takes, each once, with their number. */
struct tally {
    const char *type;
    size_t count;
};

/* Each type once, as far as there is room. */
static void list_types(const struct im_layout_input *in, struct lay_categories *c) {
    for (size_t i = 0; i < in->mark_count; i++) {
        const char *type = in->marks[i].event->type;
        size_t k = 0;
        while (k < c->type_count && strcmp(c->types[k].text, type) != 0) {
            k++;
        }
        if (k == c->type_count && k < LAY_TYPE_MAX) {
            c->types[c->type_count++] = (struct lay_type_seen){type, known(type), 0};
        }
        if (k < c->type_count) {
            c->types[k].count++;
        }
    }
}

static size_t tally(const struct lay_categories *c, struct tally *out) {
    size_t n = 0;
    for (size_t i = 0; i < c->type_count; i++) {
        if (c->types[i].known < 0) {
            out[n++] = (struct tally){c->types[i].text, c->types[i].count};
        }
    }
    return n;
}

static bool before(const struct tally *a, const struct tally *b) {
    return a->count != b->count ? a->count > b->count : strcmp(a->type, b->type) < 0;
}

static void add_extras(struct im_arena *arena, const struct im_layout_input *in,
                       struct lay_categories *out) {
    static const enum im_symbol shapes[] = {IM_SQUARE, IM_STAR, IM_CIRCLE, IM_DIAMOND};
    const struct im_style *st = in->style;
    const im_rgba colours[] = {st->colour.extra1, st->colour.extra2, st->colour.extra3,
                               st->colour.extra4};
    const struct lay_hatch hatches[] = {{st->extra1_hatch, 135},
                                        {st->extra2_hatch, 45},
                                        {st->extra3_hatch, 0},
                                        {st->extra4_hatch, 90}};
    struct tally types[LAY_TYPE_MAX];
    size_t n = tally(out, types);
    while (out->n < LAY_CATEGORY_MAX && n > 0) {
        size_t best = 0;
        for (size_t i = 1; i < n; i++) {
            best = before(&types[i], &types[best]) ? i : best;
        }
        size_t extra = out->n - FIXED;
        out->extra[out->n] = types[best].type;
        out->v[out->n++] = (struct lay_category){
            readable(arena, im_wording(in->spec->language), types[best].type),
            colours[extra], shapes[extra], hatches[extra], 0};
        types[best] = types[--n];
    }
}

void lay_categories_make(struct im_arena *arena, const struct im_layout_input *in,
                         struct lay_categories *out) {
    const struct im_style *st = in->style;
    const char *lang = im_wording(in->spec->language);
    *out = (struct lay_categories){.n = FIXED};
    out->v[CLASH] = (struct lay_category){im_phrase(lang, "clash"),
                                          st->colour.clash,
                                          IM_CIRCLE,
                                          {st->clash_hatch, 45},
                                          0};
    out->v[SHELLING] = (struct lay_category){im_phrase(lang, "shelling"),
                                             st->colour.shelling,
                                             IM_DIAMOND,
                                             {st->shelling_hatch, 0},
                                             0};
    out->v[AIR] = (struct lay_category){im_phrase(lang, "air_attack"),
                                        st->colour.air,
                                        IM_TRIANGLE,
                                        {st->air_hatch, 45},
                                        0};
    out->v[OTHER] = (struct lay_category){im_phrase(lang, "other_incident"),
                                          st->colour.other,
                                          IM_SQUARE,
                                          {st->other_hatch, 45},
                                          0};
    list_types(in, out);
    add_extras(arena, in, out);
}

enum im_evidence lay_evidence(const struct im_event *e) {
    bool seen[4] = {false, false, false, false};
    for (size_t i = 0; i < e->claim_count; i++) {
        seen[e->claims[i].evidence] = true;
    }
    return seen[IM_DISPUTED]    ? IM_DISPUTED
           : seen[IM_CONFIRMED] ? IM_CONFIRMED
           : seen[IM_CLAIMED]   ? IM_CLAIMED
                                : IM_EVIDENCE_NONE;
}
