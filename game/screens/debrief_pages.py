"""A debrief as pages: how it ended and why, what each move did to the buyer, and the score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import TabbedContent, TabPane, Tabs

from engine.moments import AGREED, DECIDED
from engine.words import gettext, marked
from game.report import lesson
from game.screens.debrief_moves import MovesPage, draw
from game.screens.debrief_outcome import OutcomePage
from game.screens.frame import SCROLLING, Frame
from game.widgets.score import terms
from game.words.wording import money

if TYPE_CHECKING:
    from engine.debrief import Debrief
    from game.runs.accounts import Account

_READ = marked(
    "Outcome: how it ended and why, what you could not see, and the three moments that moved the buyer most, counting "
    "interest, trust, pressure and the decision (an order {order} points, a dated step {step}). Moves: interest over "
    "time with your moves on it, and what each did to interest alone."
)
_SCORE = marked("Score: every term with its formula and its cause.")
_CURVE = marked(
    "Solid is conviction, dotted is excitement; together they are interest. Where the curve falls without a move, "
    "silence took it; undated silence is that in which nothing was agreed."
)


class DebriefPages(Frame):
    """What is told of a run that is over, to be read: outcome, moves with the curve, and scorecard."""

    CSS_PATH = ["debrief.tcss"]  # noqa: RUF012 (the base class declares it)
    AUTO_FOCUS = ""  # it would turn to the page with the first list, whichever was read
    PAGES: ClassVar[tuple[str, ...]] = ("outcome", "moves", "score")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "page('outcome')", marked("Pages"), key_display="1-3"),
        Binding("2", "page('moves')", marked("Moves"), show=False),
        Binding("3", "page('score')", marked("Score"), show=False),
        Binding("right", "turn(1)", marked("Next page"), show=False),
        Binding("left", "turn(-1)", marked("Page before"), show=False),
        *SCROLLING,
        Binding("p", "prospect", marked("Next prospect"), show=False),
    ]

    def __init__(self, told: Account) -> None:
        """Show what is told of a run."""
        super().__init__()
        self.told = told
        self.found: Debrief = told.debrief

    def about(self) -> str:
        return f"{' '.join(self.pages_told())}\n\n{gettext(_CURVE)}"

    def pages_told(self) -> tuple[str, ...]:
        """What help says of the pages."""
        return gettext(_READ).format(order=DECIDED, step=AGREED), gettext(_SCORE)

    def body(self) -> ComposeResult:
        with TabbedContent(id="pages"):
            yield from self.pages()

    def pages(self) -> ComposeResult:
        """The pages, one after the other."""
        with TabPane(f"1 {gettext('Outcome')}", id="outcome"):
            yield self.outcome()
        with TabPane(f"2 {gettext('Moves')}", id="moves"):
            yield MovesPage(self.told)
        with TabPane(f"3 {gettext('Score')}", id="score"), VerticalScroll(can_focus=False):
            yield from self.score()

    def outcome(self) -> OutcomePage:
        """The first page."""
        return OutcomePage(self.told)

    def score(self) -> Iterator[Widget]:
        """What the run has earned, term by term."""
        yield from terms(self.found.scorecard, self.told.currency)

    def on_mount(self) -> None:
        """Show the ending."""
        self.say_result()
        self.query_one(Tabs).can_focus = False
        self.draw()
        self.teach()

    def say_result(self) -> None:
        """Say in the head what came of the run, and against what."""
        card, facts = self.found.scorecard, list[str]()
        if card.result_percent is not None:
            about = gettext("result {percent}% (+/- {error}) of par")
            if not card.result_percent:
                about = gettext("result 0% of par, the lowest")
            elif card.par_so_far:
                about = gettext("result {percent}% (+/- {error}) of par so far")
            facts.append(about.format(percent=card.result_percent, error=card.result_error))
        else:
            known = card.par is not None and not card.par_so_far  # so far, it is too uncertain to stand here
            about = gettext("result {earned}, par {par}") if known else gettext("result {earned}")
            facts.append(about.format(**self._rounded(earned=card.value, par=card.par or 0)))
        facts.append(gettext("conduct {percent}%").format(percent=card.conduct_percent))
        self.head(gettext("Debrief: {title}").format(title=self.told.title), " · ".join(facts))

    def _rounded(self, **amounts: int) -> dict[str, str]:
        """Amounts in whole units: the page of the score has them to the cent."""
        return {name: money(100 * round(amount / 100), self.told.currency) for name, amount in amounts.items()}

    def teach(self) -> None:
        """Say on top what cost most, and what to try next time."""
        worst = self.found.costliest
        text = lesson.felt(self.found, [move.text for move in self.told.moves])
        self.query_one(OutcomePage).teach(text, worst.move if worst is not None else None)

    def draw(self) -> None:
        """Draw the curve of whoever is looked at, on both pages that have one."""
        draw(self, self.found, self.query_one(MovesPage).prospect)

    # --- keys -------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self.query_one("#pages", TabbedContent).active

    def action_page(self, page: str) -> None:
        """Turn to a page."""
        self.query_one("#pages", TabbedContent).active = page

    def on_tabbed_content_tab_activated(self) -> None:
        """Put the cursor where keys are of use."""
        self.open_page(self.page)
        self.refresh_bindings()

    def open_page(self, page: str) -> None:
        """A page is looked at."""
        if page == "moves":
            self.query_one(MovesPage).open()
        else:
            self.set_focus(None)

    def action_turn(self, by: int) -> None:
        """Turn to the next page or the one before."""
        here = self.PAGES.index(self.page) if self.page in self.PAGES else 0
        self.action_page(self.PAGES[(here + by) % len(self.PAGES)])

    def scrolled(self) -> Iterable[Widget]:
        """The page that is shown."""
        pane = self.query_one("#pages", TabbedContent).active_pane
        return pane.query(VerticalScroll) if pane is not None else ()

    def action_prospect(self) -> None:
        """Show the next prospect's curve."""
        self.query_one(MovesPage).turn()
        self.draw()

    def action_back(self) -> None:
        """Back to where it was opened."""
        self.app.pop_screen()
