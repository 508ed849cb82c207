"""What ``check --annotate`` does."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from govmedia_screen.copies.files import annotated
from govmedia_screen.documents import Document
from govmedia_screen.errors import InputError, ScreenError
from govmedia_screen.report.report import Report
from govmedia_screen.system.files import read_regular, write_whole


def annotate(results: Sequence[tuple[Document, Report]], output: str) -> bool:
    """Write the annotated copies, whether or not something was found; whether one could not be written.

    Raises:
        InputError: several files do not go into one.
    """
    folder = Path(output).is_dir()
    if len(results) > 1 and not folder:
        raise InputError(f"{output} 不是文件夹：多个文件的批注要写进文件夹")
    failed = False
    for document, report in results:
        target = Path(output) / Path(document.name).name if folder else Path(output)
        try:
            if target.exists() and target.resolve() == Path(document.name).resolve():
                raise InputError(f"{document.name}: 批注不写在原文件上，请另给一个文件名")
            data = read_regular(document.name)
            write_whole(target, annotated(data, report, document.name))
        except ScreenError as error:
            print(f"govmedia-screen check: {error}", file=sys.stderr)
            failed = True
    return failed
