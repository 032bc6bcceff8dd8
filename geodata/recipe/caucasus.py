"""lines-caucasus: borders and provinces of the South Caucasus at about 1:1 million.

usage: caucasus.py OUTPUT_DIR WORLD_MAP.gpkg   (needs the programs and data of gmt)

Country lines and coasts: Digital Chart of the World with repairs (caucasus_borders) and
hand patches; province lines: Natural Earth, fitted in (caucasus_provinces); lakes and
rivers: caucasus_water.
"""

import os
import sys

from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polygonize_full, unary_union

import caucasus_borders as borders
import caucasus_provinces as provinces
import caucasus_water as water
from common import (RecipeError, arcs_of_units, read_tsv, ring_area_km2, rings_of_arcs,
                    to_deg, to_int, write_shapefile)
from lineclass import LineClasses

FIELDS = [("left", "N", 6, 0), ("right", "N", 6, 0), ("class_un", "C", 12, 0),
          ("class_df", "C", 12, 0), ("acc_m", "N", 6, 0), ("source", "C", 24, 0)]
SEA, OUTSIDE = 0, -1
DCW_TAG, NE_TAG = (1000, "DCW"), (3000, "Natural Earth")
PATCH_TAG, EXCLAVE_TAG = (1000, "hand patch"), (1500, "hand patch")
FRAME_TAG = (0, "data box")
# By title, with the hand patches.
AREAS_KM2 = {"AM": 29621.1, "AZ": 86296.7, "GE": 69907.0}
AZ_IN_SOURCE_KM2 = 86275.3  # with Artsvashen and the closed gap, without Barxudarlı
HERE = borders.HERE
PATCHES = [os.path.join(HERE, "patch-caucasus-%s.tsv" % name)
           for name in ("tavush", "voskepar", "barxudarli", "azatamut", "ordubad",
                        "syunik", "vardenis", "sarpi-shore")]
MOVED_END = os.path.join(HERE, "patch-caucasus-sarpi.tsv")


def edges_of(lines):
    return [e for line in lines for e in zip(line, line[1:])]


def polygons_of(lines):
    """Faces of lines that meet at vertices only; fails on what closes no face."""
    faces, dangles, cuts, invalid = polygonize_full(
        [LineString(e) for e in edges_of(lines)])
    for kind, found in (("dangling", dangles), ("lone", cuts), ("crossed", invalid)):
        if found.geoms:
            raise RecipeError("%s line at %r" % (kind, found.geoms[0].coords[0]))
    return sorted(faces.geoms, key=lambda f: (f.bounds, f.area))


def check_noded(lines):
    """No two edges cross or overlap."""
    edges = edges_of(lines)
    joined = unary_union([LineString(e) for e in edges])
    found = sum(len(line.coords) - 1 for line in joined.geoms)
    if found != len(edges) or len({tuple(sorted(e)) for e in edges}) != len(edges):
        raise RecipeError("%d edges become %d when noded" % (len(edges), found))


class Extra:
    """The units of units-extra.tsv: exclaves, found by their label point."""

    def __init__(self):
        self.rows = read_tsv(os.path.join(HERE, "units-extra.tsv"))

    def unit_at(self, polygon):
        for row in self.rows:
            if polygon.contains(Point(float(row["lon"]), float(row["lat"]))):
                return row
        return None


def hand_exclaves():
    rings = {}
    for row in read_tsv(os.path.join(HERE, "patch-caucasus-exclaves.tsv")):
        point = (round(float(row["lon"]), 6), round(float(row["lat"]), 6))
        rings.setdefault(row["unit"], []).append(point)
    return [ring + ring[:1] for _, ring in sorted(rings.items())]


def country_faces(dcw, lines, exclaves):
    """{country: land} before clipping to the box; exclaves belong to nobody here."""
    land = {}
    own = {c: unary_union([Polygon(r).buffer(0) for r in dcw.rings[c]])
           for c in borders.ORDER}
    for face in polygons_of(lines + borders.frame_lines(lines, borders.WIDE)):
        if exclaves.unit_at(face) and face.area < 0.01:
            continue
        share, country = max((face.intersection(own[c]).area / face.area, c)
                             for c in borders.ORDER)
        if share > 0.5:
            land.setdefault(country, []).append(face)
    return {c: unary_union(faces) for c, faces in land.items()}


def unit_faces(lines, land, provs, extra):
    """[[unit, owner of the land around, polygon]] of every face in the box."""
    faces = []
    for face in polygons_of(lines):
        row = extra.unit_at(face)
        country = max((face.intersection(land[c]).area, c) for c in sorted(land))
        if row is not None and face.area < 0.01:
            faces.append([int(row["id"]), "", face])
        elif country[0] < face.area / 2:
            faces.append([SEA, "", face])
        else:
            unit = provinces.province_of(face, country[1], provs)
            faces.append([unit, country[1], face])
    provinces.join_crumbs(faces)
    lost = provinces.missing_units(faces, provs, AREAS_KM2)
    if lost:
        raise RecipeError("no face for units %r" % lost)
    return faces


def boundary_edges(faces):
    """{unit: [[a, b]]}: edges of its faces but those between two of them."""
    out = {}
    for unit, _, face in faces:
        for a, b in provinces.ring_edges(face):
            out.setdefault(unit, set()).add((to_int(a), to_int(b)))
    return {unit: [[a, b] for a, b in sorted(edges) if (b, a) not in edges]
            for unit, edges in out.items()}


def tags_of(patch, hand, province_lines, frame):
    """{undirected edge: (accuracy, source)} of all edges that are not plain DCW."""
    tags = {}
    for tag, lines in ((NE_TAG, province_lines), (PATCH_TAG, patch),
                       (EXCLAVE_TAG, hand), (FRAME_TAG, frame)):
        for a, b in edges_of(lines):
            tags[frozenset((to_int(a), to_int(b)))] = tag
    return tags


class Classes:
    """Classes of arcs under both worldviews."""

    def __init__(self, provs, extra):
        table = read_tsv(os.path.join(HERE, "line-classes.tsv"))
        self.views = []
        for view, column in (("un", "owner_un"), ("de-facto", "owner_df")):
            owner = dict(provs.country)
            owner.update((int(row["id"]), row[column]) for row in extra.rows)
            self.views.append(LineClasses(table, view, owner))
        self.owner_un = self.views[0].owner

    def of(self, left, right):
        """(class_un, class_df); a line of title that nobody guards is disputed."""
        if OUTSIDE in (left, right):
            return "frame", "frame"
        if SEA in (left, right):
            return "coast", "coast"
        un, de_facto = (view.of(left, right) for view in self.views)
        if (un, de_facto) == ("country", "province"):
            de_facto = "disputed"
        return un, de_facto


def build(gpkg):
    """(arcs, Classes) of the data box."""
    dcw, extra = borders.Dcw(), Extra()
    net = borders.country_net(dcw) + dcw.exclaves
    check_source(dcw, net, extra)
    for file in PATCHES:
        net = borders.patch_line(net, file)
    net = borders.move_end(net, MOVED_END)
    hand = hand_exclaves()
    lines = [p for l in net + hand
             for p in borders.clip_line(l, borders.WIDE)]
    land = country_faces(dcw, lines, extra)
    provs = provinces.Provinces(gpkg)
    border = provinces.Border(lines)
    inner = [p for row in provs.lines()
             for p in provinces.fit_line(row, border, land)]
    outer = [p for l in border.lines for p in borders.clip_line(l)]
    frame = borders.frame_lines(outer + inner)
    check_noded(outer + inner + frame)
    faces = unit_faces(outer + inner + frame, land, provs, extra)
    patch = [borders.part_between(outer, file) for file in PATCHES + [MOVED_END]]
    tags = tags_of(patch, hand, inner, frame)
    arcs = arcs_of_units(boundary_edges(faces), lambda a, b, left, right: tags.get(
        frozenset((a, b)), DCW_TAG), OUTSIDE)
    classes = Classes(provs, extra)
    check_areas(arcs, classes.owner_un)
    return arcs, classes


def check_source(dcw, net, extra):
    """The gap at 45 E is closed: Azerbaijan is as large as it should be."""
    lines = [p for l in net for p in borders.clip_line(l, borders.WIDE)]
    land = country_faces(dcw, lines, extra)["AZ"]
    artsvashen = [Polygon(r) for r in dcw.exclaves if r[0][1] < 40.8]
    area = provinces.km2(land) + sum(map(provinces.km2, artsvashen))
    if len(artsvashen) != 1 or abs(area - AZ_IN_SOURCE_KM2) > 1.0:
        raise RecipeError("AZ in the source: %.1f km2" % area)


def check_areas(arcs, owner):
    """The countries that lie wholly in the box have the area they are known to have."""
    for country, want in AREAS_KM2.items():
        rings = rings_of_arcs(arcs, lambda u: owner.get(u) == country)
        area = sum(ring_area_km2([to_deg(p) for p in ring]) for ring in rings)
        if abs(area - want) > 1.0:
            raise RecipeError("%s: %.1f km2, not %.1f" % (country, area, want))


def write_lines(path, arcs, classes):
    """lines-caucasus: one part per record."""
    write_shapefile(path, "polyline", FIELDS, [
        ([[to_deg(p) for p in arc.points]],
         (arc.left, arc.right) + classes.of(arc.left, arc.right) + arc.tag)
        for arc in arcs])


def main(out_dir, qgis_gpkg):
    arcs, classes = build(qgis_gpkg)
    write_lines(os.path.join(out_dir, "lines-caucasus"), arcs, classes)
    water.write(out_dir, [[to_deg(p) for p in arc.points] for arc in arcs
                          if classes.of(arc.left, arc.right)[0] == "country"])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
