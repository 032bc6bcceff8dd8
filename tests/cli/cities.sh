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

finish
