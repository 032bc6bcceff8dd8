#!/bin/sh
# Every allocation, open, mmap, write, fsync and rename of the program fails once: an exit
# code of its own, a message, the old output as it was, nothing left behind; no crash.
# Here a sample of each kind; all of them with FAULTS=all (make long).
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
printf 'event_id,date,type,place,country\n1,2020-07-12,clash,Tovuz,AZ\n' >box/t.csv
printf 'title: T\nextent: {around: [Tovuz], margin: 20}\nincidents: [t.csv]\noverlays: [pipelines]\nsize: 480x360\nscale: 0.7\n' >box/map.yaml
most=${FAULTS:-14}

# draw KIND:N: a figure over an old one, with that fault
draw() {
    echo old >box/a.svg
    timeout 60 env FAULT="$1" LD_PRELOAD="$shim" "$incmap" render box/map.yaml -o box/a.svg >out 2>err
    code=$?
}
# sound: what must hold after a fault: failed in good order; or drawn all the same, byte
# for byte (another way led there), or with a warning that says so
sound() {
    [ "$(ls -A box | tr '\n' ' ')" = "a.svg map.yaml t.csv " ] || { echo "    left behind: $(ls -A box)" >>err; return 1; }
    case $code in
    [1-8]) grep -q '^incmap: ' err && [ "$(cat box/a.svg)" = old ] ;;
    0) cmp -s box/a.svg whole.svg || grep -q 'warning: .*cannot be read' err ;;
    *) return 1 ;;
    esac || { echo "    exit $code" >>err; return 1; }
}

draw open:0
[ "$code" -eq 0 ]; ok "without a fault it draws"
cp box/a.svg whole.svg
for kind in $kinds; do
    draw $kind:0
    total=$(cat count)
    [ "$total" -gt 0 ]; ok "$kind is seen ($total calls)"
    step=1
    [ "$most" = all ] || step=$(((total + most - 1) / most))
    i=1 bad=0 good=0 felt=0
    while [ "$i" -le "$total" ]; do
        draw $kind:$i
        [ "$code" -ne 0 ] && felt=$((felt + 1))
        if sound; then good=$((good + 1)); else bad=$((bad + 1)); echo "    $kind $i of $total:"; sed 's/^/    /' err | head -3; fi
        i=$((i + step))
    done
    [ "$bad" -eq 0 ] && [ "$good" -gt 0 ]; ok "$kind: $good calls fail in good order"
    [ "$felt" -gt 0 ]; ok "$kind: the faults are felt"
done
finish
