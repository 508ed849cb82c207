"""What a rule says of its findings, it says in its lexicon: an office's own rule can say it like a shipped one."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from archives import jsonl

from govmedia_screen import LexiconError, Post, Screener
from govmedia_screen.acceptance.waivers import barred
from govmedia_screen.archive.inspection.data import family_grid
from govmedia_screen.archive.inspection.inspection import inspect
from govmedia_screen.archive.inspection.quarters import Quarter
from govmedia_screen.archive.scan import scan
from govmedia_screen.detectors.base import Reading
from govmedia_screen.finding import Finding, Level
from govmedia_screen.lexicon.lexicon import load
from govmedia_screen.lexicon_tools.articles import by_article
from govmedia_screen.matching.fold import Fold
from govmedia_screen.profile import Profile
from govmedia_screen.report.shown import shown

SOURCE = Path(__file__).parents[1] / "src/govmedia_screen"
RULE = """[[rule]]
id = "{id}"
level = "{level}"
message = "本单位的规则"
basis = "{basis}"
terms = '''
{term}
'''
hit = ["关于{term}的通报"]
miss = ["今日晴"]
"""


def office(
    folder: Path, *keys: str, id: str = "bureau.plan", level: str = "block", term: str = "甲七工程", basis: str = "第二十条"
) -> Path:
    """A lexicon folder with one rule of the office's own."""
    folder.mkdir(exist_ok=True)
    text = RULE.format(id=id, level=level, term=term, basis=basis)
    (folder / "own.toml").write_text(text + "".join(f"{key}\n" for key in keys), "utf-8")
    return folder


def one(screener: Screener, body: str = "关于甲七工程的通报") -> Finding:
    """The only finding of the office's family."""
    (found,) = [found for found in screener.screen(body).findings if found.family == "bureau"]
    return found


def test_masked_and_hidden(tmp_path: Path) -> None:
    plain, masked, hidden = (
        Screener(lexicons=office(tmp_path / name, *keys))
        for name, keys in (("plain", ()), ("masked", ("masked = true",)), ("hidden", ("hidden = true",)))
    )
    body = "关于甲七工程的通报"

    assert [one.screen(body).redacted()["body"] for one in (plain, masked, hidden)] == [body, "关于＊＊＊＊的通报", body]
    assert [shown(one.screen(body)).findings[0].text for one in (plain, masked, hidden)] == ["甲七工程", "甲七工程", "＊＊＊＊"]


@pytest.mark.parametrize(
    ("waive", "level", "is_barred"), [("author", "review", False), ("author", "block", True), ("profile", "note", True)]
)
def test_who_may_waive(tmp_path: Path, waive: str, level: str, is_barred: bool) -> None:
    screener = Screener(lexicons=office(tmp_path / "a", f'waive = "{waive}"', level=level))

    assert barred(one(screener), Profile()) is is_barred
    assert not barred(one(screener), Profile(settings={"waivable": ["bureau.plan"]}))


def test_nobody_may_waive_what_nobody_may_waive(tmp_path: Path) -> None:
    screener = Screener(lexicons=office(tmp_path / "a", 'waive = "nobody"', level="note"))

    assert barred(one(screener), Profile(settings={"waivable": ["bureau.plan"]}))


def test_harmful_findings_of_one_place_are_one(tmp_path: Path) -> None:
    """Beside a shipped rule of another family; and letters in between are seen through."""
    apart = Screener(lexicons=office(tmp_path / "a", term="代开发票找我", basis="第十三条(三)"))
    harmful = Screener(lexicons=office(tmp_path / "b", "harmful = true", term="代开发票找我", basis="第十三条(三)"))
    body = "代开发票找我，加微信，点数低。"

    assert {found.family for found in apart.screen(body).findings} == {"bureau", "economic-security"}
    assert {found.family for found in harmful.screen(body).findings} == {"bureau"}
    assert Fold.LETTERS in harmful.lexicon["bureau.plan"].folds
    assert Fold.LETTERS not in apart.lexicon["bureau.plan"].folds


def test_an_office_names_its_own_family_and_what_holds_for_it(tmp_path: Path) -> None:
    folder = office(tmp_path / "a")
    (folder / "families.toml").write_text('[[family]]\nid = "bureau"\nname = "本局规定"\nmasked = true\nveto = "泄露工程"\n', "utf-8")
    screener = Screener(lexicons=folder)

    assert screener.lexicon.families.name("bureau") == "本局规定"
    assert screener.lexicon.families.name("privacy") == "个人信息"
    assert screener.lexicon.families.name("nobodys") == "nobodys"
    assert screener.screen("关于甲七工程的通报").redacted()["body"] == "关于＊＊＊＊的通报"
    assert screener.lexicon.veto("bureau.plan") == screener.lexicon.veto("bureau.gone") == "泄露工程"


def test_a_rule_says_otherwise_than_its_family(tmp_path: Path) -> None:
    screener = Screener(lexicons=office(tmp_path / "a", "masked = false", 'veto = ""', id="secrecy.plan"))
    (found,) = screener.screen("关于甲七工程的通报").findings

    assert screener.lexicon["secrecy.internal"].traits.masked
    assert not found.traits.masked
    assert found.traits.waive == "profile"
    assert screener.lexicon.veto("secrecy.plan") == ""


def test_an_inspection_takes_vetoes_and_names_from_the_offices_rules(tmp_path: Path) -> None:
    folder = office(tmp_path / "a", 'veto = "泄露工程"')
    (folder / "families.toml").write_text('[[family]]\nid = "bureau"\nname = "本局规定"\n', "utf-8")
    screener = Screener(lexicons=folder)
    made = [{"account": "河口镇发布", "body": "关于甲七工程的通报", "published_at": "2026-07-02"}]
    scan([jsonl(tmp_path / "a.jsonl", made)], tmp_path / "out", screener)

    result = inspect(tmp_path / "out", Quarter(2026, 3), lexicon=screener.lexicon, today=date(2026, 10, 8))

    assert result.accounts[0].vetoes == {"泄露工程": 1}
    assert "本局规定" in [row[0] for row in family_grid(result).rows]


def test_an_offices_rule_answers_the_article_that_its_basis_names(tmp_path: Path) -> None:
    lexicon = load([office(tmp_path / "a", basis="第二条、第十九条；《某条例》第三条、第四条；GB 1")])
    answered = [article for (article, _), rules in by_article(lexicon).items() if lexicon["bureau.plan"] in rules]

    assert lexicon["bureau.plan"].articles == ("第二条", "第十九条")
    assert answered == ["第二条", "第十九条"]


def test_a_callers_own_detector_has_its_familys_traits() -> None:
    class Own:
        family = "privacy"

        def find(self, reading: Reading) -> Iterable[Finding]:
            return [Finding("privacy.own", Level.REVIEW, "body", 0, 4, reading.body[:4], "本单位的")]

    report = Screener(extra=[Own()]).screen(Post("甲七工程的通报"))

    assert report.redacted()["body"] == "＊＊＊＊的通报"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[[family]]\nid = "bureau"\nname = 5\n', 3, "name 应写成"),
        ('[[family]]\nid = "bureau"\nname = "局"\nmaskd = true\n', 4, "是不是 masked"),
        ('[[family]]\nid = "bureau"\nname = "局"\nwaive = "me"\n', 4, '"author" 或 "profile" 或 "nobody"'),
        ('[[family]]\n\nname = "局"\n', 1, "缺少 id"),
        ('[family]\nid = "bureau"\n', 1, "family 应写成 [[family]]"),
        ('[[famly]]\nid = "bureau"\n', 1, "不认识的表“famly”"),
        ('[[article]]\nid = "第一条"\n', 1, "缺少 asks"),
        ("[[family]]\nid = “bureau”\n", 2, "中文引号"),
    ],
)
def test_slips_in_families_are_told_with_their_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    (tmp_path / "families.toml").write_text(text, "utf-8")

    with pytest.raises(LexiconError) as refused:
        load([tmp_path])
    assert any(one.startswith(f"families.toml:{line}: ") and says in one for one in refused.value.problems), refused.value.problems


def test_no_rule_is_named_outside_the_rooms_that_find() -> None:
    """Only detectors and the register's checks know rules by their ids; the inspection leaves out what it says itself."""
    known = load().rules.keys()
    named = {
        (path.relative_to(SOURCE).parts[0], node.value)
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] not in {"detectors", "accounts"}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known
    }

    assert named == {("archive", "inspection.veto"), ("archive", "inspection.absent"), ("archive", "cadence.silent")}
