"""With what every option is tried, what it changes then, and what is refused: see options_test.py."""
import dataclasses
import json

USAGE, DATA, OUTPUT = 2, 3, 6


@dataclasses.dataclass
class Entry:
    value: object = True
    other: object = None
    base: dict = dataclasses.field(default_factory=dict)
    differs: tuple = ()
    keeps: tuple = ()
    refused: tuple = ()
    code: int = USAGE
    names: str = None  # what a refusal names, if not the option
    check: object = None  # (base outcome, outcome) -> whether it is as it must be, in words of its own


def changes(value, other, *refused, what="weights", base=None, **more):
    return Entry(value, other, base or {}, (what, "model"), (), refused, **more)


def is_json(text):
    try:
        return isinstance(json.loads(text), dict) and text.count("\n") == 1
    except ValueError:
        return False


def json_instead(base, given):
    return is_json(given.stdout) and not is_json(base.stdout)


def epochs_run(outcome):
    return json.loads(outcome.stdout)["epochs"]


def drawn(_, given):
    return given.files["p.svg"].lstrip().startswith((b"<svg", b"<?xml"))


LOUD = {"--quiet": None}
TWO_READINGS = {"model": "../line.ffwd", "data": "../two_readings.csv"}
NO_COLUMN = {"code": DATA}

OPTIONS = {
    "train": {
        "--target": changes("y2", "y", "nowhere", base={"--drop": "cls,band,w,g"}, **NO_COLUMN),
        "--task": changes("classification", "regression", "x", "", base={"--target": "code"}),
        "--drop": changes("cls,band,y2,w,g,x", "cls,band,y2,w,g", "nowhere", what="features", **NO_COLUMN),
        "--categorical": changes("code", "x", "nowhere", **NO_COLUMN),
        "--weight": changes("w", "g", "nowhere", base={"--drop": "cls,band,y2"}, what="features", **NO_COLUMN),
        "--group": changes("g", "w", "nowhere", base={"--drop": "cls,band,y2"}, what="features", **NO_COLUMN),
        "--drop-missing-target": Entry(base={"data": "../holes.csv", "--drop": None}, differs=("code", "model"),
                                       check=lambda base, given: (base.code, given.code) == (DATA, 0)),
        "--valid": changes("../few.csv", "../t.csv", "none.csv", code=DATA, names="none.csv"),
        "--valid-fraction": changes("0.3", "0.2", "1", "-0.1", "x", ""),
        "--test": changes("../few.csv", "../t.csv", "none.csv", code=DATA, names="none.csv"),
        "--test-fraction": changes("0.3", "0.1", "1", "-0.1", "x", "nan"),
        "--delimiter": changes(";", ",", ";;", "", '"', what="features",
                               base={"data": "../separators.csv", "--drop": None}),
        "--missing": changes("0", "0,1"),
        "--numeric": changes("quantile", "robust", "x", "", "standart"),
        "--encode": changes("x=piecewise_linear", "x=none", "x", "x=huge", "", "city=quantile", "x=one_hot",
                            "y=none", "city=ordinal:Rome"),
        "--no-bound": Entry(differs=("model",), keeps=("weights",)),
        "--hidden": changes("5,3", "4 tanh dropout 0.2", "0", "x", "4,", "", "-1", "1e99", "4 tanh relu", "4 dropout 1"),
        "--dropout": changes("0.5", "0.1", "1", "-0.1", "x", "nan"),
        "--embed": changes("city=3", "city", "city=0", "city=x", "", "x", "y", "city,city"),
        "--network": changes("../residual.json", "../tower.json", "../cycle.json", "nowhere.json", "",
                             base={"--hidden": None}),
        "--activation": changes("tanh", "gelu", "x", "", "relu,x", "relu,tanh,relu"),
        "--precision": changes("float64", "float32", "float16", ""),
        "--optimizer": changes("sgd", "adam", "adan", ""),
        "--likelihood": changes("gaussian", "laplace_mean", "x", "", "bernoulli", "categorical"),
        "--quantiles": changes("0.2,0.8", "0.3", "0", "1", "0.5,0.5", "0.9,0.1", "x", "", base={"--likelihood": "quantile"}),
        "--huber-delta": changes("0.5", "2", "0", "-1", "x", "inf", "nan", base={"--loss": "huber"}),
        "--label-smoothing": changes("0.2", "0.1", "1", "-0.1", "x", "nan",
                                     base={"--target": "band", "--drop": "cls,y,y2,w,g"}),
        "--loss": changes("huber", "mae", "x", "", "binary_cross_entropy", "categorical_cross_entropy"),
        "--class-weight": changes("balanced", "none", "x", "", base={"--target": "cls", "--drop": "band,y,y2,w,g"}),
        "--learning-rate": changes("0.02", "0.03", "0", "-1", "x", "nan", "inf", ""),
        "--schedule": changes("constant", "one_cycle", "x", ""),
        "--schedule-factor": changes("0.5", "0.25", "0", "1", "x", base={"--schedule": "exponential"}),
        "--schedule-every": changes("4", "2", "0", "1.5", "x", base={"--schedule": "step"}),
        "--schedule-patience": changes("0", "1", "-1", "0.5", "x", what="training", base={"--schedule": "plateau"}),
        "--schedule-rise": changes("0.5", "0.25", "0", "1", "x", base={"--schedule": "one_cycle"}),
        "--schedule-start": changes("0.5", "0.25", "0", "1", "x", base={"--schedule": "one_cycle"}),
        "--schedule-final": changes("0.5", "0.25", "-0.1", "1", "x"),
        "--schedule-per-update": changes(True, True, base={"--schedule": "inverse"}),
        "--warmup": changes("0.5", "0.25", "1", "-0.1", "x"),
        "--momentum": changes("0.5", "0.25", "1", "-0.1", "x", base={"--optimizer": "sgd"}),
        "--nesterov": changes(True, True, base={"--optimizer": "sgd"}),
        "--weight-decay": changes("0.5", "0.25", "-1", "x"),
        "--beta1": changes("0.5", "0.25", "1", "-0.1", "x"),
        "--beta2": changes("0.5", "0.25", "1", "-0.1", "x"),
        "--epsilon": changes("0.01", "0.1", "0", "-1", "x"),
        "--amsgrad": changes(True, True, base={"--beta2": "0.3"}),
        "--rms-decay": changes("0.5", "0.25", "1", "-0.1", "x", base={"--optimizer": "rmsprop"}),
        "--centered": changes(True, True, base={"--optimizer": "rmsprop"}),
        "--initial-accumulator": changes("0.5", "0.25", "-0.1", "x", base={"--optimizer": "adagrad"}),
        "--rate-decay": changes("0.5", "0.25", "-0.1", "x", base={"--optimizer": "adagrad"}),
        "--lbfgs-memory": changes("1", "2", "0", "1.5", "x", "1e9", base={"--optimizer": "lbfgs", "--epochs": "9"}),
        "--damping": changes("10", "20", "0", "-1", "x", base={"--optimizer": "levenberg_marquardt"}),
        "--rate-for": changes("hidden1.*=0.1,output.*=2", "*=0.5", "hidden1.*", "x=1", "=1", "output.*=x", "output.*=-1", ""),
        "--clip-norm": changes("0.01", "0.02", "-1", "x", "nan"),
        "--average": changes("2", "1", "-1", "x", "inf"),
        "--l2": changes("0.1", "0.2", "-1", "x", "inf"),
        "--l2-biases": changes(True, True, base={"--l2": "0.1"}),
        "--l1": changes("0.1", "0.2", "-1", "x", "inf"),
        "--l1-by": changes("subgradient", "proximal", "x", "", base={"--l1": "0.1"}),
        "--batch-size": changes("8", "16", "0", "-1", "x", "1.5", ""),
        "--epochs": changes("5", "4", "0", "-1", "x", "1.5", "99999999999999999999"),
        "--patience": Entry("1", "2", base={"--epochs": "12", "--learning-rate": "0.5", "--json": True},
                            differs=("training",), refused=("-1", "x", "1.5"),
                            check=lambda base, given: epochs_run(given) < epochs_run(base)),
        "--stop-on": changes("mae", "r2", "x", "", "accuracy", base={"--epochs": "12", "--learning-rate": "0.5"},
                             what="training"),
        "--initial-weights": changes("lecun_normal", "glorot_uniform", "x", ""),
        "--restarts": changes("4", "3", "0", "-1", "x", "1.5", what="training"),
        "--cv": changes("3", "2", "0", "1", "-1", "x", "1.5", "1001", what="training"),
        "--lambdas": changes("3", "2", "1", "-1", "x", "101", base={"--l2": "cv"}, what="training"),
        "--cv-rule": changes("one-se", "best", "x", "", base={"--l2": "cv", "--lambdas": "3"}, what="training"),
        "--ensemble": changes("3", "2", "0", "-1", "x", "1.5", "1001"),
        "--time-limit": changes("1e-9", "1000", "-1", "x", "nan"),
        "--seed": changes("1", "2", "-1", "x", "1.5", "18446744073709551616"),
        "--threads": Entry("2", "3", keeps=("model", "stdout", "stderr"), refused=("-1", "x", "257", "99999", "")),
        "--config": changes("../c.json", None, "none.json", "..", ""),
        "--output": Entry("n.ffwd", "m.ffwd", differs=("names",),
                          check=lambda base, given: given.files["n.ffwd"] == base.model,
                          refused=("../t.csv", "")),
        "--plot": Entry("p.svg", "q.svg", differs=("names",), keeps=("model",), check=drawn,
                        refused=("p.png", "m.ffwd", "")),
        "--plot-path": Entry("p.svg", "q.svg", base={"--l2": "cv", "--lambdas": "2"}, differs=("names",), keeps=("model",),
                             check=drawn, refused=("p.png", "m.ffwd", "")),
        "--json": Entry(base=LOUD, differs=("stdout",), keeps=("model",), check=json_instead),
        "--quiet": Entry(base=LOUD, differs=("stdout",), keeps=("model", "stderr"),
                         check=lambda base, given: given.stdout == ""),
    },
    "predict": {
        "--output": Entry("p.csv", differs=("names", "stdout"), refused=("../t.csv", "../m.ffwd", ""),
                          check=lambda base, given: given.files["p.csv"].decode() == base.stdout),
        "--keep": Entry("x,city", differs=("stdout",), refused=("nowhere",), code=DATA,
                        check=lambda base, given: given.stdout.startswith("x,city," + base.stdout.split("\n")[0])),
        "--delimiter": Entry(";", base=TWO_READINGS, differs=("stdout",), refused=("xx", "", '"')),
        "--threads": Entry("2", keeps=("stdout", "stderr"), refused=("-1", "x", "257", "99999")),
        "--quiet": Entry(base={"--output": "p.csv"}, differs=("stdout",), keeps=("files",),
                         check=lambda base, given: given.stdout == ""),
    },
    "evaluate": {
        "--delimiter": Entry(";", base=TWO_READINGS, differs=("stdout",), refused=("xx", "")),
        "--threads": Entry("2", keeps=("stdout", "stderr"), refused=("-1", "x", "257", "99999")),
        "--weight": Entry("w", differs=("stdout",), refused=("nowhere",), code=DATA),
        "--drop-missing-target": Entry(base={"data": "../gap.csv"}, differs=("code", "stdout")),
        "--json": Entry(differs=("stdout",), check=json_instead),
    },
    "compress": {
        "--sparsity": changes("0.5", "0.7", "0", "1", "-0.1", "x", "nan", ""),
        "--max-loss": changes("0.5", "9", "0", "-1", "x", "inf"),
        "--metric": changes("mae", "r2", "x", "", "accuracy", base={"--max-loss": "0.7"}, what="training"),
        "--valid": changes("../few.csv", "../t.csv", "none.csv", code=DATA, names="none.csv", what="training"),
        "--valid-fraction": changes("0.3", "0.2", "1", "-0.1", "x", ""),
        "--test": changes("../few.csv", "../t.csv", "none.csv", code=DATA, names="none.csv", what="training"),
        "--test-fraction": changes("0.3", "0.1", "1", "-0.1", "x", "nan"),
        "--weight": changes("w", "g", "nowhere", **NO_COLUMN),
        "--group": changes("g", "w", "nowhere", **NO_COLUMN),
        "--drop-missing-target": Entry(base={"model": "../line.ffwd", "data": "../holes.csv"}, differs=("code", "model"),
                                       check=lambda base, given: (base.code, given.code) == (DATA, 0)),
        "--delimiter": Entry(";", base=TWO_READINGS, differs=("model",), refused=("xx", "", '"')),
        "--epochs": changes("5", "4", "0", "-1", "x", "1.5"),
        "--learning-rate": changes("0.02", "0.03", "0", "-1", "x", "nan", "inf", ""),
        "--batch-size": changes("8", "16", "0", "-1", "x", "1.5", ""),
        "--time-limit": changes("1e-9", "1000", "-1", "x", "nan", what="training"),
        "--seed": changes("1", "2", "-1", "x", "1.5", "18446744073709551616"),
        "--threads": Entry("2", "3", keeps=("model", "stderr"), refused=("-1", "x", "257", "99999", "")),
        "--output": Entry("n.ffwd", "m.ffwd", differs=("names",),
                          check=lambda base, given: given.files["n.ffwd"] == base.model,
                          refused=("../t.csv", "../m.ffwd", "")),
        "--json": Entry(base=LOUD, differs=("stdout",), keeps=("model",), check=json_instead),
        "--quiet": Entry(base=LOUD, differs=("stdout",), keeps=("model", "stderr"),
                         check=lambda base, given: given.stdout == ""),
    },
    "inspect": {
        "--delimiter": Entry(";", differs=("stdout",), refused=("xx", "")),
        "--missing": Entry("0", differs=("shown",)),
        "--threads": Entry("2", keeps=("shown", "stderr"), refused=("-1", "x", "257", "99999")),
        "--values": Entry(base={"--json": True}, differs=("stdout",),
                          check=lambda base, given: len(given.stdout) > len(base.stdout)),
        "--json": Entry(differs=("stdout",), check=json_instead),
        "--plot": Entry("p.svg", "q.svg", base={"data": "../m.ffwd"}, differs=("names", "stdout"),
                        check=drawn, refused=("p.png", "")),
    },
    "derivatives": {
        "--of": Entry("loss", "network", differs=("stdout",), refused=("x", "")),
        "--check": Entry(differs=("stdout",)),
        "--output": Entry("n.csv", "o.csv", differs=("names", "stdout"), refused=("../t.csv", "")),
        "--delimiter": Entry(";", base={"model": "../line.ffwd", "data": "../two_readings.csv"}, differs=("stdout",),
                             refused=("xx", "")),
        "--json": Entry(differs=("stdout",), check=json_instead),
    },
    "units": {
        "--output": Entry("p.svg", differs=("names", "stdout"), check=drawn, refused=("p.png", "")),
        "--layers": Entry(differs=("stdout",), check=lambda base, given: "maxout" in given.stdout),
        "--json": Entry(differs=("stdout",), check=json_instead),
    },
    "version": {"--json": Entry(differs=("stdout",), check=json_instead)},
    "completion": {},
}

# Options that do not go together or not with the task, and what the message must name.
REFUSED_TOGETHER = [
    ({"--class-weight": "balanced"}, "--class-weight"),
    ({"--class-weight": "balanced", "--target": "y,y2", "--drop": "cls,band,w,g"}, "--class-weight"),
    ({"--momentum": "0.5"}, "--momentum"),
    ({"--momentum": "0.9", "--optimizer": "adam"}, "--momentum"),
    ({"--weight-decay": "0.1", "--optimizer": "adam"}, "--weight-decay"),
    ({"--weight-decay": "0.1", "--optimizer": "sgd"}, "--weight-decay"),
    ({"--nesterov": True}, "--nesterov"),
    ({"--nesterov": True, "--optimizer": "sgd", "--momentum": "0"}, "--nesterov"),
    ({"--schedule-every": "2"}, "--schedule-every"),
    ({"--l2-biases": True}, "--l2-biases"),
    ({"--lambdas": "3"}, "--lambdas"),
    ({"--cv-rule": "best"}, "--cv-rule"),
    ({"--plot-path": "p.svg"}, "--plot-path"),
    ({"--l1": "cv", "--l2": "cv"}, "cv"),
    ({"--l1": "cv", "--optimizer": "lbfgs"}, "--l1"),
    ({"--cv": "999"}, "--cv"),
    ({"--plot-path": "p.svg", "--plot": "./p.svg", "--l2": "cv"}, "--plot-path"),
    ({"--average": "2", "--l1": "0.1"}, "--average"),
    ({"--l1-by": "subgradient"}, "--l1-by"),
    ({"--stop-on": "mae", "--valid-fraction": "0"}, "--stop-on"),
    ({"--stop-on": "mae", "--patience": "0"}, "--stop-on"),
    ({"--stop-on": "rmse", "--target": "cls", "--drop": "band"}, "--stop-on"),
    ({"--optimizer": "lbfgs", "--learning-rate": "0.1"}, "--learning-rate"),
    ({"--optimizer": "lbfgs", "--schedule": "cosine"}, "--schedule"),
    ({"--optimizer": "lbfgs", "--schedule-final": "0.1"}, "--schedule-final"),
    ({"--optimizer": "lbfgs", "--warmup": "0.1"}, "--warmup"),
    ({"--optimizer": "lbfgs", "--batch-size": "16"}, "--batch-size"),
    ({"--optimizer": "lbfgs", "--l1": "0.1"}, "--l1"),
    ({"--optimizer": "lbfgs", "--clip-norm": "1"}, "--clip-norm"),
    ({"--optimizer": "lbfgs", "--average": "1"}, "--average"),
    ({"--optimizer": "lbfgs", "--rate-for": "output.*=0.5"}, "--rate-for"),
    ({"--optimizer": "levenberg_marquardt", "--loss": "mae"}, "--optimizer"),
    ({"--optimizer": "levenberg_marquardt", "--hidden": "64,64"}, "--optimizer"),
    ({"--optimizer": "levenberg_marquardt", "--target": "cls", "--drop": "band"}, "--optimizer"),
    ({"--loss": "huber", "--target": "cls", "--drop": "band"}, "--loss"),
    ({"--loss": "mse", "--target": "cls", "--drop": "band"}, "--loss"),
    ({"--loss": "categorical_cross_entropy", "--target": "cls", "--drop": "band"}, "--loss"),
    ({"--loss": "binary_cross_entropy", "--target": "band", "--drop": "cls"}, "--loss"),
    ({"--loss": "mae", "--task": "classification", "--target": "code"}, "--loss"),
    ({"--task": "classification", "--target": "y,y2", "--drop": "cls,band,w,g"}, "--task"),
    ({"--task": "regression", "--target": "cls", "--drop": "band"}, "--task"),
    ({"--likelihood": "gaussian", "--target": "cls", "--drop": "band"}, "--likelihood"),
    ({"--likelihood": "categorical", "--target": "cls", "--drop": "band"}, "--likelihood"),
    ({"--likelihood": "gaussian", "--loss": "mse"}, "--likelihood"),
    ({"--quantiles": "0.5"}, "--quantiles"),
    ({"--quantiles": "0.5", "--loss": "mae"}, "--quantiles"),
    ({"--huber-delta": "1"}, "--huber-delta"),
    ({"--label-smoothing": "0.1"}, "--label-smoothing"),
    ({"--label-smoothing": "0.1", "--target": "cls", "--drop": "band"}, "--label-smoothing"),
    ({"--network": "../residual.json"}, "--hidden"),
    ({"--network": "../residual.json", "--hidden": None, "--dropout": "0.1"}, "--dropout"),
    ({"--network": "../residual.json", "--hidden": None, "--activation": "tanh"}, "--activation"),
    ({"--network": "../residual.json", "--hidden": None, "--embed": "city"}, "--embed"),
    ({"--embed": "city", "--encode": "city=one_hot"}, "--embed"),
    ({"--embed": "w"}, "--embed"),
    ({"--dropout": "0.1", "--optimizer": "lbfgs"}, "--optimizer"),
    ({"--hidden": "4 batch_norm", "--optimizer": "lbfgs"}, "--optimizer"),
    ({"--hidden": "4 batch_norm", "--batch-size": "1"}, "--batch-size"),
    ({"--hidden": "4 batch_norm", "--rate-for": "*.mean=0.5"}, "--rate-for"),
    ({"--activation": "tanh", "--hidden": "none"}, "--activation"),
    ({"--activation": "relu", "--hidden": "4 tanh, 3 rbf"}, "--activation"),
    ({"--dropout": "0.1", "--hidden": "none"}, "--dropout"),
    ({"--dropout": "0.1", "--hidden": "4 dropout 0.2"}, "--dropout"),
    ({"--activation": "tanh,relu"}, "--activation"),
    ({"--activation": "tanh,relu,relu", "--hidden": None}, "--activation"),
    ({"--valid": "../few.csv", "--valid-fraction": "0.1"}, "--valid-fraction"),
    ({"--valid": "../few.csv", "--valid-fraction": "0"}, "--valid-fraction"),
    ({"--test": "../few.csv", "--test-fraction": "0.1"}, "--test-fraction"),
    ({"--valid-fraction": "0.5", "--test-fraction": "0.5"}, "--valid-fraction"),
    ({"--valid-fraction": "0.9"}, "--valid-fraction"),
    ({"--patience": "5", "--valid-fraction": "0"}, "--patience"),
    ({"--warmup": "0.1", "--schedule": "one_cycle"}, "--warmup"),
    ({"--drop": "y"}, "--drop"),
    ({"--weight": "w"}, "--weight"),
    ({"--weight": "y"}, "--weight"),
    ({"--group": "y"}, "--group"),
    ({"--group": "w", "--weight": "w", "--drop": "g"}, "--group"),
    ({"--group": "g", "--drop": "cls,band,y2,w", "--valid": "../few.csv", "--test": "../few.csv"}, "--group"),
    ({"--group": "g", "--drop": "cls,band,y2,w", "--valid-fraction": "0", "--test-fraction": "0"}, "--group"),
    ({"--categorical": "w"}, "--categorical"),
    ({"--categorical": "code,g"}, "--categorical"),
    ({"--categorical": "y"}, "--categorical"),
    ({"--target": "y,y"}, "--target"),
    ({"--target": None}, "--target"),
    ({"--plot": "m.svg", "--output": "m.svg"}, "--plot"),
    ({"--plot": "./m.svg", "--output": "m.svg"}, "--plot"),
    ({"--output": "../few.csv", "--valid": "../few.csv"}, "--output"),
    ({"--output": "../few.csv", "--test": "../few.csv"}, "--output"),
    ({"--output": "../c.json", "--config": "../c.json"}, "--output"),
]
OTHER_REFUSED_TOGETHER = [
    ("inspect", {"--values": True}, "--values"),
    ("derivatives", {"--check": True, "--output": "n.csv"}, "--output"),
    ("inspect", {"data": "../m.ffwd", "--values": True, "--json": True}, "--values"),
    ("inspect", {"data": "../m.ffwd", "--delimiter": ","}, "--delimiter"),
    ("inspect", {"data": "../m.ffwd", "--missing": "x"}, "--missing"),
]

# Pairs of which one changes no weight beside the other, and why that is meant.
WITHOUT_EFFECT = {
    ("--categorical", "--task"): "the column is the target, and text is classes anyway",
    ("--huber-delta", "--loss"): "the one is tried with the value of the other",
    ("--momentum", "--optimizer"): "the one is tried with the value of the other",
    ("--nesterov", "--optimizer"): "the one is tried with the value of the other",
    ("--l2", "--l2-biases"): "the one is tried with the value of the other",
    ("--l1", "--l1-by"): "the one is tried with the value of the other",
    ("--lbfgs-memory", "--precision"): "lbfgs is in float64 anyway",
    ("--damping", "--precision"): "levenberg_marquardt is in float64 anyway",
    ("--lbfgs-memory", "--time-limit"): "the first step remembers none, and training ends after it",
    ("--schedule-start", "--time-limit"): "time has run past the start",
    ("--config", "--learning-rate"): "the file gives the rate, and the command line goes before",
    ("--ensemble", "--time-limit"): "there is time for the first member alone",
    ("--epochs", "--time-limit"): "training ends after the first epoch, however many there were to be",
    ("--time-limit", "--warmup"): "training ends after the first epoch, in which time has run past the warm-up",
}
