#!/usr/bin/env python3
"""Every option of every verb changes the run in the way stated here, or is refused: none is read and ignored.

The options are found in the program's own help. One without an entry in option_entries.py fails the test, and so does
an entry for an option that is gone. An entry says with which other options it is tried (`base`), what it is set to (`value`;
True for a flag), another value it can have (`other`), what differs then (`differs`), what stays as it was (`keeps`)
and which values are refused (`refused`, with the exit code if it is not that of usage, and with what the message
names if it is not the option).

Also: a config file gives the same model as the command line, which goes before it; options that do not go together
are refused; and any two options that change the weights do so together too, or are refused (not in sanitized builds,
where so many runs take minutes).
"""
import concurrent.futures
import dataclasses
import functools
import itertools
import json
import os
import pathlib
import random
import re
import struct
import subprocess
import tempfile
import unittest

from option_entries import (DATA, OPTIONS, OTHER_REFUSED_TOGETHER, OUTPUT, REFUSED_TOGETHER, USAGE, WITHOUT_EFFECT,
                            is_json)

BINARY = os.path.abspath(os.environ["FFWD_BINARY"])
TIMES = re.compile(r"\b\d+(\.\d+)? (ms|s|min)\b")


# --- Running the program

@dataclasses.dataclass
class Outcome:
    """What one run left behind; `weights` are the bytes of the network's tensors."""
    code: int
    stdout: str
    stderr: str
    files: dict

    @property
    def model(self):
        return self.files.get("m.ffwd")

    @property
    def description(self):
        return None if self.model is None else json.loads(self._header()["__metadata__"]["ffwd"])

    @property
    def weights(self):
        if self.model is None:
            return None
        start = 8 + struct.unpack("<Q", self.model[:8])[0]
        layers = {name: entry for name, entry in self._header().items()
                  if name != "__metadata__" and not name.startswith("preprocessing.")}
        return {name: self.model[start + entry["data_offsets"][0]:start + entry["data_offsets"][1]]
                for name, entry in layers.items()}

    @property
    def training(self):
        return self.description and self.description["training"]

    @property
    def features(self):
        return self.description and self.description["features"]

    @property
    def names(self):
        return sorted(self.files)

    @property
    def shown(self):
        return TIMES.sub("TIME", self.stdout)

    def _header(self):
        return json.loads(self.model[8:8 + struct.unpack("<Q", self.model[:8])[0]])


SCRATCH = tempfile.TemporaryDirectory()


def execute(*arguments):
    """Runs the program in a new folder, whose parent holds the tables."""
    with tempfile.TemporaryDirectory(dir=SCRATCH.name) as folder:
        done = subprocess.run([BINARY, *arguments], cwd=folder, capture_output=True, text=True, timeout=200,
                              stdin=subprocess.DEVNULL, check=False)
        files = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
        return Outcome(done.returncode, done.stdout, done.stderr, files)


execute_once = functools.lru_cache(maxsize=None)(execute)


def words(options):
    """{"--hidden": "4", "--quiet": True, "--drop": None} as the command line has it."""
    listed = []
    for name, value in options.items():
        if value is True:
            listed.append(name)
        elif value is not None:
            listed.append(f"{name}={value}")
    return listed


# What each verb is given when an entry says nothing else. `data` stands for the table among the options.
STANDARD = {
    "train": {"data": "../t.csv", "--target": "y", "--drop": "cls,band,y2,w,g", "--hidden": "4", "--epochs": "3",
              "--output": "m.ffwd", "--threads": "1", "--quiet": True},
    "predict": {"model": "../m.ffwd", "data": "../t.csv"},
    "evaluate": {"model": "../m.ffwd", "data": "../t.csv"},
    "compress": {"model": "../m.ffwd", "data": "../t.csv", "--output": "m.ffwd", "--epochs": "3", "--threads": "1",
                 "--quiet": True},
    "inspect": {"data": "../t.csv"},
    "version": {},
    "units": {},
    "derivatives": {"model": "../m.ffwd", "data": "../t.csv"},
    "completion": {"shell": "bash"},
}


def run(verb, *changes):
    """The outcome of the verb's standard options with all `changes` (dictionaries) made to them."""
    options = dict(STANDARD[verb])
    for change in changes:
        options.update(change)
    given = [options.pop(name, None) for name in ("model", "data", "shell")]
    arguments = [argument for argument in given if argument is not None]
    return execute_once(verb, *arguments, *words(options))


def in_parallel(function, items):
    with concurrent.futures.ThreadPoolExecutor(max(2, os.cpu_count() or 1)) as pool:
        return list(pool.map(function, items))


# --- The tables. No function of the C library is used: its last digits differ between machines.

NETWORKS = {
    "residual.json": [{"name": "h", "size": 4, "unit": "tanh"}, {"name": "i", "size": 4},
                      {"name": "sum", "type": "add", "from": ["h", "i"]}, {"name": "out"}],
    "tower.json": [{"name": "h", "size": 3, "unit": "prelu"}, {"name": "out"}],
    "cycle.json": [{"name": "h", "size": 3, "from": ["out"]}, {"name": "out", "from": ["h"]}],
}


def make_tables(folder):
    rng = random.Random(1)
    lines, holes, separators = ["x,z,code,city,g,w,y,y2,cls,band"], ["x,y"], ["y,p;y"]
    for row in range(160):
        x, z, code, city = rng.random(), rng.random(), int(rng.random() * 3), ("Rome", "Oslo")[int(rng.random() * 2)]
        y = 3 * x - z + code
        lines.append(",".join([f"{x:.6f}", "" if row % 13 == 0 else f"{z:.6f}", str(code), city, str(row // 4),
                               str(1 + int(rng.random() * 3)), f"{y:.5f}", f"{x - z:.5f}",
                               "yes" if y > 2 else "no", "low" if y < 1 else "mid" if y < 2.5 else "high"]))
        holes.append(f"{x:.6f},{'' if row % 10 == 0 else f'{y:.5f}'}")
        separators.append(f"{int(x * 8)}.5,{int(z * 3)};{int(x * 3) + int(z * 5)}.5")
    gap = [lines[0], lines[1], ",".join(["1", "2", "1", "Rome"] + [""] * 6)]  # a row that has no target
    for name, text in {"t.csv": lines, "gap.csv": gap, "few.csv": lines[:41], "holes.csv": holes, "separators.csv": separators,
                       "two_readings.csv": ["x,y,k;x;y", *(f"{row}.5,1,2;{row % 3}.25;{row}" for row in range(9))],
                       }.items():
        pathlib.Path(folder, name).write_text("\n".join(text) + "\n", encoding="utf-8")
    for name, layers in NETWORKS.items():
        pathlib.Path(folder, name).write_text(json.dumps({"layers": layers}), encoding="utf-8")
    pathlib.Path(folder, "c.json").write_text('{"learning_rate": 0.1}', encoding="utf-8")


def make_models(folder):
    for name, drop in (("m", "cls,band,y2,w,g"), ("line", "z,code,city,cls,band,y2,w,g")):
        done = run("train", {"--drop": drop})
        assert done.code == 0, done.stderr
        pathlib.Path(folder, name + ".ffwd").write_bytes(done.model)


# --- What the program says of itself

@dataclasses.dataclass
class Option:
    names: list
    takes_value: bool


@functools.lru_cache(maxsize=None)
def verbs():
    return re.search(r"local verbs='([^']*)'", execute_once("completion", "bash").stdout)[1].split()


@functools.lru_cache(maxsize=None)
def options_of(verb):
    """{long name: Option} from the help, whose entries are "  -o, --output FILE   what it does"."""
    found = {}
    for line in execute_once(verb, "--help").stdout.splitlines():
        entry = re.match(r"  ((?:-\w, )?--[\w-]+)( [A-Z]+)?(?:  |$)", line)
        if entry:
            names = entry[1].split(", ")
            found[names[-1]] = Option(names, entry[2] is not None)
    return found


def entries():
    return [(verb, name, entry) for verb, options in OPTIONS.items() for name, entry in options.items()]


def as_json(value):
    """The value as one writes it in JSON: a number, a list or a text."""
    if not isinstance(value, str):
        return value
    if "," in value and value != ",":
        return [as_json(word) for word in value.split(",")]
    return float(value) if re.fullmatch(r"[\d.]+e-?\d+|\d+\.\d+", value) else int(value) if value.isdigit() else value


class EveryOption(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        make_tables(SCRATCH.name)
        make_models(SCRATCH.name)

    def expect_refused(self, outcome, code, named, what):
        self.assertEqual(outcome.code, code, f"{what}\n{outcome.stdout[:300]}{outcome.stderr}")
        self.assertIn(named, outcome.stderr, what)
        self.assertEqual(outcome.files, {}, f"{what}: refused, and wrote files")

    def expect_all_refused(self, cases):
        """cases: (verb, options or words, code, named)."""
        def outcome(case):
            return run(case[0], case[1]) if isinstance(case[1], dict) else execute_once(case[0], *case[1])
        for (verb, given, code, named), done in zip(cases, in_parallel(outcome, cases)):
            with self.subTest(verb=verb, given=given):
                self.expect_refused(done, code, named, f"{verb} {given}")

    def test_the_options_of_the_program_are_those_tried_here(self):
        self.assertEqual(sorted(verbs()), sorted(OPTIONS))
        for verb in verbs():
            self.assertEqual(set(options_of(verb)), set(OPTIONS[verb]), verb)
            for name, option in options_of(verb).items():
                self.assertEqual(option.takes_value, OPTIONS[verb][name].value is not True, name)

    def test_completion_offers_the_options_of_the_help(self):
        script = execute_once("completion", "bash").stdout
        for verb in verbs():
            offered = re.search(rf"^    {verb}\) options='([^']*)'", script, re.MULTILINE)[1].split()
            listed = [name for option in options_of(verb).values() for name in option.names]
            self.assertEqual(offered, ["--help", *listed], verb)
        self.assertEqual(len({execute_once("completion", shell).stdout for shell in ("bash", "zsh", "fish")}), 3)

    def test_each_changes_what_it_is_about(self):
        def outcomes(case):
            verb, name, entry = case
            return run(verb, entry.base), run(verb, entry.base, {name: entry.value})
        for (verb, name, entry), (base, given) in zip(entries(), in_parallel(outcomes, entries())):
            with self.subTest(verb=verb, option=name):
                self.assertEqual(given.code, 0, given.stderr)
                self.assertTrue("code" in entry.differs or base.code == 0, base.stderr)
                for what in entry.differs:
                    self.assertTrue(getattr(base, what) != getattr(given, what), f"{what} is the same")
                for what in entry.keeps:
                    self.assertTrue(getattr(base, what) == getattr(given, what), f"{what} is not the same")
                if entry.check:
                    self.assertTrue(entry.check(base, given), (base.stdout[:300], given.stdout[:300]))

    def test_short_names_are_the_same_options(self):
        for verb in verbs():
            for name, option in options_of(verb).items():
                for short in option.names[:-1]:
                    value = OPTIONS[verb][name].value
                    base = [word for word in words({**STANDARD[verb], "data": None, "model": None, name: None})]
                    files = [STANDARD[verb][key] for key in ("model", "data") if key in STANDARD[verb]]
                    given = execute_once(verb, *files, *base, short, value)
                    self.assertEqual(given.names, run(verb, {name: value}).names, short)

    def test_nonsense_is_refused_with_the_name_of_the_option(self):
        self.expect_all_refused([(verb, {**entry.base, name: value}, USAGE if value == "" else entry.code,
                                  name if value == "" else entry.names or name)
                                 for verb, name, entry in entries() for value in entry.refused])

    def test_a_value_is_given_once_and_only_to_what_takes_one(self):
        cases = []
        for verb in verbs():
            files = [STANDARD[verb][key] for key in ("model", "data", "shell") if key in STANDARD[verb]]
            for name, option in options_of(verb).items():
                if not option.takes_value:
                    cases.append((verb, (*files, name + "=1"), USAGE, name))
                    continue
                another = next(other for other in options_of(verb) if other != name)
                cases += [(verb, (*files, name), USAGE, name), (verb, (*files, name, another), USAGE, name)]
                if name not in ("--target", "--drop", "--categorical", "--encode", "--embed", "--missing", "--keep"):
                    value = str(OPTIONS[verb][name].value)
                    cases.append((verb, (*files, name, value, name, value), USAGE, name))
            cases += [(verb, (*files, word), USAGE, word) for word in ("--nonsense", "surplus")]
        self.expect_all_refused(cases)

    def test_repeated_names_of_columns_add_up(self):
        once = execute_once("train", "../t.csv", "--target=y", "--epochs=2", "--drop=cls,x", "--output=m.ffwd")
        twice = execute_once("train", "../t.csv", "--target=y", "--epochs=2", "--drop=cls", "--drop=x",
                             "--output=m.ffwd")
        self.assertEqual((once.code, once.model), (0, twice.model))

    def test_help_takes_one_verb(self):
        for verb in verbs():
            self.assertEqual(execute_once("help", verb).stdout, execute_once(verb, "--help").stdout)
            self.assertEqual(execute_once(verb, "-h").stdout, execute_once(verb, "--help").stdout)
        self.expect_refused(execute_once("help", "train", "--epochs"), USAGE, "--epochs", "help")
        self.expect_refused(execute_once("--help", "trian"), USAGE, "trian", "help")

    def test_paths_that_cannot_be_written_are_named(self):
        self.expect_all_refused([("train", {"--output": "none/m.ffwd"}, OUTPUT, "none"),
                                 ("train", {"--plot": "none/p.svg"}, OUTPUT, "none"),
                                 ("inspect", {"data": "../m.ffwd", "--plot": "none/p.svg"}, OUTPUT, "none"),
                                 ("units", {"--output": "none/p.svg"}, OUTPUT, "none"),
                                 ("predict", {"--output": "none/p.csv"}, OUTPUT, "none")])

    def test_options_that_do_not_go_together_are_refused(self):
        cases = [("train", *case) for case in REFUSED_TOGETHER] + OTHER_REFUSED_TOGETHER
        of_data = ("--task", "regression")
        self.expect_all_refused([(verb, given, DATA if of_data in given.items() else USAGE, named)
                                 for verb, given, named in cases])

    def test_an_option_that_can_find_nothing_to_do_says_so(self):
        small = {"data": "../few.csv", "--patience": "3"}
        self.assertIn("warning: --patience", run("train", small).stderr)
        self.assertNotIn("--patience", run("train", small, {"--valid-fraction": "0.2"}).stderr)

    def test_options_of_csv_given_for_another_file_say_that_they_do_nothing(self):
        done = run("predict", {"--output": "p.arrow", "--keep": "x,code,y"})
        if done.code != 0:
            self.skipTest("no plugin for Parquet and Arrow files")
        path = pathlib.Path(SCRATCH.name, "p.arrow")
        path.write_bytes(done.files["p.arrow"])
        for name, value, said in (("--missing", "0", "missing marks are"), ("--delimiter", ",", "a delimiter is")):
            self.assertIn("warning: " + said, execute("inspect", str(path), name, value).stderr)
            self.assertIn("warning: " + said, run("train", {"data": str(path), "--drop": None, name: value}).stderr)
        plain, given = (run("train", {"data": str(path), "--drop": None, "--categorical": columns})
                        for columns in (None, "code"))
        self.assertEqual((plain.code, given.code), (0, 0), given.stderr)
        self.assertNotEqual(plain.features, given.features)

    def test_weight_and_group_matter_beyond_being_no_features(self):
        dropped = run("train", {"--drop": "cls,band,y2,w,g"})
        for name in ("--weight", "--group"):
            column = OPTIONS["train"][name].value
            drop = "cls,band,y2,w,g".replace("," + column, "")
            given = run("train", {name: column, "--drop": drop})
            self.assertEqual(given.features, dropped.features, given.stderr)
            self.assertNotEqual(given.weights, dropped.weights, name)

    def test_a_config_file_gives_the_model_of_the_command_line(self):
        def outcomes(case):
            _, name, entry = case
            options = {**STANDARD["train"], **entry.base, name: entry.value}
            return run("train", entry.base, {name: entry.value}), self.run_config(options.pop("data"), options)
        cases = [case for case in entries() if case[0] == "train" and case[1] != "--config"]
        for (_, name, _), (typed, read) in zip(cases, in_parallel(outcomes, cases)):
            with self.subTest(option=name):
                self.assertEqual((typed.code, read.code), (0, 0), read.stderr)
                self.assertTrue(typed.files == read.files)
                if not is_json(typed.stdout):  # which has seconds in it
                    self.assertEqual(typed.shown, read.shown)

    def test_the_command_line_goes_before_the_config_file(self):
        def outcomes(case):
            _, name, entry = case
            options = {**STANDARD["train"], **entry.base}
            table, typed = options.pop("data"), {name: True if entry.value is True else entry.other}
            in_file = {**options, name: False if entry.value is True else entry.value}
            return run("train", entry.base, typed), self.run_config(table, in_file, typed)
        cases = [case for case in entries() if case[0] == "train" and case[1] != "--config"]
        for (_, name, _), (alone, before) in zip(cases, in_parallel(outcomes, cases)):
            with self.subTest(option=name):
                self.assertEqual((alone.code, before.code), (0, 0), alone.stderr + before.stderr)
                self.assertTrue(alone.files == before.files)

    def run_config(self, table, options, typed=None):
        """Trains with `options` from a file, those of `typed` on the command line."""
        listed = {name[2:].replace("-", "_"): as_json(value) for name, value in options.items() if value is not None}
        with tempfile.NamedTemporaryFile("w", suffix=".json", dir=SCRATCH.name) as file:
            json.dump(listed, file)
            file.flush()
            return execute("train", table, "--config", file.name, *words(typed or {}))

    def test_a_config_file_that_says_what_it_cannot_mean_is_refused(self):
        for listed, named in (({"config": "x.json"}, "config"), ({"epoch": 3}, "epoch"), ({"help": True}, "help"),
                              ({"data": "t.csv"}, "data"), ({"epochs": None}, "epochs"), ({"epochs": 1.5}, "json: 'epochs'"),
                              ({"quiet": "yes"}, "quiet"), ({"json": 1}, "json"), ({"hidden": []}, "json: 'hidden'"),
                              ({"batch_size": 8, "batch-size": 9}, "json: 'batch-size'"), ({"hidden": [[4]]}, "hidden"),
                              ({"momentum": 0.5}, "--momentum"), ([], "object"), ("epochs", "object")):
            with tempfile.NamedTemporaryFile("w", suffix=".json", dir=SCRATCH.name) as file:
                json.dump(listed, file)
                file.flush()
                self.expect_refused(execute("train", "../t.csv", "--target=y", "--config", file.name), USAGE, named,
                                    str(listed))

    def test_any_two_options_that_change_the_weights_do_so_together(self):
        if "debug" in execute_once("version").stdout:
            self.skipTest("takes minutes in a build for debugging")
        alone = {name: entry for _, name, entry in entries() if "weights" in entry.differs}
        pairs = [pair for pair in itertools.combinations(alone, 2)
                 if all(alone[pair[0]].base[key] == value for key, value in alone[pair[1]].base.items()
                        if key in alone[pair[0]].base)]

        def outcomes(pair):
            base = {**alone[pair[0]].base, **alone[pair[1]].base}
            one, other = ({name: alone[name].value} for name in pair)
            return run("train", base, one), run("train", base, other), run("train", base, one, other)
        for pair, (one, other, both) in zip(pairs, in_parallel(outcomes, pairs)):
            if both.code in (USAGE, DATA) or tuple(sorted(pair)) in WITHOUT_EFFECT:
                continue
            with self.subTest(pair=pair):
                self.assertEqual(both.code, 0, both.stderr)
                self.assertTrue(both.weights != one.weights, f"{pair[1]} changes nothing beside {pair[0]}")
                self.assertTrue(both.weights != other.weights, f"{pair[0]} changes nothing beside {pair[1]}")


if __name__ == "__main__":
    unittest.main()
