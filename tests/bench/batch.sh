#!/bin/sh
# Batches: time and memory against the number of figures from one table of a million rows,
# two cores against one, and a run that has nothing to do.
# Usage: batch.sh BUILD [ROWS [FIGURES]]; a million rows and 2,000 figures unless told.
set -eu
build=$PWD/$1
rows=${2:-1000000} most=${3:-2000}
export INCMAP_DATA="${INCMAP_DATA:-$PWD/geodata}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
awk -v n="$rows" 'BEGIN {
    print "event_id,date,type,lat,lon,country,admin1,fatalities,source"
    split("clash,shelling,drone,protest,attack", type, ",")
    for (i = 1; i <= n; i++) {
        r = int((i * 7919) % 10000)
        d = i % 1400
        printf "E%d,%04d-%02d-%02d,%s,%.4f,%.4f,XX,Region %05d,%d,\"Wire, %d\"\n", i, 2018 + int(d / 365),
            1 + int(d % 365 / 31), 1 + d % 28, type[1 + i % 5], -35 + r * 37 % 9000 / 100 + i * 13 % 97 / 200,
            -90 + r * 101 % 20000 / 100 + i * 17 % 89 / 200, r, i % 9, i % 50
    }
}' >table.csv
awk 'BEGIN {print "name,where"; for (i = 0; i < 10000; i++) printf "r%05d,admin1=Region %05d\n", i, i}' >all.csv
printf 'title: "Region {name}"\nsize: 640x480\nscale: 0.6\nincidents: [table.csv]\n' >map.yaml

# measure NAME JOBS WORKERS OPTIONS...: CPU seconds, wall seconds, MB of the largest process
measure() {
    name=$1 jobs=$2 workers=$3
    shift 3
    head -n $((jobs + 1)) all.csv >jobs.csv
    /usr/bin/time -f '%U %S %e %M' -o times "$build/incmap" batch map.yaml --jobs jobs.csv -d figures -j "$workers" \
        --progress never --quiet "$@"
    awk -v name="$name" '{printf "%-34s %8.2f s CPU %8.2f s %6.0f MB\n", name, $1 + $2, $3, $4 / 1024}' times
    awk '{print $1 + $2, $3}' times >last
}
measure "nothing to do but the table" 1 1 --dry-run
base=$(cut -d' ' -f1 last)
for n in $((most / 4)) $((most / 2)) "$most"; do
    rm -rf figures
    measure "$n figures, one worker" "$n" 1
    awk -v n="$n" -v base="$base" '{printf "%34s %8.2f ms CPU a figure beyond the table\n", "", ($1 - base) * 1000 / n}' last
    one=$(cut -d' ' -f2 last)
done
rm -rf figures
measure "$most figures, two workers" "$most" 2
awk -v one="$one" '{printf "%34s %8.2f times one worker\n", "", one / $2}' last
measure "$most figures, up to date" "$most" 2
