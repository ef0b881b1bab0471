"""What each reply to a line does that the others do not, and what it only says."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.authoring.replies import NamedReply, only_words, replies
from engine.scenario import read_scenario
from engine.scenario.compiled import Scenario
from tests.engine.sales import BUNDLED, bundled

SALE = """
format: 2
id: kettle
title: The kettle in the window
situation: Somebody has looked at the kettle twice.
briefing: A quiet morning in your shop.
offer: {price: 80, size: medium, floor: 60}
buyer: {name: Ada}
needs: {quick: {says: Mine takes so long that the toast is cold.}}
lines:
  what-happened: {kind: open-question, say: What is the matter with the one you have?, reveals: quick}
  boil-it: {kind: demonstrate, say: Count with me while it boils., meets: quick, replies: REPLIES}
  ask: {kind: ask-for-decision, say: Shall I wrap it for you?}
"""


def of(*written: str) -> list[NamedReply]:
    """What is made of these replies to one line."""
    text = SALE.replace("REPLIES", f"[{', '.join(written)}]")
    return list(replies(read_scenario(text.encode(), "kettle.yaml")))


LAST = "{says: Nine seconds.}"


@pytest.mark.parametrize(
    "does", ["lands: no", "ends: visit", "trust: -2", "excitement: 0", "lands: no, principle: No."]
)
def test_a_reply_that_does_something_is_not_words_only(does: str) -> None:
    first, last = of(f"{{when: {{said: what-happened}}, says: That long?, {does}}}", LAST)
    assert (first.acts, first.words_only) == (True, False)
    assert (last.acts, last.words_only) == (False, True)


@pytest.mark.parametrize("when", ["has: quick", "trust: 40..", "any: [{said: ask}, {lacks: quick}]"])
def test_both_of_two_replies_tell_what_the_seller_did_not_know(when: str) -> None:
    assert [each.only_tells for each in of(f"{{when: {{{when}}}, says: That long?}}", LAST)] == [True, True]


@pytest.mark.parametrize("when", ["knows: quick", "said: what-happened", "weekday: Mon"])
def test_replies_that_hang_on_what_the_seller_knows_are_words_only(when: str) -> None:
    assert [each.words_only for each in of(f"{{when: {{{when}}}, says: That long?}}", LAST)] == [True, True]


def test_a_principle_teaches_and_a_line_with_one_reply_is_not_looked_at() -> None:
    taught, _ = of("{when: {said: what-happened}, says: That long?, principle: Show what was asked for.}", LAST)
    assert (taught.teaches, taught.words_only) == (True, False)
    assert of(LAST) == []


def test_replies_that_begin_alike_have_names_of_their_own() -> None:
    long = "It takes as long as mine does, and mine takes"
    names = [
        each.name for each in of(f"{{when: {{said: what-happened}}, says: '{long} ages.'}}", f"{{says: '{long}.'}}")
    ]
    assert names == [
        "boil-it: It takes as long as mine does, and ... (1)",
        "boil-it: It takes as long as mine does, and ... (2)",
    ]


@pytest.mark.parametrize("name", BUNDLED)
def test_each_reply_has_one_name_and_is_left_its_words(name: str) -> None:
    scenario: Scenario = bundled(name).scenario
    every = list(replies(scenario))
    assert max(Counter(each.name for each in every).values()) == 1
    for each in every:
        line = scenario.prospects[each.part.who].lines[each.part.of]
        less = only_words(line, each.part.nth)
        assert [reply.says for reply in less.replies] == [reply.says for reply in line.replies]
        assert (less == line) is not each.acts
