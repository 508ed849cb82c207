"""HTML → post: what a reader of the page sees, each character with its place in the source."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from govmedia_screen.documents.fields import Field, post_fields
from govmedia_screen.documents.places import Builder, Piece, Places
from govmedia_screen.io.columns import NAMES
from govmedia_screen.post import Post

BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "legend", "li", "main", "nav",
        "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
    }
)  # fmt: skip
UNSEEN = frozenset({"script", "style", "template", "iframe", "object"})
CELLS = frozenset({"td", "th"})
SHOWN = ("alt", "title", "placeholder", "aria-label")
#: Meta elements whose content is shown beside a link to the page.
SHARED = frozenset({"description", "og:description", "og:title", "twitter:title", "twitter:description"})
#: Meta elements that name the title of the post (政府网站网页标签规范).
TITLES = frozenset({"articletitle"})
REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});?")
SPACE = re.compile(r"[ \t\r\n\f]+")
ATTRIBUTE = r"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))"""


class Page(HTMLParser):
    """Gathers titles, meta fields and the text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.text = text
        self.lines = [0, *(index + 1 for index, char in enumerate(text) if char == "\n")]
        self.body, self.heading, self.page_title = Builder(), Builder(), Builder()
        self.target = self.body
        self.gap = ""
        self.unseen = self.verbatim = 0
        self.headed = False
        self.fields: list[Field] = []

    def at(self) -> int:
        """The offset of what is being handled."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open blocks, and take in what attributes show."""
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in BLOCKS:
            self.apart("\n")
        elif tag in CELLS:
            self.apart("\t")
        if tag == "pre":
            self.verbatim += 1
        if tag == "title" and not self.page_title.size:
            self.target = self.page_title
        elif tag == "h1" and not self.headed:
            self.headed, self.target = True, self.heading
        if tag == "meta":
            self.meta(dict(attrs))
        for name, value in attrs:
            if name in SHOWN and value and not self.unseen:
                self.attribute(name, value)

    def handle_endtag(self, tag: str) -> None:
        """Close blocks."""
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in BLOCKS:
            self.apart("\n")
        if tag == "pre":
            self.verbatim = max(0, self.verbatim - 1)
        if tag in ("title", "h1"):
            self.target, self.gap = self.body, "\n" if self.body.size else ""

    def meta(self, attrs: dict[str, str | None]) -> None:
        """A meta element: a field of the post, or text shown beside links."""
        name = (attrs.get("name") or attrs.get("property") or "").strip().lower()
        value = attrs.get("content")
        if not value:
            return
        if name in TITLES or NAMES.get(name) not in (None, "title", "id"):
            span = self.value_span("content")
            builder = Builder()
            builder.add(value, span[0], span[1])
            self.fields.append(Field("title" if name in TITLES else name, value, self.getpos()[0], builder.finish()[1]))
        elif name in SHARED:
            self.attribute("content", value)

    def attribute(self, name: str, value: str) -> None:
        """The value of an attribute as a paragraph of its own."""
        start, end = self.value_span(name)
        self.apart("\n")
        self.put(value, start, None if self.text[start:end] == value else end)
        self.apart("\n")

    def value_span(self, name: str) -> tuple[int, int]:
        """Where an attribute's value stands, or the whole tag if that cannot be told."""
        tag, at = self.get_starttag_text() or "", self.at()
        match = re.search(ATTRIBUTE.format(name=re.escape(name)), tag, re.IGNORECASE)
        if not match or match.lastindex is None:
            return at, at + len(tag)
        return at + match.start(match.lastindex), at + match.end(match.lastindex)

    def handle_data(self, data: str) -> None:
        """Text: white space is one space, except in ``pre``."""
        if self.unseen:
            return
        at = self.at()
        if self.verbatim:
            self.put(data, at)
            return
        place = 0
        for match in SPACE.finditer(data):
            self.put(data[place : match.start()], at + place)
            if not self.gap and self.target.size:
                self.gap = " "
            place = match.end()
        self.put(data[place:], at + place)

    def handle_entityref(self, name: str) -> None:
        """``&amp;``."""
        self.reference()

    def handle_charref(self, name: str) -> None:
        """``&#20013;``."""
        self.reference()

    def reference(self) -> None:
        """One character reference."""
        at = self.at()
        match = REFERENCE.match(self.text, at)
        if match and not self.unseen:
            self.put(unescape(match[0]), at, match.end())

    def apart(self, gap: str) -> None:
        """What follows stands apart from what came before."""
        if self.target.size and self.gap != "\n":
            self.gap = gap

    def put(self, text: str, file_start: int, file_end: int | None = None) -> None:
        """Append text to the part that is being read."""
        if not text:
            return
        if self.gap:
            self.target.add(self.gap)
            self.gap = ""
        self.target.add(text, file_start, file_end)


def read(text: str, name: str) -> tuple[Post, dict[str, Places]]:
    """The post in an HTML file and where its parts stand.

    The title is that of the meta element ``ArticleTitle``, else the first ``h1``, else ``title``;
    the other two are screened as lines of the body.
    """
    page = Page(text)
    page.feed(text)
    page.close()
    known, places = post_fields(page.fields, name)
    heads = [builder.finish() for builder in (page.heading, page.page_title) if builder.size]
    if "title" not in known and heads:
        known["title"], places["title"] = heads.pop(0)
    body, spots = page.body.finish()
    for extra, spot in reversed([head for head in heads if head[0] != known["title"]]):
        shift = len(extra) + 1
        body = f"{extra}\n{body}"
        spots = Places((*spot.pieces, *(Piece(one.start + shift, one.end + shift, one.file_start, one.file_end) for one in spots.pieces)))
    places["body"] = spots
    return Post(body=body, **{"id": name, **known}), places
