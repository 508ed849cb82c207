"""Lines and characters as the protocol counts them.

Lines end at LF, CRLF or CR alone; characters are UTF-16 code units unless client and server
have agreed on another encoding.
"""

from __future__ import annotations

from bisect import bisect_right

from govmedia_screen.finding import LINE_END

#: Name of the encoding in the protocol → codec and bytes a unit; code points need no codec.
UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Lines:
    """The lines of a text.

    Args:
        text: the text.
        encoding: what a character's units are: ``utf-16``, ``utf-8`` or ``utf-32`` (code points).
    """

    __slots__ = ("begins", "codec", "text", "unit")

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self.codec, self.unit = UNITS[encoding]
        self.begins: list[int] = [0, *(match.end() for match in LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and character, from 0, of a code point; inside a line's end it is before that end."""
        line = bisect_right(self.begins, offset) - 1
        before = self.text[self.begins[line] : offset]
        if before.isascii():
            return line, len(before.rstrip("\r\n"))
        return line, len(before.rstrip("\r\n").encode(self.codec, "surrogatepass")) // self.unit

    def offset(self, line: int, character: int) -> int:
        """The code point at a position; beyond a line's end it is that end, inside a code point its start."""
        if line >= len(self.begins):
            return len(self.text)
        begin = self.begins[line]
        end = self.begins[line + 1] if line + 1 < len(self.begins) else len(self.text)
        content = self.text[begin:end].rstrip("\r\n") if line + 1 < len(self.begins) else self.text[begin:end]
        if content.isascii():
            return begin + min(character, len(content))
        head = content.encode(self.codec, "surrogatepass")[: character * self.unit]
        whole = head.decode(self.codec, "ignore")
        if len(whole.encode(self.codec, "surrogatepass")) < len(head):  # a lone surrogate, or half a code point
            whole = head.decode(self.codec, "surrogatepass") if lone(head, self.codec) else whole
        return begin + len(whole)

    def replaced(self, start: tuple[int, int], end: tuple[int, int], text: str) -> str:
        """The whole text with what stands between two positions replaced."""
        return self.text[: self.offset(*start)] + text + self.text[self.offset(*end) :]


def lone(data: bytes, codec: str) -> bool:
    """Whether the bytes are whole code points, lone surrogates among them."""
    try:
        decoded = data.decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        return False
    return not decoded or not 0xD800 <= ord(decoded[-1]) < 0xDC00
