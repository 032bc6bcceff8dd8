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
! grep -q -i -e '<script' -e ' on[a-z]*="' -e 'href=' a.svg; ok "SVG has no script or link"

# The same bytes again: other folder, zone, locale, a copy of the map elsewhere.
mkdir -p deep/er && cd deep/er || exit 1
TZ=Asia/Vladivostok LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 HOME=/nonexistent \
    "$incmap" render --quiet "$example/map.yaml" -o b.png -o b.svg 2>../../err
cd "$work" || exit 1
cmp -s a.png deep/er/b.png; ok "same PNG from another folder, zone and locale"
cmp -s a.svg deep/er/b.svg; ok "same SVG from another folder, zone and locale"
mkdir copy && cp "$example/map.yaml" "$example/incidents.csv" copy
gives 0 "copy of the example" render --quiet copy/map.yaml -o c.svg -o c.png
cmp -s a.svg c.svg && cmp -s a.png c.png; ok "same bytes from a copy of the files"
gives 0 "SVG alone" render --quiet "$example/map.yaml" -o d.svg
cmp -s a.svg d.svg; ok "same SVG without a PNG before it"
"$incmap" render --quiet "$example/map.yaml" -o - --format svg >e.svg 2>err
cmp -s a.svg e.svg; ok "same SVG on standard output"

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

gives 0 "dump of incidents" render --quiet "$example/map.yaml" --dump incidents
grep -q '"claimant":"Ministry of Defence' out; ok "dump of incidents has claims"
gives 0 "dump of places" render --quiet "$example/map.yaml" --dump=places
grep -q '"query":"Chinari"' out && grep -q '"position":"point"' out
ok "dump of places has positions"
gives 0 "dump of the scene" render --quiet "$example/map.yaml" --dump=scene
[ "$(wc -l <out)" -gt 50 ]; ok "dump of the scene has items"
gives 2 "dump of something else" render --quiet "$example/map.yaml" --dump=soup
finish
