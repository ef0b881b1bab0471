"""What can go wrong with what is kept of an event."""

from __future__ import annotations

from engine.words import gettext
from game.words.errors import Failure


class StoreError(Failure):
    """The event could not be read or written. What was asked for did not happen. The sentence is `marked`, and said in
    the language that is spoken where it is read, with `blanks` in its braces."""

    def __init__(self, sentence: str, **blanks: str) -> None:
        super().__init__(sentence)
        self._sentence = sentence
        self._blanks = blanks

    def __str__(self) -> str:
        return gettext(self._sentence).format(**self._blanks) if self._blanks else gettext(self._sentence)


class Deleted(StoreError):
    """The event is not kept any more."""
