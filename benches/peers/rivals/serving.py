"""The loop of a serving process, as rust/src/serve.rs has it; and the rows that a rival learns from."""

import json
import pathlib
import sys
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np


class Rival(Protocol):
    """A loaded model."""

    def probabilities(self, texts: list[str]) -> np.ndarray:
        """Returns texts x labels of the task."""

    def labels(self, texts: list[str]) -> np.ndarray:
        """Returns the labels of texts with as little work as the system can do."""


def lines(path: str) -> list[str]:
    """Returns the lines of a file; only a line feed ends one."""
    return pathlib.Path(path).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def rows(path: str, head: str, splits: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Returns texts and labels of the rows of `splits`."""
    found = [json.loads(line) for line in lines(path)]
    found = [row for row in found if row.get(head) and row["split"] in splits]
    return [row["text"] for row in found], [row[head] for row in found]


def learnt(splits: str) -> tuple[str, ...]:
    """Returns the splits that a model learns from in the end."""
    return ("train", "dev") if splits == "all" else ("train",)


def spread(found: np.ndarray, classes: list[str], labels: list[str]) -> np.ndarray:
    """Returns probabilities with a column for each label of the task, also those that no row had."""
    all_columns = np.zeros((len(found), len(labels)))
    all_columns[:, [labels.index(one) for one in classes]] = found
    return all_columns


def serve(texts_path: str, load: Callable[[], Rival]) -> None:
    """Loads a model and answers the lines of standard input."""
    texts = lines(texts_path)
    began = time.perf_counter()
    rival = load()
    print("ready", time.perf_counter() - began, flush=True)
    for line in sys.stdin:
        word, _, rest = line.rstrip("\n").partition("\t")
        act = {"answer": answer, "one": one, "batch": batch, "memory": memory}[word]
        print(word, act(rival, texts, rest), flush=True)


def answer(rival: Rival, texts: list[str], path: str) -> int:
    """Writes, a line for each text, the label decided for and every probability."""
    with open(path, "w", encoding="utf-8") as out:
        for row in rival.probabilities(texts):
            print(int(row.argmax()), *(f"{p:.7g}" for p in row), file=out)
    return len(texts)


def one(rival: Rival, texts: list[str], seconds: str) -> str:
    """Returns the nanoseconds that each text took alone: each once, or as many as `seconds` allow."""
    until = time.perf_counter() + float(seconds)
    taken = []
    for text in texts:
        began = time.perf_counter_ns()
        rival.labels([text])
        taken.append(time.perf_counter_ns() - began)
        if time.perf_counter() > until:
            break
    return " ".join(map(str, taken))


def batch(rival: Rival, texts: list[str], seconds: str) -> str:
    """Returns how many texts were labelled in how long, in blocks, until `seconds` are over; short texts first."""
    began = time.perf_counter()
    done, limit = 0, float(seconds)
    block = getattr(rival, "block", len(texts))
    while time.perf_counter() - began < limit:
        for at in range(0, len(texts), block):
            part = texts[at : at + block]
            rival.labels(part)
            done += len(part)
            if block < len(texts) and time.perf_counter() - began >= limit:
                break
    return f"{done} {time.perf_counter() - began}"


def memory(_rival: Rival, _texts: list[str], _rest: str) -> int:
    """Returns the most kilobytes that the process has had resident (Linux tells it)."""
    for line in lines("/proc/self/status"):
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0
