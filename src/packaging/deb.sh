#!/bin/sh
# Debian packages from an installation staged below BUILD/stage: incmap, incmap-data,
# libincmap0, libincmap-dev, in BUILD. Needs dpkg-dev. Run by `make deb`.
# Usage: deb.sh BUILD VERSION SOVERSION RELEASED
set -eu
umask 022
build=$1 version=$2 so=$3
here=$PWD/src/packaging
SOURCE_DATE_EPOCH=$(date -u -d "$4" +%s)
export SOURCE_DATE_EPOCH
arch=$(dpkg --print-architecture)
triplet=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
maintainer="${DEBFULLNAME:-the incmap developers} <${DEBEMAIL:-developers@incmap.invalid}>"
cd "$build"
stage=stage/usr
rm -rf packages ./*.deb
mkdir packages

# take PACKAGE PATH...: move files of the stage, named from /usr, into a package.
take() {
    p=packages/$1/usr
    shift
    for f in "$@"; do
        mkdir -p "$p/$(dirname "$f")"
        mv "$stage/$f" "$p/$f"
    done
}
gzip -9n "$stage"/share/man/man*/*
take libincmap$so lib/"$triplet"/libincmap.so.$so lib/"$triplet"/libincmap.so."$version"
take libincmap-dev lib/"$triplet"/libincmap.so lib/"$triplet"/libincmap.a \
    lib/"$triplet"/pkgconfig include/incmap.h
take incmap-data share/incmap
take incmap bin/incmap lib/"$triplet"/incmap share/man share/bash-completion
left=$(find stage ! -type d)
[ -z "$left" ] || { echo "deb.sh: in no package: $left" >&2; exit 1; }
mkdir -p packages/libincmap-dev/usr/share/doc/libincmap-dev/examples
cp "$here"/../examples/*.c packages/libincmap-dev/usr/share/doc/libincmap-dev/examples/
# the licence stands in the package's copyright file
rm packages/incmap-data/usr/share/incmap/geodata/LICENSE

strip -R .comment -R .note packages/incmap/usr/bin/incmap
strip --strip-unneeded -R .comment -R .note "packages/incmap/usr/lib/$triplet/incmap/offline.so"
strip --strip-unneeded -R .comment -R .note "packages/libincmap$so/usr/lib/$triplet/libincmap.so.$version"
strip --strip-debug -D "packages/libincmap-dev/usr/lib/$triplet/libincmap.a"

# What the programs need of other packages, by Debian's own records.
mkdir -p debian
printf 'Source: incmap\n\nPackage: incmap\nArchitecture: any\n' >debian/control
needs() { dpkg-shlibdeps -O "$1" 2>/dev/null | sed -n 's/^shlibs:Depends=//p'; }

# control PACKAGE SECTION DEPENDS SHORT <LONG
control() {
    package=$1
    mkdir -p "packages/$1/DEBIAN"
    size=$(find "packages/$1/usr" -type f -printf '%k\n' | awk '{s+=$1} END {print s+1}')
    {
        printf 'Package: %s\nSource: incmap\nVersion: %s\nArchitecture: %s\n' "$1" "$version" "$arch"
        printf 'Maintainer: %s\nInstalled-Size: %s\n' "$maintainer" "$size"
        [ -z "$3" ] || printf 'Depends: %s\n' "$3"
        case $1 in
        lib*) printf 'Multi-Arch: same\n' ;;
        esac
        case $1 in
        *-dev) printf 'Suggests: libcairo2-dev, libdeflate-dev, libpango1.0-dev, libproj-dev, libshp-dev, libyaml-dev\n' ;;
        esac
        printf 'Section: %s\nPriority: optional\nDescription: %s\n' "$2" "$4"
        sed 's/^/ /'
    } >"packages/$1/DEBIAN/control"
}

# overrule PACKAGE TAG REASON: what lintian takes for a fault and is none.
overrule() {
    mkdir -p "packages/$1/usr/share/lintian/overrides"
    printf '# %s\n%s: %s\n' "$3" "$1" "$2" >"packages/$1/usr/share/lintian/overrides/$1"
}
for package in incmap "libincmap$so"; do
    overrule "$package" "embedded-library *zlib*" "It names libdeflate and its version, nothing more."
done

# finish PACKAGE: papers, checksums, the package.
finish() {
    doc=packages/$1/usr/share/doc/$1
    mkdir -p "$doc"
    cp "$here/copyright" "$doc/copyright"
    printf 'incmap (%s) unstable; urgency=medium\n\n  * Version %s.\n\n -- %s  %s\n' "$version" "$version" \
        "$maintainer" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9nc >"$doc/changelog.gz"
    find "packages/$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    (cd "packages/$1" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
    dpkg-deb --root-owner-group --build "packages/$1" . >/dev/null
    echo "$build/${1}_${version}_$arch.deb"
}

# the program loads late what the library is linked with
control incmap science "$(needs "packages/libincmap$so/usr/lib/$triplet/libincmap.so.$version"), incmap-data (= $version), fonts-noto-core" \
    "incidents to publication-quality maps" <<'END'
A table of incidents with the names of places goes in, a map that a newspaper
could print comes out, as PNG, SVG or PDF. The names are resolved with a
gazetteer of its own; borders, pipelines and incidents are projected, drawn and
labelled, offline and in one process. The same input gives the same bytes, and
every figure says why each of its symbols is where it is.
END
control incmap-data science "" "borders, waters, pipelines and places for incmap" <<'END'
incmap turns tables of incidents into publication-quality maps.
.
This package has the bundled data: borders by worldview and date, lakes and
rivers, oil and gas pipelines, names of places in many languages with an index
of them in the byte order of this architecture, and an example.
END
control "libincmap$so" libs \
    "$(needs "packages/libincmap$so/usr/lib/$triplet/libincmap.so.$version"), incmap-data (= $version), fonts-noto-core" \
    "incidents to publication-quality maps (library)" <<'END'
incmap turns tables of incidents into publication-quality maps.
.
This package has the shared library.
END
printf 'libincmap %s libincmap%s (>= %s)\n' "$so" "$so" "$version" >"packages/libincmap$so/DEBIAN/shlibs"
printf 'activate-noawait ldconfig\n' >"packages/libincmap$so/DEBIAN/triggers"
control libincmap-dev libdevel "libincmap$so (= $version)" \
    "incidents to publication-quality maps (development files)" <<'END'
incmap turns tables of incidents into publication-quality maps.
.
This package has the header, the static library, the file for pkg-config and
an example. Programs linked with the static library need the suggested
packages as well.
END
for package in incmap incmap-data "libincmap$so" libincmap-dev; do finish "$package"; done
