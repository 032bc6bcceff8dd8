"""Read layers of world_map.gpkg (package qgis-common) with sqlite3 and struct alone."""

import sqlite3
import struct

from common import RecipeError, is_left_inside, to_int

ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def _wkb(data, at):
    """(geometry as nested lists of (lon, lat), next offset) of little-endian WKB."""
    order, kind = struct.unpack_from("<BI", data, at)
    if order != 1:
        raise RecipeError("big-endian WKB")
    at += 5
    if kind == 2:
        (count,) = struct.unpack_from("<I", data, at)
        flat = struct.unpack_from("<%dd" % (2 * count), data, at + 4)
        return list(zip(flat[0::2], flat[1::2])), at + 4 + 16 * count
    if kind == 3:
        (rings,) = struct.unpack_from("<I", data, at)
        at, out = at + 4, []
        for _ in range(rings):
            (count,) = struct.unpack_from("<I", data, at)
            flat = struct.unpack_from("<%dd" % (2 * count), data, at + 4)
            out.append(list(zip(flat[0::2], flat[1::2])))
            at += 4 + 16 * count
        return out, at
    if kind in (5, 6):
        (parts,) = struct.unpack_from("<I", data, at)
        at, out = at + 4, []
        for _ in range(parts):
            part, at = _wkb(data, at)
            out.append(part)
        return out, at
    raise RecipeError("WKB geometry type %d" % kind)


def read_layer(path, layer, columns):
    """[(fid, {column: text or None}, multi-geometry)] ordered by fid."""
    base = sqlite3.connect("file:%s?mode=ro&immutable=1" % path, uri=True)
    names = ", ".join('"%s"' % c for c in columns)
    out = []
    for row in base.execute(
        'select fid, geom, %s from "%s" order by fid' % (names, layer)
    ):
        blob = row[1]
        if blob[:2] != b"GP":
            raise RecipeError("not a GeoPackage geometry: fid %d" % row[0])
        geometry, _ = _wkb(blob, 8 + ENVELOPE_BYTES[(blob[3] >> 1) & 7])
        out.append((row[0], dict(zip(columns, row[2:])), geometry))
    base.close()
    return out


UNIT_COLUMNS = ["iso_a2", "name", "adm0_a3", "gu_a3", "gn_name"]
LINE_COLUMNS = ["name", "adm0_left"]


def read_units(path):
    """({fid: attributes}, {fid: [closed integer ring, area to its left]})."""
    attributes, rings = {}, {}
    for fid, row, polygons in read_layer(path, "states_provinces", UNIT_COLUMNS):
        attributes[fid] = row
        rings[fid] = [
            is_left_inside([to_int(p) for p in ring], number > 0)
            for polygon in polygons
            for number, ring in enumerate(polygon)
        ]
    return attributes, rings


def read_disputed(path):
    """{fid: (name, country, [integer line])} of the layer disputed_borders."""
    return {
        fid: (row["name"], row["adm0_left"],
              [[to_int(p) for p in line] for line in lines])
        for fid, row, lines in read_layer(path, "disputed_borders", LINE_COLUMNS)
    }
