/*
 * Every colour, width and size of a theme: one table. A map file changes any of them by
 * its key under style{}; `incmap` refuses keys that are not here.
 *
 * NUMBER(field, key, news, low, high, unit, meaning)
 * COLOUR(field, key, news, meaning)
 *
 * Lengths are page points (pixels of a 1600 x 1200 figure).
 */
#ifndef IM_LAYOUT_STYLE_H
#define IM_LAYOUT_STYLE_H

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
    NUMBER(label_space, "label.space", 34000, 500, 1e9, "pt2", "map area for each name")

#define LAY_STYLE_COLOURS(COLOUR)                                                      \
    COLOUR(page, "page.background", 0xFFFFFFFF, "paper")                               \
    COLOUR(title, "title.colour", 0x1B1B1BFF, "headline")                              \
    COLOUR(subtitle, "subtitle.colour", 0x555555FF, "line under the headline")         \
    COLOUR(text, "text.colour", 0x2B2722FF, "list, legend, call-outs")                 \
    COLOUR(grey, "text.grey", 0x6B6660FF, "distances, second rank")                    \
    COLOUR(credits, "credits.colour", 0x757575FF, "sources at the bottom")             \
    COLOUR(subject, "land.subject", 0xFBF8F1FF, "country of most incidents")           \
    COLOUR(party, "land.party", 0xF3EEE3FF, "other countries with incidents")          \
    COLOUR(neighbour, "land.neighbour", 0xECE8E1FF, "all others")                      \
    COLOUR(water, "water.fill", 0xD3E4ECFF, "sea and lakes")                           \
    COLOUR(water_edge, "water.edge", 0xA9C6D4FF, "shore line, rivers")                 \
    COLOUR(water_text, "water.text", 0x3A6479FF, "names of waters")                    \
    COLOUR(frame, "map.frame", 0xC9C2B6FF, "line round the map")                       \
    COLOUR(border, "border.colour", 0x6F665AFF, "country border")                      \
    COLOUR(border_case, "border.casing.colour", 0xB9AFA059, "band under it")           \
    COLOUR(province, "province.colour", 0xCDC5B8FF, "province border")                 \
    COLOUR(ceasefire, "ceasefire.colour", 0x8A4B3CFF, "ceasefire and contact lines")   \
    COLOUR(graticule, "graticule.colour", 0x8A857C59, "meridians, parallels")          \
    COLOUR(graticule_text, "graticule.text", 0x757068FF, "degrees in the margin")      \
    COLOUR(casing, "line.casing.colour", 0xFFFFFFE6, "band under overlay lines")       \
    COLOUR(oil, "line.oil", 0x2E3A44FF, "oil pipeline")                                \
    COLOUR(gas, "line.gas", 0xB9772BFF, "gas pipeline")                                \
    COLOUR(line, "line.colour", 0x5A4E7CFF, "any other line")                          \
    COLOUR(corridor, "corridor.fill", 0x3C5A7312, "within a distance of a line")       \
    COLOUR(clash, "palette.clash", 0xC8352BFF, "ground fighting")                      \
    COLOUR(shelling, "palette.shelling", 0xE07B1AFF, "shelling and explosions")        \
    COLOUR(air, "palette.air", 0x5B4B9AFF, "air strikes and drones")                   \
    COLOUR(other, "palette.other", 0x2C7A7BFF, "everything else")                      \
    COLOUR(extra1, "palette.extra1", 0x2B62A8FF, "further type of the table, first")   \
    COLOUR(extra2, "palette.extra2", 0xA23B72FF, "further type, second")               \
    COLOUR(extra3, "palette.extra3", 0x6B5B1EFF, "further type, third")                \
    COLOUR(extra4, "palette.extra4", 0x444B54FF, "further type, fourth")               \
    COLOUR(symbol_ring, "incident.ring.colour", 0xFFFFFFFF, "ring round a symbol")     \
    COLOUR(callout, "callout.fill", 0xFFFFFFED, "box of a call-out")                   \
    COLOUR(town, "town.colour", 0x2B2722FF, "names of places")                         \
    COLOUR(country, "country.colour", 0x857A69FF, "names of countries")                \
    COLOUR(area, "province.text", 0x70675AFF, "names of provinces")

struct im_style {
#define NUMBER(field, key, news, low, high, unit, meaning) double field;
    LAY_STYLE_NUMBERS(NUMBER)
#undef NUMBER
    struct {
#define COLOUR(field, key, news, meaning) im_rgba field;
        LAY_STYLE_COLOURS(COLOUR)
#undef COLOUR
    } colour;
};

/* "#RGB", "#RRGGBB" or "#RRGGBBAA"; false when text is none of them. */
bool lay_colour_parse(const char *text, im_rgba *out);

/* `over` (with its alpha) painted on the opaque `under`. */
im_rgba lay_colour_blend(im_rgba over, im_rgba under);
im_rgba lay_colour_alpha(im_rgba colour, double alpha);
/* Contrast ratio of two opaque colours, 1..21 (WCAG 2.1, relative luminance). */
double lay_contrast(im_rgba a, im_rgba b);
/* `colour`, darkened until it reads on `ground` with a contrast of at least 4.5. */
im_rgba lay_colour_readable(im_rgba colour, im_rgba ground);

#endif
