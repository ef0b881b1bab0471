"""The commands that list and replay. Each takes the options and returns an exit code."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.scenario.vocabulary import RESULTS
from game import library, lines, profile
from game.cli import tell
from game.errors import FINE, WRONG, Failure, NotFound
from game.files import read_regular
from game.visible import json_text, visible
from game.wording import count, school_name

if TYPE_CHECKING:
    from engine.play import Game, State
    from engine.record import Record


def _print_json(found: Any) -> None:
    print(json_text(found))


# --- lists -----------------------------------------------------------------------------------------------------------


def list_scenarios(options: Namespace) -> int:
    found, unreadable = library.entries(options.scenarios)
    if options.json:
        _print_json(
            [
                {
                    "id": entry.summary.id,
                    "title": entry.summary.title,
                    "school": entry.summary.school,
                    "path": str(entry.path),
                    "situation": entry.summary.situation,
                    "difficulty": entry.summary.difficulty,
                    "best": entry.best,
                    "unfinished": [str(path) for path in entry.unfinished],
                }
                for entry in found
            ]
        )
    else:
        _print_list(found)
    for file in unreadable:
        tell(f"{file.path} is left out: {file.why}")
    return FINE


def _print_list(found: Iterable[library.Entry]) -> None:
    for entry in found:
        summary = entry.summary
        facts = [school_name(summary.school), f"difficulty {summary.difficulty} of 3"]
        if entry.best is not None:
            facts.append(f"best {entry.best}% of par")
        if entry.unfinished:
            facts.append(f"{len(entry.unfinished)} unfinished")
        print(visible(summary.id))
        text = f"{summary.title} ({', '.join(facts)}). {summary.situation}"
        print("\n".join(lines.wrapped(visible(text), lines.width(), first="    ")))


def list_runs(options: Namespace) -> int:
    found = list(profile.runs())
    if options.json:
        _print_json(
            [
                {
                    "path": str(each.path),
                    "scenario": each.header.scenario,
                    "seed": each.header.seed,
                    "finished": each.finished,
                    "moves": each.moves,
                    "started": each.header.started,
                    "cues": each.header.cues,
                    "live": each.header.live,
                    "retry_of": each.header.retry_of,
                    "results": dict(each.closing.results) if each.closing else None,
                    "value": each.closing.value if each.closing else None,
                    "conduct": each.closing.conduct if each.closing else None,
                    "par": each.closing.par if each.closing else None,
                }
                for each in found
            ]
        )
        return FINE
    if not found:
        print("No run has been played yet. Begin one with: firstvisit play first-five-minutes")
    for each in found:
        print(f"{each.when}  {_outcome(each)}\n    {visible(each.path.name)}")
    return FINE


def _outcome(run: profile.Run) -> str:
    about = f"{run.header.scenario}, seed {run.header.seed}, {count(run.moves, 'move')}"
    if run.closing is None:
        return f"{about}: unfinished"
    results = ", ".join(dict.fromkeys(RESULTS.get(result, result) for _, result in run.closing.results))
    par = f", {run.closing.par}% of par" if run.closing.par is not None else ""
    return f"{about}: {results}{par}, conduct {run.closing.conduct}%"


# --- replaying -------------------------------------------------------------------------------------------------------


def run_path(name: str) -> Path:
    """Return the file of a run: a path, a name in the folder of runs, or `last`. Raises `NotFound`."""
    path = Path(name)
    if os.path.exists(path):
        return path
    if name == "last":
        newest = next(profile.runs(), None)
        if newest is None:
            raise NotFound("No run has been played yet.")
        return newest.path
    if path.name == name:
        for candidate in (name, f"{name}.run"):
            kept = profile.runs_dir() / candidate
            if os.path.isfile(kept):
                return kept
    raise NotFound(f"There is no run {name!r}. 'firstvisit runs' lists those of this machine.")


def replay_run(options: Namespace) -> int:
    """Play a recorded run again: print it, or compare it with what is recorded."""
    from engine.play import Game
    from engine.record import LARGEST, RecordError, read_record
    from engine.replay import replay, verify
    from engine.scenario import ScenarioErrors

    path = run_path(options.record)
    try:
        record = read_record(read_regular(path, LARGEST + 1))
    except RecordError as error:
        raise Failure(f"{path}: {error}", WRONG) from None
    except OSError as error:
        raise NotFound(f"{str(path)!r} cannot be read ({error.strerror}).") from None
    source = library.find(options.scenario or record.header.scenario, options.scenarios)
    try:
        game = Game(library.load(source))
    except ScenarioErrors as error:
        raise Failure(f"{error}. The run needs this scenario.", WRONG) from None
    if options.verify:
        return _verified(path, record, verify(record, game), options.json)
    try:
        state = replay(record, game)
    except RecordError as error:
        raise Failure(f"{path}: {error}", WRONG) from None
    _print_run(record, game, state) if not options.json else _print_json(_run_as_data(path, record, state))
    return FINE


def _verified(path: Path, record: Record, differences: list[str], as_json: bool) -> int:
    if as_json:
        _print_json({"path": str(path), "verified": not differences, "differences": differences})
    elif differences:
        print(f"{visible(path.name)} does not verify:")
        for each in differences:
            print(f"  {each}")
    else:
        moves = count(len(record.moves), "move")
        print(f"{visible(path.name)} verifies: {moves}, the states and the score are as recorded.")
    return WRONG if differences else FINE


def _run_as_data(path: Path, record: Record, state: State) -> dict[str, Any]:
    foot = record.closing
    return {
        "path": str(path),
        "scenario": record.header.scenario,
        "seed": record.header.seed,
        "finished": foot is not None,
        "over": state.is_terminal(),
        "moves": [{"name": move.name, "think": move.think} for move in record.moves],
        "value": foot.value if foot else None,
    }


def _print_run(record: Record, game: Game, state: State) -> None:
    columns = lines.width()
    head = record.header
    for line in lines.briefing(game.scenario, head.seed, head.cues, columns):
        print(line)
    print()
    for line in lines.course(state, head.cues, columns):
        print(line)
    print()
    if not state.is_terminal():
        print(f"The run is not finished: {count(len(record.moves), 'move')} so far.")
        return
    from engine.debrief import debrief
    from game.pars import par_of

    found = debrief(state, par_of(game, head.seed))
    currency = game.scenario.prospects[0].offer.currency
    for line in lines.debrief(found, state.player_view(head.cues), currency, columns):
        print(line)
