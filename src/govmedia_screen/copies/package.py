"""Office files as the zip archives that they are: what is not touched is written back byte for byte (ECMA-376-2, OPC)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from govmedia_screen.errors import InputError, MissingExtra

#: How much is unpacked at most, in bytes: XML, and everything with its pictures.
MOST_XML = 100 << 20
MOST = 500 << 20
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
XML = (".xml", ".rels", ".vml")


class Package:
    """One Office file.

    Args:
        data: its bytes.
        name: its name, for messages.

    Raises:
        InputError: it is none, is encrypted, holds a name twice, or would unpack beyond bounds.
        MissingExtra: lxml is not installed.
    """

    def __init__(self, data: bytes, name: str) -> None:
        try:
            from lxml import etree
        except ImportError:
            raise MissingExtra("改写 Office 文件", "documents") from None
        self.name, self.etree = name, etree
        self.members: dict[str, bytes] = {}
        self.parsed: dict[str, Any] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                entries = [one for one in packed.infolist() if not one.is_dir()]
                if any(one.flag_bits & 1 for one in entries):
                    raise InputError(f"{name}: 文件加了密，请去掉密码另存后再试")
                text = sum(one.file_size for one in entries if one.filename.lower().endswith(XML))
                if text > MOST_XML or sum(one.file_size for one in entries) > MOST:
                    raise InputError(f"{name}: 解压后过大，没有读")
                for one in entries:
                    if one.filename in self.members:
                        raise InputError(f"{name}: 文件里有两个 {one.filename}，没有读")
                    self.members[one.filename] = packed.read(one)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
            raise InputError(f"{name}: 不是有效的 Office 文件（{error}）") from None
        if "[Content_Types].xml" not in self.members:
            raise InputError(f"{name}: 不是有效的 Office 文件（没有 [Content_Types].xml）")

    @property
    def xml_names(self) -> list[str]:
        """The names of the members that are XML, in their order."""
        return [name for name in self.members if name.lower().endswith(XML)]

    def xml(self, name: str) -> Any:
        """The root of a member that is XML; what is changed in it is written.

        Raises:
            InputError: it is broken, or declares a document type, which Office files never do.
        """
        if name not in self.parsed:
            self.parsed[name] = self.read(name)
        return self.parsed[name]

    def read(self, name: str) -> Any:
        """The root of a member as it is in the file."""
        data = self.members[name]
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise InputError(f"{self.name}: {name} 声明了 DOCTYPE，没有读")
        try:
            return self.etree.fromstring(data, self.etree.XMLParser(resolve_entities=False, no_network=True))
        except self.etree.XMLSyntaxError as error:
            raise InputError(f"{self.name}: {name} 已损坏（{error}）") from None

    def put(self, name: str, data: bytes) -> None:
        """Add or replace a member."""
        self.members[name] = data
        self.parsed.pop(name, None)

    def remove(self, name: str) -> None:
        """Drop a member and the relationships to it."""
        self.members.pop(name, None)
        self.parsed.pop(name, None)
        for rels in [one for one in self.members if one.endswith(".rels")]:
            for relationship in list(self.xml(rels)):
                if relationship.get("TargetMode") != "External" and resolved(source(rels), relationship.get("Target", "")) == name:
                    self.xml(rels).remove(relationship)
        types = self.xml("[Content_Types].xml")
        for one in [one for one in types if one.get("PartName") == f"/{name}"]:
            types.remove(one)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: id → kind of relationship and name of the member."""
        rels = relationships(part)
        if rels not in self.members:
            return {}
        return {
            one.get("Id"): (one.get("Type", ""), resolved(part, one.get("Target", "")))
            for one in self.xml(rels)
            if one.get("TargetMode") != "External"
        }

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship; its id."""
        rels = relationships(part)
        if rels not in self.members:
            self.put(rels, f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode())
        root = self.xml(rels)
        taken = {one.get("Id") for one in root}
        number = next(f"rId{count}" for count in range(1, 1 << 20) if f"rId{count}" not in taken)
        self.etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=number, Type=kind, Target=f"/{target}")
        return number

    def declare(self, kind: str, part: str = "", ending: str = "") -> None:
        """Say the content type of a part, or of an ending."""
        root = self.xml("[Content_Types].xml")
        label, key, value = ("Override", "PartName", f"/{part}") if part else ("Default", "Extension", ending)
        if not any(one.get(key, "").lower() == value.lower() for one in root):
            self.etree.SubElement(root, f"{{{CONTENT_TYPES}}}{label}", {key: value, "ContentType": kind})

    def save(self) -> bytes:
        """The bytes of the file."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in self.members.items():
                if name in self.parsed and self.etree.tostring(self.parsed[name]) != self.etree.tostring(self.read(name)):
                    data = self.etree.tostring(self.parsed[name], xml_declaration=True, encoding="UTF-8", standalone=True)
                packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return stream.getvalue()


def relationships(part: str) -> str:
    """The member that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source(rels: str) -> str:
    """The part whose relationships a member holds."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def resolved(part: str, target: str) -> str:
    """A relationship's target as the name of a member."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
