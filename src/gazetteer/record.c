/* Records, as format.h has them. */
#include "gazetteer/record.h"

#include <string.h>

enum {
    LON_BITS = 29,
    LAT_BITS = 28,
    FEATURE_BITS = 4,
    EXACT_BITS = 17, /* of people: below 131,072 exact, above to a 1/131,072th */
    PEOPLE_BITS = 22
};
static const uint32_t MOST_LON = 360000000, MOST_LAT = 180000000;

/* People as a small floating number: exponent and the bits behind the first. */
static uint32_t people_pack(uint32_t people) {
    uint32_t exponent = 0;
    while (people >> exponent >> (EXACT_BITS + 1)) {
        exponent++;
    }
    if (people >> EXACT_BITS == 0) {
        return people;
    }
    uint32_t mantissa = people >> exponent & ((1u << EXACT_BITS) - 1);
    return (exponent + 1) << EXACT_BITS | mantissa;
}

static uint32_t people_unpack(uint32_t packed) {
    uint32_t exponent = packed >> EXACT_BITS;
    uint32_t mantissa = packed & ((1u << EXACT_BITS) - 1);
    return exponent == 0 ? mantissa : (mantissa | 1u << EXACT_BITS) << (exponent - 1);
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

void gaz_record_write(const struct gaz_record *r, unsigned char out[GAZ_RECORD_BYTES]) {
    uint64_t lon = (uint64_t)((int64_t)r->lon + MOST_LON / 2);
    uint64_t lat = (uint64_t)((int64_t)r->lat + MOST_LAT / 2);
    uint64_t place = lon | lat << LON_BITS |
                     (uint64_t)r->feature << (LON_BITS + LAT_BITS) |
                     (uint64_t)r->kind << (LON_BITS + LAT_BITS + FEATURE_BITS);
    uint32_t country = 0, rest;
    if (is_capital(r->country[0]) && is_capital(r->country[1])) {
        country =
            1 + 26 * (uint32_t)(r->country[0] - 'A') + (uint32_t)(r->country[1] - 'A');
    }
    rest = people_pack(r->people) | country << PEOPLE_BITS;
    memcpy(out, &place, sizeof place);
    memcpy(out + sizeof place, &rest, sizeof rest);
}

void gaz_record_people(unsigned char bytes[GAZ_RECORD_BYTES], uint32_t people) {
    const uint32_t mask = (1u << PEOPLE_BITS) - 1;
    uint32_t rest;
    memcpy(&rest, bytes + sizeof(uint64_t), sizeof rest);
    rest = (rest & ~mask) | people_pack(people);
    memcpy(bytes + sizeof(uint64_t), &rest, sizeof rest);
}

bool gaz_record_read(const unsigned char bytes[GAZ_RECORD_BYTES],
                     struct gaz_record *out) {
    uint64_t place;
    uint32_t rest;
    memcpy(&place, bytes, sizeof place);
    memcpy(&rest, bytes + sizeof place, sizeof rest);
    uint32_t lon = (uint32_t)(place & ((1u << LON_BITS) - 1));
    uint32_t lat = (uint32_t)(place >> LON_BITS & ((1u << LAT_BITS) - 1));
    uint32_t code = rest >> PEOPLE_BITS;
    *out = (struct gaz_record){
        .lon = (int32_t)((int64_t)lon - MOST_LON / 2),
        .lat = (int32_t)((int64_t)lat - MOST_LAT / 2),
        .people = people_unpack(rest & ((1u << PEOPLE_BITS) - 1)),
        .feature = place >> (LON_BITS + LAT_BITS) & ((1 << FEATURE_BITS) - 1),
        .kind = (uint8_t)(place >> (LON_BITS + LAT_BITS + FEATURE_BITS))};
    if (code > 0) {
        out->country[0] = (char)('A' + (code - 1) / 26);
        out->country[1] = (char)('A' + (code - 1) % 26);
    }
    return lon <= MOST_LON && lat <= MOST_LAT && out->kind > IM_KIND_ANY &&
           out->kind <= IM_OTHER && out->feature <= GAZ_SEA && code <= 26 * 26;
}

bool gaz_record_at(const struct gaz_layer *layer, size_t record,
                   struct gaz_record *out) {
    const size_t at = record * GAZ_RECORD_BYTES;
    return record < layer->record_count &&
           gaz_intact(layer, GAZ_S_RECORDS, at, GAZ_RECORD_BYTES) &&
           gaz_record_read(
               (const unsigned char *)layer->section[GAZ_S_RECORDS].data + at, out);
}

void gaz_expect_record(const struct gaz_layer *layer, size_t record) {
    if (record < layer->record_count) {
        __builtin_prefetch(layer->section[GAZ_S_RECORDS].data +
                           record * GAZ_RECORD_BYTES);
    }
}
