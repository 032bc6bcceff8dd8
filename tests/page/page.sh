#!/bin/sh
# The report page in a real Chromium: a thousand cities of the world and two jobs that
# fail; thumbnails are loaded, the filter filters, search finds, the links lead to figures.
# Usage: page.sh PROGRAM [SCREENSHOT.png], from the project's root; needs chromium.
shot=${2:-}
case $shot in '' | /*) ;; *) shot=$PWD/$shot ;; esac
. tests/cli/lib.sh
gzip -dc "$INCMAP_DATA/places-world.tsv.gz" | awk -F '\t' '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["population"] > 100000 { print $at["population"] "\t" $at["name"] "\t" $at["country"] "\t" $at["lon"] "\t" $at["lat"] }' |
    sort -rn | head -n 1000 | awk -F '\t' '
    BEGIN { print "name,code,extent.bbox" }
    { gsub(/"/, ""); printf "\"%s\",%s,\"%.2f,%.2f,%.2f,%.2f\"\n", $2, $3, $4 - 1.2, $5 - 0.8, $4 + 1.2, $5 + 0.8 }' >jobs.csv
printf '"Nowhere",XX,"1,2,3"\n"<b>Bold</b>",XX,"3,2,1,x"\n' >>jobs.csv
printf 'title: "{name} ({code})"\nsize: 480x360\nscale: 0.5\n' >map.yaml
timeout 600 "$incmap" batch map.yaml --jobs jobs.csv -d figs --quiet 2>err
[ $? -eq 9 ]; ok "a thousand cities, two bad jobs"

# photo REPORT SCREENSHOT OPTIONS...
photo() {
    page=$1 to=$2
    shift 2
    timeout 120 chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$work/chromium" \
        --window-size=1280,900 "$@" --screenshot="$to" "file://$page" 2>/dev/null
}
head -n 33 jobs.csv >few.csv
"$incmap" batch --set title='{name}' --jobs few.csv -d large --set 'subtitle={code}' --quiet 2>err
photo "$work/large/report.html" "$work/soon.png"
photo "$work/large/report.html" "$work/late.png" --virtual-time-budget=20000
[ "$(wc -c <soon.png)" -gt 100000 ] && [ "$(wc -c <soon.png)" -eq "$(wc -c <late.png)" ] || { ls -l ./*.png >err; false; }
ok "a page that is printed or photographed at once has its pictures"

# look NAME SCRIPT: the text that the script leaves in the page's title
look() {
    sed "s|</body>|<script>setTimeout(async () => { const wait = ms => new Promise(r => setTimeout(r, ms)); try { $2 } catch (e) { document.title = 'FAILED ' + e; } }, 300)</script></body>|" \
        figs/report.html >"figs/$1.html"
    timeout 120 chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$work/chromium" \
        --window-size=1280,900 --virtual-time-budget=20000 --dump-dom "file://$work/figs/$1.html" 2>/dev/null |
        sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' | head -1 >"$1.title"
    cp "$1.title" err
}
look all 'await wait(3000); const i = [...document.querySelectorAll(".card img")].slice(0, 12); document.title = document.querySelectorAll(".card").length + " " + i.filter(x => x.complete \&\& x.naturalWidth === 480).length'
read -r cards loaded <all.title
[ "${cards:-0}" -ge 48 ] && [ "${loaded:-0}" -eq 12 ]; ok "cards come a screenful at a time, with thumbnails"
look failed 'document.querySelector("[data-id=failed]").click(); await wait(500); document.title = document.querySelectorAll(".card").length + " " + document.querySelectorAll(".card.failed").length + " " + location.hash + " " + document.querySelectorAll("b:not([class])").length'
grep -q '^2 2 #failed' failed.title; ok "the filter shows the failed ones"
look search 'const s = document.querySelector("input"); s.value = "SAO paulo"; s.oninput(); await wait(300); document.title = document.querySelectorAll(".card").length + " " + document.querySelector(".card .name").textContent'
grep -q '^1 São Paulo (BR)' search.title; ok "search finds one"
look detail 'document.querySelector(".card").click(); await wait(1500); const a = document.querySelector("dialog .files a"); const r = new Image(); r.src = a.href; await wait(1500); document.title = document.querySelector("dialog").open + " " + r.naturalWidth + " " + document.querySelector("dialog .alt").textContent.slice(0, 4)'
grep -q '^true 480 Map:' detail.title; ok "the link of a figure leads to it, its text is there"
look markup 'location.hash = "failed"; await wait(500); document.title = [...document.querySelectorAll(".name")].map(x => x.textContent).join("/") + " " + document.querySelectorAll(".name b").length'
grep -q '&lt;b&gt;Bold&lt;/b&gt;.* 0$' markup.title; ok "markup in a name is text"
look long 'const n = document.querySelector(".name"); n.textContent = "Incidents along the line of contact and in the border districts: 28 December 2020\\u20133 January 2021"; await wait(300); document.title = "cut " + (n.scrollWidth > n.clientWidth) + " " + (n.scrollHeight > n.clientHeight + 1)'
grep -q '^cut false false' long.title; ok "a long title is wrapped, not cut: its end tells the figures of a series apart"
[ -z "$shot" ] || photo "$work/figs/report.html" "$shot" --virtual-time-budget=20000
rm -f figs/*.html
"$incmap" batch map.yaml --jobs jobs.csv -d figs 2>err
says '0 drawn, 1000 up to date, 2 failed' "run again, nothing is drawn"
finish
