"""The coach: what cost most, where the result comes from, and every move beside what would have been worth more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Row

from engine.coach.judgement import JUDGED
from engine.course import dates
from engine.reasons import answers, missed
from engine.words import gettext, marked, ngettext
from game.computing.background import in_background
from game.practice.habits import LEAST_MOMENTS, LEAST_RUNS, habit_text, habits
from game.report import coach as report
from game.report import verdict as of_move
from game.report.takeaway import advice
from game.screens.frame import PAGING, Detail, Own
from game.widgets.moves import Moves, columns, row
from game.widgets.plain import Plain
from game.widgets.stack import Stack
from game.widgets.verdict import paragraph, told_of
from game.words.errors import Failure
from game.words.wording import why_text

if TYPE_CHECKING:
    from textual.visual import Visual

    from engine.coach.habits import Habit
    from engine.coach.verdict import Analysis, Verdict
    from engine.reasons import Chance
    from game.coach.judging import Judging
    from game.report.verdict import Words
    from game.runs.session import Session


_WORD: Final = 10
"""Columns for the word for a move: more, where one is longer."""


class CoachScreen(Own):
    """A run, judged while one reads: the longer, the more accurately."""

    CSS_PATH = "coach.tcss"
    ABOUT = marked(
        "At each move the coach imagines buyers who would have shown what yours had shown by then, tries everything "
        "that could be done, and plays on as well as it can. What a move lost is how much less it was worth than the "
        "best one; if the best could still be done right afterwards, only the delay counts. A point is a hundredth of "
        "what could be earned at that move or, if that was more, at the start. From 10, 20 and 30 points on, that is "
        "an inaccuracy, a mistake or a blunder, unless the figures are too uncertain to say so. What you could not "
        "know is not held against you.\n\nEqual best is what nothing was better than, though the coach would have "
        "done something else. A costly habit costs whenever it is said or done, even where it lost little here. Where "
        "little was left to be earned, little was at stake; ? stands for a loss that cannot be told yet.\n\nOn top, "
        "play is 100 less the points that all moves lost; accuracy goes by each move, so that one large loss counts "
        "for more than several small ones.\n\nThe result is par, less what "
        "the moves lost, plus luck: with the answers, "
        "and with the buyer whom you happened to meet. Choose a move to see what would have been worth more, and "
        "press r to go back to it. m asks about the mistakes of this run, a about those of all runs that were judged, "
        "the costliest first, until you have solved them, here or there.\n\nWhat you usually do after such a moment, "
        "an objection or a stall or whatever the buyer has just brought, is counted over your newest first tries, once "
        "there are {moments} such moments in {runs} other runs."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "retry", marked("Retry"), tooltip=marked("Go back to the chosen move")),
        Binding("m", "learn", marked("Learn from mistakes"), tooltip=marked("Each mistake of this run as a question")),
        Binding(
            "a",
            "app.mistakes",
            marked("All mistakes"),
            tooltip=marked("Your own mistakes over all runs, the costliest first"),
        ),
        Binding("escape,l", "back", marked("Debrief"), key_display="Esc"),
        *PAGING,
    ]

    @dataclass
    class LookedBack(Message):
        """What the player usually does is known, and when a sale was there to be had."""

        habits: dict[str, Habit]
        there: tuple[Chance, ...]

    class More(Message):
        """There is more to show than before."""

    def __init__(self, session: Session, judging: Judging) -> None:
        """Show what `judging` finds in the run."""
        super().__init__()
        self.session = session
        self._end = session.state
        self._judging = judging
        self.found: Analysis | None = None
        """What is shown; None until there is something."""
        self._warned = False
        """Whether it was said that what was found is not kept."""
        self._habits: dict[str, Habit] = {}
        self._there: tuple[Chance, ...] = ()
        self._left = Event()
        self._put = "0"
        """The row on which the cursor was put; once the player has moved it, it stays where it is."""
        self._answers = {each.move: each for each in answers(self._end)}
        self._worded: dict[int, Words] = {}
        self._word = _WORD
        self._whens = dates(self._end)

    def about(self) -> str:
        return gettext(self.ABOUT).format(moments=LEAST_MOMENTS, runs=LEAST_RUNS)

    def body(self) -> ComposeResult:
        yield Plain(gettext(report.AT_WORK), id="takeaway")
        yield Plain(id="sums")
        moves = Moves(id="moves")
        moves.border_title = f" {gettext('points lost')} "
        yield moves
        with Detail(id="detail"):
            yield Plain(id="why")

    def on_mount(self) -> None:
        """Show what there is already, the moves at least, and wait for more."""
        self.head(gettext("The coach: {title}").format(title=self.session.scenario.title))
        moves = self.query_one("#moves", Moves)
        moves.focus()
        if self._judging.found is None and not self._judging.refused:
            moves.fill([self._row(number, None) for number in range(self._end.moves)])
        self._look()
        self.call_after_refresh(in_background, self._look_back)

    def _read(self) -> None:
        if not self._left.is_set():
            self._judging.read(lambda: self.post_message(self.More()))
            self._look()

    def _look_back(self) -> None:
        """Find out what the player usually does, and when a sale was there, in a thread of its own."""
        usual = habits(self.session.record_path, self.game.folder, self._left.is_set)
        self.post_message(self.LookedBack(usual, missed(self._end)))

    def on_coach_screen_looked_back(self, message: LookedBack) -> None:
        """Say it of the chosen move, too."""
        self._habits, self._there = message.habits, message.there
        self._tell()

    def on_unmount(self) -> None:
        """Nobody reads any more."""
        self._left.set()
        self._judging.put_aside()

    def on_screen_suspend(self) -> None:
        """Something lies over it, perhaps a retry that has the processors to itself."""
        self._judging.put_aside()

    def on_screen_resume(self) -> None:
        """It is read again."""
        self.call_after_refresh(self._read)  # whatever that takes, the page is painted first

    def on_coach_screen_more(self) -> None:
        """Show it."""
        self._look()

    def _look(self) -> None:
        judging = self._judging
        if judging.refused:
            self.query_one("#takeaway", Plain).update(judging.refused)
            return
        if judging.found is not None and judging.found is not self.found:
            self._show(judging.found)
        if judging.unkept and not self._warned:
            self._warned = True
            self.game.say(judging.unkept, warning=True)
        at_work = "" if judging.enough() else self._progress(judging)
        if self.found is None:
            self.query_one("#takeaway", Plain).update(f"{gettext(report.AT_WORK)} {at_work}")
        else:
            made = ngettext("{count} imagining", "{count} imaginings", self.found.imaginings)
            told = [made.format(count=self.found.imaginings), at_work, gettext("points lost")]
            self.query_one("#moves", Moves).border_title = f" {' · '.join(each for each in told if each)} "

    def _progress(self, judging: Judging) -> str:
        due = judging.next  # more may have been made meanwhile, while what was due is being judged
        return gettext("{made} of {all} made").format(made=min(judging.imaginings, due), all=due)

    def _show(self, found: Analysis) -> None:
        """Show what was found, with the cursor on what cost most unless the player has moved it."""
        self.found = found
        self.head(
            gettext("The coach: {title}").format(title=self.session.scenario.title),
            report.head_text(found),
        )
        worst = found.costliest
        went = of_move.gone(worst, self._end.states()[worst.number]) if worst is not None else None
        self.query_one("#takeaway", Plain).update(advice(found, self._words, went=went))
        self.query_one("#sums", Plain).update(self._sums(found))
        listing = self.query_one("#moves", Moves)
        left = listing.highlighted_option is None or listing.highlighted_option.id == self._put
        self._word = max([_WORD, *(cell_len(of_move.judged_text(each)) for each in found.moves)])
        listing.fill([self._row(each.number, each) for each in found.moves], keep=True)
        if left:
            self._put = str(worst.number if worst is not None else 0)
            listing.go_to(self._put)
        self.call_after_refresh(listing.scroll_to_highlight)  # what stands above it may have grown
        self._tell()

    def _sums(self, found: Analysis) -> Content:
        """par 696 − lost 529 − luck of the answers 290 + of the buyer 89 = −34 EUR"""
        currency = self._currency

        def term(name: str, value: int) -> str:
            return f" {'−' if value < 0 else '+'} {name} {of_move.rough(abs(value), found.point, currency, unit=False)}"

        moves = f" − {gettext('lost')} {of_move.rough(found.losses, found.point, currency, unit=False)}"
        if found.par is None or found.luck_buyer is None:
            return Content.assemble(
                gettext("par is still being worked out"),
                moves,
                term(gettext("luck of the answers"), found.luck_answers),
            )
        return Content.assemble(
            report.par_text(found, currency),
            moves,
            term(gettext("luck of the answers"), found.luck_answers),
            term(ngettext("of the buyer", "of the buyers", len(self._end.people)), found.luck_buyer),
            (f" = {of_move.rough(found.result, found.point, currency)}", "bold"),
        )

    @property
    def _currency(self) -> str:
        return self.session.scenario.currency

    def _words(self, number: int) -> Words:
        """What could have been said or done at a move, in words."""
        if number not in self._worded:
            self._worded[number] = of_move.words_of(self._end.states()[number], self.session.cues)
        return self._worded[number]

    def _row(self, number: int, verdict: Verdict | None) -> Row:
        """A move, with what was found of it by now."""
        state, after = self._end.states()[number : number + 2]
        tail = Content(" " * (self._word + 5))
        if verdict is not None:
            judged = verdict.judgement in JUDGED
            tail = Content.assemble(
                (f"{of_move.judged_text(verdict):>{self._word}} ", "bold $error" if judged else "$text-muted"),
                f"{of_move.lost_text(verdict):>4}",
            )
        words = self._words(number)[state.game.move_name(after.action)]
        return row(number, self._whens[number], columns(self._whens), words, tail)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what is known of the chosen move."""
        event.stop()
        self._tell()

    def _tell(self) -> None:
        chosen = self.query_one("#moves", Moves).highlighted_option
        if chosen is None or chosen.id is None:
            return
        number, found = int(chosen.id), self.found
        told: list[Visual] = []
        if found is not None:
            verdict = found.moves[number]
            words, yours = self._words(number), gettext("your move")
            told += told_of(verdict, words, self._currency, verdict.name, yours)
        if (answer := self._answers.get(number)) is not None:
            told.append(paragraph(gettext("It had {chance}.").format(chance=why_text(answer))))
        told += [paragraph(report.missed_text(one, self._end)) for one in self._there if one.move == number]
        if found is not None:
            told += self._said_of(found, found.moves[number])
        self.query_one("#why", Plain).update(Stack(*told) if told else "")
        self.query_one("#detail", Detail).scroll_home(animate=False)

    def _said_of(self, found: Analysis, verdict: Verdict) -> Iterator[Visual]:
        """What there is to say of a move beside figures and chances."""
        from engine.coach.imagining import QUICK

        state, after = self._end.states()[verdict.number : verdict.number + 2]
        for text in of_move.remarks(verdict, state, after, self._currency):
            yield paragraph(text)
        if (usual := habit_text(self._habits, state, verdict)) and verdict.line:
            yield paragraph(usual)
        if verdict.line and (learnt := of_move.advised(verdict, state)):
            yield paragraph(learnt, "italic")
        if found.imaginings < QUICK:
            yield paragraph(gettext("These are first, rough figures."), "italic")

    def action_retry(self) -> None:
        """Go back to the chosen move."""
        chosen = self.query_one("#moves", Moves).highlighted_option
        if chosen is not None and chosen.id is not None:
            self.game.retry(self.session, int(chosen.id))

    def action_learn(self) -> None:
        """Ask about each mistake."""
        from engine.coach.position import mistakes
        from game.practice import due
        from game.screens.questions import MISTAKES, Questions

        if self.found is None:
            self.game.say(gettext("The coach has not judged the moves yet."))
        elif not self.found.mistakes:
            self.game.say(gettext("No move of this run surely lost enough to be asked about."))
        else:
            found = mistakes(self._end, self.found, self.session.cues)
            try:
                asked = due.of_run(found, self._end.states())
            except Failure as error:
                self.game.trouble(gettext("There is nothing to drill now"), str(error))
            else:
                self.app.push_screen(Questions(asked, MISTAKES, due.answered))

    def action_back(self) -> None:
        """Back to the debrief."""
        self.app.pop_screen()
