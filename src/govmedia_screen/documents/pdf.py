"""PDF → post: the text of its pages, lines of a paragraph joined again, each with page, line and box; scanned pages by recognition."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from govmedia_screen.documents.locations import Lines, Location, Origin
from govmedia_screen.documents.pdf_lines import continues, flipped, measured
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.post import Post
from govmedia_screen.system import lazy

if TYPE_CHECKING:
    from govmedia_screen.documents.picture import Pictures

#: How long a post becomes before the next page begins another, in code points.
LONGEST = 400_000
#: More pages are not read, nor more text of one page.
PAGES, CHARACTERS = 5_000, 200_000
#: A page with less text than this, in code points, and a picture on it is taken to be scanned.
SCANNED = 12
#: The resolution at which a page is recognised, as a factor of 72 dots an inch; and its longest side, in pixels.
SCALE, SIDE = 2.8, 3500
#: A picture smaller than this on the page is a sign, not text, in points.
SMALL = 40
#: The longest stream of instructions, unpacked, in bytes; and how many states of the graphics it may leave open.
UNPACKED, OPENED = 32 << 20, 50_000
STREAM = lazy.pattern(rb">>[ \t\r\n]{0,20}stream\r?\n")
PACKED = lazy.pattern(rb"/Fl(?:ateDecode)?(?![A-Za-z])")
#: What of a file's details is looked at.
DETAILS = {"Title": "标题", "Subject": "主题", "Keywords": "关键词", "Author": "作者"}
LATIN = lazy.pattern("[A-Za-z,.]")


def posts(data: bytes, name: str) -> Iterator[Post]:
    """The posts of a PDF: one, or several if it is very long.

    Raises:
        InputError: it is broken, encrypted or beyond bounds.
        MissingExtra: pypdfium2 is not installed.
    """
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtra(f"读取 {name}", "documents") from None
    within(data, name)
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        told = "文件加了密码，请去掉密码再审" if "password" in str(error).lower() else "不是有效的 PDF，或已损坏"
        raise InputError(f"{name}: {told}") from None
    try:
        if len(file) == 0:
            raise InputError(f"{name}: PDF 里没有一页")
        if len(file) > PAGES:
            raise InputError(f"{name}: 有 {len(file)} 页，至多 {PAGES} 页，没有读")
        yield from Reader(file, name).posts()
    finally:
        file.close()


class Reader:
    """Reads one PDF page by page."""

    def __init__(self, file: Any, name: str) -> None:
        self.file, self.name = file, name
        self.scanned: list[int] = []
        self.broken: list[int] = []
        self.begin()

    def begin(self) -> None:
        """Begin a post."""
        from govmedia_screen.documents.picture import Pictures

        self.lines, self.comments, self.links, self.images = Lines(), Lines(), Lines(), Lines()
        self.pictures: Pictures = Pictures(self.images)

    def posts(self) -> Iterator[Post]:
        """The posts of all pages."""
        count = 1
        for number in range(1, len(self.file) + 1):
            if self.lines.size > LONGEST:
                yield self.post(count, last=False)
                count += 1
                self.begin()
            try:
                page = self.file[number - 1]
            except Exception:  # whatever pdfium says of a broken page
                self.broken.append(number)
                continue
            try:
                self.page(page, number)
            finally:
                page.close()
        yield self.post(count, last=True)

    def post(self, count: int, *, last: bool) -> Post:
        """What was gathered as a post."""
        name = self.name if count == 1 else f"{self.name}#{count}"
        unread = self.pictures.unread()
        properties = Lines()
        if last:
            if self.scanned:
                unread.append(
                    f"第 {listed(self.scanned)} 页是图片，没有文字可审；" + '请安装识别组件：pip install "govmedia-screen[image]"'
                )
            if self.broken:
                unread.append(f"第 {listed(self.broken)} 页已损坏，没有读到")
            unread += self.attached()
            for key, value in self.file.get_metadata_dict(skip_empty=True).items():
                if key in DETAILS and value.strip():
                    properties.line(value, Location(story=f"文件属性“{DETAILS[key]}”", state="不印出来，但在文件里"))
        parts = {"comments": self.comments, "links": self.links, "pictures": self.images, "properties": properties}
        extra = {part: lines.text for part, lines in parts.items() if lines}
        spots: dict[str, Any] = {"body": self.lines.spots} | {part: lines.spots for part, lines in parts.items() if lines}
        origin = Origin(name, spots, tuple(unread), frozenset({"comments", "properties"}))
        return Post(body=self.lines.text, id=name, meta={"origin": origin}, extra_parts=extra)

    def attached(self) -> list[str]:
        """What is said of files attached to the PDF."""
        with suppress(Exception):
            if count := self.file.count_attachments():
                return [f"PDF 里附有 {count} 个文件，没有审；请取出来单独审"]
        return []

    def page(self, page: Any, number: int) -> None:
        """One page."""
        from pypdfium2 import raw

        text_page = page.get_textpage()
        try:
            count = text_page.count_chars()
            text = text_page.get_text_range(0, min(count, CHARACTERS)) if count > 0 else ""
            self.text(text, text_page, page.get_height(), number)
        except Exception:
            self.broken.append(number)
            return
        finally:
            text_page.close()
        if count > CHARACTERS:
            self.broken.append(number)
        objects = list(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING), max_depth=4))
        if len(text.strip()) < SCANNED and objects:
            self.scan(page, number)
        else:
            self.embedded([one for one in objects if one.type == raw.FPDF_PAGEOBJ_IMAGE], number)
        self.annotations(page, number)

    def text(self, text: str, text_page: Any, height: float, number: int) -> None:
        """The lines of a page; those of one paragraph are joined."""
        lines = measured(text, text_page)
        right = max((box[2] for _, box in lines if box), default=0.0)
        left = min((box[0] for _, box in lines if box), default=0.0)
        before: tuple[str, tuple[float, float, float, float] | None] = ("", None)
        for count, (line, box) in enumerate(lines, 1):
            where = Location(page=number, line=count, box=flipped(box, height))
            if before[1] and box and continues(before[0], before[1], line, box, left, right):
                if LATIN.fullmatch(before[0][-1:]) and LATIN.fullmatch(line[:1]):
                    self.lines.glue(" ")
                self.lines.piece(line, where)
            else:
                self.lines.line(line, where)
            before = (line, box)

    def scan(self, page: Any, number: int) -> None:
        """Recognise a page that is a picture."""
        from govmedia_screen.documents import picture

        if not picture.ready():
            self.scanned.append(number)
            return
        wide, high = page.get_size()
        scale = min(SCALE, SIDE / max(wide, high, 1))
        if min(wide, high) * scale < 1:
            return
        image = page.render(scale=scale).to_pil().convert("RGB")
        import numpy

        picture.recognise((numpy.asarray(image), 1 / scale), Location(page=number, state="图中识别的文字"), self.lines, self.links)

    def embedded(self, images: list[Any], number: int) -> None:
        """The pictures beside the text of a page."""
        import io

        for count, one in enumerate(images[:50], 1):
            stream = io.BytesIO()
            try:
                left, bottom, right, top = one.get_bounds()
                if right - left < SMALL or top - bottom < SMALL:
                    continue
                one.get_bitmap(render=False).to_pil().convert("RGB").save(stream, "PNG")
            except Exception:
                self.pictures.lost += 1
            else:
                self.pictures.take(stream.getvalue(), Location(story="图片", number=count, page=number))

    def annotations(self, page: Any, number: int) -> None:
        """Comments and links of a page."""
        import ctypes

        from pypdfium2 import raw

        for index in range(min(raw.FPDFPage_GetAnnotCount(page), 2000)):
            note = raw.FPDFPage_GetAnnot(page, index)
            if not note:
                continue
            try:
                kind = raw.FPDFAnnot_GetSubtype(note)
                size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
                if 2 < size < 1 << 20:
                    buffer = ctypes.create_string_buffer(size)
                    raw.FPDFAnnot_GetStringValue(note, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
                    if said := buffer.raw[: size - 2].decode("utf-16-le", "replace").strip():
                        self.comments.line(said, Location(page=number, state="批注"))
                if kind == raw.FPDF_ANNOT_LINK:
                    link = raw.FPDFAnnot_GetLink(note)
                    action = raw.FPDFLink_GetAction(link) if link else None
                    size = raw.FPDFAction_GetURIPath(self.file, action, None, 0) if action else 0
                    if 1 < size < 1 << 16:
                        buffer = ctypes.create_string_buffer(size)
                        raw.FPDFAction_GetURIPath(self.file, action, buffer, size)
                        self.links.line(buffer.value.decode("utf-8", "replace"), Location(page=number, state="链接的地址"))
                elif kind == raw.FPDF_ANNOT_WIDGET:
                    size = raw.FPDFAnnot_GetStringValue(note, b"V", None, 0)
                    if 2 < size < 1 << 20:
                        buffer = ctypes.create_string_buffer(size)
                        raw.FPDFAnnot_GetStringValue(note, b"V", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
                        if said := buffer.raw[: size - 2].decode("utf-16-le", "replace").strip():
                            self.lines.line(said, Location(page=number, state="表单里填的内容"))
            finally:
                raw.FPDFPage_CloseAnnot(note)


def within(data: bytes, name: str) -> None:
    """Refuse a file whose drawing instructions unpack beyond bounds: pdfium ends the whole program when memory does.

    Raises:
        InputError: they do.
    """
    whole = memoryview(data)
    for match in STREAM.finditer(data):
        said = data[max(data.rfind(b"obj", max(0, match.start() - 4000), match.start()), match.start() - 4000, 0) : match.start()]
        if not PACKED.search(said) or b"/Image" in said:
            continue
        content: bytes | memoryview = whole[match.end() : match.end() + UNPACKED]
        for _ in range(min(3, len(PACKED.findall(said)))):
            unpacker = zlib.decompressobj()
            with suppress(zlib.error):
                content = unpacker.decompress(content, UNPACKED)
            if len(content) >= UNPACKED:
                break
        if len(content) >= UNPACKED or (isinstance(content, bytes) and content.count(b"q") - content.count(b"Q") > OPENED):
            raise InputError(f"{name}: PDF 里有一段解压后过大（超过 {UNPACKED >> 20} MB），没有读")


def listed(pages: list[int]) -> str:
    """Page numbers in words: 3、5—8."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    said = [str(first) if first == last else f"{first}—{last}" for first, last in runs]
    return "、".join(said[:12]) + (" 等" if len(said) > 12 else "")
