"""Whole runs on California housing: `ffwd train` with no option but the target and the test file, against a pipeline
that a practised user of scikit-learn writes by hand around MLPRegressor. Both read the same CSV files, prepare, train
and score; they run in turn, split by split. The scikit-learn run is timed inside its process, after its imports; the
ffwd run is timed from outside, as a whole process.

    python housing.py FOLDER --ffwd PROGRAM [--splits 5] [--repeats 3]

Prints a table on standard error and JSON on standard output. (The pipeline runs in this process.)
"""
import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

import pandas as pd
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.impute import SimpleImputer
from sklearn.metrics import root_mean_squared_error
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

TARGET = "median_house_value"


def write_split(folder, k, to):
    """Cuts data.csv by splits/test_K.txt into train.csv and test.csv."""
    plain = os.path.join(folder, "data.csv")
    opened = open(plain) if os.path.exists(plain) else gzip.open(plain + ".gz", "rt")
    with opened as file:
        header, *rows = file.read().splitlines()
    with open(os.path.join(folder, "splits", "test_%d.txt" % k)) as file:
        test = set(map(int, file.read().split()))
    for name, keep in (("train.csv", lambda i: i not in test), ("test.csv", lambda i: i in test)):
        with open(os.path.join(to, name), "w") as file:
            file.write("\n".join([header] + [row for i, row in enumerate(rows) if keep(i)]) + "\n")


def run_sklearn(folder):
    start = time.perf_counter()
    train, test = (pd.read_csv(os.path.join(folder, name)) for name in ("train.csv", "test.csv"))
    x, x_test = train.drop(columns=TARGET), test.drop(columns=TARGET)
    numbers = x.select_dtypes("number").columns
    words = x.columns.difference(numbers)
    prepare = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), numbers),
        ("words", OneHotEncoder(handle_unknown="ignore"), words),
    ])
    network = MLPRegressor(random_state=0)
    model = make_pipeline(prepare, TransformedTargetRegressor(network, transformer=StandardScaler()))
    model.fit(x, train[TARGET])
    score = root_mean_squared_error(test[TARGET], model.predict(x_test))
    return time.perf_counter() - start, score


def run_ffwd(program, folder):
    command = [program, "train", os.path.join(folder, "train.csv"), "--target", TARGET,
               "--test", os.path.join(folder, "test.csv"), "-o", os.path.join(folder, "m.ffwd"), "--json"]
    start = time.perf_counter()
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return time.perf_counter() - start, json.loads(output)["metrics"]["test"]["rmse"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--ffwd", required=True)
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=3, help="times each split is run (15 runs with 5 splits)")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")  # that 200 epochs, the default, are too few for the peer to converge
    results = {"ffwd": [], "scikit-learn": []}
    for k in range(options.splits):
        with tempfile.TemporaryDirectory() as folder:
            write_split(options.folder, k, folder)
            for _ in range(options.repeats):
                results["ffwd"].append(run_ffwd(options.ffwd, folder))
                results["scikit-learn"].append(run_sklearn(folder))
    rows = []
    for name, runs in results.items():
        seconds, scores = zip(*runs)
        rows.append({"workload": "housing", "peer": name, "runs": len(runs), "min_s": min(seconds),
                     "median_s": statistics.median(seconds), "rmse_mean": statistics.mean(scores)})
        print("  %-14s min %6.2f s   median %6.2f s   test rmse %.0f (mean over splits)"
              % (name, rows[-1]["min_s"], rows[-1]["median_s"], rows[-1]["rmse_mean"]), file=sys.stderr)
    ratios = [b[0] / a[0] for a, b in zip(results["ffwd"], results["scikit-learn"])]
    print("  ffwd is %.1f times faster at least, %.1f in the median of %d pairs"
          % (min(ratios), statistics.median(ratios), len(ratios)), file=sys.stderr)
    rows.append({"workload": "housing", "ratio_min": min(ratios), "ratio_median": statistics.median(ratios)})
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
