"""Who else has played this very buyer: oneself in another try, somebody whose record is at hand, computer players."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from engine.words import gettext, marked
from game.computing import pars, pool
from game.home import run_files
from game.runs.recorded import record_in
from game.words.errors import WRONG, Failure
from game.words.terms import SCHOOLS

if TYPE_CHECKING:
    from engine.comparison import Comparison
    from engine.par import Par
    from engine.play import Game, State
    from engine.record import Header
    from game.home.run_files import Run

PLAYERS: Final[Mapping[str, str]] = MappingProxyType(dict(SCHOOLS) | {"expert": marked("the expert")})
"""The computer players that one can be compared with, and what they are called; the one that takes long last."""


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else's run of a buyer."""

    name: str
    """Who it was: `the expert`, `the run it repeats`, `colleague.run`."""
    end: State


def beside(end: State, other: Other, par: Par) -> Comparison:
    """A run beside another one."""
    from engine.comparison import compare

    return compare(end, other.end, par)


def own(head: Header, path: Path | None) -> tuple[tuple[Run, str], ...]:
    """The player's other finished runs of a buyer, each with what it is called beside the run of this head: the one
    that this one repeats first, then the newest.

    `path` is where the run itself lies.
    """
    runs = list(run_files.runs())
    first = run_files.first_tries(runs)
    theirs = [
        run
        for run in runs
        if run.finished and run.path != path and _buyer(run.header) == _buyer(head) and run.header.opening is not None
    ]
    theirs.sort(key=lambda run: run.header.opening != head.retry_of)
    return tuple((run, _called(run, head, run.path in first)) for run in theirs)


def _buyer(head: Header) -> tuple[str, str, int, int]:
    return head.scenario, head.digest, head.rules, head.seed


def _called(run: Run, head: Header, first: bool) -> str:
    if run.header.opening == head.retry_of:
        return gettext("the run it repeats, {when}").format(when=run.when)
    called = gettext("your first try of {when}") if first else gettext("your retry of {when}")
    return called.format(when=run.when)


def is_at_hand(head: Header, path: Path | None) -> bool:
    """Whether a run repeats another one that is over and kept."""
    return head.retry_of is not None and any(run.header.opening == head.retry_of for run, _ in own(head, path))


def repeated(head: Header, path: Path | None, game: Game, par: Callable[[], Par]) -> Other | None:
    """The run that a retry repeats, if it is over and at hand; None for any other."""
    if head.retry_of is None:
        return None
    found = next(((run, name) for run, name in own(head, path) if run.header.opening == head.retry_of), None)
    try:
        return None if found is None else of_file(found[0].path, game, head, par, found[1])
    except Failure:  # what is wrong with it, it says when it is opened itself
        return None


def players(game: Game, seed: int, stopped: Callable[[], bool]) -> Iterator[tuple[str, Other]]:
    """Yield what each of `PLAYERS` does with this buyer, with its name, as soon as it is known, unless `stopped`."""
    names = tuple(PLAYERS)
    with closing(pool.results(partial(player, game, seed), names, pars.processes(game), stopped)) as done:
        for place, other in done:
            yield names[place], other


def _another(theirs: int, here: int) -> str:
    told = gettext("It has seed {theirs}, and this run seed {here}: that is another buyer, with different luck.")
    return told.format(theirs=theirs, here=here)


def player(game: Game, seed: int, name: str) -> Other:
    """What a computer player, one of `PLAYERS`, does with this buyer. The expert takes seconds."""
    from engine.comparison import ghost
    from engine.doctrines import BY_SCHOOL

    return Other(gettext(PLAYERS[name]), ghost(game, seed, BY_SCHOOL.get(name, name)))


def of_file(path: Path, game: Game, head: Header, par: Callable[[], Par], name: str = "") -> Other:
    """The run in a file, which has to be one of the same buyer as the run of this head, and to verify, its share of
    par too. `name` is what it is called, if not by its file.

    Raises `Failure` with a sentence for any other.
    """
    from engine.replay import replay, verify

    record = record_in(path)
    theirs = record.header
    another = theirs.scenario == head.scenario and theirs.seed != head.seed
    wrong = [_another(theirs.seed, head.seed)] if another else verify(record, game, par)
    if wrong:
        told = gettext("{path} cannot be laid beside this run.").format(path=path)
        raise Failure(f"{told} {' '.join(wrong)}", WRONG)
    return Other(name or path.name, replay(record, game))
