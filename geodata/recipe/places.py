"""places-world.tsv (cities, from GeoNames), places-regions.tsv (countries, units; CLDR).

places-caucasus.tsv is made by hand.  A gn:, u: or iso: id that stands there is that
place's only row: left out here, and it must exist in the source it is named after.
"""
import difflib
import gzip
import math
import os
import re
import sys
import unicodedata

import cldr
from codes import BY_HAND
from common import RecipeError, distance_m, read_tsv, write_bytes

HERE = os.path.dirname(os.path.abspath(__file__))
GEONAMES = "/usr/share/libtimezonemap/ui"
ZONES_OF_STATES = ("Europe/Andorra", "Asia/Brunei", "America/Bahia", "America/Belize",
                   "Indian/Mahe", "Asia/Kuwait", "Europe/Vatican")
ZONE_CITIES = 259  # cities that gave their name to a time zone, in these versions
HEADER = ("id name lat lon kind feature country admin1 population names from to "
          "precision_km area bbox source").split()

# Scripts that leave little doubt about the language of a city's name.
SCRIPTS = (
    ("ARMENIAN", "hy"), ("GEORGIAN", "ka"), ("GREEK", "el"), ("HEBREW", "he"),
    ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"),
)
# Letters that only some languages of a script use; first hit decides.
CYRILLIC = (("їєґ", "uk"), ("ў", "be"), ("љњћђ", "sr"), ("ѓќѕ", "mk"), ("ҷӣӯ", "tg"),
            ("ҡҙҫ", "ba"), ("ҟҵӡ", "ab"), ("әғҝһҹ", "und-Cyrl"), ("қңұ", "kk"),
            ("ӑӗҫ", "cv"), ("јџ", "sr"), ("і", "uk"), ("ӏҳөүӧ", "und-Cyrl"))
# Cyrillic that is not Russian (but Mari, Yakut, Bulgarian, Ukrainian, ...): letters other
# than U+0430-044F and U+0451; a hard sign but before e, yo, yu, ya; a soft sign after ts or in
# the ending -sk.
NOT_RUSSIAN = re.compile("[\u0450\u0452-\u052f]|ъ(?![еёюя])|ць|[сз]ьк(?:ий|а|е)?$")
ARABIC = (("ېۋۆەڭ", "ug"), ("ټډړښڼ", "ps"), ("ٹڈڑےںہھ", "ur"), ("ێڕڵڤ", "ckb"),
          ("پچژگکی", "fa"))


ALPHABETS = {"LATIN", "CYRILLIC", "ARMENIAN", "GEORGIAN", "GREEK"}
KEPT = ALPHABETS | {script for script, _ in SCRIPTS} | {"ARABIC", "MODIFIER"}


def scripts_of(name):
    """{'LATIN'}, {'KATAKANA', 'CJK'}, ...: scripts of the letters."""
    return {re.split("[ -]", unicodedata.name(c, "?"))[0] for c in name if c.isalpha()}


def language_of(name):
    """Best guess from the script; 'und' for Latin letters without a telling one."""
    lowered = name.lower()
    scripts = scripts_of(name)
    for script, language in SCRIPTS:
        if script in scripts:
            return language
    if "CYRILLIC" in scripts and lowered.startswith("горад "):
        return "be"  # "town of ..." in Belarusian, often without a letter of its own
    if "CYRILLIC" in scripts:
        return next((l for letters, l in CYRILLIC if set(letters) & set(lowered)),
                    "und-Cyrl" if NOT_RUSSIAN.search(lowered) else "ru")
    if "ARABIC" in scripts:
        return next((l for letters, l in ARABIC if set(letters) & set(lowered)), "ar")
    return "az" if "ə" in lowered else "und"


# Russian letters in Latin ones, as names of cities are mostly written.
LATIN_OF = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
                    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya"
                    .split(" ")))


def likeness(entry, name):
    """Sorts names by language; those guessed to be Russian, which are of many languages
    written alike, the most similar one to the city's name first."""
    language, other = entry
    if language != "ru":
        return language, 0, 0, other
    latin = "".join(LATIN_OF.get(c, c) for c in other.lower())
    same = difflib.SequenceMatcher(None, light_fold(latin), light_fold(name), False)
    return language, -round(same.ratio(), 2), -len(other), other.replace("-", " !")


def light_fold(name):
    """Letters and digits only, without case and diacritics: what a look-up ignores."""
    text = unicodedata.normalize("NFKD", name.translate(BY_HAND)).lower()
    return "".join(c for c in text if c.isalnum())


def is_noise(name):
    """Machine romanisations, Esperanto, codes, links, scripts we do not keep."""
    scripts = scripts_of(name)
    if name.startswith("Gorad ") or re.search("[ĉĝĥĵŝŭĈĜĤĴŜŬ]| osh$", name):
        return True
    return (len(scripts & ALPHABETS) > 1 or not scripts <= KEPT
            or bool(re.search("[|=@¬]|://", name))
            or (scripts <= {"LATIN"} and name == name.lower())
            or bool(re.fullmatch("[A-Z]{3,4}", name)))


GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def is_german_way(name, ascii_name):
    """Has the source written umlauts of `name` as German typewriters did ("UEskuedar")?"""
    return (re.search("[äöüÄÖÜ]", name) is not None
            and ascii_name.lower() == plain(name.translate(GERMAN)).lower())


def plain(name):
    """The name without its marks."""
    name = name.translate(str.maketrans("ıİøØßœðÐ", "iIoOsodD"))
    return "".join(c for c in unicodedata.normalize("NFD", name)
                   if not unicodedata.combining(c))


def english(country, ascii_name):
    """The ASCII name as English papers write it: no soft signs, no ayn."""
    soft = "'" if country in ("BY", "RU", "UA") else ""
    return re.sub("[`%s]" % soft, "", ascii_name)


def city_names(name, ascii_name, alternates, told=(), languages=()):
    """The `names` column: each alternate once per folded form.

    en= is the ASCII name; it is left out where it repeats `name`.  `told`: names whose
    language is known, which go before the guesses.  `languages`: names of languages,
    which the source has for cities now and then.
    """
    entries, late = list(told), []
    if is_german_way(name, ascii_name):
        late, ascii_name = [("und", ascii_name)], plain(name)
    if ascii_name != name and not any(language == "en" for language, _ in told):
        entries.append(("en", ascii_name))
    seen = {light_fold(name), light_fold(ascii_name)} | {light_fold(n) for _, n in told}
    if language_of(name) != "und":
        entries.append((language_of(name), name))
    texts = {n for _, n in told}
    found = []
    for alternate in alternates.split(","):
        alternate = clean_column(alternate)
        if not alternate or is_noise(alternate) or alternate.lower() in languages:
            continue
        language, key = language_of(alternate), light_fold(alternate)
        if language == "und" and key in seen or alternate in texts:
            continue
        seen.add(key)
        found.append((language, alternate))
    entries += sorted(set(found), key=lambda entry: likeness(entry, name))
    return join_names(entries + late)


def zone_cities(cities, exact):
    """{GeoNames id: names} of the cities after which time zones are named.

    The city is that of the zone which has the zone's English name, as its own or else as
    an alternate, the largest first; zones named after islands and the like have none.
    """
    by_zone = {}
    for city in cities:
        by_zone.setdefault(city[17], []).append(city)
    found = {}
    for zone, names in cldr.zone_city_names().items():
        key, at_zone = light_fold(dict(names).get("en", "")), by_zone.get(zone, [])
        if zone in ZONES_OF_STATES:
            continue
        fits = [city for city in at_zone if key in map(light_fold, city[1:3])] or [
            city for city in at_zone if key in map(light_fold, city[3].split(","))]
        if fits:
            best = max(fits, key=lambda city: int(city[14] or 0))
            found[best[0]] = names
    if len(found) != exact:
        raise RecipeError("%d cities of time zones, not %d" % (len(found), exact))
    return found


def join_names(entries, before=""):
    """[(language, name)] -> 'en=Baku|az=Bakı', each entry once, order kept."""
    texts = before.split("|") if before else []
    texts += ["%s=%s" % entry for entry in entries if entry[1]]
    return "|".join(dict.fromkeys(texts))


def city_feature(code, population):
    if code == "PPLC":
        return "capital"
    if code == "PPLX":
        return "quarter"
    return "city" if population >= 50000 else "town"


def read_geonames(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file
                if line.strip() and not line.startswith("#")]


def clean_column(text):
    """Composed, the Azerbaijani schwa, without the marks that turn the writing direction."""
    text = re.sub("[\u200e\u200f\u202a-\u202e\ufeff]", "", text)
    return unicodedata.normalize("NFC", text).replace("ǝ", "ə").strip()


# "City" behind the name of one, as the source often has it and no newspaper does.
CITY_WORDS = {"JP": "[- ][Ss]hi", "KR": "-si", "KP": "-si"}


def without_city(country, name):
    """The name without a word for "city" in the country's language."""
    return re.sub(CITY_WORDS.get(country, "(?!)") + "$", "", name)


def world_rows(taken):
    """One row for each city that is not in the supplement."""
    admin1 = {row[0]: clean_column(row[1])
              for row in read_geonames(GEONAMES + "/admin1Codes.txt")}
    cities, rows = read_geonames(GEONAMES + "/cities15000.txt"), cities_more()
    told, languages = told_names(cities), cldr.language_names() | {"hayeren"}
    for city in cities:
        if "gn:" + city[0] in taken:
            continue
        full, population = clean_column(city[1]), int(city[14] or 0)
        name = without_city(city[8], full)
        rows.append({
            "id": "gn:" + city[0], "name": name, "lat": "%g" % round(float(city[4]), 3),
            "lon": "%g" % round(float(city[5]), 3),
            "kind": "settlement", "feature": city_feature(city[7], population),
            "country": city[8], "admin1": admin1.get(city[8] + "." + city[10], ""),
            "population": str(population) if population else "",
            "names": city_names(
                name, english(city[8], without_city(city[8], clean_column(city[2]))),
                city[3] + ("," + full if full != name else ""),
                told.get(city[0], ()), languages),
            "precision_km": "2" if population >= 50000 else "1",
            "source": "geonames",
        })
    return sorted(mended(rows), key=lambda row: (row["source"] == "hand", len(row["id"]),
                                                 row["id"]))


def cities_more():
    """Rows of cities-more.tsv, which the source lacks."""
    rows = read_tsv(os.path.join(HERE, "cities-more.tsv"))
    for line, row in enumerate(rows, 3):
        row.update(kind="settlement", source="hand")
        check_row(row, "cities-more.tsv:%d: " % line)
    return rows


def told_names(cities):
    """{GeoNames id: names} whose language is known: by hand and of time zones."""
    told, by_id = zone_cities(cities, ZONE_CITIES), {city[0]: city for city in cities}
    for row in read_tsv(os.path.join(HERE, "city-names.tsv")):
        key = row["id"][3:]
        if key not in by_id or clean_column(by_id[key][1]) != row["name"]:
            raise RecipeError("city-names.tsv: GeoNames has no %s %s" % (key, row["name"]))
        names = [tuple(entry.split("=", 1)) for entry in row["names"].split("|")]
        told[key] = names + list(told.get(key, ()))
    return told


def mended(rows):
    """The rows with the changes of places-mended.tsv; each must still apply."""
    by_id = {row["id"]: row for row in rows}
    for change in read_tsv(os.path.join(HERE, "places-mended.tsv")):
        row = by_id.get(change["id"])
        if row is None or row["name"] != change["name"]:
            raise RecipeError("places-mended.tsv: no city %s" % change["id"])
        if change["column"] == "-":
            del by_id[change["id"]]
            continue
        if change["column"] == "name":
            row["names"] = join_names([("und", row["name"])], row["names"])
        row[change["column"]] = change["value"]
    return by_id.values()


def write_rows(path, rows):
    """A table, and the same compressed (which is what is committed)."""
    lines = ["\t".join(HEADER) + "\n"]
    for row in rows:
        cells = [row.get(column, "") for column in HEADER]
        if any("\t" in cell or "\n" in cell for cell in cells):
            raise RecipeError("%s: tab or line break in row %s" % (path, row["id"]))
        lines.append("\t".join(cells) + "\n")
    data = "".join(lines).encode("utf-8")
    write_bytes(path + ".gz", gzip.compress(data, 9, mtime=0))
    write_bytes(path, data)


def supplement(path, owner):
    """Rows of places-caucasus.tsv, checked against the sources their ids name."""
    cities = {row[0]: row for row in read_geonames(GEONAMES + "/cities15000.txt")}
    rows = read_tsv(path)
    seen = set()
    for line, row in enumerate(rows, 2):
        where = "%s:%d: " % (os.path.basename(path), line)
        prefix, key = row["id"].split(":", 1)
        if row["id"] in seen:
            raise RecipeError(where + "id '%s' stands twice" % row["id"])
        seen.add(row["id"])
        if prefix == "gn":
            city = cities.get(key)
            if city is None:
                raise RecipeError(where + "GeoNames has no city " + key)
            if distance_m((float(row["lon"]), float(row["lat"])),
                          (float(city[5]), float(city[4]))) > 5000:
                raise RecipeError(where + "GeoNames has city %s elsewhere" % key)
        for unit in re.findall(r"\d+", row["area"] if row["area"][:2] == "u:" else ""):
            if owner.get(unit) != row["country"]:
                raise RecipeError(where + "unit %s is not of '%s'"
                                  % (unit, row["country"]))
        check_row(row, where)
    return rows


def check_row(row, where):
    """What a typing error breaks: numbers, kinds, languages, look-alike letters."""
    if not (-90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180):
        raise RecipeError(where + "position outside the world")
    if row["kind"] not in ("settlement", "region", "country", "water", "other"):
        raise RecipeError(where + "unknown kind '%s'" % row["kind"])
    if float(row["precision_km"]) <= 0:
        raise RecipeError(where + "precision_km must be positive")
    for entry in row["names"].split("|"):
        match = re.fullmatch(r"([a-z]{2,3}(?:-[A-Za-z]{4})?)=([^@=|]+)(?:@([-\d]*)\.\."
                             r"([-\d]*))?", entry)
        if not match:
            raise RecipeError(where + "cannot read name '%s'" % entry)
        if len(scripts_of(match[2]) & ALPHABETS) > 1:
            raise RecipeError(where + "name '%s' mixes scripts" % entry)
        if unicodedata.normalize("NFC", match[2]) != match[2] or "ǝ" in match[2]:
            raise RecipeError(where + "name '%s' is not in composed form" % entry)


def radius_km(area_km2):
    """Radius of the circle of equal area: how far off a label point may be."""
    return str(max(1, round(math.sqrt(float(area_km2) / math.pi))))


def box_text(rows):
    """west,south,east,north around units; a box over the antimeridian stays whole."""
    sides = [[float(row[side]) for row in rows]
             for side in ("west", "south", "east", "north")]
    return ",".join("%g" % round(pick(side), 3)
                    for pick, side in zip((min, min, max, max), sides))


def spread_names(found, own):
    """CLDR's names (English, then the others), the layer's own, each text once."""
    entries = list(found)
    seen = {light_fold(name) for _, name in entries}
    for name in own:
        if name and light_fold(name) not in seen:
            seen.add(light_fold(name))
            entries.append(("und", name))
    return join_names(entries)


def read_aliases():
    """{'US': [('en', 'USA'), ...]} from country-aliases.tsv."""
    aliases = {}
    for row in read_tsv(os.path.join(HERE, "country-aliases.tsv")):
        aliases[row["code"]] = [tuple(entry.split("=", 1))
                                for entry in row["names"].split("|")]
    return aliases


# English names that papers use where CLDR has "Congo - Kinshasa".
FIRST_NAMES = {"CD": [("en", "DR Congo")], "CG": [("en", "Republic of the Congo")]}


def country_rows(out_dir, units):
    """One row for each country that owns land under the worldview un."""
    territories, aliases, rows = cldr.territory_names(), read_aliases(), []
    for owner in read_tsv(os.path.join(out_dir, "owners.tsv")):
        code = owner["code"]
        land = [unit for unit in units if unit["owner_un"] == code]
        if len(code) != 2 or not land:
            continue
        if code not in territories:
            raise RecipeError("owners.tsv: CLDR has no territory " + code)
        rows.append({
            "id": "iso:" + code, "name": owner["name"], "kind": "country",
            "lat": owner["lat"], "lon": owner["lon"], "feature": "country",
            "country": code, "area": "c:" + code, "source": "cldr",
            "names": join_names(FIRST_NAMES.get(code, []) + territories[code]
                                + aliases.pop(code, [])),
            "precision_km": radius_km(sum(float(u["area_km2"]) for u in land)),
            "bbox": ",".join(owner[k] for k in ("west", "south", "east", "north")),
        })
    if aliases:
        raise RecipeError("country-aliases.tsv: no such country: %s" % sorted(aliases))
    return rows


def unit_groups(units, taken):
    """Units that make one place: those with one ISO 3166-2 code, else each by itself.

    Left out: units without a name, those of the supplement, exclaves (their villages
    stand in the supplement), and the only unit of a country, which is the country.
    """
    alone = {unit["owner_un"] for unit in units}
    for owner in list(alone):
        if sum(unit["owner_un"] == owner for unit in units) > 1 or len(owner) > 2:
            alone.discard(owner)
    groups = {}
    for unit in units:
        if (not unit["name"] or "u:" + unit["id"] in taken
                or unit["kind"] == "exclave" or unit["owner_un"] in alone):
            continue
        key = unit["owner_un"], unit["code"] or unit["id"]
        groups.setdefault(key, []).append(unit)
    return groups


def read_unit_names():
    """{ISO 3166-2 code: (name in the layer, [(language, name)])} of unit-names.tsv."""
    return {row["code"]: (row["name"], [tuple(entry.split("=", 1))
                                        for entry in row["names"].split("|")])
            for row in read_tsv(os.path.join(HERE, "unit-names.tsv"))}


def unit_rows(units, taken, told):
    """One row for each first-level unit (or group with one code); names taken from `told`."""
    names, rows = cldr.subdivision_names(), []
    for (owner, code), group in unit_groups(units, taken).items():
        main_unit = max(group, key=lambda unit: float(unit["area_km2"]))
        was, by_hand = told.pop(code, (None, []))
        if was not in (None, main_unit["name"]):
            raise RecipeError("unit-names.tsv: no unit %s %s" % (code, was))
        found = by_hand + names.get(code.lower().replace("-", ""), [])
        own = [text for unit in group for text in (unit["name"], unit["gn_name"])]
        rows.append({
            "id": "u:" + main_unit["id"], "name": main_unit["name"],
            "lat": main_unit["lat"], "lon": main_unit["lon"], "kind": "region",
            "feature": "admin1", "country": owner if len(owner) == 2 else "",
            "names": spread_names(found, own), "bbox": box_text(group),
            "precision_km": radius_km(sum(float(u["area_km2"]) for u in group)),
            "area": "u:" + ",".join(unit["id"] for unit in group),
            "source": "cldr" if found else "natural-earth",
        })
    return sorted(rows, key=lambda row: int(row["id"][2:]))


def place_of_units(group):
    """Position, radius, box and area of several units together."""
    area = sum(float(unit["area_km2"]) for unit in group)
    lat, lon = (sum(float(unit[k]) * float(unit["area_km2"]) for unit in group) / area
                for k in ("lat", "lon"))
    return {"lat": "%g" % round(lat, 4), "lon": "%g" % round(lon, 4),
            "precision_km": radius_km(area), "bbox": box_text(group),
            "area": "u:" + ",".join(unit["id"] for unit in group)}


def parent_rows(units, taken, told):
    """One row for each first-level unit of which the layer has the parts only.

    Not of the supplement's countries, and not where the layer has but one part of it.
    """
    parents, names, groups = cldr.parents(), cldr.subdivision_names(), {}
    for unit in units:
        parent = parents.get(unit["code"].lower().replace("-", ""))
        if parent in names and "u:" + unit["id"] not in taken:
            groups.setdefault(parent, []).append(unit)
    rows = []
    for parent, group in sorted(groups.items()):
        owners = {unit["owner_un"] for unit in group}
        if len(group) < 2 or len(owners) > 1:
            continue
        code = "%s-%s" % (parent[:2].upper(), parent[2:].upper())
        by_hand = told.pop(code, (None, []))[1]
        rows.append(dict(
            place_of_units(group), id="iso:" + code, name=names[parent][0][1], kind="region",
            feature="admin1", country=owners.pop(),
            names=join_names(by_hand + names[parent]), source="cldr"))
    return rows


def placed_by_parts(row, units):
    """Position, box and radius of a row of places-more.tsv from the units it names."""
    group = [unit for code in row["parts"].split(",") for unit in units
             if unit["code"] == code]
    if len(group) < len(row["parts"].split(",")):
        raise RecipeError("places-more.tsv: %s: a part is no unit" % row["id"])
    row.update(place_of_units(group))


def encoded(number):
    """A step of an outline in Google's encoded polyline form."""
    number = ~(number << 1) if number < 0 else number << 1
    text = ""
    while number >= 0x20:
        text += chr((0x20 | (number & 0x1F)) + 63)
        number >>= 5
    return text + chr(number + 63)


def outline_rings(row):
    """The rings of a row of places-more.tsv: [[(lon, lat), ...], ...]."""
    return [[tuple(float(v) for v in vertex.split()) for vertex in ring.split(",")]
            for ring in row["outline"].split(";")]


def outline_area(row):
    """The `area` and box of a row of places-more.tsv that has an outline.

    Of two rings, which meet at the antimeridian, the first is the western one.
    """
    rings, texts = outline_rings(row), []
    for ring in rings:
        text, last = "", (0, 0)
        for lon, lat in ring:
            here = round(lat * 1e5), round(lon * 1e5)
            text += encoded(here[0] - last[0]) + encoded(here[1] - last[1])
            last = here
        texts.append(text)
    lats = [lat for ring in rings for _, lat in ring]
    sides = (min(lon for lon, _ in rings[0]), min(lats),
             max(lon for lon, _ in rings[-1]), max(lats))
    row.update(area="g:" + " ".join(texts), bbox=",".join("%g" % side for side in sides))


def more_rows(units):
    """Rows of places-more.tsv: regions of several units, seas, straits, by hand."""
    rows = read_tsv(os.path.join(HERE, "places-more.tsv"))
    for line, row in enumerate(rows, 5):
        row["source"] = "hand"
        if row["parts"]:
            placed_by_parts(row, units)
        if row["outline"]:
            outline_area(row)
        check_row(row, "places-more.tsv:%d: " % line)
    return rows


def main(out_dir):
    """Write places-world.tsv and places-regions.tsv beside units.tsv and owners.tsv."""
    units = read_tsv(os.path.join(out_dir, "units.tsv"))
    owner = {unit["id"]: unit["owner_un"] for unit in units}
    rows = supplement(os.path.join(out_dir, "places-caucasus.tsv"), owner)
    taken = {row["id"] for row in rows}
    write_rows(os.path.join(out_dir, "places-world.tsv"), world_rows(taken))
    told = read_unit_names()
    regions = (country_rows(out_dir, units) + unit_rows(units, taken, told)
               + parent_rows(units, taken, told) + more_rows(units))
    if told:
        raise RecipeError("unit-names.tsv: no such unit: %s" % sorted(told))
    write_rows(os.path.join(out_dir, "places-regions.tsv"), regions)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: places.py OUTPUT_DIR")
    main(sys.argv[1])
