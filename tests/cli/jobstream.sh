#!/bin/sh
# batch: jobs from standard input that wait for one another, odd lines, readers that go;
# strictness.
. tests/cli/lib.sh
printf 'title: "{name}"\nsize: 480x360\nscale: 0.5\nextent: {around: [Tovuz], margin: 20}\n' >map.yaml
# stream FILE OPTIONS...: the jobs of a file as a stream; answers in out, $code
stream() {
    jobs=$1
    shift
    timeout 60 "$incmap" batch map.yaml --jobs - "$@" <"$jobs" >out 2>err
    code=$?
}
# ids: the jobs in the order of their answers
ids() { sed -n 's/^{"index":\([0-9]*\),"id":\([^,]*\),.*"status":"\([^"]*\)".*/\1:\2:\3/p' out | tr '\n' ' '; }

# Two jobs for one file: the second waits for the first, though that takes longer.
printf '{"id":1,"name":"same","size":"6000x4500","scale":"5"}\n{"id":2,"name":"same"}\n{"id":3,"name":"other"}' >two.jsonl
stream two.jsonl -d two -j 3
[ "$code" -eq 0 ] && [ "$(ids | sed 's/3:3:drawn //')" = "1:1:drawn 2:2:drawn " ] && grep -q '"id":3,.*"status":"drawn"' out || { ids >err; false; }
ok "jobs for one file are done in their order; the last line needs no newline"
head -c 24 two/same.png | od -An -tu1 -j 16 | tr -s ' ' | grep -q '^ 0 0 1 224 0 0 1 104'; ok "the last job wins: 480 by 360"
stream two.jsonl -d two -j 3
[ "$code" -eq 0 ] && grep -q '"id":3,.*"status":"up to date"' out; ok "what is up to date is answered, too"

# Blank lines, lines that are too long, folders below.
{ printf '\n \t\r\n{"id":1,"name":"a"}\n\n'; head -c 4300000 /dev/zero | tr '\0' x; printf '\n{"id":2,"name":"b","output":"sub/b.svg"}\n'; } >odd.jsonl
mkdir odd
: >odd/.incmap-1-0.tmp
stream odd.jsonl -d odd -j 1
[ "$code" -eq 9 ]; ok "a line that is no job: exit 9"
[ "$(grep -c '"status":"drawn"' out)" -eq 2 ] && [ -f odd/a.png ] && [ -f odd/sub/b.svg ]; ok "the others are done, folders made"
[ "$(wc -l <out)" -eq 3 ] && grep -q '"message":"a line of more than 4 MiB is no job",.*"line":5,' out; ok "blank lines are no jobs, a line of more than 4 MiB is one that failed"
grep -q '"id":2,"line":6,' out; ok "lines keep their numbers"
[ ! -e odd/.incmap-1-0.tmp ]; ok "what a killed run left is removed"

# A key that there is not is told with its line, in a stream and in a file.
printf '{"id":1,"name":"k1"}\n\n{"id":2,"name":"k2"}\n\n{"id":3,"name":"k3","extent.margn":"20"}\n' >key.jsonl
stream key.jsonl -d key -j 1
[ "$code" -eq 9 ] && grep -q '"id":3,"line":5,.*"message":"column .extent.margn.: unknown key.*"file":"standard input","line":5,' out || { cp out err; false; }
ok "an unknown key has its line"
gives 2 "an unknown key in a file of lines" batch map.yaml --jobs key.jsonl -d key
says "key.jsonl:5: error: column 'extent.margn': unknown key" "has its line, too"

# Where a line becomes too long does not depend on how it comes.
padded() { printf '{"id":%s,"name":"p%s"' "$1" "$1"; head -c "$2" /dev/zero | tr '\0' ' '; printf '}\n'; }
{ padded 1 4194284; printf '\n'; padded 2 4194285; padded 3 4194284; } >longest.jsonl
stream longest.jsonl -d longest -j 1
[ "$(sed 's/^{"index":\([0-9]*\),.*"name":"[^"]*","status":"\([a-z]*\)".*/\1 \2/' out | tr '\n' ' ')" = "1 drawn 3 failed 4 drawn " ]; ok "4 MiB are not too long, a byte more is"

if [ -w /dev/full ]; then
    timeout 60 "$incmap" batch map.yaml --jobs - -d full <two.jsonl >/dev/full 2>err
    [ $? -eq 7 ]; ok "answers that cannot be written: exit 7"
    says 'cannot write to standard output' "is told"
fi

# Strict: notes are no warnings, and a warning is what is told first.
printf 'name\na\n' >one.csv
run batch map.yaml --jobs one.csv -d noted
[ "$(grep -o '"severity":"[a-z]*"' noted/report.json | sort -u)" = '"severity":"note"' ]; ok "a figure with notes alone"
gives 0 "is drawn strictly" batch map.yaml --jobs one.csv -d strict --strict
printf 'place,date\nTovuz,2020-07-12\nQwertzuiop,2020-07-12\n' >warned.csv
gives 9 "one with a note and a warning" batch map.yaml --jobs one.csv -d warned --strict --incidents warned.csv
says "error: 1 warning and --strict: not written; the first: cannot place 'Qwertzuiop'" "is not, for its warning"
absent warned/a.png "nothing is written"

# Quiet, but not about what failed.
printf 'name,extent.margin\na,20\nb,x\n' >fails.csv
run batch map.yaml --jobs fails.csv -d quiet --quiet
says '^incmap: 2 figures in .*: 1 drawn, 0 up to date, 1 failed; see quiet/report.html$' "a quiet batch tells how many failed"
finish
