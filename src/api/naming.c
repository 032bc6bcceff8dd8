/* How the map names places: the policy of its file, and what its fonts can draw. */
#include "api/job.h"
#include <string.h>

static enum im_policy policy_of(const char *text) {
    return strcmp(text, "language") == 0 ? IM_NAMES_LANGUAGE
           : strcmp(text, "local") == 0  ? IM_NAMES_LOCAL
                                         : IM_NAMES_BOTH;
}

/* The map's way, or that of the place's country. */
static struct im_naming naming_of(const struct im_spec *spec,
                                  const struct im_place *place) {
    struct im_naming n = {policy_of(spec->naming), spec->language, spec->as_of};
    for (size_t i = 0; i < spec->name_count; i++) {
        const struct im_spec_names *own = &spec->names[i];
        if (strcmp(own->country, place->country) == 0) {
            n.policy = own->policy[0] ? policy_of(own->policy) : n.policy;
            n.language = own->language[0] ? own->language : n.language;
        }
    }
    return n;
}

/* Letters that every font for text has. */
static bool is_ascii(const char *text) {
    while (*text >= ' ' && *text <= '~') {
        text++;
    }
    return *text == '\0';
}

static bool can_draw(struct incmap_job *job, const char *text) {
    if (is_ascii(text)) { // most names: shaping them all costs more than placing them
        return true;
    }
    const struct im_font font = {.size = 10};
    struct im_measure measure = im_fonts_measure(job->fonts);
    return measure.text(measure.self, &font, text).missing == 0;
}

const char *im_job_place_name(struct incmap_job *job, const struct im_place *place) {
    struct im_naming naming = naming_of(&job->spec, place);
    const char *name = im_place_name(job->arena, place, &naming);
    if (can_draw(job, name)) {
        return name;
    }
    const struct im_naming other = {IM_NAMES_BOTH, "en", naming.as_of};
    const char *instead = im_place_name(job->arena, place, &other);
    instead = can_draw(job, instead) ? instead : place->name;
    if (!can_draw(job, instead)) {
        return name; // the layout says which character is missing
    }
    im_finding(&job->findings, IM_F_GLYPH_MISSING, place->row,
               "choose another language, or another policy under names",
               "no font has all letters of '%s': '%s' is drawn instead", name, instead);
    return instead;
}

/* The country that one province is, by the name that both have in the data; or the
 * count of countries. */
static size_t whole_country(const struct im_basemap *m, const struct im_province *p) {
    size_t i = 0;
    while (i < m->ground_count && (strcmp(m->grounds[i].owner, p->owner) != 0 ||
                                   strcmp(m->grounds[i].name, p->name) != 0)) {
        i++;
    }
    return i;
}

static const char *name_of(struct incmap_job *job, const char *id,
                           const char *otherwise) {
    const struct im_place *p = im_gazetteer_by_id(job->gazetteer, id);
    return p == NULL ? otherwise : im_job_place_name(job, p);
}

const char *im_job_country_name(struct incmap_job *job, const struct im_ground *g) {
    return name_of(job, im_format(job->arena, "iso:%s", g->owner), g->name);
}

/* Names of countries, provinces and seas in the map's language, where the gazetteer has
 * them; a province that is a country has its name in every language. */
void im_job_names(struct incmap_job *job) {
    struct im_basemap *m = &job->basemap;
    size_t *country = im_alloc(job->arena, m->province_count + 1, sizeof *country);
    for (size_t i = 0; i < m->province_count; i++) {
        country[i] = whole_country(m, &m->provinces[i]);
    }
    for (size_t i = 0; i < m->ground_count && !m->user_borders; i++) {
        m->grounds[i].name = im_job_country_name(job, &m->grounds[i]);
    }
    for (size_t i = 0; i < m->province_count; i++) {
        struct im_province *p = &m->provinces[i];
        p->name = country[i] < m->ground_count
                      ? m->grounds[country[i]].name
                      : name_of(job, im_format(job->arena, "u:%ld", p->unit), p->name);
    }
    for (size_t i = 0; i < m->water_count; i++) {
        struct im_water *w = &m->waters[i];
        w->name = w->id[0] != '\0' ? name_of(job, w->id, w->name) : w->name;
    }
}
