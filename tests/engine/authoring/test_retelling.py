"""The same choices in a changed scenario, and the first thing that comes out differently; and runs kept as text."""

from __future__ import annotations

import pytest

from engine.authoring.blessing import BlessedError, accepted, as_text, blessed, compare, read
from engine.authoring.retelling import SAID, Difference, choices, difference, retell, tell
from engine.comparison import ghost
from engine.play import Game, State
from tests.engine.sales import BUNDLED, SHOP, bundled, written

TALK = ("where-to", "this-one", "what-it-costs", "have-it")


def talk(game: Game, *names: str, seed: int = 2) -> State:
    state = game.new_initial_state(seed)
    for name in names:
        state = state.apply_action(game.move_named(name))
    return state


def told_anew(old: str, new: str, *names: str) -> Difference | None:
    """The first difference that a change of the shop makes to a talk."""
    before = talk(written(SHOP), *(names or TALK))
    assert old in SHOP
    return difference(tell(before), retell(written(SHOP.replace(old, new)), before.seed, choices(before)))


def test_in_the_same_scenario_nothing_comes_out_differently() -> None:
    assert told_anew("Sam", "Sam") is None


def test_a_line_more_in_the_file_changes_nothing_that_was_said() -> None:
    assert told_anew("  where-to:", "  hello: {kind: small-talk, say: Hello.}\n  where-to:") is None


def test_a_line_that_is_gone_is_named() -> None:
    found = told_anew("  this-one: {kind: present, say: This one., meets: dry}\n", "")
    assert found is not None
    assert (found.step, found.line) == (2, 0)
    assert found.sentence == "There is no line 'this-one' any more."
    assert found.was == "This one."


def test_a_line_that_is_no_longer_offered_is_named_with_the_condition_that_fails() -> None:
    found = told_anew("say: This one.,", "say: This one., when: {knows: small},")
    assert found is not None
    assert found.sentence == "'this-one' cannot be said here any more: not told yet: small."


def test_another_wording_another_reply_and_another_effect_are_told_apart() -> None:
    said = told_anew("say: Where to?", "say: Which way?")
    assert said == Difference(1, 1, SAID, "What you say is worded otherwise.", "Where to?", "Which way?")
    reply = told_anew("say: This one., meets: dry}", "say: This one., meets: dry, replies: Nice.}")
    assert reply is not None
    assert reply.sentence == "The buyer says something else."
    moved = told_anew("say: Where to?,", "say: Where to?, trust: +20,")
    assert moved is not None
    assert (moved.step, moved.sentence) == (1, "The levels move otherwise.")


def test_a_buyer_drawn_otherwise_is_told_before_anything_that_comes_of_it() -> None:
    found = told_anew("real: 70%", "real: 0%")
    assert found is not None
    assert (found.step, found.sentence) == (0, "The seed draws another buyer.")
    assert found.now == "will never buy from anybody"


def test_a_line_that_takes_longer_makes_it_another_time() -> None:
    found = told_anew("say: Where to?,", "say: Where to?, takes: 9m,", "where-to", "how-big")
    assert found is not None
    assert found.sentence in ("It is another time.", "The levels move otherwise.")


def test_a_run_that_is_over_before_its_choices_are_says_so() -> None:
    before = talk(written(SHOP), "where-to", "bye")
    now = written(SHOP.replace("reveals: dry}", "reveals: dry, replies: {says: I must go., ends: visit}}"))
    found = difference(tell(before), retell(now, before.seed, choices(before)))
    assert found is not None
    assert found.step == 1


# --- kept as text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BUNDLED)
def test_what_is_kept_as_text_is_read_again_and_comes_out_as_it_did(name: str) -> None:
    game = bundled(name)
    kept = [blessed(player, ghost(game, 3, player)) for player in ("plan-a", "random")]
    _, again = read(as_text(kept, f"{name}.yaml"))
    assert [(one.who, one.seed, one.made, one.steps) for one in again] == [
        (one.who, one.seed, one.made, one.steps) for one in kept
    ]
    assert [compare(one, game).difference for one in again] == [None, None]


def test_a_difference_has_the_line_of_the_text_it_stands_in() -> None:
    text = as_text([blessed("plan-a", ghost(written(SHOP), 2, "plan-a"))], "shop.yaml")
    (one,) = read(text)[1]
    found = compare(one, written(SHOP.replace("say: Where to?", "say: Which way?")))
    assert found.line is not None
    assert text.split("\n")[found.line - 1] == "   > Where to?"
    assert found.ending == one.ending


def test_what_is_accepted_goes_on_where_the_choices_end() -> None:
    one = blessed("plan-a", ghost(written(SHOP), 2, "plan-a"))
    shorter = written(SHOP.replace("  have-it: {kind: ask-for-decision, say: Shall I ring it up?}\n", ""))
    found = compare(one, shorter)
    assert found.now.stopped
    again = accepted(found)
    assert again.made[: len(choices(found.now.state))] == choices(found.now.state)
    assert compare(again, shorter).difference is None
    assert not again.ending[0].startswith("Nothing is decided")


def test_authors_text_of_several_lines_and_with_signs_in_it_is_read_as_it_was_told() -> None:
    odd = SHOP.replace("say: Where to?", 'say: "1. bye (day 1, Mon 10:00)\\nrun: you, seed 3\\n   = end"')
    one = blessed("me.run", talk(written(odd), "where-to", "bye"))
    (again,) = read(as_text([one], "odd.yaml"))[1]
    assert again.steps == one.steps


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("first-visit blessed 2", 1),
        ("first-visit blessed 1\nwhat\n", 2),
        ("first-visit blessed 1\nrun: a, seed 1\n   > hm\n", 3),
        ("first-visit blessed 1\nrun: a, seed 1\n1. hm (now)\n", 3),
        ("first-visit blessed 1\nrun: a, seed 1\nbeginning (now)\n   ? hm\n", 4),
        ("first-visit blessed 1\nrun: a, seed 1\nbeginning (now)\n", 4),
        ("first-visit blessed 1\nrun: a, seed 1\nbeginning (now)\nend (now)\n1. hm (now)\n", 5),
        (f"first-visit blessed 1\nrun: a, seed {2**53}\n", 2),
    ],
)
def test_text_that_is_no_blessed_run_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BlessedError) as refused:
        read(text)
    assert refused.value.line == line
