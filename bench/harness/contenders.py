"""Who runs which workload. A contender's key is what --peers takes; its name is what tables show."""
import functools
import os
import subprocess
from dataclasses import dataclass, field

import machine

PEERS = os.path.join(machine.ROOT, "bench", "peers")
TRAINING = ["W1", "W2", "W3", "W4", "W5", "W6", "W7"]
WIDE = "W7 on two cores"  # not a workload of its own: W7, with two threads
FRAMEWORKS = {"jax": ("JAX", "jax_scan.py"), "torch": ("PyTorch eager", "torch_eager.py"),
              "compiled": ("PyTorch compiled", "torch_compiled.py"), "sklearn": ("scikit-learn", "sklearn_mlp.py"),
              "onnx": ("onnxruntime", "onnx_inference.py")}
KEYS = ["ffwd", "floor", "hand", "fann", *FRAMEWORKS]


@dataclass
class Contender:
    key: str
    name: str
    command: list = field(default_factory=list)
    threads: int = 1
    missing: str = ""  # why it cannot run, if so


def of_program(key, name, program, threads=1, package=""):
    path = machine.program(program)
    if path is None:
        missing = f"install {package} (scripts/setup --bench) and build again" if package else f"{program} is not built"
        return Contender(key, name, missing=missing)
    return Contender(key, name, [path], threads)


@functools.cache
def frameworks_python():
    """Their environment's, made when first asked for; "" where it cannot be made."""
    made = subprocess.run([os.path.join(machine.ROOT, "scripts", "peers"), "--frameworks"], check=False,
                          stdout=subprocess.PIPE, text=True)
    return made.stdout.strip() if made.returncode == 0 else ""


def frameworks_versions():
    """{name: version} of the packages there."""
    if not frameworks_python():
        return {}
    code = ("import importlib.metadata as m\n"
            "for n in ('torch', 'jax', 'scikit-learn', 'onnxruntime', 'numpy', 'pandas', 'pyarrow'): print(n, m.version(n))")
    text = subprocess.run([frameworks_python(), "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(line.split() for line in text.splitlines())


def of_framework(key, threads=1, variant=""):
    name, script = FRAMEWORKS[key]
    if not frameworks_python():
        return Contender(key, name + variant, missing="its environment could not be made (scripts/peers --frameworks)")
    return Contender(key, name + variant, [frameworks_python(), os.path.join(PEERS, script)], threads)


def ffwd(program="ffwd_training", threads=1, variant=""):
    return of_program("ffwd", "ffwd" + variant, program, threads)


def floor():
    return of_program("floor", "floor", "floor_step", package="libxsmm-dev")


# What each workload's list is made of; called only for those that are asked for.
MAKERS = {
    "W1": [("ffwd", ffwd), ("floor", lambda: of_program("floor", "floor", "floor_tiny")),
           ("fann", lambda: of_program("fann", "FANN", "peer_fann", package="libfann-dev"))],
    "W3": [("ffwd", ffwd), ("floor", floor),
           ("hand", lambda: of_program("hand", "floor by hand",
                                       "floor" if machine.has_avx512() else "floor_avx2"))],
    "W4": [("ffwd", ffwd), ("floor", floor)],
    "W8": [("ffwd", lambda: ffwd(threads=2)), ("ffwd", lambda: ffwd(variant=", one core")),
           ("jax", lambda: of_framework("jax", 2, ", vmap")), ("torch", lambda: of_framework("torch", 2, ", batched")),
           ("sklearn", lambda: of_framework("sklearn", 2, ", joblib"))],
    WIDE: [("ffwd", lambda: ffwd(threads=2)), ("ffwd", lambda: ffwd(variant=", one core")),
           ("jax", lambda: of_framework("jax", 2)), ("torch", lambda: of_framework("torch", 2))],
    "I1": [("ffwd", lambda: ffwd("ffwd_inference"))],
}
MAKERS["W2"] = MAKERS["W1"]
for _name in ("W5", "W6", "W7"):
    MAKERS[_name] = MAKERS["W4"]
MAKERS["I2"] = MAKERS["I1"]
for _name in TRAINING:
    MAKERS[_name] = MAKERS[_name] + [(key, lambda key=key: of_framework(key))
                                     for key in ("jax", "torch", "compiled", "sklearn")]
for _name in ("I1", "I2"):
    MAKERS[_name] = MAKERS[_name] + [(key, lambda key=key: of_framework(key)) for key in FRAMEWORKS]
WORKLOADS = TRAINING + ["W8", WIDE, "I1", "I2"]


def contenders(workload, keys):
    return [make() for key, make in MAKERS[workload] if key in keys]
