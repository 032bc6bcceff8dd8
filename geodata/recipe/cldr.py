"""Names of territories and subdivisions from CLDR (package unicode-cldr-core)."""

import os
import re
import unicodedata
import xml.etree.ElementTree as ET

CLDR = "/usr/share/unicode/cldr/common"

# Languages of the names kept; a language is one CLDR file.  First those of the South
# Caucasus and its news, whose names win ties, then every other language that has names of
# subdivisions (ccp, a copy of en in another script, and dialects left out), then those that
# have names of nearly all territories only.
LANGUAGES = ("en az hy ka ru tr fa ar uk de el es fr he it ja ko nl pl pt zh "
             "af am as be bg bn bs ca ceb cs cy da et eu fi ga gl gu ha hi hr hu id ig is "
             "jv kk km kn ky lo lt lv mk ml mn mr ms my ne no or pa ps ro sd si sk sl so sq "
             "sr sv sw ta te th tk ur uz vi yo yue zu "
             "ast br ce ckb dz ee eo ff fil fo fy gd hsb ku lb ln mg mt qu rm se sn tg ti to "
             "tt ug wo").split()


# What CLDR 41 has half of: (code, language, name): the whole.
HALVES = {("nzmbh", "en", "Marl"): "Marlborough"}


def clean(name):
    """CLDR marks homonyms by a raised digit or a bracket; that is not the name."""
    name = re.sub("[\u00b2\u00b3\u00b9]", "", name)
    name = re.sub(r"\s*\([^)]*\)\s*$", "", name)
    return unicodedata.normalize("NFC", name).strip()


def _entries(folder, language, tag):
    """(type, alt or None, name) of one language file; nothing when there is none."""
    path = os.path.join(CLDR, folder, language + ".xml")
    if not os.path.exists(path):
        return
    for item in ET.parse(path).iter(tag):
        name = clean(item.text or "")
        if name and name != "↑↑↑":
            yield item.get("type"), item.get("alt"), name


def without_echoes(entries):
    """Drop what only repeats the English name: readers fall back to English."""
    english = {name for language, name in entries if language == "en"}
    return [(language, name) for language, name in entries
            if language == "en" or name not in english]


def subdivision_names():
    """{'aztov': [(language, name)]}, languages in the order of LANGUAGES."""
    names = {}
    for language in LANGUAGES:
        for code, _, name in _entries("subdivisions", language, "subdivision"):
            whole = HALVES.get((code, language, name), name)
            names.setdefault(code, []).append((language, whole))
    return {code: without_echoes(entries) for code, entries in names.items()}


def territory_names():
    """{'AZ': [(language, name)]}: the plain name first, then short and variant ones."""
    names = {}
    for language in LANGUAGES:
        found = list(_entries("main", language, "territory"))
        for code, alt, name in sorted(found, key=lambda entry: entry[1] or ""):
            if len(code) == 2:
                names.setdefault(code, []).append((language, name))
    return {code: without_echoes(entries) for code, entries in names.items()}


def language_names():
    """What languages call themselves, in small letters."""
    return {name.lower() for language in LANGUAGES
            for code, _, name in _entries("main", language, "language")
            if code == language}


def zone_city_names():
    """{'Asia/Baku': [(language, name)]}: the city after which each time zone is named."""
    names = {}
    for language in LANGUAGES:
        path = os.path.join(CLDR, "main", language + ".xml")
        for zone in ET.parse(path).iter("zone"):
            city = zone.find("exemplarCity")
            name = clean((city.text if city is not None else "") or "")
            if name and name != "↑↑↑":
                names.setdefault(zone.get("type"), {})[language] = name
    for zone, found in names.items():  # English names are the ids, but for a few
        found.setdefault("en", zone.rsplit("/", 1)[-1].replace("_", " "))
    return {zone: without_echoes([(language, found[language])
                                  for language in LANGUAGES if language in found])
            for zone, found in names.items()}


def parents():
    """{'esb': 'esct'}: the subdivision in which a subdivision of the second level lies."""
    path = os.path.join(CLDR, "supplemental", "subdivisions.xml")
    return {code: group.get("type") for group in ET.parse(path).iter("subgroup")
            for code in group.get("contains").split() if len(group.get("type")) > 2}
