"""Claims about several who decide, each with needs and objections of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import world as at
from engine.belief import Belief, Seen
from engine.curves import logistic
from engine.debrief import debrief
from engine.doctrines import DOCTRINES
from engine.play import Game, State
from engine.reasons import answers
from engine.rules import Turn
from engine.rules import constants as c
from engine.rules.why import SOMEBODY_MISSING, why
from engine.scenario.compiled import Prospect
from engine.seeing import veiled
from game.runs.lines import known, said, status
from game.words.wording import why_text
from tests.engine.sales import bundled, play, written
from tests.engine.watching import chosen

HOUSE = """\
ceiling: 100%
buyer:
  name: Jonas
  real: 100%
  ready: 0m
  interest: 80..80
  trust: 80..80
  patience: 60m
  indecision: {low: 100%}
  decides: {alone: 30%, it: 30%, it+finance: 40%}
  people: {it: Shirin Haddad, finance: Alan Reid}
needs:
  fast: {says: It has to be fast.}
  nights: {says: My people are rung at night., of: it}
  pays-back: {says: It has to come back in two years., of: finance, weight: 40}
objections:
  lease: {says: "We are bound until June.", chance: 60%, of: finance}
lines:
  whose-nod: {kind: open-question, say: Whose nod does it take?, reveals: decider}
  what-matters: {kind: open-question, say: What matters?, reveals: fast}
  the-nights: {kind: open-question, say: And the nights?, reveals: nights}
  the-money: {kind: open-question, say: And the money?, reveals: pays-back}
  fetch-it: {kind: bring-in, say: Could Shirin come in?, brings: it}
  fetch-finance: {kind: bring-in, say: Could Alan come in?, brings: finance}
  look: {kind: demonstrate, say: Look., meets: fast}
  no-calls: {kind: proof, say: Three hospitals without a call., meets: nights}
  months: {kind: proof, say: Eighteen months., meets: pays-back}
  what-is-it: {kind: isolate, say: And if it were not for the lease?}
  after-june: {kind: handle, say: Then we start in July., handles: lease}
  what-it-costs: {kind: quote, say: It is a thousand.}
  shall-we:
    kind: ask-for-decision
    say: Shall we?
    replies: [{when: {outcome: order}, of: finance, says: Then I sign.}]
  tuesday: {kind: propose-dated-step, say: Tuesday at ten?, at: Tue 10:00, by: visit, stage: any}
  bye: {kind: leave, say: Goodbye.}
"""
IT, FINANCE = 1, 2
NIGHTS, PAYS_BACK = 1 << 1, 1 << 2
LEASE = 1 << 0


def house() -> Game:
    return written(HOUSE)


def person(state: State) -> tuple[int, ...]:
    return state.people[0]


def with_deciders(deciders: int, game: Game | None = None, **facts: bool) -> State:
    """The first state in which just these decide, and the objection is there or not."""
    game = game or house()
    for seed in range(500):
        state = game.new_initial_state(seed)
        p = person(state)
        if p[at.DECIDER] == deciders and ("lease" not in facts or bool(p[at.OBJECTS]) is facts["lease"]):
            return state
    raise AssertionError("nobody like that in 500")


def joined(state: State, who: str) -> State:
    """The state after somebody was brought to the table, whatever luck says."""
    return state.apply_outcome(state.game.move_named(who), "joins")


def offered(state: State) -> list[str]:
    return [option.name for option in state.player_view().options]


def spoken(state: State) -> list[tuple[str | None, str]]:
    return [(each.by, each.text) for each in state.player_view().transcript if each.who == "buyer"]


# --- whose it is


@pytest.mark.parametrize("deciders", [0, IT, IT | FINANCE])
def test_a_buyer_has_what_is_somebodys_only_if_that_person_decides(deciders: int) -> None:
    p = person(with_deciders(deciders))
    assert bool(p[at.HAS] & NIGHTS) == bool(deciders & IT)
    assert bool(p[at.HAS] & PAYS_BACK) == bool(deciders & FINANCE)
    assert deciders & FINANCE or not p[at.OBJECTS]


@given(st.integers(0, 2**32))
def test_whose_something_is_shifts_no_other_luck(seed: int) -> None:
    """The same buyers are drawn, but for what only somebody else would have."""
    theirs, everybodys = house(), written(HOUSE.replace(", of: it", "").replace(", of: finance", ""))
    one, other = person(theirs.new_initial_state(seed)), person(everybodys.new_initial_state(seed))
    differing = (at.HAS, at.OBJECTS, at.REALLY)
    assert [n for n in range(at.SLOTS) if one[n] != other[n] and n not in differing] == []


def test_a_file_that_names_nobody_is_what_it_was() -> None:
    """Nothing of it is in the digest, so that what was recorded can still be played."""
    scenario = bundled("long-audition").scenario

    def spelt_out(one: Prospect) -> Prospect:
        return replace(one, people=one.names, buyer=replace(one.buyer, together=()))

    assert replace(scenario, prospects=tuple(map(spelt_out, scenario.prospects))).digest() == scenario.digest()


# --- at the table


def test_what_is_somebodys_comes_out_only_while_they_are_there() -> None:
    state = play(with_deciders(IT | FINANCE), "the-nights")
    assert spoken(state)[-1] == (None, "Only Shirin Haddad would know that.")
    state = play(joined(state, "fetch-it"), "the-nights")
    assert spoken(state)[-1] == ("Shirin Haddad", "My people are rung at night.")
    assert person(state)[at.KNOWN] & NIGHTS


@pytest.mark.parametrize("chance", ["0%", "100%"])
def test_nobody_says_what_somebody_who_is_not_there_has_or_has_not(chance: str) -> None:
    own = f"nights: {{says: My people are rung at night., of: it, chance: {chance}, otherwise: We sleep.}}"
    game = written(HOUSE.replace("nights: {says: My people are rung at night., of: it}", own))
    state = play(with_deciders(IT | FINANCE, game), "the-nights")
    assert spoken(state)[-1] == (None, "Only Shirin Haddad would know that.")
    kept = written(HOUSE.replace("at night., of: it", "at night., of: it, deflects: That is Shirin's."))
    assert spoken(play(with_deciders(IT | FINANCE, kept), "the-nights"))[-1] == (None, "That is Shirin's.")
    told = play(joined(state, "fetch-it"), "the-nights")
    assert spoken(told)[-1] == ("Shirin Haddad", "We sleep." if chance == "0%" else "My people are rung at night.")


def test_a_line_meant_for_somebody_who_has_left_can_be_said_when_they_are_back() -> None:
    state = play(joined(with_deciders(IT), "fetch-it"), "the-nights", "bye")
    state = play(state.apply_outcome(state.game.move_named("call"), "reached"), "no-calls")
    assert not person(state)[at.MET] & NIGHTS
    state = play(joined(state, "fetch-it"), "no-calls")
    assert person(state)[at.MET] & NIGHTS


def test_so_can_an_answer_to_what_lay_behind_their_objection() -> None:
    game = written(
        HOUSE.replace("chance: 60%, of: finance", "chance: 100%, really: {rent: 100%}, of: finance")
        .replace("handles: lease", "handles: rent")
        .replace(
            "say: Look., meets: fast}", "say: Look., meets: fast, repeat: yes, replies: [{says: Hm., raises: lease}]}"
        )
    )
    state = joined(with_deciders(IT | FINANCE, game), "fetch-finance")
    state = play(state, "look", "what-is-it", "bye").apply_outcome(game.move_named("call"), "reached")
    state = play(state, "after-june")
    assert not person(state)[at.SETTLED]
    state = play(joined(state, "fetch-finance"), "after-june")
    assert person(state)[at.SETTLED] == LEASE


def steps(seed: int, picks: list[int]) -> Iterator[tuple[tuple[int, ...], State]]:
    """What the buyer was before each move of a run, and the state after it."""
    state = house().new_initial_state(seed)
    for pick in picks:
        moves = state.legal_actions()
        if not moves:
            return
        before, state = person(state), state.apply_action(moves[pick % len(moves)])
        yield before, state


@given(st.integers(0, 2**32), st.lists(st.integers(0, 99), max_size=40))
def test_nothing_of_somebody_absent_is_told_met_raised_or_answered(seed: int, picks: list[int]) -> None:
    for before, state in steps(seed, picks):
        after = person(state)
        there = after[at.PRESENT] | before[at.PRESENT]
        for who, facts, objections in ((IT, NIGHTS, 0), (FINANCE, PAYS_BACK, LEASE)):
            if not there & who:
                for slot in (at.KNOWN, at.MET, at.GROWN):
                    assert before[slot] & facts == after[slot] & facts
                for slot in (at.RAISED, at.OPENED_UP, at.CONFIRMED):
                    assert before[slot] & objections == after[slot] & objections
                assert not after[at.SETTLED] & ~before[at.SETTLED] & objections


# --- the order


def orders(seed: int) -> Iterator[tuple[int, ...]]:
    """What a buyer was as they ordered: from a school that now and then does anything at all."""
    game, luck = house(), Random(seed)
    state, choose = game.new_initial_state(seed), DOCTRINES["plan-a"](game.rules, seed)
    while not state.is_terminal():
        move = chosen(state, choose) if luck.random() < 0.6 else luck.choice(state.legal_actions())
        before, state = person(state), state.apply_action(move)
        if "order" in [event.what for event in state.events]:
            yield before


def test_nobody_orders_without_all_who_decide() -> None:
    """Each of them at the table, or with all that they need met and all that they object to settled."""
    ordered = list(chain.from_iterable(map(orders, range(100))))
    assert {before[at.DECIDER] for before in ordered} == {0, IT, IT | FINANCE}
    for before in ordered:
        for who, facts, objections in ((IT, NIGHTS, 0), (FINANCE, PAYS_BACK, LEASE)):
            agreed = not before[at.HAS] & facts & ~before[at.MET]
            agreed = agreed and not before[at.OBJECTS] & objections & ~before[at.SETTLED]
            assert not before[at.DECIDER] & who or before[at.PRESENT] & who or agreed


def chance(state: State) -> int:
    told = why(Turn(state.game.rules, state.core, state.luck), state.game.move_named("shall-we"))
    assert told is not None
    return told.chance


def test_all_of_several_have_to_be_there() -> None:
    state = play(with_deciders(IT | FINANCE), "what-it-costs")
    assert chance(state) == 0
    state = joined(state, "fetch-it")
    assert chance(state) == 0
    assert chance(joined(state, "fetch-finance")) > 0


def test_somebody_who_has_got_all_they_need_has_agreed_and_need_not_come_again() -> None:
    state = play(joined(with_deciders(IT), "fetch-it"), "what-it-costs", "the-nights", "no-calls", "bye")
    state = state.apply_outcome(state.game.move_named("call"), "reached")
    assert not person(state)[at.PRESENT]
    assert chance(state) > 0


def test_somebody_who_has_not_has_to_come_again() -> None:
    state = play(joined(with_deciders(IT), "fetch-it"), "what-it-costs", "the-nights", "bye")
    state = state.apply_outcome(state.game.move_named("call"), "reached")
    assert chance(state) == 0


def test_a_dated_step_may_bring_all_of_them() -> None:
    game = written(HOUSE.replace("by: visit, stage: any}", "by: visit, brings: [it, finance]}"))
    state = play(with_deciders(IT | FINANCE, game), "what-it-costs")
    state = state.apply_outcome(game.move_named("tuesday"), "agrees")
    state = play(state, "wait.agreed").apply_outcome(game.move_named("as-agreed"), "kept")
    assert state.player_view().prospects[0].table == ("Shirin Haddad", "Alan Reid")
    assert chance(state) > 0


def test_what_is_somebodys_counts_like_the_buyers_own() -> None:
    state = joined(joined(with_deciders(IT | FINANCE, lease=False), "fetch-it"), "fetch-finance")
    state = play(state, "what-it-costs", "the-money")
    assert chance(play(state, "months")) > chance(state)
    objecting = joined(joined(with_deciders(IT | FINANCE, lease=True), "fetch-it"), "fetch-finance")
    told = why(Turn(objecting.game.rules, objecting.core, objecting.luck), objecting.game.move_named("shall-we"))
    assert told is not None
    assert dict(told.terms)["objections"] == c.DECIDE_OPEN


@given(st.integers(0, 2**32), st.lists(st.integers(0, 99), max_size=30))
def test_what_an_order_is_made_of_adds_up_to_its_chance(seed: int, picks: list[int]) -> None:
    state = house().new_initial_state(seed)
    for pick in picks:
        moves = state.legal_actions()
        if not moves:
            return
        if (ask := state.game.move_named("shall-we")) in moves:
            told = why(Turn(state.game.rules, state.core, state.luck), ask)
            assert told is not None
            summed = logistic(c.DECIDE_BASE + sum(points for _, points in told.terms))
            assert told.chance == (0 if told.bars else summed)
            assert (SOMEBODY_MISSING in told.bars) == bool(told.missing)
        state = state.apply_action(moves[pick % len(moves)])


# --- what players read


def test_a_debrief_names_who_was_missing() -> None:
    state = play(joined(with_deciders(IT | FINANCE), "fetch-it"), "what-it-costs", "shall-we")
    answer = answers(state)[-1]
    assert answer.missing == ("Alan Reid",)
    assert "who else decides was not there: Alan Reid" in why_text(answer)


def test_a_debrief_says_whose_it_was_that_nobody_heard() -> None:
    end = play(with_deciders(IT | FINANCE, lease=True), "what-it-costs", "bye", "finish")
    (ending,) = debrief(end).endings
    assert "Somebody else decides too: Shirin Haddad and Alan Reid." in ending.revealed
    assert any(
        "Alan Reid: A need you were never told: 'It has to come back in two years.'" in told for told in ending.revealed
    )
    assert [each for each in ending.revealed if each.startswith("Alan Reid: Something that stood in the way")]


def test_whoever_speaks_in_the_buyers_place_is_named() -> None:
    state = play(joined(with_deciders(IT), "fetch-it"), "the-nights")
    view = state.player_view()
    names = {view.prospects[0].id: view.prospects[0].name}
    heard = [line for one in view.transcript for line in said(one, names, 80)]
    assert "Shirin Haddad: My people are rung at night." in heard
    assert "  - Shirin Haddad: My people are rung at night." in list(known(view.prospects[0], 80))
    assert view.prospects[0].table == ("Shirin Haddad",)
    assert "Talking to Jonas and Shirin Haddad in person" in next(iter(status(view, 120)))


def test_a_reply_of_somebody_is_given_only_while_they_are_there() -> None:
    ask = house().move_named("shall-we")
    there = joined(joined(with_deciders(IT | FINANCE), "fetch-it"), "fetch-finance")
    there = play(there, "what-it-costs").apply_outcome(ask, "order")
    assert spoken(there)[-1] == ("Alan Reid", "Then I sign.")
    alone = play(with_deciders(0), "what-it-costs").apply_outcome(ask, "order")
    assert spoken(alone)[-1] == (None, "Yes. Let's do it.")


def test_who_comes_to_the_table_may_say_so_to_the_line_that_brings_them() -> None:
    words = "brings: it, replies: [{of: it, says: I have ten minutes.}, He is not free.]}"
    state = with_deciders(IT, written(HOUSE.replace("brings: it}", words)))
    assert ("Shirin Haddad", "I have ten minutes.") in spoken(joined(state, "fetch-it"))
    declined = state.apply_outcome(state.game.move_named("fetch-it"), "declines")
    assert spoken(declined)[-1] == (None, "He is not free.")


def test_no_word_of_an_author_that_names_somebody_reaches_a_player() -> None:
    state = play(joined(with_deciders(IT | FINANCE), "fetch-it"), "whose-nod", "the-money", "the-nights")
    view = state.player_view()
    texts = [each.text for each in view.transcript] + [fact.says for fact in view.prospects[0].facts]
    assert "I don't decide that alone (Shirin Haddad and Alan Reid)." in texts
    assert not [text for text in texts if "finance" in text or "+" in text]


@pytest.mark.parametrize(
    ("deciders", "holding"),
    [(0, {"alone"}), (IT, {"it"}), (IT | FINANCE, {"it", "finance"})],
    ids=["alone", "it", "both"],
)
def test_a_condition_on_one_of_them_holds_if_that_one_is_among_them(deciders: int, holding: set[str]) -> None:
    each = "\n".join(
        f"  told-{who}: {{kind: story, say: For {who}., when: {{decider: {who}}}}}"
        for who in ("alone", "it", "finance")
    )
    state = with_deciders(deciders, written(HOUSE + each + "\n"))
    assert not [name for name in offered(state) if name.startswith("told-")]
    state = play(state, "whose-nod")
    assert {name[5:] for name in offered(state) if name.startswith("told-")} == holding


# --- computer players


@pytest.mark.parametrize("seed", range(12))
def test_what_the_expert_imagines_fits_who_decides(seed: int) -> None:
    game = house()
    state, belief = game.new_initial_state(seed), Belief(game.rules, "test")
    for name in ("whose-nod", "fetch-it", "the-nights", "fetch-finance", "the-money"):
        if name not in offered(state):
            continue
        before, action = veiled(state.core), game.move_named(name)
        state = state.apply_action(action)
        belief.learn(Seen(before, action, veiled(state.core)))
    for world in belief.worlds(veiled(state.core), 40):
        imagined, real = world[at.FIRST], person(state)
        assert imagined[at.DECIDER] == real[at.DECIDER]
        assert bool(imagined[at.HAS] & NIGHTS) == bool(real[at.DECIDER] & IT)
        assert bool(imagined[at.HAS] & PAYS_BACK) == bool(real[at.DECIDER] & FINANCE)


def moves_of(doctrine: str, state: State) -> list[str]:
    choose, made = DOCTRINES[doctrine](state.game.rules, 1), list[str]()
    while not state.is_terminal() and len(made) < 40:
        action = chosen(state, choose)
        made.append(state.game.move_name(action))
        state = state.apply_action(action)
    return made


@pytest.mark.parametrize("school", ["plan-a", "audition"])
def test_a_school_asks_who_decides_and_brings_in_one_after_the_other(school: str) -> None:
    made = moves_of(school, with_deciders(IT | FINANCE))
    assert "whose-nod" in made
    assert made.index("whose-nod") < made.index("fetch-it")
    assert {"fetch-it", "fetch-finance"} <= set(made)
