"""Many posts: readers, workers, resume, store, duplicates, and the quarterly inspection (第十八条、第二十一条)."""
