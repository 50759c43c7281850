#!/usr/bin/env python3
"""Runs check.py on the real program.

    FFWD_BINARY=build/release/bin/ffwd [FFWD_HOSTILE_DIR=FOLDER] python3 tests/hostile/run.py

FFWD_HOSTILE_DIR is any folder with an expectations.json of this schema; without it, the cases beside this file.
"""
import os
import pathlib
import shlex
import sys

HERE = pathlib.Path(__file__).resolve().parent
BINARY = shlex.quote(os.environ["FFWD_BINARY"])

os.execv(sys.executable, [
    sys.executable, str(HERE / "check.py"),
    "--read", f"{BINARY} inspect {{file}} --json --values",
    "--train", f"{BINARY} train {{file}} --target {{target}} --task {{task}} --epochs 2 --seed 1 -o {{out}}",
    "--dir", os.environ.get("FFWD_HOSTILE_DIR") or str(HERE),
    *sys.argv[1:],
])
