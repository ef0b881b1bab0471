"""`firstvisit check`: every problem of every file, at once."""

from __future__ import annotations

import os
import time
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from game import __version__
from game.computing.exploring import explored
from game.home import profile
from game.shelf import library
from game.shelf.diagnostics import as_github, as_json, as_sarif, render, tally, where_to_read_more
from game.shelf.scenario_files import PACK_FILE, files_at, read_bytes
from game.text.bar import progress
from game.text.telling import tell
from game.words.errors import FINE, NOT_DONE, STOPPED, WRONG, NotFound
from game.words.visible import json_text, visible, visible_lines

if TYPE_CHECKING:
    from engine.authoring.exploring import Exploration
    from engine.authoring.proving import Proof
    from engine.expectations import Expectation
    from engine.scenario import Problem, Scenario
    from engine.scenario.problems import Level, Spot


_VERDICTS = {"met": "met", "not met": "NOT MET", "undecided": "undecided"}


def check(options: Namespace) -> int:
    """Check the files named and print what is wrong in them.

    Returns 0 without errors (with `--strict` without warnings too; hints are neither), 1 with them or with expectations
    that are not met (undecided is neither), 2 if a file could not be read, 130 when Ctrl+C ended the plays.
    """
    shape = "json" if options.json else options.format
    wrong = ("error", "warning") if options.strict else ("error",)
    listed: list[Problem] = []
    expectations: list[dict[str, object]] = []
    checked, code = _all_checked(options.paths)
    here = library.by_id() if checked else {}
    stopped = False
    for one in checked:
        file, text, scenario = one.file, one.text, one.scenario
        beside = [*_same_id(one, checked, here), *_translated(one, checked, here)]
        problems = one.problems + _heeded(one, beside)
        exploration: Exploration | None = None
        if scenario is not None and not stopped:
            exploration, stopped = explored(scenario, options.explore, options.plays)
        proof = _proof(exploration) if exploration is not None else None
        if exploration is not None and scenario is not None:
            problems += _played(one, scenario, exploration, proof)
        listed.extend(problems)
        if any(problem.level in wrong for problem in problems):
            code = max(code, WRONG)
        if shape == "text":
            if problems:
                print(render(problems, text), end="\n\n")
            print(f"{visible(str(file))}: {tally(problems)}{_times(exploration, proof)}")
            if problems:
                print(f"  {where_to_read_more(problems)}")
        if options.expect and scenario is not None and not stopped:
            found, stopped = _expected(scenario, options.expert_runs, options.budget)
            expectations.extend({"file": str(file), "met": one.met} | asdict(one) for one in found)
            if any(one.verdict == "not met" for one in found):
                code = max(code, WRONG)
            if shape == "text":
                _print_expectations(found)
    _print_whole(shape, listed, expectations if options.expect else None)
    if stopped:
        tell("Stopped: the rest was only read, and not played.")
        return STOPPED
    return code


def _print_whole(shape: str, listed: Sequence[Problem], expectations: Sequence[dict[str, object]] | None) -> None:
    """Print what programs read: all problems of all files at once, with what came of the expectations if asked for."""
    if shape == "json":
        told = as_json(listed)
        print(json_text(told if expectations is None else {"problems": told, "expectations": expectations}))
    elif shape == "github" and listed:
        print(visible_lines(as_github(listed)))
    elif shape == "sarif":
        from game.authoring.pages import titles  # takes longer to import than a file takes to check

        print(json_text(as_sarif(listed, titles(), __version__)))


class _Checked(NamedTuple):
    """One file, and what is wrong with it by itself."""

    file: Path
    text: bytes
    id: str | None
    """Its id, as far as there is one to read."""
    scenario: Scenario | None
    problems: list[Problem]


def _all_checked(paths: Iterable[Path]) -> tuple[list[_Checked], int]:
    """Check every file at these paths by itself; return them with an exit code. What cannot be read is said."""
    checked: list[_Checked] = []
    code = FINE
    for path in paths:
        try:
            for file in [*files_at(path), *_pack_file(path)]:
                try:
                    checked.append(_checked(file))
                except NotFound as error:
                    tell(str(error))
                    code = NOT_DONE
        except NotFound as error:
            tell(str(error))
            code = NOT_DONE
    return checked, code


def _pack_file(folder: Path) -> list[Path]:
    """What a folder says of itself, if it is to become a pack."""
    file = folder / PACK_FILE
    return [file] if os.path.isfile(file) else []


def _checked(file: Path) -> _Checked:
    """Check one file by itself. Raises `NotFound` if it cannot be read."""
    from engine.scenario import ScenarioErrors, check_scenario, summary

    text = read_bytes(file)
    if file.name == PACK_FILE:
        return _Checked(file, text, None, None, _of_pack(text, file))
    scenario, problems = check_scenario(text, str(file))
    try:
        id = summary(text, str(file)).id
    except ScenarioErrors:  # then it is told what is wrong with it
        id = None
    return _Checked(file, text, id, scenario, list(problems))


def _of_pack(text: bytes, file: Path) -> list[Problem]:
    """What is wrong in what a folder says of itself."""
    from engine.scenario import ScenarioErrors
    from game.shelf.packs import about

    try:
        about(text, str(file))
    except ScenarioErrors as error:
        return list(error.problems)
    return []


def _proof(exploration: Exploration) -> Proof | None:
    from engine.authoring.proving import prove

    return prove(exploration.rules)


def _played(one: _Checked, scenario: Scenario, exploration: Exploration, proof: Proof | None) -> list[Problem]:
    """What plays found wrong with a file that has no errors, and what is proved to be."""
    from engine.authoring.findings import findings

    found = findings(one.text, str(one.file), scenario, exploration, one.problems, proof)
    return _heeded(one, found)


def _heeded(one: _Checked, found: Iterable[Problem]) -> list[Problem]:
    """Those of the problems found by playing, or beside other files, that no comment in the file asks to ignore."""
    from engine.scenario.ignoring import heeded

    return heeded(found, one.text.decode("utf-8", "replace").splitlines(), str(one.file), sorts="")


def _times(exploration: Exploration | None, proof: Proof | None) -> str:
    """What a verdict rests on: ` (played 312 times, seed 0)`."""
    if exploration is None:
        return ""
    states = f"; visited all {proof.states:,} states" if proof is not None and proof.states else ""
    return f" (played {exploration.plays:,} times, seed {exploration.seed}{states})"


def _same_id(one: _Checked, checked: Iterable[_Checked], here: Mapping[str, Sequence[Path]]) -> list[Problem]:
    """What is wrong with a file among the others: that another one has its id. The same text twice counts as one.

    That is an error among the files that are checked together, and worth knowing of a file that the game finds `here`.
    One in a pack that is installed is mostly what the author has packed of it.
    """
    if one.id is None:
        return []
    others = {str(each.file) for each in checked if each.id == one.id and each.text != one.text}
    if others:
        return [_clash(one, "error", others, "give one of them another id: scenarios are looked up by it")]
    found = {str(path) for path in here.get(one.id, ()) if read_bytes(path) != one.text}
    if found and all(Path(path).is_relative_to(profile.packs_dir()) for path in found):
        help = "if it is this one as you packed it, pack and install it again; else give one of them another id"
        return [_clash(one, "hint", found, help)]
    if found:
        return [_clash(one, "warning", found, "give it another id: until then each can only be played by its path")]
    return []


def _clash(one: _Checked, level: Level, others: Iterable[str], help: str) -> Problem:
    from engine.scenario import Problem

    message = f"`{one.id}` is also the id of {' and '.join(sorted(others))}"
    return Problem("FV304", level, str(one.file), _spot(one, "id"), message, help)


def _spot(one: _Checked, field: str) -> Spot:
    """Where the value of a field at the top of a file stands; its beginning, if that cannot be read."""
    from engine.scenario import ScenarioErrors
    from engine.scenario.problems import Spot
    from engine.scenario.reading import read_tree

    try:
        return read_tree(one.text, str(one.file)).spot((field,))
    except ScenarioErrors:
        return Spot(1, 1)


def _translated(one: _Checked, checked: Iterable[_Checked], here: Mapping[str, Sequence[Path]]) -> list[Problem]:
    """What a translation has and its original has not, or the other way round. The original is looked for among the
    files that are checked together, and among those that the game finds `here`."""
    from engine.scenario import Problem
    from engine.scenario.translations import differences

    scenario = one.scenario
    if scenario is None or scenario.translation_of in ("", scenario.id):
        return []
    id = scenario.translation_of
    beside = (each.scenario for each in checked if each.id == id)
    original = next((each for each in (*beside, *map(_read, here.get(id, ()))) if each is not None), None)
    found = [f"no scenario here has the id `{id}`"] if original is None else differences(scenario, original)
    help = (
        "both are played alike only with the same ids and as many replies"
        if original is not None
        else "check it together with that one"
    )
    spot = _spot(one, "translation-of")
    return [Problem("FV429", "hint", str(one.file), spot, message, help) for message in found]


def _read(path: Path) -> Scenario | None:
    """The scenario in a file that the game finds; None where it cannot be read."""
    from engine.scenario import ScenarioErrors

    with suppress(NotFound, ScenarioErrors):
        return library.load(path)
    return None


def _expected(scenario: Scenario, runs: int | None, budget: int | None) -> tuple[tuple[Expectation, ...], bool]:
    """Let the computer players play, and hold what comes out against what the author expects. Those who search meet
    as many buyers as `runs` says and stop after `budget` seconds, and everybody at Ctrl+C; return what was found by
    then, and whether that came."""
    from engine.expectations import EXPERT_RUNS, PLAYERS, RUNS, expectations, of_script
    from engine.play import Game

    begun = time.monotonic()
    waiting = "The computer players play it; that takes some seconds ..."
    found: tuple[Expectation, ...] = ()
    try:
        with progress(f"playing {scenario.id}", RUNS * len(PLAYERS), waiting) as advance:
            found = expectations(Game(scenario), RUNS, advance)
        if scenario.expect.script is None:
            return found, False
        from game.computing.many_runs import compared

        until = begun + budget if budget is not None else None
        share, stopped = compared(scenario, runs or EXPERT_RUNS, until)
    except KeyboardInterrupt:  # before there was anything to hold against it
        return found, True
    return (*found, of_script(scenario.expect.script, share)), stopped


def _print_expectations(found: tuple[Expectation, ...]) -> None:
    if not found:
        print("  nothing is expected: the file has no `expect`")
    for one in found:
        print(f"  {_VERDICTS[one.verdict]}: {one.expected}")
        print(f"    found: {one.found}")
        if one.verdict == "undecided":
            print(f"    {_more(one)}")


def _more(one: Expectation) -> str:
    """How many runs would decide an expectation that is undecided, and the command that plays them."""
    how = "more runs may settle it" if one.needed is None else f"about {one.needed:,} runs may decide it"
    runs = "N" if one.needed is None else one.needed
    if one.searching:
        return f"{how}: firstvisit check FILE --expect --expert-runs {runs}"
    return f"{how}: firstvisit balance FILE --runs {runs}"
