"""The server itself: the protocol's questions, answered by what the engine knows of a file.

An editor counts columns in the units that it has agreed on with the server, which are not characters; `_File` turns
them into places in the text and back. Importing this module imports pygls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from engine.scenario import Problem, ScenarioErrors, check_scenario
from engine.scenario.editing import Choice, choices, cursor, meaning, name_at
from engine.scenario.mends import edited
from engine.scenario.migrating import NotMigrated, migrated
from engine.scenario.naming import Name, names, same
from engine.scenario.notation import NotationError, ident
from engine.scenario.problems import LINE_BREAK, Edit, Spot
from engine.scenario.reading import Tree, spot_of
from engine.scenario.renames import is_old, scenario_tree
from game import __version__
from game.words.visible import visible, visible_lines

_SCENARIO: Final = re.compile(r"^(format|lines|briefing|prospects):", re.MULTILINE)
"""What other files that are written in YAML do not have."""
_LEVELS: Final = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "hint": lsp.DiagnosticSeverity.Hint,
}
_SORTS: Final = {
    "field": lsp.CompletionItemKind.Field,
    "word": lsp.CompletionItemKind.EnumMember,
    "id": lsp.CompletionItemKind.Reference,
}


@dataclass(slots=True)
class _File:
    """What is known of a file that is open in the editor."""

    uri: str
    text: str = ""
    lines: list[str] = field(default_factory=list)
    tree: Tree | None = None
    """The last version of it that could be parsed."""
    current: bool = False
    """Whether that is the version on the screen."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with that version."""

    def read(self, text: str) -> None:
        """Take note of what it says now."""
        self.text, self.lines = text, LINE_BREAK.split(text)
        try:
            self.tree, self.current = scenario_tree(text.encode("utf-8", "replace"), self.uri), True
        except ScenarioErrors:
            self.current = False

    def names(self) -> tuple[Name, ...]:
        """The names in it, as far as their places are still where they were."""
        return names(self.tree) if self.tree is not None and self.current else ()


class _Server(LanguageServer):
    """Knows the files that are open."""

    def __init__(self) -> None:
        super().__init__("firstvisit", __version__)
        self.files: dict[str, _File] = {}

    def file(self, uri: str) -> _File:
        """A file as it is on the screen. One that is not open there is read from disk."""
        found = self.files.get(uri)
        if found is None:
            found = self.files[uri] = _File(uri)
            found.read(self.workspace.get_text_document(uri).source)
        return found

    def place(self, file: _File, position: lsp.Position) -> tuple[int, int]:
        """The editor's position as line and character, from 0."""
        found = self.workspace.position_codec.position_from_client_units(file.lines, position)
        return found.line, found.character

    def range(self, file: _File, line: int, begin: int, end: int) -> lsp.Range:
        """A stretch of a line, given in characters, as the editor counts."""

        def at(character: int) -> lsp.Position:
            text = file.lines[line] if line < len(file.lines) else ""
            return lsp.Position(line, self.workspace.position_codec.client_num_units(text[:character]))

        return lsp.Range(at(begin), at(end))

    def stretch(self, file: _File, spot: Spot) -> lsp.Range:
        """The place of a problem or a name."""
        return self.range(file, spot.line - 1, spot.column - 1, spot.column - 1 + spot.length)

    def tell(self, uri: str, number: int | None) -> None:
        """Say what is wrong with this version of a file, if it is a scenario."""
        file = self.files[uri] = self.files.get(uri) or _File(uri)
        file.read(self.workspace.get_text_document(uri).source)
        file.problems = ()
        if _SCENARIO.search(file.text):
            file.problems = check_scenario(file.text.encode("utf-8", "replace"), uri)[1]
        told = [self.diagnostic(file, each) for each in file.problems]
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, told, number))

    def diagnostic(self, file: _File, problem: Problem) -> lsp.Diagnostic:
        """A problem as editors show it."""
        related = None
        if problem.related is not None:
            place = lsp.Location(file.uri, self.stretch(file, problem.related))
            related = [lsp.DiagnosticRelatedInformation(place, "the other place")]
        return lsp.Diagnostic(
            range=self.stretch(file, problem.spot),
            message=visible_lines("\n".join(filter(None, (problem.message, problem.help)))),
            severity=_LEVELS[problem.level],
            code=problem.code,
            source="firstvisit",
            related_information=related,
        )

    def action(self, file: _File, problem: Problem) -> lsp.CodeAction:
        """A mend that was tried, as editors offer it."""
        assert problem.mend is not None
        (way,) = problem.mend.ways
        edits = [lsp.TextEdit(self.stretch(file, each.spot), each.text) for each in way]
        return lsp.CodeAction(
            visible(problem.help) or problem.message,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[self.diagnostic(file, problem)],
            edit=lsp.WorkspaceEdit({file.uri: edits}),
        )

    def migration(self, file: _File, where: lsp.Range) -> list[lsp.CodeAction]:
        """The file in format 2, offered at the place where it says that it is in format 1."""
        if file.tree is None or not file.current or not is_old(file.tree):
            return []
        said = spot_of(file.tree.root.children["format"], file.tree.lines)
        if not _meets(self.range(file, said.line - 1, 0, said.column + said.length), where):
            return []
        try:
            now = migrated(file.text.encode("utf-8", "replace"), file.uri).decode()
        except (NotMigrated, ScenarioErrors):
            return []
        last = len(file.lines) - 1
        whole = lsp.Range(lsp.Position(0, 0), self.range(file, last, 0, len(file.lines[last])).end)
        return [
            lsp.CodeAction(
                "Bring the file to format 2",
                kind=lsp.CodeActionKind.RefactorRewrite,
                edit=lsp.WorkspaceEdit({file.uri: [lsp.TextEdit(whole, now)]}),
            )
        ]


def made() -> LanguageServer:
    """A server that answers, once it is started."""
    server = _Server()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.tell(params.text_document.uri, params.text_document.version)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.tell(params.text_document.uri, params.text_document.version)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.files.pop(params.text_document.uri, None)
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(params.text_document.uri, []))

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=list(" [{,.+")))
    def completion(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        file = server.file(params.text_document.uri)
        line, column = server.place(file, params.position)
        at = cursor(file.lines, line, column)
        here = server.range(file, line, column - len(at.begun), column)
        colon = file.lines[line][column:].lstrip().startswith(":") if line < len(file.lines) else False
        return [_item(each, place, here, colon) for place, each in enumerate(choices(at, file.tree))]

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.RefactorRewrite]),
    )
    def mends(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        file = server.file(params.text_document.uri)
        found = [
            server.action(file, each)
            for each in file.problems
            if each.mend is not None and _meets(server.stretch(file, each.spot), params.range)
        ]
        return [*found, *server.migration(file, params.range)]

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        file = server.file(params.text_document.uri)
        line, column = server.place(file, params.position)
        told = meaning(file.lines, line, column, file.tree if file.current else None)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.PlainText, visible(told))) if told else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> list[lsp.Location]:
        return [_location(server, params, each) for each in _meant(server, params) if each.given]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        wanted = params.context.include_declaration
        return [_location(server, params, each) for each in _meant(server, params) if wanted or not each.given]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def may_be_renamed(params: lsp.PrepareRenameParams) -> lsp.Range | None:
        file = server.file(params.text_document.uri)
        name = name_at(file.names(), *server.place(file, params.position))
        return server.stretch(file, name.spot) if name is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        file = server.file(params.text_document.uri)
        every = _meant(server, params)
        if not every:
            raise JsonRpcInvalidParams("Only an id of this file can be renamed, while the file can be read as YAML.")
        new = _new_id(params.new_name, every, file)
        edits = [lsp.TextEdit(server.stretch(file, each.spot), new) for each in every]
        return lsp.WorkspaceEdit({file.uri: edits})

    return server


def _meets(one: lsp.Range, other: lsp.Range) -> bool:
    """Whether two ranges touch."""
    return _at(one.start) <= _at(other.end) and _at(other.start) <= _at(one.end)


def _at(position: lsp.Position) -> tuple[int, int]:
    return position.line, position.character


def _item(choice: Choice, place: int, here: lsp.Range, colon: bool) -> lsp.CompletionItem:
    written = choice.text if choice.sort != "field" or colon else f"{choice.text}: "
    return lsp.CompletionItem(
        choice.text,
        kind=_SORTS[choice.sort],
        documentation=visible(choice.about) or None,
        sort_text=f"{place:05}",
        filter_text=choice.text,
        text_edit=lsp.TextEdit(here, written),
    )


_Place = lsp.DefinitionParams | lsp.ReferenceParams | lsp.RenameParams


def _meant(server: _Server, params: _Place) -> tuple[Name, ...]:
    """Every place that names what the cursor stands on."""
    file = server.file(params.text_document.uri)
    found = file.names()
    name = name_at(found, *server.place(file, params.position))
    return same(found, name) if name is not None else ()


def _location(server: _Server, params: _Place, name: Name) -> lsp.Location:
    file = server.file(params.text_document.uri)
    return lsp.Location(file.uri, server.stretch(file, name.spot))


def _new_id(text: str, every: Iterable[Name], file: _File) -> str:
    """A new id for what has these names. Raises JsonRpcInvalidParams if it is no id, or would break what is whole."""
    try:
        new = ident(text.strip())
    except NotationError as error:
        raise JsonRpcInvalidParams(f"{error.message}: {error.help}") from None
    before = {each.code for each in _errors(file.text)}
    after = _errors(edited(file.text, (Edit(each.spot, new) for each in every)))
    wrong = next((each for each in after if each.code not in before), None)
    if wrong is not None:
        raise JsonRpcInvalidParams(visible(f"{new} cannot be its name: {wrong.message}"))
    return new


def _errors(text: str) -> list[Problem]:
    return [each for each in check_scenario(text.encode("utf-8", "replace"), "")[1] if each.level == "error"]
