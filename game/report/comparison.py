"""What there is to say of two runs of one buyer, side by side: as a report, and as data.

`as_data` gives `scenario` and `seed`, `parted` (how many moves both made alike) and two sides, `mine` and `other`, each
with `name`, `value` and `par` (the result in hundredths, and as a percentage of par), `conduct`, `minutes` (of the
seller's time), `results` by prospect, `skills` as parts of wholes, and `moves`, each with `name`, `minute`, and
`interest` and `trust` by prospect after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from engine import skills
from engine.calendar import span_text
from engine.comparison import Comparison, Side
from engine.course import dates
from engine.scenario.vocabulary import BETWEEN
from engine.score import dependence_text
from engine.seeing import transcript
from engine.words import gettext, marked, ngettext
from game.practice import others
from game.practice.overlay import overlay
from game.report.coach import CURVE
from game.report.document import Chart, Heading, Paragraph, Part, Table, as_text
from game.report.verdict import words_of
from game.runs.results import came_out
from game.words.wording import capital, money, percent_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.par import Par
    from engine.play import State
    from engine.record import Header
    from engine.score import Scorecard
    from engine.skills import Skill
    from engine.view import Cues, Said

THIS: Final = marked("this run")
"""What the run is called beside which another one is laid, to be looked up."""


def in_short(name: str) -> str:
    """What a run is called where there is no room to say when it was played."""
    return name.partition(",")[0]


def result_text(side: Side) -> str:
    """How a run came out: `order, 91% of par, conduct 88%`."""
    card = side.found.scorecard
    return came_out([each.result for each in side.found.endings], card.result_percent, card.conduct_percent)


def parting(found: Comparison) -> str:
    """Where two runs part, in a sentence."""
    if found.same:
        return gettext("Both runs are the same, move by move.")
    if not found.parted:
        return gettext("They part at the first move.")
    return ngettext(
        "The first move is the same; they part at move {next}.",
        "The first {count} moves are the same; they part at move {next}.",
        found.parted,
    ).format(count=found.parted, next=found.parted + 1)


def about(end: State, number: int) -> str | None:
    """The prospect whom a move was about; None for a wait."""
    after = end.states()[number + 1]
    what = after.game.rules.moves[after.action]
    return after.game.scenario.prospects[what[0]].id if not isinstance(what, str) else None


def did(side: Side, number: int, cues: Cues) -> str:
    """What the seller said or did at a move; what is said, in quotation marks."""
    before, after = side.end.states()[number : number + 2]
    return words_of(before, cues)[after.game.move_name(after.action)]


def spoke(side: Side, number: int) -> bool:
    """Whether a move of the seller's was something said, rather than done between conversations."""
    before, after = side.end.states()[number : number + 2]
    line = before.line(after.action)
    return line is not None and line.line.kind not in BETWEEN


def heard(side: Side, number: int, cues: Cues) -> tuple[Said, ...]:
    """What was said and told at a move, the seller's own words first."""
    after = side.end.states()[number + 1]
    return transcript(after.game.rules, after.events, cues)


def came_back(side: Side, number: int, cues: Cues) -> str:
    """What came back at a move, in one text."""
    names = side.found.names
    told = (each for each in heard(side, number, cues) if each.who != "seller")
    return " ".join(
        f"{each.by or names[each.prospect or '']}: {each.text}" if each.who == "buyer" else each.text for each in told
    )


def differences(found: Comparison) -> Iterator[tuple[str, str, str]]:
    """Yield what came out differently: what it is, in this run, in the other."""
    mine, other = found.mine, found.other
    currency = mine.end.game.scenario.currency
    cards = mine.found.scorecard, other.found.scorecard
    rows = [
        (gettext("result"), *(_result(card, currency) for card in cards)),
        (gettext("conduct"), *(percent_text(card.conduct_percent) for card in cards)),
        (gettext("time worked"), span_text(mine.worked), span_text(other.worked)),
        (gettext("moves"), str(mine.end.moves), str(other.end.moves)),
    ]
    rows += [
        (gettext(next(each.name for each in both if each is not None)), *map(_skill, both)) for both in found.changed()
    ]
    return ((what, here, there) for what, here, there in rows if here != there)


def _result(card: Scorecard, currency: str) -> str:
    earned = money(card.value, currency)
    if card.result_percent is None:
        return earned
    return f"{earned}, {gettext('{percent}% of par').format(percent=card.result_percent)}"


def _skill(skill: Skill | None) -> str:
    if skill is None:
        return gettext("no occasion")
    if skill.name == skills.LEANING:
        return dependence_text(skill.part, skill.whole)
    if skill.name == skills.WAITED:
        return span_text(skill.part // skill.whole)
    if skill.name in (skills.SPEED, skills.PRESSURE):
        return percent_text(100 * skill.part // skill.whole)
    return gettext("{part} of {whole}").format(part=skill.part, whole=skill.whole)


def summary(found: Comparison, name: str, cues: Cues) -> Iterator[Part]:
    """Yield where two runs part, how both ended, and what changed. `name` is what the other one is called."""
    yield Paragraph(parting(found))
    if found.same:
        return
    here = [
        (called, f"{did(side, found.parted, cues)} {came_back(side, found.parted, cues)}".strip())
        for called, side in _sides(found, name)
        if found.parted < side.end.moves
    ]
    yield Table((gettext("run"), gettext("what was done there, and what came back")), tuple(here), listed=True)
    yield Table(
        (gettext("run"), gettext("how it ended")),
        tuple(
            (called, " ".join(ending.sentence for ending in side.found.endings)) for called, side in _sides(found, name)
        ),
        listed=True,
    )
    rows = tuple(differences(found))
    if rows:
        yield Table(("", gettext(THIS), name), rows, numbers=False)


def beside_the_first(
    path: Path | None, head: Header, end: State, par: Callable[[], Par], columns: int
) -> Iterator[str]:
    """Yield lines that lay a retry beside the run it repeats; none for any other, or where that run is not at hand."""
    other = others.repeated(head, path, end.game, par)
    if other is not None:
        yield from ("", gettext("BESIDE {name}").format(name=other.name.upper()), "")
        yield from as_text(summary(others.beside(end, other, par()), other.name, head.cues), columns)


def _sides(found: Comparison, name: str) -> tuple[tuple[str, Side], ...]:
    return (f"{capital(gettext(THIS))}:", found.mine), (f"{capital(name)}:", found.other)


def report(found: Comparison, name: str, cues: Cues) -> Iterator[Part]:
    """Yield the whole report."""
    end = found.mine.end
    yield Heading(gettext("Side by side: {title}").format(title=end.game.scenario.title))
    told = gettext("This run, and {name}: the same buyer with the same luck (seed {seed}).")
    yield Paragraph(told.format(name=name, seed=end.seed))
    yield from summary(found, name, cues)
    yield Heading(gettext("Interest"), 2)
    names = found.mine.found.names
    for prospect, curve in found.mine.found.curves.items():
        both = overlay(curve, found.other.found.curves[prospect], CURVE)
        whose = f", {names[prospect]}" if len(names) > 1 else ""
        yield Chart(((f"{gettext(THIS)}{whose}", both.mine), (f"{name}{whose}", both.other)))
    yield Heading(gettext("Move by move"), 2)
    if found.parted:
        yield Heading(gettext("Both"), 3)
        yield _moves(found.mine, range(found.parted), cues)
    for called, side in ((gettext(THIS), found.mine), (name, found.other)):
        if found.parted < side.end.moves:
            yield Heading(capital(called), 3)
            yield _moves(side, range(found.parted, side.end.moves), cues)


def _moves(side: Side, numbers: Sequence[int], cues: Cues) -> Table:
    whens = dates(side.end)

    def told(number: int) -> str:
        return f"{whens[number]}: {did(side, number, cues)} {came_back(side, number, cues)}".strip()

    return Table(
        (gettext("move"), gettext("what was done, and what came back")),
        tuple((f"{number + 1:>4}.", told(number)) for number in numbers),
        listed=True,
    )


def as_data(found: Comparison, name: str) -> dict[str, Any]:
    """The comparison as JSON has it."""
    return {
        "scenario": found.mine.end.game.scenario.id,
        "seed": found.mine.end.seed,
        "parted": found.parted,
        "mine": _side_as_data(found.mine, THIS),
        "other": _side_as_data(found.other, name),
    }


def _side_as_data(side: Side, name: str) -> dict[str, Any]:
    card = side.found.scorecard
    return {
        "name": name,
        "value": card.value,
        "par": card.result_percent,
        "conduct": card.conduct_percent,
        "minutes": side.worked,
        "results": {each.prospect: each.result for each in side.found.endings},
        "skills": {each.name: [each.part, each.whole] for each in side.skills},
        "moves": [_move_as_data(before, after, side) for before, after in pairwise(side.end.states())],
    }


def _move_as_data(before: State, after: State, side: Side) -> dict[str, Any]:
    reached = {
        prospect: point
        for prospect, curve in side.found.curves.items()
        for point in curve
        if point.move == before.moves
    }
    return {
        "name": after.game.move_name(after.action),
        "minute": before.minute,
        "interest": {prospect: point.interest for prospect, point in reached.items()},
        "trust": {prospect: point.trust for prospect, point in reached.items()},
    }
