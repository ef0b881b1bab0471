"""Between conversations: what lies ahead, how long the silence is, what it costs, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from engine.calendar import clock_text, span_text
from engine.scenario.vocabulary import RESULTS
from engine.units import DAY
from engine.words import gettext, marked
from game.runs.scene import briefings
from game.screens.run import RunScreen
from game.widgets.choices import Choices
from game.widgets.plain import Hanging, Plain
from game.widgets.timeline import Timeline
from game.widgets.transcript import Transcript
from game.words.wording import LEFT_ALONE, agreed_text, contact_text, in_vain, promise_text

if TYPE_CHECKING:
    from engine.view import Meters, Option, PlayerView, ProspectView
    from game.runs.playable import Playable

_NAME = 14
"""Columns for a prospect's name."""
_FEW = 2
"""Prospects up to this number get two lines each; of more, those whose sale is over share a line."""


class Between(RunScreen):
    """The screen of place `between`."""

    CSS_PATH = "between.tcss"
    PLACE = "between"
    LEAST_SAID = 2
    ABOUT = marked(
        "You are between conversations. The line shows what lies ahead: now, what is agreed, and the moment the "
        "sale is over. Below it is each prospect: how long there has been silence, and, as far as the cues show it, "
        "what has faded since the last word. Get in touch, or let time pass: waiting never raises interest. Every "
        "move has its key: 1 to 9, then letters."
    )

    def __init__(self, session: Playable) -> None:
        super().__init__(session)
        self._since = _first_new(self.view)

    def body(self) -> ComposeResult:
        yield Timeline(id="timeline")
        with VerticalScroll(id="prospects", can_focus=False):
            for one in self.view.prospects:
                yield Plain(id=f"prospect-{one.id}")
            yield Plain(id="over")
        with Container(id="happened"):
            yield Transcript()
        yield Choices(id="choices")

    async def show(self, view: PlayerView, before: PlayerView | None) -> None:
        """Bring every piece up to date."""
        day = view.minute // DAY - view.start // DAY + 1
        self.head(
            gettext("Between conversations"),
            gettext("day {day} · {clock} · {time} of your time").format(
                day=day, clock=clock_text(view.minute), time=span_text(view.worked)
            ),
        )
        self.query_one(Timeline).show(view)
        over = [one for one in view.prospects if one.result is not None and len(view.prospects) > _FEW]
        for one in view.prospects:
            faded = self.session.remembered(one.id)
            line = self.query_one(f"#prospect-{one.id}", Plain)
            line.display = one not in over
            line.update(_prospect(one, view, faded))
        together = self.query_one("#over", Plain)
        together.display = bool(over)
        together.update(Content.styled(" · ".join(f"{one.name}: {_result(one)}" for one in over), "$text-muted"))
        scenes = () if view.transcript else briefings(self.session.scene)  # a run that begins here
        said = view.transcript[self._since :]
        await self.query_one(Transcript).show(said, view.names, self.new_tips(view), scenes, self._news())

    async def on_mount(self) -> None:
        """Say how to see the rest of the prospects, whenever they are more than there is room for."""
        self.watch(self.query_one("#prospects"), "show_vertical_scrollbar", self._say_rest)

    def _say_rest(self, more: bool) -> None:
        self.query_one("#happened").border_title = f" {gettext('PgUp PgDn: the rest')} " if more else ""

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Have whoever the move under the cursor is about in view."""
        option = self.query_one(Choices).move(event.option_id)
        for line in self.query(f"#prospect-{option.prospect}") if option is not None else ():
            line.scroll_visible(animate=False)

    def offer(self, view: PlayerView) -> None:
        """Offer whom to contact, and how long to wait."""
        ends = {option.action: _question(option, view) for option in view.options if option.kind == "finish"}
        self.query_one(Choices).offer(view, ends)

    def needed(self) -> int:
        """Before the first move, none: what stands there was read in the briefing."""
        return super().needed() if self.view.transcript else 0

    def _news(self) -> list[str]:
        """What the last move changed, with the name where there are several prospects."""
        names, told = [one.name for one in self.view.prospects], self.changes()
        said_of = [None, *(who for who, _ in told)]  # of whom the one before is
        return [
            f"{names[who]}: {text}" if len(names) > 1 and who != last else text
            for last, (who, text) in zip(said_of, told, strict=False)
        ]


def _first_new(view: PlayerView) -> int:
    """Where the transcript of the last conversation's end begins: its last words stay in sight."""
    return max(0, len(view.transcript) - 4)


def _question(option: Option, view: PlayerView) -> str:
    """What to ask before the rest of the time is let pass."""
    agreed = agreed_text(view, named=len(view.prospects) > 1)
    says = (
        gettext("Press again to let {time} pass; {agreed}.") if agreed else gettext("Press again to let {time} pass.")
    )
    return says.format(time=span_text(option.minutes), agreed=agreed)


def _prospect(one: ProspectView, view: PlayerView, then: Meters | None) -> Hanging:
    """A prospect's line; two where there is room for what has faded."""
    name = Content.styled(one.name, "bold $accent" if one.result is None else "$text-muted")
    if one.result is not None:
        return Hanging(name, Content(_result(one)), lead_width=_NAME)
    stands = gettext(LEFT_ALONE) if one.left_alone else promise_text(one.promise, view.minute)
    parts = [Content(_silence(one, view)), Content(stands)]
    if one.attempts:
        parts.append(Content(in_vain(one.attempts)))
    between = Content.styled(" · ", "$text-muted")
    if len(view.prospects) > _FEW:
        if one.meters is not None:
            parts.insert(1, _level("interest", one.meters, then))
        return Hanging(name, between.join(parts), lead_width=_NAME)
    lines = [between.join(parts)]
    if one.meters is not None:
        levels = [_level(name, one.meters, then) for name in ("excitement", "conviction", "trust")]
        lines.append(Content("   ").join(levels))
    elif one.mood is not None and one.conversations:
        lines.append(Content.assemble((f"{gettext('last seen')} ", "$text-muted"), gettext(one.mood)))
    return Hanging(name, Content("\n").join(lines), lead_width=_NAME)


def _result(one: ProspectView) -> str:
    return gettext(RESULTS.get(one.result or "", one.result or ""))


def _silence(one: ProspectView, view: PlayerView) -> str:
    if one.here:
        return gettext("is in touch now, and waiting for you")
    if one.last_contact is None:
        return gettext("not spoken to yet")
    return contact_text(one.last_contact, view.minute)


def _level(name: str, now: Meters, then: Meters | None) -> Content:
    """A level, and what it was at the last word if it has moved since."""
    value, was = getattr(now, name), getattr(then, name, None)
    return Content.assemble(
        (f"{gettext(name)} ", "$text-muted"), f"{was} → {value}" if was not in (None, value) else f"{value}"
    )
