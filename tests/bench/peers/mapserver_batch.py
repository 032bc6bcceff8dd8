"""The batch by MapServer in one process: mapserver_batch.py MAPFILE JOBS.tsv OUT agg|cairo

A clone of the map a figure: an object that changes its projection again and again fills MapServer's cache of
transformations and crashes (8.0.0, at about the seventeenth).
"""
import csv
import sys

import mapscript


def draw(base, job, number, path):
    figure = base.clone()
    figure.setProjection(f"+proj=laea +lat_0={job['lat']} +lon_0={job['lon']} +datum=WGS84")
    figure.setExtent(-300000, -225000, 300000, 225000)
    for name in ("incidents", "towns"):
        figure.getLayerByName(name).setFilter(f'("[map]" = "{number}")')
    figure.getLayerByName("title").getClass(0).setText(job["title"])
    figure.draw().save(path)


def main(mapfile, jobs, out, raster):
    base = mapscript.mapObj(mapfile)
    base.selectOutputFormat(raster)
    with open(jobs, encoding="utf-8") as f:
        for number, job in enumerate(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)):
            draw(base, job, number, f"{out}/{job['id']}.png")


if __name__ == "__main__":
    main(*sys.argv[1:5])
