#!/bin/sh
# Refuse an include that src/ARROWS does not allow. Run from the project's root.
# Every quoted include must be "room/file.h" (or incmap.h) of an allowed room; every
# third-party header named in ARROWS may be included by its owner room only.
set -eu
awk '
function room_of(path,   p) { split(path, p, "/"); return p[2] }
FILENAME == "src/ARROWS" {
    if ($0 ~ /^#/ || NF == 0) next
    line = $0; sub(/<-.*/, "", line); split(line, half, ":")
    room = half[1]; known[room] = ++rank
    n = split(half[2], to, " ")
    for (i = 1; i <= n; i++) {
        if (!(to[i] in known)) { print "src/ARROWS: " room " names " to[i] ", which does not stand above it"; bad = 1 }
        allow[room, to[i]] = 1
    }
    if (match($0, /<-/)) {
        m = split(substr($0, RSTART + 2), third, " ")
        for (i = 1; i <= m; i++) owner[third[i]] = owner[third[i]] " " room " "
    }
    next
}
/^[ \t]*#[ \t]*include/ {
    room = room_of(FILENAME)
    if (FILENAME ~ /\/gen\//) next
    if (!(room in known)) { if (!(room in told)) print "src/" room ": not in src/ARROWS"; told[room] = 1; bad = 1; next }
    if (match($0, /"[^"]+"/)) {
        inc = substr($0, RSTART + 1, RLENGTH - 2); arrows++
        if (inc == "incmap.h" || inc ~ /_table\.h$/) next
        target = inc; sub(/\/.*/, "", target)
        if (inc !~ /\//) { print FILENAME ": include \"" inc "\" must be written from src/"; bad = 1 }
        else if (target != room && !((room, target) in allow)) { print FILENAME ": " room " may not include " inc; bad = 1 }
    } else if (match($0, /<[^>]+>/)) {
        inc = substr($0, RSTART + 1, RLENGTH - 2)
        for (t in owner) if (inc == t || (t ~ /\/$/ && index(inc, t) == 1)) {
            if (owner[t] !~ (" " room " ")) { print FILENAME ": <" inc "> belongs to" owner[t]; bad = 1 }
        }
    }
}
END { if (bad) exit 1; print "arrows: " arrows " includes, all point down" }
' src/ARROWS $(find src -mindepth 2 -name '*.[ch]' | LC_ALL=C sort)
