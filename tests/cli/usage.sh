#!/bin/sh
# What is wrong with a command line is said, with the nearest right word, and exits 2.
. tests/cli/lib.sh

gives 2 "no command"
gives 2 "unknown command" rendr
says "did you mean 'render'" "unknown command suggests"
gives 2 "unknown option" render --incident x.csv -o a.png
says "did you mean --incidents" "unknown option suggests"
gives 2 "option of the other command" locate --overlay pipelines Tovuz
gives 2 "missing value" render --title
says "needs a value" "missing value is named"
gives 2 "value for a switch" render --strict=yes -o a.png
gives 2 "no output" render --around Tovuz
says "no output file" "no output is named"
gives 2 "unknown format" render --around Tovuz -o a.gif
says "a.gif" "unknown format is named"
gives 2 "two map files" render a.yaml b.yaml -o a.png
gives 2 "--set without a value" render --set title -o a.png
gives 2 "--set of an unknown key" render --set titel=x -o a.png
says "title" "unknown key suggests"
gives 2 "bad size" render --around Tovuz --size 12 -o a.png
gives 2 "bad bbox" render --bbox 1,2,3 -o a.png
gives 2 "bad date" render --around Tovuz --as-of 2020-13-40 -o a.png
gives 2 "locate without a name" locate
gives 2 "locate an empty name" locate ""
says "^incmap: error: an empty name was given to 'locate'" "it is told"
gives 2 "an empty name among others" locate Tovuz " "
[ ! -s out ]; ok "nothing is answered"
gives 2 "explain an empty name" explain --name ""
says "an empty name was given to 'explain'" "it is told"
gives 2 "locate with a bad format" locate --format xml Tovuz
gives 2 "locate with a bad limit" locate --limit 0 Tovuz
gives 0 "--help" --help
gives 0 "--version" --version
grep -q '^incmap [0-9]' out; ok "--version names the version"
grep -q "cairo $(pkg-config --modversion cairo),.* PROJ $(pkg-config --modversion proj)$" out
ok "--version names the versions of libraries"
for c in render locate; do
    gives 0 "$c --help" "$c" --help
    grep -q -e '--gazetteer' out; ok "$c --help lists the options"
    [ ! -s err ]; ok "$c --help is silent on standard error"
done
run rendr "$(printf 'a\033[31m')"
run "$(printf 'x\033[2J\007')"
! LC_ALL=C grep -q "$(printf '\033')" err; ok "control bytes of a word are not obeyed"
absent a.png "nothing is written"
finish
