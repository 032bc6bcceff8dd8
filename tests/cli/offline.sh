#!/bin/sh
# The program brings no library of the network into its process, though libproj is linked
# with one (src/packaging/offline.sh); and it works without that, too.
. tests/cli/lib.sh

# loaded PROGRAM: the libraries that it loads for a map, in the file `loaded`.
loaded() {
    LD_DEBUG=files timeout 60 "$1" render --quiet "$example/map.yaml" -o map.svg 2>log
    code=$?
    grep 'calling init' log | sed 's/.*: //' >loaded
    grep -v '^ *[0-9]*:' log >err
    [ "$code" -eq 0 ]
}
loaded "$incmap"
ok "a map is drawn"
grep -q '/libproj\.so' loaded
ok "with libproj"
! grep -E 'lib(curl|gnutls|ssl|crypto|ssh|ldap|krb5|nghttp|resolv)' loaded >err
ok "without libraries of the network"
grep -q '/offline\.so$' loaded
ok "with what stands in their place"
mv map.svg with.svg

so=$(ldd "${incmap%/*}/libincmap.so" | sed -n 's/.*\(libcurl[^ ]*\) => .*/\1/p' | head -n 1)
[ -n "$so" ]
ok "libproj here is linked with a libcurl"

# Alone, beside one that lacks what libproj calls, beside one that others may write.
mkdir alone old open && cp "$incmap" alone/ && cp "$incmap" old/ && cp "$incmap" open/
name=${incmap##*/}
echo 'int curl_global_init(long flags) { return (int)flags; }' >old.c
cc -shared -fPIC -Wl,-soname,"$so" old.c -o old/offline.so 2>err
cp "${incmap%/*}/offline.so" open/ && chmod o+w open/offline.so
for where in alone old open; do
    loaded "$where/$name"
    ok "$where: a map is drawn"
    grep -q "/$so\$" loaded
    ok "$where: with the real libcurl"
    cmp with.svg map.svg 2>err
    ok "$where: the same map"
done
PROJ_NETWORK=ON loaded "$incmap" && cmp with.svg map.svg 2>err
ok "whoever asks PROJ for the network gets the same map"
finish
