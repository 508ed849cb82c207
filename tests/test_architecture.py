"""The page of the house is the house: every room is on it, on its floor, in its own words; and the words we avoid are avoided."""

from __future__ import annotations

import importlib.util
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/govmedia_screen"
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py") if not path.parent.is_symlink())
#: Modules that lie beside the rooms at the top.
MOST_BESIDE = 16


def test_every_room_is_on_the_page_in_its_own_words() -> None:
    pytest.importorskip("grimp", reason="needs the development tools: make test installs them")
    spec = importlib.util.spec_from_file_location("make_architecture", ROOT / "tools/make_architecture.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    assert tool.table() in (ROOT / "docs/architecture.md").read_text("utf-8"), "run python tools/make_architecture.py"
    for room in ROOMS:
        assert f"`{room}`" in tool.table()
        assert f">{room}<" in (ROOT / "docs/architecture.svg").read_text("utf-8"), "run python tools/make_architecture.py"


def test_few_modules_lie_beside_the_rooms() -> None:
    assert len(list(SOURCE.glob("*.py"))) <= MOST_BESIDE


@pytest.mark.parametrize("package", sorted({path.parent for path in SOURCE.rglob("*.py")}), ids=lambda path: path.name)
def test_every_room_says_what_it_holds(package: Path) -> None:
    assert (package / "__init__.py").read_text("utf-8").lstrip().startswith(('"""', 'r"""'))


#: Words of CONTEXT.md that no public name may use, and the rooms where they are the field's own word.
AVOIDED = {
    "violation": (),
    "alert": (),
    "whitelist": (),
    "blacklist": (),
    "severity": ("lsp", "render"),
    "sentiment": (),
    "normalise": (),
    "moderate": (),
}


@pytest.mark.parametrize("word", AVOIDED)
def test_public_names_avoid_other_projects_words(word: str) -> None:
    for path in SOURCE.rglob("*.py"):
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type == tokenize.NAME and re.search(rf"(?:^|_){word}s?(?:_|$)", token.string.lower()):
                    assert path.relative_to(SOURCE).parts[0] in AVOIDED[word], f"{path.name}:{token.start[0]}: {token.string}"


def test_every_decision_has_a_number_of_its_own() -> None:
    """A number names one decision, in the file's name and in its first line."""
    numbers: dict[int, str] = {}
    for path in sorted((ROOT / "docs/adr").glob("*.md")):
        number = int(path.name[:4])
        assert number not in numbers, f"{path.name} and {numbers[number]}"
        assert path.read_text("utf-8").startswith(f"# {number}. ")
        numbers[number] = path.name
