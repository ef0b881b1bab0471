"""Names that people go by: safe to show everywhere, told apart, and drawn if they like."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.text.wrapping import cells
from game.words.visible import visible
from game.workshop.log.names import WIDEST, alike, clean, drawn, free
from game.workshop.log.refused import Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann   Lee ", "Ann Lee"),
        ("Zoe\u0308", "Zoë"),
        ("Jürgen Müller-Lüdenscheidt", None),
        ("李小龙", "李小龙"),
        ("O'Brien & Sons", "O'Brien & Sons"),
        ("a\u202eb", "ab"),
        ("a\x1b[31mb", "a[31mb"),
        ("a\u200bb\u200d\ufeff", "ab"),
        ("a\tb\nc", "a b c"),
        ("[bold]x[/]", "[bold]x[/]"),
        ("=1+1", "=1+1"),
        ("<b>x", "<b>x"),
        ("a" + "\u0301" * 30, "á\u0301\u0301"),
        ("", None),
        ("!!!", None),
        ("\u3164\u3164", None),
        ("x" * (WIDEST + 1), None),
        ("龙" * (WIDEST // 2 + 1), None),
    ],
)
def test_a_name_is_kept_without_what_acts_or_hides(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Refused):
            clean(typed)
    else:
        assert clean(typed) == kept


@given(st.text(max_size=80))
def test_whatever_is_typed_a_name_that_is_kept_shows_as_it_is(typed: str) -> None:
    try:
        kept = clean(typed)
    except Refused:
        return
    assert kept == visible(kept) == unicodedata.normalize("NFC", kept) == kept.strip()
    assert 1 <= cells(kept) <= WIDEST
    assert clean(kept) == kept


def test_names_that_look_alike_get_numbers() -> None:
    taken = ["Ann", "ann 2"]
    assert free("ANN", taken) == "ANN 3"
    assert free("Ａｎｎ", ["Ann"]) == "Ａｎｎ 2"
    assert free("Bob", taken) == "Bob"
    for typed in ("\u0410nn", "\u0391nn"):  # with a Cyrillic and a Greek A
        assert free(typed, ["Ann"]) == f"{typed} 2"
    assert free("\u0410\u043d\u043d\u0430", ["Ann"]) == "\u0410\u043d\u043d\u0430"


def test_drawn_names_differ_for_everybody() -> None:
    taken: list[str] = []
    for _ in range(300):
        name = drawn(taken)
        assert alike(name) not in map(alike, taken)
        assert clean(name) == name
        taken.append(name)
