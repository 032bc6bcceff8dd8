"""Shapefiles and tables: pure Python, sorted by the caller, no clock and no locale."""

import hashlib
import os
import struct

DBF_DATE = (2020, 7, 12)  # the header date of every .dbf: fixed, not "today"
WGS84_PRJ = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",'
    'SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
SHAPE_TYPES = {"point": 1, "polyline": 3, "polygon": 5}


class RecipeError(Exception):
    """The source data are not what the recipe expects."""


def expect(what, got, want):
    """Assert a measured figure; a recipe must fail when its source changes."""
    if got != want:
        raise RecipeError("%s: got %r, expected %r" % (what, got, want))


# ---------------------------------------------------------------- shapefiles


def _bounds(points):
    xs = [p[0] for p in points]
    ys = [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _shape_bytes(code, parts):
    """Content of one .shp record (without its 8 byte header)."""
    if code == 1:
        return struct.pack("<idd", 1, parts[0][0][0], parts[0][0][1])
    points = [p for part in parts for p in part]
    out = [struct.pack("<i4d2i", code, *_bounds(points), len(parts), len(points))]
    start = 0
    for part in parts:
        out.append(struct.pack("<i", start))
        start += len(part)
    out += [struct.pack("<dd", x, y) for x, y in points]
    return b"".join(out)


def _dbf_cell(field, value):
    name, kind, width, decimals = field
    if value is None or value == "":
        return b" " * width
    if kind == "N":
        text = ("%.*f" % (decimals, value)).encode("ascii")
        cell = text.rjust(width)
    else:
        text = str(value).encode("utf-8")
        cell = text.ljust(width)
    if len(cell) > width:
        raise RecipeError("dbf column %s is too narrow for %r" % (name, value))
    return cell


def _dbf_bytes(fields, rows):
    size = 1 + sum(f[2] for f in fields)
    out = [
        struct.pack(
            "<4B I H H 20x", 3, DBF_DATE[0] - 1900, DBF_DATE[1], DBF_DATE[2],
            len(rows), 33 + 32 * len(fields), size,
        )
    ]
    for name, kind, width, decimals in fields:
        if len(name) > 10 or not 0 < width < 255:
            raise RecipeError("bad dbf column %s" % name)
        out.append(
            struct.pack("<11s c 4x B B 14x", name.encode("ascii"),
                        kind.encode("ascii"), width, decimals)
        )
    out.append(b"\r")
    for row in rows:
        if len(row) != len(fields):
            raise RecipeError("row has %d values, not %d" % (len(row), len(fields)))
        out.append(b" " + b"".join(_dbf_cell(f, v) for f, v in zip(fields, row)))
    out.append(b"\x1a")
    return b"".join(out)


def write_shapefile(path, geomtype, fields, records):
    """Write PATH.shp .shx .dbf .prj .cpg (PATH is given without extension).

    geomtype: 'point', 'polyline' or 'polygon'.
    fields:   [(name, 'C' or 'N', width, decimals)]; names of at most 10 characters.
    records:  [(parts, values)]; parts = [[(lon, lat), ...], ...] in degrees (a point
              has one part of one vertex; polygon rings are closed, outer rings
              clockwise, holes counter-clockwise: see polygon_parts), values in the
              order of fields (None = empty). Texts too long for their column fail.
    Order is kept: the caller sorts.
    """
    code = SHAPE_TYPES[geomtype]
    shp, shx, offset = [], [], 50
    for number, (parts, _) in enumerate(records, 1):
        body = _shape_bytes(code, parts)
        head = struct.pack(">2i", number, len(body) // 2)
        shp.append(head + body)
        shx.append(struct.pack(">2i", offset, len(body) // 2))
        offset += 4 + len(body) // 2
    every = [p for parts, _ in records for part in parts for p in part]
    box = _bounds(every) if every else (0.0, 0.0, 0.0, 0.0)

    def header(words):
        return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, words) + struct.pack(
            "<2i8d", 1000, code, *box, 0.0, 0.0, 0.0, 0.0)

    write_bytes(path + ".shp", header(offset) + b"".join(shp))
    write_bytes(path + ".shx", header(50 + 4 * len(records)) + b"".join(shx))
    write_bytes(path + ".dbf", _dbf_bytes(fields, [v for _, v in records]))
    write_bytes(path + ".prj", WGS84_PRJ.encode("ascii"))
    write_bytes(path + ".cpg", b"UTF-8")


def read_shapefile(path):
    """(field names, [(parts, {name: text})]) of a polyline or polygon shapefile."""
    dbf = open(path + ".dbf", "rb").read()
    count, head, size = struct.unpack("<IHH", dbf[4:12])
    fields, at = [], 32
    while dbf[at] != 13:
        name = dbf[at : at + 11].split(b"\0")[0].decode("ascii")
        fields.append((name, dbf[at + 16]))
        at += 32
    shp, at, out = open(path + ".shp", "rb").read(), 100, []
    for number in range(count):
        cell, row = head + number * size + 1, {}
        for name, width in fields:
            row[name] = dbf[cell : cell + width].decode("utf-8").strip()
            cell += width
        words = struct.unpack(">2i", shp[at : at + 8])[1]
        body = shp[at + 8 : at + 8 + 2 * words]
        at += 8 + 2 * words
        nparts, npoints = struct.unpack("<2i", body[36:44])
        starts = list(struct.unpack("<%di" % nparts, body[44 : 44 + 4 * nparts]))
        flat = struct.unpack("<%dd" % (2 * npoints), body[44 + 4 * nparts :])
        points = list(zip(flat[0::2], flat[1::2]))
        ends = starts[1:] + [npoints]
        out.append(([points[a:b] for a, b in zip(starts, ends)], row))
    return [f[0] for f in fields], out


# ------------------------------------------------------------ files and tables


def write_bytes(path, data):
    """Write a file whole or not at all."""
    with open(path + ".tmp", "wb") as out:
        out.write(data)
    os.replace(path + ".tmp", path)


def write_tsv(path, header, rows):
    """UTF-8, LF, one header row; values None -> empty; tabs and newlines fail."""
    lines = ["\t".join(header)]
    for row in rows:
        cells = ["" if v is None else str(v) for v in row]
        if len(cells) != len(header):
            raise RecipeError("%s: row of %d cells: %r" % (path, len(cells), row))
        if any(c in cell for cell in cells for c in "\t\n\r"):
            raise RecipeError("%s: tab or newline in %r" % (path, row))
        lines.append("\t".join(cells))
    write_bytes(path, ("\n".join(lines) + "\n").encode("utf-8"))


def read_tsv(path):
    """[{column: text}] of a table with header row; '#' lines are comments."""
    with open(path, encoding="utf-8") as lines:
        rows = [l.rstrip("\n").split("\t") for l in lines
                if l.strip() and not l.startswith("#")]
    for row in rows:
        if len(row) != len(rows[0]):
            raise RecipeError("%s: row of %d cells, not %d: %r"
                              % (path, len(row), len(rows[0]), row))
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def sha256(path):
    """Hex digest of a file."""
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


def degrees_text(value, digits=5):
    """A number as short text without exponent or trailing zeros ('-0' -> '0')."""
    text = "%.*f" % (digits, value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
