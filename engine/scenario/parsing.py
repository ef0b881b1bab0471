"""The parsers of YAML that can be used, the quickest first. All of them read a text alike."""

from __future__ import annotations

from typing import Any, Final

import yaml
from yaml.scanner import ScannerError


class InPython(yaml.SafeLoader):
    """PyYAML's parser in Python, which takes and refuses tabs as the one in C does.

    What it is given holds no line breaks but LF and CR.
    """

    def scan_to_next_token(self) -> None:
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str] | None:
        blanks: list[str] = []
        breaks: list[str] = []
        while (char := self.peek()) in " \t\r\n":
            if char in "\r\n":
                breaks.append(self.scan_line_break())  # type: ignore[no-untyped-call]
                self.allow_simple_key = True
                if self.prefix(3) in ("---", "...") and self.peek(3) in "\0 \t\r\n":
                    return None
                continue
            if breaks and self.column < indent:
                self._refuse_tab()
            blanks += [] if breaks else [char]
            self.forward()
        return breaks[1:] or [" "] if breaks else blanks

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        length = 0
        while self.peek(length) in "+-0123456789":
            length += 1
        if self.peek(length) in "\t#":  # as if there were a space
            at = self.pointer + length
            self.buffer = self.buffer[:at] + " " + self.buffer[at:].removeprefix("\t")
        return super().scan_block_scalar_indicators(start_mark)

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        while self.peek() in " \t":
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        found = super().scan_block_scalar_indentation()
        self._refuse_tab()
        return found

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Any]:
        found = super().scan_block_scalar_breaks(indent)
        if self.column < indent:
            self._refuse_tab()
        return found

    def _refuse_tab(self) -> None:
        if self.peek() == "\t":
            raise ScannerError(None, None, "found a tab where the line is indented", self.get_mark())


LOADERS: Final[tuple[Any, ...]] = (*([yaml.CSafeLoader] if yaml.__with_libyaml__ else []), InPython)
