"""Province lines of Natural Earth fitted into the country lines of the large scale.

Natural Earth's own country lines lie one to two kilometres (up to five) from the lines
used here.  So a province line that ends on Natural Earth's border is pulled onto ours:
its end moves to the nearest point of the border, the vertices behind it follow, ever
less over 15 km.  Corners are then cut twice (Chaikin 1974), nodes stay where they are,
and what still sticks out of the country is trimmed.
"""

from shapely.geometry import LineString, Point, Polygon
from shapely.ops import nearest_points, unary_union

import source
from caucasus_borders import clip_line, near_box, on_frame
from common import (SCALE, RecipeError, arcs_of_units, distance_m, ring_area_km2,
                    signed_area)

REACH_M = 15000.0  # a moved end takes its line along over this distance
MOVE_MAX_M = 6000.0  # no end moves further
SIMPLIFY = 5e-4  # degrees
SAME_M = 60.0  # a new node this close to a vertex of the border is that vertex
CRUMB_KM2 = 6.0  # smaller left-over faces join a neighbour
AROUND = 0.6  # degrees of provinces looked at beyond the box


def km2(shape):
    """Area of a polygon or of several, in degrees."""
    return sum(abs(ring_area_km2(list(part.exterior.coords)))
               - sum(abs(ring_area_km2(list(hole.coords))) for hole in part.interiors)
               for part in getattr(shape, "geoms", [shape]))


class Provinces:
    """The provinces around the box and the lines between those of one country."""

    def __init__(self, gpkg):
        attributes, rings = source.read_units(gpkg)
        near = {u: r for u, r in rings.items()
                if any(near_box([_deg(p) for p in ring], AROUND) for ring in r)}
        self.country = {u: attributes[u]["iso_a2"] for u in near}
        self.shapes = {u: _shape(near[u]) for u in near}
        arcs = arcs_of_units(near)
        self.inner = [a for a in arcs if self._inner(a)]
        self.outer_ends = {(c, p) for a in arcs if not self._inner(a)
                           for p in a.points for c in self._sides(a)}

    def _inner(self, arc):
        return 0 not in (arc.left, arc.right) and len(self._sides(arc)) == 1

    def _sides(self, arc):
        return {self.country[u] for u in (arc.left, arc.right) if u}

    def lines(self):
        """[(country, start is on the border, end is on it, [vertex in degrees])]"""
        out = []
        for arc in self.inner:
            country = self.country[arc.left]
            first, last = arc.points[0], arc.points[-1]
            closed = first == last
            out.append((country, not closed and (country, first) in self.outer_ends,
                        not closed and (country, last) in self.outer_ends,
                        [_deg(p) for p in arc.points]))
        return [row for row in out if near_box(row[3], 0.1)]


def _shape(rings):
    """The area of a unit: outer rings turn left, holes turn right."""
    polygons = {True: [], False: []}
    for ring in rings:
        outer = signed_area(ring) > 0
        polygons[outer].append(Polygon([_deg(p) for p in ring]).buffer(0))
    return unary_union(polygons[True]).difference(unary_union(polygons[False]))


def _deg(vertex):
    return vertex[0] / SCALE, vertex[1] / SCALE


def _rounded(points):
    out = []
    for x, y in points:
        p = (round(x, 6), round(y, 6))
        if not out or p != out[-1]:
            out.append(p)
    return out


def densify(points, step_m=2500.0):
    """The line with more vertices, so that moving one end bends it gently."""
    out = points[:1]
    for a, b in zip(points, points[1:]):
        n = max(1, int(distance_m(a, b) / step_m))
        out += [(a[0] + (b[0] - a[0]) * k / n, a[1] + (b[1] - a[1]) * k / n)
                for k in range(1, n)] + [b]
    return out


def pull_start(points, target):
    """The line with its first vertex on target; those behind it move less and less."""
    dx, dy = target[0] - points[0][0], target[1] - points[0][1]
    total = sum(distance_m(a, b) for a, b in zip(points, points[1:]))
    reach, gone, out = min(REACH_M, total), 0.0, [target]
    for a, b in zip(points, points[1:]):
        gone += distance_m(a, b)
        w = max(0.0, 1.0 - gone / reach)
        w = w * w * (3.0 - 2.0 * w)
        out.append((b[0] + dx * w, b[1] + dy * w))
    return out


def cut_corners(points, rounds=2):
    """Chaikin's corner cutting; ends stay, a closed line is cut all around."""
    for _ in range(rounds):
        closed = points[0] == points[-1]
        new = []
        for (x1, y1), (x2, y2) in zip(points, points[1:]):
            new += [(0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2),
                    (0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2)]
        if closed:
            points = new + new[:1]
        else:
            points = points[:1] + new[1:-1] + points[-1:]
    return points


class Border:
    """Country lines that take new vertices where province lines meet them."""

    def __init__(self, lines):
        self.lines = [list(l) for l in lines]

    def insert(self, point):
        """A vertex of the border at (or right beside) a point that lies on it."""
        best = min((LineString(l).distance(Point(point)), i)
                   for i, l in enumerate(self.lines))
        if best[0] > 1e-5:
            raise RecipeError("no border at %r" % (point,))
        line = self.lines[best[1]]
        near = min((distance_m(p, point), p) for p in line)
        if near[0] <= SAME_M:
            return near[1]
        edge = min((LineString(line[i : i + 2]).distance(Point(point)), i)
                   for i in range(len(line) - 1))[1]
        new = (round(point[0], 6), round(point[1], 6))
        line.insert(edge + 1, new)
        return new


def fit_line(row, border, land):
    """One province line as pieces that begin and end at nodes or on the box."""
    country, start, end, points = row
    if country not in land:
        return []
    points = densify(points)
    shore = land[country].boundary
    for on_border in (start, end):
        if on_border and near_box(points[:1], 0.1):
            to = nearest_points(shore, Point(points[0]))[0]
            gap = distance_m(points[0], (to.x, to.y))
            if gap > MOVE_MAX_M:
                raise RecipeError("province line ends %.0f m from the border at %r"
                                  % (gap, points[0]))
            points = pull_start(points, border.insert((to.x, to.y)))
        points = points[::-1]
    points = _rounded(LineString(cut_corners(points)).simplify(SIMPLIFY).coords)
    ends = {points[0], points[-1]}
    return [part for piece in clip_line(points)
            for part in trim(piece, ends, border, land[country])]


def trim(points, ends, border, polygon):
    """The pieces of a line within its country, their new ends on the border."""
    fixed = {p for p in (points[0], points[-1]) if p in ends or on_frame(p)}
    inside = LineString(points).intersection(polygon.buffer(1e-6))
    out = []
    for piece in getattr(inside, "geoms", [inside]):
        if piece.geom_type != "LineString" or piece.length < 1e-4:
            continue
        part = _rounded(piece.coords)
        tips = [p if p in fixed else _on_border(p, border, polygon)
                for p in (part[0], part[-1])]
        out.append(_rounded([tips[0]] + part[1:-1] + [tips[1]]))
    return out


def _on_border(point, border, polygon):
    to = nearest_points(polygon.boundary, Point(point))[0]
    return border.insert((to.x, to.y))


# ------------------------------------------------------------------------ faces


def join_crumbs(faces):
    """Give small left-over faces of a unit to the neighbour they touch longest.

    faces: [[unit, country, polygon]], changed in place; a unit's largest face stays.
    """
    largest = {}
    for unit, _, polygon in faces:
        largest[unit] = max(largest.get(unit, 0.0), polygon.area)
    by_edge = {}
    for face in faces:
        for edge in ring_edges(face[2]):
            by_edge[edge] = face
    joined = 0
    for face in sorted(faces, key=lambda f: f[2].area):
        if km2(face[2]) > CRUMB_KM2 or face[2].area == largest[face[0]]:
            continue
        length = {}
        for a, b in ring_edges(face[2]):
            other = by_edge.get((b, a))
            if other is not None and other[1] == face[1]:
                length[other[0]] = length.get(other[0], 0.0) + distance_m(a, b)
        if length and max(length, key=lambda u: (length[u], u)) != face[0]:
            face[0] = max(length, key=lambda u: (length[u], u))
            joined += 1
    return joined


def ring_edges(polygon):
    """Directed edges of a polygon, the area to their left."""
    for ring, turn in [(polygon.exterior, 1)] + [(r, -1) for r in polygon.interiors]:
        points = list(ring.coords)
        if signed_area(points) * turn < 0:
            points = points[::-1]
        yield from zip(points, points[1:])


def missing_units(faces, provinces, countries):
    """Units of some countries that got no face."""
    found = {unit for unit, _, _ in faces}
    return [u for u in sorted(provinces.country)
            if provinces.country[u] in countries and u not in found]


def province_of(polygon, country, provinces):
    """The province of a country that a face overlaps most, else the nearest one."""
    best = []
    for unit in sorted(provinces.shapes):
        if provinces.country[unit] == country:
            shape = provinces.shapes[unit]
            shared = polygon.intersection(shape).area
            best.append((-shared, polygon.distance(shape), unit))
    return min(best)[2]
