"""What a debrief picks out and says of a run: it adds up, names whom it is about, and blames nobody for a kept date."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from engine import world as at
from engine.calendar import span_text
from engine.changes import changes
from engine.comparison import ghost
from engine.debrief import Debrief, debrief
from engine.play import Game, State
from engine.units import points
from engine.world import TRUST
from tests.engine.sales import BUNDLED, bundled, play, written
from tests.engine.test_changes import walk

VISIT = """
buyer: {name: Ada, real: 100%, returns: 0%, interest: 60, trust: 60, patience: 40m, drifts: 0% a day}
lines:
  talk: {kind: small-talk, say: Hello., repeat: yes}
  later: {kind: vague-follow-up, say: I will be in touch.}
  timed: {kind: propose-dated-step, say: This afternoon?, at: "16:30"}
  ring: {kind: call, say: Ring her., repeat: yes}
"""


@pytest.fixture(scope="module")
def visit() -> Game:
    return written(VISIT)


def agreed(visit: Game) -> State:
    return visit.new_initial_state(1).apply_outcome(visit.move_named("timed"), "agrees")


def told_points(causes: tuple[str, ...]) -> int:
    """The points that the causes of a moment name, less those by which pressure rose."""
    found = pressed = 0
    for level, moved in moves_told(causes):
        if level == "pressure":
            pressed += moved
        else:
            found += moved
    return found - max(0, pressed)


def moves_told(causes: tuple[str, ...]) -> list[tuple[str, int]]:
    """The levels that the causes of a moment name, and by how much each has moved one: `trust −2, pressure +3: ...`"""
    told = re.compile(r"(interest|excitement|conviction|trust|pressure) ([+−]\d+)(?:, |:)")
    return [(level, int(moved.replace("−", "-"))) for cause in causes for level, moved in told.findall(cause)]


def found_in(states: list[State]) -> Debrief:
    return debrief(states[-1])


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_the_causes_of_a_moment_add_up_to_what_it_changed(name: str, seed: int) -> None:
    states = walk(name, seed, 60)
    for moment in found_in(states).moments:
        before, after = states[moment.move], states[moment.move + 1]
        who = [one.id for one in after.game.scenario.prospects].index(moment.prospect)
        decided = moment.change - told_points(moment.causes)
        assert decided % 5 == 0, moment  # an order or a loss counts 40, a date or an open end 15
        trust = points(after.people[who][TRUST]) - points(before.people[who][TRUST])
        own = [cause for cause in moment.causes if not cause.endswith(", afterwards")]
        assert trust == sum(moved for level, moved in moves_told(tuple(own)) if level == "trust")


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_cause_is_told_once_in_a_moment_whatever_levels_it_moved(name: str, seed: int) -> None:
    for moment in found_in(walk(name, seed, 60)).moments:
        whys = [cause.rpartition(": ")[2] for cause in moment.causes if moves_told((cause,))]
        assert len(whys) == len(set(whys)), moment
        assert not set(whys) & set(moment.causes), moment


@pytest.mark.parametrize("name", BUNDLED)
def test_the_moments_are_about_different_lines(name: str) -> None:
    for seed in (3, 4, 5):
        said = [moment.said for moment in found_in(walk(name, seed, 60)).moments]
        assert len(said) == len(set(said))


def test_being_pressed_moves_a_buyer_though_interest_and_trust_stay_as_they_are() -> None:
    """Whoever asks for the decision before anything was told wrecks the visit, and the meters of liking stand still."""
    game = written(VISIT + "  ask: {kind: ask-for-decision, say: Shall we do it?}\n")
    state = play(game.new_initial_state(1), "talk").apply_outcome(game.move_named("ask"), "stall")
    (asked,) = [moment for moment in debrief(state).moments if moment.move == 1]
    assert [moved for level, moved in moves_told(asked.causes) if level == "pressure" and moved > 0]
    assert asked.change == told_points(asked.causes) < 0


def test_a_line_that_was_said_three_times_is_one_moment_in_whatever_words() -> None:
    game = written(VISIT.replace("Hello.", "[Hello., Hello again., Still here.]"))
    state = play(game.new_initial_state(1), "talk", "talk", "talk", "talk", "later")
    talk, made = game.move_named("talk"), [each.action for each in state.states()[1:]]
    assert [made[moment.move] for moment in debrief(state).moments].count(talk) <= 1


def test_waiting_for_what_is_agreed_is_no_silence(visit: Game) -> None:
    waited = play(agreed(visit), "wait.agreed")
    told = debrief(waited)
    assert told.silence_lost == {"buyer": 0}
    assert not [point for point in told.curves["buyer"] if point.silence]
    assert [point for point in told.curves["buyer"] if point.move is None][1:], "the curve still shows how it fades"
    assert not [moment for moment in told.moments if moment.said == "You let time pass."]


def test_waiting_with_nothing_agreed_is_a_silence(visit: Game) -> None:
    waited = play(visit.new_initial_state(1), "later", "wait.tomorrow")
    told = debrief(waited)
    assert told.silence_lost["buyer"] > 0
    assert [moment for moment in told.moments if "silence for" in " ".join(moment.causes)]


def test_silence_is_laid_to_the_parting_that_led_to_it(visit: Game) -> None:
    """What is to be done differently is how one parts, and not how one waits."""
    parted = play(visit.new_initial_state(1), "talk", "later")
    waited = play(parted, "wait.tomorrow", "wait.3d")
    worst = debrief(waited).costliest
    assert worst is not None
    assert worst.said == "I will be in touch."
    own = next(each.change for each in debrief(parted).moments if each.said == worst.said)
    assert worst.change < own, "the silence afterwards counts"
    assert not [each for each in debrief(waited).moments if each.said == "You let time pass."]


def test_of_a_parting_that_cost_most_by_the_silence_after_it_the_lesson_is_about_that(visit: Game) -> None:
    waited = play(visit.new_initial_state(1), "talk", "later", "wait.tomorrow", "wait.3d")
    (parted,) = [each for each in debrief(waited).moments if each.said == "I will be in touch."]
    assert parted.principle == "Most of it was lost afterwards: nothing was agreed, and you let silence follow."
    told = written(VISIT.replace("say: I will be in touch.", "say: I will be in touch., principle: Name a day."))
    waited = play(told.new_initial_state(1), "talk", "later", "wait.tomorrow", "wait.3d")
    (parted,) = [each for each in debrief(waited).moments if each.said == "I will be in touch."]
    assert parted.principle == "Name a day.", "the author knows better"


def test_several_silences_after_one_parting_are_told_as_one(visit: Game) -> None:
    waited = play(visit.new_initial_state(1), "talk", "later", "wait.1h", "wait.tomorrow", "wait.3d")
    (parted,) = [each for each in debrief(waited).moments if each.said == "I will be in touch."]
    (silence,) = [cause for cause in parted.causes if "interest" in cause and "silence for" in cause]
    assert silence.endswith(f"silence for {span_text(waited.minute - waited.states()[2].minute)}, afterwards")


def test_how_a_sale_ended_is_told_once_of_the_move_that_ended_it() -> None:
    game = written(VISIT + "  free: {kind: invite-no, say: You can say no.}\n")
    refused = play(game.new_initial_state(1), "talk").apply_outcome(game.move_named("free"), "no-sale")
    (asked,) = [moment for moment in debrief(refused).moments if moment.move == 1]
    assert [cause for cause in asked.causes if " no" in cause and ":" not in cause] == ["said no, clearly"]


def test_that_one_talked_or_wrote_is_no_cause_beside_what_was_said() -> None:
    game = written(VISIT + "  note: {kind: touch, say: Write to her.}\n")
    reached = play(game.new_initial_state(1), "talk", "later", "note").apply_outcome(game.move_named("ring"), "reached")
    causes = [cause for moment in debrief(reached).moments for cause in moment.causes]
    assert causes
    assert not {"you are talking", "your message went out"} & set(causes)


def test_silence_after_another_conversation_is_not_laid_to_the_first_parting(visit: Game) -> None:
    again = play(visit.new_initial_state(1), "later").apply_outcome(visit.move_named("ring"), "reached")
    dated = again.apply_outcome(visit.move_named("timed"), "agrees")
    missed = play(dated, "wait.agreed", "wait.tomorrow", "wait.3d")
    told = {each.said: each for each in debrief(missed).moments}
    assert "afterwards" not in " ".join(told["I will be in touch."].causes)


def test_a_date_that_was_let_pass_is_a_silence(visit: Game) -> None:
    missed = play(agreed(visit), "wait.agreed", "wait.tomorrow")
    assert debrief(missed).silence_lost["buyer"] > 0


def test_a_call_that_reaches_somebody_is_no_silence(visit: Game) -> None:
    apart = play(visit.new_initial_state(1), "later")
    reached = apart.apply_outcome(visit.move_named("ring"), "reached")
    assert not debrief(reached).curves["buyer"][-1].silence


def test_nobody_is_told_to_mend_a_move_that_cost_nothing() -> None:
    for name in BUNDLED:
        for seed in range(3):
            told = found_in(walk(name, seed, 30))
            worst = told.costliest
            assert worst is None or worst.change < 0
            assert worst is not None or all(moment.change > 0 for moment in told.moments)


def test_the_curve_ends_with_the_prospect() -> None:
    for name in BUNDLED:
        states = walk(name, 11, 60)
        for p, curve in zip(states[-1].people, found_in(states).curves.values(), strict=True):
            assert all(after.minute >= before.minute for before, after in pairwise(curve)), name
            assert curve[-1].minute == (p[at.ENDED_AT] if p[at.RESULT] else states[-1].minute), name


def test_weeks_of_silence_are_told_as_one() -> None:
    end = ghost(bundled("long-audition"), 15, "never-calls-back")
    told = [each for each in changes(end.states()[-2], end) if each.cause.startswith("silence for")]
    assert [each.level for each in told] == ["trust"]
    assert told[0].points < -20, "what each week has cost, together"


def test_praise_is_not_told_of_what_cost_something() -> None:
    text = VISIT.replace("say: Ring her.", "say: Ring her., principle: The first was still in her ear.")
    text += "  best: {kind: claim, say: Ask anybody., principle: Nobody believes it.}\n"
    game = written(text)
    end = play(game.new_initial_state(1), "best", "later").apply_outcome(game.move_named("ring"), "reached")
    told = {moment.said: moment for moment in debrief(end).moments}
    assert told["Ring her."].change < 0, "it was too soon after they had talked"
    assert told["Ring her."].principle == ""
    assert told["Ask anybody."].change < 0
    assert told["Ask anybody."].principle == "Nobody believes it.", "it costs whenever it is said"


def test_a_run_that_was_won_has_nothing_to_mend() -> None:
    text = VISIT.replace("real: 100%", "real: 100%, ready: 0m")
    text += "  price: {kind: quote, say: A thousand.}\n  buy: {kind: ask-for-decision, say: Shall we?}\n"
    game = written(text)
    found = debrief(play(game.new_initial_state(1), "talk", "price").apply_outcome(game.move_named("buy"), "order"))
    assert found.won
    assert found.costliest is None


DOUBT = """
buyer: {name: Ada, real: 100%, returns: 0%, interest: 60, trust: 60, rival: {name: the other shop, wins: 1% a day}}
objections: {dear: {says: It is dear., chance: 100%, really: {purse: {says: My purse is empty., chance: 100%}}}}
lines:
  show: {kind: demonstrate, say: Look., repeat: yes}
  later: {kind: vague-follow-up, say: I will be in touch.}
"""


def test_what_was_never_said_aloud_is_not_quoted() -> None:
    game = written(DOUBT)
    shown = game.new_initial_state(1).apply_outcome(game.move_named("show"), "objection")
    unsaid, said = (
        " ".join(debrief(play(state, "later", "finish")).endings[0].revealed)
        for state in (game.new_initial_state(1), shown)
    )
    assert "It is dear." in said
    assert "It is dear." not in unsaid
    assert "never said aloud: 'My purse is empty.'" in unsaid


def test_a_rival_who_would_have_come_after_the_end_is_not_told_of() -> None:
    game = written(DOUBT)
    told = " ".join(debrief(play(game.new_initial_state(1), "later", "finish")).endings[0].revealed)
    assert "the other shop" not in told


def test_what_answered_nothing_that_was_told_says_so() -> None:
    """Praise that the author wrote for an answer is not told of a guess, nor is the loss left without a reason."""
    text = VISIT + (
        "  guess: {kind: demonstrate, say: Feel this., principle: She had asked to feel it.,\n"
        "          replies: [{says: What for?, conviction: -15, trust: -12}]}\n"
    )
    found = debrief(play(written(text).new_initial_state(1), "guess"))
    [moment] = [each for each in found.moments if each.said == "Feel this."]
    assert moment.principle.startswith("It answered nothing that they had told you.")


@pytest.mark.parametrize(
    ("seed", "reason"),
    [
        (16, "They bought elsewhere before they could have said yes to you."),
        (2, "Somebody else was quicker."),
        (0, "Time decides nothing."),
    ],
)
def test_what_came_of_letting_time_pass_has_a_reason(seed: int, reason: str) -> None:
    start = bundled("pricing-form").new_initial_state(seed)
    end = start.apply_action(start.legal_actions()[-1])
    [moment] = [each for each in debrief(end).moments if each.said == "You let time pass."]
    assert moment.principle.startswith(reason)


ANSWERED = (
    VISIT
    + """
  ask: {kind: ask-for-decision, say: Shall we?}
  boss: {kind: handle, say: I will write to your boss., handles: boss}
  sure: {kind: confirm, say: Is that settled?}
objections:
  dear: {says: It is dear., chance: 100%, really: {boss: {chance: 100%, says: My boss laughs at me.}}}
"""
)


def told_after(*names: str) -> str:
    game = written(ANSWERED)
    doubting = game.new_initial_state(1).apply_outcome(game.move_named("ask"), "objection")
    (ending,) = debrief(play(doubting, *names, "later", "finish")).endings
    return " ".join(ending.revealed)


def test_an_answer_that_nobody_confirmed_is_told_to_have_come_back() -> None:
    """The moves say that it was the real reason that was answered, so the outcome says what became of that."""
    assert "You answered it, but nobody had confirmed that when a talk ended" in told_after("boss")
    assert "What lay behind it, settled: 'My boss laughs at me.'" in told_after("boss", "sure")
    assert "not settled in the end: 'My boss laughs at me.'" in told_after()


def told_of(ready: str, wins: str) -> str:
    who = f"buyer: {{name: Ada, real: 100%, ready: {ready}, rival: {{name: the shop, wins: {wins}}}}}\n"
    game = written(f"ceiling: 0%\n{who}lines:\n  later: {{kind: vague-follow-up, say: Later.}}\n")
    return " ".join(debrief(play(game.new_initial_state(1), "later", "finish")).endings[0].revealed)


def test_who_would_have_bought_elsewhere_before_they_could_from_you_is_no_contradiction() -> None:
    assert "before they could decide: a rival is kept waiting by" in told_of("9d", "99% a day")
    assert "before they were ready" not in told_of("0m", "99% a day")


def test_a_later_day_from_which_they_could_say_yes_has_no_minutes() -> None:
    assert "before day 10, Wed." in told_of("9d..9d", "1% a day")
    assert "before day 1, Mon 12:00." in told_of("2h..2h", "1% a day")


def test_a_moment_is_told_with_what_was_answered() -> None:
    game = written(VISIT.replace("say: Hello., repeat: yes}", "say: Hello., trust: +9, replies: [{says: Go on.}]}"))
    state = play(game.new_initial_state(1), "talk", "later", "wait.tomorrow")
    answers = {moment.said: moment.answer for moment in debrief(state).moments}
    assert answers["Hello."] == "Ada: Go on."
    assert answers.get("You let time pass.", "") == ""


NEEDY = """
buyer: {name: Ada, real: 100%, returns: 0%, trust: 60, patience: 40m}
needs:
  dry: {says: It has to stay dry., chance: 100%}
  near: {says: I'd need it near., chance: 100%, guarded: 50}
objections:
  dear: {says: It's a lot., chance: 100%, really: {purse: {chance: 100%, says: I haven't got it.}}}
lines:
  rain: {kind: open-question, say: What about the rain?, reveals: dry}
  way: {kind: open-question, say: How far is it?, reveals: near}
  parts: {kind: handle, say: Pay it in parts., handles: purse, when: {raised: dear}}
  show: {kind: present, say: This one., replies: [{says: Oh., raises: dear}]}
  later: {kind: vague-follow-up, say: I will be in touch.}
"""


def test_what_was_never_told_is_told_with_the_line_that_asks_for_it() -> None:
    end = play(written(NEEDY).new_initial_state(1), "later", "finish")
    told = " ".join(debrief(end).endings[0].revealed)
    assert "'It has to stay dry.' What asks for it: “What about the rain?”" in told
    assert "'I'd need it near.' What asks for it, once they trust you: “How far is it?”" in told


def test_what_was_not_settled_is_told_with_the_line_that_answers_it() -> None:
    end = play(written(NEEDY).new_initial_state(1), "show", "later", "finish")
    (ending,) = debrief(end).endings
    assert [
        told for told in ending.revealed if told.endswith("'I haven't got it.' What answers it: “Pay it in parts.”")
    ]
