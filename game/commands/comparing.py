"""`firstvisit compare`: a finished run beside another one of the same buyer."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from engine.words import gettext, speaking
from game.computing import pool
from game.practice import others
from game.runs.recorded import played, run_path
from game.text.asking import wants_lines
from game.text.telling import tell
from game.text.wrapping import width
from game.words.errors import FINE, NOT_DONE, Failure
from game.words.visible import json_text

if TYPE_CHECKING:
    from pathlib import Path

    from engine.comparison import Comparison
    from engine.par import Par
    from engine.play import State
    from engine.record import Record
    from game.practice.others import Other


def compare(options: Namespace) -> int:
    """Lay another run of the same buyer beside one, or list those that there are.

    Raises `Failure` for runs that cannot be compared.
    """
    from game.computing.pars import whole_par, working_par_out
    from game.report.output import must_be_writable

    must_be_writable(options.output)
    path = run_path(options.record, over=True)
    record, end = played(path, options)
    if not end.is_terminal():
        raise Failure("The run is not finished. Once it is over, others can be laid beside it.", NOT_DONE)
    with working_par_out(end.game) as advance:
        par = whole_par(end.game, record.header.seed, advance)
    if options.against is None:
        return _list(path, record, end, par, options)
    other = _named(options.against, record, end, par)
    found = others.beside(end, other, par)
    if not (options.json or options.output or wants_lines(options)):
        from game.programs.app import FirstVisit

        def first(app: FirstVisit) -> None:
            app.lay_beside(found, other.name, record.header.cues)

        return FirstVisit(folder=options.scenarios, first=first).until_left()
    return _show(found, other.name, record, options)


def _named(name: str, record: Record, end: State, par: Par) -> Other:
    """The run that `--against` means: that of a computer player, or a record."""
    if name in others.PLAYERS:
        return others.player(end.game, record.header.seed, name)
    return others.of_file(run_path(name), end.game, record.header, lambda: par)


def _show(found: Comparison, name: str, record: Record, options: Namespace) -> int:
    from game.report.comparison import as_data, report
    from game.report.output import deliver, written

    if options.json:
        deliver(json_text(as_data(found, name)) + "\n", options.output)
        return FINE
    scenario = found.mine.end.game.scenario
    with speaking(scenario.language):
        parts = list(report(found, name, record.header.cues))
        deliver(written(parts, f"First Visit: {scenario.title}", options.output), options.output)
    return FINE


def _list(path: Path, record: Record, end: State, par: Par, options: Namespace) -> int:
    """Who has played this buyer, and how it came out."""
    from game.report.comparison import THIS, result_text
    from game.report.document import Heading, Paragraph, Part, Table, as_text
    from game.report.output import deliver
    from game.text.bar import progress

    head, game = record.header, end.game
    with progress("playing this buyer", len(others.PLAYERS), "Letting others play this buyer ...") as advance:
        ghosts: dict[str, Other] = {}
        for name, other in others.players(game, head.seed, pool.never):
            ghosts[name] = other
            advance(1)
    this = gettext(THIS)
    rows = [("", this, result_text(others.beside(end, others.Other(this, end), par).mine))]
    for run, name in others.own(head, path):
        try:
            found = others.of_file(run.path, game, head, lambda: par, name)
        except Failure as why:
            tell(str(why))
        else:
            rows.append((run.path.name, found.name, result_text(others.beside(end, found, par).other)))
    rows += [
        (name, ghosts[name].name, result_text(others.beside(end, ghosts[name], par).other)) for name in others.PLAYERS
    ]
    if options.json:
        data = [{"against": against or None, "name": name, "outcome": told} for against, name, told in rows]
        deliver(json_text(data) + "\n", options.output)
        return FINE
    parts: list[Part] = [
        Heading(f"Who played this buyer: {game.scenario.title}, seed {head.seed}"),
        Table(
            ("who", "--against", ""),
            tuple((f"{name}: {told}", against, "") for against, name, told in rows),
            listed=True,
        ),
        Paragraph("To lay one of them beside this run: firstvisit compare RUN --against NAME"),
    ]
    deliver("".join(f"{line}\n" for line in as_text(parts, width())), options.output)
    return FINE
