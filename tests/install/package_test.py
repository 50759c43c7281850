"""The installed package: every public header stands alone, and another CMake project finds the library, links it and
trains with it. Skipped in sanitizer builds, whose library cannot be loaded by a program without the sanitizer."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ["FFWD_SOURCE_DIR"]
BUILD = os.path.dirname(os.path.dirname(os.environ["FFWD_BINARY"]))
SKIPPED = 77


def run(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit("%s failed with code %d:\n%s" % (" ".join(command), done.returncode, done.stdout))
    return done.stdout


def cache_entry(name):
    with open(os.path.join(BUILD, "CMakeCache.txt"), encoding="utf-8") as cache:
        return next((line.rstrip("\n").partition("=")[2] for line in cache if line.startswith(name + ":")), "")


def check_headers(compiler, prefix):
    """Nothing but the standard library and each other: there is no other folder to look in."""
    headers = sorted(glob.glob(os.path.join(prefix, "include", "ffwd", "*.h")))
    assert len(headers) >= 9, headers
    for header in headers:
        with open(header, encoding="utf-8") as file:
            for line in file:
                if line.startswith("#include"):
                    assert line.startswith('#include "ffwd/') or line.startswith("#include <"), (header, line)
                    assert "/" not in line or "ffwd/" in line, (header, line)
        source = os.path.join(prefix, "alone.cpp")
        with open(source, "w", encoding="utf-8") as file:
            file.write("#include <ffwd/%s>\n" % os.path.basename(header))
        run(compiler, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
            "-I", os.path.join(prefix, "include"), source)
    return len(headers)


def check_exports(prefix):
    """Programs may use other versions of the libraries that libffwd is built with: no name of theirs is seen."""
    library = glob.glob(os.path.join(prefix, "lib*", "**", "libffwd.so"), recursive=True)[0]
    names = [line.split(" ", 2)[2] for line in run("nm", "-DC", "--defined-only", library).splitlines()]
    strange = [name for name in names if "ffwd::" not in name]
    assert any(name.startswith("ffwd::read_csv(") for name in names), names[:5]
    assert "typeinfo for ffwd::Error" in names, "what it throws could not be caught"
    assert not strange, strange[:10]


def check_plugin(prefix):
    """The plugin for Parquet, if it was built, finds Arrow's libraries among what was installed."""
    for plugin in glob.glob(os.path.join(prefix, "lib*", "**", "libffwd_arrow.so"), recursive=True):
        for line in run("ldd", plugin).splitlines():
            assert "not found" not in line and ".venv" not in line, line


def main():
    if cache_entry("FFWD_SANITIZE"):
        sys.exit(SKIPPED)
    compiler = cache_entry("CMAKE_CXX_COMPILER")
    with tempfile.TemporaryDirectory() as folder:
        prefix, project = os.path.join(folder, "prefix"), os.path.join(folder, "project")
        run("cmake", "--install", BUILD, "--prefix", prefix)
        n_headers = check_headers(compiler, prefix)
        check_exports(prefix)
        check_plugin(prefix)
        shutil.copytree(os.path.join(SOURCE, "examples", "library"), project)
        run("cmake", "-S", project, "-B", os.path.join(project, "build"), "-G", "Ninja",
            "-DCMAKE_PREFIX_PATH=" + prefix, "-DCMAKE_CXX_COMPILER=" + compiler)
        run("cmake", "--build", os.path.join(project, "build"))
        printed = run(os.path.join(project, "build", "train"))
        assert printed.startswith("test rmse 0.0"), printed
        assert abs(float(printed.split()[-1]) - 0.9975) < 0.05, printed
        with open(os.path.join(project, "train.cpp"), encoding="utf-8") as file:
            body = file.read().partition("int main() {")[2].strip().splitlines()
        assert len(body) < 20, "the example should stay under 20 lines"
        assert run(os.path.join(prefix, "bin", "ffwd"), "--version").startswith("ffwd ")
    print("%d headers alone, and the example: passed" % n_headers)


if __name__ == "__main__":
    main()
