/* Positions and labels of places; places within a box. */
#include "gazetteer/find.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Box of the disc in which the position is stated to lie. */
static struct im_box disc_box(const struct im_place *place) {
    const double km_per_degree = 111.2, pi = 3.14159265358979323846;
    double dlat = place->precision_km / km_per_degree;
    double dlon = dlat / fmax(0.01, cos(place->at.lat * pi / 180));
    return (struct im_box){
        fmax(-180, place->at.lon - dlon), fmax(-90, place->at.lat - dlat),
        fmin(180, place->at.lon + dlon), fmin(90, place->at.lat + dlat)};
}

struct im_position im_place_position(const struct im_place *place) {
    struct im_position p = {.kind = IM_POINT,
                            .at = place->at,
                            .radius_m = place->precision_km * 1000,
                            .area = "",
                            .reason = "settlement, with the precision stated for it"};
    bool area = place->kind == IM_REGION || place->kind == IM_COUNTRY;
    if (area && (place->area[0] != '\0' || place->has_box)) {
        p.kind = IM_AREA;
        p.area = place->area;
        p.reason = place->kind == IM_COUNTRY ? "country: somewhere in its area"
                                             : "region: somewhere in its area";
        p.box = disc_box(place);
    } else if (place->kind != IM_SETTLEMENT) {
        p.reason = "point with the precision stated for it";
    }
    if (p.kind == IM_AREA && place->has_box) {
        p.box = place->box;
    }
    return p;
}

static bool is_valid(const struct im_name *name, struct im_date as_of) {
    return im_date_is_set(as_of) ? im_date_within(as_of, name->from, name->to)
                                 : !im_date_is_set(name->to);
}

/* Length of the primary subtag of a BCP 47 tag. */
static size_t primary(const char *tag) {
    return strcspn(tag, "-");
}

const char *im_place_label(const struct im_place *place, const char *language,
                           struct im_date as_of) {
    const char *wider = NULL;
    size_t n = language ? primary(language) : 0;
    for (size_t i = 0; n > 0 && i < place->name_count; i++) {
        const struct im_name *name = &place->names[i];
        if (!is_valid(name, as_of)) {
            continue;
        }
        if (strcmp(name->lang, language) == 0) {
            return name->text;
        }
        // "az-Latn" may be served by az, but az not by az-Cyrl
        if (!wider && strlen(name->lang) == n && memcmp(name->lang, language, n) == 0) {
            wider = name->text;
        }
    }
    return wider ? wider : place->name;
}

struct within {
    const struct gaz_layer *layer;
    size_t record;
    const struct gaz_record *at;
};

static int feature_rank(const struct gaz_record *r) {
    return r->feature == GAZ_CAPITAL   ? 4
           : r->feature == GAZ_CITY    ? 3
           : r->feature == GAZ_TOWN    ? 2
           : r->feature == GAZ_VILLAGE ? 1
                                       : 0;
}

/* People, a capital's counted CAPITAL_WEIGHT times: it stands before cities of some
 * millions, but the seat of an island of a thousand people before no city. */
#define CAPITAL_WEIGHT 8.0
#define CAPITAL_PEOPLE 20000.0 /* of one whose people nobody counted */
static double weight_of(const struct gaz_record *r) {
    if (r->feature != GAZ_CAPITAL) {
        return (double)r->people;
    }
    return CAPITAL_WEIGHT * (r->people > 0 ? (double)r->people : CAPITAL_PEOPLE);
}

/* By weight, feature; ties as the layers and rows stand. */
static int by_importance(const void *a, const void *b) {
    const struct within *x = a, *y = b;
    int features = feature_rank(y->at) - feature_rank(x->at);
    double first = weight_of(x->at), second = weight_of(y->at);
    if (first != second) {
        return first > second ? -1 : 1;
    }
    if (features != 0) {
        return features;
    }
    if (x->layer->rank != y->layer->rank) {
        return x->layer->rank > y->layer->rank ? -1 : 1;
    }
    return x->record < y->record ? -1 : x->record > y->record;
}

static bool is_within(struct im_box box, const struct gaz_record *r) {
    struct im_lonlat at = gaz_at(r);
    bool across = box.west > box.east;
    bool east = at.lon >= box.west, west = at.lon <= box.east;
    return at.lat >= box.south && at.lat <= box.north &&
           (across ? east || west : east && west);
}

/* Has the list a place of that name within 2 km (a layer's row for a bundled place)? */
static bool is_listed(const struct im_place **list, size_t n,
                      const struct im_place *p) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i]->name, p->name) == 0 && gaz_km(list[i]->at, p->at) < 2) {
            return true;
        }
    }
    return false;
}

size_t im_gazetteer_within(const struct im_gazetteer *gz, struct im_arena *arena,
                           struct im_box box, size_t limit,
                           const struct im_place ***out) {
    struct within *found = NULL;
    size_t n = 0, cap = 0, kept = 0;
    for (size_t l = 0; l < gz->layer_count; l++) {
        const struct gaz_layer *layer = gz->layers[l];
        for (size_t i = 0; i < layer->record_count; i++) {
            const struct gaz_record *r = &layer->records[i];
            if (r->kind == IM_SETTLEMENT && r->feature != GAZ_QUARTER &&
                is_within(box, r)) {
                IM_PUSH(arena, found, n, cap, ((struct within){layer, i, r}));
            }
        }
    }
    if (n > 0) {
        qsort(found, n, sizeof *found, by_importance);
    }
    const struct im_place **list =
        im_alloc(arena, (n < limit ? n : limit) + 1, sizeof *list);
    for (size_t i = 0; i < n && kept < limit; i++) {
        const struct im_place *place =
            gaz_place(found[i].layer, found[i].record, arena);
        if (place && !is_listed(list, kept, place)) {
            list[kept++] = place;
        }
    }
    *out = list;
    return kept;
}
