#!/bin/sh
# late.sh CC NM-FILE DIR ROOMS LIB...: what the program needs of the libraries LIB (as -lNAME)
# that it loads late, when something is drawn or projected; loading them takes three
# times as long as resolving a name. NM-FILE lists the symbols that the rooms which call
# them lack. Makes in DIR late.h, which turns each call into one by way of cli_late, and
# late_table.h, the names and libraries for src/cli/late.c, and late_files, where these are.
set -eu
cc=$1 lacking=$2 dir=$3 rooms=$4
shift 4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
where=
for flag; do
    case $flag in -L*) where="$where ${flag#-L}" ;; esac
done
i=0
for flag; do
    case $flag in -l*) ;; *) continue ;; esac
    file=$($cc -print-file-name="lib${flag#-l}.so")
    for d in $where; do
        [ ! -e "$d/lib${flag#-l}.so" ] || { file=$d/lib${flag#-l}.so; break; }
    done
    nm -D --defined-only "$file" | sed 's/@.*//' | awk -v i=$i '$2 == "T" { print $3, i }' >>"$work/shown"
    readelf -d "$file" | sed -n 's/.*(SONAME).*\[\(.*\)\]/    "\1",/p' >>"$work/sonames"
    echo "$file" >>"$work/files"
    i=$((i + 1))
done
awk '{ print $NF }' "$lacking" | LC_ALL=C sort -u >"$work/lacking"
awk 'NR == FNR { want[$1] = 1; next } $1 in want && !($1 in had) { had[$1] = 1; print }' \
    "$work/lacking" "$work/shown" | LC_ALL=C sort >"$work/late"
[ -s "$work/late" ] || { echo "late.sh: none of the libraries is used" >&2; exit 1; }
{
    # Each room gets all the headers that its files have: none may come behind the macros.
    for room in $rooms; do
        echo "#ifdef LATE_$room"
        grep -hE '^# *include +<' src/$room/*.[ch] | LC_ALL=C sort -u
        grep -hE '^# *include +[A-Z]' src/$room/*.[ch] | LC_ALL=C sort -u # as FreeType wants it
        echo '#endif'
    done
    echo 'void (*cli_late(unsigned function))(void);'
    awk '{ printf "#define %s (*(__typeof__(%s) *)cli_late(%d))\n", $1, $1, NR - 1 }' "$work/late"
} >"$dir/late.h.new"
{
    echo 'static const char *const late_libraries[] = {'
    cat "$work/sonames"
    echo '};'
    echo 'static const struct late_function late_functions[] = {'
    awk '{ printf "    {\"%s\", %d},\n", $1, $2 }' "$work/late"
    echo '};'
} >"$dir/late_table.h.new"
mv "$work/files" "$dir/late_files"
mv "$dir/late.h.new" "$dir/late.h"
mv "$dir/late_table.h.new" "$dir/late_table.h"
