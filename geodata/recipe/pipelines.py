"""Pipelines: pipelines.tsv -> pipelines.shp, checked against published facts.

Between the waypoints the line is a centripetal Catmull-Rom curve (Barry and Goldman
1988; alpha = 1/2), which passes through every waypoint and makes no loops; it is
sampled so that vertices are at most STEP_KM apart, then shifted sideways by offset_m
(positive: to the right of the direction of flow). Lengths are great-circle lengths on
the authalic sphere (less than 0.3 % off the geodesic).

The facts stand in tests/tables/pipelines.txt; a fact that does not hold stops the
recipe, and so does a unit it names that the source of units does not have.
"""

import json
import math
import os
import sqlite3
import sys

from shapely import wkb
from shapely.geometry import LineString, Point, shape

from common import RecipeError, distance_m, write_shapefile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "pipelines.tsv")
FACTS = os.path.join(HERE, "..", "..", "tests", "tables", "pipelines.txt")
STEP_KM = 1.0
FIELDS = [
    ("name", "C", 80, 0), ("name2", "C", 80, 0), ("short_name", "C", 12, 0),
    ("substance", "C", 4, 0), ("status", "C", 16, 0), ("operator", "C", 60, 0),
    ("start_year", "N", 4, 0), ("length_km", "N", 6, 0), ("route_accu", "C", 6, 0),
    ("source", "C", 120, 0),
]
NUMBERS = {"start_year", "length_km", "offset_m"}
ALLOWED = {
    "substance": {"oil", "gas"},
    "status": {"operating", "suspended", "planned", "closed"},
    "route_accu": {"high", "medium", "low"},
}


# ------------------------------------------------------------------ source


def read_source(path):
    """[{id, attributes..., waypoints: [(lon, lat)]}] in the order of the file."""
    pipelines, keys = [], {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if line.strip() and not line.startswith("#"):
                try:
                    read_row(cells, pipelines, keys)
                except (KeyError, ValueError, IndexError) as error:
                    raise RecipeError("%s:%d: %s: %r" % (path, number, error, line))
    for pipeline in pipelines:
        check_attributes(pipeline)
    return pipelines


def read_row(cells, pipelines, keys):
    kind = cells[0]
    if kind == "pipeline":
        if any(p["id"] == cells[1] for p in pipelines):
            raise ValueError("pipeline given twice")
        pipelines.append({"id": cells[1], "offset_m": 0, "waypoints": []})
        return
    pipeline = pipelines[-1]
    if kind == "set":
        value = int(cells[2]) if cells[1] in NUMBERS else cells[2]
        pipeline[cells[1]] = value
    elif kind == "at":
        if not cells[3]:
            raise ValueError("waypoint without the fact it rests on")
        if len(cells) > 4:
            keys[pipeline["id"], cells[4]] = len(pipeline["waypoints"])
        pipeline["waypoints"].append((float(cells[1]), float(cells[2])))
    elif kind == "along":
        other = next(p for p in pipelines if p["id"] == cells[1])
        first, last = keys[cells[1], cells[2]], keys[cells[1], cells[3]]
        pipeline["waypoints"] += other["waypoints"][first : last + 1]
    else:
        raise ValueError("unknown kind of row")


def check_attributes(pipeline):
    for name in [f[0] for f in FIELDS]:
        if name not in pipeline:
            raise RecipeError("%s: no %s" % (pipeline["id"], name))
    for name, values in ALLOWED.items():
        if pipeline[name] not in values:
            raise RecipeError("%s: %s is %r" % (pipeline["id"], name, pipeline[name]))


# ---------------------------------------------------------------- geometry


def blend(a, b, low, high, t):
    """Point of the line through a (at parameter low) and b (at high)."""
    return tuple(((high - t) * u + (t - low) * v) / (high - low) for u, v in zip(a, b))


def curve_point(p, k, t):
    """Point of the piece p[1]..p[2] of the curve at parameter k[1] <= t <= k[2]."""
    a = [blend(p[i], p[i + 1], k[i], k[i + 1], t) for i in range(3)]
    b = [blend(a[i], a[i + 1], k[i], k[i + 2], t) for i in range(2)]
    return blend(b[0], b[1], k[1], k[2], t)


def smooth(points):
    """Curve through the waypoints, vertices at most STEP_KM apart."""
    stretch = math.cos(math.radians(sum(p[1] for p in points) / len(points)))
    plane = [(x * stretch, y) for x, y in points]
    plane = [mirror(plane[1], plane[0])] + plane + [mirror(plane[-2], plane[-1])]
    out = [points[0]]
    for i in range(len(points) - 1):
        four = plane[i : i + 4]
        knots = [0.0]
        for a, b in zip(four, four[1:]):
            knots.append(knots[-1] + math.sqrt(math.dist(a, b)))
        pieces = math.ceil(distance_m(points[i], points[i + 1]) / (STEP_KM * 1000))
        for j in range(1, pieces):
            t = knots[1] + (knots[2] - knots[1]) * j / pieces
            x, y = curve_point(four, knots, t)
            out.append((x / stretch, y))
        out.append(points[i + 1])
    return out


def mirror(inner, end):
    """The point beyond the end, so that the curve leaves it straight."""
    return 2 * end[0] - inner[0], 2 * end[1] - inner[1]


def shift(points, metres):
    """The line shifted sideways, right of its direction when metres > 0."""
    if not metres:
        return points
    out = []
    for i, (x, y) in enumerate(points):
        (x0, y0), (x1, y1) = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        east = math.cos(math.radians(y)) * 111195.0
        dx, dy = (x1 - x0) * east, (y1 - y0) * 111195.0
        size = math.hypot(dx, dy)
        out.append((x + metres * dy / size / east, y - metres * dx / size / 111195.0))
    return out


def length_km(points):
    return sum(distance_m(a, b) for a, b in zip(points, points[1:])) / 1000


def rounded(points):
    return [(round(x, 6), round(y, 6)) for x, y in points]


# ------------------------------------------------------------------- facts


def read_units(path):
    """{'AZ:Name': [geometry]} of a GeoPackage (states_provinces) or GeoJSON file."""
    units = {}
    if path.endswith("json"):
        with open(path, encoding="utf-8") as text:
            rows = [(f["properties"]["iso_a2"], f["properties"]["name"],
                     shape(f["geometry"])) for f in json.load(text)["features"]]
    else:
        query = "select iso_a2, name, geom from states_provinces order by fid"
        with sqlite3.connect("file:%s?mode=ro" % path, uri=True) as base:
            rows = [(iso, name, geopackage_shape(blob))
                    for iso, name, blob in base.execute(query)]
    for iso, name, geometry in rows:
        units.setdefault("%s:%s" % (iso, name), []).append(geometry)
    return units


def geopackage_shape(blob):
    """Geometry of a GeoPackage binary: header, envelope, then WKB."""
    envelope = (0, 32, 48, 48, 64)[blob[3] >> 1 & 7]
    return wkb.loads(bytes(blob[8 + envelope :]))


def nearest_km(points, lon, lat):
    """Distance of a place to the line: nearest point in a local plane, then exact."""
    stretch = math.cos(math.radians(lat))
    line = LineString([(x * stretch, y) for x, y in points])
    near = line.interpolate(line.project(Point(lon * stretch, lat)))
    return distance_m((lon, lat), (near.x / stretch, near.y)) / 1000


def between(points, ends):
    """Part of the line between the vertices nearest to two places."""
    index = [min(range(len(points)), key=lambda i: distance_m(points[i], end))
             for end in ends]
    return points[min(index) : max(index) + 1]


def check_fact(cells, line, units):
    """None when the fact holds, else what is found instead."""
    kind, values = cells[0], cells[2:]
    if kind == "length":
        found = length_km(line)
        bad = abs(found / float(values[0]) - 1) * 100 > float(values[1])
    elif kind == "section":
        x0, y0, x1, y1 = (float(v) for v in values[:4])
        found = length_km(between(line, [(x0, y0), (x1, y1)]))
        bad = abs(found / float(values[4]) - 1) * 100 > float(values[5])
    elif kind == "within":
        found = nearest_km(line, float(values[0]), float(values[1]))
        bad = found > float(values[2])
    elif kind == "beyond":
        found = nearest_km(line, float(values[0]), float(values[1]))
        bad = found < float(values[2])
    elif kind == "through":
        if values[0] not in units:
            raise RecipeError("no unit %r in the source of units" % values[0])
        found = sum(LineString(line).intersection(g).length for g in units[values[0]])
        bad = found == 0
    else:
        raise RecipeError("unknown kind of fact %r" % kind)
    return found if bad else None


def check_facts(path, lines, units, report):
    failures = 0
    with open(path, encoding="utf-8") as facts:
        for number, text in enumerate(facts, 1):
            cells = text.rstrip("\n").split("\t")
            if not text.strip() or text.startswith("#") or cells[0] == "fact":
                continue
            if cells[1] not in lines:
                raise RecipeError("%s:%d: no pipeline %r" % (path, number, cells[1]))
            found = check_fact(cells, lines[cells[1]], units)
            if found is not None:
                failures += 1
                report("pipelines.txt:%d: %s: found %.2f" % (
                    number, " ".join(cells), found))
    if failures:
        raise RecipeError("%d facts about pipelines do not hold" % failures)


# -------------------------------------------------------------------- main


def main(out_dir, units, report=print):
    """Write OUT_DIR/pipelines.*; units: path of the first-level units."""
    records, lines = [], {}
    for pipeline in read_source(SOURCE):
        points = rounded(shift(smooth(pipeline["waypoints"]), pipeline["offset_m"]))
        lines[pipeline["id"]] = points
        records.append(([points], [pipeline[f[0]] for f in FIELDS]))
        report("pipeline %-7s %5d vertices, %7.1f km of %d published" % (
            pipeline["id"], len(points), length_km(points), pipeline["length_km"]))
    check_facts(FACTS, lines, read_units(units), report)
    write_shapefile(os.path.join(out_dir, "pipelines"), "polyline", FIELDS, records)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: pipelines.py OUT_DIR UNITS.gpkg")
    main(sys.argv[1], sys.argv[2])
