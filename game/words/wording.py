"""How amounts and the words of the model are printed for a player, on every screen and in plain lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from engine.calendar import date_text, span_text, time_text, when_text
from engine.decay import left
from engine.money import money_text
from engine.units import DAY, HOUR
from engine.units import signed as signed
from engine.words import all_of, gettext, marked, ngettext, pgettext
from game.words.terms import SCHOOLS

if TYPE_CHECKING:
    from engine.reasons import Answer, Reason
    from engine.scenario.compiled import Prospect
    from engine.term import Term
    from engine.view import PlayerView, Promise

CUE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"novice": marked("novice"), "regular": marked("regular"), "expert": marked("expert")}
)
"""What the cue levels are called, to be looked up."""

LEVELS: Final = (
    *(marked("interest"), marked("excitement"), marked("conviction")),
    *(marked("trust"), marked("pressure")),
)
"""The levels in the order in which they are shown, to be looked up."""

CHANNELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "visit": marked("in person"),
        "call": marked("by phone"),
        "text": marked("by text message"),
        "email": marked("by e-mail"),
    }
)
"""How a contact takes place, to be looked up."""

LEFT_ALONE: Final = marked("has asked to be left alone")
"""How somebody stands with whom nothing can be agreed any more."""
_JUST_NOW: Final = 5
"""Minutes after a contact that nothing needs to be said about."""
_AFTER: Final = (HOUR, DAY, 3 * DAY)


def moment_text(at: datetime) -> str:
    """A moment of the player's own time: `28 Nov 01:22`."""
    return at.strftime(pgettext("a moment", "%d %b %H:%M"))


def school_name(school: str | None) -> str:
    """`Plan A` for `plan-a`; `Tutorial` for a scenario that teaches no school."""
    return SCHOOLS.get(school, school) if school else gettext("Tutorial")


def money(hundredths: int, currency: str, *, decimals: bool = False) -> str:
    """An amount as people write it: `38,900 EUR`, `4.50 EUR`, `−120 EUR`, `2,533 JPY`. With `decimals` a whole one has
    them too, as in a column with others."""
    return f"{money_text(hundredths, currency, decimals=decimals)} {currency}"


def term_text(term: Term, currency: str) -> str:
    """The value of one term of the score with its unit."""
    if term.unit == "money":
        return money(term.value, currency)
    return gettext("{percent}%").format(percent=term.value)


def promise_text(promise: Promise | None, now: int) -> str:
    """What is agreed, in words: `today 15:00, by phone`; `Thu, no time, in person`."""
    if promise is None:
        return gettext("nothing agreed")
    if promise.kind == "vague" or promise.at is None:
        return gettext("some time or other, no date")
    how = channel_text(promise.channel)
    if promise.kind == "timed":
        return f"{when_text(promise.at, now)}, {how}"
    return gettext("{day}, no time, {how}").format(day=date_text(promise.at, now), how=how)


def contact_text(last: int, now: int) -> str:
    """When somebody was in touch: the hour, on the day itself; later, for how long there has been silence."""
    if now - last < _JUST_NOW:
        return gettext("you have just been in touch")
    if last // DAY == now // DAY:
        return gettext("in touch at {time}").format(time=time_text(last))
    return gettext("silence for {what}").format(what=span_text(now - last))


def agreed_text(view: PlayerView, *, named: bool = True) -> str:
    """What is agreed with those whose sale is not over: `Thu 10:00 is agreed with Ana; ...`."""
    says = gettext("{when} is agreed with {name}") if named else gettext("{when} is agreed")
    return "; ".join(
        says.format(when=when_text(each.promise.at, view.minute), name=each.name)
        for each in view.prospects
        if each.result is None and each.promise is not None and each.promise.at is not None
    )


def in_vain(attempts: int) -> str:
    """That no call reached them, whatever they may have written. Calls within minutes of each other are one attempt by
    the rules, so what is counted are occasions: of two calls, `1 attempt` would look like an error."""
    return ngettext("nobody reached", "nobody reached on {count} occasions", attempts).format(count=attempts)


def channel_text(channel: str) -> str:
    """How a contact takes place: `by phone`."""
    return gettext(CHANNELS.get(channel, channel))


def fading(prospect: Prospect) -> str:
    """How fast the two stores of a buyer's interest fade, as the model has it."""
    (hour, slow_hour), (day, slow_day), (three, slow_three) = (left(prospect.buyer.fades, m) for m in _AFTER)
    return gettext(
        "Both fade: of {name}'s excitement {hour}% is left after an hour, {day}% after a day, {three}% after three; of "
        "conviction {slow_hour}%, {slow_day}%, {slow_three}%."
    ).format(
        name=prospect.buyer.name,
        hour=hour,
        day=day,
        three=three,
        slow_hour=slow_hour,
        slow_day=slow_day,
        slow_three=slow_three,
    )


def talking(view: PlayerView) -> str:
    """How the running conversation takes place: `in person`, `by e-mail`."""
    return channel_text(view.channel) if view.channel else ""


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 move`, `3 moves`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def quoted(words: str) -> str:
    """Words that are said, in the marks of the language: `“Hello.”`."""
    return gettext("“{words}”").format(words=words)


def percent_text(percent: int) -> str:
    """`64%`."""
    return gettext("{percent}%").format(percent=percent)


def capital(text: str) -> str:
    """The text with a capital letter at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def kept_clock(*, live: bool) -> str:
    """Why a run that is taken up does not have the clock that was asked for."""
    if live:
        return gettext("This run was begun with the live clock, and keeps it. To play untimed, begin anew.")
    return gettext("This run was begun untimed, and stays so. To play with the live clock, begin anew.")


def introduced(name: str, text: str) -> str:
    """A text about somebody, with the name before it unless it begins with that: `Ines: runs a bakery.`"""
    return text if not text or text.startswith(name) else f"{name}: {text}"


def told_of(name: str, text: str) -> str:
    """A text to show beside a name, without that name before a comma or a colon at its beginning."""
    for mark in (", ", ": "):
        if text.startswith(name + mark):
            rest = text[len(name + mark) :]
            return capital(rest)
    return text


def tidied(text: str) -> str:
    """An author's text without the empty lines around it and the spaces at the ends of its lines."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


_TERMS: Final = {
    "interest": (marked("interest"), marked("too little interest")),
    "trust": (marked("trust"), marked("too little trust")),
    "needs": (marked("needs met"), marked("too few needs met")),
    "objections": (marked("objections"), marked("an objection that was not settled")),
    "pressure": (marked("pressure"), marked("pressure")),
    "asked-again": (marked("asked again"), marked("asked again")),
    "nothing-new": (marked("nothing new"), marked("nothing new since the last time")),
    "indecision": (marked("sure of themselves"), marked("finds decisions hard")),
    "discount": (marked("the discount"), marked("the discount")),
    "waits": (marked("no discount for nothing"), marked("was waiting for the next discount")),
    "signal": (marked("had shown that they were ready"), marked("no sign that they were ready")),
    "hour": (marked("an hour was named"), marked("an hour was named")),
    "no-buyer": (marked("a buyer"), marked("would never buy")),
    "agreed": (marked("it was agreed"), marked("it was agreed")),
    "delay": (marked("no time had passed"), marked("time had passed")),
    "tries": (marked("tried again"), marked("tried so often")),
    "nuisance": (marked("not worn by contact"), marked("worn by contact")),
}
"""What makes a yes likelier, and what makes it less likely, in words."""
_BARS: Final = {
    "no-buyer": marked("would never have bought from anybody"),
    "not-ready": marked("could not decide yet"),
    "somebody-missing": marked("does not decide alone, and who else decides was not there: {who}"),
    "unpriced": marked("had not heard the price"),
    "distrust": marked("did not trust you at all"),
    "left-alone": marked("had asked to be left alone"),
    "just-tried": marked("nobody had answered a few minutes before"),
}


def why_text(answer: Answer) -> str:
    """Why a question was answered as it was: `a 64% chance of a yes: interest +21, needs met +18 (each by itself)`."""
    of = _OF.get(answer.kind, _OF_A_YES)
    bars = ", ".join(gettext(_BARS[bar]).format(who=all_of(answer.missing)) for bar in answer.bars)
    if bars:
        return f"{_chance(of, answer.chance)}: {bars}"
    if not answer.reasons and of is _OF_A_YES:
        return gettext("{chance}, by luck alone").format(chance=_chance(of, answer.chance))
    alone = f" ({gettext('each by itself')})" if len(answer.reasons) > 1 else ""  # they need not add up
    return likely(answer.chance, answer.reasons, of) + alone


def _chance(of: tuple[str, str], percent: int) -> str:
    vowel = str(percent)[0] == "8" or percent in (11, 18)  # in English, that is
    return gettext(of[vowel]).format(percent=percent)


_OF_A_YES: Final = (marked("a {percent}% chance of a yes"), marked("an {percent}% chance of a yes"))
_OF_AN_ANSWER: Final = (marked("a {percent}% chance of an answer"), marked("an {percent}% chance of an answer"))
_OF_A_NO: Final = (marked("a {percent}% chance of a no"), marked("an {percent}% chance of a no"))
"""What a question had a chance of, and what an attempt to reach somebody had, and an invitation to say no, after a
consonant and after a vowel."""
_OF: Final = {"call": _OF_AN_ANSWER, "invite-no": _OF_A_NO}
"""What it was a chance of, by the kind of a line; of a yes where not named."""


def likely(percent: int, reasons: Iterable[Reason], of: tuple[str, str] = _OF_A_YES) -> str:
    """A chance of a yes, or `of` an answer, and what it is made of."""
    told = ", ".join(f"{gettext(_TERMS[each.what][each.points < 0])} {signed(each.points)}" for each in reasons)
    return _chance(of, percent) + (f": {told}" if told else "")


def lost_text(points: int) -> str:
    """What silence took of the interest of somebody, in a sentence."""
    return ngettext(
        "Lost to silence while nothing was agreed: {count} point of interest.",
        "Lost to silence while nothing was agreed: {count} points of interest.",
        points,
    ).format(count=points)


def told_answers(answers: Iterable[Answer], buyers: Collection[str]) -> Iterator[tuple[str, str]]:
    """Why questions were answered as they were, each with the number of its move, and where there are several buyers
    (their names, in the scenario's order) with the name of the one who was asked; what came of the same question in
    the same way move after move is told once: `22-58`."""
    told: list[tuple[int, int, str]] = []
    names = tuple(buyers)
    for answer in answers:
        whose = f"{names[answer.prospect]}: " if len(names) > 1 else ""
        text = f"{whose}{came(answer)}; {why_text(answer)}"
        if told and told[-1][1:] == (answer.move - 1, text):
            told[-1] = (told[-1][0], answer.move, text)
        else:
            told.append((answer.move, answer.move, text))
    for first, last, text in told:
        yield (f"{first + 1}" if first == last else f"{first + 1}-{last + 1}"), text


def came(answer: Answer) -> str:
    """What came of a question: `an order`, `a clear no`, `not reached`."""
    outcome = answer.came if answer.came in _CAME else _AS_KEPT.get(answer.kind, _DECIDED)[not answer.yes]
    return gettext(_CAME[outcome])


_DECIDED: Final = ("order", "unpriced")
_AS_KEPT: Final = {
    "call": ("reached", "missed"),
    "bring-in": ("joins", "declines"),
    "propose-dated-step": ("agrees", "declines"),
}
"""The outcomes of a yes and of a no, by the kind of the line, where a kept debrief does not say which it was, or names
one that is no answer: earlier versions did where time had run out on a question."""
_CAME: Final = {
    "order": marked("an order"),
    "objection": marked("an objection"),
    "stall": marked("put it off"),
    "no-sale": marked("a clear no"),
    "unpriced": marked("no order"),
    "stays": marked("did not say no"),
    "agrees": marked("agreed"),
    "joins": marked("joined"),
    "declines": marked("did not agree"),
    "reached": marked("reached"),
    "missed": marked("not reached"),
    "kept": marked("there as agreed"),
    "not-there": marked("not there as agreed"),
}
"""What came of a question, by its outcome."""
