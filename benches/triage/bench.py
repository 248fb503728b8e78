"""What run.py and kill.py share: the repository, its programs, invented rows, and how a command is measured."""

import os
import pathlib
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
CACHE = TARGET / "bench-triage"


def build():
    """Returns the paths of the release builds of `pilah` and of the example `generate`."""
    command = ["cargo", "build", "--release", "--locked", "--bin", "pilah", "--example", "generate"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "CARGO_TARGET_DIR": str(TARGET)})
    return TARGET / "release/pilah", TARGET / "release/examples/generate"


def rows(generate, count, folder=CACHE):
    """Returns the path of a file of `count` invented rows, always made anew: the generator may have changed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"rows-{count}.jsonl"
    with path.open("wb") as file:
        subprocess.run([generate, str(count)], stdout=file, check=True)
    return path


def machine():
    """Returns what the processor is called and how many cores this process may use."""
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1] for line in lines if line.startswith("model name")]
    return f"{names[0].strip() if names else 'unknown processor'}, {len(os.sched_getaffinity(0))} cores"


def first_cores(count):
    """Keeps this process and all that it starts on the same `count` cores."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < count:
        sys.exit(f"found {len(cores)} cores; expected {count}: see --cores")
    os.sched_setaffinity(0, cores[:count])


def measure(commands):
    """Runs commands side by side, each a (words, stdout path or None); returns seconds, CPU seconds and peak MB together.

    The peak of several processes is the sum of their peaks. A command that fails ends the program with what it said.
    """
    start = time.perf_counter()
    running = [_start(words, out) for words, out in commands]
    said = [[] for _ in running]
    readers = [threading.Thread(target=lambda p=p, s=s: s.append(p.stderr.read())) for p, s in zip(running, said)]
    for reader in readers:
        reader.start()
    ended = [os.wait4(process.pid, 0) for process in running]
    seconds = time.perf_counter() - start
    for reader in readers:
        reader.join()
    for process, (_, status, _), text in zip(running, ended, said):
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{process.args[0]}: exit code {process.returncode}: {text[0].decode(errors='replace')[-2000:]}")
    usage = [usage for _, _, usage in ended]
    return {
        "seconds": seconds,
        "cpu": sum(one.ru_utime + one.ru_stime for one in usage),
        "peak_mb": sum(one.ru_maxrss for one in usage) / 1024,
    }


def _start(words, out):
    """Starts a command; its stdout goes to the path `out` or nowhere."""
    with open(out or os.devnull, "wb") as stdout:
        return subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE)
