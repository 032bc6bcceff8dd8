#!/bin/sh
# Names as a stream: long lists by several processes, answers at once for who waits.
. tests/cli/lib.sh

cut -f 2 "$INCMAP_DATA/places-world.tsv" | sed 1d | head -n 9000 >names
echo Qwxzzt >>names
run locate --format json -j 1 -f names
cp out one
[ "$code" -eq 5 ] && [ "$(wc -l <one)" -eq 9001 ]; ok "an answer for every line"
for j in 2 3 16; do
    run locate --format json -j $j -f names
    [ "$code" -eq 5 ] && cmp -s out one; ok "$j processes: the same bytes, exit 5"
done
"$incmap" locate --format json -f - <names >out 2>err
cmp -s out one; ok "standard input, as many processes as there are cores: the same bytes"
while read -r name; do printf '%s\n' "$name"; done <names | "$incmap" locate --format json -j 2 -f - >out 2>err
cmp -s out one; ok "a writer of single lines: the same bytes"
run locate --format tsv -j 2 -f names
[ "$(grep -c '^query	' out)" -eq 1 ] && [ "$(wc -l <out)" -eq 9002 ]; ok "one heading"
sed '$d' names | grep -E '^(Tovuz|Baku|Yerevan|Tbilisi|Moscow|Paris)$' >sure
for i in 1 2 3 4 5 6 7 8 9 10; do cat sure sure sure sure; done >many
gives 0 "all of them ok, by two processes" locate --quiet -j 2 -f many

# A program that writes a name and waits for its answer.
mkfifo to from
timeout 30 "$incmap" locate --format tsv -f - <to >from 2>err &
exec 3>to 4<from
echo Tovuz >&3
read -r heading <&4; read -r first <&4
case $first in "Tovuz	ok	"*) true ;; *) false ;; esac
ok "the first answer comes before the second name is written"
printf 'Yerevan\n\nBaku\n' >&3
read -r second <&4; read -r third <&4
case $second$third in "Yerevan	ok	"*"Baku	ok	"*) true ;; *) false ;; esac
ok "and so do the next"
head -n 4000 names >&3
n=0
while [ $n -lt 4000 ] && read -r line <&4; do n=$((n + 1)); done
[ $n -eq 4000 ]; ok "thousands at once, and then it waits: all answers are there"
exec 3>&- 4<&-
wait

# Memory does not grow with the list.
mkfifo names.fifo
ASAN_OPTIONS=${ASAN_OPTIONS:-}:quarantine_size_mb=1 \
    "$incmap" locate --format tsv -j 1 -f - <names.fifo >/dev/null 2>err &
pid=$!
exec 3>names.fifo
# peak: kilobytes that the process has held at most.
peak() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/$pid/status; }
cat names names >&3
a=$(peak)
for i in 1 2 3 4 5 6 7 8 9 10; do cat names names; done >&3
b=$(peak)
exec 3>&-
wait
echo "    $a KB for 18,000 names, $b KB for ten times as many" >>err
[ "$a" -gt 0 ] && [ "$b" -lt $((a + 6000)) ]; ok "constant memory"

# Lines that are no names.
printf '\357\273\277Tovuz\r\n  \n\nBaku' >names
gives 0 "byte order mark, CRLF, blank lines, no last newline" locate --format tsv -f names
[ "$(cut -f 1,2 out | tr '\t\n' ':|')" = "query:status|Tovuz:ok|Baku:ok|" ]; ok "two names"
printf 'Tovuz\nBa\000ku\n\377zzqqx\nBaku\n' >names
gives 5 "bytes that are no text" locate --format tsv -f names
says 'names:2:3: warning: a NUL byte' "the NUL byte is told, with its place"
says 'names:3:1: warning: the name is not UTF-8' "and the bad byte"
[ "$(grep -c '	ok	' out)" -eq 2 ] && [ "$(wc -l <out)" -eq 5 ]; ok "nothing else is lost"
iconv -f UTF-8 -t UTF-8 out >/dev/null 2>err; ok "the answers are UTF-8"
gives 1 "bytes that are no text, strictly" locate --strict --format tsv -f names
{ head -c 300000 /dev/zero | tr '\0' x; printf '\nBaku\n'; } >names
gives 5 "an overlong line" locate --format tsv -f names
says 'names:1:1: warning: a line of more than 64 KiB is cut' "it is told"
grep -q '^Baku	ok' out && [ "$(wc -l <out)" -eq 3 ]; ok "and is one line"
yes "$(printf '\377')" | head -n 50 >names
run locate --format tsv -f names
[ "$(grep -c 'not UTF-8' err)" -eq 10 ] && grep -q 'names: warning: 40 more such lines' err
ok "a flood of bad lines is counted"
: >names
gives 0 "an empty list" locate -f names
gives 2 "no number of processes" locate -j 0 Tovuz
gives 2 "too many processes" locate -j 1000 Tovuz
cut -f 2 "$INCMAP_DATA/places-world.tsv" | head -n 9000 >names
"$incmap" locate --format tsv -j 2 -f "$work/names" 2>err | head -n 1 >/dev/null
# left: is there a process of that command?
left() { for p in /proc/[0-9]*/cmdline; do tr '\0' ' ' <"$p"; echo; done 2>/dev/null | grep -q "[l]ocate --format tsv -j 2 -f $work/names"; }
i=0
while [ $i -lt 100 ] && left; do sleep 0.1; i=$((i + 1)); done
[ $i -lt 100 ]; ok "a reader that goes leaves no process behind"
finish
