"""Tools for an office's lexicon: words come in from the files that offices have, and go out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from govmedia_screen import Screener
from govmedia_screen.cli import main
from govmedia_screen.lexicon.lexicon import load
from govmedia_screen.lexicon_tools.check import check
from govmedia_screen.lexicon_tools.edit import take_out, words_of
from govmedia_screen.lexicon_tools.finding_words import find

ROOT = Path(__file__).parents[1]
OFFICE = Path(__file__).parent / "data/office"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_words_come_in_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "词.txt").write_bytes("甲乙丙词\r\n\r\n 丁戊己词　\r\n甲乙丙词\r\n单\r\n".encode(encoding))

    assert words_of(tmp_path / "词.txt") == [("甲乙丙词", ""), ("丁戊己词", ""), ("单", "")]


def test_import_makes_a_rule_that_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "词.csv").write_bytes("序号,词条,改为\r\n1,攻坚克男,攻坚克难\r\n2,单,\r\n".encode("gb18030"))

    assert main(["lexicon", "import", str(tmp_path / "词.csv"), str(tmp_path / "own"), "wording.own"]) == 0
    assert "未导入 单" in capsys.readouterr().out
    assert main(["lexicon", "check", str(tmp_path / "own")]) == 0
    (found,) = [one for one in Screener(lexicons=tmp_path / "own").screen("要攻坚克男").findings if one.rule == "wording.own"]
    assert (found.text, found.suggestion) == ("攻坚克男", "攻坚克难")


def test_export_and_import_again(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason='needs the extra: pip install "govmedia-screen[archive]"')
    rules = [
        rule
        for rule in Screener(lexicons=OFFICE).rules
        if rule.id.startswith(("office.", "wording.style-office", "wording.character-office"))
    ]
    terms = sorted(term for rule in rules for term, _ in rule.terms)

    for name in ("a.xlsx", "a.csv"):
        assert take_out(rules, tmp_path / name) == len(terms)
        assert sorted(term.lstrip("'") for term, _ in words_of(tmp_path / name)) == terms


def test_format_is_idempotent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "words").mkdir()
    path = tmp_path / "words/a.txt"
    path.write_bytes("# 说明\r\n乙词条\r\n 甲词条\r\n乙词条\r\n".encode("gb18030"))

    assert main(["lexicon", "format", str(tmp_path)]) == 0
    assert path.read_text("utf-8") == "# 说明\n乙词条\n甲词条\n"
    assert main(["lexicon", "format", str(tmp_path)]) == 0
    assert "无需整理" in capsys.readouterr().out


def test_diff_says_what_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "post.txt").write_text("这里有线上赌场，加微信abc12345。", "utf-8")

    assert main(["lexicon", "diff", "-", str(OFFICE), str(tmp_path / "post.txt")]) == 0
    out = capsys.readouterr().out
    assert "新增规则 office.test" in out
    assert "新增 拦截 office.test“线上赌场”" in out
    assert "在 1 篇稿件上" in out


def test_accept_for_one_call_and_unused_accepts() -> None:
    screener = Screener(lexicons=OFFICE)

    assert [one.text for one in screener.screen("这里有线上赌场").findings if one.rule.startswith("office.")] == ["线上赌场"]
    assert not [
        one for one in screener.screen("影片《天下》又名线上赌场风云", accept=["线上赌场风云"]).findings if one.rule.startswith("office.")
    ]
    assert "大麻籽油" in screener.unused_accepts()
    screener.screen("大麻籽油")
    assert "大麻籽油" not in screener.unused_accepts()


SETTING = """[[rule]]
id = "office.sample"
level = "review"
message = "示例"
basis = "第十三条(三)"
terms = '''
示例词条
'''
hit = ["set_provenance=true‖body=有示例词条"]
miss = ["set_provenance=true‖body=没有"]
"""


def test_an_example_with_a_setting_is_tried_with_the_offices_lexicon(tmp_path: Path) -> None:
    """A rule of the office's own finds its example under a setting too."""
    (tmp_path / "a.toml").write_text(SETTING, "utf-8")

    assert check([tmp_path])[0] == []


def test_words_are_found_with_rule_place_and_excuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A term in a file of words, a term in a rule, a cue, an accepted phrase, an office's own: each with its file and line."""
    (tmp_path / "a.toml").write_text(
        SETTING.replace("hit =", "near = '''\n甲乙旁证\n'''\nhit =").replace("有示例词条", "甲乙旁证示例词条"), "utf-8"
    )
    lexicon = load([tmp_path])
    (own,) = find(lexicon, "示例词条")
    assert (own.owner, own.role, own.origin) == ("office.sample", "词条", "a.toml:7")
    assert any("甲乙旁证" in excuse for excuse in own.excuses)
    (near,) = find(lexicon, "甲乙旁证")
    assert (near.role, near.origin) == ("须有", "a.toml:10")
    for query in ("线上赌场", "气枪", "代开发票"):
        places = list(find(lexicon, query))
        assert any(one.role == "词条" for one in places)
        for one in places:
            name, line = one.origin.split(":")
            written = (ROOT / "lexicons" / name).read_text("utf-8").splitlines()[int(line) - 1]
            assert one.word.partition(" →")[0] in written, one
    assert main(["rules", "find", "气枪", "--lexicons", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "public-security/arms.toml:" in out
    assert "不算：" in out
    assert main(["rules", "find"]) == 2
