"""What a browser is told: the words of the screens and the plain lines, and nothing that is hidden."""

from __future__ import annotations

from game.runs import lines
from game.runs.choosing import in_order
from game.runs.scene import offers
from game.workshop.log.plan import RoundPlan
from game.workshop.web import wire
from game.workshop.web.words import Words, words
from tests.game.workshop.halls import SCENARIO, Hall, event


def told(hall: Hall, seat: int = 1) -> tuple[wire.Now, Words]:
    now = wire.now(hall.room, seat, {1: "Ann"}, hall.at)
    return now, words(now)


def test_whoever_waits_is_told_what_for() -> None:
    hall = Hall()
    hall.seat()
    _, said = told(hall)
    assert (said.where, said.run) == ("Round 1 of 1", None)
    assert said.hint == (
        "You are in. The first round begins when the host opens it. You will meet 2 buyers, and have 20 minutes."
    )


def test_whoever_plays_in_a_browser_is_told_what_they_offer_and_for_how_much() -> None:
    hall = Hall()
    hall.seat()
    hall.open()
    now, said = told(hall)
    assert now.scene is not None
    (one,) = now.scene.people
    assert said.briefing[-2:] == tuple(offers([one]))
    assert one.offer in said.briefing[-2]


def test_choices_are_those_of_the_view_by_group_and_number() -> None:
    hall = Hall()
    hall.seat()
    hall.open()
    while hall.room.position(1).doing == "playing":
        now, said = told(hall)
        assert now.run is not None
        assert said.run is not None
        choices = [choice for group in said.run.groups for choice in group.choices]
        assert [choice.name for choice in choices] == [option.name for option in in_order(now.run.view)]
        assert [choice.number for choice in choices] == list(range(1, len(choices) + 1))
        status = "\n".join(lines.status(now.run.view, 10_000))
        assert all(line in status for line in said.run.status)
        hall.move(1)


def test_levels_have_gauges_where_the_cues_show_them() -> None:
    for cues, names in (
        ("novice", ["patience", "interest", "excitement", "conviction", "trust", "pressure"]),
        ("regular", ["patience"]),
        ("expert", ["patience"]),
    ):
        hall = Hall(event(RoundPlan(SCENARIO, cues=cues)))  # type: ignore[arg-type]
        hall.seat()
        hall.open()
        _, said = told(hall)
        assert said.run is not None
        assert [gauge.name for gauge in said.run.gauges] == names
        assert any("seems" in line for line in said.run.status) == (cues == "regular")


def test_the_end_of_one_buyer_stands_beside_the_beginning_of_the_next() -> None:
    hall = Hall()
    hall.seat()
    hall.open()
    while hall.room.position(1).buyer == 0:
        hall.move(1)
    _, said = told(hall)
    assert said.where == "Round 1 of 1, buyer 2 of 2"
    assert said.ended is not None
    assert said.ended.results
    assert said.run is not None
    assert not said.run.results
    hall.move(1)
    assert told(hall)[1].ended is None


def test_whoever_has_met_everybody_is_told_to_wait() -> None:
    hall = Hall()
    hall.seat()
    hall.open()
    hall.play(1)
    now, said = told(hall)
    assert (now.state, said.run) == ("between", None)
    assert "every buyer" in said.hint
    hall.close()
    assert told(hall)[1].hint == "That was the last round. Thank you for playing."
