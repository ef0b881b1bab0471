"""`firstvisit balance`: everybody plays a scenario, and what came of it is read as advice, with changes tried out."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.authoring.balancing import Course, follow
from engine.authoring.changes import changes
from engine.authoring.exploring import Exploration, begin, explore
from engine.authoring.findings import findings
from engine.authoring.proving import prove
from engine.doctrines import DOCTRINES, FOILS, SCHOOLS, Doctrine, Script, known_script
from engine.expectations import Finding, judged, of_script
from engine.listening import LISTENER, READER
from engine.rules import Rules, prepare
from engine.scenario import Problem, Scenario, check_scenario
from engine.scenario.problems import in_order
from game import library, pool
from game.bar import progress
from game.cli import tell
from game.errors import FINE, NOT_DONE, STOPPED, Failure
from game.rehearsing import rehearsed
from game.report.balance import Balance, as_data, parts
from game.report.output import deliver, must_be_writable, written
from game.visible import json_text
from game.wording import count

_CHUNK: Final = 50
"""Runs handed to a worker at a time."""
PLAYS: Final = 300
"""Plays that look for what never comes up."""


@dataclass(frozen=True, slots=True)
class Job:
    """Runs by one player of the scenario as it is (0), or with the change of this number less one."""

    version: int
    player: str
    seeds: range


class Play:
    """Plays jobs, in whichever process it is called; each version is prepared there once."""

    def __init__(self, versions: Sequence[Scenario], script: Script | None) -> None:
        self._versions = versions
        self._script = script
        self._rules: dict[int, Rules] = {}

    def __call__(self, job: Job) -> Course:
        if job.version not in self._rules:
            self._rules[job.version] = prepare(self._versions[job.version])
        return follow(self._rules[job.version], self._doctrine(job.player), job.seeds)

    def _doctrine(self, player: str) -> Doctrine:
        script = self._script
        if player == READER and script is not None:
            return lambda rules, key: script.read_out()
        return DOCTRINES[player]


def balance(options: Namespace) -> int:
    """Play the scenario named, and print or write what came of it.

    Returns 0, or 130 when it was stopped with Ctrl+C and reported what had been done. Raises `Failure` for what cannot
    be done.
    """
    if options.output is not None:
        must_be_writable(options.output)
    path = library.find(options.name, options.scenarios)
    text = library.read_bytes(path)
    scenario, problems = check_scenario(text, str(path))
    if scenario is None:
        raise Failure(
            f"{path} has {count(sum(each.level == 'error' for each in problems), 'error')} and cannot be played; "
            f"'firstvisit check {path}' names what is wrong.",
            NOT_DONE,
        )
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
    until = time.monotonic() + options.budget if options.budget else None
    script = rehearsed(scenario, rules, processes) if options.script else known_script(rules)
    tried = changes(scenario)
    work = list(_jobs(options, script, len(tried)))
    courses: dict[tuple[int, str], Course] = {}
    stopped = interrupted = False
    play = Play([scenario, *(change.scenario for change in tried)], script)
    with (
        progress(f"balancing {scenario.id}", sum(len(job.seeds) for job in work)) as advance,
        closing(pool.results(play, work, processes)) as done,
    ):
        try:
            for place, course in done:
                key = work[place].version, work[place].player
                courses[key] = courses[key] + course if key in courses else course
                advance(len(work[place].seeds))
                if until is not None and time.monotonic() >= until:
                    stopped = True
                    break
        except KeyboardInterrupt:
            stopped = interrupted = True
    own = {player: course for (version, player), course in courses.items() if not version}
    if any(school not in own for school in SCHOOLS):
        return None
    changed = [
        (change, {school: courses[number, school] for school in SCHOOLS})
        for number, change in enumerate(tried, 1)
        if all((number, school) in courses and courses[number, school].runs == own[school].runs for school in SCHOOLS)
    ]
    exploration = explore(begin(scenario), 0 if stopped else PLAYS)
    return Balance(
        scenario=scenario,
        rules=rules,
        seed=options.seed,
        runs=min(own[school].runs for school in SCHOOLS),
        stopped=stopped,
        interrupted=interrupted,
        courses=own,
        changed=changed,
        expectations=_expectations(scenario, own),
        problems=_wrong(text, path, scenario, exploration, problems),
        plays=exploration.plays,
    )


def _wrong(
    text: bytes, path: Path, scenario: Scenario, exploration: Exploration, known: Sequence[Problem]
) -> tuple[Problem, ...]:
    """What `check` says of the file, but for hints."""
    found = [*known, *findings(text, str(path), scenario, exploration, known, prove(exploration.rules))]
    return in_order([each for each in found if each.level != "hint"])


def _jobs(options: Namespace, script: Script | None, tried: int) -> Iterator[Job]:
    """Yield all the work, so that stopping early leaves as much of everyone's: the scenario as it is, the changes, and
    last those who search."""
    seeds = [
        range(options.seed + begun, options.seed + min(begun + _CHUNK, options.n))
        for begun in range(0, options.n, _CHUNK)
    ]
    for some in seeds:
        for player in (*SCHOOLS, *FOILS):
            yield Job(0, player, some)
    for version in range(1, tried + 1):
        for some in seeds:
            for school in SCHOOLS:
                yield Job(version, school, some)
    for seed in range(options.seed, options.seed + options.expert_runs):
        yield Job(0, LISTENER, range(seed, seed + 1))
        if script is not None:
            yield Job(0, READER, range(seed, seed + 1))


def _expectations(scenario: Scenario, own: dict[str, Course]) -> tuple[Finding, ...]:
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
