"""What ``check --annotate`` does."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from govmedia_screen.copies.files import annotated
from govmedia_screen.documents import Document
from govmedia_screen.errors import InputError, ScreenError
from govmedia_screen.report.report import Report
from govmedia_screen.system.files import read_regular, write_whole

#: In the name of a document: that it lies in another, and which piece of a workbook it is.
INSIDE = "!/"
PIECE = re.compile(r"(.+)#[0-9]+")


def annotate(results: Sequence[tuple[Document, Report]], output: str) -> bool:
    """Write the annotated copies, whether or not something was found; whether one could not be written.

    Raises:
        InputError: several files do not go into one.
    """
    folder = Path(output).is_dir()
    if len(several(results)) > 1 and not folder:
        raise InputError(f"{output} 不是文件夹：多个文件的批注要写进文件夹")
    failed = False
    for name, reports in several(results).items():
        target = Path(output) / Path(name).name if folder else Path(output)
        try:
            if target.exists() and target.resolve() == Path(name).resolve():
                raise InputError(f"{name}: 批注不写在原文件上，请另给一个文件名")
            if INSIDE in name:
                raise InputError(f"{name}: 压缩包、邮件里的文件请先取出来，再写批注")
            data = read_regular(name)
            for report in reports:
                data = annotated(data, report, name)
            write_whole(target, data)
        except ScreenError as error:
            print(f"govmedia-screen check: {error}", file=sys.stderr)
            failed = True
    return failed


def several(results: Sequence[tuple[Document, Report]]) -> dict[str, list[Report]]:
    """The reports of each file; a very long workbook is several documents."""
    found: dict[str, list[Report]] = {}
    for document, report in results:
        name = document.name
        if (before := PIECE.fullmatch(name)) and before[1] in found:
            name = before[1]
        found.setdefault(name, []).append(report)
    return found
