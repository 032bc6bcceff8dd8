"""Cut units of the source along lines of its layer disputed_borders.

1. The pieces of a line are joined and both ends led to the nearest outer edge.
2. Every crossing of the line with an edge becomes a vertex of both, in all units that
   have the edge, so that the coverage stays noded.
3. The edges of each unit and the stretches of the line inside it are polygonised; the
   faces on the side of the given point become the new unit.
"""

from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polygonize

from common import (RecipeError, distance_m, is_left_inside, join_lines,
                    point_in_rings, signed_area, to_deg, to_int)

MAX_LEAD_M = 6000  # how far an end of a cutting line may be from the outer edge


def _undirected(a, b):
    return (a, b) if a < b else (b, a)


def _edges(rings):
    return {_undirected(a, b) for ring in rings for a, b in zip(ring, ring[1:])}


def _nearest_on(edges, end):
    """(edge, point on it) nearest to an end of the line."""
    best = None
    for edge in sorted(edges):
        segment = LineString(edge)
        at = segment.interpolate(segment.project(Point(end)))
        key = (at.distance(Point(end)), edge)
        if best is None or key < best[0]:
            best = (key, edge, (round(at.x), round(at.y)))
    if distance_m(to_deg(best[2]), to_deg(end)) > MAX_LEAD_M:
        raise RecipeError("cutting line ends inside a unit at %r" % (to_deg(end),))
    return best[1], best[2]


def _crossings(line, edges, inserts, skip):
    """The line with a vertex at every crossing; inserts collects those of edges."""
    out = [line[0]]
    for number, (a, b) in enumerate(zip(line, line[1:])):
        segment, found = LineString([a, b]), []
        for edge in sorted(edges):
            if (number, edge) in skip:
                continue
            at = segment.intersection(LineString(edge))
            if at.is_empty:
                continue
            vertex = (round(at.x), round(at.y))
            found.append((segment.project(at), vertex))
            inserts.setdefault(edge, set()).add(vertex)
        out += [vertex for _, vertex in sorted(found)] + [b]
    return [v for i, v in enumerate(out) if i == 0 or v != out[i - 1]]


def _insert(rings, inserts):
    """A ring list with the collected vertices put into its edges."""
    out = []
    for ring in rings:
        new = [ring[0]]
        for a, b in zip(ring, ring[1:]):
            extra = inserts.get(_undirected(a, b), set())
            new += sorted(extra - {a, b},
                          key=lambda v: abs(v[0] - a[0]) + abs(v[1] - a[1]))
            new.append(b)
        out.append(new)
    return out


def _side(line, point):
    """Sign of the side of the line's nearest segment on which the point lies."""
    segments = list(zip(line, line[1:]))
    a, b = min(segments, key=lambda s: (LineString(s).distance(Point(point)), s))
    return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0


def _faces(rings, line):
    edges = _edges(rings)
    for a, b in zip(line, line[1:]):
        if point_in_rings((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, rings):
            edges.add(_undirected(a, b))
    for face in polygonize([LineString(e) for e in sorted(edges)]):
        inside = face.representative_point()
        if point_in_rings(inside.x, inside.y, rings):
            yield face, (inside.x, inside.y)


def _face_rings(face):
    def ring(coords, hole):
        return is_left_inside([(int(x), int(y)) for x, y in coords], hole)

    return [ring(face.exterior.coords, False)] + [
        ring(hole.coords, True) for hole in face.interiors]


def cut(rings, pieces, cuts):
    """Cut units in place. cuts: [(unit id, new id, (lon, lat) in the new unit)]."""
    lines = join_lines(pieces)
    if len(lines) != 1:
        raise RecipeError("cutting line falls into %d pieces" % len(lines))
    line, units = lines[0], [c[0] for c in cuts]
    every = [ring for unit in units for ring in rings[unit]]
    edges = _edges(every)
    count = {}
    for ring in every:
        for a, b in zip(ring, ring[1:]):
            count[_undirected(a, b)] = count.get(_undirected(a, b), 0) + 1
    outer = {e for e in edges if count[e] == 1}
    inserts = {}
    first_edge, first = _nearest_on(outer, line[0])
    last_edge, last = _nearest_on(outer, line[-1])
    inserts.setdefault(first_edge, set()).add(first)
    inserts.setdefault(last_edge, set()).add(last)
    line = [first] + line + [last]
    skip = {(0, first_edge), (len(line) - 2, last_edge)}
    line = _crossings(line, edges, inserts, skip)
    for unit in rings:
        if any(_undirected(a, b) in inserts
               for ring in rings[unit] for a, b in zip(ring, ring[1:])):
            rings[unit] = _insert(rings[unit], inserts)
    for unit, new, point in cuts:
        want, kept, given = _side(line, to_int(point)), [], []
        for face, inside in sorted(_faces(rings[unit], line), key=lambda f: f[1]):
            (given if _side(line, inside) == want else kept).extend(_face_rings(face))
        if not point_in_rings(*to_int(point), given):
            raise RecipeError("unit %d: point not in the part cut off" % new)
        rings[unit], rings[new] = kept, given


def part(rings, unit, new, box):
    """The rings of a unit wholly inside west, south, east, north become a new unit."""
    def inside(ring):
        return all(box[0] < x < box[2] and box[1] < y < box[3]
                   for x, y in map(to_deg, ring))

    rings[new] = [ring for ring in rings[unit] if inside(ring)]
    rings[unit] = [ring for ring in rings[unit] if not inside(ring)]
    if not rings[new]:
        raise RecipeError("unit %d: no island in the box" % new)
