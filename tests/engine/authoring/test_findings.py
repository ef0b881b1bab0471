"""What plays find wrong with a scenario: the pages of `scenarios/problems`, and a second input of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from engine.authoring.exploring import begin, explore
from engine.authoring.findings import findings
from engine.authoring.proving import prove
from engine.scenario import Problem, check_scenario

PAGES = sorted((Path(__file__).parents[3] / "scenarios" / "problems").glob("FV6*.md"))
PLAYS = 260
MORE = 650
"""Plays for what only some buyers have, or only some plays come to."""
MANY = 1_200
"""Plays for what is only said when it is rare."""


def found(text: str, plays: int = PLAYS, known: Iterable[Problem] = ()) -> list[Problem]:
    scenario, problems = check_scenario(text.encode(), "test.yaml")
    assert scenario is not None, problems
    exploration = explore(begin(scenario), plays)
    return list(findings(text.encode(), "test.yaml", scenario, exploration, known, prove(exploration.rules)))


def examples(page: Path) -> tuple[str, str]:
    wrong, right = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return wrong, right


def _plays(page: Path) -> int:
    return {"FV602": MORE, "FV608": MANY, "FV609": MORE}.get(page.stem, PLAYS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_bad_example_of_a_page_gives_just_its_code(page: Path) -> None:
    assert {problem.code for problem in found(examples(page)[0], _plays(page))} == {page.stem}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_mended_example_of_a_page_is_clean(page: Path) -> None:
    assert found(examples(page)[1], _plays(page)) == []


# --- a second input of each kind -------------------------------------------------------------------------------------

DESK = """format: 1
id: desk
title: A desk that goes up
situation: He stands while he reads the tag.
briefing: Rui has come in from the rain and looks at the desks.
offer: {price: 640, floor: 480}
"""
LINES = """
needs:
  back: {says: By four I have to lie on the floor.}
lines:
  where: {kind: open-question, say: Where does it hurt?, reveals: back}
  lift: {kind: demonstrate, say: Push here., meets: back}
  price: {kind: quote, say: Six hundred and forty.}
  ask: {kind: ask-for-decision, say: Shall we bring it on Monday?}
"""


def told(text: str, plays: int = PLAYS) -> list[tuple[str, str]]:
    """Code and message of everything found."""
    return [(problem.code, problem.message) for problem in found(text, plays)]


def test_a_shop_in_which_nothing_is_wrong() -> None:
    assert told(DESK + "buyer: {name: Rui}" + LINES) == []


def test_lines_that_wait_for_each_other() -> None:
    waiting = """
  warranty: {kind: proof, say: Ten years., when: {said: motor}}
  motor: {kind: story, say: It is a good motor., when: {said: warranty}}
"""
    problems = found(DESK + "buyer: {name: Rui}" + LINES + waiting)
    assert [problem.code for problem in problems] == ["FV601", "FV601"]
    assert problems[0].help == "they wait for each other: `warranty` for `motor` for `warranty`"


def test_a_line_for_a_decider_of_whom_nobody_is_told() -> None:
    buyer = "buyer: {name: Rui, decides: {alone: 50%, wife: 50%}}"
    never = "  fetch: {kind: bring-in, say: Shall we call her?, brings: wife, when: {decider: wife}}\n"
    problems = {each.code: each for each in found(DESK + buyer + LINES + never, MORE)}
    assert problems["FV601"].help == "`decider`: who decides was told in no play"


def test_a_line_for_a_channel_over_which_nobody_ever_talks() -> None:
    (problem,) = found(
        DESK + "buyer: {name: Rui}" + LINES + "  link: {kind: story, say: See the film., when: {channel: email}}"
    )
    assert problem.code == "FV601"
    assert "no conversation ever took place over `email`" in problem.help


def test_a_step_beyond_the_deadline() -> None:
    step = "  tuesday: {kind: propose-dated-step, say: Next week then., in: 7d}"
    (problem,) = found(DESK + "calendar: {deadline: 2d}\nbuyer: {name: Rui}" + LINES + step)
    assert (problem.code, problem.help) == (
        "FV601",
        "its day comes at the deadline or after it: the sale is over after 2 days",
    )


def test_patience_that_ends_before_the_question_is_told_in_minutes() -> None:
    lines = (
        LINES.replace("needs:", "stages: [{id: chat, turns: 3}, decide]\nneeds:")
        .replace("where: {", "where: {stage: chat, takes: 8m, ")
        .replace("lift: {", "lift: {stage: chat, takes: 8m, ")
        .replace("ask: {", "ask: {stage: decide, prices: yes, ")
        .replace("price: {kind: quote", "price: {stage: chat, takes: 8m, kind: small-talk")
    )
    buyer = "ceiling: 40%\nbuyer: {name: Rui, patience: 10m..15m}"
    [(code, message)] = told(DESK + buyer + lines)
    assert code == "FV605"
    assert "patience is 10..15 minutes, and the shortest way to the question takes 24" in message


def test_a_decider_whom_nobody_can_bring_is_the_reason_why_nobody_orders() -> None:
    [(code, message)] = told(DESK + "buyer: {name: Rui, decides: boss}" + LINES)
    assert code == "FV606"
    assert "whoever decides with them was not at the table" in message


def test_buyers_who_are_ready_when_the_time_is_over() -> None:
    buyer = "ceiling: 0%\ncalendar: {deadline: 3d}\nbuyer: {name: Rui, ready: 4d..6d}"
    (problem,) = found(DESK + buyer + LINES)
    assert (problem.code, problem.level) == ("FV606", "error")
    assert "buyers can decide 4 days to 6 days after the start, and the sale is over after 3 days" in problem.message


def test_a_price_that_is_named_where_nobody_comes() -> None:
    lines = LINES.replace("needs:", "stages: [chat, loft, decide]\nneeds:").replace(
        "where: {", "where: {stage: chat, opens: decide, "
    )
    lines = lines.replace("price: {", "price: {stage: loft, ").replace("ask: {", "ask: {stage: decide, ")
    codes = dict(told(DESK + "buyer: {name: Rui}" + lines.replace("lift: {", "lift: {stage: decide, ")))
    assert codes.keys() == {"FV603", "FV606"}
    assert "the price is named nowhere before it (proved, all 14 states)" in codes["FV606"]


def test_a_second_reply_that_the_first_one_always_beats() -> None:
    lines = (
        LINES
        + """
  legs:
    kind: story
    say: They are oak.
    when: {said: where}
    repeat: yes
    replies:
      - {when: {interest: 5..}, says: Nice.}
      - {when: {trust: 5..}, says: Good.}
      - Hm.
"""
    )
    problems = found(DESK + "buyer: {name: Rui}" + lines, MORE)
    assert [(problem.code, problem.spot.line) for problem in problems] == [("FV602", 23)]
    assert "`Nice.` was" in problems[0].help


def test_a_reply_for_all_other_cases_where_there_can_be_none() -> None:
    """What the first one waits for is what its line waits for."""
    lines = (
        LINES
        + """
  legs:
    kind: story
    say: They are oak.
    when: {said: where}
    replies:
      - {when: {said: where}, says: Nice.}
      - Hm.
"""
    )
    (problem,) = found(DESK + "buyer: {name: Rui}" + lines)
    assert (problem.code, problem.level) == ("FV602", "warning")
    assert "this reply to `legs` can never be given (proved" in problem.message
    assert "`Nice.` was" in problem.help


def test_a_need_that_comes_out_after_the_showing() -> None:
    lines = LINES.replace("needs:", "stages: [{id: show, turns: 1}, {id: talk, turns: 2}, decide]\nneeds:").replace(
        "where: {", "where: {stage: talk, "
    )
    lines = lines.replace("lift: {", "lift: {stage: show, ")
    assert [code for code, _ in told(DESK + "buyer: {name: Rui}" + lines)] == ["FV604"]


def test_a_need_that_nobody_is_ever_trusted_with() -> None:
    lines = LINES.replace("the floor.}", "the floor., guarded: 95}")
    [(code, message)] = told(DESK + "buyer: {name: Rui}" + lines)
    assert code == "FV602"
    assert message.startswith("`back` was never told, and a question for it was said in ")
    assert found(DESK + "buyer: {name: Rui}" + lines)[0].help.startswith("it takes a trust of 95: lower `guarded`")


def test_what_reading_has_said_of_a_condition_is_not_said_again_of_what_waits_for_it() -> None:
    more = (
        "  twice:\n    kind: story\n    say: My sister has two.\n    when:\n      knows: back\n      knows-not: back\n"
    )
    more += "  once:\n    say: It rains.\n    replies:\n      - when:\n          knows: back\n          lacks: back\n"
    more += "        says: Does it?\n      - says: It does.\n"
    text = DESK + "buyer: {name: Rui}" + LINES.replace("floor.}", "floor., chance: 60%}") + more
    _, known = check_scenario(text.encode(), "test.yaml")
    assert {each.code for each in known} == {"FV404"}
    assert found(text) != []
    assert found(text, known=known) == []


def test_an_interrupt_that_waits_for_nothing() -> None:
    interrupts = "\ninterrupts:\n  - {when: {pressure: ..90}, says: His phone rings.}"
    assert [code for code, _ in told(DESK + "buyer: {name: Rui}" + interrupts + LINES)] == ["FV607"]


def test_an_objection_that_has_no_occasion() -> None:
    objections = "\nobjections:\n  dear: {says: Too dear., chance: 60%}"
    lines = LINES.replace("demonstrate", "story").replace("ask: {", "ask: {when: {conversation: 9..}, ")
    answer = "  why: {kind: answer, say: It lasts., answers: dear}"
    codes = dict(told(DESK + "buyer: {name: Rui}" + objections + lines + answer))
    assert "`dear` was never raised, and buyers had it in" in codes["FV608"]


def test_one_reason_of_two_that_nobody_answers() -> None:
    objections = "\nobjections:\n  dear: {says: Too dear., chance: 70%, really: {money: 50%, boss: 50%}}"
    answer = "  terms: {kind: answer, say: In three parts., answers: money}"
    [(code, message)] = told(DESK + "buyer: {name: Rui}" + objections + LINES + answer, MORE)
    assert (code, "`boss` lies behind" in message) == ("FV609", True)


def test_a_school_whose_trade_is_not_in_the_scenario() -> None:
    [(code, message)] = told(DESK + "teaches: speed-first\nbuyer: {name: Rui}" + LINES)
    assert (code, "speed-first" in message) == ("FV612", True)


def test_what_only_plays_can_tell_is_not_said_where_there_were_too_few() -> None:
    interrupts = "\ninterrupts:\n  - {when: {pressure: ..90}, says: His phone rings.}"
    assert told(DESK + "buyer: {name: Rui}" + interrupts + LINES, 50) == []


def test_what_is_proved_is_said_without_any_play() -> None:
    never = "  link: {kind: story, say: See the film., when: {channel: email}}"
    [(code, message)] = told(DESK + "buyer: {name: Rui}" + LINES + never, 0)
    assert code == "FV601"
    assert re.fullmatch(r"`link` is never offered \(proved, all \d+ states\)", message)
