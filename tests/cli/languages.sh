#!/bin/sh
# The furniture in its seven languages: nothing left in English, no character without a
# glyph, mirrored for Arabic; languages that only names have; unknown ones.
. tests/cli/lib.sh
phrases=$root/src/text/gen/phrases.tsv

# English words of the furniture, cut at their blanks, that a reader would notice.
awk -F'\t' '$2 == "en" { n = split($3, part, /\{[a-z]*\}/)
    for (i = 1; i <= n; i++) { gsub(/^[ :;.,+(]+|[ :;.,(]+$/, "", part[i])
        if (length(part[i]) >= 8) print part[i] } }' "$phrases" |
    grep -v '^pipeline$' | sort -u >english # the data's own names have this word
[ "$(wc -l <english)" -gt 30 ]; ok "there are English phrases to look for"

# figure LANGUAGE: what a reader sees or hears of it, without the manifest, in seen.
figure() {
    run render --quiet "$example/map.yaml" --language "$1" -o "$1.svg" --report "$1.json"
    [ "$code" -eq 0 ]; ok "$1: drawn"
    grep -v '<metadata' "$1.svg" >seen
}
# texts LAYER: the text elements of a layer of seen, each with what its group adds.
texts() {
    awk -v id="<g id=\"$1\"" '
        index($0, id " ") == 1 { on = 1; next }
        on && /^<g/ { depth++; group = $0; next }
        on && /^<\/g>/ { if (depth-- == 0) exit; group = ""; next }
        on && /^<text/ { print $0, group }' seen
}
# outermost LAYER first|last: the least or greatest x of its texts.
outermost() {
    texts "$1" | sed 's/.* x="\([0-9.-]*\)".*/\1/' | sort -g |
        if [ "$2" = first ]; then head -n 1; else tail -n 1; fi
}
beyond() { awk "BEGIN { exit !($1 > $2) }"; }

for language in en az hy ka ru tr ar; do
    figure "$language"
    grep -q "xml:lang=\"$language\"" seen; ok "$language: named in the figure"
    ! grep -q glyph-missing "$language.json"; ok "$language: every character has a glyph"
    if [ "$language" = en ]; then
        [ "$(grep -F -o -f "$work/english" seen | sort -u | wc -l)" -gt 25 ]
        ok "en: the phrases are looked for where they stand"
        continue
    fi
    grep -F -o -f "$work/english" seen | sort -u >err
    [ ! -s err ]; ok "$language: no furniture in English"
    own=$(awk -F'\t' -v l="$language" '$1 == "disclaimer" && $2 == l { print $3 }' "$phrases")
    texts credits | sed 's/<[^>]*>//g' | tr '\n' ' ' | tr -s ' ' | grep -q -F "$own"
    ok "$language: the disclaimer in its words"
done

# An incident without a name is told by its coordinates, in the words of the language.
printf 'lat,lon,date,type\n40.912,45.305,2020-07-14,shelling\n' >bare.csv
where() {
    run render --quiet --around Tovuz --margin 40 --incidents bare.csv --language "$1" -o bare.svg
    grep 'id="incident-1"' bare.svg | sed 's/.*<title>//; s/\xc2\xa0/ /g' | grep -q -F "$2"
    ok "$1: coordinates in place of a name"
}
where en '40.912°N, 45.305°E'
where az '40,912°N'
where hy '40,912° հս. լ.'
where ka '40,912° ჩრდ.'
where ru '40,912° с. ш., 45,305° в. д.'
where tr '40,912°K'
where ar '٤٠٫٩١٢° شمال، ٤٥٫٣٠٥° شرق'

figure en
beyond 200 "$(outermost title first)"; ok "en: the title starts at the left"
beyond "$(outermost list first)" 1000; ok "en: the list is at the right"
! grep -q 'direction:rtl' seen; ok "en: nothing is set leftwards"
figure ar
beyond "$(outermost title first)" 1500; ok "ar: the title starts at the right"
beyond 600 "$(outermost list last)"; ok "ar: the list is at the left"
beyond 700 "$(outermost scale last)"; ok "ar: the scale bar is left of the legend"
beyond "$(outermost credits first)" 1500; ok "ar: the credits start at the right"
texts legend | grep -v 'direction:rtl' >err
[ ! -s err ]; ok "ar: the legend is set leftwards"
# read leftwards a line starts at its right; else the right is its end
texts list | grep 'direction:rtl' | grep -v 'text-anchor:\(start\|middle\)"' >err
[ ! -s err ]; ok "ar: leftward lines of the list are anchored at their start"
texts list | grep -v 'direction:rtl' | grep -v 'text-anchor="\(end\|middle\)"' >err
[ ! -s err ]; ok "ar: English notes are flush right, in their own direction"
texts list | grep 'middle' | grep -q '>٩<'; ok "ar: badges have the language's digits"
run render --quiet "$example/map.yaml" --language ar-u-nu-latn -o latn.svg
grep '<text' latn.svg >seen
! grep -q -e ٠ -e ١ -e ٢ -e ٣ -e ٤ -e ٥ -e ٦ -e ٧ -e ٨ -e ٩ seen && grep -q '12–13 يوليو' seen; ok "ar-u-nu-latn: Latin digits"

# Languages of names only, variants, unknown ones.
run render --around Tovuz --language fa-AF -o fa.svg --report fa.json
[ "$code" -eq 0 ] && grep -q '>تووز<' fa.svg; ok "fa-AF: names in Persian"
grep -q 'Scale bar' fa.svg && grep -q '<svg.* xml:lang="en"' fa.svg; ok "fa-AF: furniture in English"
[ "$(grep -o '"language-names"' fa.json | wc -l)" -eq 1 ]; ok "fa-AF: said once"
for tag in en-GB AZ_az az-cyrl ar-MA uk; do
    run render --quiet --around Tovuz --language "$tag" -o v.svg --report v.json
    [ "$code" -eq 0 ]; ok "$tag is taken"
    case $tag in uk) want=1 ;; *) want=0 ;; esac
    [ "$(grep -c '"language-names"' v.json)" -eq $want ]; ok "$tag: a finding only for names alone"
done
run render --quiet --around Tovuz --language AZ_az -o v.svg
grep -q 'xml:lang="az-AZ"' v.svg; ok "AZ_az is az-AZ"
printf 'name,lat,lon,alternates,language\nTovuz,40.99,45.63,Tawuz,ku\n' >own.csv
run render --quiet --around Tovuz --gazetteer own.csv --language ku -o ku.svg
[ "$code" -eq 0 ]; ok "a gazetteer of the user's may know other languages"
# A province that is its whole country is named once, in every language.
for l in en ru ar; do
    gives 0 "Antarctica in $l" render --quiet --bbox=-180,-90,180,-62 --language $l --dump=scene
    [ "$(sed -n '/^layer labels/,/^layer callouts/p' out |
        grep -c -e 'text="A[Nn][Tt][Aa]' -e 'text="Антаркти' -e 'text="АНТАРКТИ' -e 'text="أنتاركتيكا')" = 1 ]
    ok "one name of Antarctica in $l"
done
# Belarusian names (with "town of") are not taken for Russian ones.
gives 0 "world in Russian" render --quiet --bbox 60,0,120,50 --language ru --dump=scene
! grep -q 'text="Горад' out; ok "no Belarusian names on a Russian map"
gives 0 "Nepal in Russian" render --quiet --bbox 80,25,90,31 --language ru --dump=scene
grep -q 'text="Катманду' out; ok "Kathmandu in Russian"
# Nor are those of other languages with Cyrillic letters that Russian has not (Mari).
gives 0 "the Don in Russian" render --quiet --around Rostov-na-Donu --margin 40 --language ru --dump=scene
grep -q 'text="Ростов-на-Дону' out && ! grep -q 'text="Дон ӱмбалне' out; ok "Rostov in Russian"
finish
