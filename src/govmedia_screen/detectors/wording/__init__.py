"""The proof-reader: 第十二条, one module per kind of slip.

Listed words (规范表述、错别字、法律名称、文风) are found by the keyword detector; here is what a list cannot say.
"""

from __future__ import annotations

from govmedia_screen.detectors.wording.character import CharacterDetector
from govmedia_screen.detectors.wording.document import DocumentDetector
from govmedia_screen.detectors.wording.number import NumberDetector
from govmedia_screen.detectors.wording.person import PersonDetector
from govmedia_screen.detectors.wording.punctuation import PunctuationDetector
from govmedia_screen.detectors.wording.style import StyleDetector

#: The family's detectors, in the order in which they look at a post.
WORDING = (CharacterDetector, PunctuationDetector, NumberDetector, DocumentDetector, PersonDetector, StyleDetector)

__all__ = ["WORDING", "CharacterDetector", "DocumentDetector", "NumberDetector", "PersonDetector", "PunctuationDetector", "StyleDetector"]
