"""From a state to what its player can see. The one place where hidden and visible part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, cast

from engine import world as at
from engine.calendar import span_text, when_text
from engine.events import CAME_BACK, GAVE_UP, LET_PASS, WROTE_BACK, Event
from engine.luck import Luck
from engine.results import result
from engine.rules import Move, objections, possible
from engine.rules.contact import delivers, on_time
from engine.rules.deciders import named, silent, unheard
from engine.rules.endings import date_stands
from engine.rules.guards import holding
from engine.rules.tables import LineRule, ProspectRules, Rules
from engine.rules.turn import Turn
from engine.rules.waiting import this_minute
from engine.scenario.vocabulary import CHANNELS, OUTCOMES, PROMISES
from engine.units import points
from engine.view import (
    Cues,
    FactView,
    Meters,
    ObjectionView,
    Option,
    Place,
    PlayerView,
    Promise,
    ProspectView,
    Said,
)
from engine.words import all_of, gettext, marked, speaking
from engine.world import Core

_OUTCOMES = tuple(OUTCOMES)

HIDDEN: Final = (
    at.REAL,
    at.READY_AT,
    at.DECIDER,
    at.INDECISION,
    at.HAS,
    at.OBJECTS,
    at.REASONS,
    at.REALLY,
    at.RIVAL_AT,
    at.DRIFT_AT,
    at.SETTLED,
    at.INBOUND_AT,
    at.CANCELLED,
    at.WRITES_BACK,
    at.ASKABLE,
    at.ASKED_ABLE,
    at.NUISANCE,
    at.ENOUGH,
    at.MOST_NUISANCE,
)
"""The numbers of a prospect that nobody can read off a view, whatever the cues; of the masks, what is not known."""

_BLANK = {at.READY_AT: at.FAR, at.RIVAL_AT: at.FAR, at.DRIFT_AT: at.FAR, at.INBOUND_AT: at.FAR}
"""What stands in place of a hidden number; 0 where not named."""

_UNASKED: Final = {
    ("contact", CAME_BACK): marked("{name} gets in touch, and waits for your answer."),
    ("contact", WROTE_BACK): marked("{name} answers your message."),
    ("contact", GAVE_UP): marked("{name} had no answer from you, and has stopped waiting."),
    ("promise", LET_PASS): marked("{name} waited for you at the agreed time, and heard nothing."),
}
"""What happens without a move of the seller's, by event and code, in words for the transcript."""
_HEARD: Final[Mapping[str, frozenset[int]]] = {
    **{what: frozenset() for what in ("said", "reply", "narration")},
    **{what: frozenset(code for kind, code in _UNASKED if kind == what) for what, _ in _UNASKED},
}
"""What a transcript tells: events of these, and of these codes where there are some."""


def veiled(core: Core) -> Core:
    """A state with nothing hidden in it: what a player with all meters can know, in the engine's fine units.

    What was told stays: known facts, who decides, the reasons that came out.
    """
    return (*core[: at.FIRST], *(_veiled(person) for person in core[at.FIRST :]))


def _veiled(person: Sequence[int]) -> tuple[int, ...]:
    p = list(person)
    for slot in HIDDEN:
        p[slot] = _BLANK.get(slot, 0)
    p[at.HAS] = person[at.HAS] & person[at.KNOWN]
    p[at.SETTLED] = person[at.CONFIRMED]
    p[at.DECIDER] = person[at.DECIDER] if person[at.TOLD_DECIDER] else 0
    opened = person[at.OPENED_UP]
    p[at.REASONS] = sum(person[at.REASONS] & 255 << 8 * i for i in range(opened.bit_length()) if opened >> i & 1)
    return tuple(p)


def look(rules: Rules, core: Core, luck: Sequence[Luck], cues: Cues, made: Callable[[Move], int]) -> PlayerView:
    """What a player at this level of cues can see of a state, but for the transcript, which takes
    the run's events (see `transcript`). What it says, it says in the scenario's language. `made` says how often a move
    has been made, on which the words of lines hang."""
    with speaking(rules.scenario.language):
        return _look(Turn(rules, core, luck, made=made), cues)


def _look(turn: Turn, cues: Cues) -> PlayerView:
    rules = turn.rules
    talking = turn.active if turn.active >= 0 else None
    person = turn.people[talking] if talking is not None else None
    ended = all(p[at.RESULT] for p in turn.people)
    place: Place = "conversation" if talking is not None else ("over" if ended else "between")
    return PlayerView(
        minute=turn.clock,
        start=rules.start,
        deadline=rules.deadline,
        place=place,
        talking_to=rules.scenario.prospects[talking].id if talking is not None else None,
        channel=CHANNELS[person[at.CHANNEL]] if person is not None else None,
        patience=max(0, person[at.PATIENCE]) if person is not None else None,
        patience_full=person[at.PATIENCE_FULL] if person is not None else None,
        worked=turn.tasked + sum(p[at.WORKED] for p in turn.people),
        prospects=tuple(_prospect(turn, one, p, cues) for one, p in zip(rules.prospects, turn.people, strict=True)),
        options=() if ended else _options(turn, possible(turn)),
        transcript=(),
        tips=_tips(turn) if rules.scenario.tips else (),
    )


def _prospect(turn: Turn, rules: ProspectRules, p: Sequence[int], cues: Cues) -> ProspectView:
    prospect = rules.prospect
    met = p[at.MET]
    return ProspectView(
        id=prospect.id,
        name=prospect.buyer.name,
        briefing=prospect.briefing,
        result=result(p),
        stage=prospect.stages[p[at.STAGE]].id,
        conversations=p[at.TALKS],
        attempts=p[at.ATTEMPTS],
        asks=p[at.ASKS],
        asks_now=p[at.ASKED_NOW],
        touches=p[at.TOUCHES],
        last_contact=p[at.LAST_CONTACT] if p[at.LAST_CONTACT] > at.NEVER else None,
        here=bool(p[at.HERE_UNTIL]),
        promise=_promise(p),
        facts=tuple(
            FactView(
                fact.id,
                fact.sort,
                _told(rules, p, index),
                bool(met >> index & 1),
                _decides(rules, p) if index == rules.decider else None,
                None if fact.of is None else prospect.names[fact.of],
            )
            for index, fact in enumerate(prospect.facts)
            if p[at.KNOWN] >> index & 1
        ),
        objections=tuple(
            ObjectionView(
                objection.id,
                objection.says,
                bool(p[at.HANDLED] >> index & 1),
                None if objection.of is None else prospect.names[objection.of],
            )
            for index, objection in enumerate(prospect.objections)
            if p[at.RAISED] >> index & 1
        ),
        outcome=_OUTCOMES[p[at.LAST] - 1] if p[at.LAST] else None,
        present=tuple(role for index, role in enumerate(prospect.roles) if p[at.PRESENT] >> index & 1),
        price=prospect.offer.price - p[at.OFF],
        mood=turn.mood(rules, p) if cues != "expert" and p[at.TALKS] else None,
        meters=meters(turn, rules, p) if cues == "novice" else None,
        table=named(rules, p[at.PRESENT]),
        left_alone=bool(p[at.OPTED_OUT]),
    )


def levels(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> dict[str, int]:
    """The levels of a prospect at this moment, by the names in `events.LEVELS`, in level units."""
    return {
        "excitement": turn.excitement(rules, p),
        "conviction": turn.conviction(rules, p),
        "trust": p[at.TRUST],
        "pressure": turn.pressure(rules, p),
    }


def meters(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> Meters:
    """The levels in whole points. Interest is the sum of its parts as they are shown, so that it can be checked."""
    shown = {name: points(level) for name, level in levels(turn, rules, p).items()}
    interest = points(p[at.FLOOR]) + shown["excitement"] + shown["conviction"]
    return Meters(interest=min(100, interest), **shown)


def _promise(p: Sequence[int]) -> Promise | None:
    kind = PROMISES[p[at.PROMISE]]
    if kind == "none":
        return None
    named = cast("Literal['vague', 'dated', 'timed']", kind)
    return Promise(named, None if kind == "vague" else p[at.PROMISE_AT], CHANNELS[p[at.PROMISE_BY]])


def _told(rules: ProspectRules, p: Sequence[int], index: int) -> str:
    """The words in which a known fact was told. Only ever asked for known ones."""
    fact = rules.prospect.facts[index]
    if fact.sort == "reason":
        reason = index - rules.reason_facts[0]
        for number, objection in enumerate(rules.prospect.objections):
            if p[at.REASONS] >> 8 * number & 255 == reason and p[at.OPENED_UP] >> number & 1:
                return objections.reason_words(rules, objection, reason)
        return fact.says or fact.id.replace("-", " ")
    if index == rules.decider:
        others = all_of(named(rules, p[at.DECIDER]))
        return gettext("Not alone: {who}.").format(who=others) if others else gettext("Decides alone.")
    return fact.says


def _decides(rules: ProspectRules, p: Sequence[int]) -> str:
    """Who decides besides the buyer. Only ever asked once that is known."""
    return "+".join(role for n, role in enumerate(rules.prospect.roles) if p[at.DECIDER] >> n & 1) or "alone"


def _options(turn: Turn, moves: Sequence[int]) -> tuple[Option, ...]:
    """The legal moves. Lines stand in an order of their own that depends neither on the author's nor on the seed, and
    that stays from turn to turn; waits come last, in order of length."""
    rules = turn.rules
    lines: list[tuple[int, Option]] = []
    waiting: list[Option] = []
    waits = this_minute(turn).waits if turn.active < 0 else {}
    for action in moves:
        what, name = rules.moves[action], rules.names[action]
        if isinstance(what, str):
            waiting.append(_wait(turn, action, name, waits[action]))
            continue
        who, line = what
        prospect = rules.prospects[who]
        about = _about(prospect, turn.people[who], line)
        keeps = turn.active < 0 and _keeps(turn, turn.people[who], line)
        last = turn.active >= 0 and goes(prospect, turn.people[who], line)
        replaces = line.kind == "propose-dated-step" and date_stands(turn, turn.people[who])
        option = Option(
            action,
            name,
            turn.words(line),
            line.kind,
            line.minutes,
            prospect.prospect.id,
            about,
            keeps,
            last,
            picks_up=line is prospect.take_call,
            replaces=replaces,
        )
        lines.append((place(rules.scenario.ordered_as, name), option))
    lines.sort(key=lambda pair: pair[0])
    return (*(option for _, option in lines), *waiting)


def goes(rules: ProspectRules, p: Sequence[int], line: LineRule) -> bool:
    """Whether the next line ends the stage, and the stages after it do not have this line. What asks for an end of the
    conversation is left out: there is another way to ask in each stage."""
    return stage_ends(rules, p) and goes_with_stage(rules, p, line)


def stage_ends(rules: ProspectRules, p: Sequence[int]) -> bool:
    """Whether the next line ends the stage, and another comes after it."""
    return p[at.TURNS] + 1 >= rules.stages[p[at.STAGE]].turns and p[at.STAGE] + 1 < len(rules.stages)


def goes_with_stage(rules: ProspectRules, p: Sequence[int], line: LineRule) -> bool:
    """Whether a line is gone once the stage ends; see `goes`."""
    return line.line.last == p[at.STAGE] and bool(rules.stages[p[at.STAGE]].carrying & line.bit)


def _keeps(turn: Turn, p: Sequence[int], line: LineRule) -> bool:
    """Whether a line between conversations would keep what is agreed with this buyer, now."""
    if not on_time(turn, p):
        return False
    return line.kind == "call" or (line.kind == "touch" and delivers(p, line))


@lru_cache(maxsize=1 << 16)
def place(scenario: str, name: str) -> int:
    """Where a line stands among the options: by a hash of `Scenario.ordered_as` and its name, the lowest first."""
    return int.from_bytes(hashlib.blake2b(f"{scenario}:{name}".encode(), digest_size=8).digest(), "big")


def _about(rules: ProspectRules, p: Sequence[int], line: LineRule) -> tuple[str, ...]:
    """Which of the things already told a line takes up: what a person hears in its words."""
    facts, known = rules.prospect.facts, p[at.KNOWN] & ~unheard(rules, p)
    about = [facts[i].id for i in line.line.meets if known >> i & 1 and not p[at.MET] >> i & 1]
    open_ = p[at.OPEN] & ~silent(rules, p)
    if line.line.about is not None and known >> line.line.about & 1:
        about.append(facts[line.line.about].id)
    about += [rules.prospect.objections[i].id for i in line.line.handles_objections if open_ >> i & 1]
    for reason in line.line.handles_reasons:
        fact = rules.reason_facts[reason]
        if known >> fact & 1 and open_:
            about.append(facts[fact].id)
    return tuple(about)


def _wait(turn: Turn, action: int, name: str, to: int) -> Option:
    minutes = to - turn.clock
    if name == "finish":
        return Option(
            action, name, gettext("Let the rest of the time pass, and see how it ends."), "finish", minutes, None
        )
    until = when_text(to, turn.clock)
    names = _agreed_with(turn, to) if name == "wait.agreed" else []
    says = gettext(_WAITS.get(name, _WAITS_FOR) if not names else _WITH_ONE if len(names) == 1 else _WITH_SEVERAL)
    text = says.format(until=until, span=span_text(minutes), first=", ".join(names[:-1]), name="".join(names[-1:]))
    return Option(action, name, text, "wait", minutes, None)


_WAITS: Final = {
    "wait.agreed": marked("Wait for what is agreed, {until}."),
    "wait.evening": marked("Let the day pass until shortly before closing, {until}."),
    "wait.tomorrow": marked("Wait until opening time, {until}."),
    "wait.3d": marked("Let three days pass, until {until}."),
    "wait.1w": marked("Let a week pass, until {until}."),
}
_WAITS_FOR: Final = marked("Let {span} pass, until {until}.")
_WITH_ONE: Final = marked("Wait for what is agreed with {name}, {until}.")
_WITH_SEVERAL: Final = marked("Wait for what is agreed with {first} and {name}, {until}.")


def _agreed_with(turn: Turn, minute: int) -> list[str]:
    """With whom something is agreed for this minute, where there is more than one to choose from."""
    if len(turn.people) < 2:
        return []
    return [
        rules.prospect.buyer.name
        for rules, p in zip(turn.rules.prospects, turn.people, strict=True)
        if p[at.PROMISE_AT] == minute and not p[at.RESULT] and PROMISES[p[at.PROMISE]] in ("dated", "timed")
    ]


def heard(log: Iterable[Event]) -> list[Event]:
    """Those of some events that a transcript tells."""
    return [
        event for event in log if (codes := _HEARD.get(event.what)) is not None and (not codes or event.amount in codes)
    ]


def transcript(rules: Rules, log: Iterable[Event], cues: Cues) -> tuple[Said, ...]:
    """What has been said and done in the course of some events, in the scenario's language."""
    with speaking(rules.scenario.language):
        return _transcript(rules, log, cues)


def _transcript(rules: Rules, log: Iterable[Event], cues: Cues) -> tuple[Said, ...]:
    said: list[Said] = []
    names = [prospect.id for prospect in rules.scenario.prospects]
    for event in heard(log):
        prospect = names[event.prospect] if event.prospect >= 0 else None
        if event.what == "said":
            said.append(Said(event.minute, "seller", event.text, prospect))
        elif event.what == "reply":
            mood = event.cause if cues != "expert" and not event.by else None
            said.append(Said(event.minute, "buyer", event.text, prospect, mood, event.by or None))
        elif event.what == "narration":
            said.append(Said(event.minute, "narrator", event.text, prospect))
        else:
            name = rules.scenario.prospects[event.prospect].buyer.name
            text = gettext(_UNASKED[event.what, event.amount]).format(name=name)
            said.append(Said(event.minute, "narrator", text, prospect))
    return tuple(said)


def _tips(turn: Turn) -> tuple[tuple[int, str], ...]:
    if turn.active > 0:
        return ()  # tips are written for the first prospect, and their conditions are about that one
    who = 0
    rules, p = turn.rules.prospects[who], turn.people[who]
    return tuple(
        (number, tip.says)
        for number, tip in enumerate(turn.rules.scenario.tips)
        if holding(turn, turn.rules.tips[number], rules, p)
    )
