"""The check of the harness that `make test` runs: every program of bench/ that is built here, one repetition of every
workload over fewer rows. Whether it runs, says all it should and learns; never how long it takes."""
import math

import contenders
import figures
import machine
import servers

ROWS = {"W3": 2000, "W4": 1000, "W5": 800, "W6": 640, "W7": 512, "W8": 200, contenders.WIDE: 512, "I1": 20, "I2": 1000}
KEYS = ["ffwd", "floor", "hand", "fann"]


def faults_of(row):
    """What is wrong with one program's figures."""
    if "skipped" in row:
        return []
    if "failed" in row:
        return [row["failed"]]
    faults = [f"{key} is missing" for key in ("workload", "peer", "threads", "times", "min_s", "median_s")
              if key not in row]
    if not faults and not all(math.isfinite(t) and t > 0 for t in row["times"]):
        faults.append("a time is not above 0")
    if row["workload"].startswith("W"):
        losses = [row.get("loss_first"), row.get("loss_last")]
        if any(loss is None or not math.isfinite(loss) for loss in losses):
            faults.append("a loss is missing or not finite")
        elif not losses[1] < losses[0]:
            faults.append(f"the loss does not fall: {losses[0]:g} to {losses[1]:g}")
    return faults


def disagreement(name, rows):
    """Between ffwd and its floors. For W1 and W2 all begin with the same weights, else with weights drawn alike."""
    tolerance = {"W1": 1.01, "W2": 1.1}.get(name, 1.5)
    of = {row["peer"]: row for row in rows if "loss_last" in row}
    if "ffwd" not in of:
        return []

    def differ(row, key, factor):
        return not 1 / factor < row[key] / of["ffwd"][key] < factor

    found = [f"{peer} reaches a loss of {row['loss_last']:g} but ffwd {of['ffwd']['loss_last']:g}"
             for peer, row in of.items() if peer.startswith("floor") and differ(row, "loss_last", tolerance)]
    if name in ("W1", "W2"):
        found += [f"{peer} begins with a loss of {row['loss_first']:g} but ffwd with {of['ffwd']['loss_first']:g}"
                  for peer, row in of.items() if differ(row, "loss_first", 1.0001)]
    return found


def check(say):
    """True if all is well; ends with the line that test runners look for."""
    passed = failed = skipped = 0
    known = figures.workloads()
    for name in contenders.WORKLOADS:
        base = "W7" if name == contenders.WIDE else name
        rows = servers.measure(base, contenders.contenders(name, KEYS), 1, lambda _: None, ROWS.get(name, 0), name)
        figures.complete(rows, None, known)
        faults = [f"{row['peer']}: {fault}" for row in rows for fault in faults_of(row)] + disagreement(name, rows)
        if figures.same_bits(rows) is False:
            faults.append("the weights differ between one core and two")
        if "skipped" in rows[0]:
            faults.append("ffwd: " + rows[0]["skipped"])
        skipped += sum("skipped" in row for row in rows)
        passed += 0 if faults else sum("skipped" not in row for row in rows)
        failed += len(faults)
        for fault in faults:
            say(f"bench: {name}: {fault}")
    if machine.program("limits") and not machine.peak_of(machine.limits()):
        say("bench: limits says nothing of multiply-adds")
        failed += 1
    print(f"bench: {passed} passed, {failed} failed, {skipped} skipped")
    return failed == 0
