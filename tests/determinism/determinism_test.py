#!/usr/bin/env python3
"""Equal data, options and seed give equal bits: for 1 to 8 threads, on AVX2 and AVX-512, and, through the answers in
known_answers.json, for every compiler and kind of build that runs this.

Every case trains on a made table, so that all units, losses, optimisers, schedules and both precisions enter, and
batches of several shards of 256 rows, which threads share. Its model file must be the same for all threads and
widths; digests of its tensors (not of the header, which may gain keys) and of its predictions are compared with the
known ones. A vector width that the machine lacks is skipped with a word; without either the whole test is.

    determinism_test.py [--update]

--update writes known_answers.json anew. That is right only with a change that is meant to change results (a kernel's
arithmetic, an order of sums, what a column becomes), which then has its line in CHANGELOG.md; never to make one build
pass that differs from others. The new answers must have been seen equal with g++ and clang.
"""
import concurrent.futures
import hashlib
import itertools
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import unittest

BINARY = os.path.abspath(os.environ["FFWD_BINARY"])
ANSWERS = pathlib.Path(__file__).with_name("known_answers.json")
WIDTHS = ("avx2", "avx512")
THREADS = range(1, 9)
PREDICTING_THREADS = (1, 2, 8)
ROWS = 3000  # 70 % of them are over 8 shards: each of 8 threads has one

ALL_FEATURES = ("size", "rooms", "city", "new", "sold")
CASES = {
    # Text, dates, missing cells; a batch is less than a shard.
    "regression": (ALL_FEATURES, "price", "--batch-size=32", "--epochs=2"),
    "regression_tanh_huber_sgd_float64": (ALL_FEATURES, "price", "--precision=float64", "--activation=tanh",
                                          "--loss=huber", "--optimizer=sgd", "--learning-rate=0.1", "--warmup=0.2",
                                          "--l2=0.001", "--batch-size=full", "--schedule=constant"),
    "linear_float64": (("size", "rooms"), "price", "--precision=float64", "--hidden=none", "--batch-size=700"),
    "several_targets_mae_weighted": (ALL_FEATURES, "price,rent", "--weight=rooms", "--loss=mae", "--batch-size=full",
                                     "--activation=sigmoid,softplus", "--optimizer=adam"),
    "binary_gelu_balanced": (ALL_FEATURES, "dear", "--activation=gelu", "--class-weight=balanced",
                             "--schedule=one_cycle", "--batch-size=600"),
    "binary_gelu_float64": (ALL_FEATURES, "dear", "--activation=gelu,sigmoid", "--precision=float64",
                            "--optimizer=adam", "--batch-size=full"),
    "multiclass_silu_tanh": (ALL_FEATURES, "band", "--activation=silu,tanh", "--batch-size=full"),
    "multiclass_softplus_float64": (ALL_FEATURES, "band", "--activation=softplus,silu", "--precision=float64",
                                    "--schedule=plateau", "--batch-size=256"),
    "grouped_leaky_relu_patience": (("size", "rooms", "new"), "price", "--group=city", "--activation=leaky_relu",
                                    "--hidden=40,3", "--batch-size=300", "--patience=1", "--epochs=6",
                                    "--learning-rate=0.2"),
    "layers_dropout": (ALL_FEATURES, "price", "--hidden=12 prelu layer_norm,9 maxout 3 dropout 0.2,7 rbf",
                       "--batch-size=600", "--l1=0.0001", "--clip-norm=1"),
    "units_float64": (ALL_FEATURES, "price", "--precision=float64", "--batch-size=full",
                      "--hidden=9 mish,8 selu,7 gudermannian,6 elu,5 abs,4 hard_tanh"),
    "gaussian_rmsprop": (ALL_FEATURES, "price", "--likelihood=gaussian", "--optimizer=rmsprop", "--batch-size=300",
                         "--average=1"),
    "quantiles_adagrad": (ALL_FEATURES, "price,rent", "--likelihood=quantile", "--optimizer=adagrad",
                          "--numeric=quantile"),
    "counts_restarts": (("size", "city", "new"), "rooms", "--likelihood=poisson", "--restarts=2", "--l2=0.01",
                        "--numeric=piecewise_linear", "--schedule=exponential"),
    "lbfgs": (("size", "rooms", "new"), "price", "--optimizer=lbfgs", "--activation=tanh", "--epochs=6"),
    "embedding_batch_norm": (ALL_FEATURES, "price", "--embed=city=3", "--hidden=12 batch_norm,7 tanh",
                             "--batch-size=600"),
    "perceptron_online": (ALL_FEATURES, "dear", "--loss=perceptron", "--hidden=none", "--optimizer=sgd",
                          "--momentum=0", "--batch-size=1"),
    "levenberg_marquardt": (("size", "rooms"), "price", "--optimizer=levenberg_marquardt", "--hidden=3 tanh",
                            "--epochs=4"),
}
SEARCHES = ("--weight-decay", "--learning-rate", "--schedule", "--batch-size")  # full-batch optimisers refuse these
# What a case does not say itself: nothing is left to the defaults, which may be tuned.
COMMON = {"--task": "auto", "--hidden": "12,7", "--activation": "relu", "--precision": "float32",
          "--optimizer": "adamw", "--weight-decay": "0.01", "--learning-rate": "0.01", "--schedule": "cosine",
          "--batch-size": "64", "--epochs": "3", "--patience": "9", "--valid-fraction": "0.1",
          "--test-fraction": "0.2", "--seed": "5"}
REFUSED_WITH = {"--hidden=none": ("--activation",), "--optimizer=lbfgs": SEARCHES,
                "--hidden=12 prelu layer_norm,9 maxout 3 dropout 0.2,7 rbf": ("--activation",),
                "--hidden=9 mish,8 selu,7 gudermannian,6 elu,5 abs,4 hard_tanh": ("--activation",),
                "--hidden=3 tanh": ("--activation",),
                "--optimizer=levenberg_marquardt": SEARCHES,
                **{f"--optimizer={name}": ("--weight-decay",) for name in ("sgd", "adam", "rmsprop", "adagrad")}}


# --- The table. random() alone is the same for all versions of Python, and + - * / for all machines.

def made_table():
    rng = random.Random(20)
    lines = ["size,rooms,city,new,sold,price,rent,dear,band"]
    for row in range(ROWS):
        size, rooms, city = 20 + 180 * rng.random(), 1 + int(rng.random() * 6), int(rng.random() * 5)
        price = 3 * size + 10 * rooms * rooms + 40 * city + 60 * (rng.random() - rng.random())
        there = [rng.random() > share for share in (0.1, 0.1, 0.15)]
        lines.append(",".join([
            f"{size:.3f}" if there[0] else "", str(rooms), ("Rome", "Oslo", "Bonn", "Graz", f"r{row % 80}")[city]
            if there[1] else "", ("true", "false")[int(rng.random() * 2)],
            f"20{10 + int(rng.random() * 12)}-{1 + int(rng.random() * 12):02}-{1 + int(rng.random() * 28):02}",
            f"{price:.4f}", f"{price / size:.5f}" if there[2] else "", "yes" if price > 550 else "no",
            "low" if price < 350 else "mid" if price < 600 else "high"]))
    return [line.split(",") for line in lines]


def write_columns(path, table, columns):
    kept = [table[0].index(name) for name in columns]
    pathlib.Path(path).write_text("".join(",".join(row[k] for k in kept) + "\n" for row in table), encoding="utf-8")


# --- Running the program

def run(*arguments, width=""):
    return subprocess.run([BINARY, *arguments], env={**os.environ, "FFWD_TARGET": width}, capture_output=True,
                          timeout=250, check=False)


def succeed(*arguments, width):
    done = run(*arguments, width=width)
    if done.returncode != 0:
        raise RuntimeError(f"{width} {' '.join(map(str, arguments))}\n{done.stderr.decode()}")
    return done.stdout


def present_widths():
    found = []
    for width in WIDTHS:
        done = run("version", width=width)
        if done.returncode == 0:
            found.append(width)
        elif b"is no vector width of this machine" in done.stderr:
            print(f"skipped: {width}, which this machine lacks", flush=True)
        else:
            raise RuntimeError(done.stderr.decode())
    return found


def tensors_digest(model):
    """Of names, types, shapes and bytes of all tensors."""
    length, = struct.unpack("<Q", model[:8])
    header = json.loads(model[8:8 + length])
    digest = hashlib.sha256()
    for name, entry in sorted(header.items()):
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            digest.update(f"{name} {entry['dtype']} {entry['shape']}\n".encode() + model[8 + length:][begin:end])
    return digest.hexdigest()


class Case:
    """One case in a folder of its own."""

    def __init__(self, name, table, folder):
        features, target, *options = CASES[name]
        self.data = os.path.join(folder, name + ".csv")
        grouped = ["city"] if "--group=city" in options else []
        write_columns(self.data, table, [*features, *grouped, *target.split(",")])
        given = {word.split("=")[0] for word in options}
        given.update(*(REFUSED_WITH.get(word, ()) for word in options))
        self.options = [f"--target={target}", "--drop-missing-target", *options,
                        *(f"{option}={value}" for option, value in COMMON.items() if option not in given)]
        self.path = os.path.join(folder, name)

    def model_path(self, threads, width):
        return f"{self.path}-{threads}-{width}.ffwd"

    def model(self, threads, width):
        path = self.model_path(threads, width)
        succeed("train", self.data, *self.options, f"--threads={threads}", "-o", path, "--quiet", width=width)
        return pathlib.Path(path).read_bytes()

    def predictions(self, threads, width):
        """By the model of one thread and the first width, which must have been made."""
        return succeed("predict", self.model_path(1, WIDTHS_HERE[0]), self.data, f"--threads={threads}", width=width)


def each_setting(function, threads):
    """{(threads, width): function(threads, width)}, two at a time or as many as there are cores."""
    settings = list(itertools.product(threads, WIDTHS_HERE))
    with concurrent.futures.ThreadPoolExecutor(max(2, os.cpu_count() or 1)) as pool:
        return dict(zip(settings, pool.map(lambda setting: function(*setting), settings)))


def differing(outcomes):
    """The settings whose outcome is not that of one thread on the first width."""
    return [setting for setting, outcome in outcomes.items() if outcome != outcomes[1, WIDTHS_HERE[0]]]


class Determinism(unittest.TestCase):
    maxDiff = None

    def test_every_case_has_a_known_answer_and_no_other_is_kept(self):
        self.assertEqual(sorted(KNOWN["cases"]), sorted(CASES))

    def test_the_table_is_the_one_the_answers_are_for(self):
        self.assertEqual(answers_of_table(made_table()), KNOWN["table"])

    def test_models_and_predictions_are_the_same_for_all_threads_and_widths_and_as_known(self):
        table = made_table()
        with tempfile.TemporaryDirectory() as folder:
            for name in CASES:
                with self.subTest(case=name):
                    models, predictions = outcomes_of(Case(name, table, folder))
                    self.assertEqual(differing(models), [], "(threads, width) whose model files differ")
                    self.assertEqual(differing(predictions), [], "(threads, width) whose predictions differ")
                    self.assertEqual(answers_of(models, predictions), KNOWN["cases"].get(name))

    def test_another_seed_gives_another_model(self):
        """So that the digests are known to see a difference."""
        with tempfile.TemporaryDirectory() as folder:
            case = Case("linear_float64", made_table(), folder)
            first = case.model(1, WIDTHS_HERE[0])
            case.options.remove("--seed=5")
            self.assertNotEqual(tensors_digest(first), tensors_digest(case.model(1, WIDTHS_HERE[0])))


def outcomes_of(case):
    return each_setting(case.model, THREADS), each_setting(case.predictions, PREDICTING_THREADS)


def answers_of(models, predictions):
    first = 1, WIDTHS_HERE[0]
    return {"tensors": tensors_digest(models[first]), "predictions": hashlib.sha256(predictions[first]).hexdigest()}


def answers_of_table(table):
    return hashlib.sha256(repr(table).encode()).hexdigest()


def update():
    table = made_table()
    known = {"table": answers_of_table(table), "cases": {}}
    with tempfile.TemporaryDirectory() as folder:
        for name in CASES:
            models, predictions = outcomes_of(Case(name, table, folder))
            if differing(models) or differing(predictions):
                sys.exit(f"{name} differs for (threads, width) {differing(models)}, {differing(predictions)}")
            known["cases"][name] = answers_of(models, predictions)
    ANSWERS.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    WIDTHS_HERE = present_widths()
    if not WIDTHS_HERE:
        sys.exit(77)
    if sys.argv[1:] == ["--update"]:
        sys.exit(update())
    KNOWN = json.loads(ANSWERS.read_text(encoding="utf-8"))
    unittest.main()
