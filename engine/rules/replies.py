"""What the buyer says back: the author's words for this moment, or what is built in."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.rules.deciders import unheard
from engine.rules.guards import holding
from engine.rules.tables import LineRule, ProspectRules, Replies, ReplyRule
from engine.rules.turn import People, Turn
from engine.scenario.compiled import Fact
from engine.scenario.vocabulary import OUTCOMES
from engine.words import gettext, marked

BUILT_IN = {
    "order": marked("Yes. Let's do it."),
    "stall": marked("I need to think about it."),
    "no-sale": marked("No. This isn't for us."),
    "agrees": marked("All right, that works for me."),
    "declines": marked("I'd rather not, not now."),
    "stays": marked("No, I do want to hear it."),
    "joins": marked("The other person you were waiting for sits down with you."),
    "walks-out": marked("I have to go now."),
    "reached": marked("Hello?"),
    "kept": marked("There you are. Right on time."),
    "comes-back": marked("It's me again. Do you have a moment?"),
    "missed": marked("Nobody answers."),
    "not-there": marked("Nobody answers, although you had agreed on it."),
    "replies": marked("I got your message. Do you have a moment?"),
    "signal": marked("And if I said yes, what would happen next?"),
    "unpriced": marked("You haven't told me what it costs."),
    "waits": marked("And if I wait a little, what does it cost then?"),
    "opts-out": marked("Please don't get in touch again. If I want it, I'll ring you."),
}
"""What is shown where an author wrote nothing, to be translated into the scenario's language."""

NOTHING_MORE = marked("I think I've told you all of that.")
"""What is said to a question when everything that it asks for was told before."""

_QUIET = marked("A nod, and no more than that.")


def untold(turn: Turn, p: Sequence[int], rules: ProspectRules, line: LineRule, told: int) -> list[str]:
    """What is said about the facts that a line asks for and that are not among those `told`: what is not so, unless it
    was said before, or where nothing was told and something is held back, one sentence that tells nothing."""
    absent = unheard(rules, p)
    others = [index for index in line.line.reveals if not told >> index & 1]
    kept = [index for index in others if (p[at.HAS] | absent) >> index & 1]
    if kept and not told:
        deflecting = (_deflecting(rules, rules.prospect.facts[index], absent >> index & 1) for index in kept)
        return [min((text for texts in deflecting for text in texts), key=turn.told)]
    denied = [text for index in others if index not in kept and (text := rules.prospect.facts[index].otherwise)]
    fresh = [text for text in denied if not turn.told(text)]
    if told or fresh:
        return fresh
    return [min(denied, key=turn.told) if denied else gettext("No, not really. Why do you ask?")]


def _deflecting(rules: ProspectRules, fact: Fact, absent: int) -> tuple[str, ...]:
    if fact.deflects:
        return fact.deflects
    if absent and fact.of is not None:
        return (gettext("Only {name} would know that.").format(name=rules.prospect.names[fact.of]),)
    return (gettext("Oh, this and that."),)


def choose(
    turn: Turn, rules: ProspectRules, p: Sequence[int], replies: Replies, withheld: bool = False
) -> ReplyRule | None:
    """The first reply that holds; they stand most specific first. When the buyer keeps the fact to themselves, only
    replies that say so (`lands: no`) are fit."""
    if turn.trace is not None and turn.weighing is not None:
        turn.weighing(turn, rules, p, replies, withheld)
    held = holding(turn, replies.guards, rules, p)
    if withheld:
        held &= replies.misses
    return replies.rules[(held & -held).bit_length() - 1] if held else None


def built_in(answer: int) -> str:
    """What is said where an author wrote nothing for an answer."""
    return gettext(BUILT_IN.get(tuple(OUTCOMES)[answer], _QUIET))


def wording(turn: Turn, chosen: ReplyRule) -> str:
    """The words of a reply: of several, the first of those that have been said least often."""
    says = chosen.reply.says
    return says[0] if len(says) == 1 else min(says, key=turn.told)


def given(
    turn: Turn, rules: ProspectRules, p: Sequence[int], line: LineRule, own: ReplyRule | None, answer: int
) -> ReplyRule | None:
    """What the buyer says: the line's own reply, or in its place the author's text for the answer."""
    if answer < 0 or line.offers or (own is not None and own.specific):
        return own
    general = choose(turn, rules, p, rules.outcomes[answer])
    return general if general is not None else own


def moving(rules: ProspectRules, line: LineRule, answer: int) -> bool:
    """Whether what is said to a line with this answer may be more than words."""
    return line.replies.moving or (answer >= 0 and rules.outcomes[answer].moving)


def words(
    turn: Turn,
    line: LineRule,
    chosen: ReplyRule | None,
    given: ReplyRule | None,
    answer: int,
    told: list[str],
    objection: str,
) -> list[str]:
    """What the buyer says: the line's own reply, else the author's text for the answer, else what is built in. Of the
    first two, `chosen` is the line's own, and `given` the one that counts.

    An objection to something shown is said after the reply to it, and a buyer for whom an answer was not settled says
    why, whatever general reply the line has.
    """
    own = [wording(turn, chosen)] if chosen is not None else []
    specific = chosen is not None and chosen.specific
    if line.offers and objection:
        return [*own, objection]
    if line.finds and not specific:
        return told or own or [gettext(line.finds)]
    if specific or answer < 0:
        return own or told
    if given is not None and given is not chosen:
        return [wording(turn, given)]
    return [objection] if objection else own or [built_in(answer)]


def say_outcome(turn: Turn, who: int, rules: ProspectRules, p: People, answer: int) -> None:
    """Let the buyer say what the author wrote for an answer, or what is built in."""
    if turn.trace is None and not rules.outcomes[answer].moving:
        return
    general = choose(turn, rules, p, rules.outcomes[answer])
    if turn.trace is not None:
        speak(turn, who, rules, p, [wording(turn, general) if general else built_in(answer)], answer)
    if general is not None and general.reveals:
        bring_out(turn, who, rules, p, general.reveals)


def bring_out(turn: Turn, who: int, rules: ProspectRules, p: People, facts: int) -> None:
    """Let the facts in a mask come out of a buyer who has them, as far as those are there whose they are."""
    new = facts & p[at.HAS] & ~p[at.KNOWN]
    if rules.owners:
        new &= ~unheard(rules, p)
    for index in range(new.bit_length()):
        if new >> index & 1:
            learn(turn, who, rules, p, index)


def learn(turn: Turn, who: int, rules: ProspectRules, p: People, index: int) -> None:
    """Note that the seller knows a fact now."""
    if p[at.KNOWN] >> index & 1:
        return
    p[at.KNOWN] |= 1 << index
    if index == rules.decider:
        p[at.TOLD_DECIDER] = p[at.DECIDER] + 1
    if turn.trace is not None:
        says = rules.prospect.facts[index].says
        if says:
            turn.tell(who, "knows", index, "told you: '{what}'", of=says)
        else:
            turn.tell(who, "knows", index, "told you: who decides")


def narrate(turn: Turn, who: int, rules: ProspectRules, p: People, words: list[str]) -> None:
    """Tell what happens where nobody speaks to the seller."""
    for text in words:
        turn.tell(who, "narration", 0, turn.mood(rules, p), text)


def speak(turn: Turn, who: int, rules: ProspectRules, p: People, words: list[str], answer: int) -> None:
    """Tell that the buyer says these words."""
    for text in words or [gettext(_QUIET)]:
        turn.tell(who, "reply", answer, turn.mood(rules, p), text, by=rules.voices.get(text, ""))
