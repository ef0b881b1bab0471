"""After the sale: what came of it, as pages, and the way back to any moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TabbedContent, TabPane

from engine.words import gettext, marked, ngettext, speaking
from game.coach.judging import Judging
from game.practice import others
from game.report import comparison, lesson
from game.report.coach import AT_WORK, play_text
from game.screens.debrief_moves import MovesPage
from game.screens.debrief_outcome import OutcomePage
from game.screens.debrief_pages import DebriefPages
from game.screens.frame import Own
from game.screens.others import Others
from game.widgets.plain import Plain

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis
    from game.runs.accounts import Account
    from game.runs.session import Session

_GO_BACK = marked("Choose any move and press r to go back to it, with the same buyer and the same luck.")
_OTHERS = marked(
    "Others: who else has played this very sale: you in another try, the expert, each school; Enter lays one of them "
    "beside your run."
)


class DebriefScreen(DebriefPages, Own):
    """The debrief of a run of one's own, with the coach, who else played this buyer, and ways to try again."""

    # the coach's is taken in as well: Textual styles every screen anew for a style sheet that comes later
    CSS_PATH = ["debrief.tcss", "coach.tcss"]  # noqa: RUF012 (the base class declares it)
    PAGES = (*DebriefPages.PAGES, "others")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "page('outcome')", marked("Pages"), key_display="1-4"),
        Binding("4", "page('others')", marked("Others"), show=False),
        Binding(
            "c",
            "coach",
            marked("Coach"),
            tooltip=marked("What each move was worth, and what would have been worth more"),
        ),
        Binding("r", "retry", marked("Retry"), tooltip=marked("Go back to the chosen move")),
        Binding(
            "b", "same_buyer", marked("Again"), tooltip=marked("From the start, the same person with the same luck")
        ),
        Binding("n", "new_buyer", marked("New buyer"), tooltip=marked("The same situation with somebody else")),
        Binding("escape,l", "back", marked("Library"), key_display="Esc"),
    ]

    class Judged(Message):
        """The coach has found something."""

    def __init__(
        self,
        told: Account,
        session: Session | None,
        practice: str = "",
        about: str = "",
        *,
        judging: Judging | None = None,
    ) -> None:
        """Show what is told of a run. `session` is the run itself, to be tried again; None if it is of a version that
        is not here any more. `practice` says that its buyer was met before. Of a run that was opened again, `about`
        says with which version it was played. `judging` is the coach who has looked on while it was played, or has
        begun before it was opened, if one has.
        """
        super().__init__(told)
        self.session = session
        self._practice = practice
        self._about = about
        self.judging = judging
        self.taught: Analysis | None = None
        """What the sentence on top comes from; None while it comes from the meters."""

    def pages_told(self) -> tuple[str, ...]:
        read, score = super().pages_told()
        return read, gettext(_GO_BACK), score, gettext(_OTHERS)

    def pages(self) -> ComposeResult:
        yield from super().pages()
        with TabPane(f"4 {gettext('Others')}", id="others"):
            yield Others(self.session, self._about)

    def outcome(self) -> OutcomePage:
        return OutcomePage(self.told, self._met_before(), self._about, again=self.session is not None)

    def _met_before(self) -> str:
        """What there is to say of a run whose buyer was met before; nothing of any other."""
        session = self.session
        if not self._practice or session is None or not others.is_at_hand(session.header, session.record_path):
            return self._practice
        return f"{self._practice} {gettext('Press 4 to see it beside the run it repeats.')}"

    def score(self) -> Iterator[Widget]:
        """What the run has earned, term by term, and above that what its play was worth."""
        card, worth = self.found.scorecard, Plain(classes="note", id="worth")
        worth.display = False  # until the coach has judged it
        yield worth
        if card.par_so_far:
            so_far = gettext(
                "Par is known only roughly so far, and is still being worked out: whatever is measured against it "
                "changes while you read."
            )
            yield Plain(so_far, classes="note")
        elif card.par is None and self.session is not None:
            yield Plain(self.par_to_come(), classes="note")
        yield from super().score()

    def par_to_come(self) -> str:
        """What stands above the score until par is known."""
        return ngettext(
            "What the best of expert, schools and script earns from this very buyer is still being worked out. Your "
            "result is measured against it as soon as it is known, whatever you do meanwhile.",
            "What the best of expert, schools and script earns from these very buyers is still being worked out. Your "
            "result is measured against it as soon as it is known, whatever you do meanwhile.",
            len(self.found.endings),
        )

    def on_mount(self) -> None:
        """Let the coach judge the run. Textual calls the handler of the class above by itself."""
        if self.session is not None:
            if self.judging is None:
                self.judging = Judging(self.session, self.game.leaving, past=True)
            self.call_after_refresh(self.judging.begin, lambda: self.post_message(self.Judged()))
            self.post_message(self.Judged())  # par may have come since

    async def _take_par_in(self) -> None:
        """Show what the run is measured against, where that had to be worked out."""
        card, par = self.found.scorecard, self.judging.par if self.judging is not None else None
        told = card.par, card.par_error, card.par_so_far
        if self.session is None or par is None or told == (par.value, par.error, par.so_far):
            return
        if card.par is not None and not card.par_so_far:  # it is known, and nothing changes any more
            return
        from game.runs.accounts import account_of

        with speaking(self.session.scenario.language):
            self.told = account_of(self.session.state, self.session.header, par)
        self.found = self.told.debrief
        self.say_result()
        score = self.query_one("#score VerticalScroll", VerticalScroll)
        with self.app.batch_update():
            read = score.scroll_y
            await score.remove_children()
            await score.mount_all(self.score())
            score.call_after_refresh(score.scroll_to, y=read, animate=False)

    def on_unmount(self) -> None:
        """The run is left, and so is the work on it."""
        if self.judging is not None:
            self.judging.stop()

    async def on_debrief_screen_judged(self) -> None:
        """Say what the coach has found, and what the run is measured against by now."""
        await self._take_par_in()
        self.teach()

    def teach(self) -> None:
        """Say on top what cost most, and what to try next time: by the coach wherever there is one. The cursor on the
        moves waits at the one that cost most."""
        judging, session = self.judging, self.session
        if judging is None or session is None or judging.refused:
            super().teach()
            return
        move: int | None = None
        if judging.found is None:
            text = gettext(AT_WORK)
        else:
            self.taught = judging.found
            told, text = lesson.judged(self.found, self.taught, session.state, session.cues)
            self.query_one(OutcomePage).tell_moments(told.moments)
            worst = self.taught.costliest
            move = worst.number if worst is not None else None
            if move is not None and self.query_one(MovesPage).point_to(move, comparison.about(session.state, move)):
                self.draw()
            self._say_worth(self.taught)
        self.query_one(OutcomePage).teach(text, move)

    def _say_worth(self, taught: Analysis) -> None:
        """Say above the score what the play was worth apart from luck."""
        worth = self.query_one("#worth", Plain)
        worth.display = True
        worth.update(play_text(taught))

    def on_others_chosen(self, message: Others.Chosen) -> None:
        """Lay the run that was chosen beside this one."""
        self.game.lay_beside(message.found, message.name, self.told.cues)

    # --- keys -------------------------------------------------------------------------------------------------------

    def open_page(self, page: str) -> None:
        """A page is looked at."""
        if page == "others":
            self.query_one(Others).open()
        else:
            super().open_page(page)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Going back to a move is not offered where other people's runs are chosen."""
        pages = self.query("#pages").results(TabbedContent)
        return action != "retry" or all(each.active != "others" for each in pages)

    def _here(self) -> Session | None:
        """The run itself; of one that is not here any more, say why nothing can be done with it."""
        if self.session is None:
            self.game.say(self._about, warning=True)
        return self.session

    def action_retry(self) -> None:
        """Go back to the chosen move. Where the moves are not in view, show them first."""
        if self.page != "moves":
            self.action_page("moves")
            self.game.say(gettext("Choose a move, and press r to go back to it."))
            return
        move = self.query_one(MovesPage).chosen
        if (session := self._here()) is not None and move is not None:
            self.game.retry(session, move)

    def action_coach(self) -> None:
        """Let the coach judge the moves."""
        from game.screens.coach import CoachScreen

        if (session := self._here()) is not None and self.judging is not None:
            self.app.push_screen(CoachScreen(session, self.judging))

    def action_same_buyer(self) -> None:
        """From the start, with the same buyer and the same luck."""
        if (session := self._here()) is not None:
            self.game.brief(session.scenario, session.scenario_path, session.seed)

    def action_new_buyer(self) -> None:
        """The same situation with somebody else."""
        if self.session is None:
            self.game.open_id(self.told.scenario)
        else:
            self.game.brief(self.session.scenario, self.session.scenario_path, None)

    def action_back(self) -> None:
        """Back to the library."""
        self.game.to_bottom()
