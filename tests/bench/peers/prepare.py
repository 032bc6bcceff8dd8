"""What only other tools need beside the works: prepare.py DATA (a folder that works.py has filled)

Graticules as lines, in pieces that an index can leave out, and b_bounds.tsv: the jobs of the batch with the box of degrees of
each frame.
"""
import csv
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from works import offset  # noqa: E402

PIECE, MARGIN = 10, 0.2  # degrees


def meridian(x, south, north, fine):
    return [(x, south + i * fine) for i in range(round((north - south) / fine) + 1)]


def graticule(path, box, step, fine):
    """Lines every `step` degrees over (west, south, east, north), with a vertex every `fine` degrees."""
    west, south, east, north = box
    lines = []
    for x in range(west, east + 1, step):
        lines += [meridian(x, y, min(y + PIECE, north), fine) for y in range(south, north, PIECE)]
    for y in range(south, north + 1, step):
        lines += [[(b, a) for a, b in meridian(y, x, min(x + PIECE, east), fine)] for x in range(west, east, PIECE)]
    with open(path, "w", encoding="utf-8") as f:
        for line in lines:
            f.write(json.dumps({"type": "Feature", "properties": {"n": 1}, "geometry": {
                "type": "LineString", "coordinates": line}}) + "\n")


def bounds(lon, lat):
    """West, south, east, north of the frame of 600 km x 450 km around a point."""
    at = [offset(lon, lat, x, y) for x in (-300, 0, 300) for y in (-225, 0, 225)]
    return (min(p[0] for p in at) - MARGIN, min(p[1] for p in at) - MARGIN,
            max(p[0] for p in at) + MARGIN, max(p[1] for p in at) + MARGIN)


def main(data):
    graticule(f"{data}/s_graticule.geojsonl", (40, 36, 53, 44), 1, 0.25)
    graticule(f"{data}/b_graticule.geojsonl", (-180, -88, 180, 88), 2, 0.5)
    with open(f"{data}/batch.tsv", encoding="utf-8") as f:
        jobs = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    with open(f"{data}/b_bounds.tsv", "w", encoding="utf-8") as f:
        f.write("id\tlon\tlat\twest\tsouth\teast\tnorth\ttitle\n")
        for j in jobs:
            box = "\t".join(f"{v:.4f}" for v in bounds(float(j["lon"]), float(j["lat"])))
            f.write(f"{j['id']}\t{j['lon']}\t{j['lat']}\t{box}\t{j['title']}\n")


if __name__ == "__main__":
    main(sys.argv[1])
