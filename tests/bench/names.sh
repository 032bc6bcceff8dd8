#!/bin/sh
# A million different names as a stream (locate -f), of a gazetteer of synthetic GeoNames rows:
# one in a hundred has a letter too many, one is of no place. Time and memory for a quarter,
# a half and all of them, by one process and by two. Usage: names.sh BUILD [NAMES]
set -eu
build=$1
names=${2:-1000000}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export INCMAP_DATA="$PWD/geodata" XDG_CACHE_HOME="$dir/cache"

"$build/bin/bench_geonames" "$names" $((names * 5 / 3)) >"$dir/rows.txt"
"$build/incmap" gazetteer build --quiet -o "$dir/rows.gaz" "$dir/rows.txt"
# Names of the rows, then those with a number behind, until there are enough; in an order of
# their own, so that no name is near to the one before.
cut -f 2 "$dir/rows.txt" | awk -v most="$names" '
    !($0 in seen) { seen[$0] = 1; name[n++] = $0 }
    END {
        for (i = 0; n < most && i < n; i++) name[n++] = name[i] " " int(i / 1000)
        for (i = 0; i < most; i++) {
            s = name[(i * 7919) % most]
            if (i % 100 == 3 && length(s) > 5) s = substr(s, 1, 3) substr(s, 3)
            if (i % 100 == 7) s = "Qx" s "wz" i
            print s
        }
    }' >"$dir/all"
awk '!($0 in seen) { seen[$0] = 1; n++ } END { printf "%d names, %d different\n", NR, n }' "$dir/all"
for part in 4 2 1; do
    head -n $((names / part)) "$dir/all" >"$dir/list"
    for j in 1 2; do
        command time -f '%e %U %S %M' -o "$dir/time" "$build/incmap" locate --quiet --format tsv -j $j --gazetteer "$dir/rows.gaz" \
            -f "$dir/list" >"$dir/out.$j" 2>"$dir/err" || :
        tail -n 1 "$dir/time" | awk -v n=$((names / part)) -v j=$j '
            { printf "%8d names, %d process%s %8.1f s %8.1f s CPU %6.1f us a name %6.0f MB\n", n, j, (j > 1 ? "es" : "  "), $1, $2 + $3, ($2 + $3) * 1e6 / n, $4 / 1000 }'
    done
    cmp "$dir/out.1" "$dir/out.2"
done
cut -f 2 "$dir/out.1" | sort | uniq -c | awk '$2 != "status" { printf "%8d %s\n", $1, $2 }'
