"""Writing what a line does when it is said in a conversation, one function a line.

The order of what happens is that of `engine.rules.conversation.say`. What cannot happen with a line is not written.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.generated.parts import Part, draw, press, trust
from engine.generated.source import Source
from engine.rules import constants as c
from engine.rules.decision import AGREES, DECLINES, JOINS, NO_SALE, OBJECTION, ORDER
from engine.rules.tables import PROMISE, RESULT, LineRule, ReplyRule
from engine.scenario.vocabulary import ASKS

_NO = RESULT["no-sale"]
_QUESTIONS = {
    "ask-for-decision": "asked",
    "press": "asked",
    "propose-dated-step": "proposed",
    "invite-no": "invited",
    "bring-in": "joined",
}
"""Questions with a chance in them, with the functions of their odds."""
_UNMOVED = frozenset({"isolate", "confirm"})
"""Kinds that are as good the second time."""


def write(s: Source, part: Part, line: LineRule) -> None:
    """Everything that follows from saying one line."""
    _odds(s, part, line)
    with s.block(f"def move_{line.action}(t, think, answer):  # {line.kind}"):
        s(f"p, now = t.people[{part.who}], t.clock")
        if _chancy(line):
            draw(s, part, line)
        if line.kind in ASKS:
            s(f"able = {part.able}")
        _time(s, part, line)
        s("p[LAST] = answer + 1" if _chancy(line) else "p[LAST] = 0")
        chosen = _Chosen(part, line)
        chosen.write(s)
        again = _again(s, line, chosen)
        part.note_able(s)
        if line.presses:
            _press(s, part, line)
        s(f"p[SAID] |= {line.bit}")
        if line.once and chosen.guarded:
            with s.block("if not deflected:"):
                s(f"p[SPENT] |= {line.once}")
        elif line.once:
            s(f"p[SPENT] |= {line.once}")
        s("p[IN_A_ROW] += 1" if line.kind == "closed-question" else "p[IN_A_ROW] = 0")
        if chosen.misses:
            with s.block(f"if {_not_among('chosen', chosen.misses)}:"):
                _effects(s, part, line, again)
        else:
            _effects(s, part, line, again)
        if line.line.discount:
            s(f"p[OFF] = min({part.rules.prospect.offer.price}, p[OFF] + {line.line.discount})")
        if line.kind in ASKS or line.offers:
            with s.block(f"if answer == {OBJECTION}:"):
                s("raise_next(p)")
        chosen.write_aftermath(s)
        _count(s, line)
        if _ends(s, part, line):
            return
        for number in chosen.ending:
            with s.block(f"if chosen == {number}:"):
                s(f"finish_{part.who}(t, p, False, False)", "return")
        if line.line.opens is not None:
            s(f"p[STAGE], p[TURNS] = {line.line.opens}, 0", f"after_{part.who}(t, now, p)")
        else:
            s(f"onward_{part.who}(t, now, p)")


def _chancy(line: LineRule) -> bool:
    return line.kind in _QUESTIONS or line.offers


def _not_among(name: str, numbers: Iterable[int]) -> str:
    return " and ".join(f"{name} != {number}" for number in numbers)


def _odds(s: Source, part: Part, line: LineRule) -> None:
    """The odds of a line with a chance in it, as a function of the state."""
    if not _chancy(line):
        return
    with s.block(f"def odds_{line.action}(t):"):
        s(f"p = t.people[{part.who}]")
        if line.kind in _QUESTIONS:
            s(f"return {_QUESTIONS[line.kind]}_{part.who}(t.clock, p)")
            return
        with s.block("if p[OBJECTS] & ~p[SETTLED] & ~p[OPEN]:"):
            s(f"return TIED if p[KNOWN] & p[HAS] & {line.meets} else PITCHED")
        s("return NOTHING")


def _time(s: Source, part: Part, line: LineRule) -> None:
    """Let the line's minutes pass: at once, if nothing happens meanwhile."""
    alone = len(part.world.prospects) == 1
    s(f"now += {line.minutes}")
    quiet = "now < p[INBOUND_AT] and now < p[SILENT_AT]" + ("" if alone else " and now < t.calm")
    with s.block(f"if {quiet} and now < {part.world.deadline}:"):
        s("t.clock = now", f"p[PATIENCE] -= {line.minutes * 60} + think", f"p[WORKED] += {line.minutes}")
    with s.block(f"elif spend(t, p, {line.minutes}, think):"):
        s("return")
    with s.block("else:"):
        s("now = t.clock")


class _Chosen:
    """The replies of a line, as far as they matter for anything but words; they are numbered from 1."""

    def __init__(self, part: Part, line: LineRule) -> None:
        self._part, self._line = part, line
        self.facts = sum(1 << index for index in set(line.reveals))
        self.guarded = any(part.rules.prospect.facts[index].guarded > 0 for index in line.reveals)
        """Whether the buyer may have such a fact and keep it."""
        self._numbers = {
            number: reply
            for number, reply in enumerate(line.replies, 1)
            if not reply.plain or reply.reply.ends or not reply.reply.lands
        }
        self.misses = [number for number, reply in self._numbers.items() if not reply.reply.lands]
        """The replies with which the line does not do what it set out to do."""
        self.ending = [number for number, reply in self._numbers.items() if reply.reply.ends]

    def write(self, s: Source) -> None:
        """Find out which facts are told, and which reply is given."""
        if self.facts:
            s(f"told = {self._told()}")
            if self.guarded:
                s(f"deflected = not told and p[HAS] & {self.facts}")
        if not self._numbers:
            return
        if self.facts:
            with s.block("if told:"):
                self._choose(s, dict(enumerate(self._line.replies, 1)))
            with s.block("else:"):
                kept = {n: r for n, r in enumerate(self._line.replies, 1) if not r.reply.lands}
                self._choose(s, kept)
        else:
            self._choose(s, dict(enumerate(self._line.replies, 1)))

    def _told(self) -> str:
        """The mask of the facts asked for that this buyer has and trusts the seller with."""
        guards: dict[int, int] = {}
        for index in self._line.reveals:
            guarded = self._part.rules.prospect.facts[index].guarded
            guards[guarded] = guards.get(guarded, 0) | 1 << index
        open_to_all = guards.pop(0, 0)
        parts = [f"p[HAS] & {open_to_all}"] if open_to_all else []
        parts += [f"(p[HAS] & {facts} if p[TRUST] >= {guarded} else 0)" for guarded, facts in guards.items()]
        return " | ".join(parts)

    def _choose(self, s: Source, replies: dict[int, ReplyRule]) -> None:
        """The first reply that holds; those after the last that matters are all the same."""
        last = max((number for number in replies if number in self._numbers), default=0)
        if not last:
            s("chosen = 0")
            return
        word = "if"
        for number, reply in replies.items():
            if number > last:
                break
            if reply.when is None:
                if word == "if":
                    s(f"chosen = {self._number(number)}")
                else:
                    with s.block("else:"):
                        s(f"chosen = {self._number(number)}")
                return
            with s.block(f"{word} {self._part.test(reply.when)}:"):
                s(f"chosen = {self._number(number)}")
            word = "elif"
        with s.block("else:"):
            s("chosen = 0")

    def _number(self, number: int) -> int:
        return number if number in self._numbers else 0

    def write_aftermath(self, s: Source) -> None:
        """What the reply given changes, if it is what the buyer says rather than the text for the answer."""
        for number, reply in self._numbers.items():
            if reply.plain and not reply.reply.ends:
                continue
            with s.block(f"if chosen == {number}:"):
                doubtful = _chancy(self._line) and not self._line.offers and reply.when is None
                if doubtful:
                    with s.block(f"if answered(t, rules_{self._part.who}, p, answer):"):
                        s("chosen = 0")
                    with s.block("else:"):
                        self._part.aftermath(s, reply)
                else:
                    self._part.aftermath(s, reply)


def _again(s: Source, line: LineRule, chosen: _Chosen) -> bool:
    """Find out whether the line was said before, or asks for what the buyer keeps, where that makes a difference."""
    gains = max(line.excitement, line.conviction, line.trust) > 0
    if not gains or line.kind in _UNMOVED or (line.once and not chosen.guarded):
        return False
    s(f"again = p[SAID] & {line.bit}" + (" or deflected" if chosen.guarded else ""))
    return True


def _press(s: Source, part: Part, line: LineRule) -> None:
    """The pressure of a line: its own weight, and that of asking too early, too often, or showing too much."""
    press(s, line.pressure)
    if line.kind in ASKS:
        if c.UNDEVELOPED_ASK:
            with s.block(f"if not p[KNOWN] & {part.rules.needs}:"):
                press(s, c.UNDEVELOPED_ASK)
        if c.REPEATED_ASK:
            with s.block("if p[ASKS]:"):
                press(s, c.REPEATED_ASK, " * p[ASKS]")
    elif line.kind == "closed-question":
        if c.INTERROGATION:
            with s.block(f"if p[IN_A_ROW] >= {c.QUESTIONS_IN_A_ROW - 1}:"):
                press(s, c.INTERROGATION)
    elif line.offers and c.PITCH_WITHOUT_NEED:
        with s.block(f"if not p[KNOWN] & {line.meets}:"):
            press(s, c.PITCH_WITHOUT_NEED)


def _effects(s: Source, part: Part, line: LineRule, again: bool) -> None:
    """What a line does when it lands."""
    who, kind = part.who, line.kind
    if line.reveals:
        s("new = told & ~p[KNOWN]")
        with s.block("if new:"):
            part.learn(s, sum(1 << index for index in set(line.reveals)))
    if kind == "isolate":
        with s.block(f"if p[TRUST] >= {c.OPEN_UP_TRUST}:"):
            s(f"isolate(t, {who}, rules_{who}, p)")
            _moves(s, part, line, again)
        return
    if kind == "confirm":
        s(f"confirm(t, {who}, rules_{who}, p)")
    _moves(s, part, line, again)


def _moves(s: Source, part: Part, line: LineRule, again: bool) -> None:
    """How the line moves the buyer, the needs it meets, the objections it answers, and whom it brings."""
    who, kind = part.who, line.kind
    gains = (max(0, line.excitement), max(0, line.conviction), max(0, line.trust))
    if again and gains[2]:
        with s.block("if not again:"):
            trust(s, line.trust)
    else:
        trust(s, line.trust)
    if line.line.about is not None and kind == "implication":
        s(f"p[GROWN] |= {1 << line.line.about}")
    if line.meets:
        _meet(s, part, line, again)
    elif again and (gains[0] or gains[1]):
        with s.block("if not again:"):
            part.stir(s, line.excitement, line.conviction)
        if line.excitement < 0 or line.conviction < 0:
            with s.block("else:"):
                part.stir(s, min(0, line.excitement), min(0, line.conviction))
    else:
        part.stir(s, line.excitement, line.conviction)
    if line.answers_objections or line.answers_reasons:
        s(f"answer_objections(t, {who}, rules_{who}, p, line_{line.action})")
    brings = line.line.brings
    if brings is not None and kind != "propose-dated-step":
        if kind == "bring-in":
            with s.block(f"if answer == {JOINS}:"):
                _join(s, part, brings)
        else:
            _join(s, part, brings)


def _join(s: Source, part: Part, role: int) -> None:
    s(f"p[PRESENT] |= {1 << role}")
    part.note_able(s)


def _meet(s: Source, part: Part, line: LineRule, again: bool) -> None:
    """Meet the needs that are known, and stir interest by that and by the line itself."""
    excitement, conviction = str(line.excitement), str(line.conviction)
    if again and line.excitement > 0:
        excitement = f"0 if again else {line.excitement}"
    if again and line.conviction > 0:
        conviction = f"0 if again else {line.conviction}"
    s(f"excitement, conviction = {excitement}, {conviction}")
    s(f"fresh = {line.meets} & p[KNOWN] & p[HAS] & ~p[MET]")
    with s.block("if fresh:"):
        s("p[MET] |= fresh")
        for index, weight in enumerate(part.rules.weights):
            bit, points = 1 << index, weight * c.MET_PER_WEIGHT
            if line.meets & bit and points:
                with s.block(f"if fresh & {bit}:"):
                    grown = points + points * c.IMPLICATION_GROWTH // 100
                    s(f"conviction += {grown} if p[GROWN] & {bit} else {points}")
    with s.block("if excitement or conviction:"):
        s(f"stir_{part.who}(now, p, excitement, conviction)")


def _count(s: Source, line: LineRule) -> None:
    match line.kind:
        case "ask-for-decision" | "press":
            with s.block("if able:"):
                s("p[ASKED_ABLE] += 1")
            s("p[ASKS] += 1", "p[ASKED_NOW] += 1")
            s("p[ASKED_WITH] = 1 + p[MET].bit_count() + p[SETTLED].bit_count() + p[PRESENT].bit_count()")
        case "propose-dated-step":
            s("p[STEPS] += 1")
            with s.block(f"if answer == {DECLINES}:"):
                s("p[REFUSED_NOW] += 1")
        case "invite-no":
            s("p[INVITES] += 1")
        case "bring-in":
            s("p[JOINS_ASKED] += 1")


def _ends(s: Source, part: Part, line: LineRule) -> bool:
    """End the conversation, and perhaps the sale, if the line or its answer does. True when it always does."""
    who = part.who
    if line.line.resume is not None:
        s(f"p[RESUME] = {line.line.resume}")
    match line.kind:
        case "ask-for-decision" | "press":
            with s.block(f"if answer == {ORDER}:"):
                s(f"order(t, {who}, rules_{who}, p)", f"finish_{who}(t, p, True, False)", "return")
            _no_sale(s, who)
        case "invite-no":
            _no_sale(s, who)
        case "take-no":
            s(f"end(t, p, {_NO})", f"finish_{who}(t, p, True, False)")
        case "propose-dated-step" if line.line.step is not None:
            with s.block(f"if answer == {AGREES}:"):
                s(f"agree(t, p, finish_{who}, line_{line.action})", "return")
        case "vague-follow-up":
            s(f"finish_{who}(t, p, False, False)")
            with s.block(f"if p[PROMISE] < {PROMISE['vague']}:"):
                s(f"p[PROMISE] = {PROMISE['vague']}")
        case "leave":
            s(f"finish_{who}(t, p, False, False)")
    return line.kind in ("take-no", "vague-follow-up", "leave")


def _no_sale(s: Source, who: int) -> None:
    with s.block(f"if answer == {NO_SALE}:"):
        s(f"end(t, p, {_NO})", f"finish_{who}(t, p, True, False)", "return")
