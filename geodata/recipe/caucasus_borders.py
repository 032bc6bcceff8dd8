"""Country lines and coasts of the South Caucasus from the Digital Chart of the World.

GMT's DCW gives every country as rings of its own, quantised by itself, so that two
neighbours share no vertex.  Here the line of a pair is taken from the country with the
smaller box (the finer quantum), the other copy is dropped, and ends are moved onto the
node of the line that was there first.  Nakhchivan west of 45 E, which DCW leaves to
nobody, is bounded by its neighbours' lines; the straight edge on the meridian goes.

Vertices are (lon, lat) in degrees, rounded to 6 decimals, so that equality is exact.
"""

import math
import os
import subprocess
import tempfile

from shapely.geometry import LineString, MultiLineString, Point, Polygon

from common import RecipeError, distance_m, read_tsv

BOX = (39.5, 37.6, 51.0, 44.4)  # west, south, east, north
ORDER = ("AM", "GE", "AZ", "TR", "IR", "RU", "KZ")  # by size of the country's box
SHRINK = math.cos(math.radians(41.0))  # one degree of longitude in degrees of latitude
PAIR_M, NODE_M = 150.0, 400.0  # neighbours' copies, and ends of lines, this close
MARGIN = 0.3  # degrees looked at beyond the box
WIDE = tuple(v + d for v, d in zip(BOX, (-0.2, -0.2, 0.2, 0.2)))  # before clipping
NAKHCHIVAN_EDGE = 45.0
HERE = os.path.dirname(os.path.abspath(__file__))


def gmt_lines(*options):
    """[(header, [vertex])] of one `gmt coast ... -M`."""
    with tempfile.TemporaryDirectory() as work:
        env = {"PATH": os.environ.get("PATH", "/usr/bin"), "LC_ALL": "C",
               "HOME": work, "TMPDIR": work}
        text = subprocess.run(("gmt", "coast") + options + ("-M",), cwd=work, env=env,
                              check=True, stdout=subprocess.PIPE).stdout.decode("ascii")
    lines = []
    for row in text.splitlines():
        if row.startswith(">"):
            lines.append((row[1:].strip(), []))
        elif row.strip() and not row.startswith("#"):
            lon, lat = row.split()[:2]
            lines[-1][1].append((round(float(lon), 6), round(float(lat), 6)))
    return lines


def scaled(points):
    """Vertices on a plane where both axes have about the same length."""
    return [(x * SHRINK, y) for x, y in points]


def metres(plane):
    """Length on the plane of scaled() in metres."""
    return plane * 111195.0


def near_box(points, margin=MARGIN):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs) < BOX[2] + margin and max(xs) > BOX[0] - margin
            and min(ys) < BOX[3] + margin and max(ys) > BOX[1] - margin)


def rings_of(country):
    """Closed rings of a country near the box, repeated vertices dropped."""
    rings = []
    for _, points in gmt_lines("-E" + country):
        ring = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if ring[0] != ring[-1]:
            raise RecipeError("DCW %s: open ring at %r" % (country, ring[0]))
        if near_box(ring):
            rings.append(ring)
    return rings


def cut_at_meridian(ring, lon):
    """The ring with a vertex wherever it crosses a meridian."""
    out = ring[:1]
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (x1 - lon) * (x2 - lon) < 0:
            out.append((lon, round(y1 + (y2 - y1) * (lon - x1) / (x2 - x1), 6)))
        out.append((x2, y2))
    return out


class Dcw:
    """The rings of all countries, told apart into land, exclaves and islands."""

    def __init__(self):
        self.rings = {c: rings_of(c) for c in ORDER}
        self.rings["IR"] = [cut_at_meridian(r, NAKHCHIVAN_EDGE)
                            for r in self.rings["IR"]]
        self.exclaves = []
        for country in ("AM", "AZ"):
            self._take_exclaves(country)
        self.copies = {c: MultiLineString([scaled(p) for p in self._pieces(c)])
                       for c in ORDER}

    def _take_exclaves(self, country):
        """A ring that stands twice is a hole and its filling: an exclave in here."""
        byset = {}
        for ring in self.rings[country]:
            byset.setdefault(frozenset(ring), []).append(ring)
        keep = []
        for ring in self.rings[country]:
            same = byset[frozenset(ring)]
            small = Polygon(scaled(ring)).area * 111.195 ** 2 < 2.0
            on_land = abs(ring[0][0] - 45.85) < 0.03 and abs(ring[0][1] - 40.0) < 0.02
            if small and on_land:
                continue  # a ring of 1.1 km2 that is in both countries
            if len(same) == 1:
                keep.append(ring)
            elif ring is same[0]:
                self.exclaves.append(ring)
        self.rings[country] = keep

    def _pieces(self, country):
        for ring in self.rings[country]:
            piece = []
            for point in ring:
                if near_box([point], 2 * MARGIN):
                    piece.append(point)
                    continue
                if len(piece) > 1:
                    yield piece
                piece = []
            if len(piece) > 1:
                yield piece

    def label(self, country, a, b):
        """What lies across an edge of a country: another country, 'sea', or None."""
        if not near_box([a, b]):
            return None
        if a[0] == b[0] == NAKHCHIVAN_EDGE:
            return None
        mid = Point((a[0] + b[0]) / 2 * SHRINK, (a[1] + b[1]) / 2)
        found = sorted((metres(mid.distance(self.copies[c])), c)
                       for c in ORDER if c != country)
        if found[0][0] <= PAIR_M:
            return found[0][1]
        return across_gap(country, mid.x / SHRINK, mid.y)


def across_gap(country, lon, lat):
    """The other side of an edge that has no second copy close by.

    'gap' is Nakhchivan west of 45 E as Turkey and Iran see it: theirs is the only line.
    """
    if country == "AM":
        return "TR" if lon < 44.77 else "AZ"
    if country == "TR" and 44.3 < lon < 44.5 and 39.9 < lat < 40.1:
        return "AM"  # the Akhurian's mouth, where Turkey has fewer vertices
    if country in ("TR", "IR") and 44.7 < lon < 45.0 and 39.3 < lat < 39.8:
        return "gap"
    return "sea"


def chains_of_ring(dcw, country, ring):
    """[(label, [vertex])] of one ring, split where the label changes."""
    labels = [dcw.label(country, a, b) for a, b in zip(ring, ring[1:])]
    first = next((i for i in range(len(labels)) if labels[i] != labels[i - 1]), 0)
    edges = list(zip(ring, ring[1:]))
    edges, labels = edges[first:] + edges[:first], labels[first:] + labels[:first]
    chains = []
    for (a, b), label in zip(edges, labels):
        if chains and chains[-1][0] == label:
            chains[-1][1].append(b)
        else:
            chains.append((label, [a, b]))
    return chains


class Net:
    """Lines whose ends meet exactly."""

    def __init__(self):
        self.lines, self.nodes = [], []

    def node(self, point):
        near = sorted((distance_m(point, n), n) for n in self.nodes)
        if near and near[0][0] <= NODE_M:
            return near[0][1]
        self.nodes.append(point)
        return point

    def add(self, points):
        if points[0] == points[-1]:
            self.lines.append(points)
            return
        ends = self.node(points[0]), self.node(points[-1])
        line = [ends[0]] + points[1:-1] + [ends[1]]
        self.lines.append([p for i, p in enumerate(line)
                           if i == 0 or p != line[i - 1]])


def country_net(dcw):
    """Every country line and coast once, as lines that meet at common nodes."""
    net = Net()
    for country in ORDER:
        done = ORDER[: ORDER.index(country)]
        for ring in dcw.rings[country]:
            for label, points in chains_of_ring(dcw, country, ring):
                if label is not None and label not in done:
                    net.add(points)
    return net.lines


def patch_rows(path):
    """Vertices of a hand-drawn line (columns lon, lat)."""
    return [(round(float(r["lon"]), 6), round(float(r["lat"]), 6))
            for r in read_tsv(path)]


def part_between(lines, path):
    """The part of a line that begins and ends where the hand-drawn line does."""
    rows = patch_rows(path)
    for line in lines:
        if rows[0] in line and rows[-1] in line:
            a, b = sorted((line.index(rows[0]), line.index(rows[-1])))
            return line[a : b + 1]
    raise RecipeError("%s: its ends are on no line" % path)


def patch_line(lines, path):
    """The lines with one of them replaced between two of its vertices.

    The first and the last row of the table are vertices of that line.
    """
    old, new = part_between(lines, path), patch_rows(path)
    if new[0] != old[0]:
        new = new[::-1]
    for i, line in enumerate(lines):
        if old[0] in line and old[-1] in line:
            at = line.index(old[0])
            line = line[:at] + new + line[at + len(old) :]
            return lines[:i] + [line] + lines[i + 1 :]
    raise RecipeError("%s: its ends are on no line" % path)


def move_end(lines, path):
    """The lines with the last part of one of them replaced up to a new end.

    The first row of the table is a vertex of that line, the last one a vertex that
    another line has already.
    """
    new = patch_rows(path)
    for i, line in enumerate(lines):
        others = lines[:i] + lines[i + 1 :]
        if new[0] in line and any(new[-1] in other for other in others):
            return lines[:i] + [line[: line.index(new[0])] + new] + lines[i + 1 :]
    raise RecipeError("%s: its ends are on no line" % path)


# ---------------------------------------------------------------- the data box


def _crossing(a, b, box):
    """Vertices where the edge a-b meets the sides of the box, in order from a."""
    found = []
    for axis, values in ((0, (box[0], box[2])), (1, (box[1], box[3]))):
        for value in values:
            if (a[axis] - value) * (b[axis] - value) < 0:
                t = (value - a[axis]) / (b[axis] - a[axis])
                other = round(a[1 - axis] + t * (b[1 - axis] - a[1 - axis]), 6)
                if box[1 - axis] <= other <= box[3 - axis]:
                    found.append((t, (value, other) if axis == 0 else (other, value)))
    return [p for _, p in sorted(found)]


def _inside(p, box):
    return box[0] <= p[0] <= box[2] and box[1] <= p[1] <= box[3]


def on_frame(p, box=BOX):
    """Whether a vertex lies on a side of the box."""
    return _inside(p, box) and (p[0] in (box[0], box[2]) or p[1] in (box[1], box[3]))


def clip_line(line, box=BOX):
    """The pieces of a line inside the box; their new ends lie exactly on its sides."""
    dense = line[:1]
    for a, b in zip(line, line[1:]):
        dense += _crossing(a, b, box) + [b]
    pieces = [[]]
    for a, b in zip(dense, dense[1:]):
        if _inside(a, box) and _inside(b, box):
            pieces[-1] += [a, b] if not pieces[-1] else [b]
        elif pieces[-1]:
            pieces.append([])
    pieces = [p for p in pieces if p]
    closed = len(pieces) > 1 and line[0] == line[-1] and _inside(line[0], box)
    if closed and pieces[0][0] == pieces[-1][-1]:
        pieces = [pieces.pop() + pieces[0][1:]] + pieces[1:]
    return pieces


def frame_lines(lines, box=BOX):
    """The sides of the box, cut at the ends of the lines that reach them."""
    w, s, e, n = box
    ends = {p for line in lines for p in (line[0], line[-1])}
    corners = [(w, s), (e, s), (e, n), (w, n), (w, s)]
    out = []
    for a, b in zip(corners, corners[1:]):
        on = {p for p in ends if p[0] == a[0] == b[0] or p[1] == a[1] == b[1]}
        side = sorted(on | {a, b}, reverse=a > b)
        out += [[p, q] for p, q in zip(side, side[1:])]
    return out
