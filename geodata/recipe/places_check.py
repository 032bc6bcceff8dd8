"""Properties that every row of places-*.tsv must have; fails with a list of what lacks them.

usage: places_check.py GEODATA_DIR

1. Ids are unique over all files; numbers are in range; populations are plausible for what
   the place is; a row's dates, and those of each name, run forwards.
2. Names are in composed form (NFC) without stray spaces or invisible letters, and in the
   script of their language.
3. No place stands twice: one kind, one name, within a kilometre.
4. A settlement lies in the country that its row names, and one of Azerbaijan, Armenia or
   Georgia in the district or region that it names (worldview un), as far as its own
   precision and the accuracy of the lines can tell.
5. A settlement of these three that is set down by hand lies on its own side of the lines
   of lines-caucasus, exclaves by title.
6. A large city that nobody calls by another name, and whose population is nearly that of a
   namesake far away which has such names, has that one's figures.
7. No English name has the umlauts of the main one as German typewriters wrote them
   ("UEskuedar"); such forms stand there as names of no known language.
places-known-faults.tsv lists what is known and kept, with the reason.
"""

import math
import os
import re
import sys
import unicodedata
from collections import defaultdict

from common import RecipeError, distance_m, read_shapefile, read_tsv
from places import is_german_way, light_fold, scripts_of

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = "places-caucasus.tsv", "places-regions.tsv", "places-world.tsv"
LARGE, NEARLY, FAR_M = 50000, 0.1, 50000  # people, of them, metres
LINES_KM = 5.0  # lines-world: 2 km, up to 5 where the source is worst
DETAILED = "AM", "AZ", "GE"  # countries whose admin1 names are checked too

HAN = {"CJK"}
SCRIPT_OF = {"hy": {"ARMENIAN"}, "ka": {"GEORGIAN"}, "el": {"GREEK"}, "he": {"HEBREW"},
             "ko": {"HANGUL"} | HAN, "zh": HAN, "yue": HAN,
             "ja": {"HIRAGANA", "KATAKANA"} | HAN, "am": {"ETHIOPIC"}, "ti": {"ETHIOPIC"},
             "th": {"THAI"}, "lo": {"LAO"}, "km": {"KHMER"}, "my": {"MYANMAR"},
             "ta": {"TAMIL"}, "te": {"TELUGU"}, "kn": {"KANNADA"}, "ml": {"MALAYALAM"},
             "gu": {"GUJARATI"}, "pa": {"GURMUKHI"}, "or": {"ORIYA"}, "si": {"SINHALA"},
             "dz": {"TIBETAN"}, "bo": {"TIBETAN"}}
SCRIPT_OF.update(dict.fromkeys("ru uk be bg mk kk ky mn tg tt ce os ab ba cv".split()
                               + ["az-Cyrl", "und-Cyrl"], {"CYRILLIC"}))
SCRIPT_OF.update(dict.fromkeys("ar fa ur ps sd ckb ug".split(), {"ARABIC"}))
SCRIPT_OF.update(dict.fromkeys("hi mr ne".split(), {"DEVANAGARI"}))
SCRIPT_OF.update(dict.fromkeys("bn as".split(), {"BENGALI"}))
SCRIPT_OF.update({"sr": {"CYRILLIC", "LATIN"}, "und": None})
MARKS = {"MODIFIER", "COMBINING", "MASCULINE", "FEMININE", "FULLWIDTH", "ZERO"}
NAME = re.compile(r"([a-z]{2,3}(?:-[A-Za-z]{4})?)=([^=|]+?)"
                  r"(?:@(\d[-\d]*)?\.\.(\d[-\d]*)?)?")


def check_name(entry):
    """What is wrong with one entry of the names column, or None."""
    match = NAME.fullmatch(entry)
    if not match:
        return "cannot be read"
    language, name, since, until = match.groups()
    if since and until and since > until:
        return "ends before it begins"
    if unicodedata.normalize("NFC", name) != name or "ǝ" in name:
        return "is not in composed form"
    if name != " ".join(name.split(" ")).strip() or any(
            unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs", "Zl", "Zp")
            or c in "\u200e\u200f\u202a\u202e\ufeff" for c in name):
        return "has stray spaces or invisible letters"
    wanted = SCRIPT_OF.get(language, {"LATIN"})
    found = scripts_of(name) - MARKS
    if wanted is not None and found and not found & wanted:
        return "is not written in the script of its language"
    return None


def check_numbers(row):
    """Messages about the numbers and dates of one row."""
    lat, lon = float(row["lat"]), float(row["lon"])
    people = int(row["population"] or 0)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        yield "position outside the world"
    if not 0 < float(row["precision_km"]) <= 6000:
        yield "precision_km out of range"
    most = {"village": 40000, "town": 400000}.get(row["feature"], 40000000)
    if not 0 <= people <= most:
        yield "population %d is not plausible for a %s" % (people, row["feature"])
    if row["from"] and row["to"] and row["from"] > row["to"]:
        yield "ends before it begins"
    if row["bbox"]:
        west, south, east, north = map(float, row["bbox"].split(","))
        inside = west <= lon <= east or west > east and (lon >= west or lon <= east)
        if not (south <= lat <= north and inside):
            yield "lies outside its own box"


def check_doubles(rows):
    """Messages about places of one kind and name within a kilometre."""
    cells = defaultdict(list)
    for row in rows:
        lon, lat = float(row["lon"]), float(row["lat"])
        key = row["kind"], light_fold(row["name"])
        at = math.floor(lon * 20), math.floor(lat * 20)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for other, where in cells[key + (at[0] + dx, at[1] + dy)]:
                    if distance_m(where, (lon, lat)) < 1000:
                        yield row, "stands twice: also as " + other["id"]
        cells[key + at].append((row, (lon, lat)))


def check_borrowed(rows):
    """Messages about cities that have the population of a namesake."""
    named = defaultdict(list)
    for row in rows:
        if row["kind"] == "settlement" and int(row["population"] or 0) >= LARGE:
            named[light_fold(row["name"])].append(row)
    for row in (row for list_ in named.values() for row in list_ if not row["names"]):
        at, people = (float(row["lon"]), float(row["lat"])), int(row["population"])
        for other in named[light_fold(row["name"])]:
            theirs = int(other["population"])
            if (other["names"] and abs(people - theirs) <= NEARLY * theirs and distance_m(
                    at, (float(other["lon"]), float(other["lat"]))) > FAR_M):
                yield row, "has the figures of " + other["id"]


class Lines:
    """The arcs of one level of detail, by degree of longitude."""

    def __init__(self, path):
        self.arcs, self.column = [], defaultdict(list)
        for parts, row in read_shapefile(path)[1]:
            points = parts[0]
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            arc = (min(xs), min(ys), max(xs), max(ys), int(row["left"]),
                   int(row["right"]), points)
            self.arcs.append(arc)
            for x in range(math.floor(arc[0]), math.floor(arc[2]) + 1):
                self.column[x].append(arc)

    def unit_at(self, lon, lat):
        """The unit below the nearest edge straight north of a point; 0 for sea."""
        best, unit = math.inf, 0
        for west, _, east, north, left, right, points in self.column[math.floor(lon)]:
            if not west <= lon <= east or north < lat:
                continue
            for (x1, y1), (x2, y2) in zip(points, points[1:]):
                if (x1 > lon) != (x2 > lon):
                    y = y1 + (lon - x1) * (y2 - y1) / (x2 - x1)
                    if lat <= y < best:
                        best, unit = y, right if x2 > x1 else left
        return unit

    def units_near(self, lon, lat, reach_km):
        """The units within about `reach_km`: of the point and of two rings around it."""
        found = {self.unit_at(lon, lat)}
        for share in (0.5, 1.0):
            for step in range(8):
                angle = step * math.pi / 4
                north = reach_km * share / 111.2
                east = north / max(0.1, math.cos(math.radians(lat)))
                found.add(self.unit_at(lon + east * math.cos(angle),
                                       lat + north * math.sin(angle)))
        return found


def district_names(rows):
    """{unit id: folded names of the places that have it as area}, without generic words."""
    names = defaultdict(set)
    for row in rows:
        if row["area"][:2] == "u:" and row["feature"] != "region":
            for unit in row["area"][2:].split(","):
                names[int(unit)].update(light_fold(text.split("@")[0].split("=")[-1])
                                        for text in row["names"].split("|"))
                names[int(unit)].add(light_fold(row["name"]))
    return names


def check_positions(rows, lines, owner, districts):
    """Messages about settlements outside the country or the district they name."""
    for row in rows:
        if row["kind"] != "settlement" or not row["country"]:
            continue
        at, reach = (float(row["lon"]), float(row["lat"])), float(row["precision_km"])
        detailed = row["country"] in DETAILED and row["admin1"] and row["source"] != (
            "geonames")
        exact = lines.unit_at(*at)
        name = light_fold(row["admin1"])
        if owner.get(exact) == row["country"] and (
                not detailed or name in districts[exact]):
            continue
        near = lines.units_near(*at, reach + LINES_KM)
        if row["country"] not in {owner.get(unit) for unit in near}:
            yield row, "lies in %s" % (owner.get(exact) or "the sea or nobody's land")
        elif detailed and not any(name in districts[unit] for unit in near):
            yield row, "lies in unit %d, not in %s" % (exact, row["admin1"])


def check_sides(rows, lines, owner):
    """Messages about settlements by hand that a large-scale map puts into a neighbour."""
    for row in rows:
        if (row["kind"] == "settlement" and row["country"] in DETAILED
                and "hand" in row["source"]):
            unit = lines.unit_at(float(row["lon"]), float(row["lat"]))
            if owner.get(unit) != row["country"]:
                yield row, "stands in %s at large scale" % (owner.get(unit) or "the sea")


def known_faults():
    """{(id, message)} that are kept."""
    return {(row["id"], row["message"])
            for row in read_tsv(os.path.join(HERE, "places-known-faults.tsv"))}


def messages(folder, rows):
    """(row, message) for everything that is wrong."""
    seen = {}
    for row in rows:
        if row["id"] in seen:
            yield row, "id stands twice"
        seen[row["id"]] = row
        for message in check_numbers(row):
            yield row, message
        for entry in filter(None, row["names"].split("|")):
            wrong = check_name(entry)
            if wrong:
                yield row, "name '%s' %s" % (entry, wrong)
            if entry.startswith("en=") and is_german_way(row["name"], entry[3:]):
                yield row, "name '%s' is written as on a German typewriter" % entry
        wrong = check_name("und=" + row["name"])
        if wrong:
            yield row, "name %s" % wrong
    yield from check_doubles(rows)
    yield from check_borrowed(rows)
    units = read_tsv(os.path.join(folder, "units.tsv"))
    owner = {int(unit["id"]): unit["owner_un"] for unit in units}
    yield from check_positions(rows, Lines(os.path.join(folder, "lines-world")), owner,
                               district_names(rows))
    yield from check_sides(rows, Lines(os.path.join(folder, "lines-caucasus")), owner)


def main(folder):
    rows = [row for name in FILES for row in read_tsv(os.path.join(folder, name))]
    known, found = known_faults(), set()
    for row, message in messages(folder, rows):
        found.add((row["id"], message, row["name"]))
    wrong = sorted(entry for entry in found if entry[:2] not in known)
    wrong += [entry + ("is listed as a fault and is none",)
              for entry in sorted(known - {entry[:2] for entry in found})]
    for entry in wrong:
        print("\t".join(entry), file=sys.stderr)
    if wrong:
        raise RecipeError("%d faults of places" % len(wrong))
    return len(rows)


if __name__ == "__main__":
    print("%d places checked" % main(*sys.argv[1:]))
