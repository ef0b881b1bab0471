"""The analysis of a run as it is shown and kept: every move with its judgement, and where the result comes from.

Whoever only shows what was kept does without what it takes to work it out: that is imported when it is wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum, hypot
from typing import TYPE_CHECKING

from engine.coach.judgement import JUDGED, OF_MANY, SURE, THRESHOLDS, Judgement, accuracy, as_good, judgement
from engine.rules import RULES_VERSION, Move

if TYPE_CHECKING:
    from engine.coach.analysis import Assessed
    from engine.coach.imagining import Imagined
    from engine.par import Par
    from engine.play import State


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that could be done at a move."""

    name: str
    """As a record writes it."""
    value: int
    """What it was worth under good play afterwards, in minor units, as far as the player could know."""
    error: int
    """Standard error of how much less than the best one it is worth."""
    known: int | None
    """... with this very buyer, facts known. It is worked out of the move that was made, of the guide's, and of the
    best one where something was lost; None of any other."""
    costly: bool = False
    """Whether it costs whenever it is said or done, see `advice.costly`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One move of a run, judged."""

    number: int
    """Index into the run's moves."""
    name: str
    value: int
    known: int
    best: str
    """The name of the choice that was worth most, or of the coach's own where that cannot be told from it."""
    loss: int
    """What the move surely lost against the best, in minor units; 0 where that is unclear: what twenty moves seem to
    have lost, each by its error, would add up to half of what was at stake."""
    error: int
    """Standard error of `loss`."""
    points: float
    """The loss in points."""
    point: int
    """What a point is worth at this move, in hundredths of a minor unit: what was at stake, see `analysis.at_stake`."""
    judgement: Judgement
    luck: int
    """What the answer to it was worth beyond what answers to it are worth on average, in minor units."""
    alternatives: tuple[Choice, ...]
    """Everything that could be done, the best choice first, then by worth."""
    line: tuple[str, ...]
    """The best choice and what the coach would most likely have done after it; empty for a move that lost little."""
    orders: int | None = None
    """Orders to be expected in the run after the move, in millionths, as far as the player could know; None in a
    position that an earlier version has kept."""
    best_orders: int | None = None
    """The same after the best choice."""
    too_early: bool = False
    """Whether the coach would most likely have said it in a later conversation instead."""
    unasked: str = ""
    """How the coach would most likely have asked for the decision before the conversation was over: the name of the
    line, where the move ended it, nothing was agreed, and nobody had asked; empty otherwise."""
    costly: bool = False
    """Whether it costs whenever it is said or done, see `advice.costly`."""

    def right(self, name: str) -> bool:
        """Whether a choice is as good an answer as the best one, see `judgement.as_good`."""
        return as_good(*self.behind(name))

    def behind(self, name: str) -> tuple[float, float]:
        """How many points less than the best a choice was worth, and the standard error of that."""
        chosen = next(each for each in self.alternatives if each.name == name)
        lost, error = self.alternatives[0].value - chosen.value, chosen.error
        if name == self.name:
            lost, error = self.loss, self.error
        return 100 * lost / self.point, 100 * error / self.point

    @property
    def gives_up(self) -> bool:
        """Whether the move lets the rest of the time pass."""
        return self.name == "finish"

    @property
    def little_at_stake(self) -> bool:
        """Whether there was less to be earned than a word worse than good takes. There may be more to lose."""
        return 100 * self.alternatives[0].value < THRESHOLDS[-1][0] * self.point

    @property
    def sure_of_many(self) -> int:
        """What the move lost at the least, in minor units, if it is picked out of a whole run for what it seems to have
        lost: by chance alone the largest loss comes out too large. Below 0 where even that it lost anything is chance's
        to say."""
        return self.loss - OF_MANY * self.error

    @property
    def unpunished(self) -> bool:
        """Whether the move costs whenever it is said, and lost little or nothing here, as far as can be told."""
        return self.costly and self.judgement not in JUDGED

    @property
    def or_worse(self) -> bool:
        """Whether its word is only what is sure, and it is likelier to deserve a worse one."""
        return self.judgement in JUDGED and judgement(self.points, 0) != self.judgement


@dataclass(frozen=True, slots=True)
class Analysis:
    """A run, judged: `result` = `par` - `losses` + `luck_answers` + `luck_buyer`, all in minor units. No judgement
    hangs on par, which may take longer to work out, and come later."""

    digest: str
    """Of the scenario."""
    rules: int
    opening: str
    """The first link of the run's chain, which names the run."""
    imaginings: int
    """The setting: how many imaginings the figures are from, except where fewer have settled a move."""
    result: int
    par: int | None
    par_error: int | None
    losses: int
    error: int
    """Standard error of `losses`."""
    luck_answers: int
    accuracy: float
    """0 to 100."""
    point: int
    """What a point is worth at the least, in hundredths of a minor unit: what the run promised at its start."""
    moves: tuple[Verdict, ...]
    par_so_far: bool = False
    """Whether `par` is not known well enough yet. What is kept of an analysis does without it then."""

    @property
    def luck_buyer(self) -> int | None:
        """What is left of the result, see `engine.coach.account`; None without par."""
        return self.result - self.par + self.losses - self.luck_answers if self.par is not None else None

    def measured(self, par: Par) -> Analysis:
        """The same, now that par is known, or known better than before."""
        if par.so_far and self.par is not None and not self.par_so_far:
            return self
        return replace(self, par=par.value, par_error=par.error, par_so_far=par.so_far)

    @property
    def lasting(self) -> Analysis:
        """The same as it may be kept: without par where that is only par so far."""
        return replace(self, par=None, par_error=None, par_so_far=False) if self.par_so_far else self

    @property
    def costliest(self) -> Verdict | None:
        """The mistake that cost most, or the only one; None where there are several and it cannot be told which: of
        many moves one or another seems to have cost something. Giving up is the one only where nothing else is: what
        is to be learnt is what led there."""
        if len(self.mistakes) == 1:
            return self.mistakes[0]
        sure = [each for each in self.mistakes if each.sure_of_many > 0]
        return next((each for each in sure if not each.gives_up), sure[0] if sure else None)

    @property
    def gave_up(self) -> Verdict | None:
        """The mistake by which the rest of the time was let pass, where another one is the costliest and came before;
        None otherwise."""
        worst = self.costliest
        later = (each for each in self.mistakes if worst is not None and worst.number < each.number)
        return next((each for each in later if each.gives_up), None)

    @property
    def mistakes(self) -> tuple[Verdict, ...]:
        """The moves that surely lost something, the one that cost most first: of two that seem to have lost about the
        same, the one of which that is surer."""
        found = (each for each in self.moves if each.judgement in JUDGED)
        return tuple(sorted(found, key=lambda each: (-each.sure_of_many, each.number)))

    @property
    def unpunished(self) -> tuple[Verdict, ...]:
        """The moves that cost whenever they are made, and lost little or nothing here."""
        return tuple(each for each in self.moves if each.unpunished)

    @property
    def play(self) -> float:
        """What the play was worth, whatever luck there was: 100 less the points that its moves lost, or nothing where
        they are more."""
        return max(0.0, min(100.0, 100 - fsum(each.points for each in self.moves)))

    @property
    def play_error(self) -> float:
        """Standard error of the points lost."""
        return hypot(*(100 * each.error / each.point for each in self.moves))


def analysis(end: State, opening: str, imagined: Sequence[Sequence[Imagined | None]]) -> Analysis:
    """Judge the moves of a run that is over, by `imagining.LEAST` imaginings or more."""
    from engine.coach.analysis import advised, assessed, at_stake, promise

    result, found = end.returns(), assessed(end, imagined)
    moves, point = advised(end, found, imagined), promise(end.game)
    verdicts = tuple(_verdict(end, moves, place, result, at_stake(end.game, each)) for place, each in enumerate(found))
    worths = [100 * each.best.value / point for each in found]
    return Analysis(
        digest=end.game.scenario.digest(),
        rules=RULES_VERSION,
        opening=opening,
        imaginings=len(imagined),
        result=result,
        par=None,
        par_error=None,
        losses=sum(each.loss for each in verdicts),
        error=round(sum(each.error**2 for each in moves) ** 0.5),
        luck_answers=sum(each.luck for each in verdicts),
        accuracy=accuracy(worths, [each.points for each in verdicts]),
        point=point,
        moves=verdicts,
    )


def _verdict(end: State, moves: Sequence[Assessed], place: int, result: int, point: int) -> Verdict:
    from engine.coach.account import answer_luck
    from engine.coach.advice import costly
    from engine.coach.following import afterwards, asks_for, kept_for_later, left_unasked
    from engine.coach.imagining import known
    from engine.valuation import average

    one, names, before = moves[place], end.game.rules.names, end.states()[place]
    made, word = one.of(one.made), judgement(100 * one.lost / point, 100 * one.error / point)
    may_be_worse = 100 * (one.lost + SURE * one.error) >= THRESHOLDS[-1][0] * point
    if (word in JUDGED and not one.put_off) or (word == "best" and one.made != one.best.move and may_be_worse):
        word = "unclear"  # neither is a loss believed that was not tried when put off, nor is what may be one praised
    loss = one.lost if word != "unclear" and one.lost > SURE * one.error else 0
    line: tuple[Move, ...] = ()
    best = one.best
    if word in JUDGED:
        line = (best.move, *afterwards(before, one.plan))
        if best.known is None:
            each = [known(before, best.move, number) for number in range(one.imaginings)]
            best = replace(best, known=average(each).value)
    left = bool(line) and left_unasked(before, end.states()[place + 1])
    ask = asks_for(before, one.plan) if left else None
    assert made.known is not None  # the account has asked for it
    return Verdict(
        number=one.number,
        name=names[one.made],
        value=made.value,
        known=made.known,
        best=names[best.move],
        loss=loss,
        error=one.error,
        points=100 * loss / point,
        point=point,
        judgement=word,
        luck=answer_luck(moves, place, result),
        alternatives=tuple(
            Choice(names[each.move], each.value, each.error, each.known, costly(before, each.move) is not None)
            for each in (best, *one.alternatives[1:])
        ),
        line=tuple(names[each] for each in line),
        orders=one.orders,
        best_orders=one.best_orders,
        too_early=bool(line) and kept_for_later(before, one.plan, one.made),
        unasked=names[ask] if ask is not None else "",
        costly=costly(before, one.made) is not None,
    )
