#!/bin/sh
# Outputs that cannot be: the right exit code at once, every file as it was, nothing new.
# The cases are in tests/tables/outputs.txt.
. tests/cli/lib.sh
small="--quiet --size 640x480 --around Tovuz"
printf 'event_id,date,type,place,country\n1,2020-07-12,clash,Tovuz,AZ\n' >t.csv
printf 'event_id,date,type,place,country\n1,2020-07-12,clash,Tovuz,AZ\n2,2020-07-12,clash,Zzyxq,AZ\n' >half.csv
echo text >file.txt
echo old >a.svg
cp t.csv input.svg
ln t.csv hard.svg
mkdir folder.png x.y
mkfifo pipe.svg
ln -s file.txt link.png
ln -s /dev/null null.png
ln -s loop.png loop.png
state() { find . ! -name out ! -name err ! -name before ! -name after -type f -exec cksum {} + | sort -k3; ls -la /dev/null | cut -c1; }
state >before

n=0
while IFS='|' read -r want arguments part; do
    case $want in '#'* | '') continue ;; esac
    n=$((n + 1))
    # shellcheck disable=SC2086
    run render $small --incidents t.csv $arguments
    state >after
    cmp -s before after || { echo "    a file has changed:" >>err; diff before after >>err; cp before x; }
    [ "$code" -eq "$want" ] && grep -qF -e "$part" err && cmp -s before after &&
        [ "$(grep -c '^incmap: ' err)" -eq 1 ]
    ok "output fault $n: exit $want: $arguments"
done <"$root/tests/tables/outputs.txt"
[ "$n" -gt 30 ]; ok "the table was read"
[ -z "$(find . -name '.incmap*')" ]; ok "no temporary file is left"

# A full disk: the file may grow to 4 KiB only.
(ulimit -f 8; exec "$incmap" render $small --incidents t.csv -o a.svg >out 2>err)
[ $? -eq 7 ]; ok "file over the limit: exit 7"
says "cannot write 'a.svg': file too large" "file over the limit is named"
state >after
cmp -s before after; ok "file over the limit: the old one stands, nothing is left"

# --strict, --report and --quiet together with failures.
report() { jq -e "$1" r.json >/dev/null 2>err; ok "$2"; rm -f r.json; }
gives 2 "report of a usage error" render $small --report r.json -o a.gif
report '.status == "usage" and .outputs == [] and (.findings[-1].severity == "error")
    and (.findings[-1].message | test("unknown format of output"))' "the report has the usage error"
gives 7 "report of an output error" render $small --report r.json -o none/a.png
report '.status == "output" and (.findings[-1].severity == "error")' "the report has the output error"
gives 1 "report of --strict" render --size 640x480 --incidents half.csv --strict --report r.json -o b.svg
says "1 warning and --strict: nothing written" "--strict says why"
report '.status == "strict" and .outputs == [] and ([.findings[] | select(.severity == "warning")] | length > 0)' \
    "the report of --strict has the warnings"
gives 1 "--strict --quiet" render --quiet --size 640x480 --incidents half.csv --strict -o b.svg
[ "$(wc -l <err)" -eq 1 ]; ok "--quiet leaves the error alone"
[ ! -e b.svg ]; ok "--strict wrote nothing"
gives 0 "report to standard output" render $small -o b.svg --report -
jq -e '.status == "ok" and .outputs == ["b.svg"]' out >/dev/null 2>err; ok "--report - is JSON on standard output"
finish
