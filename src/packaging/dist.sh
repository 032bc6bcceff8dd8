#!/bin/sh
# A tarball of the committed sources, with the tables that otherwise need ICU and CLDR:
# build/incmap-VERSION.tar.gz. The same commit gives the same bytes.
# Usage: dist.sh BUILD VERSION
set -eu
umask 022
build=$1 name=incmap-$2
if ! git rev-parse --git-dir >/dev/null 2>&1; then
    echo "make dist needs the git repository: this tree is a tarball already" >&2
    exit 1
fi
if [ -n "$(git status --porcelain --untracked-files=no)" ]; then
    echo "make dist: changes that are not committed are not in the tarball" >&2
fi
when=$(git log -1 --format=%ct)
top=$build/dist
rm -rf "$top"
mkdir -p "$top/$name"
git archive --format=tar HEAD | tar -xf - -C "$top/$name"

# The tables are made from the sources that go into the tarball.
make -s -C "$top/$name" --no-print-directory BUILD=build tables
mkdir "$top/$name/src/text/ready"
for t in "$top/$name"/build/gen/*_table.h; do
    f=${t##*/}
    cp "$t" "$top/$name/src/text/ready/${f%.h}"
done
rm -rf "$top/$name/build"

tar -C "$top" --format=ustar --sort=name --mtime="@$when" --owner=0 --group=0 --numeric-owner \
    --mode=u+rwX,go+rX,go-w -cf "$build/$name.tar" "$name"
gzip -9nf "$build/$name.tar"
rm -rf "$top"
echo "$build/$name.tar.gz"
