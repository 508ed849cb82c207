"""Redacted copies of Word and Excel files, their looks kept: text, tables, notes, comments, hidden cells, properties, links."""

from __future__ import annotations

from collections.abc import Callable

from govmedia_screen.copies import cells, texts
from govmedia_screen.copies.masking import PASSES, Masking
from govmedia_screen.copies.package import XML, Package
from govmedia_screen.copies.runs import W
from govmedia_screen.copies.view import View
from govmedia_screen.errors import InputError

#: Properties that name who wrote and saved the file, and attributes that name who changed or remarked what.
WRITERS = frozenset({"creator", "lastModifiedBy", "Manager"})
AUTHORS = frozenset({"author", "initials", "lastModifiedBy", "userName"})
AUTHOR = "作者"
#: Office files inside an Office file.
OFFICE = (".docx", ".docm", ".xlsx", ".xlsm")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp")
#: What programs keep for themselves: settings of printers and controls, macros (told by themselves), fonts.
HARMLESS = (".bin", ".odttf", ".fntdata")
DEEPEST = 3


def redacted(data: bytes, name: str, masking: Masking, depth: int = 0) -> bytes:
    """The file with personal data, secrets and credentials masked and its writers' names taken out.

    Pictures, macros and embedded objects cannot be looked into; they are told in ``masking.untouched``.

    Raises:
        InputError: it is not a Word or Excel file, or is beyond bounds.
        MissingExtra: what reads it is not installed.
    """
    package = Package(data, name)
    texts_of = kind(package)
    nameless(package)
    for _ in range(PASSES):
        view = texts_of(package)
        if not view.write(masking.masked(view.text)):
            break
        if texts_of is cells.excel:
            cells.settle(package, masking.mask)
    for member in [one for one in package.members if one.lower().endswith(OFFICE)]:
        if depth < DEEPEST:
            package.put(member, redacted(package.members[member], f"{name}/{member}", masking, depth + 1))
        else:
            masking.untouched.append(f"{name}: 嵌入的文件 {member}")
    known = (*XML, *OFFICE, *PICTURES, *HARMLESS)
    told = {
        "图片": sum(one.lower().endswith(PICTURES) for one in package.members),
        "宏": sum(one.lower().endswith("vbaproject.bin") for one in package.members),
        "嵌入的对象": sum("/embeddings/" in one and not one.lower().endswith(OFFICE) for one in package.members),
        "其他内容": sum(not one.lower().endswith(known) and "/embeddings/" not in one for one in package.members),
    }
    masking.untouched += [f"{name}: {what} {count} 个没有看" for what, count in told.items() if count]
    return package.save()


def kind(package: Package) -> Callable[[Package], View]:
    """How the texts of a file are gathered.

    Raises:
        InputError: it is neither Word nor Excel.
    """
    for member, space, texts_of in (("word/document.xml", W, texts.word), (cells.BOOK, cells.S, cells.excel)):
        if member in package.members:
            if not package.xml(member).tag.startswith(space):
                raise InputError(f"{package.name}: 是“严格”格式的 Office 文件，请另存为普通的 docx、xlsx 后再试")
            return texts_of
    raise InputError(f"{package.name}: 不是 Word（.docx）或 Excel（.xlsx）文件")


def nameless(package: Package) -> None:
    """Take out who wrote, saved, changed and remarked, and the picture of the first page."""
    for member in [one for one in package.members if one.startswith("docProps/thumbnail")]:
        package.remove(member)
    for name in package.xml_names:
        root = package.xml(name)
        people = name.rpartition("/")[2] == "people.xml"
        for element in list(root) if people else ():
            root.remove(element)
        for element in root.iter("*"):
            local = str(element.tag).rpartition("}")[2]
            if name.startswith("docProps/") and local in WRITERS:
                element.text = None
            elif local == "author" and element.text:
                element.text = AUTHOR
            for key in element.attrib:
                if key.rpartition("}")[2] in AUTHORS and element.get(key):
                    element.set(key, AUTHOR)
