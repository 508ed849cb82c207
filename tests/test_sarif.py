"""Formats for code review: valid by their own rules, with the right line and column."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from govmedia_screen import Level, Profile, Report, Screener
from govmedia_screen.documents import Document, of_text
from govmedia_screen.profile import Exemption
from govmedia_screen.render import renderer
from govmedia_screen.acceptance.waivers import screened

DATA = Path(__file__).parent / "data"
LISTED = Profile(families={"commercial": False, "opinion": False})
SCREENER = Screener(LISTED, DATA / "office")
VALIDATOR = Draft7Validator(json.loads((DATA / "sarif-schema-2.1.0.json").read_text("utf-8")))
TEXT = "---\r\ntitle: 无事\r\n---\r\n😀\t第一行，这里有线上赌场。\r\n<!-- govmedia: allow-file wording — 照录 -->\r\n己经完成，% 与,:。\r\n"


def results(text: str = TEXT, name: str = "稿/一 稿.md") -> list[tuple[Document, Report]]:
    return screened([of_text(text, name)], SCREENER)[0]


def sarif(found: list[tuple[Document, Report]]) -> dict[str, object]:
    log = json.loads(renderer("sarif")(found))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    run: dict[str, object] = log["runs"][0]
    return run


def test_schema_refuses_what_is_not_sarif() -> None:
    log = json.loads(renderer("sarif")(results()))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0
    log["runs"][0]["colour"] = "red"

    assert len(list(VALIDATOR.iter_errors(log))) == 2


def test_sarif_has_line_and_column_in_code_points() -> None:
    run = sarif(results())

    assert run["columnKind"] == "unicodeCodePoints"
    result = next(one for one in run["results"] if one["ruleId"].startswith("office"))
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E7%A8%BF/%E4%B8%80%20%E7%A8%BF.md"
    region = place["region"]
    assert (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) == (4, 10, 4, 14)
    assert TEXT[region["charOffset"] :][: region["charLength"]] == "线上赌场"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_what_is_accepted_is_suppressed_not_left_out() -> None:
    waived = next(one for one in sarif(results())["results"] if one["ruleId"].startswith("wording"))
    assert waived["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "照录"}]
    assert waived["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "已经"

    document, report = results()[0]
    finding = report.findings[0]
    accepted = replace(report, findings=(), exempted=((finding, Exemption(finding.rule, "普法", date(2030, 1, 1))),))
    assert sarif([(document, accepted)])["results"][0]["suppressions"][0]["kind"] == "external"


@pytest.mark.parametrize("text", ["", "\ud800线上赌场\x00\x1b]", "线上赌场" * 3, "😀" * 50 + "线上赌场\u2028己经"])
def test_odd_texts_are_valid_in_every_format(text: str) -> None:
    found = results(text, "a.txt")

    sarif(found)
    ET.fromstring(renderer("junit")(found).encode("utf-8", "surrogatepass"))
    json.loads(renderer("gitlab")(found))
    assert all(line.startswith("::") for line in renderer("github")(found).split("\n")[:-1])


def test_what_was_not_screened_is_told() -> None:
    screener = Screener(replace(LISTED, max_characters=3), DATA / "office")
    found = screened([of_text("比三个字长", "a.txt")], screener)[0]

    assert "3" in sarif(found)["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert "::warning file=a.txt::" in renderer("github")(found)
    assert ET.fromstring(renderer("junit")(found)).get("failures") == "1"


def test_github_escapes() -> None:
    line = renderer("github")(results("己经\n", "a,b:%.txt"))

    assert line.startswith("::warning file=a%2Cb%3A%25.txt,line=1,endLine=1,col=1,endColumn=3,title=wording.character")


def test_junit_counts_what_fails() -> None:
    found = [
        *results(),
        *results("今天天气晴。", "b.txt"),
        *results("己经完成。", "c.txt"),
        *results("线上赌场，加微信abc12345。", "d.txt"),
    ]

    suite = ET.fromstring(renderer("junit")(found, fail_on=Level.REVIEW))
    assert (suite.get("tests"), suite.get("failures")) == ("4", "3")
    assert [bool(case.findall("failure")) for case in suite.iter("testcase")] == [True, False, True, True]
    strict = ET.fromstring(renderer("junit")(found, fail_on=Level.BLOCK))
    assert [bool(case.findall("failure")) for case in strict.iter("testcase")] == [False, False, False, True]
    assert "c.txt:1:1" in (strict.findall(".//testcase")[2].findtext("system-out") or "")


def test_gitlab_fingerprints_are_unique_and_stay() -> None:
    before = json.loads(renderer("gitlab")(results("己经完成。\n己经完成。\n", "a.txt")))
    after = json.loads(renderer("gitlab")(results("新的一行。\n\n己经完成。\n己经完成。\n", "a.txt")))

    assert len({one["fingerprint"] for one in before}) == 2
    assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
    assert [one["location"]["lines"]["begin"] for one in after] == [3, 4]
