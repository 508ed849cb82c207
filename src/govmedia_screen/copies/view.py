"""A view: all texts of a file as one text, each with the element or attribute that holds it, to be written back."""

from __future__ import annotations

import re
from typing import Any, NamedTuple


class Slot(NamedTuple):
    """A run of the view and what holds it; an empty ``attribute`` is the element's own text."""

    element: Any
    attribute: str
    start: int
    end: int


class View:
    """Gathers the texts; the same element may be gathered more than once, in other surroundings."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.slots: list[Slot] = []
        self.size = 0

    def say(self, text: str) -> None:
        """Append text that stands nowhere."""
        self.texts.append(text)
        self.size += len(text)

    def take(self, element: Any, attribute: str = "", codes: re.Pattern[str] | None = None) -> None:
        """Append the text of an element, or the value of its attribute; ``codes`` in it are shown as white space."""
        text = (element.get(attribute) if attribute else element.text) or ""
        if codes is not None:
            text = codes.sub(lambda found: " " * len(found[0]), text)
        if text:
            self.slots.append(Slot(element, attribute, self.size, self.size + len(text)))
            self.say(text)

    def line(self) -> None:
        """What follows is a line of its own."""
        if self.size:
            self.say("\n")

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.texts)

    def write(self, masked: str) -> bool:
        """Write back what differs; what is masked in one surrounding is masked. Whether anything was.

        Args:
            masked: the view's text, every character in its place.
        """
        text = self.text
        if len(masked) != len(text):
            raise ValueError("a masked text must be as long as the text")
        if masked == text:
            return False
        changed: dict[tuple[int, str], tuple[Slot, list[str]]] = {}
        for slot in self.slots:
            old, new = text[slot.start : slot.end], masked[slot.start : slot.end]
            if old != new:
                whole = (slot.element.get(slot.attribute) if slot.attribute else slot.element.text) or ""
                chars = changed.setdefault((id(slot.element), slot.attribute), (slot, list(whole)))[1]
                for place, (before, after) in enumerate(zip(old, new, strict=True)):
                    if before != after:
                        chars[place] = after
        for slot, chars in changed.values():
            if slot.attribute:
                slot.element.set(slot.attribute, "".join(chars))
            else:
                slot.element.text = "".join(chars)
        return bool(changed)
