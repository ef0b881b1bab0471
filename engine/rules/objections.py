"""Objections: raised, opened up, answered, and sometimes only seemingly so."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.rules import constants as c
from engine.rules import decision
from engine.rules.deciders import silent
from engine.rules.tables import LineRule, ProspectRules
from engine.rules.turn import People, Turn
from engine.scenario.compiled import Objection
from engine.words import gettext


def isolate(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> tuple[bool, str]:
    """Find what lies behind the first open objection of those that the line is about, from a buyer who trusts enough
    to say it."""
    if keeps_quiet(p, line):
        return False, gettext("It's what I said, really.") if turn.trace is not None else ""
    return True, _behind(turn, who, rules, p, line.about)


def keeps_quiet(p: Sequence[int], line: LineRule) -> bool:
    """Whether a line asks what lies behind an objection, of a buyer who does not trust enough to say it."""
    return line.does is isolate and p[at.TRUST] < c.OPEN_UP_TRUST


def _behind(turn: Turn, who: int, rules: ProspectRules, p: People, about: int) -> str:
    puzzling = about & p[at.OPEN] & ~p[at.OPENED_UP] & ~silent(rules, p)
    for index, objection in enumerate(rules.prospect.objections):
        if not puzzling >> index & 1:
            continue
        reason = p[at.REASONS] >> 8 * index & 255
        fact = rules.reason_facts[reason]
        p[at.KNOWN] |= 1 << fact
        p[at.OPENED_UP] |= 1 << index
        turn.tell(
            who, "knows", fact, "told you what lies behind it: '{what}'", of=reason_words(rules, objection, reason)
        )
        if reason == rules.nothing:
            _close(p, index, settled=True)
            turn.tell(who, "handled", index, "there was nothing behind it")
            p[at.CONFIRMED] |= 1 << index
        return reason_words(rules, objection, reason)
    return ""


def reason_words(rules: ProspectRules, objection: Objection, reason: int) -> str:
    """What the buyer says when the real reason behind an objection comes out."""
    written = next((r.says for r in objection.really if r.reason == reason and r.says), "")
    if written:
        return written
    if reason == rules.nothing:
        return gettext("Now that you ask, there is nothing behind it.")
    told = gettext("If I'm honest, it's this: {reason}.")
    return told.format(reason=rules.prospect.reasons[reason].replace("-", " "))


def confirm(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> tuple[bool, str]:
    """Find out whether what the line is about, and looks answered, is settled; what is not opens again, with its
    reason."""
    told, unsure = "", line.about & p[at.HANDLED] & ~p[at.CONFIRMED] & ~silent(rules, p)
    for index, objection in enumerate(rules.prospect.objections):
        bit = 1 << index
        if not unsure & bit:
            continue
        if p[at.SETTLED] & bit:
            p[at.CONFIRMED] |= bit
            turn.tell(who, "settled", index, "confirmed as settled: '{what}'", of=objection.says)
            continue
        reason = p[at.REASONS] >> 8 * index & 255
        p[at.HANDLED] &= ~bit
        p[at.OPEN] |= bit
        p[at.OPENED_UP] |= bit
        fact = 1 << rules.reason_facts[reason]
        if not told:
            known = objection.again and p[at.KNOWN] & fact
            told = again(turn, objection) if known else reason_words(rules, objection, reason)
        p[at.KNOWN] |= fact
        turn.tell(who, "reopened", index, "not settled after all: '{what}'", of=reason_words(rules, objection, reason))
    return True, told


def again(turn: Turn, objection: Objection) -> str:
    """What the buyer says when an objection comes back."""
    return min(objection.again, key=turn.told, default=objection.says)


def fits(p: Sequence[int], line: LineRule) -> bool:
    """Whether an answer goes to an objection that is on the table, as it was said, or to what really lies behind one
    of this buyer's objections, raised or not."""
    if line.handles_objections & p[at.OPEN]:
        return True
    unsettled = (p[at.OBJECTS] | p[at.OPEN]) & ~p[at.SETTLED]
    for index in range(unsettled.bit_length()):
        if unsettled >> index & 1 and line.handles_reasons >> (p[at.REASONS] >> 8 * index & 255) & 1:
            return True
    return False


def handle(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> None:
    """Handle objections: settled if what is said fits what really lies behind, else they only look handled. Those of
    people who are not there stay as they are."""
    done = p[at.SETTLED]
    if rules.owners:
        done |= silent(rules, p)
    for index in range(len(rules.prospect.objections)):
        bit = 1 << index
        if done & bit:
            continue
        reason = p[at.REASONS] >> 8 * index & 255
        fits = bool(line.handles_reasons >> reason & 1)
        addressed = bool(line.handles_objections & bit)
        if addressed and reason == rules.nothing:
            fits = True
        raised = bool(p[at.OPEN] & bit)
        if fits and (p[at.OBJECTS] & bit or raised):
            if raised:
                _close(p, index, settled=True)
                turn.tell(who, "handled", index, "answered the real reason")
                turn.trust(who, p, c.REAL_ANSWER_TRUST, "answered the real reason")
            else:  # what nobody has raised may not be named
                p[at.SETTLED] |= bit
                turn.trust(who, p, c.REAL_ANSWER_TRUST, "an answer")
        elif addressed and raised:
            _close(p, index, settled=False)
            turn.tell(who, "handled", index, "answered what was said, not what was meant")


def raise_next(turn: Turn, who: int, rules: ProspectRules, p: People) -> str:
    """Raise the next hidden objection; returns the buyer's words for it."""
    index = decision.hidden_objection(rules, p)
    if index < 0:
        return ""
    objection, back = rules.prospect.objections[index], p[at.RAISED] >> index & 1
    raise_one(turn, who, rules, p, index)
    return again(turn, objection) if back else objection.says


def raise_one(turn: Turn, who: int, rules: ProspectRules, p: People, index: int) -> None:
    """Raise an objection, unless it is open or settled already, or belongs to somebody who is not there or decides
    nothing."""
    bit, of = 1 << index, rules.prospect.objections[index].of
    if p[at.OPEN] & bit or p[at.SETTLED] & bit:
        return
    if of is not None and not (p[at.PRESENT] & p[at.DECIDER]) >> of & 1:
        return  # nobody there holds it against deciding
    p[at.RAISED] |= bit
    p[at.OPEN] |= bit
    p[at.HANDLED] &= ~bit
    turn.tell(who, "raised", index, "raised an objection: '{what}'", of=rules.prospect.objections[index].says)


def _close(p: People, index: int, settled: bool) -> None:
    bit = 1 << index
    p[at.OPEN] &= ~bit
    p[at.HANDLED] |= bit
    if settled:
        p[at.SETTLED] |= bit
