"""The map file of MapServer for a work: mapserver_map.py s|w|b DATA FONT BOLD > FILE.map

Same size, frame, layers and widths as the work has in incmap. All shapefiles have shptree indexes. The map of the batch is
finished for each place by mapserver_batch.py.
"""
import sys

LAND = ["f3eee3", "ece5da", "f6f1e4", "e9e6d6", "f1e6dd", "e6eadf", "f7f0d9", "ebe3ea"]
SYMBOL = [("leak", "8ba0d5"), ("sabotage", "701f33"), ("theft", "3a45d0"), ("accident", "5fa878")]
WORKS = {
    "s": dict(size=(1600, 1200), half=(400000, 300000), points="s_incidents", labels="s_labels", grid=1,
              title="South Caucasus: reported incidents",
              crs="proj=lcc lat_1=38.9 lat_2=41.6 lat_0=40.25 lon_0=46.5 datum=WGS84"),
    "w": dict(size=(2400, 1200), half=(17250310, 8625155), points="w_incidents", labels=None, grid=30,
              title="The world: reported incidents", crs="proj=robin datum=WGS84"),
    "b": dict(size=(1200, 900), half=(300000, 225000), points="b_incidents", labels="b_labels", grid=2,
              title="place", crs="proj=laea lat_0=40 lon_0=46 datum=WGS84"),
}


def block(name, *lines):
    """NAME ... END, with everything inside on lines of its own."""
    return "\n".join([name, *lines, "END"])


def style(*parts):
    return block("STYLE", *parts)


def font(which, size):
    return f'TYPE TRUETYPE FONT "{which}" SIZE {size} COLOR "#2b2722"'


class Map:
    def __init__(self, work, data):
        self.work, self.data, self.layers = WORKS[work], data, []

    def layer(self, name, kind, source, *lines):
        self.layers.append(block("LAYER", f'NAME "{name}"', f"TYPE {kind}", "STATUS DEFAULT", f'DATA "{self.data}/{source}.shp"',
                                 block("PROJECTION", '"init=epsg:4326"'), *lines))

    def line(self, name, source, colour, width, more="", title=""):
        self.layer(name, "LINE", source, block("CLASS", f'NAME "{title}"' if title else "", style(
            f'COLOR "#{colour}"', f"WIDTH {width}", more)))

    def ground(self):
        self.layer("land", "POLYGON", "countries", 'CLASSITEM "mapcol"', *(
            block("CLASS", f'EXPRESSION "{i}"', style(f'COLOR "#{c}"')) for i, c in enumerate(LAND)))
        self.line("provinces", "admin1", "cdc5b8", 1)
        self.line("borders", "countries", "6f665a", 1.7, "LINEJOIN ROUND")

    def graticule(self):
        if not self.work["labels"]:  # the world: as lines, a grid layer does not follow Robinson's edge
            self.line("graticule", "w_graticule", "8a857c", 0.7)
            return
        step = self.work["grid"]
        self.layers.append(block(
            "LAYER", 'NAME "graticule"', "TYPE LINE", "STATUS DEFAULT", block("PROJECTION", '"init=epsg:4326"'),
            block("GRID", 'LABELFORMAT "DD"', f"MININTERVAL {step}", f"MAXINTERVAL {step}"),
            block("CLASS", style('COLOR "#8a857c"', "WIDTH 0.7"), block("LABEL", font("sans", 9), "POSITION AUTO"))))

    def incidents(self):
        size = "[d]" if self.work["labels"] else "4"
        self.layer("incidents", "POINT", self.work["points"], 'CLASSITEM "cat"', *(
            block("CLASS", f'NAME "{name}"', f'EXPRESSION "{i}"', style(
                'SYMBOL "disc"', f"SIZE {size}", f'COLOR "#{c}"', 'OUTLINECOLOR "#ffffff"', "OUTLINEWIDTH 1", "OPACITY 84"))
            for i, (name, c) in enumerate(SYMBOL)))

    def names(self):
        self.layer("towns", "POINT", self.work["labels"], 'LABELITEM "name"', block(
            "CLASS", style('SYMBOL "disc"', "SIZE 6", 'COLOR "#ffffff"', 'OUTLINECOLOR "#2b2722"'),
            block("LABEL", font("sans", 11), 'OUTLINECOLOR "#ffffff"', "OUTLINEWIDTH 3", "POSITION AUTO", "PARTIALS FALSE",
                  "PRIORITY 8")))

    def title(self):
        self.layers.append(block(
            "LAYER", 'NAME "title"', "TYPE POINT", "STATUS DEFAULT", "TRANSFORM UL",
            block("FEATURE", block("POINTS", f"{self.work['size'][0] // 2} 30"), f'TEXT "{self.work["title"]}"'),
            block("CLASS", block("LABEL", font("bold", 21), 'OUTLINECOLOR "#ffffff"', "OUTLINEWIDTH 3", "POSITION CC",
                                 "FORCE TRUE"))))

    def furniture(self):
        ink = ['IMAGECOLOR "#ffffff"', 'OUTLINECOLOR "#6f665a"', "STATUS EMBED"]
        return [block("LEGEND", *ink, "POSITION LR", "KEYSIZE 24 14", block("LABEL", font("sans", 11))),
                block("SCALEBAR", *ink, "POSITION LL", "UNITS KILOMETERS", "INTERVALS 4", "SIZE 260 6", 'COLOR "#2b2722"',
                      block("LABEL", font("sans", 10)))]

    def text(self):
        (w, h), (x, y) = self.work["size"], self.work["half"]
        self.ground()
        self.graticule()
        if self.work["labels"]:
            self.line("disputed", "disputed", "a9453c", 2, "PATTERN 8 5 END", "disputed border")
            self.line("pipeline", "pipeline", "5a4e7c", 3.2, "LINEJOIN ROUND LINECAP ROUND", "pipeline")
        self.incidents()
        if self.work["labels"]:
            self.names()
        self.title()
        formats = [block("OUTPUTFORMAT", f'NAME "{name}"', f'DRIVER "{driver}"', f'MIMETYPE "image/{kind}"', "IMAGEMODE RGB",
                         f'EXTENSION "{end}"')
                   for name, driver, kind, end in (("agg", "AGG/PNG", "png", "png"), ("cairo", "CAIRO/PNG", "png", "png"),
                                                   ("vector", "CAIRO/SVG", "svg+xml", "svg"))]
        return block("MAP", 'NAME "works"', f"SIZE {w} {h}", f"EXTENT {-x} {-y} {x} {y}", "UNITS METERS",
                     'IMAGECOLOR "#d3e4ec"', 'IMAGETYPE "agg"', f'FONTSET "{self.data}/fonts.txt"',
                     block("PROJECTION", *(f'"{p}"' for p in self.work["crs"].split())), *formats,
                     block("SYMBOL", 'NAME "disc"', "TYPE ELLIPSE", "FILLED TRUE", block("POINTS", "1 1")),
                     *(self.furniture() if self.work["labels"] else []), *self.layers)


def main(work, data, regular, bold):
    with open(f"{data}/fonts.txt", "w", encoding="utf-8") as f:
        f.write(f"sans {regular}\nbold {bold}\n")
    print(Map(work, data).text())


if __name__ == "__main__":
    main(*sys.argv[1:5])
