"""The runs of this machine, newest first: debriefs to read again, and runs to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option as Row

from engine.words import gettext, marked, ngettext
from game.home import run_files
from game.home.run_files import Broken, Run
from game.runs.results import result_text, title, version
from game.screens.many import Many
from game.widgets.listing import gap, heading
from game.widgets.plain import Hanging
from game.widgets.stack import Stack
from game.words.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHEN = 18


class PastRuns(Many):
    """Everything that was played here."""

    ABOUT = marked(
        "Every run that was played on this machine, newest first. Choose a finished one to read its debrief as it was, "
        "and an unfinished one to go on with it. A first try is the first run with its buyer; whatever comes after is "
        "a retry, and is never counted as your best. A run of another version is one whose scenario or rules have "
        "changed since; one whose scenario is not in the library was played from a file elsewhere, or it is gone."
    )
    NAME = marked("Past runs")
    EMPTY = marked("No run has been played yet. Esc leads to the library: choose a scenario, and play.")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,l", "back", marked("Library"), key_display="Esc")]

    def __init__(self) -> None:
        super().__init__()
        self._runs: Sequence[Run] = ()
        self._broken: Sequence[Broken] = ()
        self._titles: dict[str, str] = {}
        self._here: dict[str, set[str]] = {}
        self._first: frozenset[Path] = frozenset()

    def read(self) -> None:
        from game.shelf import library

        every = list(run_files.every_run())
        self._runs = [each for each in every if isinstance(each, Run)]
        self._broken = [each for each in every if isinstance(each, Broken)]
        self._titles = library.titles(self.game.folder)
        self._here = library.digests(self._runs, self.game.folder)
        self._first = run_files.first_tries(self._runs)
        self.fill()

    def fill(self) -> None:
        finished = sum(run.over for run in self._runs)
        counts = gettext("{finished} finished, {unfinished} unfinished; results as recorded")
        if not finished:
            counts = gettext("{finished} finished, {unfinished} unfinished") if self._runs else ""
        self.head(gettext(self.NAME), counts.format(finished=finished, unfinished=len(self._runs) - finished))
        self.show(list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        for run in self._runs[: self.most]:
            yield Row(self._row(run), id=f"run:{run.path.name}")
        yield from self.older(len(self._runs))
        if self._broken:
            yield gap()
            yield heading(gettext("Files that cannot be read as runs"))
            for each in self._broken:
                yield Row(Content(f"  {visible(each.path.name)}"), id=f"broken:{each.path.name}")

    def _row(self, run: Run) -> Stack:
        head = run.header
        left = ngettext("unfinished, {count} move", "unfinished, {count} moves", run.moves)
        facts = [result_text(run) if run.over else left.format(count=run.moves)]
        if run.path not in self._first:
            facts.append(gettext("a retry"))
        if other := version(run, self._here, self._titles):
            facts.append(other)
        return Stack(
            Hanging(
                Content.styled(f"  {run.when}", "$text-muted"),
                Content.styled(title(head, self._titles), "bold"),
                lead_width=_WHEN + 2,
                tail=Content.styled(gettext("seed {seed}").format(seed=head.seed), "$text-muted"),
            ),
            Hanging(Content(""), Content.styled(" · ".join(facts), "$text-muted"), lead_width=_WHEN + 2),
        )

    def run(self, name: str) -> Run:
        """The run in the file of that name."""
        return next(each for each in self._runs if each.path.name == name)

    def choose(self, what: str, name: str) -> None:
        """Open the run, or say what is wrong with the file."""
        if what == "broken":
            broken = next(each for each in self._broken if each.path.name == name)
            self.game.trouble(gettext("This file cannot be read as a run"), f"{broken.path}\n\n{broken.why}")
        elif what == "run":
            self.game.open_run(self.run(name))

    def action_back(self) -> None:
        """Back to the library."""
        self.game.to_bottom()
