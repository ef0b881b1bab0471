"""Claims about who decides: a buyer who puts a decision off, and says whose it is, has told that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest

from engine.scenario.compiled import Clause, Prospect, Reply
from engine.scenario.vocabulary import OUTCOMES
from tests.engine.sales import bundled

OTHERS: Final = {
    "roof-before-the-rain": r"Dale|\btwo of us\b|[Mm]y half|[Hh]alf of me|with a saw",
    "pricing-form": r"Marguerite",
    "long-audition": r"Shirin|Alan",
    "friday-pipeline": r"Rui|Elif|signatures|Zupan|[Bb]ursar",
    "saturday-showroom": r"Jonas",
}
"""Words for those who decide with the buyer, where they are not there."""
STALL: Final = tuple(OUTCOMES).index("stall")


def put_off(one: Prospect) -> Iterator[Reply]:
    """What is said to somebody who asks for the order while one of those who decide is missing."""
    own = (reply for line in one.lines if line.kind in ("ask-for-decision", "press") for reply in line.replies)
    for reply in (*own, *one.outcomes[STALL]):
        named = {clause.what: clause.of for clause in reply.when if isinstance(clause, Clause)}
        if 0 not in named.get("decides", (0,)) and named.get("without"):
            yield reply


@pytest.mark.parametrize("name", OTHERS)
def test_whoever_puts_it_off_to_somebody_has_told_who_decides(name: str) -> None:
    for one in bundled(name).scenario.prospects:
        decider = next(number for number, fact in enumerate(one.facts) if fact.sort == "decider")
        silent = [
            reply.says
            for reply in put_off(one)
            if any(re.search(OTHERS[name], text) for text in reply.says) and decider not in reply.reveals
        ]
        assert not silent
