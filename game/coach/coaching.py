"""The coach at work: a run judged on all processors, better and better while somebody reads, and kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from engine.coach.imagining import LEAST, QUICK, Imagined, Imagining
from engine.coach.narrowing import Left, everything, left_open
from engine.coach.position import mistakes
from engine.coach.verdict import Analysis, analysis
from engine.money import number_text
from engine.play import State
from engine.record import Header
from engine.replay import begun
from engine.rules import RULES_VERSION
from engine.typed import typed
from engine.view import Cues
from engine.words import gettext
from game.coach import drills
from game.computing import pool
from game.home import run_files
from game.home.forms import read_form, write_form
from game.home.run_files import Run
from game.shelf import compiled
from game.text.bar import unseen
from game.words.errors import NOT_DONE, Failure, why_not

FORM: Final = 7
"""Of the file in which an analysis is kept."""
MOST_MOVES: Final = 400
"""Moves of the longest run that is judged."""
AT_ONCE: Final = QUICK
"""Imaginings that are made of a run whether or not anybody reads; see `settled`."""
FINE: Final = 4 * QUICK
"""The same of a run in which that leaves some move unclear."""
MOST: Final = 8 * QUICK
"""Imaginings after which more would tell nobody anything new."""

Told = tuple[Imagined | None, ...]
"""What an imagining says of the moves of a run."""
Imaginings = dict[int, Told]
"""What was imagined so far, by number."""


@dataclass(frozen=True, slots=True)
class Imagine:
    """A job: one imagining."""

    number: int
    left: Left
    """What it is to try."""


@dataclass(frozen=True, slots=True)
class SumUp:
    """A job: the analysis that follows from imaginings. It takes as long as a few of them."""

    opening: str
    imagined: tuple[Told, ...]


Job = Imagine | SumUp
Work = Callable[[Iterator[Job]], Generator[tuple[int, Told | Analysis], None, None]]
"""Whatever does such jobs, and yields the place of each with what came of it, as `pool.results` does."""


class NothingToJudge(Failure):
    """A run that the coach has nothing to say about. The message says why."""


def must_be_judged(end: State) -> None:
    """Refuse a run that cannot be judged. Raises `NothingToJudge`."""
    if not end.is_terminal():
        raise NothingToJudge(gettext("The run is not finished. The coach judges a run once it is over."), NOT_DONE)
    if end.moves > MOST_MOVES:
        raise NothingToJudge(
            gettext("The run has {moves} moves, and the coach judges runs of up to {most}.").format(
                moves=number_text(end.moves), most=number_text(MOST_MOVES)
            ),
            NOT_DONE,
        )


def judged(
    end: State,
    header: Header,
    work: Work,
    enough: Callable[[int], bool],
    advance: Callable[[int], object] = unseen,
    found: Imaginings | None = None,
    since: int = 0,
) -> Iterator[Analysis]:
    """Yield analyses of a run, each of twice the imaginings of the one before and so the finer, from `LEAST` on, or
    from the first of more than `since`.

    Each tries only what the one before has left open. After one of n imaginings it goes on unless `enough(n)` says so,
    or `work` comes to an end. Analyses of equally many imaginings are equal, whoever does the work. `advance` is told
    of each imagining. What was imagined already is taken from `found`, to which the others are added.
    """
    found = {} if found is None else found
    given: list[Job] = []
    summed: dict[int, Analysis] = {}
    stage = LEAST
    while stage <= since:
        stage *= 2
    with closing(work(_noted(jobs(end, header, found, since), given))) as done:
        for place, one in done:
            if isinstance(one, Analysis):
                summed[one.imaginings] = one
            elif isinstance(job := given[place], Imagine):
                found[job.number] = one
                advance(1)
            while stage in summed:  # in their order: of several processes, one may be slow
                yield summed.pop(stage)
                if enough(stage):
                    return
                stage *= 2


def on_processors(end: State, processes: int, stopped: Callable[[], bool] = pool.never) -> Work:
    """Work shared out over so many processes, until it is `stopped`."""

    def work(jobs: Iterator[Job]) -> Generator[tuple[int, Told | Analysis], None, None]:
        return pool.results(partial(_done, end), jobs, processes, stopped)

    return work


def crew(end: State, stopped: Callable[[], bool], niceness: int = pool.GIVE_WAY) -> AbstractContextManager[Work]:
    """Work shared out over processes that stay for as long as the block lasts, and give way to a screen."""
    return pool.crew(partial(_done, end), pool.usable_processors(), stopped, niceness)


def jobs(now: State, header: Header, found: Imaginings, since: int = 0) -> Iterator[Job]:
    """Yield what is still to be done for the analyses of a run, stage by stage. Imaginings for which nothing is left
    open are put into what was `found`."""
    opening = begun(header, now.states()[0]).opening or ""
    left, whole, most = everything(now), 0, LEAST
    while most <= MOST:
        for number in range(whole, most):
            if number not in found:
                if any(left):
                    yield Imagine(number, left)
                else:
                    found[number] = (None,) * now.moves
        whole, most = most, 2 * most
        while any(number not in found for number in range(whole)):
            yield pool.LATER
        imagined = tuple(found[each] for each in range(whole))
        if whole > since:
            yield SumUp(opening, imagined)
        left = left_open(now, imagined)


def _noted(jobs: Iterator[Job], given: list[Job]) -> Iterator[Job]:
    """Yield the same jobs, and note in `given` which stand at which place: results name no more than the place."""
    for job in jobs:
        if job is not pool.LATER:
            given.append(job)
        yield job


def _done(end: State, job: Job) -> Told | Analysis:
    compiled.know_guides(end.game.rules)
    if isinstance(job, Imagine):
        return Imagining(end.game.rules, job.number).says(end, job.left)
    return summed_up(end, job)


def summed_up(end: State, job: SumUp) -> Analysis:
    """The analysis that a job asks for."""
    return analysis(end, job.opening, job.imagined)


# --- what is kept ----------------------------------------------------------------------------------------------------


def path_of(record: Path) -> Path:
    """Return where the analysis of a run lies, or would."""
    return run_files.beside(record, run_files.ANALYSIS)


def keep(found: Analysis, record: Path, end: State, cues: Cues) -> str:
    """Keep an analysis beside its record, in place of a coarser one, whether or not par is known yet, and without it
    where it is not; and its mistakes for drills. Returns a sentence if that fails, else nothing."""
    path, told = path_of(record), ""
    try:
        write_form(path, FORM, asdict(found.lasting))
    except OSError as error:
        told = gettext("What the coach found cannot be kept as {file} ({why}). It is worked out again when asked for.")
        told = told.format(file=path.name, why=why_not(error))
    if found.imaginings >= QUICK:
        try:
            drills.add(mistakes(end, found, cues))
        except Failure as error:
            told = told or str(error)
    return told


def kept(record: Path, end: State, header: Header) -> Analysis | None:
    """Return the analysis that was kept of a run; None where none was, or it is of another run, version or form."""
    try:
        told = typed(Analysis, read_form(path_of(record), FORM))
    except (OSError, ValueError):
        return None
    names = end.game.rules.names
    is_of = (
        told.opening == begun(header, end.states()[0]).opening
        and (told.digest, told.rules) == (end.game.scenario.digest(), RULES_VERSION)
        and [each.name for each in told.moves] == [names[state.action] for state in end.states()[1:]]
    )
    known = set(names)
    sound = all(
        {each.best, *each.line, *(other.name for other in each.alternatives)} <= known and each.unasked in {"", *known}
        for each in told.moves
    )
    return told if is_of and sound else None


def accuracy(run: Run) -> float | None:
    """Return the accuracy that was found in a run, 0 to 100; None where it was not judged, or by another version."""
    told = _told_of(run).get("accuracy")
    return float(told) if isinstance(told, int | float) and 0 <= told <= 100 else None


def settled(found: Analysis) -> bool:
    """Whether an analysis says of a run what is found out whether or not anybody reads: luck hides what no move cost,
    or there are imaginings enough for a sale of weeks."""
    return _settled(found.imaginings, (each.judgement for each in found.moves))


def is_settled(run: Run) -> bool:
    """The same of what is kept of a run; false where nothing is, or it is of another version."""
    told = _told_of(run)
    try:
        return _settled(told["imaginings"], [each["judgement"] for each in told["moves"]])
    except (KeyError, TypeError):
        return False


def _settled(imaginings: int, judgements: Iterable[str]) -> bool:
    return imaginings >= FINE or (imaginings >= AT_ONCE and "unclear" not in judgements)


def _told_of(run: Run) -> dict[str, Any]:
    """What is kept of a run for lists of many, unlooked at; nothing where it is of another run or version."""
    try:
        found = read_form(path_of(run.path), FORM)
        of = (found["opening"], found["digest"], found["rules"])
    except (OSError, ValueError, KeyError):
        return {}
    return found if of == (run.header.opening, run.header.digest, run.header.rules) else {}
