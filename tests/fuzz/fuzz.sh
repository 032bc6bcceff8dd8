#!/bin/sh
# fuzz.sh BUILD SECONDS TARGET ...: each target for so long, from its corpus and from what
# was found before (BUILD/fuzz/found). Stops at the first fault; the input that shows it is
# in BUILD/fuzz/faults.
set -eu
build=$1 seconds=$2
shift 2
seeds=$build/fuzz/seeds
mkdir -p "$seeds/gaz" "$seeds/shapes" "$build/fuzz/faults"
# Forms that change with the program are made of the corpus of others.
for source in tests/fuzz/corpus/table/plain.csv tests/fuzz/corpus/geonames/rows.txt tests/fuzz/corpus/json/wof.jsonl; do
    "$build/incmap" gazetteer build --quiet -o "$seeds/gaz/${source##*/}.gaz" "$source" || :
done
head -c 16384 geodata/regions.shp >"$seeds/shapes/regions.shp"
for target; do
    name=${target##*/}
    mkdir -p "$build/fuzz/found/$name"
    set -- "$build/fuzz/found/$name"
    for corpus in "tests/fuzz/corpus/$name" "$seeds/$name"; do
        [ ! -d "$corpus" ] || set -- "$@" "$corpus"
    done
    echo "fuzz: $name, $seconds s"
    "$target" -max_total_time="$seconds" -max_len=65536 -timeout=120 -rss_limit_mb=3000 -print_final_stats=1 \
        -artifact_prefix="$build/fuzz/faults/$name-" "$@" >"$build/fuzz/$name.log" 2>&1 || {
        tail -n 40 "$build/fuzz/$name.log" >&2
        exit 1
    }
    grep -E 'stat::(number_of_executed_units|peak_rss_mb)' "$build/fuzz/$name.log"
done
