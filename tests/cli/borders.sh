#!/bin/sh
# Borders of one's own and worldviews: what is guessed, what is refused, what is printed.
. tests/cli/lib.sh

copy() { # BUNDLED NAME: a copy of a bundled layer as a user's file
    for ext in shp shx dbf prj cpg; do cp "$INCMAP_DATA/$1.$ext" "$2.$ext"; done
}
copy regions area
copy disputed line
area='--bbox 45,38.5,48.5,40.8 --size 640x480 --as-of 2020-07-12'

gives 0 "areas" render $area --borders area.shp -o area.svg
says 'area.shp: note: .*name_field name' "the guess is printed"
gives 0 "lines and areas" render $area --borders area.shp --borders line.shp -o both.svg
says 'line.shp: note: .*class_field class' "the class is guessed"
! cmp -s area.svg both.svg; ok "both files are drawn"
gives 0 "lines on the bundled land" render --quiet $area --borders line.shp -o line.svg
grep -q AZERBAIJAN line.svg; ok "the land has its names"

cat >wrong.yaml <<'Y'
extent: {bbox: [45, 38.5, 48.5, 40.8]}
borders: [{file: area.shp, name_field: naem}]
Y
gives 3 "wrong field" render wrong.yaml -o x.svg
says "area.shp: error: .*'naem'.*did you mean '[Nn][Aa][Mm][Ee]'" "wrong field: suggestion"
cat >old.yaml <<'Y'
extent: {bbox: [45, 38.5, 48.5, 40.8]}
size: 640x480
as_of: 2022-01-01
borders: [{file: area.shp, from: 1994, to: 2020-11-10}]
Y
gives 0 "borders that have ended" render old.yaml -o old.svg
says 'area.shp: warning: .*1994 to 2020-11-10' "dates that do not hold are told"

gives 0 "nothing in view" render --bbox 0,50,5,52 --size 640x480 --borders area.shp -o far.svg
says 'area.shp: warning: .*nothing inside the map' "nothing in view is told"
for what in borders overlay; do
    copy pipelines cut
    for n in 99 100 130 300; do
        head -c $n "$INCMAP_DATA/pipelines.shp" >cut.shp
        gives 3 "$what cut to $n bytes" render $area --$what ./cut.shp -o x.svg
        says 'cut.shp' "$what cut to $n bytes is named"
    done
done
head -c 60000 "$INCMAP_DATA/pipelines.shp" >cut.shp
gives 0 "the rest of a file" render $area --overlay ./cut.shp -o rest.svg
says 'cut.shp:record [0-9]*: warning' "broken records have numbers"
printf 'PROJCS["broken' >area.prj
gives 0 "bad .prj of degrees" render $area --borders area.shp -o prj.svg
says 'area.shp: warning: .*prj' "bad .prj is told"
absent x.svg "no failure wrote anything"

view='--bbox 32,44,37,47 --size 640x480'
gives 2 "unknown worldview" render $view --worldview zz -o x.svg
says "unknown worldview 'ZZ' (un, de-facto, .* UA" "unknown worldview: the known ones"
for who in un de-facto RU ua; do
    gives 0 "worldview $who" render --quiet $view --as-of 2021 --worldview $who -o $who.svg
done
grep -q 'official claims of Russia as of 2021' RU.svg; ok "a claim is named with its date"
grep -q 'worldview[&quot;":]*UA' ua.svg; ok "the manifest has the worldview"
grep -q 'do not imply endorsement' RU.svg; ok "the disclaimer is there"
! cmp -s RU.svg un.svg; ok "worldviews differ"

printf 'event_id,date,type,lat,lon\n1,2020-07-12,clash,39.8,46.7\n2,2021-03-01,clash,39.9,46.8\n' >two.csv
gives 0 "incidents over a change" render $area --as-of 2020-07-12 --incidents two.csv -o two.svg
says "warning: the line '.*ceasefire.*a part of the incidents' days" "the line's dates are told"
# A day before the bundled borders: told, and not passed off as that day's.
printf 'place,date,country,type\nLeninakan,1988-12-07,AM,other\n' >quake.csv
old() { gives 0 "$1: 1988" render --size 640x480 --scale 0.7 --incidents quake.csv --margin 60 --language "$1" -o old.svg; }
old en
says "quake.csv\|warning: the borders of states are those of today, not of 1988" "it is told"
[ "$(grep -c 'not of 1988' err)" -eq 1 ]; ok "once"
tr '\n' ' ' <old.svg | sed 's/<[^>]*>/ /g' >words
grep -q 'borders of states as today' words; ok "the credits say so"
! grep -q 'as of 7 December' words; ok "and do not give that day"
old ru && grep -q 'современные' old.svg; ok "in its language"
gives 0 "1993" render --size 640x480 --around Tovuz --as-of 1993-01-01 -o new.svg
! grep -q 'those of today' err; ok "from then on nothing is told"
finish
