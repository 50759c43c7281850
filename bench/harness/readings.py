"""Runs the scripts of bench/ that compare reading CSV files (reading.py) and whole runs (housing.py)."""
import json
import os
import subprocess

import contenders
import machine

TITLE = "Reading 100 MB of CSV into a table"
HEADER = ["", "cores", "MB/s at best", "in the median", "ffwd faster by"]


def script(name, *arguments):
    command = [contenders.frameworks_python(), os.path.join(machine.ROOT, "bench", name), *arguments]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def measure(runs):
    return script("reading.py", "--runs", str(runs), "--reader", machine.program("ffwd_reading"))


def lines(rows):
    best = {(row["file"], row["cores"]): row["mb_per_s"] for row in rows if row["peer"] == "ffwd"}

    def line(row):
        ratio = best[row["file"], row["cores"]] / row["mb_per_s"]
        return [f"{row['file']}: {row['peer']}", str(row["cores"]), f"{row['mb_per_s']:.0f}",
                f"{row['mb_per_s_median']:.0f}", "" if row["peer"] == "ffwd" else f"{ratio:.2f}"]

    return list(map(line, rows))
