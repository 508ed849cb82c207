"""Reports as the service gives them: personal data and secrets masked unless the caller may see them and asks."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from govmedia_screen.report.report import Report

MASK = "＊"
ENCODER = msgspec.json.Encoder()


def shown(report: Report, personal: bool) -> dict[str, Any]:
    """A report's dictionary; without ``personal`` personal data, secrets and credentials are masked wherever a finding shows them."""
    answer = report.to_dict()
    return answer if personal else answer | masked(answer, report.redacted())


def masked(report: dict[str, Any], parts: dict[str, str]) -> dict[str, Any]:
    """What of a report's dictionary shows the post's own words, masked.

    Args:
        report: the dictionary.
        parts: the published parts as ``Report.redacted`` gives them.
    """

    def one(finding: dict[str, Any]) -> dict[str, Any]:
        text = parts.get(finding["part"], "")[finding["start"] : finding["end"]]
        if len(text) != len(finding["text"]):
            text = MASK * len(finding["text"])
        return finding | {"text": text, "evidence": finding["evidence"] if text == finding["text"] else []}

    return {
        "title": parts.get("title", ""),
        "findings": [one(finding) for finding in report["findings"]],
        "exempted": [each | {"finding": one(each["finding"])} for each in report["exempted"]],
    }


def encoded(value: object) -> bytes:
    """JSON; what a lone surrogate would make impossible is escaped."""
    try:
        return ENCODER.encode(value)
    except UnicodeEncodeError:
        import json

        return json.dumps(value, ensure_ascii=True).encode()


def answer(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON response."""
    return Response(encoded(value), status, headers, "application/json")


def refusal(status: int, message: str, **more: object) -> Response:
    """An error as every endpoint gives it: ``{"error": …}``."""
    headers = {"Retry-After": "1"} if status in (429, 503) else None
    return answer({"error": message, **more}, status, headers)
