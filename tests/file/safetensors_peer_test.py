#!/usr/bin/env python3
"""Models that the program trains, opened by others: the safetensors package, the JSON Schema, and numpy, which comes to
the same predictions. Needs numpy, safetensors and jsonschema; skipped without."""
import csv
import hashlib
import json
import math
import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import tempfile
import unittest

try:
    import jsonschema
    import numpy as np
    from safetensors import safe_open
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(0)

BINARY = os.environ["FFWD_BINARY"]
DOCS = pathlib.Path(os.environ["FFWD_SOURCE_DIR"]) / "docs"
UNITS = {"identity": lambda z: z, "relu": lambda z: np.maximum(z, 0), "tanh": np.tanh,
         "softplus": lambda z: np.logaddexp(z, 0)}


def made_up_rows(n_rows, seed):
    """Rows of every type of column, with missing cells, rare texts and what each target needs."""
    rng = random.Random(seed)
    rows = []
    for row in range(n_rows):
        size, city = rng.gauss(80, 20), rng.choice(["Rome", "Rome", "Oslo", "Bonn", "Größe", f"rare {row}"])
        price = 3 * size + (50 if city == "Rome" else 0) + rng.gauss(0, 5)
        rows.append({
            "size": "" if rng.random() < 0.1 else f"{size:.2f}", "rooms": rng.randint(1, 9),
            "city": "" if rng.random() < 0.1 else city, "new": rng.choice(["true", "false"]),
            "sold": f"20{rng.randint(10, 23)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            "price": f"{price:.3f}", "dear": "yes" if price > 250 else "no",
            "band": "low" if price < 220 else "mid" if price < 280 else "high"})
    return rows


def write_csv(path, rows, columns):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def header_of(path):
    """The header's entries in the order of the file, and the bytes after it, without the package's help."""
    raw = pathlib.Path(path).read_bytes()
    length, = struct.unpack("<Q", raw[:8])
    return json.loads(raw[8:8 + length]), raw[8 + length:], 8 + length


def fnv1a(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value >> 11


def numeric(column, cell):
    value = column["median"] if cell == "" else float({"true": 1, "false": 0}.get(cell, cell))
    return [(value - column["mean"]) / column["sd"]] + ([float(cell == "")] if column["missing"] else [])


def category(column, cell):
    levels = [float(cell == level) for level in column["levels"]]
    missing = [float(cell == "")] if column["missing"] else []
    other = cell != "" and cell not in column["levels"] or cell == "" and not missing
    if not len(column["pooled"]) and other:
        levels = [count / sum(column["counts"]) for count in column["counts"]]
    return levels + missing + ([float(other)] if len(column["pooled"]) else [])


def date(column, cell):
    import datetime
    day = datetime.date.fromisoformat(cell)
    new_year = datetime.date(day.year, 1, 1)
    days_in_year = (datetime.date(day.year + 1, 1, 1) - new_year).days
    cycles = {"month": (day.month - 1) / 12, "day_of_year": (day - new_year).days / days_in_year,
              "weekday": day.weekday() / 7}
    values = {"year": day.year, "days": (day - datetime.date(1970, 1, 1)).days}
    features = []
    for part in column["parts"]:
        if part["part"] in cycles:
            angle = 2 * math.pi * cycles[part["part"]]
            features += [math.sin(angle), math.cos(angle)]
        else:
            features.append((values[part["part"]] - part["mean"]) / part["sd"])
    return features + ([0.0] if column["missing"] else [])


ENCODERS = {"numeric": numeric, "boolean": numeric, "category": category, "date": date}


def weight_of(tensors, layer, inputs):
    """Dense, also where the file holds it sparse."""
    values, mask = tensors[layer["name"] + ".weight"], tensors.get(layer["name"] + ".weight.mask")
    if mask is None:
        return values.astype(np.float64)
    there = np.unpackbits(mask, axis=1, bitorder="little")[:, :inputs].astype(bool)
    weight = np.zeros(there.shape)
    weight[there] = values
    return weight


def outputs(model, tensors, row):
    x = []
    for name, column in model["preprocessing"]["columns"].items():
        # Long lists are tensors beside the text.
        lists = {key: tensors[f"preprocessing.{name}.{key}"] for key in ("counts", "pooled")
                 if f"preprocessing.{name}.{key}" in tensors}
        x += ENCODERS[column["encoder"]](column | lists, str(row[name]))
    x = np.array(x)
    for layer in model["network"]["layers"]:
        x = UNITS[layer["unit"]](weight_of(tensors, layer, len(x)) @ x + tensors[layer["name"] + ".bias"])
    return x


def prediction(model, y):
    """What the program prints of a row: a number, or the probability of each class."""
    target = model["targets"][0]
    if model["task"] == "regression":
        return {"prediction": y[0] * target["sd"] + target["mean"]}
    p = [1 / (1 + math.exp(y[0])), 1 / (1 + math.exp(-y[0]))] if len(y) == 1 else np.exp(y) / np.exp(y).sum()
    return {f"probability_{name}": p[k] for k, name in enumerate(target["classes"])}


class ModelsOpenedByOthers(unittest.TestCase):
    columns = ["size", "rooms", "city", "new", "sold"]

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.rows = made_up_rows(1000, seed=1)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def run_program(self, *arguments):
        done = subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)

    def train(self, target, *options, columns=tuple(columns)):
        write_csv(self.path("data.csv"), self.rows, [*columns, target])
        self.run_program("train", self.path("data.csv"), "--target", target, "--epochs", "3", "--seed", "1", "--threads",
                         "1", "-o", self.path("model.ffwd"), "--quiet", *options)
        return self.opened()

    def opened(self):
        with safe_open(self.path("model.ffwd"), framework="numpy") as file:
            metadata = file.metadata()
            tensors = {name: file.get_tensor(name) for name in file.keys()}
        return json.loads(metadata["ffwd"]), tensors, metadata

    def predicted(self, rows="data.csv"):
        self.run_program("predict", self.path("model.ffwd"), self.path(rows), "-o", self.path("out.csv"))
        with open(self.path("out.csv"), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def expect_sound(self, model, tensors, metadata, dtype="F32"):
        schema = json.loads((DOCS / "model-format.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(model)

        header, data, start = header_of(self.path("model.ffwd"))
        self.assertEqual(set(metadata), {"ffwd", "sha256"})
        self.assertEqual(start % 64, 0)
        self.assertEqual(metadata["sha256"], hashlib.sha256(data + metadata["ffwd"].encode()).hexdigest())
        expected, masks, inputs = {}, {}, model["network"]["inputs"][0]["size"]
        for layer in model["network"]["layers"]:
            name = layer["name"] + ".weight"
            expected[name] = (dtype, [layer["size"], inputs])
            if name + ".mask" in header:
                masks[name + ".mask"] = ("U8", [layer["size"], (inputs + 7) // 8])
                bits = np.unpackbits(tensors[name + ".mask"], axis=1, bitorder="little")
                self.assertEqual(bits[:, inputs:].sum(), 0)
                expected[name] = (dtype, [int(bits.sum())])
                self.assertTrue((tensors[name] != 0).all())
            expected[layer["name"] + ".bias"] = (dtype, [layer["size"]])
            inputs = layer["size"]
        expected |= masks
        found = {name: (entry["dtype"], entry["shape"]) for name, entry in header.items() if name != "__metadata__"}
        arrays = [name for name in found if name.startswith("preprocessing.")]
        self.assertEqual(list(found), arrays + list(expected))
        self.assertEqual({name: found[name] for name in expected}, expected)
        self.assertTrue(all(found[name][0] == "F64" and found[name][1][0] > 64 for name in arrays))
        for name, (kind, shape) in found.items():
            self.assertEqual(list(tensors[name].shape), shape)
            # The same numbers, to the bit, as in the bytes that the header points to.
            begin, end = header[name]["data_offsets"]
            self.assertEqual(str(tensors[name].dtype), {"F32": "float32", "F64": "float64", "U8": "uint8"}[kind])
            self.assertEqual(tensors[name].astype(tensors[name].dtype.newbyteorder("<")).tobytes(), data[begin:end])
            self.assertTrue(np.isfinite(tensors[name]).all())

    def expect_equal_predictions(self, model, tensors, tolerance):
        # The last rows: made of texts and moments that training need not have seen.
        for row, printed in list(zip(self.rows, self.predicted(), strict=True))[::9]:
            for name, value in prediction(model, outputs(model, tensors, row)).items():
                self.assertAlmostEqual(float(printed[name]), value, delta=tolerance * max(1, abs(value)))

    def test_a_regression_of_every_type_of_column(self):
        model, tensors, metadata = self.train("price", "--hidden", "7,5", "--activation", "tanh,softplus")
        self.expect_sound(model, tensors, metadata)
        self.assertEqual([feature["name"] for feature in model["features"]], self.columns)
        pooled = tensors["preprocessing.city.pooled"] # over 64 rare cities: a tensor
        self.assertEqual(list(pooled), sorted(pooled))
        self.assertTrue(set(pooled) <= {float(fnv1a(row["city"])) for row in self.rows})
        self.expect_equal_predictions(model, tensors, 1e-4)

    def test_two_classes(self):
        model, tensors, metadata = self.train("dear")
        self.expect_sound(model, tensors, metadata)
        self.assertEqual(model["targets"][0]["classes"], ["no", "yes"])
        self.expect_equal_predictions(model, tensors, 1e-5)

    def test_several_classes_in_double_precision(self):
        model, tensors, metadata = self.train("band", "--precision", "float64", "--optimizer", "sgd")
        self.expect_sound(model, tensors, metadata, "F64")
        self.assertEqual(model["targets"][0]["classes"], ["high", "low", "mid"])
        self.expect_equal_predictions(model, tensors, 1e-12)

    def test_models_without_rows_for_validation_and_of_numeric_classes(self):
        model, tensors, metadata = self.train("rooms", "--task", "classification", "--valid-fraction", "0",
                                              "--test-fraction", "0", "--missing", "n/a", columns=["size", "new"])
        self.expect_sound(model, tensors, metadata)
        self.assertEqual(model["targets"][0]["values"], list(range(1, 10)))

    def compress(self):
        self.run_program("compress", self.path("model.ffwd"), self.path("data.csv"), "-o", self.path("model.small"),
                         "--epochs", "4", "--quiet")
        os.replace(self.path("model.small"), self.path("model.ffwd"))
        return self.opened()

    def test_a_compressed_model(self):
        self.train("band", "--hidden", "60,50")
        model, tensors, metadata = self.compress()
        self.assertIn("hidden2.weight.mask", tensors)
        self.expect_sound(model, tensors, metadata)
        self.expect_equal_predictions(model, tensors, 1e-5)

    def test_the_program_in_the_documentation_predicts_the_median_row(self):
        model, _, _ = self.train("price", columns=["size", "rooms"])
        self.expect_the_documented_program_to_agree(model)
        model, tensors, _ = self.compress()
        self.assertIn("hidden2.weight.mask", tensors)
        self.expect_the_documented_program_to_agree(model)

    def expect_the_documented_program_to_agree(self, model):
        example, = re.findall(r"```python\n(.*?)```", (DOCS / "model-format.md").read_text(encoding="utf-8"), re.DOTALL)
        done = subprocess.run([sys.executable, "-c", example, self.path("model.ffwd")], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        medians = {name: column["median"] for name, column in model["preprocessing"]["columns"].items()}
        write_csv(self.path("medians.csv"), [medians], ["size", "rooms"])
        name, value = done.stdout.split()
        self.assertEqual(name, "price")
        self.assertAlmostEqual(float(value), float(self.predicted("medians.csv")[0]["prediction"]), delta=1e-3)


if __name__ == "__main__":
    unittest.main()
