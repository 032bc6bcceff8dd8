"""What the works are and how they look, for all peers: frames, colours, widths. Lengths are pixels of the figure."""
import json

SEA, INK, PAPER = "d3e4ec", "2b2722", "ffffff"
LAND = ["f3eee3", "ece5da", "f6f1e4", "e9e6d6", "f1e6dd", "e6eadf", "f7f0d9", "ebe3ea"]  # by the column mapcol
SYMBOL = [("leak", "8ba0d5"), ("sabotage", "701f33"), ("theft", "3a45d0"), ("accident", "5fa878")]  # by the column cat
PROVINCE, BORDER, GRATICULE = ("cdc5b8", 1), ("6f665a", 1.7), ("8a857c", 0.7)
DISPUTED, DASHES, PIPELINE = ("a9453c", 2), (8, 5), ("5a4e7c", 3.2)
OPACITY = 0.84  # of symbols, which have a white rim one pixel wide
TOWN, NAME, HALO, TITLE = 6, 15, 1.5, 28  # a town's disc; type; width of the halo round type; type of the title

# half: metres from the centre to the sides of the frame; points, labels, graticule: shapefiles; step: degrees
WORKS = {
    "s": dict(size=(1600, 1200), half=(400000, 300000), points="s_incidents", labels="s_labels", graticule="s_graticule",
              step=1, title="South Caucasus: reported incidents",
              crs="proj=lcc lat_1=38.9 lat_2=41.6 lat_0=40.25 lon_0=46.5 datum=WGS84"),
    "w": dict(size=(2400, 1200), half=(17250310, 8625155), points="w_incidents", labels=None, graticule="w_graticule",
              step=30, title="The world: reported incidents", crs="proj=robin datum=WGS84"),
    "b": dict(size=(1200, 900), half=(300000, 225000), points="b_incidents", labels="b_labels", graticule="b_graticule",
              step=2, title="place", crs="proj=laea lat_0=40 lon_0=46 datum=WGS84"),
}


def by_map(path):
    """Points of the batch from GeoJSON lines: {number of the figure: [(longitude, latitude, properties)]}"""
    maps = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            feature = json.loads(line)
            lon, lat = feature["geometry"]["coordinates"]
            maps.setdefault(feature["properties"]["map"], []).append((lon, lat, feature["properties"]))
    return maps
