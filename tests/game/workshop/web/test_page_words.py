"""What the players' page and the board say themselves is known to translators, and is said as the round speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from engine.words import speaking
from game.shelf import library
from game.workshop.log.plan import RoundPlan
from game.workshop.web import wire
from game.workshop.web.page import SAID, page_words
from game.workshop.web.words import words
from tests import pseudo
from tests.game.workshop.halls import Hall, event

WEB = files("game.workshop.web") / "static"
ELSEWHERE = {
    "First Visit",
    "Board: First Visit",
    "This page needs JavaScript. Without it:",
    "firstvisit join",
    "in a terminal.",
}
"""What stands in the page before it can know any language."""


class Texts(HTMLParser):
    """Collects what a page says: its texts and the names of its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name in ("aria-label", "alt") and value}

    def handle_data(self, data: str) -> None:
        self.found |= {data.strip()} - {""}


def test_all_that_the_pages_say_is_known_to_translators() -> None:
    page = Texts()
    for name in ("play.html", "board.html"):
        page.feed((WEB / name).read_text(encoding="utf-8"))
    code = "".join((WEB / name).read_text(encoding="utf-8") for name in ("play.js", "board.js", "shared.js"))
    said = set(re.findall(r'say\("([^"]*)"', code))
    assert (page.found | said) - ELSEWHERE == set(SAID)


def test_nothing_of_the_page_is_left_in_english() -> None:
    with pseudo.spoken_here():
        told = page_words(pseudo.LANGUAGE)
        assert set(told) == set(SAID)
        assert not {text: left for text in told.values() if (left := pseudo.latin(re.sub(r"{\w+}", "", text)))}
    assert page_words("en") == {}


def _texts(of: object, name: str = "") -> Iterator[str]:
    """The texts in a structure, but for the names of moves and who is speaking."""
    if isinstance(of, str) and name != "who":
        yield of
    elif isinstance(of, dict):
        for key, value in of.items():
            if (key, "number" in of) != ("name", True):
                yield from _texts(value, key)
    elif isinstance(of, (tuple, list)):
        for each in of:
            yield from _texts(each)


def test_a_round_is_told_in_its_own_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "folders", lambda extra=None: (tmp_path,))
    (tmp_path / "strange.yaml").write_text(pseudo.sale(), encoding="utf-8")
    with pseudo.spoken_here():
        hall = Hall(event(RoundPlan("strange-sale")))
        hall.seat()
        told: list[str] = []
        for _ in range(12):
            with speaking(hall.room.language):
                told += _texts(asdict(words(wire.now(hall.room, 1, {1: ""}, hall.at))))
            if hall.room.running is None:
                hall.open()
            else:
                hall.move(1)
    assert hall.room.language == pseudo.LANGUAGE
    assert len(told) > 100
    assert pseudo.latin(" ".join(told), "price") == []
