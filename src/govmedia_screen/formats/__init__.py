"""Formats of numbers and keys, and their checksums. No rule ids, no words of an editor."""
