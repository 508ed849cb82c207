"""Whether a reply answers its question, by the words and topics that both share (第十五条：杜绝答非所问).

Words are pairs of Han characters that are not everybody's (``lexicons/reply/words/common.txt``);
topics are the lists ``reply.topic.*`` of ``lexicons/reply/``, so that an office that owns a
matter (教育局) answers for it (学校). The weights were fitted on real questions and replies, true
pairs against pairs with another question's reply; ``benchmarks/replies.py`` fits them on halves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import add

from govmedia_screen.lexicon.lexicon import Lexicon
from govmedia_screen.system.lazy import pattern

HAN = pattern("[\u4e00-\u9fff]+")
NAMED = pattern(r"(?<![A-Za-z])[A-Za-z]{2,8}(?![A-Za-z\d])|(?<!\d)\d{1,4}(?=路|号线)")
#: Weights of shared words, of the lengths of question and reply, of shared topics, and the constant.
SHARED, ASKED, ANSWERED, TOPIC, CONSTANT = 3.54, -0.96, -1.80, 3.88, 8.69
#: Topic agreement where one side names none.
NO_TOPIC = 0.3
#: Pairs of characters below which a reply says too little to be judged, and too little to be judged by its score.
SHORTEST, SHORT = 12, 50
#: The score below which a reply is about something else: some 87 % of shuffled and 4 % of true pairs.
LEAST = -0.6
#: A reply with more pairs than ``LONG`` and a score above ``SURE`` may answer in other words.
LONG, SURE = 80, -2.3
QUESTION_MARK = pattern("[？?]")
PART_END = pattern(r"[。！；!;\n\r]|[？?]+|(?<![\d.])\d{1,2}[、.．](?!\d)|[（(]\d{1,2}[）)]|[一二三四五六七八九]、")


class Relevance:
    """Scores question–reply pairs.

    Args:
        lexicon: its cues ``reply.common``, ``reply.asking`` (words of one who wants to know) and ``reply.topic.*``.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        import ahocorasick

        self.common = frozenset(lexicon.cue("reply.common").words)
        topics = {cue.label or name: cue.words for name, cue in lexicon.cues.items() if name.startswith("reply.topic.")}
        self.asking = lexicon.cue("reply.asking")
        self.topic_of = {word: topic for topic, words in topics.items() for word in words}
        self.topic_word = ahocorasick.Automaton()
        for word, topic in self.topic_of.items():
            self.topic_word.add_word(word, (topic, word))
        self.topic_word.make_automaton()

    def words(self, text: str) -> frozenset[str]:
        """The telling pairs of characters of a text."""
        return pairs(text) - self.common

    def topics(self, text: str) -> dict[str, float]:
        """The topics of a text, weighted by how many different words speak of each."""
        found: dict[str, set[str]] = {}
        for _, (topic, word) in self.topic_word.iter_long(text) if self.topic_of else ():
            found.setdefault(topic, set()).add(word)
        return {topic: min(len(words), 4) ** 0.5 for topic, words in found.items()}

    def features(self, question: str, reply: str) -> tuple[float, float, float, float]:
        """What the score adds up: shared telling words, the lengths of question and reply (all as logarithms), agreement of topics."""
        asked, answered = pairs(question), pairs(reply)
        shared = len((asked & answered) - self.common)
        agreement = cosine(self.topics(question), self.topics(reply))
        return math.log1p(shared), math.log1p(len(asked)), math.log1p(len(answered)), agreement

    def score(self, question: str, reply: str) -> float:
        """How much the reply is about the question; log-odds, 0 is even."""
        shared, asked, answered, agreement = self.features(question, reply)
        return SHARED * shared + ASKED * asked + ANSWERED * answered + TOPIC * agreement + CONSTANT

    def unrelated(self, question: str, reply: str) -> float | None:
        """How surely (0–1) a reply is about something else, or None if it may be the question's own.

        A short reply is so called only if it shares neither a word nor a topic; a longer one by its score.
        0.8 and more is sure enough for a review: of real replies that were so called, five in six did not
        answer; a long reply in other words than the question's is only worth a look.
        """
        asked, answered = pairs(question), pairs(reply)
        score = self.score(question, reply)
        nothing = not (asked & answered) - self.common and cosine(self.topics(question), self.topics(reply)) == 0
        if not (nothing and len(answered) >= SHORTEST) and not (len(answered) >= SHORT and score < LEAST):
            return None
        return min(0.99, 0.8 + max(0.0, -score) / 40) if len(answered) < LONG or score < SURE else 0.7

    def unanswered(self, question: str, reply: str) -> list[str]:
        """The sub-questions of a question that no telling word of the reply takes up; [] if there is only one."""
        asked = [part for part in sub_questions(question) if self.asking.find(part)]
        if len(asked) < 2:
            return []
        answered = self.words(reply)
        left = [part for part in asked if len(words := self.words(part)) >= 5 and not words & answered]
        return left if len(left) < len(asked) else []


@lru_cache(maxsize=64)
def pairs(text: str) -> frozenset[str]:
    """All pairs of neighbouring Han characters, and names in letters and numbers (KTV, 406路, 3号线)."""
    found: set[str] = set()
    for run in HAN.findall(text):
        found.update(map(add, run, run[1:]))
    found.update(match[0].upper() for match in NAMED.finditer(text))
    return frozenset(found)


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two sets of topics are, 0–1."""
    if not one or not other:
        return NO_TOPIC
    return sum(one[key] * other[key] for key in one.keys() & other.keys()) / math.sqrt(squares(one.values()) * squares(other.values()))


def squares(values: Iterable[float]) -> float:
    """The sum of squares."""
    return sum(value * value for value in values)


def sub_questions(question: str) -> list[str]:
    """The parts of a question that end with a question mark, without their numbering."""
    parts: list[str] = []
    start = 0
    for end in PART_END.finditer(question):
        part = question[start : end.start()].strip()
        if QUESTION_MARK.match(end[0]) and sum(map(len, HAN.findall(part))) >= 6:
            parts.append(part)
        start = end.end()
    return parts
