"""How fast large files are read and screened, and in how much memory: ``python benchmarks/documents.py [word] [workbook] [pdf]``.

Each file is made here (200 pages of Word, 100,000 rows of Excel, 300 pages of PDF), read and screened in a process of its
own whose peak memory is taken, with the number of planted identity numbers that were found. Reading is compared with
python-docx, openpyxl and pdfium alone in the same run: the ratio is what counts.
"""

from __future__ import annotations

import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

#: Prose that is nobody's: a paragraph of about 90 characters.
PROSE = "本周我县各乡镇有序推进环境整治和设施养护，群众反映良好，有关工作正在按计划开展，具体安排另行通知，请各单位认真组织落实，确保取得实效。各村组结合实际制定清单，逐项明确责任人和完成时限。"
BAR = 30


def word(path: Path) -> int:
    """200 pages of nine paragraphs; a number on every tenth."""
    import docx
    from invented import resident_number

    chance = random.Random(1)
    file = docx.Document()
    for page in range(200):
        for paragraph in range(9):
            planted = f"联系人身份证号{resident_number(chance)}。" if page % 10 == 0 and paragraph == 4 else ""
            file.add_paragraph(PROSE + planted)
        file.add_page_break()
    file.save(path)
    return 20


def workbook(path: Path) -> int:
    """100,000 rows of eight columns; a number in every hundredth."""
    import xlsxwriter
    from invented import resident_number

    chance = random.Random(2)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("项目台账")
    sheet.write_row(0, 0, ["序号", "乡镇", "项目名称", "建设内容", "投资（万元）", "开工日期", "进度", "备注"])
    for row in range(1, 100_001):
        note = f"证件号码{resident_number(chance)}" if row % 100 == 0 else "正常"
        sheet.write_row(
            row,
            0,
            [row, f"某镇{row % 15}", f"道路养护项目{row}", "修补路面、清理边沟", row % 400 / 10, "2026-03-05", f"{row % 100}%", note],
        )
    book.close()
    return 1000


def pdf(path: Path) -> int:
    """300 pages of eight paragraphs; a number on every tenth."""
    from invented import resident_number
    from office import pdf as drawn

    chance = random.Random(3)
    pages = []
    for page in range(300):
        planted = f"联系人身份证号{resident_number(chance)}。" if page % 10 == 0 else ""
        pages.append([f"　　{PROSE}" for _ in range(7)] + [f"　　{PROSE}{planted}"])
    path.write_bytes(drawn(pages, size=12))
    return 30


def alone(path: Path) -> float:
    """Seconds that the usual library takes to walk through the file's text."""
    begun = time.perf_counter()
    if path.suffix == ".docx":
        import docx

        sum(len(one.text) for one in docx.Document(str(path)).paragraphs)
    elif path.suffix == ".xlsx":
        import openpyxl

        sum(1 for row in openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True) for _ in row)
    else:
        import pypdfium2

        file = pypdfium2.PdfDocument(path)
        sum(len(page.get_textpage().get_text_range()) for page in file)
    return time.perf_counter() - begun


def measure(path: Path) -> dict[str, float]:
    """Read and screen; in a process of its own."""
    from govmedia_screen import Screener, read_documents

    screener = Screener()
    screener.screen("预热。")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reading = screening = 0.0
    characters = found = posts = 0
    documents = read_documents(path)
    begun = time.perf_counter()
    while (post := next(documents, None)) is not None:
        reading += time.perf_counter() - begun
        begun = time.perf_counter()
        report = screener.screen(post)
        screening += time.perf_counter() - begun
        found += sum(one.rule == "privacy.resident-id" for one in report.findings)
        characters += sum(len(post.part(part)) for part in post.parts)
        posts += 1
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{path.name} [{'█' * min(BAR, posts)}] {posts} 篇 {characters:,} 字\x1b[K")
        begun = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "reading": reading,
        "screening": screening,
        "characters": characters,
        "found": found,
        "posts": posts,
        "peak": peak,
        "before": before,
    }


def main(wanted: list[str]) -> None:
    """Make, measure, print."""
    makers = {"word": (word, "a.docx"), "workbook": (workbook, "a.xlsx"), "pdf": (pdf, "a.pdf")}
    with tempfile.TemporaryDirectory() as folder:
        for kind in wanted or makers:
            make, name = makers[kind]
            path = Path(folder) / name
            planted = make(path)
            told = subprocess.run([sys.executable, __file__, "--measure", str(path)], check=True, stdout=subprocess.PIPE, text=True).stdout
            said = json.load(io.StringIO(told))
            usual = alone(path)
            print(
                f"{kind}: {path.stat().st_size >> 10:,} KB, {said['characters']:,} characters in {said['posts']} posts; read {said['reading']:.1f} s"
                f" ({said['reading'] / usual:.1f} × the usual library's {usual:.1f} s), screened {said['screening']:.1f} s"
                f" ({said['characters'] / (said['reading'] + said['screening']) / 1e3:,.0f} k characters/s in all);"
                f" peak {said['peak']:.0f} MB ({said['before']:.0f} MB before); found {said['found']} of {planted}",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        main(sys.argv[1:])
