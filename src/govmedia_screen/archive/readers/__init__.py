"""Readers: files and folders become chunks of posts, streamed, in an order that depends on names alone."""
