#!/usr/bin/env python3
"""Reads made-up CSV files with the program and with the slow reference reader of tests/hostile; both must agree.

    python3 tests/fuzz/fuzz_csv.py --binary build/release/bin/ffwd [--cases 1000] [--seed 1] [--keep FOLDER]

Compared are rows, names, types and every value; of a refused file the LINE:COLUMN. On a difference the file is kept
in FOLDER and the difference is printed. Ends with "N passed, N failed"; exit 1 if any failed.
"""
import argparse
import json
import math
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HOSTILE = HERE.parent / "hostile"
sys.path.insert(0, str(HOSTILE))
sys.path.insert(0, str(HERE))
import csv_cases  # noqa: E402
import refread  # noqa: E402

# What the reference reads as text or refuses elsewhere, though it begins like a file of another kind.
OTHER_KINDS = (b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"ARROW1")


class Reference:
    """refread.py, with the two places mended where it falls short of the rules beside it."""

    def __init__(self):
        self.faults = []
        self.infer = refread.infer
        refread.infer = self.infer_all
        # '$' would let a line end follow the timestamp.
        refread.RE_STAMP = re.compile(refread.RE_STAMP.pattern[:-1] + r"\Z", re.A)

    def infer_all(self, name, cells, lines, col, delim, warnings):
        """Keeps the faults of all columns, because the first one in the file counts, and finds one that it misses:
        a number with a decimal comma beyond float64."""
        try:
            kind, values = self.infer(name, cells, lines, col, delim, warnings)
            for value, line in zip(values, lines):
                if kind == "number" and isinstance(value, float) and math.isinf(value):
                    raise refread.ReadError(line, col, "out of range")
            return kind, values
        except refread.ReadError as fault:
            self.faults.append(fault)
            return "text", []

    def read(self, data, delimiter):
        self.faults = []
        try:
            table = refread.read(data, delimiter.encode() if delimiter else None)
            if not self.faults:
                return ("table", table["rows"], [(c["name"], c["type"], c["values"]) for c in table["columns"]])
            fault = min(self.faults, key=lambda f: (f.line, f.column))
        except refread.ReadError as found:
            fault = found
        return ("error", fault.line, fault.column)


def run_program(binary, path, delimiter):
    command = [binary, "inspect", str(path), "--json", "--values"] + (["--delimiter", delimiter] if delimiter else [])
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode == 0:
        table = json.loads(done.stdout)
        return ("table", table["rows"], [(c["name"], c["type"], c["values"]) for c in table["columns"]])
    if done.returncode != 3:
        return ("exit code", done.returncode, said[-2000:])
    place = re.search(re.escape(path.name) + r":(\d+):(\d+): ", said)
    return ("error", int(place[1]), int(place[2])) if place else ("error", None, None)


def exact(value):
    """1, 1.0, True and "1" differ, and so do 0.0 and -0.0."""
    return (type(value).__name__, value.hex() if isinstance(value, float) else value)


def difference(wanted, got):
    if wanted[0] != "table" or got[0] != "table" or wanted[1] != got[1]:
        return None if wanted == got else f"wanted {str(wanted)[:300]}\n   got {str(got)[:300]}"
    if len(wanted[2]) != len(got[2]):
        return f"wanted {len(wanted[2])} columns, got {len(got[2])}"
    for want, have in zip(wanted[2], got[2]):
        if want[:2] != have[:2]:
            return f"wanted column {want[:2]}, got {have[:2]}"
        for row, (a, b) in enumerate(zip(want[2], have[2], strict=True)):
            if exact(a) != exact(b):
                return f"column {want[0]!r}, row {row}: wanted {a!r}, got {b!r}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()))
    options = parser.parse_args()

    seeds = [p.read_bytes() for p in sorted(HOSTILE.glob("*.csv")) if p.stat().st_size < 2000]
    reference = Reference()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "case.csv")
        for number in range(options.cases):
            rng = random.Random(f"{options.seed}/{number}")
            data = csv_cases.make(rng, seeds)
            while data.startswith(OTHER_KINDS):
                data = data[1:]
            delimiter = rng.choice(csv_cases.DELIMITERS + [":"]) if rng.random() < 0.15 else None
            path.write_bytes(data)
            found = difference(reference.read(data, delimiter), run_program(options.binary, path, delimiter))
            if found:
                failed += 1
                kept = options.keep / f"fuzz-{options.seed}-{number}.csv"
                kept.write_bytes(data)
                print(f"{kept} (delimiter {delimiter!r}): {found}")
    print(f"{options.cases - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
