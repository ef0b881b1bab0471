"""An app in which nothing acts that was pressed before what it acts on could be seen."""

from __future__ import annotations

from functools import partial
from typing import Final

from textual import events
from textual.app import App

ALWAYS: Final = frozenset({"q", "ctrl+q", "ctrl+z"})
"""Keys that act whatever is shown, even if that could not be seen yet: they lose nothing."""
LONGEST_UNSEEN: Final = 0.5
"""Seconds after which what is to be shown counts as shown."""


class OnlySeen(App[None]):
    """An app that drops keys, presses and pastes which its player cannot have meant for what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._seen_since = 0.0
        self._to_be_seen = 0
        self._press_dropped = False

    def drop_between_screens(self) -> None:
        """From now on, listen to nothing while one screen makes way for another. Called once the app is mounted."""
        self.screen_change_signal.subscribe(self, lambda _: self._unseen(), immediate=True)

    def listen_once_shown(self) -> None:
        """From now on, let nothing act that was pressed before what is to be shown next could be seen."""
        self.screen.call_after_refresh(self._shown, self._unseen())

    def _unseen(self) -> int:
        """Let nothing act from now on, until this number is shown or should have been."""
        self._seen_since = float("inf")
        self._to_be_seen += 1
        self.set_timer(LONGEST_UNSEEN, partial(self._shown, self._to_be_seen))
        return self._to_be_seen

    def _shown(self, number: int) -> None:
        if number == self._to_be_seen and not self.listening:
            self._seen_since = events.Event().time

    @property
    def listening(self) -> bool:
        """Whether what is shown can be seen, so that a key pressed now is meant for it."""
        return self._seen_since != float("inf")

    async def on_event(self, event: events.Event) -> None:
        """Drop what was pressed before what it would act on could be seen."""
        if not isinstance(event, events.InputEvent | events.Paste) or self._is_meant(event):
            await super().on_event(event)

    def _is_meant(self, event: events.Event) -> bool:
        """Whether the player saw what a key, a press or a paste acts on. Keys come here twice: before a widget has
        had them, and after, when the screen may be another."""
        seen = event.time >= self._seen_since
        if isinstance(event, events.Key):
            return event.key in ALWAYS or (seen and not self._too_small())
        if isinstance(event, events.Paste):
            return seen and not self._too_small()
        if isinstance(event, events.MouseDown):
            self._press_dropped = not seen
            return seen
        return not (isinstance(event, events.MouseUp) and self._press_dropped)

    def _too_small(self) -> bool:
        """Whether the window shows only that it is too small."""
        from game.screens.frame import LEAST_HEIGHT, LEAST_WIDTH

        return self.size.width < LEAST_WIDTH or self.size.height < LEAST_HEIGHT
