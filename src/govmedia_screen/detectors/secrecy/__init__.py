"""Secrecy: marks of classification, papers not meant for the public, and leaks told in words (第二十条)."""
