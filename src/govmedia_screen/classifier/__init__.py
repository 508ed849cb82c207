"""The stance classifier: a shipped model, and what it says of a text and its paragraphs. The numpy scorer is the twin of ``scorer.c``."""
