"""Replies to citizens: lawful, sincere, to the point and in time (第十五条)."""
