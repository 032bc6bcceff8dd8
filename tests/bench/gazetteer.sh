#!/bin/sh
# A gazetteer of synthetic GeoNames rows (12 names for 7 rows, as in the full table): time,
# memory and size of the build; look-ups against SQLite's index and FTS5's trigrams of the
# same rows; a whole process. Usage: gazetteer.sh BUILD [ROWS]
set -eu
build=$1
rows=${2:-1000000}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export INCMAP_DATA="$PWD/geodata" XDG_CACHE_HOME="$dir/cache"

spent() { # WHAT COMMAND...: its cost on one line
    what=$1
    shift
    command time -f '%e %U %S %M' -o "$dir/time" "$@" >/dev/null
    awk -v what="$what" '{printf "%-44s %8.1f s elapsed %8.1f s CPU %8.0f MB\n", what, $1, $2 + $3, $4 / 1000}' "$dir/time"
}
"$build/bin/bench_geonames" "$rows" $((rows * 5 / 3)) >"$dir/rows.txt"
spent "incmap gazetteer build, $rows rows" "$build/incmap" gazetteer build --quiet -o "$dir/rows.gaz" "$dir/rows.txt"
spent "SQLite: index and FTS5 trigrams" "$build/bin/bench_gazetteer_db" "$dir/rows.txt" "$dir/rows.db"
wc -c "$dir/rows.gaz" "$dir/rows.db" | awk '/gaz$|db$/ {sub(".*/", "", $2); printf "%-44s %8.1f MB\n", $2, $1 / 1e6}'
"$build/bin/bench_gazetteer" "$dir/rows.gaz" "$dir/rows.db" 1000
name=$(sed -n "$((rows / 2))p" "$dir/rows.txt" | cut -f 2)
for i in 1 2 3 4 5 6 7 8 9; do
    bash -c 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1 || true' _ "$build/incmap" locate --gazetteer "$dir/rows.gaz" "$name" 2>&1 |
        awk '{print ($1 + $2) * 1000}'
done | sort -n | awk '{v[NR] = $1} END {printf "%-44s %8.1f ms CPU (median of 9)\n", "incmap locate NAME, whole process", v[5]}'
