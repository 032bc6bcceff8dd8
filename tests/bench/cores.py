"""cores.py PROGRAM GEODATA [TURNS]: the 200 figures of work `batch` by `incmap batch`, on one core and on two, in turns.

Works into a folder of its own; prints a table of medians. Beside it one worker on two cores (where the parent has the other
core), and processes that only count: what the machine itself gives to two. The exit code is 1 when two cores are less than
1.9 times one.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import works

MAP = """size: 1200x900
extent: {margin: 225 km}
incidents: [{file: works/batch/000.csv, size: killed, shape: circle, label: none, overlap: keep}]
overlays: [{file: works/pipeline.shp}]
labels: {max: 25}
furniture: {graticule: on, legend: on, scale_bar: on}
"""
WANTED = 1.9


def write_jobs(geodata):
    works.main(geodata, "works")
    with open("works/batch.tsv", encoding="utf-8") as f, open("jobs.tsv", "w", encoding="utf-8") as out:
        next(f)
        out.write("output\ttitle\tprojection\textent.around\tincidents.file\n")
        for line in f:
            name, lon, lat, title = line.rstrip("\n").split("\t")
            laea = f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84"
            out.write(f"{name}.png\t{title}\t{laea}\t{lat}, {lon}\tworks/batch/{name}.csv\n")
    with open("map.yaml", "w", encoding="utf-8") as f:
        f.write(MAP)


def seconds(processes, *command):
    start = time.monotonic()
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(processes)]
    if any(p.wait() != 0 for p in running):
        sys.exit(f"{command[0]} failed")
    return time.monotonic() - start


def figures(program, workers, *before):
    shutil.rmtree("figures", ignore_errors=True)
    return seconds(1, *before, program, "batch", "map.yaml", "--jobs", "jobs.tsv", "-d", "figures", "-j", str(workers), "--progress", "never", "--quiet")


def count(processes):
    return seconds(processes, sys.executable, "-c", "n = 0\nfor i in range(10_000_000): n += i")


def main(program, turns):
    core = str(min(os.sched_getaffinity(0)))
    runs = {
        "one core": lambda: figures(program, 1, "taskset", "-c", core),
        "two cores, one worker": lambda: figures(program, 1),
        "two cores, two workers": lambda: figures(program, 2),
        "one process that counts": lambda: count(1),
        "two processes that count, half of it": lambda: count(2) / 2,
    }
    took = {name: [] for name in runs}
    for turn in range(turns + 1):
        for name, run in runs.items():
            s = run()
            if turn > 0:  # the first is to warm up
                took[name].append(s)
    one, worker, two, counts, halves = (statistics.median(t) for t in took.values())
    print("| 200 figures | elapsed s, median |\n|---|---|")
    for name, t in took.items():
        print(f"| {name} | {statistics.median(t):.3f} |")
    print("\n| mark | measured | wanted |\n|---|---|---|")
    print(f"| two cores against one | {one / two:.2f} times | {WANTED} |")
    print(f"| two workers against one, on two cores | {worker / two:.2f} times | |")
    print(f"| two processes that only count against one | {counts / halves:.2f} times | |")
    return one / two >= WANTED


if __name__ == "__main__":
    paths = [os.path.abspath(p) for p in sys.argv[1:3]]
    os.environ["INCMAP_DATA"] = paths[1]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_jobs(paths[1])
        good = main(paths[0], int(sys.argv[3]) if len(sys.argv) > 3 else 15)
    sys.exit(0 if good else 1)
