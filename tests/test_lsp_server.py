"""The language server as an editor sees it: a real client, a real process, over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("pygls")

from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient

from govmedia_screen import Post, Screener
from govmedia_screen.lsp.lines import Lines

OFFICE = Path(__file__).parent / "data/office"
URI = "file:///posts/%E7%A8%BF.md"
TEXT = "---\ntitle: 防汛工作部署\n---\n\n😀己经召开会议。\n\n第二段无事。\n"
Talk = Callable[["Editor"], Awaitable[None]]


class Editor:
    """What a text editor does."""

    def __init__(self, client: BaseLanguageClient) -> None:
        self.client = client
        self.shown: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.messages: list[str] = []
        self.version = 0

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def take(params: types.PublishDiagnosticsParams) -> None:
            self.shown.put_nowait(params)

        client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self.messages.append(params.message))

    async def start(self, options: object = None, encodings: list[str] | None = None) -> types.InitializeResult:
        await self.client.start_io(sys.executable, "-m", "govmedia_screen", "lsp")
        general = types.GeneralClientCapabilities(position_encodings=encodings) if encodings else None
        params = types.InitializeParams(types.ClientCapabilities(general=general), initialization_options=options)
        result = await self.client.initialize_async(params)
        self.client.initialized(types.InitializedParams())
        return result

    async def open(self, text: str, uri: str = URI, language: str = "markdown") -> types.PublishDiagnosticsParams:
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 0, text)))
        return await self.next(lambda shown: shown.uri == uri)

    async def type(self, start: tuple[int, int], end: tuple[int, int], text: str) -> types.PublishDiagnosticsParams:
        self.version += 1
        change = types.TextDocumentContentChangePartial(types.Range(types.Position(*start), types.Position(*end)), text)
        document = types.VersionedTextDocumentIdentifier(self.version, URI)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
        return await self.next(lambda shown: shown.version == self.version)

    async def next(self, wanted: Callable[[types.PublishDiagnosticsParams], bool] = lambda _: True) -> types.PublishDiagnosticsParams:
        while not wanted(shown := await asyncio.wait_for(self.shown.get(), 20)):
            pass
        return shown

    async def actions(self, line: int, only: list[str] | None = None) -> list[types.CodeAction]:
        where = types.Range(types.Position(line, 0), types.Position(line, 99))
        context = types.CodeActionContext([], only)
        return (
            await self.client.text_document_code_action_async(types.CodeActionParams(types.TextDocumentIdentifier(URI), where, context))
            or []
        )


def session(talk: Talk) -> None:
    """Let an editor talk to a server, and see the server go in peace."""

    async def main() -> None:
        client = BaseLanguageClient("editor", "1")
        editor = Editor(client)
        try:
            await talk(editor)
            await client.shutdown_async(None)
            client.exit(None)
            assert client._server is not None
            assert await asyncio.wait_for(client._server.wait(), 10) == 0
        finally:
            if client._server is not None and client._server.returncode is None:
                client._server.kill()
            await client.stop()

    asyncio.run(asyncio.wait_for(main(), 60))


def spans(shown: types.PublishDiagnosticsParams, rule: str = "wording.character") -> list[tuple[int, int, int, int]]:
    found = [one.range for one in shown.diagnostics if str(one.code).startswith(rule)]
    return [(one.start.line, one.start.character, one.end.line, one.end.character) for one in found]


def changed(text: str, edit: types.WorkspaceEdit | None, encoding: str = "utf-16") -> str:
    """The text with an edit made as an editor makes it."""
    assert edit is not None
    assert edit.changes is not None
    for one in sorted(edit.changes[URI], key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        start, end = one.range.start, one.range.end
        text = Lines(text, encoding).replaced((start.line, start.character), (end.line, end.character), one.new_text)
    return text


def test_diagnostics_while_typing_are_in_utf_16() -> None:
    async def talk(editor: Editor) -> None:
        await editor.start({"lexicons": [str(OFFICE)]})
        assert spans(await editor.open(TEXT)) == [(4, 2, 4, 4)]
        assert spans(await editor.type((4, 2), (4, 3), "已")) == []
        shown = await editor.type((6, 0), (6, 3), "𠮷己经\r\n攻坚克隆")
        assert spans(shown) == [(6, 2, 6, 4), (7, 0, 7, 4)]
        assert spans(await editor.type((0, 0), (4, 0), "")) == [(2, 2, 2, 4), (3, 0, 3, 4)]

    session(talk)


@pytest.mark.parametrize(("encoding", "span"), [("utf-8", (4, 4, 4, 10)), ("utf-32", (4, 1, 4, 3)), ("utf-16", (4, 2, 4, 4))])
def test_another_encoding_is_used_if_the_client_asks_for_it(encoding: str, span: tuple[int, int, int, int]) -> None:
    async def talk(editor: Editor) -> None:
        result = await editor.start(None, [encoding])
        assert result.capabilities.position_encoding == encoding
        assert spans(await editor.open(TEXT)) == [span]
        assert spans(await editor.type((4, span[1]), (4, span[3]), "已经")) == []

    session(talk)


def test_after_a_pause_the_whole_post_counts() -> None:
    warning = "警方提醒：严禁参与网络赌博，谨防诈骗，请勿轻信。"
    text = "线上赌场很多。\n\n" + "\n\n".join(["普通的一段话，说说天气和出行。" * 6] * 5) + "\n\n末段。"

    async def talk(editor: Editor) -> None:
        await editor.start({"lexicons": [str(OFFICE)], "pause": 0.05})
        await editor.open(text)
        typed = warning + warning.replace("，", "。")
        shown = await editor.type((12, 0), (12, 0), typed)
        after = text.replace("末段", typed + "末段")
        wanted = sorted((str(one.rule), one.start) for one in Screener(lexicons=OFFICE).screen(Post(after)).findings)
        lines = Lines(after)

        def got(shown: types.PublishDiagnosticsParams) -> list[tuple[str, int]]:
            return sorted((str(one.code), lines.offset(one.range.start.line, one.range.start.character)) for one in shown.diagnostics)

        if got(shown) != wanted:
            shown = await editor.next()
        assert got(shown) == wanted

    session(talk)


def test_hover_says_message_basis_and_examples() -> None:
    async def talk(editor: Editor) -> None:
        await editor.start()
        await editor.open(TEXT)
        where = types.HoverParams(types.TextDocumentIdentifier(URI), types.Position(4, 3))
        hover = await editor.client.text_document_hover_async(where)
        assert hover is not None
        value = hover.contents.value
        assert all(word in value for word in ("送审", "wording.character", "依据：", "建议：已经", "会报：", "不报："))
        where.position = types.Position(6, 1)
        assert await editor.client.text_document_hover_async(where) is None

    session(talk)


def test_actions_mend_and_accept() -> None:
    async def talk(editor: Editor) -> None:
        await editor.start({"reasons": ["引文照录", ""]})
        await editor.open(TEXT)
        actions = {action.title: action for action in await editor.actions(4)}
        assert changed(TEXT, actions["改为“已经”"].edit) == TEXT.replace("己经", "已经")
        assert actions["改为“已经”"].is_preferred
        rule = "wording.character.word"
        accepted = changed(TEXT, actions[f"接受 {rule}（引文照录）"].edit)
        assert accepted == TEXT.replace("😀", f"<!-- govmedia: allow {rule} — 引文照录 -->\n😀")
        assert spans(await editor.type((4, 0), (4, 0), f"<!-- govmedia: allow {rule} — 引文照录 -->\n")) == []
        assert await editor.actions(7) == []

    session(talk)


def test_an_acceptance_without_a_reason_waits_for_one() -> None:
    async def talk(editor: Editor) -> None:
        await editor.start()
        await editor.open(TEXT)
        action = next(action for action in await editor.actions(4) if "请补写理由" in action.title)
        assert action.edit is not None
        assert action.edit.changes is not None
        shown = await editor.type((4, 0), (4, 0), action.edit.changes[URI][0].new_text)
        assert spans(shown) == [(5, 2, 5, 4)]
        assert any("没有写理由" in one.message for one in shown.diagnostics)

    session(talk)


def test_fix_all_mends_what_is_safe() -> None:
    text = TEXT + "己经完成，全力攻坚克隆。\n"

    async def talk(editor: Editor) -> None:
        await editor.start({"lexicons": [str(OFFICE)]})
        await editor.open(text)
        (action,) = await editor.actions(0, ["source.fixAll"])
        assert changed(text, action.edit) == text.replace("己经", "已经").replace("攻坚克隆", "攻坚克难")

    session(talk)


def test_settings_come_from_the_client() -> None:
    async def talk(editor: Editor) -> None:
        await editor.start({"level": "block"})
        assert not (await editor.open(TEXT)).diagnostics
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"govmedia": {"level": "note"}}))
        assert spans(await editor.next()) == [(4, 2, 4, 4)]
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"govmedia": {"colour": "red"}}))
        await editor.type((6, 0), (6, 0), "又")
        assert any("不认识的键“colour”" in message for message in editor.messages)

    session(talk)


def test_html_plain_text_and_closing() -> None:
    async def talk(editor: Editor) -> None:
        await editor.start()
        shown = await editor.open("<p>无事</p>\n<p>&lt;己<b>经</b>完成</p>", "file:///a.html", "html")
        assert spans(shown) == [(1, 7, 1, 12)]
        assert spans(await editor.open("---\n己经\n", "untitled:Untitled-1", "plaintext")) == [(1, 0, 1, 2)]
        closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier("file:///a.html"))
        editor.client.text_document_did_close(closed)
        assert not (await editor.next(lambda shown: shown.uri == "file:///a.html")).diagnostics

    session(talk)


def test_broken_front_matter_is_a_diagnostic_on_its_line() -> None:
    async def talk(editor: Editor) -> None:
        await editor.start()
        shown = await editor.open("---\ntitle: 甲\n来源：乙\n---\n正文\n")
        (told,) = [one for one in shown.diagnostics if one.code is None]
        assert (told.range.start.line, "冒号应为半角" in told.message) == (2, True)

    session(talk)
