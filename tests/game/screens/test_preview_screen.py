"""A preview on the screen: the game beside what only its author is told, while the file changes under it."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from engine.play import Game
from game.authoring.playing_on import Played, Way
from game.programs.author import PreviewApp
from game.screens.preview import PreviewScreen
from game.widgets.choices import Choices
from tests.game.screens.moves import LARGE, SMALL, until, until_shown
from tests.game.screens.pictures import assert_looks_like, text_of
from tests.game.whole import WHOLE

PLAIN = "This one opens with one hand."


@pytest.fixture
def kiosk_path(tmp_path: Path) -> Path:
    """The file that is previewed."""
    path = tmp_path / "kiosk.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def nothing_plays_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found in the background is told by each test itself."""
    monkeypatch.setattr("game.authoring.playing_on.PlayingOn.begin", lambda self: None)


@asynccontextmanager
async def previewing(path: Path, size: tuple[int, int] = LARGE) -> AsyncIterator[tuple[Pilot[None], PreviewScreen]]:
    app = PreviewApp(path, 2)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        screen = cast(PreviewScreen, app.screen)
        await pilot.pause()
        await pilot.pause()
        yield pilot, screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await until_shown(pilot)
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()


async def choose(pilot: Pilot[None], *names: str) -> None:
    """Make choices by the ids of lines."""
    for name in names:
        preview = cast(PreviewScreen, pilot.app.screen).preview
        assert preview.game is not None
        await until_shown(pilot)
        assert pilot.app.screen.query_one(Choices).choose(preview.game.move_named(name)), name
        await pilot.pause()
        await pilot.pause()


async def shown_once(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Wait until it is so, and can be seen."""
    await until(pilot, holds)
    await pilot.pause()


async def save(pilot: Pilot[None], path: Path, text: str) -> None:
    """Save a file, and wait until the preview has it."""
    path.write_text(text, encoding="utf-8")
    screen = cast(PreviewScreen, pilot.app.screen_stack[0])
    await shown_once(pilot, lambda: screen.preview.text == text.encode())
    await pilot.pause()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_panel_as_it_looks(kiosk_path: Path, size: tuple[int, int]) -> None:
    name = f"preview-{size[0]}"
    async with previewing(kiosk_path, size) as (pilot, _):
        await choose(pilot, "where-to", "this-one")
        assert_looks_like(pilot.app, f"{name}-game")
        for panel in ("buyer", "lines", "reply", "problems"):
            await press(pilot, "tab")
            assert_looks_like(pilot.app, f"{name}-{panel}")
        await press(pilot, "tab")
        assert pilot.app.screen.query_one(Choices).has_focus


async def test_a_change_is_marked_where_it_comes_out_differently(kiosk_path: Path) -> None:
    async with previewing(kiosk_path) as (pilot, _):
        await choose(pilot, "where-to", "this-one")
        await save(pilot, kiosk_path, WHOLE.replace(PLAIN, "This one opens by itself."))
        assert_looks_like(pilot.app, "preview-120-changed")
        await choose(pilot, "have-it")
        assert "Since you saved" not in text_of(pilot.app) or "move 2" in text_of(pilot.app)


async def test_errors_stand_in_a_panel_while_the_last_good_version_plays_on(kiosk_path: Path) -> None:
    async with previewing(kiosk_path) as (pilot, screen):
        await choose(pilot, "where-to")
        await save(pilot, kiosk_path, WHOLE.replace("kind: present", "kind: presnt"))
        shown = text_of(pilot.app)
        assert "1 error in the file; Tab shows more. The last good version plays on." in shown
        assert "did you mean `present`?" in shown
        await choose(pilot, "this-one")
        assert PLAIN in text_of(pilot.app)
        await save(pilot, kiosk_path, WHOLE)
        assert "error" not in text_of(pilot.app)
        assert screen.preview.state is not None
        assert screen.preview.state.moves == 2


async def test_a_file_with_errors_from_the_beginning_is_shown_and_played_once_they_are_gone(kiosk_path: Path) -> None:
    kiosk_path.write_text("format: 1\nid: kiosk\n", encoding="utf-8")
    async with previewing(kiosk_path, SMALL) as (pilot, screen):
        assert "There is nothing to play yet." in text_of(pilot.app)
        await press(pilot, "n", "r", "backspace", "f5", "f6", "1")
        await save(pilot, kiosk_path, WHOLE)
        assert screen.preview.state is not None
        await press(pilot, "escape")
        assert "Where are you off to?" in text_of(pilot.app)


async def test_a_file_that_goes_and_comes_back(kiosk_path: Path) -> None:
    async with previewing(kiosk_path, SMALL) as (pilot, _):
        kiosk_path.unlink()
        await shown_once(pilot, lambda: "kiosk.yaml is gone. The last good version plays on." in text_of(pilot.app))
        kiosk_path.mkdir()
        await shown_once(pilot, lambda: "kiosk.yaml is a folder." in text_of(pilot.app))
        kiosk_path.rmdir()
        await save(pilot, kiosk_path, WHOLE.replace(PLAIN, "Here."))
        await choose(pilot, "where-to", "this-one")
        assert "is gone" not in text_of(pilot.app)
        assert "Here." in text_of(pilot.app)


async def test_the_last_choice_is_taken_back_and_another_buyer_comes(kiosk_path: Path) -> None:
    async with previewing(kiosk_path, SMALL) as (pilot, screen):
        await choose(pilot, "where-to", "this-one")
        await press(pilot, "backspace")
        assert f"You {PLAIN}" not in text_of(pilot.app)
        assert screen.preview.state is not None
        assert screen.preview.state.moves == 1
        await press(pilot, "n")
        assert "seed 3" in text_of(pilot.app)
        assert screen.preview.state.moves == 0
        await choose(pilot, "some-day")
        await press(pilot, "r")
        assert "seed 3" in text_of(pilot.app)
        assert screen.preview.state.moves == 0


async def test_what_somebody_else_would_choose_has_the_cursor(kiosk_path: Path) -> None:
    async with previewing(kiosk_path) as (pilot, screen):
        await press(pilot, "f5")
        assert "Who would choose what here?" in text_of(pilot.app)
        await press(pilot, "down", "enter")
        await pilot.app.workers.wait_for_complete([each for each in pilot.app.workers if each.group == "ask"])
        await pilot.pause()
        assert "plan-a would choose where-to." in text_of(pilot.app)
        await press(pilot, "enter")
        assert screen.preview.state is not None
        assert screen.preview.state.moves == 1
        assert "plan-a would choose" not in text_of(pilot.app)


def found(screen: PreviewScreen, *moves: str) -> Played:
    """What playing has found: a way to the question for the order, and a problem."""
    preview = screen.preview
    game = preview.game
    assert isinstance(game, Game)
    from engine.scenario.problems import Problem, Spot

    problem = Problem("FV601", "warning", str(preview.path), Spot(17, 3, 7), "`have-it` was never offered")
    return Played(preview.text, 200, (problem,), {game.move_named("have-it"): Way(9, moves)})


async def test_what_playing_finds_comes_in_and_leads_to_a_line(kiosk_path: Path) -> None:
    async with previewing(kiosk_path) as (pilot, screen):
        screen.post_message(PreviewScreen.Found(found(screen, "where-to")))
        await pilot.pause()
        assert "played 200 times" in text_of(pilot.app)
        await press(pilot, "tab", "tab", "tab", "tab")
        assert "`have-it` was never offered" in text_of(pilot.app)
        await press(pilot, "f6")
        assert "1 choice, seed 9" in text_of(pilot.app)
        assert "not found in 200 plays" in text_of(pilot.app)
        await press(pilot, "enter")
        await pilot.pause()
        state = screen.preview.state
        assert state is not None
        assert (state.seed, state.moves) == (9, 1)
        assert pilot.app.screen.query_one(Choices).has_focus


async def test_what_was_found_of_an_older_version_is_not_shown(kiosk_path: Path) -> None:
    async with previewing(kiosk_path) as (pilot, screen):
        old = found(screen)
        await save(pilot, kiosk_path, WHOLE.replace(PLAIN, "Here."))
        screen.post_message(PreviewScreen.Found(old))
        await pilot.pause()
        assert "played 200 times" not in text_of(pilot.app)


async def test_enter_on_a_problem_and_on_a_line_opens_the_editor_there(
    kiosk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def command(path: Path, line: int) -> list[str]:
        asked.append(line)
        return [str(path)]

    monkeypatch.setattr("game.authoring.editor.command", command)
    monkeypatch.setattr("game.authoring.editor.edit", lambda command: None)
    monkeypatch.setattr(PreviewApp, "suspend", lambda self: nullcontext())
    lines = WHOLE.split("\n")
    async with previewing(kiosk_path, SMALL) as (pilot, _):
        await press(pilot, "tab", "tab", "enter")
        assert lines[asked[-1] - 1].startswith("  where-to:")
        await press(pilot, "escape")
        await choose(pilot, "where-to")
        await press(pilot, "f8")
        assert lines[asked[-1] - 1].startswith("  where-to:")
        await save(pilot, kiosk_path, WHOLE.replace("kind: present", "kind: presnt"))
        await press(pilot, "tab", "tab", "tab", "tab", "enter")
        assert lines[asked[-1] - 1].startswith("  this-one:")


async def test_an_editor_that_is_not_there_is_a_sentence(kiosk_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "no-such-editor")
    async with previewing(kiosk_path, SMALL) as (pilot, _):
        await press(pilot, "f8")
        assert "There is no program 'no-such-editor', which EDITOR names as your editor." in text_of(pilot.app)
        await press(pilot, "enter")
        assert "Where are you off to?" in text_of(pilot.app)


async def test_a_click_on_a_tab_goes_there(kiosk_path: Path) -> None:
    async with previewing(kiosk_path) as (pilot, screen):
        await pilot.click("#--content-tab-lines")
        await pilot.pause()
        assert "On offer: 4 lines" in text_of(pilot.app)
        await choose(pilot, "where-to")
        assert screen.preview.state is not None
        assert screen.preview.state.moves == 1


async def test_at_the_end_the_next_buyer_is_offered(kiosk_path: Path) -> None:
    async with previewing(kiosk_path, SMALL) as (pilot, screen):
        await choose(pilot, "some-day")
        await choose(pilot, "finish")
        assert "It is over. The next buyer" in text_of(pilot.app)
        await press(pilot, "enter")
        assert screen.preview.seed == 3
        assert "Where are you off to?" in text_of(pilot.app)


async def test_authors_text_is_shown_as_it_is_written(kiosk_path: Path) -> None:
    odd = "[red]{0} $x[/] \\\\n"
    kiosk_path.write_text(WHOLE.replace("Where are you off to?", f"'{odd}'"), encoding="utf-8")
    async with previewing(kiosk_path, SMALL) as (pilot, _):
        assert odd in text_of(pilot.app)
        await choose(pilot, "where-to")
        await save(pilot, kiosk_path, WHOLE)
        assert f"It was: “{odd}”" in text_of(pilot.app)


async def test_any_keys_in_any_window(kiosk_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    keys = [
        *"12345",
        "tab",
        "shift+tab",
        "enter",
        "escape",
        "backspace",
        *"nr",
        "f5",
        "f6",
        "f8",
        "down",
        "pageup",
        "f1",
    ]
    chance = random.Random(1)
    async with previewing(kiosk_path, SMALL) as (pilot, _):
        for number in range(40):
            if number % 10 == 9:
                await pilot.resize_terminal(*chance.choice([SMALL, LARGE, (72, 20), (60, 12)]))
                kiosk_path.write_text(WHOLE.replace("Sam", chance.choice(["Sam", "Kim", "[x"])), encoding="utf-8")
            await pilot.press(chance.choice(keys))
        assert text_of(pilot.app)
