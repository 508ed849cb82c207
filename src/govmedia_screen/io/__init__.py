"""Bytes and tables of others' making: encodings, spreadsheets, JSON lines, names of columns."""
