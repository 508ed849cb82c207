"""What a reply publishes beside its own words: the citizen's question, whose personal data must not come out with it.

The question's wording is the citizen's affair; only what could be used against somebody (``hidden``: personal data,
secrets) is looked for in it. Such a finding's part is ``question``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from govmedia_screen.post import Post
from govmedia_screen.profile import Profile
from govmedia_screen.report.policy import decide
from govmedia_screen.report.report import Report
from govmedia_screen.system import lazy

#: What a question must have for a number, an address of mail, an account or a password to be in it.
TELLING = lazy.pattern(r"[0-9０-９]|[@＠]|密码|身份证|住址|(?:微信|银行|账)号|[零〇一二三四五六七八九幺]{5}")


def with_question(report: Report, screen: Callable[[Sequence[Post]], list[Report]], profile: Profile) -> Report:
    """The report with what its post's question tells of somebody.

    Args:
        report: the report of a post that has a question.
        screen: screens posts.
        profile: decides.
    """
    question = report.post.question or ""
    if not TELLING.search(question):
        return report
    asked = screen([Post(question)])[0]
    taken = [replace(one, part="question") for one in asked.findings if one.traits.hidden]
    gaps = tuple(replace(one, part="question") for one in asked.incomplete)
    if not taken and not gaps:
        return report
    findings, incomplete = (*report.findings, *taken), (*report.incomplete, *gaps)
    decision, tier = decide(findings, profile, not incomplete)
    return replace(report, findings=findings, decision=decision, review_tier=tier, incomplete=incomplete)
