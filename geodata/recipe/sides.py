"""On which side of the bundled borders do the places of a table lie?

usage: sides.py GEODATA_DIR VILLAGES_TABLE

Rows of the table: name, lon, lat, country (tab-separated).  Every place must be right at
both levels of detail, in lines-world and in lines-caucasus.  Fails on a wrong side and on a
malformed row.
"""

import math
import os
import sys

from common import RecipeError, read_shapefile, read_tsv

LEVELS = "lines-world", "lines-caucasus"
REGION = (38.0, 36.0, 52.5, 46.0)  # only arcs that come near this box are kept


def read_places(path):
    """[(line number, name, lon, lat, country)]"""
    places = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            cells = line.rstrip("\n").split("\t")
            if len(cells) != 4:
                raise RecipeError("%s:%d: malformed row" % (path, number))
            name, lon, lat, country = cells
            places.append((number, name, float(lon), float(lat), country))
    return places


class Lines:
    """The arcs of one level of detail."""

    def __init__(self, path, owner):
        self.owner, self.arcs = owner, []
        for parts, row in read_shapefile(path)[1]:
            points = parts[0]
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = min(xs), min(ys), max(xs), max(ys)
            if (box[0] < REGION[2] and box[2] > REGION[0] and box[1] < REGION[3]
                    and box[3] > REGION[1]):
                self.arcs.append((box, int(row["left"]), int(row["right"]), points))

    def unit_at(self, lon, lat):
        """The unit below the nearest edge straight north of a point."""
        best, unit = math.inf, None
        for box, left, right, points in self.arcs:
            if not (box[0] <= lon <= box[2] and box[3] >= lat):
                continue
            for (x1, y1), (x2, y2) in zip(points, points[1:]):
                if (x1 > lon) != (x2 > lon):
                    y = y1 + (lon - x1) * (y2 - y1) / (x2 - x1)
                    if lat <= y < best:
                        best, unit = y, (right if x2 > x1 else left)
        return unit

    def country_at(self, lon, lat):
        unit = self.unit_at(lon, lat)
        return self.owner.get(unit, "sea" if unit == 0 else "nobody")

    def border_distance_m(self, lon, lat):
        """Distance to the nearest line between two owners (plane, near the point)."""
        shrink, best = math.cos(math.radians(lat)), math.inf
        for box, left, right, points in self.arcs:
            if self.owner.get(left) == self.owner.get(right):
                continue
            if (box[0] - 0.1 <= lon <= box[2] + 0.1
                    and box[1] - 0.1 <= lat <= box[3] + 0.1):
                plane = [((x - lon) * shrink, y - lat) for x, y in points]
                best = min(best, min(map(_from_origin, plane, plane[1:])))
        return best * 111195.0


def _from_origin(a, b):
    """Distance of the origin to the segment a-b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = -(a[0] * dx + a[1] * dy) / length if length else 0.0
    t = max(0.0, min(1.0, t))
    return math.hypot(a[0] + t * dx, a[1] + t * dy)


def judge(places, levels):
    """[message] for every place on the wrong side."""
    wrong = []
    for number, name, lon, lat, country in places:
        for level in LEVELS:
            found = levels[level].country_at(lon, lat)
            if found != country:
                wrong.append("line %d: %s is in %s, not %s, by %.0f m in %s" % (
                    number, name, found, country,
                    levels[level].border_distance_m(lon, lat), level))
    return wrong


def main(geodata, table):
    owner = {int(r["id"]): r["owner_un"]
             for r in read_tsv(os.path.join(geodata, "units.tsv"))}
    levels = {name: Lines(os.path.join(geodata, name), owner)
              for name in LEVELS}
    places = read_places(table)
    wrong = judge(places, levels)
    for message in wrong:
        print("%s: %s" % (table, message), file=sys.stderr)
    if wrong:
        raise RecipeError("%d places on the wrong side" % len(wrong))
    return len(places)


if __name__ == "__main__":
    print("%d places on the right side" % main(*sys.argv[1:]))
