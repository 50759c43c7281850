"""One changed number in the vectors makes the suite fail: a few of each file, each changed by itself. Skipped in
sanitizer builds, where so many runs of the suite take a quarter of an hour and say nothing more."""
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["FFWD_SOURCE_DIR"], "tests", "oracle")
SUITE = pathlib.Path(os.environ["FFWD_BINARY"]).parent.parent / "tests" / "oracle_test"
CHANGES_PER_FILE = 4
ALLOWANCES = {"max_iterations", "solution_atol"}  # what a result may take, not a result


def leaves(node, path=()):
    """Where the numbers of a nested list or object stand."""
    if isinstance(node, (dict, list)):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            if key not in ALLOWANCES:
                yield from leaves(value, (*path, key))
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        yield path


def at(node, path):
    for key in path:
        node = node[key]
    return node


def change(node, path):
    """Far beyond what is tolerated: tolerances count from the largest number of a tensor."""
    value = at(node, path)
    at(node, path[:-1])[path[-1]] = value + 0.01 * abs(value) + 0.01 if isinstance(value, float) else value + 1


def passes(folder):
    done = subprocess.run([SUITE, "--gtest_brief=1"], env={**os.environ, "FFWD_ORACLE_DIR": str(folder)},
                          capture_output=True, text=True, timeout=100, check=False)
    return done.returncode == 0


def main():
    cache = (SUITE.parent.parent / "CMakeCache.txt").read_text(encoding="utf-8")
    if re.search(r"^FFWD_SANITIZE:\w+=.", cache, re.MULTILINE):
        sys.exit(77)
    rng = random.Random(5)
    failures = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file in SOURCE.glob("*.json"):
            shutil.copy(file, folder)
        if not passes(folder):
            sys.exit("the suite fails on an unchanged copy of the vectors")
        n_changes = 0
        for file in sorted(folder.glob("*.json")):
            text = file.read_text(encoding="utf-8")
            for _ in range(CHANGES_PER_FILE):
                vectors = json.loads(text)
                case = rng.choice(vectors["cases"])
                path = rng.choice(list(leaves(case["expected"])))
                change(case["expected"], path)
                file.write_text(json.dumps(vectors), encoding="utf-8")
                n_changes += 1
                if passes(folder):
                    failures.append(f"{case['id']}: {path}")
            file.write_text(text, encoding="utf-8")
    for failure in failures:
        print(f"not noticed: {failure}")
    print(f"{n_changes - len(failures)} of {n_changes} changed numbers were noticed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
