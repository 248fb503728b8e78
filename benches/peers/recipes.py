"""pilah's recipes for the bench: the shipped one, changed where the comparison asks for it, written as TOML."""

import copy
import pathlib
import tomllib
from typing import Any

Recipe = dict[str, Any]


def read(path: pathlib.Path) -> Recipe:
    """Returns the recipe with its paths made absolute and without data of its own: rows come from the bench."""
    recipe = tomllib.loads(path.read_text(encoding="utf-8"))
    base = path.resolve().parent
    if "slang" in recipe["text"]:
        recipe["text"]["slang"] = str(base / recipe["text"]["slang"])
    for head in recipe["head"]:
        if "labels" in head:
            head["labels"] = str(base / head["labels"])
    if "rules" in recipe:
        recipe["rules"] = str(base / recipe["rules"])
    return {**recipe, "data": [], "relabels": []}


def artefact(recipe: Recipe, name: str) -> Recipe:
    """Returns the recipe with one of its artefacts only."""
    changed = copy.deepcopy(recipe)
    return {**changed, "artefacts": {name: changed["artefacts"][name]}}


def one_head(recipe: Recipe, name: str) -> Recipe:
    """Returns the recipe with one head, which answers with its likeliest label: no rules, no raised urgency."""
    changed = copy.deepcopy(recipe)
    changed.pop("rules", None)
    left_out = ("recall", "recall_precision", "weight")
    heads = [head for head in changed["head"] if head["name"] == name]
    changed["head"] = [{key: value for key, value in head.items() if key not in left_out} for head in heads]
    return changed


def unpruned(recipe: Recipe) -> Recipe:
    """Returns the recipe of penuh with all its features, as rivals keep all of theirs."""
    changed = artefact(recipe, "penuh")
    changed["artefacts"]["penuh"]["features"] = 1_000_000
    return changed


def single(recipe: Recipe, name: str, features: int) -> Recipe:
    """Returns the recipe for one network that is itself the artefact."""
    changed = copy.deepcopy(recipe)
    changed["teacher"]["members"] = 1
    changed.pop("linear", None)
    changed["artefacts"] = {name: {"features": features, "step": recipe["artefacts"]["penuh"].get("step", 0.5)}}
    return changed


def words_only(recipe: Recipe) -> Recipe:
    """Returns the recipe with fastText's own features: words as they are, every one of them."""
    changed = single(recipe, "words", 1_000_000)
    changed["text"] = {"stemming": "none"}
    changed["features"] |= {"gram_min": 3, "gram_max": 2, "pairs": False, "min_reports": 1}
    return changed


def like_scikit(recipe: Recipe) -> Recipe:
    """Returns the recipe with LinearSVC's features, words, pairs and 3-4-grams seen in two texts, and its kind of model."""
    changed = single(recipe, "same", 1_000_000)
    changed["teacher"]["members"] = 0
    changed["linear"] = recipe["linear"]
    changed["text"] = {"stemming": "none"}
    changed["features"] |= {"gram_min": 3, "gram_max": 4, "pairs": True, "min_reports": 2}
    return changed


def write(recipe: Recipe, path: pathlib.Path) -> pathlib.Path:
    """Writes the recipe; returns the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toml(recipe), encoding="utf-8")
    return path


def toml(table: Recipe, name: str = "") -> str:
    """Returns a table as TOML: values first, then tables, then lists of tables."""
    plain = {key: value for key, value in table.items() if not is_table(value)}
    lines = [f"{key} = {value_of(value)}\n" for key, value in plain.items()]
    for key, value in table.items():
        inner = f"{name}.{key}" if name else key
        if isinstance(value, dict):
            lines.append(f"[{inner}]\n{toml(value, inner)}")
        elif is_table(value):
            lines += [f"[[{inner}]]\n{toml(one, inner)}" for one in value]
    return "".join(lines)


def is_table(value: Any) -> bool:
    """Returns whether a value is a table or a list of tables."""
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def value_of(value: Any) -> str:
    """Returns a plain value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(value_of, value)) + "]"
    return repr(value)
