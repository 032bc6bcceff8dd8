#!/bin/sh
# Forty incidents that one town stands for, beside ten others: one symbol with the number,
# which tells of all; and the wishes of incidents.overlap.
. tests/cli/lib.sh
awk 'BEGIN { print "event_id,date,type,place,country,killed1,claimant"
    for (i = 1; i <= 40; i++) printf "e%d,2020-07-%02d,%s,Tovuz,AZ,%d,Agency\n", i, 1 + i % 28, i % 4 ? "clash" : "shelling", i % 3
    n = split("Ganja Shamkir Gadabay Qazax Aghstafa Goygol Samukh Berd Ijevan Dilijan", p, " ")
    for (i = 1; i <= n; i++) printf "o%d,2020-07-12,drone,%s,,1,Agency\n", i, p[i] }' >many.csv
map="--quiet --around Tovuz --margin 60 --size 900x700"

# drawn FILE: the picture of an SVG, without what is told of it.
drawn() { sed -e '/<metadata/d' -e '/<desc/d' -e 's/<title>.*<\/title>//' -e 's/<title>.*//' -e 's/.*<\/title>//' \
    -e 's/ data-[a-z]*="[^"]*"//g' "$1"; }

gives 0 "forty in a town" render $map --incidents many.csv -o m.svg -o m.png -o m.pdf
[ "$(grep -c 'data-incidents="40"' m.svg)" = 1 ]; ok "are one symbol"
grep -q '<text[^>]*>40</text>' m.svg; ok "with their number in it"
[ "$(grep -c 'id="incident-' m.svg)" -ge 9 ]; ok "the others stand alone"
grep -q 'Tovuz. Incidents: 40 (Clash 30, Shelling 10), 1–28 July 2020; 40 killed (sum' m.svg; ok "whose tooltip sums up"
tr '>' '\n' <m.svg | sed -n 's/^\([0-9]*\)\. [0-9]* July 2020, Tovuz (.*/\1/p' | sort -un >told
[ "$(wc -l <told)" = 40 ] || cp told err
[ "$(wc -l <told)" = 40 ]; ok "and whose parts tell of each"
grep -q '>Number of incidents at one place<' m.svg; ok "the legend explains it"
for id in e1 e23 e40; do grep -q "data-events=\"[^\"]*$id[ \"]" m.svg && grep -q "event_id[^,]*:[^,]*$id[&\"\\\\]" m.svg; ok "$id is in data and manifest"; done
pngcheck -q m.png >err 2>&1; ok "PNG"
pdftotext m.pdf - 2>err | grep -q '^ *40 *$'; ok "PDF has the number"
xmllint --noout m.svg 2>err; ok "SVG is well made"
run render $map --incidents many.csv --dump=incidents
[ "$(wc -l <out)" = 50 ]; ok "the dump has every incident"

# Rows in another order are the same picture.
{ head -n 1 many.csv; sed 1d many.csv | sort -t, -k6,6 -k3,3r; } >turned.csv
! cmp -s many.csv turned.csv && run render $map --incidents turned.csv -o t.svg && drawn m.svg >a && drawn t.svg >b
sed -n '/id="incidents"/,/^<\/g>/p' a | LC_ALL=C sort >a1; sed -n '/id="incidents"/,/^<\/g>/p' b | LC_ALL=C sort >b1
[ "$(wc -l <a1)" -gt 20 ] && diff a1 b1 >err; ok "any order of rows is the same picture"

for word in displace keep; do
    gives 0 "overlap: $word" render $map --incidents many.csv --set incidents.0.overlap=$word -o k.svg
    ! grep -q 'data-incidents' k.svg; ok "counts nothing"
    [ "$(grep -c 'id="incident-' k.svg)" -ge 49 ]; ok "draws each"
done
head -n 3 many.csv >two.csv
gives 0 "two in a town" render $map --incidents two.csv -o d.svg
! grep -q 'data-incidents' d.svg; ok "are two symbols"
gives 0 "two that shall be counted" render $map --incidents two.csv --set incidents.0.overlap=count -o d.svg
grep -q 'data-incidents="2"' d.svg; ok "are one"
gives 2 "a wrong word" render $map --incidents two.csv --set incidents.0.overlap=cuont -o d2.svg
says "unknown value 'cuont' (nearest: 'count'; known: auto, count, displace, keep)" "is named, with what is known"
absent d2.svg "nothing is written"

for language in ar az en hy ka ru tr; do
    run render $map --incidents many.csv --set language=$language -o l.svg
    sed '/<metadata/d' l.svg | grep -o '>[^<]*</text>' >$language.txt
done
for language in ar az hy ka ru tr; do
    LC_ALL=C sort en.txt >e1; LC_ALL=C sort $language.txt >l1
    ! grep -q 'at one place' $language.txt && [ "$(LC_ALL=C comm -13 e1 l1 | wc -l)" -gt 5 ]
    ok "$language: the legend speaks it"
done
finish
