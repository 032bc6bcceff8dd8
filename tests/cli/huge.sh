#!/bin/sh
# Sources of places with lines, names and numbers of names that no source should have:
# a finding with the line or a clear error, the other rows kept, bounded memory. HUGE is
# the length of a line in MiB (make long: 1,100).
. tests/cli/lib.sh
: "${HUGE:=70}"
long=$((HUGE * 1048576))

fill() { # fill BYTES TEXT: the text over and over
    yes "$2" 2>/dev/null | tr -d '\n' | head -c "$1"
}
fill_lines() { yes "$2" 2>/dev/null | head -c "$1"; }
gn() { # gn ID NAME ALTERNATES
    printf '%s\t%s\t%s\t%s\t1\t1\tP\tPPL\tAZ\t\t\t\t\t\t0\t\t0\tx\t2020\n' "$1" "$2" "$2" "$3"
}
geo() { # geo NAME
    printf '{"type":"Feature","properties":{"name":"%s"},"geometry":{"type":"Point","coordinates":[1,1]}}' "$1"
}
# build FILE: in bounded time and memory; what it says in out and err.
build() {
    code=0
    (ulimit -v "$memory" 2>/dev/null; timeout 300 "$incmap" gazetteer build -o x.gaz "$1" >out 2>err) || code=$?
}
memory=$((5 * 1048576)) # KiB of address space: sources are mapped
case "$incmap" in */san/*) memory=unlimited ;; esac
told() { # told CODE PATTERN NAME
    [ "$code" -eq "$1" ] && grep -q "$2" err && ! grep -q 'out of memory' err; ok "$3"
    [ "$code" -eq "$1" ] || sed 's/^/# /' err | cut -c 1-200 | tail -n 3
}
kept() { grep -q ", 2 kept, 1 left out" out; ok "the rows around it are kept"; }

{ printf 'name,lat,lon\nGood,1,1\nA'; fill "$long" x; printf ',2,2\nLast,3,3\n'; } >x.csv
build x.csv
told 0 'x.csv:3:1: warning: a field is longer' "a table with a name of $HUGE MiB"
kept
{ printf 'name,lat,lon\nGood,1,1\nA'; fill "$long" ,; printf ',2,2\nLast,3,3\n'; } >x.csv
build x.csv
told 0 'x.csv:3:1: warning: .* fields in a table of 3' "a row of millions of fields"
kept
{ printf 'name,lat,lon\nGood,1,1\n"A'; fill_lines 4000000 x; printf '",2,2\nLast,3,3\n'; } >x.csv
build x.csv
told 0 'x.csv:3:1: warning: a field is longer' "a quoted name of two million lines"
grep -q ' 2 kept' out; ok "the rows around it are kept"
rm -f x.csv

{ gn 1 Good ''; printf '2\tA'; fill "$long" x; printf '\n'; gn 3 Last ''; } >x.txt
build x.txt
told 0 'x.txt:2: warning: a line is longer than 64 MiB' "GeoNames, a line of $HUGE MiB"
kept
{ gn 1 Good ''; gn 2 "A$(fill 70000 x)" ''; gn 3 Last ''; } >x.txt
build x.txt
told 0 'x.txt:2: warning: it has no name, or one of more than 64 KiB' "GeoNames, a name of 70 KB"
kept
{ gn 1 Good ''; printf '2\tMany\tMany\t'; seq -f 'Name%.0f' -s , 1000000 | tr -d '\n'
    printf '\t2\t2\tP\tPPL\tAZ\t\t\t\t\t\t0\t\t0\tx\t2020\n'; gn 3 Last ''; } >x.txt
build x.txt
told 0 'x.txt:2: warning: a place has more than 30000 names' "GeoNames, a million names of a place"
run locate --gazetteer x.gaz Name9 Name12345 Nmae77777 Last
grep -q '^Name9: ok' out && grep -q '^Last: ok' out; ok "those kept find it, its neighbours are there"
{ gn 1 Good ''; gn 2 Many ''; gn 3 Last ''; } >x.txt
seq -f '%.0f' 1000000 | awk '{ printf "%d\t2\ten\tAlter%d\t\t\t\t\t\t\n", $1, $1 }' >alternateNamesV2.txt
build x.txt
told 0 'x.txt:2: warning: a place has more than 30000 names' "a million alternate names beside the table"
grep -q ' 3 kept' out; ok "all places are kept"
rm -f x.txt alternateNamesV2.txt

{ printf '{"type":"FeatureCollection","features":[\n%s,\n' "$(geo Good)"
    printf '{"type":"Feature","properties":{"name":"A'; fill "$long" x
    printf '"},"geometry":{"type":"Point","coordinates":[1,1]}},\n%s\n]}\n' "$(geo Last)"; } >x.geojson
build x.geojson
told 0 'x.geojson:3:40: warning: a text is longer than 1 MiB' "GeoJSON, a name of $HUGE MiB"
kept
rm -f x.geojson
{ geo Good; printf '\n{"type":"Feature","properties":{"name":"A\\n'; fill "$long" x
    printf '"},"geometry":{"type":"Point","coordinates":[1,1]}}\n'; geo Last; echo; } >x.jsonl
build x.jsonl
told 0 'x.jsonl:2:.*: warning: .*a text is longer than 1 MiB' "JSON lines, a line of $HUGE MiB with an escape"
kept
rm -f x.jsonl
{ printf '[%s,\n{"type":"Feature","properties":{"name":"Long"},"geometry":{"type":"LineString","coordinates":[' "$(geo Good)"
    fill "$long" '[1,1],'; printf '[2,2]]}}]\n'; } >x.geojson
build x.geojson
told 3 'x.geojson:2:[0-9]*: error: a record takes more than 512 MiB' "GeoJSON, a line of millions of positions"
rm -f x.geojson
{ printf '[{"type":"Feature","properties":{"name":"Many","alternates":['; seq -f '"Name%.0f"' -s , 1000000 | tr -d '\n'
    printf ']},"geometry":{"type":"Point","coordinates":[1,1]}},\n'; geo Last; printf ']\n'; } >x.geojson
build x.geojson
told 0 'x.geojson:1: warning: a place has more than 30000 names' "GeoJSON, a million names of a place"
run locate --gazetteer x.gaz Name9999 Nmae5555 Last
grep -q '^Name9999: ok' out && grep -q '^Last: ok' out; ok "those kept find it"
rm -f x.geojson

{ printf 'name,lat,lon\n'; awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "Equal,%.4f,%.4f\n", i % 1000 / 10 - 50, i / 5000 - 100 }'
    printf 'Last,3,3\n'; } >x.csv
[ "$HUGE" -gt 100 ] || { head -n 100001 x.csv; printf 'Last,3,3\n'; } >y.csv
[ "$HUGE" -gt 100 ] || mv y.csv x.csv
build x.csv
[ "$code" -eq 0 ]; ok "so many places of one name"
run locate --gazetteer x.gaz Equal Eqaul Last "Equal district" "Equal, Spain"
grep -q '^Equal: ambiguous' out && grep -q '^Eqaul: ambiguous, only a guess' out && grep -q '^Last: ok' out; ok "it is ambiguous, and answered"
finish
