"""Hand patches of the world's units: lines bent, exclaves drawn anew.

Vertices are integers (common.to_int); rings are closed, their area to the left.
"""

import os

from common import RecipeError, expect, read_tsv, to_int

HERE = os.path.dirname(os.path.abspath(__file__))


def rows_by(table, column):
    """[(name, [row])] of a table, by name."""
    names = sorted({row[column] for row in table})
    return [(n, [row for row in table if row[column] == n]) for n in names]


def vertices(rows):
    return [to_int((float(r["lon"]), float(r["lat"]))) for r in rows]


def edges_of(points):
    return list(zip(points, points[1:]))


def bend(ring, line):
    """(ring, old): the ring with the line in place of the shorter way between its ends.

    None when the ring lacks one of the ends.
    """
    turn = ring[:-1]
    if line[0] not in turn or line[-1] not in turn:
        return None
    at = turn.index(line[0])
    turn = turn[at:] + turn[:at]
    to = turn.index(line[-1])
    if 2 * to <= len(turn):
        return line + turn[to + 1:] + line[:1], turn[:to + 1]
    return turn[:to] + line[::-1], turn[to:] + turn[:1]


def bend_unit(rings, unit, line):
    """Bend the one ring of a unit that has the ends of the line; returns the old way."""
    found = [(i, bent) for i, bent in enumerate(bend(r, line) for r in rings[unit])
             if bent]
    expect("rings of unit %d at %r" % (unit, line[0]), len(found), 1)
    number, (ring, old) = found[0]
    rings[unit][number] = ring
    return old


def bend_lines(rings):
    """Apply patch-world.tsv to both units of each line; returns the edges drawn."""
    drawn = []
    for name, rows in rows_by(read_tsv(os.path.join(HERE, "patch-world.tsv")), "patch"):
        line = vertices(rows)
        units = {int(r[side]) for r in rows for side in ("left", "right")} - {0}
        old = [frozenset(map(frozenset, edges_of(bend_unit(rings, unit, line))))
               for unit in sorted(units)]
        if len(set(old)) != 1:
            raise RecipeError("patch %s: not one line of the units %r" % (name, units))
        drawn += edges_of(line)
    return drawn


def _box(ring):
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _boxes_meet(a, b):
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _take_exclave(rings, unit, around, box):
    """Take the unit's rings that fill a hole of the other and come near the box."""
    holes = {frozenset(edges_of(r[::-1])): r for r in rings[around]}
    taken = 0
    for ring in list(rings[unit]):
        hole = holes.get(frozenset(edges_of(ring)))
        if hole is not None and _boxes_meet(_box(ring), box):
            rings[unit].remove(ring)
            rings[around].remove(hole)
            taken += 1
    return taken


def draw_exclaves(rings):
    """Apply patch-world-exclaves.tsv; returns the edges drawn."""
    drawn, taken = [], 0
    table = read_tsv(os.path.join(HERE, "patch-world-exclaves.tsv"))
    for _, rows in rows_by(table, "exclave"):
        ring = vertices(rows + rows[:1])
        unit, around = int(rows[0]["unit"]), int(rows[0]["around"])
        taken += _take_exclave(rings, unit, around, _box(ring))
        rings[unit].append(ring)
        rings[around].append(ring[::-1])
        drawn += edges_of(ring)
    expect("exclaves drawn anew", taken, 2)
    return drawn


def apply(rings):
    """All patches; {undirected edge} of what is drawn by hand."""
    return {frozenset(edge) for edge in bend_lines(rings) + draw_exclaves(rings)}
