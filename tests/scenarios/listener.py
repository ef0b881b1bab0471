"""A player who reads and nothing else: the words that come back, the menu, and the clock on the wall.

It never sees a meter, a hidden fact or a chance. What a text says is worked out beforehand from the scenario as it is
written: the words of a fact tell that fact, a reply that is only given by those who have something tells that they have
it, and so on, as a careful reader would conclude. Then it does what a hand-written `Plan` says for what was heard. What
it cannot hear is not in the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.calendar import step_time
from engine.play import Game, State
from engine.rules.replies import BUILT_IN
from engine.rules.tables import LineRule
from engine.scenario.compiled import Clause, Line, Prospect, Reply
from engine.scenario.vocabulary import BETWEEN, OUTCOMES
from engine.units import DAY, HOUR

LISTENS_FOR = 2
"""Lines for which a sign of readiness holds."""
EARLY = 12
"""Minutes in which nobody leaves for want of a question."""


@dataclass
class Words:
    """What some words tell a reader."""

    told: set[int] = field(default_factory=set)
    lacks: set[int] = field(default_factory=set)
    raised: set[int] = field(default_factory=set)
    reasons: set[int] = field(default_factory=set)
    other_reasons: set[int] = field(default_factory=set)
    """Reasons of which one is the real one, whatever was just answered."""
    decider: int | None = None
    """A role plus one; 0 for the buyer alone."""
    answer: str = ""
    held_back: bool = False
    doubtful: bool = False
    """Only said by somebody who will not buy."""


@dataclass(frozen=True)
class Plan:
    """What to do in a scenario with what was heard; small enough to be written by hand after reading it."""

    on_hearing: Mapping[str, str] = field(default_factory=dict)
    """A line for a fact that was told, or, after `not`, for one that the buyer does not have."""
    questions: int = 9
    """Questions to ask before anything else."""
    minutes: int = 40
    """Minutes of one conversation after which to come to the point."""
    ask_from: int = 0
    """The day from which on to ask, once something is new, although nothing has shown that they are ready."""
    pause: int = 150
    """Minutes to leave between a conversation and a call that was not agreed."""
    talks: int = 3
    """Conversations to have with somebody at most."""
    firm: bool = False
    """Whether a meeting goes before the earliest hour."""
    touches: bool = False
    """Whether to send something useful between agreed conversations."""


def dictionary(prospect: Prospect) -> dict[str, Words]:
    """What each of the texts of a prospect tells."""
    found: dict[str, Words] = {}

    def words(text: str) -> Words:
        return found.setdefault(text, Words())

    for number, fact in enumerate(prospect.facts):
        words(fact.says).told.add(number)
        words(fact.otherwise).lacks.add(number)
        for text in fact.deflects:
            words(text).held_back = True
    for number, objection in enumerate(prospect.objections):
        for text in (objection.says, *objection.again):
            words(text).raised.add(number)
        for reason in objection.really:
            words(reason.says).reasons.add(reason.reason)
    for answer, replies in zip(OUTCOMES, prospect.outcomes, strict=True):
        words(BUILT_IN.get(answer, "")).answer = answer
        for reply in replies:
            for text in reply.says:
                words(text).answer = answer
                words(text).doubtful |= ("real", 0) in _conditions(reply)
    for line in prospect.lines:
        for reply in line.replies:
            for text in reply.says:
                _read(prospect, line, reply, words(text))
    words("It's my decision. I don't have to ask anybody.").decider = 0
    for number, role in enumerate(prospect.roles):
        words(f"I don't decide that alone ({role.replace('-', ' ')}).").decider = number + 1
    del found[""]
    return found


def _read(prospect: Prospect, line: Line, reply: Reply, words: Words) -> None:
    given = _conditions(reply)
    words.told |= set(reply.reveals) | {of for what, of in given if what == "has"}
    words.lacks |= {of for what, of in given if what == "lacks"}
    words.raised |= set(reply.raises)
    words.doubtful |= ("real", 0) in given
    words.held_back |= bool(line.reveals) and not reply.lands
    reasons = {of for what, of in given if what == "really"}
    (words.reasons if len(reasons) == 1 else words.other_reasons).update(reasons)
    words.answer = next((tuple(OUTCOMES)[of] for what, of in given if what == "outcome"), words.answer)
    if reply.lands and not words.lacks:
        words.told |= set(line.reveals)
    decider = {number for number, fact in enumerate(prospect.facts) if fact.id == "decider"}
    if decider & set(line.reveals):
        said = {of for each in line.replies for what, of in _conditions(each) if what == "decides"}
        mine = [of for what, of in given if what == "decides"]
        left = set(range(len(prospect.roles) + 1)) - said
        words.decider = mine[0] if len(mine) == 1 else left.pop() if not mine and len(left) == 1 else None


def _conditions(reply: Reply) -> set[tuple[str, int]]:
    return {(clause.what, of) for clause in reply.when if isinstance(clause, Clause) for of in clause.of}


@dataclass
class Buyer:
    """What is remembered of one prospect."""

    prospect: Prospect
    means: dict[str, Words]
    told: set[int] = field(default_factory=set)
    lacks: set[int] = field(default_factory=set)
    asked: dict[int, int] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)
    raised: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    reasons: set[int] = field(default_factory=set)
    present: set[int] = field(default_factory=set)
    tried: list[str] = field(default_factory=list)
    """Lines of the running conversation."""
    said: set[str] = field(default_factory=set)
    decider: int | None = None
    priced: bool = False
    doubtful: bool = False
    ready: int = 0
    answer: str = ""
    asks: int = 0
    dealt_with: int = -1
    called: int = -1
    minutes: int = 0
    talks: int = 0
    calls: int = 0
    """Calls in vain since the last conversation."""
    last: int = 0
    date: int | None = None
    touched: int = -1
    closed: bool = False

    def hear(self, text: str) -> None:
        words = self.means.get(text)
        if words is None:
            return
        self.told |= words.told
        self.lacks |= words.lacks - self.told
        self.raised |= words.raised
        self.answered -= words.raised
        self.reasons |= words.reasons
        self.doubtful |= words.doubtful
        self.decider = self.decider if words.decider is None else words.decider
        if words.other_reasons:  # that was not it
            self.answered.clear()
        if words.answer == "signal":
            self.ready = LISTENS_FOR + 1
        elif words.answer:
            self.answer = words.answer
        if words.answer == "joins":
            self.present.add(self.called)
        if words.answer == "objection" and not words.raised:
            self.answered.clear()
        if words.answer == "opts-out":
            self.closed = True
        if words.answer in ("agrees", "declines", "missed", "not-there"):
            self.date = self.date if words.answer == "agrees" else None

    def open(self) -> set[int]:
        return self.raised - self.answered

    def real(self, objection: int) -> set[int]:
        """The real reason of an objection, where it was told."""
        return {one.reason for one in self.prospect.objections[objection].really} & self.reasons


def _knows_price(prospect: Prospect) -> bool:
    return prospect.buyer.arrives == "known" or not any(line.prices for line in prospect.lines)


class Listener:
    """Plays one run by what is said."""

    def __init__(self, game: Game, plan: Plan, deaf: bool = False) -> None:
        self.game, self.plan, self.deaf = game, plan, deaf
        self.buyers = [Buyer(one, dictionary(one), priced=_knows_price(one)) for one in game.scenario.prospects]

    def play(self, seed: int) -> State:
        state = self.game.new_initial_state(seed)
        self._hear(state)
        while moves := state.legal_actions():
            state = state.apply_action(self._choose(state, moves))
            self._hear(state)
        return state

    def _hear(self, state: State) -> None:
        for event in () if self.deaf else state.events:
            if event.what in ("reply", "narration") and event.prospect >= 0:
                self.buyers[event.prospect].hear(event.text)

    def _choose(self, state: State, moves: tuple[int, ...]) -> int:
        rules = self.game.rules
        menu: dict[int, tuple[int, LineRule]] = {}
        for move in moves:
            what = rules.moves[move]
            if not isinstance(what, str):
                menu[move] = what
        talking = [what for what in menu.values() if what[1].kind not in BETWEEN]
        if not talking:
            return self._between(state, moves, menu)
        who = talking[0][0]
        buyer = self.buyers[who]
        if not buyer.minutes:
            self._begins(buyer, state.minute)
        lines = {line.line.id: (move, line) for move, (_, line) in menu.items()}
        name = self._wish(buyer, [line for _, line in lines.values()], state.minute) or next(iter(lines))
        move, line = lines[name]
        self._note(buyer, line, state.minute)
        return move

    def _begins(self, buyer: Buyer, now: int) -> None:
        buyer.tried.clear()
        buyer.talks += 1
        buyer.asks = buyer.calls = buyer.ready = 0
        buyer.answer = ""
        if buyer.date is None or buyer.date > now + HOUR:  # a talk in between leaves a date as it is
            buyer.present.clear()
        else:
            buyer.date = None

    def _note(self, buyer: Buyer, line: LineRule, now: int) -> None:
        buyer.tried.append(line.line.id)
        buyer.said.add(line.line.id)
        buyer.minutes += line.minutes
        buyer.ready = max(0, buyer.ready - 1)
        buyer.priced |= line.prices
        buyer.last = now
        buyer.met |= set(line.line.meets) & buyer.told
        buyer.asks += line.asks
        buyer.ready = 0 if line.asks else buyer.ready
        for fact in line.line.reveals:
            buyer.asked[fact] = buyer.asked.get(fact, 0) + 1
        for objection in buyer.open():
            if set(line.line.handles_reasons) & buyer.real(objection) or objection in line.line.handles_objections:
                buyer.answered.add(objection)
        if line.line.step is not None:
            buyer.date = step_time(line.line.step, now)
            buyer.present = set() if line.line.brings is None else {line.line.brings}
        elif line.line.brings is not None:
            buyer.called = line.line.brings

    # in a conversation

    def _wish(self, buyer: Buyer, lines: list[LineRule], now: int) -> str | None:
        def first(*kinds: str) -> str | None:
            return next((one.line.id for kind in kinds for one in lines if one.kind == kind), None)

        def fresh(*kinds: str) -> str | None:
            return next(
                (one.line.id for kind in kinds for one in lines if one.kind == kind and one.line.id not in buyer.tried),
                None,
            )

        missing = bool(buyer.decider) and (buyer.decider or 0) - 1 not in buyer.present
        in_time = buyer.minutes < self.plan.minutes
        if buyer.ready and (wish := self._take(buyer, lines)):
            return wish
        for wish in self._objection(buyer, lines):
            return wish
        if buyer.doubtful and not buyer.asks and (wish := fresh("invite-no")):
            return wish
        if buyer.answer in ("stays", "stall", "declines") and buyer.doubtful and (wish := first("take-no")):
            return wish
        if not in_time and not buyer.priced and (wish := first("quote")):
            return wish
        if in_time and buyer.answer != "stall":
            if missing and (wish := fresh("bring-in")):
                return wish
            for wishes in (self._develop(buyer, lines), self._hints(buyer, lines)):
                for wish in wishes:
                    return wish
            if not buyer.priced and (wish := first("quote")):
                return wish
            if buyer.raised & buyer.answered and (wish := fresh("confirm")):
                return wish
            if wish := fresh("concede"):
                return wish
            if buyer.talks > 1 and (wish := fresh("open-question")) and wish not in buyer.said:
                return wish
        news = len(buyer.met) + len(buyer.answered) + len(buyer.present) + len(buyer.told)
        fresh_news = news != buyer.dealt_with and not buyer.open()
        if (
            (now - self.game.rules.start) // DAY >= self.plan.ask_from
            and fresh_news
            and buyer.asks < (1 if missing else 2)
            and (buyer.priced or not any(line.kind == "quote" for line in buyer.prospect.lines))
            and (wish := self._ask(buyer, lines))
        ):
            buyer.dealt_with = news
            return wish
        early = buyer.minutes < EARLY and buyer.answer not in ("stall", "stays", "declines")
        if early and (wish := fresh("small-talk", "closed-question", "concede")) and wish not in buyer.said:
            return wish
        if buyer.answer not in ("stays", "declines") and (wish := fresh("invite-no")):
            return wish
        if buyer.talks < self.plan.talks and (wish := self._step(buyer, lines, now)):
            return wish
        over = buyer.doubtful or buyer.talks >= self.plan.talks
        return (first("take-no") if over else None) or first("leave", "vague-follow-up", "take-no")

    def _take(self, buyer: Buyer, lines: list[LineRule]) -> str | None:
        return self._ask(buyer, lines) or next((one.line.id for one in lines if one.kind == "quote"), None)

    def _ask(self, buyer: Buyer, lines: list[LineRule]) -> str | None:
        asks = (one.line.id for one in lines if one.kind == "ask-for-decision" and (buyer.priced or one.prices))
        return next(asks, None)

    def _objection(self, buyer: Buyer, lines: list[LineRule]) -> Iterator[str]:
        for objection in buyer.open():
            reasons = buyer.real(objection)
            for one in lines:
                if reasons & set(one.line.handles_reasons) and one.line.id not in buyer.said:
                    yield one.line.id
            for one in lines:
                if not reasons and one.kind == "isolate" and one.line.id not in buyer.tried:
                    yield one.line.id

    def _hints(self, buyer: Buyer, lines: list[LineRule]) -> Iterator[str]:
        names = [fact.id for fact in buyer.prospect.facts]
        heard = {names[one] for one in buyer.told} | {f"not {names[one]}" for one in buyer.lacks}
        for one in lines:
            for fact, line in self.plan.on_hearing.items():
                if line == one.line.id and fact in heard and line not in buyer.said:
                    yield line

    def _develop(self, buyer: Buyer, lines: list[LineRule]) -> Iterator[str]:
        unknown = {
            fact
            for fact in range(len(buyer.prospect.facts))
            if fact not in buyer.told | buyer.lacks and buyer.asked.get(fact, 0) < 2
        }
        asked = sum(one.line.id in buyer.tried for one in lines if one.kind == "open-question")
        if asked < self.plan.questions:
            for one in lines:
                if one.kind == "open-question" and unknown & set(one.line.reveals) and one.line.id not in buyer.tried:
                    yield one.line.id
        for one in lines:
            if one.kind == "listen" and one.line.id not in buyer.said:
                yield one.line.id
        for one in lines:
            if one.line.about in buyer.told and one.line.id not in buyer.said:
                yield one.line.id
        for one in lines:
            if set(one.line.meets) & (buyer.told - buyer.met) and one.line.id not in buyer.said:
                yield one.line.id

    def _step(self, buyer: Buyer, lines: list[LineRule], now: int) -> str | None:
        steps = [one for one in lines if one.line.step is not None and one.line.id not in buyer.tried]

        def worth(one: LineRule) -> tuple[bool, bool, int]:
            step = one.line.step
            assert step is not None
            return (not step.timed, self.plan.firm and step.channel != 0, step_time(step, now))

        if buyer.decider:  # with whoever decides, where there is a way to have them there
            steps = [one for one in steps if one.line.brings == buyer.decider - 1] or steps
        return min(steps, key=worth).line.id if steps and buyer.answer != "declines" else None

    # between conversations

    def _between(self, state: State, moves: tuple[int, ...], menu: dict[int, tuple[int, LineRule]]) -> int:
        now = state.minute
        for buyer in self.buyers:
            buyer.minutes = 0
            if buyer.answer == "declines":
                buyer.date = None
        calls = [(move, who, line) for move, (who, line) in menu.items() if line.kind == "call"]
        for move, _, line in calls:  # somebody waits, or the agreed time has come
            if line is self.game.rules.prospects[menu[move][0]].take_call:
                return move
        for move, who, _ in calls:
            date = self.buyers[who].date
            if date is not None and abs(now - date) <= 20:
                keeps = [m for m, w, one in calls if w == who and one is self.game.rules.prospects[w].as_agreed]
                return keeps[0] if keeps else move
        wanted = [
            (self.buyers[who].calls, move, who) for move, who, _ in calls if self._worth_a_call(self.buyers[who], now)
        ]
        if wanted:
            tries, move, who = min(wanted)
            buyer = self.buyers[who]
            if not tries or now - buyer.last >= 60 * tries:
                buyer.calls += 1
                buyer.last = now
                return move
        if self.plan.touches:
            for move, (who, line) in menu.items():
                buyer = self.buyers[who]
                fits = not line.line.meets or set(line.line.meets) & buyer.told
                if line.kind == "touch" and buyer.talks and now - max(buyer.touched, buyer.last) > 5 * DAY and fits:
                    buyer.touched = now
                    return move
        names = {what: move for move in moves if isinstance(what := self.game.rules.moves[move], str)}
        dates = [buyer.date for buyer in self.buyers if buyer.date is not None]
        warm = any(
            buyer.talks and buyer.date is None and self._again(buyer) and buyer.last // DAY == now // DAY
            for buyer in self.buyers
        )
        order = (
            ("wait.3d", "wait.agreed")
            if dates and self.plan.touches and min(dates) - now > 4 * DAY
            else ("wait.agreed", "wait.15m", "wait.1h", "wait.tomorrow")
            if dates and not wanted
            else ("wait.1h", "wait.evening", "wait.tomorrow")
            if wanted or warm
            else ("wait.tomorrow",)
            if any(self._again(buyer) for buyer in self.buyers)
            else ("finish",)
        )
        return next((names[name] for name in order if name in names), moves[-1])

    def _again(self, buyer: Buyer) -> bool:
        return (
            not buyer.closed
            and buyer.talks < self.plan.talks
            and buyer.calls < 4
            and not (buyer.doubtful and buyer.talks)
        )

    def _worth_a_call(self, buyer: Buyer, now: int) -> bool:
        if buyer.date is not None or not self._again(buyer):
            return False
        return not buyer.talks or bool(buyer.calls) or now - buyer.last >= self.plan.pause
