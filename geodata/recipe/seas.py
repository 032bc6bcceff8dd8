"""seas.*: rings of seas and straits of places-more.tsv, for their names on the map."""
import os
import sys

from shapely.geometry import MultiPolygon, Point, Polygon

from common import RecipeError, read_tsv, write_shapefile
from places import outline_rings

HERE = os.path.dirname(os.path.abspath(__file__))
LEVELS = {"ocean": 0, "sea": 1, "strait": 2}
FIELDS = [("id", "C", 40, 0), ("name", "C", 60, 0), ("level", "N", 1, 0)]


def clockwise(ring):
    """The ring closed, and clockwise as shapefiles have outer rings."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))
    ring = ring if twice < 0 else ring[::-1]
    return ring + ring[:1]


def main(out):
    records = []
    for row in read_tsv(os.path.join(HERE, "places-more.tsv")):
        if row["outline"] and row["feature"] in LEVELS:
            rings = outline_rings(row)
            shape = MultiPolygon([Polygon(ring) for ring in rings])
            if not shape.is_valid or not shape.contains(Point(float(row["lon"]), float(row["lat"]))):
                raise RecipeError("places-more.tsv: the ring of %s crosses itself or is not "
                                  "around its position" % row["id"])
            level = LEVELS[row["feature"]]
            records.append(([clockwise(ring) for ring in rings], (row["id"], row["name"], level)))
    if len(records) < 30:
        raise RecipeError("%d seas only" % len(records))
    records.sort(key=lambda record: (record[1][2], record[1][0]))
    write_shapefile(os.path.join(out, "seas"), "polygon", FIELDS, records)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: seas.py OUTPUT_DIR")
    main(sys.argv[1])
