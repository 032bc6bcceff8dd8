#!/bin/sh
# The tarball: the same commit gives the same bytes, and its tables need neither ICU nor CLDR.
. tests/cli/lib.sh
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL
version=$(sed -n 's/^#define INCMAP_VERSION "\(.*\)"/\1/p' "$root/src/incmap.h")
name=incmap-$version

make_dist() { (cd "$root" && sh src/packaging/dist.sh "$work/$1" "$version") >out 2>err; }
if ! git -C "$root" rev-parse --git-dir >/dev/null 2>&1; then
    ! make_dist one && grep -q 'needs the git repository' err
    ok "a tarball says that tarballs are made from the repository"
    finish
fi
mkdir one two
make_dist one
ok "make dist"
(umask 077 && TZ=Asia/Tokyo make_dist two)
cmp "one/$name.tar.gz" "two/$name.tar.gz" 2>err
ok "the same commit gives the same bytes"
gzip -dc "one/$name.tar.gz" | tar -xf - && [ "$(ls -d incmap-*)" = "$name" ]
ok "it unpacks into one folder"
git -C "$root" ls-tree -r --name-only HEAD | LC_ALL=C sort >committed
(cd "$name" && find . ! -type d | sed 's|^\./||' | grep -v '^src/text/ready/' | LC_ALL=C sort) >packed
diff committed packed >err
ok "it has what is committed, and the tables"
cd "$name" || exit 1

# Without pkg-config nothing can be made from ICU.
mkdir ../none && printf '#!/bin/sh\nexit 1\n' >../none/pkg-config && chmod +x ../none/pkg-config
PATH="$work/none:$PATH" make -s tables >../out 2>../err
ok "its tables are made without ICU and CLDR"
for t in src/text/ready/*; do
    [ -s "$t" ] && cmp "$t" "build/gen/${t##*/}.h" 2>../err
    ok "$(basename "$t") is the one that it carries"
done
cd "$work" || exit 1
printf '#!/bin/sh\necho "$@" >>"%s/asked"\nexit 1\n' "$work" >none/dpkg-query && chmod +x none/dpkg-query
printf '#!/bin/sh\nexit 1\n' | tee none/apt-get >none/sudo && chmod +x none/apt-get none/sudo
(cd "$name" && PATH="$work/none:$PATH" sh tests/lint/deps.sh build) >out 2>err
grep -q libcairo2-dev asked && ! grep -q 'icu\|cldr' asked
ok "nor asked for"
finish
