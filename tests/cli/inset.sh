#!/bin/sh
# The locator inset: in every output and theme, the same bytes always, told where it is left
# out.
. tests/cli/lib.sh
map=$example/map.yaml
on="--set furniture.inset=on"

gives 0 "a map with an inset" render --quiet "$map" $on -o a.png -o a.svg -o a.pdf
pngcheck -q a.png >err 2>&1; ok "the PNG is sound"
xmllint --noout a.svg >err 2>&1; ok "the SVG is well-formed"
pdftotext a.pdf - >text 2>err && grep -q Iran text; ok "the PDF has its names as text"
for id in inset inset-map inset-frame inset-extent inset-rim inset-land-AM inset-land-AZ; do
    [ "$(grep -c " id=\"$id\"" a.svg)" -eq 1 ]; ok "the SVG has one $id"
done
grep -o ' id="[^"]*"' a.svg | sort | uniq -d >err
[ ! -s err ]; ok "no id is there twice"
grep -q 'location of the map (Armenia, Azerbaijan)' a.svg; ok "the alternative text tells of it"
grep -q 'inset&quot;:{&quot;projection\|"inset":{"projection"' a.svg; ok "the manifest tells of it"

# Without being asked for there is none, and auto is a choice by the extent.
gives 0 "without" render --quiet "$map" -o none.svg
gives 0 "off" render --quiet "$map" --set furniture.inset=off -o off.svg
cmp none.svg off.svg >err 2>&1; ok "off is the default"
! grep -q inset none.svg; ok "and leaves nothing of it"
gives 0 "auto" render --quiet "$map" --set furniture.inset=auto -o auto.svg
grep -q 'id="inset"' auto.svg; ok "auto draws it on a small map"
gives 0 "auto on a large one" render --quiet --bbox=-20,30,60,70 --set furniture.inset=auto -o large.svg
! grep -q 'id="inset"' large.svg; ok "and not on a large one"
gives 0 "auto on a large one, strictly" render --strict --bbox=-20,30,60,70 --set furniture.inset=auto --size 640x480 -o large.svg
says '^incmap: note: no inset is drawn: the map is [0-9]* km .* on maps below 2000 km (furniture.inset: on' "a note says why, no warning"
run render --around Baku --margin 6000 --crs orthographic --set furniture.inset=auto --size 640x480 -o globe.svg
says '^incmap: note: no inset is drawn: the map shows the globe itself' "a globe needs none"

# The forms of a map file.
cat >forms.yaml <<EOF
extent: {bbox: [44, 40, 46, 42]}
size: 800x600
furniture: {inset: {position: bottom-left, size: 0.35, extent: globe}}
EOF
gives 0 "parts in a map file" render --quiet forms.yaml -o forms.svg --dump scene
grep -q '^panel inset .*+proj=ortho' out; ok "the globe that was asked for"
for corner in top-left top-right bottom-left bottom-right; do
    gives 0 "$corner" render --quiet --bbox 44,40,46,42 --size 800x600 \
        --set furniture.inset=$corner --dump scene
    awk -v c=$corner '/^panel map/ { x = $4 + $6 / 2; y = $5 + $7 / 2 }
        /^panel inset/ { got = ($5 + $7 / 2 < y ? "top" : "bottom") "-" ($4 + $6 / 2 < x ? "left" : "right") }
        END { exit got != c }' out
    ok "it is there"
done

# What cannot be honoured is told, with its line.
printf 'extent: {bbox: [44, 40, 46, 42]}\nfurniture:\n  inset: middle\n' >bad.yaml
gives 3 "no such corner" render bad.yaml -o bad.svg
says '^incmap: bad.yaml:3:10: error: furniture.inset: .middle. is none of on, off' "the values are listed"
printf 'extent: {bbox: [44, 40, 46, 42]}\nfurniture:\n  inset: {extent: QQ}\n' >bad.yaml
gives 3 "no such country" render bad.yaml -o bad.svg
says '^incmap: bad.yaml:3:19: error: .*QQ' "with its line"
absent bad.svg "nothing is written"
printf 'extent: {bbox: [44, 40, 46, 42]}\nfurniture:\n  inset: {extent: [0, 0, 9, 9]}\n' >far.yaml
gives 0 "an extent elsewhere" render far.yaml -o far.svg
says '^incmap: far.yaml:3:10: warning: no inset is drawn: its extent does not hold the map (give' "is a finding"
gives 1 "and with --strict a failure" render --strict far.yaml -o strict.svg
awk 'BEGIN { print "lat,lon,date,type"
    for (i = 0; i < 900; i++) printf "%.3f,%.3f,2020-07-12,clash\n", 39.5 + i % 30 * 0.1, 42 + int(i / 30) * 0.2 }' >full.csv
gives 0 "a map full of incidents" render --bbox 43.7,40,46.5,42 --incidents full.csv $on -o full.svg
says 'warning: no inset is drawn: no corner is free' "has no free corner"
! grep -q 'id="inset"' full.svg; ok "and no inset"

# With borders of the user's own the credits say whose borders the inset has.
gives 0 "borders of the user" render --quiet --bbox 44,39,48,42 --borders "$INCMAP_DATA/regions.shp" $on -o own.svg
grep -q 'supplied by the author; inset: Natural Earth, worldview: United Nations' own.svg; ok "the credits tell of both"

# Every theme, from right to left, across the antimeridian, near the pole.
for theme in news report dark; do
    gives 0 "theme $theme" render --quiet "$map" $on --theme $theme --size 800x600 -o $theme.svg
    xmllint --noout $theme.svg >err 2>&1; ok "its SVG is well-formed"
done
gives 0 "Arabic" render --quiet "$map" $on --set language=ar -o ar.svg
xmllint --noout ar.svg >err 2>&1 && grep -q 'إيران' ar.svg; ok "its names are Arabic"
gives 0 "Fiji" render --quiet --around Fiji $on -o fiji.png -o fiji.svg
xmllint --noout fiji.svg >err 2>&1; ok "its SVG is well-formed"
run render --quiet --around Fiji $on --dump scene
grep -q '^panel inset .*+proj=ortho' out
ok "islands in the sea are shown on the globe"
gives 0 "Svalbard" render --quiet --around Svalbard $on -o svalbard.svg
xmllint --noout svalbard.svg >err 2>&1; ok "its SVG is well-formed"

# The same bytes from another zone, locale and process, cold and warm.
TZ=Pacific/Chatham LC_ALL=de_DE.UTF-8 LANG=ar_EG.UTF-8 HOME=/nonexistent OMP_NUM_THREADS=7 \
    "$incmap" render --quiet "$map" $on -o b.png -o b.svg -o b.pdf 2>err
for f in png svg pdf; do
    cmp a.$f b.$f >err 2>&1; ok "the same $f in another environment"
done
small_figures 6
printf 'furniture: {inset: auto}\n' >>map.yaml
gives 0 "one worker" batch --quiet map.yaml --jobs jobs.csv --format svg -d whole -j 1
grep -q inset-land whole/m00.svg; ok "its figures have an inset"
gives 0 "three workers" batch --quiet map.yaml --jobs jobs.csv --format svg -d three -j 3
as_whole three; ok "the same bytes by three"
finish
