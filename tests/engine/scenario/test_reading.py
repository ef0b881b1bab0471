"""Bytes become texts with places, with the meaning of YAML 1.2, or a sentence that says what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import scenarios
from engine.scenario.mends import tried
from engine.scenario.parsing import LOADERS
from engine.scenario.problems import Problem, ScenarioErrors
from engine.scenario.reading import DEEPEST, LONGEST_TEXT, MOST_BYTES, read_tree
from tests.engine.scenario.shop import SHOP, problems

BUNDLED = sorted(Path(scenarios.__path__[0]).glob("*.yaml"))


def data(text: str) -> Any:
    return read_tree(text.encode(), "file.yaml").root.data


def refused(text: str | bytes, loader: Any = None) -> Problem:
    """The first problem of a file that cannot be read."""
    with pytest.raises(ScenarioErrors) as caught:
        read_tree(text.encode() if isinstance(text, str) else text, "file.yaml", loader)
    return caught.value.problems[0]


def all_refused(text: bytes) -> tuple[Problem, ...]:
    """Everything for which a file cannot be read."""
    try:
        read_tree(text, "file.yaml")
    except ScenarioErrors as error:
        return error.problems
    return ()


@pytest.mark.parametrize(
    "text", ["NO", "off", "yes", "9:30", "1:20", "012", "1_000", "1.10", "2024-01-02", "1e3", "+5", "true", "="]
)
def test_a_word_means_itself(text: str) -> None:
    assert data(f"key: {text}\n") == {"key": text}


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_nothing_is_nothing(text: str) -> None:
    assert data(f"key: {text}\nother: 1\n") == {"key": None, "other": "1"}


def test_quotes_make_any_text() -> None:
    assert data('a: "null"\nb: \'it\'\'s "fine"\'\nc: "a: b # c"\n') == {
        "a": "null",
        "b": 'it\'s "fine"',
        "c": "a: b # c",
    }


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_the_parser_in_c_and_the_one_in_python_read_the_bundled_scenarios_alike(path: Path) -> None:
    trees = [read_tree(path.read_bytes(), path.name, loader) for loader in LOADERS]
    assert all(tree.root.data == trees[0].root.data for tree in trees)
    assert all(tree.problems == trees[0].problems for tree in trees)


def test_a_key_set_twice_shows_both_lines() -> None:
    problem = refused("patience: 4m\nname: Ada\npatience: 5m\n")
    assert (problem.code, problem.line, problem.column, problem.spot.length) == ("FV111", 3, 1, 8)
    assert problem.related is not None
    assert problem.related.line == 1
    assert "line 1" in problem.help


def test_a_key_set_twice_does_not_hide_another_one() -> None:
    with pytest.raises(ScenarioErrors) as caught:
        read_tree(b"a: 1\na: 2\nb: {c: 1, c: 2}\n", "file.yaml")
    assert [problem.line for problem in caught.value.problems] == [2, 3]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "line", "column", "code", "message", "help"),
    [
        ("say: Price: 300\n", 1, 11, "FV110", "a colon followed by a space", "in quotes: `'Price: 300'`"),
        ('a:\n  say: "No", she said\n', 2, 12, "FV110", "the text goes on", "in quotes: `'\"No\", she said'`"),
        ("a: @home\n", 1, 4, "FV110", "cannot begin with `@`", "in quotes: `'@home'`"),
        ("a: `x`\n", 1, 4, "FV110", "cannot begin with ```", "put the whole text in quotes"),
        ("a: ? b\n", 1, 4, "FV110", "cannot begin with `?`", "in quotes: `'? b'`"),
        ("a: %5\n", 1, 4, "FV110", "cannot begin with `%`", "put the whole text in quotes"),
        ("a: *star\n", 1, 4, "FV112", "aliases", "put the whole text in quotes"),
        ("a: &b c\n", 1, 4, "FV112", "anchors", "put the whole text in quotes"),
        ("a: !b c\n", 1, 4, "FV113", "tags", "put the whole text in quotes"),
        ("<<: {a: b}\n", 1, 1, "FV114", "merge keys", ""),
        ("? [a]\n: b\n", 1, 3, "FV115", "a key is one word", ""),
        ("a: b\n---\nc: d\n", 2, 1, "FV116", "a second document", ""),
        ("a:\n\tb: c\n", 2, 1, "FV117", "indented with a tab", "use spaces"),
        ("a:\n \u00a0b: c\n  d: e\n", 2, 2, "FV117", "only looks like a space", "replace it with spaces"),
        ('a: "open\nb: c\n', 1, 4, "FV110", "never closed", ""),
        ("a: [b, c\nd: e\n", 1, 4, "FV110", "a ] is missing", "write ] where it ends"),
        ("a: {b: c\nd: {e: f}\n", 1, 4, "FV110", "a } is missing", "write } where it ends"),
        ("a: {b: {c: d}\ne: f\n", 1, 4, "FV110", "a } is missing", ""),
        ("a: {b: c,\n  d: e\nf:\n  g: h\n", 1, 4, "FV110", "a } is missing", ""),
        ("a: {b: c\n\n", 1, 4, "FV110", "a } is missing", ""),
        ("a: [{b: c]\n", 1, 10, "FV110", "a } is missing before this ]", ""),
        ("a: {b: c}}\nd: e\n", 1, 10, "FV110", "one } too many", ""),
        (
            "a:\n  b: 'If she's here'\n  c: d\n",
            2,
            13,
            "FV110",
            "at this apostrophe",
            "write it twice: `'If she''s here'`",
        ),
        ("a: {b: 'If she's here', c: d}\n", 1, 15, "FV110", "at this apostrophe", "write it twice: `'If she''s here'`"),
        ("- 'If she's here'\n- b\n", 1, 10, "FV110", "at this apostrophe", "write it twice"),
        ('a: {b: "She said "no" to it"}\n', 1, 18, "FV110", "at this quotation mark", "`'She said \"no\" to it'`"),
        ("a:\n  b: 'No\n  c: d\ne:\n  b: 'Yes'\n", 2, 6, "FV110", "a ' is missing", "write ' where"),
        ("a:\n  b: 'No\n  c: d\ne: I'm in\n", 2, 6, "FV110", "a ' is missing", "written twice"),
        ("a: {b: 'No}\nc: {b: 'Yes'}\n", 1, 8, "FV110", "a ' is missing", ""),
        ('a:\n  b: "No\n  c: d\ne:\n  b: "Yes"\n', 2, 6, "FV110", 'a " is missing', 'write " where'),
        ("a: | text\n  b\n", 1, 6, "FV110", "text begins on the line after", ""),
        ("a: b\n  c: d\n", 2, 3, "FV110", "indented further", "line it up"),
        ("a:\n  b\n    c: d\n", 2, 3, "FV110", "a colon is missing after `b`", "write `b:`"),
        ("a:\n  b:\n  c: d\n    e: f\n", 3, 3, "FV110", "`c` is indented like `b` above it", "indent it by 4"),
        ("a:\n  b:\n    c: d\n   e: f\n", 4, 1, "FV110", "indented by 3, and what it could", "indent it by 4"),
        ("a:\n  - b: c\n   d: e\n", 3, 1, "FV110", "indented by 3, and what it could", "indent it by 4"),
        ("a:\n  say: {No} she said\n", 2, 13, "FV110", "after the { }", "in quotes: `'{No} she said'`"),
        ("a:b\nc: d\n", 1, 2, "FV110", "a space is missing after this colon", ""),
        (
            "a: b\nno colon\nc: d\n",
            2,
            1,
            "FV110",
            "neither `key: value`",
            "if it goes on with the text of `a`, indent it",
        ),
        ("a: b\n\n\nno colon\nat all\nc: d\n", 4, 1, "FV110", "neither `key: value`", "indent it by 2"),
        ("a: >-\n  b c\nd e\nf: g\n", 3, 1, "FV110", "neither `key: value`", "goes on with the text of `a`"),
        (
            "a:\n  say: b\nand c: d\n  e: f\n",
            3,
            1,
            "FV110",
            "taken for a field",
            "write `say: >-`, and the text on the",
        ),
        ("a:\n  - -b: c\n    -b: d\n", 3, 5, "FV111", "`-b` is set twice", "a space after the hyphen: `- b: ...`"),
        ("a: 'b'\nno colon\nc: d\n", 2, 1, "FV110", "neither `key: value`", "check that it is indented"),
        ("a: b\nc = d\ne: f\n", 2, 1, "FV110", "neither `key: value`", "a colon and a space: `c: ...`"),
        ("a: b\nc\uff1ad\ne: f\n", 2, 1, "FV110", "neither `key: value`", "a colon and a space: `c: ...`"),
        ("a: {say: b c kind: d}\n", 1, 14, "FV110", "a comma is missing", "write a comma before `kind:`"),
        ("a: {say: b; kind: d}\n", 1, 13, "FV110", "a comma is missing", "write a comma before `kind:`"),
        ("a: {say: One thing: b}\n", 1, 19, "FV110", "a comma is missing", "in quotes: `'One thing: b'`"),
        ("", 1, 1, "FV107", "the file is empty", "format: 2"),
        ("# only a comment\n", 1, 1, "FV107", "nothing but comments", "format: 2"),
        ('a: "\\u202e"\n', 1, 4, "FV102", "unseen character U+202E", "delete"),
        ("a: b\nc: d\u202e\n", 2, 5, "FV102", "U+202E", "delete it"),
        ("a: \x1b[31m\n", 1, 4, "FV102", "U+001B", "delete it"),
    ],
)
def test_what_yaml_trips_over_is_said_in_plain_words(
    text: str, line: int, column: int, code: str, message: str, help: str, loader: Any
) -> None:
    problem = refused(text, loader)
    (told,) = tried([problem], text.encode(), all_refused)
    assert message in told.message
    assert help in told.help
    assert (told.line, told.column, told.code) == (line, column, code)


def test_text_cut_off_by_a_hash_is_doubted() -> None:
    (told,) = problems(SHOP.replace("says: I am only looking.", "says: I agree #1 reason"))
    assert (told.code, told.problem.level, told.under) == ("FV118", "warning", "#1 reason")


@pytest.mark.parametrize("comment", ["   # as a rule", " # 10 to 20"])
def test_a_comment_that_is_meant_is_not_doubted(comment: str) -> None:
    assert problems(SHOP.replace("patience: 10m..15m", f"patience: 10m..15m{comment}")) == []


def test_text_that_is_not_utf_8_is_refused_where_it_begins() -> None:
    problem = refused("a: b\nc: \xe9".encode("latin-1"))
    assert (problem.code, problem.line, problem.column) == ("FV101", 2, 4)


def test_utf_16_is_named() -> None:
    assert "UTF-16" in refused("a: b\n".encode("utf-16")).message


@pytest.mark.parametrize(
    ("begins", "named"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "a word processor"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a word processor"),
        (b"{\\rtf1\\ansi {\\fonttbl}}", "rich text"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<!DOCTYPE html>\n<html>", "a web page"),
    ],
)
def test_a_file_that_another_program_has_saved_is_named_once(begins: bytes, named: str) -> None:
    (told,) = all_refused(begins + b"\nformat: 2\n")
    assert (told.code, told.line) == ("FV101", 1)
    assert named in told.message
    assert "plain text" in told.help


@pytest.mark.parametrize("loader", LOADERS)
def test_an_indentation_of_something_else_is_told_once(loader: Any) -> None:
    with pytest.raises(ScenarioErrors) as caught:
        read_tree("a:\n  b: c\n\u00a0\u00a0d: e\n  f: g\n".encode(), "file.yaml", loader)
    assert [(each.code, each.line) for each in caught.value.problems] == [("FV117", 3)]


def test_a_mark_of_byte_order_is_no_character() -> None:
    assert read_tree(b"\xef\xbb\xbfa: b\n", "file.yaml").root.data == {"a": "b"}


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("opening", ["[", "- ", "a: {", "? ", "{"])
def test_no_depth_reaches_the_stack(opening: str, loader: Any) -> None:
    assert refused(opening * 100_000, loader).code in ("FV104", "FV115")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: \t", None),
        ("a:\tb", "b"),
        ("a: b\t\nc: d", "b"),
        ("a: b\t# not this", "b"),
        ("a: b\tc", "b\tc"),
        ("a: b\n \tc", "b c"),
        ("a: b\n\n \t\n c", "b\n\nc"),
        ("a: [b,\tc\t]", ["b", "c"]),
        ("a: |\t\n  b\tc\n", "b\tc\n"),
        ("a: >-\t# not this\n  b\n", "b"),
    ],
)
@pytest.mark.parametrize("loader", LOADERS)
def test_tabs_stand_where_spaces_do_but_never_indent(text: str, value: Any, loader: Any) -> None:
    assert read_tree(text.encode(), "file.yaml", loader).root.data["a"] == value


@pytest.mark.parametrize("text", ["a:\n\tb: c", "a: b\n\tc", "a: |\n\tb", "a: |\n  b\n\tc"])
@pytest.mark.parametrize("loader", LOADERS)
def test_a_tab_that_indents_is_refused_where_it_stands(text: str, loader: Any) -> None:
    problem = refused(text, loader)
    assert (problem.code, problem.line, problem.column) == ("FV117", text.count("\n") + 1, 1)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("after", ["@", "]]]}", "\n%", ""])
def test_depth_is_named_before_anything_that_stands_behind_it(after: str, loader: Any) -> None:
    problem = refused("a: " + "[" * 500 + after, loader)
    assert (problem.code, problem.line, problem.column) == ("FV104", 1, 4 + DEEPEST - 1)


def test_as_deep_as_any_scenario_goes_is_fine() -> None:
    assert data("[" * DEEPEST + "]" * DEEPEST)
    assert refused("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)).code == "FV104"


def test_an_alias_bomb_stays_small() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    before = sys.getrecursionlimit()
    assert refused(bomb).code == "FV112"
    assert sys.getrecursionlimit() == before


def test_a_text_of_many_pages_is_refused() -> None:
    assert refused("a: " + "x" * (LONGEST_TEXT + 1)).code == "FV105"


def test_a_file_of_many_megabytes_is_refused_unread() -> None:
    assert refused(b"a: b\n" * MOST_BYTES).code == "FV103"


def test_a_list_without_end_is_refused() -> None:
    assert refused("- a\n" * 100_000).code == "FV106"


def test_places_point_at_keys_and_values() -> None:
    tree = read_tree(b"a:\n  b: [c, dd]\n", "file.yaml")
    assert tree.spot(("a", "b", 1)).column == 10
    assert tree.spot(("a", "b", 1)).length == 2
    key = tree.key_spot(("a", "b"))
    assert key is not None
    assert (key.line, key.column, key.length) == (2, 3, 1)


def test_a_single_value_stands_for_a_list_of_one() -> None:
    tree = read_tree(b"a: {b: c}\n", "file.yaml")
    assert tree.spot(("a", "b", 0)).column == 8


def test_text_that_begins_with_a_star_is_told_once() -> None:
    (told,) = problems(SHOP.replace("say: Shall I wrap it?", "say: *Leans back.* Shall I wrap it?"))
    assert (told.code, told.under) == ("FV112", "*Leans")


def test_a_line_that_is_indented_like_the_fields_of_the_one_above_is_told_once() -> None:
    (told,) = problems(SHOP.replace("  boil:\n", "    boil:\n"))
    assert (told.code, told.under, told.help) == ("FV111", "boil", "indent it by 2")
    assert told.message == "`boil` is indented like the fields above it, so that those below it are set twice"
