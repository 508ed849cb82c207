"""The Screeners that tests share: made once in each process, by shipped lexicons; no test may change them."""

from __future__ import annotations

from govmedia_screen import Screener
from govmedia_screen.profile import Profile

SCREENER = Screener()
#: Without the classifier, whose judgement of a text may change with every training.
WITHOUT_MODEL = Screener(Profile(families={"commercial": False, "opinion": False}))
