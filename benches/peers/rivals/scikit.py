"""scikit-learn on TF-IDF of words, pairs of words and character 3-4-grams.

    scikit.py train svc|lr ROWS HEAD LABELS SPLITS MODEL
    scikit.py serve svc|lr MODEL LABELS TEXTS
"""

import pickle
import sys
import time

import numpy as np
from scipy.sparse import spmatrix
from serving import learnt, lines, rows, serve, spread
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

# C chosen on dev of the public sets (0.1, 0.3, 1 and 1, 3, 10), one for all tasks.
SVC = {"C": 0.3, "class_weight": "balanced"}
LR = {"C": 10.0, "class_weight": "balanced", "max_iter": 200, "tol": 1e-3}


def vectoriser() -> FeatureUnion:
    """Returns the features: the usual ones, kept in 32 bits, which halves them and changes no answer."""
    shared = {"min_df": 2, "sublinear_tf": True, "dtype": np.float32}
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", **shared)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), **shared)
    return FeatureUnion([("words", words), ("characters", characters)])


def fit(kind: str, x: spmatrix, y: list[str]) -> tuple[LinearSVC | LogisticRegression, float]:
    """Returns the plain classifier and the seconds it took."""
    began = time.perf_counter()
    model = LinearSVC(**SVC) if kind == "svc" else LogisticRegression(**LR)
    return model.fit(x, y), time.perf_counter() - began


def calibrate(x: spmatrix, y: list[str]) -> CalibratedClassifierCV:
    """Returns the SVC with sigmoids learnt from three folds and one classifier of all rows (better than three of two thirds)."""
    # As a list, since a number of folds is refused where a label has fewer rows than that.
    folds = list(StratifiedKFold(3).split(x, y))
    return CalibratedClassifierCV(LinearSVC(**SVC), method="sigmoid", cv=folds, ensemble=False).fit(x, y)


def train(kind: str, path: str, head: str, _labels: str, splits: str, model_path: str) -> None:
    """Trains, tells the seconds of all and of the parts, and saves."""
    began = time.perf_counter()
    texts, y = rows(path, head, learnt(splits))
    features = vectoriser()
    x = features.fit_transform(texts)
    vectorised = time.perf_counter() - began
    plain, fitted = fit(kind, x, y)
    model = calibrate(x, y) if kind == "svc" else plain
    print("trained", time.perf_counter() - began, f"bare={vectorised + fitted}", f"vectorise={vectorised}")
    with open(model_path, "wb") as out:
        pickle.dump((features, model), out)


class Scikit:
    """A saved model."""

    def __init__(self, path: str, labels: list[str]) -> None:
        with open(path, "rb") as file:
            self.features, self.model = pickle.load(file)
        self.all_labels = labels
        calibrated = isinstance(self.model, CalibratedClassifierCV)
        # The quickest way to a label is the SVC without its sigmoids.
        self.bare = self.model.calibrated_classifiers_[0].estimator if calibrated else self.model

    def probabilities(self, texts: list[str]) -> np.ndarray:
        found = self.model.predict_proba(self.features.transform(texts))
        return spread(found, list(self.model.classes_), self.all_labels)

    def labels(self, texts: list[str]) -> np.ndarray:
        return self.bare.predict(self.features.transform(texts))


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(*sys.argv[2:])
    else:
        _kind, model, labels, texts = sys.argv[2:]
        serve(texts, lambda: Scikit(model, lines(labels)))
