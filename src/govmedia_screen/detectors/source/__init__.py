"""Reposts: whether the source may be reposted and is named, and whether title and body still say what the original says (第十三条(一)(二))."""
