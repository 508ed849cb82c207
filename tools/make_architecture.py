"""Draw ``docs/architecture.svg`` and the table of rooms in ``docs/architecture.md`` from the code.

The floors are those of the import-linter contract in ``pyproject.toml``, the arrows the imports that grimp
finds between rooms, the words each room's own docstring::

    python tools/make_architecture.py
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import grimp
import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.patches import FancyBboxPatch

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/govmedia_screen"
PAGE, PICTURE = ROOT / "docs/architecture.md", ROOT / "docs/architecture.svg"
BEGIN, END = "<!-- rooms: made by tools/make_architecture.py -->", "<!-- end of rooms -->"


def floors() -> list[list[str]]:
    """The rooms of each floor, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    return [[room.strip() for room in layer.split("|")] for layer in layers]


def said(room: str) -> str:
    """The first sentence of a room's docstring."""
    path = SOURCE / room / "__init__.py" if (SOURCE / room).is_dir() else SOURCE / f"{room}.py"
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return text.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


def table() -> str:
    """The rooms in the order of their floors."""
    rows = [f"| {number} | `{room}` | {said(room)} |" for number, rooms in enumerate(reversed(floors()), 1) for room in rooms]
    return "\n".join([BEGIN, "", "| floor | room | what it holds |", "|---|---|---|", *reversed(rows), "", END])


def arrows() -> dict[tuple[str, str], int]:
    """How many modules of one room import another."""
    graph = grimp.build_graph("govmedia_screen")
    counts: dict[tuple[str, str], int] = {}
    for module in graph.modules:
        for other in graph.find_modules_directly_imported_by(module):
            pair = (f"{module}..".split(".")[1], f"{other}..".split(".")[1])
            if all(pair) and pair[0] != pair[1]:
                counts[pair] = counts.get(pair, 0) + 1
    return counts


def draw(path: Path) -> None:
    """The house: a row a floor, an arrow wherever a room imports another."""
    mpl.rcParams.update({"svg.hashsalt": "govmedia_screen", "svg.fonttype": "none", "font.family": "sans-serif"})
    rows = floors()
    figure, axes = plt.subplots(figsize=(9, 0.62 * len(rows)))
    places: dict[str, tuple[float, float]] = {}
    for number, rooms in enumerate(rows):
        for place, room in enumerate(rooms):
            places[room] = ((place + 0.5) / len(rooms), -float(number))
    for (room, other), count in sorted(arrows().items()):
        if room in places and other in places:
            axes.annotate(
                "", places[other], places[room], arrowprops={"arrowstyle": "->", "color": "#9bb", "lw": 0.3 + 0.12 * min(count, 12)}
            )
    for room, (x, y) in places.items():
        axes.add_patch(FancyBboxPatch((x - 0.075, y - 0.22), 0.15, 0.44, boxstyle="round,pad=0.01", fc="#f4f7fa", ec="#456", zorder=3))
        axes.text(x, y, room, ha="center", va="center", fontsize=9, zorder=4)
    axes.set_xlim(0, 1)
    axes.set_ylim(-len(rows) + 0.4, 0.6)
    axes.axis("off")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    """Write both."""
    text = PAGE.read_text("utf-8")
    head, tail = text[: text.index(BEGIN)], text[text.index(END) + len(END) :]
    PAGE.write_text(head + table() + tail, "utf-8")
    draw(PICTURE)


if __name__ == "__main__":
    main()
