#!/bin/sh
# Run every unit program and command-line script against one build folder.
# Prints failures and what is skipped, with the reason; appends "passed failed skipped" of each program to $COUNTS if set.
# Usage: suite.sh BUILD [FOLDER of scripts]
set -u
build=$1
counts=${COUNTS:-$(mktemp)}
: >>"$counts"
export INCMAP_DATA="${INCMAP_DATA:-$PWD/geodata}"
unset LANG LC_ALL LANGUAGE

# A locale with a decimal comma, for the tests of same bytes; made here, not on the machine.
if [ ! -d build/locale/de_DE.UTF-8 ] && [ -f /usr/share/i18n/locales/de_DE ]; then
    mkdir -p build/locale
    localedef -i de_DE -f UTF-8 "$PWD/build/locale/de_DE.UTF-8" >/dev/null 2>&1
fi
export LOCPATH="$PWD/build/locale"

# Count cmocka's own closing lines.
tally() {
    p=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$1" | awk '{s+=$1} END {print s+0}')
    f=$(grep -c '^\[  FAILED  \] [a-zA-Z_]' "$1")
    s=$(sed -n 's/^\[  SKIPPED \] \([0-9]*\) test.*/\1/p' "$1" | awk '{s+=$1} END {print s+0}')
    [ "$2" -ne 0 ] && [ "$f" -eq 0 ] && f=1
    [ "$p" -eq 0 ] && [ "$f" -eq 0 ] && [ "$s" -eq 0 ] && f=1
    echo "$p $f $s" >>"$counts"
    if [ "$f" -ne 0 ]; then
        echo "--- $3"
        grep -v '^\[ RUN\|^\[       OK' "$1" | tail -n 40
    fi
}

log=$(mktemp)
scripts=${2:-tests/cli}
[ $# -gt 1 ] || for t in $(find "$build/unit" -type f -name 'test_*' ! -name '*.d' ! -name '*.o' 2>/dev/null | LC_ALL=C sort); do
    "$t" >"$log" 2>&1
    tally "$log" $? "$t"
done
for t in "$scripts"/*.sh; do
    [ "$(basename "$t")" = lib.sh ] && continue
    sh "$t" "$build/incmap" >"$log" 2>&1
    code=$?
    p=$(grep -c '^ok ' "$log")
    f=$(grep -c '^not ok ' "$log")
    s=$(grep -c '^skip ' "$log")
    [ "$code" -ne 0 ] && [ "$f" -eq 0 ] && f=1
    [ "$p" -eq 0 ] && [ "$f" -eq 0 ] && [ "$s" -eq 0 ] && f=1
    echo "$p $f $s" >>"$counts"
    sed -n 's/^skip /skipped: /p' "$log"
    [ "$f" -ne 0 ] && { echo "--- $t"; grep -v '^ok ' "$log" | tail -n 40; }
done
rm -f "$log"
awk '{p+=$1; f+=$2; s+=$3} END {if (!ENVIRON["COUNTS"]) printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0}' "$counts"
