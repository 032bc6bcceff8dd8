# The bundled data as it is committed: sums, size, rows, languages. What is said of places is
# tested where it is made (geodata/recipe/places_check.py).
. tests/cli/lib.sh
cd "$root/geodata" || exit 1
err() { cat >"$work/err"; }

sha256sum -c --quiet SHA256SUMS 2>&1 | err
[ ! -s "$work/err" ]; ok "files are those that SHA256SUMS names"
listed=$(sed 's/^[0-9a-f]*  //' SHA256SUMS | wc -l)
[ "$(sed 's/^[0-9a-f]*  //' SHA256SUMS | tr '\n' '\0' | xargs -0 cat | wc -c)" -lt 15000000 ]
ok "$listed files are below 15 MB together"
for table in regions world; do
    gzip -dc places-$table.tsv.gz | cmp -s - places-$table.tsv
    ok "places-$table.tsv is the unpacked table"
done
for table in caucasus regions world; do
    awk -F'\t' -v t=$table 'NF != 16 || $1 == "" || $2 == "" || $13 + 0 <= 0 {
        print t ": line " NR ": " $1 }' places-$table.tsv | sed 1d | err
    [ ! -s "$work/err" ]; ok "rows of places-$table.tsv have their columns, id, name, precision"
done
cut -f1 places-*.tsv | grep -v '^id$' | sort | uniq -d | err
[ ! -s "$work/err" ]; ok "ids of places stand once"
languages=$(awk -F'\t' '$1 ~ /^iso:..$/ { n = split($10, name, "|")
    for (i = 1; i <= n; i++) { sub(/=.*/, "", name[i]); print name[i] } }' places-regions.tsv |
    sort | uniq -c | awk '$1 >= 10' | wc -l)
[ "$languages" -ge 100 ]; ok "names of countries in $languages languages"
# every district of Azerbaijan, marz of Armenia and municipality of Georgia
count() { awk -F'\t' -v c="$1" -v f="$2" '$7 == c && $6 ~ f' places-caucasus.tsv | wc -l; }
[ "$(count AZ '^district$')" -ge 66 ]; ok "districts of Azerbaijan"
[ "$(count AM '^admin1$')" -eq 11 ]; ok "marzes of Armenia"
[ "$(count GE '^district$')" -ge 59 ]; ok "municipalities of Georgia"
[ "$(count AZ '^(town|city|capital)$')" -ge 78 ]; ok "towns of Azerbaijan"
[ "$(count AM '^(town|city|capital)$')" -ge 48 ]; ok "towns of Armenia"
[ "$(count GE '^(town|city|capital)$')" -ge 60 ]; ok "towns of Georgia"
cd "$work" || exit 1
finish
