"""The schema in the server that most editors have for YAML, as an author meets it who installs nothing of ours.

FIRSTVISIT_TEST_YAML_SERVER names the program, which `npm install yaml-language-server` puts into node_modules/.bin.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

import scenarios
from engine.scenario.migrating import migrated
from game.cli import main
from game.commands.completing import modeline
from tests.engine.scenario.shop import SHOP
from tests.parts import need

SERVER = os.environ.get("FIRSTVISIT_TEST_YAML_SERVER", "")
need(SERVER, "FIRSTVISIT_TEST_YAML_SERVER does not name a yaml-language-server")

BUNDLED = sorted(Path(scenarios.__path__[0]).glob("*.yaml"))
OLD = Path(__file__).parents[2] / "scenarios" / "format1" / "every-word.yaml"
TEXT = f"{modeline()}\n{SHOP}"


class Editor(LanguageClient):
    """As much of an editor as the server asks for."""

    def __init__(self) -> None:
        super().__init__("an-editor", "1")
        self.told: dict[str, asyncio.Queue[list[lsp.Diagnostic]]] = {}
        self.schemas: dict[str, list[str]] = {}

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def told(params: lsp.PublishDiagnosticsParams) -> None:
            self.told.setdefault(params.uri, asyncio.Queue()).put_nowait(list(params.diagnostics))

        @self.feature(lsp.WORKSPACE_CONFIGURATION)  # type: ignore[untyped-decorator]
        def configuration(params: lsp.ConfigurationParams) -> list[object]:
            yaml = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
            asked = {"yaml": yaml | {"schemas": self.schemas}}
            return [asked.get(item.section or "", {}) for item in params.items]

        @self.feature(lsp.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
        def registered(params: lsp.RegistrationParams) -> None:
            pass

    async def shows(self, text: str, path: Path) -> list[lsp.Diagnostic]:
        """Open a file; returns what is underlined."""
        uri = path.as_uri()
        queue = self.told.setdefault(uri, asyncio.Queue())
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "yaml", 1, text)))
        return await asyncio.wait_for(queue.get(), 120)

    async def offered(self, path: Path, text: str, before: str) -> list[str]:
        """What can be written before this part of the text."""
        head = text[: text.index(before)]
        place = lsp.Position(head.count("\n"), len(head.rsplit("\n", 1)[-1]))
        params = lsp.CompletionParams(lsp.TextDocumentIdentifier(path.as_uri()), place)
        found = await self.text_document_completion_async(params)
        items = found.items if isinstance(found, lsp.CompletionList) else found or ()
        return [each.label for each in items]


@asynccontextmanager
async def started(editor: Editor) -> AsyncIterator[Editor]:
    await editor.start_io(SERVER, "--stdio")
    able = lsp.ClientCapabilities(workspace=lsp.WorkspaceClientCapabilities(configuration=True))
    await editor.initialize_async(lsp.InitializeParams(capabilities=able, process_id=os.getpid()))
    editor.initialized(lsp.InitializedParams())
    yield editor
    await editor.shutdown_async(None)
    editor.exit(None)
    await asyncio.wait_for(editor.stop(), 120)  # type: ignore[no-untyped-call]


@pytest.fixture
async def editor() -> AsyncIterator[Editor]:
    async with started(Editor()) as editor:
        yield editor


async def test_nothing_is_underlined_in_a_scenario_that_comes_along(editor: Editor) -> None:
    for path in BUNDLED:
        now = migrated(path.read_bytes(), path.name).decode()
        assert [each.message for each in await editor.shows(now, path)] == [], path.name


async def test_a_mistake_is_underlined_where_it_is(editor: Editor, tmp_path: Path) -> None:
    text = TEXT.replace("kind: demonstrate", "kind: demonstrat").replace("weight: 40", "weight: heavy")
    found = {each.range.start.line for each in await editor.shows(text, tmp_path / "shop.yaml")}
    lines = text.split("\n")
    assert {lines[line].strip() for line in found} == {"kind: demonstrat", "weight: heavy"}


async def test_kinds_and_fields_are_completed_in_the_words_of_format_2(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    text = TEXT.replace("kind: demonstrate", "kind: ")
    await editor.shows(text, path)
    kinds = await editor.offered(path, text, "\n    when: {knows: quick}\n    say: Count")
    assert {"demonstrate", "handle"} <= set(kinds)
    assert "answer" not in kinds
    other = tmp_path / "other.yaml"
    text = TEXT.replace("    meets: quick\n", "    \n")
    await editor.shows(text, other)
    fields = await editor.offered(other, text, "\n  both:")
    assert {"meets", "handles"} <= set(fields)
    assert "answers" not in fields


async def test_the_settings_of_a_folder_are_for_its_scenarios_and_not_for_its_pack(tmp_path: Path) -> None:
    assert main(["schema", "--install", str(tmp_path)]) == 0
    editor = Editor()
    editor.schemas = json.loads((tmp_path / ".vscode" / "settings.json").read_text())["yaml.schemas"]
    async with started(editor):
        shop = await editor.shows(SHOP.replace("kind: demonstrate", "kind: demonstrat"), tmp_path / "shop.yaml")
        assert shop
        assert await editor.shows("name: doors\nversion: 1.2\n", tmp_path / "pack.yaml") == []


async def test_an_old_file_is_marked_at_each_old_word_with_the_new_one(editor: Editor) -> None:
    text = OLD.read_text()
    found = await editor.shows(text, OLD)
    lines = text.split("\n")
    assert found
    assert all("In format 2 this is" in each.message for each in found), [each.message for each in found]
    assert any("`handles`" in each.message and "answers" in lines[each.range.start.line] for each in found)
