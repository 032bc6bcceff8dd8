/*
 * Every colour, width and size of a theme: one table. A map file changes any of them by
 * its key under style{}; `incmap` refuses keys that are not here.
 *
 * NUMBER(field, key, every theme's value, low, high, unit, meaning)
 * THEMED(field, key, news, report, dark, low, high, unit, meaning)
 * COLOUR(field, key, news, report, dark, meaning)
 *
 * news: a quiet warm ground on white. report: greys, hatches and shapes, for print in
 * black and white. dark: the same order of contrast on a dark ground, colours lifted.
 *
 * Lengths are page points (pixels of a 1600 x 1200 figure).
 */
#ifndef IM_LAYOUT_STYLE_H
#define IM_LAYOUT_STYLE_H

#include "base/error.h"
#include "model/spec.h"
#include "scene/scene.h"

#define LAY_STYLE_NUMBERS(NUMBER)                                                      \
    NUMBER(margin, "page.margin", 40, 0, 400, "pt", "white space round the page")      \
    NUMBER(gap, "page.gap", 24, 0, 200, "pt", "between title, map, list and credits")  \
    NUMBER(title_size, "title.size", 40, 8, 200, "pt", "headline, bold")               \
    NUMBER(subtitle_size, "subtitle.size", 21, 8, 100, "pt",                           \
           "line under the headline")                                                  \
    NUMBER(credits_size, "credits.size", 14.5, 6, 40, "pt", "sources at the bottom")   \
    NUMBER(legend_size, "legend.size", 17, 8, 60, "pt", "legend and scale bar")        \
    NUMBER(list_size, "list.size", 16, 8, 60, "pt", "incident list")                   \
    NUMBER(list_min, "list.min", 13, 8, 60, "pt", "smallest size the list shrinks to") \
    NUMBER(list_share, "list.share", 0.27, 0.1, 0.6, "of the width", "list column")    \
    NUMBER(frame_width, "map.frame.width", 0.8, 0, 10, "pt", "line round the map")     \
    NUMBER(coast_width, "coast.width", 1, 0, 10, "pt", "shore line")                   \
    NUMBER(river_width, "river.width", 1.3, 0, 10, "pt",                               \
           "greatest rivers; others less")                                             \
    NUMBER(border_width, "border.width", 1.7, 0, 20, "pt", "country border")           \
    NUMBER(border_casing, "border.casing", 7, 0, 40, "pt",                             \
           "band under country borders")                                               \
    NUMBER(province_width, "province.width", 1, 0, 10, "pt", "province border")        \
    NUMBER(graticule_width, "graticule.width", 0.7, 0, 10, "pt",                       \
           "meridians, parallels")                                                     \
    NUMBER(graticule_size, "graticule.size", 13, 6, 40, "pt", "degrees in the margin") \
    NUMBER(line_width, "line.width", 3.2, 0.2, 30, "pt", "pipelines and other lines")  \
    NUMBER(line_casing, "line.casing", 6.5, 0, 60, "pt", "band under them")            \
    NUMBER(line_gap, "line.gap", 3.8, 0, 40, "pt", "between two lines of one course")  \
    NUMBER(line_label, "line.label.size", 16, 6, 60, "pt", "name along a line")        \
    NUMBER(line_offset, "line.label.offset", 14, 0, 60, "pt",                          \
           "of the name off its line")                                                 \
    NUMBER(unit, "incident.unit", 12.5, 1, 60, "pt", "radius for the value 1")         \
    NUMBER(largest, "incident.largest", 34, 4, 200, "pt", "radius that none exceeds")  \
    NUMBER(smallest, "incident.smallest", 11, 1, 60, "pt",                             \
           "radius for none or unknown")                                               \
    NUMBER(ring, "incident.ring", 2, 0, 10, "pt", "white ring round a symbol")         \
    NUMBER(hollow, "incident.hollow", 2.4, 0.5, 12, "pt",                              \
           "outline of a hollow symbol")                                               \
    NUMBER(callout_size, "callout.size", 15.5, 6, 60, "pt", "text of call-outs")       \
    NUMBER(callout_width, "callout.width", 250, 60, 800, "pt", "widest call-out")      \
    NUMBER(callout_padding, "callout.padding", 10, 0, 60, "pt", "inside a call-out")   \
    NUMBER(leader, "callout.leader", 1.2, 0.2, 10, "pt", "line from box to symbol")    \
    NUMBER(capital_size, "town.capital.size", 21, 6, 60, "pt", "name of a capital")    \
    NUMBER(city_size, "town.city.size", 21, 6, 60, "pt", "name of a city")             \
    NUMBER(town_size, "town.town.size", 18, 6, 60, "pt", "name of a town")             \
    NUMBER(village_size, "town.village.size", 16, 6, 60, "pt", "name of a village")    \
    NUMBER(town_halo, "town.halo", 2.5, 0, 10, "pt", "halo on each side of a name")    \
    NUMBER(country_size, "country.size", 28, 8, 100, "pt", "name of a country")        \
    NUMBER(area_size, "province.size", 17, 6, 60, "pt", "name of a province")          \
    NUMBER(water_size, "water.size", 17, 6, 60, "pt", "name of a lake, sea or river")  \
    NUMBER(inset_names, "inset.size", 12, 6, 40, "pt",                                 \
           "names of countries in the inset")                                          \
    NUMBER(inset_box, "inset.box.width", 1.8, 0.2, 10, "pt",                           \
           "extent of the map in it")                                                  \
    NUMBER(label_space, "label.space", 34000, 500, 1e9, "pt2", "map area for each name")

/* Numbers that differ by theme. */
#define LAY_STYLE_THEMED(THEMED)                                                       \
    THEMED(gas_core, "line.gas.core", 0, 1.5, 0, 0, 20, "pt",                          \
           "light core of a gas pipeline, 0 = none")                                   \
    THEMED(corridor_gap, "corridor.hatch", 0, 10, 0, 0, 60, "pt",                      \
           "between hatch lines of a corridor, 0 = none")                              \
    THEMED(opacity, "incident.opacity", 0.93, 1, 0.95, 0.1, 1, "share",                \
           "of symbols that bear a number")                                            \
    THEMED(opacity_plain, "incident.opacity.plain", 0.84, 1, 0.88, 0.1, 1, "share",    \
           "of symbols without one")                                                   \
    THEMED(clash_hatch, "palette.clash.hatch", 0, 0, 0, 0, 20, "pt",                   \
           "between hatch lines, 0 = solid")                                           \
    THEMED(shelling_hatch, "palette.shelling.hatch", 0, 0, 0, 0, 20, "pt",             \
           "between hatch lines, 0 = solid")                                           \
    THEMED(air_hatch, "palette.air.hatch", 0, 4, 0, 0, 20, "pt",                       \
           "between hatch lines, 0 = solid")                                           \
    THEMED(other_hatch, "palette.other.hatch", 0, 0, 0, 0, 20, "pt",                   \
           "between hatch lines, 0 = solid")                                           \
    THEMED(extra1_hatch, "palette.extra1.hatch", 0, 4, 0, 0, 20, "pt",                 \
           "between hatch lines, 0 = solid")                                           \
    THEMED(extra2_hatch, "palette.extra2.hatch", 0, 0, 0, 0, 20, "pt",                 \
           "between hatch lines, 0 = solid")                                           \
    THEMED(extra3_hatch, "palette.extra3.hatch", 0, 4, 0, 0, 20, "pt",                 \
           "between hatch lines, 0 = solid")                                           \
    THEMED(extra4_hatch, "palette.extra4.hatch", 0, 4, 0, 0, 20, "pt",                 \
           "between hatch lines, 0 = solid")

#define LAY_STYLE_COLOURS(COLOUR)                                                      \
    COLOUR(page, "page.background", 0xFFFFFFFF, 0xFFFFFFFF, 0x14181CFF, "paper")       \
    COLOUR(title, "title.colour", 0x1B1B1BFF, 0x111111FF, 0xF4F1EAFF, "headline")      \
    COLOUR(subtitle, "subtitle.colour", 0x555555FF, 0x444444FF, 0xB9BDC1FF,            \
           "line under the headline")                                                  \
    COLOUR(text, "text.colour", 0x2B2722FF, 0x1F1F1FFF, 0xE2DFD8FF,                    \
           "list, legend, call-outs")                                                  \
    COLOUR(grey, "text.grey", 0x6B6660FF, 0x555555FF, 0xA9ADB0FF,                      \
           "distances, second rank")                                                   \
    COLOUR(credits, "credits.colour", 0x757575FF, 0x616161FF, 0x8F969CFF,              \
           "sources at the bottom")                                                    \
    COLOUR(subject, "land.subject", 0xFBF8F1FF, 0xFFFFFFFF, 0x2D3237FF,                \
           "country of most incidents")                                                \
    COLOUR(party, "land.party", 0xF3EEE3FF, 0xF5F5F5FF, 0x262B30FF,                    \
           "other countries with incidents")                                           \
    COLOUR(neighbour, "land.neighbour", 0xECE8E1FF, 0xEDEDEDFF, 0x20262CFF,            \
           "all others")                                                               \
    COLOUR(water, "water.fill", 0xD3E4ECFF, 0xD6D6D6FF, 0x132633FF, "sea and lakes")   \
    COLOUR(water_edge, "water.edge", 0xA9C6D4FF, 0x8F8F8FFF, 0x2F566FFF,               \
           "shore line, rivers")                                                       \
    COLOUR(water_text, "water.text", 0x3A6479FF, 0x414141FF, 0x86B4CEFF,               \
           "names of waters")                                                          \
    COLOUR(frame, "map.frame", 0xC9C2B6FF, 0xA6A6A6FF, 0x3C444CFF,                     \
           "line round the map")                                                       \
    COLOUR(border, "border.colour", 0x6F665AFF, 0x4A4A4AFF, 0x948C80FF,                \
           "country border")                                                           \
    COLOUR(border_case, "border.casing.colour", 0xB9AFA059, 0x8F8F8F59, 0x8C867C40,    \
           "band under it")                                                            \
    COLOUR(province, "province.colour", 0xCDC5B8FF, 0xBDBDBDFF, 0x474F57FF,            \
           "province border")                                                          \
    COLOUR(ceasefire, "ceasefire.colour", 0x8A4B3CFF, 0x1F1F1FFF, 0xE58C76FF,          \
           "ceasefire and contact lines")                                              \
    COLOUR(graticule, "graticule.colour", 0x8A857C59, 0x7F7F7F59, 0x9AA3AB40,          \
           "meridians, parallels")                                                     \
    COLOUR(graticule_text, "graticule.text", 0x757068FF, 0x616161FF, 0x8F989FFF,       \
           "degrees in the margin")                                                    \
    COLOUR(casing, "line.casing.colour", 0xFFFFFFE6, 0xFFFFFFE6, 0x14181CE6,           \
           "band under overlay lines")                                                 \
    COLOUR(oil, "line.oil", 0x2E3A44FF, 0x111111FF, 0xDDE4E9FF, "oil pipeline")        \
    COLOUR(gas, "line.gas", 0xB9772BFF, 0x111111FF, 0xE3A650FF, "gas pipeline")        \
    COLOUR(line, "line.colour", 0x5A4E7CFF, 0x4A4A4AFF, 0xAFA3DCFF, "any other line")  \
    COLOUR(corridor, "corridor.fill", 0x3C5A7312, 0x00000000, 0x4FB0E01F,              \
           "within a distance of a line")                                              \
    COLOUR(corridor_hatch, "corridor.hatch.colour", 0x3C5A7366, 0xCDCDCDFF,            \
           0x9CC9E64D, "hatch of a corridor")                                          \
    COLOUR(clash, "palette.clash", 0xC8352BFF, 0x161616FF, 0xF0574AFF,                 \
           "ground fighting")                                                          \
    COLOUR(shelling, "palette.shelling", 0xE07B1AFF, 0x6B6B6BFF, 0xF5A742FF,           \
           "shelling and explosions")                                                  \
    COLOUR(air, "palette.air", 0x5B4B9AFF, 0x161616FF, 0x9C8BE8FF,                     \
           "air strikes and drones")                                                   \
    COLOUR(other, "palette.other", 0x2C7A7BFF, 0xA2A2A2FF, 0x3FB5A8FF,                 \
           "everything else")                                                          \
    COLOUR(extra1, "palette.extra1", 0x3A45D0FF, 0x161616FF, 0x8051EBFF,               \
           "further type of the table, first")                                         \
    COLOUR(extra2, "palette.extra2", 0x701F33FF, 0x3E3E3EFF, 0xE6EDB0FF,               \
           "further type, second")                                                     \
    COLOUR(extra3, "palette.extra3", 0x5FA878FF, 0x161616FF, 0x5F7FA0FF,               \
           "further type, third")                                                      \
    COLOUR(extra4, "palette.extra4", 0x8BA0D5FF, 0x161616FF, 0xBC5A66FF,               \
           "further type, fourth")                                                     \
    COLOUR(symbol_ring, "incident.ring.colour", 0xFFFFFFFF, 0xFFFFFFFF, 0x14181CFF,    \
           "ring round a symbol")                                                      \
    COLOUR(symbol_hollow, "incident.hollow.fill", 0xFFFFFFFF, 0xFFFFFFFF, 0x14181CFF,  \
           "inside a hollow symbol")                                                   \
    COLOUR(number, "incident.number", 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF,              \
           "number on a dark symbol")                                                  \
    COLOUR(number_dark, "incident.number.dark", 0x1B1B1BFF, 0x111111FF, 0x14181CFF,    \
           "number on a light symbol")                                                 \
    COLOUR(callout, "callout.fill", 0xFFFFFFED, 0xFFFFFFED, 0x14181CED,                \
           "box of a call-out")                                                        \
    COLOUR(town, "town.colour", 0x2B2722FF, 0x1A1A1AFF, 0xEAE6DDFF, "names of places") \
    COLOUR(town_fill, "town.fill", 0xFFFFFFFF, 0xFFFFFFFF, 0x14181CFF,                 \
           "disc of a town")                                                           \
    COLOUR(country, "country.colour", 0x685F51FF, 0x535353FF, 0xB8AFA1FF,              \
           "names of countries")                                                       \
    COLOUR(area, "province.text", 0x665E52FF, 0x525252FF, 0xB3ADA3FF,                  \
           "names of provinces")                                                       \
    COLOUR(inset_land, "inset.land", 0xE4DFD4FF, 0xEBEBEBFF, 0x252B31FF,               \
           "land in the inset")                                                        \
    COLOUR(inset_own, "inset.own", 0xFBF8F1FF, 0xFFFFFFFF, 0x424A52FF,                 \
           "the map's own countries in it")                                            \
    COLOUR(inset_mark, "inset.box", 0xC8352BFF, 0x161616FF, 0xF0574AFF,                \
           "extent of the map in it")

struct im_style {
#define NUMBER(field, key, news, low, high, unit, meaning) double field;
    LAY_STYLE_NUMBERS(NUMBER)
#undef NUMBER
#define THEMED(field, key, news, report, dark, low, high, unit, meaning) double field;
    LAY_STYLE_THEMED(THEMED)
#undef THEMED
    struct {
#define COLOUR(field, key, news, report, dark, meaning) im_rgba field;
        LAY_STYLE_COLOURS(COLOUR)
#undef COLOUR
    } colour;
    size_t theme; /* index in lay_themes of the theme it began with */
};

/* One row of the tables above: where the value lives and what it may be. */
struct lay_style_key {
    const char *name;
    size_t at; /* offset in struct im_style */
    bool is_colour;
    im_rgba colour[3]; /* by theme */
    double number[3];
    double low, high;
    const char *unit, *meaning;
};
extern const struct lay_style_key lay_style_keys[];
extern const size_t lay_style_key_count;

/* Names of the themes: news, report, dark; NULL-terminated. */
extern const char *const lay_themes[];
/* A style of theme 0..2, as it comes. */
void lay_style_theme(struct im_style *style, size_t theme);

/* "#RGB", "#RRGGBB", "#RRGGBBAA" or a CSS name ("darkred"); false when text is none of
 * them. */
bool lay_colour_parse(const char *text, im_rgba *out);
bool lay_colour_named(const char *name, im_rgba *out);

/* `over` (with its alpha) painted on the opaque `under`. */
im_rgba lay_colour_blend(im_rgba over, im_rgba under);
im_rgba lay_colour_alpha(im_rgba colour, double alpha);
/* Contrast ratio of two opaque colours, 1..21 (WCAG 2.1, relative luminance). */
double lay_contrast(im_rgba a, im_rgba b);
/* What to write instead of `text`, which is no colour. */
const char *lay_colour_help(struct im_arena *arena, const char *text);
/* The words of incidents[] and overlays[]. Errors: USAGE; INPUT with
 * its position when the value stands in a map file. */
INCMAP_MUST_CHECK enum incmap_status lay_check_words(struct im_arena *arena,
                                                     const struct im_spec *spec,
                                                     struct incmap_error *err);
/* The nearest CSS name, "" when none is near. */
const char *lay_colour_nearest(const char *text);
/* `colour`, darkened (on a dark ground lightened) until it reads on `ground` with a
 * contrast of at least 4.5. */
im_rgba lay_colour_readable(im_rgba colour, im_rgba ground);
/* The same on every land of the style, also inside a corridor. */
im_rgba lay_colour_on_land(const struct im_style *style, im_rgba colour);

#endif
