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
    bool area = place->kind == IM_REGION || place->kind == IM_COUNTRY ||
                place->kind == IM_CORRIDOR;
    bool water = place->kind == IM_WATER && place->area[0] != '\0';
    if (water || (area && (place->area[0] != '\0' || place->has_box))) {
        p.kind = IM_AREA;
        p.area = place->area;
        p.reason = place->kind == IM_COUNTRY  ? "country: somewhere in its area"
                   : place->kind == IM_REGION ? "region: somewhere in its area"
                   : water                    ? "water: somewhere on it"
                                              : "somewhere in a corridor";
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

/* Of bundled countries and first-level units the data leave out what only repeats the
 * English name; their main one is a short form of the layer ("K. Maras", "Zinguldak").
 */
static bool repeats_english(const struct im_place *place) {
    bool area = place->kind == IM_REGION || place->kind == IM_COUNTRY;
    return area && place->layer == 0 &&
           (strcmp(place->feature, "admin1") == 0 ||
            strcmp(place->feature, "country") == 0);
}

const char *im_place_label(const struct im_place *place, const char *language,
                           struct im_date as_of) {
    const char *wider = NULL, *english = NULL;
    size_t n = language ? primary(language) : 0;
    for (size_t i = 0; n > 0 && i < place->name_count; i++) {
        const struct im_name *name = &place->names[i];
        char first = name->lang[0]; // of most neither the language's nor that of en
        if ((first != language[0] && first != 'e') || !is_valid(name, as_of)) {
            continue;
        }
        if (strcmp(name->lang, language) == 0) {
            return name->text;
        }
        if (!english && strcmp(name->lang, "en") == 0) {
            english = name->text;
        }
        // "az-Latn" may be served by az, but az not by az-Cyrl
        if (!wider && strlen(name->lang) == n && memcmp(name->lang, language, n) == 0) {
            wider = name->text;
        }
    }
    return wider ? wider : english && repeats_english(place) ? english : place->name;
}

enum { MANY = 1 << 16 };

/* A place found; `key` is what makes it important. */
struct within {
    uint64_t key;
    uint32_t record, layer; /* its index */
    int32_t lon, lat;
    uint32_t people;
    uint8_t feature;
};

static uint64_t feature_rank(const struct gaz_record *r) {
    return r->feature == GAZ_CAPITAL   ? 4
           : r->feature == GAZ_CITY    ? 3
           : r->feature == GAZ_TOWN    ? 2
           : r->feature == GAZ_VILLAGE ? 1
                                       : 0;
}

/* People, a capital's counted CAPITAL_WEIGHT times: it stands before cities of some
 * millions, but the seat of an island of a thousand people before no city. */
#define CAPITAL_WEIGHT 8
#define CAPITAL_PEOPLE 20000 /* of one whose people nobody counted */
static uint64_t weight_of(const struct gaz_record *r) {
    if (r->feature != GAZ_CAPITAL) {
        return r->people;
    }
    return CAPITAL_WEIGHT * (uint64_t)(r->people > 0 ? r->people : CAPITAL_PEOPLE);
}

/* By weight, feature; ties as the layers and rows stand. */
static int by_importance(const void *a, const void *b) {
    const struct within *x = a, *y = b;
    if (x->key != y->key) {
        return x->key > y->key ? -1 : 1;
    }
    if (x->layer != y->layer) {
        return x->layer < y->layer ? -1 : 1;
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

/* Places, found again by their names; lists end with 0. */
struct listed {
    const struct im_place **v;
    size_t n, slots;  /* a power of two */
    uint32_t *first;  /* by slot: the last one there, and one */
    uint32_t *before; /* by place: the one there before it, and one */
};

static struct listed listed_new(struct im_arena *arena, size_t most) {
    struct listed l = {.slots = 16};
    while (l.slots < most) {
        l.slots *= 2;
    }
    l.v = im_alloc(arena, most + 1, sizeof *l.v);
    l.first = im_alloc(arena, l.slots, sizeof *l.first);
    l.before = im_alloc(arena, most + 1, sizeof *l.before);
    return l;
}

/* Add the place, unless the list has one of that name within 2 km (a layer's row for a
 * bundled place). */
static void list_once(struct listed *l, const struct im_place *p) {
    size_t slot = (size_t)gaz_hash64(p->name, strlen(p->name)) & (l->slots - 1);
    for (uint32_t i = l->first[slot]; i > 0; i = l->before[i - 1]) {
        if (strcmp(l->v[i - 1]->name, p->name) == 0 &&
            gaz_km(l->v[i - 1]->at, p->at) < 2) {
            return;
        }
    }
    l->before[l->n] = l->first[slot];
    l->v[l->n++] = p;
    l->first[slot] = (uint32_t)l->n;
}

struct towns {
    const struct im_gazetteer *gz;
    struct im_arena *arena;
    const struct im_within *which;
    struct within *v;
    size_t n, cap;
};

/* Put the `most` heaviest first, in no order (quickselect: Hoare 1961,
 * doi:10.1145/366622.366647): only these are sorted, of a world of places. */
static void heaviest_first(struct within *v, size_t n, size_t most) {
    size_t low = 0, high = n;
    while (high - low > 1 && low < most && most < high) {
        struct within pivot = v[low + (high - low - 1) / 2];
        size_t i = low, k = high - 1;
        for (;;) {
            while (by_importance(&v[i], &pivot) < 0) {
                i++;
            }
            while (by_importance(&v[k], &pivot) > 0) {
                k--;
            }
            if (i >= k) {
                break;
            }
            struct within other = v[i];
            v[i++] = v[k];
            v[k--] = other;
        }
        // low..k are no lighter than the pivot, k+1..high no heavier
        low = most > k + 1 ? k + 1 : low;
        high = most > k + 1 ? high : k + 1;
    }
}

/* So many that some may be doubles and still enough are left. */
static void keep_important(struct towns *t) {
    size_t most = 4 * t->which->limit + 1024;
    if (t->n > most) {
        heaviest_first(t->v, t->n, most);
        t->n = most;
    }
}

static void add_record(struct towns *t, size_t layer, uint32_t record) {
    struct gaz_record at;
    if (!gaz_record_at(t->gz->layers[layer], record, &at) ||
        !is_within(t->which->box, &at)) {
        return;
    }
    if (t->n == MANY && t->n > 8 * t->which->limit + 2048) {
        keep_important(t);
    }
    struct within w = {.key = weight_of(&at) << 3 | feature_rank(&at),
                       .record = record,
                       .people = at.people,
                       .lon = at.lon,
                       .lat = at.lat,
                       .layer = (uint32_t)layer,
                       .feature = at.feature};
    IM_PUSH(t->arena, t->v, t->n, t->cap, w);
}

/* Places of the cells from `key` to `last`, from entry *next on. Their records lie all
 * over the file: some are fetched together. */
static void add_cells(struct towns *t, size_t layer, uint64_t key, uint64_t last,
                      size_t *next) {
    enum { TOGETHER = 16 };
    const struct gaz_layer *in = t->gz->layers[layer];
    struct gaz_entries e = gaz_lookup_range(in, GAZ_BY_CELL, key, last);
    uint32_t record[TOGETHER];
    size_t n;
    for (size_t i = e.first < *next ? *next - e.first : 0; i < e.n; i += n) {
        n = e.n - i < TOGETHER ? e.n - i : TOGETHER;
        for (size_t k = 0; k < n; k++) {
            record[k] = gaz_entry(&e, i + k);
            gaz_expect_record(in, record[k]);
        }
        for (size_t k = 0; k < n; k++) {
            add_record(t, layer, record[k]);
        }
    }
    size_t end = e.first + e.n;
    *next = end > *next ? end : *next;
}

static int32_t millionths(double degrees, double most) {
    double v = degrees < -most ? -most : degrees > most ? most : degrees;
    return (int32_t)(v * 1e6);
}

/* Row by row of cells; one that crosses the antimeridian is two. */
static void add_layer(struct towns *t, size_t layer) {
    const int32_t half = 500000, east_most = 180000000;
    const struct im_box *box = &t->which->box;
    int32_t west = millionths(box->west, 180), east = millionths(box->east, 180);
    int32_t south = millionths(box->south, 90), north = millionths(box->north, 90);
    bool across = west > east;
    size_t next = 0;
    // truncation goes towards zero: one cell more on each side
    for (int32_t lat = south - half; lat < north + 2 * half; lat += half) {
        int32_t at = lat < -90000000 ? -90000000 : lat > 90000000 ? 90000000 : lat;
        int32_t from = across || west < half - east_most ? -east_most : west - half;
        int32_t to = east > east_most - half ? east_most : east + half;
        add_cells(t, layer, gaz_cell_key(from, at), gaz_cell_key(to, at), &next);
        if (across) {
            from = west < half - east_most ? -east_most : west - half;
            add_cells(t, layer, gaz_cell_key(from, at), gaz_cell_key(east_most, at),
                      &next);
        }
    }
}

static bool is_wanted(const struct im_within *which, const struct within *w) {
    const struct gaz_record at = {.lon = w->lon, .lat = w->lat};
    const struct im_place glance = {.at = gaz_at(&at),
                                    .population = w->people,
                                    .feature = w->feature == GAZ_CAPITAL ? "capital"
                                               : w->feature == GAZ_CITY  ? "city"
                                               : w->feature == GAZ_TOWN  ? "town"
                                                                         : ""};
    return which->wants == NULL || which->wants(which->self, &glance);
}

/* The wanted ones in their order: most are not, and need not be sorted. */
static void sort_wanted(struct towns *t) {
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (is_wanted(t->which, &t->v[i])) {
            t->v[n++] = t->v[i];
        }
    }
    t->n = n;
    if (n > 0) {
        qsort(t->v, n, sizeof *t->v, by_importance);
    }
}

/* Texts lie all over the file: those of the next few are fetched while one is read. */
static void expect_next(const struct towns *t, size_t i) {
    enum { BLOCKS = 16, TEXTS = 8 };
    if (i + BLOCKS < t->n) {
        const struct within *w = &t->v[i + BLOCKS];
        gaz_expect_block(t->gz->layers[w->layer], w->record);
    }
    if (i + TEXTS < t->n) {
        const struct within *w = &t->v[i + TEXTS];
        gaz_expect_texts(t->gz->layers[w->layer], w->record);
    }
}

size_t im_gazetteer_within(const struct im_gazetteer *gz, struct im_arena *arena,
                           const struct im_within *which,
                           const struct im_place ***out) {
    struct towns t = {.gz = gz, .arena = arena, .which = which};
    for (size_t l = 0; l < gz->layer_count; l++) {
        add_layer(&t, l);
    }
    keep_important(&t);
    sort_wanted(&t);
    struct listed list = listed_new(arena, t.n < which->limit ? t.n : which->limit);
    for (size_t i = 0; i < t.n && list.n < which->limit; i++) {
        const struct gaz_layer *layer = gz->layers[t.v[i].layer];
        expect_next(&t, i);
        const struct im_place *place =
            which->brief ? gaz_place_brief(layer, t.v[i].record, arena)
                         : gaz_place(layer, t.v[i].record, arena);
        if (place) {
            list_once(&list, place);
        }
    }
    *out = list.v;
    return list.n;
}

const struct im_place *im_gazetteer_whole(const struct im_gazetteer *gz,
                                          struct im_arena *arena,
                                          const struct im_place *brief) {
    const struct im_place *whole = NULL;
    for (size_t l = 0; l < gz->layer_count && !whole; l++) {
        if (gz->layers[l]->rank == brief->layer) {
            whole = gaz_place(gz->layers[l], brief->record, arena);
        }
    }
    return whole ? whole : brief;
}
