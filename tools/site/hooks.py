"""What ``mkdocs build`` makes before it begins: pages from lexicons and commands, pictures from the recorded measurements, the rest of the navigation."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import command_page
import pictures
import rule_pages
from mkdocs.structure.files import File, Files

from govmedia_screen import Screener

logging.getLogger("jieba").setLevel(logging.WARNING)  # it tells of its dictionary, which is no warning
ROOT = Path(__file__).parents[2]


def on_config(config: Any) -> Any:
    """The navigation: families of rules, decisions, and pages that nobody has placed yet."""
    sections = {name: pages for entry in config.nav for name, pages in entry.items() if isinstance(pages, list)}
    lexicon = Screener().lexicon
    sections["规则"] += [{name: f"rules/{family}.md"} for family, name in rule_pages.families(lexicon)]
    docs = Path(config.docs_dir)
    sections["给开发者"].append({"Decisions": [{title(path): f"adr/{path.name}"} for path in sorted(docs.glob("adr/*.md"))]})
    placed = str(config.nav)
    rest = [{title(path): path.name} for path in sorted(docs.glob("*.md")) if f"'{path.name}'" not in placed]
    if rest:
        config.nav.append({"其他": rest})
    return config


def on_files(files: Files, config: Any) -> Files:
    """Pages and pictures that are made, not written."""
    screener = Screener()
    made: dict[str, str | bytes] = {
        "commands.md": command_page.page(),
        "regulation.md": rule_pages.regulation(screener.lexicon),
        "lexicons.md": (ROOT / "lexicons/README.md").read_text("utf-8"),
        **{f"rules/{family}.md": rule_pages.page(screener.lexicon, family) for family, _ in rule_pages.families(screener.lexicon)},
        **{f"figures/{name}.svg": content for name, content in pictures.drawn(ROOT / "benchmarks/record").items()},
    }
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))
    return files


def title(path: Path) -> str:
    """A page's first heading."""
    return path.read_text("utf-8").partition("\n")[0].lstrip("# ").strip()
