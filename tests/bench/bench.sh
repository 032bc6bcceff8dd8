#!/bin/sh
# The works of the benchmark (works.py says which): CPU time, instructions (callgrind), peak
# memory and file sizes, as a table. Fails when a banned slow path is on one.
# Usage: bench.sh BUILD [table|check|baseline]
#   table     everything, beside the baseline (RUNS=9: runs of a cold work)
#   check     instructions alone; fails when one rose by more than 5 % above baseline.tsv
#   baseline  instructions alone, into baseline.tsv
set -eu
build=$1
mode=${2:-table}
here=tests/bench
. $here/lib.sh
runs=${RUNS:-9}
maps=200 # of the batch, the first not counted: it opens the atlas
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export INCMAP_DATA="$PWD/geodata"
mkdir "$dir/batch"
python3 $here/works.py geodata "$dir/works"

instructions() { # KEY COMMAND...
    key=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file="$dir/$key.cg" "$@" >/dev/null 2>"$dir/log" ||
        { tail -3 "$dir/log" >&2; exit 1; }
    for banned in cairo_surface_write_to_png cairo_text_path; do
        if grep -q "$banned" "$dir/$key.cg"; then
            echo "$banned is on the path of $key" >&2
            exit 1
        fi
    done
    awk '/Collected/ {printf "%.2f\n", $NF / 1e6}' "$dir/log"
}

was() {
    awk -F'\t' -v w="$1" '$1 == w {v = $2} END {print v == "" ? "-" : v}' $here/baseline.tsv
}

report() { # WORK INSTRUCTIONS OUTPUT COMMAND...
    work=$1 instr=$2 out=$3
    shift 3
    if [ "$mode" = table ]; then
        measured=$(python3 $here/measure.py "$runs" -- "$@")
        case "$out" in
        *.svg) size="$(wc -c <"$out") ($(bare "$out") bare)" ;;
        */batch) size="$(cat "$out"/*.png | wc -c | awk '{printf "%d a map", $1 / 200}')" ;;
        *) size=$(wc -c <"$out") ;;
        esac
        echo "$work $instr $(was "$work") $measured $size" | awk '{
            size = $7; for (i = 8; i <= NF; i++) size = size " " $i
            printf "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", $1, $2, $3, $4, $5, $6, size}'
    else
        printf '%s\t%s\n' "$work" "$instr"
    fi
}

one() { # WORK MAP EXTENSION
    set -- "$1" "$3" "$build/incmap" render --quiet "$2" -o "$dir/$1.$3"
    work=$1 out="$dir/$1.$2"
    shift 2
    report "$work" "$(instructions "$work" "$@")" "$out" "$@"
}

batch() {
    first=$(instructions first "$build/bench/batch" geodata "$dir/works" "$dir/batch" 0 1)
    all=$(instructions all "$build/bench/batch" geodata "$dir/works" "$dir/batch" 0 $maps)
    runs=${BATCH_RUNS:-3}
    report batch "$(echo "$first $all $maps" | awk '{printf "%.2f", ($2 - $1) / ($3 - 1)}')" \
        "$dir/batch" "$build/bench/batch" geodata "$dir/works" "$dir/batch"
}

works() {
    one S-png "$dir/works/s.yaml" png
    one S-svg "$dir/works/s.yaml" svg
    one W-png "$dir/works/w.yaml" png
    one example-png geodata/examples/tovuz-2020/map.yaml png
    batch
}

case "$mode" in
table)
    printf 'work\tM_instr\tbaseline\tcpu_ms\twall_ms\tpeak_MB\tbytes\n'
    works
    echo "(batch: instructions a map after the first; times of 200 maps in one process)"
    ;;
check)
    works >"$dir/now"
    awk -F'\t' 'NR == FNR {was[$1] = $2; next}
        !($1 in was) {print $1 ": not in baseline.tsv"; bad = 1; next}
        {printf "%s\t%s M instructions, baseline %s\n", $1, $2, was[$1]}
        $2 > 1.05 * was[$1] {print $1 ": more than 5 % above the baseline"; bad = 1}
        {n++} END {exit bad || n != 5}' $here/baseline.tsv "$dir/now"
    ;;
baseline)
    { echo "# Millions of instructions (callgrind); batch: a map. Written by make bench-baseline."
      works; } >"$dir/now"
    mv "$dir/now" $here/baseline.tsv
    cat $here/baseline.tsv
    ;;
*) echo "bench.sh: unknown mode '$mode'" >&2; exit 2 ;;
esac
