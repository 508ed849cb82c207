"""Mobile and fixed-line numbers of the mainland, and the public numbers that belong to nobody.

Segments as allotted by the Ministry of Industry and Information Technology up to 2024
(China Mobile, Unicom, Telecom, Broadnet and virtual operators).
"""

from __future__ import annotations

SEGMENTS = frozenset(
    str(segment)
    for first, last in (
        (130, 139),
        (145, 149),
        (150, 153),
        (155, 159),
        (162, 162),
        (165, 167),
        (170, 178),
        (180, 189),
        (190, 193),
        (195, 199),
    )
    for segment in range(first, last + 1)
)
#: How people part the eleven digits; anything else is a coincidence of columns.
SHAPES = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (3, 3, 5), (5, 6), (4, 4, 3), (1,) * 11})


def is_mobile(number: str) -> bool:
    """Whether eleven digits begin with a segment that is in use."""
    return len(number) == 11 and number[:3] in SEGMENTS and len(set(number[3:])) > 1


def is_fixed_line(area: str, number: str) -> bool:
    """Whether an area code (with its 0) and a local number go together: 010, 02x with eight digits, others with seven or eight."""
    if area == "010" or (area[:2] == "02" and len(area) == 3 and area != "026"):
        return len(number) == 8
    return len(area) == 4 and area[1] in "3456789" and len(number) in {7, 8}
