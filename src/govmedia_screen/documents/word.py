"""Word (.docx) → post: everything that is in the file, each character with its paragraph, table cell, note or comment.

The body is what is printed: paragraphs and tables in their order, then text boxes, notes, headers and footers. What is in
the file without being printed becomes parts of their own: ``comments``, ``deleted`` (text that tracked changes have struck,
with the text around it), ``properties``, ``links``.
"""

from __future__ import annotations

from typing import Any

from govmedia_screen.documents import embedded
from govmedia_screen.documents.locations import Location, Origin
from govmedia_screen.documents.package import LINK, Package
from govmedia_screen.documents.wordtext import Story, W
from govmedia_screen.errors import InputError
from govmedia_screen.post import Post

#: Parts of the package, by the end of their content type, with what a finding in them is said to stand in.
PRINTED = (
    (".footnotes+xml", "脚注"), (".endnotes+xml", "尾注"), (".header+xml", "页眉"), (".footer+xml", "页脚"), (".diagramData+xml", "图示"),
    (".chart+xml", "图表"), (".chartex+xml", "图表"), (".glossary+xml", "自动图文集"),
)  # fmt: skip
COMMENTS = ".comments+xml"
MAIN = ".main+xml"
ASIDE = frozenset({"comments", "deleted", "properties"})


def read(data: bytes, name: str) -> Post:
    """The post in a Word file; its title is the first paragraph of the style Title.

    Raises:
        InputError: it is not a Word file, or beyond bounds.
        MissingExtra: lxml is not installed.
    """
    return Reader(data, name).post


class Reader:
    """Reads one Word file.

    Attributes:
        post: the post; ``post.meta["origin"]`` has the locations.
        elements: for each part the ``w:t`` elements that its text was taken from: offset in the part, and element.
        package: the parts of the file.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.package = package = Package(data, name)
        mains = package.of_type(MAIN) or [part for part in ("word/document.xml",) if part in package.members]
        if not mains:
            raise InputError(f"{name}: 不是有效的 Word 文件（没有正文）")
        self.roots: dict[str, Any] = {}
        story = Story(self.titles())
        for main in mains[:1]:
            root = self.roots[main] = package.xml(main)
            story.relations = package.relations(main)
            body = root.find(f"{W}body")
            story.flow(body if body is not None else root, Location())
            self.links(story)
        for ending, called in PRINTED:
            for number, part in enumerate(package.of_type(ending), 1):
                root = self.roots[part] = package.xml(part)
                story.relations = package.relations(part)
                story.aside(root, called, number if called not in ("脚注", "尾注") else 0)
                self.links(story)
        for part in package.of_type(COMMENTS):
            root = self.roots[part] = package.xml(part)
            story.comments(root)
        embedded.properties(package, story.properties)
        unread = embedded.pictures(package, "word/media/", story.pictured, story.pictures)
        unread += embedded.foreign(package)
        parts = {
            "comments": story.comment_lines, "deleted": story.deleted, "properties": story.properties, "links": story.linked,
            "pictures": story.pictures,
        }  # fmt: skip
        extra = {part: lines.text for part, lines in parts.items() if lines}
        spots: dict[str, Any] = {part: lines.spots for part, lines in parts.items() if lines}
        origin = Origin(
            name, {"body": story.body.spots, "title": story.title.spots, **spots}, tuple(unread), ASIDE, {"deleted": story.struck}
        )
        self.elements = {"body": story.body_elements, "title": story.title_elements}
        body = story.body.text.rstrip("\n")
        self.post = Post(body=body, title=story.title.text, id=name, meta={"origin": origin}, extra_parts=extra)

    def titles(self) -> frozenset[str]:
        """The ids of the paragraph styles that are called Title."""
        found = set()
        for part in self.package.of_type(".styles+xml"):
            for style in self.package.xml(part).iter(f"{W}style"):
                called = style.find(f"{W}name")
                if called is not None and called.get(f"{W}val", "").lower() == "title":
                    found.add(style.get(f"{W}styleId", ""))
        return frozenset(found)

    def links(self, story: Story) -> None:
        """Take in the targets of links that were not seen beside any text."""
        for key, (kind, target, outside) in story.relations.items():
            if outside and kind == LINK and key not in story.followed:
                story.linked.line(target, Location(story="链接"))
        story.followed.clear()
