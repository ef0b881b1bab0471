"""The commands that list and replay. Each takes the options and returns an exit code."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from game import library, lines, profile, versions
from game.cli import tell
from game.errors import FINE, WRONG, Failure, NotFound
from game.files import read_regular
from game.scene import scene
from game.shelf import outcome, played, title
from game.visible import json_text, visible
from game.wording import count, school_name

if TYPE_CHECKING:
    from engine.debrief import Debrief
    from engine.par import Par
    from engine.play import Game, State
    from engine.record import Record
    from engine.view import Cues
    from game.accounts import Account


def _print_json(found: Any) -> None:
    print(json_text(found))


_RECORDED: Final = "Results are as recorded. To work one out again: firstvisit replay RUN --verify"


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
                    "best_retry": entry.retried,
                    "best_other_version": entry.other_best,
                    "unfinished": [str(run.path) for run in entry.unfinished],
                    "unfinished_other_version": [str(run.path) for run in entry.other_unfinished],
                    "same_id": [str(path) for path in entry.twins],
                }
                for entry in found
            ]
        )
    else:
        _print_list(found)
    tell_of(found, unreadable)
    return FINE


def tell_of(found: Iterable[library.Entry], unreadable: Iterable[library.Unreadable]) -> None:
    """Tell what is wrong among the files that lie where scenarios do."""
    for file in unreadable:
        tell(f"{file.path} is left out: {file.why}")
    shared = {entry.summary.id: (entry.path, *entry.twins) for entry in found if entry.twins}
    for name, paths in shared.items():
        tell(f"{library.shared(name, paths)} Each is played by its path until one has another id.")


def _print_list(found: Sequence[library.Entry]) -> None:
    for entry in found:
        summary = entry.summary
        facts = [school_name(summary.school), f"difficulty {summary.difficulty} of 3", *played(entry)]
        print(visible(summary.id) + (f"  {visible(str(entry.path))}" if entry.twins else ""))
        text = f"{summary.title} ({', '.join(facts)}). {summary.situation}"
        print("\n".join(lines.wrapped(visible(text), lines.width(), first="    ")))
    if any(entry.scored for entry in found):
        print(_RECORDED)


def list_runs(options: Namespace) -> int:
    every = _every_run()
    found = [each for each in every if isinstance(each, profile.Run)]
    first = profile.first_tries(found)
    if options.json:
        _print_json(
            [
                {
                    "path": str(each.path),
                    "scenario": each.header.scenario,
                    "digest": each.header.digest,
                    "rules": each.header.rules,
                    "seed": each.header.seed,
                    "finished": each.finished,
                    "moves": each.moves,
                    "started": each.header.started,
                    "cues": each.header.cues,
                    "live": each.header.live,
                    "first_try": each.path in first,
                    "retry_of": each.header.retry_of,
                    "results": dict(each.closing.results) if each.closing else None,
                    "value": each.closing.value if each.closing else None,
                    "conduct": each.closing.conduct if each.closing else None,
                    "par": each.closing.par if each.closing else None,
                }
                for each in found
            ]
        )
    elif not found:
        print("No run has been played yet. Begin one with: firstvisit play first-five-minutes")
    else:
        here, titles = library.digests(found), library.titles()
        for run in found:
            other = "" if any(run.is_of(digest) for digest in here[run.header.scenario]) else ", another version"
            again = "" if run.path in first else ", a retry"
            print(f"{run.when}  {visible(_outcome(run, titles))}{again}{other}\n    {visible(run.path.name)}")
        if any(run.finished for run in found):
            print(_RECORDED)
    for broken in every:
        if isinstance(broken, profile.Broken):
            tell(f"{broken.path} cannot be read as a run: {broken.why}")
    return FINE


def _every_run() -> list[profile.Run | profile.Broken]:
    """The runs of this machine, and the files that cannot be read as one. Raises `NotFound` if nothing can be read."""
    every = list(profile.every_run())
    for each in every:
        if isinstance(each, profile.Broken) and each.path == profile.runs_dir():
            raise NotFound(f"{str(each.path)!r}, the folder of the runs: {each.why}")
    return every


def _outcome(run: profile.Run, titles: Mapping[str, str]) -> str:
    head = run.header
    return f"{title(head, titles)} ({head.scenario}), seed {head.seed}, {count(run.moves, 'move')}: {outcome(run)}"


# --- replaying -------------------------------------------------------------------------------------------------------


def run_path(name: str) -> Path:
    """Return the file of a run: a path, a name in the folder of runs, or `last`. Raises `NotFound`."""
    path = Path(name)
    if os.path.lexists(path):  # its reader says if it is not the record of a run
        return path
    if name == "last":
        newest = next((each for each in _every_run() if isinstance(each, profile.Run)), None)
        if newest is None:
            raise NotFound("No run has been played yet.")
        return newest.path
    if path.name == name:
        for candidate in (name, f"{name}.run"):
            kept = profile.runs_dir() / candidate
            if os.path.lexists(kept):
                return kept
    raise NotFound(f"There is no run {name!r}. 'firstvisit runs' lists those on this machine.")


def record_in(path: Path) -> Record:
    """Read a record. Raises `Failure` where it is none or cannot be read."""
    from engine.record import LARGEST, RecordError, read_record

    try:
        return read_record(read_regular(path, LARGEST + 1))
    except RecordError as error:
        raise Failure(f"{path}: {error}", WRONG) from None
    except OSError as error:
        raise NotFound(f"{str(path)!r} cannot be read ({error.strerror}).") from None


def replay_run(options: Namespace) -> int:
    """Play a recorded run again: print it as it was, or compare it with what is recorded."""
    from engine.record import RecordError
    from engine.replay import replay

    path = run_path(options.record)
    record = record_in(path)
    if options.verify:
        return _verified(path, record, _differences(record, game_of(record, options)), options.json)
    told = None if options.scenario else _kept(path, record)
    if told is not None:
        if options.json:
            _print_json(_run_as_data(path, record, over=True))
        else:
            end = _end(record, options)
            _print_account(told, path, record, end, versions.since(record.header, options.scenarios))
            _print_beside(path, record, end)
        return FINE
    try:
        state = replay(record, game_of(record, options))
    except RecordError as error:
        raise Failure(f"{path}: {error}", WRONG) from None
    except versions.OtherVersion as error:
        # what still can be read is
        _print_moves(path, record, str(error)) if not options.json else _print_json(
            _run_as_data(path, record, over=None)
        )
        raise Failure(f"{path.name} cannot be replayed. {error}", WRONG) from None
    if options.json:
        _print_json(_run_as_data(path, record, state.is_terminal()))
    else:
        _print_run(path, record, state.game, state)
        _print_beside(path, record, state)
    return FINE


def _kept(path: Path, record: Record) -> Account | None:
    """The debrief that was kept beside a finished run. If it cannot be read, that is said, and the run is replayed."""
    if record.closing is None:
        return None
    from game import accounts

    try:
        return accounts.kept(path, record)
    except accounts.AccountError as error:
        tell(f"{error} The run is replayed instead.")
        return None


def game_of(record: Record, options: Namespace) -> Game:
    """What a run was played with: the file named, or the very version of its scenario. Raises `Failure`."""
    from engine.play import Game
    from engine.scenario import ScenarioErrors

    if not options.scenario:
        return Game(versions.source(record.header, options.scenarios).scenario)
    try:
        return Game(library.load(library.find(options.scenario, options.scenarios)))
    except ScenarioErrors as error:
        raise Failure(f"{error}. The run needs this scenario.", WRONG) from None


def _differences(record: Record, game: Game) -> list[str]:
    from engine.replay import verify
    from game.pars import par_anew, working_par_out

    with working_par_out(game) as advance:
        return verify(record, game, lambda: par_anew(game, record.header.seed, advance))


def _verified(path: Path, record: Record, differences: list[str], as_json: bool) -> int:
    from engine.record import AS_RECORDED

    unchecked = AS_RECORDED[record.header.notation]
    if as_json:
        _print_json(
            {
                "path": str(path),
                "verified": not differences,
                "differences": differences,
                "as_recorded": list(unchecked),
            }
        )
        return WRONG if differences else FINE
    name = visible(path.name)
    if differences:
        print(f"{name} does not verify:")
        for each in differences:
            print(f"  {each}")
    else:
        moves = count(len(record.moves), "move")
        print(f"{name} verifies: {moves}, the states and the score are as recorded.")
    if unchecked:
        notation = record.header.notation
        print(f"Notation {notation} does not protect everything. Only as somebody wrote it: {', '.join(unchecked)}.")
    return WRONG if differences else FINE


def _run_as_data(path: Path, record: Record, over: bool | None) -> dict[str, Any]:
    """A run for scripts; `over` is None where it cannot be told whether the sale was."""
    return {
        "path": str(path),
        "scenario": record.header.scenario,
        "seed": record.header.seed,
        "finished": record.closing is not None,
        "over": over,
        "moves": [{"name": move.name, "think": move.think} for move in record.moves],
        "value": record.closing.value if record.closing else None,
    }


def _end(record: Record, options: Namespace) -> State | None:
    """The end of a run whose debrief was kept, if the run can still be played again."""
    from engine.record import RecordError
    from engine.replay import replay

    try:
        return replay(record, game_of(record, options))
    except (Failure, RecordError):
        return None  # what was kept is all that there is


def _lesson(found: Debrief, path: Path, record: Record, end: State | None, texts: Sequence[str] = ()) -> str:
    """What a run has to teach: as the coach has found it, else as the meters tell."""
    from game import coaching
    from game.report import lesson

    judged = coaching.kept(path, end, record.header) if end is not None and end.is_terminal() else None
    if judged is None or end is None:
        return lesson.felt(found, texts)
    return lesson.judged(judged, end, record.header.cues)


def _print_account(told: Account, path: Path, record: Record, end: State | None, since: str) -> None:
    columns = lines.width()
    for text in (told.title, "", versions.about(record.header, path, told.program, since), ""):
        print("\n".join(lines.wrapped(text, columns)))
    for line in lines.course(told.transcript, told.names, told.start, columns):
        print(line)
    print()
    taught = _lesson(told.debrief, path, record, end, [each.text for each in told.moves])
    for line in lines.debrief(told.debrief, told.names, told.currency, columns, taught):
        print(line)


def _print_beside(path: Path, record: Record, end: State | None) -> None:
    """Print a retry beside the run that it repeats, if both can be played again."""
    from game.comparing import beside_the_first
    from game.pars import par_of

    head = record.header
    if head.retry_of is None or record.closing is None or end is None:
        return
    game = end.game

    def par() -> Par:
        found = par_of(game, head.seed)
        assert found is not None  # nobody stops it
        return found

    for line in beside_the_first(path, head, end, par, lines.width()):
        print(line)


def _print_moves(path: Path, record: Record, since: str) -> None:
    columns = lines.width()
    print("\n".join(lines.wrapped(versions.about(record.header, path, "", since), columns)))
    for line in versions.moves_in_words(record):
        print("\n".join(lines.wrapped(line, columns)))


def print_course(state: State, cues: Cues, how: str) -> dict[str, str]:
    """Print the briefing and everything said in a run, which was played like this; return the prospects' names."""
    columns = lines.width()
    for line in lines.briefing(scene(state.game.scenario), how, columns):
        print(line)
    print()
    view = state.player_view(cues)
    names = {each.id: each.name for each in view.prospects}
    for line in lines.course(view.transcript, names, view.start, columns):
        print(line)
    print()
    return names


def _print_run(path: Path, record: Record, game: Game, state: State) -> None:
    head = record.header
    names = print_course(state, head.cues, f"Cues: {head.cues}. Seed: {head.seed}.")
    if not state.is_terminal():
        print(f"The run is not finished: {count(len(record.moves), 'move')} so far.")
        return
    from engine.debrief import debrief
    from game.pars import par_of, working_par_out

    with working_par_out(game) as advance:
        found = debrief(state, par_of(game, head.seed, advance=advance))
    currency = game.scenario.prospects[0].offer.currency
    for line in lines.debrief(found, names, currency, lines.width(), _lesson(found, path, record, state)):
        print(line)
