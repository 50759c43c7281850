"""scripts/architecture_map.py: the map of this tree is what its includes give; and small trees made for each case."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

ROOT = pathlib.Path(os.environ.get("FFWD_SOURCE_DIR") or pathlib.Path(__file__).parents[2])
SCRIPTS = ROOT / "scripts"
sys.path.insert(0, str(SCRIPTS))
sys.dont_write_bytecode = True
import architecture_map  # noqa: E402
import layered_picture  # noqa: E402

TREE = {
    "CMakeLists.txt": "set(FFWD_LAYERS\n  core  # the base\n  table  # columns\n  loss  # what is made small\n"
                      "  later\n  model  # all of it\n)\n",
    "docs/architecture.md": f"# Map\n\n{architecture_map.BEGIN}\nstale\n{architecture_map.END}\n\nafter\n",
    "include/ffwd/error.h": "#include <string>\n",
    "include/ffwd/model.h": '#include "ffwd/table.h"\n',
    "include/ffwd/matrix.h": "",
    "include/ffwd/table.h": "",
    "src/core/error.cpp": '#include "ffwd/error.h"\n',
    "src/core/text.h": "",
    "src/table/table.cpp": '#include "ffwd/table.h"\n#include "core/text.h"\n#include <zlib.h>\n',
    "src/table/csv/reader.h": '#include "core/text.h"\n#include "ffwd/model.h"\n',
    "src/loss/mse.cpp": "one\ntwo\n",
    "src/model/fit.cpp": '#include "table/csv/reader.h"\n#include "core/text.h"\n#include "ffwd/matrix.h"\n',
}


class MadeTree:
    """The files of TREE and `more` in a folder of their own."""

    def __init__(self, more=None):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for name, text in {**TREE, **(more or {})}.items():
            self.write(name, text)

    def write(self, name, text):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def read(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def run(self, *options):
        """Exit code and message."""
        done = subprocess.run([sys.executable, "-B", SCRIPTS / "architecture_map.py", *options, self.root],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()


class ThisTree(unittest.TestCase):
    def test_its_map_is_what_the_includes_give(self):
        done = subprocess.run([sys.executable, "-B", SCRIPTS / "architecture_map.py", ROOT],
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_its_picture_shows_every_folder_once_and_no_box_covers_another(self):
        svg = xml.etree.ElementTree.parse(ROOT / "docs" / "architecture.svg").getroot()
        tag = "{http://www.w3.org/2000/svg}"
        names = [text.text for text in svg.iter(tag + "text") if text.get("class") == "name"]
        self.assertEqual(sorted(names), sorted(path.name for path in (ROOT / "src").iterdir() if path.is_dir()))
        boxes = [tuple(float(rect.get(side)) for side in ("x", "y", "width", "height"))
                 for rect in svg.iter(tag + "rect") if rect.get("class") == "box"]
        for i, (x, y, width, height) in enumerate(boxes):
            self.assertTrue(0 < x and x + width < float(svg.get("width")))
            for x1, y1, _, _ in boxes[:i]:
                self.assertTrue(abs(x - x1) > width or abs(y - y1) > height, names[i])


class Reading(unittest.TestCase):
    def folders(self, more=None):
        with MadeTree(more) as tree:
            return architecture_map.read_folders(tree.root)

    def test_includes_are_counted_by_folder_public_headers_with_those_they_belong_to(self):
        found = self.folders()
        self.assertEqual(list(found), ["core", "table", "loss", "model"])
        self.assertEqual({name: dict(folder.includes) for name, folder in found.items()},
                         {"core": {}, "table": {"core": 2}, "loss": {}, "model": {"table": 2, "core": 1}})
        self.assertEqual({name: folder.public for name, folder in found.items()},
                         {"core": ["error.h"], "table": ["table.h"], "loss": [], "model": ["model.h"]})

    def test_a_public_header_from_above_is_no_edge(self):
        self.assertEqual(self.folders()["table"].from_above, {"ffwd/model.h"})

    def test_sources_and_their_lines_are_counted_with_folders_in_folders(self):
        found = self.folders()
        self.assertEqual((found["table"].sources, found["table"].lines), (2, 5))
        self.assertEqual((found["loss"].sources, found["loss"].lines), (1, 2))

    def test_a_folder_without_words_is_refused(self):
        with self.assertRaisesRegex(SystemExit, "no comment beside later"):
            self.folders({"src/later/a.h": ""})


class Drawing(unittest.TestCase):
    def test_what_follows_from_other_edges_is_left_out(self):
        self.assertEqual(architecture_map.reduced({"d": ["a", "b", "c"], "c": ["a", "b"], "b": ["a"], "a": []}),
                         {"d": ["c"], "c": ["b"], "b": ["a"], "a": []})
        diamond = {"d": ["b", "c"], "c": ["a"], "b": ["a"], "a": []}
        self.assertEqual(architecture_map.reduced(diamond), diamond)

    def test_rows_follow_the_longest_path_and_a_folder_that_nobody_uses_stands_on_top(self):
        self.assertEqual(layered_picture.levels({"a": [], "b": ["a"], "c": ["a", "b"], "alone": []}),
                         {"a": 2, "b": 1, "c": 0, "alone": 0})

    def test_lines_are_drawn_without_a_crossing_where_that_can_be(self):
        below = {"a": ["z"], "b": ["y"], "c": ["x", "bottom"], "x": [], "y": [], "z": ["bottom"], "bottom": []}
        rows, edges = layered_picture.with_bends(below)
        self.assertEqual([len(row) for row in rows], [3, 4, 1])
        self.assertEqual(layered_picture.crossings(layered_picture.ordered(rows, edges), edges), 0)

    def test_a_rows_nodes_keep_their_distance(self):
        placed = layered_picture.spaced(["a", "b", "c"], {"a": (0, 1), "b": (-100, 1), "c": (5000, 1)})
        self.assertEqual(placed["b"] - placed["a"], layered_picture.WIDTH + layered_picture.GAP)
        self.assertEqual((placed["a"] + placed["b"]) / 2, -50)
        self.assertEqual(placed["c"], 5000)

    def test_every_edge_has_its_arrow_and_letters_of_xml_are_kept(self):
        boxes = {name: layered_picture.Box(name, "<&>", "1") for name in "abc"}
        svg = layered_picture.picture(boxes, {"a": ["b", "c"], "b": ["c"], "c": []}, "t", [])
        xml.etree.ElementTree.fromstring(svg)
        self.assertEqual(len(re.findall('class="head"', svg)), 3)

    def test_words_too_long_for_a_box_are_refused(self):
        with self.assertRaisesRegex(ValueError, "more than two lines"):
            layered_picture.picture({"a": layered_picture.Box("a", "word " * 20, "1")}, {"a": []}, "t", [])


class Program(unittest.TestCase):
    def test_update_writes_what_the_check_then_accepts(self):
        with MadeTree() as tree:
            code, message = tree.run()
            self.assertEqual(code, 1)
            self.assertIn("docs/architecture.svg: is not what the includes give", message)
            self.assertIn("docs/architecture.md: is not what the includes give", message)
            self.assertEqual(tree.run("--update"), (0, ""))
            self.assertEqual(tree.run(), (0, ""))
            page = tree.read("docs/architecture.md")
            self.assertIn("| `model` | all of it | 1 | 3 | `model.h` | table 2, core 1 |\n", page)
            self.assertIn("| core 2, the types of `ffwd/model.h` |\n", page)
            self.assertTrue(page.startswith("# Map\n\n") and page.endswith("\n\nafter\n"))
            self.assertNotIn("stale", page)

    def test_another_edge_is_noticed_and_a_few_more_lines_are_not(self):
        with MadeTree() as tree:
            tree.run("--update")
            tree.write("src/loss/mse.cpp", "one\ntwo\nthree\n")
            self.assertEqual(tree.run(), (0, ""))
            tree.write("src/loss/mse.cpp", "line\n" * 30)
            self.assertEqual(tree.run()[0], 1)
            tree.write("src/loss/mse.cpp", '#include "core/text.h"\n')
            self.assertEqual(tree.run()[0], 1)

    def test_folders_that_include_each_other_are_named(self):
        with MadeTree({"src/core/text.h": '#include "table/csv/reader.h"\n'}) as tree:
            code, message = tree.run("--update")
            self.assertEqual(code, 1)
            self.assertRegex(message, "src: (core includes table includes core|table includes core includes table)")
            self.assertFalse((tree.root / "docs/architecture.svg").exists())

    def test_a_page_without_the_markers_is_refused(self):
        with MadeTree({"docs/architecture.md": "# Map\n"}) as tree:
            code, message = tree.run("--update")
            self.assertEqual(code, 1)
            self.assertIn("lacks the lines", message)


if __name__ == "__main__":
    unittest.main()
