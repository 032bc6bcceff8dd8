#!/bin/sh
# incmap.h stands alone in C and C++, and the shared library shows what it declares.
. tests/cli/lib.sh
library=$(dirname "$incmap")/libincmap.so

strict="-Wall -Wextra -pedantic -Wshadow -Wconversion -Werror -fsyntax-only -I$root/src"
printf '#include <incmap.h>\n#include <incmap.h>\nint main(void) { return (int)INCMAP_OK; }\n' >alone.c
cp alone.c alone.cc
for std in c99 c11 c17; do
    cc -std=$std -Wstrict-prototypes $strict alone.c 2>err
    ok "the header alone, $std"
done
for std in c++11 c++17 c++20; do
    c++ -std=$std $strict alone.cc 2>err
    ok "the header alone, $std"
done
printf '#include <incmap.h>\nint main() { return incmap_version()[0] == 0; }\n' >link.cc
grep -q __asan_init "$library" && san=-fsanitize=address,undefined || san=
ln -s "$library" libincmap.so.0
c++ -std=c++11 $san -I"$root/src" link.cc -o link "$library" 2>err &&
    LD_LIBRARY_PATH=$work ./link 2>err
ok "a C++ program links and runs"

LC_ALL=C sort -c "$root/src/incmap.sym" 2>err
ok "incmap.sym is sorted"
tr '\n' ' ' <"$root/src/incmap.h" | sed 's|/\*|\n&|g; s|\*/|&\n|g' | grep -v '^/\*' |
    grep -o '\bincmap_[a-z0-9_]* *(' | tr -d ' (' | LC_ALL=C sort -u >declared
diff "$root/src/incmap.sym" declared >err
ok "incmap.sym has every function of incmap.h, and no other"
nm -D --defined-only "$library" | awk '$2 != "A" {print $3}' | sed 's/@.*//' |
    LC_ALL=C sort >shown
diff "$root/src/incmap.sym" shown >err
ok "the library shows the symbols of incmap.sym, and no other"
nm -D --defined-only "$library" | awk '$2 != "A"' | grep -v '@@LIBINCMAP_0$' >err
[ ! -s err ]; ok "every symbol has the version of the interface"
readelf -d "$library" | grep SONAME | grep -q '\[libincmap\.so\.0\]'
ok "the library's name has the version of the interface"
finish
