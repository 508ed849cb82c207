"""What ``check --fix`` and ``--diff`` do: safe replacements, in the file's own encoding and line ends."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Sequence

from govmedia_screen.acceptance.fixes import divided, mended
from govmedia_screen.documents import Document, parse
from govmedia_screen.errors import InputError
from govmedia_screen.io.encoding import encode
from govmedia_screen.report.report import Report
from govmedia_screen.system.files import read_regular, write_whole

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
        edits, left = divided(document, report.findings)
        for one in left:
            line, column = document.locate(one)
            print(f"{document.name}:{line}:{column}: {one.rule} 没有改：在代码、网址、标记或引文里，请人工处理", file=sys.stderr)
        text = mended(document.text, edits)
        if text == document.text:
            after.append((document, report))
        elif write and document.name != "-":
            if encode(document.text, document.encoding) != read_regular(document.name):
                raise InputError(f"{document.name}: 文件在审查之后变过，或编码不能原样写回，没有改")
            data = encode(text, document.encoding)
            write_whole(document.name, data)
            after.append(again(parse(data, document.name)))
        else:
            before = document.text.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(before, text.splitlines(keepends=True), document.name, f"{document.name}（改后）"))
            after.append((document, report))
    return after
