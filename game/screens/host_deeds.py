"""What a host can do about a seat or a buyer: what is asked beforehand, and the act that follows from the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from textual.widgets.option_list import Option as Row

from engine.words import all_of, gettext
from game.screens.host_sheets import Ask, Deeds, Told
from game.screens.offer import Offer
from game.workshop.hall.acts import adjust, read_amount
from game.workshop.hall.admission import forget, put_into, rename, way_back
from game.workshop.host.news import taken_again
from game.workshop.log.room import in_force
from game.workshop.results.standings import called, round_of_amounts

if TYPE_CHECKING:
    from textual.app import App

    from game.workshop.hall.acts import Act
    from game.workshop.hall.writer import Hall
    from game.workshop.log.entries import Action


class Do(Protocol):
    """Does something that may be refused; says why if it is, and what came of it with `told`."""

    def __call__(
        self, deed: Callable[[], Awaitable[object]], told: Callable[[object], str] | None = None, /
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class HostDeeds:
    """What a host does about one seat, or about a buyer whom everybody meets, with its questions shown by `app`."""

    app: App[Any]
    hall: Hall
    do: Do

    def about(self, seat: int) -> None:
        """Show what can be done about a seat, and do what is chosen."""
        name = called(self.hall.room, self.hall.names, seat)

        def reasoned(action: Action, question: str) -> Callable[[], object]:
            return lambda: self._ask(name, question, lambda why: adjust(action, why, seat=seat))

        def add(told: str) -> Act[None]:
            typed, _, why = told.partition(" ")
            return adjust("add", why, seat=seat, amount=read_amount(typed), round=round_of_amounts(self.hall.room))

        deeds: dict[str, Callable[[], object]] = {
            gettext("Give a code that takes this seat again"): lambda: self.do(
                partial(self.hall.do, way_back(seat)), lambda code: taken_again(name, str(code))
            ),
            gettext("Rename"): lambda: self._rename(seat, name),
            **self._about_team(seat, name),
            gettext("Keep the name off boards"): reasoned("hide", gettext("Why?")),
            gettext("Add or deduct money"): lambda: self._ask(
                name, gettext("Amount and why, such as: -50 for a prompt"), add
            ),
            gettext("Void a buyer for this player"): lambda: self.void(seat),
            gettext("Disqualify"): reasoned("disqualify", gettext("Why? They come last, and share that place")),
            gettext("Remove from the event"): reasoned("kick", gettext("Why? They can no longer play")),
            gettext("Delete this person"): lambda: self._forget(seat, name),
        }
        here = self.hall.room.seats[seat]
        held = (
            (here.hidden, gettext("off boards")),
            (here.disqualified, gettext("disqualified")),
            (here.kicked, gettext("removed")),
        )
        if undone := all_of([what for is_so, what in held if is_so]):
            deeds[gettext("No longer {what}").format(what=undone)] = reasoned("reinstate", gettext("Why?"))
        self.choose(name, deeds)

    def choose(self, title: str, deeds: Mapping[str, Callable[[], object]]) -> None:
        """Let one of several things be done."""

        def chosen(number: int | None) -> None:
            if number is not None:
                tuple(deeds.values())[number]()

        self.app.push_screen(Deeds(title, [Row(deed) for deed in deeds]), chosen)

    def void(self, seat: int | None) -> None:
        """Choose a buyer who is not to count for a seat, or for everybody, or is to count again; ask why."""
        room, whom = self.hall.room, "" if seat is None else called(self.hall.room, self.hall.names, seat)
        held = {
            (each.round, each.buyer)
            for each in in_force(room.adjustments)
            if (each.action, each.seat) == ("void", seat)
        }

        def deed(number: int, buyer: int) -> tuple[str, Callable[[], object]]:
            title = gettext("Round {round}, buyer {buyer}").format(round=number + 1, buyer=buyer + 1)
            if (number, buyer) in held:
                will, act = gettext("{buyer}: counts again"), partial(_voided, "unvoid", number, buyer, seat)
                why = gettext("Why? This buyer counts again for {name}")
                why = why if whom else gettext("Why? This buyer counts again for everybody")
            else:
                will, act = gettext("{buyer}: no longer counts"), partial(_voided, "void", number, buyer, seat)
                why = gettext("Why? This buyer no longer counts for {name}")
                why = why if whom else gettext("Why? This buyer no longer counts for everybody")
            return will.format(buyer=title), lambda: self._ask(title, why.format(name=whom), act)

        deeds = dict(
            deed(each.number, buyer)
            for each in room.rounds
            for buyer in range(len(each.openings))
            if seat is None or (each.number, buyer, seat) in room.runs
        )
        if deeds:
            for_whom = gettext("Void a buyer for {name}") if whom else gettext("Void a buyer for everybody")
            self.choose(for_whom.format(name=whom), deeds)
        else:
            once_met = gettext("A buyer can be voided once met.")
            self.app.push_screen(Told(gettext("There is nothing to void yet"), once_met))

    def _ask(self, title: str, question: str, act: Callable[[str], Act[Any]]) -> None:
        """Ask something, and do what follows from the answer."""

        async def done(told: str) -> None:
            await self.hall.do(act(told))

        self.app.push_screen(Ask(title, question), lambda told: self.do(partial(done, told)) if told else None)

    def _forget(self, seat: int, name: str) -> None:
        question = Offer(
            gettext("Delete {name}?").format(name=name),
            gettext(
                "The name and every way back to this seat are deleted, here and in the copies of the event. What was "
                "played there stays, and is nobody's. This cannot be undone."
            ),
            yes=gettext("Delete this person"),
            no=gettext("Leave it as it is"),
        )
        self.app.push_screen(question, lambda yes: self.do(partial(forget, self.hall, seat)) if yes else None)

    def _rename(self, seat: int, name: str) -> None:
        def renamed(told: str | None) -> None:
            if told:
                self.do(partial(self.hall.do, rename(seat, told, gettext("renamed by the host"))))

        self.app.push_screen(Ask(name, gettext("The new name; leave it empty to draw one")), renamed)

    def _about_team(self, seat: int, name: str) -> dict[str, Callable[[], object]]:
        room = self.hall.room
        if not room.event.teams:
            return {}
        teams = ", ".join(room.teams)
        question = gettext("The team: {teams}, or another").format(teams=teams) if teams else gettext("The team")
        put = partial(put_into, seat, reason=gettext("by the host"))
        return {gettext("Put into another team"): lambda: self._ask(name, question, put)}


def _voided(action: Action, round: int, buyer: int, seat: int | None, why: str) -> Act[None]:
    return adjust(action, why, round=round, buyer=buyer, seat=seat)
