#!/usr/bin/env python3
"""Kills `pilah triage` at random moments, starts it again, and compares all it wrote with an undisturbed run.

    benches/triage/kill.py                     # every input format with every writer, 200 trials in all
    benches/triage/kill.py --trials 36 --rows 20000 --input jsonl --output sqlite

Exits with 1 where a byte differs or a file is left over. README.md says what the numbers mean.
"""

import argparse
import collections
import hashlib
import itertools
import random
import shutil
import subprocess
import sys
import time

import bench
import formats

WRITERS = ["jsonl", "csv", "parquet", "sqlite"]


def arguments():
    """Returns the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=200, help="how many runs are disturbed (default %(default)s)")
    parser.add_argument("--rows", type=int, default=60_000, help="rows of an input (default %(default)s)")
    parser.add_argument("--kills", type=int, default=4, help="kills of one run at most (default %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="other moments (default %(default)s)")
    parser.add_argument("--checkpoint-rows", type=int, default=4096, help="rows between checkpoints (default %(default)s)")
    parser.add_argument("--input", choices=formats.ENDINGS, help="only this format")
    parser.add_argument("--output", choices=WRITERS, help="only this writer")
    return parser.parse_args()


class Run:
    """One command of `pilah triage` with a folder of its own for all that it writes."""

    def __init__(self, program, source, writer, checkpoint_rows, folder):
        self.folder = folder
        reports = ["--report", folder / "laporan.html", "--report", folder / "laporan.json"]
        command = [program, "triage", source, "--out", folder / f"out.{writer}", "--region", "samarinda", "--kecil", *reports,
                   "--checkpoint-rows", checkpoint_rows]
        self.command = [str(word) for word in command]

    def clear(self):
        """Makes the folder empty."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def go(self, kill_after=None):
        """Runs the command; returns None at its end, else at what stage it was killed.

        A command that ends with an error ends the program.
        """
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _, said = process.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            _, said = process.communicate()
            if process.returncode < 0:
                return self.stage()
        if process.returncode != 0:
            sys.exit(f"{' '.join(self.command)}: exit code {process.returncode}: {said.decode(errors='replace')[-2000:]}")
        return None

    def stage(self):
        """Returns what a killed run had on disk."""
        work, outs = [], []
        for path in self.folder.iterdir():
            (work if path.name.endswith(".work") else outs).append(path)
        if not work:
            return "after" if outs else "before"
        return "writing" if outs else "work"

    def written(self):
        """Returns every path below the folder with the hash of its content: leftovers count as differences."""
        paths = sorted(self.folder.rglob("*"))
        hashes = {path: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder" for path in paths}
        return {str(path.relative_to(self.folder)): value for path, value in hashes.items()}


def reference(run, writer):
    """Runs undisturbed; returns what was written and how long it took.

    Ends the program where files are missing or left over.
    """
    run.clear()
    start = time.monotonic()
    run.go()
    seconds, written = time.monotonic() - start, run.written()
    wanted = {f"out.{writer}", "laporan.html", "laporan.json"}
    if not wanted <= set(written) <= wanted | {"rejected.jsonl"}:
        sys.exit(f"undisturbed run: found {sorted(written)}; expected {sorted(wanted)}, and rejected.jsonl where rows are broken")
    return written, seconds


def trial(run, seconds, kills, dice):
    """Starts a run again and again; returns the stages at which it was killed. The last start is left in peace."""
    run.clear()
    stages = []
    for _ in range(dice.randint(1, kills)):
        stage = run.go(kill_after=dice.uniform(0, seconds))
        if stage is None:
            return stages
        stages.append(stage)
    run.go()
    return stages


def differences(expected, found):
    """Returns what differs, a line each."""
    names = sorted(expected.keys() | found.keys())
    words = {(True, False): "missing", (False, True): "left over", (True, True): "other bytes"}
    return [f"{words[name in expected, name in found]}: {name}" for name in names if expected.get(name) != found.get(name)]


def main():
    """Tries every pair of an input and a writer in turn, until there were as many trials as wanted."""
    options = arguments()
    program, generate = bench.build()
    folder = bench.CACHE / "kill"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    sources = formats.inputs(bench.rows(generate, options.rows, folder), folder, program)
    chosen = itertools.product([options.input] if options.input else sources, [options.output] if options.output else WRITERS)
    pairs = list(chosen)
    dice = random.Random(options.seed)
    table, total, failures = [], collections.Counter(), 0
    for at, (source, writer) in enumerate(pairs):
        run = Run(program, sources[source], writer, options.checkpoint_rows, folder / "run")
        expected, seconds = reference(run, writer)
        trials = options.trials // len(pairs) + (at < options.trials % len(pairs))
        same, stages = 0, collections.Counter()
        for number in range(trials):
            stages.update(trial(run, seconds, options.kills, dice))
            found = differences(expected, run.written())
            same += not found
            for line in found:
                print(f"{source} -> {writer}, trial {number + 1}: {line}", file=sys.stderr)
        failures += trials - same
        total.update(stages)
        table.append(f"| {source} | {writer} | {seconds:.1f} | {trials} | {same} | {sum(stages.values())} | {told(stages)} |")
        print(table[-1], file=sys.stderr)
    shutil.rmtree(folder)
    print("| input | output | seconds undisturbed | trials | same bytes | kills | before, work, writing, after |")
    print("|---|---|---:|---:|---:|---:|---|", *table, sep="\n")
    print(f"\n{options.trials - failures} of {options.trials} identical; {sum(total.values())} kills: {told(total)}")
    sys.exit(1 if failures else 0)


def told(stages):
    """Returns how many kills met each stage."""
    return ", ".join(str(stages[name]) for name in ("before", "work", "writing", "after"))


main()
