"""What the terminal sends, before the library reads it: no byte ends the program, and floods are dropped.

All of it guards against textual 8.2.8, whose input thread ends at the first byte that is not UTF-8 and at some
sequences of keys, taking every later key with it; which turns a paste that holds an ESC into keys, and what a terminal
says of itself too; which starts a second reader when a stopped program goes on; and which waits for a terminal that is
gone. Once it does none of these, this module can go.
"""

from __future__ import annotations

import os
import re
import selectors
import signal
import time
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Final

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

_MOST_AT_ONCE: Final = 50
"""Keys and presses that may come at once: what a held key sends while the program is busy for a second."""
_A_SECOND: Final = 200
"""Keys and presses that may come in a second, for longer."""
_LONGEST_PASTE: Final = 1_000
"""Bytes of the longest paste that is taken."""
_QUIET: Final = 0.1
"""Seconds without input after which a flood is over."""
_LONGEST_PAUSE: Final = 0.5
"""Seconds without input after which a paste has ended, though its end never came."""

_OPEN, _CLOSE = b"\x1b[200~", b"\x1b[201~"
_LEAVE: Final = (b"\x11", b"\x1b[113;5u")
"""Ctrl+Q, as terminals send it."""
_OLD_MOUSE: Final = re.compile(rb"\x1b\[M[\x00-\xff]{3}")
_ANSWER: Final = re.compile(rb"\x1b[PX\]^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)")
"""What a terminal says of itself (DCS, SOS, OSC, PM, APC): to the library's parser it would be so many keys."""
_BEGUN: Final = re.compile(rb"\x1b(?:\[(?:M[\x00-\xff]{0,2}|20?0?)?|[PX\]^_][^\x07\x1b]{0,4096}\x1b?)\Z")
"""The beginning of something that is taken whole."""
_MOVES: Final = re.compile(rb"(?:\x1b\[<(?:3[2-9]|[45]\d|6[0-3]);-?\d+;-?\d+[Mm])+(?=\x1b\[<(?:3[2-9]|[45]\d|6[0-3]);)")
"""Moves of the mouse that are followed by another."""
_STROKE: Final = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO?[^\x1b]|[\x00-\xff]")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Intake:
    """Turns what a terminal sends into text that can be parsed, a piece at a time."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("ignore").decode
        self._begun = b""
        self._paste: bytes | None = None
        self._flooded = False
        self._allowed = float(_MOST_AT_ONCE)
        self._last = 0.0

    def take(self, data: bytes, now: float) -> str:
        """What remains of `data`, which came at `now` (in seconds, from any start)."""
        data, self._begun = self._begun + data, b""
        taken = ""
        while data:
            if self._paste is not None:
                data = self._paste + data
                pasted, end, data = data.partition(_CLOSE)
                if not end:
                    self._paste = pasted[-_LONGEST_PASTE - 1 :]
                    break
                self._paste = None
                taken += self._pasted(pasted)
                continue
            before, opened, data = data.partition(_OPEN)
            if opened:
                self._paste = b""
            elif begun := _BEGUN.search(before):
                before, self._begun = before[: begun.start()], begun[0]
            taken += self._typed(before, now)
        self._last = now
        return taken

    def rest(self, now: float) -> str:
        """What was held back, if nothing has come for long enough at `now`."""
        if now - self._last < _QUIET:
            return ""
        self._flooded = False
        begun, self._begun = self._begun, b""
        if self._paste is not None and now - self._last >= _LONGEST_PAUSE:
            self._paste = None
        return self._decode(begun)

    def _typed(self, data: bytes, now: float) -> str:
        data = _MOVES.sub(b"", _OLD_MOUSE.sub(b"", _ANSWER.sub(b"", data)))
        strokes = sum(1 for _ in _STROKE.finditer(data)) if len(data) <= 4 * 4096 else len(data)
        self._allowed = min(_MOST_AT_ONCE, self._allowed + _A_SECOND * max(0.0, now - self._last))
        if self._flooded or strokes > self._allowed:
            self._flooded = True
            return "\x11" if any(leave in data for leave in _LEAVE) else ""
        self._allowed -= strokes
        return self._decode(data)

    @staticmethod
    def _pasted(data: bytes) -> str:
        if len(data) > _LONGEST_PASTE:
            return ""
        return f"\x1b[200~{_CONTROLS.sub('', data.decode('utf-8', 'ignore'))}\x1b[201~"


class GuardedDriver(LinuxDriver):
    """The library's driver, which goes on whatever comes."""

    def run_input_thread(self) -> None:
        """Read until the program ends or the terminal is gone."""
        intake, parser = Intake(), XTermParser(self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                text = ""
                if selector.select(_QUIET):
                    try:
                        data = os.read(self.fileno, 4096)
                    except OSError:
                        data = b""
                    if not data:
                        os.kill(os.getpid(), signal.SIGHUP)
                        return
                    text = intake.take(data, time.monotonic())
                text += intake.rest(time.monotonic())
                try:
                    for event in (*(parser.feed(text) if text else ()), *parser.tick()):
                        self.process_message(event)
                except Exception:  # a sequence that the parser cannot read means nothing; it begins anew
                    parser = XTermParser(self._debug)

    def write(self, data: str) -> None:
        """Write, unless the terminal is gone."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().write(data)

    def close(self) -> None:
        """Stop writing, unless the terminal is gone."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().close()

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again when somebody else stopped the program and lets it go on."""
        if self._auto_restart:
            with suppress(Exception):
                self.suspend_application_mode()
            self.resume_application_mode()
