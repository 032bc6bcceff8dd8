#!/bin/sh
# The recipe for Slurm with the real thing: a controller and two nodes on loopback ports of
# this machine; one node is killed in the middle of its work. Needs root.
# Usage: slurm.sh PROGRAM, from the project's root.
. tests/cli/lib.sh
if [ "$(id -u)" != 0 ] || ! command -v slurmctld >/dev/null; then
    echo "ok Slurm is not tried here: it needs root and slurmctld, slurmd, munge"
    exit 0
fi
PATH=$(dirname "$incmap"):$PATH
export PATH SLURM_CONF="$work/slurm.conf"
port=$((20000 + $$ % 20000))

# of PROCESS: its environment, a line each; nothing for those that are not ours to see
of() { { tr '\0' '\n' <"/proc/$1/environ"; } 2>/dev/null; }
# processes NODE: what runs on one node of ours, those that watch over it first
processes() {
    tasks=
    for p in /proc/[0-9]*; do
        id=${p#/proc/}
        [ "$id" != $$ ] && of "$id" | grep -q -x -F "SLURM_CONF=$work/slurm.conf" &&
            of "$id" | grep -q -x -F "SLURMD_NODENAME=$1" && tasks="$tasks $id"
    done
    for id in $tasks; do
        above=$(sed -n 's/^PPid:[[:blank:]]*//p' "/proc/$id/status" 2>/dev/null)
        case $(cat "/proc/${above:-0}/comm" 2>/dev/null) in slurmstepd*) echo "$above" ;; esac
    done
    for id in $tasks; do echo "$id"; done
}
clean() {
    [ -z "${clean:-}" ] || return
    clean=1
    kill ${controller:-} ${n1:-} ${n2:-} ${munge:-} 2>/dev/null
    for p in $(processes n1) $(processes n2); do kill -9 "$p" 2>/dev/null; done
    wait
    cd / && rm -rf "$work"
}
trap clean EXIT

mkdir -m 755 state munge
chmod 755 "$work"
dd if=/dev/urandom of=munge/key bs=1k count=1 2>/dev/null
chmod 400 munge/key
munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge/socket" \
    --pid-file="$work/munge/pid" --seed-file="$work/munge/seed" --log-file="$work/munge/log" 2>munge.err &
munge=$!
cat >slurm.conf <<END
ClusterName=incmap
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/controller.pid
SlurmdPidFile=$work/%n.pid
SlurmctldLogFile=$work/controller.log
SlurmdLogFile=$work/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/linear
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
SlurmdTimeout=2
SlurmctldTimeout=10
KillWait=1
MinJobAge=300
ReturnToService=2
MpiDefault=none
SlurmdParameters=config_overrides
NodeName=n1 NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1
NodeName=n2 NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES State=UP
END
slurmctld -D -c 2>controller.err &
controller=$!
slurmd -D -N n1 2>n1.err &
n1=$!
slurmd -D -N n2 2>n2.err &
n2=$!
n=0
until [ "$(sinfo -h -o '%T %D' 2>/dev/null)" = "idle 2" ] || [ $n -ge 150 ]; do sleep 0.1; n=$((n + 1)); done
[ "$(sinfo -h -o '%T %D' 2>err)" = "idle 2" ]; ok "a cluster of two nodes"

cat >map.yaml <<END
title: "{name}"
size: 640x480
scale: 0.6
incidents: [$example/incidents.csv]
overlays: [pipelines]
END
printf 'name,extent.margin\n' >jobs.csv
i=0
while [ $i -lt 80 ]; do printf 'm%03d,%d\n' $i $((20 + i)) >>jobs.csv; i=$((i + 1)); done
export MAP=$work/map.yaml JOBS=$work/jobs.csv DIR=$work/figures
array=$(sbatch --parsable --array=1-4 -D "$work" "$root/src/examples/cluster/incmap.slurm" 2>err)
[ -n "$array" ]; ok "an array of four shards is queued"
report=$(sbatch --parsable --dependency=afterany:"$array" -D "$work" --wrap 'incmap batch --merge-reports "$DIR"' 2>err)

n=0
until [ "$(ls figures 2>/dev/null | wc -l)" -gt 8 ] || [ $n -ge 300 ]; do sleep 0.05; n=$((n + 1)); done
on_n2=$(squeue -h -w n2 -t R -o %K 2>/dev/null)
kill -9 $n2 $(processes n2) 2>err
[ -n "$on_n2" ]; ok "node n2 is killed with shard ${on_n2:-none} in the middle of its work"

# it is given up by the controller, its shard goes to the other node
n=0
until ! squeue -h -j "$array" 2>/dev/null | grep -q . || [ $n -ge 450 ]; do sleep 0.2; n=$((n + 1)); done
scontrol show job "$array" >err 2>&1
[ "$(grep -c 'JobState=COMPLETED' err)" -eq 4 ]; ok "all four shards are completed"
grep -q 'Restarts=[1-9]' err; ok "one of them was started again"
n=0
until [ -f figures/report.html ] || [ $n -ge 100 ]; do sleep 0.1; n=$((n + 1)); done
[ -f figures/report.html ] && grep -q '"status":"complete"' figures/report.json; ok "the reports are joined by the job that waits for it"
[ "$(grep -c '^{"index":' figures/report.json)" -eq 80 ]; ok "with every figure"
"$incmap" batch map.yaml --jobs jobs.csv -d whole --quiet 2>err; ok "the same in one run"
diff -r -x 'report*' figures whole >err; ok "the same figures, byte for byte"
find figures -name '.incmap-*' >err; [ ! -s err ]; ok "no temporary file is left"
[ "$failed" -eq 0 ] || tail -n 20 controller.log; [ -z "${KEEP:-}" ] || cp -r . "$KEEP"
finish
