#!/usr/bin/env python3
"""Measures pilah against its rivals on the same rows, on the same machine, in turns: one command.

    benches/peers/run.py --corpus CORPUS --benchmarks BENCHMARKS
    benches/peers/run.py --corpus CORPUS --benchmarks BENCHMARKS --quick   # a twentieth of the rows; writes no results

README.md says what each number means.
"""

import argparse
import datetime
import hashlib
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time
from typing import Any

# No folders of compiled Python among the sources.
sys.dont_write_bytecode = True

import recipes
import report
import rows
import setup
import systems
import timing
from rows import Task
from systems import Bench, System

# A training that takes longer is not repeated.
CHEAP_TRAINING = 5.0
# What the second table compares pilah with: the rivals that came out best, by their mean macro-F1 on the corpus.
SECOND_TABLE = 2
Result = dict[str, Any]


def arguments() -> argparse.Namespace:
    """Returns the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=pathlib.Path, required=True, help="folder of labelled reports")
    parser.add_argument("--benchmarks", type=pathlib.Path, required=True, help="folder of smsa, emot and nusax-id")
    parser.add_argument("--tasks", nargs="+", choices=[*rows.HEADS, *rows.PUBLIC], help="only these; writes no results")
    parser.add_argument("--turns", type=int, default=3, help="timed turns, and trainings where cheap (default %(default)s)")
    parser.add_argument("--turn-seconds", type=float, default=0.5, help="of one measure in a turn (default %(default)s)")
    parser.add_argument("--autotune", type=int, default=60, help="seconds of fastText's search a task (default %(default)s)")
    parser.add_argument("--no-e5", action="store_true", help="leave out multilingual-E5-small, which takes longest")
    parser.add_argument("--no-corpus-only", action="store_true", help="leave out the second table, of the corpus alone")
    parser.add_argument("--quick", action="store_true", help="few rows, one turn, 10 s of search; writes into the work folder")
    parser.add_argument("--work", type=pathlib.Path, default=setup.TARGET / "peers", help="folder for all that is made")
    options = parser.parse_args()
    if options.quick:
        options.turns, options.turn_seconds, options.autotune = 1, 0.1, 10
    return options


def say(text: str) -> None:
    """Tells how far the run is."""
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def embed(bench: Bench, tasks: list[Task]) -> dict[str, float]:
    """Has every text of every task embedded once, by a process for each core; returns how many anew and how long."""
    texts = sorted({row["text"] for task in tasks for row in rows.read(task.rows)})
    texts += sorted({line for task in tasks for line in task.texts.read_text(encoding="utf-8").splitlines()})
    path = bench.work / "e5/texts.txt"
    rows.lines(path, texts)
    parts, began = os.cpu_count() or 1, time.perf_counter()
    command = [bench.tools.python, setup.HERE / "rivals/embeddings.py", "embed"]
    start = {"stdout": subprocess.PIPE, "text": True, "env": bench.environment(1)}
    running = [subprocess.Popen([*map(str, command), str(part), str(parts), str(path)], **start) for part in range(parts)]
    told = [process.communicate()[0].split() for process in running]
    if any(process.returncode for process in running):
        sys.exit("multilingual-E5-small: embedding failed")
    return {"texts": len(set(texts)), "new": sum(int(one[1]) for one in told), "seconds": time.perf_counter() - began}


def train_all(bench: Bench, task: Task, found: list[System], turns: int) -> dict[str, systems.Trained]:
    """Trains every system; the quick ones as often as there are turns, for the median."""
    told: dict[str, systems.Trained] = {}
    for system in found:
        one = systems.trained(bench, system)
        every = [one["seconds"]]
        while len(every) < turns and one["process_seconds"] < CHEAP_TRAINING:
            every.append(systems.trained(bench, system)["seconds"])
        one["seconds"] = statistics.median(every) + (told[system.after]["seconds"] if system.after else 0.0)
        told[system.name] = {**one, "repetitions": len(every)}
        say(f"{task.name}: {system.name}: trained in {one['seconds']:.2f} s")
    return told


def judge(bench: Bench, task: Task, found: list[System], options: argparse.Namespace) -> dict[str, Result]:
    """Returns the scores and times of trained systems."""
    servers, told = [], {}
    for system in found:
        server, start = timing.started(bench, system, options.turns)
        servers.append(server)
        told[system.name] = {**start, **timing.answers(server, task, bench.work / "answers.txt")}
        say(f"{task.name}: {system.name}: macro-F1 {told[system.name]['macro_f1']:.4f}")
    for name, measures in timing.measured(servers, options.turns, options.turn_seconds).items():
        told[name] |= measures
    for server in servers:
        server.end()
    return told


def on_task(bench: Bench, task: Task, found: list[System], ready: list[System], options: argparse.Namespace) -> Result:
    """Returns everything about the systems on a task; those `ready` are trained already."""
    trainings = train_all(bench, task, found, options.turns)
    judged = judge(bench, task, [*ready, *found], options)
    for system, size in zip([*ready, *found], timing.sizes([*ready, *found])):
        judged[system.name] |= {"gzip_bytes": size, "own": system.own}
    for name, training in trainings.items():
        # e5's texts lie embedded in the cache: what that takes is counted at the pace measured in this run.
        if "e5" in name.lower():
            training["seconds"] += training["texts"] / judged[name]["texts_per_second"]
        judged[name]["training"] = training
    return {"rows": counts(task), "labels": len(task.labels), "systems": judged}


def counts(task: Task) -> dict[str, int]:
    """Returns how many rows of the task are learnt from, chosen on and judged on."""
    found = [row["split"] for row in rows.read(task.rows) if row.get(task.head)]
    return {"train": found.count("train"), "dev": found.count("dev"), "final": len(task.gold)}


def four_heads(bench: Bench, tasks: list[Task]) -> tuple[list[list[System]], dict[str, systems.Trained]]:
    """Trains the shipped recipe with all its heads, rules and thresholds; returns its two models as systems of each task."""
    recipe, trainings, found = systems.recipe_of(tasks[0]), {}, [[] for _ in tasks]
    for name in ("penuh", "kecil"):
        title, stem = f"pilah {name}, four heads", f"../four/{name}"
        made = [systems.pilah(bench, task, title, recipes.artefact(recipe, name), stem, tasks[0].rows) for task in tasks]
        trainings |= train_all(bench, tasks[0], made[:1], 1)
        for place, system in zip(found, made):
            place.append(system)
    return found, trainings


def corpus_only(bench: Bench, options: argparse.Namespace, best: list[str]) -> Result:
    """Returns accuracy and macro-F1 of pilah and the best rivals, trained on the corpus without the project's own rows."""
    work = bench.work / "corpus-only"
    tasks = rows.corpus_tasks(work / "rows", sources(options), own=False)
    told: Result = {}
    for task in tasks if options.tasks is None else [task for task in tasks if task.name in options.tasks]:
        small = Bench(bench.tools, work, bench.quick, bench.autotune)
        everyone = [*systems.pilahs(small, task)[:2], *systems.rivals(small, task, e5=False)]
        # What one is made of is trained too.
        wanted = {*best, *(system.after for system in everyone if system.name in best)}
        found = [system for system in everyone if system.own or system.name in wanted]
        for system in found:
            systems.trained(small, system)
        told[task.name] = {}
        for system in found:
            server = timing.Server(small, system)
            told[task.name][system.name] = timing.answers(server, task, work / "answers.txt")
            server.end()
        say(f"{task.name}: corpus alone: judged")
    return told


def best_rivals(results: Result) -> list[str]:
    """Returns the rivals with the best mean macro-F1 on the corpus, one of each kind; e5 is left out for its time."""
    heads = [results[head]["systems"] for head in rows.HEADS if head in results]
    if not heads:
        return []
    names = [name for name, one in heads[0].items() if not one["own"] and "E5" not in name]
    mean = {name: statistics.fmean(head[name]["macro_f1"] for head in heads) for name in names}
    ranked = sorted(names, key=lambda name: -mean[name])
    kinds = {report.kind(name): name for name in reversed(ranked)}
    return [name for name in ranked if kinds[report.kind(name)] == name][:SECOND_TABLE]


def same_twice(bench: Bench, task: Task) -> Result:
    """Trains pilah's two artefacts of a task once more; returns whether the files are the same to the last bit."""
    told = {}
    for system in systems.pilahs(bench, task)[:2]:
        first = hashlib.sha256(system.model.read_bytes()).hexdigest()
        systems.trained(bench, system)
        told[system.name] = {"sha256": first, "same": first == hashlib.sha256(system.model.read_bytes()).hexdigest()}
    return told


def sources(options: argparse.Namespace) -> rows.Sources:
    """Returns where rows come from."""
    models = setup.ROOT / "models"
    splits = "all" if recipes.read(models / "recipe.toml").get("refit_on_dev") else "train"
    return rows.Sources(options.corpus, options.benchmarks, models, 20 if options.quick else 1, splits)


def machine(bench: Bench) -> dict[str, str]:
    """Returns what the numbers were found on."""
    cpu = [line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8") if line.startswith("model name")]
    version = lambda *command: subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[0]
    return {
        "processor": f"{cpu[0]}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "rust": version("rustc", "--version"),
        "compiler": version(os.environ.get("CXX", "g++"), "--version"),
        "python": version(str(bench.tools.python), "--version"),
        "packages": ", ".join((setup.HERE / "requirements.txt").read_text().split("\n")[1:-1]),
        "fasttext": setup.FASTTEXT,
        "e5_engine": "built here from the package's source" if bench.tools.e5_engine else "as it comes",
    }


def all_tasks(options: argparse.Namespace, work: pathlib.Path) -> list[Task]:
    """Returns the tasks that are asked for."""
    found = rows.corpus_tasks(work, sources(options), own=True)
    found += rows.public_tasks(work, sources(options))
    return [task for task in found if options.tasks is None or task.name in options.tasks]


def measure(bench: Bench, options: argparse.Namespace) -> Result:
    """Returns everything."""
    began = time.perf_counter()
    tasks = all_tasks(options, bench.work / "rows")
    e5 = None if options.no_e5 else embed(bench, tasks)
    say(f"{len(tasks)} tasks; embedded: {e5}")
    heads = [task for task in tasks if task.name in rows.HEADS]
    four, trainings = four_heads(bench, heads) if heads else ([], {})
    ready = {task.name: found for task, found in zip(heads, four)}
    results: Result = {}
    for task in tasks:
        found = [*systems.pilahs(bench, task), *systems.rivals(bench, task, not options.no_e5)]
        results[task.name] = on_task(bench, task, found, ready.get(task.name, []), options)
        # What a run that is cut short leaves.
        (bench.work / "so-far.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    for head in heads:
        for name, training in trainings.items():
            results[head.name]["systems"][name]["training"] = training
    best = [] if options.no_corpus_only else best_rivals(results)
    return {
        "date": datetime.date.today().isoformat(),
        "machine": machine(bench),
        "turns": options.turns,
        "turn_seconds": options.turn_seconds,
        "autotune_seconds": options.autotune,
        "e5_embedding": e5,
        "tasks": results,
        "corpus_only": corpus_only(bench, options, best) if best else {},
        "same_twice": same_twice(bench, tasks[0]),
        "minutes": round((time.perf_counter() - began) / 60, 1),
    }


def main() -> None:
    """Measures, prints the summary and writes results and plots."""
    options = arguments()
    work = options.work.resolve()
    bench = Bench(setup.ready(work), work, options.quick, options.autotune)
    result = measure(bench, options)
    out = work / "results" if options.quick or options.tasks else setup.HERE
    out.mkdir(exist_ok=True)
    (out / "results.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "results.md").write_text(report.document(result), encoding="utf-8")
    setup.run(bench.tools.python, setup.HERE / "plots.py", out / "results.json", out)
    print(report.summary(result))


if __name__ == "__main__":
    main()
