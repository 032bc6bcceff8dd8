#!/bin/sh
# Make the bundled geodata from installed Debian packages, offline.
#
# usage: geodata/build.sh [OUTPUT_DIR]          (default: the folder of this script)
#
# Needs python3 with shapely 1.8, gmt, and these data packages:
#   qgis-common gmt-dcw gmt-gshhg-full unicode-cldr-core iso-codes libtimezonemap-data
# qgis-common depends on a lot; without installing it, put its world_map.gpkg anywhere and
# name it in QGIS_DATA, or let this script fetch and unpack the package (needs network).
# Same packages, same bytes: run it twice into two folders and compare.
set -eu
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here}
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The installed file of a package whose path ends as given.
file_of() {
    dpkg -L "$1" 2>/dev/null | grep -m 1 -E "$2\$" || true
}

gpkg=${QGIS_DATA:-$(file_of qgis-common /world_map.gpkg)}
if [ -z "$gpkg" ]; then
    echo "qgis-common is not installed: fetching the package" >&2
    (cd "$work" && apt-get -q download qgis-common && dpkg -x qgis-common_*.deb qgis) >&2
    gpkg=$work/qgis/usr/share/qgis/resources/data/world_map.gpkg
fi
cldr=/usr/share/unicode/cldr
for path in "$gpkg" "$cldr/common/main/en.xml"; do
    if [ ! -r "$path" ]; then
        echo "build.sh: cannot read $path (install its package)" >&2
        exit 1
    fi
done

run() {
    echo "$1" >&2
    script=$1
    shift
    (cd "$work" && /usr/bin/python3 "$here/recipe/$script" "$@")
}

if [ "$out" != "$here" ]; then
    cp "$here/places-caucasus.tsv" "$out/" # made by hand
fi
run caucasus.py "$out" "$gpkg"
run world.py "$gpkg" "$cldr" "$out"
run disputed.py "$gpkg" "$out"
run lakes.py "$out"
run places.py "$out"
run seas.py "$out"
run pipelines.py "$out" "$gpkg"
run sides.py "$out" "$here/../tests/tables/villages.txt"
run places_check.py "$out"
run check.py "$out" "$here/../tests/tables/borders.txt"
if [ "$out" = "$here" ]; then
    run checksums.py "$out"
fi
