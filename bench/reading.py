"""Reading CSV: `ffwd inspect FILE`, which reads every cell, finds the types and prints what each column holds, against
pyarrow.csv.read_csv, which does the former two. One core each, in turn. The files are made up, of 100 MB each: numbers
as measurements have them, numbers of 17 digits, a mixture with texts, dates and missing cells, and texts of which
nearly each is another one.

    python reading.py --ffwd PROGRAM [--runs 15] [--megabytes 100]

ffwd is timed from outside, as a whole process; pyarrow inside this one, after its import. Prints a table on standard
error and JSON on standard output.
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

import pyarrow.csv

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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ffwd", required=True)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--megabytes", type=int, default=100)
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    one_thread = pyarrow.csv.ReadOptions(use_threads=False)
    rows = []
    print("inspect of %d MB of CSV, one core, %d runs" % (options.megabytes, options.runs), file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data.csv")
        for name, (row, n_columns) in FILES.items():
            write(path, row, n_columns, options.megabytes * 1_000_000)
            megabytes = os.path.getsize(path) / 1e6
            times = {"ffwd": [], "pyarrow": []}
            for _ in range(options.runs):
                times["ffwd"].append(seconds(lambda: subprocess.run([options.ffwd, "inspect", path], check=True,
                                                                    stdout=subprocess.DEVNULL)))
                times["pyarrow"].append(seconds(lambda: pyarrow.csv.read_csv(path, read_options=one_thread)))
            ratios = [b / a for a, b in zip(times["ffwd"], times["pyarrow"])]
            for peer, t in times.items():
                rows.append({"workload": "reading " + name, "peer": peer, "runs": options.runs, "min_s": min(t),
                             "median_s": statistics.median(t), "mb_per_s": megabytes / min(t)})
                print("  %-14s %-8s %4.0f MB/s at best, %4.0f in the median" %
                      (name, peer, megabytes / min(t), megabytes / statistics.median(t)), file=sys.stderr)
            print("  %-14s ffwd has %.2f times the speed of pyarrow at least, %.2f in the median of the pairs" %
                  (name, min(ratios), statistics.median(ratios)), file=sys.stderr)
            rows.append({"workload": "reading " + name, "ratio_min": min(ratios),
                         "ratio_median": statistics.median(ratios)})
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
