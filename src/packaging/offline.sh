#!/bin/sh
# offline.sh FILES SOURCE OUT: how SOURCE becomes the library OUT that the loader takes for
# the libcurl which libproj (its file stands in FILES) was linked with: prints arguments for
# the compiler, writes OUT.map, the versions of its symbols. When libproj needs no libcurl,
# or calls more of it than SOURCE has, prints nothing: then the real one is loaded.
set -eu
files=$1 source=$2 out=$3
proj=$(grep '/libproj\.so' "$files" || :)
[ -n "$proj" ] || exit 0
so=$(readelf -d "$proj" | sed -n 's/.*(NEEDED).*\[\(libcurl.*\)\].*/\1/p')
[ -n "$so" ] || exit 0
nm -D "$proj" | awk '$1 == "U" && $2 ~ /^curl_/ { print $2 }' | LC_ALL=C sort -u |
    awk -v source="$source" -v so="$so" -v map="$out.map" '
    BEGIN {
        while ((getline line <source) > 0)
            if (match(line, /curl_[a-z_]+\(/)) has[substr(line, RSTART, RLENGTH - 1)] = 1
    }
    {
        split($0, part, "@")
        if (!(part[1] in has)) lacking = 1
        version = part[2]
        names = names " " part[1] ";"
    }
    END {
        if (lacking || names == "") exit
        print "-Wl,-soname," so
        if (version == "") exit
        printf "%s { global:%s local: *; };\n", version, names >map
        print "-Wl,--version-script," map
    }'
