"""From the rows of a measurement to what tables and pictures show."""
import json
import statistics
import subprocess

import contenders
import machine

TITLES = {
    "W1": "W1: a sine, 1-3-1 tanh, 10,000 steps of gradient descent over 50 rows",
    "W2": "W2: exclusive or, 2-2-1 tanh, 20,000 steps of one row",
    "W3": "W3: an epoch of 8-64-64-1, squared error, 20,000 rows, batches of 32, Adam",
    "W4": "W4: an epoch of 16-100-100-26, classes, 20,000 rows, batches of 32, Adam",
    "W5": "W5: an epoch of 50-5×100-1, two classes, 50,000 rows, batches of 16, Adam",
    "W6": "W6: an epoch of 784-256-128-10, classes, 20,000 rows, batches of 128, Adam",
    "W7": "W7: an epoch of 784-1024-1024-10, classes, 8,192 rows, batches of 256, Adam",
    "W8": "W8: forty networks as in W3, 5 epochs each, two cores",
    contenders.WIDE: "W7 on two cores",
    "I1": "I1: one row through 16-100-100-26",
    "I2": "I2: 100,000 rows through 16-100-100-26",
}
SAME_LOSS = 1.1  # losses within this factor count as the same; shuffles differ
TIED = 1.1


def workloads():
    """What the programs were told to train, by name."""
    text = subprocess.run([machine.program("write_workload"), "--list"], check=True, stdout=subprocess.PIPE, text=True)
    return {about["name"]: about for about in map(json.loads, text.stdout.splitlines())}


def operations(about):
    """Floating-point operations of one repetition: forward, both products backward (the first layer has but one)."""
    sizes = about["sizes"]
    products = sum(a * b for a, b in zip(sizes, sizes[1:]))
    return (6 * products - 2 * sizes[0] * sizes[1]) * about["rows"] * about["epochs"] * about["models"]


def is_worse(loss, than):
    return loss is not None and than is not None and loss > SAME_LOSS * than


def complete(rows, peak, all_workloads):
    """Adds to the rows of one workload, of which the first is ffwd's: gflops, share_of_peak, ffwd_times_faster (by the
    minima and the medians), loss_note."""
    reference = rows[0] if "min_s" in rows[0] else None
    for row in rows:
        row.pop("share_of_peak", None)
    for row in rows:
        if "min_s" not in row:
            continue
        name = "W7" if row["workload"] == contenders.WIDE else row["workload"]
        if name.startswith("W"):
            about = dict(all_workloads[name])
            if "rows" in row:
                about["rows"] = row["rows"]
            row["gflops"] = operations(about) / row["min_s"] * 1e-9
            if peak:
                row["share_of_peak"] = row["gflops"] / (peak * row["threads"])
        if reference is None:
            continue
        row["ffwd_times_faster"] = row["min_s"] / reference["min_s"]
        row["ffwd_times_faster_median"] = row["median_s"] / reference["median_s"]
        if is_worse(row.get("loss_last"), reference.get("loss_last")):
            row["loss_note"] = "worse than ffwd's"
        elif is_worse(reference.get("loss_last"), row.get("loss_last")):
            row["loss_note"] = "better than ffwd's"
    # Faster than the peak: that was measured while the machine was disturbed, and shares of it say nothing.
    if any(row.get("share_of_peak", 0) > 1 for row in rows):
        for row in rows:
            row.pop("share_of_peak", None)
    return rows


def in_words(seconds):
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * scale >= 1 or unit == "µs":
            value = seconds * scale
            return f"{value:.{max(0, 3 - len(str(int(value))))}f} {unit}"


def ratio_in_words(row):
    ratio = row.get("ffwd_times_faster")
    if ratio is None or ratio == 1:
        return ""
    digits = 0 if ratio >= 100 else 1 if ratio >= 10 else 2
    return f"{ratio:.{digits}f}" + (" (tied)" if 1 / TIED <= ratio <= TIED else "")


def cells(row):
    """name, min, median, runs, ratio, GFLOP/s, share of the peak, loss, note: what one line of a table shows."""
    if "min_s" not in row:
        return [row["peer"], "", "", "", "", "", "", "", row.get("skipped") or "failed: " + row["failed"]]
    calls = row["calls"] if row["workload"] == "I1" else 1
    loss = f"{row['loss_last']:.4g}" if "loss_last" in row else ""
    notes = [row[key] for key in ("loss_note", "note") if row.get(key)]
    if row.get("loss_note"):
        notes[0] = "loss " + notes[0]
    return [row["peer"], in_words(row["min_s"] / calls), in_words(row["median_s"] / calls), str(row["reps"]),
            ratio_in_words(row), f"{row['gflops']:.3g}" if "gflops" in row else "",
            f"{100 * row['share_of_peak']:.0f} %" if row.get("share_of_peak", 0) >= 0.005 else "", loss,
            "; ".join(notes)]


HEADER = ["", "min", "median", "runs", "ffwd faster by", "GFLOP/s", "of peak", "loss", ""]


def same_bits(rows):
    """Whether those of ffwd that name their weights' hash have the same; None if there are not two."""
    hashes = {row["weights_hash"] for row in rows if "weights_hash" in row}
    counted = sum("weights_hash" in row for row in rows)
    return None if counted < 2 else len(hashes) == 1


def spread(row):
    return statistics.median(row["times"]) / min(row["times"])
