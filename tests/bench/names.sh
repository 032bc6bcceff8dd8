#!/bin/sh
# A million different names as a stream (locate -f), of a gazetteer of synthetic GeoNames rows:
# one in a hundred has a letter too many, one is of no place. Time and memory for an
# eighth, a quarter and all of them, by one process and by two. Usage: names.sh BUILD [NAMES]
set -eu
build=$1
names=${2:-1000000}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export INCMAP_DATA="$PWD/geodata" XDG_CACHE_HOME="$dir/cache"

rows=$((names * 5 / 4))
"$build/bin/bench_geonames" "$rows" $((rows * 5 / 3)) >"$dir/rows.txt"
"$build/incmap" gazetteer build --quiet -o "$dir/rows.gaz" "$dir/rows.txt"
# In an order of their own, so that no name stands beside its neighbours of the table.
cut -f 2,4 "$dir/rows.txt" | tr '\t,' '\n\n' | awk -v most="$names" '
    $0 != "" && n < most && !($0 in seen) { seen[$0] = 1; name[n++] = $0 }
    END {
        for (i = 0; i < n; i++) {
            s = name[(i * 7919) % n]
            if (i % 100 == 3 && length(s) > 5) s = substr(s, 1, 3) substr(s, 3)
            if (i % 100 == 7) s = "Qx" s "wz" i
            print s
        }
    }' >"$dir/all"
awk '!($0 in seen) { seen[$0] = 1; n++ } END { printf "%d names, %d different\n", NR, n }' "$dir/all"
ask() { # PART PROCESSES: of the names one in so many
    head -n $((names / $1)) "$dir/all" >"$dir/list"
    command time -f '%e %U %S %M' -o "$dir/time" "$build/incmap" locate --quiet --format tsv -j "$2" --gazetteer "$dir/rows.gaz" \
        -f "$dir/list" >"$dir/out.$2" 2>"$dir/err" || :
    tail -n 1 "$dir/time" | awk -v n=$((names / $1)) -v j="$2" '
        { printf "%8d names, -j %d %8.1f s %8.1f s CPU %6.1f us a name %6.0f MB\n", n, j, $1, $2 + $3, ($2 + $3) * 1e6 / n, $4 / 1000 }'
}
ask 8 1
ask 4 1
ask 4 2
cmp "$dir/out.1" "$dir/out.2"
ask 1 2
cut -f 2 "$dir/out.2" | sort | uniq -c | awk '$2 != "status" { printf "%8d %s\n", $1, $2 }'
