"""Copies of the files that posts came in: annotated with comments, redacted, and the sheet that reviewers sign."""
