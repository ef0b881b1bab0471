"""What the coach says of a move, and of an answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import world
from engine.coach.judgement import judgement
from engine.coach.verdict import Analysis, Choice, Verdict
from engine.debrief import debrief
from engine.moments import Moment
from engine.play import Game
from engine.scenario import Scenario, read_scenario
from game.report import lesson
from game.report.coach import as_data
from game.report.verdict import (
    answered_text,
    came_of,
    choices,
    explained,
    judged_text,
    known_text,
    line_text,
    principles,
    warned,
    why_lost,
)
from tests.engine.sales import bundled, play
from tests.engine.test_score import with_slots
from tests.game.runs.test_versions import edit


@pytest.mark.parametrize(
    ("worth", "best", "told"),
    [(100, "have-it", "best"), (100, "where-to", "equal best"),
     (99, "have-it", "little at stake"), (-10, "where-to", "little at stake")],
)  # fmt: skip
def test_a_move_is_called_the_best_only_where_the_coach_would_have_made_it_and_something_was_left(
    worth: int, best: str, told: str
) -> None:
    """Asked for the third time with no hope of a yes, nothing is lost, for nothing is left: that makes it no model."""
    choices = (Choice("where-to", worth, 10, None), Choice("have-it", worth - 2, 10, 90))
    verdict = Verdict(0, "have-it", worth - 2, 90, best, 0, 10, 0.0, 1_000, "best", 0, choices, ())
    assert judged_text(verdict) == told


@pytest.mark.parametrize(
    ("lost", "error", "told"), [(83, 35, "inaccuracy or worse"), (50, 12, "mistake or worse"), (83, 5, "blunder"),
                                (12, 0, "inaccuracy"), (25, 10, "unclear")]
)  # fmt: skip
def test_a_word_that_is_only_what_is_sure_says_so(lost: int, error: int, told: str) -> None:
    """A loss of 83 points called an inaccuracy, beside one of 50 called a mistake, looks like an error."""
    choices = (Choice("b", 100, 0, None), Choice("a", 100 - lost, error, 0))
    verdict = Verdict(0, "a", 0, 0, "b", lost, error, lost, 100, judgement(lost, error), 0, choices, ("b",))
    assert judged_text(verdict) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [("b", "Right."), ("c", "Right."), ("d", "Right: it cannot be told from what was worth most."),
     ("a", "There is something better.")],
)  # fmt: skip
def test_an_answer_that_looks_worse_than_the_best_and_is_right_says_why(name: str, told: str) -> None:
    choices = tuple(Choice(*each, None) for each in (("b", 100, 0), ("c", 98, 0), ("d", 89, 6), ("a", 60, 4)))
    verdict = Verdict(0, "a", 60, 60, "b", 40, 4, 40.0, 100, "blunder", 0, choices, ("b",))
    assert answered_text(verdict, name) == told


def test_scripts_are_told_which_answers_are_right() -> None:
    choices = tuple(Choice(*each, None) for each in (("b", 100, 0), ("d", 89, 6), ("a", 60, 4)))
    verdict = Verdict(0, "a", 60, 60, "b", 40, 4, 40.0, 100, "blunder", 0, choices, ("b",))
    found = as_data(Analysis("", 1, "", 48, 0, 100, 1, 25, 4, 0, 70.0, 100, (verdict,)))
    assert [each["right"] for each in found["moves"][0]["alternatives"]] == [True, True, False]


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (0, "The coach: best. Nothing else was worth more, as far as you could know."),
        (80, "The coach: blunder. Better: “Where are you off to?” Ask what it is for."),
    ],
)
def test_a_moment_is_told_with_what_the_coach_says_of_it(kiosk_path: Path, lost: int, told: str) -> None:
    """An author's sentence that praises a line, under a move that cost most, would contradict the coach."""
    edit(kiosk_path, "say: Where are you off to?", "say: Where are you off to?, principle: Ask what it is for.")
    start = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    end = start.apply_action(start.game.move_named("have-it"))
    best = "where-to" if lost else "have-it"
    choices = (Choice("where-to", 100 + 10 * lost, 10, None), Choice("have-it", 100, 10, 90))
    word, line = judgement(lost, 1), ("where-to",) if lost else ()
    verdict = Verdict(0, "have-it", 100, 90, best, 10 * lost, 10, lost, 1_000, word, 0, choices, line)
    found = Analysis("", 1, "", 48, 0, 100, 1, 800, 10, 0, 70.0, 1_000, (verdict,))
    moment = Moment(0, 0, "buyer", -12, "Shall I ring it up?", ("asked",), "Whoever asks may hear a yes.")
    shown, _ = lesson.judged(replace(debrief(end), moments=(moment,)), found, end, "regular")
    assert shown.moments == (replace(moment, principle=told),)
    gained, _ = lesson.judged(replace(debrief(end), moments=(replace(moment, change=12),)), found, end, "regular")
    assert gained.moments[0].principle == told.removesuffix(" Nothing else was worth more, as far as you could know.")


@pytest.mark.parametrize(
    ("made", "told"),
    [("have-it", ["Ask what it is for."]), ("hurry", ["Hurry is the seller's.", "Ask what it is for."])],
)
def test_of_a_mistake_no_praise_is_told_that_was_meant_for_another_moment(
    kiosk_path: Path, made: str, told: list[str]
) -> None:
    edit(kiosk_path, "say: Where are you off to?", "say: Where are you off to?, principle: Ask what it is for.")
    edit(kiosk_path, "say: Shall I ring it up?", "say: Shall I ring it up?, principle: What was left was to ask.")
    text = kiosk_path.read_text(encoding="utf-8")
    hurry = "  hurry: {kind: urgency, say: The last one., principle: Hurry is the seller's.}\n"
    kiosk_path.write_text(text + hurry, encoding="utf-8")
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    choices = (Choice("where-to", 900, 10, None), Choice(made, 100, 10, 90))
    verdict = Verdict(0, made, 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    assert principles(verdict, before) == told


def test_a_warning_about_what_was_done_stands_beside_it_and_not_below_another_answer(kiosk_path: Path) -> None:
    hurry = "  hurry: {kind: urgency, say: The last one., principle: Hurry is the seller's.}\n"
    kiosk_path.write_text(kiosk_path.read_text(encoding="utf-8") + hurry, encoding="utf-8")
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    choices = (Choice("where-to", 900, 10, None), Choice("hurry", 100, 10, 90))
    found = Verdict(0, "hurry", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    words = {"hurry": "“The last one.”", "have-it": "“Shall I ring it up?”"}
    beside = "What was done there: “The last one.” Hurry is the seller's."
    assert next(explained(found, before, "have-it", words)) == beside
    assert "Hurry is the seller's." in list(explained(found, before, "hurry", words))


def test_a_warning_is_told_of_what_costs_as_it_stands_and_not_of_its_kind(kiosk_path: Path) -> None:
    """Of a goodbye while a date stands nobody is to hear that it left none."""
    edit(kiosk_path, "kind: vague-follow-up,", "kind: vague-follow-up, principle: It left no date.,")
    step = "  thursday: {kind: propose-dated-step, say: Thursday at ten?, in: 1d}\n"
    hello = "  hello: {kind: call, by: call, say: Ring him.}\n"
    kiosk_path.write_text(kiosk_path.read_text(encoding="utf-8") + step + hello, encoding="utf-8")
    game = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml"))
    agreed = game.new_initial_state(1).apply_outcome(game.move_named("thursday"), "agrees")
    talking = play(agreed, "wait.1h").apply_outcome(game.move_named("hello"), "reached")
    choices = (Choice("where-to", 900, 10, None), Choice("some-day", 100, 10, 90))
    made = Verdict(0, "some-day", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    assert warned(made, game.new_initial_state(1)) == "It left no date."
    assert warned(made, talking) == ""


def test_a_decision_that_was_asked_for_too_soon_is_told_with_why_that_costs(kiosk: Scenario) -> None:
    start = Game(kiosk).new_initial_state(1)
    unpriced = with_slots(start, {world.PRICED: 0})
    choices = (Choice("where-to", 900, 10, None), Choice("have-it", 100, 10, 90))
    made = Verdict(0, "have-it", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    assert warned(made, unpriced) == "Nobody says yes to a price they have not heard."
    assert warned(made, with_slots(start, {world.PRICED: 1})) == ""


def test_what_is_advised_is_not_told_with_what_it_costs_at_other_times(kiosk_path: Path) -> None:
    edit(kiosk_path, "say: Come back any time.", "say: Come back any time., principle: Nothing was agreed.")
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    choices = (Choice("some-day", 900, 10, None), Choice("have-it", 100, 10, 90))
    verdict = Verdict(0, "have-it", 100, 90, "some-day", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("some-day",))
    assert principles(verdict, before) == []


def test_what_answers_nothing_that_was_told_is_not_advised_with_the_sentence_that_warns_of_it(kiosk_path: Path) -> None:
    edit(kiosk_path, "say: This one opens", "principle: Ask what for first., say: This one opens")
    game = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml"))
    choices = (Choice("this-one", 900, 10, None), Choice("have-it", 100, 10, 90))
    verdict = Verdict(0, "have-it", 100, 90, "this-one", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("this-one",))
    asked = (play(game.new_initial_state(seed), "where-to") for seed in range(99))
    told = next(each for each in asked if each.people[0][world.KNOWN])
    assert principles(verdict, told.states()[0]) == []
    assert principles(verdict, told) == ["Ask what for first."]


@pytest.mark.parametrize(
    ("buyers", "orders", "best", "told"),
    [
        (1, 61_000, 138_000, "Of a hundred such buyers about 6 order after it, and 14 after the best move."),
        (1, 981_000, 984_000, "Of a hundred such buyers about 98 order after it, and no more after the best move"),
        (1, 300_000, 250_000, "Of a hundred such buyers about 30 order after it, and no more after the best move"),
        (3, 1_220_000, 1_590_000, "After it about 1.2 orders are to be expected in all, and 1.6 after the best move"),
        (3, 1_000_000, 1_010_000, "After it about 1.0 orders are to be expected in all, and no more after the best"),
    ],
)
def test_what_was_lost_is_told_in_orders_or_if_there_are_no_more_to_be_had_in_what_else_it_may_be(
    buyers: int, orders: int, best: int, told: str
) -> None:
    found = Verdict(0, "a", 60, 60, "b", 40, 4, 40.0, 100, "blunder", 0, (), ("b",), orders, best)
    (why,) = why_lost(found, buyers)
    assert why.startswith(told)


@pytest.mark.parametrize(
    ("behind", "error", "told"),
    [
        (1, 0, "what the coach advises: about as good, as far as it can tell"),
        (30, 20, "what the coach advises: about as good, as far as it can tell"),
        (30, 10, "what the coach advises: what is worth more here costs whenever it is done"),
    ],
)
def test_where_something_seems_worth_more_than_what_is_advised_it_is_told_why(
    behind: int, error: int, told: str
) -> None:
    all_choices = (Choice("b", 70, error, 0), Choice("c", 70 + behind, 0, None), Choice("a", 10, 5, 0))
    found = Verdict(0, "a", 10, 0, "b", 60, 5, 60.0, 100, "blunder", 0, all_choices, ("b",))
    listed = choices(found, {"a": "A.", "b": "B.", "c": "C."}, "EUR", "a", "your move")
    assert [(each.words, each.mark, each.advised) for each in listed] == [
        ("C.", "", ""),
        ("B.", "", told),
        ("A.", "your move", ""),
    ]


@pytest.mark.parametrize(("costly", "told"), [(False, ""), (True, "what the coach advises: about as good, as far as")])
def test_nothing_is_advised_that_seems_worth_less_than_what_was_done_unless_that_is_a_habit(
    costly: bool, told: str
) -> None:
    all_choices = (Choice("b", 52, 20, 0), Choice("a", 70, 0, 0), Choice("c", 10, 5, None))
    found = Verdict(0, "a", 70, 0, "b", 0, 20, 0.0, 100, "unclear", 0, all_choices, (), costly=costly)
    mine, advised, _ = choices(found, {"a": "A.", "b": "B.", "c": "C."}, "EUR", "a", "your move")
    assert (mine.words, advised.words) == ("A.", "B.")
    assert advised.advised.startswith(told)
    assert bool(advised.advised) == costly


@pytest.mark.parametrize("worth", [100, 1])
def test_what_costs_whenever_it_is_said_is_never_praised(worth: int) -> None:
    found = Verdict(0, "a", worth, 0, "a", 0, 0, 0.0, 100, "best", 0, (Choice("a", worth, 0, 0),), (), costly=True)
    assert judged_text(found) == "costly habit"
    assert judged_text(replace(found, loss=40, points=40.0, judgement="blunder")) == "blunder"
    assert judged_text(replace(found, judgement="unclear")) == "costly habit", "which it is, whatever it lost here"


def test_what_costs_whenever_it_is_said_is_not_listed_as_what_could_be_done_unless_it_seems_worth_most() -> None:
    """Nobody is to learn from the coach to leave without a day because that would have lost less than what was done."""
    best, vague = Choice("b", 70, 0, 0), Choice("v", 60, 5, None, costly=True)
    all_choices = (best, vague, Choice("c", 50, 5, None), Choice("d", 40, 5, None), Choice("a", 10, 5, 0))
    words = {name: f"{name}." for name in "abcdv"}
    found = Verdict(0, "a", 10, 0, "b", 60, 5, 60.0, 100, "blunder", 0, all_choices, ("b",))

    def listed(verdict: Verdict) -> str:
        return "".join(each.words[0] for each in choices(verdict, words, "EUR", verdict.name, "your move"))

    assert listed(found) == "bcda"
    assert listed(replace(found, name="v")) == "bvcd", "which was done"
    assert listed(replace(found, alternatives=(best, replace(vague, value=90), *all_choices[2:]))) == "vbca"


def test_what_was_said_too_early_is_told_as_that() -> None:
    found = Verdict(0, "a", 60, 60, "b", 40, 4, 40.0, 100, "blunder", 0, (), ("b",), 40_000, 100_000, too_early=True)
    first, _ = why_lost(found, 1)
    assert first == "The coach would have kept it for a later conversation: what is told fades until then."


def test_of_a_position_that_was_kept_without_them_no_orders_are_told() -> None:
    assert not [*why_lost(Verdict(0, "a", 60, 60, "b", 40, 4, 40.0, 100, "blunder", 0, (), ("b",)), 1)]


def test_the_coach_goes_on_with_nothing_that_costs_whenever_it_is_said(kiosk_path: Path) -> None:
    """Whoever plays on for it may let a buyer go without a date: that is not taught under what this very line cost."""
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    line = ("where-to", "have-it", "some-day", "where-to")
    verdict = Verdict(0, "some-day", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, (), line)
    assert (
        line_text(verdict, before)
        == "After the best move, the coach would most likely have gone on with “Shall I ring it up?”"
    )


def test_the_coach_goes_on_in_the_words_that_would_be_said_then(kiosk_path: Path) -> None:
    edit(kiosk_path, "say: Shall I ring it up?", "say: [Shall I ring it up?, And now?, So?]")
    start = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    before = start.apply_outcome(start.game.move_named("have-it"), "stall")
    line = ("have-it", "where-to", "have-it")
    verdict = Verdict(1, "where-to", 100, 90, "have-it", 800, 10, 80.0, 1_000, "blunder", 0, (), line)
    told = line_text(verdict, before)
    assert (
        told == "After the best move, the coach would most likely have gone on with “Where are you off to?”, then “So?”"
    )


def test_what_a_last_word_left_open_is_told_with_what_it_cost() -> None:
    friday = bundled("friday-pipeline").new_initial_state(19)
    asked = ("ring-ines@ines", "worst-night@ines", "remember-me@ines", "what-happened@ines", "who-hears-it@ines")
    reason_told = play(friday, *asked, "wedding-orders@ines", "ask-plainly@ines", "what-is-behind@ines")
    nothing = Verdict(0, "wait.1h", 0, 0, "wait.1h", 0, 0, 0.0, 100, "good", 0, (), ())
    assert came_of(nothing, reason_told, reason_told) == ""
    assert came_of(nothing, reason_told, play(reason_told, "tape-not-drill@ines")) == (
        "The conversation ended after it, and nothing was agreed: objections stand again whose answers were not "
        "confirmed."
    )
    audition = bundled("long-audition").new_initial_state(22)
    weeks = play(audition, "proposal-and-see")
    assert came_of(nothing, audition, weeks) == "The conversation ended after it, and nothing was agreed."


def test_whoever_leaves_without_having_asked_for_the_decision_is_told_how_the_coach_would_have(kiosk: Scenario) -> None:
    before = Game(kiosk).new_initial_state(1)
    left = Verdict(0, "some-day", 0, 0, "where-to", 0, 0, 0.0, 100, "good", 0, (), (), unasked="have-it")
    assert came_of(left, before, play(before, "some-day")).endswith(
        "Nobody had asked for the decision in it. The coach would have: “Shall I ring it up?”"
    )


@pytest.mark.parametrize(
    ("known", "best_known", "told"),
    [
        (100, 900, ""),
        (
            400,
            900,
            "As far as you could know, the move made was worth 1 EUR and what the coach advises 9 EUR; with the facts "
            "known, 4 EUR and 9 EUR. Only the first counts.",
        ),
        (
            100,
            0,
            "As far as you could know, the move made was worth 1 EUR and what the coach advises 9 EUR; with the facts "
            "known, 1 EUR and 0 EUR. Only the first counts.",
        ),
        (
            400,
            None,
            "As far as you could know, the move made was worth 1 EUR; with the facts known, 4 EUR. Only the first "
            "counts.",
        ),
    ],
)
def test_both_values_are_told_where_they_differ_of_the_best_move_too(
    known: int, best_known: int | None, told: str
) -> None:
    choices = (Choice("where-to", 900, 10, best_known), Choice("have-it", 100, 10, known))
    verdict = Verdict(0, "have-it", 100, known, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    assert "".join(known_text(verdict, "EUR")) == told


def test_nothing_is_measured_against_advice_that_seems_to_be_worth_less() -> None:
    choices = (Choice("where-to", 80, 30, 900), Choice("have-it", 100, 30, 400))
    verdict = Verdict(0, "have-it", 100, 400, "where-to", 0, 30, 0.0, 1_000, "best", 0, choices, ())
    assert "".join(known_text(verdict, "EUR")) == (
        "As far as you could know, the move made was worth 1 EUR; with the facts known, 4 EUR. Only the first counts."
    )
