"""Who is speaking, and what for: advertising (第十三条(三)) and personal opinion (第十三条(四))."""

from govmedia_screen.detectors.stance.detector import StanceDetector

__all__ = ["StanceDetector"]
