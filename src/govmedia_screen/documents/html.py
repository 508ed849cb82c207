"""HTML → post: what a reader of the page sees, each character with its place in the source.

The tokens are those of the HTML standard (turbohtml follows it to the letter), so that what a
browser shows is what is read: a comment ends where browsers end it, and nothing hides in an odd
tag. Where browsers differ, or show something only at times, it is read.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from typing import Any

from govmedia_screen.documents.fields import Field, post_fields
from govmedia_screen.documents.places import Builder, Places, joined
from govmedia_screen.io.columns import EXTRA, NAMES
from govmedia_screen.post import Post
from govmedia_screen.system import lazy

BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "legend", "li", "listing", "main",
        "nav", "object", "ol", "option", "p", "plaintext", "pre", "section", "select", "summary", "table", "tbody", "template", "textarea", "tfoot",
        "thead", "title", "tr", "ul", "xmp",
    }
)  # fmt: skip
CELLS = frozenset({"td", "th"})
VERBATIM = frozenset({"pre", "listing", "xmp", "textarea", "plaintext"})
#: Elements whose content the standard reads as text; those in ``FALLBACK`` are HTML to browsers that do without them.
RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"})
FALLBACK = frozenset({"iframe", "noembed", "noframes", "noscript"})
#: Elements inside which the standard's raw text is markup after all.
FOREIGN = frozenset({"svg", "math"})
#: Readings above Chinese characters: read apart, so that the characters stand together.
READINGS = frozenset({"rt", "rp", "rtc"})
SHOWN = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description", "label", "summary"})
#: Attributes that say where a link leads and what is loaded.
FOLLOWED = frozenset({"href", "src", "srcset", "action", "formaction", "data", "poster", "background", "xlink:href"})
#: Inputs whose value is no text that anybody sees.
SILENT = frozenset({"hidden", "checkbox", "radio", "password", "color", "range"})
#: Schemes of links that are themselves what a reader gets.
NUMBERS = lazy.pattern(r"\s*(?:tel|sms|mailto|weixin|mqqwpa)\s*:\s*", re.IGNORECASE)
#: Meta elements whose content is shown beside a link to the page.
SHARED = frozenset({"description", "og:description", "og:title", "twitter:title", "twitter:description"})
#: Meta elements that name the title of the post (政府网站网页标签规范).
TITLES = frozenset({"articletitle"})
SPACE = re.compile(r"[ \t\r\n\f]+")
ATTRIBUTE = lazy.pattern(r"""[\s/]*+([^\s/>=][^\s/>=]*+|=[^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?""")
CONTENT = lazy.pattern(r"""content\s{0,9}:\s{0,9}(?:"([^"]{1,2000})"|'([^']{1,2000})')""", re.IGNORECASE)
HAN = lazy.pattern("[\u4e00-\u9fff]")
#: How deep fallback content is read as HTML; deeper it is read as text.
DEEPEST = 3


class Page:
    """Gathers titles, meta fields and the text."""

    def __init__(self, text: str, first: int = 0, last: int | None = None, depth: int = 0) -> None:
        self.text = text
        self.base = first
        self.inside = text[first:last]
        self.depth = depth
        self.body, self.heading, self.page_title, self.aside = Builder(), Builder(), Builder(), Builder()
        self.target = self.body
        self.gap = ""
        self.verbatim = self.foreign = 0
        self.raw = ""
        self.headed = False
        self.before: tuple[Builder, str] | None = None
        self.fields: list[Field] = []
        self.bound: list[str] = []
        self.read()

    def read(self) -> None:
        """Read all tokens."""
        from turbohtml import TokenType, tokenize

        flat = self.inside.replace("\r\n", " \n").replace("\r", "\n")
        self.lines = lines = [0, *(match.end() for match in re.finditer("\n", flat))]
        end = 0
        for token in tokenize(flat, resolve_references=False, capture_source=True):
            at = lines[token.line - 1] + token.col
            kind = token.type
            if kind == TokenType.TEXT:
                data = self.inside[at : at + len(token.data or "")]
                end = at + len(data)
                self.data(data, self.base + at)
                continue
            source = token.source or ""
            end = at + len(source)
            if kind == TokenType.START_TAG:
                self.start(token, self.base + at, source)
            elif kind == TokenType.END_TAG:
                self.stop(token.tag or "")
            elif kind == TokenType.CHARACTER_REFERENCE:
                if self.raw != "script":
                    self.put(token.data or "", self.base + at, self.base + end)
            elif source.startswith("<![CDATA["):  # shown in SVG and XHTML
                self.data(self.inside[at + 9 : end].removesuffix(">").removesuffix("]]"), self.base + at + 9)
        if end < len(flat) and HAN.search(flat, end):  # a tag that is never closed: browsers drop it, other programs do not
            self.apart("\n")
            self.data(self.inside[end:], self.base + end)
        self.whole_reading()
        if HAN.search(self.aside.finish()[0]):
            body, spots = self.aside.finish()
            self.body.add("\n")
            self.body.extend(body, spots)

    def start(self, token: Any, at: int, source: str) -> None:
        """Open an element, and take in what its attributes show."""
        tag = token.tag
        if tag in BLOCKS:
            self.apart("\n")
        elif tag in CELLS:
            self.apart("\t")
        if tag in FOREIGN and not token.self_closing:
            self.foreign += 1
        if tag in RAW and not (self.foreign and token.self_closing):
            self.raw = tag
        if tag in VERBATIM:
            self.verbatim += 1
        if tag in READINGS or tag in ("rb", "ruby"):
            self.whole_reading()
            if tag in READINGS:
                self.before = (self.target, self.gap)
                self.target, self.gap = self.aside, "\n" if self.aside.size else ""
        if tag == "title" and not self.page_title.size and not self.foreign:
            self.target = self.page_title
        elif tag == "h1" and not self.headed:
            self.headed, self.target = True, self.heading
        if token.attrs:
            self.attributes(tag, dict(reversed(token.attrs)), at, source)

    def stop(self, tag: str) -> None:
        """Close an element."""
        if tag == self.raw:
            self.raw = ""
        if tag in FOREIGN:
            self.foreign = max(0, self.foreign - 1)
        if tag in READINGS or tag == "ruby":
            self.whole_reading()
        if tag in BLOCKS:
            self.apart("\n")
        if tag in VERBATIM:
            self.verbatim = max(0, self.verbatim - 1)
        if tag in ("title", "h1"):
            self.target, self.gap = self.body, "\n" if self.body.size else ""

    def whole_reading(self) -> None:
        """Go back from a reading above characters to the characters."""
        if self.before is not None:
            self.target, self.gap = self.before
            self.before = None

    def attributes(self, tag: str, attrs: dict[str, str], at: int, source: str) -> None:
        """What attributes show."""
        if tag == "meta":
            self.meta(attrs, at, source)
        for name, value in attrs.items():
            if not value:
                continue
            if name in FOLLOWED or name.startswith("on"):
                self.bound.append(f"{tag} {name} {value}")
            if name in SHOWN or (name == "value" and (tag == "button" or (tag == "input" and attrs.get("type", "").lower() not in SILENT))):
                self.attribute(name, value, at, source)
            elif name == "href" and (scheme := NUMBERS.match(value)):
                self.attribute(name, value, at, source, scheme.end())
            elif name == "srcdoc":
                first, last = value_span(name, at, source)
                self.apart("\n")
                if self.text[first:last] == value and self.depth < DEEPEST:
                    self.take(Page(self.text, first, last, self.depth + 1))
                elif self.depth < DEEPEST:
                    inner = Page(value, depth=self.depth + 1)
                    self.put(inner.body.finish()[0], first, last)
                self.apart("\n")

    def meta(self, attrs: dict[str, str], at: int, source: str) -> None:
        """A meta element: a field of the post, or text shown beside links."""
        name = (attrs.get("name") or attrs.get("property") or "").strip().lower()
        value = attrs.get("content")
        if not value:
            return
        if name in SHARED:
            self.attribute("content", value, at, source)
        elif name in TITLES or name in EXTRA or NAMES.get(name) not in (None, "title", "id"):
            span = value_span("content", at, source)
            builder = Builder()
            builder.add(value, span[0], None if self.text[span[0] : span[1]] == value else span[1])
            line = bisect_right(self.lines, at - self.base)
            self.fields.append(Field("title" if name in TITLES else name, value, line, builder.finish()[1]))

    def attribute(self, name: str, value: str, at: int, source: str, skip: int = 0) -> None:
        """The value of an attribute, but for its first ``skip`` characters, as a paragraph of its own."""
        start, end = value_span(name, at, source)
        copied = self.text[start:end] == value
        self.apart("\n")
        self.put(value[skip:], start + (skip if copied else 0), None if copied else end)
        self.apart("\n")

    def data(self, data: str, at: int) -> None:
        """Text: white space is one space, except where it is kept."""
        if self.raw and (self.foreign or self.raw in FALLBACK):
            if "<" in data and self.depth < DEEPEST:
                self.take(Page(self.text, at, at + len(data), self.depth + 1))
                return
            if self.raw in ("script", "style"):
                return
        if self.raw == "style":
            for match in CONTENT.finditer(data):
                self.apart("\n")
                self.put(match[match.lastindex or 0], at + match.start(match.lastindex or 0))
                self.apart("\n")
            return
        if self.raw == "script":
            self.bound.append(data)
            return
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

    def take(self, page: Page) -> None:
        """Take over the text of a page inside this one."""
        for builder in (page.page_title, page.heading, page.body):
            text, spots = builder.finish()
            if text:
                self.apart("\n")
                if self.gap:
                    self.target.add(self.gap)
                    self.gap = ""
                self.target.extend(text, spots)
                self.apart("\n")
        self.fields += page.fields

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


def value_span(name: str, at: int, source: str) -> tuple[int, int]:
    """Where an attribute's value stands, or the whole tag if that cannot be told."""
    begin = re.match(r"<[^\s/>]*", source)
    for match in ATTRIBUTE.finditer(source, begin.end() if begin else 0):
        if match[1].lower() == name:
            group = match.lastindex or 0
            return (at + match.start(group), at + match.end(group)) if group > 1 else (at, at + len(source))
    return at, at + len(source)


def visible(text: str) -> tuple[str, Places]:
    """What a reader sees of a piece of HTML, titles and all in one text, and where it stands."""
    page = Page(text)
    return joined([page.page_title.finish(), page.heading.finish()], page.body.finish())


def read(text: str, name: str) -> tuple[Post, dict[str, Places]]:
    """The post in an HTML file and where its parts stand.

    The title is that of the meta element ``ArticleTitle``, else the first ``h1``, else ``title``;
    the other two are screened as lines of the body.
    """
    page = Page(text)
    known, places = post_fields(page.fields, name)
    heads = [builder.finish() for builder in (page.heading, page.page_title) if builder.size]
    if "title" not in known and heads:
        known["title"], places["title"] = heads.pop(0)
    body, places["body"] = joined([head for head in heads if head[0] != known["title"]], page.body.finish())
    if page.bound:
        seal = hashlib.sha256("\0".join(page.bound).encode("utf-8", "surrogatepass")).hexdigest()
        known["meta"] = {**known.get("meta", {}), "bound": seal}
    return Post(body=body, **{"id": name, **known}), places
