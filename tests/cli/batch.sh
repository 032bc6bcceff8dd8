#!/bin/sh
# batch: jobs, names, what is up to date, parts of the data, streams, shards, reports.
. tests/cli/lib.sh
# files DIR: the figures below it, in one line
files() { (cd "$1" && find . -type f ! -name 'report*' | LC_ALL=C sort | sed 's|^\./||' | tr '\n' ' '); }
# holds TEXT FILE NAME: the file has that text
holds() { grep -q -F -e "$1" "$2" 2>err; ok "$3"; }
# same DIR DIR NAME: the same figures, byte for byte
same() { diff -r -x 'report*' "$1" "$2" >err 2>&1; ok "$3"; }

cat >map.yaml <<END
title: "{city}: week of {week}"
extent: {around: [Tovuz], margin: 20}
size: 480x360
scale: 0.6
incidents: [$example/incidents.csv]
END
cat >jobs.csv <<'END'
city,week,extent.around,extent.margin,output,format
Baku,12 July,Baku,30,,
Tbilisi,12 July,Tbilisi,30,maps/{city}.svg,
Baku,19 July,Baku,40,,png pdf
Nowhere,12 July,Qwertzuiop,30,,
Gyumri,12 July,Gyumri,abc,,
../../etc,12 July,Gyumri,20,,
GYUMRI,12 July,Gyumri,20,,
Gyumri,12 July,Gyumri,20,../gyumri.png,
END
gives 9 "good rows among bad ones" batch map.yaml --jobs jobs.csv -d figs -j 2
says "jobs.csv:5: error: cannot place 'Qwertzuiop'" "an unknown place is told with its row"
says "jobs.csv:6: error: extent.margin: 'abc'" "a bad value is told with its row"
says "jobs.csv:9: error: output '../gyumri.png'" "a path that leads out of the folder is refused"
says '8 figures in .*: 5 drawn, 0 up to date, 3 failed' "the end says how many"
[ "$(files figs)" = "baku-12-july-baku-30.png baku-19-july-baku-40.pdf baku-19-july-baku-40.png etc-12-july-gyumri-20.png gyumri-12-july-gyumri-20.png maps/tbilisi.svg " ] || { files figs >err; false; }
ok "files are named from the jobs, below the folder"
grep -q '<title[^>]*>Tbilisi: week of 12 July</title>' figs/maps/tbilisi.svg; ok "{column} is filled in"
holds '"status":"complete"' figs/report.json "the report is complete"
[ "$(grep -c '^{"index":' figs/report.json)" -eq 8 ]; ok "the report has every job"
holds '"alt":"Map: ' figs/report.json "the report has alternative texts"
holds '"links":["maps/tbilisi.svg"]' figs/report.html "the page has links to the figures"
! grep -q 'src="http\|href="http\|@import\|url(' figs/report.html; ok "the page refers to nothing outside"

# Of many different errors the first twenty are printed, all are in the report.
awk 'BEGIN {print "extent.margin"; for (i = 0; i < 31; i++) print i < 30 ? "x" i : "20"}' >wrong.csv
gives 9 "many rows that are wrong, each in its way" batch map.yaml --set title=T --jobs wrong.csv -d wrong -j 2
[ "$(grep -c ': error: ' err)" -eq 20 ]; ok "twenty are told"
says '^incmap: 10 more figures failed, see wrong/report.html$' "the others are counted"
[ "$(grep -c '"status":"failed"' wrong/report.json)" -eq 30 ]; ok "the report has them all"
run batch map.yaml --set title=T --jobs wrong.csv -d wrong --dry-run
[ "$(grep -c ': error: ' err)" -eq 30 ]; ok "a dry run, which has no report, tells them all"

# Only what changed.
cp -r figs before
gives 9 "again" batch map.yaml --jobs jobs.csv -d figs -j 2
says '0 drawn, 5 up to date, 3 failed' "what is up to date is left alone"
holds '"alt":"Map: ' figs/report.json "figures that were left alone are told in full"
same before figs "and stays as it was"
sed 's/^Baku,12 July,Baku,30/Baku,12 July,Baku,31/; s/^Baku,19 July/Baku,20 July/' jobs.csv >jobs2.csv
run batch map.yaml --jobs jobs2.csv -d figs --dry-run
holds 'draw baku-12-july-baku-31.png (missing: baku-12-july-baku-31.png)' out "a new figure would be drawn"
holds 'keep maps/tbilisi.svg (up to date)' out "another one kept"
same before figs "a dry run draws nothing"
run batch map.yaml --jobs jobs.csv -d figs --set theme=dark --dry-run
holds 'draw maps/tbilisi.svg (changed: settings)' out "what changed is told: settings"
sed 's/incidents:.*/incidents: [t.csv]/' map.yaml >map2.yaml
cp "$example/incidents.csv" t.csv
printf 'name,to,city,week\nearly,2020-07-13,a,1\nlate,,b,2\n' >two.csv
gives 0 "two figures of a table" batch map2.yaml --jobs two.csv -d two
sed '$d' t.csv >t2.csv
mv t2.csv t.csv
run batch map2.yaml --jobs two.csv -d two --dry-run
holds 'keep early.png' out "rows that a figure does not draw do not count"
holds 'draw late.png (changed: rows)' out "what changed is told: rows"
printf 'garbage' >two/early.png
run batch map2.yaml --jobs two.csv -d two --dry-run
holds 'draw early.png (not a figure with a digest: early.png)' out "a broken file is drawn anew"
gives 0 "forced" batch map2.yaml --jobs two.csv -d two --force
says '2 drawn, 0 up to date' "--force draws all"

# What can be known without drawing is what a dry run says: a row that would fail, a map without an incident.
printf 'name,extent.around,incidents.where,city,week\nfar,Qwertzuiop,,a,1\nbare,Tovuz,admin1=Qwertz,b,2\nfine,Tovuz,,c,3\n' >fore.csv
gives 9 "a dry run of a row that would fail" batch map.yaml --jobs fore.csv -d fore --dry-run
says "fore.csv:2: error: cannot place 'Qwertzuiop'" "it is told with its row"
says '^incmap: 2 of 3 figures would be drawn' "the others are counted"
holds 'draw bare.png (missing: bare.png; no incident is left to draw)' out "a map that would show none is told"
holds 'draw fine.png (missing: fine.png)' out "the others would be drawn"
gives 9 "drawn" batch map.yaml --jobs fore.csv -d fore
says '^incmap: warning: 1 figure shows no incident: bare.png$' "a figure without an incident is named at the end"
says '^incmap: 2 figures have warnings; see fore/report.html$' "figures with warnings are counted"
gives 9 "once more" batch map.yaml --jobs fore.csv -d fore
says '^incmap: warning: 1 figure shows no incident: bare.png$' "also when it was drawn before"
awk 'BEGIN {print "name,incidents.where,city,week"; for (i = 1; i < 8; i++) printf "n%d,admin1=Qwertz,c,1\n", i}' >bare.csv
gives 0 "many figures without an incident" batch map.yaml --jobs bare.csv -d bares
says ': 7 figures show no incident: n1.png, n2.png, n3.png, n4.png, n5.png, \.\.\.$' "five are named"
run batch map.yaml --jobs fore.csv -d fore --quiet
[ "$code" -eq 9 ] && ! grep -q warning err; ok "with --quiet it is not"

# The README's jobs, taken literally, with the example.
awk '/# jobs.csv/ { on = 1; sub(/ *#.*/, "") } on && !/^    / { exit } on { sub(/^    /, ""); print }' "$root/README.md" >readme.csv
[ "$(wc -l <readme.csv)" -gt 1 ]; ok "the README has jobs"
gives 0 "they are drawn" batch "$example/map.yaml" --jobs readme.csv -d readme
says "$(($(wc -l <readme.csv) - 1)) drawn, 0 up to date, 0 failed" "all of them"
! grep -q 'warning' err; ok "with all their incidents on the map"

# Names that a file system may take for one.
printf 'name,extent.margin,city,week\nÅr 1,20,a,1\når_1,30,b,2\nAR-1,40,c,3\n' >names.csv
gives 0 "names alike" batch map.yaml --jobs names.csv -d names
(head -1 names.csv; tail -n +2 names.csv | tac) >names2.csv
run batch map.yaml --jobs names2.csv -d names
says '0 drawn, 3 up to date' "are told apart, whatever the order of the jobs"
[ "$(files names | tr ' ' '\n' | tr A-Z a-z | sort -u | grep -c png)" -eq 3 ]; ok "in any case of letters"
! grep -q 'is also that of' err; ok "which is not told of names that no job asked for"
printf 'name,output,city,week\na,x.png,a,1\nb,y.png,b,2\nc,x.png,c,3\nd,X.png,d,4\n' >shared.csv
grep -v incidents map.yaml >plain.yaml
gives 0 "three jobs for one file" batch plain.yaml --jobs shared.csv -d shared
says "^incmap: shared.csv:2: warning: output 'x.png' is also that of line 4: this figure is 'x-[0-9a-f]*.png' (give each job a file of its own)$" "the first is told of the second and of its new name"
says "^incmap: shared.csv:4: warning: output 'x.png' is also that of line 2: this figure is 'x-[0-9a-f]*.png'" "the second of the first"
says "^incmap: shared.csv:5: warning: output 'X.png' is, for some disks, 'x.png' of line 2: this figure is 'X-[0-9a-f]*.png'" "a third of why it is one"
[ "$(grep -c 'warning: output' err)" -eq 3 ] && [ -f shared/y.png ]; ok "others keep their names"
[ "$(grep -c '"code":"renamed"' shared/report.json)" -eq 3 ]; ok "the report has them"
says '^incmap: 3 figures have warnings' "and the end counts them"
run batch plain.yaml --jobs shared.csv -d shared --dry-run
says "shared.csv:2: warning: output 'x.png' is also that of line 4" "a dry run tells them"
gives 9 "strictly" batch plain.yaml --jobs shared.csv -d strictly --strict
says "shared.csv:2: error: output 'x.png' is also that of line 4, and --strict: not drawn" "they fail"
[ "$(files strictly)" = "y.png " ]; ok "and only they"
sed 's/^title/output: ["{part}.png"]\ntitle/; s/{city}: week of {week}/T/' map.yaml >part.yaml
printf 'name,part,extent.margin\na,x,20\nb,x,30\n' >part.csv
gives 0 "one name by the map file's output" batch part.yaml --jobs part.csv -d part
says "part.csv:2: warning: output 'x.png' is also that of line 3" "is told as well"
printf 'name,city,week\nx,a,1\nx,a,1\n' >twice.csv
gives 9 "the same job twice" batch map.yaml --jobs twice.csv -d twice
says 'twice.csv:3: error: the same figure as the job in line 2' "is told"

# What is wrong with a whole table is told at once.
printf 'city,week,extent.margn\na,1,20\n' >bad.csv
gives 2 "an unknown column" batch map.yaml --jobs bad.csv -d bad
says "column 'extent.margn': unknown key .*nearest: 'margin'" "with the nearest key"
printf 'town,week,extent.margin\na,1,20\n' >bad.csv
gives 2 "a column that is not there" batch map.yaml --jobs bad.csv -d bad
says "title: .*: the jobs have no column 'city' (columns: town" "with those that are"
absent bad "nothing was made"
printf 'city,week\n"a,1\n' >bad.csv
gives 9 "a broken row" batch map.yaml --jobs bad.csv -d bad
says 'bad.csv:2:1: error: this quote is never closed' "is told"
gives 2 "jobs of another kind" batch map.yaml --jobs jobs.txt -d bad
gives 2 "no folder" batch map.yaml --jobs jobs.csv
gives 2 "a shard beyond" batch map.yaml --jobs jobs.csv -d bad --shard 3/2
says "K/N with K from 1 to N" "how shards are written"
gives 9 "coordinates whose order is open" batch --country AE --set extent.around='["55.4,25.3"]' -d bad
says "ambiguous, .*AE.*(.*25.30 N 55.40 E)" "why, and both orders"
for option in --dry-run "--shard 1/2"; do
    echo '{"extent.around":"Tovuz"}' >stream.in
    timeout 60 "$incmap" batch --jobs - -d piped $option <stream.in >out 2>err
    [ $? -eq 2 ] && grep -q "does not take '${option% *}'" err && [ ! -e piped ]; ok "a stream with $option is refused, not drawn whole"
done
gives 2 "a part that is none" batch map.yaml --facet quarter-of -d bad
says "one of country, admin1, category, day, week or month" "the parts that there are"
printf 'name,title\n' >none.csv
gives 3 "a table of jobs without a job" batch map.yaml --jobs none.csv -d none
says "none.csv: error: there is no job in it" "it is told"; [ ! -e none ]; ok "and nothing is made"
gives 2 "jobs and parts" batch map.yaml --jobs jobs.csv --facet day -d bad
gives 7 "a file in the place of the folder" batch map.yaml --jobs jobs.csv -d jobs.csv

# Parts of the data.
for by in day week month country admin1 category; do
    gives 0 "by $by" batch "$example/map.yaml" --facet $by -d by-$by --size 480x360 --set scale=0.5 --quiet
done
[ "$(files by-day)" = "2020-07-12.png 2020-07-13.png 2020-07-14.png 2020-07-16.png " ]; ok "one figure a day that has incidents"
[ "$(files by-week)" = "2020-w28.png 2020-w29.png " ]; ok "weeks of ISO 8601"
[ "$(files by-country)" = "am.png az.png " ]; ok "one figure a country"
[ "$(files by-category)" = "clash.png drone.png shelling.png " ]; ok "one figure a category"
holds ': 12 July 2020"' by-day/report.json "the title says which part"
gives 0 "a title of its own" batch "$example/map.yaml" --facet week -d ru --language ru \
    --title '{part}' --size 480x360 --set scale=0.5 --quiet
holds '"title":"13–19 июля 2020' ru/report.json "in the map's language"
printf 'lat,lon\n40,45\n' >bare.csv
gives 3 "a column that the table lacks" batch --incidents bare.csv --facet country -d by-x --dry-run
says "bare.csv:1:1: error: the table has no column 'country'" "is told"

# Several map files; JSON lines.
cp "$example/map.yaml" one.yaml
sed 's/^title:.*/title: Two/' one.yaml >two.yaml
sed -i "s|file: incidents.csv|file: $example/incidents.csv|; /^output/d" one.yaml two.yaml
gives 0 "two map files" batch one.yaml two.yaml -d maps --size 480x360 --set scale=0.5 --format svg
[ "$(files maps)" = "one.svg two.svg " ]; ok "are named after themselves"
cat >jobs.jsonl <<'END'
{"name": "a", "city": "T\u00fcrk\ud83d\ude00", "week": 1, "extent": {"around": ["Baku"], "margin": 30}}

{"name": "b", "city": "B", "week": null, "extent.around": ["Baku", "Tbilisi"], "format": ["svg"]}
{"name": "c", "city": "C", "week": 1
END
gives 9 "jobs as JSON lines" batch map.yaml --jobs jobs.jsonl -d lines
says 'jobs.jsonl:4:36: error: not JSON: premature EOF' "a broken line is told with its place"
[ "$(files lines)" = "a.png b.svg " ]; ok "the others are drawn"

# A stream: an answer a line, as soon as there is one.
printf '{"id":7,"name":"a","city":"x","week":1}\n{"id":[8],"name":"b","city":"y","week":2}\n{"id":9,"city":"x","week":1,"titel":"x"}\n' |
    timeout 60 "$incmap" batch map.yaml --jobs - -d stream -j 2 >out 2>err
[ $? -eq 9 ]; ok "a stream with a bad job: exit 9"
[ "$(wc -l <out)" -eq 3 ] && [ "$(grep -c '"status":"drawn"' out)" -eq 2 ]; ok "an answer for each"
holds '"id":[8]' out "with its id"
grep '"id":9' out | grep -q "nearest: 'title'"; ok "and what was wrong"
mkfifo pipe
timeout 60 "$incmap" batch map.yaml --jobs - -d stream -j 1 <pipe >answers 2>err &
server=$!
exec 5>pipe
printf '{"id":1,"name":"warm","city":"x","week":1}\n' >&5
n=0
while [ ! -s answers ] && [ $n -lt 300 ]; do sleep 0.1; n=$((n + 1)); done
holds '"id":1' answers "the answer comes while the stream is open"
i=0
while [ $i -lt 20 ]; do printf '{"id":2,"name":"same","city":"x","week":%d}\n' $i >&5; i=$((i + 1)); done
exec 5>&-
wait $server; ok "the stream ends when its writer does"
[ "$(grep -c '"name":"same"' answers)" -eq 20 ] && tail -1 answers | grep -q 'week of 19'; ok "jobs for one file are done in their order"

# Shards.
printf 'name,extent.margin,city,week\n' >many.csv
i=0
while [ $i -lt 11 ]; do printf 'm%02d,%d,c,1\n' $i $((20 + i)) >>many.csv; i=$((i + 1)); done
gives 0 "in one run" batch map.yaml --jobs many.csv -d whole --quiet
for k in 1 2 3; do
    "$incmap" batch map.yaml --jobs many.csv -d parts --shard $k/3 --quiet 2>>err &
    pids="${pids:-} $!"
done
for p in $pids; do wait "$p" || echo "shard failed" >>err; done
same whole parts "three shards at once make the same figures"
gives 0 "reports are joined" batch --merge-reports parts
says '11 figures of 3 shards: 11 drawn' "all figures of all shards"
sed -n 's/^{"index":\([0-9]*\),.*/\1/p' parts/report.json | sort -c -n; ok "in the order of the jobs"
[ "$(grep -c '^{"index":' parts/report.html)" -eq 11 ]; ok "in the page as well"
rm parts/report-2-of-3.json
gives 9 "a shard is missing" batch --merge-reports parts
says 'shard 2 of 3 has no report' "and told"
gives 3 "no reports to join" batch --merge-reports whole

# Limits, strictness, progress.
printf 'name,size,city,week\nhuge,16384x4800,h,1\nsmall,480x360,s,1\n' >huge.csv
grep -q __asan_init "$incmap" || {
    gives 9 "a figure that needs too much memory" batch map.yaml --jobs huge.csv -d huge --memory 120 -j 1
    says 'huge.csv:2: error: out of memory .*also when tried again' "is told"
    [ "$(files huge)" = "small.png " ]; ok "the rest is done"
    awk 'BEGIN {for (n = "x"; length(n) < 2e5;) n = n n; print "place,admin1,notes"; for (i = 0; i < 400; i++) print "Tovuz,A," n; print "Tovuz,B,"}' >large.csv
    printf 'name,incidents.file,incidents.where\nown,t.csv,\nb,,admin1=B\nc,,admin1=B\n' >forked.csv
    gives 0 "a table larger than the memory of a worker, which the first figure does not draw" batch --set title=T --set size=480x360 --incidents large.csv --jobs forked.csv -d forked --memory 180 -j 2
    rm large.csv
}
printf 'name,size,scale,city,week\nslow,9000x8000,4,h,1\n' >slow.csv
gives 9 "a figure that takes too long" batch map.yaml --jobs slow.csv -d slow --timeout 0.05
says 'slow.csv:2: error: not finished within 0.05 seconds, also when tried again' "is told"
[ "$(files slow)" = "" ]; ok "it leaves nothing"
printf 'name,extent.around,city,week\nfar,Baku,h,1\n' >far.csv
gives 9 "strict" batch map.yaml --jobs far.csv -d far --strict
says "10 warnings and --strict: not written; the first: 'Aghdam" "says why"
run batch map.yaml --jobs many.csv -d bar --progress always -j 1 --set size=2400x1800
grep -q '[1-9] of 11, .* left, 0 failed' err; ok "a bar counts the figures"
gives 0 "quiet" batch map.yaml --jobs many.csv -d bar --quiet
[ ! -s err ]; ok "says nothing when all is well"

# The same bytes as render, whatever the number of workers.
gives 0 "render" render map.yaml --set 'title=c: week of 1' --set extent.margin=20 -o r.png
cmp r.png whole/m00.png 2>err; ok "batch draws what render draws"
gives 0 "four workers" batch map.yaml --jobs many.csv -d four -j 4 --quiet
same whole four "four workers draw the same bytes"

# The time of a figure is its own, however late the parent hears of it.
awk 'BEGIN {print "extent.around"; for (i = 0; i < 100; i++) printf "\"%.1f, %.1f\"\n", 30 + i / 10, 40 + i / 10}' >quick.csv
gives 0 "quick figures" batch --jobs quick.csv -d quick -j 2 --quiet --set size=320x320 --set extent.margin=60
[ "$(grep -c '"seconds":0[.]00*[1-9]\|"seconds":0[.][1-9]' quick/report.json)" -eq 101 ]; ok "each of which took a time"

finish
