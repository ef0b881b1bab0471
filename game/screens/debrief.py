"""After the sale: how it ended and why, what moved the buyer, the score, and the way back to any moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, TabbedContent, TabPane, Tabs
from textual.widgets.option_list import Option as Row

from engine.calendar import span_text
from engine.course import by_move
from engine.moments import AGREED, DECIDED
from engine.results import ENDINGS
from engine.words import gettext, marked, ngettext, speaking
from game import others
from game.judging import Judging
from game.report import lesson
from game.report.coach import play_text
from game.screens.frame import SCROLLING, Frame
from game.screens.others import Others
from game.widgets.curve import Curve
from game.widgets.listing import Listing
from game.widgets.moves import Moves, columns, row
from game.widgets.plain import Hanging, Plain
from game.widgets.score import headline, terms
from game.wording import capital, money, signed, why_text

if TYPE_CHECKING:
    from engine.coach.verdict import Analysis
    from engine.course import CurvePoint
    from engine.debrief import Debrief, Ending
    from engine.moments import Moment
    from game.accounts import Account
    from game.session import Session

TABS = ("outcome", "moves", "score", "others")


class DebriefScreen(Frame):
    """Four pages: outcome, moves with the curve, scorecard, and who else played this buyer."""

    # the coach's comes along: to take in another style sheet, the library styles every screen anew
    CSS_PATH = ["debrief.tcss", "coach.tcss"]  # noqa: RUF012 (the base class declares it)
    ABOUT = marked(
        "Outcome: how it ended and why, what you could not see, and the three moments that moved the buyer most, "
        "counting interest, trust, pressure and the decision (an order {order} points, a dated step {step}). Moves: "
        "interest over time with your moves on it, and what each did to interest alone. Choose any move and press r to "
        "go back to it, with the same buyer and the same luck. Score: every term with its formula and its cause. "
        "Others: who else has played this very sale: you in another try, the expert, each school; Enter lays one of "
        "them beside your run.\n\nSolid is conviction, dotted is excitement; together they are interest. Where the "
        "curve falls without a move, silence took it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "page('outcome')", marked("Pages"), key_display="1-4"),
        Binding("2", "page('moves')", marked("Moves"), show=False),
        Binding("3", "page('score')", marked("Score"), show=False),
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
        Binding("right", "turn(1)", marked("Next page"), show=False),
        Binding("left", "turn(-1)", marked("Page before"), show=False),
        *SCROLLING,
        Binding("p", "prospect", marked("Next prospect"), show=False),
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
        super().__init__()
        self.told = told
        self.session = session
        self.found: Debrief = told.debrief
        self._practice = practice
        self._about = about
        self._judging = judging
        self.taught: Analysis | None = None
        """What the sentence on top comes from; None while it comes from the meters."""
        self._prospects = list(self.found.curves)
        worst = self.found.costliest or next(iter(self.found.moments), None)
        self._put = worst.move if worst is not None else 0
        """The move on which the cursor was put; once the player has moved it, it stays where it is."""
        first = self._prospects[0] if self._prospects else ""
        self._shown = worst.prospect if worst is not None else first
        self._texts = [move.text for move in told.moves]

    def about(self) -> str:
        return gettext(self.ABOUT).format(order=DECIDED, step=AGREED)

    def body(self) -> ComposeResult:
        with TabbedContent(id="pages"):
            with TabPane(f"1 {gettext('Outcome')}", id="outcome"), VerticalScroll(can_focus=False):
                yield from self._outcome()
            with TabPane(f"2 {gettext('Moves')}", id="moves"):
                yield Plain(classes="legend")
                yield Curve(id="curve")
                yield Plain(id="why")
                moves = Moves(id="list")
                moves.border_title = f" {gettext('change of interest')} "
                yield moves
            with TabPane(f"3 {gettext('Score')}", id="score"), VerticalScroll(can_focus=False):
                yield from self._score()
            with TabPane(f"4 {gettext('Others')}", id="others"):
                yield Others(self.session, self._about)

    def _score(self) -> Iterator[Widget]:
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
        yield from terms(card, self.told.currency)

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
        """Show the ending; the cursor on the moves waits at the moment that cost most."""
        self._say_result()
        self.query_one(Tabs).can_focus = False
        self._fill_moves()
        self._tell_moments(self.found.moments)
        if self.session is not None:
            if self._judging is None:
                self._judging = Judging(self.session, self.game.leaving, past=True)
            self.call_after_refresh(self._judging.begin, lambda: self.post_message(self.Judged()))
            self.post_message(self.Judged())  # par may have come since
        self._teach()

    def _say_result(self) -> None:
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

    async def _take_par_in(self) -> None:
        """Show what the run is measured against, where that had to be worked out."""
        card, par = self.found.scorecard, self._judging.par if self._judging is not None else None
        told = card.par, card.par_error, card.par_so_far
        if self.session is None or par is None or told == (par.value, par.error, par.so_far):
            return
        if card.par is not None and not card.par_so_far:  # it is known, and nothing changes any more
            return
        from game.accounts import account_of

        with speaking(self.session.scenario.language):
            self.told = account_of(self.session.state, self.session.header, par)
        self.found = self.told.debrief
        self._say_result()
        score = self.query_one("#score VerticalScroll", VerticalScroll)
        with self.app.batch_update():
            read = score.scroll_y
            await score.remove_children()
            await score.mount_all(self._score())
            score.call_after_refresh(score.scroll_to, y=read, animate=False)

    def on_unmount(self) -> None:
        """The run is left, and so is the work on it."""
        if self._judging is not None:
            self._judging.stop()

    async def on_debrief_screen_judged(self) -> None:
        """Say what the coach has found, and what the run is measured against by now."""
        await self._take_par_in()
        self._teach()

    def _teach(self) -> None:
        """Say on top what cost most, and what to try next time: by the coach wherever there is one."""
        judging, session = self._judging, self.session
        move: int | None = None
        if judging is None or session is None or judging.refused:
            text = lesson.felt(self.found, self._texts)
            move = self.found.costliest.move if self.found.costliest is not None else None
        elif judging.found is None:
            text = gettext("The coach is at work …")
        else:
            self.taught = judging.found
            text, worst = lesson.judged(self.taught, session.state, session.cues), self.taught.costliest
            move = worst.number if worst is not None else None
            self._tell_moments(lesson.moments(self.found, self.taught, session.state))
            if move is not None:
                self._point_to(move, session)
        self._say_worth()
        told = self.query_one("#lesson", Plain)
        told.display = bool(text)
        told.update(text)
        for note in self.query("#again").results(Plain):
            note.display = move is not None
            note.update(
                gettext(
                    "Try one moment again: press 2, choose move {number}, and press r: the same buyer, the same luck, "
                    "another line."
                ).format(number=(move or 0) + 1)
            )

    def _say_worth(self) -> None:
        """Say above the score what the play was worth apart from luck, once the coach has judged it."""
        if self.taught is not None:
            worth = self.query_one("#worth", Plain)
            worth.display = True
            worth.update(play_text(self.taught))

    def _point_to(self, move: int, session: Session) -> None:
        """Put the cursor on the move that cost most, unless the player has moved it."""
        listing = self.query_one("#list", Listing)
        row, was = listing.highlighted_option, self._put
        self._put = move
        if move == was or row is None or row.id != str(was):
            return
        what = session.game.rules.moves[session.state.states()[move + 1].action]
        self._shown = self._shown if isinstance(what, str) else self._prospects[what[0]]
        self._fill_moves()

    def _tell_moments(self, moments: Iterable[Moment]) -> None:
        many = len(self.found.endings) > 1
        for number, each in enumerate(moments, start=1):
            name = self.told.names.get(each.prospect, "") if many else ""
            self.query_one(f"#moment-{number}", Plain).update(_moment(number, each, self._texts[each.move], name))

    # --- outcome ----------------------------------------------------------------------------------------------------

    def _outcome(self) -> Iterator[Widget]:
        found = self.found
        many = len(found.endings) > 1
        yield Plain(classes="note", id="lesson")
        if self._practice:
            session = self.session
            beside = session is not None and others.is_at_hand(session.header, session.record_path)
            more = gettext("Press 4 to see it beside the run it repeats.") if beside else ""
            yield Plain(f"{self._practice} {more}".strip(), classes="note")
        for ending in found.endings:
            yield Plain(
                Content.assemble((_result(ending, many), "bold $accent"), "\n", ending.how or ending.sentence),
                classes="ending",
            )
        if self.told.tutorial and self.session is not None:
            yield Plain(classes="note", id="again")
        yield Horizontal(
            headline(found.scorecard.first_visit_close),
            headline(found.scorecard.follow_up_dependence),
            classes="headlines",
        )
        yield Plain(classes="legend")
        yield Curve(id="small-curve")
        if found.moments:
            yield Plain(
                Content.assemble(
                    (gettext("What moved it most"), "bold $accent"),
                    (f"  {gettext('in points: interest, trust, pressure, decision')}", "$text-muted"),
                )
            )
            for number in range(1, len(found.moments) + 1):
                yield Plain(classes="moment", id=f"moment-{number}")
        if any(ending.revealed for ending in found.endings):
            yield Plain(gettext("What you could not see"), classes="heading")
        for ending in found.endings:
            if many and ending.revealed:
                yield Plain(ending.name, classes="quiet")
            for fact in ending.revealed:
                yield Plain(Hanging(Content("·"), Content(fact), lead_width=2), classes="fact")
        if self._about:
            yield Plain(self._about, classes="version")

    # --- moves ------------------------------------------------------------------------------------------------------

    def _fill_moves(self) -> None:
        points = self.found.curves.get(self._shown, ())
        marks = {moment.move: str(number) for number, moment in enumerate(self.found.moments, start=1)}
        theirs = {moment.move for moment in self.found.moments if moment.prospect == self._shown}
        for curve in self.query(Curve):
            curve.show(points, {move: mark for move, mark in marks.items() if move in theirs})
        names = self.found.names
        lost = self.found.silence_lost.get(self._shown, 0)
        taken = ngettext("silence took {count} point", "silence took {count} points", lost).format(count=lost)
        silence = f"{taken}  " if lost else ""
        whose = ""
        if len(self._prospects) > 1:  # on a line of its own: all of it is too long for one
            whose, silence = f"{names.get(self._shown, '')} ({gettext('p: next')})  {silence}".rstrip() + "\n", ""
        legend = Content.assemble(
            (whose, "bold"),
            ("█", "$accent"),
            f" {gettext('conviction')}  ",
            ("⣿", "$secondary"),
            f" {gettext('excitement')}  ",
            (silence, "bold"),
            ("1 2 3", "bold"),
            f" {gettext('turning points')}",
        )
        for line in self.query(".legend").results(Plain):
            line.update(legend)
        rows = list(self._move_rows(points, marks))
        listing = self.query_one("#list", Listing)
        listing.fill(rows)
        listing.go_to(str(self._put))

    def _move_rows(self, points: tuple[CurvePoint, ...], marks: dict[int, str]) -> Iterator[Row]:
        ends = {move: (before, after) for move, before, after in by_move(points)}
        whens = {move: self.found.when(after.minute) for move, (_, after) in ends.items()}
        wide = columns(whens.values())
        for index, text in enumerate(self._texts):
            when, moved = whens.get(index, ""), ""
            if index in ends:
                before, after = ends[index]
                change = after.interest - before.interest
                moved = signed(change) if change else "·"
            yield row(index, when, wide, text, Content(f"{moved:>4}"), mark=f"{marks.get(index, ' ')} ")

    def on_others_chosen(self, message: Others.Chosen) -> None:
        """Lay the run that was chosen beside this one."""
        self.game.lay_beside(message.found, message.name, self.told.cues)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show on the curve where the move was, and say what it did."""
        event.stop()
        move = int(event.option_id) if event.option_id is not None else None
        self.query_one("#curve", Curve).select(move)
        self.query_one("#why", Plain).update("" if move is None else self._why(move))

    def _why(self, move: int) -> str:
        """What a move changed, with causes; for a silence, what it took."""
        points = self.found.curves.get(self._shown, ())
        at = next((index for index, point in enumerate(points) if point.move == move), None)
        if at is None:
            return gettext("This move was about somebody else.")
        parts: list[str] = []
        if points[at].silence:
            first = at - 1
            while first > 0 and points[first].move is None:
                first -= 1
            passed = span_text(points[at].minute - points[first].minute)
            silence = gettext("{time} of silence: interest {before} → {after}")
            parts.append(silence.format(time=passed, before=points[first].interest, after=points[at].interest))
        parts.extend(text for prospect, text in self.told.moves[move].changes if prospect == self._shown)
        parts.extend(
            gettext("it had {chance}").format(chance=why_text(answer))
            for answer in self.found.answers
            if answer.move == move
        )
        return "; ".join(parts) or gettext("Nothing moved by a point or more.")

    # --- keys -------------------------------------------------------------------------------------------------------

    def action_page(self, page: str) -> None:
        """Turn to a page."""
        self.query_one("#pages", TabbedContent).active = page

    def on_tabbed_content_tab_activated(self) -> None:
        """Put the cursor where keys are of use."""
        if self.query_one("#pages", TabbedContent).active == "moves":
            moves = self.query_one("#list", Listing)
            moves.focus()
            moves.call_after_refresh(moves.scroll_to_highlight)  # it had no size before
        elif self.query_one("#pages", TabbedContent).active == "others":
            self.query_one(Others).open()
        else:
            self.set_focus(None)
        self.refresh_bindings()

    def action_turn(self, by: int) -> None:
        """Turn to the next page or the one before."""
        pages = self.query_one("#pages", TabbedContent)
        here = TABS.index(pages.active) if pages.active in TABS else 0
        pages.active = TABS[(here + by) % len(TABS)]

    def scrolled(self) -> Iterable[Widget]:
        """The page that is shown."""
        pane = self.query_one("#pages", TabbedContent).active_pane
        return pane.query(VerticalScroll) if pane is not None else ()

    def action_prospect(self) -> None:
        """Show the next prospect's curve."""
        if len(self._prospects) > 1:
            at = self._prospects.index(self._shown)
            self._shown = self._prospects[(at + 1) % len(self._prospects)]
            self._fill_moves()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Going back to a move is not offered where other people's runs are chosen."""
        pages = self.query("#pages").results(TabbedContent)
        return action != "retry" or all(each.active != "others" for each in pages)

    def action_retry(self) -> None:
        """Go back to the chosen move. Where the moves are not in view, show them first."""
        if self.query_one("#pages", TabbedContent).active != "moves":
            self.action_page("moves")
            self.game.say(gettext("Choose a move, and press r to go back to it."))
            return
        option = self.query_one("#list", Listing).highlighted_option
        if self.session is None:
            self.game.say(self._about, warning=True)
        elif option is not None and option.id is not None:
            self.game.retry(self.session, int(option.id))

    def action_coach(self) -> None:
        """Let the coach judge the moves."""
        if self.session is None or self._judging is None:
            self.game.say(self._about, warning=True)
        else:
            from game.screens.coach import CoachScreen

            self.app.push_screen(CoachScreen(self.session, self._judging))

    def action_same_buyer(self) -> None:
        """From the start, with the same buyer and the same luck."""
        if self.session is None:
            self.game.say(self._about, warning=True)
        else:
            self.game.brief(self.session.scenario, self.session.scenario_path, self.session.seed)

    def action_new_buyer(self) -> None:
        """The same situation with somebody else."""
        if self.session is None:
            self.game.open_id(self.told.scenario)
        else:
            self.game.brief(self.session.scenario, self.session.scenario_path, None)

    def action_back(self) -> None:
        """Back to the library."""
        self.game.to_library()


class PastDebrief(DebriefScreen):
    """The debrief of a run that was chosen among the past ones."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,l", "back", marked("Runs"), key_display="Esc")]

    def par_to_come(self) -> str:
        return ngettext(
            "What the best of expert, schools and script earns from this very buyer is not known here, and is being "
            "worked out while you read. Your result is measured against it as soon as it is known.",
            "What the best of expert, schools and script earns from these very buyers is not known here, and is being "
            "worked out while you read. Your result is measured against it as soon as it is known.",
            len(self.found.endings),
        )

    def action_back(self) -> None:
        """Back to the past runs."""
        self.app.pop_screen()


def _result(ending: Ending, many: bool) -> str:
    result = gettext(ENDINGS.get(ending.result or "", marked("not over")))
    return f"{ending.name}: {result}" if many else capital(result)


def _moment(number: int, moment: Moment, text: str, name: str) -> Hanging:
    body = [Content.assemble((f"{name}: " if name else "", "bold"), text or moment.said)]
    causes = [each for each in moment.causes if not any(other.endswith(f": {each}") for other in moment.causes)]
    if causes:
        body.append(Content.styled("; ".join(causes), "$text-muted"))
    if moment.principle:
        body.append(Content.styled(moment.principle, "italic"))
    lead = Content.assemble(
        (f"{number}  ", "bold $accent"), (gettext("move {number}").format(number=moment.move + 1), "$text-muted")
    )
    tail = Content.styled(f"{signed(moment.change):>4}", "bold")
    return Hanging(lead, Content("\n").join(body), lead_width=12, tail=tail)
