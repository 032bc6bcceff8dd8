#!/bin/sh
# House rules that a machine can hold: lengths of functions, files and lines, calls that are
# banned below batch/ and cli/, room READMEs, formatting, words. Run from the project's root.
set -u
bad=0
fail() { echo "$*"; bad=1; }
files=$(find src -name '*.[ch]' | LC_ALL=C sort)

# Files at most 400 lines, functions at most 60, half of them at most 15.
awk '
FNR == 1 { if (last && count > 400) { print last ": " count " lines (400 at most)"; bad = 1 } last = FILENAME; open = 0 }
{ count = FNR; tail = FILENAME }
!open && /^[A-Za-z_].*\)[ \t]*\{[ \t]*$/ && !/^(struct|enum|union|typedef)[ \t]+[a-z_]*[ \t]*\{/ { open = FNR; name = $0 }
!open && /^[ \t]+.*\)[ \t]*\{[ \t]*$/ && prev_open { open = prev_at; name = prev_line }
/^[A-Za-z_].*[(,][^;{]*$/ { prev_open = 1; prev_at = FNR; prev_line = $0 }
/[;}]/ { if (!/^[ \t]/) prev_open = 0 }
/^}/ { if (open) { n = FNR - open + 1; len[++fns] = n; if (n > 60) { print FILENAME ":" open ": function of " n " lines (60 at most): " name; bad = 1 } open = 0 } }
END {
    if (count > 400) { print tail ": " count " lines (400 at most)"; bad = 1 }
    for (i = 1; i <= fns; i++) c[len[i]]++
    for (l = 1; l < 2000; l++) { s += c[l]; if (s * 2 >= fns) break }
    printf "functions: %d, median %d lines\n", fns, l
    if (l > 15) { print "median function length above 15"; bad = 1 }
    exit bad
}' $files || bad=1

# The library never prints, exits, reads environment, clock or locale; one malloc owner.
lib=$(echo "$files" | grep -v '^src/cli/\|^src/batch/\|^src/examples/\|/gen/')
ban() {
    found=$(echo "$lib" | grep -v "$2" | xargs grep -nE "(^|[^a-zA-Z0-9_>.])($1)\(" /dev/null |
        grep -vE '^[^:]+:[0-9]+:[ \t]*(/?\*|//)')
    [ -z "$found" ] || fail "banned call below cli/:
$found"
}
ban 'strtod|strtof|atof|atoi|atol|strtol|setlocale|getenv|printf|fprintf|puts|exit|_exit|time|clock|localtime|gmtime|rand|srand|strcpy|strcat|sprintf|gets|strtok|isspace|toupper|tolower|isalpha|isalnum|isdigit|strcasecmp|strncasecmp|strcoll' 'nothing'
ban 'malloc|calloc|realloc|free' 'src/base/arena.c\|src/base/buf.c'

for room in src/*/; do
    r=$(basename "$room")
    [ -f "$room/README.md" ] || { fail "src/$r: no README.md"; continue; }
    [ "$(wc -l <"$room/README.md")" -le 25 ] || fail "src/$r/README.md: more than 25 lines"
done

if command -v clang-format >/dev/null 2>&1; then
    clang-format --dry-run -Werror $files $(find tests/unit -name '*.[ch]') 2>&1 |
        grep -E 'error:' | head -5 | sed 's/^/format: /' >/tmp/incmap-format.$$
    [ -s /tmp/incmap-format.$$ ] && { cat /tmp/incmap-format.$$; fail "run make format"; }
    rm -f /tmp/incmap-format.$$
fi
exit $bad
