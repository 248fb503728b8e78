"""Results as Markdown."""

import statistics
from typing import Any

Result = dict[str, Any]
TITLES = {
    "category": "Category of a report",
    "agency": "Agency that handles a report",
    "urgency": "Urgency of a report",
    "type": "Type of message",
    "smsa": "SmSA, sentiment",
    "emot": "EmoT, emotion",
    "nusax-id": "NusaX-id, sentiment",
}
FOUR = "pilah penuh, four heads"
PENUH = "pilah penuh"
UNPRUNED = "pilah unpruned"
WORDS = "pilah, fastText's features"
SAME = "pilah, scikit-learn's features"
SVC = "LinearSVC"


def table(columns: list[str], lines: list[list[str]]) -> list[str]:
    """Returns a table, all columns but the first flushed right."""
    head = [f"| {' | '.join(columns)} |", "|---|" + "---:|" * (len(columns) - 1)]
    return [*head, *(f"| {' | '.join(line)} |" for line in lines), ""]


def number(value: float) -> str:
    """Returns a number with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def kind(name: str) -> str:
    """Returns the kind of a system: what stands before the comma."""
    return name.partition(",")[0]


def rivals(task: Result) -> dict[str, Result]:
    """Returns the systems that are not ours."""
    return {name: one for name, one in task["systems"].items() if not one["own"]}


def best(task: Result) -> str:
    """Returns the rival with the best macro-F1."""
    found = rivals(task)
    return max(found, key=lambda name: found[name]["macro_f1"])


def fasttext_words(task: Result) -> list[str]:
    """Returns the fastTexts of words only: the usual one, then the narrow one."""
    return [name for name in rivals(task) if name.startswith("fastText, words") and "characters" not in name]


def quality(task: Result) -> list[str]:
    """Returns how good each system is on a task."""
    columns = ["", "accuracy", "macro-F1", "of the likeliest", "top-3", "ECE"]
    fields = ("accuracy", "macro_f1", "macro_f1_likeliest", "top3", "ece")
    return table(columns, [[name, *(f"{one[field]:.3f}" for field in fields)] for name, one in task["systems"].items()])


def cost(task: Result) -> list[str]:
    """Returns what each system costs on a task."""
    columns = ["", "KB gzip", "load ms", "one text µs", "p99 µs", "texts/s", "peak MB", "training s"]
    lines = []
    for name, one in task["systems"].items():
        values = [one["gzip_bytes"] / 1000, 1000 * one["load_seconds"], one["latency_us"], one["latency_p99_us"]]
        values += [one["texts_per_second"], one["peak_mb"], one["training"]["seconds"]]
        lines.append([name, *map(number, values)])
    return table(columns, lines)


def section(name: str, task: Result) -> list[str]:
    """Returns everything about a task."""
    rows = task["rows"]
    told = f"{rows['train']:,} rows to learn from, {rows['dev']:,} to choose on, {rows['final']:,} judged; {task['labels']} labels."
    return [f"## {TITLES[name]}", "", told, "", *quality(task), *cost(task)]


def verdict(reached: bool) -> str:
    """Returns the word for a target."""
    return "reached" if reached else "**missed**"


def targets(result: Result) -> list[str]:
    """Returns each target with what was found, task by task."""
    lines = []
    for name, task in result["tasks"].items():
        lines += [[f"{TITLES[name]}: {what}", found, wanted, verdict(reached)] for what, found, wanted, reached in on_task(task)]
    lines += [
        [f"{name}: trained twice, same SHA-256", one["sha256"][:12], "same", verdict(one["same"])]
        for name, one in result["same_twice"].items()
    ]
    return table(["target", "found", "wanted", ""], lines)


def on_task(task: Result) -> list[tuple[str, str, str, bool]]:
    """Returns the targets on a task: what, found, wanted, whether it is reached."""
    systems, rival = task["systems"], best(task)
    own, top, svc = systems[PENUH], systems[rival], systems[SVC]
    found = []
    for name in (name for name in (FOUR, PENUH, UNPRUNED) if name in systems):
        f1, size = systems[name]["macro_f1"], systems[name]["gzip_bytes"] / top["gzip_bytes"]
        found.append((f"macro-F1, {name}", f"{f1:.3f}", f"over {top['macro_f1']:.3f} ({rival})", f1 > top["macro_f1"]))
        found.append((f"bytes, {name}", f"{size:.3f}", f"at most 0.1 of {rival}", size <= 0.1))
    words, narrow = (systems[WORDS]["texts_per_second"] / systems[one]["texts_per_second"] for one in fasttext_words(task))
    batch = own["texts_per_second"] / svc["texts_per_second"]
    alone = own["one_by_one_per_second"] / svc["one_by_one_per_second"]
    training = svc["training"]["bare"] / systems[SAME]["training"]["seconds"]
    return [
        *found,
        ("throughput against fastText of words (as narrow as pilah)", f"{words:.2f} ({narrow:.2f})", "at least 2", words >= 2),
        ("throughput against LinearSVC in batches (one by one)", f"{batch:.1f} ({alone:.1f})", "at least 10", batch >= 10),
        ("training against LinearSVC, same features", f"{training:.1f}", "at least 10", training >= 10),
    ]


def corpus_only(result: Result) -> list[str]:
    """Returns the table of models that learnt from the corpus alone."""
    if not result["corpus_only"]:
        return []
    tasks = result["corpus_only"]
    names = list(next(iter(tasks.values())))
    lines = [[name, *(f"{task[name]['accuracy']:.3f} / {task[name]['macro_f1']:.3f}" for task in tasks.values())] for name in names]
    told = "Accuracy / macro-F1 of models that learnt from the corpus as it is, without the project's own texts and relabels."
    return ["## The corpus alone", "", told, "", *table(["", *tasks], lines)]


def summary(result: Result) -> str:
    """Returns the table for the README: macro-F1 on every task, and medians of the costs over the tasks."""
    tasks = result["tasks"]
    columns = ["macro-F1, and medians over the tasks", *tasks, "KB gzip", "one text µs", "texts/s", "training s"]
    lines = []
    for name in next(iter(tasks.values()))["systems"]:
        everywhere = [task["systems"].get(name) for task in tasks.values()]
        ones = [one for one in everywhere if one]
        scores = [f"{one['macro_f1']:.3f}" if one else "-" for one in everywhere]
        costs = [[one["gzip_bytes"] / 1000 for one in ones], [one["latency_us"] for one in ones]]
        costs += [[one["texts_per_second"] for one in ones], [one["training"]["seconds"] for one in ones]]
        lines.append([name, *scores, *(number(statistics.median(values)) for values in costs)])
    return "\n".join(table(columns, lines))


def document(result: Result) -> str:
    """Returns all results."""
    machine = [f"- {name}: {value}" for name, value in result["machine"].items()]
    run = f"- run: {result['date']}, {result['minutes']} minutes, {result['turns']} turns of {result['turn_seconds']} s"
    search = f"- fastText's search: {result['autotune_seconds']} s a task"
    note = ["# pilah and its rivals, measured", "", "Made by `benches/peers/run.py`; README.md says what the numbers mean.", ""]
    plots = ["", "![quality against size](quality-size.svg)", "![quality against latency](quality-latency.svg)", ""]
    sections = [line for name, task in result["tasks"].items() for line in section(name, task)]
    parts = [*note, *machine, run, search, "", "## Summary", "", summary(result), *plots[1:]]
    return "\n".join([*parts, "## Targets", "", *targets(result), *sections, *corpus_only(result)])
