#!/bin/sh
# Names of places on the map: policies, both sides' names, dates, letters of no font.
. tests/cli/lib.sh

printf 'place,country\nStepanakert,AZ\nYerevan,AM\nTovuz,AZ\n' >three.csv
# names OPTION...: the texts of a map of the three places.
names() {
    run render --incidents three.csv --size 1200x900 -o map.svg "$@"
    [ "$code" -eq 0 ] || echo "exit $code" >>err
    sed 's/<text/\n<text/g' map.svg | sed -n 's/^<text[^>]*>\([^<]*\)<.*/\1/p' >texts
}
# drawn TEXT NAME: it stands on the map.
drawn() { grep -q -F -x -e "$1" texts; ok "$2"; }

names --as-of 2024-01-01
drawn 'Stepanakert / Khankendi' "both names where two sides differ"
drawn Tovuz "one where they do not"
names --as-of 2024-01-01 --language ru
drawn 'Ханкенди / Степанакерт' "both, in Russian"
names --as-of 1980
drawn Stepanakert "one at a time when it had one"
names --as-of 2016-04-02 --margin 120
drawn 'Aghdam / Akna' "both, where each side had its own at the time"
names --as-of 2024-01-01 --set names.policy=language
drawn Stepanakert "policy language: one name"
names --as-of 2024-01-01 --set names.policy=local
drawn Xankəndi "policy local: the language of its country"
grep -q 'Երևան' texts; ok "each country its own"
printf 'incidents: [three.csv]\nnames:\n  policy: language\n  areas:\n    AM: hy\n    AZ: both\n' >map.yaml
run render map.yaml --as-of 2024-01-01 --size 1200x900 -o map.svg
sed 's/<text/\n<text/g' map.svg | sed -n 's/^<text[^>]*>\([^<]*\)<.*/\1/p' >texts
drawn 'Stepanakert / Khankendi' "a country's own policy"
drawn 'Երևան' "a country's own language"
sed 's/hy/hyy/' map.yaml >bad.yaml
gives 3 "an unknown language of a country" render bad.yaml -o map.svg
says 'bad.yaml:5:' "is told at its line"
sed 's/AM:/Armenia:/' map.yaml >bad.yaml
gives 3 "a country by its name" render bad.yaml -o map.svg
says "bad.yaml:5:.*'Armenia' is no country code" "is told at its line"
names --as-of 2024-01-01 --set names.areas.AZ=local
drawn Xankəndi "a country's policy by a setting"
gives 2 "an unknown policy" render --incidents three.csv --set names.policy=bot -o map.svg
says "nearest: 'both'" "the nearest one is told"

# Letters that no font has: another name, and a finding, never a box.
printf 'name,lat,lon,country,names,population\nPhnom,11.56,104.92,KH,km=ភ្នំពេញ|en=Phnom Penh,2000000\n' >own.csv
printf 'place\nPhnom\n' >km.csv
run render --incidents km.csv --gazetteer own.csv --set names.policy=local --size 800x600 -o km.svg
says "no font has all letters of 'ភ្នំពេញ': 'Phnom Penh' is drawn instead" "letters of no font are told"
grep -q '>Phnom Penh<' km.svg && ! grep -q 'ភ្នំពេញ<' km.svg; ok "and the name is drawn in others"

# A numbered part of a city is no town, unless it is asked for; Roman kings and far
# namesakes are.
printf 'name,lat,lon,country,population\nFarafra,27.06,27.97,EG,90000\nFarafra 15,27.1,28,EG,40000\n' >own.csv
printf 'Farafra-IV Nord,27.0,27.9,EG,30000\nPedro II,27.3,27.6,EG,20000\nFarafra 3,27.6,28.4,EG,30000\n' >>own.csv
printf 'Farafra Ville,27.2,28.2,EG,30000\n' >>own.csv
run render --bbox 27.3,26.7,28.6,27.8 --gazetteer own.csv --size 1000x800 -o part.svg
sed 's/<text/\n<text/g' part.svg | sed -n 's/^<text[^>]*>\([^<]*\)<.*/\1/p' >texts
for name in Farafra 'Pedro II' 'Farafra 3' 'Farafra Ville'; do drawn "$name" "$name is a town"; done
for name in 'Farafra 15' 'Farafra-IV Nord'; do
    ! grep -q -F -x "$name" texts; ok "$name is a part of one"
done
printf 'place\nFarafra 15\n' >part.csv
run render --incidents part.csv --gazetteer own.csv --size 1000x800 -o part.svg
grep -q 'Farafra 15<' part.svg; ok "an incident's place is named all the same"
# What is no settlement has its name where an incident or the extent names it, once.
printf 'place\nVardzia\nVardzia\nAspindza\n' >landmark.csv
run render --incidents landmark.csv --size 1200x900 -o map.svg
sed 's/<text/\n<text/g' map.svg | sed -n 's/^<text[^>]*>\([^<]*\)<.*/\1/p' >texts
[ "$(grep -c '^Vardzia$' texts)" = 1 ]; ok "a landmark of incidents"
run render --around Vardzia --size 1200x900 -o map.svg
grep -q '>Vardzia</text>' map.svg; ok "a landmark of the extent"

# A name that is read by its letters or sounds is told, whatever its letters; what is a
# transcription, or right, is not.
printf 'place,country\nLəçın,AZ\nTovzu,AZ\nQanja,AZ\nTovuz,AZ\nГянджа,AZ\nԳանձակ,AZ\nAğdam,AZ\n' >slips.csv
run render --incidents slips.csv --size 800x600 -o slips.svg
[ "$code" -eq 0 ] && [ "$(grep -c ': warning: read ' err)" = 3 ]; ok "three slips are told"
says "slips.csv:2:1: warning: read 'Ləçın' as 'Laçın' (AZ)" "a letter like another by its sound"
says "slips.csv:3:1: warning: read 'Tovzu' as 'Tovuz' (AZ)" "letters changed about"
says "slips.csv:4:1: warning: read 'Qanja' as '[^']*', a name of Gəncə (AZ)" "and whose name it is"
# So is one of the extent, wherever it stands.
told="warning: read 'Frnace' as 'France' (FR) (mend the spelling"
gives 1 "a misspelt extent" render --strict --around Frnace -o extent.svg
says "^incmap: $told" "is told"
printf 'size: 480x360\nextent:\n  around: [Lyon, Frnace]\n' >extent.yaml
run render extent.yaml -o extent.svg
says "^incmap: extent.yaml:3:18: $told" "is told where it stands in a map file"
printf 'name,extent.around\na,Frnace\n' >jobs.csv
run batch extent.yaml --jobs jobs.csv -d figures
grep -q '"place-spelling".*Frnace' figures/report.json; ok "is told of the figure of a job"
run locate --near Frnace Lyon
says "^incmap: $told" "so is the place near which others are sought"
finish
