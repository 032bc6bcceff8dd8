#!/bin/sh
# Incidents at sea: somewhere on a sea, whose shore is the land drawn over it; a lake lies on
# land. Maps around seas, straits and regions of several units.
. tests/cli/lib.sh
cat >sea.csv <<'X'
date,place,type,killed
2023-11-19,Red Sea,attack,0
2024-03-06,Gulf of Aden,attack,3
X
# part FILE ID: the layer of that id
part() { awk -v id="id=\"$2\"" '/^<g id=/ {on = index($0, id) > 0} on' "$1"; }
# place FILE ID: the line on which the layer begins; nothing when it has none
place() { grep -n "id=\"$2\"" "$1" | head -n 1 | cut -d: -f1; }

gives 0 "incidents at sea" render --incidents sea.csv -o sea.svg
[ "$(part sea.svg areas-sea | grep -c '<path')" -eq 2 ]; ok "two seas are shaded"
[ "$(place sea.svg areas-sea)" -lt "$(place sea.svg land)" ] 2>/dev/null; ok "under the land"
! part sea.svg areas | grep -q dasharray; ok "and nothing over it"
grep -q 'Somewhere within this area' sea.svg; ok "the legend says what that means"
sed -n '/id="legend"/,$p' sea.svg | grep -q 'fill="#c0d1e9"'; ok "in the colour that it has over water"
! part sea.svg areas-sea | grep -q '<circle'; ok "as areas"

# stems FILE: lines that lead from a symbol, which has an id, to where it belongs
stems() { part "$1" incidents | grep -c '<path d='; }
printf 'date,place,killed\n2024-01-01,Kerch Strait,2\n2024-01-02,Kerch Strait,1\n2024-01-03,Kerch Strait,1\n' >kerch.csv
gives 0 "three incidents on a strait that is too small for them" render --around "Black Sea" --incidents kerch.csv -o kerch.svg
[ "$(stems kerch.svg)" -ge 1 ]; ok "a stem leads back to it"
printf 'date,place,killed\n2024-01-01,Red Sea,2\n2024-01-02,Red Sea,1\n2024-01-03,Red Sea,1\n' >red.csv
gives 0 "three on a sea" render --around "Red Sea" --incidents red.csv -o red.svg
[ "$(stems red.svg)" -eq 0 ]; ok "stand on it, without stems"

# A sea that the map shows a part of, but not its middle.
gives 0 "seas beside Yemen" render --around Yemen --incidents red.csv -o yemen.svg
[ "$(grep -c 'id="incident-' yemen.svg)" -eq 3 ]; ok "all stand on the part that is there"
says "the middle of 'Red Sea' lies outside the map: drawn on the part that it shows" "which is told"
[ "$(grep -c 'drawn on the part' err)" -eq 3 ]; ok "of each"
gives 0 "a sea beyond the map" render --around Tbilisi --margin 50 --incidents red.csv -o tbilisi.svg
[ "$(grep -c 'id="incident-' tbilisi.svg)" -eq 0 ]; ok "none stands on land"
says "'Red Sea' lies outside the map" "which is told"

printf 'date,place\n2024-01-01,Balck Sea\n' >slip.csv
gives 0 "a sea with a slip of the pen" render --incidents slip.csv -o slip.svg
grep -q "read 'Balck Sea' as 'Black Sea' (mend" err; ok "is told without the country that it has not"

printf 'date,place,killed\n2024-01-01,Lake Chad,1\n' >lake.csv
gives 0 "an incident on a lake" render --incidents lake.csv --around "Lake Chad" -o lake.svg
part lake.svg areas | grep -q '<path'; ok "is shaded over the land"
[ -z "$(place lake.svg areas-sea)" ]; ok "no layer of seas without one"

gives 0 "a map of Donbas" render --around Donbas -o donbas.svg
for name in Luhansk Donetsk Mariupol; do grep -q ">$name<" donbas.svg || { false; break; }; done; ok "shows both of its parts"
gives 0 "a map of a strait" render --around "Strait of Hormuz" -o hormuz.svg
for name in Qeshm Khasab; do grep -q ">$name<" hormuz.svg || { false; break; }; done; ok "shows both of its shores"

gives 0 "a map with two gulfs" render --around "Strait of Hormuz" --margin 100 -o gulfs.svg
grep -q '>\(Strait of \)\?Hormuz<' gulfs.svg; ok "names the strait that is a part of both"

# Names of seas: over their water, in the map's language; of the world, oceans alone; none where the land is the user's.
gives 0 "a map of Italy" render --around Italy -o italy.svg
for name in "Adriatic Sea" "Tyrrhenian Sea" "Ionian Sea" "Mediterranean Sea"; do grep -q ">$name<" italy.svg; ok "has the $name"; done
for row in "de:Schwarzes Meer" "ar:البحر الأسود" "az:Qara dəniz" "hy:Սև ծով" "ka:შავი ზღვა" "ru:Чёрное море" "tr:Karadeniz"; do
    run render --around "Black Sea" --language "${row%%:*}" -o black.svg
    grep -q ">${row#*:}<" black.svg; ok "${row%%:*}: ${row#*:}"
done
gives 0 "without names of waters" render --around Italy --set labels.water=off -o none.svg
! grep -q 'Adriatic Sea<' none.svg; ok "has none"
gives 0 "the world" render --size 1600x900 --bbox -180,-60,180,80 -o world.svg
! grep -q '>Arabian Sea<\|>Caribbean Sea<' world.svg; ok "has no seas"
for name in Atlantic Pacific Indian; do grep -q ">$name Ocean<" world.svg; ok "but the $name Ocean"; done
gives 0 "around an ocean that the antimeridian cuts" render --around Pacific -o pacific.svg
[ "$(grep -c '>Pacific Ocean<' pacific.svg)" -eq 1 ] && grep -q '>Tokyo<' pacific.svg && grep -q '>Lima<' pacific.svg; ok "with both its shores, named once"
finish
