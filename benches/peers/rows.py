"""The tasks: which rows are learnt from, chosen on and judged on. Every system gets the same files.

For each task a folder with `rows.jsonl` (splits train and dev, fields as `pilah train` reads them), `labels.txt`,
`final.txt` (a text a line) and `gold.txt`, and the same for fastText in words and signs apart, in lower case.
"""

import collections.abc
import dataclasses
import json
import pathlib
import random
import re

HEADS = ("category", "agency", "urgency", "type")
PUBLIC = ("smsa", "emot", "nusax-id")
# Of the public sets a tenth of train is kept for choosing; the models of the end learn from it too.
SEED = 20261122
Row = dict[str, str]


@dataclasses.dataclass(frozen=True)
class Task:
    """Rows of one head on disk."""

    name: str
    folder: pathlib.Path
    head: str
    # What the models of the end learn from: "train", or "all" where dev is learnt too.
    splits: str
    labels: list[str]
    gold: list[str]

    @property
    def rows(self) -> pathlib.Path:
        """Rows to learn from and to choose on."""
        return self.folder / "rows.jsonl"

    @property
    def texts(self) -> pathlib.Path:
        """Texts to be judged on."""
        return self.folder / "final.txt"


def read(path: pathlib.Path) -> list[Row]:
    """Returns the rows of a JSONL file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def flat(text: str) -> str:
    """Returns the text on one line; of every kind of white space one blank stays."""
    return " ".join(text.split())


def learnt(files: collections.abc.Iterable[pathlib.Path]) -> list[Row]:
    """Returns the rows of train and dev, the first of each id, as `pilah train` takes them."""
    known: set[str] = set()
    rows = []
    for row in (row for path in files for row in read(path)):
        name = str(row["id"]) if row.get("id") is not None else None
        if name not in known and (row.get("split") or "train") in ("train", "dev"):
            rows.append({**row, "split": row.get("split") or "train"})
        if name is not None:
            known.add(name)
    return rows


def relabel(rows: list[Row], path: pathlib.Path) -> None:
    """Puts the labels of a file of relabels in the place of the rows' own; `-` takes one away."""
    head, *lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    by_id = {line[0]: dict(zip(head[1:], line[1:])) for line in lines}
    for row in rows:
        for name, label in by_id.get(str(row.get("id")), {}).items():
            row[name], row[f"{name}_by"] = (None, None) if label == "-" else (label, "relabelled")


@dataclasses.dataclass(frozen=True)
class Sources:
    """Where rows come from, and of how many one is taken."""

    corpus: pathlib.Path
    benchmarks: pathlib.Path
    models: pathlib.Path
    part: int
    # What the shipped recipe learns from in the end.
    splits: str


def corpus_tasks(work: pathlib.Path, sources: Sources, own: bool) -> list[Task]:
    """Returns the four heads of the corpus, with all that `pilah train` sees where `own`, else with the corpus alone."""
    corpus, models, part = sources.corpus, sources.models, sources.part
    files = sorted(corpus.glob("*.jsonl"))
    ours = [models / "seed.jsonl", *sorted((models / "training").glob("*.jsonl"))] if own else []
    rows = learnt([*ours, *files])
    if own:
        relabel(rows, models / "relabels.tsv")
    judged = [row for path in files for row in read(path) if row.get("split") == "test"]
    told = {head: [row for row in judged[::part] if row.get(f"{head}_by") != "native"] for head in HEADS}
    return [task(work / head, head, rows[::part], told[head], sources.splits) for head in HEADS]


def public_tasks(work: pathlib.Path, sources: Sources) -> list[Task]:
    """Returns the public sets: train to learn, a tenth of it to choose on, valid to judge on."""
    tasks = []
    for name in PUBLIC:
        rows = read(sources.benchmarks / name / "train.jsonl")
        order = list(range(len(rows)))
        random.Random(SEED).shuffle(order)
        held = set(order[: len(rows) // 10])
        split = [{**row, "split": "dev" if at in held else "train"} for at, row in enumerate(rows)]
        step = sources.part if len(rows) > 1000 else 1
        tasks.append(task(work / name, "label", split[::step], read(sources.benchmarks / name / "valid.jsonl")[::step], "all"))
    return tasks


def task(folder: pathlib.Path, head: str, rows: list[Row], judged: list[Row], splits: str) -> Task:
    """Writes the files of a task and returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{**row, "text": flat(row["text"])} for row in rows]
    judged = [row for row in judged if row.get(head)]
    # A slow system is timed on the first texts only: let these be like the others.
    random.Random(SEED).shuffle(judged)
    labels = sorted({row[head] for row in [*rows, *judged] if row.get(head)})
    lines(folder / "rows.jsonl", (json.dumps(row, ensure_ascii=False) for row in rows))
    lines(folder / "labels.txt", labels)
    texts = [flat(row["text"]) for row in judged]
    lines(folder / "final.txt", texts)
    lines(folder / "final.fasttext.txt", map(tokens, texts))
    for split in ("train", "dev"):
        lines(folder / f"{split}.fasttext.txt", fasttext_lines(rows, head, (split,)))
    lines(folder / "all.fasttext.txt", fasttext_lines(rows, head, ("train", "dev")))
    return Task(folder.name, folder, head, splits, labels, [row[head] for row in judged])


def fasttext_lines(rows: list[Row], head: str, splits: tuple[str, ...]) -> collections.abc.Iterator[str]:
    """Returns rows as fastText reads them."""
    return (f"__label__{row[head]} {tokens(row['text'])}" for row in rows if row.get(head) and row["split"] in splits)


def tokens(text: str) -> str:
    """Returns words and signs apart, in lower case: what fastText's own examples do with a text beforehand."""
    return " ".join(re.findall(r"\w+|[^\w\s]", text.lower()))


def lines(path: pathlib.Path, found: collections.abc.Iterable[str]) -> None:
    """Writes lines."""
    path.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
