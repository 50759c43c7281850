#!/usr/bin/env python3
"""Checks that the folders of src/ depend downwards only, and that each does only what it may.

    python3 scripts/check_layers.py [ROOT]

The order of the folders is FFWD_LAYERS in CMakeLists.txt. Checked:
  - a source includes only public headers, its own folder and folders lower down;
  - a foreign library is included by its one folder;
  - public headers include only the standard library and each other;
  - what only some folders may do (see BORDERS) is done nowhere else.
Prints FILE:LINE: what is wrong, exit 1 if anything is.
"""
import pathlib
import re
import sys

# Foreign library (start of the include path) -> folders (of src/, or in them) or files that may include it; None: all.
FOREIGN = {
    "fmt/": None,
    "nlohmann/": ["core/json.h"],
    "hwy/": ["kernels"],
    "zlib.h": ["table"],
    "zstd.h": ["table"],
    "fast_float/": ["table"],
    "CLI/": ["cli"],
    "arrow/": ["table/arrow_plugin"],
    "parquet/": ["table/arrow_plugin"],
}

# C and POSIX headers; standard C++ headers have no dot in their name.
SYSTEM = re.compile(r"(sys/\w+|arpa/inet|netinet/\w+|immintrin|[a-z0-9_]+)\.h$")

# What is forbidden -> (pattern, folders that may, why). Read on code without comments and string literals.
BORDERS = [
    (re.compile(r"\bthrow\b"), {"core"}, "only core/raise throws: call raise()"),
    (re.compile(r"\bcatch\s*\("), {"core", "model", "select", "serve", "cli", "table/arrow_plugin"},
     "only the borders catch (and core's thread pool, to hand an error to the calling thread)"),
    (re.compile(r"\bstd::(cout|cerr|clog|cin)\b|\b(printf|puts|putchar)\s*\("), {"serve", "cli"},
     "only cli and serve touch the terminal"),
    (re.compile(r"\bgetenv\s*\("), {"serve", "cli"}, "only cli and serve read the environment"),
    (re.compile(r"\b\w+_clock::now\b|\b(time|clock_gettime|gettimeofday)\s*\("), {"serve", "cli"},
     "only cli and serve read the clock: take it as an argument"),
    (re.compile(r"\bstd::(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|erf|"
                r"erfc|tgamma|lgamma|cbrt|hypot)\s*\("), {"report", "cli"},
     "the C library's differ between machines, and so would models: use those of kernels"),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SOURCES = {".h", ".cpp"}
LITERAL_OR_COMMENT = re.compile(
    r'R"([^(\s]*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*(?:.|\n)*?\*/')


def read_layers(root):
    """{folder: the comment beside it}, lowest first."""
    text = (root / "CMakeLists.txt").read_text(encoding="utf-8")
    match = re.search(r"set\(FFWD_LAYERS\s+([^)]*)\)", text)
    if not match:
        sys.exit("CMakeLists.txt: no set(FFWD_LAYERS ...)")
    lines = [line.partition("#") for line in match.group(1).splitlines()]
    return {folder: words.strip() for folders, _, words in lines for folder in folders.split()}


def code_only(text):
    """The text with literals and comments blanked; lines stay where they are."""
    return LITERAL_OR_COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)


def includes(text):
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def is_in(where, allowed):
    """Whether the source `where` (folder/file.h) is one of `allowed`, or in a folder of them."""
    return any(where == name or where.startswith(name + "/") for name in allowed)


def check_foreign(name, where):
    """What is wrong with including <name> from `where` (folder/file.h), or None."""
    for start, allowed in FOREIGN.items():
        if name.startswith(start):
            if allowed is None or is_in(where, allowed):
                return None
            return f"<{name}> may be included by {' and '.join(allowed)} only"
    if "." not in name and "/" not in name or SYSTEM.match(name):
        return None
    return f"<{name}> belongs to no known library: name it in FOREIGN of scripts/check_layers.py"


def check_own(name, folder, root, layers):
    """What is wrong with including "name" from a source of `folder`, or None."""
    head, _, rest = name.partition("/")
    if not rest:
        return f'"{name}" lacks its folder: write "{folder}/{name}"'
    if head == "ffwd":
        return None if (root / "include" / name).is_file() else f'"{name}" is no public header'
    if head not in layers:
        return f'"{name}" is in no folder of FFWD_LAYERS'
    if not (root / "src" / name).is_file():
        return f'"{name}" does not exist'
    return f'"{name}" lies above {folder}' if layers.index(head) > layers.index(folder) else None


def check_source(path, root, layers):
    where = path.relative_to(root / "src").as_posix()
    folder = where.split("/")[0]
    text = path.read_text(encoding="utf-8")
    if folder not in layers:
        yield 1, f"src/{folder} is not in FFWD_LAYERS of CMakeLists.txt"
        return
    for number, own, name in includes(text):
        foreign = not own or any(name.startswith(start) for start in FOREIGN)
        wrong = check_foreign(name, where) if foreign else check_own(name, folder, root, layers)
        if wrong:
            yield number, wrong
    for number, line in enumerate(code_only(text).splitlines(), 1):
        for pattern, allowed, why in BORDERS:
            if not is_in(where, allowed) and pattern.search(line):
                yield number, why


def check_public(path, root):
    for number, own, name in includes(path.read_text(encoding="utf-8")):
        if own and not (name.startswith("ffwd/") and (root / "include" / name).is_file()):
            yield number, f'"{name}" is no public header: public headers include only each other'
        elif not own and ("." in name or "/" in name):
            yield number, f"<{name}> is not the standard library: public headers include nothing foreign"


def check(root):
    layers = list(read_layers(root))
    faults = []
    for base, checker in (("src", lambda p: check_source(p, root, layers)), ("include", lambda p: check_public(p, root))):
        for path in sorted((root / base).rglob("*")):
            if path.suffix in SOURCES:
                faults += [f"{path.relative_to(root)}:{number}: {wrong}" for number, wrong in checker(path)]
    return faults


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]).resolve()
    faults = check(root)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
