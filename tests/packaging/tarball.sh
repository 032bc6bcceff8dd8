#!/bin/sh
# The tarball in a bare Debian with make and gcc, without git and CLDR: built, installed,
# used, removed. Run by `make dist-check`.
# Usage: tarball.sh TARBALL
. tests/packaging/lib.sh
mkdir "$root/src" && tar -xzf "$1" -C "$root/src" --strip-components=1
ok "it unpacks"
inside 'apt-get update -qq && apt-get install -y -qq --no-install-recommends make gcc libc6-dev'
ok "make and gcc"
inside 'cd /src && make'
ok "make installs what is missing, and builds"
inside '! dpkg -s git && ! dpkg -s unicode-cldr-core'
ok "without git and CLDR"
inside 'cd /src && make demo && [ -s output/tovuz-2020.png ]'
ok "make demo"
inside 'cd /src && make install && mv geodata hidden && cd / && incmap render --around Tovuz -o /x.png && [ -s /x.png ]'
ok "make install; the program draws without its tree"
inside 'cd /src && mv hidden geodata && cc src/examples/around.c -o /around $(pkg-config --cflags --libs incmap) &&
    /around "$(pkg-config --variable=datadir incmap)" Tovuz /around.png && [ -s /around.png ]'
ok "the example finds the library in /usr/local"
inside 'cd /src && make uninstall && ! ls /usr/local/bin/incmap /usr/local/share/incmap 2>/dev/null'
ok "make uninstall"
cp "$root/src/output/tovuz-2020.svg" "$top/theirs.svg"
build/incmap render --quiet geodata/examples/tovuz-2020/map.yaml -o "$top/ours.svg" && cmp "$top/theirs.svg" "$top/ours.svg" >"$log" 2>&1
ok "it draws what the program in the tree draws"
exit $failed
