"""Session: one document that is being written, and what is found in it.

Every change screens the whole post: that takes less than a millisecond for 3,000 characters. A very long
document is screened when the writer pauses.
"""

from __future__ import annotations

from govmedia_screen.acceptance.waivers import apply
from govmedia_screen.documents import Document, of_text
from govmedia_screen.documents.places import whole
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.finding import Finding
from govmedia_screen.post import Post
from govmedia_screen.report.report import Report
from govmedia_screen.screener import Screener

#: Up to so many code points a document is screened at every change.
AT_ONCE = 50_000


class Session:
    """One open document.

    Attributes:
        document: the document as it is now.
        report: what was found when it was last screened.
        exact: whether that was after the last change.
        problem: why it cannot be read (broken front matter), else an empty text.
    """

    def __init__(self, screener: Screener, name: str, text: str) -> None:
        self.screener, self.name = screener, name
        self.document = self.parse(text)
        self.screen()

    def parse(self, text: str) -> Document:
        """The text as a document; one that cannot be read as its kind is read as plain text."""
        self.problem = ""
        try:
            return of_text(text, self.name)
        except (InputError, MissingExtra) as error:
            self.problem = str(error)
            return Document(self.name, Post(body=text, id=self.name), text, {"body": whole(text)})

    def screen(self) -> None:
        """Screen the whole post."""
        self.report: Report = self.screener.screen(self.document.post)
        self.exact = True

    def settle(self) -> bool:
        """Screen the whole post if that has not been done since the last change; whether it had to be."""
        if self.exact:
            return False
        self.screen()
        return True

    def change(self, text: str) -> None:
        """Take a new text, and screen it unless it is very long."""
        if text == self.document.text:
            return
        self.document = self.parse(text)
        self.exact = False
        if len(text) <= AT_ONCE:
            self.screen()

    def visible(self) -> tuple[tuple[Finding, ...], list[str]]:
        """The findings that no waiver of the document covers, and what is to be told: of its waivers, and of what was not screened."""
        left, problems = apply(self.document, self.report, self.screener.profile, self.screener.lexicon.rules)
        return left.findings, [*problems, *(f"未审完：{gap.reason}" for gap in left.incomplete)]
