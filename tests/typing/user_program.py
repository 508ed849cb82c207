"""A user's program: what is public, used as the pages show it. Not run as a test; read by two type checkers, both strict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from govmedia_screen import Decision, Finding, InputError, Level, Post, Profile, Report, Screener, ScreenError, read_documents


def worst(report: Report) -> Level | None:
    return max((finding.level for finding in report.findings), default=None)


def places(report: Report) -> Iterator[tuple[str, int, int, str | None]]:
    finding: Finding
    for finding in report.at_least(Level.REVIEW):
        yield finding.rule, finding.start, finding.end, finding.suggestion


def publish(post: Post, screener: Screener) -> bool:
    report: Report = screener.screen(post)
    if report.decision is Decision.BLOCK:
        return False
    mended: dict[str, str] = report.fixed()
    return bool(mended["body"]) and report.review_tier == 0 and report.to_json(indent=2).startswith("{")


def folder(path: Path) -> int:
    screener = Screener(profile="default", lexicons=[path / "words"])
    profile: Profile = screener.profile
    try:
        posts: list[Post] = list(read_documents(path))
    except InputError as error:
        raise SystemExit(str(error)) from error
    except ScreenError:
        return 2
    reports: Iterator[Report] = screener.screen_many(posts, workers=2)
    scores: dict[str, float] = screener.classify("今日晴。")
    return sum(1 for report in reports if worst(report) is not None) + len(scores) + len(profile.name)


if __name__ == "__main__":
    post = Post(title="公示", body="今日晴。", kind="notice", published_at=date(2026, 8, 3), id=17)
    print(publish(post, Screener()), list(places(Screener().screen("今日晴。"))), folder(Path("posts")))
