#!/usr/bin/env python3
"""Runs check.py on the real program.

    python3 tests/hostile/run.py --binary build/release/bin/ffwd [ARGUMENTS OF check.py]

Without --binary the program is the one that FFWD_BINARY names. FFWD_HOSTILE_DIR is any folder with an
expectations.json of this schema; without it, the cases beside this file.
"""
import argparse
import os
import pathlib
import shlex
import sys

HERE = pathlib.Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=os.environ.get("FFWD_BINARY"))
    options, others = parser.parse_known_args()
    if not options.binary:
        parser.error("name the program: --binary, or FFWD_BINARY")
    binary = shlex.quote(options.binary)
    os.execv(sys.executable, [
        sys.executable, str(HERE / "check.py"),
        "--read", f"{binary} inspect {{file}} --json --values",
        "--train", f"{binary} train {{file}} --target {{target}} --task {{task}} --epochs 2 --seed 1 -o {{out}}",
        "--dir", os.environ.get("FFWD_HOSTILE_DIR") or str(HERE),
        *others,
    ])


if __name__ == "__main__":
    main()
