"""What ``check --fix`` and ``--diff`` do: safe replacements, in the file's own encoding and line ends."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from govmedia_screen.acceptance.fixes import mended, safe_edits
from govmedia_screen.documents import Document, parse
from govmedia_screen.report.report import Report

Results = Sequence[tuple[Document, Report]]


def fix(results: Results, again: Callable[[Document], tuple[Document, Report]], write: bool) -> list[tuple[Document, Report]]:
    """Write the mended files, or show the differences on standard output; the results afterwards.

    Args:
        results: the documents with their reports.
        again: screens a document that was mended.
        write: whether to write, or to show what would be written.
    """
    after = []
    for document, report in results:
        text = mended(document.text, safe_edits(document, report.findings))
        if text == document.text:
            after.append((document, report))
        elif write and document.name != "-":
            data = text.encode(document.encoding)
            Path(document.name).write_bytes(data)
            after.append(again(parse(data, document.name)))
        else:
            before = document.text.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(before, text.splitlines(keepends=True), document.name, f"{document.name}（改后）"))
            after.append((document, report))
    return after
