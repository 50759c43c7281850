"""scripts/check_layers.py on small trees made for each case."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).parents[2] / "scripts" / "check_layers.py"
LAYERS = "set(FFWD_LAYERS\n    core kernels table file model cli)\n"


def check(files):
    """Exit code and message of the check on a tree holding `files` (path -> text)."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"CMakeLists.txt": LAYERS, **files}.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stderr


class CheckLayers(unittest.TestCase):
    def refuses(self, files, *said):
        code, message = check(files)
        self.assertEqual(code, 1, message)
        for text in said:
            self.assertIn(text, message)

    def test_a_tree_that_depends_downwards_passes(self):
        code, message = check({
            "include/ffwd/table.h": '#include <string>\n#include "ffwd/error.h"\n',
            "include/ffwd/error.h": "#include <vector>\n",
            "src/core/json.h": "#include <nlohmann/json.hpp>\n",
            "src/core/raise.cpp": "void f() { throw 1; }\n",
            "src/kernels/dense.cpp": '#include <hwy/highway.h>\n#include "core/json.h"\n#include "kernels/dense.h"\n',
            "src/kernels/dense.h": "// No printf() here, nor getenv(): this is a comment.\n",
            "src/table/csv.cpp": '#include <fmt/format.h>\n#include <zlib.h>\n#include "ffwd/table.h"\n',
            "src/cli/main.cpp": '#include <CLI/CLI.hpp>\n#include <unistd.h>\nint main() { std::getenv("X"); }\n',
        })
        self.assertEqual((code, message), (0, ""))

    def test_an_include_of_a_higher_folder_is_refused_with_its_place(self):
        self.refuses({"src/core/a.h": '#include <vector>\n#include "table/csv.h"\n', "src/table/csv.h": ""},
                     "src/core/a.h:2:", '"table/csv.h" lies above core')

    def test_a_missing_header_is_refused(self):
        self.refuses({"src/core/a.h": '#include "core/b.h"\n'}, '"core/b.h" does not exist')
        self.refuses({"src/core/a.h": '#include "ffwd/b.h"\n'}, '"ffwd/b.h" is no public header')

    def test_a_foreign_library_outside_its_folder_is_refused(self):
        for name in ("hwy/highway.h", "CLI/CLI.hpp", "nlohmann/json.hpp"):
            with self.subTest(name):
                self.refuses({"src/file/a.cpp": f"#include <{name}>\n"}, "src/file/a.cpp:1:", name)
                self.refuses({"src/file/a.cpp": f'#include "{name}"\n'}, "src/file/a.cpp:1:", name)

    def test_an_unknown_library_is_refused(self):
        self.refuses({"src/file/a.cpp": "#include <boost/any.hpp>\n"}, "belongs to no known library")

    def test_an_include_without_its_folder_is_refused(self):
        self.refuses({"src/file/a.cpp": '#include "a.h"\n', "src/file/a.h": ""}, 'write "file/a.h"')

    def test_a_public_header_that_shows_an_inner_or_a_foreign_one_is_refused(self):
        self.refuses({"include/ffwd/a.h": '#include "core/b.h"\n', "src/core/b.h": ""}, "include/ffwd/a.h:1:")
        self.refuses({"include/ffwd/a.h": "#include <fmt/format.h>\n"}, "include nothing foreign")

    def test_what_only_the_borders_may_do_is_refused_elsewhere(self):
        for code, said in (("throw 1;", "only core/raise throws"), ("try {} catch (...) {}", "only the borders catch"),
                           ('std::printf("x");', "terminal"), ('std::getenv("X");', "environment"),
                           ("auto t = std::chrono::steady_clock::now();", "clock"),
                           ("double y = std::log(2.0);", "differ between machines")):
            with self.subTest(code):
                self.refuses({"src/file/a.cpp": f"\nvoid f() {{ {code} }}\n"}, "src/file/a.cpp:2:", said)

    def test_a_folder_that_no_layer_names_is_refused(self):
        self.refuses({"src/utils/a.cpp": ""}, "src/utils is not in FFWD_LAYERS")


if __name__ == "__main__":
    unittest.main()
