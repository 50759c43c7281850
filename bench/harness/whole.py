"""Whole processes, from the start of the program to its end: the rows of W3 as a CSV file read, prepared, a network trained
for 20 epochs and saved; `ffwd train` beside scripts in Python that do the same, imports included. One core; all draw their
first weights from the distribution that scikit-learn has for them."""
import json
import os
import statistics
import subprocess
import tempfile
import time

import contenders
import figures
import machine
import servers

TITLE = "Whole processes: W3's rows as CSV read, prepared, trained on for 20 epochs, the model saved"
HEADER = ["", "min", "median", "runs", "ffwd faster by", "loss"]
OPTIONS = ("--target y --hidden 64,64 --activation relu --initial-weights glorot_uniform --optimizer adam "
           "--learning-rate 0.001 --schedule constant --batch-size 32 --epochs 20 --patience 0 --test-fraction 0 "
           "--valid-fraction 0 --threads 1").split()


def commands(keys, data, folder):
    """{name: command}"""
    made = {}
    if "ffwd" in keys:
        output = ["-o", os.path.join(folder, "w3.ffwd"), "--json"]
        made["ffwd"] = [machine.FFWD, "train", data] + OPTIONS + output
    for key, script, name in (("torch", "whole_torch.py", "PyTorch eager"),
                              ("sklearn", "whole_sklearn.py", "scikit-learn")):
        if key in keys and contenders.frameworks_python():
            path = os.path.join(contenders.PEERS, script)
            made[name] = [contenders.frameworks_python(), path, data, os.path.join(folder, key)]
    return made


def loss_in(name, output):
    if name != "ffwd":
        return float(output.split()[-1])
    return json.loads(output)["metrics"]["train"]["rmse"] ** 2


def measure(runs, keys, say):
    say("whole processes")
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "w3.csv")
        subprocess.run([machine.program("write_workload"), "W3", "--csv", data], check=True, stdout=subprocess.DEVNULL)
        rows = {name: {"peer": name, "times": [], "command": command}
                for name, command in commands(keys, data, folder).items()}

        def once(row):
            start = time.perf_counter()
            output = subprocess.run(row["command"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                    text=True, env=environment, preexec_fn=machine.pinned(1)).stdout
            row["loss"] = loss_in(row["peer"], output)
            return time.perf_counter() - start

        turns = {name: servers.turns_of(once(row), runs) for name, row in rows.items()}
        for round_number in range(runs):
            for name, row in rows.items():
                if round_number in turns[name]:
                    row["times"].append(once(row))
    return [finished(row) for row in rows.values()]


def finished(row):
    row.update(reps=len(row["times"]), min_s=min(row["times"]), median_s=statistics.median(row["times"]))
    del row["command"]
    return row


def lines(rows):
    reference = next((row for row in rows if row["peer"] == "ffwd"), None)
    for row in rows:
        if reference:
            row["ffwd_times_faster"] = row["min_s"] / reference["min_s"]
    return [[row["peer"], figures.in_words(row["min_s"]), figures.in_words(row["median_s"]), str(row["reps"]),
             figures.ratio_in_words(row), f"{row['loss']:.4g}"] for row in rows]
