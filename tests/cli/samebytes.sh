#!/bin/sh
# The same bytes from other folders, zones, memory layouts and threads; the same figure from
# inputs in another order.
. tests/cli/lib.sh
map=$example/map.yaml

gives 0 "example" render --quiet "$map" -o a.png -o a.svg -o a.pdf
mkdir -p deep/er && cd deep/er || exit 1
TZ=Pacific/Chatham LC_ALL=de_DE.UTF-8 LANG=ar_EG.UTF-8 HOME=/nonexistent LANGUAGE=ru SOURCE_DATE_EPOCH=1 \
    OMP_NUM_THREADS=7 XDG_CACHE_HOME=/nonexistent FONTCONFIG_FILE=/nonexistent \
    "$incmap" render --quiet "$map" -o b.pdf -o b.svg -o b.png 2>../../err
cd "$work" || exit 1
for f in png svg pdf; do
    cmp a.$f deep/er/b.$f >err 2>&1; ok "same $f from another folder, zone, locale, environment"
done

# Addresses: as the system strews them, and not at all.
for f in png svg pdf; do
    if setarch -R true 2>/dev/null; then
        setarch -R "$incmap" render --quiet "$map" -o - --format $f >c.$f 2>err
    else # no right to change the layout: two runs differ in it anyway
        "$incmap" render --quiet "$map" -o - --format $f >c.$f 2>err
    fi
    cmp a.$f c.$f >err 2>&1; ok "same $f in another layout of memory"
    "$incmap" render --quiet "$map" -o - --format $f >d.$f 2>err
    cmp a.$f d.$f >err 2>&1; ok "same $f again"
    ! grep -q -a -e "$(date +%Y%m%d)" -e "$(date +%Y-%m-%d)" a.$f; ok "no date of today in the $f"
done
[ "$(pdfinfo -isodates a.pdf | grep -c 'Date: *2000-01-01T')" -eq 2 ]; ok "dates of the PDF are fixed"

# Settings win in any order; the scene is what is drawn, without the rows that it came from.
scene() {
    run render --quiet "$@" --dump scene
    sed 's/ data-row="[0-9]*"//; s/ data-file="[^"]*"//' out
}
scene --around Tovuz --size 800x600 --title A --overlay pipelines >s1
scene --overlay pipelines --title A --size 800x600 --around Tovuz >s2
[ -s s1 ] && cmp s1 s2 >err 2>&1; ok "options in another order"
scene --around Tovuz --around Ijevan --margin 20 --size 800x600 >s1
scene --around Ijevan --around Tovuz --margin 20 --size 800x600 >s2
[ -s s1 ] && cmp s1 s2 >err 2>&1; ok "places to show in another order"

# Events of a table in another order: the claims of an event stay in theirs.
mkdir one two
cp "$map" one && cp "$map" two
head -n 1 "$example/incidents.csv" >head
cp "$example/incidents.csv" one
{
    cat head
    for id in 7 3 9 1 8 4 2 6 5; do grep "^$id," "$example/incidents.csv"; done
} >two/incidents.csv
[ "$(sort one/incidents.csv | cksum)" = "$(sort two/incidents.csv | cksum)" ]
ok "both tables have the same rows"
scene one/map.yaml >s1
scene two/map.yaml >s2
[ "$(wc -l <s1)" -gt 100 ] && cmp s1 s2 >err 2>&1; ok "events of a table in another order"

# The same events in two tables, given in either order.
{ cat head; grep '^[1-4],' one/incidents.csv; } >early.csv
{ cat head; grep '^[5-9],' one/incidents.csv; } >late.csv
view="--around Tovuz --around Movses --margin 20 --set incidents.size=killed"
scene --incidents early.csv --incidents late.csv $view >s1
scene --incidents late.csv --incidents early.csv $view >s2
[ "$(grep -c 'id="incident' s1)" -eq 9 ] && cmp s1 s2 >err 2>&1; ok "two tables in either order"
finish
