"""The words to choose among, as they are typed, kept in files, and shown.

Reading them takes next to nothing: the command line needs them to say what it takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.scenario.vocabulary import PURPOSES
from engine.words import marked

SCHOOLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "plan-a": "Plan A",
        "collect-decisions": "Collect decisions",
        "speed-first": "Speed first",
        "audition": "Audition",
        "same-day": "Same day",
    }
)
"""The five schools, as a player reads them."""

SALES: Final = ("counter", "showroom", "in-home-visit", "inbound-lead", "long-sale", "pipeline")
"""The kinds of sale for which there is a template."""

CUES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "novice": marked("meters, manner and words"),
        "regular": marked("manner and words"),
        "expert": marked("words only"),
    }
)
"""What each cue level shows of the buyer, to be looked up."""

PURPOSE: Final[Mapping[str, str]] = MappingProxyType({kind: name for name, kinds in PURPOSES.items() for kind in kinds})
"""The purpose of a line by its kind."""

SKILLS: Final = tuple(name.lower() for name in PURPOSES)
"""The purposes of moves as words that name what a position trains."""
