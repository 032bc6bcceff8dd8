#!/bin/sh
# Every allocation, open, read, mmap, write, fsync and rename of the program fails once, when it
# draws a figure and when it builds a gazetteer: an exit code of its own, a message, the old
# output as it was, nothing left behind; no crash. Here every allocation, and a sample of the other kinds; all of them
# with FAULTS=all (make long).
. tests/cli/lib.sh
shim=$work/fault.so
kinds="malloc open read mmap write fsync rename"
define=
if grep -q __asan_init "$incmap"; then # its allocator must not be stood in for
    kinds="open read mmap write fsync rename"
    define=-DNO_MALLOC
fi
${CC:-cc} $define -shared -fPIC -O1 -o "$shim" "$root/tests/cli/fault.c" -ldl 2>err; ok "the shim is built"
export FAULT_COUNT="$work/count" ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0:allocator_may_return_null=1"
most=${FAULTS:-14}

# attempt KIND:N: the command over an old file, with that fault
attempt() {
    echo old >"$output"
    timeout 60 env FAULT="$1" LD_PRELOAD="$shim" "$incmap" $command >out 2>err
    code=$?
}
# sound: what must hold after a fault: failed in good order; or done all the same, byte
# for byte (another way led there), or with a warning that says so
sound() {
    [ "$(ls -A "$box")" = "$held" ] || { echo "    left behind: $(ls -A "$box")" >>err; return 1; }
    case $code in
    [1-8]) grep -q '^incmap: ' err && [ "$(cat "$output")" = old ] ;;
    0) cmp -s "$output" whole || grep -q 'warning: .*cannot be read' err ;;
    *) return 1 ;;
    esac || { echo "    exit $code" >>err; return 1; }
}
# sweep NAME OUTPUT COMMAND: let it fail at every call, or at a sample; OUTPUT is in a box
# of its own, with all that the command reads
sweep() {
    name=$1 output=$2 command=$3 box=$(dirname "$2")
    : >"$output"
    held=$(ls -A "$box")
    attempt open:0
    [ "$code" -eq 0 ] && cp "$output" whole && sound; ok "$name: done without a fault"
    for kind in $kinds; do
        attempt $kind:0
        total=$(cat count)
        [ "$total" -gt 0 ]; ok "$name: $kind is seen ($total calls)"
        step=1
        [ "$most" = all ] || [ $kind = malloc ] || step=$(((total + most - 1) / most))
        i=1 bad=0 good=0 felt=0
        while [ "$i" -le "$total" ]; do
            attempt $kind:$i
            [ "$code" -ne 0 ] && felt=$((felt + 1))
            if sound; then good=$((good + 1)); else bad=$((bad + 1)); echo "    $kind $i of $total:"; sed 's/^/    /' err | head -4; fi
            i=$((i + step))
        done
        [ "$bad" -eq 0 ] && [ "$good" -gt 0 ]; ok "$name: $kind: $good calls fail in good order"
        [ "$felt" -gt 0 ]; ok "$name: $kind: the faults are felt"
    done
}

mkdir figure gazetteer
printf 'event_id,date,type,place,country\n1,2020-07-12,clash,Tovuz,AZ\n' >figure/t.csv
printf 'title: T\nextent: {around: [Tovuz], margin: 20}\nincidents: [t.csv]\noverlays: [pipelines]\nsize: 480x360\nscale: 0.7\n' >figure/map.yaml
sweep figure figure/a.svg "render figure/map.yaml -o figure/a.svg"

# (so many rows that the table is mapped, not read)
awk 'BEGIN { print "id,name,lat,lon,country"; for (i = 0; i < 700; i++) printf "a%d,Camp Alpha %d,40.9%d,45.6,AZ\n", i, i, i }' >gazetteer/t.csv
cp "$root/tests/fuzz/corpus/geonames/rows.txt" "$root/tests/fuzz/corpus/json/collection.geojson" gazetteer
for e in shp shx dbf prj; do cp "$INCMAP_DATA/regions.$e" gazetteer; done
printf '{"type":"Feature","properties":{"name":"Camp %s","country":"AZ"},"geometry":{"type":"Point","coordinates":[45.%s,40.9]}}\n' \
    Bravo 6 Delta 7 >gazetteer/lines.geojsonl
sweep gazetteer gazetteer/a.gaz "gazetteer build -o gazetteer/a.gaz gazetteer/t.csv gazetteer/rows.txt gazetteer/collection.geojson gazetteer/lines.geojsonl gazetteer/regions.shp"

# The steps of the build say so as well.
steps=$(dirname "$incmap")/bin
if [ -z "$define" ] && [ -x "$steps/places_compile" ]; then
    mkdir steps
    cp "$INCMAP_DATA"/places-*.tsv "$INCMAP_DATA"/units.tsv "$INCMAP_DATA"/owners.tsv steps
    for step in places basemap; do
        for n in 1 2 5; do
            FAULT=malloc:$n LD_PRELOAD="$shim" "$steps/${step}_compile" steps 2>err
            [ $? -eq 8 ] && { [ $n -eq 1 ] || grep -q 'out of memory' err; }; ok "${step}_compile: malloc $n"
        done
    done
fi
finish
