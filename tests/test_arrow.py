"""The Arrow seam: one row in, one row out, whatever the row is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import posts

from screeners import SCREENER
from govmedia_screen import InputError, Post
from govmedia_screen.batch.arrow import SCHEMA

DOC = Path(__file__).parent.parent / "docs/scale.md"


@settings(max_examples=100)
@given(st.lists(st.tuples(posts, posts), max_size=6))
def test_same_as_screen(pairs: list[tuple[str, str]]) -> None:
    """The rows say what the reports say (Arrow holds no lone surrogates, so the texts are without)."""
    pairs = [(title.encode("utf-8", "replace").decode(), body.encode("utf-8", "replace").decode() or "空") for title, body in pairs]
    batch = pa.RecordBatch.from_pydict(
        {"title": [one for one, _ in pairs], "body": [two for _, two in pairs]}, pa.schema([("title", pa.string()), ("body", pa.string())])
    )

    out = SCREENER.screen_batch(batch)

    assert out.schema.equals(SCHEMA)
    for row, (title, body) in zip(out.to_pylist(), pairs, strict=True):
        report = SCREENER.screen(Post(title=title, body=body)).to_dict()
        assert (row["decision"], row["review_tier"], row["digest"]) == (report["decision"], report["review_tier"], report["digest"])
        for found, wanted in zip(row["findings"], report["findings"], strict=True):
            assert found["score"] == pytest.approx(wanted["score"], abs=1e-3)
            assert all(found[key] == wanted[key] for key in found if key != "score")


@pytest.mark.parametrize("name", ["body", "正文", "内容", "Text", " content "])
def test_columns_by_name(name: str) -> None:
    """English and Chinese names; other columns do not matter."""
    batch = pa.RecordBatch.from_pydict({"无关": [1], name: ["此件为内部资料，请勿外传。"], "发布时间": [datetime(2026, 7, 1)], "编号": [7]})

    assert SCREENER.screen_batch(batch).to_pylist()[0]["id"] == "7"


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.binary(), pa.string_view()])
def test_every_kind_of_string(kind: pa.DataType) -> None:
    """However the text is held."""
    text = "此件为内部资料，请勿外传。"
    plain = pa.array([text])
    body = plain.dictionary_encode() if pa.types.is_dictionary(kind) else plain.cast(kind)

    out = SCREENER.screen_batch(pa.RecordBatch.from_arrays([body], ["body"])).to_pylist()

    assert out[0]["digest"] == SCREENER.screen(text).digest


def test_a_row_that_is_no_post_is_never_a_pass() -> None:
    """Neither an error that stops the work, nor silence."""
    batch = pa.RecordBatch.from_pydict({"body": [None, "晴", "晴"], "kind": [None, "诗歌", "回复"], "title": ["标题", None, None]})

    first, second, third = SCREENER.screen_batch(batch).to_pylist()

    assert first["decision"] == "pass"  # a title alone is a post
    assert second["decision"] == "review"
    assert "诗歌" in second["incomplete"][0]["reason"]
    assert not third["incomplete"]
    empty = SCREENER.screen_batch(pa.RecordBatch.from_pydict({"body": pa.array([None], pa.string())})).to_pylist()
    assert (empty[0]["decision"], empty[0]["incomplete"][0]["reason"]) == ("review", "没有正文，也没有标题")


def test_no_body_is_refused() -> None:
    """A batch without the column is the caller's mistake."""
    with pytest.raises(InputError, match="没有正文列"):
        SCREENER.screen_batch(pa.RecordBatch.from_pydict({"标签": ["晴"]}))


def test_an_empty_batch() -> None:
    """Nothing in, nothing out, same schema."""
    assert SCREENER.screen_batch(pa.RecordBatch.from_pydict({"body": pa.array([], pa.string())})).schema.equals(SCHEMA)


@pytest.mark.parametrize("engine", ["duckdb", "polars", "pandas"])
def test_recipe_in_the_documentation(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The three lines for each engine in docs/scale.md run as they stand."""
    pytest.importorskip(engine)
    block = DOC.read_text("utf-8").split(f"<!-- {engine} -->")[1].split("```python\n")[1].split("```")[0]
    pq.write_table(pa.table({"id": ["a", "b"], "body": ["此件为内部资料，请勿外传。", "今日晴。"]}), tmp_path / "posts.parquet")
    monkeypatch.chdir(tmp_path)

    exec(block, {})

    assert pq.read_table(tmp_path / "reports.parquet").column("id").to_pylist() == ["a", "b"]
