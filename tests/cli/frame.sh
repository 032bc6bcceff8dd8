#!/bin/sh
# What a map is round: a country without its possessions overseas, in a frame that its shape fills.
. tests/cli/lib.sh

dump() { run render "$@" --dump projection -o -; }
# within WEST SOUTH EAST NORTH NAME: the extent that was told lies in this box.
within() {
    sed 's/.*"extent":\[\([^]]*\)\].*/\1/' out | awk -F, -v w="$1" -v s="$2" -v e="$3" -v n="$4" \
        '{exit !($1 >= w && $2 >= s && $3 <= e && $4 <= n)}'
    ok "$5"
}

dump --around France
within -6 41 10 52 "France is in Europe"
dump --around 'United States'
within -125 24 -66 50 "the United States without Alaska"
says "note: the map is round the main part of 'United States', 8[0-9] % of its area" "what is left out is told"
dump --around 'United States' --around Alaska
grep -q '"extent":\[172[.0-9]*,24[.0-9]*,-66' out; ok "with Alaska, when that is named"
dump --around Russia
grep -q 'equal-area' out; ok "Russia is no map of the world"
within 19 41 -168 82 "Russia across the antimeridian"
dump --around Malaysia
within 99 0 120 8 "both halves of Malaysia"
dump --around Tavush
grep -q '"margin_m":51[0-9][0-9]' out; ok "a province has a twentieth around it"
dump --around Tavush --around Baku
grep -q '"margin_m":8[0-9]\{4\}\.' out; ok "with a town a fifth"
dump --around Tavush --margin 40
grep -q '"margin_m":40000' out; ok "a margin that is given holds"

printf 'place,type,date\nFrance,clash,2020-01-01\nLyon,clash,2020-01-02\n' >where.csv
dump --incidents where.csv
within -6 41 10 52 "an incident somewhere in France does not make a map of the world"

# Coordinates are a frame: no mark of its own takes the place of the town that stands there.
run render --around '50.088, 14.421' --margin 150 --size 800x600 -o prague.svg
grep -q '>Prague<' prague.svg && ! grep -q '50\.088' prague.svg; ok "the town at the coordinates has its name"
run render --around '34.58, 135.47' --margin 150 --size 800x600 -o sakai.svg
grep -q '>Sakai<' sakai.svg; ok "though it is one of many that are greater"
# The globe is cut where no incident is, in whatever order they come.
around_the_world() {
    printf 'lon,lat\n' >world.csv
    printf '%s,10\n' "$@" >>world.csv
    dump --incidents world.csv
}
around_the_world 151 -74 0 37 139 -46 -118
grep -q '"extent":\[-118,10,151,10\]' out; ok "incidents over the continents: Greenwich in the middle"
around_the_world -118 139 -74 151 -46 0 37 77
grep -q '"extent":\[-118,10,151,10\]' out; ok "in another order"
around_the_world 139 -71 151 -118
grep -q '"extent":\[139,10,-71,10\]' out; ok "around the Pacific: that in the middle"

finish
