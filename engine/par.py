"""Par: what the best of expert, schools and script earns from this very buyer, with luck averaged.

They play the buyer that a seed draws, hidden facts as in the run and unknown to them, again and again with other luck
in everything else. Par is no upper bound: a run with good luck earns more, and so does a player who sees further.

*Who is best* is not who came out best: the highest of several means is partly the luckiest. The attempts are split into
two halves, each names the player that earns most, and the other half measures what that player earns. So par is never
too high on average, and a little too low where two players are close.

*The expert is expensive*, so its runs are few, and what they earn depends much on luck. It is therefore measured in two
ways at once, both of them right on average. One is the worth of the run itself, with the exact chance of every answer
that ends it, the yes and the no. The other is put together from two parts. The school that it plays out with is cheap
and is measured often; and along the expert's path every move that the school would not have made is held against the
school's, with the school playing on after either. The sum of these leads is, on average, exactly what the expert earns
more (Kakade & Langford 2002, Lemma 6.1), and what the buyer's answers did for the school is not in it. The leads vary
less from run to run where the school does nearly as well as the expert; the runs themselves, where the expert sells
nearly always, or never. So the half that names the player also tells how much either counts (inverse variances), once
it has runs enough to tell; until then the leads alone do. What is left is mostly luck still, where the expert is far
ahead of the school: which way a talk takes decides what there is to be better at. The rest is the expert, who imagines
other buyers in each of its runs, and thinks of other moves. Where several prospects are met at once, the expert's runs
are simply averaged.

*As many attempts as it takes*: where one prospect is sold to in one call, they go on until the error is below a
twentieth of what results are measured against, or there are as many as anybody would wait for. It is looked at a few
times only, with half as many attempts more or twice as many, since whoever stops at the first error that looks small
enough stops where it looks smaller than it is. And few attempts that happen to agree say little about how far apart
they might be, so the error of few is given as wider, by what Student's t has over a normal distribution.

What was found at a look, and is not known well enough, is *par so far*. It is right on average as well, and its error
says how rough it is: fit to be told to whoever waits, as what it is, and for nothing that lasts.

The script is the one that comes with a bundled scenario (`engine.doctrines.known_scripts`). In other scenarios par does
without: finding one takes longer than anybody would wait for par.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final

from engine import world as at
from engine.catalogue import catalogue
from engine.doctrines import DOCTRINES, SCHOOLS, known_script
from engine.guides import guides
from engine.luck import Luck
from engine.outlook import outlook, worth_now
from engine.play import Game
from engine.playing import Chooser, chosen, play_out
from engine.rules import Rules, Turn, make, odds, possible
from engine.rules.tables import RESULT
from engine.rules.value import value
from engine.units import CERTAIN
from engine.valuation import average, lead, mean_of_few
from engine.world import Core

LOOKS = (4, 6, 12, 24, 48, 72, 96, 144, 192, 288)
"""Attempts, each with one run of the expert, after which it is asked whether par is known well enough. Most buyers take
few; the last are for those from whom a good player has now everything and now nothing, who take minutes."""
LONG = (6, 12)
"""The same where a sale has many conversations, or there are several prospects: there a run takes far longer."""
CLOSE: Final = 20
"""Par is known well enough when what results are measured against is so many times its standard error."""
SCALE_HOURS: Final = 2
"""Hours of the seller's time below which par is no measure of a result."""
EACH: Final = 50
"""Runs of each school in one attempt, and of the script."""
DOCTRINE: Final = "expert"
_TRIED: Final = 32
"""Lucks with which a move of the expert's is held against its guide's."""
_TELLING: Final = 6
"""The expert's runs that it takes to tell which measure of them varies less."""
_SPENT: Final = CERTAIN // 100
"""A weight below which the rest of a run no longer matters."""


@dataclass(frozen=True, slots=True)
class Par:
    """What the best of expert, schools and script earns from this buyer on average, in minor units."""

    value: int
    error: int
    """Standard error of `value`, wider where there are few runs to tell it from."""
    runs: int
    """Runs of the expert that it is the mean of."""
    so_far: ClassVar[bool] = False
    """Whether it is not known well enough yet."""


@dataclass(frozen=True, slots=True)
class SoFar(Par):
    """Par so far: from attempts that are too few to know it well enough. It is told, and never kept."""

    so_far: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Attempt:
    """What each player earned from the buyer in some runs of its own, and whether the expert came to a clear no."""

    earned: tuple[int, ...]
    """On average, by player: the schools in their order, the script, if there is one, and the expert last; against
    somebody who buys from nobody, the expert alone."""
    clean_no: bool
    run: int | None = None
    """What the expert's run itself was worth, where `earned` has its school and its leads."""

    def counted(self, share: int) -> tuple[int, ...]:
        """What each player earned, where the expert's run counts for so many millionths, and its leads for the rest."""
        if self.run is None:
            return self.earned
        *others, leads = self.earned
        return *others, (share * self.run + (CERTAIN - share) * leads) // CERTAIN


def par(game: Game, seed: int, runs: int | None = None) -> Par:
    """Par for the buyers that `seed` draws, from `runs` attempts (2 or more), or from as many as it takes; the same
    every time.

    Raises ValueError for fewer than 2.
    """
    if runs is not None and runs < 2:
        raise ValueError(f"par needs 2 runs or more, not {runs}")
    return _par(game, seed, runs)


@lru_cache(maxsize=64)
def _par(game: Game, seed: int, runs: int | None) -> Par:
    if runs is not None:
        return settled(game, seed, [attempt(game, seed, number) for number in range(runs)])
    attempts: list[Attempt] = []
    while (found := enough(game, seed, attempts)) is None:
        attempts.append(attempt(game, seed, len(attempts)))
    return found


def enough(game: Game, seed: int, attempts: Sequence[Attempt]) -> Par | None:
    """Par from the first few of these attempts, in their order from number 0 on, after which it is known well enough;
    None where that takes more than there are."""
    found = par_so_far(game, seed, attempts)
    return None if found is None or found.so_far else found


def par_so_far(game: Game, seed: int, attempts: Sequence[Attempt]) -> Par | None:
    """What `enough` finds; where that takes more attempts than there are, par so far, as it was at the last look; None
    before the first one, and while what counts is less than that."""
    so_far: Par | None = None
    for many in looks(game):
        if many > len(attempts):
            break
        found = settled(game, seed, attempts[:many])
        told = found.runs >= looks(game)[0]
        if many == looks(game)[-1] or (told and CLOSE * found.error <= scale(game, found)):
            return found
        if told:
            so_far = SoFar(found.value, found.error, found.runs)
    return so_far


def looks(game: Game) -> tuple[int, ...]:
    """The numbers of attempts after which it is asked whether par is known well enough; the last is the most."""
    prospects = game.rules.prospects
    return LONG if len(prospects) > 1 or prospects[0].multi_call else LOOKS


def scale(game: Game, par: Par) -> int:
    """What a result is measured against, in minor units: par, or some hours of the seller's time where par is smaller.
    A hundredth of it is a point."""
    return max(par.value, least(game))


def least(game: Game) -> int:
    """The least that a result is measured against, in minor units: some hours of the seller's time."""
    return max(SCALE_HOURS * max(each.prospect.offer.hour for each in game.rules.prospects), 1)


def measures(game: Game, par: Par) -> bool:
    """Whether par is large enough to tell a result as a share of it: not less than those hours of time. Of next to
    nothing, and of a loss, any run would have earned nearly all. Par so far has to be so surely, by two errors."""
    return par.value - 2 * par.error * par.so_far >= least(game)


def attempt(game: Game, seed: int, number: int, begun: Core | None = None) -> Attempt:
    """Attempt number `number` (0 or more) at the buyers that `seed` draws; with `begun`, from that moment on."""
    rules, key = game.rules, f"{seed}/par/{number}"
    core = game.new_initial_state(seed).core if begun is None else begun
    luck, expert = rules.luck(key), DOCTRINES[DOCTRINE](rules, key)
    if _no_buyer(game, seed):
        end = play_out(rules, core, luck, expert)
        return Attempt((value(rules, end),), end[at.FIRST][at.RESULT] == RESULT["no-sale"])
    schools = {name: school(rules, key) for name, school in SCHOOLS.items()}
    lucks = [rules.luck(f"{key}/{run}") for run in range(EACH)]
    earned = {
        name: average([_earned(rules, core, one, choose) for one in lucks]).value for name, choose in schools.items()
    }
    script = known_script(rules)
    if script is not None:
        earned["script"] = average([_earned(rules, core, one, script.read_out()) for one in lucks]).value
    if len(luck) > 1:
        return Attempt((*earned.values(), _earned(rules, core, luck, expert)), False)
    guide = guides(rules, schools)[0]
    own = next(earned[name] for name, choose in schools.items() if choose is guide)
    leads, run = followed(rules, core, key, expert, guide)
    return Attempt((*earned.values(), own + leads), False, run)


def _earned(rules: Rules, core: Core, luck: Sequence[Luck], choose: Chooser) -> int:
    if len(luck) == 1:  # the yes with its exact chance, see `engine.outlook`
        return outlook(rules, core, luck, choose)
    return value(rules, play_out(rules, core, luck, choose))


def followed(rules: Rules, core: Core, key: str, player: Chooser, guide: Chooser) -> tuple[int, int]:
    """What `player` earns more than `guide` from a state with one prospect, and what it earns, in minor units: both
    seen from one run, whose luck `key` names, and right on average.

    No luck decides whether an answer ends the run, with an order or without: it counts with its exact chance, and the
    run goes on with what is left. Only which of the other answers comes is drawn."""
    luck = rules.luck(key)
    run, of, left, whole, earned, made = Turn(rules, core, luck), catalogue(rules), CERTAIN, 0, 0, 0
    while left >= _SPENT and (moves := possible(run)):
        move, other = (chosen(of, run, moves, choose, made) for choose in (player, guide))
        if move != other:
            now = run.close()
            worlds = [(now, rules.luck(f"{key}/{made + 1}/{number}")) for number in range(_TRIED)]
            whole += left * lead(rules, worlds, move, other, guide, made).value
            run = Turn(rules, now, luck)
        made += 1
        answers = odds(run, move)
        if len(answers) == 1:
            make(run, move)
            continue
        going: list[tuple[int, Turn]] = []
        for answer, share in answers:
            if not share:
                continue
            then = run.fork()
            make(then, move, answer=answer)
            if then.people[0][at.RESULT]:
                earned += left * share // CERTAIN * worth_now(then, 0)
            else:
                going.append((share, then))
        stays = sum(share for share, _ in going)
        if not stays:
            left = 0
            break
        left = left * stays // CERTAIN
        run = _drawn(going, luck[0].chance("followed", made) * stays // CERTAIN)
    return whole // CERTAIN, (earned + left * worth_now(run, 0)) // CERTAIN


def _drawn(turns: Sequence[tuple[int, Turn]], point: int) -> Turn:
    """The turn at a point of the shares laid end to end."""
    for share, turn in turns:
        if point < share:
            return turn
        point -= share
    return turns[-1][1]


def settled(game: Game, seed: int, attempts: Sequence[Attempt]) -> Par:
    """Par from 2 attempts or more. Against somebody who buys from nobody it is the mean of the expert's runs that came
    to a clear no, if any did: more than that cannot be had."""
    if _no_buyer(game, seed):
        counted = [one for one in attempts if one.clean_no] or attempts
        return _par_of([one.earned[0] for one in counted])
    halves = attempts[::2], attempts[1::2]
    values: list[int] = []
    for naming, measuring in (halves, halves[::-1]):
        share = _share(naming)
        named = [one.counted(share) for one in naming]
        best = max(range(len(named[0])), key=lambda player: (sum(earned[player] for earned in named), player))
        values += [one.counted(share)[best] for one in measuring]
    return _par_of(values)


def _share(attempts: Sequence[Attempt]) -> int:
    """How much the expert's runs count beside their leads, in millionths: the more, the less they vary."""
    runs = [one.run for one in attempts if one.run is not None]
    if len(runs) < _TELLING:
        return 0
    by_runs, by_leads = (average(each).error ** 2 for each in (runs, [one.earned[-1] for one in attempts]))
    return CERTAIN * by_leads // max(by_runs + by_leads, 1)


def _par_of(values: Sequence[int]) -> Par:
    found = mean_of_few(values)
    return Par(found.value, found.error, len(values))


def _no_buyer(game: Game, seed: int) -> bool:
    people = game.new_initial_state(seed).people
    return len(people) == 1 and not people[0][at.REAL]
