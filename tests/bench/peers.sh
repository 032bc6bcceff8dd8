#!/bin/sh
# The works of the benchmark drawn by incmap and by other tools in turns, on the same data: one
# table of CPU time (user + system, medians), as ratios to incmap.
# Usage: peers.sh BUILD     (RUNS=5, BATCH_RUNS=3, PEERS="mapserver" says which;
# WORK=folder keeps data and figures)
set -eu
build=$1
here=tests/bench/peers
RUNS=${RUNS:-5} BATCH_RUNS=${BATCH_RUNS:-3}
PEERS=${PEERS:-mapserver}
WORK=${WORK:-$(mktemp -d)}
data=$WORK/data out=$WORK/out
py=/usr/bin/python3 # the distribution's: the bindings are packaged for it
export INCMAP_DATA="$PWD/geodata"

# 1. The same data: borders out of qgis-common, incidents and names out of works.py.

borders() {
    [ -f "$data/countries.shp" ] && return
    mkdir -p "$WORK/deb"
    (cd "$WORK/deb" && apt-get download -q qgis-common >/dev/null && dpkg -x qgis-common_*.deb .)
    gpkg=$(find "$WORK/deb" -name world_map.gpkg)
    shape "$gpkg" countries "SELECT geom, iso_a2, (fid + fid / 2) % 8 AS mapcol FROM countries"
    shape "$gpkg" admin1 "SELECT geom, iso_a2, name FROM states_provinces"
    shape "$gpkg" disputed "SELECT geom, name FROM disputed_borders"
    rm -rf "$WORK/deb"
}

shape() { # SOURCE NAME [SQL]
    ogr2ogr -f "ESRI Shapefile" -lco ENCODING=UTF-8 -a_srs EPSG:4326 -nln "$2" \
        ${3:+-dialect sqlite -sql "$3"} "$data/$2.shp" "$1" 2>/dev/null
}

prepare() {
    mkdir -p "$data" "$out"
    python3 tests/bench/works.py geodata "$data"
    borders
    for f in "$data"/*.geojsonl; do
        rm -f "${f%.geojsonl}.shp"
        shape "$f" "$(basename "$f" .geojsonl)"
    done
    for f in countries admin1 disputed b_incidents b_labels; do
        shptree "$data/$f.shp" >/dev/null
    done
}

# 2. The commands: a line each, "WORK TOOL COMMAND".

regular=$(fc-match -f '%{file}' 'Noto Sans:style=Regular')
bold=$(fc-match -f '%{file}' 'Noto Sans:style=Bold')

of_incmap() {
    mkdir -p "$out/incmap"
    for w in s w; do
        echo "$w incmap $build/incmap render --quiet $data/$w.yaml -o $out/incmap/$w.png"
    done
    echo "svg incmap $build/incmap render --quiet $data/s.yaml -o $out/incmap/s.svg"
    echo "batch incmap $build/bench/batch geodata $data $out/incmap"
}

of_mapserver() {
    mkdir -p "$out/mapserver"
    for w in s w b; do
        $py $here/mapserver_map.py $w "$data" "$regular" "$bold" >"$data/$w.map"
    done
    for w in s w; do
        echo "$w mapserver map2img -m $data/$w.map -i agg -o $out/mapserver/$w.png"
        echo "$w mapserver-cairo map2img -m $data/$w.map -i cairo -o $out/mapserver/$w-cairo.png"
    done
    echo "svg mapserver map2img -m $data/s.map -i vector -o $out/mapserver/s.svg"
    echo "batch mapserver $py $here/mapserver_batch.py $data/b.map $data/batch.tsv $out/mapserver agg"
}

versions() {
    echo "$("$build/incmap" --version | head -1); $(uname -m), $(nproc) cores, $(date +%F)"
    for p in mapserver-bin libcairo2 libproj25; do
        dpkg-query -W -f '${Package} ${Version}\n' $p 2>/dev/null || true
    done
}

# 3. In turns: every command once per round, so that a change of load falls on all alike.

round() { # every command once: "WORK TOOL CPU_MS WALL_MS PEAK_MB"
    while read -r work tool command; do
        [ "$work" != batch ] || [ "$1" -le "$BATCH_RUNS" ] || continue
        # shellcheck disable=SC2086
        figures=$(python3 tests/bench/measure.py 1 -- $command </dev/null) || exit 1
        echo "$work $tool $figures"
    done <"$WORK/commands"
}

table() {
    sort -k1,1 -k2,2 -k3,3n "$WORK/figures" | awk '
        {key = $1 " " $2; n[key]++; cpu[key, n[key]] = $3; if ($5 > peak[key]) peak[key] = $5
         if (n[key] == 1) order[++keys] = key}
        END {
            for (i = 1; i <= keys; i++) {
                key = order[i]
                split(key, part, " ")
                ms[key] = cpu[key, int((n[key] + 1) / 2)]
                if (part[2] == "incmap") own[part[1]] = ms[key]
            }
            print "| work | tool | CPU ms | times incmap | peak MB | maps a CPU second |"
            print "|---|---|---|---|---|---|"
            for (i = 1; i <= keys; i++) {
                key = order[i]
                split(key, part, " ")
                rate = part[1] == "batch" ? sprintf("%.1f", 200000 / ms[key]) : ""
                printf "| %s | %s | %.0f | %.2f | %.0f | %s |\n", part[1], part[2], ms[key],
                    ms[key] / own[part[1]], peak[key], rate
            }
        }'
}

sh tests/lint/deps.sh peers
prepare
for p in incmap $PEERS; do "of_$p"; done >"$WORK/commands"
i=0
: >"$WORK/figures"
while [ $i -lt "$RUNS" ]; do
    i=$((i + 1))
    round $i >>"$WORK/figures"
done
versions
echo
table
