"""The HTML report in a real browser: it opens offline and shows the text with every finding in place."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from govmedia_screen import Post, Screener
from govmedia_screen.documents import Document
from govmedia_screen.render.html import render
from govmedia_screen.report.report import Report

OFFICE = Path(__file__).parent / "data/office"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def page(report: Report) -> str:
    """The page of one report."""
    return render([(Document("稿件.txt", report.post), report)])


@pytest.mark.skipif(not BROWSER, reason="no chromium here; tools/system.sh installs it where it may")
def test_page_opens_offline(tmp_path: Path) -> None:
    """What the browser shows is the post, with its findings as links to the table, and nothing asked of a network."""
    body = "第一段 <b>&\n\n这里有线上赌场，加微信abc12345。线*上*賭*场\n“尾”"
    report = Screener(lexicons=OFFICE).screen(Post(title="标题：线上赌场", body=body))
    (tmp_path / "r.html").write_text(page(report), "utf-8")

    done = subprocess.run(
        [BROWSER, *FLAGS, f"--user-data-dir={tmp_path}/profile", "--dump-dom", (tmp_path / "r.html").as_uri()],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip

    dom = done.stdout
    shown = unescape(re.sub("<[^>]+>", "", re.search(r'<div class="post">(.*?)</div>', dom, re.DOTALL)[1]))
    assert shown == body
    marks = re.findall(r'<a class="(note|review|block)" href="#f(\d+)"', dom)
    numbers = range(1, len(report.findings) + 1)
    assert all(f'id="f{number}"' in dom and f'id="m{number}"' in dom for number in numbers)
    assert {int(number) for _, number in marks} <= {*numbers}
    assert "线*上*賭*场" in "".join(re.findall(r'<a class="block"[^>]*>([^<]*)</a>', dom))
    assert not re.search(r'(?:src|href)=(?!"#)', dom.split("<body>")[1])


def test_hostile_text_stays_text() -> None:
    """Nothing of a post becomes markup."""
    post = Post(title="<script>alert(1)</script>", body='"><img src=x onerror=alert(1)>线上赌场</div>\u202e\x00')
    made = page(Screener(lexicons=OFFICE).screen(post))

    assert made.count("<script") == made.count("</script") == 1
    assert made.index("<script") > made.index("&lt;script&gt;alert")
    assert "<img" not in made
    assert "\u202e" not in made
    assert made.count("</div>") == made.count("<div")
