"""Generated tables are what their tools make: nobody mended one by hand, and no tool was changed without them."""

from __future__ import annotations

import importlib.util
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: The version of Unicode's database that the shipped table was made from; another Python carries another.
UNICODE = "14.0.0"


@pytest.mark.skipif(unicodedata.unidata_version != UNICODE, reason="this Python has another version of Unicode's database")
def test_the_fold_table_is_what_its_tool_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opencc")
    spec = importlib.util.spec_from_file_location("make_fold_table", ROOT / "tools/make_fold_table.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    monkeypatch.setattr(tool, "OUT", tmp_path / "fold.bin")
    tool.main()

    assert (tmp_path / "fold.bin").read_bytes() == (ROOT / "src/govmedia_screen/data/fold.bin").read_bytes()
