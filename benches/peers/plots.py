"""Draws quality against size and against latency: `plots.py RESULTS.json FOLDER`. The same results give the same bytes."""

import json
import pathlib
import sys
from typing import Any

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402

# Seven tasks, and the legend in the place of the eighth.
COLUMNS = 4
MARKS = "osD^vPX*"
COLOURS = {"pilah": "#c0392b", "fastText": "#2471a3", "linfa": "#9a7d0a", "wordllama": "#6c3483", "multilingual": "#6c3483"}
SCIKIT = "#1e8449"


def styles(result: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Returns a colour for each family of systems and a mark for each of its members."""
    names = dict.fromkeys(name for task in result["tasks"].values() for name in task["systems"])
    told: dict[str, tuple[str, str]] = {}
    for name in names:
        colour = next((colour for family, colour in COLOURS.items() if name.startswith(family)), SCIKIT)
        members = sum(colour == other for other, _ in told.values())
        told[name] = (colour, MARKS[members % len(MARKS)])
    return told


def draw(result: dict[str, Any], field: str, scale: float, title: str, path: pathlib.Path) -> None:
    """Draws a panel for each task: macro-F1 upwards, what it costs to the right in powers of ten."""
    tasks, style = result["tasks"], styles(result)
    height = -(-(len(tasks) + 1) // COLUMNS)
    figure, grid = pyplot.subplots(height, COLUMNS, figsize=(15, 3.6 * height), squeeze=False, layout="constrained")
    panels = [panel for line in grid for panel in line]
    for panel, (name, task) in zip(panels, tasks.items()):
        for system, one in task["systems"].items():
            colour, mark = style[system]
            panel.plot(one[field] * scale, one["macro_f1"], mark, color=colour, markersize=7, alpha=0.8)
        panel.set(title=name, xscale="log", xlabel=title, ylabel="macro-F1")
        panel.grid(visible=True, alpha=0.3)
    for panel in panels[len(tasks) :]:
        panel.set_axis_off()
    legend = panels[len(tasks)]
    for system, (colour, mark) in style.items():
        legend.plot([], [], mark, color=colour, label=system)
    legend.legend(loc="center", fontsize=8, frameon=False)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def main() -> None:
    """Draws both plots."""
    source, folder = map(pathlib.Path, sys.argv[1:])
    result = json.loads(source.read_text(encoding="utf-8"))
    matplotlib.rcParams.update({"svg.hashsalt": "pilah", "svg.fonttype": "none", "font.size": 9})
    draw(result, "gzip_bytes", 1e-6, "MB after gzip", folder / "quality-size.svg")
    draw(result, "latency_us", 1.0, "µs for one text", folder / "quality-latency.svg")


if __name__ == "__main__":
    main()
