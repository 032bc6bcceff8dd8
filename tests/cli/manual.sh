#!/bin/sh
# Parser, help, manual pages and completion say the same; the pages are well made, and
# their examples work.
. tests/cli/lib.sh
built=${incmap%/*}
pages=$built/man

# plain PAGE: as on a terminal, unwrapped and without overstrikes.
plain() { MANWIDTH=1000 MANROFFOPT=-c man -l "$1" 2>/dev/null | col -bx; }
# options TEXT: the long options that lines begin with.
options() { sed -n 's/^ *\(-[a-z], \)\{0,1\}\(--[a-z-]*\).*/\2/p' "$1" | LC_ALL=C sort; }

"$built/bin/manual" check "$root/src/man" 2>err
ok "every key and column is described, and nothing else"
! grep -l 'not described' "$pages"/* >err
ok "no page has a gap"

run --help
sed -n 's/^  \([a-z]*\)  .*/\1/p' out >commands
[ -s commands ]
ok "the overview lists the commands"
for c in $(cat commands); do
    run "$c" --help
    options out >help
    [ "$(wc -l <help)" -ge 2 ] && LC_ALL=C sort -uc help
    ok "$c: the help lists every option once"
    plain "$pages/incmap-$c.1" | sed -n '/^OPTIONS/,/^EXIT/p' >page
    options page >paged
    diff help paged >err
    ok "$c: page and help have the same options"
    bash -c '. "$1"; COMP_WORDS=(incmap "$2" --) COMP_CWORD=2; _incmap; printf "%s\n" "${COMPREPLY[@]}"' \
        x "$pages/incmap.bash" "$c" | LC_ALL=C sort >completed
    diff help completed >err
    ok "$c: completion and help have the same options"
    : >bad
    for o in $(cat help); do
        grep -q -e "^ .*$o [A-Za-z]" out && takes=yes || takes=no
        "$incmap" "$c" "$o" >/dev/null 2>refused </dev/null
        if grep -q 'unknown option' refused; then echo "$o is not parsed" >>bad; fi
        if grep -q 'needs a value' refused; then parsed=yes; else parsed=no; fi
        [ $takes = $parsed ] || echo "$o: help says value: $takes, parser: $parsed" >>bad
    done
    cp bad err
    [ ! -s bad ]
    ok "$c: the parser takes what the help lists, as it lists it"
    grep -q "^\.TH INCMAP" "$pages/incmap-$c.1" && grep -q "incmap\\\\-$c" "$pages/incmap.1"
    ok "$c: the overview page names its page"
done
"$incmap" render --no-such 2>err
[ $? = 2 ] && grep -q 'unknown option' err
ok "the parser refuses what no help lists"

for p in "$pages"/*.[15]; do
    n=$(basename "$p")
    mandoc -Tlint "$p" >err 2>&1
    ok "$n: mandoc has nothing to say"
    man --warnings -E UTF-8 -l -Tutf8 -Z "$p" 2>err >/dev/null
    [ ! -s err ]
    ok "$n: groff has nothing to say"
    for see in $(sed -n 's/^\.BR \(incmap[a-z\\-]*\) (\([15]\)).*/\1.\2/p' "$p" | tr -d '\\'); do
        [ -f "$pages/$see" ]; ok "$n: there is a $see"
    done
done
sed -n 's/^    X([A-Z_]*, "\([a-z-]*\)".*/\1/p' "$root/src/base/findings.h" | LC_ALL=C sort >codes
plain "$pages/incmap.1" | sed -n 's/^ *\([a-z-]*\) (\(note\|warning\|error\))$/\1/p' | LC_ALL=C sort >paged
[ -s codes ] && diff codes paged >err
ok "every code of a finding is on the page"
sed -n 's/^    INCMAP_\(OK\|E_[A-Z]*\) = \([0-9]*\),*.*/\2/p' "$root/src/incmap.h" | LC_ALL=C sort >codes
plain "$pages/incmap.1" | sed -n '/^EXIT/,/^FIND/s/^ *\([0-9]\{1,\}\) .*/\1/p' | LC_ALL=C sort >paged
[ -s codes ] && diff codes paged >err
ok "every exit code is on the page"

# Countries whose claims are known, as the table of worldviews has them.
cut -f2 "$root/geodata/worldviews.tsv" | sed 1d | grep -x '[A-Z][A-Z]' | LC_ALL=C sort -u >codes
plain "$pages/incmap-map.5" | tr '\n' ' ' | tr -s ' ' | sed 's/.*its official claims (\([A-Z ]*\)).*/\1/' | xargs -n 1 >paged
[ -s codes ] && diff codes paged >err
ok "every worldview of a country is on the page"

# example PAGE: the text between .EX and .EE.
example() { sed -n '/^\.EX/,/^\.EE/p' "$pages/$1" | grep -v '^\.E' | sed 's/\\-/-/g; s/\\(dq/"/g; s/\\e/\\/g'; }
example incmap-map.5 >map.yaml
example incmap-incidents.5 >incidents.csv
gives 0 "the example of a map file, with the example of a table" render map.yaml
[ -s map.png ] && [ -s map.svg ]
ok "both files are written"
example incmap-gazetteer.5 >both
tab=$(printf '\t')
grep -v "$tab" both >places.csv
grep "$tab" both >pins.tsv
gives 0 "the example of a gazetteer" locate --strict --gazetteer places.csv "Верхний Ойсузлу"
printf 'place\nAğdam\nTovuz\n' >villages.csv
gives 0 "the example of a pin" render --strict --incidents villages.csv --pins pins.tsv --dump places
grep -q '"reason":"pin: settled by A. Hasanova, 2026-11-03: by phone' out
ok "it settles the name"
sed -n 's/^    \[C_[A-Z0-9]*\] = {"\([a-z0-9_]*\)".*/\1/p' "$root/src/gazetteer/user.c" | LC_ALL=C sort >read
sed -n 's/^\([a-z][a-z0-9_]*\)	.*/\1/p' "$root/src/man/places.tsv" | LC_ALL=C sort >paged
[ -s read ] && diff read paged >err
ok "every column of a gazetteer is on the page"

# completion WORD...: what bash offers for the last word.
completion() {
    bash -c '. "$1"; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _incmap 2>/dev/null
        printf "%s\n" "${COMPREPLY[@]}"' x "$pages/incmap.bash" "$@" | LC_ALL=C sort | tr '\n' ' '
}
[ "$(completion incmap l)" = "locate " ] && [ "$(completion incmap batch --facet w)" = "week " ]; ok "completion of a command"
[ "$(completion incmap render --format '')" = "pdf png svg " ]; ok "completion of words"
[ "$(completion incmap locate --format = t)" = "table tsv " ]; ok "completion after an equals sign"
[ "$(completion incmap render --set furniture.l)" = "furniture.legend= " ]; ok "completion of keys"
mkdir folder && touch folder.txt
[ "$(completion incmap render --data f)" = "folder " ]; ok "completion of folders"
[ "$(completion incmap render m)" = "map.yaml " ]; ok "completion of map files"
finish
