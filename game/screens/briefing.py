"""What the seller knows before the first word, and how this run is to be played."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input

from engine.calendar import clock_text, span_text, weekday_text
from engine.luck import SEEDS
from engine.money import number_text
from engine.scenario.placeholders import drawn, filled
from engine.units import DAY
from engine.words import gettext, marked
from game.runs.opening import new_seed
from game.runs.scene import scene, shared_hour, terms
from game.screens.frame import SCROLLING, Own
from game.widgets.plain import Hanging, Plain
from game.words.signs import ENTER
from game.words.terms import CUES
from game.words.wording import CUE_NAMES, school_name, tidied, told_of

if TYPE_CHECKING:
    from engine.scenario.compiled import Calendar, Scenario
    from game.runs.scene import Person


class Briefing(Own):
    """Read, set, start."""

    CSS_PATH = "briefing.tcss"
    ABOUT = marked(
        "What you know before the first word. The seed decides which buyer you meet: who decides, what lies behind "
        "an objection, how much time there is. The same seed is the same buyer with the same luck; a new seed is "
        "somebody else in the same situation."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", marked("Start"), key_display=ENTER),
        Binding("s", "edit_seed", marked("Edit seed")),
        Binding("n", "new_seed", marked("New seed")),
        Binding("f2", "app.cues", marked("Cues"), key_display="F2"),
        Binding("f3", "app.live", marked("Clock"), key_display="F3"),
        Binding("escape", "back", marked("Library"), key_display="Esc"),
        *SCROLLING,
    ]

    def __init__(self, scenario: Scenario, path: Path | None, seed: int | None = None) -> None:
        super().__init__()
        self.scenario = scenario
        self.path = path
        self._seed = seed if seed is not None else new_seed()

    def body(self) -> ComposeResult:
        with VerticalScroll(id="page", can_focus=False):
            yield from self._page(self._seed)
        with Horizontal(id="settings"):
            yield Plain(id="cues")
            yield Plain(id="live")
        with Horizontal(id="start-row"):
            yield Button(f"{gettext('Start')} {ENTER}", id="start", compact=True)
            yield Plain(gettext("seed"), id="seed-label")
            yield Seed(str(self._seed), id="seed")

    def _page(self, seed: int) -> ComposeResult:
        """What is known before the first word to whoever meets the people that this seed draws."""
        scenario = filled(self.scenario, drawn(self.scenario, seed))
        yield Plain(tidied(scenario.briefing), id="briefing")
        if len(scenario.prospects) > 1:
            for one in scenario.prospects:
                yield _row(one.buyer.name, told_of(one.buyer.name, tidied(one.briefing)) or one.offer.name)
        for label, text in _offers(scene(scenario).people):
            yield _row(label, text)
        yield _row(gettext("Calendar"), _calendar(scenario.calendar))

    async def on_input_changed(self) -> None:
        """Name the people of another seed."""
        seed = self._chosen()
        if seed < SEEDS and any(one.buyer.varies for one in self.scenario.prospects):
            page = self.query_one("#page", VerticalScroll)
            async with self.batch():
                await page.remove_children()
                await page.mount_all(self._page(seed))

    def _chosen(self) -> int:
        typed = self.query_one("#seed", Seed).value
        return int(typed) if typed else self._seed

    def on_mount(self) -> None:
        """Put the cursor on the start."""
        scenario = self.scenario
        school = school_name(scenario.teaches[0] if scenario.teaches else None)
        self.head(scenario.title, f"{school} · {'●' * scenario.difficulty}{'○' * (3 - scenario.difficulty)}")
        self.settings_changed()
        self.query_one("#start", Button).focus()

    def settings_changed(self) -> None:
        """Show the settings that the run will have."""
        settings = self.game.settings
        cues, shows = gettext(CUE_NAMES[settings.cues]), gettext(CUES[settings.cues])
        clock = gettext("live") if settings.live else gettext("untimed")
        costs = gettext("thinking costs patience") if settings.live else gettext("take your time")
        self.query_one("#cues", Plain).update(_setting(gettext("cues"), cues, shows))
        self.query_one("#live", Plain).update(_setting(gettext("clock"), clock, costs))

    def action_start(self) -> None:
        """Begin the run."""
        seed = self._chosen()
        if seed >= SEEDS:
            self.game.say(gettext("A seed is a number below {most}.").format(most=number_text(SEEDS)), warning=True)
            return
        self.game.start(self.scenario, self.path, seed)

    def on_button_pressed(self) -> None:
        """Begin by mouse, or with Enter on the button."""
        self.action_start()

    def on_input_submitted(self) -> None:
        """Take the seed as typed, and put the cursor on the start: who wants to begin presses Enter there."""
        self.query_one("#start", Button).focus()

    def action_new_seed(self) -> None:
        """Draw another buyer."""
        self.query_one("#seed", Seed).value = str(new_seed())

    def action_edit_seed(self) -> None:
        """Put the cursor in the seed."""
        self.query_one("#seed", Seed).focus()

    def action_back(self) -> None:
        """Back to the library."""
        self.game.to_bottom()


class Seed(Input):
    """A number. Letters are left to the screen, so that its keys work from here too."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", marked("Set"), key_display=ENTER)]

    def __init__(self, value: str, *, id: str) -> None:
        super().__init__(value, id=id, restrict=r"[0-9]{0,16}", compact=True, select_on_focus=True)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Only digits are this field's own."""
        return character is not None and character.isdigit()

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and not (event.character or "").isdigit():
            event.prevent_default()
            return
        await super()._on_key(event)


def _row(label: str, text: str) -> Plain:
    return Plain(Hanging(Content.styled(label, "$text-muted"), Content(text), lead_width=12), classes="fact")


def _setting(name: str, value: str, meaning: str) -> Content:
    return Content.assemble((f"{name} ", "$text-muted"), (value, "bold"), (f"  {meaning}", "$text-muted"))


def _offers(people: Sequence[Person]) -> list[tuple[str, str]]:
    """What is offered to whom, with those together who are offered the same."""
    shared = shared_hour(people)
    whose: dict[str, list[str]] = {}
    for one in people:
        whose.setdefault(terms(one, hour=not shared), []).append(one.name)
    told = [f"{', '.join(names)}: {text}" for text, names in whose.items()]
    if len(whose) == 1:
        told = [" ".join(filter(None, (*whose, shared)))]
    elif shared:
        told.append(shared)
    return [(gettext("Offer") if at == 0 else "", text) for at, text in enumerate(told)]


def _calendar(calendar: Calendar) -> str:
    return gettext(
        "It is {now}. Open {hours}. A conversation lasts {visit} at most, and no longer than the buyer's patience, "
        "which differs; the sale is over after {deadline}, one way or another."
    ).format(
        now=clock_text(calendar.start),
        hours=_hours(calendar),
        visit=span_text(calendar.visit),
        deadline=span_text(calendar.deadline),
    )


def _hours(calendar: Calendar) -> str:
    """Opening hours with equal days drawn together: `Mon-Fri 09:00-18:00, Sat 09:00-17:00`."""
    days = [
        ", ".join(f"{span.low // 60:02}:{span.low % 60:02}-{span.high // 60:02}:{span.high % 60:02}" for span in spans)
        for spans in calendar.open
    ]
    parts: list[str] = []
    first = 0
    for day in range(1, 8):
        if day == 7 or days[day] != days[first]:
            if days[first]:
                name, last = weekday_text(first * DAY), weekday_text((day - 1) * DAY)
                name = name if day - first == 1 else f"{name}-{last}"
                parts.append(f"{name} {days[first]}")
            first = day
    return ", ".join(parts) or gettext("never")
