"""What the coach says of a run: what cost most, what to try next time, and what the play was worth."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import world
from engine.coach.judgement import Judgement, judgement
from engine.coach.verdict import Analysis, Choice, Verdict
from engine.debrief import debrief
from engine.play import Game
from engine.reasons import Answer, Reason
from engine.rules.tables import RESULT
from engine.scenario import Scenario, read_scenario
from game.report import lesson
from game.report.coach import head_text, play_text
from game.report.takeaway import advice, learnt, takeaway
from game.report.verdict import (
    explained,
    gone,
    last_chance,
    remarks,
    verdict_text,
    warning,
)
from tests.engine.sales import play
from tests.engine.test_score import with_slots
from tests.game.runs.test_versions import edit


@pytest.mark.parametrize(
    ("error", "told"), [(1, "Move 1 cost most"), (7, "More than one move may have cost most"), (9, "surely lost")]
)
def test_what_cost_most_is_named_where_it_is_sure_even_among_many(error: int, told: str) -> None:
    choices = (Choice("b", 25, 0, None), Choice("a", 0, error, 0))
    word: Judgement = "unclear" if error == 9 else "inaccuracy"
    lost = 0 if error == 9 else 20
    verdict = Verdict(0, "a", 0, 0, "b", lost, error, lost, 100, word, 0, choices, ("b",) if error < 9 else ())
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, error, 0, 70.0, 10_000, (verdict, verdict))
    assert told in advice(found, lambda _: {"a": "A", "b": "B"})


def test_what_was_asked_already_and_would_come_to_more_now_is_advised_once_more() -> None:
    words = {"a": "A", "b": "B", "wait.3h": "C"}
    for first, best, now, told in (
        ("c", "b", "B", "Next time: B"),
        ("b", "b", "B", "Next time, once more: B"),
        ("b", "b", "B once more", "Next time: B once more"),
        ("wait.3h", "wait.3h", "B", "Next time: C"),
    ):
        choices = (Choice(best, 25, 0, None), Choice("a", 0, 1, 0))
        mistake = Verdict(1, "a", 0, 0, best, 25, 1, 25, 100, "mistake", 0, choices, (best,))
        earlier = replace(mistake, number=0, name=first, judgement="good", loss=0)
        found = Analysis("", 1, "", 48, 0, 100, 1, 25, 1, 0, 70.0, 10_000, (earlier, mistake))
        said = (words, words | {"b": now})
        assert advice(found, said.__getitem__).endswith(told)


def test_whoever_left_without_asking_is_advised_to_ask_before_they_go() -> None:
    choices = (Choice("b", 25, 0, None), Choice("a", 0, 1, 0))
    left = Verdict(1, "a", 0, 0, "b", 25, 1, 25, 100, "mistake", 0, choices, ("b",), unasked="c")
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 1, 0, 70.0, 10_000, (left,))
    assert advice(found, lambda _: {"a": "A", "b": "B", "c": "C"}).endswith("Next time: B And before you go, ask: C")
    asks = replace(found, moves=(replace(left, unasked="b"),))
    assert advice(asks, lambda _: {"a": "A", "b": "B"}).endswith("Next time: B")


@pytest.mark.parametrize(
    ("errors", "lost", "told"),
    [
        (
            (1, 1),
            (0, 0),
            "Every move was as good as the best, as far as can be told. The rest was the buyer, and luck.",
        ),
        ((1, 1), (0, 5), "Well played: all that the moves lost is 5 points of a hundred."),
        ((1, 1), (7, 5), "No move lost enough for an inaccuracy, but small losses add up to 12 points."),
        (
            (9, 1),
            (15, 5),
            "No move lost enough for an inaccuracy, but small losses add up to 5 points. Others may have lost more: "
            "luck hides which.",
        ),
        ((1, 9), (0, 15), "No move of this run surely lost anything. Some may have: luck hides which."),
        ((90, 1), (0, 0), "How good these moves were cannot be told from so few imaginings."),
    ],
)
def test_moves_are_called_good_only_where_the_figures_say_so(
    errors: tuple[int, int], lost: tuple[int, int], told: str
) -> None:
    words = [judgement(*each) for each in zip(lost, errors, strict=True)]
    surely = [0 if word == "unclear" else each for word, each in zip(words, lost, strict=True)]
    moves = tuple(
        Verdict(0, "a", 0, 0, "a", each, error, each, 100, word, 0, (Choice("a", 0, 0, 0),), ())
        for each, error, word in zip(surely, errors, words, strict=True)
    )
    found = Analysis("", 1, "", 12, 0, 0, 1, sum(surely), 9, 0, 90.0, 100, moves)
    assert advice(found, lambda _: {}) == told
    assert ("%" in head_text(found)) is (told[0] in "ENW")


@pytest.mark.parametrize(
    ("last", "told"),
    [(False, "Why there was no yes at move 2: Something still stood in the way. Ask what lies behind it"), (True, "")],
)
def test_where_no_move_cost_most_it_is_told_what_stood_in_the_way_when_a_decision_was_last_asked_for(
    kiosk: Scenario, last: bool, told: str
) -> None:
    """Of a sale that was lost by small losses and luck, 'no move lost enough' alone leaves nothing to try next time."""
    end = play(Game(kiosk).new_initial_state(1), "have-it")
    best = Verdict(0, "have-it", 9, 0, "have-it", 0, 0, 0.0, 100, "best", 0, (Choice("have-it", 9, 0, 0),), ())
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, (best,))
    reasons = (Reason("interest", 4), Reason("objections", -24))
    no, other = (Answer(move, 0, "ask-for-decision", False, 3, reasons, (), came="stall") for move in (1, 0))
    answered = (other, replace(no, yes=last), Answer(2, 0, "call", False, 3, (), ()))
    _, taught = lesson.judged(replace(debrief(end), moments=(), answers=answered), found, end, "regular")
    assert taught.partition("\n")[2].startswith(told)
    assert bool(taught.partition("\n")[2]) == bool(told)


def test_what_was_done_is_warned_of_before_anything_better_is_named(kiosk_path: Path) -> None:
    """Below 'Next time' a warning would look as if it were one about what is advised."""
    hurry = "  hurry: {kind: urgency, say: The last one., principle: Hurry is the seller's.}\n"
    kiosk_path.write_text(kiosk_path.read_text(encoding="utf-8") + hurry, encoding="utf-8")
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    end = play(before, "hurry")
    choices = (Choice("where-to", 900, 10, None), Choice("hurry", 100, 10, 90))
    worst = Verdict(0, "hurry", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, (worst,))
    _, taught = lesson.judged(replace(debrief(end), moments=()), found, end, "regular")
    texts = (
        taught,
        " ".join(takeaway(found, end, "regular")),
        verdict_text(worst, before, "regular"),
        " ".join((next(remarks(worst, before, end, "EUR")), "Where are you off to?")),
    )
    for text in texts:
        assert text.index("Hurry is the seller's.") < text.index("Where are you off to?")
        assert text.count("Hurry is the seller's.") == 1


@pytest.mark.parametrize(
    ("habits", "told"),
    [
        ([], "The rest was the buyer, and luck."),
        ([1], "Move 1 is a habit that costs whenever there is more to lose: A."),
        ([1, 3], "Moves 1, 3 are habits that cost whenever there is more to lose. The first of them: A."),
        (
            [1, 2, 4, 5, 6, 9],
            "Moves 1, 2, 4 to 6, 9 are habits that cost whenever there is more to lose. The first of them: A.",
        ),
    ],
)
def test_where_no_move_cost_most_the_habits_are_named_that_may_cost_another_time(habits: list[int], told: str) -> None:
    best = Verdict(0, "a", 9, 0, "a", 0, 0, 0.0, 100, "best", 0, (Choice("a", 9, 0, 0),), ())
    moves = tuple(replace(best, number=place, costly=place + 1 in habits) for place in range(9))
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, moves)
    assert advice(found, lambda _: {"a": "A."}).endswith(told)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("some-day", "Nothing was agreed."),
        ("have-it", "Nobody could have said yes to that yet, as far as was told."),
        ("ring", "They had asked to be left alone."),
    ],
)
def test_a_habit_is_told_with_what_there_is_to_learn_from_it(kiosk_path: Path, made: str, told: str) -> None:
    edit(kiosk_path, "say: Come back any time.", "say: Come back any time., principle: Nothing was agreed.")
    edit(kiosk_path, "ready: 0m", "ready: 1d")
    edit(kiosk_path, "ceiling: 100%", "ceiling: 0%")
    ring = "  ring: {kind: call, by: call, say: Ring him., principle: Whoever rings is not forgotten.}\n"
    kiosk_path.write_text(kiosk_path.read_text(encoding="utf-8") + ring, encoding="utf-8")
    start = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    before = with_slots(play(start, "some-day"), {world.OPTED_OUT: 1}) if made == "ring" else start
    found = Verdict(0, made, 9, 0, made, 0, 0, 0.0, 100, "best", 0, (Choice(made, 9, 0, 0),), (), costly=True)
    assert warning(found, before).startswith(told)
    assert next(remarks(found, before, before, "EUR")).startswith(told)
    assert verdict_text(found, before, "regular").startswith(f"The coach: costly habit. {told}")


def test_of_a_move_that_seems_to_have_cost_more_than_the_one_that_cost_most_it_is_told_that_this_is_less_sure(
    kiosk: Scenario,
) -> None:
    """A report lists what each move lost, and its first sentence would look false above a larger loss."""
    end = play(Game(kiosk).new_initial_state(1), "where-to", "have-it")
    choices = (Choice("where-to", 900, 0, None), Choice("have-it", 100, 10, 90))
    sure = Verdict(1, "have-it", 100, 90, "where-to", 300, 10, 30.0, 1_000, "mistake", 0, choices, ("where-to",))
    less = Verdict(0, "where-to", 100, 90, "have-it", 400, 120, 40.0, 1_000, "inaccuracy", 0, choices, ("have-it",))
    found = Analysis("", 1, "", 48, 0, 100, 1, 700, 120, 0, 70.0, 1_000, (less, sure))
    assert found.costliest == sure
    assert learnt(found, end)[-1] == "Move 1 seems to have cost even more, but that is less sure."
    smaller = replace(found, moves=(replace(less, loss=250, points=25.0), sure))
    assert "seems" not in " ".join(learnt(smaller, end))


def test_that_somebody_was_pestered_is_told_beside_what_cost_most(kiosk_path: Path) -> None:
    """Whoever has lost a sale already loses nothing by it, and should learn it all the same."""
    ring = "  ring: {kind: call, by: call, say: Ring him.}\n"
    kiosk_path.write_text(kiosk_path.read_text(encoding="utf-8") + ring, encoding="utf-8")
    left = play(Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1), "some-day")
    end = play(with_slots(left, {world.OPTED_OUT: 1}), "ring")
    choices = (Choice("where-to", 900, 0, None), Choice("some-day", 100, 10, 90))
    worst = Verdict(0, "some-day", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    pestered = Verdict(1, "ring", 9, 0, "ring", 0, 0, 0.0, 100, "best", 0, (Choice("ring", 9, 0, 0),), (), costly=True)
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, (worst, pestered))
    told = learnt(found, end)
    assert told[-1].startswith("Besides, move 2: They had asked to be left alone.")
    assert learnt(found, play(left, "ring")) == learnt(replace(found, moves=(worst,)), end) == told[:-1]


TALE = "  tale: {kind: story, stage: hello, repeat: yes, say: [A cellist bought one., And so did her brother.]}\n"


def test_what_somebody_did_again_and_again_is_told_beside_what_cost_most(kiosk_path: Path) -> None:
    """Nine empty messages that each lost little are what there is to learn, whichever move lost most."""
    kiosk_path.write_text(kiosk_path.read_text(encoding="utf-8") + DATES, encoding="utf-8")
    start = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    end = play(start, "where-to", "some-day", "wait.1h", "wait.1h")
    some = (Choice("have-it", 900, 0, 90), Choice("where-to", 100, 10, 90), Choice("some-day", 100, 10, 90))
    worst = Verdict(0, "where-to", 100, 90, "have-it", 800, 10, 80.0, 1_000, "blunder", 0, some, ("have-it",))
    habit = Verdict(1, "some-day", 90, 9, "where-to", 0, 1, 0.0, 1_000, "good", 0, some, (), costly=True)
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, (worst, habit, replace(habit, number=2)))
    told = "are habits that cost whenever there is more to lose. The first of them: “Come back any time.”"
    assert not any(told in text for text in takeaway(found, end, "regular"))
    often = replace(found, moves=(*found.moves, replace(habit, number=3)))
    assert [*takeaway(often, end, "regular")][-1].startswith(f"Moves 2 to 4 {told}")
    dated = replace(habit, alternatives=(*some, Choice("tomorrow", 90, 10, 90)))
    told_instead = [*takeaway(replace(often, moves=(worst, dated, *often.moves[2:])), end, "regular")]
    assert told_instead[-1] == "In its place: “Tomorrow at nine?”"


DATES = "  tomorrow: {kind: propose-dated-step, say: Tomorrow at nine?, on: Tue, by: call}\n"


def test_beside_a_habit_stands_what_to_say_instead_and_beside_an_open_end_a_day(kiosk_path: Path) -> None:
    kiosk_path.write_text(kiosk_path.read_text(encoding="utf-8") + DATES, encoding="utf-8")
    end = play(Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1), "some-day")
    every = (Choice("where-to", 90, 0, 9), Choice("tomorrow", 60, 5, None), Choice("some-day", 90, 0, 9, costly=True))
    habit = Verdict(0, "some-day", 90, 9, "where-to", 0, 1, 0.0, 100, "best", 0, every, (), costly=True)
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, (habit,))
    assert [*takeaway(found, end, "regular")][-1] == "Next time try: “Tomorrow at nine?”"
    no_day = replace(habit, alternatives=(every[0], every[2]))
    assert not any("Next time" in text for text in takeaway(replace(found, moves=(no_day,)), end, "regular"))
    pressed = replace(habit, name="have-it", alternatives=(*every[:2], Choice("have-it", 90, 0, 9, costly=True)))
    assert [*takeaway(replace(found, moves=(pressed,)), end, "regular")][-1].startswith("Next time try: “Where are you")


def test_where_little_was_left_to_be_earned_in_the_end_that_is_told_from_where_on(kiosk_path: Path) -> None:
    """Otherwise it would look as if the moves with which a lost sale ended had been good ones."""
    game = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml"))
    end = play(game.new_initial_state(1), "where-to", "this-one", "some-day")
    few = (Choice("where-to", 1, 0, 1), Choice("this-one", 0, 0, 0))
    worst = Verdict(
        0,
        "where-to",
        9,
        9,
        "have-it",
        80,
        1,
        80.0,
        100,
        "blunder",
        0,
        (Choice("have-it", 89, 0, 89), Choice("where-to", 9, 0, 9)),
        ("have-it",),
    )
    little = Verdict(1, "this-one", 0, 0, "where-to", 1, 0, 1.0, 100, "good", 0, few, ())
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, (worst, little, replace(little, number=2)))
    told = "From move 2 on little was left to be earned, whatever was said."
    assert told in takeaway(found, end, "regular")
    for orders, left in (
        (2_000, "Hardly an order was to be expected any more."),
        (71_000, "Of a hundred such buyers about 7 would still have ordered."),
    ):
        best = replace(little, best_orders=orders)
        assert f"{told} {left}" in takeaway(replace(found, moves=(worst, best, little)), end, "regular")
    assert not any(told in text for text in takeaway(replace(found, moves=found.moves[:2]), end, "regular"))
    ordered = with_slots(end, {world.RESULT: RESULT["order"]})
    assert not any(told in text for text in takeaway(found, ordered, "regular"))


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (1, ""),
        (2, "With it went the last chance for what was better, which had been there since move 1."),
        (3, ""),
    ],
)
def test_where_the_last_chance_of_something_better_went_with_a_move_that_is_told(
    turns: int, told: str, kiosk_path: Path
) -> None:
    """What was said instead may have been no mistake at any other moment, so it is not to be learnt as one."""
    edit(kiosk_path, "lines:\n", f"stages: [{{id: hello, turns: {turns}}}, {{id: decide, turns: 9}}]\nlines:\n")
    edit(kiosk_path, "where-to: {", "where-to: {stage: hello, ")
    start = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    end = play(start, "this-one", "some-day")
    best = "where-to" if turns > 1 else "have-it"
    choices = (Choice(best, 900, 10, 900), Choice("other", 300, 9, None), Choice("some-day", 100, 10, 90))
    worst = Verdict(1, "some-day", 100, 90, best, 800, 10, 80.0, 1_000, "blunder", 0, choices, (best,))
    assert last_chance(worst, end.states()[1]) == told
    if told:
        no_harm = replace(worst, alternatives=(choices[0], replace(choices[1], value=110), choices[2]))
        assert last_chance(no_harm, end.states()[1]) == f"It did no harm by itself. {told}"
        assert last_chance(replace(no_harm, costly=True), end.states()[1]) == told
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, (worst,))
    everything = [
        [*takeaway(found, end, "regular")],
        [*remarks(worst, end.states()[1], end, "EUR")],
        [*explained(worst, end.states()[1], best, {best: "A", "some-day": "B"})],
    ]
    assert ["last chance" in " ".join(texts) for texts in everything] == [bool(told)] * 3


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("where-to", "a chance that had been there since move 1 and went with move 2."),
        ("tale", "a chance that went with move 2."),
    ],
)
def test_a_decent_sentence_is_not_what_cost_most_where_a_chance_went_with_it(
    before: str, told: str, kiosk_path: Path
) -> None:
    edit(kiosk_path, "lines:\n", "stages: [{id: hello, turns: 2}, {id: decide, turns: 9}]\nlines:\n")
    kiosk_path.write_text(kiosk_path.read_text(encoding="utf-8") + TALE, encoding="utf-8")
    start = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    end = play(start, before, "some-day")
    choices = (Choice("tale", 900, 10, 900), Choice("have-it", 110, 10, None), Choice("some-day", 100, 10, 90))
    worst = Verdict(1, "some-day", 100, 90, "tale", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("tale",))
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, (worst,))
    harmed = replace(worst, alternatives=(choices[0], replace(choices[1], value=500), choices[2]))

    def lines(move: Verdict) -> tuple[str, str]:
        found_so = replace(found, moves=(move,))
        words = {"tale": "A", "some-day": "B"}
        return next(takeaway(found_so, end, "regular")), advice(found_so, lambda _: words, "", gone(move, state))

    state = end.states()[1]
    full, short = lines(worst)
    assert f"is {told} What was said instead did no harm by itself: " in full
    assert short.startswith("A chance that went with move 2 cost most, 80 points")
    assert all(text.startswith("Move 2 cost most") for text in lines(harmed))


def test_what_could_be_said_once_more_had_been_there_since_it_was_said_last(kiosk_path: Path) -> None:
    edit(kiosk_path, "lines:\n", "stages: [{id: hello, turns: 3}, {id: decide, turns: 9}]\nlines:\n")
    kiosk_path.write_text(kiosk_path.read_text(encoding="utf-8") + TALE, encoding="utf-8")
    start = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    choices = (Choice("tale", 900, 10, 900), Choice("some-day", 100, 10, 90))
    worst = Verdict(2, "some-day", 100, 90, "tale", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("tale",))
    for made, since in (("tale", "where-to"), 2), (("where-to", "this-one"), 1):
        assert last_chance(worst, play(start, *made)).endswith(f"which had been there since move {since}.")


def test_what_cost_most_ends_its_sentence_for_it_may_be_a_sentence_of_its_own(kiosk_path: Path) -> None:
    before = Game(read_scenario(kiosk_path.read_bytes(), "kiosk.yaml")).new_initial_state(1)
    choices = (Choice("where-to", 900, 10, None), Choice("have-it", 100, 10, 90))
    verdict = Verdict(0, "have-it", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    found = Analysis("", 1, "", 48, 0, 100, 1, 800, 10, 0, 70.0, 1_000, (verdict,))
    first = next(takeaway(found, before, "regular"))
    assert first == "Move 1 cost most, 8 EUR (+/- 0.20 EUR) of what was to be earned there: “Shall I ring it up?”"


def test_what_the_play_was_worth_is_a_share_of_what_was_at_stake_whoever_the_buyer_was() -> None:
    """A buyer who was good for much makes bad play no better, and one who was good for nothing makes it no worse."""
    move = Verdict(0, "a", 0, 0, "b", 25, 5, 25.0, 100, "inaccuracy", 0, (Choice("a", 0, 5, 0),), ())
    for par in (-2_600, 90_000):
        found = Analysis("", 1, "", 48, -10_000, par, 1, 75, 9, 0, 19.0, 100, (move, replace(move, point=200), move))
        assert head_text(found) == "play 25% (+/- 15) · accuracy 19"
        assert "was worth 25% of what was at stake (+/- 15)" in play_text(found)
        assert replace(found, moves=5 * (move,)).play == 0


def test_a_worth_of_the_play_that_may_be_anything_is_not_told_as_a_figure() -> None:
    move = Verdict(0, "a", 0, 0, "b", 25, 26, 25.0, 100, "unclear", 0, (Choice("a", 0, 26, 0),), ())
    found = Analysis("", 1, "", 12, 0, 0, 1, 25, 26, 0, 19.0, 100, (move,))
    assert "cannot be told" in play_text(found)
    assert "%" not in play_text(found)
    assert head_text(found) == "play: too uncertain for a figure"
    lost = replace(found, moves=(replace(move, points=190.0),))
    assert head_text(lost) == "play 0% (+/- 51) · accuracy 19", "however much it may be off"


def test_where_it_cost_most_to_ask_for_the_decision_it_is_told_what_came_of_that_and_why(kiosk: Scenario) -> None:
    """What it lost is a number, and nobody can teach from a number."""
    end = play(Game(kiosk).new_initial_state(1), "have-it", "where-to")
    choices = (Choice("where-to", 900, 10, 900), Choice("have-it", 100, 10, 90))
    worst = Verdict(0, "have-it", 100, 90, "where-to", 800, 10, 80.0, 1_000, "blunder", 0, choices, ("where-to",))
    found = Analysis("", 1, "", 48, 0, 100, 1, 25, 0, 0, 70.0, 10_000, (worst,))
    (told,) = (text for text in takeaway(found, end, "regular") if "What came of it" in text)
    assert told.startswith("What came of it: put it off; a 1% chance of a yes: finds decisions hard")
    never = play(with_slots(end.states()[0], {world.REAL: 0}), "have-it")
    everything = [*takeaway(found, never, "regular")]
    assert "What came of it: put it off." in everything
    assert "This one would have bought from nobody, which could not be known." in everything
    asked = replace(worst, number=1, name="where-to", best="have-it", alternatives=choices[::-1], line=("have-it",))
    assert not any("What came of it" in text for text in takeaway(replace(found, moves=(asked,)), end, "regular"))
