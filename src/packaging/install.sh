#!/bin/sh
# Put the built files in their places, or remove them again. Run by `make install` and
# `make uninstall`, which hand over the folders; one list serves both.
# Usage: install.sh install|uninstall
set -eu
umask 022

# Lines "mode<TAB>file<TAB>place"; mode "link": the file is what the link points at.
list() {
    item() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }
    item 755 "$BUILD/install/incmap" "$BINDIR/incmap"
    item 644 "$BUILD/offline.so" "$LIBDIR/incmap/offline.so"
    item 644 "$BUILD/libincmap.a" "$LIBDIR/libincmap.a"
    item 644 "$BUILD/libincmap.so" "$LIBDIR/libincmap.so.$VERSION"
    item link "libincmap.so.$VERSION" "$LIBDIR/libincmap.so.$SOVERSION"
    item link "libincmap.so.$SOVERSION" "$LIBDIR/libincmap.so"
    item 644 src/incmap.h "$INCLUDEDIR/incmap.h"
    item 644 "$BUILD/install/incmap.pc" "$LIBDIR/pkgconfig/incmap.pc"
    for f in src/man/*.in; do # not of the build folder: uninstall works without it
        page=${f##*/}
        page=${page%.in}
        item 644 "$BUILD/man/$page" "$MANDIR/man${page##*.}/$page"
    done
    item 644 "$BUILD/man/incmap.bash" "$COMPLETIONDIR/incmap"
    data=$DATADIR/incmap/geodata
    item 644 geodata/places.gaz "$data/places.gaz"
    item 644 geodata/basemap.bin "$data/basemap.bin"
    for f in geodata/* geodata/examples/*/*; do
        case $f in *.sh | *.tsv.gz | */places.gaz | */basemap.bin) continue ;; esac
        [ -f "$f" ] && item 644 "$f" "$data/${f#geodata/}"
    done
    item 644 LICENSE "$data/LICENSE"
}

tab=$(printf '\t')
case ${1:-} in
install)
    list | while IFS=$tab read -r mode file place; do
        mkdir -p "$DESTDIR${place%/*}"
        if [ "$mode" = link ]; then
            ln -sf "$file" "$DESTDIR$place"
        else
            # replaced, not written over: a running program keeps its file
            rm -f "$DESTDIR$place"
            cp "$file" "$DESTDIR$place"
            chmod "$mode" "$DESTDIR$place"
        fi
    done
    # programs find the new library at once, where the folder is one of the system's
    if [ -z "$DESTDIR" ] && [ "$(id -u)" = 0 ]; then ldconfig 2>/dev/null || :; fi
    ;;
uninstall)
    list | while IFS=$tab read -r mode file place; do
        rm -f "$DESTDIR$place"
    done
    # our own folders, the deepest first, unless somebody keeps files there
    for dir in "$DESTDIR$DATADIR/incmap" "$DESTDIR$LIBDIR/incmap"; do
        [ ! -d "$dir" ] || find "$dir" -depth -type d -empty -exec rmdir {} \;
    done
    ;;
*)
    echo "install.sh: say install or uninstall" >&2
    exit 2
    ;;
esac
