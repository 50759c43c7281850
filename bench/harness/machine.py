"""The machine that is measured on: which cores, how wide its vectors are, what it can do at most, what else runs."""
import json
import os
import platform
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAMS = os.path.join(ROOT, "build", "release", "bin", "bench")
FFWD = os.path.join(ROOT, "build", "release", "bin", "ffwd")


def cores(n):
    """The last n cores this process may use: the first tend to be disturbed more."""
    return set(sorted(os.sched_getaffinity(0))[-n:])


def pinned(n_cores):
    """For subprocess: keeps the new process on that many cores."""
    wanted = cores(n_cores)
    return lambda: os.sched_setaffinity(0, wanted)


def program(name):
    """The path of a program of bench/, of several the one for the widest vectors that run here; None if not built."""
    for candidate in (name, name + "_avx2"):
        path = os.path.join(PROGRAMS, candidate)
        if os.path.exists(path) and not (candidate == name and os.path.exists(path + "_avx2") and not has_avx512()):
            return path
    return None


def cpu_lines():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return file.read().splitlines()
    except OSError:
        return []


def has_avx512():
    return any(line.startswith("flags") and {"avx512f", "avx512vl", "avx512bw", "avx512dq"} <= set(line.split())
               for line in cpu_lines())


def description():
    name = next((line.split(":", 1)[1].strip() for line in cpu_lines() if line.startswith("model name")),
                platform.processor() or platform.machine())
    version = subprocess.run([FFWD, "version"], stdout=subprocess.PIPE, text=True).stdout.split("\n")[0]
    return {"cpu": name, "cores": len(os.sched_getaffinity(0)), "vectors": "AVX-512" if has_avx512() else "AVX2",
            "system": platform.system() + " " + platform.release(), "ffwd": version,
            "load_before": round(os.getloadavg()[0], 2)}


def limits():
    """What limits.cpp prints: [{limit, unit, best, median}]; empty where it is not built."""
    path = program("limits")
    if path is None:
        return []
    output = subprocess.run([path], stdout=subprocess.PIPE, text=True, check=True, preexec_fn=pinned(1)).stdout
    return [line for line in map(json.loads, output.splitlines()) if "limit" in line]


def peak_of(measured):
    """GFLOP/s of one core, or None."""
    found = [line["best"] for line in measured if line["limit"] == "multiply-adds"]
    return max(found) if found else None
