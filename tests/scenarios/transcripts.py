"""Runs of the bundled scenarios as a careful reader reads them: what was said when, and what was known by then.

Each rule below names one kind of fault that a reader stumbles over. A rule is handed a transcript and yields faults.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from engine import world as at
from engine.calendar import clock_text
from engine.doctrines import DOCTRINES, SCHOOLS
from engine.play import Game, State
from engine.rules.tables import OUTCOME
from engine.scenario.compiled import Prospect
from engine.scenario.vocabulary import CHANNELS
from engine.units import DAY
from tests.engine.sales import bundled
from tests.engine.watching import chosen
from tests.scenarios.spans import SPANS
from tests.scenarios.told import NAMES, TOLD

V = TypeVar("V")

LONGEST = 90
"""Moves after which a run is read as far as it has come."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said or seen in the course of a run."""

    minute: int
    who: int
    """The prospect it was said to or by."""
    by: str
    """`seller`, `buyer` or `narrator`."""
    text: str
    line: str
    """The id of the line that it is, or that it answers; empty where it answers none."""
    talk: int
    """The number of the conversation; 0 outside any."""
    answer: str
    """What came back, as `vocabulary.OUTCOMES` names it; empty for nothing in particular."""
    known: frozenset[str]
    """The facts told by then: before it for the seller, by its end for the buyer."""
    broken: int
    """Promises of the seller's broken by then."""
    channel: str
    """How they talk, or last tried to."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """One run, read."""

    scenario: str
    seed: int
    player: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What a reader stumbles over, and where."""

    rule: str
    scenario: str
    seed: int
    player: str
    remark: Remark
    why: str

    def __str__(self) -> str:
        one = self.remark
        return (
            f"{self.scenario} {self.seed} {self.player}, {clock_text(one.minute)} [{one.line}] {self.rule}: "
            f"{one.text!r} ({self.why})"
        )


def played(scenario: str, seed: int, player: str) -> Transcript:
    """The run of a computer player; `random` is one who does not give up so soon as the doctrine of that name, and
    `ringing` the same, but for ringing or writing wherever that is possible."""
    game = bundled(scenario)
    state = game.new_initial_state(seed)
    luck = random.Random(f"{scenario}:{seed}")
    made = Counter[int]()
    choose = DOCTRINES[player](game.rules, seed) if player in SCHOOLS else None
    while not state.is_terminal() and state.moves < LONGEST:
        move = _at_random(state, luck, made, player == "ringing") if choose is None else chosen(state, choose)
        made[move] += 1
        state = state.apply_action(move)
    return read(state, player)


def _at_random(state: State, luck: random.Random, made: Counter[int], ringing: bool = False) -> int:
    """A move: no line for the fourth time, and seldom one that ends something while there is another. Of somebody who
    keeps `ringing`, half of what is done between conversations are calls and messages, and few waits are long."""
    moves = [move for move in state.legal_actions() if state.line(move) is None or made[move] < 3]
    moves = moves or list(state.legal_actions())
    if ringing and state.core[at.ACTIVE] < 0:
        half = [move for move in moves if (state.line(move) is not None) is (luck.random() < 0.5)]
        moves = [move for move in half if state.game.move_name(move) not in ("wait.3d", "wait.1w")] or half or moves
    parting = [move for move in moves if _parts(state, move)]
    staying = [move for move in moves if move not in parting]
    return luck.choice(staying if staying and luck.random() < 0.9 else moves)


def _parts(state: State, move: int) -> bool:
    line = state.line(move)
    if line is None:
        return state.game.move_name(move) in ("finish", "wait.1w")
    return line.kind in ("leave", "take-no", "vague-follow-up")


def read(state: State, player: str) -> Transcript:
    """The transcript of a run."""
    game, remarks = state.game, list[Remark]()
    for before, after in zip(state.states(), state.states()[1:], strict=False):
        remarks.extend(_remarks(game, before, after))
    return Transcript(game.scenario.id, state.seed, player, tuple(remarks))


def _remarks(game: Game, before: State, after: State) -> Iterator[Remark]:
    line = after.line(after.action)
    name = line.line.id if line is not None else ""
    talk = before.people[before.core[at.ACTIVE]][at.TALKS] if before.core[at.ACTIVE] >= 0 else 0
    for event in after.events:
        who = max(0, event.prospect)
        prospect = game.scenario.prospects[who]
        if event.what == "conversation":
            talk = event.amount
        if event.what not in ("said", "reply", "narration"):
            continue
        known = (before if event.what == "said" else after).people[who][at.KNOWN]
        yield Remark(
            event.minute,
            who,
            {"said": "seller", "reply": "buyer", "narration": "narrator"}[event.what],
            event.text,
            name,
            talk,
            _answer(event.amount) if event.what == "reply" else "",
            frozenset(fact.id for index, fact in enumerate(prospect.facts) if known >> index & 1),
            after.people[who][at.BROKEN],
            CHANNELS[after.people[who][at.CHANNEL]],
        )


def _answer(amount: int) -> str:
    return next((name for name, place in OUTCOME.items() if place == amount), "")


# the rules

Rule = Callable[[Transcript], Iterator[tuple[Remark, str]]]


def told_before_it_is_named(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """Nobody names a fact that the buyer has not told."""
    for remark in run.remarks:
        for words, facts in _table(TOLD, run, remark).items():
            if remark.by != "narrator" and re.search(words, remark.text) and not facts & remark.known:
                yield remark, f"names {' or '.join(sorted(facts))}, which has not been told"


def introduced_before_they_are_named(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """Nobody is named whom nobody has introduced."""
    met = set[str]()
    for remark in run.remarks:
        for name, words in _table(NAMES, run, remark).items():
            if name in met or not re.search(name, remark.text):
                continue
            met.add(name)
            if not re.search(words, remark.text):
                yield remark, f"speaks of {name} as of somebody known"


def _table(tables: dict[str, dict[str, V]], run: Transcript, remark: Remark) -> dict[str, V]:
    prospect = bundled(run.scenario).scenario.prospects[remark.who].id
    return {**tables.get(run.scenario, {}), **tables.get(f"{run.scenario}/{prospect}", {})}


def no_sentence_twice(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """A buyer says nothing twice in the same words, but for one or two; nor writes it."""
    heard = dict[str, int]()
    for remark in run.remarks:
        if remark.by == "seller" or (remark.by == "narrator" and not SPEAKS.search(remark.text)):
            continue
        for sentence in sentences(remark.text):
            if sentence in heard:
                yield remark, f"said at {clock_text(heard[sentence])} already: {sentence!r}"
            heard.setdefault(sentence, remark.minute)


def sentences(text: str) -> list[str]:
    """The sentences of a text that have more than one word; not who says them (`says Dale`), nor `Go on.`"""
    parts = (part.strip("'\" ") for part in re.split(r"(?<=[.?!])['\"]?\s+", SAYS.sub(" ", text)))
    return [part for part in parts if len(part.split()) > 2]


def an_answer_to_what_was_said(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """What the buyer says belongs to the line it answers, and to no other."""
    for remark in run.remarks:
        if remark.by != "buyer" or not remark.line:
            continue
        owners = _owners(run.scenario, remark.who).get(remark.text)
        if owners and remark.line not in owners and "*" not in owners:
            yield remark, f"answers {', '.join(sorted(owners))}"


@cache
def _owners(scenario: str, who: int) -> dict[str, set[str]]:
    """The lines that a text of the buyer may answer; `*` for any."""
    owners = dict[str, set[str]]()

    def own(text: str, line: str) -> None:
        if text:
            owners.setdefault(text, set()).add(line)

    prospect: Prospect = bundled(scenario).scenario.prospects[who]
    for line in prospect.lines:
        for reply in line.replies:
            for text in reply.says:
                own(text, line.id)
        for index in line.reveals:
            fact = prospect.facts[index]
            for text in (fact.says, *fact.deflects, fact.otherwise):
                own(text, line.id)
        if line.kind in ("isolate", "confirm"):
            for objection in prospect.objections:
                for reason in objection.really:
                    own(reason.says, line.id)
        if line.kind in ("ask-for-decision", "press", "present", "demonstrate"):
            for objection in prospect.objections:
                own(objection.says, line.id)
    return owners


SPEAKS = re.compile(r"\b(say|write|ask|type)s\b")
SAYS = re.compile(r"['\"] (says|asks|writes|she|he) [^'\"]*")
GREETS = re.compile(r"^['\"]?(Hello|Good (morning|afternoon|evening)|Hi)\b")
PARTS = re.compile(r"\b([Gg]oodbye|[Bb]ye\b|[Ss]ee you (then|tomorrow|on|at)|I have to go\b)")
CONTACT = ("reached", "kept", "comes-back", "replies")


def greeted_once(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """Nobody is greeted twice in a conversation, and nobody who came is greeted as if they rang."""
    greeted = set[tuple[int, int]]()
    for remark in run.remarks:
        if remark.by == "buyer" and (remark.answer in CONTACT or GREETS.search(remark.text)):
            if (remark.who, remark.talk) in greeted:
                yield remark, "a second greeting in the same conversation"
            greeted.add((remark.who, remark.talk))


def gone_when_they_say_goodbye(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """Whoever says goodbye says nothing more in that conversation."""
    parted: Remark | None = None
    for remark in run.remarks:
        if parted and remark.by == "seller" and remark.talk == parted.talk and remark.who == parted.who and remark.talk:
            yield parted, f"and is then told: {remark.text!r}"
        parted = remark if remark.by == "buyer" and PARTS.search(remark.text) else None


JUST_NOW = re.compile(r"\b(a|two) (moment|minute)s? ago\b")
RECALLS = re.compile(
    r"\b([Aa]s I said|I('ve)? (already )?told you|I said so|[Yy]ou('ve)? asked me (that|this)|[Yy]ou asked (that|me) "
    r"before|[Aa]s (agreed|promised)|I('ve)? said it once)\b"
)
GLAD = re.compile(r"\b([Yy]ou again, good|[Gg]ood, it's you|every time|[Nn]obody bets|as always)\b")


def nothing_recalled_that_was_not_said(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """'As I said' comes after something said, 'a moment ago' within the hour of it, and no joy after a broken date."""
    spoken = dict[int, list[Remark]]()
    for remark in run.remarks:
        before = spoken.setdefault(remark.who, [])
        earlier = [one for one in before if one.by == "buyer" and one is not remark]
        if remark.by == "buyer":
            if RECALLS.search(remark.text) and not earlier:
                yield remark, "recalls what nobody has said"
            if JUST_NOW.search(remark.text) and not any(
                0 <= remark.minute - one.minute <= 30
                for one in before
                if one.by == "seller" and one.line != remark.line
            ):
                yield remark, "recalls as recent what is not"
            if remark.broken and GLAD.search(remark.text):
                yield remark, "is glad after a broken promise"
        before.append(remark)


QUOTED = re.compile(r"(?<!\w)'.*?'(?!\w)|\"[^\"]*\"")
SEEN = re.compile(
    r"\b(looks? (at|up|round|along|away|out)|looking (up|at)|nod(s|ded)|smil(es|ing)|her (ring|glasses|head)"
    r"|holds (up|out)|puts down|moves (a|the)|writes (something|it|nothing|down)|reads (it|her)\b(?! out)|turns the"
    r"|gives it back|closes the|gathers|counts on|doesn't write|drawn a box|pushes|leans|shrugs|points"
    r"|(stands|gets) up|takes the (sheet|screen)|folds|makes a note|pours|straightens (her|his)|has already opened)\b"
)


def nobody_seen_on_the_telephone(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """On the telephone nobody is seen."""
    for remark in run.remarks:
        if remark.by == "seller" or not remark.talk or remark.channel != "call":
            continue
        told = QUOTED.sub(" ", remark.text)
        if told != remark.text and (sight := SEEN.search(told)):
            yield remark, f"sees that {sight.group()!r}, on the telephone"


HEARD = re.compile(
    r"\b(speaking|(loud)?speaker|voice|can hear|says (she|the|Marguerite)|put the phone down|hang(ing)? up)\b"
)


def nobody_heard_in_writing(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """In a conversation that is written nobody is heard, and nobody picks up or hangs up."""
    for remark in run.remarks:
        if remark.by == "seller" or not remark.talk or remark.channel != "text":
            continue
        if sound := HEARD.search(remark.text):
            yield remark, f"hears {sound.group()!r}, in writing"


def in_its_time(run: Transcript) -> Iterator[tuple[Remark, str]]:
    """Words that presume a time are said when it is true of the clock."""
    for place, remark in enumerate(run.remarks):
        for span in SPANS:
            if span.words.search(remark.text):
                passed = _passed(run, place, span.since)
                if passed is None or not span.low <= passed <= span.high:
                    yield remark, f"{passed} since {span.since}, and it takes {span.low} to {span.high}"


def _passed(run: Transcript, place: int, since: str) -> int | None:
    """How much time has passed at a remark, as `Span.since` says; None since what has not been."""
    remark, days = run.remarks[place], since.startswith("days since ")
    earlier = [one for one in run.remarks[:place] if one.who == remark.who]
    then: int | None
    match since.removeprefix("days since "):
        case "midnight":
            then = remark.minute // DAY * DAY
        case "start":
            then = bundled(run.scenario).rules.prospects[remark.who].start
        case "talked":
            talks = [one for one in earlier if one.talk and (one.talk < remark.talk or not remark.talk)]
            then = talks[-1].minute if talks else None
        case "asked":
            asked = [one for one in earlier if one.by == "seller" and one.line == remark.line][:-1]
            then = asked[-1].minute if asked else None
        case _:
            raise ValueError(since)
    if then is None:
        return None
    return remark.minute // DAY - then // DAY if days else remark.minute - then


RULES: dict[str, Rule] = {
    "named before it was told": told_before_it_is_named,
    "nobody introduced them": introduced_before_they_are_named,
    "said twice": no_sentence_twice,
    "an answer to something else": an_answer_to_what_was_said,
    "greeted twice": greeted_once,
    "goodbye, and on": gone_when_they_say_goodbye,
    "seen on the telephone": nobody_seen_on_the_telephone,
    "heard in writing": nobody_heard_in_writing,
    "at the wrong time": in_its_time,
    "recalled wrongly": nothing_recalled_that_was_not_said,
}


def faults(run: Transcript) -> list[Fault]:
    """Everything in a run that one of the rules objects to."""
    return [
        Fault(name, run.scenario, run.seed, run.player, remark, why)
        for name, rule in RULES.items()
        for remark, why in rule(run)
    ]
