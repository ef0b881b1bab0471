"""A visit after which there is something to keep in touch for, for tests of what happens between conversations."""

from __future__ import annotations

from engine.play import Game, State
from tests.engine.sales import play

VISIT = """
buyer: {name: Ada, real: 100%, returns: 0%, interest: 55, trust: 45, patience: 40m, drifts: 0% a day}
lines:
  talk: {kind: small-talk, say: Hello.}
  ask: {kind: ask-for-decision, say: Shall we?}
  later: {kind: vague-follow-up, say: I will be in touch.}
  monday: {kind: propose-dated-step, say: On Tuesday?, on: Tue, by: call}
  timed: {kind: propose-dated-step, say: Tomorrow at half past ten?, at: "10:30", by: call}
  ring: {kind: call, say: Ring her.}
  note: {kind: touch, say: Send her the drawing.}
  hello: {kind: check-in, say: Just checking in., repeat: yes}
"""
"""A buyer, and each way of leaving and of getting in touch."""
LETTER = "  letter: {kind: touch, say: Write to her., takes: 2h}\n  line: {kind: touch, say: Text her., takes: 1m}\n"
"""What a visit may have besides: a message that takes long, and one that does not."""
TRIED_OTHERWISE = """  drop-in: {kind: call, by: visit, say: Look in on her.}
outcomes:
  missed:
    - {when: {channel: call}, says: It rings out.}
    - {when: {channel: visit}, says: The desk says she is out.}
  opts-out:
    - {when: {channel: email}, says: 'She writes: please stop.'}
    - says: Please stop.
"""
"""Another way to reach the buyer, and what is told of each way."""


def reached(state: State) -> int:
    return dict(state.chance_outcomes(state.game.move_named("ring"))).get("reached", 0)


def agreed(start: State, step: str = "timed") -> State:
    return start.apply_outcome(start.game.move_named(step), "agrees")


def buyer(state: State) -> tuple[int, ...]:
    return state.people[0]


def in_touch(state: State) -> State:
    while not state.player_view().prospects[0].here:
        state = state.apply_action(state.player_view().options[-1].action)
    return state


def answered(game: Game, message: str, seed: int = 1) -> State:
    """The moment at which the buyer answers a message."""
    later = play(game.new_initial_state(seed), "later")
    return in_touch(later.apply_outcome(game.move_named(message), "replies"))
