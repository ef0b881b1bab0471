"""What plays but hardly as meant is told by line, without playing: the mistakes that random play misses."""

from __future__ import annotations

import pytest

from engine.scenario import check_scenario
from tests.engine.scenario.shop import SHOP, Told, changed, problems, told


def doubted(old: str, new: str) -> Told:
    """The only warning about a changed shop, which can still be played."""
    found = told(old, new)
    assert found.problem.level == "warning"
    scenario, _ = check_scenario(changed(old, new).encode(), "shop.yaml")
    assert scenario is not None
    return found


def test_a_stage_without_lines_is_told() -> None:
    found = doubted(
        "stages: [hello, {id: show, turns: 6}, decide]", "stages: [hello, {id: show, turns: 6}, decide, after]"
    )
    assert (found.code, found.under) == ("FV401", "after")


def test_a_stage_with_nothing_but_ways_out_is_told() -> None:
    lines = "  bye: {stage: after, kind: leave, say: Goodbye.}\n  well: {stage: decide, say: Well.}\n"
    text = SHOP.replace("lines:\n", "lines:\n" + lines).replace("decide]\nlines", "after, decide]\nlines")
    (found,) = problems(text.replace("hello..decide", "hello..show").replace("show..decide", "decide"))
    assert (found.code, found.under) == ("FV401", "after")
    assert "but ways out" in found.message


def test_a_stage_with_fewer_lines_than_turns_is_fine() -> None:
    assert problems(changed("turns: 6", "turns: 60")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        says: I am only looking.\n", "        says: I am only looking.\n        reveals: baby\n"),
        ("    ends: visit\n", "    ends: visit\n    reveals: [quick, baby]\n"),
    ],
)
def test_a_fact_that_comes_out_of_nobody_is_told(old: str, new: str) -> None:
    (found,) = problems(changed(old, new).replace("chance: 30%", "chance: 0%"))
    assert (found.code, found.problem.level, found.under) == ("FV403", "warning", "baby")


def test_two_lines_that_cannot_be_told_apart_show_both_places() -> None:
    found = doubted("say: Is it the money?", "say: Shall I wrap it?")
    assert (found.code, found.under) == ("FV402", "Shall I wrap it?")
    assert found.problem.related is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stage: hello", "stage: decide"),
        ("when: {knows: quick}", "when: {knows-not: quick}"),
        ("when: {discounted: yes}", "when: {discounted: no}"),
        ("when: {weekday: Sat}", "when: {weekday: [Mon, Tue]}"),
        ("when: {asked: ..1}", "when: {asked: 2..}"),
        ("when: {time: ..12:00}", "when: {time: 12:00..}"),
    ],
)
def test_lines_that_are_never_offered_together_may_have_the_same_text(one: str, other: str) -> None:
    lines = f"  one:\n    {one}\n    say: The same.\n  other:\n    {other}\n    say: The same.\n"
    lines += "  off: {kind: discount, discount: 5, traded: yes, say: Five off.}\n"
    assert problems(SHOP.replace("lines:\n", "lines:\n" + lines)) == []


@pytest.mark.parametrize(
    ("old", "new", "under", "why"),
    [
        ("when: {knows: quick}", "when: {knows: quick, knows-not: quick}", "quick", "is under `knows` as well"),
        (
            "- when: {trust: ..24}",
            "- when: {met: quick, knows-not: quick}",
            "quick",
            "only counts as met once it is known",
        ),
        ("- when: {trust: ..24}", "- when: {discounted: yes}", "yes", "no line takes anything off"),
        ("- when: {trust: ..24}", "- when: {lacks: quick}", "quick", "every buyer has `quick`"),
        ("- when: {trust: ..24}", "- when: {day: 40..}", "40..", "the sale is over after 14 days"),
        ("when: {knows: quick}", "when: {said: ask-for-it}", "ask-for-it", "only offered in later stages"),
        ("when: {knows: quick}", "when: {said: boil}", "boil", "waits for itself"),
        ("- when: {trust: ..24}", "- when: {any: [{trust: ..24}, {day: 40..}]}", "40..", "the sale is over after 14"),
        ("when: {knows: quick}", "when: {stage: decide}", "decide", "not offered in that stage"),
    ],
)
def test_a_condition_that_can_never_hold_is_told(old: str, new: str, under: str, why: str) -> None:
    text = changed(old, new).replace("  ask:\n", "  ask-for-it:\n    stage: decide\n    say: Well?\n  ask:\n")
    (found,) = problems(text)
    assert (found.code, found.problem.level, found.under) == ("FV404", "warning", under)
    assert why in found.message


def test_what_is_said_to_a_line_for_the_second_time_is_doubted_where_the_line_is_said_once_a_run() -> None:
    again = "\n    replies:\n      - {when: {said: LINE}, says: [Again?, Yet again?]}\n      - says: [Hm., Well.]"
    (found,) = problems(
        changed("say: Then take the blue one.", "say: Take the blue." + again.replace("LINE", "answer-it"))
    )
    assert found.code == "FV404"
    asked_for, twice = "say: Shall we call him over?", "say: [Shall we call him over?, Is he here today?]"
    assert problems(changed(asked_for, twice + again.replace("LINE", "both"))) == []


@pytest.mark.parametrize(
    ("old", "again", "code"),
    [
        ("Is it the money?", "Shall I wrap it?", "FV402"),
        ("I am here until half past six.", "Come tomorrow then.", "FV416"),
        ("Is it the money?", " ".join(["word"] * 26), "FV420"),
    ],
)
def test_what_is_said_the_second_time_is_looked_at_as_well(old: str, again: str, code: str) -> None:
    assert [each.code for each in problems(changed(f"say: {old}", f"say: [{old}, {again}]"))] == [code]


@pytest.mark.parametrize(
    ("id", "say"), [("what", "Is it the money?"), ("both", "Shall we call him over?"), ("ask", "Shall I wrap it?")]
)
def test_what_is_answered_as_said_before_is_not_said_in_the_words_of_the_first_time(id: str, say: str) -> None:
    replies = f"[{{when: {{said: {id}}}, says: [Again?, Yet again?]}}, {{says: [Hm., Well.]}}]"
    found = told(f"    say: {say}\n", f"    say: {say}\n    replies: {replies}\n")
    assert (found.code, found.problem.level, found.under) == ("FV428", "hint", say)


QUOTED = "  price: {kind: quote, say: 'SAYS'}\n  ask:\n"


@pytest.mark.parametrize(
    "says",
    [
        "It is 80 EUR.",
        "€ 80, with the lead.",
        "It is 80.00 euros.",
        "It is eighty.",
        "Four times 20 EUR, 80 EUR in all.",
        "That is 20 EUR a month.",
        "Since 1980, and 80 EUR.",
        "With 5 EUR off it is 75 EUR.",
    ],
)
def test_a_price_that_is_said_as_it_is_asked_is_no_fault(says: str) -> None:
    less = "  less: {kind: discount, say: Five off., discount: 5, traded: yes}\n"
    assert problems(changed("  ask:\n", less + QUOTED.replace("SAYS", says))) == []


@pytest.mark.parametrize("says", ["It is 85 EUR.", "€85, with the lead.", "It is 8.50 euros.", "Make it 1,280 EUR."])
def test_a_price_that_is_said_and_not_asked_is_told(says: str) -> None:
    (found,) = problems(changed("  ask:\n", QUOTED.replace("SAYS", says)))
    assert (found.code, found.problem.level) == ("FV430", "warning")
    assert found.message.endswith("and the price is 80 EUR")


def test_a_line_that_waits_for_something_nobody_reveals_is_told() -> None:
    found = problems(changed("reveals: [quick, baby]", "reveals: baby"))
    assert {(each.code, each.under) for each in found} == {("FV405", "quick"), ("FV404", "quick")}


@pytest.mark.parametrize(
    ("old", "new", "under", "help"),
    [
        ("    meets: quick\n", "", "quick", "`meets: quick`"),
        ("reveals: [quick, baby]", "reveals: quick", "baby", "`reveals: baby`"),
        (
            "    kind: bring-in\n    brings: husband\n",
            "",
            "husband",
            "`brings: husband`",
        ),
        (
            "    kind: handle\n    handles: [money, looks]\n    say: Then take the blue one.\n",
            "    say: Then take the blue one.\n",
            "dear",
            "`handles: dear`",
        ),
    ],
)
def test_what_is_written_and_never_used_is_told(old: str, new: str, under: str, help: str) -> None:
    found = doubted(old, new)
    assert (found.code, found.under) == ("FV405", under)
    assert help in found.help


def test_a_scenario_in_which_nothing_can_be_sold_is_told() -> None:
    found = doubted("kind: ask-for-decision", "kind: closed-question")
    assert (found.code, found.under) == ("FV406", "lines")


def test_a_reply_behind_one_that_always_fits_is_told() -> None:
    found = doubted("- when: {trust: ..24}\n        says: I am only looking.", "- says: I am only looking.")
    assert (found.code, found.under) == ("FV407", "It sings, and then it sulks.")


def test_a_field_that_does_nothing_on_its_kind_of_line_is_told() -> None:
    found = doubted("    kind: isolate\n", "    kind: isolate\n    by: call\n")
    assert (found.code, found.under) == ("FV403", "by")


@pytest.mark.parametrize(
    ("written", "under"), [("quiet: 3w", "quiet"), ("rival: {name: Bo, wins: 5% a day, enquired: yes}", "enquired")]
)
def test_what_does_nothing_for_a_buyer_who_is_here_is_told(written: str, under: str) -> None:
    found = doubted("  manner: driver\n", f"  manner: driver\n  {written}\n")
    assert (found.code, found.under) == ("FV403", under)


def test_a_visit_on_a_closed_day_is_told() -> None:
    assert doubted("start: Sat 10:40", "start: Sun 10:40").code == "FV408"


SEEDED = {
    "a typo in the stage a line jumps to": (changed("ends: visit", "opens: decied"), "decied"),
    "a typo in a condition": (changed("when: {patience: ..10}", "when: {patiense: ..10}"), "patiense"),
    "a typo in a name that a condition needs": (changed("when: {knows: quick}", "when: {knows: quikc}"), "quikc"),
    "an id used twice": (changed("  what:\n", "  ask:\n"), "ask"),
    "a dead end": (changed("decide]\nlines", "decide, after]\nlines"), "after"),
    "a line that is never reached": (changed("when: {knows: quick}", "when: {said: ask, stage: decide}"), "decide"),
    "a condition that is never true": (changed("when: {patience: ..10}", "when: {patience: 110..}"), "110.."),
    "a condition that rules itself out": (changed("{knows: quick}", "{knows: quick, knows-not: quick}"), "quick"),
    "a sale that cannot end": (changed("kind: ask-for-decision", "kind: small-talk"), "lines"),
    "two equal texts": (changed("say: Is it the money?", "say: Shall I wrap it?"), "Shall I wrap it?"),
    "a fact that is found out for nothing": (changed("    meets: quick\n", ""), "quick"),
}


@pytest.mark.parametrize("mistake", SEEDED)
def test_a_mistake_that_play_may_never_show_is_told_by_line(mistake: str) -> None:
    text, under = SEEDED[mistake]
    assert under in [each.under for each in problems(text)]
