"""How the time of an epoch grows with rows and with parameters: ffwd on one core, measured points from a thousand to ten
million of each. Networks of two equal hidden layers; of a size, the fastest of a few epochs."""
import json
import subprocess

import figures
import machine

TITLE = "Time of an epoch over its size, one core"
HEADER = ["", "rows", "parameters", "time", "ns a row and parameter"]
ROWS = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000]
SIZES = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000]
INPUTS, BATCH = 8, 32
MULTIPLY_ADDS_AN_EPOCH = 3e9  # about as many rows of a large network as take a second


def parameters(hidden):
    return (INPUTS + 1) * hidden + (hidden + 1) * hidden + hidden + 1


def hidden_for(wanted):
    hidden = 1
    while parameters(hidden) < wanted:
        hidden += 1
    return hidden


def epoch_seconds(hidden, rows, repetitions):
    shape = f"S:{INPUTS},{hidden},{hidden},1:mse:{rows}:{BATCH}"
    text = subprocess.run([machine.program("ffwd_training"), shape, str(repetitions)], check=True, text=True,
                          stdout=subprocess.PIPE, preexec_fn=machine.pinned(1)).stdout
    return json.loads(text)["min_s"]


def measure(say):
    points = []

    def add(series, hidden, rows, repetitions):
        say(f"scaling: {parameters(hidden):,} parameters, {rows:,} rows")
        points.append({"series": series, "rows": rows, "parameters": parameters(hidden),
                       "seconds": epoch_seconds(hidden, rows, repetitions)})

    small = hidden_for(1_000)
    for rows in ROWS:
        add("rows", small, rows, 5 if rows <= 1_000_000 else 1)
    for size in SIZES:
        hidden = hidden_for(size)
        rows = int(max(BATCH, min(20_000, MULTIPLY_ADDS_AN_EPOCH / parameters(hidden)))) // BATCH * BATCH
        add("parameters", hidden, rows, 3)
    return points


def per_row_and_parameter(point):
    return point["seconds"] / point["rows"] / point["parameters"] * 1e9


def lines(points):
    return [["over " + point["series"], f"{point['rows']:,}", f"{point['parameters']:,}",
             figures.in_words(point["seconds"]), f"{per_row_and_parameter(point):.3f}"] for point in points]
