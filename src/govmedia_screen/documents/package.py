"""The parts of an Office file (Open Packaging Conventions), read within bounds and without following anything outside."""

from __future__ import annotations

import zipfile
from typing import Any

from govmedia_screen.documents.bounds import BROKEN, XML, opened, unpacked
from govmedia_screen.errors import InputError, MissingExtra

#: The type of a relation that is a link.
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class Package:
    """The parts of an Office file."""

    def __init__(self, data: bytes, name: str, limit: int = XML) -> None:
        try:
            from lxml import etree
        except ImportError:
            raise MissingExtra(f"读取 {name}", "documents") from None
        self.name = name
        self.limit = limit
        self.parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        self.etree = etree
        self.file: zipfile.ZipFile = opened(data, name, limit)
        self.members = {one.filename.lstrip("/"): one for one in self.file.infolist()}
        self.types: dict[str, str] = {}
        for one in self.xml("[Content_Types].xml"):
            if part := one.get("PartName"):
                self.types[part.lstrip("/")] = one.get("ContentType", "")

    def xml(self, part: str) -> Any:
        """The root of a part.

        Raises:
            InputError: it is missing or broken, or declares entities.
        """
        try:
            data = unpacked(self.file, self.members[part], self.limit)
            root = self.etree.fromstring(data, self.parser)
        except (*BROKEN, self.etree.XMLSyntaxError) as error:
            raise InputError(f"{self.name}: 文件已损坏（{part}：{str(error)[:80]}）") from None
        if root.getroottree().docinfo.doctype:
            raise InputError(f"{self.name}: 文件里有不该有的实体声明（{part}），没有读")
        return root

    def of_type(self, ending: str) -> list[str]:
        """The parts whose content type has that ending, in order."""
        return sorted(part for part, kind in self.types.items() if kind.endswith(ending) and part in self.members)

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Id → type, target and whether the target is outside."""
        folder, _, file = part.rpartition("/")
        where = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if where not in self.members:
            return {}
        return {
            one.get("Id", ""): (one.get("Type", ""), one.get("Target", ""), one.get("TargetMode") == "External") for one in self.xml(where)
        }
