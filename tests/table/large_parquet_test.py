#!/usr/bin/env python3
"""Training on Parquet files whose cells are read as they are needed: models, figures and messages are those of the same
files read whole. Skipped without pyarrow; with it, the plugin must have been built."""
import datetime
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

try:
    import pyarrow as pa
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(0)

BINARY = os.environ["FFWD_BINARY"]
EVERY_TABLE = {"FFWD_LARGE_TABLE": "0"}
ROWS, LATE = 2000, 1500


def made_columns(rows=ROWS, seed=1):
    """Columns of every type, with and without gaps; some of which only later rows tell the type."""
    draw = random.Random(seed)
    day, second = datetime.date(2000, 1, 1), datetime.datetime(2000, 1, 1)

    def of(value, gap=0, kind=None):
        return pa.array([None if gap and r % gap == 3 else value(r) for r in range(rows)], kind)
    return {
        "id": of(lambda r: r), "x": of(lambda r: draw.gauss(0, 1)), "gaps": of(lambda r: draw.gauss(0, 1), 7),
        "float": of(lambda r: draw.gauss(0, 1), kind=pa.float32()), "i": of(lambda r: draw.randrange(100), 11),
        "small": of(lambda r: draw.randrange(100), kind=pa.uint8()), "b": of(lambda r: draw.random() < 0.5, 13),
        "late": of(lambda r: draw.gauss(0, 1) if r >= LATE else None), "t": of(lambda r: draw.choice("abc"), 17),
        "coded": of(lambda r: draw.choice(["k", "l"])).dictionary_encode(),
        "numbers": of(lambda r: str(draw.randrange(30))),
        "word": of(lambda r: f"2001-02-0{1 + r % 9}" if r < LATE else "word"),
        "d": of(lambda r: day + datetime.timedelta(draw.randrange(4000)), 19),
        "late time": of(lambda r: second + draw.randrange(4000) * datetime.timedelta(1, 0 if r < LATE else 61)),
        "midnight": of(lambda r: second + datetime.timedelta(draw.randrange(4000))),
        "wide": of(lambda r: 2**63 + 1 if r == rows - 1 else 2**53 + r % 9, kind=pa.uint64()),
        "none": pa.nulls(rows), "same": of(lambda r: 1.0), "list": of(lambda r: [r]),
        "w": of(lambda r: draw.uniform(0.5, 2)), "g": of(lambda r: f"g{draw.randrange(200)}"),
        "y": of(lambda r: draw.gauss(0, 1)), "z": of(lambda r: draw.gauss(0, 1), 5),
        "cls": of(lambda r: draw.choice("xyz")),
    }


class Large(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="ffwd-large-")
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, columns, name="t.parquet", **options):
        pq.write_table(pa.table(columns), self.path(name), **{"row_group_size": 350, **options})
        return self.path(name)

    def train(self, data, *options, large=False):
        return subprocess.run([BINARY, "train", data, "-o", self.path("m.ffwd"), "--epochs", "2", *options],
                              capture_output=True, text=True, check=False, cwd=self.folder.name,
                              env={**os.environ, **(EVERY_TABLE if large else {})})

    def outcome(self, data, *options, large=False):
        """The model's bytes, what is said of it without how long it took, and the warnings."""
        # Quiet: progress depends on time.
        done = self.train(data, *options, "--json", "--quiet", large=large)
        self.assertEqual(done.returncode, 0, done.stderr)
        said = json.loads(done.stdout)
        for part in [said, said.get("cross_validation", {}), *said["history"]]:
            part.pop("seconds", None)
        return pathlib.Path(self.path("m.ffwd")).read_bytes(), said, done.stderr

    def compare(self, data, *options):
        model, said, warned = self.outcome(data, *options, large=True)
        wanted, wanted_said, wanted_warned = self.outcome(data, *options)
        self.assertTrue(model == wanted, "the bits differ")
        self.assertEqual(said, wanted_said)
        self.assertEqual(warned, wanted_warned)


class SameModels(Large):
    def test_of_every_target_and_role(self):
        path = self.write(made_columns())
        for options in (("--target", "y"), ("--target", "cls"), ("--target", "b", "--drop-missing-target"),
                        ("--target", "small", "--weight", "w"), ("--target", "y,z", "--drop-missing-target"),
                        ("--target", "t", "--drop-missing-target", "--class-weight", "balanced"),
                        ("--target", "y", "--group", "g", "--weight", "w", "--drop", "x,late"),
                        ("--target", "midnight", "--task", "classification", "--drop", "cls,word")):
            with self.subTest(options):
                self.compare(path, *options)

    def test_with_every_way_to_encode_and_split(self):
        path = self.write(made_columns())
        for options in (("--categorical", "small,i,wide,late"), ("--numeric", "quantile", "--valid-fraction", "0"),
                        ("--numeric", "piecewise_linear", "--test-fraction", "0"),
                        ("--encode", "t=ordinal", "--encode", "gaps=robust", "--no-bound"),
                        ("--embed", "t,coded=2", "--hidden", "16"), ("--ensemble", "2", "--precision", "float64"),
                        ("--valid-fraction", "0.3", "--test-fraction", "0.5", "--seed", "5"), ("--threads", "1"),
                        ("--valid-fraction", "0", "--test-fraction", "0"), ("--cv", "2", "--drop", "word,late")):
            with self.subTest(options):
                self.compare(path, "--target", "y", *options)

    def test_however_the_rows_are_grouped(self):
        columns = made_columns()
        wanted = self.outcome(self.write(columns), "--target", "y")
        for options in ({"row_group_size": 1}, {"row_group_size": 10**6}, {"row_group_size": 999},
                        {"compression": "zstd", "data_page_version": "2.0"}, {"use_dictionary": False}):
            with self.subTest(options):
                few = {name: column.slice(0, 300) for name, column in columns.items()} if (
                    options.get("row_group_size") == 1) else columns
                path = self.write(few, **options)
                self.assertTrue(self.outcome(path, "--target", "y", large=True)[0] ==
                                (wanted if few is columns else self.outcome(path, "--target", "y"))[0])

    def test_as_csv_gives(self):
        columns = {name: column for name, column in made_columns().items() if name in (
            "x", "gaps", "i", "b", "t", "d", "y", "w")}
        path = self.write(columns)
        pa_csv.write_csv(pa.table(columns), self.path("t.csv"))
        for options in (("--target", "y"), ("--target", "t", "--weight", "w", "--drop-missing-target")):
            with self.subTest(options):
                self.assertTrue(self.outcome(path, *options, large=True)[0] ==
                                self.outcome(self.path("t.csv"), *options)[0], "the bits differ")

    def test_with_tables_to_validate_and_to_test_on(self):
        path, columns = self.write(made_columns()), made_columns(1500, 2)
        columns["t"] = pa.array(["new" if r % 40 == 1 else "a" for r in range(1500)])
        columns["x"] = pa.array([1e6 if r % 50 == 7 else 0.5 for r in range(1500)])
        other = self.write(columns, "other.parquet")
        for options in (("--valid", other, "--group", "g"), ("--test", other, "--group", "g"),
                        ("--valid", other, "--test", other, "--weight", "w")):
            with self.subTest(options):
                self.compare(path, "--target", "y", *options)


class Faults(Large):
    def refusals(self, data, *options):
        done = [self.train(data, *options, large=large) for large in (True, False)]
        self.assertEqual([d.returncode for d in done], [3, 3], done[0].stderr)
        return [d.stderr for d in done]

    def test_cells_are_refused_with_their_rows(self):
        for name, row, value in (("x", 1111, math.inf), ("float", 5, -math.inf), ("y", 1222, None), ("w", 1234, -1.0)):
            columns = made_columns()
            cells = columns[name].to_pylist()
            cells[row] = value
            columns[name] = pa.array(cells, columns[name].type)
            with self.subTest(name):
                large, whole = self.refusals(self.write(columns), "--target", "y", "--weight", "w")
                self.assertEqual(large, whole)
                self.assertIn(f"t.parquet: row {row + 1}: ", large)

    def test_an_infinite_number_of_a_row_that_is_not_trained_on_is_refused_with_its_row(self):
        columns, other = made_columns(), made_columns(1500, 2)
        cells = other["gaps"].to_pylist()
        cells[1402] = math.inf
        other["gaps"] = pa.array(cells)
        large, whole = self.refusals(self.write(columns), "--target", "y", "--test", self.write(other, "o.parquet"))
        self.assertEqual(large, whole)
        self.assertIn("o.parquet: row 1403: column 'gaps': infinite number", large)

    def test_names_that_are_not_there_are_refused(self):
        path = self.write(made_columns())
        for options in (("--target", "yy"), ("--target", "y", "--drop", "xx"), ("--target", "y", "--weight", "ww")):
            large, whole = self.refusals(path, *options)
            self.assertEqual(large, whole)

    def test_damaged_files_end_in_a_message(self):
        path = self.write({name: column for name, column in made_columns(600).items() if name in ("x", "t", "i", "y")},
                          row_group_size=200)
        bytes_ = pathlib.Path(path).read_bytes()
        refused = 0
        for at in range(4, len(bytes_), len(bytes_) // 60):
            bent = bytearray(bytes_)
            bent[at] ^= 0x5a
            pathlib.Path(path).write_bytes(bent)
            done = self.train(path, "--target", "y", large=True)
            self.assertIn(done.returncode, (0, 2, 3), (at, done.stderr))
            refused += done.returncode == 3
        self.assertGreater(refused, 5)

    def test_the_number_of_cells_is_a_number(self):
        done = subprocess.run([BINARY, "train", "t.parquet", "--target", "y"], capture_output=True, text=True,
                              check=False, env={**os.environ, "FFWD_LARGE_TABLE": "many"})
        self.assertEqual(done.returncode, 2)
        self.assertIn("FFWD_LARGE_TABLE", done.stderr)


if __name__ == "__main__":
    unittest.main()
