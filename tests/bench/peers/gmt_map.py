"""The script that draws a work with GMT, in modern mode: gmt_map.py s|w|b DATA > FILE.sh; and its tables below DATA/gmt.

    FILE.sh OUT.png|OUT.svg|OUT.pdf       FILE.sh OUT FOLDER FIRST COUNT    (the batch)

GMT reads text: shapefiles go through ogr2ogr, which cuts them to the frame by their indexes. It has no SVG of its own (a PDF
goes through pdftocairo), no Unicode in its type (names lose their marks), and does not keep names from overlapping.
"""
import csv
import os
import sys
import unicodedata

from look import (BORDER, DASHES, DISPUTED, GRATICULE, HALO, INK, LAND, NAME, OPACITY, PAPER, PIPELINE, PROVINCE, SEA, SYMBOL,
                  TITLE, TOWN, WORKS, by_map)

DPI = 200
PT = 72 / DPI  # points of a pixel


def plain(name):
    """A name in ASCII, for type that has no more."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace("'", " ") or "?"


def pen(p, more=""):
    return f"{p[1] * PT:.2f}p,#{p[0]}{more}"


def write(path, lines):
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(line + "\n" for line in lines)


def tables(data, stem, points, towns):
    write(f"{stem}_incidents.txt", (f"{x} {y} {p['cat']} {p['d'] * PT:.2f}" for x, y, p in points))
    write(f"{stem}_towns.txt", (f"{x} {y} {plain(p['name'])}" for x, y, p in towns))


def points_of(path):
    """The same as by_map, of a work that has no maps."""
    import json
    with open(path, encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    return [(*r["geometry"]["coordinates"], r["properties"]) for r in rows]


def write_tables(work, data):
    folder = f"{data}/gmt"
    os.makedirs(folder, exist_ok=True)
    write(f"{folder}/land.cpt", (f"{i} #{c}" for i, c in enumerate(LAND)))
    write(f"{folder}/symbol.cpt", (f"{i} #{c}" for i, (_, c) in enumerate(SYMBOL)))
    write(f"{folder}/legend.txt",
          [f"S 4p c 5p #{c} {PT:.2f}p,#{PAPER} 10p {n}" for n, c in SYMBOL] +
          [f"S 4p - 9p - {pen(PIPELINE)} 10p pipeline", f"S 4p - 9p - {pen(DISPUTED, ',2p_1p')} 10p disputed border"])
    if work == "b":
        incidents, towns = by_map(f"{data}/b_incidents.geojsonl"), by_map(f"{data}/b_labels.geojsonl")
        with open(f"{data}/b_bounds.tsv", encoding="utf-8") as f:
            jobs = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
        for number, job in enumerate(jobs):
            tables(data, f"{folder}/{job['id']}", incidents[number], towns.get(number, []))
        write(f"{folder}/jobs.txt", (" ".join([j["id"], j["lon"], j["lat"], j["west"], j["south"], j["east"], j["north"],
                                              plain(j["title"])]) for j in jobs))
    else:
        labels = WORKS[work]["labels"]
        tables(data, f"{folder}/{work}", points_of(f"{data}/{WORKS[work]['points']}.geojsonl"),
               points_of(f"{data}/{labels}.geojsonl") if labels else [])


def frame(work):
    """Region and projection, and how wide and high the figure is, in inches."""
    width, height = (n / DPI for n in WORKS[work]["size"])
    x, y = (n / 1000 for n in WORKS[work]["half"])
    region = f"-R-{x:g}/{x:g}/-{y:g}/{y:g}+uk"
    where = {"s": f"{region} -JL46.5/40.25/38.9/41.6/{width:g}i", "w": f"-Rd -JN{width - 0.2:g}i",
             "b": f"{region} -JA$lon/$lat/{width:g}i"}[work]
    return where, width, height


def ground(work, data):
    """Land, provinces, borders, graticule; $spat cuts the input to the frame."""
    cut = "-spat $spat" if work != "w" else ""
    layers = ("countries", "admin1") + (("disputed",) if work != "w" else ())
    step = WORKS[work]["step"]
    return [
        f"for f in {' '.join(layers)}; do ogr2ogr -f OGR_GMT $f.gmt {data}/$f.shp {cut} 2>/dev/null; done",
        f"gmt basemap {frame(work)[0]} -B+g#{SEA}",
        f"gmt plot countries.gmt -aZ=mapcol -C{data}/gmt/land.cpt -G+z -L",
        f"gmt plot admin1.gmt -W{pen(PROVINCE)}",
        f"gmt plot countries.gmt -W{pen(BORDER)}",
        f"gmt basemap -Bxg{step} -Byg{step}",
    ]


def overlays(work, data):
    dashes = ",{:.2f}p_{:.2f}p".format(*(d * PT for d in DASHES))
    halo = f"=~{2 * HALO * PT:.2f}p,#{PAPER}"
    symbols = (f"-C{data}/gmt/symbol.cpt -W{PT:.2f}p,#{PAPER} -t{100 * (1 - OPACITY):.0f} --PROJ_LENGTH_UNIT=point")
    if work == "w":
        lines = [f"gmt plot {data}/gmt/$stem_incidents.txt -i0,1,2 -Sc{4 * PT:.2f}p {symbols}".replace("$stem_", "w_")]
    else:
        lines = [
            f"gmt plot disputed.gmt -W{pen(DISPUTED, dashes)}",
            "ogr2ogr -f OGR_GMT pipeline.gmt " + f"{data}/pipeline.shp 2>/dev/null",
            f"gmt plot pipeline.gmt -A -W{pen(PIPELINE)} --PS_LINE_CAP=round",
            f"gmt plot {data}/gmt/${{stem}}_incidents.txt -Sc {symbols}",
            f"gmt plot {data}/gmt/${{stem}}_towns.txt -Sc{TOWN * PT:.2f}p -G#{PAPER} -W{PT:.2f}p,#{INK}",
            f"gmt text {data}/gmt/${{stem}}_towns.txt -F+f{NAME * PT:.1f}p,Helvetica,#{INK}{halo}+jBL -Dj2p",
            "gmt basemap -LjBL+w100k+o0.5c+f",
            f"gmt legend {data}/gmt/legend.txt -DjBR+w1i+o0.1c -F+g#{PAPER}+p0.3p",
        ]
    width, height = frame(work)[1:]
    lines.append(f'echo "{width / 2:g} {height - 0.18:g} $title" | gmt text -R0/{width:g}/0/{height:g} -Jx1i '
                 f"-F+f{TITLE * PT:.1f}p,Helvetica-Bold,#{INK}{halo}+jMC")
    return lines


def figure(work, data):
    """The function `figure OUTPUT FORMAT`, which draws one."""
    width, height = frame(work)[1:]
    settings = {"PS_MEDIA": f"{width:g}ix{height:g}i", "MAP_FRAME_TYPE": "plain", "MAP_ORIGIN_X": 0, "MAP_ORIGIN_Y": 0,
                "MAP_TICK_LENGTH": 0, "MAP_FRAME_PEN": "0.01p", "MAP_SCALE_HEIGHT": "3p", "PS_LINE_JOIN": "round",
                "MAP_GRID_PEN_PRIMARY": pen(GRATICULE), "FONT_ANNOT_PRIMARY": "5p"}
    body = ["[ \"$2\" = pdf ] && how=C-dALLOWPSTRANSPARENCY || how=E200,C-dALLOWPSTRANSPARENCY", 'gmt begin "$1" "$2" $how',
            "gmt set " + " ".join(f"{k} {v}" for k, v in settings.items()), *ground(work, data), *overlays(work, data), "gmt end"]
    return "figure() {\n" + "\n".join("    " + line for line in body) + "\n}"


def main(work, data):
    write_tables(work, data)
    print("#!/bin/sh\nset -eu\nscratch=$(mktemp -d)\ntrap 'rm -rf \"$scratch\"' EXIT\ncd \"$scratch\"")
    print(figure(work, data))
    if work == "b":
        print(f"""head -n "$2" {data}/gmt/jobs.txt | while read -r stem lon lat west south east north title; do
    spat="$west $south $east $north"
    figure "$1/$stem" png </dev/null
done""")
    else:
        print(f"""stem={work} title="{WORKS[work]['title']}" spat="41 36.5 52.5 43.5"
case $1 in
*.svg) figure "${{1%.svg}}" pdf; pdftocairo -svg "${{1%.svg}}.pdf" "$1" ;;
*) figure "${{1%.*}}" "${{1##*.}}" ;;
esac""")


if __name__ == "__main__":
    main(*sys.argv[1:3])
