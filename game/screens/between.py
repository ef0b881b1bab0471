"""Between conversations: what lies ahead, how long the silence is, what it costs, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from engine.calendar import clock_text, span_text
from engine.units import DAY
from game.screens.run import RunScreen
from game.widgets.choices import Choices
from game.widgets.known import promise_text
from game.widgets.plain import Hanging, Plain
from game.widgets.timeline import Timeline
from game.widgets.transcript import Transcript
from game.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.events import Event
    from engine.view import Meters, Option, PlayerView, ProspectView
    from game.session import Session

RESULTS = {
    "order": "order",
    "no-sale": "a clear no",
    "lost-to-rival": "bought elsewhere",
    "lost-to-no-decision": "settled for nothing",
    "expired": "time is up",
    "never-contacted": "never contacted",
}


class Between(RunScreen):
    """The screen of place `between`."""

    CSS_PATH = "between.tcss"
    PLACE = "between"
    ABOUT = (
        "No conversation is running. The line shows what lies ahead: now, what is agreed, and the moment the sale is "
        "over. Below it stands each prospect: how long the silence is, and, as far as the cues show it, what has faded "
        "since the last word. Get in touch, or let time pass: waiting never raises interest."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._since = _first_new(self.view)

    def body(self) -> ComposeResult:
        yield Timeline(id="timeline")
        with VerticalScroll(id="prospects", can_focus=False):
            for one in self.view.prospects:
                yield Plain(id=f"prospect-{one.id}")
        yield Transcript(id="happened")
        yield Choices(id="choices")

    def on_mount(self) -> None:
        """Offer the first moves."""
        super().on_mount()
        self.offer(self.view)

    def show(self, view: PlayerView, before: PlayerView | None, events: tuple[Event, ...]) -> None:
        """Bring every piece up to date."""
        day = view.minute // DAY - view.start // DAY + 1
        self.head(
            "Between conversations",
            f"day {day} · {clock_text(view.minute)} · {span_text(view.worked)} worked",
        )
        self.query_one(Timeline).show(view)
        for one in view.prospects:
            faded = self._then(one)
            self.query_one(f"#prospect-{one.id}", Plain).update(_prospect(one, view, faded))
        self.query_one(Transcript).show(view.transcript[self._since :], self.names(view), self.new_tips(view))

    def offer(self, view: PlayerView) -> None:
        """Offer whom to contact, and how long to wait."""
        self.query_one(Choices).offer(list(_groups(view)))

    def _then(self, one: ProspectView) -> Meters | None:
        """The levels at the last word, as the cues showed them then."""
        if one.meters is None or one.last_contact is None:
            return None
        state = self.session.state
        while state.previous is not None and state.minute > one.last_contact:
            state = state.previous
        then = next((each for each in state.player_view(self.session.cues).prospects if each.id == one.id), None)
        return then.meters if then is not None else None


def _first_new(view: PlayerView) -> int:
    """Where the transcript of the last conversation's end begins: its last words stay in sight."""
    return max(0, len(view.transcript) - 4)


def _groups(view: PlayerView) -> Iterator[tuple[str, Sequence[Option]]]:
    many = sum(one.result is None for one in view.prospects) > 1
    rest = list(view.options)
    if many:
        for one in view.prospects:
            theirs = [option for option in rest if option.prospect == one.id]
            if theirs:
                yield one.name, theirs
                rest = [option for option in rest if option.prospect != one.id]
    else:
        theirs = [option for option in rest if option.prospect is not None]
        if theirs:
            yield "", theirs
            rest = [option for option in rest if option.prospect is None]
    tasks = [option for option in rest if option.kind not in ("wait", "finish")]
    if tasks:
        yield "Other work", tasks
    waits = [option for option in rest if option.kind in ("wait", "finish")]
    if waits:
        yield "Let time pass", waits


def _prospect(one: ProspectView, view: PlayerView, then: Meters | None) -> Hanging:
    name = Content.styled(one.name, "bold $accent" if one.result is None else "$text-muted")
    if one.result is not None:
        return Hanging(name, Content(RESULTS.get(one.result, one.result)), lead_width=14)
    parts: list[str] = []
    if one.here:
        parts.append("is in touch and waits for you now")
    elif one.last_contact is None:
        parts.append(f"nobody has answered for {span_text(max(0, view.minute - view.start))}")
    elif view.minute - one.last_contact < 5:
        parts.append("you have just talked")
    else:
        parts.append(f"silence for {span_text(view.minute - one.last_contact)}")
    parts.append(promise_text(one.promise))
    if one.attempts:
        parts.append(f"{count(one.attempts, 'attempt')} without an answer")
    lines = [Content(" · ".join(parts))]
    if one.meters is not None:
        lines.append(_fading(one.meters, then))
    elif one.mood is not None:
        lines.append(Content.assemble(("last seen ", "$text-muted"), one.mood))
    return Hanging(name, Content("\n").join(lines), lead_width=14)


def _fading(now: Meters, then: Meters | None) -> Content:
    parts: list[Content] = []
    for name in ("excitement", "conviction", "trust"):
        value, was = getattr(now, name), getattr(then, name, None)
        text = f"{was} → {value}" if was is not None and was != value else f"{value}"
        parts.append(Content.assemble((f"{name} ", "$text-muted"), text))
    return Content("   ").join(parts)
