#!/bin/sh
# gazetteer build, info and check; compiled and uncompiled gazetteers in layers; sources
# as they should not be.
. tests/cli/lib.sh
XDG_CACHE_HOME=$work/cache
export XDG_CACHE_HOME

printf 'id,name,lat,lon,kind,country,alternates\na1,Camp Alpha,40.9,45.6,settlement,AZ,Лагерь Альфа\na2,Hill 12,41,45.5,other,AZ,\n' >a.csv
printf 'id,name,lat,lon,country\nb1,Camp Alpha,10,20,\nb2,Far Post,11,21,\n' >b.csv
cp "$root/tests/fuzz/corpus/json/collection.geojson" "$root/tests/fuzz/corpus/json/wof.jsonl" .
cp "$root/tests/fuzz/corpus/geonames/rows.txt" .

run gazetteer build -o a.gaz a.csv
[ "$code" -eq 0 ] && grep -q '^a.gaz: places 2, names 5' out; ok "a table is built"
cp a.gaz first.gaz
run gazetteer build -j 3 -o a.gaz a.csv && cmp -s a.gaz first.gaz; ok "again the same bytes"
run gazetteer build --licence 'CC0' -o all.gaz a.csv collection.geojson wof.jsonl rows.txt
[ "$code" -eq 0 ] && grep -q 'wof.jsonl: whosonfirst, 4 rows read, 2 kept, 2 left out' out && grep -q 'wof.jsonl:3:1: warning: not JSON' err && grep -q 'wof.jsonl: whosonfirst' out &&
    grep -q 'collection.geojson:5:2: warning: .*position' err; ok "sources of all kinds go together"
run gazetteer info all.gaz
[ "$code" -eq 0 ] && grep -q '^digest [0-9a-f]\{32\}$' out && grep -q 'settlement' out &&
    grep -q 'licence CC0' out && grep -q 'licence CC BY 4.0, geonames.org' out; ok "info tells kinds, sources and licences"
run gazetteer build -o area.gaz "$INCMAP_DATA/regions.shp"
[ "$code" -eq 0 ] && grep -q 'names are read from the field' err && grep -q 'shapefile' out; ok "a shapefile is built"
run gazetteer build --name-field NOPE -o area2.gaz "$INCMAP_DATA/regions.shp"
[ "$code" -eq 3 ] && grep -q "NOPE" err && [ ! -e area2.gaz ]; ok "a field that is not there is an error"

answer() { # the id that a name has
    run locate --format tsv "$@"
    tail -n 1 out | cut -f 2,10
}
[ "$(answer --gazetteer a.csv --gazetteer b.gaz 'Camp Alpha' 2>&1 | cut -c 1-3)" != "ok" ]; ok "a file that is missing is an error"
run gazetteer build -o b.gaz b.csv
[ "$(answer --gazetteer a.gaz --gazetteer b.gaz 'Camp Alpha')" = "$(printf 'ok\ta1')" ] &&
    [ "$(answer --gazetteer b.csv --gazetteer a.gaz 'Camp Alpha')" = "$(printf 'ok\tb1')" ] &&
    [ "$(answer --gazetteer b.csv --gazetteer a.gaz 'Hill 12')" = "$(printf 'ok\ta2')" ]; ok "the first given wins, compiled or not"
run locate --gazetteer a.gaz --format json 'Hill 12'
grep -q '"id":"a2","file":"a.csv","line":3' out; ok "a hit names its file and row"
[ "$(ls cache/incmap | wc -l)" -eq 2 ]; ok "a source is kept compiled in the cache"
run locate --gazetteer a.csv Tovuz
XDG_CACHE_HOME=/dev/null/x timeout 60 "$incmap" locate --gazetteer a.csv 'Hill 12' >out 2>err
[ $? -eq 0 ] && grep -q 'Hill 12: ok' out; ok "a cache that cannot be written costs only time"

printf 'id,name,lat,lon,country,names\nx,Baku,49.87,40.4,AZ,ru=Baku\nx,Baku,49.87,40.4,AZ,\ny,Nowhere,0,0,,\nz,Paris,48.85,2.35,AZ,\n' >odd.csv
printf 'name,lat,lon,kind,feature\nV,40,45,village,\nD,41,45,district,\nS,42,45,sea,\nF,43,45,town,capital\n' >words.csv
run gazetteer check words.csv; cp err words.err
run locate --gazetteer words.csv --format tsv V D S F
! grep -q warning words.err && [ "$(tail -n 4 out | cut -f 6 | tr '\n' ' ')" = "settlement region water settlement " ] &&
    run locate --gazetteer words.csv V F && grep -q 'V  village' out && grep -q 'F  capital' out; ok "a kind may be as fine as the answers tell it"
run gazetteer check odd.csv
[ "$code" -eq 0 ] && grep -q "odd.csv:2: warning: 'Baku' is not in AZ, but would be with lat and lon exchanged" err &&
    grep -q "odd.csv:3: warning: the id 'x' stands in line 2 already" err &&
    grep -q "odd.csv:4: warning: 'Nowhere' is at 0, 0" err &&
    grep -q "odd.csv:5: warning: 'Paris' is said to be in AZ but lies in FR" err &&
    grep -q "odd.csv:2: warning: 'Baku' is said to be in 'ru' but has no letter of Cyrillic" err; ok "check tells what is odd"
run gazetteer check --strict odd.csv
[ "$code" -eq 1 ]; ok "check --strict fails"
printf 'id,name,lat,lon,kind,country,population\na1,Camp Alpha,40.9,45.6,settlement,AZ,12\n' >sound.csv
run gazetteer check sound.csv
[ "$code" -eq 0 ] && grep -q 'nothing to report' out; ok "check of a sound table"
run gazetteer check --strict a.csv
[ "$code" -eq 0 ] && grep -q "a.csv:1:1: note: there is no column 'population'" err &&
    [ "$(grep -c 'there is no column' err)" -eq 1 ]; ok "check tells of columns that would help"

# Bad input: an error or findings, nothing else lost.
bad() { # bad CODE PATTERN NAME: building x.src
    rm -f x.gaz
    run gazetteer build -o x.gaz x.src
    [ "$code" -eq "$1" ] && grep -q "$2" err && { [ "$1" -eq 0 ] || [ ! -e x.gaz ]; }
    ok "$3"
}
head -c 3000 first.gaz >x.src; bad 3 'compiled gazetteer is no source' "a compiled file is no source"
: >x.src; bad 3 'x.src' "an empty file"
printf 'lat,lon\n1,2\n' >x.src; bad 3 "'name' is missing" "a missing column"
printf '\357\273\277name,lat,lon\r\nA,91,0\r\nB,nan,0\r\nC,1,1\r\n' >x.src; bad 0 'x.src:2' "BOM, CRLF, latitude 91, NaN"
printf 'name,lat,lon\nA\0B,1,1\n' >x.src; bad 3 'NUL' "NUL bytes in a table"
printf 'name,lat,lon\n\377\376,1,1\n' >x.src; bad 3 'UTF-8' "bad UTF-8"
{ cat rows.txt; printf '7\tA\377\tA\t\t1\t1\tP\tPPL\tAZ\t\t\t\t\t\t0\t\t0\t\t\n8\tB\n'; } >x.src
bad 0 'x.src:13: warning: a name is not UTF-8' "bad rows among GeoNames' own"
grep -q 'x.src:14' err && grep -q '12 kept, 2 left out' out; ok "the good rows are kept"
{ printf '9\tMany\tMany\t'; i=0; while [ $i -lt 20000 ]; do printf 'Nom%s,' $i; i=$((i + 1)); done; printf 'End\t1\t1\tP\tPPL\tAZ\t\t\t\t\t\t0\t\t0\t\t\n'; } >x.src
run gazetteer build -o x.gaz x.src
[ "$code" -eq 0 ] && [ "$(answer --gazetteer x.gaz Nom19999)" = "$(printf 'ok\tgn:9')" ]; ok "twenty thousand names of one place"
printf '{"type": "FeatureCollection", "features": [{"type": "Feature"}, {"a": ' >x.src; bad 3 'not JSON' "JSON that ends too soon"
head -c 400 /dev/zero | tr '\0' '[' >x.src; bad 3 'nested too deeply' "JSON nested too deeply"
mkfifo pipe; run gazetteer build -o x.gaz pipe; [ "$code" -eq 3 ]; ok "a pipe is refused"
for cut in 5 100 400 2000; do head -c $cut first.gaz >cut.gaz; run locate --gazetteer cut.gaz Tovuz; [ "$code" -eq 3 ] || break; done
[ "$code" -eq 3 ] && grep -q "cut.gaz" err; ok "a cut compiled file is an error"
printf 'plain text\n' >foreign.gaz; run gazetteer info foreign.gaz; [ "$code" -eq 3 ]; ok "a foreign file is an error"
says 'is not a compiled gazetteer (.*gazetteer check.*gazetteer build)' "which says what sources are for"
printf 'name,lat,lon,country\nVatican City,41.9024,12.4533,VA\nGibraltar,36.1447,-5.3526,GI\nSan Marino,43.9360,12.4477,SM\nKuwait City,29.3697,47.9783,KW\n' >tiny.csv
run gazetteer check tiny.csv; [ "$code" -eq 0 ] && ! grep -q 'lies in' err; ok "countries smaller than the outlines' accuracy"
printf 'name,lat,lon,country\nMilan,45.46,9.19,VA\nBerlin,52.5,13.4,PL\n' >far.csv
run gazetteer check far.csv; [ "$(grep -c 'is said to be in [A-Z]* but lies in' err)" -eq 2 ]; ok "but not what is far off"
printf 'name,lat,lon\nCampo,41,45\n' >first.csv; printf 'name,lat,lon\nCampo,42,46\n' >second.csv
run locate --gazetteer first.csv --gazetteer second.csv Campo
grep -q '^Campo: ok, first.csv goes before second.csv, where it stands too$' out; ok "the first of two own tables wins, and is said to"
cp first.gaz flip.gaz; printf '\377' | dd of=flip.gaz bs=1 seek=700 conv=notrunc 2>/dev/null
run gazetteer info flip.gaz; [ "$code" -eq 3 ] && grep -q 'damaged' err; ok "info notices a changed byte"
for at in $(seq 300 97 "$(wc -c <first.gaz)"); do
    cp first.gaz flip.gaz; printf '\125' | dd of=flip.gaz bs=1 seek="$at" conv=notrunc 2>/dev/null
    cmp -s first.gaz flip.gaz && continue
    run locate --gazetteer flip.gaz --format tsv Tovuz; echo "$code $(head -n 2 out | tail -n 1) $(cat err)"
done | sort -u >flips
run locate --gazetteer first.gaz --format tsv Tovuz
! grep -v 'damaged' flips | grep -vxF "0 $(head -n 2 out | tail -n 1) " && grep -q '^3 .*flip.gaz.* is damaged: its content' flips
ok "a changed byte is an error where it is read, and never another answer"
run gazetteer build a.csv; [ "$code" -eq 2 ]; ok "a build without -o is a usage error"
cp a.csv own.csv; run gazetteer build -o ./own.csv b.csv own.csv
[ "$code" -eq 2 ] && grep -q 'own.csv.* is also a source' err && cmp -s a.csv own.csv; ok "a build does not write over its source"
run gazetteer bild a.csv; [ "$code" -eq 2 ]; ok "an unknown task is a usage error"

# A polygon of one's own is drawn as an area, also when it comes from the compiled form alone.
cat >zone.geojson <<'END'
{"type":"Feature","properties":{"name":"Buffer Zone Alpha"},"geometry":{"type":"Polygon","coordinates":
[[[45.2,40.7],[45.9,40.6],[46.1,41.0],[45.7,41.2],[45.5,40.95],[45.3,41.1],[45.2,40.7]]]}}
END
printf 'date,type,place\n2020-07-12,clash,Buffer Zone Alpha\n' >zone.csv
run gazetteer build -o zone.gaz zone.geojson && mkdir away && mv zone.gaz away
for from in zone.geojson away/zone.gaz; do
    run render --around Tovuz --margin 60 --gazetteer $from --incidents zone.csv --dump scene
    [ "$code" -eq 0 ] && grep -i 'within this area' out >/dev/null; ok "an area of $from is drawn"
    grep -v Credits out | sed 's/zone\.[a-z]*//g' >"scene.${from##*.}"
done
cmp -s scene.geojson scene.gaz; ok "it is the same from both"

# A figure states the digest that a compiled gazetteer tells of itself: the file may have gigabytes.
run gazetteer info away/zone.gaz
digest=$(sed -n 's/^digest //p' out)
run render --around Tovuz --gazetteer away/zone.gaz --incidents zone.csv -o zone.svg
[ ${#digest} -eq 32 ] && grep -q "zone.gaz\",\"digest\":\"$digest\"" zone.svg
ok "the figure states the gazetteer's own digest"
truncate -s 600M big.gaz
run render --around Tovuz --gazetteer big.gaz -o big.svg
[ "$code" -eq 3 ]; ok "a foreign large file is refused"
rm -f big.gaz

# A state is a state although a county elsewhere has its name; with "County" it is the county.
mkdir us
{
    printf '4699066\tHouston\t\t\t29.76\t-95.36\tP\tPPLA2\tUS\t\tTX\t201\t\t\t2300000\t\t0\tx\ty\n'
    printf '4391812\tHouston\t\t\t37.33\t-91.96\tP\tPPLA2\tUS\t\tMO\t215\t\t\t2100\t\t0\tx\ty\n'
} >us/US.txt
printf 'US.TX\tTexas\tTexas\t1\nUS.MO\tMissouri\tMissouri\t2\n' >us/admin1CodesASCII.txt
printf 'US.TX.201\tHarris County\tHarris County\t3\nUS.MO.215\tTexas County\tTexas County\t4\n' \
    >us/admin2Codes.txt
for name in "Houston, TX" "Houston, Texas" "Houston, Harris County"; do
    run locate "$name" --gazetteer us/US.txt
    [ "$code" -eq 0 ] && grep -q '29.76' out; ok "$name is in Texas"
done
run locate "Houston, Texas County" --gazetteer us/US.txt
[ "$code" -eq 0 ] && grep -q '37.33' out; ok "Houston, Texas County is in Missouri"
finish
