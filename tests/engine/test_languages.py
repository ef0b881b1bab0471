"""What is said can be said in another language: catalogues are whole, and fit what the program says."""

from __future__ import annotations

import string
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import words
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
    assert set(KEYWORDS) - {"_"} == {"gettext", "ngettext", "pgettext", "marked"}
