"""A small valid scenario to make mistakes in, and a look at what is said about them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.scenario import Problem, check_scenario

SHOP = """\
format: 2
id: corner-shop
title: The corner shop
situation: Somebody looks at the kettle in the window.
teaches: [plan-a]
briefing: |
  A woman stops, and comes in.
offer: {price: 80, floor: 60}
calendar:
  start: Sat 10:40
  open: Mon-Fri 09:00-18:00, Sat 09:00-14:00
buyer:
  name: Ada
  manner: driver
  trust: 25..40
  patience: 10m..15m
  decides: {alone: 60%, husband: 40%}
needs:
  quick:
    says: It takes for ever, mine.
    weight: 40
traits:
  baby:
    says: There is a baby at home.
    chance: 30%
objections:
  dear:
    says: That is a lot for a kettle.
    really: {money: 60%, looks: 40%}
stages: [hello, {id: show, turns: 6}, decide]
lines:
  why:
    stage: hello..show
    kind: open-question
    say: What happened to the old one?
    reveals: [quick, baby]
    replies:
      - when: {trust: ..24}
        says: I am only looking.
      - says: It sings, and then it sulks.
  boil:
    stage: show
    kind: demonstrate
    when: {knows: quick}
    say: Count with me.
    meets: quick
  both:
    stage: hello..decide
    kind: bring-in
    brings: husband
    say: Shall we call him over?
  what:
    stage: decide
    kind: isolate
    say: Is it the money?
  answer-it:
    stage: decide
    kind: handle
    handles: [money, looks]
    say: Then take the blue one.
  ask:
    stage: show..decide
    kind: ask-for-decision
    say: Shall I wrap it?
  six:
    stage: decide
    kind: propose-dated-step
    at: 18:15
    say: I am here until half past six.
outcomes:
  order: Yes. Wrap it.
interrupts:
  - when: {patience: ..10}
    says: She looks at the door.
    ends: visit
tips:
  - when: {stage: hello}
    says: These are your lines.
"""


@dataclass(frozen=True)
class Told:
    """What was said about one mistake."""

    problem: Problem
    under: str
    """The text of the file under the caret."""

    @property
    def message(self) -> str:
        return self.problem.message

    @property
    def help(self) -> str:
        return self.problem.help

    @property
    def code(self) -> str:
        return self.problem.code


def problems(text: str) -> list[Told]:
    """Everything that is said about a file."""
    lines = text.splitlines()
    _, found = check_scenario(text.encode(), "shop.yaml")
    told = []
    for problem in found:
        start = problem.column - 1
        told.append(Told(problem, lines[problem.line - 1][start : start + problem.spot.length]))
    return told


def changed(old: str, new: str) -> str:
    """The shop with one thing changed."""
    assert SHOP.count(old) == 1, f"{old!r} must stand in the shop once"
    return SHOP.replace(old, new)


def told(old: str, new: str) -> Told:
    """What is said about the shop with one thing changed: exactly one problem."""
    found = problems(changed(old, new))
    assert len(found) == 1, found
    return found[0]
