"""Tables of units, owners and worldviews."""

import os
import re
import xml.etree.ElementTree as ET
from math import cos, radians, sqrt

from shapely.algorithms.polylabel import polylabel
from shapely.geometry import Polygon

import codes
from common import (Arc, RecipeError, degrees_text, point_in_rings, read_shapefile,
                    ring_area_km2, rings_of_arcs, to_deg, write_tsv)

# Owner by gu_a3 where iso_a2 is "-1" or names the country of a territory that has an
# ISO code of its own. Codes of three letters have no ISO 3166-1 code.
BASE_OWNER = {
    "SOL": "SOL", "CYN": "CYN", "WSB": "WSB", "ESB": "ESB", "KAS": "KAS", "KAB": "KAB",
    "USG": "USG", "PGA": "PGA", "CLP": "CLP", "CXR": "CX", "CCK": "CC", "GUF": "GF",
    "GLP": "GP", "MTQ": "MQ", "REU": "RE", "MYT": "YT", "NSV": "SJ", "BVT": "BV",
}
BONAIRE = {3763: "BQ", 3779: "BQ", 4371: "BQ"}  # gu_a3 is NLD like the mainland

# English names of owners that CLDR does not have.
OWN_NAMES = {"CYN": "Northern Cyprus", "KAS": "Siachen Glacier",
             "PFA": "Paracel Islands", "PGA": "Spratly Islands", "SOL": "Somaliland"}

UNIT_HEADER = ["id", "iso_a2", "owner_un", "owner_df", "code", "kind", "name", "gn_name",
               "lon", "lat", "area_km2", "west", "south", "east", "north"]

# What a unit calls itself, by words of gn_name; the first that fits.
KINDS = [
    (r"\b(city|sahari|qalasy|misto|municipiul|stadt)\b", "city"),
    (r"\b(rayon|rayonu|raionul|raion|district|okres|distrikt|okrug)\b", "district"),
    (r"\b(respublika|republic)\b", "republic"),
    (r"\b(oblast'?|oblasti|oblysy|viloyati|voblasts')", "oblast"),
    (r"\b(kray|krai)\b", "krai"),
    (r"\b(departement|departamento|department)\b", "department"),
    (r"\b(state|estado)\b", "state"),
    (r"\b(county|comitat|judetul|megye|fylke|laan|lan)\b", "county"),
    (r"\b(region|regione|regiao|mkhare|gobolka)\b", "region"),
    (r"\b(canton|kanton)\b", "canton"),
    (r"\b(parish)\b", "parish"),
    (r"\b(governorate|muhafazat|mohafazat)\b", "governorate"),
    (r"\b(prefecture)\b", "prefecture"),
    (r"\b(borough)\b", "borough"),
    (r"\b(territory|territories)\b", "territory"),
]
KIND_OF_COUNTRY = {"AM": "province", "AZ": "district", "GE": "region", "TR": "province"}


def fix_attributes(attributes, table):
    """Apply attribute-fixes.tsv; a row that no longer matches fails."""
    for row in table:
        unit, column = int(row["unit_id"]), row["column"]
        if attributes[unit][column] != row["was"]:
            raise RecipeError("unit %d: %s is %r, not %r" % (
                unit, column, attributes[unit][column], row["was"]))
        attributes[unit][column] = row["value"]


def base_owner(unit, row):
    """ISO alpha-2 code (or own code) of the unit as the source sees it."""
    if unit in BONAIRE:
        return BONAIRE[unit]
    owner = BASE_OWNER.get(row["gu_a3"], row["iso_a2"])
    if not re.fullmatch("[A-Z]{2,3}", owner):
        raise RecipeError("unit %d has no owner: %r" % (unit, row))
    return owner


def kind_of(owner, row):
    text = (row["gn_name"] or "").lower()
    for pattern, kind in KINDS:
        if re.search(pattern, text):
            return kind
    return KIND_OF_COUNTRY.get(owner, "province")


def box(rings):
    """west, south, east, north in degrees; west > east when it crosses 180 degrees.

    The widest gap between the parts is left out.
    """
    spans = sorted((min(p[0] for p in r), max(p[0] for p in r)) for r in rings)
    gaps, reach = [], spans[0][1]
    for west, east in spans[1:]:
        if west > reach:
            gaps.append((west - reach, reach, west))
        reach = max(reach, east)
    west, east = spans[0][0], reach
    around = 360 - (east - west)
    if gaps and max(gaps)[0] > around:
        _, east, west = max(gaps)
    lats = [p[1] for r in rings for p in r]
    return west, min(lats), east, max(lats)


def label_point(rings):
    """(lon, lat) far inside the largest part of the rings (degrees)."""
    outer = max(rings, key=ring_area_km2)
    hull = Polygon(outer)
    holes = [r for r in rings if ring_area_km2(r) < 0
             and hull.bounds[0] <= r[0][0] <= hull.bounds[2]
             and hull.contains(Polygon(r).representative_point())]
    squeeze = max(0.05, cos(radians(hull.centroid.y)))

    def squeezed(ring):
        return [(x * squeeze, y) for x, y in ring]

    part = Polygon(squeezed(outer), [squeezed(h) for h in holes]).buffer(0)
    if len(outer) > 2000:
        part = part.simplify(0.02).buffer(0)
    if part.geom_type == "MultiPolygon":
        part = max(part.geoms, key=lambda g: g.area)
    point = polylabel(part, sqrt(part.area) / 50)
    lon, lat = round(point.x / squeeze, 5), round(point.y, 5)
    if not point_in_rings(lon, lat, rings):
        inside = Polygon(outer, holes).representative_point()
        lon, lat = inside.x, inside.y
    return lon, lat


def unit_rows(attributes, rings, exceptions, cldr):
    """Rows of units.tsv as dictionaries, by id."""
    owners = {}
    for row in exceptions:
        key = int(row["unit_id"]), row["worldview"]
        if key in owners or key[0] not in attributes:
            raise RecipeError("worldviews: bad or double row %r" % row)
        owners[key] = row["owner"]
    code_of = codes.join(attributes, cldr)
    out = []
    for unit in sorted(attributes):
        row = attributes[unit]
        degrees = [[to_deg(v) for v in r] for r in rings[unit]]
        base = base_owner(unit, row)
        lon, lat = label_point(degrees)
        out.append({
            "id": unit, "iso_a2": base,
            "owner_un": owners.get((unit, "un"), base),
            "owner_df": owners.get((unit, "de-facto"), base),
            "code": code_of.get(unit, ""), "kind": kind_of(base, row),
            "name": row["name"] or "", "gn_name": row["gn_name"] or "",
            "lon": lon, "lat": lat, "box": box(degrees),
            "area_km2": sum(map(ring_area_km2, degrees)),
        })
    return out


def extra_rows(out, table):
    """Rows of units that only lines-caucasus has; figures from its lines, if there."""
    _, records = read_shapefile(os.path.join(out, "lines-caucasus"))
    arcs = [Arc(int(row["left"]), int(row["right"]), "", parts[0])
            for parts, row in records]
    rows = []
    for extra in table:
        unit = int(extra["id"])
        rings = rings_of_arcs(arcs, lambda u: u == unit)
        row = {k: extra[k] for k in UNIT_HEADER[:8]}
        row.update(id=unit, lon=float(extra["lon"]), lat=float(extra["lat"]),
                   box=box(rings), area_km2=sum(map(ring_area_km2, rings)))
        rows.append(row)
    return rows


def country_names(cldr):
    """{ISO alpha-2: English name}, the short form where CLDR has one."""
    names = {}
    root = ET.parse(os.path.join(cldr, "common/main/en.xml")).getroot()
    for node in root.find("localeDisplayNames/territories"):
        alt = node.get("alt")
        if alt == "short" and node.get("type") in ("HK", "MO", "PS"):
            names[node.get("type")] = node.text
        elif alt is None:
            names.setdefault(node.get("type"), node.text)
    names.update(OWN_NAMES)
    return names


def owner_rows(rows, arcs, cldr):
    """One row per owner code of either worldview; place and box under un if it can."""
    names, out = country_names(cldr), []
    for code in sorted({r["owner_un"] for r in rows} | {r["owner_df"] for r in rows}):
        mine = {r["id"] for r in rows if r["owner_un"] == code}
        if not mine:
            mine = {r["id"] for r in rows if r["owner_df"] == code}
        rings = rings_of_arcs(arcs, mine.__contains__)
        degrees = [[to_deg(v) for v in r] for r in rings]
        out.append([code, names[code]]
                   + [degrees_text(v) for v in label_point(degrees) + box(degrees)])
    return out


def country_claims(rows, table):
    """Rows of worldviews-countries.tsv with owner:XX written out; fails on a bad one."""
    un = {r["id"]: r["owner_un"] for r in rows}
    known = set(un.values()) | {r["owner_df"] for r in rows}
    out = []
    for claim in table:
        who, unit = claim["worldview"], claim["unit_id"]
        units = [int(unit)] if unit.isdigit() else sorted(
            r["id"] for r in rows if r["iso_a2"] == unit.split(":")[1])
        for one in units:
            if not units or who not in known or claim["owner"] not in known or (
                    one and un.get(one, claim["owner"]) == claim["owner"]):
                raise RecipeError("worldviews-countries: not a claim: %r" % claim)
            out.append(dict(claim, unit_id=str(one)))
    return out


def write_tables(out, rows, arcs, exceptions, claims, cldr):
    """units.tsv, owners.tsv, worldviews.tsv below the folder out."""
    base = {r["id"]: r["iso_a2"] for r in rows}
    write_tsv(os.path.join(out, "units.tsv"), UNIT_HEADER, [
        [r[k] for k in UNIT_HEADER[:8]]
        + [degrees_text(r["lon"]), degrees_text(r["lat"]),
           degrees_text(r["area_km2"], 2 if r["area_km2"] < 100 else 0)]
        + [degrees_text(v) for v in r["box"]] for r in rows])
    write_tsv(os.path.join(out, "owners.tsv"),
              ["code", "name", "lon", "lat", "west", "south", "east", "north"],
              owner_rows(rows, arcs, cldr))
    header = ["unit_id", "worldview", "owner", "from", "to", "note", "source"]
    exclaves = [
        {"unit_id": str(r["id"]), "worldview": "de-facto", "owner": r["owner_df"],
         "note": "exclave %s: held by the surrounding country since the war of 1988 to "
         "1994" % r["name"], "source": "as of July 2020"}
        for r in rows if r["kind"] == "exclave" and r["owner_df"] != r["iso_a2"]]
    order = sorted(exceptions + exclaves, key=lambda r: (int(r["unit_id"]), r["worldview"]))
    for row in order:
        if row["owner"] == base[int(row["unit_id"])]:
            raise RecipeError("worldviews: not an exception: %r" % row)
    order += sorted(country_claims(rows, claims),
                    key=lambda r: (r["worldview"], int(r["unit_id"])))
    write_tsv(os.path.join(out, "worldviews.tsv"), header,
              [[r.get(k, "") for k in header] for r in order])
