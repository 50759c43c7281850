"""Training on Parquet files that are larger than memory is to be: `ffwd train` of one epoch on tables of numbers, made
up in groups of about a million rows, with the peak memory of the process. The smallest table is also trained on as a
whole, and the two models must be the same file.

    python large_parquet.py --ffwd PROGRAM [--rows 1000000,10000000] [--columns 50] [--folder FOLDER]

Columns are of float64, and the target a tanh of their sum, weighted, with noise. FOLDER, by default that for temporary
files, needs room for the largest table: 4.2 GB for 10 million rows. Prints JSON on standard output: a list of {"rows",
"columns", "read" ("chunks" or "whole"), "file_bytes", "seconds", "peak_bytes", "parts" (the program's own seconds), "rmse",
"trivial_rmse"}, the last two of the test rows.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy
import pyarrow
import pyarrow.parquet

GROUP_ROWS = 1 << 20
NEVER = str(2 ** 62)  # cells that no table has


def write(path, rows, columns):
    rng = numpy.random.default_rng(1)
    weights = rng.normal(size=columns) / columns ** 0.5
    schema = pyarrow.schema([(f"x{k:02}", pyarrow.float64()) for k in range(columns)] + [("y", pyarrow.float64())])
    with pyarrow.parquet.ParquetWriter(path, schema) as file:
        for begin in range(0, rows, GROUP_ROWS):
            n = min(GROUP_ROWS, rows - begin)
            x = [rng.normal(size=n) for _ in range(columns)]
            y = numpy.tanh(sum(w * column for w, column in zip(weights, x))) + 0.1 * rng.normal(size=n)
            file.write_batch(pyarrow.record_batch([pyarrow.array(c) for c in [*x, y]], schema=schema), GROUP_ROWS)


def train(ffwd, path, model, whole):
    """(seconds, peak memory in bytes, what the program says) of one run."""
    command = [ffwd, "train", path, "--target", "y", "--epochs", "1", "--hidden", "64", "-o", model, "--json"]
    environment = {**os.environ, **({"FFWD_LARGE_TABLE": NEVER} if whole else {})}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL,
                                                            env=environment) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, command)
        said.seek(0)
        return seconds, usage.ru_maxrss * 1024, json.load(said)


def measure(options, folder, rows, whole):
    path, model = os.path.join(folder, f"{rows}.parquet"), os.path.join(folder, "model.ffwd")
    seconds, peak, said = train(options.ffwd, path, model, whole)
    with open(model, "rb") as file:
        bits = file.read()

    def rmse(figures):
        return figures["test"]["rmse"]

    print(f"large: {rows:,} × {options.columns} {'whole' if whole else 'in chunks'}: {seconds:.1f} s, "
          f"{peak / 1e9:.2f} GB at most", file=sys.stderr, flush=True)
    return bits, {"rows": rows, "columns": options.columns, "read": "whole" if whole else "chunks",
                  "file_bytes": os.path.getsize(path), "seconds": seconds, "peak_bytes": peak,
                  "parts": said["seconds"], "rmse": rmse(said["metrics"]), "trivial_rmse": rmse(said["baseline"])}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ffwd", required=True)
    parser.add_argument("--rows", type=lambda text: sorted(map(int, text.split(","))), default=[1_000_000, 10_000_000])
    parser.add_argument("--columns", type=int, default=50)
    parser.add_argument("--folder")
    options = parser.parse_args()
    found = []
    for rows in options.rows:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            write(os.path.join(folder, f"{rows}.parquet"), rows, options.columns)
            bits, row = measure(options, folder, rows, whole=False)
            found.append(row)
            if rows == options.rows[0]:
                whole_bits, row = measure(options, folder, rows, whole=True)
                found.append(row)
                if whole_bits != bits:
                    sys.exit("the models of the table read whole and in chunks differ")
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
