"""What a file is, by its content first: names lie, and systems give spreadsheets' names to web pages."""

from __future__ import annotations

import io

from govmedia_screen.errors import InputError
from govmedia_screen.system import lazy

#: Endings of text files, with the reader of each.
TEXTS = {
    "markdown": (".md", ".markdown", ".mdown", ".mkd", ".mdx"), "html": (".html", ".htm", ".xhtml", ".shtml"),
    "table": (".csv", ".tsv"), "mail": (".eml", ".mht", ".mhtml"),
}  # fmt: skip
PICTURES = (".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".webp")
#: Endings of other files that are read, with the reader and what they are called.
BINARY = {
    ".docx": ("word", "Word 文件"), ".docm": ("word", "Word 文件"), ".dotx": ("word", "Word 模板"), ".xlsx": ("xlsx", "Excel 文件"),
    ".xlsm": ("xlsx", "Excel 文件"), ".xltx": ("xlsx", "Excel 模板"), ".xls": ("xls", "Excel 文件"), ".et": ("xls", "WPS 表格"), ".ods": ("ods", "ODS 表格"),
    ".pdf": ("pdf", "PDF"), ".zip": ("zip", "压缩包"), **dict.fromkeys(PICTURES, ("picture", "图片")),
}  # fmt: skip
#: Endings of files that are not read, with the way out.
REFUSED = {
    ".doc": "老式 Word 文件，请在 Word 或 WPS 里另存为 .docx 再审", ".dot": "老式 Word 文件，请另存为 .docx 再审", ".wps": "WPS 文字文件，请在 WPS 里另存为 .docx 再审",
    ".rtf": "RTF 文件，请在 Word 或 WPS 里另存为 .docx 再审", ".odt": "ODT 文件，请另存为 .docx 再审", ".xlsb": "二进制的 Excel 文件，请另存为 .xlsx 再审",
    ".ppt": "演示文稿，请另存为 PDF 再审", ".pptx": "演示文稿，请另存为 PDF 再审", ".dps": "演示文稿，请另存为 PDF 再审", ".odp": "演示文稿，请另存为 PDF 再审",
    ".ofd": "OFD 版式文件，请另存为 PDF 再审", ".ceb": "CEB 版式文件，请另存为 PDF 再审", ".caj": "CAJ 文件，请另存为 PDF 再审",
    ".rar": "RAR 压缩包，请解压或改用 zip 再审", ".7z": "7z 压缩包，请解压或改用 zip 再审", ".gz": "gzip 压缩包，请解压再审", ".tar": "tar 压缩包，请解压或改用 zip 再审",
    ".heic": "HEIC 图片，请另存为 PNG 或 JPEG 再审", ".mp4": "视频，不能审，请另行人工审看", ".mp3": "音频，不能审，请另行人工审听", ".pages": "Pages 文件，请另存为 .docx 再审",
}  # fmt: skip
#: What such files begin with, for files whose name says nothing.
BEGINNINGS = (
    (b"Rar!", ".rar"), (b"7z\xbc\xaf", ".7z"), (b"\x1f\x8b", ".gz"), (b"HN", ""), (b"CAJ", ".caj"), (b"Founder CEB", ".ceb"), (b"ID3", ".mp3"),
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What ends up in the first bytes of a picture.
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
PAGE = lazy.pattern(
    rb"(?i)\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|table)[\s>]"
)
MAIL = lazy.pattern(
    rb"(?:(?:Received|Return-Path|MIME-Version|Message-ID|Delivered-To|X-[\w-]{1,40}|DKIM-Signature|From|To|Subject|Date):[^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000}){0,50}\r?\n){2}",
    0,
)
#: Streams of the old container format by which its content is told, in their own UTF-16.
STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", ".doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", ".ppt"))  # fmt: skip


def kind_of(data: bytes, name: str) -> str:
    """The reader of a file: word, xlsx, xls, ods, pdf, zip, picture, mail, html, table, markdown or text.

    Raises:
        InputError: it is empty, of a kind that is not read, or not what its name says; the message has the way out.
    """
    lower = name.lower()
    ending = lower[lower.rfind(".") :] if "." in lower.rpartition("/")[2] else ""
    if not data:
        raise InputError(f"{name}: 是空文件，没有可审的内容")
    found = by_content(data, name)
    if found in REFUSED:
        raise InputError(f"{name}: {REFUSED[found]}")
    if found and not (found in ("html", "mail") and ending in (".md", ".txt", *TEXTS["markdown"], *TEXTS["html"])):
        return found
    for kind, endings in TEXTS.items():
        if lower.endswith(endings):
            return kind
    if ending in REFUSED:
        raise InputError(f"{name}: {REFUSED[ending]}")
    if ending in BINARY:
        if BINARY[ending][0] in ("xls", "xlsx") and b"\0" not in data[:4000]:
            return "table"  # systems export text under a spreadsheet's name
        raise InputError(f"{name}: 不是有效的 {BINARY[ending][1]}，请检查它是否完整")
    return "text"


def by_content(data: bytes, name: str) -> str:
    """What the bytes themselves show, or "" for a text that says nothing of itself."""
    head = data[:1024]
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return packed(data, name)
    if data.startswith(OLE):
        return old(data, name)
    if b"%PDF-" in head and not head.lstrip(b"\xef\xbb\xbf \r\n\t\0").startswith((b"#", b"<")):
        return "pdf" if head.index(b"%PDF-") < 20 or b"\0" in data[:4096] or name.lower().endswith(".pdf") else ""
    if head.startswith(IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[:2] == b"BM" and b"\0\0" in head[6:14]):
        return "picture"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return ".rtf"
    if head[4:8] == b"ftyp":
        return ".heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"heif") else ".mp4"
    for begin, ending in BEGINNINGS:
        if ending and head.startswith(begin):
            return ending
    if PAGE.match(head):
        return "html"
    return "mail" if MAIL.match(data[:20_000]) else ""


def packed(data: bytes, name: str) -> str:
    """What a zip container is."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = {one.filename for one in file.infolist()}
            mime = (
                file.read("mimetype")[:100].decode("ascii", "replace")
                if "mimetype" in names and file.getinfo("mimetype").file_size < 100
                else ""
            )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        lower = name.lower()
        told = next((called for ending, (_, called) in BINARY.items() if lower.endswith(ending)), "压缩包")
        raise InputError(f"{name}: 不是有效的 {told}，或已损坏（{error}）") from None
    if "spreadsheet" in mime:
        return "ods"
    if "presentation" in mime:
        return ".odp"
    if "opendocument.text" in mime:
        return ".odt"
    if "OFD.xml" in names:
        return ".ofd"
    lowered = {one.lower() for one in names}
    if "[content_types].xml" in lowered:
        for begin, kind in (("word/", "word"), ("xl/workbook.bin", ".xlsb"), ("xl/", "xlsx"), ("ppt/", ".pptx")):
            if any(one.startswith(begin) for one in lowered):
                return kind
    ending = name.lower()[name.rfind(".") :]
    if BINARY.get(ending, ("zip",))[0] not in ("zip", "picture", "pdf"):
        raise InputError(f"{name}: 不是有效的 {BINARY[ending][1]}，或已损坏")
    return "zip"


def old(data: bytes, name: str) -> str:
    """What a container of the old format is."""
    for stream, kind in STREAMS:
        if stream.encode("utf-16-le") in data:
            if kind == "encrypted":
                raise InputError(f"{name}: 文件加了密码，请去掉密码再审")
            return kind
    lower = name.lower()
    raise InputError(f"{name}: {REFUSED.get(lower[lower.rfind('.') :], '老式 Office 文件，读不懂，请另存为新格式再审')}")
