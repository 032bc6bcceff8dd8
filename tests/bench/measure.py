"""measure.py RUNS -- COMMAND...: one run to warm up, then RUNS; prints "CPU_MS WALL_MS PEAK_MB", medians of whole processes.
RUNS 0: the first run is what is measured.

CPU time is user and system time with that of waited-for children; the peak is that of the largest process.
"""
import os
import statistics
import subprocess
import sys
import time


def run(command):
    start = time.monotonic()
    p = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaint = p.stderr.read()
    _, status, used = os.wait4(p.pid, 0)
    wall = time.monotonic() - start
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode != 0:
        sys.exit(f"{command[0]}: exit {p.returncode}: {complaint.decode(errors='replace').strip()[-400:]}")
    return (used.ru_utime + used.ru_stime) * 1000, wall * 1000, used.ru_maxrss / 1024


def main(runs, command):
    rows = [run(command) for _ in range(runs + 1)]
    rows = rows[1:] or rows
    print(*(f"{statistics.median(column):.1f}" for column in zip(*rows)))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[3:])
