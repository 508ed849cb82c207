"""Review before publishing (第十七条：分级分类审核、先审后发): a queue of submissions, decisions by tier in a chained ledger, receipts, and the proof that what is published is what was approved."""

from __future__ import annotations

from govmedia_screen.review.queue import Proof, Queue, Submission

__all__ = ["Proof", "Queue", "Submission"]
