"""`firstvisit balance`: everybody plays a scenario, and what came of it is read as advice, with changes tried out."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.authoring.changes import changes
from engine.authoring.exploring import Exploration, begin, explore
from engine.authoring.findings import findings
from engine.authoring.following import Course, follow
from engine.authoring.parts import Part, marked
from engine.authoring.proving import prove
from engine.authoring.without import without, worth
from engine.doctrines import DOCTRINES, FOILS, SCHOOLS, Doctrine, Script, known_script
from engine.expectations import Expectation, judged, of_script
from engine.listening import LISTENER, READER
from engine.rules import Rules, prepare
from engine.scenario import Problem, Scenario, check_scenario
from engine.scenario.problems import in_order
from game.computing import pool
from game.computing.climbing import best_script
from game.report.balance import Balance, as_data, parts
from game.report.output import deliver, must_be_writable, written
from game.shelf import library
from game.shelf.loading import unfit
from game.shelf.scenario_files import read_bytes
from game.text.bar import progress
from game.text.telling import tell
from game.words.errors import FINE, STOPPED
from game.words.visible import json_text

_CHUNK: Final = 50
"""Runs handed to a worker at a time."""
PLAYS: Final = 300
"""Plays that look for what never comes up."""
AGAIN: Final = 60
"""Runs of each school, at most, that are played again without a line, a reply or a need."""


@dataclass(frozen=True, slots=True)
class Job:
    """Runs by one player of a version of the scenario."""

    version: int
    player: str
    seeds: Sequence[int]


class Play:
    """Plays jobs, in whichever process it is called. There a version is prepared once, and kept until the next."""

    def __init__(
        self, versions: Sequence[Scenario], script: Script | None, marks: Mapping[str, Part] | None = None
    ) -> None:
        """What buyers say is listened for where there are `marks` for the texts of the versions."""
        self._versions = versions
        self._script = script
        self._marks = marks
        self._prepared: tuple[int, Rules] | None = None

    def __call__(self, job: Job) -> Course:
        if self._prepared is None or self._prepared[0] != job.version:
            self._prepared = job.version, prepare(self._versions[job.version])
        return follow(self._prepared[1], self._doctrine(job.player), job.seeds, self._marks)

    def _doctrine(self, player: str) -> Doctrine:
        script = self._script
        if player == READER and script is not None:
            return lambda rules, key: script.read_out()
        return DOCTRINES[player]


def balance(options: Namespace) -> int:
    """Play the scenario named, and print or write what came of it.

    Returns 0, or 130 when it was stopped with Ctrl+C or a signal and reported what had been done. Raises `Failure` for
    what cannot be done.
    """
    must_be_writable(options.output)
    path = library.find(options.scenario, options.scenarios)
    text = read_bytes(path)
    scenario, problems = check_scenario(text, str(path))
    if scenario is None:
        raise unfit(problems, path, "played")
    found = _balance(scenario, text, path, problems, options)
    if found is None:
        tell("Stopped before every school had played.")
        return STOPPED
    _report(found, options)
    if found.interrupted:
        tell("Stopped: the report holds the runs that were done.")
        return STOPPED
    return FINE


def _balance(
    scenario: Scenario, text: bytes, path: Path, problems: Sequence[Problem], options: Namespace
) -> Balance | None:
    """Let everybody play; None if it was stopped before every school had."""
    rules = prepare(scenario)
    processes = options.processes or pool.usable_processors()
    script = best_script(scenario, rules, processes) if options.script else known_script(rules)
    table = _Table(script, processes, time.monotonic() + options.budget if options.budget else None)
    tried = changes(scenario)
    whole, marks = marked(scenario)
    seeds = [
        range(options.seed + begun, options.seed + min(begun + _CHUNK, options.runs))
        for begun in range(0, options.runs, _CHUNK)
    ]
    everybody = [Job(0, player, some) for some in seeds for player in (*SCHOOLS, *FOILS)]
    own = table.play(f"balancing {scenario.id}", [whole], everybody, marks).get(0, {})
    if any(school not in own for school in SCHOOLS):
        return None
    schools = {name: own[name] for name in SCHOOLS}
    changed = table.play(
        "trying changes",
        [change.scenario for change in tried],
        [Job(version, school, some) for version in range(len(tried)) for some in seeds for school in SCHOOLS],
    )
    left_out = () if table.stopped else without(rules, schools, AGAIN)
    again = table.play(
        "leaving things out",
        [each.scenario for each in left_out],
        [Job(version, name, some) for version, each in enumerate(left_out) for name, some in each.seeds.items()],
    )
    searching = table.play("the expert", [whole], list(_searching(options, script)), marks)
    exploration = explore(begin(scenario), 0 if table.stopped else PLAYS)
    courses = own | searching.get(0, {})
    return Balance(
        scenario=scenario,
        rules=rules,
        seed=options.seed,
        runs=min(course.runs for course in schools.values()),
        stopped=table.stopped,
        interrupted=table.interrupted,
        courses=courses,
        changed=[
            (change, changed[number])
            for number, change in enumerate(tried)
            if _all_played(changed.get(number, {}), {name: course.runs for name, course in schools.items()})
        ],
        worth=[
            worth(schools, each, again[number])
            for number, each in enumerate(left_out)
            if _all_played(again.get(number, {}), {name: len(some) for name, some in each.seeds.items()})
        ],
        expectations=_expectations(scenario, courses),
        problems=_wrong(text, path, scenario, exploration, problems),
        plays=exploration.plays,
    )


@dataclass(slots=True)
class _Table:
    """Where everything is played, until the time is over or somebody stops it."""

    script: Script | None
    processes: int
    until: float | None
    stopped: bool = False
    """Whether not everything was played."""
    interrupted: bool = False

    def play(
        self, what: str, versions: Sequence[Scenario], jobs: Sequence[Job], marks: Mapping[str, Part] | None = None
    ) -> dict[int, dict[str, Course]]:
        """What came of jobs, or of those that were done, for each version by player."""
        courses: dict[int, dict[str, Course]] = {}
        if self.stopped or not jobs:
            return courses
        with (
            progress(what, sum(len(job.seeds) for job in jobs)) as advance,
            closing(pool.results(Play(versions, self.script, marks), jobs, self.processes)) as done,
        ):
            try:
                for place, course in done:
                    job = jobs[place]
                    own = courses.setdefault(job.version, {})
                    own[job.player] = own[job.player] + course if job.player in own else course
                    advance(len(job.seeds))
                    if self.until is not None and time.monotonic() >= self.until:
                        self.stopped = True
                        break
            except KeyboardInterrupt:
                self.stopped = self.interrupted = True
        return courses


def _all_played(courses: Mapping[str, Course], runs: Mapping[str, int]) -> bool:
    """Whether each of these players has played so many runs."""
    return all(name in courses and courses[name].runs == most for name, most in runs.items())


def _wrong(
    text: bytes, path: Path, scenario: Scenario, exploration: Exploration, known: Sequence[Problem]
) -> tuple[Problem, ...]:
    """What `check` says of the file, but for hints."""
    found = [*known, *findings(text, str(path), scenario, exploration, known, prove(exploration.rules))]
    return in_order([each for each in found if each.level != "hint"])


def _searching(options: Namespace, script: Script | None) -> Iterator[Job]:
    """Runs of those who take longest, in turn, so that stopping early leaves as many of each."""
    for seed in range(options.seed, options.seed + options.expert_runs):
        yield Job(0, LISTENER, (seed,))
        if script is not None:
            yield Job(0, READER, (seed,))


def _expectations(scenario: Scenario, own: dict[str, Course]) -> tuple[Expectation, ...]:
    """What the author expects, held against these runs, as far as those it names have played."""
    earned = {name: [value for _, value in own[name].earned] for name in (*SCHOOLS, "random") if name in own}
    named = [name for name, _ in scenario.expect.first_visit_close]
    if "random" not in earned or any(name not in own for name in named):
        return ()
    if len({len(each) for each in earned.values()}) > 1:
        return ()
    closes = {name: (own[name].count("end order-first-visit"), own[name].count("prospects")) for name in named}
    found = judged(scenario, earned, closes)
    if scenario.expect.script is not None and {READER, LISTENER} <= own.keys():
        from engine.listening import listening

        found += (of_script(scenario.expect.script, listening(dict(own[READER].earned), dict(own[LISTENER].earned))),)
    return found


def _report(found: Balance, options: Namespace) -> None:
    """Print the report, or write it where it was asked for. Raises `SaveError`."""
    as_page = f"{found.scenario.title}: balance"
    text = json_text(as_data(found)) + "\n" if options.json else written(parts(found), as_page, options.output)
    deliver(text, options.output)
