#!/bin/sh
# Batches: time and memory against the number of figures from one table of a million rows,
# two cores against one, and a run that has nothing to do; each beside what is wanted.
# Usage: batch.sh BUILD [ROWS [FIGURES]]; a million rows and 10,000 figures unless told,
# which takes some three minutes. Figures are of 640x480 pixels with 100 incidents each.
set -eu
build=$PWD/$1
rows=${2:-1000000} most=${3:-10000}
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

# measure NAME FIGURES WORKERS OPTIONS...: sets $cpu (s), $wall (s), $peak (MB of the largest process)
measure() {
    name=$1 count=$2 workers=$3
    shift 3
    head -n $((count + 1)) all.csv >jobs.csv
    /usr/bin/time -f '%U %S %e %M' -o times "$build/incmap" batch map.yaml --jobs jobs.csv -d figures -j "$workers" \
        --progress never --quiet "$@" >/dev/null 2>&1
    cpu=$(awk '{print $1 + $2}' times) wall=$(awk '{print $3}' times) peak=$(awk '{printf "%.0f", $4 / 1024}' times)
    echo "| $name | $cpu | $wall | $peak |"
}
# count N: seconds that N processes take which only count, at once: what the machine itself gives to two
count() {
    began=$(date +%s%N)
    for k in $(seq "$1"); do awk 'BEGIN {for (i = 0; i < 30000000; i++) n += i}' & done
    wait
    echo $((($(date +%s%N) - began) / 1000000))
}
of() { awk "BEGIN {printf \"$1\", $2}"; }

echo "$("$build/incmap" --version | head -1); $(uname -m), $(nproc) cores, $(date +%F); table of $rows rows"
echo
echo "| run | CPU s | elapsed s | peak MB |"
echo "|---|---|---|---|"
measure "the table alone (dry run of one figure)" 1 1 --dry-run
table=$cpu
# The fewest once more at the end: a machine whose speed drifts would make time grow, or shrink.
for part in 4 2 1 4; do
    rm -rf figures
    measure "$((most / part)) figures, one worker" $((most / part)) 1
    each=$(of %.3f "($cpu - $table) * 1000 / ($most / $part)")
    case $part in
    1) one=$wall last_each=$each last_peak=$peak ;;
    4) first_each=$(of %.3f "(${first_each:-$each} + $each) / 2") first_peak=$peak ;;
    esac
done
rm -rf figures
before=$(count 1) both=$(count 2)
measure "$most figures, two workers" "$most" 2
two=$wall after=$(count 1) both=$((both + $(count 2)))
measure "$most figures, nothing changed" "$most" 2
echo
echo "| mark | measured | wanted |"
echo "|---|---|---|"
echo "| CPU of a figure, $((most / 4)) to $most figures | $first_each to $last_each ms: $(of %+.1f "($last_each / $first_each - 1) * 100") % | within 10 % |"
echo "| peak memory, $((most / 4)) to $most figures | $first_peak to $last_peak MB | no growth |"
echo "| two workers against one | $(of %.2f "$one / $two") times | 1.9 |"
echo "| two processes that only count against one | $(of %.2f "2 * ($before + $after) / $both") times | |"
echo "| nothing changed, $most figures | $wall s | 2 |"
