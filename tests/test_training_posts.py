"""The hand-written posts: each says its kind, none is another's copy, and every kind is also kept aside."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

DATA = Path(__file__).parent.parent / "models" / "data"
#: Neighbouring characters that make one piece of a text, and the share of common pieces from which two texts are copies.
PIECE, COPY = 5, 0.4
AT_LEAST = 4


def posts(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


ASIDE_PATH = DATA / "held-out-posts.jsonl"
ASIDE = posts(ASIDE_PATH)
TAUGHT = [post for path in sorted(DATA.glob("*-posts.jsonl")) if path != ASIDE_PATH for post in posts(path)]


def pieces(text: str) -> set[str]:
    bare = re.sub(r"[\s\d-]", "", text)  # figures and telephone numbers are nobody's wording
    return {bare[start : start + PIECE] for start in range(len(bare) - PIECE + 1)}


def test_no_post_is_another_with_words_exchanged() -> None:
    texts = [post["text"] for post in TAUGHT + ASIDE]
    cut = [pieces(text) for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(cut):
        for piece in found:
            holders[piece].append(place)
    copies = []
    for place, found in enumerate(cut):
        shared = Counter(other for piece in found for other in holders[piece] if other > place)
        for other, count in shared.items():
            smaller = min(len(found), len(cut[other]))
            if smaller >= AT_LEAST and count > COPY * smaller:
                copies.append((texts[place][:40], texts[other][:40]))

    assert not copies


def test_every_kind_is_taught_and_kept_aside_under_one_label() -> None:
    labels = {(post["kind"], post["label"]) for post in TAUGHT}

    assert {(post["kind"], post["label"]) for post in ASIDE} == labels
    assert len({kind for kind, _ in labels}) == len(labels)
    assert all(post["domain"] for post in TAUGHT + ASIDE)


def test_a_fifth_is_kept_aside() -> None:
    assert 0.17 <= len(ASIDE) / len(TAUGHT + ASIDE) <= 0.22
