#!/bin/sh
# A contact sheet of many extents in several projections, for looking at: sixty extents,
# five projections each, as pages of thirty small maps in output/contact/.
# Usage: sheet.sh BUILD
set -eu
build=$1
here=$(dirname "$0")
out=output/contact
export INCMAP_DATA="${INCMAP_DATA:-$PWD/geodata}"
rm -rf "$out"
mkdir -p "$out/maps"
wide=480 high=360

rows() { grep -v '^#' "$1"; }

# One map, or a card with the message of the failure; the message is kept beside it.
draw() {
    crs=$(rows "$here/projections.tsv" | awk -F '\t' -v n="$2" '$1 == n {print $2}')
    args=$(rows "$here/extents.tsv" | awk -F '\t' -v n="$1" '$1 == n {print $2}')
    eval "set -- $args --crs '$crs' -o '$out/maps/$1-$2.png'"
    "$build/incmap" render --size "${wide}x${high}" "$@"
}

tab=$(printf '\t')
rows "$here/extents.tsv" | while IFS="$tab" read -r extent _; do
    rows "$here/projections.tsv" | while IFS="$tab" read -r projection _; do
        draw "$extent" "$projection" 2>"$out/maps/$extent-$projection.txt" ||
            echo "$extent $projection: $(head -n 1 "$out/maps/$extent-$projection.txt")"
    done
done

# Pages of six rows: an extent each, its projections side by side.
page=0 row=0
close_page() {
    [ "$row" -eq 0 ] && return
    echo '</svg>' >>"$svg"
    rsvg-convert -o "$out/sheet-$page.png" "$svg"
    rm "$svg"
    echo "$out/sheet-$page.png"
    row=0
}
rows "$here/extents.tsv" >"$out/extents"
rows "$here/projections.tsv" >"$out/projections"
while IFS="$tab" read -r extent _; do
    if [ "$row" -eq 0 ]; then
        page=$((page + 1))
        svg="$out/sheet-$page.svg"
        printf '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d">\n' \
            $((5 * wide)) $((6 * (high + 20))) >"$svg"
        echo '<rect width="100%" height="100%" fill="#888"/>' >>"$svg"
    fi
    column=0
    while IFS="$tab" read -r projection _; do
        x=$((column * wide)) y=$((row * (high + 20)))
        printf '<text x="%d" y="%d" font-size="14" font-family="Noto Sans" fill="#fff">%s: %s</text>\n' \
            $((x + 6)) $((y + 15)) "$extent" "$projection" >>"$svg"
        [ ! -f "$out/maps/$extent-$projection.png" ] ||
            printf '<image href="maps/%s-%s.png" x="%d" y="%d" width="%d" height="%d"/>\n' \
                "$extent" "$projection" "$x" $((y + 20)) "$wide" "$high" >>"$svg"
        column=$((column + 1))
    done <"$out/projections"
    row=$((row + 1))
    [ "$row" -lt 6 ] || close_page
done <"$out/extents"
close_page
rm "$out/extents" "$out/projections"
