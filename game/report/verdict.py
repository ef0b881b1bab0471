"""What the coach says of one move: a word for it, what it lost, what else could be done, and what there is to learn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from engine.coach.judgement import as_good
from engine.intervals import Z
from engine.money import money_text, number_text
from engine.scenario.vocabulary import BETWEEN, COSTLY_KINDS
from engine.units import CERTAIN
from engine.words import gettext, marked, ngettext
from game.words.wording import money, quoted, signed

if TYPE_CHECKING:
    from engine.coach.advice import Cost
    from engine.coach.verdict import Verdict
    from engine.play import State
    from engine.view import Cues

_TOLD: Final = 20
"""Points by which two values of a move differ from which on both are told: as could be known, and with the facts
known."""
_SHOWN: Final = 3
"""Alternatives of a judged move that are listed."""
_JUDGEMENTS: Final = {
    "best": marked("best"),
    "good": marked("good"),
    "inaccuracy": marked("inaccuracy"),
    "mistake": marked("mistake"),
    "blunder": marked("blunder"),
    "unclear": marked("unclear"),
}
"""The coach's words as people read them, to be looked up."""
_OR_WORSE: Final = {"inaccuracy": marked("inaccuracy or worse"), "mistake": marked("mistake or worse")}
"""Of a move that has lost more than its word says, though not so surely."""
_EQUAL: Final = marked("equal best")
"""Of a move that the coach would not have made, and that lost nothing."""
_HABIT: Final = marked("costly habit")
"""Of what costs whenever it is said, where it lost little or nothing."""
_LITTLE: Final = marked("little at stake")
"""Of a move that lost little where little was left to be earned."""

_ADVISED: Final = marked("what the coach advises: about as good, as far as it can tell")
_NO_HABIT: Final = marked("what the coach advises: what is worth more here costs whenever it is done")
"""The marks of what is advised where something else seems worth more."""
_ORDERS: Final = {
    (True, True): marked("Of a hundred such buyers about {made} order after it, and {best} after the best move."),
    (True, False): marked(
        "Of a hundred such buyers about {made} order after it, and no more after the best move: what it lost "
        "is price, your time, or an order that is cancelled."
    ),
    (False, True): marked("After it about {made} orders are to be expected in all, and {best} after the best move."),
    (False, False): marked(
        "After it about {made} orders are to be expected in all, and no more after the best move: what it "
        "lost is price, your time, or an order that is cancelled."
    ),
}
"""How many orders were to be expected, by whether there is one buyer, and whether the best move brings more."""

_COSTS: Final[Mapping[Cost, str]] = {
    "hopeless": marked(
        "Nobody could have said yes to that yet, as far as was told. Ask for the next step and its date, and for "
        "whoever is missing."
    ),
    "waiting": marked("Somebody was there, and waited for an answer. They come first: everything else can wait."),
    "unpriced": marked("Nobody says yes to a price they have not heard."),
    "nothing-new": marked("It was the same question, and nothing had changed since the last time."),
    "declined": marked(
        "They had declined more than one step already. Find out what is in the way before you name another."
    ),
    "left-alone": marked("They had asked to be left alone. Whoever gets in touch all the same is not heard any more."),
    "just-tried": marked("Nobody had answered only just before. Leave them an hour, or write what is of use to them."),
}
"""What there is to learn from what costs whenever it is done, whatever the kind of its line."""

Words = Mapping[str, str]
"""What the seller says or does, by the name of the move."""


def judged_text(verdict: Verdict) -> str:
    """The word for a move: best is only what the coach would have done, too; where more was lost than a word says,
    though not so surely, it says that; where little was left to be earned, nothing is called good; and what costs
    whenever it is said never is."""
    if verdict.or_worse:
        return gettext(_OR_WORSE[verdict.judgement])
    if verdict.unpunished:
        return gettext(_HABIT)
    if verdict.little_at_stake and verdict.judgement in ("best", "good"):
        return gettext(_LITTLE)
    equal = verdict.judgement == "best" and verdict.name != verdict.best
    return gettext(_EQUAL if equal else _JUDGEMENTS[verdict.judgement])


def lost_text(verdict: Verdict) -> str:
    """The points that a move lost, for a list: `−34`, `?` where that is unclear, `·` where it was nothing."""
    lost = round(verdict.points)
    return signed(-lost) if lost else "?" if verdict.judgement == "unclear" else "·"


def points_lost(verdict: Verdict) -> str:
    """`34 points (+/- 8)`."""
    lost = round(verdict.points)
    return ngettext("{count} point (+/- {error})", "{count} points (+/- {error})", lost).format(
        count=lost, error=half(100 * verdict.error / verdict.point)
    )


def verdict_text(verdict: Verdict, before: State, cues: Cues) -> str:
    """What the coach says of a move beside points of the meters, which are of another kind, so without its own: `The
    coach: mistake. Better: ...`, with what there is to learn from either."""
    if not verdict.line:
        alone = gettext("The coach: {judgement}.").format(judgement=judged_text(verdict))
        return f"{alone} {warning(verdict, before)}".strip() if verdict.unpunished else alone
    best, why = words_of(before, cues)[verdict.best], warned(verdict, before)
    told = (
        gettext("The coach: {judgement}. {why} Better: {words}")
        if why
        else gettext("The coach: {judgement}. Better: {words}")
    )
    return f"{told.format(judgement=judged_text(verdict), words=best, why=why)} {advised(verdict, before)}".strip()


def came_of(verdict: Verdict, before: State, after: State) -> str:
    """What a move left behind that cannot be heard in the answer to it, and what had not been asked by then; nothing if
    there is nothing of the kind."""
    left = {event.what for event in after.events}
    if "continuation" not in left:
        return ""
    told = (
        gettext(
            "The conversation ended after it, and nothing was agreed: objections stand again whose answers were not "
            "confirmed."
        )
        if "reopened" in left
        else gettext("The conversation ended after it, and nothing was agreed.")
    )
    if not verdict.unasked:
        return told
    action = before.game.move_named(verdict.unasked)
    line = before.line(action)
    assert line is not None
    ask = gettext("Nobody had asked for the decision in it. The coach would have: {words}")
    return f"{told} {ask.format(words=quoted(line.line.words(before.made(action))))}"


@dataclass(frozen=True, slots=True)
class Gone:
    """The last chance for the best move, where that went with a move that lost something."""

    since: int
    """The move, counted from 0, from which on it had been there, or there again."""
    harmless: bool
    """Whether nothing else would have been better than what was said instead, so that this did no harm by itself."""


def gone(verdict: Verdict, before: State) -> Gone | None:
    """What went with a move that lost something; None if its best move was not marked as a last chance. What was said
    instead may be no mistake at any other moment."""
    best = before.game.move_named(verdict.best)
    if not any(option.last for option in before.glance().options if option.action == best):
        return None
    states, since = before.states(), before.moves
    while since and best in states[since - 1].legal_actions() and states[since].action != best:
        since -= 1
    next_best = max(
        (each.value for each in verdict.alternatives if each.name not in (verdict.best, verdict.name)),
        default=verdict.value,
    )
    harmless = as_good(100 * (next_best - verdict.value) / verdict.point, 100 * verdict.error / verdict.point)
    return Gone(since, harmless and not verdict.costly)


def last_chance(verdict: Verdict, before: State) -> str:
    """That a last chance went with a move that lost something, and since when it had been there; nothing otherwise."""
    found = gone(verdict, before)
    if found is None:
        return ""
    told = gettext("With it went the last chance for what was better.")
    if found.since < before.moves:
        told = gettext("With it went the last chance for what was better, which had been there since move {number}.")
    by_itself = gettext("It did no harm by itself.") if found.harmless else ""
    return f"{by_itself} {told.format(number=found.since + 1)}".strip()


def why_lost(verdict: Verdict, buyers: int) -> Iterator[str]:
    """Yield what a move that lost something did to the sale, as far as the coach can tell: whether it came too early,
    and how many orders were to be expected after it and after the best move. With one buyer they are counted
    in a hundred."""
    if verdict.too_early:
        yield gettext("The coach would have kept it for a later conversation: what is told fades until then.")
    if verdict.orders is None or verdict.best_orders is None:
        return
    made, best = _counted(verdict.orders, buyers), _counted(verdict.best_orders, buyers)
    told = _ORDERS[buyers == 1, best > made]
    yield gettext(told).format(made=number_text(made), best=number_text(best))


def orders_left(verdict: Verdict, buyers: int) -> str:
    """How many orders were still to be expected at a move, whatever was done; nothing where that is not known."""
    if verdict.best_orders is None:
        return ""
    left = _counted(verdict.best_orders, buyers)
    if not left:
        return gettext("Hardly an order was to be expected any more.")
    told = (
        gettext("Of a hundred such buyers about {best} would still have ordered.")
        if buyers == 1
        else gettext("About {best} orders were still to be expected in all.")
    )
    return told.format(best=number_text(left))


def _counted(orders: int, buyers: int) -> Decimal:
    """Orders to be expected, in millionths, as they are told: with one buyer in a hundred, else in all."""
    each, places = (10_000, Decimal(1)) if buyers == 1 else (CERTAIN, Decimal("0.1"))
    return (Decimal(orders) / each).quantize(places)


def remarks(verdict: Verdict, before: State, after: State, currency: str) -> Iterator[str]:
    """Yield what there is to say of a move beside its alternatives."""
    if verdict.line:
        lost = gettext("It lost {points}.").format(points=points_lost(verdict))
        yield " ".join(filter(None, (lost, warned(verdict, before), line_text(verdict, before))))
        yield from filter(None, (last_chance(verdict, before), came_of(verdict, before, after)))
        yield from why_lost(verdict, len(before.people))
    elif verdict.unpunished and (told := warning(verdict, before)):
        yield told
    elif verdict.judgement == "unclear":
        yield gettext("Whether it lost anything cannot be told from so few imaginings.")
    yield from known_text(verdict, currency)


def answered_text(verdict: Verdict, name: str) -> str:
    """Whether an answer was right, in a sentence; where what was worth most looks better, why it is."""
    if not verdict.right(name):
        return gettext("There is something better.")
    lost, _ = verdict.behind(name)
    same, close = gettext("Right."), gettext("Right: it cannot be told from what was worth most.")
    return same if as_good(lost, 0) else close


def explained(verdict: Verdict, before: State, chosen: str, words: Words) -> Iterator[str]:
    """Yield what there is to say of a move once it was asked about, and answered with `chosen`. A warning about what
    was done stands beside that: below, it would look as if it were one about the answer."""
    learnt = principles(verdict, before)
    if chosen != verdict.name:
        why = warned(verdict, before)
        done = gettext("What was done there: {words}").format(words=words[verdict.name])
        yield f"{done} {why}".strip()
        learnt = [text for text in learnt if text != why]
    if verdict.line:
        yield from filter(None, (last_chance(verdict, before),))
        yield from why_lost(verdict, len(before.people))
    yield from learnt
    if gone_on := line_text(verdict, before):
        yield gone_on
    yield from known_text(verdict, before.game.scenario.currency)


def principles(verdict: Verdict, before: State) -> list[str]:
    """The author's sentences on what was done and on what was worth most: what is told of one is no good beside the
    other, so whoever says what was done first says the warning there."""
    told = (warned(verdict, before), advised(verdict, before))
    return [text for text in dict.fromkeys(told) if text]


def advised(verdict: Verdict, before: State) -> str:
    """The author's sentence on what was worth most, if it is advice: of what costs whenever it is done it is a
    warning, and so it is of what answers something that nobody has told, whatever else that may be worth."""
    from engine.coach.advice import unasked

    action = before.game.move_named(verdict.best)
    best = before.line(action)
    costs = best is None or best.line.kind in COSTLY_KINDS or unasked(before, action)
    return "" if best is None or costs else best.line.principle


def warned(verdict: Verdict, before: State) -> str:
    """The warning about what was done, where that is no best move. It stands beside what was done: below the advice it
    would look as if it were about that."""
    made, best = (before.line(before.game.move_named(name)) for name in (verdict.name, verdict.best))
    return warning(verdict, before) if made != best else ""


def warning(verdict: Verdict, before: State) -> str:
    """What there is to learn from a move that costs whenever it is made: the author's sentence where that is one of
    its kind, and so a warning, as it is of work; else why it is no good now."""
    cost, made = _cost(verdict, before), before.line(before.game.move_named(verdict.name))
    if made is not None and (cost == "kind" or made.line.kind == "task"):
        return made.line.principle
    return gettext(_COSTS[cost]) if cost is not None and cost != "kind" else ""


def instead(verdict: Verdict, before: State) -> str:
    """The name of what to do instead of what costs whenever it is done; empty if there is nothing to be advised. Who
    was about to leave a date open is to name one; otherwise it is what is worth most."""
    moves = before.game.rules.moves
    made = moves[before.game.move_named(verdict.name)]
    vague = not isinstance(made, str) and made[1].kind == "vague-follow-up"
    for choice in verdict.alternatives:
        what = moves[before.game.move_named(choice.name)]
        dates = not isinstance(what, str) and what[1].kind == "propose-dated-step" and what[0] == made[0]
        if dates or not vague:
            return "" if choice.costly or choice.name == verdict.name else choice.name
    return ""


def left_alone(verdict: Verdict, before: State) -> bool:
    """Whether a move got in touch with somebody who had asked to be left alone."""
    return _cost(verdict, before) == "left-alone"


def _cost(verdict: Verdict, before: State) -> Cost | None:
    from engine.coach.advice import costly

    return costly(before, before.game.move_named(verdict.name))


def line_text(verdict: Verdict, before: State) -> str:
    """What the coach would have gone on with, as far as it is said in words of lines, and none of a kind that costs
    whenever it is said: who plays on may say one, and nobody is to learn it from the coach."""
    says: list[str] = []
    for number, name in enumerate(verdict.line[1:], start=1):
        action = before.game.move_named(name)
        line = before.line(action)
        if line is None or line.line.kind in BETWEEN | COSTLY_KINDS:
            break
        says.append(quoted(line.line.words(before.made(action) + verdict.line[:number].count(name))))
    going_on = [
        marked("After the best move, the coach would most likely have gone on with {first}"),
        marked("After the best move, the coach would most likely have gone on with {first}, then {second}"),
        marked(
            "After the best move, the coach would most likely have gone on with {first}, then {second}, then {third}"
        ),
    ]
    said = dict(zip(("first", "second", "third"), says, strict=False))
    return gettext(going_on[len(said) - 1]).format(**said) if said else ""


def known_text(verdict: Verdict, currency: str) -> Iterator[str]:
    """What the move was worth with the facts known, and what the coach advises, if that seems worth more, where either
    differs from what could be known. Nobody is judged by it."""
    best = verdict.alternatives[0]
    both = [(verdict.value, verdict.known)]
    if best.known is not None and best.value > verdict.value:
        both.append((best.value, best.known))
    if all(abs(_points(known - value, verdict.point)) < _TOLD for value, known in both):
        return
    amounts = [rough(amount, verdict.point, currency) for pair in both for amount in pair]
    if len(both) == 1:
        told = gettext(
            "As far as you could know, the move made was worth {mine}; with the facts known, {known}. Only the first "
            "counts."
        )
        yield told.format(mine=amounts[0], known=amounts[1])
    else:
        told = gettext(
            "As far as you could know, the move made was worth {mine} and what the coach advises {best}; with the "
            "facts known, {known} and {best_known}. Only the first counts."
        )
        yield told.format(mine=amounts[0], known=amounts[1], best=amounts[2], best_known=amounts[3])


@dataclass(frozen=True, slots=True)
class Listed:
    """A choice at a judged move, as it stands in a list of them."""

    gained: str
    """The points that it would have been worth more than the move made: `+12`, `−3`."""
    words: str
    amount: str
    """What it was worth."""
    mark: str
    """What it is marked by, if it is the one that is asked about: `your move`."""
    advised: str
    """The mark of the choice that the coach advises, where it does not stand first: another one may be worth more, and
    cannot be told from it, or cost whenever it is done. None where what was done seems worth more and is no habit."""

    @property
    def told(self) -> str:
        """All of it but the points, in a line."""
        marks = "; ".join(filter(None, (self.mark, self.advised)))
        return f"{self.words.removesuffix('.')}: {self.amount}{f' ({marks})' if marks else ''}"


def choices(verdict: Verdict, words: Words, currency: str, name: str, mark: str) -> Iterator[Listed]:
    """Yield what was worth most at a move and the choice called `name`, which gets the `mark`, the best one first. What
    costs whenever it is said is no better choice to be learnt, and left out unless it seems worth more than the best.
    """
    own = verdict.alternatives[0]
    better = [each for each in verdict.alternatives if not each.costly or each.value > own.value]
    shown = {each.name for each in better[:_SHOWN]} | {name, own.name}
    found = [each for each in verdict.alternatives if each.name in shown]
    found.sort(key=lambda each: -each.value)
    first = found[0]
    behind = first.value - own.value, max(first.error, own.error)  # one of them is the one that errors are told against
    close = as_good(*(100 * each / verdict.point for each in behind))
    asked = next(each for each in found if each.name == name)
    habit = verdict.costly and name == verdict.name
    pointless = close and own.value < asked.value and not habit  # nobody is told to do what seems worth less
    advises = "" if pointless else gettext(_ADVISED if close else _NO_HABIT)
    for each in found:
        yield Listed(
            signed(_points(each.value - verdict.value, verdict.point)),
            words[each.name],
            rough(each.value, verdict.point, currency),
            mark if each.name == name else "",
            advises if each.name == verdict.best != first.name else "",
        )


def words_of(before: State, cues: Cues) -> Words:
    """Everything that could be said or done in a state, in words: what is said, in quotation marks."""
    names = before.game.rules.names
    found: dict[str, str] = {}
    for option in before.glance(cues).options:
        line = before.line(option.action)
        spoken = line is not None and line.line.kind not in BETWEEN
        found[names[option.action]] = quoted(option.text) if spoken else option.text
    return found


def half(error: float) -> int:
    """Half a 95% interval around a figure with this standard error, in whole units, rounded up."""
    return -int(-Z * error // 1)


def _points(value: int, point: int) -> int:
    """An amount in minor units as points."""
    return round(100 * value / point)


def rough(value: int, point: int, currency: str, unit: bool = True) -> str:
    """An amount that is an estimate: in whole units of money, unless a point is less than one."""
    near = value if point < 10_000 else 100 * round(value / 100)
    return money(near, currency) if unit else money_text(near, currency)
