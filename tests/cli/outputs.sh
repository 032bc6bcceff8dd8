#!/bin/sh
# Outputs appear whole or not at all; what is no regular file is not touched.
. tests/cli/lib.sh
small="--quiet --size 640x480 --around Tovuz"

echo precious >target
ln -s target link.png
gives 7 "symlink as output" render $small -o link.png
[ "$(cat target)" = precious ] && [ -h link.png ]; ok "the link's target is untouched"
ln -s nowhere dangling.svg
gives 7 "dangling symlink as output" render $small -o dangling.svg
[ ! -e nowhere ] && [ -h dangling.svg ]; ok "nothing is made behind the link"
mkdir folder.png
gives 7 "folder as output" render $small -o folder.png
mkfifo pipe.svg
gives 7 "FIFO as output" render $small -o pipe.svg
[ -p pipe.svg ]; ok "the FIFO is untouched"
ln -s /dev/null null.png
gives 7 "/dev/null behind a link" render $small -o null.png
run render $small -o /dev/null
[ "$code" -ne 0 ] && [ -c /dev/null ]; ok "/dev/null is refused and untouched"
gives 7 "folder that is not there" render $small -o none/a.png
says 'none/a.png' "the output is named"

echo old >keep.png
gives 5 "failure before writing" render --around Qwxzzt -o keep.png
[ "$(cat keep.png)" = old ]; ok "existing output is untouched on failure"
gives 0 "success" render $small -o keep.png
pngcheck -q keep.png >err 2>&1; ok "existing output is replaced on success"
[ -z "$(find . -name '*tmp*' -o -name '.?*' ! -name .)" ]; ok "no temporary file is left"
"$incmap" render $small -o - >/dev/full 2>err
[ $? -eq 7 ]; ok "full standard output: exit 7"

# -o takes the place of the map file's outputs.
printf 'extent: {around: [Tovuz]}\nsize: 480x360\noutput: [mapped.png, mapped.svg]\n' >mapped.yaml
gives 0 "outputs of the map file" render mapped.yaml
[ -f mapped.png ] && [ -f mapped.svg ]; ok "are written"
rm mapped.png mapped.svg
gives 0 "another output" render mapped.yaml -o other.svg
[ -f other.svg ]; ok "is written"
absent mapped.png "alone"; absent mapped.svg "quite alone"

# The report is JSON, with the outcome, also after a failure.
json() {
    if command -v jq >/dev/null 2>&1; then
        jq -e . "$1" >/dev/null 2>err
    else # every brace and quote closed is what we can ask without a parser
        tr -d '\n' <"$1" | sed 's/\\.//g; s/"[^"]*"/s/g' | grep -qv '"' &&
            [ "$(tr -cd '{' <"$1" | wc -c)" -eq "$(tr -cd '}' <"$1" | wc -c)" ]
    fi
    ok "$2"
}
printf 'event_id,date,type,place,country\n1,2020-07-12,clash,Tovuz,AZ\n2,,clash,Zz "q",AZ\n' >t.csv
gives 0 "report" render $small --incidents t.csv -o r.svg --report r.json
json r.json "report is JSON"
grep -q '"status":"ok"' r.json && grep -q '"outputs":\["r.svg"\]' r.json; ok "report names status and output"
grep -q '"code":"place-unknown"' r.json || grep -q '"code":"not-placed"' r.json; ok "report lists the finding"
grep -q '"incidents":2,"placed":1' r.json; ok "report counts"
gives 3 "report of a failure" render $small --incidents none.csv -o r2.svg --report f.json
json f.json "report of a failure is JSON"
grep -q '"status":"input"' f.json && grep -q '"severity":"error"' f.json; ok "report of a failure says so"
grep -q '"outputs":\[\]' f.json; ok "report of a failure has no output"
finish
