"""Writes the works of the benchmark: works.py GEODATA OUT

S: the South Caucasus, 800 km x 600 km, 1600 x 1200 pixels, 200 incidents of four types, one pipeline.
W: the world in Robinson, 2400 x 1200 pixels, 10,000 incidents.
B: 200 places, 600 km x 450 km around each, 1200 x 900 pixels, 50 incidents each.

Fixed seeds, bundled geodata only; the same bytes on every machine. For incmap: s.yaml, w.yaml, batch.tsv (id, place, longitude,
latitude, title) and tables of incidents; for other tools: the same incidents and the names of towns as GeoJSON lines.
"""
import json
import math
import os
import random
import struct
import sys

TYPES = ["leak", "sabotage", "theft", "accident"]
S_PROJECTION = "+proj=lcc +lat_1=38.9 +lat_2=41.6 +lat_0=40.25 +lon_0=46.5 +datum=WGS84"
RADIUS = 6371.0  # km; near enough to scatter points
PIPELINE_VERTICES = 23


def towns(geodata):
    """Settlements of the bundled gazetteer, the most populous first."""
    rows = []
    with open(os.path.join(geodata, "places-world.tsv"), encoding="utf-8") as f:
        names = f.readline().rstrip("\n").split("\t")
        for line in f:
            r = dict(zip(names, line.rstrip("\n").split("\t")))
            if r["kind"] == "settlement":
                rows.append((-int(r["population"] or 0), r["id"], r["name"], float(r["lon"]), float(r["lat"]), r["country"]))
    rows.sort()
    return [dict(name=r[2], lon=r[3], lat=r[4], country=r[5], population=-r[0]) for r in rows]


def offset(lon, lat, east, north):
    """The point that many km east and north on the azimuthal equal-area map around lon, lat."""
    rho = math.hypot(east, north)
    if rho == 0:
        return lon, lat
    c = 2 * math.asin(rho / (2 * RADIUS))
    phi = math.radians(lat)
    y = math.asin(math.cos(c) * math.sin(phi) + north * math.sin(c) * math.cos(phi) / rho)
    x = math.atan2(east * math.sin(c), rho * math.cos(phi) * math.cos(c) - north * math.sin(phi) * math.sin(c))
    return (lon + math.degrees(x) + 540) % 360 - 180, math.degrees(y)


def place(lon, lat, t):
    """How many km t lies east and north of lon, lat: the inverse of offset."""
    dl, p, q = math.radians(t["lon"] - lon), math.radians(lat), math.radians(t["lat"])
    k = math.sqrt(2 / max(1e-9, 1 + math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(dl)))
    return (RADIUS * k * math.cos(q) * math.sin(dl),
            RADIUS * k * (math.cos(p) * math.sin(q) - math.sin(p) * math.cos(q) * math.cos(dl)))


def incident(rng, lon, lat):
    """Mostly small, a few large ones; one of four types."""
    return dict(lon=round(lon, 5), lat=round(lat, 5), type=rng.randrange(4), size=min(10, 1 + int(rng.expovariate(0.45))))


def write_table(path, rows):
    """An incident table of incmap; the size stands as the number of killed."""
    with open(path, "w", encoding="utf-8") as f:
        f.write("date,type,lon,lat,killed1\n")
        for r in rows:
            f.write(f"2020-07-12,{TYPES[r['type']]},{r['lon']},{r['lat']},{r['size']}\n")


def write_points(path, rows):
    """One GeoJSON feature a line, for the other tools; large symbols first, so that small ones stay visible."""
    with open(path, "w", encoding="utf-8") as f:
        for r in rows:
            keep = {k: v for k, v in r.items() if k not in ("lon", "lat")}
            f.write(json.dumps({"type": "Feature", "properties": keep, "geometry": {
                "type": "Point", "coordinates": [r["lon"], r["lat"]]}}, ensure_ascii=False) + "\n")


def incidents_of_tools(rows, **more):
    rows = sorted(rows, key=lambda r: -r["size"])
    return [dict(lon=r["lon"], lat=r["lat"], cat=r["type"], catname=TYPES[r["type"]], d=6 + 2 * r["size"], **more) for r in rows]


def pipeline(geodata):
    """PIPELINE_VERTICES vertices of the longest part of the first bundled pipeline."""
    with open(os.path.join(geodata, "pipelines.shp"), "rb") as f:
        data = f.read()
    parts, points = struct.unpack("<ii", data[100 + 8 + 36:100 + 8 + 44])
    at = 100 + 8 + 44
    starts = list(struct.unpack(f"<{parts}i", data[at:at + 4 * parts])) + [points]
    v = struct.unpack(f"<{2 * points}d", data[at + 4 * parts:at + 4 * parts + 16 * points])
    first, last = max(zip(starts, starts[1:]), key=lambda p: p[1] - p[0])
    line = [(v[2 * i], v[2 * i + 1]) for i in range(first, last)]
    step = (len(line) - 1) / (PIPELINE_VERTICES - 1)
    return [line[round(i * step)] for i in range(PIPELINE_VERTICES)]


def write_line(stem, line, name):
    """A shapefile set of one line."""
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    box = struct.pack("<4d", min(xs), min(ys), max(xs), max(ys))
    body = struct.pack("<i", 3) + box + struct.pack("<iii", 1, len(line), 0)
    body += b"".join(struct.pack("<2d", *p) for p in line)

    def header(size):
        return struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, size // 2) + struct.pack("<ii", 1000, 3) + box + bytes(32)
    with open(stem + ".shp", "wb") as f:
        f.write(header(108 + len(body)) + struct.pack(">ii", 1, len(body) // 2) + body)
    with open(stem + ".shx", "wb") as f:
        f.write(header(108) + struct.pack(">ii", 50, len(body) // 2))
    with open(stem + ".dbf", "wb") as f:
        f.write(struct.pack("<BBBBIHH20x", 3, 120, 1, 1, 1, 65, 31) + b"name".ljust(11, b"\0") + b"C" +
                struct.pack("<IB15x", 0, 30) + b"\r " + name.encode().ljust(30) + b"\x1a")
    with open(stem + ".cpg", "w", encoding="utf-8") as f:
        f.write("UTF-8")
    with open(stem + ".prj", "w", encoding="utf-8") as f:
        f.write('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
                'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]')


def write_text(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def work_s(all_towns, geodata, out):
    rng = random.Random(31)
    rows = [incident(rng, rng.uniform(42.3, 50.7), rng.uniform(38.2, 42.4)) for _ in range(200)]
    write_table(os.path.join(out, "s.csv"), rows)
    write_points(os.path.join(out, "s_incidents.geojsonl"), incidents_of_tools(rows))
    near = []
    for t in all_towns:
        x, y = place(46.5, 40.25, t)
        if t["country"] in ("AZ", "AM", "GE") and abs(x) < 390 and abs(y) < 290:
            near.append(t)
    write_points(os.path.join(out, "s_labels.geojsonl"), near[:25])
    write_line(os.path.join(out, "pipeline"), pipeline(geodata), "Baku–Tbilisi–Ceyhan")
    write_text(os.path.join(out, "s.yaml"), f"""title: "South Caucasus: reported incidents"
size: 1600x1200
projection: "{S_PROJECTION}"
extent: {{bbox: [42.4, 37.7, 50.6, 42.8]}}
incidents:
  - {{file: s.csv, size: killed, color: type, shape: circle, label: none, overlap: keep}}
overlays: [pipeline.shp]
labels: {{max: 25}}
furniture: {{graticule: on, legend: on, scale_bar: on}}
""")


def write_graticule(path):
    """Every 30 degrees, a vertex each degree: for tools that want the world's graticule as lines."""
    lines = [[(x, y) for y in range(-90, 91)] for x in range(-180, 181, 30)]
    lines += [[(x, y) for x in range(-180, 181)] for y in range(-90, 91, 30)]
    with open(path, "w", encoding="utf-8") as f:
        for line in lines:
            f.write(json.dumps({"type": "Feature", "properties": {"n": 1}, "geometry": {
                "type": "LineString", "coordinates": line}}) + "\n")


def work_w(all_towns, out):
    rng = random.Random(32)
    rows = []
    while len(rows) < 10000:
        t = rng.choice(all_towns)
        lon, lat = t["lon"] + rng.gauss(0, 1.5), t["lat"] + rng.gauss(0, 1.5)
        if abs(lon) < 179 and abs(lat) < 84:
            rows.append(incident(rng, lon, lat))
    write_table(os.path.join(out, "w.csv"), rows)
    write_points(os.path.join(out, "w_incidents.geojsonl"), incidents_of_tools(rows))
    write_graticule(os.path.join(out, "w_graticule.geojsonl"))
    write_text(os.path.join(out, "w.yaml"), """title: "The world: reported incidents"
size: 2400x1200
projection: robinson
extent: {bbox: [-180, -90, 180, 90]}
incidents:
  - {file: w.csv, size: fixed, color: type, shape: circle, label: none, overlap: keep}
furniture: {graticule: on, legend: on}
""")


def work_b(all_towns, out):
    rng = random.Random(33)
    centres = rng.sample([t for t in all_towns if abs(t["lat"]) < 65 and abs(t["lon"]) < 174], 200)
    jobs, incidents, labels = ["id\tlon\tlat\ttitle\n"], [], []
    for i, c in enumerate(centres):
        rows = [incident(rng, *offset(c["lon"], c["lat"], rng.uniform(-280, 280), rng.uniform(-210, 210))) for _ in range(50)]
        write_table(os.path.join(out, "batch", f"{i:03}.csv"), rows)
        incidents += incidents_of_tools(rows, map=i)
        near = []
        for t in all_towns:
            x, y = place(c["lon"], c["lat"], t) if abs(t["lat"] - c["lat"]) < 3 else (999, 999)
            if abs(x) < 290 and abs(y) < 215:
                near.append(dict(t, map=i))
            if len(near) == 25:
                break
        labels += near
        jobs.append(f"{i:03}\t{c['lon']}\t{c['lat']}\t{c['name']}\n")
    write_text(os.path.join(out, "batch.tsv"), "".join(jobs))
    write_points(os.path.join(out, "b_incidents.geojsonl"), incidents)
    write_points(os.path.join(out, "b_labels.geojsonl"), labels)


def main(geodata, out):
    os.makedirs(os.path.join(out, "batch"), exist_ok=True)
    all_towns = towns(geodata)
    work_s(all_towns, geodata, out)
    work_w(all_towns, out)
    work_b(all_towns, out)


if __name__ == "__main__":
    main(*sys.argv[1:3])
