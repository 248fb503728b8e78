"""The systems: how each is trained, served, and what it needs to predict."""

import collections.abc
import dataclasses
import os
import pathlib
import resource
import subprocess
import sys
import time
from typing import Any

import recipes
from rows import Task
from setup import HERE, ROOT, Tools

Command = list[str]
# What a training tells: seconds, processor seconds, and more by name.
Trained = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Bench:
    """What all systems share in a run."""

    tools: Tools
    work: pathlib.Path
    quick: bool
    autotune: int

    def environment(self, threads: int | None) -> dict[str, str]:
        """Returns the environment of a rival; with `threads`, no library takes more."""
        told = {"PEERS_E5_CACHE": str(self.work / "e5/vectors.sqlite"), "HF_HUB_OFFLINE": "1"}
        told["PYTHONDONTWRITEBYTECODE"] = "1"
        if self.tools.e5_engine:
            told["PEERS_E5_ENGINE"] = str(self.tools.e5_engine)
        if threads:
            names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "TOKENIZERS_PARALLELISM")
            told |= dict.fromkeys(names, str(threads)) | {"TOKENIZERS_PARALLELISM": "false"}
        return {**os.environ, **told}


@dataclasses.dataclass(frozen=True)
class System:
    """A system on a task; `model` is the file that training writes."""

    name: str
    model: pathlib.Path
    train: Command
    serve: Command
    # Besides the model.
    needs: tuple[pathlib.Path, ...] = ()
    # A system whose model this one is made of; its training time counts here too.
    after: str | None = None
    own: bool = False


def trained(bench: Bench, system: System) -> Trained:
    """Trains a system; the seconds are those it tells itself, else those of the process."""
    system.model.parent.mkdir(parents=True, exist_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    # linfa's multinomial naive Bayes writes its insides to standard error: what is said there is shown after a failure only.
    done = subprocess.run(system.train, capture_output=True, text=True, env=bench.environment(None))
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode or not system.model.exists():
        sys.exit(f"{system.name}: training ended with {done.returncode}: {' '.join(system.train)}\n{done.stderr[-2000:]}")
    told: Trained = {"seconds": seconds}
    for line in done.stdout.splitlines():
        if line.startswith("trained "):
            said, *more = line.split()[1:]
            told |= {"seconds": float(said), **{name: float(value) for name, _, value in (m.partition("=") for m in more)}}
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return {**told, "process_seconds": seconds, "process_cpu": cpu}


def pilah(bench: Bench, task: Task, name: str, recipe: recipes.Recipe, stem: str, rows: pathlib.Path | None = None) -> System:
    """Returns pilah with a recipe of one artefact, trained by its own program."""
    folder = bench.work / "models" / task.name / stem
    path = recipes.write(recipe, folder / "recipe.toml")
    (artefact,) = recipe["artefacts"]
    model = folder / f"{artefact}.pilah"
    train = [bench.tools.pilah, "train", rows or task.rows, "--recipe", path, "--out", folder, "--quiet"]
    labels = task.folder / "labels.txt"
    serve = [bench.tools.pilah_serve, model, task.head, labels, task.texts]
    return System(name, model, strings(train), strings(serve), own=True)


def strings(command: collections.abc.Iterable[object]) -> Command:
    """Returns a command as text."""
    return [str(part) for part in command]


def recipe_of(task: Task) -> recipes.Recipe:
    """Returns the recipe that a task is learnt by: the shipped one, or the public set's own."""
    own = HERE / "recipes" / f"{task.name}.toml"
    return recipes.read(own if own.exists() else ROOT / "models/recipe.toml")


def pilahs(bench: Bench, task: Task) -> list[System]:
    """Returns pilah with one head: the recipe's two artefacts, one that is not pruned, and two with the features of rivals."""
    recipe = recipes.one_head(recipe_of(task), task.head)
    variants = {
        "pilah penuh": recipes.artefact(recipe, "penuh"),
        "pilah kecil": recipes.artefact(recipe, "kecil"),
        "pilah unpruned": recipes.unpruned(recipe),
        "pilah, fastText's features": recipes.words_only(recipe),
        "pilah, scikit-learn's features": recipes.like_scikit(recipe),
    }
    return [pilah(bench, task, name, variant, name.replace(",", "").replace(" ", "-")) for name, variant in variants.items()]


def fasttexts(bench: Bench, task: Task) -> list[System]:
    """Returns fastText: words only in two widths, words and characters, autotuned, quantised.

    With its own number of threads, 12: this version cuts its vectors into ten parts and gives each thread one to fill, so
    that with fewer threads the rest stays as the memory was (`DenseMatrix::uniform`).
    """
    hidden = recipe_of(task)["teacher"].get("hidden", 32)
    characters = ["-wordNgrams", "2", "-minn", "3", "-maxn", "5", "-bucket", "200000"]
    plain = ["-lr", "0.5", "-epoch", "25"]
    dev = str(task.folder / "dev.fasttext.txt")
    tuning = ["-autotune-validation", dev, "-autotune-duration", str(bench.autotune)]
    variants = {
        "fastText, words": plain,
        f"fastText, words, {hidden} wide": [*plain, "-dim", str(hidden)],
        "fastText, words 1-2, characters 3-5": [*plain, *characters],
        "fastText, autotuned": tuning,
    }
    systems = [fasttext(bench, task, name, arguments) for name, arguments in variants.items()]
    return [*systems, shrunk(bench, task, systems[2])]


def fasttext(bench: Bench, task: Task, name: str, arguments: Command) -> System:
    """Returns one fastText."""
    model = model_path(bench, task, name)
    learn = ["supervised", "-input", task.folder / "train.fasttext.txt", "-output", model, "-seed", "1", "-verbose", "0"]
    rows = task.folder / f"{task.splits}.fasttext.txt"
    train = [bench.tools.fasttext, "train", model, rows, *learn, *arguments]
    return System(name, model, strings(train), fasttext_serve(bench, task, model))


def shrunk(bench: Bench, task: Task, of: System) -> System:
    """Returns a fastText quantised: its most important 20,000 features, trained on, in vectors of bytes."""
    model = model_path(bench, task, "fastText, quantised")
    rows = task.folder / f"{task.splits}.fasttext.txt"
    how = ["-qnorm", "-retrain", "-cutoff", "20000", "-lr", "0.5", "-epoch", "5", "-verbose", "0"]
    train = [bench.tools.fasttext, "shrink", model, of.model, "quantize", "-input", rows, "-output", model, *how]
    return System("fastText, quantised", model, strings(train), fasttext_serve(bench, task, model), after=of.name)


def fasttext_serve(bench: Bench, task: Task, model: pathlib.Path) -> Command:
    """Returns the command that serves a fastText."""
    return strings([bench.tools.fasttext, "serve", model, task.folder / "labels.txt", task.folder / "final.fasttext.txt"])


def model_path(bench: Bench, task: Task, name: str) -> pathlib.Path:
    """Returns where a rival's model lies."""
    return bench.work / "models" / task.name / name.replace(",", "").replace(" ", "-")


def python(bench: Bench, task: Task, name: str, program: str, kind: str, needs: tuple[pathlib.Path, ...] = ()) -> System:
    """Returns a rival in Python."""
    model, labels = model_path(bench, task, name), task.folder / "labels.txt"
    base = [bench.tools.python, HERE / "rivals" / program]
    train = [*base, "train", kind, task.rows, task.head, labels, task.splits, model]
    return System(name, model, strings(train), strings([*base, "serve", kind, model, labels, task.texts]), needs)


def linfa(bench: Bench, task: Task, name: str, kind: str) -> System:
    """Returns one of linfa's estimators."""
    model, labels = model_path(bench, task, name), task.folder / "labels.txt"
    train = [bench.tools.linfa, "train", kind, task.rows, task.head, labels, task.splits, model]
    return System(name, model, strings(train), strings([bench.tools.linfa, "serve", model, task.texts]))


def weights(bench: Bench, kind: str) -> tuple[pathlib.Path, ...]:
    """Returns the files of an embedding model."""
    ask = [bench.tools.python, HERE / "rivals/embeddings.py", "weights", kind]
    found = subprocess.run(ask, check=True, capture_output=True, text=True, env=bench.environment(None)).stdout
    return tuple(pathlib.Path(line) for line in found.splitlines())


def rivals(bench: Bench, task: Task, e5: bool) -> list[System]:
    """Returns every rival on a task."""
    found = [
        *fasttexts(bench, task),
        python(bench, task, "LinearSVC", "scikit.py", "svc"),
        python(bench, task, "logistic regression", "scikit.py", "lr"),
        linfa(bench, task, "linfa, logistic regression", "logistic"),
        linfa(bench, task, "linfa, Gaussian naive Bayes", "gaussian"),
        linfa(bench, task, "linfa, multinomial naive Bayes", "multinomial"),
        python(bench, task, "wordllama + LR", "embeddings.py", "wordllama", weights(bench, "wordllama")),
    ]
    if e5:
        found.append(python(bench, task, "multilingual-E5-small + LR", "embeddings.py", "e5", weights(bench, "e5")))
    return found
