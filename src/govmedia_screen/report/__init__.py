"""Findings and a profile become what stands, the decision, and who must sign; masked and mended copies."""
