"""A work by Cartopy and matplotlib: cartopy_draw.py s|w|b DATA OUT FONT BOLD [COUNT]

OUT is a file, .png or .svg; for the batch a folder for COUNT figures, all by one process, with the shapefiles read once into
trees. Names are not kept from overlapping: Cartopy has nothing for it.
"""
import csv
import os
import sys

import matplotlib

matplotlib.use("Agg")
import cartopy.crs as ccrs  # noqa: E402
import fiona  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from matplotlib import font_manager  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patheffects import withStroke  # noqa: E402
from mpl_toolkits.axes_grid1.anchored_artists import AnchoredSizeBar  # noqa: E402
from shapely.geometry import box, shape  # noqa: E402
from shapely.strtree import STRtree  # noqa: E402

from look import (BORDER, DASHES, DISPUTED, GRATICULE, HALO, INK, LAND, NAME, OPACITY, PAPER, PIPELINE, PROVINCE, SEA, SYMBOL,
                  TITLE, TOWN, WORKS, by_map)

DEGREES = ccrs.PlateCarree()
PT = 0.72  # points of a pixel at 100 pixels an inch


def colour(c):
    return "#" + c


def read(data, name, bounds=None):
    """[(geometry, properties)] of a shapefile, within bounds"""
    with fiona.open(f"{data}/{name}.shp") as f:
        return [(shape(r["geometry"]), r["properties"]) for r in (f.filter(bbox=bounds) if bounds else f)]


class Layer:
    """A shapefile in memory, asked by bounds."""
    def __init__(self, data, name):
        self.rows = read(data, name)
        self.properties = {id(g): p for g, p in self.rows}
        self.tree = STRtree([g for g, _ in self.rows])

    def within(self, bounds):
        return [(g, self.properties[id(g)]) for g in self.tree.query(box(*bounds))]


def axes_of(w, crs, whole):
    figure = plt.figure(figsize=(w["size"][0] / 100, w["size"][1] / 100), dpi=100)
    axes = figure.add_axes([0, 0, 1, 1], projection=crs)
    if whole:
        axes.set_global()
    else:
        x, y = w["half"]
        axes.set_extent((-x, x, -y, y), crs=crs)
    axes.set_facecolor(colour(SEA))
    return figure, axes


def strokes(axes, rows, pen, **more):
    axes.add_geometries([g for g, _ in rows], DEGREES, facecolor="none", edgecolor=colour(pen[0]), linewidth=pen[1] * PT, **more)


def ground(axes, layers, step):
    for k, c in enumerate(LAND):
        axes.add_geometries([g for g, p in layers["countries"] if p["mapcol"] == k], DEGREES, facecolor=colour(c),
                            edgecolor="none")
    strokes(axes, layers["admin1"], PROVINCE)
    strokes(axes, layers["countries"], BORDER, joinstyle="round")
    axes.gridlines(color=colour(GRATICULE[0]), linewidth=GRATICULE[1] * PT, xlocs=np.arange(-180, 181, step),
                   ylocs=np.arange(-90, 91, step), zorder=1.5)
    dashes = (0, tuple(d / DISPUTED[1] for d in DASHES))
    strokes(axes, layers.get("disputed", []), DISPUTED, linestyle=dashes)
    strokes(axes, layers.get("pipeline", []), PIPELINE, joinstyle="round", capstyle="round", zorder=2)


def symbols(axes, rows, size=None):
    colours = np.array([colour(c) for _, c in SYMBOL])
    diameter = np.array([size or p["d"] for _, _, p in rows])
    axes.scatter([x for x, _, _ in rows], [y for _, y, _ in rows], s=(diameter * PT) ** 2,
                 c=colours[[p["cat"] for _, _, p in rows]], alpha=OPACITY, edgecolors=colour(PAPER), linewidths=PT,
                 transform=DEGREES, zorder=3)


def names(axes, crs, rows):
    halo = [withStroke(linewidth=2 * HALO * PT, foreground="white")]
    for x, y, p in rows:
        at = crs.transform_point(x, y, DEGREES)
        axes.plot(*at, "o", ms=TOWN * PT, mfc="white", mec=colour(INK), mew=PT, zorder=4)
        axes.annotate(p["name"], at, (4, 4), textcoords="offset points", fontsize=NAME * PT, color=colour(INK),
                      path_effects=halo, zorder=5)


def furniture(axes):
    discs = [Line2D([], [], marker="o", ls="", mfc=colour(c), mec="white", label=n) for n, c in SYMBOL]
    lines = [Line2D([], [], color=colour(PIPELINE[0]), lw=PIPELINE[1] * PT, label="pipeline"),
             Line2D([], [], color=colour(DISPUTED[0]), lw=DISPUTED[1] * PT, ls="--", label="disputed border")]
    axes.legend(handles=discs + lines, loc="lower right", framealpha=1)
    axes.add_artist(AnchoredSizeBar(axes.transData, 100000, "100 km", "lower left", frameon=False, size_vertical=2000))


def draw(w, crs, layers, points, towns, title, out):
    figure, axes = axes_of(w, crs, towns is None)
    ground(axes, layers, w["step"])
    symbols(axes, points, None if towns is not None else 4)
    if towns is not None:
        names(axes, crs, towns)
        furniture(axes)
    figure.text(0.5, 1 - 45 / w["size"][1], title, ha="center", fontsize=TITLE * PT, weight="bold", color=colour(INK),
                path_effects=[withStroke(linewidth=2 * HALO * PT, foreground="white")])
    figure.savefig(out)
    plt.close(figure)


def points_of(data, name):
    return [(*g.coords[0], p) for g, p in read(data, name)]


def batch(w, data, out, count):
    layers = {n: Layer(data, n) for n in ("countries", "admin1", "disputed", "pipeline")}
    incidents, towns = by_map(f"{data}/b_incidents.geojsonl"), by_map(f"{data}/b_labels.geojsonl")
    with open(f"{data}/b_bounds.tsv", encoding="utf-8") as f:
        jobs = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, job in enumerate(jobs[:count]):
        bounds = [float(job[k]) for k in ("west", "south", "east", "north")]
        crs = ccrs.LambertAzimuthalEqualArea(float(job["lon"]), float(job["lat"]))
        draw(w, crs, {n: layer.within(bounds) for n, layer in layers.items()}, incidents[number], towns.get(number, []),
             job["title"], os.path.join(out, job["id"] + ".png"))


def main(work, data, out, regular, bold, count="200"):
    w = WORKS[work]
    for font in (regular, bold):
        font_manager.fontManager.addfont(font)
    plt.rcParams["font.family"] = "Noto Sans"
    if work == "b":
        batch(w, data, out, int(count))
    elif work == "s":
        near = (41, 36.5, 52.5, 43.5)
        layers = {n: read(data, n, near) for n in ("countries", "admin1", "disputed", "pipeline")}
        crs = ccrs.LambertConformal(46.5, 40.25, standard_parallels=(38.9, 41.6))
        draw(w, crs, layers, points_of(data, "s_incidents"), points_of(data, "s_labels"), w["title"], out)
    else:
        layers = {n: read(data, n) for n in ("countries", "admin1")}
        draw(w, ccrs.Robinson(), layers, points_of(data, "w_incidents"), None, w["title"], out)


if __name__ == "__main__":
    main(*sys.argv[1:7])
