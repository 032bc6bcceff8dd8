"""lakes-caucasus and rivers-caucasus: GSHHG at full resolution, mended by hand tables.

Lakes: pieces joined into rings, named by a point in the water; what is missing comes
from lakes-caucasus-hand.tsv.  Rivers: pieces of one level joined into lines, named by a
vertex; where a river is the border, the border line is the river
(rivers-caucasus-borders.tsv); no river runs through a lake of the hand table.
"""

import heapq
import os

from shapely.geometry import LineString, Point, Polygon
from shapely.ops import unary_union

import lakes
from caucasus_borders import BOX, HERE, clip_line, gmt_lines, scaled
from common import (RecipeError, distance_m, is_left_inside, join_lines, point_in_rings,
                    polygon_parts, read_tsv, ring_area_km2, write_shapefile)

WIDE = "-R38/54/35/46"
MIN_LAKE_KM2 = 0.5
BESIDE_KM = 3.0  # a river of the source this close to a border river is dropped
JOIN_KM = 6.0  # its ends are led to the border river when they are this close
NAMED_KM = 3.0
REMNANT_KM = (0.0, 5.0, 25.0)  # shorter pieces with so many cut ends are dropped
SIMPLIFY = 8e-4  # degrees, 90 m: a tenth of the source's accuracy
LOOP_KM = 8.0  # shorter pieces that leave a lake and come back to it are dropped
KM = 111.195  # one degree on the plane of scaled()
LAKE_FIELDS = [("name", "C", 60, 0), ("area_km2", "N", 10, 1), ("level", "N", 1, 0),
               ("acc_m", "N", 6, 0), ("source", "C", 24, 0)]
RIVER_FIELDS = [("name", "C", 60, 0), ("level", "N", 2, 0), ("acc_m", "N", 6, 0),
                ("source", "C", 24, 0)]
GSHHG, HAND_LAKE, HAND_RIVER = (1000, "GSHHG"), (2000, "hand"), (3000, "hand")
BORDER_RIVER = (1000, "DCW")


def table(name):
    return read_tsv(os.path.join(HERE, name))


def point(row, lon="lon", lat="lat"):
    return float(row[lon]), float(row[lat])


def by_name(rows):
    """{name: [vertex]} of a table with a row per vertex."""
    out = {}
    for row in rows:
        out.setdefault(row["name"], []).append(point(row))
    return out


# ------------------------------------------------------------------------ lakes


def source_lakes():
    """Rings of the lakes whose inside begins in the box."""
    pieces = [[(round(x * 1e6), round(y * 1e6)) for x, y in line]
              for _, line in gmt_lines(WIDE, "-Df", "-W2", "-A0/2/2") if len(line) > 1]
    rings = []
    for ring in lakes.rings(pieces):
        ring = list(Polygon(ring).simplify(SIMPLIFY).exterior.coords)
        inside = Polygon(ring).representative_point()
        if (BOX[0] < inside.x < BOX[2] and BOX[1] < inside.y < BOX[3]
                and ring_area_km2(ring) >= MIN_LAKE_KM2):
            rings.append(ring)
    return rings


def lake_records(hand):
    names, records = table("lakes-caucasus-names.tsv"), []
    for ring in source_lakes():
        found = [r["name"] for r in names if point_in_rings(*point(r), [ring])]
        records.append((polygon_parts(ring),
                        (found[0] if found else "", ring_area_km2(ring), 2) + GSHHG))
        names = [r for r in names if r["name"] not in found]
    if names:
        raise RecipeError("no lake at the point of %s" % names[0]["name"])
    for name, vertices in hand.items():
        ring = is_left_inside(vertices + vertices[:1])
        if not Polygon(ring).is_valid:
            raise RecipeError("%s: bad ring" % name)
        records.append((polygon_parts(ring),
                        (name, ring_area_km2(ring), 2) + HAND_LAKE))
    return sorted(records, key=lambda r: (-r[1][1], r[0]))


# ----------------------------------------------------------------------- rivers


class BorderGraph:
    """Country lines as a graph of vertices, to walk along a river from A to B."""

    def __init__(self, arcs):
        self.next = {}
        for line in arcs:
            for a, b in zip(line, line[1:]):
                self.next.setdefault(a, set()).add(b)
                self.next.setdefault(b, set()).add(a)

    def nearest(self, place):
        return min((distance_m(place, v), v) for v in self.next)[1]

    def walk(self, start, goal):
        """The shortest way from vertex to vertex (Dijkstra 1959)."""
        queue, seen = [(0.0, start, [start])], set()
        while queue:
            length, vertex, path = heapq.heappop(queue)
            if vertex == goal:
                return path
            if vertex not in seen:
                seen.add(vertex)
                for other in sorted(self.next[vertex] - seen):
                    heapq.heappush(queue, (length + distance_m(vertex, other), other,
                                           path + [other]))
        raise RecipeError("no border leads from %r to %r" % (start, goal))


def source_rivers():
    """[(level, line)], joined; vertices in degrees."""
    levels = {}
    for head, line in gmt_lines("-R38/53/36/46", "-Df", "-Ia"):
        line = [p for i, p in enumerate(line) if i == 0 or p != line[i - 1]]
        if len(line) > 1:
            levels.setdefault(int(head.split("Level")[1]), []).append(line)
    return [(level, line) for level in sorted(levels)
            for line in join_lines(levels[level])]


def name_rivers(rivers):
    """[(name or '', level, line)]; every row of the table must find its line."""
    rows, out = table("rivers-caucasus-names.tsv"), []
    near = {}
    for row in rows:
        spot = Point(scaled([point(row)])[0])
        away, number = min((LineString(scaled(line)).distance(spot) * KM, n)
                           for n, (_, line) in enumerate(rivers))
        if away > NAMED_KM or near.get(number, row["name"]) != row["name"]:
            raise RecipeError("%s: no river of its own at %r"
                              % (row["name"], point(row)))
        near[number] = row["name"]
    for number, (level, line) in enumerate(rivers):
        out.append((near.get(number, ""), level, line))
    return out


def unscaled(line, scale=scaled([(1.0, 0.0)])[0][0]):
    return [(round(x / scale, 6), round(y, 6)) for x, y in line.coords]


def outside(line, area):
    """The pieces of a line outside an area on the plane."""
    rest = LineString(scaled(line)).difference(area)
    return [unscaled(part) for part in getattr(rest, "geoms", [rest])
            if not part.is_empty]


def is_remnant(piece, line):
    """A piece of a line that is left over from a stretch dropped beside a border."""
    cut = len({piece[0], piece[-1]} - {line[0], line[-1]})
    return length_km(piece) < REMNANT_KM[cut]


def length_km(line):
    return sum(distance_m(a, b) for a, b in zip(line, line[1:])) / 1000


def lead_to(piece, line, border):
    """A piece whose cut ends are led to the nearest vertex of the border."""
    original = {line[0], line[-1]}
    ends = []
    for tip in (piece[0], piece[-1]):
        away, vertex = min((distance_m(tip, v), v) for v in border)
        ends.append([vertex] if tip not in original and away < JOIN_KM * 1000 else [])
    return ends[0] + piece + ends[1]


def follow_borders(rivers, graph):
    """Rivers with their border stretches replaced by the border."""
    stretches = [(row["name"], graph.walk(
        graph.nearest(point(row, "from_lon", "from_lat")),
        graph.nearest(point(row, "to_lon", "to_lat"))))
        for row in table("rivers-caucasus-borders.tsv")]
    vertices = sorted({v for _, line in stretches for v in line})
    near = unary_union([LineString(scaled(line)).buffer(BESIDE_KM / KM)
                        for _, line in stretches])
    out = []
    for name, level, line in rivers:
        line = list(LineString(line).simplify(SIMPLIFY).coords)
        out += [(name, level, lead_to(piece, line, vertices), GSHHG)
                for piece in outside(line, near) if not is_remnant(piece, line)]
    levels = {name: min([3] + [r[1] for r in rivers if r[0] == name])
              for name, _ in stretches}
    return out + [(name, levels[name], line, BORDER_RIVER) for name, line in stretches]


def river_records(country_lines, hand_lakes):
    rivers = follow_borders(name_rivers(source_rivers()), BorderGraph(country_lines))
    for name, line in by_name(table("rivers-caucasus-hand.tsv")).items():
        rivers.append((name, 4, line, HAND_RIVER))
    water = unary_union([Polygon(scaled(ring)) for ring in hand_lakes.values()])
    records = []
    for name, level, line, tag in rivers:
        ends = {line[0], line[-1]}
        for piece in outside(line, water):
            if ends & {piece[0], piece[-1]} or length_km(piece) > LOOP_KM:
                records += [([part], (name, level) + tag) for part in clip_line(piece)]
    return sorted(records, key=lambda r: (r[1][1], r[1][0], r[0]))


def write(out_dir, country_lines):
    """lakes-caucasus and rivers-caucasus; country_lines: those of the large scale."""
    hand = by_name(table("lakes-caucasus-hand.tsv"))
    write_shapefile(os.path.join(out_dir, "lakes-caucasus"), "polygon", LAKE_FIELDS,
                    lake_records(hand))
    write_shapefile(os.path.join(out_dir, "rivers-caucasus"), "polyline", RIVER_FIELDS,
                    river_records(country_lines, hand))
