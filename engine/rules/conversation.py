"""A conversation: what a line does, what the buyer says back, how stages move on, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence

from engine import world as at
from engine.calendar import clock_text, closing, next_opening, step_time
from engine.rules import constants as c
from engine.rules import decision, objections, replies
from engine.rules.buyer import patience
from engine.rules.causes import CAUSES
from engine.rules.passing import advance, end, in_contact
from engine.rules.tables import ANSWER, PROMISE, LineRule, ProspectRules, ReplyRule
from engine.rules.turn import People, Turn
from engine.scenario.vocabulary import ASKS
from engine.units import CERTAIN, DAY, HOUR, LEVEL
from engine.world import FAR


def begin(
    turn: Turn,
    who: int,
    rules: ProspectRules,
    p: People,
    channel: int,
    stage: int | None = None,
    agreed: bool = False,
) -> None:
    """Start a conversation: fresh patience, the stage left off at, and at an agreed time whoever was invited.

    One that was not agreed leaves an agreed time as it is.
    """
    turn.active, turn.started = who, turn.clock
    calendar = turn.rules.scenario.calendar
    p[at.PATIENCE] = p[at.PATIENCE_FULL] = patience(rules, turn.luck[who], p[at.TALKS], calendar.visit)
    p[at.CHANNEL] = channel
    p[at.STAGE] = stage if stage is not None else (p[at.RESUME] if p[at.TALKS] else 0)
    p[at.TURNS] = p[at.IN_A_ROW] = p[at.ASKED_NOW] = p[at.ASKED_WITH] = p[at.REFUSED_NOW] = 0
    if agreed:
        p[at.PRESENT], p[at.INVITED] = p[at.INVITED], 0
    elif p[at.PROMISE] == PROMISE["vague"]:
        p[at.PROMISE] = PROMISE["none"]
    p[at.TALKS] += 1
    p[at.ATTEMPTS] = p[at.HERE_UNTIL] = p[at.WRITES_BACK] = 0
    p[at.INBOUND_AT] = FAR
    if p[at.FIRST_TALK] < 0:
        p[at.FIRST_TALK] = turn.clock
    _leave_dry_stages(turn, rules, p)
    turn.tell(who, "conversation", p[at.TALKS], "a conversation begins")
    _note_able(turn, p)


def say(turn: Turn, who: int, rules: ProspectRules, line: LineRule, answer: int, think: int) -> None:
    """Say a line in a conversation, with the buyer's `answer` already drawn (-1 for none in particular).

    `think` is the seconds of patience that thinking took before it.
    """
    p = turn.open(who)
    kind = line.kind
    turn.tell(who, "said", line.action, kind, line.line.say)
    able = turn.able(p)
    spent = min(line.minutes, turn.rules.deadline - turn.clock)
    p[at.PATIENCE] -= spent * 60 + think
    p[at.WORKED] += spent
    advance(turn, turn.clock + spent, stop_for_buyers=False)
    if p[at.RESULT]:
        return
    p[at.LAST] = answer + 1
    withheld, deflected = replies.withheld(p, rules, line) if line.reveals else ("", False)
    chosen = replies.choose(turn, rules, p, line.replies, withheld=bool(withheld))
    lands = chosen is None or chosen.reply.lands
    again = bool(p[at.SAID] & line.bit)
    if not p[at.ASKABLE]:
        _note_able(turn, p)
    if line.presses:
        _pressure_of(turn, who, rules, p, line)
    p[at.SAID] |= line.bit
    if not deflected:
        p[at.SPENT] |= line.once
    p[at.IN_A_ROW] = p[at.IN_A_ROW] + 1 if kind == "closed-question" else 0
    told = _effects(turn, who, rules, p, line, answer, again or deflected) if lands else []
    if line.line.discount:
        p[at.OFF] = min(rules.prospect.offer.price, p[at.OFF] + line.line.discount)
        turn.tell(who, "discount", line.line.discount, "you took something off the price")
    objection = objections.raise_next(turn, who, rules, p) if answer == decision.OBJECTION else ""
    if turn.trace is not None:
        words = replies.words(turn, rules, p, line, chosen, answer, told or ([withheld] if withheld else []), objection)
        replies.speak(turn, who, rules, p, words, answer)
    spoken = chosen is not None and replies.is_spoken(turn, rules, p, line, chosen, answer)
    if chosen is not None and spoken and not chosen.plain:
        _aftermath(turn, who, rules, p, chosen)
    _count(p, line, answer, able)
    if _ends(turn, who, rules, p, line, answer):
        return
    if chosen is not None and spoken and chosen.reply.ends:
        finish(turn, who, rules, p)
        return
    _stage(turn, rules, p, line)
    _interrupt(turn, who, rules, p)


def greet(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int) -> None:
    """Tell what comes back from a contact attempt or a message, and let it have its effects."""
    chosen = replies.choose(turn, rules, p, line.replies)
    if turn.trace is not None:
        words = replies.words(turn, rules, p, line, chosen, answer, [], "")
        if answer < 0 or answer in (ANSWER["missed"], ANSWER["not-there"]):
            replies.narrate(turn, who, rules, p, words)
        else:
            replies.speak(turn, who, rules, p, words, answer)
    if chosen is None or not replies.is_spoken(turn, rules, p, line, chosen, answer):
        return
    _aftermath(turn, who, rules, p, chosen)
    p[at.TURNS] = max(0, p[at.TURNS])
    if chosen.reply.ends and turn.active == who:
        finish(turn, who, rules, p)


def offer(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> None:
    """Let a call or a message meet needs and answer objections, as a line in a conversation would."""
    if line.meets:
        turn.stir(who, rules, p, 0, _meet(turn, who, rules, p, line.meets), "an answer to a need")
    if line.answers_objections or line.answers_reasons:
        objections.answer(turn, who, rules, p, line)


def finish(turn: Turn, who: int, rules: ProspectRules, p: People, decided: bool = False, agreed: bool = False) -> None:
    """End the running conversation: decided, with a date `agreed`, or as a continuation.

    After a continuation, answers that nobody confirmed come back, the true ones with the others. An agreed time that
    fell into the conversation has been kept.
    """
    turn.active = -1
    in_contact(turn, rules, p, turn.started)
    p[at.TALKED_AT] = turn.clock
    p[at.PRESENT] = 0
    if p[at.PROMISE] >= PROMISE["dated"] and p[at.PROMISE_AT] <= turn.clock + c.GRACE:
        p[at.PROMISE] = PROMISE["none"]
        p[at.INVITED] = 0
        p[at.KEPT] += 1
    if decided:
        p[at.DECISIONS] += 1
    elif not agreed:
        _leave_open(turn, who, p)
    if not p[at.RESULT]:
        _may_return(turn, who, rules, p)


def _leave_open(turn: Turn, who: int, p: People) -> None:
    """Count a conversation that ended with nothing agreed, and what that leaves behind."""
    p[at.CONTINUATIONS] += 1
    turn.tell(who, "continuation", p[at.TALKS], "the conversation ended and nothing was agreed")
    shaky = p[at.ANSWERED] & ~p[at.CONFIRMED]
    if shaky:
        p[at.SETTLED] &= ~shaky
        p[at.ANSWERED] &= ~shaky
        p[at.OPEN] |= shaky
        turn.tell(who, "reopened", shaky, "answers that nobody confirmed come back")
    closes = closing(turn.rules.scenario.calendar, turn.clock)
    if p[at.PROMISE] < PROMISE["dated"] and closes is not None and closes - turn.clock >= HOUR:
        p[at.DUE] += 1
        p[at.DUE_DAY] = turn.clock // DAY


def _may_return(turn: Turn, who: int, rules: ProspectRules, p: People) -> None:
    if not p[at.REAL] or p[at.INBOUND_AT] < FAR:
        return
    luck, talk = turn.luck[who], p[at.TALKS]
    if luck.chance("returns", talk) < rules.prospect.buyer.returns:
        later = luck.between(DAY // 2, c.RETURN_DAYS * DAY, "returns.after", talk)
        p[at.INBOUND_AT] = turn.clock + later


def _note_able(turn: Turn, p: People) -> None:
    if not p[at.ASKABLE] and turn.able(p):
        p[at.ASKABLE] = 1


def _pressure_of(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule) -> None:
    kind = line.kind
    if line.pressure:
        turn.press(who, rules, p, line.pressure, CAUSES[kind])
    if kind in ASKS:
        if not p[at.KNOWN] & rules.needs:
            turn.press(who, rules, p, c.UNDEVELOPED_ASK, "asked before any need had been told")
        if p[at.ASKS]:
            turn.press(who, rules, p, c.REPEATED_ASK * p[at.ASKS], "asked again")
    elif kind == "closed-question" and p[at.IN_A_ROW] + 1 >= c.QUESTIONS_IN_A_ROW:
        turn.press(who, rules, p, c.INTERROGATION, "one short question after the other")
    elif line.offers and not line.meets & p[at.KNOWN]:
        turn.press(who, rules, p, c.PITCH_WITHOUT_NEED, "shown something nobody had asked for")


def _effects(
    turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int, again: bool
) -> list[str]:
    """What a line does when it lands. Returns the words in which the buyer tells facts, if any are told.

    A line said `again` moves nobody a second time for the better.
    """
    told = _reveal(turn, who, rules, p, line.reveals) if line.reveals else []
    excitement, conviction, trust = line.excitement, line.conviction, line.trust
    if line.kind == "isolate":
        if p[at.TRUST] < c.OPEN_UP_TRUST:
            return ["No, really. It's just that."]
        words = objections.isolate(turn, who, rules, p)
        told = [words] if words else told
    elif line.kind == "confirm":
        words = objections.confirm(turn, who, rules, p)
        told = [words] if words else told
    if again and line.kind not in ("isolate", "confirm"):
        excitement, conviction, trust = min(0, excitement), min(0, conviction), min(0, trust)
    turn.trust(who, p, trust, CAUSES[line.kind])
    if line.line.about is not None and line.kind == "implication":
        p[at.GROWN] |= 1 << line.line.about
    if line.meets:
        conviction += _meet(turn, who, rules, p, line.meets)
    turn.stir(who, rules, p, excitement, conviction, CAUSES[line.kind])
    if line.answers_objections or line.answers_reasons:
        objections.answer(turn, who, rules, p, line)
    brings = line.line.brings
    if (
        brings is not None
        and line.kind != "propose-dated-step"
        and (line.kind != "bring-in" or answer == decision.JOINS)
    ):
        p[at.PRESENT] |= 1 << brings
        turn.tell(who, "joins", brings, "came to the table")
        _note_able(turn, p)
    return told


def _reveal(turn: Turn, who: int, rules: ProspectRules, p: People, facts: tuple[int, ...]) -> list[str]:
    """Tell the facts that this buyer has and trusts the seller with; returns the words, one text a fact."""
    told: list[str] = []
    for index in facts:
        fact = rules.prospect.facts[index]
        if p[at.HAS] >> index & 1 and p[at.TRUST] >= fact.guarded:
            _learn(turn, who, rules, p, index)
            told.append(fact.says or _who_decides(rules, p, index))
    return [words for words in told if words]


def _learn(turn: Turn, who: int, rules: ProspectRules, p: People, index: int) -> None:
    if p[at.KNOWN] >> index & 1:
        return
    p[at.KNOWN] |= 1 << index
    if index == rules.decider:
        p[at.TOLD_DECIDER] = p[at.DECIDER] + 1
    turn.tell(who, "knows", index, f"told you ({rules.prospect.facts[index].id})")


def _who_decides(rules: ProspectRules, p: Sequence[int], index: int) -> str:
    if index != rules.decider:
        return ""
    decider = p[at.DECIDER]
    if not decider:
        return "It's my decision. I don't have to ask anybody."
    return f"I don't decide that alone ({rules.prospect.roles[decider - 1].replace('-', ' ')})."


def _meet(turn: Turn, who: int, rules: ProspectRules, p: People, meets: int) -> int:
    """Meet the needs that are known; returns the conviction that is worth."""
    gain = 0
    fresh = meets & p[at.KNOWN] & p[at.HAS] & ~p[at.MET]
    for index, weight in enumerate(rules.weights):
        if fresh >> index & 1:
            p[at.MET] |= 1 << index
            points = weight * c.MET_PER_WEIGHT
            if p[at.GROWN] >> index & 1:
                points += points * c.IMPLICATION_GROWTH // 100
            gain += points
            turn.tell(who, "met", index, f"answered a need they had told you ({rules.prospect.facts[index].id})")
    return gain


def _aftermath(turn: Turn, who: int, rules: ProspectRules, p: People, chosen: ReplyRule) -> None:
    """What a reply changes beyond the line's own effects."""
    excitement, conviction, trust, pressure = chosen.effects
    turn.stir(who, rules, p, excitement, conviction, "how it was taken")
    turn.trust(who, p, trust, "how it was taken")
    turn.press(who, rules, p, pressure, "how it was taken")
    new = chosen.reveals & p[at.HAS] & ~p[at.KNOWN]
    for index in range(new.bit_length()):
        if new >> index & 1:
            _learn(turn, who, rules, p, index)
    for index in chosen.reply.raises:
        objections.raise_one(turn, who, rules, p, index)
    if chosen.reply.opens is not None:
        p[at.STAGE], p[at.TURNS] = chosen.reply.opens, -1


def _count(p: People, line: LineRule, answer: int, able: bool) -> None:
    if line.kind in ASKS:
        p[at.ASKED_ABLE] += able
        p[at.ASKS] += 1
        p[at.ASKED_WITH] = decision.dealt_with(p)
        p[at.ASKED_NOW] += 1
    elif line.kind == "propose-dated-step":
        p[at.STEPS] += 1
        p[at.REFUSED_NOW] += answer == decision.DECLINES
    elif line.kind == "invite-no":
        p[at.INVITES] += 1
    elif line.kind == "bring-in":
        p[at.JOINS_ASKED] += 1


def _ends(turn: Turn, who: int, rules: ProspectRules, p: People, line: LineRule, answer: int) -> bool:
    """End the conversation, and perhaps the sale, if the line or its answer does."""
    if line.line.resume is not None:
        p[at.RESUME] = line.line.resume
    if answer == decision.ORDER:
        _order(turn, who, rules, p)
    elif answer == decision.NO_SALE:
        turn.tell(who, "decision", answer, "a clear no")
        end(turn, who, p, "no-sale", "said no, clearly")
        finish(turn, who, rules, p, decided=True)
    elif line.kind == "take-no":
        turn.tell(who, "decision", decision.NO_SALE, "you closed the file")
        end(turn, who, p, "no-sale", "you took a no, and closed the file")
        finish(turn, who, rules, p, decided=True)
    elif answer == decision.AGREES and line.line.step is not None:
        step = line.line.step
        fresh = p[at.PROMISE] < PROMISE["dated"] or p[at.PROMISE_AT] <= turn.clock + c.GRACE
        p[at.ADVANCES] += fresh
        finish(turn, who, rules, p, decided=fresh, agreed=True)
        when = step_time(step, turn.clock)
        p[at.PROMISE] = PROMISE["timed" if step.timed else "dated"]
        p[at.PROMISE_AT] = when if step.timed else next_opening(turn.rules.scenario.calendar, when)
        p[at.PROMISE_BY] = step.channel
        p[at.INVITED] = 1 << line.line.brings if line.line.brings is not None else 0
        turn.tell(who, "promise", p[at.PROMISE], f"agreed on {clock_text(p[at.PROMISE_AT]) if step.timed else 'a day'}")
    elif line.kind == "vague-follow-up":
        finish(turn, who, rules, p)
        p[at.PROMISE] = max(p[at.PROMISE], PROMISE["vague"])
        turn.tell(who, "promise", PROMISE["vague"], "you will be in touch, some time")
    elif line.kind == "leave":
        finish(turn, who, rules, p)
    else:
        return False
    return True


def _order(turn: Turn, who: int, rules: ProspectRules, p: People) -> None:
    price = rules.prospect.offer.price - p[at.OFF]
    band = sum(price >= limit for limit in c.CANCEL_PRICES)
    chance = c.CANCEL[band] * (100 * LEVEL + c.CANCEL_PRESSURE * turn.pressure(rules, p)) // (100 * LEVEL)
    if rules.multi_call:
        chance = chance * c.CANCEL_MULTI_CALL // 100
    p[at.FIRST_CLOSE] = int(p[at.TALKS] == 1)
    p[at.CANCELLED] = int(turn.luck[who].chance("cancels") < min(CERTAIN, chance))
    turn.tell(who, "decision", decision.ORDER, "an order")
    turn.tell(who, "order", price, "placed the order")
    end(turn, who, p, "order", "placed the order")
    finish(turn, who, rules, p, decided=True)


def _stage(turn: Turn, rules: ProspectRules, p: People, line: LineRule) -> None:
    """Move on to the next stage when this one is done."""
    if line.line.opens is not None:
        p[at.STAGE], p[at.TURNS] = line.line.opens, 0
    else:
        p[at.TURNS] += 1
        stage = rules.stages[p[at.STAGE]]
        if p[at.TURNS] >= stage.turns or (stage.until is not None and turn.holds(stage.until, rules, p)):
            p[at.TURNS] = 0
            p[at.STAGE] = min(p[at.STAGE] + 1, len(rules.stages) - 1)
    _leave_dry_stages(turn, rules, p)


def _leave_dry_stages(turn: Turn, rules: ProspectRules, p: People) -> None:
    """Go on to the next stage while this one has nothing left that carries the conversation on."""
    while p[at.STAGE] + 1 < len(rules.stages) and not any(
        line.carries and _on_offer(turn, rules, p, line) for line in rules.stages[p[at.STAGE]].lines
    ):
        p[at.STAGE], p[at.TURNS] = p[at.STAGE] + 1, 0


def _on_offer(turn: Turn, rules: ProspectRules, p: Sequence[int], line: LineRule) -> bool:
    if p[at.SPENT] & line.once or (line.when is not None and not turn.holds(line.when, rules, p)):
        return False
    if line.kind != "propose-dated-step" or line.line.step is None:
        return True
    return step_time(line.line.step, turn.clock) < turn.rules.deadline


def _interrupt(turn: Turn, who: int, rules: ProspectRules, p: People) -> None:
    """Let something happen that the seller did not choose: the author's interrupts, then patience running out."""
    for number, (when, rule) in enumerate(rules.interrupts):
        if p[at.STRUCK] >> number & 1 or not turn.holds(when, rules, p):
            continue
        p[at.STRUCK] |= 1 << number
        if turn.trace is not None:
            replies.narrate(turn, who, rules, p, [rule.reply.says])
        _aftermath(turn, who, rules, p, rule)
        p[at.TURNS] = max(0, p[at.TURNS])
        if rule.reply.ends:
            finish(turn, who, rules, p)
            return
    if p[at.PATIENCE] <= 0:
        general = replies.choose(turn, rules, p, rules.answers[ANSWER["walks-out"]])
        text = general.reply.says if general is not None else replies.BUILT_IN["walks-out"]
        turn.trust(who, p, c.WALKED_OUT_TRUST, "you took more time than they had")
        turn.tell(who, "reply", ANSWER["walks-out"], turn.mood(rules, p), text)
        finish(turn, who, rules, p)


def legal(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> tuple[int, ...]:
    """The lines on offer now; with no plain way out of the conversation among them, the engine's own."""
    actions = []
    exits = False
    spent = p[at.SPENT]
    for line in rules.stages[p[at.STAGE]].lines:
        if not spent & line.once and _on_offer(turn, rules, p, line):
            actions.append(line.action)
            exits = exits or line.ends
    if not exits:
        actions.append(rules.leave.action)
    return tuple(actions)
