#!/bin/sh
# The map of a country names its great cities before smaller ones and those of others.
. tests/cli/lib.sh

country() {
    gives 0 "map of $1" render --quiet --around "$1" --dump=scene
    sed -n '/^layer labels/,/^layer callouts/p' out >labels
}
named() {
    for name; do
        grep -q -F "text=\"$name\"" labels; ok "$name is named"
    done
}
# at NAME: the end at which its text is in line, and where it stands.
at() { sed -n "s/.*text=\"$1\".* \(left\|right\|middle\) .* at \([-0-9.]*\) \([-0-9.]*\).*/\1 \2 \3/p" labels; }

country 'United Kingdom'
named London Birmingham Manchester Liverpool Leeds Glasgow
country USA
named Atlanta Miami 'San Diego' 'New York' 'Washington, D.C.'
country France
named Nice Monaco Lyon Marseille
country India
named 'New Delhi' Mumbai Kolkata
country Russia
named Moscow 'Saint Petersburg' Novosibirsk Vladivostok

country 'Congo - Kinshasa'
named Kinshasa Brazzaville
[ "$(at Kinshasa | cut -d' ' -f1)" != "$(at Brazzaville | cut -d' ' -f1)" ]
ok "capitals face to face: their names on opposite sides"

# A name is clearly nearer to its own symbol than to any other: by two points at least.
gives 0 "map of Indonesia" render --quiet --around Indonesia --size 2000x800 --dump=scene
unclear() {
    awk -v name="$1" '
        BEGIN {n = 0}
        /^layer/ {layer = $2}
        layer == "areas" && $1 == "symbol" {
            for (i = 1; i < NF; i++) {
                if ($i == "r") r[n] = $(i + 1)
                if ($i == "at") {x[n] = $(i + 1); y[n++] = $(i + 2)}
            }
        }
        layer == "labels" && index($0, "text=\"" name "\"") {
            for (i = 1; i < NF; i++) {
                if ($i == "size") size = $(i + 1)
                if ($i == "left" || $i == "right" || $i == "middle") end = $i
                if ($i == "advance") w = $(i + 1)
                if ($i == "at") {tx = $(i + 1); base = $(i + 2)}
            }
        }
        END {
            left = end == "left" ? tx : end == "right" ? tx - w : tx - w / 2
            first = second = 1e9
            for (i = 0; i < n; i++) {
                dx = x[i] < left ? left - x[i] : x[i] > left + w ? x[i] - left - w : 0
                top = base - 0.714 * size
                dy = y[i] < top ? top - y[i] : y[i] > base ? y[i] - base : 0
                d = sqrt(dx * dx + dy * dy) - r[i]
                if (d < first) {second = first; first = d} else if (d < second) second = d
            }
            exit !(n > 0 && size > 0 && second - first < 2)
        }' out
}
for name in Jakarta Cirebon Bandung Surabaya Makassar Semarang; do
    ! unclear "$name"; ok "$name is clearly its own symbol's"
done

run render --around Congo-Kinshasa --size 1200x900 -o moved.png
says "note: 'Kinshasa' and 'Brazzaville' lie so near each other that their discs stand up to [0-6][.][0-9] points off" "what is moved is told"

# Names that English readers know, not those of the country's own spelling.
run render --around Haiti --size 1000x800 -o haiti.svg
grep -q '>Cap-Haitien<' haiti.svg && grep -q '>Gonaives<' haiti.svg; ok "Haiti's cities in English"
run render --around Iraq --size 1000x800 -o iraq.svg
grep -q '>Basra<' iraq.svg && grep -q '>Najaf<' iraq.svg; ok "and Iraq's"

finish
