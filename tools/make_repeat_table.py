"""Make ``data/twice.txt``: which characters hardly ever stand twice, and what stands beside them where they rightly do.

Usage: ``python tools/make_repeat_table.py``

PARTS of words stand twice where one word ends with the character and the next begins with it (财政政策); SINGLE ones may be a word by
themselves, so that one word beside them is enough (参与与否). The words are those of ``data/short_words.txt``.
"""

from __future__ import annotations

from pathlib import Path

from govmedia_screen.matching.likeness import short_words

DATA = Path(__file__).parent.parent / "src/govmedia_screen/data"
PARTS = "们民政产化设务力制目系度共费施例示据议计记导境技育护式决企布需际效疫案况由因创责界策义府展体理领员现险治进督检经同定"
SINGLE = "和与及将被是在各到为也着"


def main() -> None:
    """Write the table."""
    rows = []
    for char in PARTS + SINGLE:
        after = sorted({word[1] for word in short_words() if word[0] == char})
        before = sorted({word[-2] for word in short_words() if word[-1] == char}) if char in SINGLE else []
        rows.append(f"{char} {''.join(after) or '-'} {''.join(before)}".rstrip())
    (DATA / "twice.txt").write_text(
        "# A character that hardly ever stands twice, what follows it where it rightly does, and what precedes. Made by tools/make_repeat_table.py.\n"
        + "\n".join(rows)
        + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main()
