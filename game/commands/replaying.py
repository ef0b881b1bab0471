"""`firstvisit replay`: a recorded run as it was, or whether it is what its record says."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.runs import lines, versions
from game.runs.recorded import game_of, record_in, run_path
from game.runs.scene import scene
from game.text.telling import tell
from game.text.wrapping import width, wrapped
from game.words.errors import FINE, WRONG, Failure
from game.words.visible import json_text, visible
from game.words.wording import count

if TYPE_CHECKING:
    from engine.debrief import Debrief
    from engine.play import Game, State
    from engine.record import Record
    from engine.view import Cues
    from game.runs.accounts import Account


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
            print(json_text(_run_as_data(path, record, over=True)))
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
        if options.json:
            print(json_text(_run_as_data(path, record, over=None)))
        else:
            _print_moves(path, record, str(error))
        raise Failure(f"{path.name} cannot be replayed. {error}", WRONG) from None
    if options.json:
        print(json_text(_run_as_data(path, record, state.is_terminal())))
    else:
        _print_run(path, record, state.game, state)
        _print_beside(path, record, state)
    return FINE


def _kept(path: Path, record: Record) -> Account | None:
    """The debrief that was kept beside a finished run. If it cannot be read, that is said, and the run is replayed."""
    if record.closing is None:
        return None
    from game.runs import accounts

    try:
        return accounts.kept(path, record)
    except accounts.AccountError as error:
        tell(f"{error} The run is replayed instead.")
        return None


def _differences(record: Record, game: Game) -> list[str]:
    from engine.replay import verify
    from game.computing.pars import par_anew, working_par_out

    with working_par_out(game) as advance:
        return verify(record, game, lambda: par_anew(game, record.header.seed, advance))


def _verified(path: Path, record: Record, differences: list[str], as_json: bool) -> int:
    from engine.record import AS_RECORDED

    unchecked = AS_RECORDED[record.header.notation]
    if as_json:
        found = {
            "path": str(path),
            "verified": not differences,
            "differences": differences,
            "as_recorded": list(unchecked),
        }
        print(json_text(found))
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


def _taught(
    found: Debrief, path: Path, record: Record, end: State | None, texts: Sequence[str] = ()
) -> tuple[Debrief, str]:
    """A debrief and what it has to teach: as the coach has found it, else as the meters tell."""
    from game.coach import coaching
    from game.report import lesson

    judged = coaching.kept(path, end, record.header) if end is not None and end.is_terminal() else None
    if judged is None or end is None:
        return found, lesson.felt(found, texts)
    return lesson.judged(found, judged, end, record.header.cues)


def _print_account(told: Account, path: Path, record: Record, end: State | None, since: str) -> None:
    columns = width()
    for text in (told.title, "", versions.about(record.header, path, told.program, since), ""):
        print("\n".join(wrapped(text, columns)))
    for line in lines.course(told.transcript, told.names, told.start, columns):
        print(line)
    print()
    found, taught = _taught(told.debrief, path, record, end, [each.text for each in told.moves])
    for line in lines.debrief(found, told.names, told.currency, columns, taught):
        print(line)


def _print_beside(path: Path, record: Record, end: State | None) -> None:
    """Print a retry beside the run that it repeats, if both can be played again."""
    from game.computing.pars import whole_par
    from game.report.comparison import beside_the_first

    head = record.header
    if head.retry_of is None or record.closing is None or end is None:
        return
    for line in beside_the_first(path, head, end, lambda: whole_par(end.game, head.seed), width()):
        print(line)


def _print_moves(path: Path, record: Record, since: str) -> None:
    columns = width()
    print("\n".join(wrapped(versions.about(record.header, path, "", since), columns)))
    for line in versions.moves_in_words(record):
        print("\n".join(wrapped(line, columns)))


def print_course(state: State, cues: Cues, how: str) -> dict[str, str]:
    """Print the briefing and everything said in a run, which was played like this; return the prospects' names."""
    columns = width()
    for line in lines.briefing(scene(state.game.scenario), how, columns):
        print(line)
    print()
    view = state.player_view(cues)
    names = view.names
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
    from game.computing.pars import whole_par, working_par_out

    with working_par_out(game) as advance:
        found, taught = _taught(debrief(state, whole_par(game, head.seed, advance)), path, record, state)
    for line in lines.debrief(found, names, game.scenario.currency, width(), taught):
        print(line)
