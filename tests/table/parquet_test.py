#!/usr/bin/env python3
"""Parquet and Arrow files that pyarrow writes, through the program, and those that the program writes, through pyarrow.
Skipped without pyarrow; with it, the plugin must have been built."""
import csv
import datetime
import decimal
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    import pyarrow as pa
    import pyarrow.csv as pa_csv
    import pyarrow.feather as feather
    import pyarrow.parquet as pq
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(0)

BINARY = os.environ["FFWD_BINARY"]
EXAMPLES = pathlib.Path(os.environ["FFWD_SOURCE_DIR"]) / "examples" / "data"
MARKS = ["", "NA", "N/A", "null"]


def write_stream(table, path, **options):
    with pa.ipc.new_stream(path, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table, max_chunksize=100)


def write_file(table, path, **options):
    with pa.ipc.new_file(path, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table, max_chunksize=100)


WRITERS = {"parquet": lambda t, p: pq.write_table(t, p, row_group_size=100), "arrow": write_file,
           "arrows": write_stream, "feather": lambda t, p: feather.write_feather(t, p, compression="lz4")}


class ParquetTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="ffwd-parquet-")
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, table, ending="parquet"):
        path = self.path("t." + ending)
        WRITERS[ending](table, path)
        return path

    def run_ffwd(self, *args, code=0, binary=BINARY):
        done = subprocess.run([binary, *args], capture_output=True, text=True, check=False, cwd=self.folder.name)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def inspect(self, path):
        return json.loads(self.run_ffwd("inspect", path, "--values", "--json").stdout)

    def columns(self, table, ending="parquet"):
        """Name -> (type, values) of a table as the program reads it."""
        return {c["name"]: (c["type"], c["values"]) for c in self.inspect(self.write(table, ending))["columns"]}

    def model(self, data, *options):
        self.run_ffwd("train", data, "-o", self.path("m.ffwd"), "--epochs", "3", *options)
        return pathlib.Path(self.path("m.ffwd")).read_bytes()

    def refusal(self, path, code=3):
        done = self.run_ffwd("inspect", path, code=code)
        self.assertEqual(done.stdout, "")
        return done.stderr


class Types(ParquetTest):
    def test_every_type_is_read_from_every_kind_of_file(self):
        day, moment = datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 10, 0, 0, 250000)
        columns = {
            **{str(t): pa.array([1, None, 3], t) for t in (
                pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())},
            **{str(t): pa.array([0.5, None, math.nan], t) for t in (pa.float32(), pa.float64())},
            "bool": pa.array([True, None, False]),
            **{str(t): pa.array(["", None, "Größe"], t) for t in (pa.string(), pa.large_string())},
            "dictionary": pa.array(["b", None, "a"]).dictionary_encode(),
            "date32": pa.array([day, None, day], pa.date32()),
            "date64": pa.array([day, None, day], pa.date64()),
            **{unit: pa.array([moment, None, moment], pa.timestamp(unit)) for unit in ("ms", "us", "ns")},
            "zone": pa.array([moment, None, moment], pa.timestamp("us", "Asia/Kolkata")),
            "midnight": pa.array([datetime.datetime(2024, 2, 29), None, None], pa.timestamp("ns")),
            "decimal": pa.array([decimal.Decimal("-10.50"), None, decimal.Decimal("0.01")], pa.decimal128(9, 2)),
            "whole": pa.array([decimal.Decimal(7), None, decimal.Decimal(-7)], pa.decimal128(30, 0)),
            "date text": pa.array(["2024-02-29", None, "2023-01-01"]),
            "null": pa.nulls(3),
            "none": pa.array([None, None, None], pa.int32()),
        }
        stamp = "2024-02-29 10:00:00.25"
        wanted = {
            **{name: ("integer", [1, None, 3]) for name in columns if "int" in name},
            "float": ("number", [0.5, None, None]), "double": ("number", [0.5, None, None]),
            "bool": ("boolean", [True, None, False]),
            "string": ("text", ["", None, "Größe"]), "large_string": ("text", ["", None, "Größe"]),
            "dictionary": ("text", ["b", None, "a"]),
            "date32": ("date", ["2024-02-29", None, "2024-02-29"]),
            "date64": ("date", ["2024-02-29", None, "2024-02-29"]),
            "ms": ("timestamp", [stamp, None, stamp]), "us": ("timestamp", [stamp, None, stamp]),
            "ns": ("timestamp", [stamp, None, stamp]), "zone": ("timestamp", [stamp + "Z", None, stamp + "Z"]),
            "midnight": ("date", ["2024-02-29", None, None]),
            "decimal": ("number", [-10.5, None, 0.01]), "whole": ("integer", [7, None, -7]),
            "date text": ("date", ["2024-02-29", None, "2023-01-01"]),
            "null": ("missing", [None] * 3), "none": ("missing", [None] * 3),
        }
        for ending in WRITERS:
            with self.subTest(ending):
                self.assertEqual(self.columns(pa.table(columns), ending), wanted)

    def test_types_that_parquet_lacks(self):
        table = pa.table({"half": pa.array([0.5, None], pa.float16()), "view": pa.array(["a", "beyond twelve bytes"],
                          pa.string_view()), "wide": pa.array([decimal.Decimal("1.5"), None], pa.decimal256(40, 1))})
        self.assertEqual(self.columns(table, "arrow"), {
            "half": ("number", [0.5, None]), "view": ("text", ["a", "beyond twelve bytes"]),
            "wide": ("number", [1.5, None])})

    def test_missing_marks_are_texts_and_infinities_are_numbers(self):
        table = pa.table({"t": ["NA", "", "?"], "n": [math.inf, -math.inf, math.nan]})
        self.assertEqual(self.columns(table), {"t": ("text", ["NA", "", "?"]), "n": ("number", ["inf", "-inf", None])})

    def test_integers_are_exact_and_beyond_64_bits_numbers(self):
        table = pa.table({"i": [2**53 + 1, -2**63], "u": pa.array([2**63, 1], pa.uint64())})
        for ending in WRITERS:
            self.assertEqual(self.columns(table, ending),
                             {"i": ("integer", [2**53 + 1, -2**63]), "u": ("number", [2.0**63, 1.0])})

    def test_unreadable_columns_are_left_out_by_name(self):
        table = pa.table({"tags": [["a"], ["b"]], "a": [1, 2], "raw": [b"x", b"y"],
                          "at": pa.array([1, 2], pa.time32("s"))})
        said = self.inspect(self.write(table))
        self.assertEqual([c["name"] for c in said["columns"]], ["a"])
        self.assertEqual([w.split(",")[0] for w in said["warnings"]],
                         ["column 'tags': each cell is a list", "column 'raw': each cell is bytes",
                          "column 'at': each cell is a time of day"])


class Shapes(ParquetTest):
    TABLE = pa.table({"i": pa.array([None if k % 7 == 0 else k for k in range(1000)]),
                      "t": pa.array([None if k % 5 == 0 else f"text {k % 13}" for k in range(1000)]),
                      "d": pa.array([f"level {k % 3}" for k in range(1000)]).dictionary_encode(),
                      "b": pa.array([k % 3 == 0 for k in range(1000)])})

    def expect(self, path, table):
        values = {c["name"]: c["values"] for c in self.inspect(path)["columns"]}
        self.assertEqual(values, table.to_pydict())

    def test_sliced_tables(self):
        for start, length in ((3, 500), (997, 3), (0, 0), (501, 1)):
            part = self.TABLE.slice(start, length)
            for ending in WRITERS:
                with self.subTest(ending=ending, start=start):
                    self.expect(self.write(part, ending), part)

    def test_chunks_and_row_groups_of_any_size(self):
        pq.write_table(self.TABLE, self.path("t.parquet"), row_group_size=7)
        self.expect(self.path("t.parquet"), self.TABLE)
        chunked = pa.concat_tables([self.TABLE.slice(0, 1), self.TABLE.slice(1, 998), self.TABLE.slice(999)])
        write_file(chunked, self.path("t.arrow"))
        self.expect(self.path("t.arrow"), self.TABLE)

    def test_compressed_files(self):
        for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
            for dictionary in (False, True):
                with self.subTest(codec=codec, dictionary=dictionary):
                    pq.write_table(self.TABLE, self.path("t.parquet"), compression=codec, use_dictionary=dictionary,
                                   data_page_version="2.0" if dictionary else "1.0")
                    self.expect(self.path("t.parquet"), self.TABLE)
        for codec in ("lz4", "zstd"):
            write_stream(self.TABLE, self.path("t.arrows"), compression=codec)
            self.expect(self.path("t.arrows"), self.TABLE)

    def test_a_dictionary_that_grows_from_batch_to_batch(self):
        schema = pa.schema([("d", pa.dictionary(pa.int8(), pa.string()))])
        batches = [pa.record_batch([pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int8()), levels)], schema)
                   for levels in (["a", "b"], ["b", "c"])]
        with pa.ipc.new_stream(self.path("t.arrows"), schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        self.assertEqual(self.inspect(self.path("t.arrows"))["columns"][0]["values"], ["a", "b", "b", "c"])

    def test_a_pipe_and_any_name_will_do(self):
        path = self.write(self.TABLE)
        os.rename(path, self.path("t.csv"))
        self.expect(self.path("t.csv"), self.TABLE)
        done = subprocess.run(f"cat t.csv | '{BINARY}' inspect /dev/stdin --json", shell=True, capture_output=True,
                              cwd=self.folder.name, check=True)
        self.assertEqual(json.loads(done.stdout)["rows"], 1000)


class Models(ParquetTest):
    def test_the_same_table_gives_the_same_model_bits_from_every_kind_of_file(self):
        for name, target in (("flats", "rent"), ("flats", "kind"), ("flats", "balcony"), ("breast_cancer", "diagnosis"),
                             ("diabetes", "progression")):
            source = EXAMPLES / f"{name}.csv"
            options = pa_csv.ConvertOptions(strings_can_be_null=True, null_values=MARKS)
            table = pa_csv.read_csv(source, convert_options=options)
            wanted = self.model(str(source), "--target", target)
            for ending in WRITERS:
                with self.subTest(table=name, target=target, ending=ending):
                    self.assertEqual(self.model(self.write(table, ending), "--target", target), wanted)

    def test_every_type_gives_the_same_model_bits(self):
        rows = ["i,gaps,n,t,b,d,s,y,k"]
        for r in range(200):
            gap, text = "" if r % 9 == 0 else str(r % 17), "NA" if r % 11 == 0 else f"level {r % 4}"
            rows.append(f"{r % 23},{gap},{r * 0.37:.2f},{text},{'true' if r % 3 else 'false'},20{10 + r % 9}-0{1 + r % 9}-11,"
                        f"2024-01-{1 + r % 28:02} {r % 24:02}:30:00,{math.sin(r):.6f},{r % 3}")
        pathlib.Path(self.path("t.csv")).write_text("\n".join(rows) + "\n", encoding="utf-8")
        table = pa_csv.read_csv(self.path("t.csv"), convert_options=pa_csv.ConvertOptions(
            strings_can_be_null=True, null_values=MARKS))
        texts = table.set_column(table.column_names.index("d"), "d", table["d"].cast(pa.string()))
        midnights = table.set_column(table.column_names.index("d"), "d", table["d"].cast(pa.timestamp("ns")))
        for options in (("--target", "y"), ("--target", "k", "--task", "classification"), ("--target", "t",
                        "--drop-missing-target"), ("--target", "b")):
            wanted = self.model(self.path("t.csv"), *options)
            for ending in WRITERS:
                with self.subTest(options=options, ending=ending):
                    self.assertEqual(self.model(self.write(table, ending), *options), wanted)
            with self.subTest(options=options, dates="written otherwise"):
                self.assertEqual(self.model(self.write(texts), *options), wanted)
                self.assertEqual(self.model(self.write(midnights), *options), wanted)

    def numbers_by_name(self):
        """The same table as CSV files that write its numbers and booleans in several ways, and as a Parquet file. The
        first writes no points, so that its whole numbers are integers."""
        shops, flags = [100000.0, 2.0, None, 0.5], [True, False, True, None]
        rows = [(shops[r % 4], flags[r % 3], float(r % 7), float(r % 2), r % 5 == 0) for r in range(60)]
        spellings = {"short.csv": lambda v: str(v).lower().removesuffix(".0"), "pandas.csv": str,
                     "signs.csv": lambda v: str(v).upper() if isinstance(v, bool) else f"+{v:.3e}"}
        for name, spelled in spellings.items():
            lines = [",".join("" if v is None else spelled(v) for v in row) for row in rows]
            pathlib.Path(self.path(name)).write_text("\n".join(["shop,flag,x,cls,yes", *lines]), encoding="utf-8")
        columns = zip(*rows)
        path = self.write(pa.table(dict(zip(("shop", "flag", "x", "cls", "yes"), map(list, columns)))))
        return [self.path(name) for name in spellings] + [path]

    def test_categories_and_classes_do_not_depend_on_how_numbers_and_booleans_are_written(self):
        files = self.numbers_by_name()
        for options, names in (
                (("--target", "x", "--categorical", "shop,flag"), []),
                (("--target", "cls", "--task", "classification", "--drop", "flag"), ["0", "1"]),
                (("--target", "x", "--task", "classification", "--drop", "flag"), list("0123456")),
                (("--target", "yes", "--drop", "flag"), ["false", "true"])):
            with self.subTest(options=options):
                models = [self.model(path, *options) for path in files]
                for model in models[2:]:
                    self.assertTrue(model == models[1], "the bits differ")
                done = [self.run_ffwd("predict", "m.ffwd", path) for path in files]
                self.assertEqual([d.stderr for d in done], [""] * len(done))
                self.assertEqual([d.stdout for d in done], [done[0].stdout] * len(done))
                header = done[0].stdout.splitlines()[0].split(",")
                self.assertEqual(header[1:], [f"probability_{name}" for name in names])

    def test_codes_with_leading_zeros_are_told_apart_as_they_are_written(self):
        codes = [f"{r % 3:03}" if r % 2 else str(r % 3) for r in range(60)]
        pathlib.Path(self.path("t.csv")).write_text(
            "c,y\n" + "".join(f"{c},{r % 5}\n" for r, c in enumerate(codes)), encoding="utf-8")
        wanted = self.model(self.path("t.csv"), "--target", "y")
        self.assertTrue(rb'\"levels\":[\"0\",\"000\",\"001\",\"002\",\"1\",\"2\"]' in wanted)
        path = self.write(pa.table({"c": codes, "y": [r % 5 for r in range(60)]}))
        self.assertTrue(self.model(path, "--target", "y") == wanted, "the bits differ")

    def test_predictions_and_metrics_do_not_depend_on_the_kind_of_file(self):
        source = EXAMPLES / "flats.csv"
        self.model(str(source), "--target", "rent")
        table = pa_csv.read_csv(source, convert_options=pa_csv.ConvertOptions(strings_can_be_null=True,
                                                                              null_values=MARKS))
        wanted = self.run_ffwd("predict", "m.ffwd", str(source)).stdout
        measured = self.run_ffwd("evaluate", "m.ffwd", str(source), "--json").stdout
        for ending in WRITERS:
            path = self.write(table, ending)
            self.assertEqual(self.run_ffwd("predict", "m.ffwd", path).stdout, wanted)
            self.assertEqual(self.run_ffwd("evaluate", "m.ffwd", path, "--json").stdout, measured)

    def test_columns_that_a_model_does_not_read_may_hold_anything(self):
        self.model(str(EXAMPLES / "diabetes.csv"), "--target", "progression")
        table = pa_csv.read_csv(EXAMPLES / "diabetes.csv")
        table = table.append_column("tags", pa.array([["a"]] * table.num_rows))
        self.run_ffwd("predict", "m.ffwd", self.write(table))

    def test_a_column_of_another_type_is_read_as_the_model_needs_it_or_refused_with_its_row(self):
        pathlib.Path(self.path("t.csv")).write_text(
            "a,c,y\n" + "".join(f"{r},{r % 3:03},{2 * r + r % 3}\n" for r in range(60)), encoding="utf-8")
        self.model(self.path("t.csv"), "--target", "y")
        wanted = self.run_ffwd("predict", "m.ffwd", "t.csv").stdout
        codes = [f"{r % 3:03}" for r in range(60)]
        for a in (pa.array(range(60), pa.float64()), pa.array([str(r) for r in range(60)])):
            self.assertEqual(self.run_ffwd("predict", "m.ffwd", self.write(pa.table({"c": codes, "a": a}))).stdout, wanted)
        bad = pa.table({"a": [str(r) for r in range(59)] + ["many"], "c": codes})
        path = self.write(bad)
        self.assertEqual(self.run_ffwd("predict", "m.ffwd", path, code=3).stderr.splitlines()[0],
                         f"ffwd: error: {path}: row 60: column 'a': 'many' is not a number")

    def test_an_infinite_number_is_refused_with_its_row(self):
        path = self.write(pa.table({"a": [1.0, 2.0, math.inf, 4.0], "y": [1, 2, 3, 4]}))
        said = self.run_ffwd("train", path, "--target", "y", code=3).stderr
        self.assertIn(f"{path}: row 3: column 'a': infinite number", said)

    def test_matters_of_csv_are_said_to_have_no_effect(self):
        path = self.write(pa.table({"a": [1, 2]}))
        said = self.run_ffwd("inspect", path, "--delimiter", ";", "--missing", "-1").stderr
        self.assertIn("a delimiter is for CSV files", said)
        self.assertIn("missing marks are for CSV files", said)


class Predictions(ParquetTest):
    READERS = {"parquet": pq.read_table, "feather": feather.read_table,
               "arrow": lambda p: pa.ipc.open_file(p).read_all(), "arrows": lambda p: pa.ipc.open_stream(p).read_all()}

    def predict(self, ending, *options):
        path = self.path("p." + ending)
        self.run_ffwd("predict", "m.ffwd", str(EXAMPLES / "flats.csv"), "-o", path, *options)
        return path

    def test_the_ending_chooses_the_format_and_the_values_are_the_same(self):
        for target in ("rent", "kind", "balcony"):
            self.model(str(EXAMPLES / "flats.csv"), "--target", target)
            with open(self.predict("csv", "--keep", "id,listed,area_m2,floor,lift"), encoding="utf-8") as file:
                header, *rows = list(csv.reader(file))
            for ending, read in self.READERS.items():
                with self.subTest(target=target, ending=ending):
                    table = read(self.predict(ending, "--keep", "id,listed,area_m2,floor,lift"))
                    self.assertEqual(table.column_names, header)
                    self.assertEqual(table.num_rows, len(rows))
                    for name, cells in zip(header, zip(*rows)):
                        self.assertEqual([self.as_value(cell, value) for cell, value in
                                          zip(cells, table[name].to_pylist())], table[name].to_pylist(), name)

    @staticmethod
    def as_value(cell, value):
        """The cell of the CSV file as a value of the type that `value` has."""
        if value is None:
            return None if cell in MARKS else cell
        if isinstance(value, bool):
            return {"true": True, "false": False}[cell.lower()]
        if isinstance(value, datetime.date):
            return datetime.date.fromisoformat(cell)
        return type(value)(cell)

    def test_types_of_the_columns(self):
        self.model(str(EXAMPLES / "flats.csv"), "--target", "rooms", "--task", "classification")
        table = pq.read_table(self.predict("parquet", "--keep", "id,listed,area_m2,lift"))
        types = {name: str(kind) for name, kind in zip(table.column_names, table.schema.types)}
        self.assertEqual({name: types[name] for name in list(types)[:5]},
                         {"id": "string", "listed": "date32[day]", "area_m2": "double", "lift": "bool",
                          "prediction": "int64"})
        self.assertTrue(all(kind == "double" for name, kind in types.items() if name.startswith("probability_")))

    def test_what_was_written_is_read_again(self):
        self.model(str(EXAMPLES / "flats.csv"), "--target", "rent")
        for ending in WRITERS:
            path = self.predict(ending, "--keep", "id")
            self.assertEqual([c["type"] for c in self.inspect(path)["columns"]], ["text", "number"])
            self.assertEqual(pathlib.Path(path).read_bytes(), pathlib.Path(self.predict(ending, "--keep", "id")).read_bytes())

    def test_kept_times_that_no_type_holds_are_written_as_text(self):
        self.model(str(EXAMPLES / "diabetes.csv"), "--target", "progression")
        table = pa_csv.read_csv(EXAMPLES / "diabetes.csv").slice(0, 2)
        for cells, kind in ((["2024-01-01T10:00:00.123456789", "0001-01-01"], "string"),
                            (["2024-01-01T10:00:00.123456", "0001-01-01"], "timestamp[us]"),
                            (["2024-01-01T10:00:00.123456789", "2024-01-01"], "timestamp[ns]"),
                            (["2024-01-01T10:00:00Z", "2024-01-01T10:00:00"], "string"),
                            (["2024-01-01T10:00:00Z", "2024-01-01T10:00:00+05:30"], "timestamp[us, tz=UTC]")):
            with self.subTest(cells):
                pa_csv.write_csv(table.append_column("t", pa.array(cells)), self.path("t.csv"))
                self.run_ffwd("predict", "m.ffwd", "t.csv", "--keep", "t", "-o", "p.parquet")
                kept = pq.read_table(self.path("p.parquet"))["t"]
                self.assertEqual(str(kept.type), kind)
                if kind == "string":
                    self.assertEqual(kept.to_pylist(), cells)

    def test_no_rows_give_columns_alone(self):
        self.model(str(EXAMPLES / "flats.csv"), "--target", "kind")
        header = (EXAMPLES / "flats.csv").read_text(encoding="utf-8").splitlines()[0]
        pathlib.Path(self.path("none.csv")).write_text(header + "\n", encoding="utf-8")
        self.run_ffwd("predict", "m.ffwd", "none.csv", "-o", "p.parquet")
        self.assertEqual(pq.read_table(self.path("p.parquet")).num_rows, 0)


class Faults(ParquetTest):
    TABLE = pa.table({"a": list(range(300)), "t": [f"text {k}" for k in range(300)]})

    def test_a_truncated_file_is_refused(self):
        for ending in ("parquet", "arrow", "feather"):
            path = self.write(self.TABLE, ending)
            whole = pathlib.Path(path).read_bytes()
            for share in (0.01, 0.3, 0.9, 0.999):
                pathlib.Path(path).write_bytes(whole[:max(8, int(len(whole) * share))])
                self.assertIn(f"ffwd: error: {path}: cannot be read: ", self.refusal(path))

    def test_a_stream_cut_inside_a_batch_is_refused(self):
        path = self.write(self.TABLE, "arrows")
        whole = pathlib.Path(path).read_bytes()
        pathlib.Path(path).write_bytes(whole[:len(whole) // 2])
        self.assertIn("cannot be read: ", self.refusal(path))

    def test_garbage_behind_the_first_bytes_is_refused(self):
        for start in (b"PAR1\x15", b"ARROW1\0\0", b"\xff\xff\xff\xff"):
            path = self.path("t.parquet")
            pathlib.Path(path).write_bytes(start + b"\xa5" * 1000 + b"PAR1")
            self.assertIn("cannot be read: ", self.refusal(path))

    def test_equal_names_are_refused(self):
        path = self.path("t.arrow")
        write_file(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), path)
        self.assertIn("duplicate column name 'a'", self.refusal(path))

    def test_a_date_beyond_the_calendar_is_refused_with_its_row(self):
        path = self.write(pa.table({"d": pa.array([0, 10**7], pa.int32()).cast(pa.date32())}))
        self.assertIn(f"{path}: row 2: column 'd': a day outside", self.refusal(path))

    def test_without_the_plugin_it_is_said_how_to_get_it(self):
        alone = self.path("ffwd")
        shutil.copy(BINARY, alone)
        path = self.write(self.TABLE)
        said = self.run_ffwd("inspect", path, code=3, binary=alone).stderr
        self.assertIn("need the plugin libffwd_arrow.so, which is not beside ffwd", said)
        self.assertIn("make parquet", said)
        self.model(str(EXAMPLES / "diabetes.csv"), "--target", "progression")
        said = self.run_ffwd("predict", "m.ffwd", str(EXAMPLES / "diabetes.csv"), "-o", "p.parquet", code=6,
                             binary=alone).stderr
        self.assertIn("libffwd_arrow.so", said)
        self.assertFalse(os.path.exists(self.path("p.parquet")))

    def test_a_plugin_that_cannot_be_loaded_is_named(self):
        shutil.copy(BINARY, self.path("ffwd"))
        pathlib.Path(self.path("libffwd_arrow.so")).write_text("no library", encoding="utf-8")
        said = self.run_ffwd("inspect", self.write(self.TABLE), code=3, binary=self.path("ffwd")).stderr
        self.assertIn("the plugin cannot be loaded: ", said)


if __name__ == "__main__":
    unittest.main()
