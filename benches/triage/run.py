#!/usr/bin/env python3
"""Measures `pilah triage` against fastText's own program: one command, in turns, on the same cores.

    benches/triage/run.py                      # 1,000,000 rows, 3 rounds; writes results.json and results.md
    benches/triage/run.py --rows 100000 --rounds 1 --quick
    benches/triage/run.py --full               # 10,000,000 rows too

README.md says what each number means.
"""

import argparse
import datetime
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

import bench

HERE = pathlib.Path(__file__).resolve().parent
MODELS = {"pilah, penuh": [], "pilah, kecil": ["--kecil"]}
# fastText with its own sizes, and with the smallest that anybody would choose: it is as fast as its tables are small.
RIVALS = {"fastText": {}, "fastText, small": {"DIM": "16", "BUCKET": "100000"}}


def arguments():
    """Returns the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the comparison (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="turns; medians are told (default %(default)s)")
    parser.add_argument("--cores", type=int, default=2, help="cores for everybody (default %(default)s)")
    parser.add_argument("--full", action="store_true", help="ten million rows too, to see whether cost stays linear")
    parser.add_argument("--quick", action="store_true", help="the comparison only, nothing about linearity; writes no results")
    return parser.parse_args()


def fasttext_setup(sizes):
    """Returns fastText's program and model, made where they are missing; the model is read once, as if used before."""
    command = [HERE / "setup-fasttext.sh", bench.CACHE / "fasttext"]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **sizes})
    program, model = made.stdout.splitlines()
    subprocess.run(["cat", model], check=True, stdout=subprocess.DEVNULL)
    return program, model


def texts(rows, parts):
    """Writes the texts of a file of rows, one a line, into as many files as `parts`; returns their paths."""
    paths = [bench.CACHE / f"texts-{part}.txt" for part in range(parts)]
    files = [path.open("w", encoding="utf-8") for path in paths]
    with rows.open(encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            files[at % parts].write(" ".join(json.loads(line)["text"].split()) + "\n")
    for file in files:
        file.close()
    return paths


def pilah(program, options, rows):
    """Measures one run of `pilah triage` from JSONL to JSONL."""
    folder = bench.CACHE / "out"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    out = folder / "out.jsonl"
    taken = bench.measure([([program, "triage", rows, "--out", out, "--region", "samarinda", *options], None)])
    expect_lines(rows, [out])
    shutil.rmtree(folder)
    return taken


def fasttext(program, model, parts, rows):
    """Measures fastText's `predict`, a process for each part of the texts."""
    outs = [bench.CACHE / f"labels-{at}.txt" for at in range(len(parts))]
    taken = bench.measure([([program, "predict", model, part], out) for part, out in zip(parts, outs)])
    expect_lines(rows, outs)
    for out in outs:
        out.unlink()
    return taken


def expect_lines(rows, outs):
    """Ends the program unless there are as many lines in `outs` as there are rows."""
    wanted, found = count_lines([rows]), count_lines(outs)
    if found != wanted:
        sys.exit(f"{outs[0].name}: found {found} rows; expected {wanted}")


def count_lines(paths):
    """Returns how many line ends there are in files."""
    total = 0
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                total += block.count(b"\n")
    return total


def compare(contenders, rounds):
    """Runs contenders in turns, another one first in each round; returns all that was measured."""
    names = list(contenders)
    turns = {name: [] for name in names}
    for at in range(rounds):
        shift = at % len(names)
        for name in names[shift:] + names[:shift]:
            turns[name].append(contenders[name]())
            print(f"round {at + 1} of {rounds}: {name}: {turns[name][-1]['seconds']:.1f} s", file=sys.stderr)
    return turns


def summary(turns, rows):
    """Returns the medians of each contender; a ratio is the median of the rounds' own ratios."""
    told = {}
    for name, taken in turns.items():
        median = {key: statistics.median(one[key] for one in taken) for key in taken[0]}
        told[name] = {**median, "rows_per_second": rows / median["seconds"], "cpu_us_per_row": 1e6 * median["cpu"] / rows}
        for rival in RIVALS:
            ratios = [theirs["seconds"] / own["seconds"] for own, theirs in zip(taken, turns[rival])]
            told[name][f"times {rival}"] = statistics.median(ratios)
    return told


def linearity(program, generate, counts):
    """Measures one run of the full model for each number of rows."""
    found = {}
    for count in counts:
        rows = bench.rows(generate, count)
        taken = pilah(program, [], rows)
        megabytes = rows.stat().st_size / 1e6
        rows.unlink()
        found[count] = {**taken, "rows_per_second": count / taken["seconds"], "input_mb": megabytes}
        print(f"{count} rows: {taken['seconds']:.1f} s, {taken['peak_mb']:.0f} MB", file=sys.stderr)
    return found


def markdown(result):
    """Returns the tables as a document."""
    facts = [f"- {name}: {result[name]}" for name in ("date", "machine", "cores", "rows", "rounds", "fasttext_models")]
    ratios = [f"times {rival}" for rival in RIVALS]
    columns = ["", "seconds", "rows/s", "CPU µs/row", "peak MB", *ratios]
    head = ["", f"| {' | '.join(columns)} |", "|---|" + "---:|" * (len(columns) - 1)]
    lines = [
        f"| {name} | {one['seconds']:.1f} | {one['rows_per_second']:,.0f} "
        f"| {one['cpu_us_per_row']:.1f} | {one['peak_mb']:.0f} | "
        + " | ".join(f"{one[ratio]:.2f}" for ratio in ratios) + " |"
        for name, one in result["comparison"].items()
    ]
    more = ["", "## How cost grows (full model)", "", "| rows | input MB | seconds | rows/s | peak MB |", "|---:|---:|---:|---:|---:|"]
    grown = [
        f"| {int(count):,} | {one['input_mb']:.0f} | {one['seconds']:.1f} | {one['rows_per_second']:,.0f} | {one['peak_mb']:.0f} |"
        for count, one in result["linearity"].items()
    ]
    note = ["# Bulk triage, measured", "", "Made by `benches/triage/run.py`; README.md says what the numbers mean.", ""]
    return "\n".join(note + facts + head + lines + (more + grown if grown else [])) + "\n"


def main():
    """Measures, prints the tables and writes them down."""
    options = arguments()
    program, generate = bench.build()
    rivals = {name: fasttext_setup(sizes) for name, sizes in RIVALS.items()}
    bench.first_cores(options.cores)
    rows = bench.rows(generate, options.rows)
    parts = texts(rows, options.cores)
    jobs = ["--jobs", str(options.cores)]
    contenders = {name: lambda extra=extra: pilah(program, [*jobs, *extra], rows) for name, extra in MODELS.items()}
    contenders |= {name: lambda made=made: fasttext(*made, parts, rows) for name, made in rivals.items()}
    turns = compare(contenders, options.rounds)
    for path in (rows, *parts):
        path.unlink()
    counts = [] if options.quick else [100_000, 1_000_000] + [10_000_000] * options.full
    result = {
        "date": datetime.date.today().isoformat(),
        "machine": bench.machine(),
        "cores": options.cores,
        "rows": options.rows,
        "rounds": options.rounds,
        "fasttext_models": ", ".join(pathlib.Path(model).stem for _, model in rivals.values()),
        "comparison": summary(turns, options.rows),
        "linearity": linearity(program, generate, counts),
        "turns": turns,
    }
    print(markdown(result))
    if not options.quick:
        (HERE / "results.json").write_text(json.dumps(result, indent=1) + "\n")
        (HERE / "results.md").write_text(markdown(result))


main()
