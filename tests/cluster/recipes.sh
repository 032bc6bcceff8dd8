#!/bin/sh
# The recipes for GNU parallel and Kubernetes. Hosts are stood in for by a command that
# takes the place of ssh and runs on this machine; pods by the command of the manifest, run
# with each index. The manifest itself is read by tests/unit/examples.
# Usage: recipes.sh PROGRAM, from the project's root.
. tests/cli/lib.sh
cluster=$root/src/examples/cluster
PATH=$(dirname "$incmap"):$PATH
export PATH
small_figures 12
gives 0 "in one run" batch map.yaml --jobs jobs.csv -d whole --quiet
same() { as_whole "$1"; ok "$2"; }

if ! command -v parallel >/dev/null; then
    echo "skip the recipe for GNU parallel: it is not on this machine"
else
    cat >ssh <<'END'
#!/bin/sh
# ssh HOST COMMAND...: note the host, one of them is broken, run it here
while [ $# -gt 0 ]; do case $1 in -*) shift ;; *) break ;; esac; done
host=$1
shift
[ "$1" != -- ] || shift
echo "$host" >>"$HOSTS_SEEN"
[ "$host" != broken ] || exit 255
SHELL=/bin/sh exec sh -c "$*" # as a login sets it
END
    chmod +x ssh
    export HOSTS_SEEN="$work/hosts" PARALLEL_SSH="$work/ssh" PARALLEL_HOME="$work/.parallel"
    mkdir -p .parallel && : >.parallel/will-cite
    HOSTS=: INCMAP="$incmap" timeout 60 sh "$cluster/parallel.sh" map.yaml jobs.csv here 3 >out 2>err
    ok "GNU parallel on this machine"
    same here "the same figures, byte for byte"
    HOSTS=1/alpha,1/broken,1/beta INCMAP="$incmap" timeout 100 sh "$cluster/parallel.sh" map.yaml jobs.csv over 6 >out 2>err
    ok "GNU parallel over three hosts, one of them broken"
    grep -q alpha hosts && grep -q beta hosts && grep -q broken hosts; ok "each was tried"
    same over "the same figures, byte for byte"
    grep -q '"status":"complete"' over/report.json; ok "reports are joined"
fi

# The command of each pod: its volume is a folder here.
sed -n '/- >-/,/env:/p' "$cluster/kubernetes.yaml" | sed '1d;$d; s/^ *//' | tr '\n' ' ' | sed "s|/data|$work|g; s|$work/figures|$work/pods|" >pod
grep -q 'exec incmap batch' pod; ok "the manifest has a command"
i=0
while [ $i -lt 8 ]; do
    JOB_COMPLETION_INDEX=$i WORKERS=1 timeout 60 sh -c "$(cat pod)" >out 2>err || echo "pod $i failed" >>err
    i=$((i + 1))
done
same pods "eight pods make the same figures, byte for byte"
gives 0 "their reports are joined" batch --merge-reports pods
finish
