#!/bin/sh
# Install the Debian packages that the build needs and the machine lacks.
# Usage: deps.sh build|test|deb|bare|bench|peers|page|cluster|fuzz
set -eu
build="gcc make pkg-config libcairo2-dev libpango1.0-dev libproj-dev libshp-dev libyaml-dev libyajl-dev
       libdeflate-dev libicu-dev unicode-cldr-core fonts-noto-core"
test="libcmocka-dev libxml2-utils librsvg2-bin pngcheck poppler-utils qpdf clang-format
      locales g++ mandoc man-db jq mount"
cluster="slurmctld slurmd slurm-client munge parallel"
bench="valgrind python3 time libsqlite3-dev"
peers="mapserver-bin python3-mapscript python3-mapnik mapnik-utils gmt ghostscript poppler-utils python3-cartopy
       python3-fiona python3-matplotlib gdal-bin fontconfig"
page="chromium"
fuzz="clang libclang-rt-dev"
deb="dpkg-dev"
# A tarball carries the tables that are made from these.
[ ! -d src/text/ready ] || build=$(echo "$build" | sed 's/libicu-dev unicode-cldr-core//')
case "${1:-build}" in
build) want="$build" ;;
test) want="$build $test $cluster" ;;
deb) want="$build $deb" ;;
bare) want="mmdebstrap" ;;
page) want="$page" ;;
fuzz) want="$build $fuzz" ;;
cluster) want="$cluster" ;;
bench) want="$build $test $bench" ;;
peers) want="$build $bench $peers" ;;
*) echo "deps.sh: unknown set '$1'" >&2; exit 2 ;;
esac
command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=""
for p in $want; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q '^install ok installed' ||
        missing="$missing $p"
done
[ -z "$missing" ] && exit 0
as_root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1; then
        as_root="sudo"
    else
        echo "incmap needs these packages: apt-get install$missing" >&2
        exit 1
    fi
fi
echo "installing:$missing"
fail() {
    echo "incmap needs these packages and could not install them: apt-get install$missing" >&2
    exit 1
}
install() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends $missing >/dev/null 2>&1
}
install || { $as_root apt-get update -qq >/dev/null 2>&1 || fail; install || fail; }
