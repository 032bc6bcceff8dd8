"""The map file of MapServer for a work: mapserver_map.py s|w|b DATA FONT BOLD > FILE.map

Same size, frame, layers and widths as the work has in incmap. All shapefiles have shptree indexes. The map of the batch is
finished for each place by mapserver_batch.py.
"""
import sys

from look import (BORDER, DASHES, DISPUTED, GRATICULE, INK, LAND, OPACITY, PAPER, PIPELINE, PROVINCE, SEA, SYMBOL, TOWN, WORKS)


def block(name, *lines):
    """NAME ... END, with everything inside on lines of its own."""
    return "\n".join([name, *lines, "END"])


def style(*parts):
    return block("STYLE", *parts)


def font(which, size):
    return f'TYPE TRUETYPE FONT "{which}" SIZE {size} COLOR "#{INK}"'


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
        self.line("provinces", "admin1", *PROVINCE)
        self.line("borders", "countries", *BORDER, "LINEJOIN ROUND")

    def graticule(self):
        if not self.work["labels"]:  # the world: as lines, a grid layer does not follow Robinson's edge
            self.line("graticule", "w_graticule", *GRATICULE)
            return
        step = self.work["step"]
        self.layers.append(block(
            "LAYER", 'NAME "graticule"', "TYPE LINE", "STATUS DEFAULT", block("PROJECTION", '"init=epsg:4326"'),
            block("GRID", 'LABELFORMAT "DD"', f"MININTERVAL {step}", f"MAXINTERVAL {step}"),
            block("CLASS", style(f'COLOR "#{GRATICULE[0]}"', f"WIDTH {GRATICULE[1]}"), block("LABEL", font("sans", 9), "POSITION AUTO"))))

    def incidents(self):
        size = "[d]" if self.work["labels"] else "4"
        self.layer("incidents", "POINT", self.work["points"], 'CLASSITEM "cat"', *(
            block("CLASS", f'NAME "{name}"', f'EXPRESSION "{i}"', style(
                'SYMBOL "disc"', f"SIZE {size}", f'COLOR "#{c}"', f'OUTLINECOLOR "#{PAPER}"', "OUTLINEWIDTH 1", f"OPACITY {OPACITY * 100:.0f}"))
            for i, (name, c) in enumerate(SYMBOL)))

    def names(self):
        self.layer("towns", "POINT", self.work["labels"], 'LABELITEM "name"', block(
            "CLASS", style('SYMBOL "disc"', f"SIZE {TOWN}", f'COLOR "#{PAPER}"', f'OUTLINECOLOR "#{INK}"'),
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
            self.line("disputed", "disputed", *DISPUTED, "PATTERN {} {} END".format(*DASHES), "disputed border")
            self.line("pipeline", "pipeline", *PIPELINE, "LINEJOIN ROUND LINECAP ROUND", "pipeline")
        self.incidents()
        if self.work["labels"]:
            self.names()
        self.title()
        formats = [block("OUTPUTFORMAT", f'NAME "{name}"', f'DRIVER "{driver}"', f'MIMETYPE "image/{kind}"', "IMAGEMODE RGB",
                         f'EXTENSION "{end}"')
                   for name, driver, kind, end in (("agg", "AGG/PNG", "png", "png"), ("cairo", "CAIRO/PNG", "png", "png"),
                                                   ("vector", "CAIRO/SVG", "svg+xml", "svg"))]
        return block("MAP", 'NAME "works"', f"SIZE {w} {h}", f"EXTENT {-x} {-y} {x} {y}", "UNITS METERS",
                     f'IMAGECOLOR "#{SEA}"', 'IMAGETYPE "agg"', f'FONTSET "{self.data}/fonts.txt"',
                     block("PROJECTION", *(f'"{p}"' for p in self.work["crs"].split())), *formats,
                     block("SYMBOL", 'NAME "disc"', "TYPE ELLIPSE", "FILLED TRUE", block("POINTS", "1 1")),
                     *(self.furniture() if self.work["labels"] else []), *self.layers)


def main(work, data, regular, bold):
    with open(f"{data}/fonts.txt", "w", encoding="utf-8") as f:
        f.write(f"sans {regular}\nbold {bold}\n")
    print(Map(work, data).text())


if __name__ == "__main__":
    main(*sys.argv[1:5])
