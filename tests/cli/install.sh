#!/bin/sh
# The installed program and library: complete, found from anywhere, gone when uninstalled.
. tests/cli/lib.sh
unset INCMAP_DATA MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL
built=${incmap%/*} san=
built=${built#"$root"/}
case $built in
*/san) san="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer" ;;
esac
make_in_tree() {
    if [ -n "$san" ]; then set -- "$@" SANITIZE="$san" OPT="-O1 -g"; fi
    make -s -C "$root" --no-print-directory BUILD="$built" "$@" >out 2>err
}
files() { (cd "$1" && find . ! -type d | LC_ALL=C sort); }
version=$(sed -n 's/^#define INCMAP_VERSION "\(.*\)"/\1/p' "$root/src/incmap.h")

# Staged: everything is below DESTDIR, and runs there.
make_in_tree install PREFIX=/opt/incmap DESTDIR="$work/the stage"
ok "install into a stage"
top="$work/the stage/opt/incmap"
[ "$(ls "$work/the stage")$(ls "$work/the stage/opt")" = optincmap ]
ok "nothing is put beside the prefix"
for f in bin/incmap lib/incmap/offline.so lib/libincmap.a lib/libincmap.so lib/pkgconfig/incmap.pc include/incmap.h \
    share/incmap/geodata/units.tsv share/incmap/geodata/places.gaz share/incmap/geodata/basemap.bin \
    share/incmap/geodata/examples/tovuz-2020/map.yaml share/man/man1/incmap.1 \
    share/man/man5/incmap-map.5 share/bash-completion/completions/incmap; do
    [ -f "$top/$f" ]; ok "$f is installed"
done
[ "$(readlink "$top/lib/libincmap.so")" = libincmap.so.0 ] &&
    [ "$(readlink "$top/lib/libincmap.so.0")" = "libincmap.so.$version" ] &&
    [ ! -h "$top/lib/libincmap.so.$version" ]
ok "the library has the links of its versions"
[ -z "$(find "$top/share/incmap" -name '*.py' -o -name '*.sh' -o -name recipe)" ]
ok "the recipe of the data is not installed"
! find "$top" ! -type l -perm /022 | grep .
ok "only the owner may write the files"
! grep -rlF "$work" "$top" >err
ok "no file knows the stage"
(cd / && "$top/bin/incmap" locate --format tsv --strict Tovuz) 2>err | grep -q 'Tovuz.ok'
ok "the staged program finds its data from anywhere"
# offline PROGRAM LIBRARY: it draws, and loads that in the place of libcurl.
offline() {
    LD_DEBUG=files "$1" render --quiet --around Tovuz -o offline.png 2>err &&
        grep 'calling init' err | grep -qF "init: $2" && ! grep -q 'init: .*libcurl' err
}
offline "$top/bin/incmap" "$top/lib/incmap/offline.so"
ok "and draws without libraries of the network"

man -M "$top/share/man" incmap-render 2>err | grep -q 'draw a map of incidents'
ok "man finds the pages"

# In its place: found by the folder that is compiled in, wherever the program lies.
make_in_tree install PREFIX="$work/prefix"
ok "install into a prefix"
[ "$(files "$work/prefix")" = "$(files "$top")" ]
ok "the same files as in the stage"
mkdir elsewhere && cp prefix/bin/incmap elsewhere/
(cd / && "$work/elsewhere/incmap" render --quiet --strict "$work/prefix/share/incmap/geodata/examples/tovuz-2020/map.yaml" \
    -o "$work/installed.svg") 2>err
ok "a program beside nothing knows its folder"
offline elsewhere/incmap "$work/prefix/lib/incmap/offline.so"
ok "and what keeps the network out of it"
run render --quiet --data "$root/geodata" "$example/map.yaml" -o tree.svg
cmp installed.svg tree.svg 2>err
ok "it draws what the program in the tree draws"
mkdir empty
elsewhere/incmap locate --data empty Tovuz >out 2>err
[ $? = 4 ]; ok "--data goes before the installed folder"
INCMAP_DATA=empty elsewhere/incmap locate Tovuz >out 2>err
[ $? = 4 ]; ok "INCMAP_DATA goes before the installed folder"
mv prefix/share/incmap/geodata hidden
elsewhere/incmap locate Tovuz >out 2>err
[ $? = 4 ] && grep -q "$work/prefix/share/incmap/geodata" err
ok "when the data are gone, the folder is named"
mv hidden prefix/share/incmap/geodata
"$incmap" locate Tovuz >out 2>err
ok "the program in the tree keeps to its tree"

# The library, as a user compiles with it.
export PKG_CONFIG_PATH="$work/prefix/lib/pkgconfig"
[ "$(pkg-config --modversion incmap)" = "$version" ]
ok "pkg-config knows the version"
cc $san "$root/src/examples/around.c" -o around $(pkg-config --cflags --libs incmap) 2>err
ok "the example compiles with cc and pkg-config"
readelf -d around | grep -q 'NEEDED.*libincmap\.so\.0'
ok "it is linked with the shared library"
export LD_LIBRARY_PATH="$work/prefix/lib"
./around "$(pkg-config --variable=datadir incmap)" Tovuz around.png 2>err && pngcheck -q around.png
ok "the example draws a map"
./around "$(pkg-config --variable=datadir incmap)" Nowheresville never.png 2>err
[ $? = 1 ] && grep -q Nowheresville err
ok "the example tells failures"
absent never.png "and writes nothing then"
cc $san "$root/src/examples/around.c" -o static $(pkg-config --cflags incmap) \
    "$work/prefix/lib/libincmap.a" $(pkg-config --static --libs-only-l incmap | sed 's/-lincmap//') 2>err &&
    ./static "$(pkg-config --variable=datadir incmap)" Tovuz static.png 2>err && cmp around.png static.png
ok "the static library draws the same"
unset LD_LIBRARY_PATH

touch prefix/share/incmap/geodata/mine
make_in_tree uninstall PREFIX="$work/prefix"
[ "$(files "$work/prefix")" = ./share/incmap/geodata/mine ]
ok "uninstall takes all files away, and no other"
make -s -C "$root" BUILD=nowhere uninstall PREFIX=/opt/incmap DESTDIR="$work/the stage" >out 2>err
[ -z "$(files "$work/the stage")" ] && [ ! -e "$top/share/incmap" ] && [ ! -e "$top/lib/incmap" ]
ok "uninstall from the stage, without the build folder"
finish
