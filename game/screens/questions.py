"""Moments to decide in, one after the other: each is a question, with the answer after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from engine.coach.judgement import SAME
from engine.words import gettext, marked
from game.practice.due import Question
from game.report import verdict as report
from game.screens.frame import PAGING, Detail, Frame
from game.widgets.choices import Choices
from game.widgets.plain import Plain
from game.widgets.stack import Stack
from game.widgets.verdict import paragraph, told_of
from game.words.errors import SaveError

if TYPE_CHECKING:
    from textual.visual import Visual


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about, in words to be looked up."""

    place: str
    """Which question this is."""
    one: str
    many: str
    """How many were solved."""


MISTAKES: Final = Asked(
    marked("Mistake {number} of {all}: {title}"),
    marked("{solved} of {count} mistake solved."),
    marked("{solved} of {count} mistakes solved."),
)
POSITIONS: Final = Asked(
    marked("Position {number} of {all}: {title}"),
    marked("{solved} of {count} position solved."),
    marked("{solved} of {count} positions solved."),
)


_WIDE: Final = 72
"""Columns of what was said, where there are as many."""
_SIDES: Final = 7
"""Columns beside it: the margins, and a scrollbar."""
_SHARE: Final = 45
"""Percent of the rows that are for what was said at least, unless what was said last takes more."""
_LESS: Final = 20
"""... once there is an answer, and what each was worth to be read."""
_FRAME: Final = 6
"""Rows of head and foot, and of lines between."""


class Questions(Frame):
    """Positions as questions."""

    CSS_PATH = "coach.tcss"
    ABOUT = marked(
        "You stand before a move that once cost something, and choose. Whatever is within {points} points of the best "
        "counts as right, and so does what cannot be told from it. Nothing here is played on, and no run is changed by "
        "it. n skips a question."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", marked("Skip"), tooltip=marked("On to the next one")),
        Binding("escape", "back", marked("Back"), key_display="Esc"),
        *PAGING,
    ]

    def __init__(self, questions: Sequence[Question], what: Asked, answered: Callable[[Question, bool], None]) -> None:
        """Ask one or more `questions`, which are about `what`. `answered` is told of each answer, right or not."""
        super().__init__()
        self._questions = questions
        self.question = questions[0]
        """The one that is asked."""
        self._what = what
        self._tell = answered
        self._at = 0
        self._answers = 0
        self._solved = 0

    def about(self) -> str:
        return gettext(self.ABOUT).format(points=SAME)

    def body(self) -> ComposeResult:
        yield Plain(id="about", classes="quiet")
        with VerticalScroll(id="before", can_focus=False):
            yield Plain(id="said")
        yield Choices(id="choices")
        with Detail(id="detail"):
            yield Plain(id="why")

    def on_mount(self) -> None:
        """Ask the first question."""
        self.query_one(Choices).focus()
        self.watch(self.query_one("#before"), "show_vertical_scrollbar", self._say_above, init=False)
        self._ask()

    def _say(self) -> None:
        place = gettext(self._what.place).format(
            number=self._at + 1, all=len(self._questions), title=self.question.title
        )
        solved = gettext("solved {solved} of {answers}").format(solved=self._solved, answers=self._answers)
        self.head(place, solved if self._answers else "")

    def _ask(self) -> None:
        self._say()
        question = self.question
        view = question.view()
        self.query_one("#about", Plain).update(question.about)
        self._tell_again()
        self.query_one("#detail", Detail).display = False
        choices = self.query_one(Choices)
        choices.set_class(False, "-answered")
        choices.offer(view)
        self._say_above()
        self._make_room()
        self.call_after_refresh(self._make_room)  # how long the choices are is known by then
        before = self.query_one("#before", VerticalScroll)
        before.anchor(bool(view.transcript))  # where it stands by now stays in view, whatever the size
        if not view.transcript:
            before.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Share out the room of another window."""
        self._tell_again()
        self.call_after_refresh(self._make_room)

    def _told(self) -> list[list[str]]:
        """What was said, in lines that fit this window: wrapped once more they would break off."""
        return self.question.told(max(1, min(_WIDE, self.size.width - _SIDES)))

    def _tell_again(self) -> None:
        self.query_one("#said", Plain).update("\n".join(line for each in self._told() for line in each))

    def _make_room(self) -> None:
        """Let what is in view of what was said begin where somebody begins to speak, and leave room for the rest."""
        before, height = self.query_one("#before", VerticalScroll), 0
        room = self.size.height * _LESS // 100
        if not self.query_one("#detail", Detail).display:
            rest = self.query_one("#about").size.height + self.query_one(Choices).virtual_size.height + _FRAME
            room = max(self.size.height * _SHARE // 100, self.size.height - rest)
        for told in reversed(self._told()):
            if height and height + len(told) > room:
                break
            height += len(told)
        before.styles.max_height = height

    def _say_above(self) -> None:
        """Ask, until there is an answer, and say how to read what was said before."""
        told = []
        if not self.query_one("#detail", Detail).display:
            told.append(gettext("What would you do here?"))
            if self.query_one("#before").show_vertical_scrollbar:
                told.append(gettext("PgUp PgDn: the rest"))
        self.query_one(Choices).say_above(" · ".join(told))

    def scrolled(self) -> Iterable[VerticalScroll]:
        """What was said, or after an answer what it was worth."""
        detail = self.query_one("#detail", Detail)
        return (detail if detail.display else self.query_one("#before", VerticalScroll),)

    def on_choices_picked(self, message: Choices.Picked) -> None:
        """Say whether it was right, and what each would have been worth."""
        question = self.question
        chosen = question.state.game.move_name(message.option.action)
        right = question.position.right(chosen)
        self._answers += 1
        self._solved += right
        self._keep(question, right)
        self._say()
        self.query_one("#why", Plain).update(Stack(*self._explained(question, chosen)))
        detail = self.query_one("#detail", Detail)
        detail.display = True
        detail.scroll_home(animate=False)
        choices = self.query_one(Choices)
        choices.set_class(True, "-answered")
        self._say_above()
        self._make_room()
        last = self._at + 1 == len(self._questions)
        choices.offer_to_go_on(gettext("That was the last one") if last else gettext("Go on"))

    def _keep(self, question: Question, right: bool) -> None:
        try:
            self._tell(question, right)
        except SaveError as error:
            self.game.say(str(error), warning=True)

    def _explained(self, question: Question, chosen: str) -> list[Visual]:
        position, state = question.position, question.state
        verdict = position.verdict
        words = report.words_of(state, position.cues)
        currency = state.game.scenario.currency
        told = [paragraph(report.answered_text(verdict, chosen), "bold $accent")]
        told += told_of(verdict, words, currency, chosen, gettext("your answer"))
        return told + [paragraph(text) for text in report.explained(verdict, state, chosen, words)]

    def on_choices_go_on(self) -> None:
        """On to the next one."""
        self.action_next()

    def action_next(self) -> None:
        """On to the next question, or back after the last."""
        try:
            self.question = self._questions[self._at + 1]  # it is made ready now, or all that is left cannot be asked
        except IndexError:
            all = len(self._questions)
            told = gettext(self._what.one) if all == 1 else gettext(self._what.many)
            self.game.say(told.format(solved=self._solved, count=all))
            self.action_back()
        else:
            self._at += 1
            self._ask()

    def action_back(self) -> None:
        """Back to where the questions came from."""
        if self.app.screen is self:
            self.app.pop_screen()
