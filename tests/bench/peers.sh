#!/bin/sh
# The works of the benchmark drawn by incmap and by other tools in turns, on the same data: one
# table of CPU time (user + system, medians) as ratios to incmap, memory and sizes.
# Usage: peers.sh [--markdown] BUILD
#   RUNS=5 rounds, SLOW_RUNS=2 of them with GMT and Cartopy and with the batch; a first round is
#   not counted. PEERS="mapserver mapnik gmt cartopy" says which; WORK=folder keeps data, figures
set -eu
markdown=
[ "$1" != --markdown ] || { markdown=1; shift; }
build=$1
here=tests/bench/peers
. tests/bench/lib.sh
RUNS=${RUNS:-5} SLOW_RUNS=${SLOW_RUNS:-2}
PEERS=${PEERS:-mapserver mapnik gmt cartopy}
[ -n "${WORK:-}" ] || { WORK=$(mktemp -d); trap 'rm -rf "$WORK"' EXIT; }
data=$WORK/data out=$WORK/out
py=/usr/bin/python3 # the distribution's: the bindings are packaged for it
export INCMAP_DATA="$PWD/geodata" PYTHONDONTWRITEBYTECODE=1

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
    mkdir -p "$data"
    python3 tests/bench/works.py geodata "$data"
    python3 $here/prepare.py "$data"
    borders
    for f in "$data"/*.geojsonl; do
        rm -f "${f%.geojsonl}.shp"
        shape "$f" "$(basename "$f" .geojsonl)"
    done
    for f in countries admin1 disputed b_incidents b_labels; do # for MapServer and ogr2ogr
        shptree "$data/$f.shp" >/dev/null
    done
    (cd "$data" && shapeindex countries admin1 disputed s_graticule b_graticule w_graticule >/dev/null 2>&1)
}

# 2. The commands: a line each, "WORK TOOL FIGURES OUTPUT COMMAND". The slow tools draw the
# first of the batch's maps.

regular=$(fc-match -f '%{file}' 'Noto Sans:style=Regular')
bold=$(fc-match -f '%{file}' 'Noto Sans:style=Bold')
all=200 some=${SAMPLE:-40}

cold() { # TOOL COMMAND...: S, W and the SVG of S
    tool=$1 to=$out/$1
    shift
    for w in s w; do echo "$w $tool 1 $to/$w.png $* $w $data $to/$w.png $regular $bold"; done
    echo "svg $tool 1 $to/s.svg $* s $data $to/s.svg $regular $bold"
}

of_incmap() {
    to=$out/incmap
    for w in s w; do echo "$w incmap 1 $to/$w.png $build/incmap render --quiet $data/$w.yaml -o $to/$w.png"; done
    echo "svg incmap 1 $to/s.svg $build/incmap render --quiet $data/s.yaml -o $to/s.svg"
    echo "batch incmap $all $to/b $build/bench/batch geodata $data $to/b"
}

of_mapserver() {
    to=$out/mapserver
    for w in s w b; do $py $here/mapserver_map.py $w "$data" "$regular" "$bold" >"$data/$w.map"; done
    for w in s w; do echo "$w mapserver 1 $to/$w.png map2img -m $data/$w.map -i agg -o $to/$w.png"; done
    echo "svg mapserver 1 $to/s.svg map2img -m $data/s.map -i vector -o $to/s.svg"
    echo "batch mapserver $all $to/b $py $here/mapserver_batch.py $data/b.map $data/batch.tsv $to/b agg"
}

of_mapnik() {
    cold mapnik $py $here/mapnik_draw.py
    echo "batch mapnik $all $out/mapnik/b $py $here/mapnik_draw.py b $data $out/mapnik/b $regular $bold $all"
}

of_cartopy() {
    cold cartopy $py $here/cartopy_draw.py
    echo "batch cartopy $some $out/cartopy/b $py $here/cartopy_draw.py b $data $out/cartopy/b $regular $bold $some"
}

of_gmt() {
    to=$out/gmt
    for w in s w b; do $py $here/gmt_map.py $w "$data" >"$data/$w.sh"; done
    for w in s w; do echo "$w gmt 1 $to/$w.png sh $data/$w.sh $to/$w.png"; done
    echo "svg gmt 1 $to/s.svg sh $data/s.sh $to/s.svg"
    echo "batch gmt $some $to/b sh $data/b.sh $to/b $some"
}

versions() {
    echo "$("$build/incmap" --version | head -1); $(uname -m), $(nproc) cores, $(date +%F)"
    for p in libcairo2 libproj25 mapserver-bin python3-mapscript python3-mapnik libmapnik3.1 gmt ghostscript python3-cartopy \
        python3-matplotlib; do
        dpkg-query -W -f '${Package} ${Version}\n' $p 2>/dev/null || true
    done
}

# 3. In turns: every command once per round, so that a change of load falls on all alike. The
# first round, which is not counted, brings files into memory.

size() { # KB of a file, of an SVG also what is drawn alone; or of a mean file of a folder
    case $1 in
    *.svg) awk -v all="$(wc -c <"$1")" -v bare="$(bare "$1")" 'BEGIN {printf "%.0f,_%.0f_bare\n", all / 1000, bare / 1000}' ;;
    *.png) awk -v all="$(wc -c <"$1")" 'BEGIN {printf "%.0f\n", all / 1000}' ;;
    *) cat "$1"/*.png | wc -c | awk -v n="$(ls "$1"/*.png | wc -l)" '{printf "%.0f\n", $1 / n / 1000}' ;;
    esac
}

round() { # NUMBER: "WORK TOOL FIGURES CPU_MS WALL_MS PEAK_MB KB"
    while read -r work tool count output command; do
        case $work$tool in
        batch* | *gmt | *cartopy) [ "$1" -le "$SLOW_RUNS" ] || continue ;;
        esac
        echo "$1 of $RUNS: $work, $tool" >&2
        # shellcheck disable=SC2086
        figures=$(python3 tests/bench/measure.py 0 -- $command </dev/null) || { echo "$tool cannot draw $work" >&2; exit 1; }
        [ "$1" -eq 0 ] || echo "$work $tool $count $figures $(size "$output")"
    done <"$WORK/commands"
}

# Rows of fields with tabs between; ratios are of the time of one figure.
table() {
    sort -k1,1 -k2,2 -k4,4n "$WORK/figures" | awk '
        BEGIN {OFS = "\t"; split("s S, PNG|svg S, SVG|w W, PNG|batch batch, PNG", name, "|"); works = 4}
        {key = $1 " " $2; n[key]++; cpu[key, n[key]] = $4 / $3; count[key] = $3; kb[key] = $7; gsub("_", " ", kb[key])
         if ($6 > peak[key]) peak[key] = $6
         if (n[key] == 1) order[++keys] = key}
        END {
            print "work", "tool", "CPU ms a figure", "times incmap", "maps a CPU s", "peak MB", "KB"
            for (i = 1; i <= keys; i++) ms[order[i]] = cpu[order[i], int((n[order[i]] + 1) / 2)]
            for (w = 1; w <= works; w++) {
                work = substr(name[w], 1, index(name[w], " ") - 1)
                title = substr(name[w], index(name[w], " ") + 1)
                rank = 0
                while (1) { # fastest first
                    best = ""
                    for (i = 1; i <= keys; i++)
                        if (index(order[i], work " ") == 1 && !(order[i] in told) && (best == "" || ms[order[i]] < ms[best]))
                            best = order[i]
                    if (best == "") break
                    told[best]
                    split(best, part, " ")
                    print title, part[2] (work == "batch" ? ", " count[best] " maps" : ""), sprintf("%.1f", ms[best]),
                        sprintf("%.2f", ms[best] / ms[work " incmap"]), sprintf("%.1f", 1000 / ms[best]),
                        sprintf("%.0f", peak[best]), kb[best]
                }
            }
        }'
}

print() { # as Markdown, or in columns
    if [ -n "$markdown" ]; then
        sed 's/	/ | /g; s/^/| /; s/$/ |/' | awk '{print} NR == 1 {print "|---|---|---|---|---|---|---|"}'
    else
        awk -F'\t' '{printf "%-11s %-20s %16s %13s %13s %8s %14s\n", $1, $2, $3, $4, $5, $6, $7}'
    fi
}

sh tests/lint/deps.sh peers
prepare
for p in incmap $PEERS; do
    mkdir -p "$out/$p/b"
    "of_$p"
done >"$WORK/commands"
: >"$WORK/figures"
i=0
while [ $i -le "$RUNS" ]; do
    round $i >>"$WORK/figures"
    i=$((i + 1))
done
versions
echo
table | print
