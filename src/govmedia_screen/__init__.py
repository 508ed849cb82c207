"""Screen a government new-media post before it is published.

>>> from govmedia_screen import Screener
>>> screener = Screener()
>>> screener.screen("今日天气晴，气温12到20摄氏度。").decision.name
'PASS'
"""

from govmedia_screen.documents import read_documents
from govmedia_screen.errors import InputError, LexiconError, MissingExtra, ModelError, ProfileError, ScreenError
from govmedia_screen.finding import Finding, Level
from govmedia_screen.post import Post
from govmedia_screen.profile import Profile
from govmedia_screen.report.policy import Decision
from govmedia_screen.report.report import Report
from govmedia_screen.screener import Screener
from govmedia_screen.version import __version__

__all__ = [
    "Decision",
    "Finding",
    "InputError",
    "Level",
    "LexiconError",
    "MissingExtra",
    "ModelError",
    "Post",
    "Profile",
    "ProfileError",
    "Report",
    "ScreenError",
    "Screener",
    "__version__",
    "read_documents",
]
