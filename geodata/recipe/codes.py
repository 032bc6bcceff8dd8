"""ISO 3166-2 codes of units by name, from CLDR's subdivision names."""

import glob
import os
import re
import unicodedata
import xml.etree.ElementTree as ET

from common import RecipeError, read_tsv

HERE = os.path.dirname(os.path.abspath(__file__))
BY_HAND = str.maketrans({"ə": "a", "Ə": "a", "ı": "i", "ł": "l", "Ł": "l", "ø": "o",
                         "Ø": "o", "ß": "ss", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae",
                         "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "œ": "oe"})


def fold(name):
    """Letters a to z only: the key under which two spellings meet."""
    text = unicodedata.normalize("NFKD", name.translate(BY_HAND)).lower()
    return re.sub("[^a-z]", "", text)


def _names(cldr):
    """{(country, folded name): set of codes like 'azbak'} in all languages."""
    found = {}
    for path in sorted(glob.glob(os.path.join(cldr, "common/subdivisions/*.xml"))):
        for node in ET.parse(path).getroot().iter("subdivision"):
            code, key = node.get("type"), fold(node.text or "")
            if key:
                found.setdefault((code[:2].upper(), key), set()).add(code)
    return found


def _expand(text):
    """Codes of a validity list; 'ada~c' stands for ada adb adc."""
    for item in text.split():
        first, _, last = item.partition("~")
        yield first
        if last:
            for letter in range(ord(first[-1]) + 1, ord(last) + 1):
                yield first[:-1] + chr(letter)


def _ranks(cldr):
    """(regular codes, codes that have a parent other than the country)."""
    regular, children = set(), set()
    root = ET.parse(os.path.join(cldr, "common/validity/subdivision.xml")).getroot()
    for node in root.iter("id"):
        if node.get("idStatus") == "regular":
            regular.update(_expand(node.text))
    path = os.path.join(cldr, "common/supplemental/subdivisions.xml")
    for node in ET.parse(path).getroot().iter("subgroup"):
        if len(node.get("type")) > 2:
            children.update(node.get("contains").split())
    return regular, children


def join(attributes, cldr):
    """{unit id: ISO 3166-2 code}: hand table, then name, then gn_name."""
    names, (regular, children) = _names(cldr), _ranks(cldr)
    known = {code for codes in names.values() for code in codes} | regular
    out = {}
    for unit, row in sorted(attributes.items()):
        for text in (row["name"], row["gn_name"]):
            codes = names.get((row["iso_a2"], fold(text or "")), ())
            if codes:
                out[unit] = min(codes, key=lambda c: (c not in regular, c in children, c))
                break
    for row in read_tsv(os.path.join(HERE, "codes-by-hand.tsv")):
        unit, code = int(row["unit_id"]), row["code"].replace("-", "").lower()
        if attributes[unit]["name"] != row["name"] or (code and code not in known):
            raise RecipeError("codes-by-hand.tsv: row does not match: %r" % row)
        out[unit] = code
    return {u: "%s-%s" % (c[:2].upper(), c[2:].upper()) for u, c in out.items() if c}
