"""Learning from mistakes: each one as a question, with the answer after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from game import lines
from game.report import coach as report
from game.screens.coach import paragraph, told_of
from game.screens.frame import Frame
from game.widgets.choices import Choices
from game.widgets.plain import Plain
from game.widgets.stack import Stack
from game.wording import count

if TYPE_CHECKING:
    from textual.visual import Visual

    from engine.coach.verdict import Analysis, Verdict
    from engine.view import PlayerView
    from game.session import Session

_HEARD = 6
"""How much of what was said last is shown with a question."""


class Mistakes(Frame):
    """The moves of a run that lost most, one by one: what would you do here?"""

    CSS_PATH = "coach.tcss"
    ABOUT = (
        "You stand where you stood before a move that cost something, and choose again. What the coach cannot tell "
        "from the best is right. Nothing of this is played on, and no run is changed by it. n passes over a question; "
        "it then counts as not solved."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "skip", "Pass over", tooltip="On to the next mistake"),
        Binding("escape", "back", "Coach", key_display="Esc"),
    ]

    def __init__(self, session: Session, found: Analysis) -> None:
        """Ask about the mistakes of an analysis that has some."""
        super().__init__()
        self.session = session
        self._found = found
        self._left = list(found.mistakes)
        self._many = len(self._left)
        self._asked = 0
        self._solved = 0
        self._answered = False

    def body(self) -> ComposeResult:
        with VerticalScroll(id="before", can_focus=False):
            yield Plain(id="said")
        yield Choices(id="choices")
        with VerticalScroll(id="detail", can_focus=False):
            yield Plain(id="why")

    def on_mount(self) -> None:
        """Ask the first question."""
        self.query_one(Choices).focus()
        self._ask()

    @property
    def _verdict(self) -> Verdict:
        return self._left[0]

    @property
    def _view(self) -> PlayerView:
        return self.session.state.states()[self._verdict.number].player_view(self.session.cues)

    def _ask(self) -> None:
        self._answered = False
        self._asked += 1
        self._say()
        view = self._view
        names = {each.id: each.name for each in view.prospects}
        told = [line for said in view.transcript[-_HEARD:] for line in lines.said(said, names, 72)]
        self.query_one("#said", Plain).update("\n".join(told) or "The first moment of the run.")
        self.call_after_refresh(self.query_one("#before", VerticalScroll).scroll_end, animate=False)
        self.query_one("#detail", VerticalScroll).display = False
        choices = self.query_one(Choices)
        choices.offer(view)
        choices.set_class(False, "-answered")
        choices.say_above("What would you do here?")

    def _say(self) -> None:
        self.head(
            f"Mistake {self._asked} of {self._many}: {self.session.scenario.title}",
            f"solved {self._solved} of {self._asked if self._answered else self._asked - 1}",
        )

    def on_choices_picked(self, message: Choices.Picked) -> None:
        """Say whether it was right, and what each would have been worth."""
        verdict, found = self._verdict, self._found
        chosen = self.session.game.move_name(message.option.action)
        right = found.right(verdict, chosen)
        self._answered = True
        self._solved += right
        self._say()
        self.query_one("#why", Plain).update(Stack(*self._explained(chosen, right)))
        detail = self.query_one("#detail", VerticalScroll)
        detail.display = True
        detail.scroll_home(animate=False)
        choices = self.query_one(Choices)
        choices.say_above("")
        choices.set_class(True, "-answered")
        choices.offer_to_go_on("Next mistake" if len(self._left) > 1 else "Back to the coach")

    def _explained(self, chosen: str, right: bool) -> list[Visual]:
        verdict, found = self._verdict, self._found
        state = self.session.state.states()[verdict.number]
        words = report.words_of(state, self.session.cues)
        currency = self.session.scenario.prospects[0].offer.currency
        told = [paragraph("Right." if right else "There is something better.", "bold $accent")]
        told += told_of(verdict, found, words, currency, chosen, "your answer")
        told.append(paragraph(f"In the run you chose: {words[verdict.name]}"))
        told += [paragraph(text, "italic") for text in (report.principle(verdict, state),) if text]
        told += [paragraph(text) for text in (report.line_text(verdict, state),) if text]
        return told

    def on_choices_go_on(self) -> None:
        """On to the next one."""
        self._next()

    def action_skip(self) -> None:
        """Pass over the question, or go on from its answer."""
        self._next()

    def _next(self) -> None:
        self._left.pop(0)
        if self._left:
            self._ask()
        else:
            self.game.say(f"{self._solved} of {count(self._many, 'mistake')} solved.")
            self._left = list(self._found.mistakes)  # something to look back at until the screen has gone
            self.action_back()

    def action_back(self) -> None:
        """Back to the coach."""
        if self.app.screen is self:
            self.app.pop_screen()
