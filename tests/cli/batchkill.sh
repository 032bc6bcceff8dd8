#!/bin/sh
# batch is killed: a worker, the parent, or all at once as by a power cut, at moments that
# differ; run again, everything is as if nothing had happened. Two batches in one folder, a
# full disk, a folder that is read-only. KILLS=50 (make long) for more of them.
. tests/cli/lib.sh
trap 'umount "$work/full" 2>/dev/null; rm -rf "$work"' EXIT
kills=${KILLS:-6}
small_figures 16
${CC:-cc} -shared -fPIC -O1 -o slowdisk.so "$root/tests/cli/slowdisk.c" -ldl 2>err; ok "the slow disk is built"
export ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0"
# ended PID...: those processes, which need not be ours, are gone
ended() {
    for p in "$@"; do
        n=0
        while kill -0 "$p" 2>/dev/null && [ $n -lt 200 ]; do sleep 0.05; n=$((n + 1)); done
    done
}
children() { cat "/proc/$1/task/$1/children" 2>/dev/null; }

gives 0 "undisturbed" batch map.yaml --jobs jobs.csv -d whole -j 2 --format png --format svg
lasted=60000 # ms of the fastest of some runs: kills fall within a run, however fast
for again in 1 2 3; do
    began=$(date +%s%N)
    run batch map.yaml --jobs jobs.csv -d timed -j 2 --format png --format svg --quiet --force
    took=$((($(date +%s%N) - began) / 1000000))
    [ $took -ge $lasted ] || lasted=$took
done

bad=0 struck=0 round=0 seed=20200712
while [ $round -lt "$kills" ]; do
    rm -rf figs
    "$incmap" batch map.yaml --jobs jobs.csv -d figs -j 2 --format png --format svg --quiet 2>err &
    parent=$!
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    moment=$((lasted * (10 + seed / 65536 % 65) / 100))
    sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
    workers=$(children $parent)
    case $((round % 3)) in
    0) victims=${workers%% *} ;;
    1) victims=$parent ;;
    2) victims="$parent $workers" ;;
    esac
    kill -9 $victims 2>/dev/null && struck=$((struck + 1))
    wait $parent 2>/dev/null
    code=$?
    ended $workers
    if [ $((round % 3)) -eq 0 ] && { [ "$code" -ne 0 ] || ! as_whole figs; }; then
        bad=$((bad + 1))
        echo "    round $round: a worker was killed: exit $code"
        show
    fi
    timeout 60 "$incmap" batch map.yaml --jobs jobs.csv -d figs -j 2 --format png --format svg --quiet 2>err || bad=$((bad + 1))
    as_whole figs || { bad=$((bad + 1)); echo "    round $round: not the same"; show; }
    round=$((round + 1))
done
[ "$bad" -eq 0 ]; ok "$kills kills: run again, all is as undisturbed"
[ "$struck" -gt $((kills / 2)) ]; ok "most of them struck"

# A worker that always dies costs its figure only.
printf 'name,extent.margin,size,scale\nslow,20,12000x6600,6\nm00,20,,\n' >slow.csv
"$incmap" batch map.yaml --jobs slow.csv -d slow -j 1 2>slow.err &
parent=$!
while [ ! -d slow ] && kill -0 $parent 2>/dev/null; do sleep 0.01; done
sleep 0.05            # the folder was swept
: >slow/.incmap-1-0.tmp # as a worker leaves it that is killed while it writes
n=0 dead=0
while [ $dead -lt 2 ] && [ $n -lt 400 ]; do
    w=$(children $parent)
    # held, so that it cannot be done before, and has its figure in hand
    if [ -n "${w%% *}" ] && kill -STOP ${w%% *} 2>/dev/null && sleep 0.05 && kill -9 ${w%% *}; then dead=$((dead + 1)); fi
    sleep 0.02
    n=$((n + 1))
done
wait $parent
code=$?
cp slow.err err
[ "$code" -eq 9 ]; ok "a worker killed twice at one figure: exit 9"
says 'slow.csv:2: error: the worker was killed .*, also when tried again' "is told"
[ -f slow/m00.png ] && cmp -s slow/m00.png whole/m00.png; ok "the next figure is drawn"
find slow -name '.incmap-*' >err; [ ! -s err ]; ok "what a killed worker left is removed"

# One that waits behind a figure that hangs, in the pipe of a worker that is killed for it.
awk 'NR == 9 {print "slow,20,1200x900,1"} {print $0 (NR == 1 ? ",size,scale" : ",,")}' jobs.csv >behind.csv
export LD_PRELOAD="$work/slowdisk.so"
gives 9 "a figure hangs among quick ones" batch map.yaml --jobs behind.csv -d behind -j 1 --timeout 1.5 --format png --format svg
says 'behind.csv:9: error: not finished within 1.5 seconds, also when tried again' "is told"
says '17 figures in .*: 16 drawn, 0 up to date, 1 failed' "all others are counted"
as_whole behind; ok "and drawn as undisturbed"
awk '{print $0 (NR == 1 ? ",output" : NR == 10 ? ",next/m07.png" : ",")}' behind.csv >next.csv
swept=false
for again in 1 2 3 4 5; do # only where the figure before was quick does one wait in the pipe
    rm -rf next
    "$incmap" batch map.yaml --jobs next.csv -d next -j 1 --timeout 1.5 --quiet 2>err &
    parent=$!
    while [ ! -f next/m06.png ] && kill -0 $parent 2>/dev/null; do sleep 0.01; done
    : >next/next/.incmap-1-0.tmp # as it leaves one that had begun with it
    wait $parent
    [ -f next/next/m07.png ] && [ ! -e next/next/.incmap-1-0.tmp ] && swept=true && break
done
unset LD_PRELOAD
$swept; ok "nor is half a file of it left"

# Stopped by Ctrl-C: the figures in hand are finished, the rest is for the next run.
"$incmap" batch map.yaml --jobs jobs.csv -d stopped -j 2 --format png --format svg 2>stop.err &
parent=$!
n=0
while [ ! -f stopped/m02.png ] && [ $n -lt 400 ]; do sleep 0.02; n=$((n + 1)); done
kill -TERM $parent
wait $parent
code=$?
cp stop.err err
[ "$code" -eq 130 ]; ok "stopped: exit 130"
says 'stopped with [0-9]* figures left: the same command goes on from here' "says how to go on"
grep -q '"status":"partial"' stopped/report.json && grep -q '"status":"left"' stopped/report.json; ok "the report tells what is left"
grep -q "\"left\":$(grep -c '"status":"left"' stopped/report.json)," stopped/report.json; ok "and how many"
find stopped -name '.incmap-*' >err; [ ! -s err ]; ok "no temporary file"
run batch map.yaml --jobs jobs.csv -d stopped -j 2 --format png --format svg
says ' [1-9][0-9]* up to date, 0 failed' "what was done is not done again"
as_whole stopped; ok "and it goes on to the end"

# Ctrl-C goes to the workers as well, which finish what they have.
setsid "$incmap" batch map.yaml --jobs jobs.csv -d group -j 2 --format png --format svg --quiet 2>stop.err &
parent=$!
n=0
while [ ! -f group/m02.png ] && [ $n -lt 400 ]; do sleep 0.02; n=$((n + 1)); done
kill -INT -$parent
wait $parent
code=$?
cp stop.err err
[ "$code" -eq 130 ] && ! grep -q '"status":"failed"\|"tries":2' group/report.json; ok "Ctrl-C costs no figure: exit 130"
says ' 0 failed; see group/report.html' "a quiet batch tells that it was stopped"

# A second Ctrl-C does not wait for the figure in hand.
"$incmap" batch map.yaml --jobs slow.csv -d twice -j 1 2>stop.err &
parent=$!
n=0
while [ -z "$(children $parent)" ] && [ $n -lt 400 ]; do sleep 0.02; n=$((n + 1)); done
workers=$(children $parent)
kill -STOP $workers # it has its figure in hand for as long as the machine is fast
: >twice/.incmap-1-0.tmp
kill -TERM $parent
sleep 0.1
kill -TERM $parent
wait $parent
code=$?
ended $workers
cp stop.err err
[ "$code" -eq 130 ] && [ ! -e twice/slow.png ] && ! kill -0 $workers 2>/dev/null; ok "stopped twice: exit 130 at once, no worker left"
says 'stopped with 2 figures left' "says how many are left"
[ ! -e twice/.incmap-1-0.tmp ]; ok "nor a part of what it wrote"

# Two at once in one folder; what a killed one left, and what another is writing.
"$incmap" batch map.yaml --jobs jobs.csv -d both -j 2 --format png --format svg --quiet 2>one.err &
one=$!
"$incmap" batch map.yaml --jobs jobs.csv -d both -j 2 --format svg --format png --quiet 2>two.err &
two=$!
wait $one; a=$?
wait $two; b=$?
[ $a -eq 0 ] && [ $b -eq 0 ]; ok "two batches in one folder"
as_whole both; ok "both end with whole files"
: >both/.incmap-1-0.tmp
: >both/.incmap-note.tmp
run batch map.yaml --jobs jobs.csv -d both --format png --format svg
[ ! -e both/.incmap-1-0.tmp ]; ok "what a killed run left is removed"
[ -e both/.incmap-note.tmp ]; ok "what is not ours stays"

# Many figures, of which nothing changed: none is touched, in a fraction of the time.
small_figures "${FIGURES:-200}"
sed -i 's/^m\([0-9]*\),.*/m\1,20.\1/' jobs.csv
began=$(date +%s%N)
gives 0 "${FIGURES:-200} figures" batch map.yaml --jobs jobs.csv -d many --quiet
drawn=$(date +%s%N)
(cd many && ls -l --time-style=full-iso m*.png) >was
gives 0 "again" batch map.yaml --jobs jobs.csv -d many
ended=$(date +%s%N)
says "0 drawn, ${FIGURES:-200} up to date" "none is drawn"
(cd many && ls -l --time-style=full-iso m*.png) | cmp - was; ok "none is touched"
[ $((3 * (ended - drawn))) -lt $((drawn - began + 600000000)) ]; ok "it takes a third of the time at most"
rm -rf many
small_figures 16

# Cut short, as by a power cut.
cp -r whole cut
for f in m00.png m01.svg; do
    head -c $(($(wc -c <whole/$f) / 2)) whole/$f >cut/$f
done
: >cut/m02.png
run batch map.yaml --jobs jobs.csv -d cut --format png --format svg
says '3 drawn, 13 up to date' "files cut short are drawn again"
as_whole cut; ok "and whole then"

# A slow disk: figures are drawn while it takes what there is, and the batch ends when it has all.
mkdir disk
small_figures 60
(
    export SLOWDISK="$work/disk" LD_PRELOAD="$work/slowdisk.so"
    run batch map.yaml --jobs jobs.csv -d disk/out -j 2 --quiet
    echo "$code" >code
)
[ "$(cat code)" -eq 0 ]; ok "a batch on it"
ls disk/begun.* | sed s/begun/flushed/ >want; ls disk/flushed.* | cmp - want; ok "it has all when the batch ends"
first=$(ls -tr disk/flushed.* | head -1)
[ -n "$first" ] && find disk/out -name 'm*.png' -newer "$first" >late && [ ! -s late ]; ok "no figure waited for it"
[ "$(ls disk/out/m*.png | wc -l)" -eq 60 ]; ok "all are drawn"
mkdir hung
env SLOWDISK="$work/hung" SLOWDISK_S=40 LD_PRELOAD="$work/slowdisk.so" "$incmap" batch map.yaml --jobs jobs.csv -d hung/out -j 2 --quiet 2>err &
parent=$!
n=0
while ! ls hung/begun.* >/dev/null 2>&1 && [ $n -lt 400 ]; do sleep 0.02; n=$((n + 1)); done
began=$(date +%s)
kill -INT $parent; sleep 0.5; kill -INT $parent
wait $parent
[ $? -eq 130 ] && [ $(($(date +%s) - began)) -lt 20 ]; ok "stopped twice while the disk hangs: it does not wait for it"
small_figures 16

# A full disk and a read-only one, where this machine lets us mount some.
mkdir full
if mount -t tmpfs -o size=700k none full 2>/dev/null; then
    run batch map.yaml --jobs jobs.csv -d full -j 2 --format png --format svg
    [ "$code" -ne 0 ]; ok "a full disk: exit $code"
    says "cannot write 'full/.*no space left" "is told"
    find full -name '.incmap-*' >left; cp left err; [ ! -s left ]; ok "no temporary file is left"
    mount -o remount,size=64m full
    gives 0 "with room again" batch map.yaml --jobs jobs.csv -d full -j 2 --format png --format svg
    as_whole full; ok "all is as undisturbed"
    mount -o remount,ro full
    run batch map.yaml --jobs jobs.csv -d full --format png --format svg --set theme=dark
    [ "$code" -eq 7 ]; ok "a read-only folder: exit 7"
    says "cannot write 'full/m00.png': read-only file system" "is told"
    umount full
else
    echo "skip a full disk and a read-only folder: this user cannot mount any"
fi
finish
