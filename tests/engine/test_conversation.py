"""Claims about what lines do in a conversation."""

from __future__ import annotations

import pytest

from engine import world as at
from engine.play import Game, IllegalMove, State
from engine.units import POINT
from tests.engine.sales import play, written

SALE = """
ceiling: 100%
buyer: {name: Ada, real: 100%, interest: 55, trust: 35, patience: 40m, indecision: {low: 100%}}
needs:
  quiet: {says: It has to be quiet., weight: 40}
  shame: {says: I cannot read the display., weight: 20, guarded: 60, deflects: Nothing else.}
  absent: {says: Never., chance: 0%, otherwise: No. We have no garden.}
objections:
  dear: {says: It is dear., chance: 100%, really: {boss: {chance: 100%, says: My boss laughs at me.}}}
lines:
  ask-quiet: {kind: open-question, say: What matters to you?, reveals: quiet}
  ask-shame: {kind: open-question, say: And what else?, reveals: shame, repeat: yes}
  ask-garden: {kind: open-question, say: Do you have a garden?, reveals: absent}
  think: {kind: implication, say: What does the noise cost you?, about: quiet}
  show: {kind: demonstrate, say: Listen., meets: quiet}
  isolate: {kind: isolate, say: What lies behind that?}
  answer-price: {kind: handle, say: It pays for itself., handles: dear}
  answer-boss: {kind: handle, say: I will write to your boss., handles: boss}
  sure: {kind: confirm, say: Is that settled?}
  ask: {kind: ask-for-decision, say: Shall we?}
  push: {kind: press, say: Come on.}
  later: {kind: vague-follow-up, say: I will be in touch.}
  tomorrow: {kind: propose-dated-step, say: Tomorrow at ten?, at: "10:30"}
  close: {kind: take-no, say: Then I close the file.}
"""


@pytest.fixture(scope="module")
def sale() -> Game:
    return written(SALE)


@pytest.fixture
def start(sale: Game) -> State:
    return sale.new_initial_state(7)


def facts(state: State) -> set[str]:
    return {fact.id for fact in state.player_view().prospects[0].facts}


def last_reply(state: State) -> str:
    return [said.text for said in state.player_view().transcript if said.who == "buyer"][-1]


def buyer(state: State) -> tuple[int, ...]:
    return state.people[0]


def objecting(start: State) -> State:
    return start.apply_outcome(start.game.move_named("ask"), "objection")


def test_an_open_question_finds_a_need(start: State) -> None:
    after = play(start, "ask-quiet")
    assert facts(after) == {"quiet"}
    assert last_reply(after) == "It has to be quiet."
    assert buyer(after)[at.TRUST] > buyer(start)[at.TRUST]


def test_a_guarded_need_is_told_only_with_enough_trust(start: State) -> None:
    after = play(start, "ask-shame")
    assert "shame" not in facts(after)
    assert last_reply(after) == "Nothing else."
    for _ in range(40):
        if "shame" in facts(after) or after.player_view().place != "conversation":
            break
        after = play(after, "ask-shame")
    told = [event for event in after.log if event.what == "knows"]
    assert all(event.amount != 1 or trust_before(after, event.minute) >= 60 * POINT for event in told)


def trust_before(state: State, minute: int) -> int:
    return sum(event.amount for event in state.log if event.what == "trust" and event.minute <= minute)


def test_a_need_that_this_buyer_does_not_have_is_denied(start: State) -> None:
    after = play(start, "ask-garden")
    assert "absent" not in facts(after)
    assert last_reply(after) == "No. We have no garden."


def test_showing_builds_conviction_only_for_a_need_that_was_told(start: State) -> None:
    def conviction_gained(state: State) -> int:
        return sum(event.amount for event in state.events if event.what == "conviction" and event.amount > 0)

    blind = start.apply_outcome(start.game.move_named("show"), "nothing")
    told = play(start, "ask-quiet")
    tied = told.apply_outcome(told.game.move_named("show"), "nothing")
    assert conviction_gained(blind) == 0
    assert conviction_gained(tied) > 5 * POINT
    assert buyer(blind)[at.MET] == 0


def test_showing_what_nobody_asked_for_raises_objections_more_often(start: State) -> None:
    show = start.game.move_named("show")
    blind = dict(start.chance_outcomes(show))["objection"]
    tied = dict(play(start, "ask-quiet").chance_outcomes(show))["objection"]
    assert blind > 2 * tied


def test_implication_is_offered_for_a_known_need_only_and_makes_meeting_it_worth_more(start: State) -> None:
    with pytest.raises(IllegalMove):
        play(start, "think")
    told = play(start, "ask-quiet")
    plain = told.apply_outcome(told.game.move_named("show"), "nothing")
    thought = play(told, "think")
    grown = thought.apply_outcome(thought.game.move_named("show"), "nothing")

    def gain(state: State) -> int:
        return sum(event.amount for event in state.events if event.what == "conviction" and event.amount > 0)

    assert gain(grown) > gain(plain)


def test_an_answer_to_what_was_said_only_looks_like_one(start: State) -> None:
    after = play(objecting(start), "answer-price")
    view = after.player_view().prospects[0].objections[0]
    assert view.handled
    assert buyer(after)[at.SETTLED] == 0
    again = after.apply_outcome(after.game.move_named("ask"), "objection")
    assert not again.player_view().prospects[0].objections[0].handled


def test_isolating_finds_the_real_reason_and_its_answer_settles_the_objection(start: State) -> None:
    opened = play(objecting(start), "isolate")
    assert "boss" in facts(opened)
    assert last_reply(opened) == "My boss laughs at me."
    with pytest.raises(IllegalMove):
        play(opened, "isolate")
    assert buyer(play(opened, "answer-boss"))[at.SETTLED] == 1


def test_confirming_tells_a_real_answer_from_one_that_only_looked_like_it(start: State) -> None:
    wrong = play(objecting(start), "answer-price", "sure")
    assert "boss" in facts(wrong)
    assert not wrong.player_view().prospects[0].objections[0].handled
    right = play(objecting(start), "answer-boss", "sure")
    assert right.player_view().prospects[0].objections[0].handled
    assert buyer(right)[at.CONFIRMED] == 1


TWO_OBJECTIONS = """
ceiling: 100%
buyer: {name: Ada, real: 100%, interest: 55, trust: 35, patience: 40m, indecision: {low: 100%}}
objections:
  dear: {says: It is dear., chance: 100%, really: {boss: {chance: 100%, says: My boss laughs at me.}}}
  loud: {says: It is loud., chance: 100%, really: {baby: {chance: 100%, says: The baby wakes.}}}
lines:
  loud-for-whom: {kind: isolate, say: Loud for whom?, when: {raised: loud}}
  dear-beside-what: {kind: isolate, say: Dear beside what?, when: {raised: dear}}
  nobody-laughs: {kind: handle, say: Nobody will laugh., handles: boss}
  a-door: {kind: handle, say: Shut the door., handles: loud}
  sure-it-is-quiet: {kind: confirm, say: Is that quiet enough?, when: {handled: loud}}
  ask: {kind: ask-for-decision, say: Shall we?}
"""


@pytest.fixture
def two_objections() -> State:
    start = written(TWO_OBJECTIONS).new_initial_state(1)
    ask = start.game.move_named("ask")
    return start.apply_outcome(ask, "objection").apply_outcome(ask, "objection")


def test_a_buyer_tells_what_lies_behind_the_objection_that_they_were_asked_about(two_objections: State) -> None:
    opened = play(two_objections, "loud-for-whom")
    assert facts(opened) == {"baby"}
    assert last_reply(opened) == "The baby wakes."
    with pytest.raises(IllegalMove):  # what lies behind the other one is another question
        play(opened, "loud-for-whom")
    assert facts(play(opened, "dear-beside-what")) == {"baby", "boss"}


def test_making_sure_of_one_answer_leaves_another_as_it_is(two_objections: State) -> None:
    answered = play(two_objections, "nobody-laughs", "a-door", "sure-it-is-quiet")
    dear, loud = answered.player_view().prospects[0].objections
    assert dear.handled
    assert not loud.handled
    assert last_reply(answered) == "The baby wakes."
    assert buyer(answered)[at.CONFIRMED] == 0


def test_an_unconfirmed_answer_comes_back_when_nothing_is_decided(start: State) -> None:
    after = play(objecting(start), "answer-boss", "later")
    assert not after.player_view().prospects[0].objections[0].handled
    kept = play(objecting(start), "answer-boss", "sure", "later")
    assert kept.player_view().prospects[0].objections[0].handled


def test_a_continuation_does_not_tell_a_true_answer_from_a_false_one(start: State) -> None:
    true, false = play(objecting(start), "answer-boss", "later"), play(objecting(start), "answer-price", "later")
    views = [state.player_view().prospects[0].objections for state in (true, false)]
    assert views[0] == views[1]
    assert not views[0][0].handled


def test_a_question_that_was_deflected_can_be_asked_again_and_earns_nothing(start: State) -> None:
    game = written(SALE.replace("reveals: shame, repeat: yes", "reveals: shame"))
    deflected = play(game.new_initial_state(7), "ask-shame")
    assert buyer(deflected)[at.TRUST] == buyer(game.new_initial_state(7))[at.TRUST]
    assert play(deflected, "ask-shame")


def test_a_line_said_again_moves_nobody_for_the_better() -> None:
    game = written(SALE.replace("think: {", "chat: {kind: small-talk, say: Hm., repeat: yes}\n  think: {"))
    once = play(game.new_initial_state(7), "chat")
    twice = play(once, "chat")
    start = game.new_initial_state(7)
    assert buyer(once)[at.TRUST] > buyer(start)[at.TRUST]
    assert buyer(twice)[at.TRUST] < buyer(once)[at.TRUST]


def test_one_question_can_find_two_needs_and_both_are_said() -> None:
    game = written(SALE.replace("reveals: quiet}", "reveals: [quiet, shame]}").replace("guarded: 60, ", ""))
    said = [
        one.text for one in play(game.new_initial_state(7), "ask-quiet").player_view().transcript if one.who == "buyer"
    ]
    assert said == ["It has to be quiet.", "I cannot read the display."]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("[quiet, absent]", ["It has to be quiet.", "No. We have no garden."]),
        ("[absent, cellar]", ["No. We have no garden.", "Nor a cellar."]),
        ("[quiet, absent, cellar, shame]", ["It has to be quiet.", "No. We have no garden.", "Nor a cellar."]),
        ("[absent, shame]", ["Nothing else."]),
        ("[quiet, unsaid]", ["It has to be quiet."]),
        ("[unsaid, cellar]", ["Nor a cellar."]),
        ("[unsaid]", ["No, not really. Why do you ask?"]),
    ],
)
def test_a_question_for_several_facts_is_answered_about_each_that_is_not_so(asked: str, told: list[str]) -> None:
    more = """\
  cellar: {says: Never., chance: 0%, otherwise: Nor a cellar.}
  unsaid: {says: Never., chance: 0%}
objections:
"""
    game = written(SALE.replace("objections:\n", more).replace("reveals: quiet}", f"reveals: {asked}}}"))
    asked_once = play(game.new_initial_state(7), "ask-quiet")
    assert [one.text for one in asked_once.player_view().transcript if one.who == "buyer"] == told


def test_what_is_not_so_is_said_once_however_often_it_is_asked_for_among_other_things() -> None:
    game = written(SALE.replace("reveals: quiet}", "reveals: [quiet, absent]}"))
    told = play(game.new_initial_state(7), "ask-garden", "ask-quiet").player_view().transcript
    assert [one.text for one in told if one.who == "buyer"] == ["No. We have no garden.", "It has to be quiet."]


def test_a_stage_with_nothing_left_to_say_gives_way_to_the_next() -> None:
    game = written(
        """
buyer: {name: Ada, patience: 40m}
stages: [first, second]
lines:
  one: {say: One., stage: first}
  two: {say: Two., stage: second}
"""
    )
    assert play(game.new_initial_state(1), "one", "two")


def test_who_decides_opens_lines_only_once_it_was_told() -> None:
    game = written(
        """
buyer: {name: Ada, patience: 40m, decides: {alone: 50%, partner: 50%}}
lines:
  who: {kind: open-question, say: Who decides?, reveals: decider}
  fetch: {kind: bring-in, say: Shall we fetch him?, brings: partner, when: {decider: partner}}
"""
    )
    offered = set()
    for seed in range(20):
        start = game.new_initial_state(seed)
        assert "fetch" not in {option.name for option in start.player_view().options}
        after = play(start, "who")
        offered.add(("fetch" in {option.name for option in after.player_view().options}, buyer(after)[at.DECIDER]))
    assert offered == {(True, 1), (False, 0)}


def test_asking_before_any_need_is_known_presses_harder(start: State) -> None:
    early = start.apply_outcome(start.game.move_named("ask"), "stall")
    told = play(start, "ask-quiet")
    late = told.apply_outcome(told.game.move_named("ask"), "stall")
    assert buyer(early)[at.PRESSURE] > buyer(late)[at.PRESSURE]


def test_pressing_is_asking_again(start: State) -> None:
    with pytest.raises(IllegalMove):
        play(start, "push")
    stalled = start.apply_outcome(start.game.move_named("ask"), "stall")
    pushed = stalled.apply_outcome(stalled.game.move_named("push"), "stall")
    assert buyer(pushed)[at.PRESSURE] > buyer(stalled)[at.PRESSURE]
    assert buyer(pushed)[at.TRUST] < buyer(stalled)[at.TRUST]


def test_needs_met_trust_and_settled_objections_make_an_order_likelier(start: State) -> None:
    ask = start.game.move_named("ask")

    def order(state: State) -> int:
        return dict(state.chance_outcomes(ask)).get("order", 0)

    told = play(start, "ask-quiet")
    shown = told.apply_outcome(told.game.move_named("show"), "nothing")
    settled = play(shown, "answer-boss")
    assert order(start) < order(told) < order(shown) < order(settled)


def test_a_vague_ending_feels_good_and_drops_nothing_in_the_room(start: State) -> None:
    pressed = start.apply_outcome(start.game.move_named("ask"), "stall")
    after = play(pressed, "later")
    assert buyer(after)[at.TRUST] > buyer(pressed)[at.TRUST]
    assert not [
        event for event in after.events if event.what in ("excitement", "conviction") and event.cause != "time passed"
    ]
    assert after.player_view().place == "between"
    assert buyer(after)[at.CONTINUATIONS] == 1


def test_an_agreed_step_is_a_decision_and_a_refused_one_leaves_the_conversation_open(start: State) -> None:
    step = start.game.move_named("tomorrow")
    agreed, refused = start.apply_outcome(step, "agrees"), start.apply_outcome(step, "declines")
    promise = agreed.player_view().prospects[0].promise
    assert promise is not None
    assert promise.kind == "timed"
    assert buyer(agreed)[at.DECISIONS] == buyer(agreed)[at.ADVANCES] == 1
    assert refused.player_view().place == "conversation"


def test_a_clear_no_ends_the_sale_as_a_decision(start: State) -> None:
    after = start.apply_outcome(start.game.move_named("ask"), "no-sale")
    assert after.is_terminal()
    assert after.player_view().prospects[0].result == "no-sale"
    assert buyer(after)[at.DECISIONS] == 1
    stalled = start.apply_outcome(start.game.move_named("ask"), "stall")
    assert play(stalled, "close").player_view().prospects[0].result == "no-sale"


def test_a_file_is_closed_only_after_something_was_asked(start: State) -> None:
    """A no that nobody was asked for is no decision, so it cannot be used to tidy the list."""
    with pytest.raises(IllegalMove):
        play(start, "close")


def test_patience_that_is_used_up_ends_the_conversation(sale: Game) -> None:
    state = sale.new_initial_state(3)
    state = state.apply_action(sale.move_named("ask-quiet"), think=40 * 60)
    assert state.player_view().place == "between"
    assert buyer(state)[at.CONTINUATIONS] == 1


def test_a_line_is_said_once_unless_it_can_be_repeated(start: State) -> None:
    after = play(start, "ask-quiet")
    with pytest.raises(IllegalMove, match="ask-quiet"):
        play(after, "ask-quiet")
    assert play(after, "ask-shame", "ask-shame")


FETCHING = """
ceiling: 100%
buyer: {name: Ada, real: 100%, trust: 35, decides: {partner: 100%}, drifts: 0% a day}
lines:
  fetch: {kind: bring-in, say: Is he in?, brings: partner}
  fine-if-not: {kind: invite-no, say: Tell me if it is a no.}
  ask: {kind: ask-for-decision, say: Shall we?}
  bye: {kind: leave, say: Goodbye.}
  ring: {kind: call, say: Ring her.}
"""


@pytest.mark.parametrize(("line", "answer"), [("fetch", "declines"), ("fetch", "joins"), ("fine-if-not", "stays")])
def test_who_is_out_and_whether_it_is_a_no_is_asked_once_in_each_conversation(line: str, answer: str) -> None:
    game = written(FETCHING)
    asked = game.new_initial_state(1).apply_outcome(game.move_named(line), answer)
    with pytest.raises(IllegalMove, match=line):
        play(asked, line)
    with pytest.raises(IllegalMove, match=line):
        play(asked, "ask", line)
    rung = play(asked, "bye", "wait.tomorrow").apply_outcome(game.move_named("ring"), "reached")
    again = rung.apply_outcome(game.move_named(line), answer)
    with pytest.raises(IllegalMove, match=line):
        play(again, line)


def test_who_asks_again_for_somebody_who_is_still_out_loses_some_trust_and_nothing_when_they_come() -> None:
    game = written(FETCHING)
    fetch = game.move_named("fetch")
    out = play(game.new_initial_state(1).apply_outcome(fetch, "declines"), "bye", "wait.tomorrow")
    rung = out.apply_outcome(game.move_named("ring"), "reached")
    assert buyer(rung.apply_outcome(fetch, "declines"))[at.TRUST] < buyer(rung)[at.TRUST]
    came = rung.apply_outcome(fetch, "joins")
    assert buyer(came)[at.TRUST] == buyer(rung)[at.TRUST]
    assert dict(came.chance_outcomes(game.move_named("ask")))["order"] > 0


def test_an_illegal_move_names_what_was_legal(start: State) -> None:
    with pytest.raises(IllegalMove) as caught:
        play(start, "isolate")
    assert "ask-quiet" in caught.value.legal


def test_somebody_else_who_decides_has_to_be_at_the_table() -> None:
    game = written(
        """
ceiling: 100%
buyer: {name: Ada, real: 100%, decides: {partner: 100%}, interest: 80, trust: 80}
lines:
  ask: {kind: ask-for-decision, say: Shall we?}
  fetch: {kind: bring-in, say: Shall we ask him in?, brings: partner}
"""
    )
    start = game.new_initial_state(1)
    ask, fetch = game.move_named("ask"), game.move_named("fetch")
    assert "order" not in dict(start.chance_outcomes(ask))
    assert dict(start.apply_outcome(fetch, "joins").chance_outcomes(ask))["order"] > 0
    assert "order" not in dict(start.apply_outcome(fetch, "declines").chance_outcomes(ask))


def test_somebody_who_is_no_buyer_never_orders_and_mostly_takes_an_invited_no() -> None:
    game = written(
        """
buyer: {name: Ada, real: 0%, interest: 90, trust: 90}
lines:
  ask: {kind: ask-for-decision, say: Shall we?}
  free: {kind: invite-no, say: It is fine to say no.}
"""
    )
    start = game.new_initial_state(1)
    assert "order" not in dict(start.chance_outcomes(game.move_named("ask")))
    assert dict(start.chance_outcomes(game.move_named("free")))["no-sale"] > 500_000


def test_indecision_weighs_less_once_needs_and_reasons_are_dealt_with() -> None:
    def order(level: str, *before: str) -> int:
        game = written(
            f"""
ceiling: 100%
buyer: {{name: Ada, real: 100%, interest: 55, trust: 40, indecision: {{{level}: 100%}}}}
needs: {{quiet: {{says: Quiet.}}}}
lines:
  find: {{kind: open-question, say: What matters?, reveals: quiet}}
  show: {{kind: proof, say: Here., meets: quiet, conviction: 0, trust: 0}}
  ask: {{kind: ask-for-decision, say: Shall we?}}
"""
        )
        state = play(game.new_initial_state(1), *before)
        return dict(state.chance_outcomes(game.move_named("ask")))["order"]

    assert order("low") > order("moderate") > order("high")
    assert order("high", "find", "show") > 3 * order("high")
