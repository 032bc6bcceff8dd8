/* One place in several rows or layers is one candidate. */
#include "gazetteer/find.h"
#include "text/text.h"

#include <string.h>

static const double SAME_PLACE_KM = 10;

static bool same_field(const struct gaz_found *a, const struct gaz_found *b,
                       enum gaz_column c) {
    return a->fields.n[c] == b->fields.n[c] &&
           memcmp(a->fields.at[c], b->fields.at[c], a->fields.n[c]) == 0;
}

bool gaz_same_country(const struct gaz_found *a, const struct gaz_found *b) {
    return a->at->country[0] != '\0' && memcmp(a->at->country, b->at->country, 2) == 0;
}

bool gaz_same_letters(const struct gaz_query *q, const char *a, size_t n, const char *b,
                      size_t m) {
    return strcmp(im_fold(q->arena, a, n), im_fold(q->arena, b, m)) == 0;
}

/* Within 10 km, which are less than a tenth of a degree of latitude: that tells of most
 * without a sine. */
static bool is_near(const struct gaz_record *a, const struct gaz_record *b) {
    const int32_t tenth = 100000;
    int32_t apart = a->lat < b->lat ? b->lat - a->lat : a->lat - b->lat;
    return apart <= tenth && gaz_km(gaz_at(a), gaz_at(b)) < SAME_PLACE_KM;
}

/* Rows of one place in several layers or files: one kind, one name, within 10 km. */
static bool is_same_place(const struct gaz_query *q, const struct gaz_found *a,
                          const struct gaz_found *b) {
    if (a->at->kind != b->at->kind) {
        return false;
    }
    bool same_area = a->fields.n[GAZ_AREA_REF] > 0 && same_field(a, b, GAZ_AREA_REF);
    if (!same_area && !is_near(a->at, b->at)) {
        return false;
    }
    bool abroad = a->layer == b->layer && !gaz_same_country(a, b) &&
                  a->at->country[0] != '\0' && b->at->country[0] != '\0';
    if (abroad && gaz_same_letters(q, a->fields.at[GAZ_NAME], a->fields.n[GAZ_NAME],
                                   b->fields.at[GAZ_NAME], b->fields.n[GAZ_NAME])) {
        return false; // twin towns on a border: Astara
    }
    return a->match <= IM_MATCH_FOLDED ||
           gaz_same_letters(q, a->matched, strlen(a->matched), b->matched,
                            strlen(b->matched));
}

void gaz_drop_doubles(const struct gaz_query *q, struct gaz_founds *f) {
    size_t kept = 0;
    for (size_t i = 0; i < f->n; i++) {
        bool known = false;
        for (size_t k = 0; k < kept && !known; k++) {
            known = is_same_place(q, &f->v[k], &f->v[i]);
            if (known && f->v[i].standing == GAZ_MAIN && f->v[k].standing < GAZ_MAIN &&
                f->v[i].layer == f->v[k].layer) {
                f->v[k] = f->v[i];
            }
        }
        if (!known) {
            f->v[kept++] = f->v[i];
        }
    }
    f->n = kept;
}
