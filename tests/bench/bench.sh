#!/bin/sh
# Cold cost of the example: process CPU time (user + system, median of 9 runs), peak memory,
# and instructions (callgrind), for PNG and SVG. Fails when a banned slow path is on it.
# Usage: bench.sh BUILD
set -eu
build=$1
map=geodata/examples/tovuz-2020/map.yaml
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export INCMAP_DATA="$PWD/geodata"

cpu() { # seconds of user + system time of one run
    bash -c 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1' _ "$@" 2>&1 | awk '{print ($1 + $2) * 1000}'
}
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

printf 'work\tcpu_ms\tM_instructions\tbytes\n'
for kind in png svg; do
    out="$dir/figure.$kind"
    set -- "$build/incmap" render --quiet "$map" -o "$out"
    "$@" >/dev/null
    ms=$(for i in 1 2 3 4 5 6 7 8 9; do cpu "$@"; done | median)
    valgrind --tool=callgrind --callgrind-out-file="$dir/$kind.cg" "$@" >/dev/null 2>"$dir/log"
    instr=$(awk '/Collected/ {print int($NF / 1e6)}' "$dir/log")
    printf 'tovuz-2020 %s cold\t%s\t%s\t%s\n' "$kind" "$ms" "$instr" "$(wc -c <"$out")"
    for banned in cairo_surface_write_to_png cairo_text_path; do
        if grep -q "$banned" "$dir/$kind.cg"; then
            echo "$banned is on the path of $kind" >&2
            exit 1
        fi
    done
done
