"""What is written becomes what the rules read: names resolved, defaults filled in, whole numbers throughout."""

from __future__ import annotations

import pytest

from engine.scenario import Scenario, read_scenario, summary
from engine.scenario.compiled import Clause, Prospect, Span
from engine.scenario.vocabulary import HIDDEN_CONDITIONS, OUTCOMES, VISIBLE_CONDITIONS
from tests.engine.scenario.shop import SHOP, changed

MINIMAL = """\
format: 1
id: tiny
title: Tiny
situation: As little as plays.
briefing: Somebody is there.
offer: {price: 100}
buyer: {name: Ada}
lines:
  hello: {say: Good morning.}
  ask: {kind: ask-for-decision, say: Shall we?}
"""


def scenario(text: str = SHOP) -> Scenario:
    return read_scenario(text.encode(), "shop.yaml")


def prospect(text: str = SHOP) -> Prospect:
    return scenario(text).prospects[0]


def clause(when: str) -> Clause:
    """The only condition of a reply."""
    line = next(line for line in prospect(changed("{trust: ..24}", when)).lines if line.id == "why")
    only = line.replies[0].when[0]
    assert isinstance(only, Clause)
    return only


def test_a_file_of_ten_lines_is_a_scenario_with_all_defaults() -> None:
    made = prospect(MINIMAL)
    assert [stage.id for stage in made.stages] == ["talk"]
    assert [line.kind for line in made.lines] == ["small-talk", "ask-for-decision"]
    assert (made.offer.name, made.offer.floor, made.offer.hour, made.offer.currency) == ("Tiny", 8000, 80, "EUR")
    assert made.buyer.interest == Span(5000, 6000)
    assert made.buyer.trust == Span(3000, 4000)
    assert made.buyer.patience == Span(1200, 1800)
    assert made.buyer.decides == (1_000_000,)
    assert sum(made.buyer.indecision) == 1_000_000
    assert (made.buyer.real, made.buyer.today, made.buyer.returns, made.buyer.drifts) == (
        780_000,
        300_000,
        80_000,
        10_000,
    )
    assert made.buyer.ready == Span(1440, 7 * 1440)
    assert (made.buyer.arrives, made.buyer.reach, made.buyer.quiet, made.buyer.rival) == ("visit", "telfer", 0, None)
    calendar = scenario(MINIMAL).calendar
    assert (calendar.start, calendar.visit, calendar.deadline) == (540, 60, 14 * 1440)
    assert calendar.open == ((Span(540, 1080),),) * 5 + ((), ())


def test_a_sale_of_several_calls_has_other_defaults() -> None:
    made = prospect(MINIMAL + "sale: multi-call\n")
    assert made.buyer.today == 0
    assert made.buyer.ready == Span(5 * 7 * 1440, 8 * 7 * 1440)


def test_facts_stand_in_one_order() -> None:
    made = prospect()
    assert [(fact.id, fact.sort) for fact in made.facts] == [
        ("quick", "need"),
        ("baby", "trait"),
        ("money", "reason"),
        ("looks", "reason"),
        ("decider", "decider"),
    ]
    assert made.reasons == ("money", "looks")
    assert made.roles == ("husband",)


def test_an_objection_without_a_reason_is_its_own() -> None:
    made = prospect(changed("    really: {money: 60%, looks: 40%}\n", "").replace("[money, looks]", "dear"))
    assert made.reasons == ("dear",)
    line = next(line for line in made.lines if line.id == "answer-it")
    assert (line.handles_objections, line.handles_reasons) == ((0,), (0,))


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("{knows: [quick, decider]}", Clause("knows", (0, 4))),
        ("{knows-not: money}", Clause("knows-not", (2,))),
        ("{raised: dear}", Clause("raised", (0,))),
        ("{said: why}", Clause("said", (0,))),
        ("{outcome: [order, stall]}", Clause("outcome", (0, 2))),
        ("{stage: hello..show}", Clause("stage", span=Span(0, 1))),
        ("{stage: show..}", Clause("stage", span=Span(1, 2))),
        ("{conversation: 2..}", Clause("conversation", span=Span(2, 1_000_000))),
        ("{day: ..3}", Clause("day", span=Span(0, 3))),
        ("{channel: [call, text]}", Clause("channel", (1, 2))),
        ("{with: husband}", Clause("with", (0,))),
        ("{promised: timed}", Clause("promised", (3,))),
        ("{has: baby}", Clause("has", (1,))),
        ("{decides: [alone, husband]}", Clause("decides", (0, 1))),
        ("{decider: [alone, husband]}", Clause("decider", (0, 1))),
        ("{indecision: high}", Clause("indecision", (2,))),
        ("{really: looks}", Clause("really", (1,))),
        ("{ready: no}", Clause("ready", (0,))),
        ("{real: yes}", Clause("real", (1,))),
    ],
)
def test_conditions_become_numbers(when: str, found: Clause) -> None:
    assert clause(when) == found


def test_levels_of_conditions_are_read_as_they_are_shown() -> None:
    low, high = clause("{trust: ..24}").span, clause("{trust: 25..}").span
    assert low is not None
    assert high is not None
    assert (low.low, low.high + 1, high.high) == (0, high.low, 10_000)


def test_conditions_in_another_order_are_the_same() -> None:
    one = changed("{trust: ..24}", "{trust: ..24, knows: quick}")
    other = changed("{trust: ..24}", "{knows: quick, trust: ..24}")
    assert scenario(one).digest() == scenario(other).digest()


def test_every_condition_of_the_vocabulary_can_be_written() -> None:
    values = {
        **dict.fromkeys(("knows", "met", "has"), "quick"),
        **dict.fromkeys(("knows-not", "met-not", "lacks"), "baby"),
        **dict.fromkeys(("raised", "handled"), "dear"),
        **dict.fromkeys(("said", "said-not"), "why"),
        **dict.fromkeys(("with", "without", "decides", "decider"), "husband"),
        **dict.fromkeys(("discounted", "ready", "real"), "yes"),
        "outcome": "order",
        "stage": "show",
        "channel": "visit",
        "promised": "vague",
        "indecision": "low",
        "really": "money",
        "weekday": "Sat",
        "time": "12:00..14:00",
        "quiet": "3d..",
        "any": "[{asked: 2..}, {weekday: Sat}]",
    }
    for word in (*VISIBLE_CONDITIONS, *HIDDEN_CONDITIONS):
        value = values.get(word, "1..9")
        text = changed("{trust: ..24}", f"{{{word}: {value}}}").replace("met-not: baby", "met-not: quick")
        line = next(line for line in prospect(text).lines if line.id == "why")
        assert line.replies[0].when[0].what == word


def test_the_most_specific_reply_comes_first() -> None:
    text = changed(
        "      - when: {trust: ..24}\n",
        "      - says: Plain.\n      - when: {knows: quick, trust: ..24}\n        says: Both.\n"
        "      - when: {trust: ..24}\n",
    ).replace("      - says: It sings, and then it sulks.\n", "")
    line = next(line for line in prospect(text).lines if line.id == "why")
    assert [reply.says for reply in line.replies] == [("Both.",), ("I am only looking.",), ("Plain.",)]


def test_outcomes_stand_in_the_vocabularys_order() -> None:
    made = prospect()
    assert len(made.outcomes) == len(OUTCOMES)
    assert [reply.says for reply in made.outcomes[tuple(OUTCOMES).index("order")]] == [("Yes. Wrap it.",)]


@pytest.mark.parametrize(
    ("at", "step"),
    [
        ("at: 18:15", (None, None, 1095, True)),
        ("at: Mon 10:00", (None, 0, 600, True)),
        ("in: 6h", (360, None, None, True)),
        ("on: Mon", (None, 0, None, False)),
    ],
)
def test_a_step_is_dated_by_time_by_day_or_by_distance(
    at: str, step: tuple[int | None, int | None, int | None, bool]
) -> None:
    line = next(line for line in prospect(changed("at: 18:15", at)).lines if line.id == "six")
    assert line.step is not None
    assert (line.step.after, line.step.weekday, line.step.minute, line.step.timed) == step


@pytest.mark.parametrize(("written", "cents"), [("5", 500), ("2.50", 250), ("10%", 800)])
def test_a_discount_is_money_or_a_share_of_the_price(written: str, cents: int) -> None:
    text = changed("kind: isolate", f"kind: discount\n    discount: {written}")
    line = next(line for line in prospect(text).lines if line.id == "what")
    assert line.discount == cents


def test_lines_between_conversations_are_in_no_stage() -> None:
    text = changed("    stage: decide\n    kind: isolate", "    kind: check-in\n    by: text")
    line = next(line for line in prospect(text).lines if line.id == "what")
    assert (line.first, line.last, line.channel) == (-1, -1, 2)


def test_a_mended_typo_keeps_the_digest_and_a_new_number_does_not() -> None:
    before = scenario().digest()
    assert scenario(changed("It sulks".lower(), "it weeps")).digest() == before
    assert scenario(changed("weight: 40", "weight: 45")).digest() != before


def test_what_is_said_again_is_no_part_of_the_digest() -> None:
    text = changed("say: Is it the money?", "say: [Is it the money?, And what is it today?]")
    (line,) = (line for line in prospect(text).lines if line.id == "what")
    assert line.say == ("Is it the money?", "And what is it today?")
    assert scenario(text).digest() == scenario().digest()


def test_text_that_looks_like_markup_stays_text() -> None:
    odd = "Price [20%] off [/b] [@click=app.quit]x[/] {0} %s \\n"
    line = next(line for line in prospect(changed("say: Count with me.", f"say: '{odd}'")).lines if line.id == "boil")
    assert line.say == (odd,)


def test_a_summary_is_what_the_scenario_says() -> None:
    found, made = summary(SHOP.encode(), "shop.yaml"), scenario()
    assert (found.id, found.title, found.situation) == (made.id, made.title, made.situation)
    assert (found.school, found.difficulty, found.path) == ("plan-a", 1, "shop.yaml")


def test_a_summary_survives_mistakes_further_down() -> None:
    assert summary(SHOP.replace("lines:", "lines: [").encode(), "shop.yaml").title == "The corner shop"
