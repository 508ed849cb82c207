"""What travels to a cluster's workers, and what a worker refuses."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from screeners import SCREENER
from govmedia_screen import InputError, Screener
from govmedia_screen.batch.arrow import fields_of, screen_table
from govmedia_screen.cluster.shipment import DriftError, Shipment

RULE = '''[[rule]]
id = "office.test"
level = "block"
message = "示例"
basis = "第十三条"
terms = """
秋粮收购
"""
hit = ["秋粮收购"]
miss = ["夏粮收购"]
'''


def test_lexicons_travel_as_content(tmp_path: Path) -> None:
    """The folder need not be there any more when the worker makes its screener."""
    folder = tmp_path / "lexicons"
    folder.mkdir()
    (folder / "office.toml").write_text(RULE, "utf-8")
    screener = Screener(lexicons=folder)
    data = pickle.dumps(Shipment.of(screener))
    (folder / "office.toml").unlink()
    folder.rmdir()

    made = pickle.loads(data).screener()

    assert made.fingerprint == screener.fingerprint
    assert [one.rule for one in made.screen("秋粮收购开始了。").findings] == ["office.test"]


@pytest.mark.parametrize(("part", "name"), [("lexicons", "词库"), ("models", "模型"), ("program", "程序")])
def test_a_drifted_worker_is_refused_and_both_are_named(part: str, name: str) -> None:
    shipment = Shipment.of(SCREENER)
    there = dict(shipment.parts)
    drifted = replace(shipment, parts=tuple(sorted((there | {part: "0123456789abcdef"}).items())))

    with pytest.raises(DriftError, match=f"{name}：发起方 0123456789abcdef，本节点 {there[part]}"):
        drifted.screener()
    assert replace(shipment, parts=tuple(sorted((there | {"core": ""}).items()))).screener()


def test_columns_and_versions() -> None:
    table = pa.table({"文": ["住户证件610881199003071231，请核对。"], "别的": ["x"]})
    screener = SCREENER

    with pytest.raises(InputError, match="没有正文列"):
        fields_of(table.column_names)
    with pytest.raises(InputError, match="没有列 字"):
        fields_of(table.column_names, {"字": "body"})
    with pytest.raises(InputError, match="没有字段 bodi"):
        fields_of(table.column_names, {"文": "bodi"})
    (row,) = screen_table(screener, table, ["别的"], {"文": "body"}).to_pylist()
    assert (row["decision"], row["别的"]) == ("block", "x")
    assert json.loads(row["versions"])["fingerprint"] == screener.fingerprint
