"""What is to be asked now: drills that are due, or the player's own mistakes, made ready one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, overload

from engine.words import all_of, gettext, marked, ngettext
from game.coach import drills
from game.runs import lines, versions
from game.words.errors import Failure
from game.words.wording import introduced, moment_text, money, tidied

if TYPE_CHECKING:
    from engine.coach.position import Position
    from engine.play import State
    from engine.scenario.compiled import Prospect
    from engine.view import PlayerView

HEARD: Final = 6
"""How much of what was said last is told with a question, and what it answers."""
AT_ONCE: Final = 20
"""Mistakes of all runs that are asked about in one go."""
_NONE_YET: Final = marked(
    "There is nothing to drill yet. Play a run and let the coach judge it (c in the debrief, or firstvisit analyse): "
    "its mistakes come here."
)


@dataclass(frozen=True, slots=True)
class Question:
    """What would you do here?"""

    position: Position
    state: State
    order: tuple[int, ...] | None = None
    """The moves in the order in which they are offered; None as in the run."""
    entry: drills.Entry | None = None
    """What the deck knows of it; None for a question that is not a drill."""

    @property
    def title(self) -> str:
        return self.state.game.scenario.title

    @property
    def about(self) -> str:
        """What is sold to whom, for somebody who never played it."""
        scenario = self.state.game.scenario
        one, *others = self._concerned()
        if others:
            names = all_of([each.buyer.name for each in (one, *others)])
            return gettext("{situation} You sell to {names}.").format(situation=scenario.situation, names=names)
        says = gettext("{situation} You sell {name} this: {offer}, {price}.")
        price = money(one.offer.price, one.offer.currency)
        return says.format(situation=scenario.situation, name=one.buyer.name, offer=one.offer.name, price=price)

    def told(self, columns: int) -> list[list[str]]:
        """What there is to know before one chooses, in paragraphs of lines: who they are and what is known of them, or
        all that was read at the beginning, where no more was said since than is told here; what was said last, from
        something that the player said or did; and where it stands."""
        seen, game = self.state.player_view(self.position.cues), self.state.game
        since = max(0, len(seen.transcript) - HEARD)
        while since and seen.transcript[since].who != "seller":
            since -= 1
        told = [] if since else [list(lines.prose(game.scenario.briefing, columns))]
        concerned = self._concerned()
        for one in concerned:
            if len(game.scenario.prospects) > 1 and one.briefing:
                told.append(list(lines.prose(introduced(one.buyer.name, tidied(one.briefing)), columns)))
            if since:
                known = next(each for each in seen.prospects if each.id == one.id)
                told.append(list(lines.known(known, columns)) if known.facts or known.objections else [])
        told += [list(lines.said(each, seen.names, columns)) for each in seen.transcript[since:]]
        return [each for each in (*told, self._stands(columns)) if each]

    def _stands(self, columns: int) -> list[str]:
        """Where it stands; of several buyers without their levels, so that there is room for what was said."""
        seen = self.state.glance(self.position.cues)
        if len(seen.prospects) > 1 and seen.place == "between":
            seen = replace(seen, prospects=tuple(replace(each, meters=None) for each in seen.prospects))
        return list(lines.status(seen, columns))

    def _concerned(self) -> tuple[Prospect, ...]:
        """With whom one talks, or with whom it is not over yet."""
        every, seen = self.state.game.scenario.prospects, self.state.glance(self.position.cues)
        still = {each.id for each in seen.prospects if each.result is None}
        return tuple(each for each in every if each.id in ({seen.talking_to} if seen.talking_to is not None else still))

    def view(self) -> PlayerView:
        """What the player sees, with the options in the order of the question."""
        seen = self.state.player_view(self.position.cues)
        if self.order is None:
            return seen
        place = {move: at for at, move in enumerate(self.order)}
        return replace(seen, options=tuple(sorted(seen.options, key=lambda each: place[each.action])))


class Due(Sequence[Question]):
    """What is to be asked, in order. Each question is made ready when its turn comes, so that the first is there at
    once; those that cannot be asked any more are left out, and the rest move up."""

    def __init__(self, entries: Iterable[drills.Entry], most: int, folder: Path | None) -> None:
        """Ask at most this many of the `entries`."""
        self.gone = 0
        """How many were left out by now."""
        self._unreadable: list[str] = []
        """A sentence about each of them whose own file is gone or broken."""
        self._left = list(entries)
        self._ready: list[Question] = []
        self._most = most
        self._folder = folder
        self._no_more: set[tuple[str, str, int]] = set()
        """Versions of scenarios that were looked for, and are not here."""

    def __len__(self) -> int:
        return min(self._most, len(self._ready) + len(self._left))

    @overload
    def __getitem__(self, place: int) -> Question: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Question]: ...

    def __getitem__(self, place: int | slice) -> Question | Sequence[Question]:
        while self._left and (isinstance(place, slice) or not -1 < place < len(self._ready)):
            entry = self._left.pop(0)
            try:
                self._ready.append(self._question(entry))
            except versions.OtherVersion:
                self.gone += 1
            except Failure as error:
                self.gone += 1
                self._unreadable.append(str(error))
        return self._ready[: self._most][place]

    def _question(self, entry: drills.Entry) -> Question:
        position = drills.position(entry)
        version = position.scenario, position.digest, position.rules
        if version in self._no_more:
            raise versions.OtherVersion("There is no such version.")
        try:
            state = drills.stood(position, self._folder)
        except versions.OtherVersion:
            self._no_more.add(version)
            raise
        return Question(position, state, shuffled(entry, state), entry)

    def notice(self) -> str:
        """A sentence about those that were left out, or nothing."""
        other = self.gone - len(self._unreadable)
        if not other:
            return " ".join(self._unreadable[:1])
        return ngettext(
            "{count} position of another version of a scenario or of the rules can no longer be asked.",
            "{count} positions of another version of a scenario or of the rules can no longer be asked.",
            other,
        ).format(count=other)


def questions(
    school: str | None = None, skill: str | None = None, folder: Path | None = None, mistakes: bool = False
) -> tuple[Due, list[str]]:
    """Return what is to be asked now, and sentences about what is not: what is due today, or the player's own
    `mistakes` over all runs, the costliest first, at most `AT_ONCE`. Raises `Failure` for a broken deck."""
    found, now = drills.deck(), drills.now()
    told = [found.notice] if found.notice else []
    due = drills.chosen(found.mistakes(now) if mistakes else found.today(now), _scenarios(school, folder), skill)
    asked = Due(due, AT_ONCE if mistakes else drills.A_DAY, folder)
    if next(iter(asked), None) is None and asked.gone:
        told.append(asked.notice())
    if not found.entries or (mistakes and not found.entries.keys() - found.bundled):
        told.append(gettext(_NONE_YET))
    elif not asked:
        later = found.next_due()
        if mistakes and not asked.gone:
            every, kind = (
                gettext("Every mistake is solved for now."),
                gettext("Every mistake of that kind is solved for now."),
            )
        else:
            every, kind = (
                gettext("There is nothing to drill now."),
                gettext("There is nothing of that kind to drill now."),
            )
        told.append(kind if school or skill else every)
        if later and later > now:
            due_again = gettext("The next one is due {when}.").format(when=moment_text(later.astimezone()))
            told[-1] += f" {due_again}"
    return asked, told


def of_run(mistakes: Iterable[Position], states: Sequence[State]) -> list[Question]:
    """Return the mistakes of one run, of which these are the states, as questions. What is answered counts as well
    wherever else they are asked about. Raises `Failure` for a broken deck."""
    known = drills.deck().entries
    return [Question(each, states[len(each.moves)], entry=known.get(each.key)) for each in mistakes]


def _scenarios(school: str | None, folder: Path | None) -> list[str] | None:
    """The ids of a school's scenarios; None for all."""
    if school is None:
        return None
    from game.shelf import library

    return [each.summary.id for each in library.entries(folder)[0] if each.summary.school == school]


def shuffled(entry: drills.Entry, state: State) -> tuple[int, ...]:
    """The moves in another order each time, so that their places are not what is learnt; waits, which are no lines to
    choose among, from the shortest to the longest as ever, after the others."""
    done = [move for move in state.legal_actions() if not isinstance(state.game.rules.moves[move], str)]
    waits = [move for move in state.legal_actions() if move not in done]
    Random(f"{entry.key}/{entry.answered}").shuffle(done)
    return (*done, *waits)


def answered(question: Question, right: bool) -> None:
    """Keep when a drill comes again. Raises `SaveError`."""
    if question.entry is not None:
        drills.answered(question.entry, right, drills.now())
