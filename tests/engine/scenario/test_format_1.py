"""Files of format 1 are read and played as they were, and become files of format 2 without losing anything.

`tests/scenarios/format1` holds scenarios and templates as they were before format 2, and one file with every word that
changed in each of its places. They are never edited.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from engine.play import Game
from engine.scenario import Problem, check_scenario, read_scenario
from engine.scenario.migrating import NotMigrated, migrated
from engine.scenario.problems import LINE_BREAK, ScenarioErrors
from engine.scenario.reading import read_tree
from engine.scenario.renames import RENAMES, upgraded
from tests.engine.scenario.shop import SHOP

FOLDER = Path(__file__).parents[2] / "scenarios" / "format1"
OLD = sorted(FOLDER.glob("*.yaml"))
EVERY_WORD = (FOLDER / "every-word.yaml").read_bytes()
HELLO = """\
id: hello
title: Hello
situation: Somebody comes in.
briefing: Somebody comes in.
offer: {price: 80}
buyer: {name: Ada}
lines:
  hello: {kind: open-question, say: What brings you?}
  price: {kind: quote, say: Eighty.}
  ask: {kind: ask-for-decision, say: Shall we?}
"""


def problems(text: str) -> list[Problem]:
    return [each for each in check_scenario(text.encode(), "x.yaml")[1] if each.level == "error"]


def lines(text: bytes) -> list[str]:
    return LINE_BREAK.split(text.removeprefix(b"\xef\xbb\xbf").decode())


old_files = pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)


# --- they are read and played ----------------------------------------------------------------------------------------


def test_the_old_files_are_of_format_1_and_hold_every_word_that_changed() -> None:
    assert len(OLD) == 13
    assert all(re.search(r"^\W*format\W+1", path.read_text(), re.M) for path in OLD)
    tree = read_tree(EVERY_WORD, "x")
    done = {(edit.text.strip("'\""), tree.lines[edit.spot.line - 1]) for edit in upgraded(tree)}
    for rename in RENAMES:
        assert any(new == rename.new and rename.old in line for new, line in done), rename


@old_files
def test_an_old_file_is_the_same_scenario_as_the_one_it_becomes(path: Path) -> None:
    before = path.read_bytes()
    after = migrated(before, path.name)
    assert read_scenario(before, path.name) == read_scenario(after, path.name)
    assert read_scenario(before, path.name).digest() == read_scenario(after, path.name).digest()
    assert b"format: 2" in after or b"\"format\": '2'" in after


@pytest.mark.parametrize(("seed", "moves", "value"), [(1, 7, -672), (2, 10, -778), (3, 2, -640)])
def test_an_old_file_plays_as_it_did_before_there_was_another_format(seed: int, moves: int, value: int) -> None:
    state = Game(read_scenario(EVERY_WORD, "x")).new_initial_state(seed)
    made = 0
    while not state.is_terminal():
        legal = state.legal_actions()
        state = state.apply_action(legal[(made * 7 + seed) % len(legal)])
        made += 1
    assert (made, state.returns()) == (moves, value)


def test_the_size_of_a_sale_is_what_format_1_took_its_price_for() -> None:
    sold = read_scenario(EVERY_WORD, "x").prospects
    assert [(each.offer.price, each.offer.size) for each in sold] == [
        (1_250, "small"),
        (8_000, "medium"),
        (40_000, "large"),
    ]


@pytest.mark.parametrize(
    ("price", "size"),
    [("24.99", "small"), ("25", "medium"), ("100", "medium"), ("100.01", "large"), ("'4000'", "large")],
)
def test_the_price_decides_in_format_1_and_only_there(price: str, size: str) -> None:
    old = HELLO.replace("price: 80", f"price: {price}")
    assert read_scenario(f"format: 1\n{old}".encode(), "x").prospects[0].offer.size == size
    assert read_scenario(f"format: 2\n{old}".encode(), "x").prospects[0].offer.size == "medium"


# --- what is said about them -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "buyer",
    [
        "decides: {alone: 60%, it+finance: 40%}",
        "decides: it+finance",
        "drifts: 20% in 9w",
        "drifts: 20% by the deadline",
        "rival: {name: Bo, wins: 30% in 2w}",
    ],
)
def test_what_only_format_2_can_say_is_refused_where_it_is_written(buyer: str) -> None:
    text = HELLO.replace("{name: Ada}", f"{{name: Ada, {buyer}}}")
    if "it" in buyer:
        text += "  it: {kind: bring-in, say: May Ann come?, brings: it}\n"
        text += "  finance: {kind: bring-in, say: May Alan come?, brings: finance}\n"
    assert problems(f"format: 2\n{text}") == []
    (found,) = problems(f"format: 1\n{text}")
    assert (found.code, found.line) == ("FV209", 1 + text[: text.index(buyer)].count("\n") + 1)
    assert "is written as in format 2, and this file is written in format 1" in found.message
    assert "firstvisit migrate" in found.help
    assert problems(migrated(f"format: 1\n{text}".encode(), "x").decode()) == []


def test_mistakes_in_an_old_file_are_told_where_they_stand_and_in_its_own_words() -> None:
    text = EVERY_WORD.decode()
    wrong = text.replace("answers: dear}", "answers: deer}").replace("until: {answer: [stall", "until: {answer: [stahl")
    found = [(each.line, each.message) for each in problems(wrong)]
    assert (44, "`answer`: `stahl` is not one of its words") in found
    assert any(line == 76 and "`deer`" in message for line, message in found)
    (missing,) = problems(text.replace(", answers: dear}", "}"))
    assert "needs `answers`" in missing.message or "`answers: ...`" in missing.help
    assert "`handles" not in missing.message + missing.help


def test_a_mend_of_an_old_file_is_in_its_own_words() -> None:
    (slip,) = problems(EVERY_WORD.decode().replace(", answers: dear}", ", anwsers: dear}"))
    assert slip.mend is not None
    assert slip.mend.ways[0][0].text == "answers"


@pytest.mark.parametrize("section", ["lines", "objections", "prospects", "stages"])
def test_a_slip_in_the_name_of_a_section_does_not_make_old_words_wrong_below_it(section: str) -> None:
    slipped = EVERY_WORD.decode().replace(f"\n{section}:\n", f"\n{section}x:\n")
    assert [each.message for each in problems(slipped) if each.code == "FV209"] == []


@pytest.mark.parametrize("rename", RENAMES, ids=lambda each: f"{each.old}-{each.new}-{each.where}")
def test_a_word_of_one_format_is_an_error_in_the_other_and_says_what_to_do(rename: object) -> None:
    places = {
        ("answer", "handle"): "  x: {kind: WORD, say: X.}\n",
        ("answers", "handles"): "  x: {kind: present, say: X., WORD: dear}\nobjections: {dear: {says: No.}}\n",
        ("answers", "outcomes"): "WORD: {order: Yes.}\n",
        ("answer", "outcome"): "  x: {say: X., when: {WORD: order}}\n",
        ("answered", "handled"): "  x: {say: X., when: {WORD: dear}}\nobjections: {dear: {says: No.}}\n",
        ("answers", "enquired"): "",
        ("lacks", "otherwise"): "needs: {x: {says: X., WORD: No.}}\n",
    }
    old, new = rename.old, rename.new  # type: ignore[attr-defined]
    text = HELLO + places[old, new]
    if new == "enquired":
        text = text.replace("{name: Ada}", "{name: Ada, rival: {name: B, wins: 1% a day, WORD: no}}")
    of_old = [each for each in problems("format: 2\n" + text.replace("WORD", old)) if each.code == "FV209"]
    assert [f"`{old}`" in each.message and f"write `{new}`" in each.help for each in of_old] == [True]
    of_new = [each for each in problems("format: 1\n" + text.replace("WORD", new)) if each.code == "FV209"]
    assert [f"`{new}`" in each.message and "firstvisit migrate" in each.help for each in of_new] == [True]
    under = of_new[0].spot
    line = ("format: 1\n" + text.replace("WORD", new)).splitlines()[under.line - 1]
    assert line[under.column - 1 : under.column - 1 + under.length] == new


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("price: 80", "price: 80, size: large", "size"),
        ("{name: Ada}", "{name: Ada, decides: {sister: 100%}, people: {sister: Eva}}", "people"),
        ("lines:", "needs: {dry: {says: Dry., of: sister}}\nlines:", "of"),
        ("say: Shall we?", "say: Shall we?, replies: [{of: sister, says: No.}]", "of"),
    ],
)
def test_a_field_that_came_with_format_2_is_no_field_of_format_1(old: str, new: str, field: str) -> None:
    found = [each for each in problems("format: 1\n" + HELLO.replace(old, new)) if each.code == "FV209"]
    assert [f"`{field}`" in each.message and "firstvisit migrate" in each.help for each in found] == [True]


@pytest.mark.parametrize("version", ["3", "0", "two", "1.0", "2.0"])
def test_a_format_that_does_not_exist_says_which_do(version: str) -> None:
    wrong = problems(f"format: {version}\n" + HELLO)[0]
    assert wrong.code == "FV208"
    assert "formats 1 and 2" in wrong.message
    assert "`format: 2`" in wrong.help


# --- they become files of format 2 -----------------------------------------------------------------------------------


@old_files
def test_comments_survive_in_their_order_and_only_lines_with_words_that_changed_differ(path: Path) -> None:
    before, after = lines(path.read_bytes()), lines(migrated(path.read_bytes(), path.name))
    comment = re.compile(r"(?:^|\s)#.*")
    assert [found for line in before for found in comment.findall(line)] == [
        found for line in after for found in comment.findall(line)
    ]
    old = "|".join({each.old for each in RENAMES} | {"format"})
    for how, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "insert":
            assert all(re.fullmatch(r" +\"?size\"?: \"?(small|medium|large)\"?", line) for line in after[k:m])
        elif how != "equal":
            assert (how, j - i) == ("replace", m - k)
            for was, now in zip(before[i:j], after[k:m], strict=True):
                assert re.search(rf"\b({old})\b", was) or re.sub(", size: (small|medium|large)", "", now) == was


@old_files
def test_a_file_that_was_migrated_is_left_alone(path: Path) -> None:
    once = migrated(path.read_bytes(), path.name)
    assert migrated(once, path.name) == once


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "mark of byte order"])
@pytest.mark.parametrize("line_break", [b"\r\n", b"\r"], ids=["CRLF", "CR"])
def test_line_ends_and_a_mark_of_byte_order_stay(mark: bytes, line_break: bytes) -> None:
    assert migrated(mark + EVERY_WORD.replace(b"\n", line_break), "x") == mark + migrated(EVERY_WORD, "x").replace(
        b"\n", line_break
    )


@pytest.mark.parametrize(
    ("offer", "becomes"),
    [
        ("offer: {price: 80}", "offer: {price: 80, size: medium}"),
        ("offer: { floor: 8, price: 12 }  # net", "offer: { floor: 8, price: 12, size: small }  # net"),
        ("offer:\n  price: 900 # net\n  # more", "offer:\n  price: 900 # net\n  size: large\n  # more"),
        ("offer:\n  price:\n    900\n  floor: 8", "offer:\n  price:\n    900\n  size: large\n  floor: 8"),
        ("offer:\n  price: >-\n    900\n  floor: 8", "offer:\n  size: large\n  price: >-\n    900\n  floor: 8"),
        ('offer: {"price": "900",\n  "floor": 8}', 'offer: {"price": "900", "size": "large",\n  "floor": 8}'),
        ("offer: {\n  price: 900\n  }", "offer: {\n  price: 900, size: large\n  }"),
    ],
)
def test_the_size_is_written_as_the_offer_is(offer: str, becomes: str) -> None:
    text = "format: 1\n" + HELLO.replace("offer: {price: 80}", offer)
    assert migrated(text.encode(), "x").decode() == text.replace("format: 1", "format: 2").replace(offer, becomes)


def test_what_cannot_be_rewritten_word_by_word_is_refused() -> None:
    text = "format: 1\n" + HELLO.replace("offer: {price: 80}", "offer:\n  ? price\n  : 900\n  ? floor\n  : 8")
    assert read_scenario(text.encode(), "x").prospects[0].offer.size == "large"
    with pytest.raises(NotMigrated):
        migrated(text.encode(), "x")


def test_a_file_with_errors_is_refused_with_them() -> None:
    with pytest.raises(ScenarioErrors) as refused:
        migrated(EVERY_WORD.replace(b"answers: dear}", b"answers: deer}"), "x")
    assert "deer" in str(refused.value)


def test_words_of_format_2_in_an_old_file_are_no_reason_to_refuse_it() -> None:
    mixed = EVERY_WORD.replace(b", answers: dear}", b", handles: dear}").replace(
        b"price: 12.50", b"price: 12.50, size: large"
    )
    assert {each.code for each in problems(mixed.decode())} == {"FV209"}
    now = migrated(mixed, "x")
    assert now == migrated(EVERY_WORD, "x").replace(b"price: 12.50, size: small", b"price: 12.50, size: large")


def test_a_file_of_format_2_stays_as_it_is() -> None:
    assert migrated(SHOP.encode(), "x") == SHOP.encode()
