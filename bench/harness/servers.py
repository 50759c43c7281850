"""Programs that run one repetition for each line they are sent (bench/repetitions.h). They wait without using any time,
so several can be timed in turn."""
import json
import statistics
import subprocess
import tempfile

import machine


class Refused(Exception):
    """A program that cannot run this, with its reason."""


class Server:
    """One program with one workload. `about`: the line it begins with."""

    def __init__(self, contender, workload, rows=0):
        self.contender, self.times = contender, []
        command = contender.command + [workload, "--serve", "--threads", str(contender.threads)]
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command + (["--rows", str(rows)] if rows else []), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.errors, text=True,
                                        preexec_fn=machine.pinned(contender.threads))
        self.about = self.answer()
        if "skipped" in self.about:
            raise Refused(self.about["skipped"])

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.errors.seek(0)
            words = self.errors.read().strip().splitlines()
            raise Refused(words[-1] if words else f"ended with {self.process.returncode}")
        return json.loads(line)

    def repeat(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.answer()["seconds"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def turns_of(warm_up_seconds, runs):
    """In which rounds a program runs: in all, or in three, evenly spread, where a repetition takes over two seconds."""
    if warm_up_seconds <= 2 or runs <= 3:
        return set(range(runs))
    return {0, runs // 2, runs - 1}


def time_in_turn(servers, runs):
    """`runs` rounds, each begun by another program; the times go to the servers. A first repetition warms up."""
    rounds = {server: turns_of(server.repeat(), runs) for server in servers}
    for round_number in range(runs):
        first = round_number % len(servers)
        for server in servers[first:] + servers[:first]:
            if round_number in rounds[server]:
                server.times.append(server.repeat())


def row_of(server, rows):
    """The figures of one program."""
    row = {**server.about, "peer": server.contender.name, "reps": len(server.times), "times": server.times,
           "min_s": min(server.times), "median_s": statistics.median(server.times)}
    if rows:
        row["rows"] = rows
    return row


def measure(workload, contenders, runs, say, rows=0, as_name=None):
    """All contenders in turn: [row] in their order; those that cannot run have the reason as "skipped"."""
    servers, rows_out = [], []
    for contender in contenders:
        row = {"workload": as_name or workload, "peer": contender.name}
        rows_out.append(row)
        if contender.missing:
            row["skipped"] = contender.missing
            continue
        say(f"{as_name or workload}: {contender.name} gets ready")
        try:
            servers.append((Server(contender, workload, rows), row))
        except Refused as refusal:
            row["skipped"] = str(refusal)
    say(f"{as_name or workload}: {runs} rounds")
    try:
        if servers:
            time_in_turn([server for server, _ in servers], runs)
    finally:
        for server, _ in servers:
            server.close()
    for server, row in servers:
        row.update(row_of(server, rows))
        row["workload"] = as_name or workload
    return rows_out
