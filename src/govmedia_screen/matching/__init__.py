"""A text as written, as matched, and the way back; many terms in one pass. Knows no words and no rules.

Each part has a twin in the compiled core: ``fold`` and ``text`` in ``fold.c``, ``automaton`` in ``automaton.c``.
"""
