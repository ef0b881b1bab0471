"""Pages for authors that are put together from the program itself: what a kind of line does and how a yes comes about,
from the rules; a field, from the format and a line of a bundled scenario; an outcome, from both; a player, from its own
source.

Nothing is written here twice: what is written by hand is in `game.authoring.pages`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING, Final

from game.authoring.pages import about_changes, kinds, page

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from engine.scenario.renames import Rename


def _renames() -> Iterable[Rename]:
    from engine.scenario.renames import RENAMES

    return RENAMES


def is_of_format_1(word: str, *, a_field: bool) -> bool:
    """Whether a word, as the name of a field or as a value, has another name since format 2."""
    return any(word == each.old for each in _renames() if (each.field is None) is a_field)


def old_words() -> str:
    """The page of the words that changed since format 1, in Markdown."""
    facts = [
        f"- in {each.where}: `{each.field}: {each.old}` is now `{each.field}: {each.new}`"
        if each.field is not None
        else f"- in {each.where}: `{each.old}` is now `{each.new}`"
        for each in _renames()
    ]
    return (
        "# Format 1 and format 2\n\nFiles of format 1 are still read, checked and played, with their own words. "
        "`firstvisit migrate FILE` writes them in format 2, and changes nothing else of them.\n\n"
        + "\n".join(facts)
        + "\n- in an offer: `size` says how large a sale it is, which format 1 took from the price\n"
    )


def _kinds() -> Iterable[str]:
    from engine.scenario.vocabulary import KINDS

    return KINDS


def about_kind(name: str) -> str:
    """The page of a kind of line, in Markdown."""
    from engine.rules.kinds import KINDS as RULES
    from engine.scenario.line_checks import NEEDS
    from engine.scenario.vocabulary import AFRESH, ASKS, BETWEEN, KINDS, MINUTES, PRICING, REPEATABLE, WAYS_OUT

    rule = RULES[name]
    moved = {
        level: getattr(rule, level)
        for level in ("excitement", "conviction", "trust", "pressure")
        if getattr(rule, level)
    }
    moves = ", ".join(f"{level} {points:+d}" for level, points in moved.items()) or "no level by itself"
    often = "once a run"
    if name in REPEATABLE:
        often = "again and again"
    elif name in AFRESH:
        often = "once in each conversation"
    facts = [
        f"It takes {MINUTES[name]} min and moves {moves}, in points; a line's own `takes`, `excitement`, `conviction`, "
        "`trust` and `pressure` replace these.",
        "It belongs between conversations." if name in BETWEEN else "It belongs in a conversation.",
        f"It can be said {often}, unless `repeat` says otherwise.",
    ]
    if name in NEEDS:
        field, what = NEEDS[name]
        facts.append(f"It needs `{field}`: {what}.")
    if rule.lacks:
        facts.append(f"It is not offered while {rule.lacks}.")
    facts += _chances(name)
    if name in PRICING:
        facts.append("The buyer hears the price in it.")
    if name in ASKS:
        facts.append("It asks for the decision: see `firstvisit explain yes`.")
    if name in WAYS_OUT:
        facts.append("It is a way out: a stage in which nothing else is left to say gives way to the next.")
    if rule.presses is not None:
        facts.append("It can press beyond that, when it comes at the wrong moment.")
    if rule.manner:
        shares = ", ".join(f"{manner} {percent}%" for manner, percent in rule.manner.items())
        facts.append(f"Its effects by the buyer's manner: {shares}; 100% for others.")
    told = "\n".join(f"- {fact}" for fact in facts)
    return f"# {name}: {KINDS[name]}\n\n{kinds()[name]}\n\n{told}\n"


def _chances(kind: str) -> Iterator[str]:
    """Yield how likely it is to come off, where that is a chance of trust alone, in the numbers of the rules."""
    from engine.rules import constants as c
    from engine.units import CERTAIN

    told = {
        "bring-in": ("It works", c.JOINS, c.JOINS_TRUST),
        "invite-no": ("Who will never buy takes the no", c.TAKES_NO, c.TAKES_NO_TRUST),
    }
    if kind in told:
        works, least, added = told[kind]
        low, high = (min(CERTAIN, each) * 100 // CERTAIN for each in (least, least + added))
        yield (
            f"{works} in {low}% of cases without any trust, in {high}% at a trust of 100, and in between the more "
            "often the more there is."
        )


def _fields() -> Mapping[str, list[tuple[str, str]]]:
    from pydantic import BaseModel

    from engine.scenario import conditions, format

    found: dict[str, list[tuple[str, str]]] = {}
    for module in (format, conditions):
        for model in vars(module).values():
            if not (isinstance(model, type) and issubclass(model, BaseModel)) or model.__module__ != module.__name__:
                continue
            where = (model.__doc__ or "").split("\n")[0]
            for own, field in model.model_fields.items():
                inherited = any(own in base.model_fields for base in model.__bases__ if issubclass(base, BaseModel))
                if not inherited or model.__name__ == "Line":
                    entry = (f"{model.__name__}: {where}", field.description or "")
                    found.setdefault(field.alias or own, []).append(entry)
    return dict(sorted(found.items()))


def about_field(name: str) -> str:
    """The page of a field, in Markdown: what it means wherever it can stand."""
    parts = [f"# {name}"]
    for where, description in _fields()[name]:
        model, _, what = where.partition(": ")
        parts.append(f"In `{_PLACES.get(model, model.lower())}` ({what.rstrip('.')}):\n{description}")
    if (example := _example(name)) is not None:
        parts.append(f"As in {example[0]}:\n\n```yaml\n{example[1]}\n```")
    if codes_of := about_changes(name):
        wrong = "\n".join(f"- {code}: {page(code).title}" for code in codes_of)
        parts.append(f"What goes wrong with it, each with an example that does and the same mended:\n\n{wrong}")
    return "\n\n".join(parts) + "\n"


def _example(field: str) -> tuple[str, str] | None:
    """A line of a bundled scenario that has this field, or else of a template, the shortest that shows what it stands
    in, with the file."""
    scenarios = files("scenarios")
    found = _having(field, scenarios) or _having(field, scenarios / "templates")
    whole = [each for each in found if each[2].count("{") == each[2].count("}")]
    return min([each for each in whole if each[0] >= _TELLING] or whole)[1:] if whole else None


def _having(field: str, folder: Traversable) -> list[tuple[int, str, str]]:
    key = re.compile(rf"(?:^|[{{,]) *(?:- *)?{re.escape(field)}: *\S")
    return [
        (len(line), each.name, line.strip())
        for each in folder.iterdir()
        if each.name.endswith(".yaml")
        for line in each.read_text(encoding="utf-8").split("\n")
        if key.search(line) and not line.lstrip().startswith("#")
    ]


_TELLING: Final = 40
"""Characters from which on a line of a file says what its field is for."""

_PLACES: Final = {
    "File": "the top of the file",
    "Selling": "the top of the file, or a prospect",
    "VisibleWhen": "when, until",
    "When": "when of replies, outcomes and interrupts, until",
    "Consequences": "replies, interrupts",
    "Texts": "outcomes",
    "Part": "the file",
}
"""Where an author finds what a model describes, where its name does not say it."""


def _outcomes() -> Iterable[str]:
    from engine.scenario.vocabulary import OUTCOMES

    return OUTCOMES


def about_outcome(name: str) -> str:
    """The page of an outcome, in Markdown: when it is said, and what is said where an author wrote nothing."""
    from engine.rules.replies import BUILT_IN
    from engine.scenario.vocabulary import OUTCOMES

    facts = [
        f"Its texts stand under `outcomes`: `{name}: ...`. A line's own reply with `when: {{outcome: {name}}}` goes "
        "before them."
    ]
    if name in BUILT_IN:
        facts.append(f"Where nothing is written, it is '{BUILT_IN[name]}'")
    told = "\n".join(f"- {fact}" for fact in facts)
    return f"# {name}: {OUTCOMES[name]}\n\n{told}\n"


def _players() -> Iterable[str]:
    from engine.doctrines import DOCTRINES

    return DOCTRINES


def player_in_short(name: str) -> str:
    """What a computer player does, as its own source says first: `tell them everything there is to know about it.`"""
    paragraph = " ".join((_player(name).__doc__ or "").strip().split("\n\n")[0].split())
    return paragraph.partition(": ")[2] or paragraph


def _player(name: str) -> ModuleType:
    return import_module(f"engine.doctrines.{'at_random' if name == 'random' else name.replace('-', '_')}")


def about_player(name: str) -> str:
    """The page of a computer player, in Markdown: what it does, as its own source says."""
    from engine.authoring.balancing import LEADS_BY

    module = _player(name)
    choose = getattr(module, "choose", None)
    told = [text for text in (module.__doc__, choose.__doc__ if choose is not None else None) if text]
    about = "\n\n".join(_for_authors(part) for text in told for part in text.strip().split("\n\n"))
    if name in LEADS_BY:
        about += f"\n\nWhere it leads: {LEADS_BY[name]}"
    return f"# {name}\n\n{about}\n\nSee a run of it: firstvisit show FILE --player {name} --seed 5\n"


def _for_authors(paragraph: str) -> str:
    """A paragraph of a docstring without what it says to those who read the source."""
    text = re.sub("`engine[.][a-z_.]+`", "\0", " ".join(paragraph.split()))
    return text.replace(", as \0 says", "").replace(" (\0)", "").replace("\0", "a search")


def chance_of_yes() -> str:
    """How a buyer's levels become the chance of a yes, in Markdown, in the numbers of the rules."""
    from engine.curves import logistic
    from engine.rules import constants as c

    def chance(interest: int, trust: int, needs: int, more: int = 0) -> str:
        score = c.DECIDE_BASE + (c.DECIDE_INTEREST * interest + c.DECIDE_TRUST * trust + c.DECIDE_NEEDS * needs) // 100
        return f"{logistic(score + c.DECIDE_SIGNAL + more) / 10_000:.0f}%"

    moderate = c.DECIDE_INDECISION[1]
    grid = ["    interest   trust 30   trust 50   trust 70"]
    for interest in (30, 50, 70, 90):
        grid.append(f"    {interest:>8}" + "".join(f"{chance(interest, trust, 50):>11}" for trust in (30, 50, 70)))
    terms = [
        f"the start: {_odds(c.DECIDE_BASE)}",
        f"interest: up to {_odds(c.DECIDE_INTEREST)} at 100",
        f"trust: up to {_odds(c.DECIDE_TRUST)} at 100",
        f"needs met, by weight: up to {_odds(c.DECIDE_NEEDS)} when all are",
        f"each objection that is not settled: {_odds(c.DECIDE_OPEN)}",
        f"asked while a signal holds: {_odds(c.DECIDE_SIGNAL)}; without one: {_odds(c.DECIDE_NO_SIGNAL)}",
        f"moderate indecision: {_odds(moderate)}; high: {_odds(c.DECIDE_INDECISION[2])}; of it "
        f"{c.SETTLED_INDECISION}% go once needs and reasons are dealt with",
        f"asked again with nothing new dealt with: {_odds(c.DECIDE_NOTHING_NEW)}",
        f"pressure at 100: {_odds(c.DECIDE_PRESSURE_SMALL)} in a small sale (the offer's `size`), "
        f"{_odds(c.DECIDE_PRESSURE_LARGE)} in a large one, nothing in a medium one",
        f"each earlier ask: {_odds(c.DECIDE_AGAIN_SMALL)} in a small sale, {_odds(c.DECIDE_AGAIN_LARGE)} in a large",
        f"each percent off the price: {_odds(c.DECIDE_OFF)}, {_odds(c.DECIDE_OFF_MOST)} at most; a price that came "
        f"down for nothing: {', '.join(_odds(each) for each in c.DECIDE_WAITS[1:])} the first, second and later times",
    ]
    return (
        "# How levels become a chance of yes\n\nWho cannot decide now never says yes: who is no buyer (`real`), not "
        "ready (`ceiling`, `ready`), has not heard the price, or decides with somebody who is not at the table. For "
        "the others these are added up, and the sum is turned into a chance (log-odds: 0 is 50%, +1 is 73%, +2 is 88%, "
        "-2 is 12%):\n\n"
        + "\n".join(f"- {term}" for term in terms)
        + "\n\nWith half of the needs met, nothing unsettled, a signal, and a buyer of low indecision:\n\n"
        + "```text\n"
        + "\n".join(grid)
        + "\n```\n"
    )


def _odds(thousandths: int) -> str:
    return f"{thousandths / 1000:+.2f}".rstrip("0").rstrip(".")


SORTS: Final[Mapping[str, tuple[Callable[[], Iterable[str]], Callable[[str], str]]]] = {
    "kind": (_kinds, about_kind),
    "field": (_fields, about_field),
    "outcome": (_outcomes, about_outcome),
    "player": (_players, about_player),
}
"""What can be asked for by a name: the names that there are, and the page of one."""
