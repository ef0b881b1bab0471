"""A language server, as an editor knows it: started as a program, spoken to over its standard input."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

from engine.scenario.migrating import migrated
from tests.engine.scenario.shop import SHOP

pytestmark = pytest.mark.asyncio(loop_scope="module")

URI = "file:///somewhere/shop.yaml"
OLD = SHOP.replace("format: 2", "format: 1").replace("kind: handle", "kind: answer")
OLD = OLD.replace("handles:", "answers:").replace("outcomes:", "answers:")


class Editor(LanguageClient):
    """As much of an editor as there is to it: one file on the screen."""

    def __init__(self) -> None:
        super().__init__("an-editor", "1")
        self.told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.text = ""
        self.number = 0
        self.open = False

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def told(params: lsp.PublishDiagnosticsParams) -> None:
            self.told.put_nowait(params)

    async def shows(self, text: str) -> list[lsp.Diagnostic]:
        """Put a text on the screen; returns what is underlined."""
        self.text = text
        self.number += 1
        if not self.open:
            self.open = True
            item = lsp.TextDocumentItem(URI, "yaml", self.number, text)
            self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        else:
            document = lsp.VersionedTextDocumentIdentifier(self.number, URI)
            whole = lsp.TextDocumentContentChangeWholeDocument(text)
            self.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [whole]))
        while True:
            params = await asyncio.wait_for(self.told.get(), 120)
            if params.version == self.number:
                return list(params.diagnostics)

    def closes(self) -> None:
        """Take the file off the screen, if there is one."""
        if self.open:
            self.open = False
            self.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(URI)))

    def at(self, marked: str) -> lsp.Position:
        """The place of the `|` in a part of the text."""
        begin, end = marked.split("|")
        offset = self.text.index(begin + end) + len(begin)
        before = self.text[:offset]
        line = before.rsplit("\n", 1)[-1]
        return lsp.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)

    def under(self, place: lsp.Range) -> str:
        """The text at a place on one line."""
        line = self.text.split("\n")[place.start.line].encode("utf-16-le")
        return line[2 * place.start.character : 2 * place.end.character].decode("utf-16-le")

    async def offered(self, marked: str) -> list[str]:
        params = lsp.CompletionParams(lsp.TextDocumentIdentifier(URI), self.at(marked))
        found = await self.text_document_completion_async(params)
        assert isinstance(found, list)
        return [each.label for each in found]

    async def renamed(self, marked: str, new: str) -> str:
        """The text after another name was given to what is there."""
        params = lsp.RenameParams(lsp.TextDocumentIdentifier(URI), self.at(marked), new)
        edit = await self.text_document_rename_async(params)
        assert edit is not None
        assert edit.changes is not None
        lines = self.text.split("\n")
        for each in sorted(edit.changes[URI], key=lambda one: -one.range.start.character):
            where = each.range.start.line
            line = lines[where].encode("utf-16-le")
            head, tail = line[: 2 * each.range.start.character], line[2 * each.range.end.character :]
            lines[where] = head.decode("utf-16-le") + each.new_text + tail.decode("utf-16-le")
        return "\n".join(lines)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def started() -> AsyncIterator[Editor]:
    """An editor whose server has been started: one for all, as an editor has it all day."""
    editor = Editor()
    await editor.start_io(sys.executable, "-m", "game", "lsp")
    await editor.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
    editor.initialized(lsp.InitializedParams())
    yield editor
    await editor.shutdown_async(None)
    editor.exit(None)
    await asyncio.wait_for(editor.stop(), 120)  # type: ignore[no-untyped-call]


@pytest.fixture
def editor(started: Editor) -> Editor:
    """The editor with nothing on the screen."""
    started.closes()
    return started


async def test_what_check_says_is_underlined_where_it_is_and_goes_when_it_is_mended(editor: Editor) -> None:
    assert await editor.shows(SHOP) == []
    (told,) = await editor.shows(SHOP.replace("kind: demonstrate", "kind: demonstrat"))
    assert (told.code, told.severity) == ("FV204", lsp.DiagnosticSeverity.Error)
    assert editor.under(told.range) == "demonstrat"
    assert "did you mean `demonstrate`?" in told.message
    assert await editor.shows(SHOP) == []


async def test_places_are_right_beside_characters_that_an_editor_counts_twice(editor: Editor) -> None:
    (told,) = await editor.shows(SHOP.replace("  boil:\n", "  odd: {say: 🫖🫖🫖 tea?, kind: demonstrat}\n  boil:\n"))
    assert editor.under(told.range) == "demonstrat"


async def test_a_file_that_is_no_scenario_is_left_alone(editor: Editor) -> None:
    assert await editor.shows("services:\n  web: {image: x, ports: [80]}\n") == []


async def test_ids_fields_and_words_complete_in_a_line_that_is_not_finished(editor: Editor) -> None:
    await editor.shows(SHOP)
    await editor.shows(SHOP.replace("reveals: [quick, baby]", "reveals: [quick, ba"))
    assert "baby" in await editor.offered("reveals: [quick, ba|")
    await editor.shows(SHOP.replace("    kind: isolate", "    kind: i"))
    assert "isolate" in await editor.offered("    kind: i|")
    await editor.shows(SHOP.replace("      - when: {trust: ..24}", "      - when: {tr"))
    assert "trust" in await editor.offered("- when: {tr|")
    await editor.shows(SHOP.replace("    meets: quick", "    meets: "))
    assert await editor.offered("    meets: |") == ["quick"]


async def test_an_id_leads_to_where_it_was_given_and_says_what_it_is(editor: Editor) -> None:
    await editor.shows(SHOP)
    here = lsp.TextDocumentIdentifier(URI)
    found = await editor.text_document_definition_async(lsp.DefinitionParams(here, editor.at("meets: qu|ick")))
    assert isinstance(found, list)
    (place,) = found
    assert isinstance(place, lsp.Location)
    assert place.range.start == editor.at("needs:\n  |quick")
    hover = await editor.text_document_hover_async(lsp.HoverParams(here, editor.at("meets: qu|ick")))
    assert hover is not None
    assert isinstance(hover.contents, lsp.MarkupContent)
    assert hover.contents.value == "need: It takes for ever, mine."


async def test_another_name_is_given_in_all_places_at_once(editor: Editor) -> None:
    await editor.shows(SHOP)
    text = await editor.renamed("meets: qu|ick", "in-a-minute")
    assert text.count("in-a-minute") == SHOP.count("quick")
    assert await editor.shows(text) == []


async def test_a_mend_is_offered_where_the_mistake_is_and_leaves_nothing_wrong(editor: Editor) -> None:
    (told,) = await editor.shows(SHOP.replace("kind: demonstrate", "kind: demonstrat"))
    context = lsp.CodeActionContext([told])
    params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(URI), told.range, context)
    found = await editor.text_document_code_action_async(params)
    assert found is not None
    (action,) = found
    assert isinstance(action, lsp.CodeAction)
    assert "did you mean `demonstrate`?" in action.title
    assert action.edit is not None
    assert action.edit.changes is not None
    (edit,) = action.edit.changes[URI]
    lines = editor.text.split("\n")
    line = lines[edit.range.start.line]
    lines[edit.range.start.line] = line[: edit.range.start.character] + edit.new_text + line[edit.range.end.character :]
    assert await editor.shows("\n".join(lines)) == []
    elsewhere = lsp.CodeActionParams(params.text_document, lsp.Range(lsp.Position(0, 0), lsp.Position(0, 1)), context)
    assert not await editor.text_document_code_action_async(elsewhere)


async def test_a_file_of_format_1_is_offered_in_format_2_where_it_says_what_it_is(editor: Editor) -> None:
    assert await editor.shows(OLD) == []
    context, file = lsp.CodeActionContext([]), lsp.TextDocumentIdentifier(URI)

    async def offered(at: lsp.Range) -> list[lsp.CodeAction]:
        found = await editor.text_document_code_action_async(lsp.CodeActionParams(file, at, context))
        return [each for each in found or () if isinstance(each, lsp.CodeAction)]

    at = editor.at("for|mat: 1")
    (action,) = await offered(lsp.Range(at, at))
    assert action.edit is not None
    assert action.edit.changes is not None
    (edit,) = action.edit.changes[URI]
    assert edit.range.start == lsp.Position(0, 0)
    assert edit.new_text == migrated(OLD.encode(), "x").decode()
    assert await editor.shows(edit.new_text) == []
    assert not await offered(lsp.Range(at, at))


async def test_what_is_offered_while_an_old_file_is_written_is_in_its_own_words(editor: Editor) -> None:
    await editor.shows(OLD)
    kinds, fields = await editor.offered("    kind: |answer"), await editor.offered("    |meets: quick")
    assert ("answer" in kinds, "handle" in kinds) == (True, False)
    assert ("answers" in fields, "handles" in fields) == (True, False)
    assert "order" in await editor.offered("answers:\n  |order")


@pytest.mark.parametrize(("new", "why"), [("Not an id", "is not an id"), ("baby", "baby cannot be its name")])
async def test_a_name_that_cannot_be_given_is_refused_with_a_sentence(editor: Editor, new: str, why: str) -> None:
    await editor.shows(SHOP)
    with pytest.raises(JsonRpcException, match=why):
        await editor.renamed("reveals: [qu|ick", new)


@pytest.mark.parametrize(
    "text", ["", "lines:\n  - {", "format: 1\n" + "[" * 40_000, "lines: &a [*a]\n", "format: \ud800"]
)
async def test_no_text_ends_the_server(editor: Editor, text: str) -> None:
    await editor.shows(text)
    editor.at("|")
    await editor.offered("|")
    assert await editor.shows(SHOP) == []
