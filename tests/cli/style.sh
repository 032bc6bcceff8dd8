#!/bin/sh
# Themes and the documented style file.
. tests/cli/lib.sh
example=$example/map.yaml

gives 0 "--dump style" render --dump style
cmp out "$root/src/layout/style.yaml" >err 2>&1
ok "src/layout/style.yaml is what --dump style prints (make style-file writes it)"
for t in news report dark; do
    gives 0 "style of $t" render --theme $t --dump style
    cp out $t.yaml
    gives 0 "style of $t as a map file" render $t.yaml --dump style
    cmp out $t.yaml >err 2>&1; ok "the printed style of $t is that style again"
    gives 0 "figure of $t" render --quiet "$example" --theme $t --size 800x600 -o $t.svg
    xmllint --noout $t.svg >err 2>&1; ok "figure of $t is well-formed"
done
! cmp -s news.svg dark.svg && ! cmp -s news.svg report.svg; ok "themes differ"
# every colour of the figure in print is a grey
grep -o '#[0-9A-Fa-f]\{6\}' report.svg | sort -u |
    awk '{ if (toupper(substr($0,2,2)) != toupper(substr($0,4,2)) ||
               substr($0,2,2) != substr($0,6,2)) { print > "err"; bad = 1 } } END { exit bad }'
ok "the report figure has greys only"

# the printed style, given back, draws the same figure
cp "$example" map.yaml
grep -v '^theme' dark.yaml >>map.yaml
dir=$(dirname "$example")
sed -i "s|incidents.csv|$dir/incidents.csv|" map.yaml
gives 0 "dark style over news" render --quiet map.yaml --size 800x600 -o again.svg
grep -v '<metadata>' dark.svg | sed '/manifest/d' | grep -c 'fill="#14181c"\|fill="#14181C"' >a
grep -v '<metadata>' again.svg | sed '/manifest/d' | grep -c 'fill="#14181c"\|fill="#14181C"' >b
[ "$(cat a)" -gt 0 ] && cmp -s a b; ok "the printed style, given back, colours alike"

gives 0 "--set style" render --quiet --around Tovuz --size 640x480 \
    --set style.land.neighbour=rebeccapurple -o set.svg
grep -qi '#663399' set.svg; ok "--set style.KEY reaches the figure"
gives 0 "dump with a setting" render --set style.town.halo=3.25 --dump style
grep -q '^  town.halo: 3.25 ' out; ok "--dump style prints what is in force"
gives 2 "a slip in a key" render --around Tovuz --set style.line.widht=2 -o no.svg
says "unknown key 'style.line.widht' (nearest: 'line.width')" "the key that is meant"
for k in lnad qqqqqqqqq colour; do
    run render --around Tovuz --set style.$k=red -o no.svg
    says "unknown key 'style.$k' ('incmap render --dump style' lists all keys)" "where the keys are, not one that is not meant"
done
gives 2 "unknown dump" render --dump styl
says "did you mean 'style'" "unknown dump suggests"
finish
