"""What each move of a run was worth, and what else could have been done.

At each move the coach knows what the player had seen, and nothing else. It imagines buyers who would have shown just
that, in several *imaginings*, each from a belief formed independently of the others. In each of these worlds it makes
every legal move and lets a guide play on, with the same luck for all moves; the guide is the school that earns most in
this scenario. What a move is worth is its mean over the imaginings. How far that may be off is seen from how much they
differ: what is believed wrongly in one of them is wrong in all of its worlds.

The guide is no expert: what it would never think of could be lost at every move on which it is put off, again and
again, though it may still be done. So once it shows what was best at a moment, everything else that may have been good
there is also tried with that right after it, and with what goes on best after that. Nor does it always recover: one
school leaves after its second question for the decision, even where somebody else had asked before it, and too early.
So the next best school plays on, too, after the move that was made, and after any where it may do as well. A move is
worth what it is in the best of these plans. Whoever puts the best one off by a move has lost what putting it off costs,
and whoever slips, what neither of the two recovers.

What a move *lost* is the worth of the best one less its own. The best of several means is partly the luckiest one, so
the imaginings are split into two halves: each names its best plan, and the better one of the move that was made, and
the other half measures what the first was worth more.

The move that was made, and the guide's, are tried with this very buyer too, whose hidden facts the player could not
know. What they are worth otherwise with them is nobody's merit; `engine.coach.account` counts it as luck.

Imaginings are independent pieces of work, numbered from 0: the same number gives the same figures in whichever process,
and more of them make the analysis finer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from engine import world as at
from engine.belief import Belief, Seen
from engine.catalogue import catalogue
from engine.coach.judgement import SURE
from engine.doctrines import SCHOOLS
from engine.guides import guides_of
from engine.par import least
from engine.play import Game, State
from engine.playing import Chooser, chosen, planned
from engine.rules import Move, Rules, Turn, make, possible, step
from engine.rules.contact import same_attempt
from engine.rules.endings import date_stands
from engine.scenario.vocabulary import COSTLY_KINDS
from engine.seeing import veiled
from engine.valuation import Trial, World, Worth, average, mean_of_few, worths

WORLDS: Final = 4
"""Worlds of one imagining, in each of which every alternative is played out once. What is believed wrongly is most of
what an analysis may err by, so the plays are better shared out over many beliefs than spent on a few."""
LEAST: Final = 6
"""Imaginings from which on anything is said about a move."""
QUICK: Final = 8 * LEAST
"""Imaginings of the quick setting: 192 plays of each alternative."""
QUESTIONS: Final = ("isolate", "confirm", "implication", "open-question", "closed-question", "invite-no")
"""Kinds of lines that ask something, but for the decision: first those about what stands in the way, then those that
let people talk."""
AHEAD: Final = 3
"""The most moves of a plan after its first one."""
KEEPS: Final = "wait.agreed"
"""The wait that is for a date."""


class Plan(NamedTuple):
    """A legal move with what follows it."""

    move: Move
    then: tuple[Move, ...] = ()
    """What is made right after it, as far as that can be done when it is its turn."""
    by: int = 0
    """Who plays on then: one of `players_on`, by place."""

    def after(self, move: Move) -> Plan:
        """The plan that puts this one off by a move, which need not be made again."""
        return Plan(move, tuple(each for each in (self.move, *self.then) if each != move)[:AHEAD], self.by)


@dataclass(frozen=True, slots=True)
class Imagined:
    """What one imagining says of one move of a run, in minor units."""

    worths: Mapping[Plan, int]
    """Of every plan that was tried, in worlds that agree with what was seen."""
    known: Mapping[Move, int]
    """Of the move made and of what the guide would have done, with this very buyer."""
    guide: Move
    """What the guide would have done."""


class Imagining:
    """One imagining of a run: a belief that learns move by move, and what was tried in the worlds that fit it.

    It can be asked about the same run again, a few moves on or about other moves; what was tried is remembered. What it
    says follows from the run, from its number (0 or more) and from what is asked, and from nothing that was asked
    before.
    """

    def __init__(self, rules: Rules, number: int) -> None:
        self._rules = rules
        self._name = f"coach/{number}"
        self._players = players_on(rules)
        self._belief = Belief(rules, self._name)
        self._moments: list[_Moment] = []

    def says(self, end: State, left: Sequence[Sequence[Plan]] | None = None) -> tuple[Imagined | None, ...]:
        """What it says of each move of a run that may still go on. With `left`, only the plans that it holds for a move
        are tried in its place, and None is said of a move for which it holds nothing; otherwise, every legal move by
        itself. `left` may hold plans for the present moment too: they are tried, and nothing is said of them before
        a move is made."""
        course = end.states()
        if left is None:
            left = [at_first(state) for state in course[:-1]]
        for place, plans in enumerate(left):
            if plans:
                self._try(course, place, plans)
        return tuple(
            self._of(course[place], course[place + 1].action, plans) if plans else None
            for place, plans in enumerate(left[: end.moves])
        )

    def follow(self, now: State) -> None:
        """Take in a run up to this moment, as long as it goes on, so that what is asked next is said the sooner."""
        if not now.is_terminal():
            self._reach(now.states(), now.moves)

    def _reach(self, course: Sequence[State], place: int) -> None:
        while len(self._moments) <= place:
            self._learn(course)

    def _try(self, course: Sequence[State], place: int, plans: Sequence[Plan]) -> None:
        self._reach(course, place)
        moment = self._moments[place]
        for plan in plans:
            if plan not in moment.worths:
                earned = [share * players[plan.by].worth(plan.move, plan.then) for share, players in moment.trials]
                moment.worths[plan] = sum(earned) // moment.whole

    def _learn(self, course: Sequence[State]) -> None:
        """Take in one more move, and draw the worlds of the moment after it."""
        place = len(self._moments)
        shown = veiled(course[place].core)
        if place:
            self._belief.learn(Seen(veiled(course[place - 1].core), course[place].action, shown))
        lucks = [self._rules.luck(f"{self._name}/{place}/{number}") for number in range(WORLDS)]
        shares = self._belief.shares(shown, WORLDS)
        trials = [
            (share, tuple(Trial(self._rules, (core, luck), player, place) for player in self._players))
            for (share, core), luck in zip(shares, lucks, strict=True)
        ]
        self._moments.append(_Moment(would(course[place], self._players[0]), trials))

    def _of(self, before: State, made: Move, plans: Sequence[Plan]) -> Imagined:
        moment = self._moments[before.moves]
        if moment.known is None:
            worlds, moves = _known_worlds(before, self._name), sorted({made, moment.guide})
            found = worths(self._rules, worlds, moves, self._players[0], before.moves)
            moment.known = {move: one.value for move, one in found.items()}
        return Imagined({plan: moment.worths[plan] for plan in plans}, moment.known, moment.guide)


class _Moment:
    """What an imagining has found out about a moment of a run, before the move that was made then."""

    def __init__(self, guide: Move, trials: Sequence[tuple[int, Sequence[Trial]]]) -> None:
        self.guide = guide
        """What the guide would do."""
        self.trials = trials
        """Worlds that agree with what was seen, each with what it counts for, and a trial for each who plays on."""
        self.whole = sum(share for share, _ in trials)
        self.worths: dict[Plan, int] = {}
        self.known: dict[Move, int] | None = None


def at_first(state: State) -> tuple[Plan, ...]:
    """What is tried at first of all that could be done in a state: every legal move, after which the guide plays on,
    and what the next best school would do, which then plays on itself."""
    return *map(Plan, state.legal_actions()), Plan(would(state, players_on(state.game.rules)[1]), by=1)


def would(now: State, choose: Chooser | None = None) -> Move:
    """What the guide does here, or another player."""
    rules = now.game.rules
    player = guide_of(rules) if choose is None else choose
    return chosen(catalogue(rules), Turn(rules, now.core, now.luck), now.legal_actions(), player, now.moves)


def guide_of(rules: Rules) -> Chooser:
    """Whoever plays on after a move: the school that earns most here."""
    return players_on(rules)[0]


def players_on(rules: Rules) -> tuple[Chooser, Chooser]:
    """The guide, and the school that earns most but for that one."""
    every = schools(rules)
    found = guides_of(rules, every)
    return every[found.names[0]], every[found.next]


@lru_cache(maxsize=8)
def schools(rules: Rules) -> Mapping[str, Chooser]:
    """Those of whom the guide is one."""
    return {name: school(rules, "coach") for name, school in SCHOOLS.items()}


@lru_cache(maxsize=8192)
def known(before: State, move: Move, imagining: int) -> int:
    """What `move` is worth here with this very buyer, in minor units: in the worlds, and with the luck, in which that
    imagining has tried the move that was made."""
    rules = before.game.rules
    worlds = _known_worlds(before, f"coach/{imagining}")
    return worths(rules, worlds, (move,), guide_of(rules), before.moves)[move].value


def _known_worlds(before: State, name: str) -> list[World]:
    """This very buyer, with lucks of an imagining's own."""
    luck = before.game.rules.luck
    return [(before.core, luck(f"{name}/known/{before.moves}/{place}")) for place in range(WORLDS)]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A legal move, and what it was worth under good play afterwards, in minor units."""

    move: Move
    value: int
    """As far as the player could know, by the better of the plans that begin with it."""
    error: int
    """Standard error of how much less than the best one it is worth."""
    known: int | None
    """With this very buyer, hidden facts included; None where it was not worked out."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One move of a run."""

    number: int
    """Index into the run's moves."""
    made: Move
    guide: Move
    """What the guide would have done."""
    alternatives: tuple[Alternative, ...]
    """Every legal move: first the best, then the others by their worth. The best is what is worth most, or, if that is
    not what was made, what the guide would have done where that cannot be told from it: of several that are worth the
    same, it goes on best with what follows. Of what cannot be told apart, nothing is called the best that neither asks
    nor answers anything, and no waiting but for a date; and of questions, one that was not asked before, and by their
    kind. What seems worth more than the move made is told as worth more by `lost` at the most: the best of many means
    is partly the luckiest one."""
    lost: int
    """What the move made was worth less than the best, in minor units. An estimate, which may come out below 0: nothing
    is told as worth more then."""
    error: int
    """Standard error of `lost`."""
    put_off: bool
    """Whether the move made was also tried with the best one right after it, or with one that cannot be told from the
    best, or is the best one."""
    imaginings: int
    """Imaginings that all this is from."""
    plan: Plan
    """The best one, which begins with the best move."""

    @property
    def best(self) -> Alternative:
        return self.alternatives[0]

    def of(self, move: Move) -> Alternative:
        """One of the alternatives."""
        return next(each for each in self.alternatives if each.move == move)


def assessed(end: State, imagined: Sequence[Sequence[Imagined | None]]) -> tuple[Assessed, ...]:
    """Put together what imaginings of a run have found.

    Raises ValueError for fewer than `LEAST` of them.
    """
    if len(imagined) < LEAST:
        raise ValueError(f"an analysis needs {LEAST} imaginings or more, not {len(imagined)}")
    return tuple(
        _assessed(before, after.action, [each for each in found if each is not None])
        for (before, after), found in zip(pairwise(end.states()), zip(*imagined, strict=True), strict=True)
    )


def _assessed(before: State, made: Move, imagined: Sequence[Imagined]) -> Assessed:
    """What these imaginings have found of one move. The plans of the last of them are those that were tried to the
    last."""
    known = {move: average([each.known[move] for each in imagined]).value for move in imagined[0].known}
    tried = imagined[-1].worths.keys()
    together = [each.worths for each in imagined if tried <= each.worths.keys()]
    worths = {plan: average([each[plan] for each in together]).value for plan in tried}
    plans: dict[Move, Plan] = {}  # the best one of each move
    for plan in sorted(tried, key=lambda plan: (-worths[plan], _simple(plan))):
        plans.setdefault(plan.move, plan)
    values = {move: worths[plan] for move, plan in plans.items()}
    ranked = sorted(values, key=lambda move: (-values[move], move))
    may_be_best = [
        move
        for place, move in enumerate(ranked)
        if all(
            values[better] - values[move] <= SURE * behind(together, plans[move], plans[better]).error
            for better in ranked[:place]
        )
    ]
    guide = imagined[0].guide
    first = _called_best(before, may_be_best, made, guide)
    after = {plan.then[0] for each in imagined for plan in each.worths if plan.move == made and plan.then}
    put_off = made == first or not after.isdisjoint(may_be_best)
    ranked.remove(first)
    ranked.insert(0, first)
    gaps = {move: behind(together, plans[move], plans[first]) for move in values}
    for move in {plan.move for plan in imagined[0].worths} - values.keys():
        # one that was soon seen to be worse, and tried no more
        gaps[move] = _fell_behind([each.worths for each in imagined], move)
        values[move] = values[first] - max(0, gaps[move].value)
        ranked.append(move)
    ranked[1:] = sorted(ranked[1:], key=lambda move: (-values[move], move))
    same = [move for move in ranked[1:] if move not in plans and _came_to_the_same(imagined, move, plans[first])]
    if (called := _called_best(before, [first, *same], made, guide)) != first:
        ranked.remove(called)
        ranked.insert(0, called)
        plans[called], values[called], gaps[called] = Plan(called), values[first], gaps[first]
    lost = _lost(together, tried, made)
    more, own = max(values.values()) - values[made], values[made]
    for move in ranked:
        if values[move] > own:
            values[move] = own + (values[move] - own) * max(0, lost.value) // more
    found = tuple(Alternative(move, values[move], gaps[move].error, known.get(move)) for move in ranked)
    return Assessed(before.moves, made, guide, found, lost.value, lost.error, put_off, len(imagined), plans[called])


def behind(worths: Iterable[Mapping[Plan, int]], plan: Plan, best: Plan) -> Worth:
    """How much less a plan is worth than another one, in the imaginings in which both were tried."""
    return mean_of_few([each[best] - each[plan] for each in worths if plan in each and best in each])


def _fell_behind(worths: Sequence[Mapping[Plan, int]], move: Move) -> Worth:
    """How much less a move that was not tried to the last is worth than the best one: by that of its plans that was
    least behind what was best of all that was tried beside it."""
    gaps: list[Worth] = []
    for plan in dict.fromkeys(plan for each in worths for plan in each if plan.move == move):
        together = [each for each in worths if plan in each]
        beside = set.intersection(*(set(each) for each in together))
        best = max(sorted(beside, key=_simple), key=lambda one: sum(each[one] for each in together))
        gaps.append(behind(together, plan, best))
    return min(gaps, key=lambda gap: gap.value)


def _came_to_the_same(imagined: Iterable[Imagined], move: Move, best: Plan) -> bool:
    """Whether a move was worth just what the best plan was wherever it was tried, so that it was soon tried no more."""
    tried = [
        (each.worths.get(best), [each.worths[one] for one in each.worths if one.move == move]) for each in imagined
    ]
    return all(max(own) == worth for worth, own in tried if own)


def _simple(plan: Plan) -> tuple[int, int, Plan]:
    """Of plans that are worth the same, the simplest goes first."""
    return plan.by, len(plan.then), plan


def _lost(worths: Sequence[Mapping[Plan, int]], tried: Collection[Plan], made: Move) -> Worth:
    """What `made` lost, and its standard error: each half of the imaginings measures what the other one names."""
    gaps: list[int] = []
    for measuring, naming in ((worths[::2], worths[1::2]), (worths[1::2], worths[::2])):
        by_worth = sorted(tried, key=lambda plan: (-sum(each[plan] for each in naming), _simple(plan)))
        best, own = by_worth[0], next(plan for plan in by_worth if plan.move == made)
        gaps += [each[best] - each[own] for each in measuring]
    return mean_of_few(gaps)


def _called_best(before: State, may_be_best: Sequence[Move], made: Move, guide: Move) -> Move:
    """Which of the moves than which nothing is surely better, in the order of their worth, is called the best; see
    `Assessed.alternatives`."""
    others, first = [move for move in may_be_best if move != made], may_be_best[0]
    if first != made and guide in others:
        first = guide
    if _idle(before, first):
        first = next((move for move in others if _gives_way(before, first, move)), first)
    return first if first == made else min([first, *others], key=_by_question(before, first))


def _idle(before: State, move: Move) -> bool:
    """Whether a move is of a costly kind, makes talk, shows or sends something that answers nothing that was told,
    rings somebody again who has only just not answered, or lets time pass, unless for a date."""
    what = before.game.rules.moves[move]
    if isinstance(what, str):
        return what != KEEPS
    who, line = what
    p = before.people[who]
    talks = line.kind in COSTLY_KINDS or line.kind in ("small-talk", "story", "concede")
    shows = line.kind in ("present", "demonstrate") or (line.kind in ("touch", "handle", "proof") and line.ties)
    again = line.kind == "call" and not p[at.HERE_UNTIL] and same_attempt(_now(before), p)
    needs, _, objections, reasons = catalogue(before.game.rules).ties[move]
    answers = (needs | reasons) & p[at.KNOWN] or objections & p[at.OPEN]
    return talks or again or (shows and not answers)


def _gives_way(before: State, idle: Move, other: Move) -> bool:
    """Whether an idle move gives way to another one that cannot be told from it: to one that is not idle, unless it
    waits for the day that is agreed with the very buyer to whom the other one is done."""
    if _idle(before, other):
        return False
    waits, what = before.game.rules.moves[idle], before.game.rules.moves[other]
    if not isinstance(waits, str) or waits == "finish" or isinstance(what, str):
        return True
    return not date_stands(_now(before), before.people[what[0]])


def _by_question(before: State, first: Move) -> Callable[[Move], tuple[bool, bool, int]]:
    """The order in which questions that cannot be told from `first`, which is one, are advised to the same buyer: last
    comes what was asked before, or asks for nothing but what was told, then by `QUESTIONS`. Where `first` is no
    question, nothing goes before it."""
    rules, made = before.game.rules, {move for move, _ in before.history}

    def order(move: Move) -> tuple[bool, bool, int]:
        what, best = rules.moves[move], rules.moves[first]
        if move == first and (isinstance(best, str) or best[1].kind not in QUESTIONS):
            return False, False, -1
        if isinstance(what, str) or isinstance(best, str) or what[0] != best[0] or what[1].kind not in QUESTIONS:
            return True, True, len(QUESTIONS)
        who, line = what
        told = line.reveals != 0 and not line.reveals & ~before.people[who][at.KNOWN]
        return move in made, told, QUESTIONS.index(line.kind)

    return order


def _now(before: State) -> Turn:
    return Turn(before.game.rules, before.core, before.luck)


def promise(game: Game) -> int:
    """What a run promises before anything is known of the buyer, in minor units: what the guide earns on average; but
    never less than a result is measured against at all."""
    return max(guides_of(game.rules, schools(game.rules)).promise, least(game))


def stakes(end: State, moves: Iterable[Assessed]) -> tuple[int, ...]:
    """What was at stake at each of these moves of a run, in minor units; a hundredth of it is a point.

    It is what could be earned at that moment under good play, as far as the player could know; but no less than what
    the run promised at its start, so that it is no blunder to lose half of the little that is left. What this very
    buyer would have been good for, which nobody could know, makes no mistake larger or smaller.
    """
    promised = promise(end.game)
    return tuple(max(promised, each.best.value) for each in moves)


@lru_cache(maxsize=64)
def afterwards(before: State, plan: Plan, most: int = 2) -> tuple[Move, ...]:
    """What would most often be done after the first move of a plan, made here: up to `most` moves, as far as the player
    could know, and none from the first on that lets time pass but for a date. It is asked again whenever an analysis
    gets finer, and remembered."""
    course, number, rules = before.states(), before.moves, before.game.rules
    belief = Belief(rules, "coach/afterwards")
    for one, after in pairwise(course):
        belief.learn(Seen(veiled(one.core), after.action, veiled(after.core)))
    told = Counter[tuple[Move, ...]]()
    for place, world in enumerate(belief.worlds(veiled(course[-1].core), WORLDS)):
        luck = rules.luck(f"coach/afterwards/{number}/{place}")
        line = _line(Turn(rules, step(rules, world, luck, plan.move), luck), plan, number + 1, most)
        told.update(line[:length] for length in range(1, len(line) + 1))
    line = ()
    while longer := [(times, each) for each, times in told.items() if each[:-1] == line]:
        times, each = max(longer)
        if 2 * times <= WORLDS and line:
            break
        line = each
    return line


def _line(turn: Turn, plan: Plan, made: int, most: int) -> tuple[Move, ...]:
    """What is done in one world after the first move of a plan; `made` moves had been made with it."""
    rules, line, ahead = turn.rules, list[Move](), [*reversed(plan.then)]
    player, of = players_on(rules)[plan.by], catalogue(rules)
    while len(line) < most and (moves := possible(turn)):
        following = planned(ahead, moves)
        if following is None:
            following = chosen(of, turn, moves, player, made + len(line))
        if isinstance(what := rules.moves[following], str) and what != KEEPS:
            break
        line.append(following)
        make(turn, following)
    return tuple(line)
