#!/bin/sh
# Which places a map of a large region names, and that their discs are whole.
. tests/cli/lib.sh

# region BOX: the scene of a small map of it, in out.
region() {
    gives 0 "map of $1" render --quiet --size 480x360 --bbox="$1" --dump=scene
    sed -n '/^layer labels/,/^layer callouts/p' out >labels
}
named() { grep -q -F "text=\"$1\"" labels; ok "$1 is named"; }

region 127,29,147,46
named Tokyo
region -126,23,-65,50
for city in "Washington, D.C." Ottawa "New York" "Los Angeles"; do
    named "$city" # before the capitals of small islands
done
region 111,-45,156,-9
named Canberra
named Melbourne

# A capital between pipelines has its name upon one sooner than none.
gives 0 "README's region" render --quiet --bbox 42,38,51,42.5 --crs EPSG:32638 --overlay pipelines --dump=scene
sed -n '/^layer labels/,/^layer callouts/p' out >labels
named Tbilisi

# A country with room for its name has it on its land, were it upon its capital.
gives 0 "small map of the world" render --quiet --size 480x360 --bbox=-180,-85,180,85 --dump=scene
sed -n '/^layer labels/,/^layer callouts/p' out >labels
named CHINA
at() { sed -n "s/.*text=\"$1\".* at \([0-9]*\)[0-9.]* [0-9.]*.*/\1/p" labels; }
[ "$(at CHINA)" -lt "$(at Seoul)" ]; ok "CHINA is west of Seoul"

# Places that the source has at a wrong spot are not there.
gives 0 "Normandy" render --quiet --around Rouen --margin 60 --dump=scene
! grep -q 'text="Cayenne"' out; ok "no Cayenne in Normandy"
gives 0 "Haryana" render --quiet --around Hisar --margin 60 --dump=scene
! grep -q 'text="Gorakhpur"' out; ok "no Gorakhpur in Haryana"

# The page is planned for the credits that it will have: their accuracy is known late.
gives 0 "example at 640x480" render "$example/map.yaml" --size 640x480 --dump=scene
grep -q 'text="Figures as stated by' out && ! grep -q 'credits did not fit' err
ok "all credits stand on a small page"
awk '/^scene/ { height = $3 } /^layer/ { credits = $2 == "credits" }
    credits { for (i = 1; i < NF; i++) if ($i == "at") last = $(i + 2) }
    END { exit !(last > height - 60 && last < height - 20) }' out
ok "and end above its margin"

# At the limb of a globe no place is named: the land about it is a line.
gives 0 "Africa on a globe" render --quiet --size 480x360 --bbox=-20,-36,53,38 --crs orthographic --dump=scene
grep -q 'text="Cairo"' out && ! grep -q -e 'text="Singapore"' -e 'text="Santiago"' -e 'text="Dhaka"' out
ok "no names at the limb"

# No disc is cut by the frame.
gives 0 "Port-Vila at the frame" render --quiet --size 480x480 --bbox=162,-19,168.35,-15 \
    --crs mercator --dump=scene
sed -n '/^layer areas/,/^layer incidents/p' out >discs
awk '{ for (i = 1; i < NF; i++) {
        if ($i == "clip") { left = $(i + 1); top = $(i + 2); right = left + $(i + 3); low = top + $(i + 4) }
        if ($i == "at") {
            if ($(i + 1) < left + 6 || $(i + 1) > right - 6 || $(i + 2) < top + 6 || $(i + 2) > low - 6) print } } }
    END { if (NR < 1) print "no layer" }' discs >err
[ ! -s err ]; ok "discs are whole"

# What is asked for is drawn, up to forty incidents, or it is said why not.
awk 'BEGIN { print "event_id,date,lat,lon,killed1"
    for (i = 0; i < 45; i++) printf "%d,2020-07-12,%.2f,%.2f,1\n", i, 40 + 0.1 * (i % 9), 45 + 0.2 * int(i / 9) }' >rows.csv
head -n 21 rows.csv >twenty.csv
for word in number list callout; do
    gives 0 "twenty with label: $word" render --incidents twenty.csv --set "incidents.0.label=$word" -o map.svg
    grep -q 'id="list"' map.svg; ok "are a list"
    case $word in callout) grep -q '20 incidents are more than call-outs take (14)' err ;; *) ! grep -q 'more than' err ;; esac
    ok "and that is said where boxes are asked for"
done
gives 0 "forty-five with numbers" render --incidents rows.csv --set incidents.0.label=number -o map.svg
grep -q '45 incidents are more than a list takes (40)' err; ok "are too many, and told"
gives 0 "forty-five by themselves" render --incidents rows.csv -o map.svg
! grep -q 'more than' err; ok "nobody asked for numbers"
# Undetermined lines look alike: the legend has one row for all of them.
gives 0 "Congo" render --quiet --around 'Congo - Kinshasa' --dump=scene
sed -n '/^layer legend/,/^layer scale/p' out >legend
grep -q 'text="Undetermined border"' legend && ! grep -q 'text="Ilemi triangle"' legend
ok "one row of the legend for lines that look alike"

finish
