"""The diff in CONTRIBUTING.md that adds a unit: it applies to the sources as they are, and adds one struct, its place
in the one list and one test. Applied to copies; the sources are only read. Skipped where git is missing."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("FFWD_SOURCE_DIR") or pathlib.Path(__file__).parents[2])
UNITS, TEST = "src/kernels/units-inl.h", "tests/kernels/units_test.cpp"


def diff():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return re.search(r"^```diff\n(.*?)^```$", page, re.M | re.S).group(1)


def applied(patch):
    """{path: text} of the patched files."""
    paths = re.findall(r"^\+\+\+ b/(.*)$", patch, re.M)
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            (pathlib.Path(folder) / path).parent.mkdir(parents=True)
            shutil.copy(ROOT / path, pathlib.Path(folder) / path)
        # Were the folder inside a checkout, git would take the paths for those of the checkout.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment["GIT_CEILING_DIRECTORIES"] = str(pathlib.Path(folder).parent.resolve())
        done = subprocess.run(["git", "apply", "-"], input=patch, cwd=folder, env=environment, text=True,
                              capture_output=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"the diff of CONTRIBUTING.md does not apply: {done.stderr}")
        return {path: (pathlib.Path(folder) / path).read_text(encoding="utf-8") for path in paths}


class AddingAUnit(unittest.TestCase):
    def test_the_diff_applies_to_these_sources(self):
        after = applied(diff())
        self.assertEqual(sorted(after), [UNITS, TEST])
        for path, text in after.items():
            self.assertNotEqual(text, (ROOT / path).read_text(encoding="utf-8"), path)

    def test_it_is_one_struct_one_row_and_one_test(self):
        added = re.findall(r"^\+(?!\+\+ )(.*)$", diff(), re.M)
        removed = re.findall(r"^-(?!-- )(.*)$", diff(), re.M)
        self.assertEqual(sum(line.startswith("struct ") for line in added), 1)
        self.assertEqual(sum(line.endswith(">;") for line in added), 1, "its place at the end of AllUnits")
        self.assertEqual(sum(line.startswith('    {"') for line in added), 1, "its formula, which is its test")
        self.assertEqual([line.endswith(">;") for line in removed], [True])

    def test_the_unit_is_not_there_yet(self):
        name = re.search(r'^\+.*kFacts\{"(\w+)"', diff(), re.M).group(1)
        self.assertNotIn(f'"{name}"', (ROOT / UNITS).read_text(encoding="utf-8"))
        self.assertIn(f'"{name}"', applied(diff())[UNITS])


if __name__ == "__main__":
    if shutil.which("git") is None:
        print("skipped: git is missing")
        sys.exit(77)
    unittest.main()
