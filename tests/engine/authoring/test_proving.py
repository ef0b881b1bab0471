"""What is proved never to come up, and that no run ever comes upon it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.authoring.exploring import begin, explore
from engine.authoring.proving import MOST_STEPS, prove
from engine.rules import Rules
from engine.scenario.compiled import Scenario
from tests.engine.imagined import scenario as imagined
from tests.engine.sales import BUNDLED, bundled

KINDS = {"offered", "reply", "stage", "interrupt", "ask", "priced-ask"}
"""The parts that a proof is about."""


def impossible(scenario: Scenario, most: int, plays: int) -> list[str]:
    """What plays came upon although it is proved that nothing can."""
    found = explore(begin(scenario), plays)
    proof = prove(found.rules, most)
    assert proof is not None
    wrong = [str(part) for part in found.found if part.what in KINDS and part not in proof.possible]
    for who, (minutes, _) in found.first_ask.items():
        first = proof.first_ask[who]
        if first is None or minutes < first:
            wrong.append(f"asked after {minutes} minutes, proved {first}")
    return wrong


@pytest.mark.parametrize("seed", [*range(8), 176, 221])
def test_no_run_of_a_scenario_made_at_random_does_what_cannot_be(seed: int) -> None:
    assert impossible(imagined(seed), MOST_STEPS // 6, 20) == []


@pytest.mark.parametrize("seed", range(10, 16))
def test_nor_where_states_are_taken_for_one(seed: int) -> None:
    assert impossible(imagined(seed), 10, 20) == []


@pytest.mark.parametrize("seed", range(20, 30))
def test_nor_where_every_state_is_told_apart(seed: int) -> None:
    """Scenarios cut down to a few lines, so that they can be."""
    whole = imagined(seed)
    one = whole.prospects[0]
    few = replace(
        whole,
        prospects=(
            replace(one, lines=one.lines[:5], interrupts=one.interrupts[:1], outcomes=((),) * len(one.outcomes)),
        ),
    )
    assert impossible(_named_lines_only(few), 60_000, 25) == []


def _named_lines_only(scenario: Scenario) -> Scenario:
    """The scenario without conditions on lines that have been cut off."""
    (one,) = scenario.prospects

    def fits(clause: object) -> bool:
        what, of = getattr(clause, "what", ""), getattr(clause, "of", ())
        return what != "any" and not (what in ("said", "said-not") and any(place >= len(one.lines) for place in of))

    def cut(when: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(clause for clause in when if fits(clause))

    def line(old: object) -> object:
        replies = tuple(replace(reply, when=cut(reply.when)) for reply in old.replies)  # type: ignore[attr-defined]
        return replace(old, when=cut(old.when), replies=replies)  # type: ignore[type-var,attr-defined]

    return replace(
        scenario,
        prospects=(
            replace(
                one,
                lines=tuple(line(old) for old in one.lines),  # type: ignore[misc]
                stages=tuple(replace(stage, until=None) for stage in one.stages),
                interrupts=tuple(replace(each, when=cut(each.when)) for each in one.interrupts),  # type: ignore[arg-type]
            ),
        ),
    )


@pytest.mark.parametrize("name", BUNDLED)
def test_nothing_is_proved_of_a_bundled_scenario_that_its_plays_disprove(name: str) -> None:
    scenario = bundled(name).scenario
    assert impossible(scenario, MOST_STEPS // 6, 60) == []


def test_a_proof_does_not_hang_on_the_number_of_steps() -> None:
    """More steps tell more states apart, so what is possible can only become less."""
    rules: Rules = bundled("first-five-minutes").rules
    few, many = prove(rules, 1_000), prove(rules, 20_000)
    assert few is not None
    assert many is not None
    assert many.possible <= few.possible
