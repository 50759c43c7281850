"""Reading CSV into a table: ffwd, pyarrow.csv.read_csv, and pandas.read_csv, which knows one core only. On one core and
on two, in turn, each inside a process that has read the file before. The files are made up, of 100 MB each: numbers as
measurements have them, numbers of 17 digits, a mixture with texts, dates and missing cells, and texts of which nearly
each is another one.

    python reading.py --reader PROGRAM [--runs 15] [--megabytes 100]

PROGRAM is that of ffwd_reading.cpp. Prints JSON on standard output: a list of {"file", "peer", "cores", "runs", "times", "min_s", "median_s", "mb_per_s", "mb_per_s_median"}.
"""
import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

import pandas
import pyarrow
import pyarrow.csv

CORES = sorted(os.sched_getaffinity(0))
CITIES = ["Bergen", "Lyon", "Kraków", "San Sebastián", "Ulm", "Porto"]


def short_numbers(rng):
    return ",".join([f"{rng.uniform(-180, 180):.2f}", f"{rng.uniform(0, 90):.2f}"] +
                    [str(rng.randrange(10 ** rng.randrange(1, 6))) for _ in range(5)] + [f"{rng.uniform(0, 15):.4f}"])


def long_numbers(rng):
    return ",".join(repr(rng.uniform(-1, 1)) for _ in range(12))


def mixture(rng):
    maybe = str(rng.randrange(100)) if rng.random() > 0.1 else ""
    return ",".join([rng.choice(CITIES), f"20{rng.randrange(10, 25)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)}",
                     maybe, rng.choice(["true", "false"]), f"\"{rng.choice(CITIES)}, {rng.randrange(50)}\"",
                     f"{rng.uniform(0, 1000):.1f}", str(rng.randrange(1000000))])


def names(rng):
    return ",".join([f"customer {rng.randrange(10 ** 9)}", rng.choice(CITIES), str(rng.randrange(100))])


FILES = {"short numbers": (short_numbers, 8), "long numbers": (long_numbers, 12), "mixture": (mixture, 7),
         "names": (names, 3)}


def write(path, row, n_columns, n_bytes):
    rng = random.Random(1)
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(f"x{k}" for k in range(n_columns)) + "\n")
        while file.tell() < n_bytes:
            file.write("".join(row(rng) + "\n" for _ in range(10000)))


def seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


class Reader:
    """ffwd's reader, waiting for its turns on the cores that this process has when it is made."""

    def __init__(self, program, path, cores):
        self.process = subprocess.Popen([program, path, "--threads", str(cores), "--serve"], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.process.stdout.readline()  # what it is

    def read(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["seconds"]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.communicate()


def readers(reader, path, cores):
    """{name: the seconds that reading the file takes it}, on as many cores."""
    by_pyarrow = pyarrow.csv.ReadOptions(use_threads=cores > 1)
    return {"ffwd": reader.read,
            "pyarrow": lambda: seconds(lambda: pyarrow.csv.read_csv(path, read_options=by_pyarrow)),
            "pandas": lambda: seconds(lambda: pandas.read_csv(path))}


def compare(path, name, cores, options):
    os.sched_setaffinity(0, CORES[-cores:])
    pyarrow.set_cpu_count(cores)
    megabytes = os.path.getsize(path) / 1e6
    with Reader(options.reader, path, cores) as reader:
        peers = readers(reader, path, cores)
        times = {peer: [] for peer in peers}
        for turn in range(options.runs + 1):
            for peer, read in peers.items():
                # pandas takes many times as long as the others: three runs tell enough.
                took = read() if peer != "pandas" or turn <= 3 else None
                if turn > 0 and took is not None:
                    times[peer].append(took)
    return [{"file": name, "peer": peer, "cores": cores, "runs": len(t), "times": t, "min_s": min(t),
             "median_s": statistics.median(t), "mb_per_s": megabytes / min(t),
             "mb_per_s_median": megabytes / statistics.median(t)} for peer, t in times.items()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", required=True)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--megabytes", type=int, default=100)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data.csv")
        for name, (row, n_columns) in FILES.items():
            print("reading:", name, file=sys.stderr, flush=True)
            write(path, row, n_columns, options.megabytes * 1_000_000)
            for cores in sorted({1, min(2, len(CORES))}):
                rows += compare(path, name, cores, options)
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
