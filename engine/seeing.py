"""From a state to what its player can see. The one place where hidden and visible part."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from engine import world as at
from engine.calendar import clock_text, span_text
from engine.rules import contact
from engine.rules.conditions import compile_when
from engine.rules.tables import ProspectRules
from engine.rules.turn import Turn
from engine.scenario.vocabulary import ANSWERS, CHANNELS, PROMISES, RESULTS
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

if TYPE_CHECKING:
    from engine.play import State

_ANSWERS = tuple(ANSWERS)
_RESULTS = tuple(RESULTS)


def player_view(state: State, cues: Cues) -> PlayerView:
    """What a player at this level of cues can see of a state."""
    game = state.game
    turn = Turn(game.rules, state.core, state.luck)
    talking = turn.active if turn.active >= 0 else None
    person = turn.people[talking] if talking is not None else None
    place: Place = "conversation" if talking is not None else ("over" if state.is_terminal() else "between")
    return PlayerView(
        minute=turn.clock,
        start=game.rules.start,
        deadline=game.rules.deadline,
        place=place,
        talking_to=game.scenario.prospects[talking].id if talking is not None else None,
        channel=CHANNELS[person[at.CHANNEL]] if person is not None else None,
        patience=max(0, person[at.PATIENCE]) if person is not None else None,
        patience_full=person[at.PATIENCE_FULL] if person is not None else None,
        worked=turn.tasked + sum(p[at.WORKED] for p in turn.people),
        prospects=tuple(
            _prospect(turn, rules, p, cues) for rules, p in zip(game.rules.prospects, turn.people, strict=True)
        ),
        options=_options(state, turn),
        transcript=transcript(state, cues),
        tips=_tips(turn),
    )


def _prospect(turn: Turn, rules: ProspectRules, p: Sequence[int], cues: Cues) -> ProspectView:
    prospect = rules.prospect
    met = p[at.MET]
    return ProspectView(
        id=prospect.id,
        name=prospect.buyer.name,
        briefing=prospect.briefing,
        result=_RESULTS[p[at.RESULT] - 1] if p[at.RESULT] else None,
        stage=prospect.stages[p[at.STAGE]].id,
        conversations=p[at.TALKS],
        attempts=p[at.ATTEMPTS],
        asks=p[at.ASKS],
        touches=p[at.TOUCHES],
        last_contact=p[at.LAST_CONTACT] if p[at.LAST_CONTACT] >= 0 else None,
        here=bool(p[at.HERE_UNTIL]),
        promise=_promise(p),
        facts=tuple(
            FactView(fact.id, fact.sort, _told(rules, p, index), bool(met >> index & 1))
            for index, fact in enumerate(prospect.facts)
            if p[at.KNOWN] >> index & 1
        ),
        objections=tuple(
            ObjectionView(objection.id, objection.says, bool(p[at.ANSWERED] >> index & 1))
            for index, objection in enumerate(prospect.objections)
            if p[at.RAISED] >> index & 1
        ),
        answer=_ANSWERS[p[at.LAST] - 1] if p[at.LAST] else None,
        present=tuple(role for index, role in enumerate(prospect.roles) if p[at.PRESENT] >> index & 1),
        price=prospect.offer.price - p[at.OFF],
        mood=turn.mood(rules, p) if cues != "expert" and p[at.TALKS] else None,
        meters=_meters(turn, rules, p) if cues == "novice" else None,
    )


def _meters(turn: Turn, rules: ProspectRules, p: Sequence[int]) -> Meters:
    return Meters(
        interest=points(turn.interest(rules, p)),
        excitement=points(turn.excitement(rules, p)),
        conviction=points(turn.conviction(rules, p)),
        trust=points(p[at.TRUST]),
        pressure=points(turn.pressure(rules, p)),
    )


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
            if p[at.REASONS] >> 8 * number & 255 == reason and p[at.RAISED] >> number & 1:
                return next((r.says for r in objection.really if r.reason == reason and r.says), fact.says)
        return fact.says
    if index == rules.decider:
        decider = p[at.DECIDER]
        return f"Decides with {rules.prospect.roles[decider - 1]}." if decider else "Decides alone."
    return fact.says


def _options(state: State, turn: Turn) -> tuple[Option, ...]:
    """The legal moves. Lines stand in an order that changes from turn to turn and does not depend on the seed, so that
    neither the author's order nor the luck shows; waits come last, in order of length."""
    rules = state.game.rules
    lines: list[tuple[bytes, Option]] = []
    waiting: list[Option] = []
    waits = dict(contact.waits(turn)) if turn.active < 0 and not state.is_terminal() else {}
    for action in state.legal_actions():
        what, name = rules.moves[action], rules.names[action]
        if isinstance(what, str):
            waiting.append(_wait(turn, action, name, waits[name]))
            continue
        who, line = what
        key = hashlib.blake2b(f"{rules.digest}:{len(state.history)}:{name}".encode(), digest_size=8).digest()
        prospect = state.game.scenario.prospects[who].id
        lines.append((key, Option(action, name, line.line.say, line.kind, line.minutes, prospect)))
    lines.sort(key=lambda pair: pair[0])
    return (*(option for _, option in lines), *waiting)


def _wait(turn: Turn, action: int, name: str, to: int) -> Option:
    minutes = to - turn.clock
    if name == "finish":
        return Option(action, name, "Let the rest of the time pass, and see how it ends.", "finish", minutes, None)
    until = clock_text(to)
    text = {
        "wait.agreed": f"Wait for the agreed time, {until}.",
        "wait.evening": f"Let the day pass until shortly before closing, {until}.",
        "wait.tomorrow": f"Wait until the next opening, {until}.",
        "wait.3d": f"Let three days pass, until {until}.",
        "wait.1w": f"Let a week pass, until {until}.",
    }.get(name, f"Let {span_text(minutes)} pass, until {until}.")
    return Option(action, name, text, "wait", minutes, None)


def transcript(state: State, cues: Cues) -> tuple[Said, ...]:
    """What has been said and done so far."""
    said: list[Said] = []
    names = [prospect.id for prospect in state.game.scenario.prospects]
    for event in state.log:
        prospect = names[event.prospect] if event.prospect >= 0 else None
        mood = event.cause if cues != "expert" else None
        if event.what == "said":
            said.append(Said(event.minute, "seller", event.text, prospect))
        elif event.what == "reply":
            said.append(Said(event.minute, "buyer", event.text, prospect, mood))
        elif event.what == "narration":
            said.append(Said(event.minute, "narrator", event.text, prospect))
    return tuple(said)


def _tips(turn: Turn) -> tuple[tuple[int, str], ...]:
    who = max(0, turn.active)
    rules, p = turn.rules.prospects[who], turn.people[who]
    return tuple(
        (number, tip.says)
        for number, tip in enumerate(turn.rules.scenario.tips)
        if turn.holds(compile_when(tip.when), rules, p)
    )
