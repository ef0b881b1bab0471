"""The whole program in a language in which no word is spelled in Latin letters: what is, was never translated."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from engine import words
from engine.play import Game
from engine.scenario import read_scenario
from game.coach import coaching
from game.home import profile
from game.plain import Plain
from game.practice import history
from game.programs.app import FirstVisit
from game.runs.session import Session
from game.screens.between import Between
from game.screens.debrief import DebriefScreen
from game.screens.trouble import Trouble
from game.screens.visit import Visit
from game.shelf import library
from game.widgets.choices import Choices
from game.words.errors import Failure
from tests import pseudo
from tests.game.screens.moves import SMALL, settle
from tests.game.screens.pictures import text_of
from tests.game.screens.scripted import ScriptedRun

KEYS = ("Esc", "Enter", "Tab", "Ctrl", "PgUp", "PgDn", "Del", "First", "Visit", "price", "English", "Deutsch")
"""Names of keys, of the program, of languages, and of a reason for which its author wrote no words."""


@pytest.fixture(autouse=True, params=[pseudo.LANGUAGE, "de"])
def language(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What the player and the scenario speak, and nothing else."""
    monkeypatch.setenv("FIRSTVISIT_LANGUAGE", request.param)
    with pseudo.spoken_here():
        yield request.param
    words.speak(words.ENGLISH)


class Reader:
    """Somebody who reads every screen, and notes what they cannot."""

    def __init__(self, pilot: Pilot[None], language: str) -> None:
        self.pilot = pilot
        self.left: dict[str, list[str]] = {}
        self._strange = language == pseudo.LANGUAGE

    async def press(self, *keys: str) -> None:
        for key in keys:
            await settle(self.pilot, key)
            screen = self.pilot.app.screen
            where = f"{type(screen).__name__} {key}"
            if self._strange and (found := pseudo.latin(text_of(self.pilot.app), *KEYS)):
                self.left[where] = found
            for each in screen.query("Keys, #bar-left, #bar-right"):
                if each.virtual_size.width > each.size.width or each.max_scroll_x:
                    self.left[f"{where}: too wide"] = [str(each)]

    async def move(self, kind: str) -> None:
        """Choose the first move of a kind."""
        choices = self.pilot.app.screen.query_one(Choices)
        key = next(key for key, option in choices._moves.items() if option.kind == kind)
        await self.press(*[key] * (2 if kind == "finish" else 1))


@pytest.fixture
def path(tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only scenario there is."""
    where = tmp_path / "strange.yaml"
    where.write_text(pseudo.sale(language), encoding="utf-8")
    monkeypatch.setattr(library, "folders", lambda extra=None: (tmp_path,))
    return where


async def test_a_run_from_its_briefing_to_its_debrief(path: Path, language: str) -> None:
    app = FirstVisit(path=path, seed=3)
    async with app.run_test(size=SMALL) as pilot:
        reader = Reader(pilot, language)
        await reader.press("question_mark", "escape", "enter", "tab", "tab", "question_mark", "escape")
        assert isinstance(app.screen, Visit)
        for kind in ("small-talk", "open-question", "closed-question", "present", "quote", "vague-follow-up"):
            await reader.move(kind)
        await reader.press("1")
        assert isinstance(app.screen, Between)
        await reader.press("question_mark", "escape", "ctrl+p", "escape")
        for kind in ("touch", "check-in", "task", "wait"):
            if isinstance(app.screen, Between):
                await reader.move(kind)
        for _ in range(9):  # a buyer who gets in touch stops the waiting
            if isinstance(app.screen, Between) and app.screen.view.place == "between":
                await reader.move("finish")
        await reader.press("1")
        assert isinstance(app.screen, DebriefScreen)
        await reader.press("2", "3", "4", "tab", "question_mark", "escape", "escape")
        await reader.press("question_mark", "escape", "f5", "escape")
    assert reader.left == {}


async def test_a_full_disk(path: Path) -> None:
    run = ScriptedRun(read_scenario(path.read_bytes(), str(path)))
    run.full_disk = True
    app = FirstVisit(session=cast("Session", run))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "1")
        assert isinstance(app.screen, Trouble)
        assert "This run is no longer saved" not in text_of(app)


def test_a_run_as_lines(path: Path, language: str) -> None:
    session = Session.start(read_scenario(path.read_bytes(), str(path)), path, 3, "novice", False, profile.runs_dir())
    out = io.StringIO()
    typed = "".join(f"{each}\n" for each in ("?", "o", "x", "99", "1", "3", "4", "2", "8", "9", *["1"] * 40))
    Plain(session, io.StringIO(typed), out).run()
    if language == pseudo.LANGUAGE:
        assert not pseudo.latin(out.getvalue().partition("\n" + pseudo.strange("Run:"))[0], *KEYS)


def test_what_cannot_be_found_or_read_is_said_in_the_players_language(
    path: Path, language: str, tmp_path: Path
) -> None:
    nameless, folder = pseudo.strange("nothing"), tmp_path / pseudo.strange("folder")
    folder.mkdir()
    told = []
    with words.speaking(language):
        for look in (
            lambda: library.find(nameless),
            lambda: library.find("strange-sal"),
            lambda: library.find(f"{nameless}.yaml"),
            lambda: library.load(folder),
            lambda: coaching.must_be_judged(Game(library.load(path)).new_initial_state(3)),
        ):
            with pytest.raises(Failure) as refused:
                look()
            told.append(str(refused.value))
        Session.start(library.load(path), path, 3, "novice", False, profile.runs_dir()).close()
        history.path().write_bytes(b"nothing" * 100)
        told.append(history.history().notice)
    assert all(told)
    if language == pseudo.LANGUAGE:
        known = (*KEYS, "strange", "sal", "sale", "firstvisit", "list", "yaml")
        assert [left for each in told if (left := pseudo.latin(re.sub(r"\S*/\S*", "", each), *known))] == []
