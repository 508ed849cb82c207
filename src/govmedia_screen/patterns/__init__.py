"""Formats, checksums and masks of numbers, and the scan for runs of letters and digits; knows no words."""
