"""docs/benchmarks.md with its pictures and figures, from the figures of a run."""
import json
import os

import comparison_chart
import figures
import machine
import readings
import scaling
import scaling_chart
import tables
import whole

TEXT = """# Benchmarks

How long ffwd takes beside yardsticks and other libraries, made by one command:

    make bench                    # builds, measures all of it (half an hour or more), shows it
    scripts/bench --write-docs    # the same, and writes this page

`scripts/bench --help` lists the options: single workloads, single peers, other numbers of runs. The C++ libraries that
it compares with come by `scripts/setup --bench`, the Python ones go into an environment of their own
(`scripts/peers --frameworks`); what is not there is left out, with a line that says so. All figures, each repetition's
time among them, are in [benchmarks.json](benchmarks.json).

{machine}

![How many times as long as ffwd others take](benchmarks.svg)

## How it is measured

- Every program keeps running and does one repetition when it is asked to. They are asked in turn, round by round,
  {runs} rounds, each begun by another one, so that whatever else the machine does meets all of them. One repetition
  before warms up. Whoever takes over two seconds for one has three, spread over the rounds; the tables say how many.
- Each is pinned to one core, where said to two. Minimum and median are over the repetitions; the ratios are of the minima.
  Within 10 % counts as tied.
- A repetition of W3 to W7 is an epoch: shuffling the rows and gathering the batches are in it. Of W1, W2 and W8 it is
  the whole training. Compiling (JAX, `torch.compile`) is not in it.
- All train the same network on the same made-up data from the same initial weights (`write_workload` hands them out; the
  floors of W3 to W7 draw their own, from the same distribution). *loss* is the mean loss over all rows after 3 epochs,
  for W1, W2 and W8 after the whole training (W8: of its first network); shuffles differ, and so do losses a little. One
  that is over 10 % off ffwd's is marked. FANN knows only squared errors: in W2 it trains another loss, at another rate.
- GFLOP/s count the multiply-adds of the three products of each layer, two operations each, and nothing else. The peak is
  what independent multiply-adds in registers reach on one core, measured before and after: {peak}.
- **floor**: no product, a yardstick. For W1 and W2 code for these networks alone, for W3 to W7 an epoch built from
  libxsmm's products, compiled for just these sizes, with what stands between them fused by hand; *floor by hand* is W3
  written out in vector instructions. They round more coarsely than ffwd and promise no equal bits.
- **PyTorch eager** has no DataLoader, takes batches by `index_select`, Adam fused, denormals flushed. **PyTorch
  compiled** is gathering, forward, backward and update as one graph. **JAX** is a whole epoch, or training, as one jitted
  scan. Of the ways to write these (steps in a graph, unrolling, all parameters in one vector) the fastest is taken, found
  by a trial before. **scikit-learn**: `MLPRegressor`, `MLPClassifier`. W8 is batched products for PyTorch, `vmap` for JAX,
  joblib on two processes for scikit-learn. I2 is calls of 500 rows for the others, for PyTorch eager what is faster of
  that and one call.

## Results

{tables}
"""

WHOLE = """## A whole process

From the start of the program to its end, one core: the rows of W3 as a CSV file (20,000 rows) read and standardised,
8-64-64-1 trained for 20 epochs, the model saved. The scripts import pandas and PyTorch or scikit-learn, which is in
their time. The loss is of the training rows; all draw initial weights from the same distribution.

{table}
"""

READING = """## Reading CSV

100 MB made up in four kinds. `ffwd inspect`, a whole process that reads every cell, finds the types and summarises the
columns, beside `pyarrow.csv.read_csv` and `pandas.read_csv` inside a running Python.

{table}
"""

SCALING = """## Size

An epoch of a network of two hidden layers, one core, the fastest of a few. Over rows with {small:,} parameters; over
parameters with as many rows as keep it short. Dashed: proportional.

![Time over rows and over parameters](benchmarks-scaling.svg)

{table}
"""


def machine_in_words(about, limits):
    clock = max((line["best"] for line in limits if line["limit"] == "clock"), default=None)
    speed = f", {clock:.2f} GHz measured" if clock else ""
    return (f"Measured on {about['cpu']} ({about['cores']} cores, {about['vectors']}{speed}; a load of "
            f"{about['load_before']} before), {about['system']}, {about['ffwd']}; {versions(about)}.")


def versions(about):
    return ", ".join(f"{name} {version}" for name, version in about.get("peers", {}).items()) or "no peers in Python"


def table_of(rows):
    text = f"### {figures.TITLES[rows[0]['workload']]}\n\n"
    text += tables.markdown(figures.HEADER, [figures.cells(row) for row in rows]) + "\n"
    same = figures.same_bits(rows)
    if same is not None:
        text += f"\nThe weights after 3 epochs have {'the same bits' if same else 'different bits'} on one core and on two.\n"
    return text


def chart_lines(result):
    """[(title, [(peer, ratio)])] of everything that is compared by time."""
    lines = []
    for rows in result["workloads"] + [result.get("whole", [])]:
        marks = [(row["peer"], row["ffwd_times_faster"]) for row in rows
                 if row["peer"] != "ffwd" and "ffwd_times_faster" in row]
        if marks:
            lines.append((rows[0].get("workload", "whole process"), marks))
    return lines


def page(result):
    peak = machine.peak_of(result["limits"])
    text = TEXT.format(machine=machine_in_words(result["machine"], result["limits"]), runs=result["runs"],
                       peak=f"{peak:.0f} GFLOP/s" if peak else "not measured here",
                       tables="\n".join(map(table_of, result["workloads"])))
    if result.get("whole"):
        text += "\n" + WHOLE.format(table=tables.markdown(whole.HEADER, whole.lines(result["whole"])))
    if result.get("reading"):
        text += "\n" + READING.format(table=tables.markdown(readings.HEADER, readings.lines(result["reading"])))
    if result.get("scaling"):
        table = tables.markdown(scaling.HEADER, scaling.lines(result["scaling"]))
        small = min(point["parameters"] for point in result["scaling"])
        text += "\n" + SCALING.format(small=small, table=table)
    return text


def save(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def write(result, folder):
    save(folder, "benchmarks.md", page(result))
    save(folder, "benchmarks.svg", comparison_chart.draw(chart_lines(result)))
    if result.get("scaling"):
        save(folder, "benchmarks-scaling.svg", scaling_chart.draw(result["scaling"]))
    save(folder, "benchmarks.json", json.dumps(result, ensure_ascii=False) + "\n")
