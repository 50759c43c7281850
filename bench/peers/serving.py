"""What the peers in Python share: the workload, as the program write_workload hands it over, and the way they are asked
for repetitions. A peer is called as the C++ programs are (bench/repetitions.h):

    PEER.py WORKLOAD [REPETITIONS] [--threads N] [--rows N] [--serve]

Import this before numpy and the framework: it tells their libraries how many threads to use.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workload")
    parser.add_argument("repetitions", nargs="?", type=int, default=15)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--serve", action="store_true")
    return parser.parse_args()


ARGUMENTS = arguments()
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(ARGUMENTS.threads)
warnings.filterwarnings("ignore")  # of scikit-learn, that training has not converged

import numpy as np  # noqa: E402  (after the environment)

PROGRAMS = os.environ.get("FFWD_BENCH_PROGRAMS") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..", "build", "release", "bin", "bench")


class Workload:
    """Sizes and data; x [rows, inputs] and y [rows] float32. `weights[model]`: of each layer (W [outputs, inputs], b),
    those that ffwd begins with."""

    def __init__(self, name, rows):
        command = [os.path.join(PROGRAMS, "write_workload"), name] + ([str(rows)] if rows else [])
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "data")
            text = subprocess.run(command + ["--to", path], check=True, stdout=subprocess.PIPE, text=True).stdout
            numbers = np.fromfile(path, np.float32)
        about = json.loads(text)
        self.name, self.sizes, self.loss, self.unit = about["name"], about["sizes"], about["loss"], about["unit"]
        self.rows, self.batch = about["rows"], about["batch"]
        self.optimizer, self.rate = about["optimizer"], about["rate"]
        self.epochs, self.models = about["epochs"], about["models"]
        self.loss_epochs, self.starts_anew = about["loss_epochs"], about["starts_anew"]
        self.is_full_batch = self.batch >= self.rows
        taken = 0

        def take(*shape):
            nonlocal taken
            count = int(np.prod(shape))
            taken += count
            return numbers[taken - count:taken].reshape(shape).copy()

        self.x, self.y = take(self.rows, self.sizes[0]), take(self.rows)
        layers = list(zip(self.sizes, self.sizes[1:]))
        self.weights = [[(take(n, k), take(n)) for k, n in layers] for _ in range(self.models)]

    def targets(self):
        """As losses of frameworks want them: class numbers [rows], or numbers [rows, 1]."""
        return self.y.astype(np.int64) if self.loss == "ce" else self.y[:, None]

    def whole_batches(self):
        """The factor from the time of the batches that are whole to that of all rows."""
        return self.rows / (self.rows // self.batch * self.batch)


def load():
    return Workload(ARGUMENTS.workload, ARGUMENTS.rows)


def seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def serve(peer, workload, losses, repeat, **more):
    """Answers as bench/repetitions.h says. `losses`: (first, last) or None; `repeat()` gives the seconds of one
    repetition; `more` goes into the line about the peer."""
    line = {"workload": workload.name, "peer": peer, "threads": ARGUMENTS.threads}
    line.update({key: value for key, value in more.items() if value})
    if losses is not None:
        line.update(loss_first=float(losses[0]), loss_last=float(losses[1]))
    if ARGUMENTS.serve:
        print(json.dumps(line), flush=True)
        for _ in sys.stdin:
            print(json.dumps({"seconds": repeat()}), flush=True)
        return
    times = [repeat() for _ in range(ARGUMENTS.repetitions + 1)][1:]
    line.update(reps=len(times), times=times, min_s=min(times), median_s=statistics.median(times))
    print(json.dumps(line), flush=True)
