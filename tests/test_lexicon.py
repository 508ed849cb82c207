"""The lexicon loader: an editor's slips are refused with file, line and the way out."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from screeners import SCREENER
from govmedia_screen import LexiconError, Screener
from govmedia_screen.cli import main
from govmedia_screen.lexicon.lexicon import load
from govmedia_screen.lexicon.tables import CueTable, FoldName, RuleTable, VariantName
from govmedia_screen.lexicon_tools.check import check
from govmedia_screen.matching.fold import EVERY
from govmedia_screen.matching.variants import LABELS

OFFICE = Path(__file__).parent / "data/office"
GOOD = """[[rule]]
id = "stability.sample"
level = "review"
message = "示例"
basis = "第十三条(三)"
terms = \'\'\'
示例词条
\'\'\'
hit = ["有示例词条"]
miss = ["没有"]
"""


def folder(tmp_path: Path, text: str | bytes, name: str = "a.toml") -> Path:
    """A lexicon folder with one file."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path


def test_bom_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    """A file as 记事本 saves it."""
    lexicon = load([folder(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())], shipped=False)

    assert lexicon["stability.sample"].terms == (("示例词条", None),)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('"review"', "“review”", 3, "中文引号"),
        ("level =", "level＝", 3, "全角"),
        ('"review"', '"severe"', 3, "note、review 或 block"),
        ('message = "示例"\n', "", 1, "缺少 message"),
        ('miss = ["没有"]\n', "", 1, "缺少 miss"),
        ('hit = ["有示例词条"]', 'hit = "有示例词条"', 9, "应写成"),
        ("message =", "mesage =", 4, "不认识的键“mesage”"),
        ("示例词条\n", "示例词条\n“引号词”\n", 8, "不要加引号"),
        ("示例词条\n", "示例词条\n词一，词二\n", 8, "一行一个词"),
        ("示例词条\n", "示例词条\n赌\n", 8, "只有一个字"),
        ("示例词条\n", "示例\u200b词条\n", 7, "U+200B"),
        ("示例词条\n", "示例词条\n示例词条\n", 1, "重复"),
        ("示例词条\n", "示例词条 → 示例词条\n", 7, "改前改后相同"),
        ("'''\nhit", "hit", 6, "没有配对"),
        ('"stability.sample"', '"Stability 1"', 2, "规则号"),
        ("[[rule]]", "[[rules]]", 1, "不认识的表"),
        ('basis = "第十三条(三)"', 'basis = "第十三条(三)"\nfold = ["wide"]', 6, "fold"),
        ('basis = "第十三条(三)"', 'basis = "第十三条(三)"\npatterns = "(未闭合"', 6, "写错了"),
        ('basis = "第十三条(三)"', 'basis = "第十三条(三)"\npatterns = "x*"', 6, "什么都能匹配"),
        ('basis = "第十三条(三)"', 'basis = "第十三条(三)"\nafter = "(未闭合"', 6, "写错了"),
        ('basis = "第十三条(三)"', 'basis = "第十三条(三)"\nafter = "目?"', 6, "什么都能匹配"),
        ('basis = "第十三条(三)"', 'basis = "第十三条(三)"\nnot_before = "目.*前"', 6, "写明次数"),
        ('basis = "第十三条(三)"', 'basis = "第十三条(三)"\nbefore = 5', 6, "一行一个词"),
        ('basis = "第十三条(三)"', 'basis = "第十三条(三)"\nuntil = "明年"', 6, "until"),
        ('basis = "第十三条(三)"', 'basis = "第十三条(三)"\nwords = "words/none.txt"', 6, "找不到词表"),
    ],
)
def test_slips_are_refused(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    """Each slip is named with its line and what to do."""
    with pytest.raises(LexiconError) as caught:
        load([folder(tmp_path, GOOD.replace(old, new, 1))], shipped=False)

    assert any(problem.startswith(f"a.toml:{line}: ") and says in problem for problem in caught.value.problems), caught.value


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """An editor mends a file in one go."""
    folder(tmp_path, GOOD.replace("示例词条\n", "赌\n“词”\n", 1))
    folder(tmp_path, GOOD.replace('"review"', '"x"'), "b.toml")

    with pytest.raises(LexiconError) as caught:
        load([tmp_path], shipped=False)

    assert len(caught.value.problems) == 3


def test_wrong_encoding_is_named(tmp_path: Path) -> None:
    """A GBK file is refused with the way out."""
    with pytest.raises(LexiconError, match="另存为 UTF-8"):
        load([folder(tmp_path, GOOD.encode("gbk"))], shipped=False)


def test_missing_folder_is_named() -> None:
    """A folder that is not there is an error, not an empty lexicon."""
    with pytest.raises(LexiconError, match="找不到词库文件夹"):
        load(["/nowhere/at/all"])


def test_shipped_lexicons_prove_themselves() -> None:
    """Every shipped entry finds itself and every example behaves."""
    problems, summary = check([])

    assert problems == []
    assert "词条" in summary


def test_office_lexicon_proves_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says how much was tried."""
    assert main(["lexicon", "check", str(OFFICE)]) == 0
    assert "3 条规则，10 个词条" in capsys.readouterr().out


def test_example_that_does_not_behave_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With file and line, exit code 1."""
    folder(tmp_path, GOOD.replace('["没有"]', '["也有示例词条"]'))

    assert main(["lexicon", "check", str(tmp_path)]) == 1
    assert "a.toml:1: 规则 stability.sample 的例句“也有示例词条”被误伤" in capsys.readouterr().out


def test_entry_that_cannot_be_found_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An accepted phrase that equals an entry silences it; the check says so."""
    folder(tmp_path, GOOD)
    (tmp_path / "accept.txt").write_text("示例词条\n", "utf-8")

    assert main(["lexicon", "check", str(tmp_path)]) == 1
    assert "“示例词条”找不到自己" in capsys.readouterr().out


def test_office_rule_replaces_shipped_rule(tmp_path: Path) -> None:
    """The same id in an office's folder wins."""
    shipped = SCREENER.rules[0]
    text = GOOD.replace("stability.sample", shipped.id)

    rule = load([folder(tmp_path, text)])[shipped.id]

    assert rule.message == "示例"


def test_reload_keeps_the_old_lexicon_when_the_new_one_is_broken(tmp_path: Path) -> None:
    """Reload is atomic, and says why it was refused."""
    screener = Screener(lexicons=folder(tmp_path, GOOD))
    folder(tmp_path, GOOD.replace('"review"', '"x"'))

    with pytest.raises(LexiconError):
        screener.reload()

    assert screener.screen("有示例词条").findings
    folder(tmp_path, GOOD.replace("示例词条", "另外词条"))
    screener.reload()
    assert not screener.screen("有示例词条").findings
    assert screener.screen("有另外词条").findings


def test_rules_may_lie_in_folders(tmp_path: Path) -> None:
    """A rule in a family's folder finds its words beside it, or at the top; other folders are left alone."""
    for place, words in (
        ("words/a.txt", "示例词条\n"),
        ("office/words/b.txt", "另一词条\n"),
        ("office/sub/words/c.toml", GOOD),
        (".git/x.toml", "?"),
    ):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(words, "utf-8")
    text = GOOD.replace("terms = '''\n示例词条\n'''", 'words = ["words/a.txt", "words/b.txt"]')
    lexicon = load([folder(tmp_path, text, "office/a.toml")], shipped=False)

    assert [term for term, _ in lexicon["stability.sample"].terms] == ["示例词条", "另一词条"]
    assert lexicon["stability.sample"].origin == "office/a.toml:1"
    version = lexicon.version
    (tmp_path / "office/words/b.txt").write_text("又一词条\n", "utf-8")
    changed = load([tmp_path], shipped=False)
    assert changed.version != version
    assert changed["stability.sample"].terms[1] == ("又一词条", None)


def test_a_shipped_rule_lies_in_its_familys_folder() -> None:
    """So that an editor finds it."""
    for rule in load():
        assert rule.origin.startswith(f"{rule.family}/"), rule.id


WRONG: tuple[tuple[type, str], ...] = (
    (int, "5"),
    (float, "0.5"),
    (bool, "true"),
    (str, '"二十"'),
    (list, "[1]"),
    (list, '["词", 5]'),
    (dict, "{ a = 1 }"),
    (date, "2026-01-01"),
    (datetime, "2026-01-01T00:00:00"),
)
#: What a key may be, besides its own type: a list of texts may be a text.
RIGHT = {
    "near_distance": (int,), "not_near_distance": (int,), "boundary": (bool,), "trigger": (bool,), "since": (date,), "until": (date,),
    "hit": (), "miss": (), "fold": (), "variants": (), "label": (str,), "covers": (bool,), "safe": (bool,), "enough": (int,),
    "masked": (bool,), "hidden": (bool,), "harmful": (bool,), "yields": (bool,), "in_list": (bool,),
}  # fmt: skip
CUE = "[[cue]]\nid = \"a.b\"\nterms = '''\n词条\n'''\n"


@pytest.mark.parametrize(("kind", "base"), [(RuleTable, GOOD), (CueTable, CUE)])
def test_every_key_of_a_wrong_type_is_refused_with_its_line(tmp_path: Path, kind: type[msgspec.Struct], base: str) -> None:
    """Each key is fed each kind of value: what is not its own is refused, on the line where it stands."""
    tried = 0
    for field in msgspec.structs.fields(kind):
        without = "\n".join(line for line in base.split("\n") if not re.match(rf"{field.name}\s*=", line))
        if field.name == "terms":
            without = without.replace("示例词条\n'''\n", "").replace("词条\n'''\n", "")
        for value_type, value in WRONG:
            if value_type in RIGHT.get(field.name, (str,)):
                continue
            text = without.rstrip("\n") + f"\n{field.name} = {value}\n"
            with pytest.raises(LexiconError) as caught:
                load([folder(tmp_path, text)], shipped=False)
            line = text.count("\n")
            assert any(one.startswith(f"a.toml:{line}: ") and field.name in one for one in caught.value.problems), (value, caught.value)
            tried += 1
    assert tried >= (40 if kind is CueTable else 150)


def test_names_of_disguises_are_those_of_the_matcher() -> None:
    """The names that an editor may write are those that the matcher knows."""
    assert set(get_args(FoldName)) == set(EVERY.names)
    assert set(get_args(VariantName)) == set(LABELS)


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    """``rule = 5`` and ``[rule]`` are no rules."""
    for text in ("rule = 5\n", "cue = [1]\n", '[rule]\nid = "a.b"\n'):
        with pytest.raises(LexiconError, match=r"a\.toml:1: (rule|cue) 应写成 \[\[(rule|cue)\]\]"):
            load([folder(tmp_path, text)], shipped=False)


def test_lists_are_shared(tmp_path: Path) -> None:
    """``@name`` stands for the words of ``shared/name.txt``, beside others, in this folder or one below it."""
    (tmp_path / "one/shared").mkdir(parents=True)
    (tmp_path / "one/shared/places.txt").write_text("# 说明\n甲地\n乙地\n", "utf-8")
    (tmp_path / "two").mkdir()
    lines = "near = \"@places\"\nnot_near = '''\n乙地\n@places\n丙地\n'''\nunless = [\"@places\", \"示例词条之外\"]\n"
    lexicon = load([tmp_path / "one", folder(tmp_path / "two", GOOD + lines)], shipped=False)
    rule = lexicon["stability.sample"]

    assert rule.near == ("甲地", "乙地")
    assert rule.not_near == ("乙地", "甲地", "丙地")
    assert rule.unless == ("甲地", "乙地", "示例词条之外")
    with pytest.raises(LexiconError) as caught:
        load([tmp_path / "two"], shipped=False)
    assert {one.split(" ")[0] for one in caught.value.problems} == {"a.toml:11:", "a.toml:14:", "a.toml:17:"}
    assert all("找不到共用词表 @places" in one for one in caught.value.problems)


def test_an_offices_shared_list_stands_for_the_shipped_one(tmp_path: Path) -> None:
    """A list of the same name replaces it, for the shipped rules too."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/offer.txt").write_text("本地行话\n", "utf-8")

    assert "本地行话" in load([tmp_path])["unlawful.goods-offer"].near
