"""Accuracy of ffwd beside its peers, on data sets with fixed splits.

    python compare.py --data FOLDER --ffwd PROGRAM [--methods NAME,...] [--sets NAME,...] [--page FILE]

Results are kept in --results, a JSON file: with --methods, only those are run anew, and the others are taken from it.
"""
import argparse
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile
import warnings

import lightgbm
import sklearn
import xgboost

from data_sets import find_data_sets
from measures import measure
from methods import Ffwd, peers
from page import Page


def run_splits(method, data):
    rows = []
    for k in range(data.n_splits):
        train, test = data.split(k)
        rows.append(measure(data, test[data.target], method(data, train, test)))
    return rows


def show(data, name, rows):
    means = {key: sum(row[key] for row in rows) / len(rows) for key in rows[0]}
    figures = "   ".join(f"{key} {value:.5g}" for key, value in means.items())
    print(f"  {data.name:20} {name:18} {figures}", file=sys.stderr, flush=True)


def versions(program):
    own = subprocess.run([program, "version"], check=True, stdout=subprocess.PIPE, text=True).stdout.split("\n")[0]
    return ", ".join([own] + [f"{module.__name__} {module.__version__}" for module in (sklearn, xgboost, lightgbm)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--ffwd", required=True)
    parser.add_argument("--ffwd-options", default="", help="more options of `ffwd train`, to try them out")
    parser.add_argument("--results", default="accuracy.json")
    parser.add_argument("--methods", help="only these are run, separated by commas")
    parser.add_argument("--sets", help="only these data sets, separated by commas")
    parser.add_argument("--page", help="the page to write")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")  # the peers' advice to train for longer, with their defaults

    data_sets = find_data_sets(options.data)
    if options.sets:
        data_sets = [data for data in data_sets if data.name in options.sets.split(",")]
    if not data_sets:
        sys.exit(f"{options.data}: no data set (a folder with schema.json, data.csv and splits/)")
    path = pathlib.Path(options.results)
    results = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    with tempfile.TemporaryDirectory() as scratch:
        ffwd = Ffwd(options.ffwd, pathlib.Path(scratch), shlex.split(options.ffwd_options))
        methods = {"ffwd": ffwd, **peers()}
        wanted = options.methods.split(",") if options.methods else list(methods)
        lacking = [f"{data.name}: {name}" for data in data_sets for name in methods
                   if name not in wanted and name not in results.get(data.name, {})]
        if lacking:
            sys.exit(f"{path} has no results of {', '.join(lacking)}: run them too (--methods)")
        for data in data_sets:
            for name in wanted:
                rows = run_splits(methods[name], data)
                results.setdefault(data.name, {})[name] = rows
                show(data, name, rows)
                path.write_text(json.dumps(results), encoding="utf-8")
    page = Page(data_sets, list(methods), results)
    print(page.rank_table())
    if options.page:
        text = page.text(versions(options.ffwd))
        pathlib.Path(options.page).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
