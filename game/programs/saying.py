"""A program that says something short in its corner, which the next key takes away."""

from __future__ import annotations

from time import monotonic
from typing import Any, Final, NamedTuple

from textual import events

from game.programs.program import Program
from game.words.visible import visible_lines

_SHOWN: Final = 6
"""Seconds for which a short message is shown."""


class _Shown(NamedTuple):
    """A short message."""

    text: str
    warning: bool
    until: float
    """When it goes by itself, on the clock of `monotonic`."""


class Saying(Program):
    """A program with short messages over its screens."""

    def __init__(self) -> None:
        super().__init__()
        self._in_corner: list[_Shown] = []

    def say(self, text: str, *, warning: bool = False) -> None:
        """Show a short plain message in the corner."""
        text, severity = visible_lines(text), "warning" if warning else "information"
        self.notify(text, severity=severity, markup=False, timeout=_SHOWN)

    def notify(self, message: str, **how: Any) -> None:
        """As Textual has it; what is shown is remembered for as long as it is."""
        lasts = how.get("timeout")
        until = monotonic() + (self.NOTIFICATION_TIMEOUT if lasts is None else lasts)
        self._in_corner = [*self._still_there(), _Shown(message, how.get("severity") == "warning", until)]
        super().notify(message, **how)

    def _still_there(self) -> list[_Shown]:
        return [each for each in self._in_corner if each.until > monotonic()]

    async def on_event(self, event: events.Event) -> None:
        """A key takes away what was said after the one before it, which has been read, and would lie over what comes
        now."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.take_back()
        await super().on_event(event)

    def take_back(self) -> None:
        """Take away the short messages that are shown, but for warnings."""
        shown = self._still_there()
        if all(each.warning for each in shown):
            return
        self.clear_notifications()
        self._in_corner = []
        for each in shown:
            if each.warning:
                left = max(0.1, each.until - monotonic())
                self.notify(each.text, severity="warning", markup=False, timeout=left)
