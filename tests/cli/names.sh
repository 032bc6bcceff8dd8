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
finish
