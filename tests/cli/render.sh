#!/bin/sh
# render: the example whole, the same bytes from anywhere, extents, projections, dumps.
. tests/cli/lib.sh

gives 0 "example" render --quiet "$example/map.yaml" -o a.png -o a.svg
[ ! -s err ]; ok "--quiet is quiet"
pngcheck -q a.png >err 2>&1; ok "PNG is valid"
xmllint --noout a.svg 2>err; ok "SVG is well-formed"
[ "$(pngcheck a.png | grep -c 1600x1200)" -eq 1 ]; ok "PNG has the size asked for"
for word in Tovuz Movses '<title' 'incmap-manifest' 'Baku'; do
    grep -q "$word" a.svg; ok "SVG speaks of $word"
done
twice=$(grep -o ' id="[^"]*"' a.svg | sort | uniq -d)
[ -z "$twice" ]; ok "ids of the SVG occur once"
# shapes that the figure itself defines may be drawn twice; nothing else is referred to
grep -q '<use [^>]*xlink:href="#shape-' a.svg &&
    grep -q 'xmlns:xlink="http://www.w3.org/1999/xlink"' a.svg &&
    ! grep -q '<use [^>]* href=' a.svg; ok "shapes that stand twice are found by old viewers too"
! sed 's/<use\([^>]*\) xlink:href="#shape-[0-9]*"/<use\1/g' a.svg |
    grep -q -i -e '<script' -e ' on[a-z]*="' -e 'href='; ok "SVG has no script or link"

# The same bytes again: other folder, zone, locale, a copy of the map elsewhere.
mkdir -p deep/er && cd deep/er || exit 1
TZ=Asia/Vladivostok LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 HOME=/nonexistent \
    "$incmap" render --quiet "$example/map.yaml" -o b.png -o b.svg 2>../../err
cd "$work" || exit 1
cmp -s a.png deep/er/b.png; ok "same PNG from another folder, zone and locale"
cmp -s a.svg deep/er/b.svg; ok "same SVG from another folder, zone and locale"
mkdir copy && cp "$example/map.yaml" "$example/incidents.csv" copy
gives 0 "copy of the example" render copy/map.yaml -o c.svg -o c.png
cmp -s a.svg c.svg && cmp -s a.png c.png; ok "same bytes from a copy of the files"
! grep -q wrote err; ok "what -o names is not told"
gives 0 "files that the map file names" render copy/map.yaml
says '^incmap: wrote copy/tovuz-2020.png$' "where they are is told"
cmp -s a.svg copy/tovuz-2020.svg; ok "beside the map file"
gives 0 "the same, quietly" render --quiet copy/map.yaml
[ ! -s err ]; ok "--quiet says nothing"
gives 0 "a map beside all incidents" render --incidents "$example/incidents.csv" --around Baku --size 640x480 -o none.svg
says 'incidents.csv: warning: no incident lies on the map: of 9 all are outside (widen it' "is told"
head -2 "$example/incidents.csv" >one.csv
gives 0 "a map beside one incident" render --incidents one.csv --around Baku --size 640x480 -o none.svg
says 'one.csv: warning: no incident lies on the map: the only one is outside (widen it' "is told"
gives 0 "SVG alone" render --quiet "$example/map.yaml" -o d.svg
cmp -s a.svg d.svg; ok "same SVG without a PNG before it"
"$incmap" render --quiet "$example/map.yaml" -o - --format svg >e.svg 2>err
cmp -s a.svg e.svg; ok "same SVG on standard output"

# A thumbnail keeps every incident and the whole legend; what one cannot have is told.
run render "$example/map.yaml" --size 640x480 -o thumb.svg --report thumb.json
for n in 1 2 3 4 5 6 7 8 9; do
    [ "$(grep -c ">$n</text>" thumb.svg)" -ge 2 ]; ok "640x480: incident $n on the map and in the list"
done
! grep -q -e 'the legend has no room' -e 'of 9 incidents' thumb.json; ok "640x480: the legend is whole"
grep -q 'the list has no room for all that was stated' thumb.json; ok "640x480: what the list leaves out is told"
run render "$example/map.yaml" --size 320x320 -o thumb.svg --report thumb.json
for word in Clash Shelling 'Air attack'; do
    grep -q ">$word ([0-9])</text>" thumb.svg; ok "320x320: the legend has '$word'"
done
grep -q 'no room for the incident list' thumb.json; ok "320x320: the list is missed aloud"
run render "$example/map.yaml" --size 1600x320 --scale 1.6 -o thumb.svg --report thumb.json
grep -q 'class="none"' thumb.svg || grep -q -e 'no room for the legend' -e 'the legend has no room' thumb.json
ok "a strip: what of the legend is missing is told"
# A map round a place names it, whatever happened about it.
gives 0 "the README's map round Tovuz" render --around Tovuz --margin 80 --overlay pipelines \
    --incidents "$example/incidents.csv" --dump=scene
grep -q 'text="Tovuz" size 18 ' out; ok "it has its name, in full size"
! grep -q "no room for the name 'Tovuz'" err; ok "and nothing is missed of it"
# Capitals are named first, but a map on which one has no room is no failure for that.
gives 0 "a capital beside the city asked for" render --around Delhi --margin 100 --strict --dump=scene
grep -q 'text="Delhi"' out; ok "the city has its name"
grep -q "note: no room for the name 'New Delhi'" err; ok "the capital is missed in a note"
! grep -q ' square ' out; ok "and has no disc without a name"
# The bases on Cyprus do not write the name of a far country upon the sea.
gives 0 "Cyprus" render --around Nicosia --margin 150 --dump=scene
grep -q 'text="CYPRUS"' out && ! grep -q 'text="UNITED KINGDOM"' out; ok "Cyprus: its name alone"
small="--quiet --size 640x480"
gives 0 "around a place" render $small --around Tovuz --margin 80 \
    --incidents "$example/incidents.csv" --overlay pipelines -o f.svg
xmllint --noout f.svg; ok "around a place: well-formed"
grep -q 'id="overlay' f.svg; ok "overlay has a group"
gives 0 "box in UTM" render $small --bbox 42,38,51,42.5 --crs EPSG:32638 -o g.svg -o g.png
grep -q '32638' g.svg; ok "projection is in the manifest"
pngcheck -q g.png >err 2>&1; ok "box in UTM: PNG is valid"
gives 0 "title with markup" render $small --around Tovuz --title 'A & <b>"B"</b>' -o h.svg
grep -q 'A &amp; &lt;b&gt;' h.svg; ok "title is escaped"
xmllint --noout h.svg; ok "title with markup: well-formed"
for lang in az hy ru; do
    gives 0 "language $lang" render $small --around Tovuz --language $lang -o l-$lang.svg
done
! cmp -s l-az.svg l-ru.svg; ok "language changes the figure"
gives 0 "worldview" render $small --bbox 32,34,34.5,36 --worldview de-facto -o w1.svg
gives 0 "other worldview" render $small --bbox 32,34,34.5,36 --worldview un -o w2.svg
! cmp -s w1.svg w2.svg; ok "worldview changes Cyprus"
gives 0 "outlines" render $small --around Tovuz --text outlines -o o.svg
! grep -q '<text' o.svg; ok "outlines: no text element"

# PDF: valid, fonts embedded, dates fixed, described; pages and margins.
gives 0 "PDF" render --quiet "$example/map.yaml" -o p.pdf
qpdf --check p.pdf >err 2>&1; ok "PDF is valid"
pdffonts p.pdf | awk 'NR > 2 && !/yes yes yes/ {bad = 1} END {exit bad || NR < 5}'
ok "fonts of the PDF are embedded subsets with Unicode"
pdfinfo p.pdf >info 2>err
grep -q '^Title: *Border clashes' info; ok "PDF has the title"
grep -q '^Subject: .*Incidents: 9.*Movses: Clash' info; ok "PDF has the alternative text"
pdfinfo p.pdf | sed -n 's/^Keywords: *//p' >keywords
json=$(tr -d '\n' <keywords)
case $json in '{"summary":{"digest":"'*'"program":"incmap'*'"findings":['*']}') true ;; *) false ;; esac
ok "PDF has the manifest"
[ "$(TZ=UTC pdfinfo -isodates p.pdf | grep -c 'Date: *2000-01-01T00:00:00Z')" -eq 2 ]
ok "both dates of the PDF are fixed"
pdftotext p.pdf - | grep -q 'Dondar Gushchu'; ok "PDF can be searched"
"$incmap" render --quiet "$example/map.yaml" -o - --format pdf >p2.pdf 2>err
cmp -s p.pdf p2.pdf; ok "same PDF on standard output"
gives 0 "PDF on A4" render $small --around Tovuz --set 'pdf.page=A4 landscape' \
    --set 'pdf.margins=[10, 15, 10, 15]' -o p3.pdf
pdfinfo p3.pdf | grep -q '841.89 x 595.276 pts (A4)'; ok "page is A4"
gives 2 "margins without room" render $small --around Tovuz --set pdf.page=A6 \
    --set pdf.margins=60 -o p4.pdf
says 'no room' "margins without room are named"
absent p4.pdf "no PDF without room"
gives 2 "unknown page" render $small --around Tovuz --set pdf.page=B52 -o p4.pdf
says 'no page' "unknown page is named"
gives 2 "unknown format on standard output" render $small --around Tovuz -o - --format gif
says 'png, svg or pdf' "known formats are named"

gives 0 "dump of incidents" render --quiet "$example/map.yaml" --dump incidents
grep -q '"claimant":"Ministry of Defence' out; ok "dump of incidents has claims"
gives 0 "dump of places" render --quiet "$example/map.yaml" --dump=places
grep -q '"query":"Chinari"' out && grep -q '"position":"point"' out
ok "dump of places has positions"
gives 0 "dump of the scene" render --quiet "$example/map.yaml" --dump=scene
[ "$(wc -l <out)" -gt 50 ]; ok "dump of the scene has items"
gives 0 "dump of the projection" render --quiet --bbox 42,38,51,42.5 --dump=projection
grep -q '"rule":"auto: zone of middle latitudes"' out &&
    grep -q '"definition":"+proj=lcc +lat_1=38.75' out &&
    grep -q '"scale_factor":\[0.999659,1.000592\]' out
ok "dump of the projection has the rule, the PROJ string and the distortion"
gives 0 "projection of another place" render $small --bbox -76,-56,-66,-17 \
    --crs EPSG:32638 --report far.json -o far.svg
grep -q '"code":"distortion"' far.json; ok "projection of another place is a finding"
gives 0 "projection of another place, which is true here" render $small --bbox 4,43,9,46 --crs EPSG:5070 --report true.json -o true.svg
! grep -q '"code":"distortion"' true.json; ok "what rounds to nothing is no finding"
gives 0 "Mercator far north" render $small --bbox 5,58,12,63 --crs EPSG:3857 \
    --report near.json -o near.svg
! grep -q '"code":"distortion"' near.json; ok "Mercator is no finding"
gives 6 "extent without image" render $small --bbox 170,-10,175,-5 --crs +proj=ortho -o no.svg
grep -q "no image in orthographic" err; ok "extent without image says so"
gives 6 "misspelt projection" render $small --bbox 0,40,9,45 --crs robinsen -o no.svg
grep -q "did you mean 'robinson'" err; ok "misspelt projection has a suggestion"
for box in 176,-20,-178,-15 160,60,-168,72 100,-60,-60,65 -180,60,180,90 -180,-90,180,-60; do
    gives 0 "extent $box" render $small --bbox=$box -o box.svg -o box.png
    xmllint --noout box.svg && pngcheck -q box.png >err 2>&1; ok "extent $box is drawn"
done
# Dates say their year unless a headline does.
gives 0 "a title with the year" render --quiet --incidents "$example/incidents.csv" \
    --title "Clashes of 2020" --dump=scene
grep -q 'text="14 July · Movses"' out; ok "the year is said once"
gives 0 "a title without it" render --quiet --incidents "$example/incidents.csv" \
    --title "Clashes" --dump=scene
grep -q 'text="14 July 2020 · Movses"' out; ok "dates say the year that no headline says"

# A map far from all incidents has no list, and takes the page's width.
gives 0 "far from all incidents" render --quiet --incidents "$example/incidents.csv" --around Lima \
    --margin 100 --dump=scene
grep -q '^panel map frame 40 [0-9.]* 1520 ' out; ok "without a list the map is as wide as the page"

# Every name of a globe stands on it: both ends of its line within the outline's radius.
gives 0 "a globe" render --bbox=-180,-85,180,85 --crs orthographic --dump=scene
beside=$(sed -n "/^layer water/,/^layer land/p; /^layer labels/,/^layer callouts/p" out | awk '/^layer/ {layer = $2}
    layer == "land" && !cx {for (i = 1; i < NF; i++) if ($i == "clip") cx = $(i + 1) + $(i + 3) / 2}
    layer == "land" && !cy {for (i = 1; i < NF; i++) if ($i == "clip") cy = $(i + 2) + $(i + 4) / 2}
    layer == "water" {for (i = 1; i < NF; i++) if ($i == "L") {
        west = west && west < $(i + 1) ? west : $(i + 1); east = east > $(i + 1) ? east : $(i + 1)}}
    layer == "labels" && / text=/ {
        for (i = 1; i < NF; i++) if ($i == "advance") {long = $(i + 1); how = $(i - 1)}
        a = $(NF - 1) - (how == "middle" ? long / 2 : how == "right" ? long : 0)
        seen++; r = (east - west) / 2
        for (x = a; x <= a + long; x += long) if ((x - cx) ^ 2 + ($NF - cy) ^ 2 > r * r) out++}
    END {print (seen > 40 ? out + 0 : "few names")}')
[ "$beside" = 0 ]; ok "no name stands beside the globe"
gives 0 "around the pole" render $small --around 90,0 --margin 800 -o pole.svg -o pole.png
gives 2 "dump of something else" render --quiet "$example/map.yaml" --dump=soup
# Places that are lines: an area, not a spot.
printf 'date,place,type\n2020-07-12,Movses,clash\n2020-07-13,30 km from the BTC pipeline,shelling\n2020-07-14,on the Armenia–Azerbaijan border,clash\n2020-07-15,on the Armenia–Azerbaijan border,clash\n' >lines.csv
gives 0 "incidents along lines" render --incidents lines.csv --around Tovuz --margin 80 -o lines.svg
[ "$(grep -c 'note: .* is drawn as an area: within' err)" -eq 3 ]; ok "each is told to be somewhere in an area"
grep -q 'Somewhere within this area' lines.svg; ok "and the legend says so"
gives 0 "their scene" render --incidents lines.csv --around Tovuz --margin 80 --dump=scene
[ "$(awk '/^layer/ { at = $2 == "areas" } at && /path/' out | wc -l)" -eq 2 ]; ok "two areas: what lies in the same is drawn in one"

# A text of one's own for a file's lines does not hide what the lines are.
printf 'title: T\nextent: {around: [Tovuz], margin: 60}\noverlays: [{file: pipelines, legend: Routes}]\n' >routes.yaml
gives 0 "own legend" render --quiet routes.yaml --dump=scene
for text in "Routes · Oil pipeline" "Routes · Gas pipeline" "Routes · Oil pipeline (not in use)"; do
    grep -qF "text=\"$text\"" out; ok "the legend has: $text"
done
finish
