"""A work by Mapnik (AGG; cairo for SVG): mapnik_draw.py s|w|b DATA OUT FONT BOLD [COUNT]

OUT is a file, .png or .svg; for the batch a folder for COUNT figures. Shapefiles have shapeindex indexes; the points of the
batch are in memory. Mapnik has no legend, scale bar or graticule: the last is given as lines, the others are left out.
"""
import csv
import os
import sys
from xml.sax.saxutils import quoteattr

import mapnik

from look import (BORDER, DASHES, DISPUTED, GRATICULE, HALO, INK, LAND, NAME, OPACITY, PAPER, PIPELINE, PROVINCE, SEA, SYMBOL,
                  TITLE, TOWN, WORKS, by_map)

DEGREES = "+proj=longlat +datum=WGS84 +no_defs"


def tag(element, *inside, **attributes):
    given = "".join(f" {k.replace('_', '-')}={quoteattr(str(v))}" for k, v in attributes.items())
    return f"<{element}{given}>{''.join(inside)}</{element}>"


def line(pen, **more):
    return tag("LineSymbolizer", stroke="#" + pen[0], stroke_width=pen[1], **more)


def cases(column, symbols):
    """A rule for each value of a column, 0 and up."""
    return "".join(tag("Rule", tag("Filter", f"[{column}]={i}"), s) for i, s in enumerate(symbols))


def disc(size, fill, rim, opacity=1.0):
    return tag("MarkersSymbolizer", width=size, height=size, fill="#" + fill, fill_opacity=opacity, stroke="#" + rim,
               stroke_width=1, allow_overlap="true", ignore_placement="true")


def text(column, face, size, **more):
    return tag("TextSymbolizer", f"[{column}]", face_name=face, size=size, fill="#" + INK, halo_fill="#" + PAPER,
               halo_radius=HALO, **more)


def styles(size):
    parts = {
        "land": cases("mapcol", (tag("PolygonSymbolizer", fill="#" + c) for c in LAND)),
        "provinces": tag("Rule", line(PROVINCE)),
        "borders": tag("Rule", line(BORDER, stroke_linejoin="round")),
        "graticule": tag("Rule", line(GRATICULE)),
        "disputed": tag("Rule", line(DISPUTED, stroke_dasharray=",".join(map(str, DASHES)))),
        "pipeline": tag("Rule", line(PIPELINE, stroke_linejoin="round", stroke_linecap="round")),
        "incidents": cases("cat", (disc(size, c, PAPER, OPACITY) for _, c in SYMBOL)),
        "towns": tag("Rule", disc(TOWN, PAPER, INK) + text(
            "name", "Noto Sans Regular", NAME, placement_type="simple", placements="E,W,N,S,NE,SE,NW,SW", dx=6, dy=6)),
        "title": tag("Rule", text("title", "Noto Sans Bold", TITLE, allow_overlap="true")),
    }
    return "".join(tag("Style", rules, name=name, filter_mode="first") for name, rules in parts.items())


def layer(name, data, source):
    return tag("Layer", tag("StyleName", name), tag("Datasource", tag("Parameter", "shape", name="type"),
                                                    tag("Parameter", f"{data}/{source}", name="file")), name=name, srs=DEGREES)


def xml(work, data):
    w = WORKS[work]
    names = [("land", "countries"), ("provinces", "admin1"), ("borders", "countries"), ("graticule", w["graticule"])]
    names += [("disputed", "disputed"), ("pipeline", "pipeline")] if w["labels"] else []
    names += [("incidents", w["points"])] if work != "b" else []
    names += [("towns", w["labels"])] if work == "s" else []
    return tag("Map", styles("[d]" if w["labels"] else 4), *(layer(n, data, s) for n, s in names),
               srs="+" + w["crs"].replace(" ", " +"), background_color="#" + SEA)


def in_memory(name, rows, srs):
    """A layer of points: rows of (x, y, {column: value})."""
    source, columns = mapnik.MemoryDatasource(), mapnik.Context()
    for column in (rows[0][2] if rows else {}):
        columns.push(column)
    for i, (x, y, values) in enumerate(rows):
        feature = mapnik.Feature(columns, i)
        for column, value in values.items():
            feature[column] = value
        feature.geometry = mapnik.Geometry.from_wkt(f"POINT({x} {y})")
        source.add_feature(feature)
    made = mapnik.Layer(name, srs)
    made.styles.append(name)
    made.datasource = source
    return made


def add_title(m, w, title):
    m.layers.append(in_memory("title", [(0, w["half"][1] * (1 - 60 / w["size"][1]), {"title": title})], m.srs))


def write(m, w, path):
    x, y = w["half"]
    m.zoom_to_box(mapnik.Box2d(-x, -y, x, y))
    if path.endswith(".svg"):
        mapnik.render_to_file(m, path, "svg")
        return
    image = mapnik.Image(m.width, m.height)
    mapnik.render(m, image)
    image.save(path, "png32")


def batch(m, w, data, out, count):
    incidents, towns = by_map(f"{data}/b_incidents.geojsonl"), by_map(f"{data}/b_labels.geojsonl")
    fixed = len(m.layers)
    with open(f"{data}/batch.tsv", encoding="utf-8") as f:
        jobs = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, job in enumerate(jobs[:count]):
        m.srs = f"+proj=laea +lat_0={job['lat']} +lon_0={job['lon']} +datum=WGS84"
        while len(m.layers) > fixed:
            del m.layers[fixed]
        rows = [(x, y, {"cat": p["cat"], "d": p["d"]}) for x, y, p in incidents[number]]
        m.layers.append(in_memory("incidents", rows, DEGREES))
        m.layers.append(in_memory("towns", [(x, y, {"name": p["name"]}) for x, y, p in towns.get(number, [])], DEGREES))
        add_title(m, w, job["title"])
        write(m, w, os.path.join(out, job["id"] + ".png"))


def main(work, data, out, regular, bold, count="200"):
    w = WORKS[work]
    for font in (regular, bold):
        mapnik.FontEngine.register_font(font)
    m = mapnik.Map(*w["size"])
    mapnik.load_map_from_string(m, xml(work, data))
    if work == "b":
        batch(m, w, data, out, int(count))
    else:
        add_title(m, w, w["title"])
        write(m, w, out)


if __name__ == "__main__":
    main(*sys.argv[1:7])
