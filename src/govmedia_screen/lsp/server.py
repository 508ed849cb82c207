"""The protocol: documents in, diagnostics out (pygls)."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from govmedia_screen.errors import ScreenError
from govmedia_screen.finding import Finding
from govmedia_screen.lsp import actions
from govmedia_screen.lsp.lines import Lines
from govmedia_screen.lsp.session import Session
from govmedia_screen.lsp.settings import SECTION, Settings, read
from govmedia_screen.screener import Screener
from govmedia_screen.version import __version__

LANGUAGES = {"markdown": ".md", "html": ".html", "plaintext": ".txt"}


class Server(LanguageServer):
    """Open documents, the screener that they are screened by, and a client's settings."""

    def __init__(self) -> None:
        super().__init__("govmedia-screen", __version__)
        self.options: Any = None
        self.settings = Settings()
        self.screener: Screener | None = None
        self.sessions: dict[str, Session] = {}
        self.versions: dict[str, int | None] = {}
        self.waiting: dict[str, asyncio.TimerHandle] = {}
        self.shown: dict[str, tuple[Finding, ...]] = {}

    @property
    def encoding(self) -> str:
        """What client and server count characters in."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding) or "utf-16")

    def configure(self, data: Any) -> None:
        """Take a client's settings; what cannot be used is told, and what was in force stays."""
        try:
            settings = read(data)
            if self.screener is None or (settings.profile, settings.lexicons) != (self.settings.profile, self.settings.lexicons):
                self.screener = Screener(settings.profile, settings.lexicons)
        except ScreenError as error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"govmedia-screen: {error}"))
            if self.screener is None:
                self.screener = Screener()
            return
        self.settings = settings
        for uri, session in list(self.sessions.items()):
            self.sessions[uri] = Session(self.screener, session.name, session.document.text)
            self.publish(uri)

    def open(self, item: types.TextDocumentItem) -> None:
        """A document was opened."""
        if self.screener is None:
            self.configure(self.options)
        assert self.screener is not None
        name = unquote(urlsplit(item.uri).path)
        ending = LANGUAGES.get(item.language_id, "")
        self.versions[item.uri] = item.version
        self.sessions[item.uri] = Session(self.screener, name if name.lower().endswith(ending) else name + ending, item.text)
        self.publish(item.uri)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """A document was changed: screen it now, a very long one when the writer pauses."""
        uri = params.text_document.uri
        session = self.sessions.get(uri)
        if session is None:
            return
        text = session.document.text
        for one in params.content_changes:
            if isinstance(one, types.TextDocumentContentChangePartial):
                start, end = one.range.start, one.range.end
                text = Lines(text, self.encoding).replaced((start.line, start.character), (end.line, end.character), one.text)
            else:
                text = one.text
        session.change(text)
        self.versions[uri] = params.text_document.version
        self.forget(uri)
        if session.exact:
            self.publish(uri)
        else:  # until then nothing is offered at places that may have moved
            self.shown[uri] = ()
            self.waiting[uri] = asyncio.get_running_loop().call_later(self.settings.pause, self.settle, uri)

    def settle(self, uri: str) -> None:
        """The writer pauses: screen the whole."""
        self.forget(uri)
        session = self.sessions.get(uri)
        if session is not None and session.settle():
            self.publish(uri)

    def forget(self, uri: str) -> None:
        """Call off a screening that is waiting for a pause."""
        if handle := self.waiting.pop(uri, None):
            handle.cancel()

    def close(self, uri: str) -> None:
        """A document was closed."""
        self.forget(uri)
        self.sessions.pop(uri, None)
        self.versions.pop(uri, None)
        self.shown.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def publish(self, uri: str) -> None:
        """Send a document's diagnostics."""
        session = self.sessions[uri]
        findings, problems = session.visible()
        self.shown[uri] = tuple(one for one in findings if one.level >= self.settings.level)
        document = session.document
        lines = Lines(document.text, self.encoding)
        diagnostics = [actions.diagnostic(document, lines, one) for one in self.shown[uri]]
        diagnostics += [actions.problem(lines, told) for told in ([session.problem] if session.problem else []) + problems]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, self.versions.get(uri)))


def build() -> Server:
    """The server with its features."""
    server = Server()

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        await configure(None)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def changed(params: types.DidChangeConfigurationParams) -> None:
        await configure(params.settings)

    async def configure(data: Any) -> None:
        workspace = server.client_capabilities.workspace
        if not data and workspace is not None and workspace.configuration:
            items = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
            data = (await server.workspace_configuration_async(items) or [None])[0]
        server.configure(data or server.options)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.options = params.initialization_options

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.open(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def edited(params: types.DidChangeTextDocumentParams) -> None:
        server.change(params)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.settle(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        session = server.sessions.get(uri)
        if session is None:
            return None
        lines = Lines(session.document.text, server.encoding)
        offset = lines.offset(params.position.line, params.position.character)
        return actions.hover(session.document, lines, server.shown[uri], session.screener.lexicon, offset)

    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, actions.FIX_ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def offered(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        session = server.sessions.get(uri)
        if session is None:
            return []
        lines = Lines(session.document.text, server.encoding)
        first = lines.offset(params.range.start.line, params.range.start.character)
        last = lines.offset(params.range.end.line, params.range.end.character)
        found = actions.code_actions(
            uri, session.document, lines, server.shown[uri], first, last, server.settings.reasons, session.screener.profile
        )
        only = params.context.only
        return (
            found
            if not only
            else [one for one in found if any(str(one.kind).startswith(str(getattr(kind, "value", kind))) for kind in only)]
        )

    return server
