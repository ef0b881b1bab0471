"""What came of practice: every measure with its course and its trend, and the runs behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option as Row

from engine.words import gettext, marked, ngettext
from game.home.run_files import Run
from game.practice.history import History, Past, history
from game.practice.measures import Measure, Standing, course, figure, standings
from game.report import progress as report
from game.screens.frame import WIDE
from game.screens.many import Many
from game.widgets.listing import gap, heading
from game.widgets.plain import Hanging
from game.words import signs
from game.words.visible import visible
from game.words.wording import capital

_WHEN = 16
_FIGURE, _INTERVAL, _GAP = 5, 10, 2
"""Columns of a figure, of its interval, and before the course."""
_COURSE, _WIDE_COURSE = 12, 24
"""Columns of a course at most, in a narrow window and in a wide one."""
_EDGES = 5
"""Columns of a row that the list keeps for itself."""


class Progress(Many):
    """How a player gets on, over all runs on this machine."""

    ABOUT = marked(
        "What your first tries came to, from all runs on this machine, as recorded. Choose a figure to see what it "
        "counts and how it changed, and a run to read its debrief. Retries are practice with a buyer you know: they "
        "are listed, but are no part of the figures. S looks at one scenario after another; M asks about your own "
        "mistakes, as the coach found them in any of your runs, the costliest first."
    )
    NAME = marked("Progress")
    EMPTY = marked(
        "No run has been finished yet. Play one to its end, and this page will show what your practice comes to."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "s", "scenario", marked("Scenario"), key_display="s", tooltip=marked("Look at one scenario after another")
        ),
        Binding(
            "m",
            "app.mistakes",
            marked("Mistakes"),
            key_display="m",
            tooltip=marked("Your own mistakes over all runs, the costliest first"),
        ),
        Binding("escape,l", "back", marked("Back"), key_display="Esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._history = History((), ())
        self._only: str | None = None
        self._runs: list[Past] = []
        """The runs that are looked at, newest first."""
        self._standings: tuple[Standing, ...] = ()

    def on_resize(self) -> None:
        """Say more where there is room."""
        if self._history.runs:
            self.fill()

    def read(self) -> None:
        told = self._history.notice
        self._history = history()
        if self._history.notice and self._history.notice != told:
            self.game.say(self._history.notice, warning=True)
        self._look()

    # --- the list -----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Take the runs of the scenario that is looked at, or all, and work the figures out."""
        self._runs = [past for past in self._history.runs if self._only in (None, past.header.scenario)]
        first = report.tries(self._runs)
        self._standings = standings(first) if first else ()
        self.fill()

    def fill(self) -> None:
        of = f": {self._title(self._only)}" if self._only is not None else ""
        self.head(f"{gettext(self.NAME)}{of}", _counted(self._runs) if self._runs else "")
        done = [past for past in self._runs if past.closing is not None]
        self.show([*self._figures(report.tries(self._runs)), *self._past(done)])

    def _figures(self, first: list[Past]) -> Iterator[Row]:
        if not first:
            return
        wide = self.size.width >= WIDE
        heads = (
            gettext("runs"),
            gettext("mean"),
            "95%",
            *((gettext("diff"), "95%") if wide else ()),
            gettext("trend"),
        )
        names = [gettext("First tries"), *(each.measure.heading for each in self._standings)]
        widths = _Widths(
            name=max(map(cell_len, names)),
            runs=max(_FIGURE, cell_len(heads[0])) + 1,
            mean=max(_FIGURE, cell_len(heads[1])) + 1,
            wide=wide,
        )
        words = max(map(cell_len, (heads[-1], *map(gettext, report.TREND.values()))))
        spare = self.size.width - _EDGES - widths.before_course() - 1 - words
        columns = max(0, min(_WIDE_COURSE if wide else _COURSE, spare))
        yield heading(widths.line(names[0], heads, " " * columns))
        for standing in self._standings:
            course_of = course(standing.measure, first, columns)
            drawn = report.drawn(standing.measure, course_of, signs.has_signs()) if len(course_of) > 1 else ""
            runs, mean, interval, change, around, word = report.cells(standing)
            more = (change, around) if wide else ()
            cells = (runs, mean, interval, *more, word)
            text = widths.line(standing.measure.heading, cells, f"{drawn:<{columns}}")
            yield Row(Content(text), id=f"measure:{standing.measure.name}")
        yield gap()

    def _past(self, done: list[Past]) -> Iterator[Row]:
        if not done:
            return
        yield heading(gettext("Runs"))
        for past in done[: self.most]:
            yield Row(_row(past), id=f"run:{past.name}")
        yield from self.older(len(done))

    def _title(self, scenario: str | None) -> str:
        return next((past.title for past in self._history.runs if past.header.scenario == scenario), "")

    # --- keys ---------------------------------------------------------------------------------------------------------

    def run(self, name: str) -> Run:
        """The run of that name."""
        return next(past for past in self._history.runs if past.name == name).run

    def choose(self, what: str, name: str) -> None:
        """Open the run, or say more of the figure."""
        if what == "run":
            self.game.open_run(self.run(name))
        elif what == "measure":
            standing = next(each for each in self._standings if each.measure.name == name)
            self.game.trouble(capital(gettext(name)), "\n\n".join(self._explained(standing)))

    def _explained(self, standing: Standing) -> Iterator[str]:
        """What a figure counts, where it comes from, and how it changed."""
        measure, trend = standing.measure, standing.trend
        yield gettext(measure.meaning)
        if not standing.runs:
            yield gettext("None of these runs has anything to say about it.")
            return
        per: dict[str, list[Past]] = {}
        for past in report.tries(self._runs):
            if measure.of(past) is not None:
                per.setdefault(past.title, []).append(past)
        lines = []
        for title, runs in sorted(per.items()):
            pairs = [pair for past in runs if (pair := measure.of(past)) is not None]
            of, counted = figure(measure, pairs), measure.counted(pairs)
            if of is not None:
                counted = _in_unit(measure, of.value) + (f" ({counted})" if counted else "")
            told = ngettext("{title}: {figure} in {count} run", "{title}: {figure} in {count} runs", len(runs))
            lines.append(told.format(title=visible(title), figure=counted, count=len(runs)))
        yield "\n".join(lines)
        if trend is None:
            yield report.rule(())
            return
        yield gettext(
            "Earlier half {earlier}, later half {later}; the difference lies between {low} and {high} (95%): {word}."
        ).format(
            earlier=_in_unit(measure, trend.earlier),
            later=_in_unit(measure, trend.later),
            low=measure.change(trend.low),
            high=measure.change(trend.high),
            word=gettext(report.TREND[standing.word]),
        )
        yield report.rule(self._standings)

    def action_scenario(self) -> None:
        """Look at the next scenario that was played, and at all again after the last."""
        names: list[str | None] = [None, *sorted({past.header.scenario for past in self._history.runs if past.closing})]
        self._only = names[(names.index(self._only) + 1) % len(names)] if self._only in names else None
        self.most = self.AT_ONCE
        self._look()

    def action_back(self) -> None:
        """Back to where this was opened."""
        self.app.pop_screen()


@dataclass(frozen=True, slots=True)
class _Widths:
    """The columns of the table of figures, as wide as the words of this language need them."""

    name: int
    runs: int
    mean: int
    wide: bool

    def before_course(self) -> int:
        """Columns of all that stands before a course."""
        return cell_len(self.line("", ("",) * (6 if self.wide else 4), "")) - 1

    def line(self, name: str, cells: tuple[str, ...], drawn: str) -> str:
        """A row of the table."""
        runs, mean, interval, *more, word = cells
        middle = f" {more[0]:>{_FIGURE}} {more[1]:>11}" if self.wide else ""
        figures = f"{runs:>{self.runs}}{mean:>{self.mean}}{interval:>{_INTERVAL}}{middle}"
        return f"{name:<{self.name}}{figures}{' ' * _GAP}{drawn} {word}"


def _in_unit(measure: Measure, share: float) -> str:
    text = measure.text(share)
    return f"{text}%" if measure.unit == "%" else f"{text} {gettext('per decision')}"


def _counted(runs: list[Past]) -> str:
    first, again = len(report.tries(runs)), len(report.retries(runs))
    text = ngettext("{count} first try", "{count} first tries", first).format(count=first)
    more = ngettext("{count} retry", "{count} retries", again).format(count=again)
    return f"{text}, {more}" if again else text


def _row(past: Past) -> Hanging:
    """A finished run."""
    facts = report.facts(past)
    if report.why_not_counted(past):
        facts.append(gettext("not counted"))
    return Hanging(
        Content.styled(past.run.when, "$text-muted"),
        Content.assemble((visible(past.title), "bold"), "  ", (" · ".join(facts), "$text-muted")),
        lead_width=_WHEN + 2,
    )
