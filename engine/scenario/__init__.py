"""What an author writes, and what it becomes once it is valid.

Each name is imported when it is asked for: the words of the format, and a list of scenarios, need little of what reads
a whole one.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.scenario.compiled import Scenario
    from engine.scenario.loading import check_scenario, read_scenario
    from engine.scenario.problems import Problem, ScenarioErrors
    from engine.scenario.summaries import Summary, summary

__all__ = ["Problem", "Scenario", "ScenarioErrors", "Summary", "check_scenario", "read_scenario", "summary"]

_PLACES = {
    "Problem": "problems",
    "Scenario": "compiled",
    "ScenarioErrors": "problems",
    "Summary": "summaries",
    "check_scenario": "loading",
    "read_scenario": "loading",
    "summary": "summaries",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
