#!/bin/sh
# The Debian packages in a bare Debian: installed by apt, used, removed. Run by
# `make deb-check`.
# Usage: bare.sh FOLDER-OF-PACKAGES
. tests/packaging/lib.sh
debs=$1
mkdir "$root/debs" && cp "$debs"/*.deb "$root/debs/"

inside 'apt-get update -qq && apt-get install -y -qq --no-install-recommends \
    /debs/incmap_*.deb /debs/incmap-data_*.deb'
ok "apt installs the program with what it depends on"
inside 'mkdir /work && cd /work && incmap render --around Tovuz -o x.png && od -An -c -N4 x.png | grep -q "P   N   G"'
ok "it draws a map"
inside 'cd /work && LD_DEBUG=files incmap render --around Tovuz -o x.png 2>log && grep -q "init: .*/libproj" log &&
    ! grep "init: .*/lib\(curl\|gnutls\|crypto\)" log'
ok "without libraries of the network"
inside 'cd / && incmap render --strict /usr/share/incmap/geodata/examples/tovuz-2020/map.yaml \
    -o /work/x.svg -o /work/x.pdf'
ok "it draws the example, as SVG and PDF"
inside 'cd /work && incmap init map.yaml && incmap render --strict map.yaml -o init.png'
ok "it draws what init writes"
inside '! dpkg -s libincmap0'
ok "the program does not need the library's package"
cp "$root/work/x.svg" "$top/debian.svg"
build/incmap render --quiet geodata/examples/tovuz-2020/map.yaml -o "$top/tree.svg" &&
    cmp "$top/debian.svg" "$top/tree.svg" >"$log" 2>&1
ok "the example is, byte by byte, what the program in the tree draws"

inside 'apt-get install -y -qq --no-install-recommends man-db gcc libc6-dev pkg-config bash-completion \
    /debs/libincmap0_*.deb /debs/libincmap-dev_*.deb'
ok "apt installs the library and its development files"
for page in incmap incmap-render incmap-locate incmap-init incmap-map incmap-incidents incmap-gazetteer; do
    inside "man $page | grep -qi $page"
    ok "man $page"
done
inside 'cd /work && cc -Wall -Wextra -pedantic -Werror /usr/share/doc/libincmap-dev/examples/around.c -o around \
    $(pkg-config --cflags --libs incmap) &&
    ./around "$(pkg-config --variable=datadir incmap)" Tovuz around.png && [ -s around.png ]'
ok "the example in C compiles with pkg-config, and draws"
inside 'ldd /work/around | grep -q "libincmap.so.0 => /lib\|libincmap.so.0 => /usr/lib"'
ok "with the shared library"
inside 'bash -ic ". /usr/share/bash-completion/bash_completion; _completion_loader incmap; complete -p incmap"'
ok "bash finds the completion"
inside 'apt-get purge -y -qq incmap incmap-data libincmap0 libincmap-dev && ! ls -d /usr/share/incmap /usr/bin/incmap 2>/dev/null'
ok "apt removes it all"
exit $failed
