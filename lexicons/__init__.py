"""The shipped lexicons: data, for editors; see README.md."""
