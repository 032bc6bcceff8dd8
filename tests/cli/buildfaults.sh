#!/bin/sh
# Every allocation, open, mmap, write, fsync and rename of a build of a gazetteer fails
# once: an exit code of its own, a message, the old file as it was, nothing left behind;
# or the same file all the same; or, without a side-car of a shapefile, a warning that says so. Here a sample of each kind; all with FAULTS=all.
. tests/cli/lib.sh
shim=$work/fault.so
kinds="malloc open mmap write fsync rename"
define=
if grep -q __asan_init "$incmap"; then # its allocator must not be stood in for
    kinds="open mmap write fsync rename"
    define=-DNO_MALLOC
fi
${CC:-cc} $define -shared -fPIC -O1 -o "$shim" "$root/tests/cli/fault.c" -ldl 2>err; ok "the shim is built"
export FAULT_COUNT="$work/count" ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0:allocator_may_return_null=1"
mkdir box
printf 'id,name,lat,lon,country\na1,Camp Alpha,40.9,45.6,AZ\n' >box/t.csv
cp "$root/tests/fuzz/corpus/geonames/rows.txt" "$root/tests/fuzz/corpus/json/collection.geojson" box
for e in shp shx dbf prj; do cp "$INCMAP_DATA/regions.$e" box; done
held=$(ls -A box | tr '\n' ' ')
most=${FAULTS:-14}

# build KIND:N: a gazetteer over an old one, with that fault
build() {
    echo old >box/a.gaz
    timeout 60 env FAULT="$1" LD_PRELOAD="$shim" "$incmap" gazetteer build -o box/a.gaz box/t.csv box/rows.txt \
        box/collection.geojson box/regions.shp >out 2>err
    code=$?
}
sound() {
    [ "$(ls -A box | tr '\n' ' ')" = "a.gaz $held" ] || { echo "    left behind: $(ls -A box)" >>err; return 1; }
    case $code in
    [1-8]) grep -q '^incmap: ' err && [ "$(cat box/a.gaz)" = old ] ;;
    0) cmp -s box/a.gaz whole.gaz || grep -q 'warning: .*cannot be read' err ;;
    *) return 1 ;;
    esac || { echo "    exit $code" >>err; return 1; }
}

build open:0
[ "$code" -eq 0 ]; ok "without a fault it builds"
cp box/a.gaz whole.gaz
for kind in $kinds; do
    build $kind:0
    total=$(cat count)
    [ "$total" -gt 0 ]; ok "$kind is seen ($total calls)"
    step=1
    [ "$most" = all ] || step=$(((total + most - 1) / most))
    i=1 bad=0 good=0 felt=0
    while [ "$i" -le "$total" ]; do
        build $kind:$i
        [ "$code" -ne 0 ] && felt=$((felt + 1))
        if sound; then good=$((good + 1)); else bad=$((bad + 1)); echo "    $kind $i of $total:"; sed 's/^/    /' err | head -4; fi
        i=$((i + step))
    done
    [ "$bad" -eq 0 ] && [ "$good" -gt 0 ]; ok "$kind: $good calls fail in good order"
    [ "$felt" -gt 0 ]; ok "$kind: the faults are felt"
done
finish
