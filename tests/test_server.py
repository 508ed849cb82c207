"""The service as callers meet it: a real process, real requests."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

httpx = pytest.importorskip("httpx", reason="needs the development tools: make test installs them")
pytest.importorskip("starlette", reason="needs govmedia_screen[server]")

from screeners import SCREENER  # noqa: E402
from govmedia_screen.server.keys import hashed, made  # noqa: E402

ID = "610881199003071231"
POST = {"title": "公示", "body": f"张三身份证号{ID}。工作己经完成。"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """A running service."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.port, self.log = free_port(), folder / "access.log"
        command = [sys.executable, "-m", "govmedia_screen", "serve", "--port", str(self.port), "--log", str(self.log), *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60)
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError(self.process.stdout.read() if self.process.stdout else "")
            try:
                self.client.get("/style.css")
                return
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError("the service did not start")

    def post(self, path: str, body: Any, **more: Any) -> Any:
        """Send JSON."""
        return self.client.post(path, json=body, **more)

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        self.client.close()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        if self.process.stdout:
            self.process.stdout.close()
        return code


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("service")
    running = Service(folder, "--reviews", str(folder / "reviews.sqlite"), "--max-body", "1")
    yield running
    running.stop()


def test_a_post_is_screened_as_the_library_does(service: Service) -> None:
    from govmedia_screen import Post

    answer = service.post("/v1/screen?personal=1", POST).json()

    assert answer == json.loads(SCREENER.screen(Post(**POST)).to_json())


def test_personal_data_is_masked_unless_asked_for_and_that_is_noted(service: Service) -> None:
    assert ID not in service.post("/v1/screen", POST).text
    assert ID in service.post("/v1/screen?personal=1", POST).text
    lines = [json.loads(line) for line in service.log.read_text("utf-8").splitlines() if line.startswith("{")]
    assert {line["personal"] for line in lines if line["path"] == "/v1/screen"} == {True, False}


def test_the_log_never_holds_what_was_written(service: Service) -> None:
    service.post("/v1/screen", POST)
    service.client.get("/v1/rules/" + "秘密词")
    log = service.log.read_text("utf-8")

    assert "张三" not in log
    assert ID not in log
    assert "秘密词" not in log
    assert "%E7" not in log


def test_safe_replacements_and_masks(service: Service) -> None:
    assert service.post("/v1/screen?fixed=1", POST).json()["fixed"]["body"].endswith("工作已经完成。")
    assert service.post("/v1/redact", {"post": POST}).json()["body"].startswith("张三身份证号610881")
    assert ID not in service.post("/v1/redact", {"post": POST}).text


def test_a_batch_keeps_its_order(service: Service) -> None:
    posts = [{"body": f"第{number}条，今日天气晴。", "id": str(number)} for number in range(40)]

    assert [one["id"] for one in service.post("/v1/screen-batch", {"posts": posts}).json()["reports"]] == [str(n) for n in range(40)]


def test_copies_are_given_back_and_what_cannot_be_is_told(service: Service) -> None:
    docx = pytest.importorskip("docx", reason="needs the extra documents: make test installs it")
    file = docx.Document()
    file.add_paragraph(f"证号{ID}。工作己经完成。")
    stream = io.BytesIO()
    file.save(stream)
    for what, name in (("annotated", "批注"), ("redacted", "去标识化"), ("sheet", "审核表")):
        answer = service.client.post(f"/v1/copies/{what}", files={"file": ("稿.docx", stream.getvalue())})
        made = docx.Document(io.BytesIO(answer.content))
        assert quote(f"稿-{name}.docx") in answer.headers["content-disposition"]
        assert (ID in "".join(one.text for one in made.paragraphs)) == (what == "annotated")
    wide = service.client.post("/v1/copies/sheet?personal=1", files={"file": ("稿.docx", stream.getvalue())})
    assert ID in "".join(one.text for one in docx.Document(io.BytesIO(wide.content)).paragraphs)
    text = service.client.post("/v1/copies/redacted", files={"file": ("稿.txt", f"证号{ID}".encode())})
    assert text.text == "证号610881＊＊＊＊＊＊＊＊1231"
    assert docx.Document(io.BytesIO(service.post("/v1/review-sheet", POST).content)).tables
    refused = service.client.post("/v1/copies/annotated", files={"file": ("稿.txt", b"abc")})
    assert (refused.status_code, "批注只能写进" in refused.json()["error"]) == (422, True)
    assert service.client.post("/v1/copies/annotated", files={"file": ("坏.docx", b"PK\x03\x04 broken")}).status_code == 422
    assert service.client.post("/v1/copies/all", files={"file": ("稿.txt", b"abc")}).status_code == 404
    assert service.post("/v1/copies/sheet", {}).status_code == 415
    assert service.client.post("/v1/copies/sheet", files={"other": ("稿.txt", b"abc")}).status_code == 422


def test_files_are_read_and_what_cannot_be_read_is_told(service: Service) -> None:
    files = [("file", ("好.md", "# 标题\n\n己经完成。".encode())), ("file", ("坏.docx", b"PK\x03\x04 broken"))]
    good, bad = service.client.post("/v1/documents", files=files).json()["documents"]

    assert (good["name"], good["title"], good["report"]["findings"][0]["file_line"]) == ("好.md", "标题", 3)
    assert "坏.docx" in bad["error"]


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"body": 1}, 422, "$.body"), ({"bodyx": "甲"}, 422, "bodyx"), ({"body": "甲", "kind": "poem"}, 422, "$.kind"), ([], 422, "array"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named(service: Service, body: Any, status: int, told: str) -> None:
    answer = service.post("/v1/screen", body)

    assert answer.status_code == status
    assert told in answer.json()["error"]


def test_other_refusals(service: Service) -> None:
    client = service.client
    assert client.post("/v1/screen", content=b"{", headers={"content-type": "application/json"}).status_code == 422
    assert client.post("/v1/screen", content=b"\xff", headers={"content-type": "application/json"}).status_code == 422
    assert client.post("/v1/screen", content="甲".encode(), headers={"content-type": "text/plain"}).status_code == 415
    assert client.post("/v1/screen", content=b"x" * (2 << 20), headers={"content-type": "application/json"}).status_code == 413
    endless = (b"x" * 65536 for _ in range(64))
    assert client.post("/v1/screen", content=endless, headers={"content-type": "application/json"}).status_code == 413
    assert client.get("/v1/nothing").status_code == 404
    assert client.get("/v1/screen").status_code == 405
    assert client.get("/v1/rules/no.such").status_code == 404


def test_a_foreign_page_may_not_use_a_service_that_trusts_its_machine(service: Service) -> None:
    assert service.client.post("/v1/screen", json=POST, headers={"origin": "https://evil.example"}).status_code == 403
    assert service.client.post("/v1/screen", json=POST, headers={"host": "evil.example"}).status_code == 403


def test_lone_surrogates_come_back_escaped(service: Service) -> None:
    answer = service.client.post("/v1/screen", content=b'{"body": "\\ud800 \\u5df1\\u7ecf"}', headers={"content-type": "application/json"})

    assert answer.status_code in (200, 422)


def test_rules_health_metrics_and_description(service: Service) -> None:
    assert service.client.get("/v1/rules/privacy.resident-id").json()["level"] == "block"
    assert len(service.client.get("/v1/rules").json()["rules"]) > 300
    assert service.client.get("/healthz").json()["status"] == "ok"
    figures = service.client.get("/metrics").text
    assert 'govmedia_screen_posts_total{decision="block"}' in figures
    told = service.client.get("/openapi.json").json()
    assert set(told["paths"]["/v1/screen"]["post"]["responses"]) >= {"200", "413", "422", "429", "503"}
    assert "PostIn" in told["components"]["schemas"]


def test_submit_sign_and_verify(service: Service) -> None:
    number = service.post("/v1/submissions", {"post": POST, "author": "张某"}).json()["number"]
    waiting = service.client.get("/v1/queue").json()["waiting"]
    assert number in [one["number"] for one in waiting]
    assert ID not in json.dumps(waiting)
    assert service.post("/v1/submissions/verify", POST).json()["approved"] is False

    by_author = service.post(f"/v1/queue/{number}", {"action": "approve", "person": "张某", "tier": 3})
    assert (by_author.status_code, "作者" in by_author.json()["error"]) == (409, True)
    receipt = service.post(
        f"/v1/queue/{number}", {"action": "approve", "person": "王某", "tier": 3, "opinions": [{"finding": 0, "right": False}]}
    ).json()
    assert receipt["action"] == "approve"
    assert service.post("/v1/submissions/verify", POST).json()["approved"] is True
    assert service.post("/v1/submissions/verify", POST | {"body": POST["body"] + "改"}).json()["approved"] is False
    assert service.post(f"/v1/queue/{number}", {"action": "return", "person": "王某", "tier": 3}).status_code == 409
    assert service.post("/v1/queue/99999", {"action": "return", "person": "王某", "tier": 3}).status_code == 404


def test_a_table_becomes_a_spreadsheet_without_formulas(service: Service) -> None:
    from openpyxl import load_workbook

    data = service.post("/v1/table", {"header": ["文件", "发现"], "rows": [["=cmd()", 3]]}).content
    sheet = load_workbook(io.BytesIO(data)).active

    assert [[cell.value for cell in row] for row in sheet.rows] == [["文件", "发现"], ["=cmd()", 3]]
    assert sheet["A2"].data_type == "s"


def test_keys_scopes_and_rates(tmp_path: Path) -> None:
    key, entry = made("内容系统", ["screen"])
    other, second = made("审核", ["screen", "submit", "review", "personal"], 2)
    (tmp_path / "keys.toml").write_text(entry + second, "utf-8")
    assert key not in entry
    assert hashed(key) in entry
    running = Service(tmp_path, "--keys", str(tmp_path / "keys.toml"), "--rate", "5", "--reviews", str(tmp_path / "r.sqlite"))
    try:
        assert running.post("/v1/screen", POST).status_code == 401
        assert running.post("/v1/screen", POST, headers={"authorization": "Bearer no"}).status_code == 401
        mine = {"authorization": f"Bearer {key}"}
        assert running.post("/v1/screen", POST, headers=mine).status_code == 200
        assert running.post("/v1/screen?personal=1", POST, headers=mine).status_code == 403
        assert running.client.get("/v1/queue", headers=mine).status_code == 403
        assert running.client.get("/metrics", headers=mine).status_code == 403
        assert [running.post("/v1/screen", POST, headers=mine).status_code for _ in range(5)][-1] == 429
        reviewer = {"x-api-key": other}
        number = running.post("/v1/submissions", {"post": POST, "author": "张某"}, headers=reviewer).json()["number"]
        above = running.post(f"/v1/queue/{number}", {"action": "approve", "person": "王某", "tier": 3}, headers=reviewer)
        assert above.status_code == 403
        assert running.client.get("/healthz").status_code == 200
    finally:
        running.stop()


def test_only_this_machine_may_be_served_without_keys() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govmedia_screen", "serve", "--host", "0.0.0.0"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "--keys" in done.stderr


def test_changed_lexicons_are_read_anew_and_broken_ones_told(tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    (office / "accept.txt").write_text("", "utf-8")
    running = Service(tmp_path, "--lexicons", str(office))
    rule = '[[rule]]\nid = "commercial.house"\nlevel = "review"\nmessage = "本单位的词"\nbasis = "第十三条(三)"\nterms = \'\'\'\n青山绿水团购会\n\'\'\'\nhit = ["青山绿水团购会"]\nmiss = ["青山绿水"]\n'

    def rules() -> list[str]:
        return [one["rule"] for one in running.post("/v1/screen", {"body": "青山绿水团购会本周开始。"}).json()["findings"]]

    def waits(done: Any) -> bool:
        return any(done() or time.sleep(0.2) for _ in range(150))  # type: ignore[func-returns-value]

    try:
        assert "commercial.house" not in rules()
        (office / "own.toml").write_text(rule, "utf-8")
        assert waits(lambda: "commercial.house" in rules())
        (office / "own.toml").write_text("[[rule]]\nid = ", "utf-8")
        assert waits(lambda: "problem" in running.client.get("/healthz").json())
        assert "commercial.house" in rules()
    finally:
        running.stop()


def test_it_ends_when_it_is_told_to(tmp_path: Path) -> None:
    running = Service(tmp_path)

    assert running.stop() in (0, -signal.SIGTERM)


@pytest.mark.slow
def test_several_workers_share_nothing_but_files(tmp_path: Path) -> None:
    running = Service(tmp_path, "--workers", "2", "--reviews", str(tmp_path / "r.sqlite"))
    try:
        numbers = [running.post("/v1/submissions", {"post": POST, "author": "张某"}).json()["number"] for _ in range(20)]
        assert numbers == list(range(1, 21))
        total = re.search(r"govmedia_screen_requests_total\{[^}]*submissions[^}]*\} (\S+)", running.client.get("/metrics").text)
        assert total
        assert float(total[1]) == 20
    finally:
        running.stop()


@pytest.mark.slow
def test_fuzzed_from_its_own_description_it_never_fails(service: Service) -> None:
    """schemathesis: whatever the description allows, and much that it does not, is answered without a 5xx."""
    tool = Path(sys.executable).with_name("st")
    command = [str(tool)] if tool.exists() else [sys.executable, "-m", "schemathesis.cli"]
    address = f"http://127.0.0.1:{service.port}/openapi.json"
    done = subprocess.run(
        [*command, "run", address, "--checks", "not_a_server_error", "--max-examples", "25", "--workers", "1", "--seed", "7"],
        capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"}, timeout=500,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
