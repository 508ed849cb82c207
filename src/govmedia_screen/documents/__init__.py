"""Files → posts, keeping the way back to the file's own lines and columns, paragraphs, cells and pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from govmedia_screen.documents.document import Document
from govmedia_screen.documents.kinds import BINARY, TEXTS, kind_of
from govmedia_screen.documents.locations import Origin
from govmedia_screen.documents.places import whole
from govmedia_screen.errors import InputError, ScreenError
from govmedia_screen.io.encoding import decode
from govmedia_screen.post import NoSuchDayError, Post
from govmedia_screen.system.files import read_regular

__all__ = [
    "ENDINGS",
    "HTML",
    "MARKDOWN",
    "READ",
    "WORD",
    "Document",
    "of_text",
    "parse",
    "parse_each",
    "read",
    "read_documents",
    "read_each",
    "walked",
]

MARKDOWN = TEXTS["markdown"]
HTML = TEXTS["html"]
WORD = (".docx",)
#: Endings of the files that are posts; hooks look at no others.
ENDINGS = (*MARKDOWN, *HTML, *WORD, ".txt")
#: Endings of all files that are read.
READ = (*ENDINGS, *TEXTS["table"], *TEXTS["mail"], *BINARY)
#: How deep archives in archives and mails in mails are opened.
DEEPEST = 3
NOTHING = "没有读到文字"


def read(path: str | Path) -> Document:
    """Read a file that holds one document.

    Raises:
        InputError: it is missing, cannot be read or decoded, or holds several; the message says which and what to do.
        MissingExtra: its format needs an extra.
    """
    return parse(read_regular(path), str(path))


def read_each(path: str | Path) -> Iterator[Document]:
    """Read a file: the document in it, or the documents of an archive, a mail, a very long workbook.

    Raises:
        InputError: it is missing, or cannot be read or decoded; what cannot be read inside an archive is a document with
            nothing but the reason.
        MissingExtra: its format needs an extra.
    """
    return parse_each(read_regular(path), str(path))


def parse(data: bytes, name: str) -> Document:
    """Make a Document of a file's bytes, by its content and its name's ending.

    Raises:
        InputError: it cannot be decoded, its front matter cannot be used, or it holds several.
        MissingExtra: its format needs an extra.
    """
    found = list(parse_each(data, name))
    if len(found) != 1:
        raise InputError(f"{name}: 里面有 {len(found)} 篇，这里只收一篇；请用 check 或 read_documents，或拆开再交")
    return found[0]


def parse_each(data: bytes, name: str, depth: int = 0) -> Iterator[Document]:
    """The documents of a file's bytes, by its content and its name's ending; see ``read_each``."""
    with readable(name):
        kind = kind_of(data, name)
        if kind in ("zip", "mail"):
            if depth >= DEEPEST:
                raise InputError(f"{name}: 压缩包或邮件套了 {DEEPEST} 层以上，没有读")
            yield from (of_zip if kind == "zip" else of_mail)(data, name, depth)
        elif kind in ("text", "markdown", "html"):
            text, encoding = decode(data, name)
            yield filled(understood(text, name, encoding, kind))
        else:
            for post in posts_of(data, name, kind):
                yield filled(Document(str(post.id), post, encoding=kind if kind != "word" else "docx"))


def posts_of(data: bytes, name: str, kind: str) -> Iterator[Post]:
    """The posts of a file that is not text."""
    if kind == "word":
        from govmedia_screen.documents import word

        yield word.read(data, name)
    elif kind == "picture":
        from govmedia_screen.documents import picture

        yield picture.read(data, name)
    elif kind == "pdf":
        from govmedia_screen.documents import pdf

        yield from pdf.posts(data, name)
    elif kind == "xlsx":
        from govmedia_screen.documents import xlsx

        yield from xlsx.posts(data, name)
    elif kind == "table":
        from govmedia_screen.documents import separated

        yield from separated.posts(data, name)
    else:
        from govmedia_screen.documents import workbook

        yield from workbook.posts(data, name, kind)


def of_zip(data: bytes, name: str, depth: int) -> Iterator[Document]:
    """The documents of an archive; one that cannot be read costs itself."""
    from govmedia_screen.documents.packed import members

    found = False
    for inside, content in members(data, name):
        found = True
        called = f"{name}!/{inside}"
        if isinstance(content, str):
            yield unread(called, content)
        else:
            yield from tried(content, called, depth)
    if not found:
        raise InputError(f"{name}: 压缩包里没有文件")


def of_mail(data: bytes, name: str, depth: int) -> Iterator[Document]:
    """The documents of a mail: its text, with its subject as title, and its attachments."""
    from govmedia_screen.documents.mail import parts

    subject, pieces = parts(data, name)
    found = False
    for inside, content in pieces:
        for document in tried(content, f"{name}!/{inside}", depth):
            if subject and not found and inside.startswith("正文"):
                found = True
                document = replace(document, post=replace(document.post, title=document.post.title or subject))
            yield document
    if not found and subject:
        yield Document(name, Post(body="", title=subject, id=name))


def tried(data: bytes, name: str, depth: int) -> Iterator[Document]:
    """The documents of a file inside another; if it cannot be read, the reason in its place."""
    try:
        yield from parse_each(data, name, depth + 1)
    except ScreenError as error:
        yield unread(name, str(error).removeprefix(f"{name}: "))


def unread(name: str, reason: str) -> Document:
    """What stands for a file that could not be read."""
    return Document(name, Post(body="", id=name, meta={"origin": Origin(name, unread=(reason,))}))


def filled(document: Document) -> Document:
    """The document, if there is anything in it; one without a word says so, so that it is never a pass."""
    post = document.post
    if post.body.strip() or post.title.strip() or any(text.strip() for text in post.extra_parts.values()):
        return document
    origin = document.origin
    if origin is not None and origin.unread:
        return document
    said = Origin(document.name, unread=(NOTHING + "，可能全是图片；请人工看一遍",))
    return replace(document, post=replace(post, meta={**post.meta, "origin": said}))


def read_documents(path: str | Path) -> Iterator[Post]:
    """The posts of a file or of all files of a folder, whatever their kind; see docs/documents.md.

    Every post has its ``Origin`` in ``meta["origin"]``: ``origin.location(part, text, offset)`` is the paragraph, cell or page of a finding.
    What could not be read is said in ``origin.unread`` and makes the post's report incomplete. In a folder a file that cannot be read is a
    post with nothing but the reason; hidden files are left out.

    Raises:
        InputError: the file cannot be read.
        MissingExtra: its format needs an extra.
    """
    folder = Path(path)
    if folder.is_dir():
        for file in walked(folder):
            try:
                yield from (placed(document) for document in read_each(file))
            except ScreenError as error:
                yield unread(str(file), str(error).removeprefix(f"{file}: ")).post
        return
    for document in read_each(path):
        yield placed(document)


def walked(folder: Path) -> Iterator[Path]:
    """The files of a folder and of its folders, by name; hidden ones left out, links to folders not followed.

    Raises:
        InputError: there are none.
    """
    found = False
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            found = True
            yield file
    if not found:
        raise InputError(f"{folder}: 文件夹里没有文件")


def placed(document: Document) -> Post:
    """The document's post, with its origin."""
    if document.origin is not None and document.origin.spots:
        return document.post
    from govmedia_screen.documents.unseen import InText

    said = document.origin.unread if document.origin else ()
    page = document.name.lower().endswith(HTML)
    spots = {part: InText(document.text, document.positions, places, page) for part, places in document.places.items()}
    return replace(document.post, meta={**document.post.meta, "origin": Origin(document.name, dict(spots), said)})


def of_text(text: str, name: str, encoding: str = "utf-8") -> Document:
    """Make a Document of decoded text, by its name's ending.

    Raises:
        InputError: its front matter cannot be used.
        MissingExtra: its format needs an extra.
    """
    ending = name.lower()
    with readable(name):
        return understood(text, name, encoding, "markdown" if ending.endswith(MARKDOWN) else "html" if ending.endswith(HTML) else "text")


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Whatever a reader raises on a broken file is an InputError that names the file.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        yield
    except ScreenError:
        raise
    except NoSuchDayError as error:
        raise InputError(f"{name}: 没有“{error.value}”这一天，请改正文件头里的日期") from error
    except Exception as error:
        raise InputError(f"{name}: 读不懂这个文件（{type(error).__name__}），请检查它是否完整") from error


def understood(text: str, name: str, encoding: str, kind: str) -> Document:
    """A text read as its kind says."""
    if kind == "markdown":
        from govmedia_screen.documents import markdown

        post, places = markdown.read(text, name)
    elif kind == "html":
        from govmedia_screen.documents import html

        post, places = html.read(text, name)
    else:
        post, places = Post(body=text, id=name), {"body": whole(text)}
    return Document(name, post, text, places, encoding)
