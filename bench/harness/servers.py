"""Programs that run one repetition for each line they are sent (bench/repetitions.h). They wait without using any time,
so several can be timed in turn."""
import json
import statistics
import subprocess
import tempfile

import machine


class Skipped(Exception):
    """A program that says it cannot run on this machine, and why."""


class Failed(Exception):
    """A program that ended or said something else than it should."""


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
            raise Skipped(self.about["skipped"])

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.errors.seek(0)
            words = self.errors.read().strip().splitlines()
            raise Failed(words[-1] if words else f"ended with {self.process.returncode}")
        try:
            return json.loads(line)
        except ValueError:
            raise Failed(f"says '{line.strip()}'") from None

    def repeat(self):
        """The seconds of one repetition."""
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # the answer says why
        return self.answer()["seconds"]

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()


def turns_of(warm_up_seconds, runs):
    """In which rounds a program runs: in all, or in three, evenly spread, where a repetition takes over two seconds."""
    if warm_up_seconds <= 2 or runs <= 3:
        return set(range(runs))
    return {0, runs // 2, runs - 1}


def time_in_turn(servers, runs):
    """`runs` rounds, each begun by another program; the times go to the servers. A first repetition warms up. Returns
    {server: reason} of those that failed."""
    failed = {}

    def seconds_of(server):
        try:
            return server.repeat()
        except Failed as failure:
            failed[server] = str(failure)
            return None

    rounds = {server: turns_of(seconds_of(server) or 0, runs) for server in servers}
    for round_number in range(runs):
        first = round_number % len(servers)
        for server in servers[first:] + servers[:first]:
            if round_number in rounds[server] and server not in failed:
                server.times.append(seconds_of(server))
    return failed


def row_of(server, rows):
    """The figures of one program."""
    row = {**server.about, "peer": server.contender.name, "reps": len(server.times), "times": server.times,
           "min_s": min(server.times), "median_s": statistics.median(server.times)}
    if rows:
        row["rows"] = rows
    return row


def measure(workload, contenders, runs, say, rows=0, as_name=None):
    """All contenders in turn: [row] in their order; those that did not run have the reason as "skipped" or "failed"."""
    name, found, servers = as_name or workload, [], []
    try:
        for contender in contenders:
            found.append({"workload": name, "peer": contender.name})
            if contender.missing:
                found[-1]["skipped"] = contender.missing
                continue
            say(f"{name}: {contender.name} gets ready")
            try:
                servers.append((Server(contender, workload, rows), found[-1]))
            except Skipped as reason:
                found[-1]["skipped"] = str(reason)
            except Failed as reason:
                found[-1]["failed"] = str(reason)
        say(f"{name}: {runs} rounds")
        failed = time_in_turn([server for server, _ in servers], runs) if servers else {}
    finally:
        for server, _ in servers:
            server.close()
    for server, row in servers:
        row.update({"failed": failed[server]} if server in failed else row_of(server, rows))
        row["workload"] = name
    return found
