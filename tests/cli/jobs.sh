#!/bin/sh
# batch: what a row means: columns, {column}, names of files, what a report tells of each,
# how reports are joined. Most of it is asked of dry runs.
. tests/cli/lib.sh
# holds TEXT FILE NAME: the file has that text
holds() { grep -q -F -e "$1" "$2" 2>err; ok "$3"; }
# lacks TEXT FILE NAME
lacks() { ! grep -F -e "$1" "$2" >err 2>&1; ok "$3"; }
# plan MAP JOBS...: what a dry run would draw, in one line: "a.svg b.svg "
plan() {
    map=$1 jobs=$2
    shift 2
    run batch $map ${jobs:+--jobs} $jobs -d none --dry-run "$@"
    sed -n 's/^draw \(.*\) (missing.*/\1/p' out | tr '\n' ' '
}
# plans WANT NAME MAP JOBS...: the same against what is wanted
plans() {
    want=$1 name=$2
    shift 2
    got=$(plan "$@")
    [ "$got" = "$want" ] || { run true; echo "    '$got', not '$want'" >err; false; }
    ok "$name"
}
head -1 "$example/incidents.csv" >few.csv
sed -n 2,3p "$example/incidents.csv" >>few.csv
small='size: 480x360
scale: 0.5
extent: {around: [Tovuz], margin: 20}'
printf '%s\ntitle: "{city}"\n' "$small" >map.yaml
printf '%s\ntitle: "As it is"\n' "$small" >plain.yaml

# Columns: those that a row, the map file's title or its output uses.
printf 'city,town\nA,t\n' >jobs.csv
gives 2 "a column that nothing uses" batch map.yaml --jobs jobs.csv -d none --dry-run
says "column 'town': .*must be used as {town} in a title or file name" "is told"
{ cat map.yaml; echo 'output: "{town}.svg"'; } >out.yaml
plans "t.svg " "a column may be used by the map file's output alone" out.yaml jobs.csv
printf 'city,town,output\nA,t,maps/{town}.svg\n' >cells.csv
plans "maps/t.svg " "or by another cell" map.yaml cells.csv
{ cat plain.yaml; echo 'subtitle: "{{town}}"'; } >braces.yaml
printf 'name,town\nA,t\n' >town.csv
gives 2 "a column within double braces" batch braces.yaml --jobs town.csv -d none --dry-run
{ cat map.yaml; echo 'output: "{village}.svg"'; } >out.yaml
gives 2 "an output with a column that is not there" batch out.yaml --jobs jobs.csv -d none --dry-run
says "output: '.*': the jobs have no column 'village' (columns: city, town" "is told with those that are"
printf 'city,subtitle\nA,{nope}\n' >nope.csv
run batch map.yaml --jobs nope.csv -d none --dry-run
says "nope.csv:2: error: subtitle: '{nope}': there is no column 'nope'" "so is one of a row, with its line"
printf 'name,name\na,b\n' >double.csv
gives 3 "two columns of one name" batch plain.yaml --jobs double.csv -d none
says 'double.csv:1:1: error: column 2 has the name of another one' "are told"
printf 'name,\na,b\n' >noname.csv
gives 3 "a column without a name" batch plain.yaml --jobs noname.csv -d none
says 'noname.csv:1:1: error: column 2 has no name' "is told"
printf '\n{"name":"a"}\n\n{"name": }\n' >lines.ndjson
run batch plain.yaml --jobs lines.ndjson -d none --dry-run
says 'lines.ndjson:4:.* error: not JSON' "blank lines of JSON lines count"
printf '{"name":"a","extent.margin":null}\n' >null.jsonl
plans "a.png " "null leaves the key as the map file has it" plain.yaml null.jsonl

# {column} where it is meant, braces where they are.
{ cat plain.yaml; echo 'subtitle: "{{x}} {extent.margin} km, {not one}"'; } >fill.yaml
printf 'name,extent.margin\na,25\n' >fill.csv
gives 0 "texts with braces" batch fill.yaml --jobs fill.csv -d fill --format svg
grep -q '{x} 25 km, {not one}' fill/a.svg; ok "are filled in"
printf 'title,extent.margin\nFirst,20\nSecond,21\n' >title.csv
plans "first.png second.png " "figures are named by their titles when they have no names" plain.yaml title.csv
printf 'title,name,extent.margin\nA long title,short,20\n' >named.csv
plans "short.png " "and by their names when they have both" plain.yaml named.csv
printf 'name,city,title\nown,Xyzzy,A title\nempty,Xyzzy,\n' >titled.csv
gives 0 "a title in some rows" batch map.yaml --jobs titled.csv -d titled --format svg
grep -q '>A title<' titled/own.svg && grep -q '>Xyzzy<' titled/empty.svg; ok "where its cell is empty the map file's stands"

# A row's table takes the place of the map file's.
{ cat plain.yaml; echo "incidents: [$example/incidents.csv]"; } >table.yaml
printf 'name,incidents.file\nfew,few.csv\nall,\n' >tables.csv
gives 0 "tables by row" batch table.yaml --jobs tables.csv -d tables --format svg
sed -n 's/.*"name":"few".*"incidents":\([0-9]*\),.*/\1/p' tables/report.json >count
[ "$(cat count)" = 1 ]; ok "a row's table is its only one"

# Names of outputs.
printf 'name,output\na,"[x.svg , y/x.pdf,  ""x.svg""]"\n' >list.csv
plans "x.svg ... " "a list of outputs, each once" plain.yaml list.csv
printf 'name,output\nbad,"[x.svg, ../y.svg]"\ngood,x.svg\n' >claims.csv
plans "x.svg " "a job that cannot be done takes no name" plain.yaml claims.csv
# refuses OUTPUT FAULT: that output, as JSON, is refused
refuses() {
    printf '{"name":"a","output":"%s"}\n' "$1" >refuse.jsonl
    run batch plain.yaml --jobs refuse.jsonl -d none --dry-run
    [ "$code" -eq 9 ] && grep -q -e "refuse.jsonl:1: error: output .*: $2" err; ok "refused: $(printf %.20s "$1"): $2"
}
refuses a//b.svg 'a part of the path is empty'
refuses /tmp/b.svg 'the path does not stay in the folder'
refuses a/.b.svg 'a part of the path begins with a dot'
refuses a:b.svg 'a character that not every file system can store'
refuses 'a\u0007b.svg' 'a character that not every file system can store'
refuses a.gif 'the format is none of'
refuses "$(printf '%0181d' 0).svg" 'a part of the path is too long'
cp plain.yaml second.yaml
printf 'output\nx.svg\n' >both.csv
plan "plain.yaml second.yaml" both.csv >names
tr ' ' '\n' <names | sed -n 's/^x-\([0-9a-f]*\)\.svg$/\1/p' | sort -u >marks
[ "$(wc -l <marks)" -eq 2 ]; ok "two map files that write one file are told apart"
printf 'name\nx\nx\n' >twice.csv
gives 9 "the same job twice" batch plain.yaml --jobs twice.csv -d twice --format svg
says '1 drawn, 0 up to date, 1 failed' "is done once"

# What is up to date, and what its file says.
gives 0 "two outputs" batch plain.yaml --jobs fill.csv -d pair --format svg --format pdf
rm pair/a.pdf
run batch plain.yaml --jobs fill.csv -d pair --format svg --format pdf --dry-run
holds 'draw a.svg ... (missing: a.pdf)' out "the second output counts as well"
run batch plain.yaml --jobs fill.csv -d pair --format svg --dry-run
holds 'keep a.svg' out "if it is asked for"
sed 's/\("digest":"[0-9a-f-]*\)-[0-9a-f]*"/\1-0000"/' pair/a.svg >other.svg
mv other.svg pair/a.svg
run batch plain.yaml --jobs fill.csv -d pair --format svg --dry-run
holds 'draw a.svg (changed: program)' out "a figure of another version is drawn again"

mkdir -p swept/maps
: >swept/maps/.incmap-1-0.tmp
run batch map.yaml --jobs cells.csv -d swept
[ -f swept/maps/t.svg ] && [ ! -e swept/maps/.incmap-1-0.tmp ]; ok "what a killed run left in a folder of the folder is removed"

# Reports.
printf 'name,output,title\na,år 1/a%%b.svg,"x</script>y ""}z"\n' >links.csv
gives 0 "an output with blanks and letters" batch plain.yaml --jobs links.csv -d links
holds '"links":["%C3%A5r%201/a%25b.svg"]' links/report.json "its link is a URL"
lacks 'x</script>y' links/report.html "no text ends the page's script"
holds 'x\u003c/script>y \"}z","alt":"Map' links/report.html "and none is lost"
holds '"findings":[' links/report.json "nor what follows it"
printf 'name,extent.margin\na,25\n' >earlier.csv
run batch plain.yaml --jobs earlier.csv -d earlier --format svg
printf 'name,extent.margin\na,abc\n' >earlier.csv
gives 9 "a job that was done and cannot be done now" batch plain.yaml --jobs earlier.csv -d earlier --format svg
lacks '"figure":' earlier/report.json "the earlier file is not told as its figure"
holds '"alt":"Map: ' tables/report.json "that of one that is drawn is"

# Parts of the data, of more than one map file.
{ cat plain.yaml; echo "incidents: [few.csv]"; } >few.yaml
printf 'date,lat,lon\n2021-03-05,40.9,45.6\n' >march.csv
{ cat plain.yaml; echo "incidents: [march.csv]"; } >march.yaml
plans "few-2020-07-12.png few-2020-07-13.png march-2021-03-05.png " "each map file has its own days" "few.yaml march.yaml" "" --facet day
{ cat few.yaml; echo 'subtitle: "On {name}"'; } >said.yaml
gives 0 "a map file that says itself which part it is" batch said.yaml --facet week -d said --format svg
grep -q '>As it is<' said/2020-w28.svg && grep -q '>On 2020-W28<' said/2020-w28.svg; ok "keeps its title"

{ cat plain.yaml; echo "incidents: [few.csv, $example/incidents.csv]"; } >tables.yaml
plans "az.png am.png " "a country of two tables is one figure" tables.yaml "" --facet country
printf 'date,lat,lon\n1970-01-01,40.9,45.6\n1968-02-29,40.9,45.6\n1969-12-31,40.9,45.6\n' >old.csv
{ cat plain.yaml; echo "incidents: [old.csv]"; } >old.yaml
plans "1968-02-29.png 1969-12-31.png 1970-01-01.png " "days before 1970, in their order" old.yaml "" --facet day
plans "1968-w09.png 1970-w01.png " "weeks across the turn of a year" old.yaml "" --facet week
plans "1968-02.png 1969-12.png 1970-01.png " "months" old.yaml "" --facet month
{ cat plain.yaml; echo "incidents: [few.csv, old.csv]"; } >ages.yaml
plans "1968-02.png 1969-12.png 1970-01.png 2020-07.png " "those of several tables in one order" ages.yaml "" --facet month
gives 2 "parts of no incidents" batch plain.yaml --facet day -d none
says 'there are no incidents to make figures of' "are told"
sed '1s/country/Land/' few.csv >land.csv
{ cat plain.yaml; echo "incidents: [{file: land.csv, columns: {country: Land}}]"; } >land.yaml
gives 0 "a country column of another name" batch land.yaml --facet country -d land --format svg
holds '"incidents":1,"placed":1' land/report.json "is told apart as well"
printf 'date,date_end,lat,lon\n2020-07-12,2020-07-13,40.9,45.6\n2020-07-14,2020-07-16,40.9,45.6\n2020-07-18,,40.9,45.6\n' >span.csv
{ cat plain.yaml; echo 'from: 2020-07-13'; echo 'to: 2020-07-15'; echo "incidents: [span.csv]"; } >span.yaml
plans "2020-07-13.png 2020-07-14.png 2020-07-15.png " "days of the map file's time alone" span.yaml "" --facet day
gives 0 "months of the map file's time" batch span.yaml --facet month -d span --format svg
grep -q '"from":"2020-07-13","to":"2020-07-15"' span/2020-07.svg; ok "are no longer than that"

# Joined reports.
printf 'name,extent.margin\na,20\nb,21\nc,22\nd,23\ne,24\n' >five.csv
for k in 1 2 3; do run batch plain.yaml --jobs five.csv -d parts --format svg --shard $k/3; done
for other in report-1-of-3.json.bak report-0-of-3.json; do cp parts/report-1-of-3.json parts/$other; done
gives 0 "three reports, and files that are none" batch --merge-reports parts
[ "$(sed -n 's/^{"index":\([0-9]*\),.*"name":"\(.\)".*/\1\2/p' parts/report.json | tr '\n' ' ')" = "0a 1b 2c 3d 4e " ]
ok "their figures have the places that they have in the jobs"
holds '"title":"plain.yaml","status":"complete","shard":"","total":5,"drawn":5,"current":0,"failed":0,"left":0' parts/report.json "the head is that of the whole"
for k in 1 2; do # whatever the order in which the folder has them
    cp -r parts slow$k
    sed -i 's/"seconds":[0-9.]*,"figures"/"seconds":42.5,"figures"/; 1s/"complete"/"partial"/' slow$k/report-$k-of-3.json
    gives 9 "shard $k was stopped" batch --merge-reports slow$k
    holds '"status":"partial"' slow$k/report.json "so the whole is not complete"
    holds '"seconds":42.5,"figures"' slow$k/report.json "it took as long as its slowest part"
done
cp -r parts bad
sed -i 's/"status":"drawn"/"status":"failed"/' bad/report-3-of-3.json
gives 9 "a shard with failed figures" batch --merge-reports bad
says '5 figures of 3 shards: 4 drawn, 0 up to date, 1 failed' "they are counted"
cp parts/report-1-of-3.json parts/report-1-of-4.json
gives 3 "reports of two runs" batch --merge-reports parts
says 'reports of [34] and of [34] shards' "are told"

# A dry run tells what is wrong by its exit code as well.
gives 9 "a dry run of jobs that cannot be done" batch plain.yaml --jobs earlier.csv -d none --dry-run
[ ! -e none ]; ok "no dry run made a folder"
finish
