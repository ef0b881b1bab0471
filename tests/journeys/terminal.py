"""A terminal to play in: a pseudo-terminal, and a small screen that understands what the program writes."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import pexpect

PATIENCE = 120
"""Seconds in which whatever is waited for has come, however busy the machine is."""
_PART = re.compile(
    r"\x1b\[(?P<codes>[0-9;:?<=>]*)(?P<end>[@-~])|\x1b[PX^_\]].*?(?:\x1b\\|\x07)|\x1b[()*+].|\x1b.|(?P<text>[^\x1b]+)",
    re.S,
)
_BEGUN = re.compile(r"\x1b(?:\[[0-9;:?<=>]*)?")
"""An escape sequence whose end has not come yet."""


class Glass:
    """What can be seen: moves of the cursor and text. Colours are let through without a look."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.row = self.column = 0
        self.cells = [[" "] * columns for _ in range(rows)]
        self.rest = ""

    def write(self, text: str) -> None:
        text, self.rest = self.rest + text, ""
        begun = text.rfind("\x1b")
        if begun >= 0 and _BEGUN.fullmatch(text, begun):
            text, self.rest = text[:begun], text[begun:]
        for part in _PART.finditer(text):
            if part["text"] is not None:
                for character in part["text"]:
                    self._put(character)
            elif part["end"] == "H":
                at = [int(each or 1) for each in (part["codes"] or "1;1").split(";")]
                self.row, self.column = at[0] - 1, (at[1] if len(at) > 1 else 1) - 1
            elif part["end"] == "J":
                self.cells = [[" "] * self.columns for _ in range(self.rows)]

    def _put(self, character: str) -> None:
        if character == "\n":
            self.row += 1
        elif character == "\r":
            self.column = 0
        elif character >= " ":
            if self.row < self.rows and self.column < self.columns:
                self.cells[self.row][self.column] = character
            self.column += 1

    @property
    def text(self) -> str:
        return "\n".join("".join(row).rstrip() for row in self.cells)


class Terminal:
    """The program in a window of its own."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        colour: bool = True,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            **settings,
            "FIRSTVISIT_HOME": str(home),
            "TEXTUAL_ANIMATIONS": "none",
        }
        for name in ("NO_COLOR", "COLUMNS", "LINES"):
            environment.pop(name, None)
        if not colour:
            environment["NO_COLOR"] = "1"
        self.glass = Glass(columns, rows)
        self.raw = ""
        self.program = pexpect.spawn(
            sys.executable,
            ["-m", "game", *arguments],
            dimensions=(rows, columns),
            env=environment,
            encoding="utf-8",
            codec_errors="replace",
            timeout=PATIENCE,
        )

    def read(self, quiet: float = 0.15) -> str:
        """Read until nothing new comes for a moment, and return what is to be seen."""
        while True:
            try:
                new = self.program.read_nonblocking(65_536, timeout=quiet)
            except (pexpect.TIMEOUT, pexpect.EOF):
                return self.glass.text
            self.raw += new
            self.glass.write(new)

    def see(self, *texts: str, patience: float = PATIENCE) -> str:
        """Wait until all of these texts can be seen."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            shown = self.read(0.05)
            if all(text in shown for text in texts):
                return self.read()  # a key pressed before all is shown does nothing
        raise AssertionError(f"not to be seen within {patience} s: {texts}\n{self.glass.text}")

    def changed(self, before: str) -> str:
        """Wait until anything else can be seen than before."""
        until = time.monotonic() + PATIENCE
        while self.read(0.05) == before:
            assert time.monotonic() < until, f"nothing else to be seen within {PATIENCE} s:\n{before}"
        return self.read()

    def press(self, keys: str) -> None:
        self.program.send(keys)

    def press_until_seen(self, keys: str, *texts: str) -> str:
        """Press keys that do no harm twice until these texts can be seen, as a person does to whom nothing happened."""
        for _ in range(9):
            self.press(keys)
            try:
                return self.see(*texts, patience=3)
            except AssertionError:
                continue
        self.press(keys)
        return self.see(*texts)

    def resize(self, columns: int, rows: int) -> None:
        self.glass = Glass(columns, rows)
        self.program.setwinsize(rows, columns)

    def press_until_left(self, keys: str) -> int:
        """Press keys that leave until the program has ended, and return its exit code."""
        for _ in range(9):
            self.press(keys)
            with suppress(pexpect.TIMEOUT):
                return self.left(patience=3)
        return self.left()

    def left(self, patience: float = PATIENCE) -> int:
        """Wait for the program to end, and return its exit code."""
        self.program.expect(pexpect.EOF, timeout=patience)
        self.raw += self.program.before or ""
        self.program.close()
        return self.program.exitstatus if self.program.exitstatus is not None else -1
