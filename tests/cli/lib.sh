# Helpers of the command-line tests. A script begins with
#   . tests/cli/lib.sh
# runs from the project's root with the program as its argument, works in the new folder
# $work and ends with `finish`. What cannot be tried here prints "skip WHAT: REASON".
set -u
case $1 in /*) incmap=$1 ;; *) incmap=$PWD/$1 ;; esac
root=$PWD
export INCMAP_DATA="${INCMAP_DATA:-$PWD/geodata}"
case $INCMAP_DATA in /*) ;; *) INCMAP_DATA=$PWD/$INCMAP_DATA ;; esac
example=$root/geodata/examples/tovuz-2020
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0

# ok NAME: the last command's outcome is the test's.
ok() {
    if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; show; failed=1; fi
}
show() {
    [ -f err ] && sed 's/^/    /' err | head -n 8
    return 0
}

# run ARGUMENTS: the program, at most 60 seconds; $code, and its words in files out, err.
run() {
    timeout 60 "$incmap" "$@" >out 2>err
    code=$?
}

# gives CODE NAME ARGUMENTS...: run and test the exit code.
gives() {
    want=$1 name=$2
    shift 2
    run "$@"
    [ "$code" -eq "$want" ] || echo "    exit $code, not $want" >>err
    [ "$code" -eq "$want" ]
    ok "$name: exit $want"
}

# says PATTERN NAME: standard error has a line like that.
says() { grep -q -e "$1" err; ok "$2"; }

# absent FILE NAME: there is no such file, nor a temporary one beside it.
absent() {
    ls -d "$1" "$(dirname "$1")"/.incmap-* >there 2>/dev/null
    [ ! -s there ] || { cp there err; false; }
    ok "$2"
}

# small_figures N: map.yaml, and jobs.csv with N jobs for it, m00 and so on.
small_figures() {
    printf 'title: "{name}"\nsize: 480x360\nscale: 0.6\nincidents: [%s/incidents.csv]\n' "$example" >map.yaml
    awk -v n="$1" 'BEGIN {print "name,extent.margin"; for (i = 0; i < n; i++) printf "m%02d,%d\n", i, 20 + i}' >jobs.csv
}

# as_whole DIR: its figures are those of the folder whole, byte for byte, and nothing else.
as_whole() {
    diff -r -x 'report*' whole "$1" >err 2>&1 || return 1
    find "$1" -name '.incmap-*' >err
    [ ! -s err ]
}

finish() { exit "$failed"; }
