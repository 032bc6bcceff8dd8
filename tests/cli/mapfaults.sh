#!/bin/sh
# Every fault of a map file: one line with the place and what to do, then the line and a
# caret under the column; nothing is written. The cases are in tests/tables/mapfaults.txt.
. tests/cli/lib.sh
export LC_ALL=C
printf 'event_id,date,type,place,country\n1,2020-07-12,clash,Tovuz,AZ\n' >a.csv

n=0
while IFS='|' read -r text want at part under; do
    case $text in '#'* | '') continue ;; esac
    n=$((n + 1))
    printf '%b\n' "$text" >m.yaml
    run render m.yaml -o out.svg
    line=$(head -n 1 err)
    good=1
    [ "$code" -eq "$want" ] || { echo "    exit $code, not $want" >>err; good=0; }
    case $line in
    "incmap: m.yaml:$at: error: "*"$part"*) ;;
    *) echo "    wanted m.yaml:$at and '$part'" >>err; good=0 ;;
    esac
    if [ -n "$under" ]; then # what stands over the caret
        column=$(sed -n '3s/\^.*//p' err | wc -c)
        over=$(sed -n 2p err | cut -c"$column"-)
        case $over in "$under"*) ;; *) echo "    over the caret: '$over'" >>err; good=0 ;; esac
    fi
    [ ! -e out.svg ] || good=0
    [ "$good" -eq 1 ]; ok "map fault $n: $part"
done <"$root/tests/tables/mapfaults.txt"
[ "$n" -gt 30 ]; ok "the table was read"

# The caret stands under the letter, whatever comes before it.
printf 'title: "\303\274b\303\251r"\n\351: x\n' >m.yaml
run render m.yaml -o out.svg
says 'not UTF-8' "bad UTF-8 has its place"
printf '{title: "\303\251\303\251\303\251\303\251", titel: x}\n' >m.yaml
run render m.yaml -o out.svg
[ "$(sed -n 2p err)" = "$(printf '     1 | {title: "\303\251\303\251\303\251\303\251", titel: x}')" ] &&
    [ "$(sed -n 3p err)" = '       |                 ^' ]
ok "letters of two bytes are one column"
printf '{title: "%0500d", titel: x}\n' 7 >m.yaml
run render m.yaml -o out.svg
over=$(sed -n 2p err | cut -c"$(sed -n '3s/\^.*//p' err | wc -c)"-)
[ "$over" = "titel: x}" ] && [ "$(sed -n 2p err | wc -c)" -lt 120 ]
ok "of a long line the part round the caret is shown"
printf '\357\273\277{title: x, titel: x}\n' >m.yaml
run render m.yaml -o out.svg
[ "$(sed -n 2,3p err)" = "$(printf '     1 | {title: x, titel: x}\n       |            ^')" ]; ok "a byte order mark takes no column"
printf '\357\273\277title: x\r\nextent:\r\n  around: [Tovuz]\r\nsize: 480x360\r\n' >m.yaml
gives 0 "a map file with a byte order mark and CRLF" render m.yaml -o marked.svg
rm -f marked.svg
printf '{title: "\346\261\211\345\255\227", titel: x}\n' >m.yaml
run render m.yaml -o out.svg
[ "$(sed -n 3p err)" = '       |                 ^' ]; ok "wide letters are two columns each"
printf '{title: "e\314\201e\314\201", titel: x}\n' >m.yaml
run render m.yaml -o out.svg
[ "$(sed -n 3p err)" = '       |               ^' ]; ok "accents of their own are none"
printf '{title: x, titel: "%0500d"}\n' 7 >m.yaml
run render m.yaml -o out.svg
[ "$(sed -n 2p err | wc -c)" -lt 120 ] && [ "$(sed -n 3p err)" = '       |            ^' ]
ok "a long line is cut behind the caret as well"
printf '{title: "a\033[2Jb", titel: x}\n' >m.yaml
run render m.yaml -o out.svg
! grep -q "$(printf '\033')" err; ok "no control byte of the line reaches the terminal"
printf 'size: 640x480\r\ntitel: x\r\n' >m.yaml
run render m.yaml -o out.svg
[ "$(sed -n 2p err)" = '     2 | titel: x' ]; ok "a line ends before its CR"

# --quiet does not hide errors; the report tells the same.
printf 'title: x\ntitel: y\n' >m.yaml
gives 3 "--quiet" render --quiet --report r.json m.yaml -o out.svg
says "m.yaml:2:1: error: unknown key" "--quiet prints errors"
jq -e '.status == "input" and .outputs == [] and (.findings | map(select(.severity == "error"
    and .file == "m.yaml" and .line == 2 and .col == 1)) | length == 1)' r.json >err 2>&1
ok "the report has the error with its place"

# Values of the command line have no place in a file.
gives 2 "--theme" render --around Tovuz --theme drak -o out.svg
says "error: unknown theme 'drak' (nearest: 'dark'" "--theme suggests"
gives 2 "--language" render --around Tovuz --language Armenain -o out.svg
says "error: unknown language 'Armenain' (nearest: 'hy', Armenian" "--language suggests"
gives 2 "--language without a near one" render --around Tovuz --language xx -o out.svg
gives 2 "--language without a subtag" render --around Tovuz --language az- -o out.svg
gives 2 "--overlay" render --around Tovuz --overlay pipelnes -o out.svg
says "nearest: 'pipelines'" "--overlay suggests"
gives 2 "--set style" render --around Tovuz --set style.palette.clash=reed -o out.svg
says "nearest: 'red'" "--set suggests a colour"
printf 'theme: drak\nextent: {around: Tovuz}\n' >m.yaml
gives 2 "an option over a bad value" render m.yaml --theme derk -o out.svg
! grep -q 'm.yaml:1' err; ok "the place of a value that is not in force is not told"
absent out.svg "nothing is written"
finish
