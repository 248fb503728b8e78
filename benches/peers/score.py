"""Measures, defined as in src/eval/metrics.rs."""

import math
from collections import Counter

BINS = 15


def macro_f1(gold: list[int], decided: list[int]) -> float:
    """Returns the mean F1 of the labels that occur in gold or as a decision."""
    support, predicted = Counter(gold), Counter(decided)
    hits = Counter(label for label, said in zip(gold, decided) if label == said)
    labels = support.keys() | predicted.keys()
    return math.fsum(2 * hits[label] / (support[label] + predicted[label]) for label in labels) / len(labels)


def accuracy(gold: list[int], decided: list[int]) -> float:
    """Returns the share of rows that are right."""
    return sum(label == said for label, said in zip(gold, decided)) / len(gold)


def top3(gold: list[int], probabilities: list[list[float]]) -> float:
    """Returns the share of rows whose label is among the three likeliest; equal ones in the order of the labels."""
    ranked = (sorted(range(len(row)), key=lambda label: -row[label])[:3] for row in probabilities)
    return sum(label in best for label, best in zip(gold, ranked)) / len(gold)


def calibration_error(rows: list[tuple[float, bool]]) -> float:
    """Returns the expected calibration error in 15 bins of equal width, ((m-1)/15, m/15]."""
    sums, hits = [0.0] * BINS, [0] * BINS
    for probability, right in rows:
        place = min(max(math.ceil(probability * BINS), 1), BINS) - 1
        sums[place] += probability
        hits[place] += right
    return math.fsum(abs(right - said) for right, said in zip(hits, sums)) / len(rows)


def scores(gold: list[int], decided: list[int], probabilities: list[list[float]]) -> dict[str, float]:
    """Returns every measure of a system on a task: of what it decided, and of the likeliest label."""
    likeliest = [max(range(len(row)), key=row.__getitem__) for row in probabilities]
    said = [(row[label], label == right) for row, label, right in zip(probabilities, decided, gold)]
    return {
        "accuracy": accuracy(gold, decided),
        "macro_f1": macro_f1(gold, decided),
        "macro_f1_likeliest": macro_f1(gold, likeliest),
        "top3": top3(gold, probabilities),
        "ece": calibration_error(said),
    }
