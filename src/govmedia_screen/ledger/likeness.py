"""Likeness: whether a text is a changed form of one that was approved, told without keeping the text.

A sketch is one byte for each of 32 buckets: the lowest hash of the five-character shingles that fall into it
(one-permutation MinHash, Li, Owen and Zhang 2012, of which eight bits are kept, Li and König 2010). The share of
equal bytes estimates how many shingles two texts share; eight bits of a hash say nothing of what they came from.
"""

from __future__ import annotations

import hashlib

from govmedia_screen.post import Post
from govmedia_screen.system import lazy

BUCKETS = 32
SHINGLE = 5
#: Shorter texts have no sketch, in code points: too few shingles to compare.
SHORTEST = 24
#: The share of equal buckets from which one text is taken for a changed form of the other.
ALIKE = 0.6
MARKS = lazy.pattern(r"\W+")


def sketch(post: Post) -> str:
    """A post's sketch in hexadecimal digits, or nothing if its text is short."""
    text = MARKS.sub("", post.title + post.body)
    if len(text) < SHORTEST:
        return ""
    least = [0xFFFFFFFF] * BUCKETS
    for start in range(len(text) - SHINGLE + 1):
        shingle = text[start : start + SHINGLE].encode("utf-8", "surrogatepass")
        number = int.from_bytes(hashlib.blake2b(shingle, digest_size=5).digest(), "big")
        bucket, value = number % BUCKETS, number >> 8
        least[bucket] = min(least[bucket], value)
    return bytes(value & 0xFF for value in least).hex()


def likely(one: str, other: str) -> bool:
    """Whether two sketches are of nearly the same text; what both have nothing in does not count."""
    if not one or not other or len(one) != len(other):
        return False
    pairs = [pair for pair in zip(bytes.fromhex(one), bytes.fromhex(other), strict=True) if pair != (0xFF, 0xFF)]
    return sum(a == b for a, b in pairs) >= ALIKE * len(pairs) > 0
