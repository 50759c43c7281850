"""Runs every ```console block of README.md and docs/*.md: the lines after `$ ` through a shell, in order, in a scratch
folder with the files of examples/data and examples/networks, and compares what they print with what stands there. Times
and the version of the build are masked; a line `...` stands for any number of lines. Lines of progress, which only slow
builds print, do not count.

    console_test.py [--update]     --update writes into the documents what differs, to be read and committed
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.environ.get("FFWD_SOURCE_DIR") or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.path.abspath(os.environ.get("FFWD_BINARY") or os.path.join(ROOT, "build/release/bin/ffwd"))
MASKS = [(r"\b\d+(\.\d+)? (µs|ms|s|min)\b", "TIME"), (r"ffwd \d+\.\d+\.\d+.*", "ffwd VERSION")]
PROGRESS = re.compile(r"epoch \d+/\d+  loss ")


def commands(block):
    """[(command, expected output)] of one block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def masked(text):
    for pattern, name in MASKS:
        text = re.sub(pattern, name, text)
    return [line.rstrip() for line in text.strip().splitlines() if not PROGRESS.match(line)]


def same(expected, printed):
    pattern = "\n".join("(.*\n)*?" if line == "..." else re.escape(line) for line in expected)
    pattern = pattern.replace("(.*\n)*?\n", "(.*\n)*?")
    return re.fullmatch(pattern + "\n?", "\n".join(printed) + "\n") is not None


def run(path, update):
    passed = failed = 0
    with open(path, encoding="utf-8") as file:
        text = file.read()
    written = text
    with tempfile.TemporaryDirectory() as folder:
        for examples in ("data", "networks"):
            for name in os.listdir(os.path.join(ROOT, "examples", examples)):
                shutil.copy(os.path.join(ROOT, "examples", examples, name), folder)
        environment = dict(os.environ, PATH=os.path.dirname(BINARY) + ":" + os.environ["PATH"], NO_COLOR="1")
        for block in re.findall(r"^```console\n(.*?)^```$", text, re.M | re.S):
            for command, expected in commands(block):
                result = subprocess.run(command, shell=True, cwd=folder, env=environment, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
                if same(masked("\n".join(expected)), masked(result.stdout)):
                    passed += 1
                    continue
                failed += 1
                if update:
                    old, new = ("\n".join(["$ " + command] + lines) for lines in (expected, result.stdout.splitlines()))
                    written = written.replace(block, block.replace(old.rstrip(), new.rstrip()))
                    block = block.replace(old.rstrip(), new.rstrip())
                    continue
                print("%s: $ %s\nprints\n%s\nand not\n%s" % (path, command, result.stdout, "\n".join(expected)))
    if written != text:
        with open(path, "w", encoding="utf-8") as file:
            file.write(written)
    return passed, failed


def main():
    update = sys.argv[1:] == ["--update"]
    documents = [os.path.join(ROOT, "README.md")]
    documents += sorted(os.path.join(ROOT, "docs", f) for f in os.listdir(os.path.join(ROOT, "docs")) if f.endswith(".md"))
    passed, failed = map(sum, zip(*(run(path, update) for path in documents)))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
