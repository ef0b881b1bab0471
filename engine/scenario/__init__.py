"""What an author writes, and what it becomes once it is valid."""

from engine.scenario.compiled import Scenario
from engine.scenario.loading import check_scenario, read_scenario
from engine.scenario.problems import Problem, ScenarioErrors
from engine.scenario.summaries import Summary, summary

__all__ = ["Problem", "Scenario", "ScenarioErrors", "Summary", "check_scenario", "read_scenario", "summary"]
