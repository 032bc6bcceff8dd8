#!/bin/sh
# The map file to start from: complete, true, drawn as it is; nothing is overwritten.
. tests/cli/lib.sh

gives 0 "init to a file" init map.yaml
grep -q 'map.yaml.*incidents.csv' out; ok "both files are told"
cmp "$example/incidents.csv" incidents.csv; ok "the example's table is beside it"
gives 0 "it draws" render --strict map.yaml -o a.svg
grep -q 'data-file="incidents.csv"' a.svg; ok "with its incidents"
gives 0 "without -o" render --strict map.yaml
says "wrote map.png" "it is told what is written"
pngcheck -q map.png >err 2>&1; ok "a PNG of its name"
cp map.yaml before
gives 7 "a second time" init map.yaml
says "map.yaml.*nothing is overwritten" "the file is named"
cmp map.yaml before; ok "and is as before"
rm -f sub/map.yaml && mkdir sub
printf 'place,date,killed1\nRome,2020-01-02,3\n' >sub/incidents.csv
cp sub/incidents.csv own
gives 0 "init beside a table" init sub/map.yaml
cmp sub/incidents.csv own; ok "the table is left alone"
gives 0 "the map of that table" render --quiet sub/map.yaml --dump=incidents
grep -q Rome out; ok "has its incidents"
gives 0 "and holds them" render --strict sub/map.yaml -o rome.svg
rm -f map.png
gives 0 "init by an odd name" init "sub/it's, [2].yaml"
gives 0 "and its map" render --strict "sub/it's, [2].yaml"
[ -s "sub/it's, [2].png" ] && [ ! -e map.png ]; ok "is beside it, by its name"
gives 7 "init where nothing can be written" init nowhere/map.yaml
gives 2 "init with two files" init a.yaml b.yaml
gives 0 "init to standard output" init
cp out dash && gives 0 "init to -" init -
cmp out dash; ok "is the same"
cp out stdout.yaml
gives 0 "it draws from anywhere" render --strict stdout.yaml -o b.svg
mkdir "odd: 'na#me" && cp -r "$INCMAP_DATA/." "odd: 'na#me/" && run init --data "odd: 'na#me"
cp out odd.yaml
gives 0 "an odd path is quoted" render --data "$INCMAP_DATA" --strict odd.yaml -o c.svg

# Take the "#" away from every key: all of them are known, and every default is true.
# (Lists that stand for files of the user's own have nothing to open.)
open_all() {
    awk '{ line[NR] = $0 }
        END {
            for (i = 1; i <= NR; i++) {
                if (line[i] ~ /^#[a-z_]+:$/) {
                    for (k = i + 1; line[k] ~ /^ +# /; k++) {}
                    own = line[k] ~ /^#  - /
                }
                if (line[i] !~ /^#/ || line[i] == "") own = line[i] == "" ? 0 : own
                if (own) continue
                if (line[i] ~ /^#([a-z_]|  +[a-z_.0-9]+:)/) sub(/^#/, "", line[i])
                print line[i]
            }
        }' "$1"
}
open_all map.yaml >open.yaml
[ "$(grep -c '^#[a-z ]' map.yaml)" -gt 100 ] && [ "$(grep -c '^ *[a-z][a-z_.0-9]*:' open.yaml)" -gt 120 ]
ok "the keys are opened"
gives 0 "with every key open" render --strict open.yaml -o open.svg
picture() { sed 's/<metadata.*<\/metadata>//' "$1"; }
picture a.svg >a && picture open.svg >open
cmp a open 2>err; ok "the defaults are those that are told"
for key in $("${incmap%/*}/bin/manual" completion | sed -n "s/^    local keys='\(.*\)'/\1/p"); do
    name=${key%=} && name=${name##style.}
    case $key in style.*) ;; *) name=${name##*.} ;; esac
    grep -q "^#\{0,1\} *\(- \)\{0,1\}$name:" map.yaml || echo "$key is missing" >>missing
done
[ ! -e missing ] || cp missing err
[ ! -e missing ]; ok "every key is in the file"
finish
