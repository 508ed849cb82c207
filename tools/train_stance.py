"""Make ``models/default``: the stance classifier, from labelled corpora and from what is written in ``models/data``.

Usage: ``python tools/train_stance.py CORPORA... [--letters FILE...] [--without DOMAIN...] [--most 1200] --out models/default``

CORPORA are JSONL files: ``text``, ``label``, ``domain``, or ``question`` and ``reply`` (a citizen's letter and an office's
answer); lines with other labels are passed over. LETTERS are files of citizens' letters without a label. Of each corpus at
most so many texts are taken, by the hash of their text, so that the same files give the same bytes. Anonymised names
(``A市``, ``UU0081208``) become invented ones: they would else be a mark of their corpus. What is shipped is numbers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from govmedia_screen.training.data import ALIASES, CLASSES, COMMERCIAL, OFFICIAL, OPINION
from govmedia_screen.training.train import train

VERSION = "5"
OWN = Path(__file__).parent.parent / "models" / "data"
LETTERS, REPLIES = "citizen_letters", "gov_reply"
PLACES = ["临江", "青河", "南屏", "平川", "云岭", "清溪", "白杨", "柳林", "安宁", "东阳湖", "石桥", "长岭"]
NAMELESS = re.compile(r"([A-Z]\d{0,2})(市|县|区|州|镇|乡|街道|省)")
READER = re.compile(r"(网友)?[“\"]?(UU|A)\d{6,}[”\"]?")
SHORTEST = 4
#: Chosen on corpora kept out of training, see ``models/CHANGELOG.md``.
THRESHOLDS = {COMMERCIAL: {"whole": 0.65, "line": 0.97}, OPINION: {"whole": 0.66, "line": 0.95}}


def named(text: str) -> str:
    """The text with invented names where real ones were taken out."""
    text = READER.sub("网友", text)
    return NAMELESS.sub(lambda match: PLACES[sum(map(ord, match[1])) % len(PLACES)] + match[2], text)


def records(paths: Iterable[Path], letters: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    """Text, label and domain of every line that has them."""
    for path in (*paths, *letters):
        for line in path.read_text("utf-8").split("\n"):
            if not line:
                continue
            record = json.loads(line)
            if "reply" in record:
                yield named(record["reply"]), OFFICIAL, REPLIES
                yield named(record.get("question", "")), OPINION, LETTERS
            elif path in letters:
                yield named(record["text"]), OPINION, LETTERS
            elif (label := ALIASES.get(record.get("label"), record.get("label"))) in CLASSES:
                domain = record.get("domain", path.stem)
                yield named(record["text"]) if domain == REPLIES else record["text"], label, domain


def chosen(paths: Iterable[Path], letters: Iterable[Path], without: Iterable[str], most: int) -> list[dict[str, str]]:
    """Of each corpus and class at most so many texts, each text once."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    seen: set[str] = set()
    for text, label, domain in records(paths, list(letters)):
        text = text.strip()
        if len(text) >= SHORTEST and text not in seen and domain not in without:
            seen.add(text)
            found.setdefault((domain, label), {})[hashlib.md5(text.encode()).hexdigest()] = text
    return [
        {"text": texts[key], "label": label, "domain": domain}
        for (domain, label), texts in sorted(found.items())
        for key in sorted(texts)[:most]
    ]


def main() -> None:
    """Train and write the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--letters", nargs="*", type=Path, default=[])
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--most", type=int, default=1200)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    corpora = chosen([path for path in args.corpora if path not in args.letters], args.letters, args.without, args.most)
    own = [path for path in sorted(OWN.glob("*.jsonl")) if not path.stem.startswith("held-out")]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "corpora.jsonl"
        file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in corpora), "utf-8")
        train([file, *own], args.out, seed=0, name="default", version=VERSION, thresholds=THRESHOLDS, progress=print)


if __name__ == "__main__":
    main()
