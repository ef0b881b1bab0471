"""The keys of a screen stand in its last line, whole, in a window of 80 columns."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from rich.cells import cell_len
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Button

from engine.words import gettext, languages, speaking
from game import screens
from game.home.settings import Settings, save_settings
from game.programs.app import FirstVisit
from game.screens.beside import SideBySide
from game.screens.briefing import Briefing, Seed
from game.screens.coach import CoachScreen
from game.screens.debrief_pages import DebriefPages
from game.screens.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame, Own
from game.screens.host import Host
from game.screens.library import Entries, Library
from game.screens.many import Many
from game.screens.preview import PreviewScreen
from game.screens.questions import Questions
from game.screens.room import RoomScreen
from game.screens.run import RunScreen
from game.widgets.choices import Choices
from game.widgets.keys import Key
from game.widgets.listing import Listing
from game.widgets.moves import Moves
from tests.game.screens.moves import SMALL, settle
from tests.game.screens.pictures import text_of

CURSOR: Final[dict[type[Frame], tuple[type[Widget], ...]]] = {
    Library: (Entries,),
    Briefing: (Button, Seed),
    RunScreen: (Choices,),
    DebriefPages: (Moves,),
    CoachScreen: (Moves,),
    Questions: (Choices,),
    SideBySide: (),
    Many: (Listing,),
    RoomScreen: (Button,),
    PreviewScreen: (Choices,),
    Host: (Listing,),
}
"""What the cursor can be in on each screen and on those made of it: it has keys of its own."""


def made_of(screen: type[Frame]) -> Iterator[type[Frame]]:
    """A screen and whatever is made of it."""
    yield screen
    for each in screen.__subclasses__():
        yield from made_of(each)


def on_screen(*owners: type[DOMNode]) -> str:
    """The keys that these show, whatever has the cursor first."""
    keys: dict[str, Binding] = {}
    for owner in owners:
        for key, bindings in owner._merge_bindings().key_to_bindings.items():
            keys.setdefault(key, bindings[0])
    shown = {each.action: each for each in reversed(keys.values()) if each.show}
    return " ".join(f"{each.key_display or each.key} {gettext(each.description)}" for each in reversed(shown.values()))


@pytest.mark.parametrize("language", languages())
def test_every_screen_s_keys_fit_into_80_columns(language: str) -> None:
    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{module.name}")
    assert set(made_of(Frame)) - {Frame, Own} == {each for screen in CURSOR for each in made_of(screen)}
    with speaking(language):
        for base, cursors in CURSOR.items():
            for screen in made_of(base):
                for cursor in ((each,) for each in cursors) if cursors else ((),):
                    line = on_screen(*cursor, screen, FirstVisit)
                    assert cell_len(f" {line} ") <= SMALL[0], f"{screen.__name__}: {line}"
                    spared = cell_len("? F1 " + gettext("Help")) - 1  # see `Keys`
                    assert cell_len(f" {line} ") - spared <= LEAST_WIDTH, f"{screen.__name__}: {line}"


@pytest.mark.parametrize("language", languages())
async def test_in_the_narrowest_window_no_key_is_cut_off(language: str, home: Path) -> None:
    save_settings(replace(Settings(), tutorial_seen=True, language=language))
    app = FirstVisit()
    async with app.run_test(size=(LEAST_WIDTH, LEAST_HEIGHT)) as pilot:
        await settle(pilot)
        last = app.screen.query(Key).last()
        assert last.shown.key == "q"
        assert last.region.right <= LEAST_WIDTH, text_of(app)
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert "F1" in text_of(app), "where there is room, the key to help is told as ever"
