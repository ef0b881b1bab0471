"""What the player can do now, in the order and under the headings in which every screen and plain lines show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from engine.calendar import span_text
from engine.scenario.vocabulary import PURPOSES
from engine.words import gettext, marked
from game.words.terms import PURPOSE

if TYPE_CHECKING:
    from engine.view import Option, PlayerView

AGREED: Final = marked("Agreed")
"""The heading of what keeps an agreed time."""
LAST_CHANCE: Final = marked("last chance")
"""What is said of a line that goes with the next one, whichever that is."""
_USES_UP: Final = marked("uses up their patience")
"""What is said of a line that takes all the time that the buyer still has, so that the conversation ends with it."""
_REPLACES: Final = marked("in place of what is agreed")
"""What is said of a date that would be put in place of one that stands."""
NOW: Final = marked("Now")
"""The heading of answering somebody who is in touch and waits."""


class Group(NamedTuple):
    """Options under one heading; they are numbered through all groups."""

    heading: str
    options: tuple[Option, ...]


def grouped(view: PlayerView) -> tuple[Group, ...]:
    """The legal moves by purpose; between conversations with several prospects, what concerns one stands by name.

    The headings are in the language that is spoken here.
    Within a group the order is the view's, which stays from turn to turn. Whoever is in touch and waits comes first of
    all, and what keeps an agreed time after that.
    """
    names = view.names
    by_name = view.place == "between" and len(names) > 1
    purposes = {purpose: gettext(purpose) for purpose in (NOW, AGREED, *PURPOSES)}
    headings = [purposes[NOW], purposes[AGREED], *names.values(), *(purposes[each] for each in PURPOSES)]
    groups: dict[str, list[Option]] = {heading: [] for heading in headings}
    for option in view.options:
        purpose = PURPOSE.get(option.kind, option.kind)
        name = names.get(option.prospect or "") if by_name and purpose == "Contact" else None
        first = NOW if option.picks_up else AGREED if option.keeps else ""
        heading = purposes.get(first) or name or purposes.get(purpose, purpose)
        groups.setdefault(heading, []).append(option)
    return tuple(Group(heading, tuple(options)) for heading, options in groups.items() if options)


def in_order(view: PlayerView) -> tuple[Option, ...]:
    """The legal moves one after the other, as they are numbered."""
    return tuple(option for group in grouped(view) for option in group.options)


def cost(option: Option, view: PlayerView) -> str:
    """What a move costs, to stand behind what it says: its time, all the patience that is left, a date that stands, and
    that it is not on offer again."""
    takes = span_text(option.minutes) if option.minutes and option.kind not in ("wait", "finish") else ""
    said = {
        _USES_UP: option.kind not in PURPOSES["Leave"] and _lasts_too_long(option, view),
        _REPLACES: option.replaces,
        LAST_CHANCE: option.last,
    }
    return ", ".join(filter(None, (takes, *(gettext(text) for text, applies in said.items() if applies))))


def _lasts_too_long(option: Option, view: PlayerView) -> bool:
    return view.patience is not None and 60 * option.minutes >= view.patience


def with_name(option: Option, heading: str, view: PlayerView) -> str:
    """What a move says, with whom it concerns before it where neither its heading nor its words tell."""
    name = next((one.name for one in view.prospects if one.id == option.prospect), "")
    told = view.place != "between" or len(view.prospects) < 2 or name in (heading, "") or name in option.text
    return option.text if told else f"{name}: {option.text}"
