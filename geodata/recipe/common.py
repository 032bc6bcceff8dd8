"""Helpers shared by the geodata recipes: shapefiles, tables, rings and arcs.

Everything here is pure Python (struct and math only), sorts what it writes and
uses no clock, locale or environment, so that a recipe gives the same bytes twice.

Coordinates in arcs and rings are either floats in degrees (lon, lat) or, where the
name says "int", integers in units of 10**-DIGITS degrees; integers make equality of
vertices exact.
"""

import math
from collections import defaultdict

from files import (RecipeError, expect, degrees_text, read_shapefile, read_tsv, sha256,
                   write_bytes, write_shapefile, write_tsv)

__all__ = """RecipeError expect degrees_text read_shapefile read_tsv sha256 write_bytes
write_shapefile write_tsv SCALE to_int to_deg signed_area is_left_inside polygon_parts
point_in_rings ring_area_km2 distance_m Arc directed_edges arcs_of_units rings_of_arcs
join_lines""".split()

DIGITS = 7
SCALE = 10**DIGITS


# ------------------------------------------------------------------- rings


def to_int(point):
    """(lon, lat) in degrees -> integer vertex."""
    return round(point[0] * SCALE), round(point[1] * SCALE)


def to_deg(vertex):
    """Integer vertex -> (lon, lat) in degrees, correctly rounded."""
    return vertex[0] / SCALE, vertex[1] / SCALE


def signed_area(ring):
    """Plane area of a closed ring in square units; positive = counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def is_left_inside(ring, hole=False):
    """The ring turned so that the area it bounds lies to the left of its edges."""
    want = -1 if hole else 1
    return ring if signed_area(ring) * want > 0 else ring[::-1]


def polygon_parts(outer, holes=()):
    """Rings as the shapefile format wants them: outer clockwise, holes counter."""
    return [is_left_inside(outer, True)] + [is_left_inside(h) for h in holes]


def point_in_rings(lon, lat, rings):
    """Even-odd test of a point against closed rings (in the same units)."""
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > lat) != (y2 > lat):
                if lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
                    inside = not inside
    return inside


def _authalic_sin(lat_deg):
    """Sine of the authalic latitude on WGS 84 (Snyder 1987, equations 3-11, 3-12)."""
    e = 0.0818191908426215
    s = math.sin(math.radians(lat_deg))

    def q(v):
        return (1 - e * e) * (
            v / (1 - e * e * v * v)
            - math.log((1 - e * v) / (1 + e * v)) / (2 * e)
        )

    return max(-1.0, min(1.0, q(s) / q(1.0)))


AUTHALIC_KM = 6371.0071810


def ring_area_km2(ring):
    """Area of a closed ring in degrees, signed like signed_area, on WGS 84."""
    total = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if x1 != x2:
            step = _authalic_sin(y1) + _authalic_sin(y2)
            total -= math.radians(x2 - x1) * step / 2
    return total * AUTHALIC_KM**2


def distance_m(a, b):
    """Great-circle distance of two (lon, lat) in degrees, in metres."""
    p, q = math.radians(a[1]), math.radians(b[1])
    h = (math.sin((q - p) / 2) ** 2
         + math.cos(p) * math.cos(q) * math.sin(math.radians(b[0] - a[0]) / 2) ** 2)
    return 2 * AUTHALIC_KM * 1000 * math.asin(min(1.0, math.sqrt(h)))


# -------------------------------------------------------------------- arcs


class Arc:
    """A line between two nodes (or a closed one): left and right unit, tag, points."""

    __slots__ = ("left", "right", "tag", "points")

    def __init__(self, left, right, tag, points):
        self.left, self.right, self.tag, self.points = left, right, tag, points

    def key(self):
        return self.left, self.right, self.tag, self.points


def directed_edges(unit_rings, outside=0):
    """{(a, b): left unit}; rings of {unit: [ring]} have their area to the left.

    An edge that two units have in the same direction is an overlap and fails.
    """
    left = {}
    for unit in sorted(unit_rings):
        for ring in unit_rings[unit]:
            for a, b in zip(ring, ring[1:]):
                if a == b:
                    continue
                if left.get((a, b), unit) != unit or (a, b) in left:
                    raise RecipeError("edge %r-%r twice: %r" % (a, b, unit))
                if unit == outside:
                    raise RecipeError("unit id of the outside in use")
                left[(a, b)] = unit
    return left


def arcs_of_units(unit_rings, tag_of=None, outside=0, extra_nodes=()):
    """Arcs of a coverage of units: every edge in exactly one arc, sorted.

    unit_rings: {unit id: [closed ring of vertices, area to the left]}.
    tag_of(a, b, left, right) -> hashable tag of an edge; a change of tag, of the
    pair of units, a degree other than 2, or membership in extra_nodes makes a node.
    Orientation: the outside is never left; of two units the smaller id is left.
    An edge with the same unit on both sides is not a border and vanishes.
    """
    left_of = directed_edges(unit_rings, outside)
    edges, around = {}, defaultdict(list)
    for (a, b), left in left_of.items():
        right = left_of.get((b, a), outside)
        if right != outside and right <= left:
            continue
        tag = tag_of(a, b, left, right) if tag_of else ""
        edges[(a, b)] = (left, right, tag)
        around[a].append((a, b))
        around[b].append((a, b))
    nodes = set(extra_nodes)
    for vertex, meeting in around.items():
        if len(meeting) != 2 or edges[meeting[0]] != edges[meeting[1]]:
            nodes.add(vertex)
    return _walk_arcs(edges, around, nodes)


def _walk_arcs(edges, around, nodes):
    following = {a: (a, b) for (a, b) in edges if a not in nodes}
    used, arcs = set(), []

    def walk(first):
        points, edge = [first[0]], first
        while edge not in used:
            used.add(edge)
            points.append(edge[1])
            if edge[1] in nodes:
                break
            edge = following[edge[1]]
        return Arc(*edges[first], points)

    for edge in sorted(e for e in edges if e[0] in nodes):
        arcs.append(walk(edge))
    for edge in sorted(edges):  # what is left are closed lines without a node
        if edge not in used:
            arcs.append(walk(edge))
    arcs.sort(key=Arc.key)
    return arcs


def rings_of_arcs(arcs, is_inside):
    """Closed rings around the union of the units for which is_inside(unit) holds.

    Only arcs with exactly one side inside take part. The area lies to the left, so
    holes come out clockwise; fill by even-odd or non-zero. Fails on an open chain.
    """
    starts = defaultdict(list)
    for arc in arcs:
        inside_left, inside_right = is_inside(arc.left), is_inside(arc.right)
        if inside_left != inside_right:
            points = arc.points if inside_left else arc.points[::-1]
            starts[points[0]].append(points)
    for chains in starts.values():
        chains.sort(reverse=True)
    rings = []
    for first in sorted(starts):
        while starts[first]:
            ring = list(starts[first].pop())
            while ring[-1] != first:
                if not starts.get(ring[-1]):
                    raise RecipeError("open ring at %r" % (ring[-1],))
                ring += starts[ring[-1]].pop()[1:]
            rings.append(ring)
    return rings


def join_lines(lines):
    """Join pieces that share end points (degree 2 only) into longer lines, sorted.

    lines: [[vertex, ...]]; identical and reversed duplicates of edges are dropped.
    """
    edges = sorted({(min(a, b), max(a, b)) for line in lines
                    for a, b in zip(line, line[1:]) if a != b})
    around = defaultdict(list)
    for a, b in edges:
        around[a].append(b)
        around[b].append(a)
    used, out = set(), []

    def walk(a, b):
        points = [a]
        while (min(a, b), max(a, b)) not in used:
            used.add((min(a, b), max(a, b)))
            points.append(b)
            if len(around[b]) != 2:
                break
            a, b = b, [n for n in around[b] if n != a][0]
        return points

    ends = [v for v in sorted(around) if len(around[v]) != 2]
    for vertex in ends + sorted(around):
        for other in sorted(around[vertex]):
            if (min(vertex, other), max(vertex, other)) not in used:
                out.append(walk(vertex, other))
    return sorted(out)
