"""The quarterly inspection of a scanned archive, and the notice made of it (第二十一条)."""
