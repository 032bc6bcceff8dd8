#!/bin/sh
# locate: names that must be found in their scripts, answers that must not be guessed.
. tests/cli/lib.sh

gives 0 "names that must be known" locate --format tsv Tovuz "Tovuz rayonu" Товуз \
    "Dağlıq Qarabağ" "Nagorno-Karabakh" "Нагорный Карабах" "Լեռնային Ղարաբաղ" \
    Stepanakert Xankəndi Gəncə Yerevan Tavush Sangachal Ceyhan
[ "$(awk -F'\t' '$2 == "ok"' out | wc -l)" -eq 14 ]; ok "all of them are ok"

# near NAME LON LAT: the answer is within a tenth of a degree.
near() {
    awk -F'\t' -v n="$1" -v x="$2" -v y="$3" '
        $1 == n { f = ($4 - x) ^ 2 + ($5 - y) ^ 2 < 0.01 } END { exit !f }' out
    ok "$1 lies where it should"
}
near Tovuz 45.63 40.99
near Товуз 45.63 40.99
near Stepanakert 46.75 39.82
near "Լեռնային Ղարաբաղ" 46.75 39.82
near Gəncə 46.36 40.68
near Yerevan 44.51 40.18
near Sangachal 49.46 40.17
near Ceyhan 35.82 37.02
same=$(awk -F'\t' '$1 == "Stepanakert" || $1 == "Xankəndi" { print $10 }' out | sort -u | wc -l)
[ "$same" -eq 1 ]; ok "Stepanakert and Xankəndi are one place"

gives 5 "unknown name" locate --format tsv Tovuz Qwxzzt
grep -q '^Qwxzzt	unknown' out; ok "unknown name says so"
grep -q '^Tovuz	ok' out; ok "the others are answered all the same"
gives 5 "ambiguous name" locate --format tsv Springfield
grep -q '^Springfield	ambiguous' out; ok "ambiguous name says so"

printf 'Tovuz\r\n\nGəncə\n' >names
gives 0 "names from a file" locate --format tsv -f names
[ "$(grep -c '	ok	' out)" -eq 2 ]; ok "one answer a line"
says '^incmap: names:2: note: an empty line has no answer$' "a line without a name is told"
"$incmap" locate --format tsv -f - <names >piped 2>err
cmp -s piped out; ok "names from standard input"
head -n 1 out | grep -q '	id	match$'; ok "the last column says how a name was matched"
tail -n 1 out | grep -q '	exact$'; ok "and says it"
printf 'Tovuz\nSpringfield\nQwxzzt\nKijiv\n' >mixed
gives 5 "a list of all sorts" locate --format tsv -f mixed
says '^incmap: mixed: note: 2 ok (1 by sound or spelling), 1 ambiguous, 1 unknown$' \
    "a list ends with its counts"
grep -q '^Kijiv	ok	.*	transliterated$' out; ok "a name by its sound is told to be one"
for i in $(seq 400); do cat mixed; done >many
gives 5 "a list shared by processes" locate --jobs 3 --format tsv -f many
says '^incmap: many: note: 800 ok (400 by sound or spelling), 400 ambiguous, 400 unknown$' \
    "has the same counts"
gives 5 "a list in quiet" locate --quiet --format tsv -f mixed
[ ! -s err ]; ok "has none"
gives 0 "degrees that begin with a sign" locate --format tsv "-33.86, 151.2"
near "-33.86, 151.2" 151.2 -33.86
for name in Алжир Kuwait الجزائر; do
    gives 0 "a country with a capital of its name" locate --format json "$name"
    grep -q '"kind":"country".*; also a city: ' out; ok "$name is told to be a city too"
done
gives 5 "coordinates in the other order, near a place" locate --format json --near Tovuz "45.6289, 40.9923"
grep -q 'near them when exchanged' out; ok "are noticed"
gives 0 "in the right one" locate --format tsv --near Tovuz "40.9923, 45.6289"
gives 0 "and what is far both ways" locate --format tsv --near Baku "45.6289, 40.9923"
gives 5 "marks alone" locate --format json -- ---
grep -q 'no letter or digit is in it' out; ok "are no name, and are told to be none"

gives 0 "JSON" locate --format json Tovuz
grep -q '"Tovuz"' out; ok "JSON names the place"
gives 0 "table" locate Tovuz

printf 'name,lat,lon,country\nQwxzzt,40.5,45.5,AZ\nTovuz,10.25,20.5,\n' >own.csv
gives 0 "own gazetteer" locate --format tsv --gazetteer own.csv Qwxzzt Tovuz
near Qwxzzt 45.5 40.5
near Tovuz 20.5 10.25
printf 'name,lat,lon,country\nالقصيبة,31.5,44.2,IQ\n' >arabic.csv
gives 0 "Arabic names alone, asked in Latin, in the country" \
    locate --format tsv --gazetteer arabic.csv --country IQ Qusayba
near Qusayba 44.2 31.5
gives 5 "without a country it is no more than a guess" \
    locate --format json --gazetteer arabic.csv Qusayba
grep -q '"status":"ambiguous"' out; ok "and is called so"

gives 5 "Springfield, anywhere" locate --format tsv Springfield
gives 0 "Springfield in a box" locate --format tsv --bbox=-74,41,-71,43 Springfield
near Springfield -72.59 42.10
gives 2 "a box of two numbers" locate --bbox 1,2 Springfield
says "cannot use '1,2' as bbox" "the box is told"

for hint in 'country Atlantis' 'kind town' 'as-of never'; do
    set -- $hint
    gives 2 "a bad --$1" locate --$1 "$2" Tovuz
    says "'$2'.*(" "is told with what would do"
    echo Tovuz >one.txt
    gives 2 "the same in a stream" locate --$1 "$2" -f one.txt
    gives 2 "the same asked why" explain --$1 "$2" --name Tovuz
done
gives 2 "a country nearly" locate --country Azerbajan2 Tovuz
gives 0 "a country by its name" locate --format tsv --country Azerbaijan Tovuz
near Tovuz 45.63 40.99
gives 5 "an area that is not in that country" locate --country FR "30 km from the BTC pipeline"
gives 0 "an area" locate --format json --country GE "30 km from the BTC pipeline"
grep -q '"kind":"corridor","country":"GE".*"precision_km":1[0-9][0-9].*"outline":\[\[\[4[0-9.]*,4' out; ok "has its outline and how far it reaches"

printf 'foo,bar\n1,2\n' >bad.csv
gives 3 "gazetteer without the columns" locate --gazetteer bad.csv Tovuz
says 'bad.csv' "bad gazetteer is named"
gives 3 "missing gazetteer" locate --gazetteer none.csv Tovuz
mkdir folder
gives 3 "folder as gazetteer" locate --gazetteer folder Tovuz
mkfifo pipe
gives 3 "FIFO as gazetteer" locate --gazetteer pipe Tovuz
gives 4 "no bundled data" locate --data folder Tovuz

run locate --format tsv "$(printf 'x\033[2Jy')"
! LC_ALL=C grep -q "$(printf '\033')" err; ok "control bytes of a name are not obeyed"

"$incmap" locate Tovuz Gəncə Springfield >one 2>&1
LC_ALL=tr_TR.UTF-8 TZ=Asia/Baku "$incmap" locate Tovuz Gəncə Springfield >two 2>&1
cmp -s one two; ok "same answer in another locale and zone"

! ldd "$incmap" | grep -q 'cairo\|pango\|proj\|fontconfig'; ok "names are resolved without the libraries that draw"
echo none >libproj.so && for l in $(grep -aoE 'lib(proj|pangocairo-1\.0|cairo|harfbuzz)\.so\.[0-9]+' "$incmap" | sort -u); do cp libproj.so "$l"; done
LD_LIBRARY_PATH=$work timeout 60 "$incmap" locate Tovuz >out 2>err; ok "nor are they missed then"
LD_LIBRARY_PATH=$work timeout 60 "$incmap" render --around Tovuz -o a.svg >out 2>err
[ $? -eq 8 ]; ok "a library that cannot be loaded: exit 8"
says '^incmap: a library cannot be loaded: .*\.so' "it is named"
absent a.svg "nothing is drawn then"
finish
