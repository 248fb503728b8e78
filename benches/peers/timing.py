"""Serving processes, and what is measured of them in turns."""

import concurrent.futures
import math
import pathlib
import statistics
import subprocess
import sys
import time
import zlib
from typing import Any

import score
from rows import Task
from systems import Bench, System

# A start that takes longer is not repeated.
CHEAP_START = 1.0


class Server:
    """A serving process; its words are in README.md."""

    def __init__(self, bench: Bench, system: System) -> None:
        self.name = system.name
        began = time.perf_counter()
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(system.serve, env=bench.environment(1), **pipes)
        self.load_seconds = float(self.heard("ready")[0])
        self.start_seconds = time.perf_counter() - began

    def heard(self, word: str) -> list[str]:
        """Returns the rest of the line that begins with `word`."""
        assert self.process.stdout
        for line in self.process.stdout:
            found, *rest = line.split()
            if found == word:
                return rest
        sys.exit(f"{self.name}: ended without saying {word}")

    def ask(self, word: str, *rest: object) -> list[str]:
        """Returns the answer to a line."""
        assert self.process.stdin
        self.process.stdin.write("\t".join(map(str, [word, *rest])) + "\n")
        self.process.stdin.flush()
        return self.heard(word)

    def end(self) -> None:
        """Ends the process."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def started(bench: Bench, system: System, times: int) -> tuple[Server, dict[str, float]]:
    """Returns a server, and the medians of some starts: seconds to load the model, and from nothing to ready."""
    servers = [Server(bench, system)]
    while len(servers) < times and servers[-1].start_seconds < CHEAP_START:
        servers[-1].end()
        servers.append(Server(bench, system))
    load = statistics.median(server.load_seconds for server in servers)
    start = statistics.median(server.start_seconds for server in servers)
    return servers[-1], {"load_seconds": load, "start_seconds": start}


def answers(server: Server, task: Task, path: pathlib.Path) -> dict[str, float]:
    """Returns the scores of what a server says of the task's texts."""
    server.ask("answer", path)
    gold = [task.labels.index(label) for label in task.gold]
    decided, probabilities = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        first, *row = line.split()
        decided.append(int(first))
        probabilities.append([float(p) for p in row])
    if len(decided) != len(gold):
        sys.exit(f"{server.name}: found {len(decided)} answers; expected {len(gold)}")
    return score.scores(gold, decided, probabilities)


def measured(servers: list[Server], turns: int, seconds: float) -> dict[str, dict[str, Any]]:
    """Returns latency, throughput and memory, each server having a short turn after the other, another one first each time."""
    alone: dict[str, list[int]] = {server.name: [] for server in servers}
    rates: dict[str, list[float]] = {server.name: [] for server in servers}
    for turn in range(turns):
        shift = turn * len(servers) // turns
        for server in servers[shift:] + servers[:shift]:
            alone[server.name] += map(int, server.ask("one", seconds))
            done, taken = map(float, server.ask("batch", seconds))
            rates[server.name].append(done / taken)
    return {server.name: told(server, sorted(alone[server.name]), rates[server.name]) for server in servers}


def told(server: Server, alone: list[int], rates: list[float]) -> dict[str, Any]:
    """Returns what is told of a server."""
    return {
        "latency_us": statistics.median(alone) / 1000,
        "latency_p99_us": alone[math.ceil(0.99 * len(alone)) - 1] / 1000,
        "latency_texts": len(alone),
        "one_by_one_per_second": 1e9 / statistics.fmean(alone),
        "texts_per_second": statistics.median(rates),
        "texts_per_second_turns": rates,
        "peak_mb": int(server.ask("memory")[0]) / 1024,
    }



def packed(path: pathlib.Path) -> int:
    """Returns the bytes of one file."""
    packer, total = zlib.compressobj(9, wbits=31), 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            total += len(packer.compress(block))
    return total + len(packer.flush())


def sizes(systems: list[System]) -> list[int]:
    """Returns what each system needs to predict, packed; files that many need are packed once."""
    files = sorted({path for system in systems for path in (system.model, *system.needs)})
    with concurrent.futures.ThreadPoolExecutor() as pool:
        known = dict(zip(files, pool.map(packed, files)))
    return [sum(known[path] for path in (system.model, *system.needs)) for system in systems]
