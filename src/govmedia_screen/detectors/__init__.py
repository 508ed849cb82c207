"""The detectors, one module per family or kind, listed here by name."""

from __future__ import annotations

from govmedia_screen.detectors.approval import ApprovalDetector
from govmedia_screen.detectors.base import Detector, Reading
from govmedia_screen.detectors.collection import CollectionDetector
from govmedia_screen.detectors.conduct.detector import ConductDetector
from govmedia_screen.detectors.credential import CredentialDetector
from govmedia_screen.detectors.keywords import KeywordDetector
from govmedia_screen.detectors.link import LinkDetector
from govmedia_screen.detectors.pattern import PatternDetector
from govmedia_screen.detectors.privacy import PrivacyDetector
from govmedia_screen.detectors.reply.detector import ReplyDetector
from govmedia_screen.detectors.rumour import RumourDetector
from govmedia_screen.detectors.secrecy.detector import SecrecyDetector
from govmedia_screen.detectors.sentence import ReplySentenceDetector, SentenceDetector
from govmedia_screen.detectors.source.detector import SourceDetector
from govmedia_screen.detectors.stance import StanceDetector
from govmedia_screen.detectors.wording.character import CharacterDetector
from govmedia_screen.detectors.wording.confusion import SuspectDetector
from govmedia_screen.detectors.wording.document import DocumentDetector
from govmedia_screen.detectors.wording.fixed import FixedDetector
from govmedia_screen.detectors.wording.number import NumberDetector
from govmedia_screen.detectors.wording.order import OrderDetector
from govmedia_screen.detectors.wording.person import PersonDetector
from govmedia_screen.detectors.wording.plausible import PlausibleDetector
from govmedia_screen.detectors.wording.punctuation import PunctuationDetector
from govmedia_screen.detectors.wording.style import StyleDetector

#: Every shipped detector, in the order in which they look at a post.
DETECTORS = (
    KeywordDetector,
    StanceDetector,
    PrivacyDetector,
    SecrecyDetector,
    CredentialDetector,
    CollectionDetector,
    ConductDetector,
    SourceDetector,
    ReplySentenceDetector,
    ReplyDetector,
    RumourDetector,
    LinkDetector,
    CharacterDetector,
    FixedDetector,
    PunctuationDetector,
    NumberDetector,
    PlausibleDetector,
    DocumentDetector,
    PersonDetector,
    StyleDetector,
    OrderDetector,
    SuspectDetector,
    PatternDetector,
    SentenceDetector,
    ApprovalDetector,
)

__all__ = ["DETECTORS", "Detector", "Reading"]
