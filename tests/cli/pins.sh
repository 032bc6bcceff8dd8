#!/bin/sh
# Pins: names that a person has settled, for locate and render; files that no longer fit.
. tests/cli/lib.sh

tab=$(printf '\t')
# pin FIELD...: one row of pins.tsv.
pin() { (IFS=$tab; printf '%s\n' "$*") >>pins.tsv; }
# fresh: an empty pins.tsv.
fresh() { : >pins.tsv; }
# answer NAME FIELD: a field of the answer in TSV, by number.
answer() { awk -F'\t' -v n="$1" -v f="$2" '$1 == n { print $f }' out; }

gives 5 "without a pin" locate --format tsv Springfield
gives 0 "candidates have ids" locate --format json Tovuz
tovuz=$(grep -o '"id":"[^"]*"' out | head -n 1 | cut -d'"' -f4)

fresh
pin name context place who when why
printf '# a remark\n\n' >>pins.tsv
pin Springfield '' -89.6501,39.8017 Anna 2026-11-01 "the state's capital, by the agency's map"
pin "The Hill" '' "$tovuz@45.6289,40.9922" Anna 2026-11-01 'local name, told by phone'
gives 0 "pinned names" locate --pins pins.tsv --format tsv Springfield SPRINGFIELD "the hill"
[ ! -s err ]; ok "a sound file of pins says nothing"
[ "$(answer Springfield 4)" = -89.6501 ] && [ "$(answer SPRINGFIELD 5)" = 39.8017 ]
ok "a pin of coordinates, whatever the case"
[ "$(answer 'the hill' 10)" = "$tovuz" ]; ok "a pin of an id"
gives 0 "JSON of a pin" locate --pins pins.tsv --format json Springfield
grep -q '"match":"pin"' out && grep -q '"status":"ok"' out; ok "match is pin, status ok"
grep -q '"who":"Anna","when":"2026-11-01","why":"the state.s capital, by the agency.s map","file":"pins.tsv","line":4' out
ok "JSON keeps who, when and why, and the row"
gives 0 "table of a pin" locate --pins pins.tsv Springfield
grep -q 'settled by Anna, 2026-11-01: the state' out; ok "the reason names them"
gives 5 "a pin of other letters is no pin" locate --pins pins.tsv --format tsv Springfeld

# Accents count: who pins Susa has not settled Şuşa.
fresh
pin Susa '' 10,50 Anna 2026-11-01 test
gives 0 "accents" locate --pins pins.tsv --format tsv Susa Şuşa
[ "$(answer Susa 4)" = 10 ] && [ "$(answer Şuşa 4)" != 10 ]; ok "Şuşa is not Susa"

# Contexts: a country, a name of the same table, the table's file.
fresh
pin Springfield US 1,2 Anna 2026-11-01 'by country'
pin Springfield Tovuz 3,4 Anna 2026-11-01 'by company'
pin Springfield rows.csv 5,6 Anna 2026-11-01 'by table'
gives 0 "in its country" locate --pins pins.tsv --country US --format tsv Springfield
[ "$(answer Springfield 4)" = 1 ]; ok "a country's pin holds with --country"
gives 5 "without its country" locate --pins pins.tsv --format tsv Springfield
[ -s out ] && ! grep -q '	ok	' out; ok "a pin with a context does not hold without it"
printf 'date,place\n2020-07-12,Springfield\n2020-07-13,Tovuz\n' >rows.csv
cp rows.csv other.csv
printf 'date,place\n2020-07-12,Springfield\n2020-07-13,Yerevan\n' >third.csv
# position FILE: longitude of Springfield in a map of the table.
position() {
    run render --incidents "$1" --pins pins.tsv --dump places
    sed -n '/"query":"Springfield"/s/.*"lon":\([^,]*\),.*/\1/p' out
}
[ "$(position rows.csv)" = 5 ]; ok "the pin of the table's file goes first"
[ "$(position other.csv)" = 3 ]; ok "then that of a name in the table"
[ "$(position third.csv)" = "" ]; ok "and in other company none"
fresh
pin Springfield Tovuz 3,4 Anna 2026-11-01 'one'
pin Springfield Yerevan 5,6 Anna 2026-11-01 'two'
printf 'date,place\n2020-07-12,Springfield\n2020-07-13,Yerevan\n2020-07-14,Tovuz\n' >both.csv
[ "$(position both.csv)" = "" ]; ok "two contexts that both hold settle nothing"
grep -q 'two pins fit and name different places: pins.tsv:1 and pins.tsv:2' out
ok "and the reason names both rows"

# The country of a row goes before a pin that lies elsewhere.
fresh
pin Tovuz '' "gn:146970@46.7528,39.8177" Anna 2026-11-01 test
gives 5 "a pin outside the country" locate --pins pins.tsv --country AM --format json Tovuz
grep -q 'the pin in pins.tsv:1 is not used: it lies in AZ' out; ok "the reason says so"

# Files that no longer fit, bad rows, twins.
# finds CODE LINE COL WORDS: locate reports so, at that place.
finds() {
    run locate --pins pins.tsv Tovuz
    grep -q "pins.tsv:$2:$3: .*$4" err; ok "$1: $4 at $2:$3"
    run render --around Tovuz --pins pins.tsv --report report.json -o map.svg --size 600x400
    grep -q "\"code\":\"$1\"" report.json; ok "$1 is in the report"
}
fresh; pin Tovuz '' gn:0 A 2026 w
finds pin-stale 1 8 "no place has the id 'gn:0'"
fresh; pin Tovuz '' "$tovuz@30,40.9" A 2026 w
finds pin-stale 1 8 'km from there'
run locate --pins pins.tsv --format json Tovuz
[ -s out ] && ! grep -q '"match":"pin"' out; ok "a stale pin is not used"
fresh; pin Balıkesir '' "$tovuz" A 2026 w
finds pin-stale 1 13 "is now called 'Tovuz'"
fresh; pin Tovuz rayonu; pin x y
finds row-bad 2 1 'fewer than three'
fresh; pin Tovuz '' 45,95 A 2026 w
finds row-bad 1 8 "'45,95' is no longitude and latitude"
fresh; pin '' '' "$tovuz" A 2026 w
finds row-bad 1 1 'no name'
fresh; pin Tovuz '' '' A 2026 w
finds row-bad 1 8 'no place'
fresh; pin Tovuz '' "$tovuz" A 'last week' w
finds value-bad 1 "$((11 + ${#tovuz}))" "unusable date 'last week'"
fresh; pin Tovuz '' "$tovuz" '' '' ''
finds pin-unsigned 1 1 'does not say who'
run locate --strict --pins pins.tsv Tovuz
[ "$code" -eq 1 ]; ok "an unsigned pin fails --strict"
fresh; pin Tovuz '' 1,2 A 2026 w; pin TOVUZ '' 3,4 A 2026 w
finds pin-conflict 2 1 'here and in line 1 name different places'
run locate --pins pins.tsv --format json Tovuz
[ -s out ] && ! grep -q '"match":"pin"' out; ok "pins in conflict are not used"
fresh; pin Tovuz '' 1,2 A 2026 w; pin Tovuz '' 1,2 B 2025 v
finds pin-double 2 1 'the same as line 1'
printf 'Tovuz\t\t1,2\tA\377\n' >pins.tsv
gives 3 "a file that is not UTF-8" locate --pins pins.tsv Tovuz
gives 3 "no such file" locate --pins none.tsv Tovuz
printf '\357\273\277name\tcontext\tplace\r\nTovuz\t\t1,2\tA\t2026\tw\r\n' >pins.tsv
gives 0 "byte order mark and CRLF" locate --pins pins.tsv --format tsv Tovuz
[ "$(answer Tovuz 4)" = 1 ]; ok "are no part of a pin"

# Map file, manifest, inputs.
fresh
pin Springfield '' 45.2,40.8 Anna 2026-11-01 'as the ministry says'
mkdir sub
mv pins.tsv sub/
printf 'incidents: [../rows.csv]\npins: pins.tsv\nsize: 600x400\n' >sub/map.yaml
gives 0 "key pins, beside the map file" render sub/map.yaml -o map.svg
grep -q 'pin: settled by Anna, 2026-11-01: as the ministry says; pinned in pins.tsv:1' map.svg
ok "the manifest has the reason"
grep -q '{.*who.*:.*Anna.*when.*:.*2026-11-01.*why.*:.*as the ministry says.*pins.tsv.*line.*:1}' map.svg
ok "the manifest keeps who, when and why"
tr -d '\\' <map.svg | grep -q 'role.*:.*pins.*sha256'; ok "the pins file is an input with its digest"
gives 2 "the pins file is no output" render sub/map.yaml -o sub/pins.tsv

# Proposals.
gives 5 "proposals" locate --write-pins new.tsv --format tsv Springfield Tovuz springfield Qwxzzt
says 'new.tsv: note: 1 name to settle (the likeliest place of each holds, with a warning, until' "the ambiguous name, once, and that its pin is in use"
[ "$(head -n 1 new.tsv)" = "name${tab}context${tab}place${tab}who${tab}when${tab}why" ]; ok "a heading"
[ "$(grep -c '^Springfield	' new.tsv)" -eq 1 ] && [ "$(grep -c '^#Springfield	' new.tsv)" -ge 5 ]
ok "one row, the others set aside"
grep -q "^# Springfield, city, Missouri, US, [0-9]* people, score" new.tsv; ok "each with what it is"
best=$(grep '^Springfield	' new.tsv | cut -f 3)
gives 0 "proposals as they are" locate --pins new.tsv --format json Springfield
grep -q "\"match\":\"pin\".*\"id\":\"${best%@*}\"" out; ok "the best candidate is the row's"
says 'new.tsv:[0-9]*:1: warning: .*does not say who settled it' "nobody has signed it, and that is told"
sed 's/^\(Springfield\t.*\)\t\t\t$/\1\tAnna\t2026-11-27\tseen/; s/^# the first.*/# mine/' new.tsv >mine.tsv
gives 0 "a signed one" locate --strict --pins mine.tsv Springfield
printf 'last line without end' >>mine.tsv
cp mine.tsv before.tsv
gives 5 "an existing file" locate --write-pins mine.tsv Springfield Georgia
head -c "$(wc -c <before.tsv)" mine.tsv | cmp -s - before.tsv; ok "its lines stay, to the byte"
grep -q '^Georgia	' mine.tsv && [ "$(grep -c '^Springfield	' mine.tsv)" -eq 1 ]
ok "only what it lacks is added"
cp mine.tsv before.tsv
gives 5 "the same again" locate --write-pins mine.tsv Springfield Georgia
cmp -s mine.tsv before.tsv; ok "adds nothing"
says 'mine.tsv: note: 0 names to settle more: what is ambiguous stands there already' "and says why"
gives 0 "with its country" locate --write-pins us.tsv --country US --format tsv Tucson
[ "$(wc -l <us.tsv)" -eq 1 ]; ok "nothing ambiguous: a heading alone"
gives 5 "names in a country" locate --write-pins us.tsv --country us Springfield
grep -q '^Springfield	US	' us.tsv; ok "the country is the context"
awk 'BEGIN { for (i = 0; i < 4000; i++) print (i % 3 ? "Springfield" : "Georgia") }' >many
gives 5 "proposals of several processes" locate -j 2 --format tsv --write-pins two.tsv -f many
gives 5 "of one" locate -j 1 --format tsv --write-pins one.tsv -f many
cmp -s one.tsv two.tsv && [ "$(grep -c '^[GS]' one.tsv)" -eq 2 ]; ok "are the same bytes"
gives 5 "a name that no row can hold" locate --write-pins odd.tsv "#Springfield"
[ "$(wc -l <odd.tsv)" -eq 1 ]; ok "is not proposed"
gives 7 "no such folder" locate --write-pins none/p.tsv Springfield
[ ! -s out ]; ok "and nothing was answered in vain"
printf '\377' >bad.tsv
gives 3 "a file that is no text" locate --write-pins bad.tsv Springfield
[ "$(wc -c <bad.tsv)" -eq 1 ]; ok "stays as it is"
finish
