"""Check the finished world files; fails with a list of what is wrong.

usage: check.py GEODATA_DIR BORDERS_TABLE

1. Every unit's arcs close into rings, of the area and with the label that units.tsv says.
2. No edge stands in two arcs; arcs meet at their ends only; what is drawn by hand crosses
   nothing.
3. The points of the table lie in units of the owners it lists, under both worldviews.
"""

import os
import sys
from collections import defaultdict

from common import (Arc, RecipeError, point_in_rings, read_shapefile, read_tsv,
                    ring_area_km2, rings_of_arcs)

COLUMNS = ["territory", "lon", "lat", "owner_un", "owner_df", "note", "claims"]


def read_arcs(path):
    """Arcs; the tag is the source."""
    _, records = read_shapefile(path)
    return [Arc(int(row["left"]), int(row["right"]), row["source"], parts[0])
            for parts, row in records]


def check_arcs(arcs):
    """Messages about edges stored twice and arcs that meet inside each other."""
    edges, ends, inner, wrong = set(), set(), {}, []
    for number, arc in enumerate(arcs):
        ends.update((arc.points[0], arc.points[-1]))
        for vertex in arc.points[1:-1]:
            if inner.setdefault(vertex, number) != number:
                wrong.append("arcs %d, %d cross at %r" % (inner[vertex], number, vertex))
        for a, b in zip(arc.points, arc.points[1:]):
            edge = (min(a, b), max(a, b))
            if edge in edges or a == b:
                wrong.append("arc %d: edge twice at %r" % (number, a))
            edges.add(edge)
    return wrong + ["arc ends inside another at %r" % (v,) for v in ends if v in inner]


def _turn(a, b, p):
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def edges_cross(a, b, p, q):
    """Whether two edges without a common end touch or cross."""
    if {a, b} & {p, q}:
        return False
    return (max(a[0], b[0]) >= min(p[0], q[0]) and max(p[0], q[0]) >= min(a[0], b[0])
            and _turn(a, b, p) * _turn(a, b, q) <= 0
            and _turn(p, q, a) * _turn(p, q, b) <= 0)


def check_drawn(arcs):
    """Messages about hand-drawn edges that cross others; fails when there are none."""
    drawn = [e for arc in arcs if arc.tag == "hand patch"
             for e in zip(arc.points, arc.points[1:])]
    if not drawn:
        return ["nothing is drawn by hand"]
    west, east = (f(p[0] for e in drawn for p in e) for f in (min, max))
    south, north = (f(p[1] for e in drawn for p in e) for f in (min, max))
    near = [(p, q) for arc in arcs for p, q in zip(arc.points, arc.points[1:])
            if min(p[0], q[0]) <= east and max(p[0], q[0]) >= west
            and min(p[1], q[1]) <= north and max(p[1], q[1]) >= south]
    return ["hand-drawn edge %r-%r crosses %r-%r" % (a, b, p, q) for a, b in drawn
            for p, q in near if (a, b) != (p, q) and edges_cross(a, b, p, q)]


def unit_rings(arcs):
    """{unit: [ring]} of all units that have arcs."""
    by_unit = defaultdict(list)
    for arc in arcs:
        by_unit[arc.left].append(arc)
        by_unit[arc.right].append(arc)
    del by_unit[0]
    return {u: rings_of_arcs(by_unit[u], lambda k, u=u: k == u) for u in sorted(by_unit)}


def check_units(rings, units):
    wrong = ["unit %d has no row" % u for u in rings if u not in units]
    for unit, row in sorted(units.items()):
        if row["kind"] == "exclave":
            continue  # large scale only
        area = sum(map(ring_area_km2, rings.get(unit, [])))
        if abs(area - float(row["area_km2"])) > 0.501:
            wrong.append("unit %d: %.1f km2, not %s" % (unit, area, row["area_km2"]))
        if not point_in_rings(float(row["lon"]), float(row["lat"]), rings[unit]):
            wrong.append("unit %d: label outside" % unit)
    return wrong


def read_borders(path):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                cells += [""] * (len(COLUMNS) - 1 == len(cells))
                if len(cells) != len(COLUMNS):
                    raise RecipeError("%s:%d: %d columns" % (path, number, len(cells)))
                yield number, dict(zip(COLUMNS, cells))


def read_claims(path):
    """{(worldview, unit): owner} of the claims that are in force."""
    return {(row["worldview"], int(row["unit_id"])): row["owner"]
            for row in read_tsv(path) if not row["to"]}


def check_borders(path, rings, units, claims):
    wrong = []
    for number, row in read_borders(path):
        lon, lat = float(row["lon"]), float(row["lat"])
        found = [u for u in rings
                 if any(min(p[0] for p in r) <= lon <= max(p[0] for p in r)
                        for r in rings[u]) and point_in_rings(lon, lat, rings[u])]
        owners = [(units[u]["owner_un"], units[u]["owner_df"]) for u in found]
        if owners != [(row["owner_un"], row["owner_df"])]:
            wrong.append("%s:%d: %s belongs to %r" % (path, number, row["territory"],
                                                      owners))
        for claim in filter(None, row["claims"].split(",")):
            who, owner = claim.split("=")
            if found and claims.get((who, found[0]), row["owner_un"]) != owner:
                wrong.append("%s:%d: %s under %s" % (path, number, row["territory"], who))
    return wrong


def main(geodata, table):
    arcs = read_arcs(os.path.join(geodata, "lines-world"))
    units = {int(r["id"]): r for r in read_tsv(os.path.join(geodata, "units.tsv"))}
    claims = read_claims(os.path.join(geodata, "worldviews.tsv"))
    rings = unit_rings(arcs)
    wrong = check_arcs(arcs) + check_drawn(arcs) + check_units(rings, units)
    wrong += check_borders(table, rings, units, claims)
    for message in wrong:
        print(message, file=sys.stderr)
    if wrong:
        raise RecipeError("%d faults" % len(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
