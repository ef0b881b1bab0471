"""What is said can be said in another language: catalogues are whole, and fit what the program says."""

from __future__ import annotations

import string
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import words
from engine.calendar import date_text, span_text, when_text
from engine.changes import changes
from engine.events import cause_text
from engine.money import money_text
from engine.play import Game, State
from engine.rules.replies import BUILT_IN
from engine.scenario import read_scenario
from engine.units import DAY, HOUR
from tests import pseudo
from tests.catalogues import FOLDER, KEYWORDS, as_mo, catalogue, said, texts, untranslated

LANGUAGES = [each for each in words.languages() if each != words.ENGLISH]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_its_translation(language: str) -> None:
    kept = catalogue(language)
    wanted = {(each.id, each.context) for each in said() if each.id}
    assert not wanted - {(each.id, each.context) for each in kept}, "run `python -m tests.catalogues`, and translate"
    assert not {(each.id, each.context) for each in kept if each.id} - wanted, "run `python -m tests.catalogues`"
    assert [each.id for each in untranslated(kept)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_sentence(language: str) -> None:
    for each in catalogue(language):
        keys, told = texts(each.id), texts(each.string)
        if keys:
            assert set().union(*map(_places, told)) <= set().union(*map(_places, keys)), told
            assert _places(told[-1]) == _places(keys[-1]), told[-1]


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_reads_what_translators_wrote(language: str) -> None:
    assert (FOLDER / f"{language}.mo").read_bytes() == as_mo(catalogue(language))


def test_who_reads_english_reads_the_keys() -> None:
    assert words.gettext("No such sentence.") == "No such sentence."
    assert words.ngettext("{count} move", "{count} moves", 2) == "{count} moves"


@pytest.mark.parametrize(("asked", "spoken"), [("en", "en"), ("xx", "en"), ("en-GB", "en"), ("", "en")])
def test_an_unknown_language_falls_back(asked: str, spoken: str) -> None:
    with words.speaking(asked):
        assert words.spoken() == spoken


def test_what_is_made_for_one_reader_changes_nothing_for_another() -> None:
    languages = words.languages()
    with ThreadPoolExecutor(1) as elsewhere, words.speaking(languages[-1]):
        assert words.spoken() == languages[-1]
        assert elsewhere.submit(words.spoken).result() == words.ENGLISH
    assert words.spoken() == words.ENGLISH


def test_every_function_that_takes_a_sentence_is_known_to_the_collector() -> None:
    assert set(KEYWORDS) == {"gettext", "ngettext", "pgettext", "marked"}


# --- what is said in the course of a sale ----------------------------------------------------------------------------


def _course(game: Game, seed: int) -> State:
    """A run in which everything is tried, one thing after the other."""
    state = game.new_initial_state(seed)
    while not state.is_terminal():
        moves = state.legal_actions()
        state = state.apply_action(moves[(seed + 7 * state.moves) % len(moves)])
    return state


def _told(end: State) -> Iterator[str]:
    """Every text of a run but for what its author wrote: what is said, done, possible, and why."""
    for each in end.states():
        view = each.player_view("novice")
        yield from (option.text for option in view.options)
        yield from (fact.says for fact in view.prospects[0].facts)
        yield from (change.text for change in (changes(each.previous, each) if each.previous else ()))
        yield from (cause_text(event) for event in each.events if event.what not in ("reply", "narration", "said"))
    yield from (said.text for said in end.player_view("novice").transcript)


@pytest.mark.parametrize("seed", range(12))
def test_a_sale_is_told_in_the_language_of_its_scenario(seed: int) -> None:
    with pseudo.spoken_here(), words.speaking(pseudo.LANGUAGE):
        told = list(_told(_course(Game(read_scenario(pseudo.sale().encode(), "strange.yaml")), seed)))
    assert len(told) > 50
    assert not {text: left for text in told if (left := pseudo.latin(text, "price"))}


def test_what_is_said_is_the_same_whoever_reads() -> None:
    text = pseudo.sale(words.languages()[-1]).encode()
    with words.speaking(words.ENGLISH):
        read_in_english = _course(Game(read_scenario(text, "sale.yaml")), 3).player_view("regular")
    with words.speaking(words.languages()[-1]):
        assert _course(Game(read_scenario(text, "sale.yaml")), 3).player_view("regular") == read_in_english
    told = " ".join(said.text for said in read_in_english.transcript)
    assert not {english for english in BUILT_IN.values() if english in told}


def test_what_a_scenario_says_is_no_key_and_no_template() -> None:
    braces = "{name} {0} {what.__class__} %s"
    text = pseudo.sale().replace(pseudo.strange("I have to get to the station dry."), f'"{braces}"')
    end = _course(Game(read_scenario(text.encode(), "sale.yaml")), 5)
    assert any(f"'{braces}'" in told for told in _told(end))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Sat 10:40 in 7 days", "tomorrow, Sun", "2 days 4 h", "38,900", "−4.50")),
        ("de", ("Sa 10:40 in 7 Tagen", "morgen, So", "2 Tage 4 h", "38.900", "−4,50")),
    ],
)
def test_times_and_amounts_are_written_as_their_readers_do(language: str, said: tuple[str, ...]) -> None:
    saturday = 5 * DAY + 10 * HOUR + 40
    with words.speaking(language):
        found = when_text(saturday + 7 * DAY, saturday), date_text(saturday + DAY, saturday), span_text(52 * HOUR)
        assert (*found, money_text(3_890_000, "EUR"), money_text(-450, "EUR")) == said
