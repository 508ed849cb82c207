"""Reports for readers; each module has ``render(results, …) -> str``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from govmedia_screen.documents import Document
from govmedia_screen.report.report import Report

Results = Sequence[tuple[Document, Report]]

#: Every format, with the function that renders it.
FORMATS = {
    "text": "text.render",
    "json": "json.render",
    "jsonl": "json.render_lines",
    "markdown": "markdown.render",
    "html": "html.render",
    "sarif": "sarif.render",
    "junit": "junit.render",
    "github": "annotations.render_github",
    "gitlab": "annotations.render_gitlab",
}


def renderer(name: str) -> Callable[..., str]:
    """The function that renders a format.

    Raises:
        KeyError: there is no such format.
    """
    module, _, function = FORMATS[name].partition(".")
    found: Callable[..., str] = getattr(import_module(f"govmedia_screen.render.{module}"), function)
    return found
