"""Runs of a Word paragraph: where its characters stand, and runs cut so that a stretch of text is whole runs (ECMA-376-1 §17.3)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
PARAGRAPH, RUN, TEXT, DELETED = f"{W}p", f"{W}r", f"{W}t", f"{W}delText"
TABS = f"{W}tabs"


def pieces(paragraph: Any, deleted: bool = False) -> Iterator[tuple[Any, str]]:
    """The elements that hold a paragraph's characters, with them, in order; those of paragraphs inside it are their own.

    Args:
        paragraph: the element.
        deleted: whether to give the text before tracked changes instead of the one after them.
    """
    skipped = f"{W}ins" if deleted else f"{W}del"
    moved = f"{W}moveTo" if deleted else f"{W}moveFrom"
    for child in paragraph:
        tag = child.tag
        if not isinstance(tag, str) or tag in (PARAGRAPH, FALLBACK, TABS, skipped, moved):
            continue
        if tag in (TEXT, DELETED):
            if child.text:
                yield child, child.text
        elif tag in MARKS:
            yield child, MARKS[tag]
        else:
            yield from pieces(child, deleted)


def run_of(element: Any) -> Any:
    """The outermost run that holds an element, within its paragraph."""
    found = None
    while element is not None and element.tag != PARAGRAPH:
        if element.tag == RUN:
            found = element
        element = element.getparent()
    return found


def whole_runs(paragraph: Any, start: int, end: int, deleted: bool = False) -> tuple[Any, Any] | None:
    """The first and the last of the runs that hold exactly ``text[start:end]`` of a paragraph, which is cut for it.

    Every run keeps its properties; no character moves. None where no run holds it.
    """
    for place in (end, start):
        cut(paragraph, place, deleted)
    inside, at = [], 0
    for element, text in pieces(paragraph, deleted):
        if at < end and at + len(text) > start and (run := run_of(element)) is not None:
            inside.append(run)
        at += len(text)
    return (inside[0], inside[-1]) if inside else None


def cut(paragraph: Any, place: int, deleted: bool) -> None:
    """Cut the run that holds a place in its middle, so that a run begins there."""
    at = 0
    for element, text in pieces(paragraph, deleted):
        if at < place < at + len(text):
            tail = deepcopy(element)
            element.text, tail.text = text[: place - at], text[place - at :]
            element.set(SPACE, "preserve")
            tail.set(SPACE, "preserve")
            element.addnext(tail)
            element, at = tail, place
        if at == place:
            run = run_of(element)
            if run is not None and element.getparent() is run:
                part(run, element)
            return
        at += len(text)


def part(run: Any, element: Any) -> None:
    """Move an element and what follows it into a run of its own behind, with the same properties."""
    properties = run.find(f"{W}rPr")
    before = [child for child in run[: run.index(element)] if child is not properties]
    if not before:
        return
    new = run.makeelement(RUN, dict(run.attrib))
    if properties is not None:
        new.append(deepcopy(properties))
    for child in list(run[run.index(element) :]):
        new.append(child)
    run.addnext(new)
