#!/bin/sh
# Bad inputs: an error with file, line and column at once, and nothing is written.
. tests/cli/lib.sh

head='event_id,date,type,place,country'
printf '%s\n1,2020-07-12,clash,Tovuz,AZ\n' "$head" >good.csv
cat >good.yaml <<'Y'
title: T
extent: {around: [Tovuz], margin: 50}
incidents: [good.csv]
size: 640x480
Y
gives 0 "good map file" render --quiet good.yaml -o good.svg

printf 'title: [a\nsize: 1\n' >broken.yaml
gives 3 "broken YAML" render broken.yaml -o x.png
says 'broken.yaml:[0-9]*:[0-9]*: error' "broken YAML has line and column"
printf 'title: T\ntitel: U\n' >unknown.yaml
run render unknown.yaml -o x.png
[ "$code" -eq 2 ] || [ "$code" -eq 3 ]; ok "unknown key: refused"
says 'unknown.yaml:2:1: error' "unknown key has line and column"
says 'title' "unknown key suggests"
printf 'title: T\nsize: 1x1\ntitle: U\n' >twice.yaml
gives 3 "duplicate key" render twice.yaml -o x.png
says 'twice.yaml:3' "duplicate key has its line"
gives 3 "missing map file" render none.yaml -o x.png
says 'none.yaml' "missing map file is named"
printf 'incidents: [none.csv]\nextent: {around: [Tovuz]}\n' >lost.yaml
gives 3 "missing incident table" render lost.yaml -o x.png
says 'none.csv' "missing incident table is named"

mkfifo pipe
mkdir folder
gives 3 "FIFO as map file" render pipe -o x.png
gives 3 "folder as map file" render folder -o x.png
gives 3 "device as map file" render /dev/zero -o x.png
gives 3 "FIFO as incident table" render --around Tovuz --incidents pipe -o x.png
gives 3 "folder as incident table" render --around Tovuz --incidents folder -o x.png
gives 3 "FIFO as borders" render --around Tovuz --borders pipe -o x.png
gives 3 "missing borders" render --around Tovuz --borders none.shp -o x.png
gives 3 "FIFO as overlay" render --around Tovuz --overlay ./pipe -o x.png

for ext in shp shx dbf prj cpg; do cp "$INCMAP_DATA/pipelines.$ext" line.$ext; done
gives 0 "whole shapefile" render --quiet --around Tovuz --size 640x480 --overlay line.shp \
    -o whole.svg
gives 0 "by its path" render --quiet --around Tovuz --size 640x480 --overlay "$work/line.shp" \
    -o path.svg
grep -q 'id="overlay-1" aria-label="Line"' path.svg; ok "its layer is named for readers, not by its path"
for ext in shp shx prj cpg; do cp line.$ext plain.$ext; done
LC_ALL=C sed 's/substance/of_what_x/; s/short_name/brief_name/' line.dbf >plain.dbf
printf 'lat,lon\n41.2,45.9\n' >beside.csv
gives 0 "a line called pipeline, of no substance" render --size 900x700 --incidents beside.csv \
    --overlay plain.shp --set 'overlays.0.where=name=South Caucasus Pipeline' -o plain.svg
grep -q 'km from the South Caucasus Pipeline' plain.svg; ok "keeps its whole name in distances"
cp line.shp cut.shp
for ext in shx dbf prj cpg; do cp line.$ext cut.$ext; done
for n in 0 50 99; do
    head -c $n line.shp >cut.shp
    gives 3 "shapefile cut to $n bytes" render --around Tovuz --overlay cut.shp -o x.png
    says 'cut.shp' "shapefile cut to $n bytes is named"
done
head -c 3000 line.shp >cut.shp
run render --around Tovuz --size 640x480 --overlay cut.shp -o y.svg
[ "$code" -eq 0 ] || [ "$code" -eq 3 ]; ok "shapefile cut in a record: no crash"
says 'cut.shp' "shapefile cut in a record is named"
printf 'not a shapefile at all, but long enough to hold a header of one hundred bytes %0100d' 0 >cut.shp
gives 3 "text as shapefile" render --around Tovuz --overlay cut.shp -o x.png
cp line.shp bare.shp
run render --around Tovuz --size 640x480 --overlay bare.shp -o bare.svg
says 'bare' "missing side files are reported"

# What a file is instead, and what to do with it.
echo '{"type": "FeatureCollection", "features": []}' >pipe.geojson
gives 3 "GeoJSON as overlay" render --around Tovuz --overlay pipe.geojson -o x.png
says 'not a shapefile (make one of it: ogr2ogr pipe.shp pipe.geojson)' "it is told how to make one"
gives 3 "GeoJSON as borders" render --around Tovuz --borders pipe.geojson -o x.png
says 'ogr2ogr pipe.shp pipe.geojson' "the same"
gives 3 "side file as overlay" render --around Tovuz --overlay line.dbf -o x.png
says 'name the .shp: line.shp' "the right one is told"
printf '\211PNG\r\n\032\n0000' >picture.csv
gives 3 "picture as table" render --incidents picture.csv -o x.png
says 'picture.csv: error: this is a PNG picture' "it is told what it is"
printf 'PK\003\004aaaa' >book.xlsx
gives 3 "workbook as table" render --incidents book.xlsx -o x.png
says 'an Excel workbook or another archive (export it as CSV)' "it is told what to do"
gives 3 "table as map file" render good.csv -o x.png
says 'a table, not a map file (incmap render --incidents good.csv' "it is told how to draw it"
printf 'date,time: x\n1,2\n' >colon.csv
gives 3 "table that is no YAML" render colon.csv -o x.png
says 'a table, not a map file' "the same"

# A name in extent.around that is two, or one of several.
gives 5 "two places in one" render --around Tovuz,Berd -o x.png
says "name places one by one: --around 'Tovuz' --around 'Berd'" "it is told how"
gives 5 "one of several" render --around Springfield -o x.png
says "Springfield (city, Illinois, US, 39.80 N.*write 'Springfield, Missouri' for the first" "each has its unit"
gives 5 "a country and a state" render --around Georgia -o x.png
says "write 'Georgia, GE' for the first, 'Georgia, US' for the second" "is told how each is written"
for name in 'Georgia, GE' 'Georgia, US'; do gives 0 "$name, as it was told" render --quiet --around "$name" --dump=projection; done
gives 0 "with its unit" render --quiet --around 'Springfield, Illinois' --dump=projection

printf 'foo,bar\n1,2\n' >header.csv
gives 3 "CSV header without columns" render --around Tovuz --incidents header.csv -o x.png
says 'header.csv:1' "CSV header has its line"
: >empty.csv
gives 3 "empty CSV" render --around Tovuz --incidents empty.csv -o x.png
printf '%s\n1,2020-07-12,clash,Qwxzzt,AZ\n2,2020-07-13,clash,Zzyxq,AZ\n' "$head" >nowhere.csv
gives 5 "no row placed" render --around Tovuz --incidents nowhere.csv -o x.png
says 'nowhere.csv:2' "unplaced row has its line"
gives 5 "unknown extent" render --around Qwxzzt -o x.png
gives 6 "unknown projection" render --around Tovuz --crs EPSG:999999 -o x.png
gives 4 "no bundled data" render --data folder --around Tovuz -o x.png

printf '%s\n1,2020-07-12,clash,Tovuz,AZ\n2,2020-07-13,clash,Zzyxq,AZ\n' "$head" >half.csv
gives 1 "--strict" render --strict --around Tovuz --incidents half.csv -o x.png
gives 0 "the same without --strict" render --around Tovuz --size 640x480 \
    --incidents half.csv -o half.svg
says 'half.csv:3' "the row left out is reported"
absent x.png "no failure wrote anything"

printf 'lat,lon,country\n45.63,40.99,AZ\n40.99,45.63,AZ\n41.9,12.5,AZ\n' >turned.csv
gives 0 "lat and lon that a row has exchanged" render --around Tovuz --margin 600 --size 640x480 --incidents turned.csv -o turned.svg
says 'turned.csv:2:1: warning: not placed: the coordinates lie outside AZ, but inside when exchanged' "are told by its country"
[ "$(grep -c 'when exchanged' err)" -eq 1 ]; ok "others are not"
gives 0 "the places of such rows" render --quiet --dump=projection --incidents turned.csv
cp out with
sed 2d turned.csv >straight.csv
gives 0 "and without them" render --quiet --dump=projection --incidents straight.csv
cmp out with; ok "they do not pull the map to them"
grep -q '1 not placed' turned.svg; ok "the map says that one is not placed"
printf 'lat,lon,country\n45.63,40.99,AZ\n' >all.csv
gives 5 "all rows exchanged" render --incidents all.csv -o x.png
says 'exchange the columns lat and lon' "it is told what to do"

sed 's/AZ/Azerbaijan/' turned.csv >named.csv
run render --around Tovuz --margin 600 --size 640x480 --incidents named.csv -o turned.svg
says 'named.csv:2:1: warning: not placed: .* outside Azerbaijan' "the same by a country's name"
printf 'place,lat,lon,country\nPalmyra,34.56,38.28,TR\n,34.56,38.28,TR\n' >abroad.csv
gives 0 "a place abroad whose name bears it out" render --size 640x480 --incidents abroad.csv -o abroad.svg
! grep -q 'abroad.csv:2:.*exchanged' err; ok "is placed"
says 'abroad.csv:3:2: warning: not placed' "without its name it is not"

# A name beside coordinates that cannot be may be a label: it is no place for them.
printf 'place,lat,lon\nTovuz,,\nBerlin,95,30\nParis,41.2,245.6\n' >refused.csv
gives 0 "coordinates that cannot be" render --incidents refused.csv --size 640x480 -o refused.svg
says "refused.csv:3:8: warning: lat '95' cannot be: .* the row is not placed, nor by its name" "are told"
says "refused.csv:4:1[0-9]*: warning: '245.6' is no longitude .* the row is not placed" "with what is left out"
grep -q '2 not placed' refused.svg; ok "the map says so"
printf 'name,lat,lon\nA,41,45\n' >letter.csv
gives 0 "a letter that is a name of the user's own" locate --gazetteer letter.csv A

# A country by its code or name, for the extent and for rows that tell none.
printf 'place\nTripoli\n' >tripoli.csv
for c in LB Lebanon lebanon; do
    gives 0 "country $c" render --quiet --country $c --around Tripoli --incidents tripoli.csv --dump=places
    grep -q '"lon":35.8' out; ok "its Tripoli"
done
gives 2 "country that is none" render --country Lebanonia --around Tripoli -o x.png
says "'Lebanonia' is no country that is known.*its ISO code, as AZ or AZE, or its name" "it is told"

# As the press and the EU write it, or by a part of it whose places are the country's.
printf 'place,country\nLeeds,UK\nAthens,EL\nRiyadh,KSA\nGlasgow,Scotland\nNablus,West Bank\nRafah,Gaza\nUtrecht,the Netherlands\n' >press.csv
gives 0 "countries as the press writes them" render --strict --incidents press.csv -o press.svg
! grep -v -e 'note: the scale bar' -e "note: country '.*' is a part of" err; ok "leave nothing to mend"
says "press.csv:5:1: note: country 'Scotland' is a part of GB, whose places are looked for" "a part of a country is told"
for c in uk England; do
    gives 0 "country $c" locate --format tsv --country $c Newcastle
    grep -q '	GB	' out; ok "is the United Kingdom"
done
gives 2 "a code that no country has" locate --country ZZ Berlin
printf 'place,country\nParis,Frnace\nLyon,Frnace\nKinshasa,Congo\nBerlin,ZZ\n' >slips.csv
gives 0 "countries that nobody knows" render --incidents slips.csv -o slips.svg
says "^incmap: slips.csv:2:1: warning: unknown country 'Frnace' (perhaps FR;" "are told with what is near"
[ "$(grep -c Frnace err)" -eq 1 ]; ok "once"
says "slips.csv:4:1: .*'Congo' (perhaps CD or CG; " "two of one name are told"
says "slips.csv:5:1: .*'ZZ' (give its ISO code" "a code that is none as well"
! grep -q 'cannot place' err; ok "their places are looked for everywhere"

name=$(printf 'Zz\033[2J\033]0;x\007y')
printf '%s\n1,2020-07-12,clash,%s,AZ\n2,2020-07-12,clash,Tovuz,AZ\n' "$head" "$name" >esc.csv
gives 0 "control bytes in a table" render --around Tovuz --size 640x480 \
    --incidents esc.csv -o esc.svg
says 'esc.csv:2' "control bytes: the row is reported"
! LC_ALL=C grep -q "$(printf '[\033\007]')" err; ok "control bytes are not obeyed"
xmllint --noout esc.svg; ok "control bytes: SVG is well-formed"
# Slips that are told, and not followed.
gives 2 "two extents" render --around Tovuz --bbox 42,38,51,42.5 -o both.svg
says 'give --around or --bbox, not both' "are told"
absent both.svg "nothing is drawn"
gives 2 "a misspelt country" locate --country Germny Berlin
says "'Germny' is no country that is known (perhaps DE;" "is told with the one that is near"
printf 'name,lat,lon\nDouble,41,45\nDouble,41.5,45\nOnce,41,45.5\n' >twins.csv
printf 'place\nDouble\nOnce\n' >two.csv
gives 0 "places that their names do not tell apart" render --incidents two.csv --gazetteer twins.csv -o two.svg
says "'Double' may be Double (41.00 N 45.00 E); Double (41.50 N 45.00 E)" "are told by their coordinates"

finish
