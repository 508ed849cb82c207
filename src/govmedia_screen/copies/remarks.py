"""What a comment says of a finding, and text made fit for XML."""

from __future__ import annotations

from govmedia_screen.finding import Finding
from govmedia_screen.report.report import Report
from govmedia_screen.system import lazy

AUTHOR, INITIALS = "govmedia-screen", "审"
#: What XML 1.0 does not allow, and controls that turn the direction of text.
FORBIDDEN = lazy.pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def fit(text: str) -> str:
    """The text with what XML does not allow shown as one sign each."""
    return FORBIDDEN.sub("\ufffd", text)


def remark(finding: Finding) -> list[str]:
    """The lines of a comment."""
    lines = [f"【{finding.level.label}】{finding.message}"]
    if finding.suggestion is not None:
        lines.append(f"建议：{finding.suggestion or '删去'}")
    if finding.basis:
        lines.append(f"依据：{finding.basis}")
    return [fit(line) for line in (*lines, f"规则：{finding.rule}")]


def gaps(report: Report) -> list[list[str]]:
    """The lines of a comment for each thing that was not screened."""
    return [[fit(f"【送审】未审完：{gap.reason}")] for gap in report.incomplete]
