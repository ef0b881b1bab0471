"""Figures in sentences."""

from __future__ import annotations

from engine.reasons import Answer, Reason
from game.words.wording import told_answers, why_text


def test_a_chance_that_nothing_moved_says_so_in_place_of_reasons() -> None:
    """'Joined; a 52% chance of a yes' stood below 'why they answered as they did', and told no why."""
    joined = Answer(2, 0, "bring-in", True, 52, (), (), came="joins")
    assert why_text(joined) == "a 52% chance of a yes, by luck alone"
    rung = Answer(2, 0, "call", False, 30, (), (), came="missed")
    assert why_text(rung) == "a 30% chance of an answer"
    ordered = Answer(2, 0, "ask-for-decision", True, 80, (Reason("interest", 21),), (), came="order")
    assert why_text(ordered) == "an 80% chance of a yes: interest +21"


def test_an_attempt_to_reach_somebody_had_a_chance_of_an_answer_not_of_a_yes() -> None:
    tried = [
        Answer(0, 0, "call", False, 70, (Reason("delay", -12),), (), came="missed"),
        Answer(1, 0, "call", True, 84, (Reason("agreed", 30),), (), came="kept"),
    ]
    assert [told for _, told in told_answers(tried, ["Sam"])] == [
        "not reached; a 70% chance of an answer: time had passed −12",
        "there as agreed; an 84% chance of an answer: it was agreed +30",
    ]


def test_the_same_answer_move_after_move_is_told_once() -> None:
    def no(move: int, chance: int = 0) -> Answer:
        return Answer(move, 0, "ask-for-decision", False, chance, (Reason("asked-again", -9),), (), came="stall")

    assert list(told_answers([no(1), no(4), no(5), no(6), no(7, 3)], ["Sam"])) == [
        ("2", "put it off; a 0% chance of a yes: asked again −9"),
        ("5-7", "put it off; a 0% chance of a yes: asked again −9"),
        ("8", "put it off; a 3% chance of a yes: asked again −9"),
    ]


def test_of_several_buyers_it_is_said_who_answered() -> None:
    tried = [
        Answer(0, 1, "call", False, 70, (), (), came="missed"),
        Answer(1, 0, "call", True, 84, (), (), came="kept"),
    ]
    assert list(told_answers(tried, ["Elif", "Bram"])) == [
        ("1", "Bram: not reached; a 70% chance of an answer"),
        ("2", "Elif: there as agreed; an 84% chance of an answer"),
    ]


def test_a_kept_debrief_that_names_no_answer_is_read_all_the_same() -> None:
    """Where time ran out on a question, earlier versions named whatever stood last in the vocabulary."""
    unanswered = Answer(0, 0, "bring-in", False, 63, (), (), came="waits")
    assert list(told_answers([unanswered], ["Sam"])) == [("1", "did not agree; a 63% chance of a yes, by luck alone")]
