#!/bin/sh
# explain: how a name is resolved, for people.
. tests/cli/lib.sh

gives 5 "an ambiguous name" explain --name Springfield
grep -q '^Springfield: ambiguous, several fit: the first leads by .*, margin 0.040$' out
ok "the rule and the margin"
grep -q '^  as written  springfield ' out; ok "the form that was looked for"
grep -q '^  1  Springfield  city  *Missouri, US  .*gn:4409896 .*exact' out; ok "the candidates, by number"
# sum COLUMN: the terms of a candidate less its score.
sum() {
    awk -v c="$1" '/^Score, term/ { on = 1; next } /^$/ { on = 0 }
        on { v = substr($0, start + 7 * (c - 1), 7) }
        on && !head { head = 1; start = index($0, "1") - 4; next }
        on && /^  score/ { print total - v; exit }
        on { total += v }' out
}
for c in 1 2 3; do
    awk -v d="$(sum $c)" 'BEGIN { exit !(d < 0.0021 && d > -0.0021) }'; ok "the terms of candidate $c add up to its score"
done
grep '^Springfield	' out >pins.tsv
gives 0 "the line to copy is a pin" locate --pins pins.tsv --format json Springfield
grep -q '"match":"pin".*"id":"gn:4409896"' out; ok "of the first candidate"

gives 0 "a sure name" explain --name "Tovuz rayonu"
grep -q 'generic word set aside  tovuz' out; ok "the generic word is told"
gives 0 "several names" explain --name Tovuz --name Baku
[ "$(grep -c '^Asked' out)" -eq 2 ]; ok "one after the other"
gives 5 "an unknown name" explain --name Qwxzzt
grep -q 'Candidates: none' out && grep -q '^Qwxzzt		LON,LAT' out; ok "what to do about it"
gives 5 "another country" explain --name Tovuz --country AM
grep -q '^  country  AM' out && grep -q 'outside the country' out; ok "what is outside is listed as such"

gives 0 "near" explain --name Springfield --near "Illinois" --kind settlement --as-of 2020-07-12
grep -q '^  kind     settlement' out && grep -q '^  as of    2020-07-12' out && grep -q '^  near     -8' out
ok "what was asked"
gives 0 "context" explain --name Ağdam --context Tovuz --context Qazax
grep -q '^  context  2 names, 2 of them placed' out && grep -q 'Tovuz, AZ' out; ok "what is named with it counts"
gives 0 "without" explain --name Ağdam
grep -q '^  1  Ağdam  *city' out; ok "and without it it is the city"
run explain --name Tovuz --context Qwxzzt
says "'Qwxzzt' is not sure itself: it is no context" "a context that is unknown is told"
gives 0 "context of locate" locate --format tsv --context Tovuz --context Qazax Ağdam
grep -q 'im:agdam-tovuz' out; ok "is the same"

printf 'Springfield\t\t45.2,40.8\tAnna\t2026-11-01\tby phone\n' >pins.tsv
gives 0 "a pinned name" explain --name Springfield --pins pins.tsv
grep -q '^Springfield: ok, pinned in pins.tsv:1$' out && grep -q 'settled by Anna, 2026-11-01: by phone' out
ok "who, when and why"
grep -q '^Without the pin: ambiguous' out; ok "and what would be without"

gives 2 "no name" explain
gives 2 "a figure" explain map.png
says 'a name goes with --name' "is told what to write"
gives 2 "a bad date" explain --name Tovuz --as-of x
run explain --name "$(printf 'x\033[2Jy')"
! LC_ALL=C grep -q "$(printf '\033')" out; ok "control bytes of a name are not obeyed"
finish
