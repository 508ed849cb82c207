"""Workbooks with the findings as comments of the cells that they are in; nothing else in the file changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from govmedia_screen.copies.anchors import Anchors
from govmedia_screen.copies.cells import BOOK, R, S, column_of, sheets, shown
from govmedia_screen.copies.package import Package
from govmedia_screen.copies.remarks import AUTHOR, gaps, remark
from govmedia_screen.documents.locations import origin_of
from govmedia_screen.errors import InputError
from govmedia_screen.report.report import Report

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
#: What may stand behind the reference to the drawing of the comments.
BEHIND = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
VML, SHAPES, EXCEL = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office", "urn:schemas-microsoft-com:office:excel"
#: Excel shows the comments of a cell in a box of this size, in points.
BOX = "position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:110pt;z-index:1;visibility:hidden"
#: A comment may have so many characters.
LONGEST = 32_000

Remarks = dict[str, dict[str, list[list[str]]]]


def annotated(data: bytes, report: Report, name: str) -> bytes:
    """The file with a comment on every cell that has findings; what stands in no cell is told on the first one.

    Raises:
        InputError: it is no workbook.
        MissingExtra: lxml is not installed.
    """
    package = Package(data, name)
    if BOOK not in package.members:
        raise InputError(f"{name}: 不是 Excel 文件（.xlsx）")
    known = sheets(package)
    if not known:
        raise InputError(f"{name}: 没有工作表")
    told: Remarks = defaultdict(lambda: defaultdict(list))
    first = next(iter(known.values()))
    for lines in gaps(report):
        told[first]["A1"].append(lines)
    cells = list(shown(package))
    post = report.post
    anchors = Anchors({part: post.part(part) for part in post.parts}, [text for _, _, text in cells])
    origin = origin_of(post)
    for finding in report.findings:
        place = origin.location(finding.part, post.part(finding.part), finding.start) if origin is not None else None
        spots = None if place is not None and place.cell else anchors.of(finding)
        if place is not None and place.cell and place.sheet in known:
            told[known[place.sheet]][place.cell].append(remark(finding))
        elif spots is not None:
            member, address, _ = cells[spots[0][0]]
            told[member][address].append(remark(finding))
        else:
            lines = remark(finding)
            where = f"（{place.label}）" if place is not None and place.label else ""
            told[first]["A1"].append([f"{where}{lines[0]}", f"原文：{finding.text[:60]}", *lines[1:]])
    for number, (member, remarks) in enumerate(told.items(), 1):
        write(package, member, number, remarks)
    return package.save()


def write(package: Package, member: str, number: int, remarks: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Put the remarks on the cells of one sheet, behind the comments that they have."""
    texts = {address: "\n\n".join("\n".join(lines) for lines in several)[:LONGEST] for address, several in remarks.items()}
    related = package.related(member)
    comments = next((target for kind, target in related.values() if kind.endswith("/comments") and target in package.members), "")
    if not comments:
        comments = free(package, "xl/comments-govmedia{}.xml", number)
        package.put(comments, f'<comments xmlns="{S[1:-1]}"><authors/><commentList/></comments>'.encode())
        package.declare(KIND, part=comments)
        package.relate(member, f"{OFFICE}/comments", comments)
    new = add(package.xml(comments), texts)
    sheet = package.xml(member)
    legacy = sheet.find(f"{S}legacyDrawing")
    drawing = related.get(legacy.get(f"{R}id"), ("", ""))[1] if legacy is not None else ""
    if drawing not in package.members:
        drawing = free(package, "xl/drawings/govmedia{}.vml", number)
        package.put(drawing, f'<xml xmlns:v="{VML}" xmlns:o="{SHAPES}" xmlns:x="{EXCEL}"/>'.encode())
        package.declare("application/vnd.openxmlformats-officedocument.vmlDrawing", ending="vml")
        identity = package.relate(member, f"{OFFICE}/vmlDrawing", drawing)
        if legacy is None:
            legacy = sheet.makeelement(f"{S}legacyDrawing")
            behind = next((one for one in sheet if one.tag in {f"{S}{name}" for name in BEHIND}), None)
            if behind is None:
                sheet.append(legacy)
            else:
                behind.addprevious(legacy)
        legacy.set(f"{R}id", identity)
    shapes(package, drawing, new)


def free(package: Package, pattern: str, number: int) -> str:
    """A name that no member has."""
    while pattern.format(number) in package.members:
        number += 1000
    return pattern.format(number)


def add(root: Any, texts: Mapping[str, str]) -> list[str]:
    """Add the texts to a sheet's comments; the addresses that had none."""

    def made(parent: Any, tag: str, **attributes: str) -> Any:
        element = parent.makeelement(f"{S}{tag}", attributes)
        parent.append(element)
        return element

    authors, listed = root.find(f"{S}authors"), root.find(f"{S}commentList")
    names = [one.text for one in authors]
    if AUTHOR not in names:
        made(authors, "author").text = AUTHOR
        names.append(AUTHOR)
    there = {one.get("ref"): one for one in listed}
    new = []
    for address, text in texts.items():
        comment = there.get(address)
        before = ""
        if comment is None:
            comment = made(listed, "comment", ref=address, authorId=str(names.index(AUTHOR)))
            made(comment, "text")
            new.append(address)
        else:
            before = "\n\n"
        piece = made(made(comment.find(f"{S}text"), "r"), "t")
        piece.text = before + text
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    listed[:] = sorted(
        listed, key=lambda one: (int("0" + one.get("ref", "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), column_of(one.get("ref", "")))
    )
    return new


def shapes(package: Package, drawing: str, addresses: Sequence[str]) -> None:
    """The boxes in which Excel shows the comments."""
    root = package.xml(drawing)
    kind = "govmedia_comment"
    pieces = [] if root.find(f"{{{VML}}}shapetype[@id='{kind}']") is not None else [
        f'<v:shapetype id="{kind}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
    ]  # fmt: skip
    for count, address in enumerate(addresses, 1):
        row = int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
        column = column_of(address) - 1
        pieces.append(
            f'<v:shape id="govmedia_{count}" type="#{kind}" style="{BOX}" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/>'
            f'<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
            f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        )
    made = package.etree.fromstring(f'<xml xmlns:v="{VML}" xmlns:o="{SHAPES}" xmlns:x="{EXCEL}">{"".join(pieces)}</xml>')
    root.extend(list(made))
