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
! part sea.svg areas-sea | grep -q '<circle'; ok "as areas"

printf 'date,place,killed\n2024-01-01,Lake Chad,1\n' >lake.csv
gives 0 "an incident on a lake" render --incidents lake.csv --around "Lake Chad" -o lake.svg
part lake.svg areas | grep -q '<path'; ok "is shaded over the land"
[ -z "$(place lake.svg areas-sea)" ]; ok "no layer of seas without one"

gives 0 "a map of Donbas" render --around Donbas -o donbas.svg
for name in Luhansk Donetsk Mariupol; do grep -q ">$name<" donbas.svg || { false; break; }; done; ok "shows both of its parts"
gives 0 "a map of a strait" render --around "Strait of Hormuz" -o hormuz.svg
for name in Qeshm Khasab; do grep -q ">$name<" hormuz.svg || { false; break; }; done; ok "shows both of its shores"
finish
