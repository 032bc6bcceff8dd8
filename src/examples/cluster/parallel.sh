#!/bin/sh
# Figures over several hosts with GNU parallel: one shard after another goes to whichever
# host is free. The folders of the program's input and output are shared between them.
#
#   HOSTS=alpha,beta,gamma sh parallel.sh map.yaml jobs.csv figures 24
#
# HOSTS is what --sshlogin takes; ':' is this machine. A shard that fails because its host
# does is given to another one.
set -eu
map=$1 jobs=$2 dir=$3 shards=${4:-8}
incmap=${INCMAP:-incmap}
seq "$shards" | parallel --sshlogin "${HOSTS:-:}" --workdir "$PWD" --retries 3 \
    "$incmap batch '$map' --jobs '$jobs' -d '$dir' --shard {}/$shards --quiet" || failed=$?
"$incmap" batch --merge-reports "$dir"
exit "${failed:-0}"
