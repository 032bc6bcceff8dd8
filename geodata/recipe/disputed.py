"""disputed.*: extra lines drawn dashed on top; regions.*: areas that are no units.

usage: disputed.py WORLD_MAP.gpkg OUTPUT_DIR   (after world.py)

1. Read the layer disputed_borders; disputed-lines.tsv says what becomes of each line.
2. Write each edge once, joined to lines between nodes.
3. Leave out stretches that an arc of lines-world shows dashed already, less than
   NEAR_M away, under the same worldview.
4. Polygonise the former Nagorno-Karabakh oblast.
"""

import os
import sys

from shapely.geometry import LineString, Point, box
from shapely.ops import polygonize

import source
from common import (RecipeError, distance_m, expect, is_left_inside, join_lines,
                    polygon_parts, read_shapefile, read_tsv, ring_area_km2, to_deg,
                    write_shapefile)

HERE = os.path.dirname(os.path.abspath(__file__))
NEAR_M = 1500
MAX_GAP_M = 300
ACCURACY_M = 1000
DASHED = ("disputed", "undetermined", "ceasefire")
FIELDS = [("class", "C", 16, 0), ("name", "C", 80, 0), ("from", "C", 10, 0),
          ("to", "C", 10, 0), ("worldviews", "C", 16, 0), ("acc_m", "N", 6, 0),
          ("source", "C", 40, 0)]
REGION_FIELDS = [("id", "C", 24, 0), ("name", "C", 80, 0), ("from", "C", 10, 0),
                 ("to", "C", 10, 0), ("acc_m", "N", 6, 0), ("source", "C", 40, 0)]
OBLAST = (2, 3, 37, 38, 41, 43, 46)
NAGORNO_KARABAKH = tuple(sorted(OBLAST + (29, 40, 42)))


def dashed_arcs(out, worldviews):
    """LineStrings (degrees) of the arcs that are dashed under all the worldviews."""
    columns = [{"un": "class_un", "de-facto": "class_df"}[w] for w in worldviews]
    _, records = read_shapefile(os.path.join(out, "lines-world"))
    return [LineString(parts[0]) for parts, row in records
            if all(row[c] in DASHED for c in columns)]


def is_near(point, lines):
    here = Point(point)
    for line in lines:
        at = line.interpolate(line.project(here))
        if distance_m(point, (at.x, at.y)) < NEAR_M:
            return True
    return False


def free_stretches(line, arcs):
    """The stretches of a line (degrees) that no dashed arc runs along."""
    bounds = LineString(line).bounds
    around = box(bounds[0] - 0.05, bounds[1] - 0.05, bounds[2] + 0.05, bounds[3] + 0.05)
    close = [a for a in arcs if a.intersects(around)]
    out, run = [], []
    for a, b in zip(line, line[1:]):
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        if is_near(a, close) and is_near(middle, close) and is_near(b, close):
            if run:
                out.append(run)
            run = []
        else:
            run = run or [a]
            run.append(b)
    return out + ([run] if run else [])


def disputed_records(lines, table, out):
    """Records of disputed.shp; rows of one name, class and time are joined."""
    groups = {}
    for row in table:
        name, _, pieces = lines[int(row["line"])]
        expect("disputed line %s" % row["line"], name, row["was"])
        if row["worldviews"]:
            key = tuple(row[k] for k in ("class", "name", "from", "to", "worldviews"))
            groups.setdefault(key, []).extend(pieces)
    records = []
    for key, pieces in sorted(groups.items()):
        arcs = dashed_arcs(out, key[4].split(","))
        for line in join_lines(pieces):
            for stretch in free_stretches([to_deg(v) for v in line], arcs):
                records.append(([stretch], key + (ACCURACY_M, "Natural Earth")))
    return records


def check_once(records):
    """Every edge is written once: the source repeats some."""
    seen = set()
    for parts, _ in records:
        for a, b in zip(parts[0], parts[0][1:]):
            edge = (min(a, b), max(a, b))
            if edge in seen:
                raise RecipeError("disputed edge twice: %r" % (edge,))
            seen.add(edge)


def oblast_ring(lines):
    """The former Nagorno-Karabakh oblast as one closed ring of degrees.

    The pieces of the source leave gaps of up to 250 m: open ends are led together.
    """
    pieces = [[to_deg(v) for v in line] for line in join_lines(
        [p for number in OBLAST for p in lines[number][2]])]
    ends = sorted({p[i] for p in pieces for i in (0, -1)
                   if sum(q[j] == p[i] for q in pieces for j in (0, -1)) == 1})
    edges = [LineString(p) for p in pieces]
    while ends:
        end = ends.pop()
        other = min(ends, key=lambda e: (distance_m(end, e), e))
        if distance_m(end, other) > MAX_GAP_M:
            raise RecipeError("the oblast is open at %r" % (end,))
        ends.remove(other)
        edges.append(LineString([end, other]))
    faces = list(polygonize(edges))
    expect("faces of the oblast", len(faces), 1)
    ring = is_left_inside([tuple(c) for c in faces[0].exterior.coords])
    expect("area of the oblast (officially 4388 km2)", round(ring_area_km2(ring)), 4282)
    return ring


def main(gpkg, out):
    lines = source.read_disputed(gpkg)
    table = read_tsv(os.path.join(HERE, "disputed-lines.tsv"))
    expect("disputed lines", sorted(int(r["line"]) for r in table), sorted(lines))
    expect("disputed lines in the source", len(lines), 46)
    for number in NAGORNO_KARABAKH:
        expect("country of line %d" % number, lines[number][1], "Azerbaijan")
    records = disputed_records(lines, table, out)
    check_once(records)
    write_shapefile(os.path.join(out, "disputed"), "polyline", FIELDS, records)
    write_shapefile(os.path.join(out, "regions"), "polygon", REGION_FIELDS, [(
        polygon_parts(oblast_ring(lines)),
        ("nk-oblast", "Nagorno-Karabakh Autonomous Oblast", "1923-07-07",
         "1991-11-26", ACCURACY_M, "Natural Earth"))])


if __name__ == "__main__":
    main(*sys.argv[1:])
