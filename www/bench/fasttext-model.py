"""Trains fastText's supervised model for `category` on the files that the project ships, and quantises it.

    python fasttext-model.py MODELS OUT.ftz

Words, pairs of words and character 3-5-grams, as pilah has them; the file is about as large after gzip as kecil.pilah.
One thread and one seed: the same files give the same model. Prints JSON about it.
"""

import json
import pathlib
import sys
import tempfile

import fasttext

# cutoff is how many rows survive quantisation: it sets the size of the file.
TRAINING = dict(dim=32, bucket=50_000, wordNgrams=2, minn=3, maxn=5, minCount=1, lr=0.5, epoch=25, loss="softmax")
QUANTISING = dict(cutoff=7_000, retrain=True, qnorm=True, epoch=5)
ONE_WAY = dict(thread=1, verbose=0)


def rows(models):
    files = [models / "seed.jsonl", *sorted((models / "training").glob("*.jsonl"))]
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row.get("category"):
                    yield row


def write(path, chosen):
    lines = ["__label__" + row["category"] + " " + " ".join(row["text"].lower().split()) + "\n" for row in chosen]
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def main():
    if len(sys.argv) != 3:
        sys.exit("expected two arguments: the folder models, the .ftz file to write; found " + str(sys.argv[1:]))
    models, out = map(pathlib.Path, sys.argv[1:])
    known = list(rows(models))
    with tempfile.TemporaryDirectory() as folder:
        train, dev = pathlib.Path(folder) / "train.txt", pathlib.Path(folder) / "dev.txt"
        reports = write(train, [row for row in known if row.get("split", "train") == "train"])
        held_out = write(dev, [row for row in known if row.get("split") == "dev"])
        model = fasttext.train_supervised(str(train), seed=1, **TRAINING, **ONE_WAY)
        model.quantize(input=str(train), **QUANTISING, **ONE_WAY)
        model.save_model(str(out))
        accuracy = model.test(str(dev))[1]
    print(json.dumps({"trainedOn": reports, "heldOut": held_out, "accuracy": accuracy}))


main()
