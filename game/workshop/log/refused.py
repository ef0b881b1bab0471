"""What cannot be done in an event, as its rules have it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from engine.money import number_text
from engine.words import gettext


class Refused(Exception):
    """An entry that is not possible here. `code` is a word for programs; as a text it is a sentence for people, said in
    the language that is spoken where it is read. What a player may be told is `marked`, with `blanks` for its braces.
    """

    def __init__(self, code: str, sentence: str, **blanks: Any) -> None:
        super().__init__(sentence)
        self.code = code
        self._sentence = sentence
        self._blanks = blanks

    def __str__(self) -> str:
        said = gettext(self._sentence)
        blanks = {name: number_text(each) if isinstance(each, int) else each for name, each in self._blanks.items()}
        return said.format(**blanks) if blanks else said

    def __reduce__(self) -> tuple[Callable[..., Refused], tuple[str, str]]:
        return partial(Refused, **self._blanks), (self.code, self._sentence)
