"""German as the proof that the program can be another language's: its tutorial, and who is offered it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from engine import words
from engine.play import Game
from engine.rules.replies import BUILT_IN
from engine.scenario import check_scenario
from game.home import settings
from game.programs.app import FirstVisit
from game.screens.briefing import Briefing
from game.screens.frame import LEAST_HEIGHT, LEAST_WIDTH
from game.shelf import library
from tests.game.conftest import Run
from tests.game.screens.moves import SMALL, pin, settle
from tests.game.screens.pictures import seen, text_of

TUTORIAL = "erste-fuenf-minuten"


@pytest.fixture(autouse=True)
def quiet(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pin(monkeypatch)
    yield
    words.speak(words.ENGLISH)


def test_the_german_tutorial_has_no_problems() -> None:
    path = library.find(TUTORIAL)
    _, problems = check_scenario(path.read_bytes(), str(path))
    assert [each for each in problems if each.level != "hint"] == []
    assert library.load(path).language == "de"


def test_it_stands_where_the_english_one_does_for_those_who_speak_german() -> None:
    with words.speaking("de"):
        assert [each.summary.id for each in library.entries()[0]][:2] == [TUTORIAL, "first-five-minutes"]
    with words.speaking("en"):
        assert TUTORIAL not in {each.summary.id for each in library.entries()[0]}


def test_its_debrief_is_headed_by_title_result_and_conduct_in_full() -> None:
    with words.speaking("de"):
        title = words.gettext("Debrief: {title}").format(title=library.load(library.find(TUTORIAL)).title)
        conduct = words.gettext("conduct {percent}%").format(percent=100)
        most = words.gettext("result {percent}% (+/- {error}) of par").format(percent=100, error=10)
        for result in (most, words.gettext("result 0% of par, the lowest")):
            assert cell_len(f"  {title} {result} · {conduct}  ") <= SMALL[0], result


def test_drills_and_progress_are_in_it_as_lines_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for_programs = run("progress", "--json")
    monkeypatch.setenv("FIRSTVISIT_LANGUAGE", "de")
    assert "Was würden Sie hier tun?" in run("drill", "--plain", typed="")[1]
    assert run("progress")[1].startswith("BILANZ\n")
    assert run("progress", "--json") == for_programs


def test_it_is_listed_for_those_who_speak_german(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert TUTORIAL not in run("list")[1]
    monkeypatch.setenv("FIRSTVISIT_LANGUAGE", "de")
    assert run("list")[1].startswith(f"{TUTORIAL}\n    Die ersten fünf Minuten (Tutorial,")


async def test_who_starts_in_german_is_offered_it_and_plays_it_in_german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTVISIT_LANGUAGE", "de")
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "„Die ersten fünf Minuten“ erklärt die Ansicht" in text_of(app)
        await settle(pilot, "1")
        assert isinstance(app.screen, Briefing)
        await settle(pilot, "enter", "1")
        shown = text_of(app)
        assert "Geduld" in shown
        assert "890" not in shown
        assert not [english for english in BUILT_IN.values() if english in shown]


@pytest.mark.parametrize(
    ("surroundings", "chosen", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "", "de"),
        ({"LANG": "de_AT@euro"}, "", "de"),
        ({"LANG": "fr_FR.UTF-8"}, "", "en"),
        ({"LANG": "C.UTF-8"}, "", "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "", "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "", "en"),
        ({"LANG": "de_DE.UTF-8"}, "en", "en"),
        ({"LANG": "de_DE.UTF-8", "FIRSTVISIT_LANGUAGE": "en"}, "de", "en"),
    ],
)
def test_the_language_is_the_systems_unless_another_was_chosen(
    monkeypatch: pytest.MonkeyPatch, surroundings: dict[str, str], chosen: str, language: str
) -> None:
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    assert settings.language(settings.Settings(language=chosen)) == language


async def test_another_language_is_chosen_from_all_commands_and_remembered() -> None:
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot, "2")
        assert "Type to filter" in text_of(app)
        app.set_language("de")
        await settle(pilot)
        assert "Tippen filtert" in text_of(app)
        await settle(pilot, "f5")
        assert "Frühere Durchgänge" in text_of(app)
    app = FirstVisit()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Tippen filtert" in text_of(app)


async def test_after_a_german_run_the_library_is_the_players_own_again() -> None:
    app = FirstVisit(path=library.find(TUTORIAL))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Kalender" in text_of(app)
        await settle(pilot, "enter")
        assert "Geduld" in text_of(app)
        await settle(pilot, "escape")
        assert "Type to filter" in text_of(app)


def first_of_the_menu(game: Game, seed: int) -> Iterator[str]:
    """What somebody says who always takes the first line, to a buyer's seed, and how it ends."""
    state = game.new_initial_state(seed)
    while not state.is_terminal():
        option = state.glance("novice").options[0]
        yield option.name
        state = state.apply_action(option.action)
    yield str(state.player_view("novice").prospects[0].result)


def test_a_translation_is_played_like_its_original_by_whoever_chooses_by_place() -> None:
    german, english = (Game(library.load(library.find(name))) for name in (TUTORIAL, "first-five-minutes"))
    for seed in range(4):
        assert list(first_of_the_menu(german, seed)) == list(first_of_the_menu(english, seed))
    assert german.scenario.expect == english.scenario.expect


def test_check_compares_a_translation_with_its_original(run: Run, tmp_path: Path) -> None:
    text = library.find(TUTORIAL).read_text(encoding="utf-8")
    code, out, _ = run("check", "--no-explore", str(library.find(TUTORIAL)))
    assert (code, "FV429" in out) == (0, False)
    mine = tmp_path / "meine.yaml"
    mine.write_text(
        text.replace(f"id: {TUTORIAL}", "id: meine").replace("  quiet:\n", "  leise:\n").replace("quiet", "leise")
    )
    code, out, _ = run("check", "--no-explore", str(mine))
    assert "needs, traits and reasons of `first-five-minutes` that are not here: `quiet`" in out
    assert "needs, traits and reasons here that `first-five-minutes` does not have: `leise`" in out
    mine.write_text(text.replace(f"id: {TUTORIAL}", "id: meine").replace("of: first-five-minutes", "of: nobody-here"))
    assert "no scenario here has the id `nobody-here`" in run("check", "--no-explore", str(mine))[1]


async def test_long_names_of_levels_leave_room_for_every_number_in_the_narrowest_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FIRSTVISIT_LANGUAGE", "de")
    app = FirstVisit()
    async with app.run_test(size=(LEAST_WIDTH, LEAST_HEIGHT)) as pilot:
        await settle(pilot, "1", "enter", "1")
        heading, _, above, below = seen(app)[:4]
    assert "Tag 1, Di 14:17 · Die" in heading
    for line, levels in ((above, ("Geduld", "Vertrauen", "Druck")), (below, ("Interesse", "Begeisterung"))):
        for level in levels:
            assert line.split(level)[1].strip(" ━─")[:1].isdigit(), line
