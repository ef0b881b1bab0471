"""Claims about the class debrief: what a room learns from a round that everybody has played with the same buyers."""

from __future__ import annotations

from dataclasses import asdict, replace
from json import dumps, loads

import pytest

from engine.play import Game, State
from game.report.document import Table, as_data, as_html, as_text
from game.workshop.results.classroom import parting_text, report
from game.workshop.results.classroom import spread as as_spread
from game.workshop.results.debrief import ClassDebrief, Spread, class_debrief
from game.workshop.results.partings import Parting
from game.workshop.results.ranking import Played, earned
from tests.engine.sales import bundled, play, written

SALE = """
ceiling: 100%
buyer: {name: Ada, real: 100%, interest: 55, trust: 35, patience: 40m, indecision: {low: 100%}}
needs:
  quiet: {says: It has to be quiet., weight: 40}
objections:
  think: {says: I need to think about it., chance: 100%, really: {boss: {chance: 100%, says: It is my boss.}}}
lines:
  ask-quiet: {kind: open-question, say: What matters to you?, reveals: quiet}
  price: {kind: quote, say: It is a thousand.}
  isolate: {kind: isolate, say: What is there to think over?}
  ask: {kind: ask-for-decision, say: Shall we?}
  later: {kind: vague-follow-up, say: I will be in touch.}
  leave: {kind: leave, say: Good day.}
  ring: {kind: call, say: Ring Ada., by: call}
"""


@pytest.fixture(scope="module")
def start() -> State:
    return Game(written(SALE).scenario).new_initial_state(7)


def outcome(state: State, name: str, comes: str) -> State:
    return state.apply_outcome(state.game.move_named(name), comes)


def stalled(start: State) -> State:
    """Ada needs to think."""
    return outcome(play(start, "ask-quiet", "price"), "ask", "objection")


def promising(start: State) -> State:
    return play(stalled(start), "later", "finish")


def ringing(start: State) -> State:
    return outcome(play(stalled(start), "later"), "ring", "reached")


def asking(start: State, *, closes: bool) -> State:
    told = play(stalled(start), "isolate")
    return outcome(told, "ask", "order") if closes else play(told, "leave", "finish")


def room(*ends: State) -> ClassDebrief:
    start = ends[0].states()[0]
    return class_debrief(Played(0, True, (start,), {seat: {0: end} for seat, end in enumerate(ends, start=1)}))


@pytest.fixture(scope="module")
def class_of_23(start: State) -> ClassDebrief:
    never, again = [promising(start)] * 12, [ringing(start)] * 2
    asked = [asking(start, closes=True)] * 4 + [asking(start, closes=False)] * 2
    early = [play(start, "leave", "finish")] * 3
    return room(*never, *again, *asked, *early)


def test_what_was_done_at_a_moment_is_told_in_the_words_of_that_moment() -> None:
    twice = written(SALE.replace("say: Shall we?", "say: [Shall we?, 'So, shall we?']")).new_initial_state(7)
    closing = outcome(stalled(twice), "ask", "order")
    ways = at_the_stall(room(*[closing] * 6, *[promising(twice)] * 6)).ways
    assert {way.kind: way.says for way in ways}["ask-for-decision"] == "So, shall we?"


def at_the_stall(found: ClassDebrief) -> Parting:
    return next(each for each in found.partings if each.what == "raised")


def test_the_room_is_told_where_it_parted_ways(class_of_23: ClassDebrief) -> None:
    assert parting_text(at_the_stall(class_of_23)) == (
        "When Ada said “I need to think about it.”, 14 of 20 promised to be in touch; 2 of those 14 were ever "
        "spoken to again. The 6 who asked what lay behind it closed 4."
    )


def test_the_page_that_is_discussed_says_that_it_proves_nothing_where_it_tells_of_anything(
    class_of_23: ClassDebrief, start: State
) -> None:
    proof = "What went together in this room is no proof of what brought it about."
    assert proof in as_text(report(class_of_23), 100)
    assert proof not in as_text(report(room(*[promising(start)] * 5)), 100)


def test_where_every_conversation_went_on_no_column_says_who_was_spoken_to_again(class_of_23: ClassDebrief) -> None:
    def columns(found: ClassDebrief) -> list[tuple[str, ...]]:
        tables = (part for part in report(found) if isinstance(part, Table))
        return [table.header for table in tables if "plays" in table.header]

    assert any("spoken to again" in header for header in columns(class_of_23))
    one = at_the_stall(class_of_23)
    went_on = replace(one, ways=tuple(replace(way, spoken=None) for way in one.ways))
    (header,) = columns(replace(class_of_23, partings=(went_on,)))
    assert header == ("what they did", "plays", "closed", "earned on average")


def test_the_moment_that_made_most_of_a_difference_is_among_those_told(class_of_23: ClassDebrief) -> None:
    assert any(each.what == "raised" for each in class_of_23.partings)


def test_every_play_that_came_to_a_moment_stands_in_just_one_group(class_of_23: ClassDebrief) -> None:
    for parting in class_of_23.partings:
        assert sum(way.plays for way in parting.ways) == parting.reached <= parting.plays == 23


def test_each_school_says_what_it_would_have_done_there(class_of_23: ClassDebrief) -> None:
    schools = {each.school: each.kind for each in at_the_stall(class_of_23).schools}
    assert set(schools) == {"plan-a", "collector", "speed-first", "audition", "same-day"}
    assert schools["plan-a"] == "isolate"


def test_what_only_one_play_did_is_told_together_with_others(start: State) -> None:
    ends = [promising(start)] * 4 + [asking(start, closes=True)] * 4 + [play(stalled(start), "leave", "finish")]
    ways = at_the_stall(room(*ends)).ways
    assert [(way.kind, way.plays) for way in ways] == [("isolate", 4), ("vague-follow-up", 4), ("others", 1)]


def test_a_room_that_did_the_same_did_not_part(start: State) -> None:
    assert room(*[promising(start)] * 5).partings == ()


def test_no_seat_but_that_of_the_strong_run_is_known_and_none_is_told(class_of_23: ClassDebrief) -> None:
    assert dumps(asdict(class_of_23)).count('"seat"') == 1
    assert "seat" not in "\n".join(as_text(report(class_of_23), 80))


def test_the_strong_run_is_the_best_and_bears_its_name_only_if_its_owner_agrees(start: State) -> None:
    played = Played(0, True, (start,), {1: {0: promising(start)}, 2: {0: asking(start, closes=True)}})
    found = class_debrief(played)
    assert found.strong is not None
    assert found.strong.seat == 2
    assert [step.did for step in found.strong.steps][-2:] == ["What is there to think over?", "Shall we?"]
    for agreed, named in (({}, False), ({1: "Zoë"}, False), ({2: "Zoë"}, True)):
        assert ("Zoë" in "\n".join(as_text(report(found, names=agreed), 80))) == named


def test_who_was_disqualified_is_no_example(start: State) -> None:
    ends = {1: {0: asking(start, closes=True)}, 2: {0: asking(start, closes=True)}}
    strong = class_debrief(Played(0, True, (start,), ends, frozenset({1}))).strong
    assert strong is not None
    assert strong.seat == 2


def test_a_run_that_has_earned_nothing_is_no_example(start: State) -> None:
    assert room(promising(start), ringing(start)).strong is None


def test_it_says_who_could_have_been_closed_and_how_many_did(class_of_23: ClassDebrief) -> None:
    (ada,) = class_of_23.buyers[0].closable
    assert (ada.could, ada.met, ada.closed, ada.later) == (True, 23, 4, 0)
    assert "Ada could have decided in the first conversation: 20 of 23 asked, 4 closed then." in "\n".join(
        as_text(report(class_of_23), 100)
    )


def test_the_spread_has_every_run_once(class_of_23: ClassDebrief) -> None:
    spread = class_of_23.spread
    assert spread is not None
    assert len(spread.earned) == 23 == sum(spread.ended.values())
    assert list(spread.earned) == sorted(spread.earned)
    page = "\n".join(as_text(report(class_of_23), 100))
    assert page.count("●") == 23


@pytest.mark.parametrize(
    ("earned", "half"), [((5,), 5), ((1, 9), 9), ((1, 2, 9), 2), ((-667, -530, -382, -80), -382), ((1, 2, 3, 4, 5), 3)]
)
def test_half_of_the_room_is_no_more_of_it_than_has_to_be(earned: tuple[int, ...], half: int) -> None:
    assert Spread(earned, {}).middle == half


def test_the_picture_of_the_spread_has_round_steps() -> None:
    spread = Spread((-4_510, -4_490, -80, 0, 1_230, 9_980), {})
    (picture,) = (part for part in as_spread(spread, str) if isinstance(part, Table) and part.listed)
    assert picture.rows == (
        ("from 8000", "● "),
        ("from 6000", ""),
        ("from 4000", ""),
        ("from 2000", ""),
        ("from 0", "● ● "),
        ("from -2000", "● "),
        ("from -4000", ""),
        ("from -6000", "● ● "),
    )


def test_a_buyer_who_would_never_have_bought_is_told_apart(start: State) -> None:
    never = Game(written(SALE.replace("real: 100%", "real: 0%")).scenario).new_initial_state(7)
    text = "\n".join(as_text(report(room(play(never, "leave", "finish"), play(never, "leave", "finish"))), 200))
    assert "would never have bought from anybody: a clear no was the best there was, and 0 of 2 had it." in text


def test_the_buyers_can_be_met_again_at_home(class_of_23: ClassDebrief, start: State) -> None:
    assert "firstvisit play test-sale --seed 7" in "\n".join(as_text(report(class_of_23), 100))
    later = play(start, "ask-quiet")
    middle = class_debrief(Played(0, True, (later,), {1: {0: play(later, "leave", "finish")}}))
    assert "--seed" not in "\n".join(as_text(report(middle), 100))


def test_among_several_prospects_only_what_this_one_brought_is_compared() -> None:
    two = Game(bundled("friday-pipeline").scenario).new_initial_state(3)
    found = class_debrief(Played(0, True, (two,), {1: {0: play(two, "finish")}, 2: {0: play(two, "finish")}}))
    assert found.partings == ()
    assert [each.name for each in found.buyers[0].closable] == [one.buyer.name for one in two.game.scenario.prospects]


def test_a_sale_that_the_end_of_the_round_cut_off_counts_as_left_undecided(start: State) -> None:
    cut = room(stalled(start), promising(start))
    assert cut.spread is not None
    assert cut.spread.ended == {"expired": 2}


def test_a_buyer_whom_a_player_never_met_counts_for_them_as_in_the_ranking(start: State) -> None:
    both = class_debrief(Played(0, True, (start, start), {1: {0: promising(start)}}))
    assert both.spread is not None
    assert both.spread.earned == (earned(promising(start)) + earned(start),)
    assert both.spread.earned < (earned(promising(start)),)


def test_where_every_line_has_to_fit_a_table_that_is_too_wide_is_listed(class_of_23: ClassDebrief) -> None:
    parts = list(report(class_of_23))
    tables = [line for line in as_text(parts, 65) if len(line) > 65 and "firstvisit play" not in line]
    listed = list(as_text(parts, 65, all_fit=True))
    assert tables
    assert max(map(len, listed)) <= 65
    assert any(line.startswith("  earned on average: ") for line in listed)


def test_nobody_who_played_nothing_is_counted(start: State) -> None:
    played = Played(0, True, (start,), {1: {0: promising(start)}, 2: {}})
    assert class_debrief(played).players == 1
    nobody = class_debrief(Played(0, True, (start,), {1: {}}))
    assert nobody.players == 0
    assert "Nobody made a move" in "\n".join(as_text(report(nobody), 80))


def test_the_page_needs_nothing_else_and_takes_no_text_for_markup() -> None:
    text = SALE.replace("I need to think about it.", "<b>I</b> need & think.")
    start = Game(written(text).scenario).new_initial_state(7)
    page = as_html(report(room(*[promising(start)] * 4, *[asking(start, closes=True)] * 4)), "Class debrief")
    assert "&lt;b&gt;I&lt;/b&gt; need &amp; think." in page
    assert "<b>" not in page
    for outside in ("<script", "<link", "src=", "http://", "https://"):
        assert outside not in page


def test_a_page_that_writes_it_itself_gets_every_part_as_json_has_it(class_of_23: ClassDebrief) -> None:
    parts = loads(dumps(as_data(report(class_of_23))))
    assert parts[0] == {"kind": "heading", "text": "Class debrief: A test sale", "level": 1}
    assert {each["kind"] for each in parts} == {"heading", "paragraph", "table"}
    assert any(each.get("text") == parting_text(at_the_stall(class_of_23)) for each in parts)


def test_the_order_in_which_people_sat_does_not_matter(start: State) -> None:
    ends = [promising(start)] * 4 + [asking(start, closes=True)] * 4 + [ringing(start)] * 3
    assert room(*ends).partings == room(*reversed(ends)).partings
