"""Changing sentences of a file: the new ones can be read, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios
from engine.authoring.reviewing import place_of, sentences
from engine.authoring.rewording import NotReworded, reworded, text_at
from engine.scenario import ScenarioErrors
from engine.scenario.renames import scenario_tree

FOLDER = Path(scenarios.__path__[0])
SHORT = [FOLDER / "first-five-minutes.yaml", FOLDER / "templates" / "pipeline.yaml"]

STYLES = """\
# written by hand
title: Plain words   # with a note behind
single: 'It''s in single quotes'
double: "She said \\"no\\""
inline: {say: hello there, replies: [one, "two"], takes: 3m}   # in braces
list:
  - first thing
  - 'second thing'
folded: >-
  One thing: I'd rather tell you
  now than on Friday, since it is
  the second quote that matters.

# a note between
kept: |
  A list
   - one
   - two

long: Plain text that goes on
  and on, over three
  lines of it.
quoted: "In quotes, and also
  on two lines."
last: end
"""
PLACES = {
    "title": ("title",),
    "single": ("single",),
    "double": ("double",),
    "inline": ("inline", "say"),
    "inline list": ("inline", "replies", 0),
    "quoted in a list": ("inline", "replies", 1),
    "list": ("list", 1),
    "folded": ("folded",),
    "long": ("long",),
    "quoted": ("quoted",),
    "last": ("last",),
}
TEXTS = [
    "short",
    "It's done.",
    'She said "no", twice',
    "One thing: it has to fit",
    "We are #1",
    "#1 is us",
    "- not a list",
    "{braces} and [brackets], with a comma",
    "* a star & more, 100%",
    "? a question",
    "trailing colon:",
    "C:\\path\\new",
    "no",
    "~",
    "12:30",
    "Grüße, 日本語, “quotes”",
    "! loud",
    "@home | or > not",
    "a long text " * 12 + "that ends",
]


@pytest.mark.parametrize("new", TEXTS)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_any_text_can_stand_anywhere_and_all_else_stays(new: str, place: tuple[str | int, ...]) -> None:
    only_its_lines_change(new, place, "\n")


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_line_breaks_stay_what_they_are(place: tuple[str | int, ...]) -> None:
    only_its_lines_change("it's: a long text " * 12 + "that ends", place, "\r\n")


def only_its_lines_change(new: str, place: tuple[str | int, ...], breaks: str) -> None:
    was = STYLES.replace("\n", breaks)
    now = reworded(was.encode(), "x", {place: new}).decode()
    assert text_at(scenario_tree(now.encode(), "x"), place) == new.strip()
    assert (now.count("\r\n") == now.count("\n")) is (breaks == "\r\n")
    before, after = was.split(breaks), now.split(breaks)
    begins = next((n for n, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), len(before))
    ends = next((n for n, (one, two) in enumerate(zip(before[::-1], after[::-1], strict=False)) if one != two), 0)
    changed = before[begins : len(before) - ends]
    assert len(changed) <= 3, "only the lines of the text itself"
    assert [line for line in changed if "#" in line] == [] or all(
        note in now for line in changed for note in [line[line.index("   #") :]] if "   #" in line
    )


@pytest.mark.parametrize(
    ("place", "new", "line"),
    [
        (("title",), "Other words", "title: Other words   # with a note behind"),
        (("single",), "That's it", "single: 'That''s it'"),
        (("double",), 'Or "yes"', 'double: "Or \\"yes\\""'),
        (("inline", "say"), "good day", 'inline: {say: good day, replies: [one, "two"], takes: 3m}   # in braces'),
        (("inline", "say"), "a, b", "inline: {say: 'a, b', replies: [one, \"two\"], takes: 3m}   # in braces"),
        (("title",), "a: b", "title: 'a: b'   # with a note behind"),
    ],
)
def test_a_text_keeps_its_way_of_quoting_where_it_can(place: tuple[str, ...], new: str, line: str) -> None:
    assert line in reworded(STYLES.encode(), "x", {place: new}).decode().split("\n")


def test_lines_of_a_folded_text_that_stay_the_same_stay_where_they_are() -> None:
    new = "One thing: I'd rather tell you now than on Saturday, since it is the second quote that matters."
    now = reworded(STYLES.encode(), "x", {("folded",): new}).decode()
    assert now == STYLES.replace("on Friday", "on Saturday")


def test_texts_on_lines_of_their_own_stay_on_them() -> None:
    now = reworded(STYLES.encode(), "x", {("kept",): "A list\n - one\n - three\n - four"}).decode()
    assert now == STYLES.replace("   - two\n", "   - three\n   - four\n")


def test_many_at_once_and_a_mark_of_byte_order() -> None:
    was = b"\xef\xbb\xbf" + STYLES.encode()
    now = reworded(was, "x", {place: f"number {n}" for n, place in enumerate(PLACES.values())})
    assert now.startswith(b"\xef\xbb\xbf#")
    tree = scenario_tree(now, "x")
    assert [text_at(tree, place) for place in PLACES.values()] == [f"number {n}" for n in range(len(PLACES))]


@pytest.mark.parametrize("place", [("nobody",), ("inline",), ("list",), ("list", 7), ()])
def test_where_no_text_is_none_can_be_put(place: tuple[str | int, ...]) -> None:
    with pytest.raises(NotReworded, match="no text at"):
        reworded(STYLES.encode(), "x", {place: "x"})


@pytest.mark.parametrize("new", ["", "  ", "an unseen \x07 bell", "\u202eback to front"])
def test_what_cannot_be_shown_is_not_written(new: str) -> None:
    with pytest.raises(NotReworded):
        reworded(STYLES.encode(), "x", {("title",): new})


def test_a_file_that_cannot_be_read_is_not_changed() -> None:
    with pytest.raises(ScenarioErrors):
        reworded(b"title: [", "x", {("title",): "x"})


@pytest.mark.parametrize("path", SHORT, ids=lambda path: path.stem)
def test_the_same_words_change_nothing_in_a_whole_scenario(path: Path) -> None:
    text = path.read_bytes()
    tree = scenario_tree(text, str(path))
    wanted = {place: each.text for each in sentences(tree) if (place := place_of(tree, each.id)) is not None}
    assert len(wanted) > 100
    now = scenario_tree(reworded(text, str(path), wanted), str(path))
    assert now.root.data == tree.root.data


@settings(max_examples=25)
@given(data=st.data())
def test_any_sentence_of_a_bundled_scenario_can_become_any_text(data: st.DataObject) -> None:
    path = SHORT[0]
    text = path.read_bytes()
    tree = scenario_tree(text, str(path))
    every = sentences(tree)
    words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=80)
    chosen = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=4, unique=True))
    wanted = {}
    for each in chosen:
        place = place_of(tree, each.id)
        assert place is not None
        new = " ".join(data.draw(words).split())
        if new:
            wanted[place] = new
    now = scenario_tree(reworded(text, str(path), wanted), str(path))
    assert all(text_at(now, place) == new for place, new in wanted.items())
