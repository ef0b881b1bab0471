"""What an author is told to write instead has been tried: applied to the text and read again, or it is not offered."""

from __future__ import annotations

import pytest

from engine.scenario import Problem, check_scenario
from engine.scenario.mends import MOST_READINGS, tried
from engine.scenario.problems import Edit, Mend, Spot
from tests.engine.scenario.shop import SHOP, changed, problems


def applied(text: str, problem: Problem) -> str:
    """The text with what was offered written into it."""
    assert problem.mend is not None
    ((*edits,),) = problem.mend.ways
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: -edit.spot.column):
        line = lines[edit.spot.line - 1]
        before = line[: edit.spot.column - 1]
        lines[edit.spot.line - 1] = before + edit.text + line[edit.spot.column - 1 + edit.spot.length :]
    return "\n".join(lines)


MISTAKES = [
    ("price: 80,", "price: '64,50',", "write the number alone: `64.50`"),
    ("price: 80,", "price: 1.280.50 €,", "write the number alone: `1280.50`"),
    ("price: 80,", "price: '1.280,5 EUR',", "write the number alone: `1280.5`"),
    ("price: 80,", "price: 12'800,", "write the number alone: `12800`"),
    ("price: 80,", "price: 64,50 €,", "write `64.50`"),
    ("price: 80,", "price: 1.280,5 EUR,", "write `1280.5`"),
    ("chance: 30%", "chance: 12,5%", "write `12.5%`"),
    ("trust: 25..40", "trust: 40..25", "write `25..40`"),
    ("kind: isolate", "kind: isolat", "did you mean `isolate`?"),
    ("  manner: driver", "  maner: driver", "did you mean `manner`?"),
    ("meets: quick", "meets: quikc", "did you mean `quick`?"),
    ("stage: hello..show", "stage: show..hello", "write `hello..show`"),
    ("at: 18:15", "at: tomorrow at 6 pm", "write `tomorrow 18:00`"),
    ("patience: 10m..15m", "patience: 10 min..15 minutes", "write `10m..15m`"),
    ("at: 18:15", "in: 6 hours", "write `6h`"),
    ("weight: 40", "weight: 40%", "write `40`"),
    ("    stage: show..decide\n", "    stage: show..decide\n    discount: 6 percent\n    traded: yes\n", "write `6%`"),
    ("at: 18:15", "at: 18", "write `18:00`"),
    ("at: 18:15", "at: Do 18:15", "write `Thu 18:15`"),
    ("at: 18:15", "at: in 1 week 18:15", "write `in 7 days 18:15`"),
    ("at: 18:15", "at: 3.12. 18:15", "write `18:15` alone"),
    ("open: Mon-Fri 09:00-18:00", "open: Mo-Freitag 09:00-18:00", "write `'Mon-Fri 09:00-18:00, Sat 09:00-14:00'`"),
    ("open: Mon-Fri 09:00-18:00", "open: Monday-Fri 09:00-18.00", "write `'Mon-Fri 09:00-18:00, Sat 09:00-14:00'`"),
    ("say: Shall I wrap it?", "say: One thing: shall I?", "put the whole text in quotes: `'One thing: shall I?'`"),
    ("say: Shall I wrap it?", "say: @home they have two.", "put the whole text in quotes: `'@home they have two.'`"),
    ("say: Shall I wrap it?", 'say: "So," I ask, "now?"', 'put the whole text in quotes: `\'"So," I ask, "now?"\'`'),
    ("says: I am only looking.", "says: Look #2", "if it belongs to the text, write `says: 'Look #2'`"),
]


@pytest.mark.parametrize(("old", "new", "help"), MISTAKES)
def test_what_is_offered_mends_the_file_when_it_is_followed(old: str, new: str, help: str) -> None:
    text = changed(old, new)
    (found,) = check_scenario(text.encode(), "shop.yaml")[1]
    assert found.help.startswith(help)
    assert check_scenario(applied(text, found).encode(), "shop.yaml")[1] == ()


def test_a_date_is_told_that_there_are_none() -> None:
    (found,) = check_scenario(changed("at: 18:15", "at: 2026-12-03 18:15").encode(), "shop.yaml")[1]
    assert found.message.endswith("is not a time to meet, since a scenario has weekdays and no dates")


def test_an_hour_that_no_day_has_is_told_by_itself() -> None:
    (found,) = check_scenario(changed("at: 18:15", "at: Mon 25:15").encode(), "shop.yaml")[1]
    assert found.message == "`at`: `25:15` is later than 24:00"


def test_a_day_in_place_of_a_time_is_told_where_days_stand() -> None:
    (found,) = check_scenario(changed("at: 18:15", "in: tomorrow").encode(), "shop.yaml")[1]
    assert found.help.endswith("the day of a step stands under `on`: `on: tomorrow`")


@pytest.mark.parametrize("amount", ["41.3755", "'1,28,500'", "12.34.56"])
def test_no_part_of_an_amount_is_offered_for_the_whole(amount: str) -> None:
    (found,) = check_scenario(changed("price: 80,", f"price: {amount},").encode(), "shop.yaml")[1]
    assert found.code == "FV205"
    assert "write the number alone, with at most two decimals" in found.help


@pytest.mark.parametrize(
    ("flow", "help"),
    [
        ("{kind: story, say: @home I wait.}", "`'@home I wait.'`"),
        ("{kind: story, say: One thing: it sings., repeat: yes}", "`'One thing: it sings.'`"),
        ("{kind: story, say: Look #2}", "`'Look #2'`"),
        ("{kind: story, say: 'It's fine.'}", "`'It''s fine.'`"),
    ],
)
def test_text_inside_braces_is_put_in_quotes_without_what_stands_around_it(flow: str, help: str) -> None:
    text = SHOP.replace("lines:\n", f"lines:\n  odd: {flow}\n")
    (found, *_) = check_scenario(text.encode(), "shop.yaml")[1]
    assert help in found.help
    assert check_scenario(applied(text, found).encode(), "shop.yaml")[1] == ()


def test_a_comment_that_swallows_the_closing_brace_is_named_where_it_begins() -> None:
    text = SHOP.replace("lines:\n", "lines:\n  odd: {kind: story, say: 'Fine.' # for now}\n")
    (found,) = problems(text)
    assert (found.code, found.under) == ("FV110", "# for now}")
    assert "a comment" in found.message


def test_an_id_is_mended_wherever_it_is_used() -> None:
    text = changed("husband: 40%", "Her Husband: 40%").replace("brings: husband", "brings: Her Husband")
    (found,) = check_scenario(text.encode(), "shop.yaml")[1]
    assert found.help == "write `her-husband`"
    assert check_scenario(applied(text, found).encode(), "shop.yaml")[1] == ()


def test_a_number_that_cannot_be_told_is_not_guessed() -> None:
    (found,) = check_scenario(changed("price: 80,", "price: 80 to 90,").encode(), "shop.yaml")[1]
    assert (found.mend, found.help) == (
        None,
        "write the number alone, with at most two decimals: `38900` or `4.50`",
    )


@pytest.mark.parametrize(
    ("value", "at", "name"),
    [
        ("isolate\u00a0", 8, "U+00A0 (NO-BREAK SPACE)"),
        ("isоlate", 3, "U+043E (CYRILLIC SMALL LETTER O)"),
        ("iso\u200blate", 4, "U+200B"),
        ("ｉsolate", 1, "U+FF49 (FULLWIDTH LATIN SMALL LETTER I)"),
    ],
)
def test_a_character_that_only_looks_like_another_is_named_with_its_column(value: str, at: int, name: str) -> None:
    text = changed("kind: isolate", f"kind: {value} # x" if value.endswith("\u00a0") else f"kind: {value}")
    (found,) = [each for each in problems(text) if each.problem.level == "error"]
    assert name in found.message
    assert found.problem.column == len("    kind: ") + at
    assert found.help == "write `isolate`"


def test_a_field_with_an_odd_character_is_named_too() -> None:
    (field,) = problems(changed("    weight: 40", "    wеight: 40"))
    assert (field.under, field.help) == ("е", "write `weight`")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("kind: isolate", "kind:\u00a0isolate", 10),
        ("- when: {trust: ..24}", "-\u2009when: {trust: ..24}", 8),
        ("{stage: hello}", "{stage:\u00a0hello}", 18),
    ],
)
def test_a_space_after_a_colon_or_a_hyphen_that_is_none_is_named_where_it_stands(
    old: str, new: str, column: int
) -> None:
    text = changed(old, new)
    (found,) = check_scenario(text.encode(), "shop.yaml")[1]
    assert found.column == column
    assert "only looks like a space" in found.message
    assert check_scenario(applied(text, found).encode(), "shop.yaml")[1] == ()


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_what_is_offered_has_been_tried_whatever_ends_a_line(ending: str) -> None:
    text = "\ufeff" + changed("price: 80,", "price: '64,50',").replace("\n", ending)
    (found,) = check_scenario(text.encode(), "shop.yaml")[1]
    assert found.help == "write the number alone: `64.50`"


def test_a_text_may_hold_whatever_characters_it_likes() -> None:
    assert problems(changed("say: Is it the money?", "say: Is\u00a0it – “the money”?")) == []


# --- how they are tried ----------------------------------------------------------------------------------------------

TEXT = b"one\ntwo\nthree\n"


def problem(line: int, *words: str, code: str = "FV205") -> Problem:
    ways = tuple((Edit(Spot(line, 1, 3), word),) for word in words)
    return Problem(code, "error", "x", Spot(line, 1, 3), f"line {line}", "in words", mend=Mend(ways))


def test_the_first_way_that_reads_well_is_offered_and_the_others_are_dropped() -> None:
    def read(text: bytes) -> list[Problem]:
        return [] if text.startswith(b"good") else [problem(1, "x")]

    (found,) = tried([problem(1, "bad", "good", "fine")], TEXT, read)
    assert found.help == "write `good`"
    assert found.mend is not None
    assert [edit.text for way in found.mend.ways for edit in way] == ["good"]


def test_what_helps_nowhere_leaves_the_words() -> None:
    (found,) = tried([problem(1, "bad", "worse")], TEXT, lambda text: [problem(1, "x")])
    assert (found.help, found.mend) == ("in words", None)


def test_a_mend_that_makes_the_file_unreadable_does_not_take_the_others_with_it() -> None:
    def read(text: bytes) -> list[Problem]:
        return [Problem("FV110", "error", "x", Spot(3, 1), "unreadable")] if b"[" in text else []

    found = tried([problem(1, "1"), problem(2, "["), problem(3, "3")], TEXT, read)
    assert [each.mend is not None for each in found] == [True, False, True]


def test_a_file_is_not_read_again_without_end() -> None:
    count = 0

    def read(text: bytes) -> list[Problem]:
        nonlocal count
        count += 1
        return [Problem("FV110", "error", "x", Spot(1, 1), f"unreadable {count}")]

    tried([problem(1 + number % 3, *(str(way) for way in range(9))) for number in range(50)], TEXT, read)
    assert count <= MOST_READINGS


@pytest.mark.parametrize("less", [2, 4], ids=["with its fields", "alone"])
def test_an_entry_at_the_margin_is_told_once_and_put_back_under_its_section(less: int) -> None:
    entry = "  quick:\n    says: It takes for ever, mine.\n    weight: 40\n"
    fields = " " * less + "says: It takes for ever, mine.\n" + " " * less + "weight: 40\n"
    first = "  loud: {says: It wakes the dog.}\n"
    asked = SHOP.replace("reveals: [quick", "reveals: [loud, quick").replace("meets: quick", "meets: [quick, loud]")
    (found,) = check_scenario(asked.replace(entry, f"{first}quick:\n{fields}").encode(), "shop.yaml")[1]
    assert found.message == "there is no field `quick`"
    assert found.help.startswith("if it belongs to `needs` above it, indent it by two spaces")
    mended = applied(asked.replace(entry, f"{first}quick:\n{fields}"), found)
    assert check_scenario(mended.encode(), "shop.yaml")[1] == ()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ("reveals: [quick, baby]\n", "reveals"),
        ("say: What happened to the old one?\n", "say"),
        (
            "replies:\n      - when: {trust: ..24}\n        says: I am only looking.\n"
            "      - says: It sings, and then it sulks.\n",
            "replies",
        ),
    ],
)
def test_a_field_that_is_lined_up_with_its_line_is_told_once_and_put_back_into_it(fields: str, name: str) -> None:
    out = "".join(f"{each[2:]}\n" for each in f"    {fields}".splitlines())
    text = SHOP.replace(f"    {fields}", "").replace("  boil:\n", f"{out}  boil:\n")
    (found,) = check_scenario(text.encode(), "shop.yaml")[1]
    assert (found.code, found.message) == (
        "FV203",
        f"`{name}` is lined up with `why` above it, and looks like a field of it",
    )
    assert found.help.startswith("indent it by 4 spaces")
    assert check_scenario(applied(text, found).encode(), "shop.yaml")[1] == ()


def test_the_first_of_several_that_is_indented_otherwise_is_the_one_to_mend() -> None:
    text = SHOP.replace("lines:\n  why:\n", "lines:\n   why:\n")
    (found,) = check_scenario(text.encode(), "shop.yaml")[1]
    assert (found.code, found.line) == ("FV110", text.split("\n").index("   why:") + 1)
    assert (found.message, found.help) == ("`why` is indented by 3, and what follows it by 2", "indent it by 2")
    assert check_scenario(applied(text, found).encode(), "shop.yaml")[1] == ()


def test_of_two_that_are_indented_otherwise_neither_is_taken_for_the_odd_one() -> None:
    text = SHOP.replace("lines:\n  why:\n", "lines:\n   why:\n")
    text = text[: text.index("  both:")] + text[text.index("outcomes:") :]
    (found,) = check_scenario(text.encode(), "shop.yaml")[1]
    assert found.line == text.split("\n").index("  boil:") + 1
