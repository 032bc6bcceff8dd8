"""lakes-world.*: lakes of the world from GSHHG, drawn over land and under lines.

usage: lakes.py OUTPUT_DIR   (needs the programs and data of gmt and gmt-gshhg-full)

1. Dump the shores of lakes, and of islands in lakes, as pieces cut at bin borders.
2. Join the pieces and polygonise them; every lake of resolution i closes.
3. Leave out the Caspian (a hole of the land already) and the Aral Sea (old shore).
4. Cut out the islands; keep lakes of MIN_KM2 and more.
"""

import os
import subprocess
import sys
import tempfile

from shapely.geometry import LineString, Polygon
from shapely.ops import polygonize

from common import (RecipeError, expect, is_left_inside, point_in_rings, polygon_parts,
                    read_tsv, ring_area_km2, write_shapefile)

HERE = os.path.dirname(os.path.abspath(__file__))
MIN_KM2 = 300
FIELDS = [("name", "C", 60, 0), ("area_km2", "N", 10, 1), ("level", "N", 1, 0)]


def gmt_pieces(level, choice):
    """Open pieces of shore of one level, as integer vertices of 10**-6 degrees."""
    with tempfile.TemporaryDirectory() as folder:
        env = {"PATH": os.environ.get("PATH", "/usr/bin"), "LC_ALL": "C",
               "HOME": folder, "GMT_USERDIR": folder}
        text = subprocess.run(
            ["gmt", "coast", "-Rd", "-Di", "-W%d" % level,
             "-A" + choice, "-M",
             "--FORMAT_FLOAT_OUT=%.6f"],
            cwd=folder, env=env, check=True, capture_output=True, text=True).stdout
    pieces = []
    for line in text.splitlines():
        if line.startswith(">"):
            pieces.append([])
        elif line and not line.startswith("#"):
            lon, lat = line.split()[:2]
            pieces[-1].append((round(float(lon) * 1e6), round(float(lat) * 1e6)))
    return [p for p in pieces if len(p) > 1]


def rings(pieces):
    """Closed rings of degrees from pieces that share their ends."""
    edges = sorted({(min(a, b), max(a, b)) for p in pieces for a, b in zip(p, p[1:])
                    if a != b})
    faces = polygonize([LineString(e) for e in edges])
    out = [[(x / 1e6, y / 1e6) for x, y in f.exterior.coords] for f in faces]
    return sorted(is_left_inside(r) for r in out)


def name_of(ring, names):
    """The name of the table whose point lies in the lake."""
    for row in names:
        if point_in_rings(float(row["lon"]), float(row["lat"]), [ring]):
            row["used"] = True
            return row["name"]
    return ""


def main(out):
    names = read_tsv(os.path.join(HERE, "lake-names.tsv"))
    dropped = read_tsv(os.path.join(HERE, "lakes-dropped.tsv"))
    lakes = rings(gmt_pieces(2, "100/2/2+l"))  # +l: no wide rivers
    expect("lakes of 100 km2", len(lakes), 1400)
    islands = rings(gmt_pieces(3, "50/3/3"))
    records = []
    for ring in lakes:
        area = ring_area_km2(ring)
        if area < MIN_KM2 or name_of(ring, dropped):
            continue
        west, east = min(p[0] for p in ring), max(p[0] for p in ring)
        holes = [i for i in islands if west < i[0][0] < east
                 and point_in_rings(*Polygon(i).representative_point().coords[0], [ring])]
        area -= sum(map(ring_area_km2, holes))
        records.append((polygon_parts(ring, holes), (name_of(ring, names), area, 2)))
    unused = [r["name"] for r in names + dropped if "used" not in r]
    if unused:
        raise RecipeError("no lake at the point of: %s" % ", ".join(unused))
    records.sort(key=lambda r: (-r[1][1], r[0]))
    write_shapefile(os.path.join(out, "lakes-world"), "polygon", FIELDS, records)


if __name__ == "__main__":
    main(*sys.argv[1:])
