"""What an author is told of a moment is what the rules do there."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from engine.authoring.insight import buyer, sayable, weighed
from engine.authoring.lacking import lacking
from engine.authoring.lacking import written as written_as
from engine.play import Game, State
from engine.rules import Turn
from engine.rules.conditions import WORDS
from engine.rules.tables import OUTCOME
from engine.scenario.compiled import AnyOf, Clause, Span
from engine.scenario.vocabulary import HIDDEN_CONDITIONS, VISIBLE_CONDITIONS
from tests.engine.sales import BUNDLED, SHOP, bundled, play, written

DESK = """\
ceiling: 100%
buyer: {name: Sam, real: 100%, ready: 0m, patience: 30m, trust: 30}
needs:
  dry: {says: I have to get to the station dry.}
objections:
  price: {says: That is a lot., chance: 100%, really: {price: 100%}}
stages:
  - {id: hello, turns: 2}
  - close
lines:
  where-to:
    kind: open-question
    say: Where to?
    reveals: dry
    replies:
      - {says: Who wants to know?, when: {trust: ..10}, lands: no}
      - {says: 'To the station, and it rains.', when: {has: dry}}
      - To the station.
  well-then: {kind: small-talk, say: Well then., stage: hello}
  told-dry: {kind: present, say: This keeps you dry., when: {knows: dry}, meets: dry}
  twice: {kind: claim, say: It is the best., when: {said: where-to, said-not: well-then}}
  have-it: {kind: ask-for-decision, say: Shall I ring it up?, stage: close}
  once-more: {kind: press, say: Come on., stage: close}
  really: {kind: isolate, say: Is it only that?}
"""


WHOLE = DESK.replace("patience: 30m,", "patience: 30m, decides: {alone: 50%, partner: 50%},")


def random_run(game: Game, seed: int, most: int = 60) -> Iterator[State]:
    """The moments of a run in which everything is chosen at random."""
    chance, state = random.Random(seed), game.new_initial_state(seed)
    for _ in range(most):
        yield state
        if state.is_terminal():
            return
        state = state.apply_action(chance.choice(state.legal_actions()))


def after(game: Game, *names: str, seed: int = 1) -> State:
    state = game.new_initial_state(seed)
    for name in names:
        state = state.apply_action(game.move_named(name))
    return state


def why_not(state: State) -> dict[str, tuple[str, ...]]:
    return {one.id: one.lacking for one in sayable(state) if not one.offered}


@pytest.mark.parametrize("name", BUNDLED)
def test_what_is_on_offer_is_what_can_be_said_and_of_the_rest_it_is_said_why(name: str) -> None:
    for seed in range(3):
        for state in random_run(bundled(name), seed):
            lines = sayable(state)
            legal = {action for action in state.legal_actions() if state.line(action) is not None}
            assert {one.action for one in lines if one.offered} == legal
            assert [one.id for one in lines if one.offered is bool(one.lacking)] == []


@pytest.mark.parametrize("name", BUNDLED)
def test_the_reply_that_is_said_to_have_been_spoken_was_heard(name: str) -> None:
    for state in random_run(bundled(name), 5):
        heard = {event.text for event in state.events}
        for choice in weighed(state):
            spoken = [each for each in choice.candidates if each.spoken]
            assert len(spoken) <= 1
            for each in choice.candidates:
                assert bool(each.lacking) or each.chosen or any(one.chosen for one in choice.candidates)
            if spoken and state.line(state.action) is not None:
                assert heard


def test_every_condition_that_fails_is_named_with_what_is_missing() -> None:
    game = written(DESK)
    missing = why_not(game.new_initial_state(1))
    assert missing["told-dry"] == ("not told yet: dry",)
    assert missing["twice"] == ("not said yet: where-to",)
    assert missing["have-it"] == ("it belongs in stage close, and this is hello",)
    assert missing["really"] == ("no objection is open of which nobody knows what lies behind it",)
    missing = why_not(after(game, "where-to", "well-then"))
    assert missing["well-then"] == (
        "said already, and it is said once",
        "it belongs in stage hello, and this is close",
    )
    assert missing["twice"] == ("said already: well-then",)
    assert missing["once-more"] == ("the decision has not been asked for yet",)


def takes_a_range(word: str) -> bool:
    return WORDS[word].passes in [WORDS[each].passes for each in ("day", "quiet", "trust")]


@pytest.mark.parametrize("word", [*VISIBLE_CONDITIONS, *HIDDEN_CONDITIONS])
def test_there_are_words_for_every_condition(word: str) -> None:
    state = written(WHOLE).new_initial_state(1)
    rules, p = state.game.rules.prospects[0], state.people[0]
    clauses: list[Clause | AnyOf] = [Clause(word, (0,)), Clause(word, (), Span(0, 0)), Clause(word, (), Span(1, 1))]
    if word == "any":
        clauses = [AnyOf(((Clause("knows", (0,)),), (Clause("ready", (0,)),)))]
    turn = Turn(state.game.rules, state.core, state.luck)
    for clause in clauses:
        if isinstance(clause, AnyOf) or (clause.span is None) is not takes_a_range(word):
            assert written_as(rules.prospect, (clause,)).startswith(f"{word}: ")
            assert "{}" not in " ".join(lacking(turn, rules, p, (clause,)))


def test_a_condition_is_told_as_it_is_written() -> None:
    conditions = (
        "knows: [dry, price], met: dry, stage: hello..close, quiet: 3d.., time: 12:00..14:00, weekday: [Mon, Sat], "
        "asked: 2.., any: [{said: where-to}, {discounted: yes}]"
    )
    game = written(DESK + f"  odd: {{kind: claim, say: Odd., when: {{{conditions}}}}}\n")
    line = game.scenario.prospects[0].lines[-1]
    told = written_as(game.scenario.prospects[0], line.when)
    assert sorted(told.replace("[dry, price]", "").split(", ")) == sorted(
        conditions.replace("[dry, price]", "").split(", ")
    )
    missing = why_not(game.new_initial_state(1))["odd"]
    assert "not answered yet: dry" in missing
    assert "there was no conversation before, and it takes 3d.." in missing
    assert "it is 10:00, and it takes 12:00..14:00" in missing
    assert "(not said yet: where-to) and (the price has not come down)" in missing


def test_what_waits_for_something_in_this_stage_comes_before_what_belongs_elsewhere() -> None:
    lines = [one.id for one in sayable(written(DESK).new_initial_state(1))]
    assert lines[:2] == ["where-to", "well-then"]
    assert lines.index("twice") < lines.index("have-it")
    assert lines.index("really") < lines.index("once-more")


def test_a_reply_is_told_with_what_it_has_beaten_and_why() -> None:
    (choice,) = weighed(after(written(DESK), "where-to"))
    assert choice.outcome is None
    first, second, third = choice.candidates
    assert (first.when, first.lacking) == ("trust: ..10", ("trust is 30, and it takes ..10",))
    assert (second.when, second.lacking, second.chosen, second.spoken) == ("has: dry", (), True, True)
    assert (third.when, third.lacking, third.chosen) == ("", (), False)


def test_text_for_an_answer_that_goes_before_a_general_reply_is_told_as_what_was_said() -> None:
    game = written(SHOP + "outcomes: {order: 'Ring it up, then.', stall: Let me think., no-sale: No.}\n")
    state = after(game, "what-it-costs").apply_outcome(game.move_named("have-it"), "stall")
    # luck may say otherwise than what was made to come: only what luck gives is weighed again
    again = after(game, "what-it-costs", "have-it", seed=state.seed)
    (choice,) = weighed(again)
    assert choice.outcome in OUTCOME
    assert [each.spoken for each in choice.candidates] == [True]


def test_what_could_be_said_is_worded_as_it_would_be_now() -> None:
    start = written(DESK.replace("say: Where to?", "say: [Where to?, And in this rain?]")).new_initial_state(1)
    says = [{one.id: one.say for one in sayable(state)}["where-to"] for state in (start, play(start, "where-to"))]
    assert says == ["Where to?", "And in this rain?"]


def test_a_yes_is_told_with_its_terms_even_where_something_rules_it_out() -> None:
    game = written(DESK.replace("real: 100%", "real: 0%"))
    ask = next(one for one in sayable(game.new_initial_state(1)) if one.id == "have-it")
    assert not ask.offered
    assert ask.yes is not None
    assert ask.yes.bars == ("no-buyer",)
    assert ask.yes.reasons


def test_what_is_hidden_from_players_stands_there_for_the_author() -> None:
    state = written(DESK).new_initial_state(1)
    told = {part.heading: part.lines for part in buyer(state, 0)}
    assert "trust 30" in told["levels"][0]
    assert told["stage"] == ("hello, line 1 of at most 2",)
    assert told["needs"] == ("dry (weight 20): not told, not answered",)
    assert told["objections"][0].startswith("price: not raised yet; behind it: price, not told")
    assert "decides alone" in told["who they are"]


def test_whoever_decides_is_told_as_conditions_and_as_players_call_them() -> None:
    people = "decides: boss, people: {boss: Ines}"
    game = written(DESK.replace("real: 100%", f"real: 100%, {people}"))
    told = {part.heading: part.lines for part in buyer(game.new_initial_state(1), 0)}
    assert "decides with boss (Ines)" in told["who they are"]


def test_whose_a_need_is_and_who_is_missing_stands_there_for_the_author() -> None:
    house = written(
        SHOP.replace("buyer: {name: Sam", "buyer: {name: Sam, decides: it, people: {it: Shirin}").replace(
            "60, chance: 60%}\n  small", "60, of: it}\n  small"
        )
    )
    state = house.new_initial_state(1)
    told = [line for part in buyer(state, 0) for line in part.lines]
    assert any(line.startswith("dry (weight 60) of it, who is not at the table: not told") for line in told)
    ask = next(one for one in sayable(state) if one.id == "have-it")
    assert ask.yes is None or "somebody-missing" not in ask.yes.bars or ask.yes.missing == ("Shirin",)
