"""Runs of the bundled scenarios, read as a careful reader does: nobody repeats themselves, knows what nobody has told,
or answers another question."""

from __future__ import annotations

import pytest

from engine.doctrines import SCHOOLS
from engine.units import DAY, HOUR
from tests.engine.sales import BUNDLED
from tests.scenarios.transcripts import RULES, Remark, Transcript, faults, played

SEEDS = range(200)


@pytest.mark.parametrize("scenario", BUNDLED)
def test_no_run_at_random_makes_a_reader_stumble(scenario: str) -> None:
    assert [str(fault) for seed in SEEDS for fault in faults(played(scenario, seed, "random"))] == []


@pytest.mark.parametrize("scenario", BUNDLED)
def test_no_run_of_somebody_who_keeps_ringing_makes_a_reader_stumble(scenario: str) -> None:
    assert [str(fault) for seed in SEEDS for fault in faults(played(scenario, seed, "ringing"))] == []


@pytest.mark.parametrize("scenario", BUNDLED)
def test_no_run_of_a_school_makes_a_reader_stumble(scenario: str) -> None:
    schools = tuple(SCHOOLS)
    runs = (played(scenario, seed, schools[seed % len(schools)]) for seed in SEEDS)
    assert [str(fault) for run in runs for fault in faults(run)] == []


def remark(by: str, text: str, minute: int = 0, **more: object) -> Remark:
    """A remark in the first conversation of a run of the roof."""
    kept = {
        "line": "why-now",
        "talk": 1,
        "answer": "",
        "known": frozenset[str](),
        "broken": 0,
        "channel": "visit",
    } | more
    return Remark(minute, 0, by, text, **kept)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "remarks"),
    [
        ("named before it was told", [remark("seller", "I have the insurer's form here.")]),
        ("nobody introduced them", [remark("buyer", "Mr Prentice said the same.")]),
        ("said twice", [remark("buyer", "Leave it open. I can't say."), remark("buyer", "Not now. Leave it open.", 9)]),
        ("an answer to something else", [remark("buyer", "My mother did. Did you want to start outside or inside?")]),
        ("greeted twice", [remark("buyer", "Yes?", answer="reached"), remark("buyer", "Hello, it's Marit.", 3)]),
        ("goodbye, and on", [remark("buyer", "Goodbye, then."), remark("seller", "So, shall we?")]),
        ("seen on the telephone", [remark("buyer", '"Three," she says, and holds up three fingers.', channel="call")]),
        ("heard in writing", [remark("buyer", "Anika speaking. The floor people?", channel="text")]),
        ("at the wrong time", [remark("buyer", "Already? I've still got your cup in my hand.")]),
        ("at the wrong time", [remark("buyer", "Yes."), remark("buyer", "Already? My cup is warm.", 200, talk=2)]),
        ("at the wrong time", [remark("seller", "Monday?"), remark("buyer", "You wanted to know that just before.")]),
        ("at the wrong time", [remark("narrator", "Somebody is being put to bed.", 2 * DAY - 7 * HOUR)]),
        ("recalled wrongly", [remark("buyer", "As I said, noise.")]),
        ("recalled wrongly", [remark("seller", "Monday?"), remark("buyer", "You put it so a minute ago.", 90)]),
        ("recalled wrongly", [remark("buyer", "You again, good.", answer="reached", broken=1)]),
    ],
)
def test_each_rule_stumbles_over_what_it_is_for(rule: str, remarks: list[Remark]) -> None:
    run = Transcript("roof-before-the-rain", 0, "nobody", tuple(remarks))
    assert [why for _, why in RULES[rule](run)]
