"""What the debrief of a finished run shows, kept beside its record: an old run opens as it was.

Nothing in it is ever worked out anew, so it outlives changes of the scenario, of the rules and of what is told. It is
JSON, one file for each run, and whatever is added to a class below, or to one it is made of, has a default: what an
earlier version has kept is read for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.course import course
from engine.debrief import Debrief, debrief
from engine.scenario.reading import UNSEEN
from engine.skills import Skill, skills
from engine.typed import typed
from engine.view import Cues, Said
from engine.words import gettext
from game import __version__
from game.home import run_files
from game.home.files import read_regular
from game.home.forms import LARGEST, Newer, read_form, write_form
from game.words.errors import why_not
from game.words.visible import visible

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from engine.par import Par
    from engine.play import State
    from engine.record import Header, Record
    from game.home.run_files import Run
    from game.runs.session import Session

FORM: Final = 1
"""Of the file. A program reads every form up to its own."""


class AccountError(Exception):
    """A debrief that was kept and cannot be read. The message is a sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """One move."""

    text: str
    """What the player said or did, in the words that were chosen."""
    changes: tuple[tuple[str, str], ...]
    """What it moved, as a prospect's id and `trust +5: listened`."""


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that is shown of a run once it is over."""

    program: str
    """The version that it was played with."""
    rules: int
    digest: str
    scenario: str
    title: str
    tutorial: bool
    currency: str
    seed: int
    cues: Cues
    live: bool
    started: str
    opening: str | None
    """The first link of the record's chain, which says which run this is about."""
    start: int
    """Minute at which the run's calendar began."""
    debrief: Debrief
    moves: tuple[Told, ...]
    transcript: tuple[Said, ...]
    skills: tuple[Skill, ...] = ()
    """Those that the run called for; none where they were not noted yet."""

    @property
    def names(self) -> dict[str, str]:
        """The prospects' names by id."""
        return self.debrief.names


def account(session: Session) -> Account:
    """Return what there is to show of a run that is over."""
    return account_of(session.state, session.header, session.par.whole())


def account_of(state: State, header: Header, par: Par | None) -> Account:
    """Return what there is to show of a run: of one that is not over, as far as it came, with nothing revealed."""
    scenario, view = state.game.scenario, state.player_view(header.cues)
    ids = [each.id for each in view.prospects]
    return Account(
        program=__version__,
        rules=header.rules,
        digest=header.digest,
        scenario=scenario.id,
        title=scenario.title,
        tutorial=not scenario.teaches,
        currency=scenario.currency,
        seed=header.seed,
        cues=header.cues,
        live=header.live,
        started=header.started,
        opening=header.opening,
        start=view.start,
        debrief=debrief(state, par),
        moves=tuple(
            Told(text, tuple((ids[one.prospect], one.text) for one in moved))
            for text, moved in zip(_said(state, header.cues), course(state), strict=True)
        ),
        transcript=view.transcript,
        skills=skills(list(zip(state.game.rules.prospects, state.people, strict=True))),
    )


def _said(state: State, cues: Cues) -> Iterator[str]:
    """The options that were chosen, in their words."""
    for before, after in pairwise(state.states()):
        options = before.glance(cues).options
        yield next((each.text for each in options if each.action == after.action), "")


def path_of(record: Path) -> Path:
    """Return where the debrief of a run lies, or would."""
    return run_files.beside(record, run_files.DEBRIEF)


def keep(told: Account, record: Path) -> str:
    """Keep a debrief beside its record, unless there is one. Returns a sentence if that fails, else nothing."""
    path = path_of(record)
    try:
        write_form(path, FORM, asdict(told), over=False)
    except FileExistsError:
        return ""
    except OSError as error:
        return gettext(
            "The debrief cannot be kept as {file} ({why}). "
            "Once the scenario or the rules change, it cannot be shown again."
        ).format(file=path.name, why=why_not(error))
    return ""


def kept(path: Path, record: Record) -> Account | None:
    """Return the debrief that was kept of the run in `path`; None where none was.

    Raises `AccountError` if one was, and cannot be read or is of another run.
    """
    beside = path_of(path)
    try:
        with _reading(beside):
            found = read_form(beside, FORM)
            told = typed(Account, found)
    except FileNotFoundError:
        return None
    if any(UNSEEN.search(text) for text in _texts(found)):
        raise AccountError(
            gettext("The debrief kept as {file} holds characters that cannot be shown.").format(file=beside.name)
        )
    _must_be_of(record.header, len(record.moves), told, beside)
    return told


@contextmanager
def _reading(beside: Path) -> Iterator[None]:
    """Make `AccountError` of whatever keeps a debrief from being read, but for its not being there."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        why = gettext("The debrief kept as {file} cannot be read ({why}).")
        raise AccountError(why.format(file=beside.name, why=why_not(error))) from None
    except Newer:
        why = gettext("The debrief kept as {file} was written by a newer version of the program.")
        raise AccountError(why.format(file=beside.name)) from None
    except ValueError:
        raise AccountError(gettext("The debrief kept as {file} is damaged.").format(file=beside.name)) from None


def _must_be_of(header: Header, moves: int, told: Account | _Outline, beside: Path) -> None:
    if (told.opening, told.seed, len(told.moves)) != (header.opening, header.seed, moves):
        raise AccountError(gettext("The debrief kept as {file} belongs to another run.").format(file=beside.name))


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of many runs takes from a kept debrief."""

    title: str
    currency: str
    skills: tuple[Skill, ...] = ()


@dataclass(frozen=True, slots=True)
class _Card:
    value: int
    conduct_percent: int
    result_percent: int | None


@dataclass(frozen=True, slots=True)
class _Debrief:
    scorecard: _Card


@dataclass(frozen=True, slots=True)
class _Outline(Summary):
    """A kept debrief as far as a list reads it; the rest is passed over."""

    form: int = FORM
    opening: str | None = None
    seed: int = -1
    moves: tuple[object, ...] = ()
    debrief: _Debrief | None = None


def summary(run: Run) -> Summary | None:
    """Return what was kept of a finished run for lists of many; None where nothing was. Nothing is worked out anew.

    Raises `AccountError` for what cannot be read, is of another run, or gives another score than the record.
    """
    beside, foot = path_of(run.path), run.closing
    try:
        with _reading(beside):
            found = _outlines().validate_json(read_regular(beside, LARGEST))
            if found.form > FORM:
                raise Newer(f"form {found.form}")
    except FileNotFoundError:
        return None
    _must_be_of(run.header, run.moves, found, beside)
    card = found.debrief.scorecard if found.debrief is not None else None
    if foot is None or card != _Card(foot.value, foot.conduct, foot.par):
        raise AccountError(
            gettext("The debrief kept as {file} gives another score than the record.").format(file=beside.name)
        )
    return Summary(visible(found.title), visible(found.currency), found.skills)


@cache
def _outlines() -> TypeAdapter[_Outline]:
    from pydantic import TypeAdapter

    return TypeAdapter(_Outline)


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from found
        for each in found.values():
            yield from _texts(each)
    elif isinstance(found, list):
        for each in found:
            yield from _texts(each)
