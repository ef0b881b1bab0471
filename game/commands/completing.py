"""`firstvisit schema`: the JSON Schema of scenarios, and how editors come to know of it.

An editor is told by a first line in the file, which nearly all of them read, or by the settings of a folder, which VS
Code reads and which hold for files that are yet to be written.
"""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import scenarios
from game.authoring.rewriting import rewrite
from game.home.files import read_regular
from game.shelf.scenario_files import PACK_FILE, SUFFIXES, read_bytes
from game.words.errors import FINE, Failure, NotFound, why_not
from game.words.visible import visible

NAME: Final = "prospect.schema.json"
_MODELINE: Final = re.compile(r"^#[ \t]*yaml-language-server[ \t]*:[ \t]*\$schema=(\S*)[^\r\n]*", re.MULTILINE)
_MARK: Final = "\ufeff"
_SETTINGS: Final = Path(".vscode", "settings.json")
_SCHEMAS: Final = "yaml.schemas"
_LARGEST: Final = 1 << 20


def schema_path() -> Path:
    """Where the schema lies."""
    return Path(scenarios.__path__[0], "schema", NAME).absolute()


def show_schema(options: Namespace) -> int:
    """Print the schema, or where it lies; or tell the editors of a file or a folder. Raises `Failure`."""
    if options.install is None:
        sys.stdout.write(f"{schema_path()}\n" if options.path else schema_path().read_text(encoding="utf-8"))
        return FINE
    path: Path = options.install
    if os.path.isdir(path):
        told, changed = path / _SETTINGS, _told_folder(path / _SETTINGS)
        how = f"VS Code with its YAML extension completes the {' and '.join(SUFFIXES)} files in this folder"
    else:
        told, changed = path, _told_file(path)
        how = "editors that know YAML complete it"
    done = "is written" if changed else "was there already, so nothing is changed"
    sys.stdout.write(f"{visible(str(told))}: the path of the schema {done}; {how}.\n")
    return FINE


# --- a file ----------------------------------------------------------------------------------------------------------


def modeline() -> str:
    """The line that tells an editor where the schema is."""
    return f"# yaml-language-server: $schema={schema_path().as_uri()}"


def _told_file(path: Path) -> bool:
    """Write the line into a file, before everything else, and return whether it had to be."""
    from engine.scenario import ScenarioErrors
    from engine.scenario.reading import decoded_text

    if not os.path.lexists(path):
        raise NotFound(f"There is no file or folder {str(path)!r}.")
    if path.suffix not in SUFFIXES:
        raise Failure(f"{str(path)!r} is no scenario file: their names end in {' or '.join(SUFFIXES)}.")
    was = read_bytes(path)
    try:
        text = decoded_text(was, str(path)) if was.strip() else ""
    except ScenarioErrors as error:
        raise Failure(f"{error}. Nothing was written.") from None
    found = _MODELINE.search(text)
    if found is not None and _leads_here(found[1], path):
        return False
    if found is not None:
        text = text[: found.start()] + modeline() + text[found.end() :]
    else:
        text = f"{modeline()}{_line_break(text)}{text}"
    mark = _MARK if was.startswith(_MARK.encode()) else ""
    rewrite(path, was, f"{mark}{text}".encode())
    return True


def _line_break(text: str) -> str:
    """How the lines of a text end."""
    found = re.search("\r\n|\n|\r", text)
    return found[0] if found else "\n"


def _leads_here(address: str, path: Path) -> bool:
    """Whether the address in a file leads to this schema, or to a copy of it."""
    try:
        parts = urlsplit(address)
        if parts.scheme == "file":
            target = Path(url2pathname(parts.path))
        elif len(parts.scheme) > 1:
            return False
        else:
            target = path.parent / unquote(address)
        return read_regular(target, _LARGEST) == schema_path().read_bytes()
    except (OSError, ValueError):
        return False


# --- a folder --------------------------------------------------------------------------------------------------------


class _Member(NamedTuple):
    """A name in a JSON object with its value, and where both stand in the text."""

    name: str
    begins: int
    value: Any
    value_begins: int
    value_ends: int


def _told_folder(path: Path) -> bool:
    """Write the schema into the settings in this file, and return whether it had to be. All else in it stays."""
    mine = json.dumps([*(f"*{suffix}" for suffix in SUFFIXES), f"!{PACK_FILE}"])
    entry = f"{json.dumps(schema_path().as_uri())}: {mine}"
    try:
        was = read_regular(path, _LARGEST)
    except FileNotFoundError:
        rewrite(path, None, _fresh(entry).encode())
        return True
    except OSError as error:
        raise NotFound(f"{str(path)!r} cannot be read ({why_not(error)}).") from None
    try:
        text = was.decode("utf-8")
        now = _with_schema(text, entry)
    except (ValueError, RecursionError):
        raise Failure(
            f"{str(path)!r} cannot be read as settings, so nothing was written. "
            f'Mend it, or add this yourself: "{_SCHEMAS}": {{{entry}}}'
        ) from None
    if now != text:
        rewrite(path, was, now.encode())
    return now != text


def _fresh(entry: str) -> str:
    """Settings with nothing but an entry for the schema."""
    return f'{{\n  "{_SCHEMAS}": {{\n    {entry}\n  }}\n}}\n'


def _with_schema(text: str, entry: str) -> str:
    """The settings with an entry for the schema. Raises ValueError if they cannot be read."""
    bare = _without_comments(text).replace(_MARK, " ", 1)
    if not bare.strip():
        return f"{text}{_fresh(entry)}"
    if not isinstance(json.loads(bare), dict):
        raise ValueError("the settings are no object")
    begin = bare.index("{")
    members = list(_members(bare, begin))
    breaks = _line_break(text)
    schemas = next((one for one in members if one.name == _SCHEMAS), None)
    if schemas is None:
        block = f'"{_SCHEMAS}": {{{breaks}    {entry}{breaks}  }}'
        return _first(text, begin, block, bool(members), f"{breaks}  ", breaks)
    if not isinstance(schemas.value, dict):
        raise ValueError("the schemas are no object")
    name, globs = next(iter(json.loads(f"{{{entry}}}").items()))
    inner = list(_members(bare, schemas.value_begins))
    # the place of an installation that is gone, or was moved, has the same file in it
    old = next((one for one in inner if one.name == name or one.name.endswith(f"/{NAME}")), None)
    if old is None:
        return _first(text, schemas.value_begins, entry, bool(inner), f"{breaks}    ", f"{breaks}  ")
    if (old.name, old.value) == (name, globs):
        return text
    return text[: old.begins] + entry + text[old.value_ends :]


def _first(text: str, opened: int, entry: str, more: bool, before: str, after: str) -> str:
    """The text with an entry as the first of the object that is opened at this place."""
    rest = text[opened + 1 :]
    return f"{text[: opened + 1]}{before}{entry}{',' if more else '' if rest.startswith(after) else after}{rest}"


_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\r\n]*|/\*.*?\*/|,(?=\s*[}\]])', re.DOTALL)


def _without_comments(text: str) -> str:
    """The text of settings as JSON: blanks where it has comments, or commas before a closing bracket."""

    def blank(found: re.Match[str]) -> str:
        return found[0] if found[0].startswith('"') else re.sub(r"[^\r\n]", " ", found[0])

    # a comma is one too many only when the comments after it are gone
    return _TOKEN.sub(blank, _TOKEN.sub(blank, text))


def _members(text: str, opened: int) -> Iterator[_Member]:
    """Yield the members of the JSON object that is opened at this place. Raises ValueError if it is none."""
    read = json.JSONDecoder().raw_decode
    place = _after_blanks(text, opened + 1)
    while text[place : place + 1] != "}":
        name, ends = read(text, place)
        colon = _after_blanks(text, ends)
        if not isinstance(name, str) or text[colon : colon + 1] != ":":
            raise ValueError("a name and a colon were expected")
        begins = _after_blanks(text, colon + 1)
        value, value_ends = read(text, begins)
        yield _Member(name, place, value, begins, value_ends)
        place = _after_blanks(text, value_ends)
        if text[place : place + 1] == ",":
            place = _after_blanks(text, place + 1)
        elif text[place : place + 1] != "}":
            raise ValueError("a comma or a bracket was expected")


def _after_blanks(text: str, place: int) -> int:
    while text[place : place + 1] in (" ", "\t", "\r", "\n"):
        place += 1
    return place
