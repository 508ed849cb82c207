"""What an Office file carries beside its text: properties, pictures, files of other programs, macros."""

from __future__ import annotations

from collections.abc import Mapping

from govmedia_screen.documents.bounds import BROKEN, unpacked
from govmedia_screen.documents.locations import Lines, Location
from govmedia_screen.documents.package import Package
from govmedia_screen.errors import InputError
from govmedia_screen.system import lazy

#: Properties of a file that people see in its details, by the local name of their element.
SEEN = {
    "title": "标题", "subject": "主题", "keywords": "关键词", "description": "备注", "category": "类别", "Company": "单位", "Manager": "经理",
    "contentStatus": "状态", "lpwstr": "自定义属性",
}  # fmt: skip
#: What a property must have to say anything: Han, an address, or a run of digits.
TELLING = lazy.pattern(r"[\u4e00-\u9fff]|[0-9]{6}|@|://")
#: Pictures longer than this are not looked into, in bytes.
LONGEST = 40 << 20
MACROS = "文件带有宏，宏里的文字没有审；请另存为不带宏的 .docx 或 .xlsx 再审"
FOREIGN = "文件里嵌有别的文件（{names}），没有审；请取出来单独审"


def properties(package: Package, lines: Lines) -> None:
    """Title, subject, remarks … of the file's details, a line each."""
    for part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        if part not in package.members:
            continue
        for one in package.xml(part).iter():
            name = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
            if name in SEEN and one.text and TELLING.search(one.text):
                lines.line(one.text, Location(story=f"文件属性“{SEEN[name]}”", state="不印出来，但在文件里"))


def pictures(package: Package, folder: str, places: Mapping[str, Location], lines: Lines) -> list[str]:
    """Read the text of the pictures in a folder of the package; what could not be read."""
    from govmedia_screen.documents.picture import Pictures

    reader = Pictures(lines)
    names = sorted(part for part in package.members if part.startswith(folder) and not part.endswith("/"))
    for number, part in enumerate(names, 1):
        at = places.get(part.rpartition("/")[2], Location())
        try:
            data = unpacked(package.file, package.members[part], LONGEST)
        except (InputError, *BROKEN):
            reader.lost += 1
            continue
        reader.take(
            data,
            Location(story="图片", number=number, paragraph=at.paragraph, table=at.table, row=at.row, column=at.column, sheet=at.sheet),
        )
    return reader.unread()


def foreign(package: Package) -> list[str]:
    """What is said of files of other programs inside, and of macros."""
    said = []
    inside = [
        part.rpartition("/")[2]
        for part in sorted(package.members)
        if "/embeddings/" in part or "/afchunk" in part.lower() or part.lower().endswith((".mht", ".htm", ".html", ".rtf"))
    ]
    if inside:
        more = f" 等 {len(inside)} 个" if len(inside) > 3 else ""
        said.append(FOREIGN.format(names="、".join(inside[:3]) + more))
    if any(part.lower().endswith("vbaproject.bin") for part in package.members):
        said.append(MACROS)
    return said
