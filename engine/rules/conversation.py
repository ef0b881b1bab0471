"""A conversation: what a line does, what the buyer says back, how stages move on, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.rules import constants as c
from engine.rules import decision, objections, replies, signals
from engine.rules.buyer import patience
from engine.rules.deciders import meant_for_others, named, unheard
from engine.rules.endings import finish, walk_out
from engine.rules.guards import holding
from engine.rules.passing import advance
from engine.rules.tables import NO_PROMISE, OUTCOME, VAGUE, LineRule, Move, ProspectRules, ReplyRule, StageRule
from engine.rules.turn import People, Turn
from engine.words import all_of, gettext
from engine.world import (
    ASKABLE,
    FAR,
    INBOUND_AT,
    LAST,
    PATIENCE,
    SAID,
    SPENT,
    STAGE,
    STRUCK,
    TRUST,
    TURNS,
    WORKED,
)

WAITS = OUTCOME["waits"]


def legal(turn: Turn, who: int, stage: StageRule) -> tuple[Move, ...]:
    """The lines on offer in a stage; with no plain way out of the conversation among them, the engine's own."""
    rules, p = turn.rules.prospects[who], turn.people[who]
    return rules.spoken[_on_offer(turn, rules, p, stage)]


def _on_offer(turn: Turn, rules: ProspectRules, p: Sequence[int], stage: StageRule) -> int:
    """The lines of the stage that can be said, as bits."""
    held = holding(turn, stage.guards, rules, p, ~p[SPENT])
    if turn.clock >= stage.late:
        for minute, bit in stage.last_minutes:
            if turn.clock >= minute:
                held &= ~bit
    return held


def begin(
    turn: Turn,
    who: int,
    rules: ProspectRules,
    p: People,
    channel: int,
    stage: int | None = None,
    agreed: bool = False,
    soon: bool = False,
) -> None:
    """Start a conversation: the stage left off at, and at an agreed time whoever was invited.

    One that was not agreed leaves an agreed time as it is. Patience is drawn anew; of somebody who is rung so `soon`
    after the last conversation, only what has come back of it since.
    """
    turn.active, turn.started = who, turn.clock
    calendar = turn.rules.scenario.calendar
    full = patience(rules, turn.luck[who], p[at.TALKS], calendar.visit)
    p[PATIENCE] = _come_back(turn, p, full) if soon else full
    p[at.PATIENCE_FULL] = full
    p[at.CHANNEL] = channel
    p[STAGE] = stage if stage is not None else (p[at.RESUME] if p[at.TALKS] else 0)
    p[TURNS] = p[at.IN_A_ROW] = p[at.ASKED_NOW] = p[at.ASKED_WITH] = p[at.REFUSED_NOW] = 0
    p[SPENT] &= ~rules.afresh
    if agreed:
        p[at.PRESENT], p[at.INVITED] = p[at.INVITED], 0
    elif p[at.PROMISE] == VAGUE:
        p[at.PROMISE] = NO_PROMISE
    p[at.TALKS] += 1
    p[at.ATTEMPTS] = p[at.HERE_UNTIL] = p[at.WRITES_BACK] = 0
    p[INBOUND_AT] = FAR
    if p[at.FIRST_TALK] < 0:
        p[at.FIRST_TALK] = turn.clock
    _leave_dry_stages(turn, rules, p)
    turn.tell(who, "conversation", p[at.TALKS], "a conversation begins")
    _note_able(turn, rules, p)


def _come_back(turn: Turn, p: Sequence[int], full: int) -> int:
    """Seconds of a patience of `full` that are there again. What the last conversation used comes back evenly until a
    call is no longer soon; the little that makes a buyer restless is always there."""
    used = p[at.PATIENCE_FULL] - p[PATIENCE]
    missing = used * (c.SOON - (turn.clock - p[at.TALKED_AT])) // c.SOON
    return max((full - 1) // c.RESTLESS, full - missing)


def say(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int, think: int) -> None:
    """Say a line in a conversation, with the buyer's `answer` already drawn (-1 for none in particular).

    `think` is the seconds of patience that thinking took before it.
    """
    telling = turn.trace is not None
    if telling:
        turn.say(who, line)
    able = line.asks and turn.able(rules, p)
    now = turn.clock + line.minutes
    if now < turn.calm:  # nothing happens meanwhile
        turn.clock = now
        p[PATIENCE] -= line.minutes * 60 + think
        p[WORKED] += line.minutes
    elif not _spend(turn, p, line.minutes, think):
        return
    p[LAST] = answer + 1
    told, deflected = _brought_out(rules, p, line)
    chosen = None
    heard = telling or replies.moving(rules, line, answer)
    if heard:
        withheld = not told if line.reveals else objections.keeps_quiet(p, line)
        chosen = replies.choose(turn, rules, p, line.replies, withheld)
    said = p[SAID] & line.bit
    tires = line.tires and said and not told & ~p[at.KNOWN] and answer != decision.JOINS
    _note_able(turn, rules, p)
    if line.pressure:
        turn.press(who, rules, p, line.pressure, line.cause)
    if line.presses is not None:
        line.presses(turn, who, rules, p, line)
    p[SAID] |= line.bit
    if not deflected:
        p[SPENT] |= line.once
    if line.row:
        p[at.IN_A_ROW] += 1
    elif p[at.IN_A_ROW]:
        p[at.IN_A_ROW] = 0
    fresh = told & ~p[at.KNOWN]
    words: list[str] = []
    if chosen is None or chosen.reply.lands:
        words = _land(turn, who, rules, p, line, answer, told, said or deflected)
    if tires:
        turn.trust(who, p, c.AGAIN_TRUST, "said once more")
        turn.press(who, rules, p, c.AGAIN_PRESSURE, "said once more")
    if line.prices:
        p[at.PRICED] = 1
    if line.line.discount:
        _give_way(turn, who, rules, p, line)
    objection = objections.raise_next(turn, who, rules, p) if answer == decision.OBJECTION else ""
    given = replies.given(turn, rules, p, line, chosen, answer) if heard else None
    if telling:
        if line.reveals:
            words = _in_words(turn, rules, p, line, told, fresh, words)
        spoken = replies.words(turn, line, chosen, given, answer, words, objection)
        replies.speak(turn, who, rules, p, spoken, answer)
    if given is not None and not given.plain:
        _aftermath(turn, who, rules, p, given)
    if line.counter >= 0:
        p[line.counter] += 1
        if line.counts is not None:
            line.counts(p, line, answer, able)
    if line.line.resume is not None:
        p[at.RESUME] = line.line.resume
    if line.closes is not None and line.closes(turn, who, rules, p, line, answer):
        return
    if given is not None and given.reply.ends:
        finish(turn, who, rules, p)
        return
    if line.line.discount and not line.line.traded:
        replies.say_outcome(turn, who, rules, p, WAITS)
    _go_on(turn, who, rules, p, line.asks, line.line.opens)


def _brought_out(rules: ProspectRules, p: Sequence[int], line: LineRule) -> tuple[int, int]:
    """What a line is after, in two masks of facts: those that are told, and those for which it can be said again,
    because they are kept back or belong to somebody who is not there."""
    told, deflected = 0, 0
    if line.reveals:
        told = p[at.HAS] & line.reveals
        for trust, facts in line.guarded:
            if p[TRUST] < trust:
                told &= ~facts
        kept = p[at.HAS]
        if rules.owners:
            absent = unheard(rules, p)
            told &= ~absent
            kept |= absent
        deflected = 0 if told else kept & line.reveals
    if rules.owners and line.ties:
        deflected |= meant_for_others(rules, p, line)
    return told, deflected


def _in_words(
    turn: Turn, rules: ProspectRules, p: Sequence[int], line: LineRule, told: int, fresh: int, words: list[str]
) -> list[str]:
    """What the buyer says to a question, with the `words` of the facts that are `fresh` among those told: what was kept
    back is passed over in words as well."""
    if fresh and words:
        return words + replies.untold(turn, p, rules, line, told)
    if fresh or words:
        return words
    return [gettext(replies.NOTHING_MORE)] if told else replies.untold(turn, p, rules, line, told)


def _go_on(turn: Turn, who: int, rules: ProspectRules, p: People, asked: bool, opens: int | None) -> None:
    """What comes after a line that has not ended the conversation: whether it `asked` for the decision, and the stage
    that it `opens`."""
    signals.show(turn, who, rules, p, asked)
    _move_on(turn, rules, p, opens)
    if rules.interrupts.rules and (held := holding(turn, rules.interrupts.guards, rules, p, ~p[STRUCK])):
        _interrupt(turn, who, rules, p, held)
        if turn.active != who:
            return
    if p[PATIENCE] <= 0:
        walk_out(turn, who, rules, p)


def _spend(turn: Turn, p: People, minutes: int, think: int) -> bool:
    """Let the minutes of a line pass in which something happens; False when the time was over before the line was
    said."""
    spent = min(minutes, turn.rules.deadline - turn.clock)
    p[PATIENCE] -= spent * 60 + think
    p[WORKED] += spent
    advance(turn, turn.clock + spent, stop_for_buyers=False)
    return not p[at.RESULT]


def _give_way(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> None:
    """Take something off the price. What comes down for nothing teaches the buyer to wait for the next time."""
    p[at.OFF] = min(rules.prospect.offer.price, p[at.OFF] + line.line.discount)
    p[at.GIVEN_WAY] += not line.line.traded
    turn.tell(who, "discount", line.line.discount, "you took something off the price")


def greet(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int) -> None:
    """Tell what comes back from a contact attempt or a message, and let it have its effects."""
    telling = turn.trace is not None
    if not (telling or p[TURNS] < 0 or replies.moving(rules, line, answer)):
        return
    chosen = replies.choose(turn, rules, p, line.replies)
    given = replies.given(turn, rules, p, line, chosen, answer)
    if telling:
        words = replies.words(turn, line, chosen, given, answer, [], "")
        if answer < 0 or answer in (OUTCOME["missed"], OUTCOME["not-there"]):
            replies.narrate(turn, who, rules, p, words)
        else:
            replies.speak(turn, who, rules, p, words, answer)
    if given is None:
        return
    _aftermath(turn, who, rules, p, given)
    p[TURNS] = max(0, p[TURNS])
    if given.reply.ends and turn.active == who:
        finish(turn, who, rules, p)


def offer(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> None:
    """Let a call or a message meet needs and answer objections, as a line in a conversation would."""
    if line.meets:
        turn.stir(who, rules, p, 0, _meet(turn, who, rules, p, line.meets), "an answer to a need")
    if line.handles:
        objections.handle(turn, who, rules, p, line)


def talks_past(rules: ProspectRules, p: Sequence[int], line: LineRule) -> bool:
    """Whether a line answers needs or objections and none of them is this buyer's, as far as they have told."""
    return not (line.meets & p[at.KNOWN] & p[at.HAS] or (line.handles and objections.fits(p, line)))


def _note_able(turn: Turn, rules: ProspectRules, p: People) -> None:
    if not p[ASKABLE] and turn.able(rules, p):
        p[ASKABLE] = 1


def _land(
    turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int, told: int, again: int
) -> list[str]:
    """What a line does when it lands, telling the facts in the mask `told`. Returns what the buyer says to it.

    A line said `again` moves nobody a second time for the better, and one that talks past the buyer does harm.
    """
    words: list[str] = []
    if told and (turn.trace is not None or told & ~p[at.KNOWN]):
        words = _reveal(turn, who, rules, p, line, told)
    if line.does is not None:
        moves, said = line.does(turn, who, rules, p, line)
        words = [said] if said else words
        if not moves:
            return words
    past = line.ties and talks_past(rules, p, line)
    if past:
        turn.stir(who, rules, p, c.PAST_EXCITEMENT, 0, "an answer to something they had not told you")
        turn.trust(who, p, c.PAST_TRUST, "an answer to something they had not told you")
        turn.press(who, rules, p, c.PAST_PRESSURE, "an answer to something they had not told you")
    if again or past:
        _move(turn, who, rules, p, line, line.again)
    else:
        _move(turn, who, rules, p, line, line.gains)
    if line.handles:
        objections.handle(turn, who, rules, p, line)
    if line.joins >= 0 and (line.joins_on is None or line.joins_on == answer):
        p[at.PRESENT] |= 1 << line.joins
        turn.tell(who, "joins", line.joins, "came to the table")
        _note_able(turn, rules, p)
    return words


def _move(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, gains: tuple[int, int, int]) -> None:
    """Let a line move the buyer by so much excitement, conviction and trust, and by the needs that it meets."""
    excitement, conviction, trust = gains
    if trust:
        turn.trust(who, p, trust, line.cause)
    if line.meets:
        conviction += _meet(turn, who, rules, p, line.meets)
    if excitement or conviction:
        turn.stir(who, rules, p, excitement, conviction, line.cause)


def _reveal(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, told: int) -> list[str]:
    """Tell facts; returns the words, one text for each that is new."""
    words: list[str] = []
    for index in line.line.reveals:
        if (told & ~p[at.KNOWN]) >> index & 1:
            replies.learn(turn, who, rules, p, index)
            if turn.trace is not None:
                words.append(rules.prospect.facts[index].says or _who_decides(rules, p, index))
    return [text for text in words if text]


def _who_decides(rules: ProspectRules, p: Sequence[int], index: int) -> str:
    if index != rules.decider:
        return ""
    if not p[at.DECIDER]:
        return gettext("It's my decision. I don't have to ask anybody.")
    return gettext("I don't decide that alone ({role}).").format(role=all_of(named(rules, p[at.DECIDER])))


def _meet(turn: Turn, who: int, rules: ProspectRules, p: People, meets: int) -> int:
    """Meet the needs that are known, of those who hear it; returns the conviction that is worth."""
    gain = 0
    fresh = meets & p[at.KNOWN] & p[at.HAS] & ~p[at.MET]
    if rules.owners:
        fresh &= ~unheard(rules, p)
    if not fresh:
        return 0
    p[at.MET] |= fresh
    for index, weight in enumerate(rules.weights):
        if meets >> index & 1 and fresh >> index & 1:
            points = weight * c.MET_PER_WEIGHT
            if p[at.GROWN] >> index & 1:
                points += points * c.IMPLICATION_GROWTH // 100
            gain += points
            if turn.trace is not None:
                says = rules.prospect.facts[index].says
                turn.tell(who, "met", index, "answered what they had told you: '{what}'", of=says)
    return gain


def _aftermath(turn: Turn, who: int, rules: ProspectRules, p: People, chosen: ReplyRule) -> None:
    """What a reply changes beyond the line's own effects."""
    excitement, conviction, trust, pressure = chosen.effects
    turn.stir(who, rules, p, excitement, conviction, "how it was taken")
    turn.trust(who, p, trust, "how it was taken")
    turn.press(who, rules, p, pressure, "how it was taken")
    replies.bring_out(turn, who, rules, p, chosen.reveals)
    for index in chosen.reply.raises:
        objections.raise_one(turn, who, rules, p, index)
    if chosen.reply.opens is not None:
        p[STAGE], p[TURNS] = chosen.reply.opens, -1


def _move_on(turn: Turn, rules: ProspectRules, p: People, opens: int | None) -> None:
    """Move on to the stage that a line `opens`, or to the next one when this one is done."""
    if opens is not None:
        p[STAGE], p[TURNS] = opens, 0
        stage = rules.stages[opens]
    else:
        p[TURNS] += 1
        stage = rules.stages[p[STAGE]]
        done = p[TURNS] >= stage.turns
        if stage.until is not None and not done:
            done = bool(holding(turn, stage.until, rules, p))
        if done:
            p[TURNS] = 0
            p[STAGE] = min(p[STAGE] + 1, len(rules.stages) - 1)
            stage = rules.stages[p[STAGE]]
    if not stage.plain & ~p[SPENT]:
        _leave_dry_stages(turn, rules, p)


def _leave_dry_stages(turn: Turn, rules: ProspectRules, p: People) -> None:
    """Go on to the next stage while this one has nothing left that carries the conversation on."""
    while True:
        stage = rules.stages[p[STAGE]]
        if stage.plain & ~p[SPENT] or _on_offer(turn, rules, p, stage) & stage.carrying:
            return
        p[STAGE], p[TURNS] = p[STAGE] + 1, 0


def _interrupt(turn: Turn, who: int, rules: ProspectRules, p: People, held: int) -> None:
    """Let happen what the author wrote and the seller did not choose, one thing after the other: of the mask `held`,
    and of what comes after it in the author's order and holds then."""
    while held:
        bit = held & -held
        rule = rules.interrupts.rules[bit.bit_length() - 1]
        p[STRUCK] |= bit
        if turn.trace is not None:
            replies.narrate(turn, who, rules, p, [replies.wording(turn, rule)])
        _aftermath(turn, who, rules, p, rule)
        p[TURNS] = max(0, p[TURNS])
        if rule.reply.ends:
            finish(turn, who, rules, p)
            return
        left = rules.interrupts.guards.all & ~p[STRUCK] & -2 * bit
        held = holding(turn, rules.interrupts.guards, rules, p, left) if left else 0
