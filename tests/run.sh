#!/bin/sh
# The whole test run: lint and arrows, the plain build, the sanitized build.
# The last line is "N passed, M failed, K skipped".
set -u
COUNTS=$(mktemp)
export COUNTS
jobs=$(nproc 2>/dev/null || echo 2)
step() {
    name=$1
    shift
    echo "== $name"
    if "$@"; then echo "1 0 0" >>"$COUNTS"; else
        echo "FAILED: $name"
        echo "0 1 0" >>"$COUNTS"
    fi
}
step lint make --no-print-directory lint
step "build" make --no-print-directory -j"$jobs" all
step "build of the tests" make --no-print-directory -j"$jobs" units
echo "== tests"
sh tests/suite.sh build
echo "== tests of the recipes for clusters, with a real Slurm"
sh tests/suite.sh build tests/cluster
step "build with address and undefined-behaviour sanitizers" \
    make --no-print-directory -j"$jobs" sanitized
echo "== tests under the sanitizers"
ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99 \
LSAN_OPTIONS=suppressions=$PWD/tests/lint/leaks.txt:print_suppressions=0 \
UBSAN_OPTIONS=print_stacktrace=1 \
    sh tests/suite.sh build/san
awk '{p+=$1; f+=$2; s+=$3} END {printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0}' "$COUNTS"
code=$?
rm -f "$COUNTS"
exit $code
