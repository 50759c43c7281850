"""The networks of examples/networks are trained on tables of examples/data, and docs/network.schema.json is what the
program's own tables of layers and units make of it: it takes the examples and refuses what the program refuses.

    networks_test.py [--update]     --update writes docs/network.schema.json
"""
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

try:
    import jsonschema
except ImportError:  # then only what the schema says is compared, not what it takes
    jsonschema = None

ROOT = pathlib.Path(os.environ.get("FFWD_SOURCE_DIR") or pathlib.Path(__file__).resolve().parents[2])
BINARY = os.path.abspath(os.environ.get("FFWD_BINARY") or ROOT / "build/release/bin/ffwd")
SCHEMA = ROOT / "docs" / "network.schema.json"
EXAMPLES = ROOT / "examples" / "networks"
DIABETES = ["diabetes.csv", "--target", "progression"]
FLATS = ["flats.csv", "--target", "rent", "--drop", "id"]
TABLES = {"wide_and_deep.json": FLATS, "embeddings.json": FLATS}

NAMES = {"type": "array", "items": {"type": "string"}}
PAIRS = {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "string"}}}
UNITS_KEYS = {
    "units": {"description": "the units: a name and a unit each", **PAIRS, "minItems": 1},
    "edges": {"description": "where each edge starts and ends", **PAIRS},
    "outputs": {"description": "the units that are the layer's outputs", **NAMES, "minItems": 1},
}


def run(*arguments, folder=None):
    return subprocess.run([BINARY, *arguments], cwd=folder, capture_output=True, text=True, timeout=250)


def tables():
    return json.loads(run("units", "--json").stdout)


def option_schema(option):
    if isinstance(option["default"], bool):
        return {"description": option["summary"], "type": "boolean", "default": option["default"]}
    default = {} if option["default"] is None else {"default": option["default"]}
    return {"description": option["summary"], "type": "integer" if option["whole"] else "number",
            "minimum": option["least"], "maximum": option["most"], **default}


def when(key, value, then, required):
    """`required`: a layer without the key is of another kind; else it is of this one."""
    condition = {"properties": {key: {"const": value}}}
    return {"if": {**condition, "required": [key]} if required else condition, "then": then}


def schema(of):
    units = [unit["name"] for unit in of["units"]] + [layer["name"] for layer in of["layers"] if layer["unit"]]
    rules = []
    for layer in of["layers"]:
        properties = {option["name"]: option_schema(option) for option in layer["options"]}
        then = {"properties": properties}
        if layer["name"] == "units":
            then = {"required": list(UNITS_KEYS), "properties": UNITS_KEYS}
        elif not properties:
            continue
        rules.append(when("type", layer["name"], then, required=layer["name"] != "dense"))
    for unit in of["units"]:
        if unit["parameter"]:
            parameter = {"description": unit["formula"], "type": "number", "exclusiveMinimum": 0, "maximum": 1e6,
                         "default": unit["parameter"]["default"]}
            rules.append(when("unit", unit["name"], {"properties": {unit["parameter"]["name"]: parameter}}, True))
    layer = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 1},
            "type": {"enum": [layer["name"] for layer in of["layers"]], "default": "dense"},
            "from": {"description": "what it reads: inputs and layers; the layer before if it is left out", **NAMES,
                     "minItems": 1},
            "size": {"description": "outputs per row", "type": "integer", "minimum": 1, "maximum": 1000000},
            "unit": {"enum": units, "default": "identity"},
        },
        "allOf": rules,
        "unevaluatedProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A network for ffwd train --network",
        "description": "docs/network.md says what each key means.",
        "type": "object",
        "additionalProperties": False,
        "required": ["layers"],
        "properties": {
            "inputs": {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"$ref": "#/$defs/input"}},
            "layers": {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"$ref": "#/$defs/layer"}},
            "outputs": {"description": "the last layer if it is left out", **NAMES, "minItems": 1},
        },
        "$defs": {
            "input": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "columns": {"description": "of the table; all that no other input names if left out", **NAMES,
                                "minItems": 1},
                },
            },
            "layer": layer,
        },
    }


class Networks(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        self.schema = json.loads(SCHEMA.read_text(encoding="utf-8"))

    def train(self, network, table=DIABETES):
        data = str(ROOT / "examples" / "data" / table[0])
        return run("train", data, *table[1:], "--network", str(network), "--epochs", "2", "--seed", "1", "-o", "m.ffwd",
                   "--quiet", folder=self.folder)

    def taken(self, network):
        return jsonschema.Draft202012Validator(self.schema).is_valid(network)

    def test_the_schema_is_what_the_tables_of_the_program_make(self):
        self.assertEqual(self.schema, schema(tables()), f"write it anew: {__file__} --update")

    def test_every_example_is_trained_saved_shown_and_drawn(self):
        self.assertLessEqual(set(TABLES), {path.name for path in EXAMPLES.iterdir()})
        for path in sorted(EXAMPLES.glob("*.json")):
            with self.subTest(path.name):
                done = self.train(path, TABLES.get(path.name, DIABETES))
                self.assertEqual(done.returncode, 0, done.stderr)
                shown = run("inspect", "m.ffwd", "--json", "--plot", "n.svg", folder=self.folder)
                self.assertEqual(shown.returncode, 0, shown.stderr)
                network = json.loads(shown.stdout)["network"]
                names = [layer["name"] for layer in json.loads(path.read_text(encoding="utf-8"))["layers"]]
                self.assertEqual(sorted(layer["name"] for layer in network["layers"]), sorted(names))
                svg = pathlib.Path(self.folder, "n.svg").read_text(encoding="utf-8")
                self.assertTrue(all(f">{name}<" in svg for name in names))
                if jsonschema:
                    self.assertTrue(self.taken(json.loads(path.read_text(encoding="utf-8"))))
                    model = json.loads((ROOT / "docs" / "model-format.schema.json").read_text(encoding="utf-8"))
                    jsonschema.Draft202012Validator(model).validate(self.description())

    def description(self):
        model = pathlib.Path(self.folder, "m.ffwd").read_bytes()
        header = json.loads(model[8:8 + struct.unpack("<Q", model[:8])[0]])
        return json.loads(header["__metadata__"]["ffwd"])

    def test_the_schema_refuses_what_the_program_refuses(self):
        wrong = [
            {"layers": []},
            {"layer": [{"name": "a"}]},
            {"layers": [{"size": 3}]},
            {"layers": [{"name": "a", "sizes": 3}]},
            {"layers": [{"name": "a", "size": 0}]},
            {"layers": [{"name": "a", "from": []}]},
            {"layers": [{"name": "a"}], "outputs": []},
            {"inputs": [], "layers": [{"name": "a"}]},
            {"layers": [{"name": "a", "type": "dens"}]},
            {"layers": [{"name": "a", "unit": "rellu"}]},
            {"layers": [{"name": "a", "rate": 0.5}]},
            {"layers": [{"name": "a", "bias": 1}]},
            {"layers": [{"name": "a", "unit": "relu", "slope": 0.1}]},
            {"layers": [{"name": "d", "type": "dropout", "rate": 1}, {"name": "y"}]},
            {"layers": [{"name": "m", "type": "maxout", "size": 4, "pieces": 2.5}, {"name": "y"}]},
            {"layers": [{"name": "g", "type": "units", "units": [["a", "tanh"]], "edges": [["x.0"]], "outputs": ["a"]}]},
            {"layers": [{"name": "g", "type": "units", "units": [["a", "tanh"]], "edges": [["x.0", "a"]]}]},
            {"inputs": [{"name": "x", "size": 3}], "layers": [{"name": "a"}]},
        ]
        for network in wrong:
            with self.subTest(network):
                path = pathlib.Path(self.folder, "wrong.json")
                path.write_text(json.dumps(network), encoding="utf-8")
                self.assertEqual(self.train(path).returncode, 2)
                if jsonschema:
                    self.assertFalse(self.taken(network))

    def test_the_schema_of_the_model_file_knows_every_layer_and_option(self):
        of = tables()
        model = json.loads((ROOT / "docs" / "model-format.schema.json").read_text(encoding="utf-8"))
        layer = model["$defs"]["layer"]["properties"]
        self.assertEqual(layer["type"]["enum"], [row["name"] for row in of["layers"]])
        options = {option["name"] for row in of["layers"] for option in row["options"]}
        options |= {unit["parameter"]["name"] for unit in of["units"] if unit["parameter"]}
        self.assertEqual(set(layer), {"name", "type", "from", "size", "unit", *options, *UNITS_KEYS})


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        SCHEMA.write_text(json.dumps(schema(tables()), indent=2) + "\n", encoding="utf-8")
    else:
        unittest.main()
