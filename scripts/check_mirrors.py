#!/usr/bin/env python3
"""Checks that every source has its test and that no file has grown past reading.

    python3 scripts/check_mirrors.py [ROOT]

src/x/y.cpp needs tests/x/y_test.cpp (src/cli/main.cpp is tested through the program). A file has at most 600 lines,
unless its first line says that it is generated. Prints FILE: what is wrong, exit 1 if anything is.
"""
import pathlib
import re
import sys

MAX_LINES = 600
WITHOUT_TEST = {"src/cli/main.cpp"}
CODE = {".h", ".cpp", ".py", ".cmake", ".sh", ""}
FOLDERS = ["include", "src", "tests", "bench", "examples", "scripts", "cmake"]


def check_mirror(path, root):
    relative = path.relative_to(root)
    mirror = pathlib.Path("tests", *relative.parts[1:-1], path.stem + "_test.cpp")
    if relative.as_posix() in WITHOUT_TEST or (root / mirror).is_file():
        return None
    return f"{relative}: has no {mirror}"


def check_length(path, root):
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return None
    if len(lines) <= MAX_LINES or re.search(r"generated", lines[0], re.I):
        return None
    return f"{path.relative_to(root)}: {len(lines)} lines, the ceiling is {MAX_LINES}: find the second story inside"


def check(root):
    faults = [check_mirror(path, root) for path in sorted((root / "src").rglob("*.cpp"))]
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in CODE:
                faults.append(check_length(path, root))
    return [fault for fault in faults if fault]


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]).resolve()
    faults = check(root)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
