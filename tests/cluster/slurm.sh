#!/bin/sh
# The recipe for Slurm with the real thing: a controller and two nodes on loopback ports of
# this machine, one of which is killed in the middle of its work. Runs as any user, beside
# other clusters, without an init system, /sys, or a host name that resolves.
# Usage: slurm.sh PROGRAM, from the project's root; KEEP=FOLDER keeps what it leaves.
[ "$(printf %s "${TMPDIR:-/tmp}" | wc -c)" -le 48 ] || TMPDIR=/tmp # sockets have short names
. tests/cli/lib.sh
for tool in slurmctld slurmd sbatch munged; do
    command -v $tool >/dev/null || [ -x /usr/sbin/$tool ] ||
        { echo "skip the recipe for Slurm: no $tool on this machine (sh tests/lint/deps.sh cluster installs it)"; exit 0; }
done
user=$(id -un 2>err) || { echo "skip the recipe for Slurm: user $(id -u) has no name, as Slurm wants"; exit 0; }
unset $(env | sed -n 's/^\(\(SLURM\|SBATCH\|SINFO\|SQUEUE\|SCONTROL\)_[A-Z0-9_]*\)=.*/\1/p')
PATH=$(dirname "$incmap"):$PATH:/usr/sbin:/sbin
export PATH SLURM_CONF="$work/slurm.conf"
export RES_OPTIONS="timeout:1 attempts:1" # names are asked for, but nothing hangs on the answer

# ports: three that nothing listens on, below those that the system gives away itself
ports() {
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p=$((10000 + $$ % 20000)) '
        {split($2, at, ":"); taken[at[2]]}
        END {for (n = 0; n < 3; p++) if (!(sprintf("%04X", p) in taken)) {print p; n++}}'
}
# processes NODE: what runs on one node of ours, those that watch over it first
processes() {
    tasks=$(grep -l -z -x -F "SLURM_CONF=$work/slurm.conf" /proc/[0-9]*/environ 2>/dev/null | xargs -r \
        grep -l -z -x -F "SLURMD_NODENAME=$1" 2>/dev/null | sed 's|/proc/||; s|/.*||')
    for id in $tasks; do
        above=$(sed -n 's/^PPid:[[:blank:]]*//p' "/proc/$id/status" 2>/dev/null)
        case $(cat "/proc/${above:-0}/comm" 2>/dev/null) in slurmstepd*) echo "$above" ;; esac
    done
    for id in $tasks; do [ "$id" = $$ ] || echo "$id"; done
}
# until_or TENTHS COMMAND...: until the command succeeds, at most so long
until_or() {
    left=$1
    shift
    until "$@"; do
        [ "$left" -gt 0 ] || return 1
        left=$((left - 1))
        sleep 0.1
    done
}
gone() { ! kill -0 "$@" 2>/dev/null; }
stop() { # PROCESS...: asked first, then made to
    for p in "$@"; do
        kill "$p" 2>/dev/null && { until_or 50 gone "$p" || kill -9 "$p" 2>/dev/null; }
        wait "$p" 2>/dev/null
    done
}
clean() {
    [ -z "${cleaned:-}" ] || return
    cleaned=1
    [ -z "${KEEP:-}" ] || cp -r "$work" "$KEEP" 2>/dev/null
    for p in $(processes n1) $(processes n2); do kill -9 "$p" 2>/dev/null; done
    stop ${n1:-} ${n2:-} ${controller:-} ${munge:-}
    cd / && rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM

# The cluster. Names of hosts are looked up by none of its parts: all addresses are written
# out, munge is told its own; "localhost" stands for this machine, whatever it is called.
# cgroup/v1 is the plug-in that does not ask for cgroups where no other part uses them.
mkdir -m 755 state munge
chmod 755 "$work"
dd if=/dev/urandom of=munge/key bs=1k count=1 2>/dev/null
chmod 400 munge/key
munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munge/pid" \
    --seed-file="$work/munge/seed" --log-file="$work/munge/log" --origin=127.0.0.1 2>munge.err &
munge=$!
printf 'CgroupPlugin=cgroup/v1\nCgroupMountpoint=%s/cgroup\n' "$work" >cgroup.conf
conf() { # PORT PORT PORT
    cat <<END
ClusterName=incmap
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$1
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/controller.pid
SlurmdPidFile=$work/%n.pid
SlurmctldLogFile=$work/controller.log
SlurmdLogFile=$work/%n.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/linear
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
SlurmdTimeout=3
SlurmctldTimeout=10
KillWait=1
MessageTimeout=3
TCPTimeout=1
MinJobAge=300
ReturnToService=2
MpiDefault=none
SlurmdParameters=config_overrides
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$2 CPUs=1
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$3 CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES State=UP
END
}
both_idle() { [ "$(sinfo -h -o '%T %D' 2>/dev/null)" = "idle 2" ]; }
start() {
    conf $(ports) >slurm.conf
    slurmctld -D -c 2>controller.err &
    controller=$!
    slurmd -D -N n1 2>n1.err &
    n1=$!
    slurmd -D -N n2 2>n2.err &
    n2=$!
    until_or 300 both_idle
}
start || { stop $n1 $n2 $controller; start; } # somebody may have taken a port meanwhile
both_idle || tail -n 8 controller.err n1.err n2.err munge.err >err 2>&1
both_idle; ok "a cluster of two nodes, as $user"

cat >map.yaml <<END
title: "{name}"
size: 640x480
scale: 0.6
incidents: [$example/incidents.csv]
overlays: [pipelines]
END
awk 'BEGIN {print "name,extent.margin"; for (i = 0; i < 200; i++) printf "m%03d,%d\n", i, 20 + i}' >jobs.csv
export MAP=$work/map.yaml JOBS=$work/jobs.csv DIR=$work/figures
array=$(sbatch --parsable --array=1-4 -D "$work" "$root/src/examples/cluster/incmap.slurm" 2>err)
[ -n "$array" ]; ok "an array of four shards is queued"
report=$(sbatch --parsable --dependency=afterany:"$array" -D "$work" --wrap 'incmap batch --merge-reports "$DIR"' 2>err)
[ -n "$report" ]; ok "and a job that joins their reports"

# A node goes: its daemon first, so that it tells nobody, then all that runs there.
some_drawn() { [ "$(ls figures 2>/dev/null | wc -l)" -gt 8 ] && [ -n "$(processes n2)" ]; }
until_or 300 some_drawn
on_n2=$(squeue -h -w n2 -t R -o %K 2>/dev/null)
kill -9 $n2 2>err
kill -9 $(processes n2) 2>err
[ -n "$on_n2" ]; ok "node n2 is killed with shard ${on_n2:-none} in the middle of its work"

# It is given up by the controller, its shard goes to the other node.
queue_empty() { [ -z "$(squeue -h -j "$1" 2>/dev/null)" ]; }
until_or 900 queue_empty "$array"
scontrol show job "$array" >err 2>&1
[ "$(grep -c 'JobState=COMPLETED' err)" -eq 4 ]; ok "all four shards are completed"
grep -q 'Restarts=[1-9]' err; ok "one of them was started again"
until_or 300 queue_empty "$report"
[ -f figures/report.html ] && grep -q '"status":"complete"' figures/report.json; ok "the reports are joined"
[ "$(grep -c '^{"index":' figures/report.json)" -eq 200 ]; ok "with every figure"
"$incmap" batch map.yaml --jobs jobs.csv -d whole --quiet 2>err; ok "the same in one run"
as_whole figures; ok "the same figures, byte for byte, and no temporary file is left"
[ "$failed" -eq 0 ] || tail -n 20 controller.log
finish
