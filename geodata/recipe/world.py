"""World borders: lines-world.*, units.tsv, owners.tsv, worldviews.tsv.

usage: world.py WORLD_MAP.gpkg CLDR_DIR OUTPUT_DIR   (after caucasus.py)

1. Read the layer states_provinces; count its edges and compare with the known figures.
2. Bend the lines of patch-world.tsv, draw the exclaves of patch-world-exclaves.tsv, cut the
   units of splits.tsv.
3. Snap the seam to +-180 and -90 degrees.
4. Give ponds (holes in the land below 2 km2) to the unit with the longest shore.
5. Make arcs, classify them under both worldviews, write lines-world.
6. Write the tables of units (with those of units-extra.tsv, which only the large scale
   has), owners and worldviews.
"""

import os
import sys

import patches
import source
import splits
import units
from common import (RecipeError, arcs_of_units, directed_edges, expect, read_tsv,
                    ring_area_km2, rings_of_arcs, signed_area, to_deg, to_int,
                    write_shapefile)
from lineclass import LineClasses

HERE = os.path.dirname(os.path.abspath(__file__))
SEAM_X, SEAM_Y = 1799000000 - 10, -899000000 + 10  # 179.9, -89.9 with a tolerance
POND_KM2 = 2.0
ACCURACY_M = 2000
FIELDS = [("left", "N", 6, 0), ("right", "N", 6, 0), ("class_un", "C", 12, 0),
          ("class_df", "C", 12, 0), ("acc_m", "N", 5, 0), ("source", "C", 13, 0)]


def is_seam(a, b):
    """An edge made by clipping the source at +-179.9 or -89.9 degrees."""
    return (min(a[0], b[0]) >= SEAM_X or max(a[0], b[0]) <= -SEAM_X
            or max(a[1], b[1]) <= SEAM_Y)


def count_edges(rings, owner):
    """The four figures that tell whether this is the layer we know."""
    left_of = directed_edges(rings)
    counts = {"seam": 0, "coast": 0, "country": 0, "internal": 0}
    for (a, b), left in left_of.items():
        right = left_of.get((b, a))
        if right is not None and b < a:
            continue
        if is_seam(a, b):
            kind = "seam"
        elif right is None:
            kind = "coast"
        else:
            kind = "internal" if owner[left] == owner[right] else "country"
        counts[kind] += 1
    return counts


def snap(vertex):
    x, y = vertex
    if abs(x) >= SEAM_X:
        x = 1800000000 if x > 0 else -1800000000
    return x, (-900000000 if y <= SEAM_Y else y)


def snap_ring(ring):
    """Seam vertices moved to the edge of the world, repeated ones dropped."""
    out = []
    for vertex in map(snap, ring):
        if not out or vertex != out[-1]:
            out.append(vertex)
    return out


def straighten_seam(ring):
    """Drop seam vertices between two seam edges of one direction."""
    ring = ring[:-1]

    def needless(i):
        a, b, c = ring[i - 1], ring[i], ring[(i + 1) % len(ring)]
        return (is_seam(a, b) and is_seam(b, c)
                and (a[0] == b[0] == c[0] or a[1] == b[1] == c[1]))

    out = [v for i, v in enumerate(ring) if not needless(i)]
    return out + out[:1]


def fill_ponds(rings):
    """Give each pond to the unit with the longest shore; returns how many."""
    arcs = arcs_of_units(rings)
    ponds = [r for r in rings_of_arcs(arcs, lambda u: u != 0)
             if signed_area(r) < 0
             and ring_area_km2([to_deg(v) for v in r]) > -POND_KM2]
    left_of = directed_edges(rings)
    for pond in ponds:
        shore = {}
        for a, b in zip(pond, pond[1:]):
            unit = left_of[(a, b)]
            shore[unit] = shore.get(unit, 0) + abs(a[0] - b[0]) + abs(a[1] - b[1])
        unit = max(sorted(shore), key=lambda u: shore[u])
        rings[unit].append(pond[::-1])
    return len(ponds)


def apply_splits(rings, attributes, lines, table):
    """Cut the units of splits.tsv; one line may cut several units."""
    for line in sorted({row["line"] for row in table}):
        rows = [row for row in table if row["line"] == line]
        if line.startswith("box:"):
            splits.part(rings, int(rows[0]["unit_id"]), int(rows[0]["new_id"]),
                        [float(v) for v in line[4:].split(",")])
        else:
            splits.cut(rings, lines[int(line)][2],
                       [(int(r["unit_id"]), int(r["new_id"]),
                         (float(r["lon"]), float(r["lat"]))) for r in rows])
        for r in rows:
            new = dict(attributes[int(r["unit_id"])])
            new.update(name=r["name"], gn_name=r["gn_name"])
            attributes[int(r["new_id"])] = new


def tag_of(a, b, right, drawn):
    """"seam", "hand patch" or "" of an edge."""
    if right == 0 and is_seam(a, b):
        return "seam"
    return "hand patch" if frozenset((a, b)) in drawn else ""


def write_lines(path, arcs, un, de_facto):
    """lines-world: one part per record, classes under both worldviews."""
    records = []
    for arc in arcs:
        kind = "coast" if arc.right == 0 else ""
        kind, hand = ("seam", "") if arc.tag == "seam" else (kind, arc.tag)
        records.append((
            [[to_deg(v) for v in arc.points]],
            (arc.left, arc.right, kind or un.of(arc.left, arc.right),
             kind or de_facto.of(arc.left, arc.right), ACCURACY_M,
             hand or "Natural Earth")))
    write_shapefile(path, "polyline", FIELDS, records)
    return records


def table(name):
    return read_tsv(os.path.join(HERE, name))


def build(gpkg):
    """(attributes, rings, arcs) of the mended world; fails on other source data."""
    attributes, rings = source.read_units(gpkg)
    expect("units", len(attributes), 4556)
    expect("edges", count_edges(rings, {u: a["iso_a2"] for u, a in attributes.items()}),
           {"seam": 3796, "coast": 169393, "country": 21455, "internal": 91756})
    units.fix_attributes(attributes, table("attribute-fixes.tsv"))
    drawn = patches.apply(rings)
    apply_splits(rings, attributes, source.read_disputed(gpkg), table("splits.tsv"))
    rings = {u: [snap_ring(r) for r in rs] for u, rs in rings.items()}
    expect("ponds", fill_ponds(rings), 9)
    rings = {u: [straighten_seam(r) for r in rs] for u, rs in rings.items()}
    rings = {u: [r for r in rs if len(r) >= 4] for u, rs in rings.items()}
    return attributes, rings, arcs_of_units(
        rings, lambda a, b, left, right: tag_of(a, b, right, drawn))


def main(gpkg, cldr, out):
    attributes, rings, arcs = build(gpkg)
    rows = units.unit_rows(attributes, rings, table("worldviews-exceptions.tsv"), cldr)
    un = {r["id"]: r["owner_un"] for r in rows}
    de_facto = {r["id"]: r["owner_df"] for r in rows}
    classes = table("line-classes.tsv")
    un_classes = LineClasses(classes, "un", un)
    df_classes = LineClasses(classes, "de-facto", de_facto)
    write_lines(os.path.join(out, "lines-world"), arcs, un_classes, df_classes)
    for used in (un_classes, df_classes):
        if used.unused():
            raise RecipeError("line-classes.tsv: no such line: %r" % used.unused())
    rows += units.extra_rows(out, table("units-extra.tsv"))
    units.write_tables(out, rows, arcs, table("worldviews-exceptions.tsv"),
                       table("worldviews-countries.tsv"), cldr)


if __name__ == "__main__":
    main(*sys.argv[1:])
