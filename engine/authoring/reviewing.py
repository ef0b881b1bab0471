"""A scenario in plain words, page by page, for somebody who knows the trade and reads no YAML.

Every sentence that is said or shown has an id, the place of its text in the file, by which a changed one finds its way
back (`engine.authoring.rewording`). What is said of it besides (when, what it does, what it costs) is read from the
file as it is written; the file has no errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from engine.authoring.plain_words import all_of, as_words, is_yes, minus, one_of, time_words
from engine.authoring.scopes import CHANNEL_WORDS, Scope, children, deciders_of, listed, people_of, texts, when_words
from engine.money import money_text
from engine.rules.kinds import KINDS
from engine.scenario.models import Place
from engine.scenario.notation import money
from engine.scenario.rates import written
from engine.scenario.reading import Node, Tree
from engine.scenario.vocabulary import BETWEEN, MINUTES, OUTCOMES, REPEATABLE
from engine.scenario.vocabulary import KINDS as MEANINGS
from engine.units import signed


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text of the file."""

    id: str
    text: str
    who: str
    """Whose it is: `You`, the buyer's name, `The debrief`."""
    when: str = ""
    """When it is said, and what it does then."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What belongs together: a line with its replies, a need with its texts."""

    name: str
    facts: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A stage, or what belongs to none."""

    heading: str
    about: str
    entries: tuple[Entry, ...]


def pages(tree: Tree) -> tuple[Page, ...]:
    """The pages of a scenario: what it is about, who the buyer is, a page for each stage, and what comes back."""
    top = Scope(tree.root, (), None)
    found = [Page("What it is about", "", tuple(_top(top)))]
    found += _selling(top, "")
    for name, node in children(tree.root, "prospects"):
        own = Scope(node, ("prospects", name), top)
        found += _selling(own, f"{own.buyer}: ")
    return tuple(page for page in found if page.entries)


def sentences(tree: Tree) -> tuple[Sentence, ...]:
    """Every sentence of a scenario, in the order of its pages."""
    return tuple(each for page in pages(tree) for entry in page.entries for each in entry.sentences)


def place_of(tree: Tree, id: str) -> Place | None:
    """Where the sentence with this id is; None where the file has no such place."""
    node = tree.root
    place: Place = ()
    for part in id.split("/"):
        key: str | int = int(part) if isinstance(node.data, list) and part.isdecimal() else part
        if key not in node.children:
            return None
        node, place = node.children[key], (*place, key)
    return place


def _id(place: Place) -> str:
    return "/".join(map(str, place))


# --- the parts of a file ---------------------------------------------------------------------------------------------


def _sentences(node: Node, place: Place, who: str, fields: Mapping[str, str]) -> Iterator[Sentence]:
    """Yield the texts of some fields of a map, each field with when it is said."""
    for name, when in fields.items():
        if name in node.children:
            for where, text in texts(node.children[name], (*place, name)):
                yield Sentence(_id(where), text, who, when)


def _top(top: Scope) -> Iterator[Entry]:
    shown = {"title": "in the library", "situation": "in the library", "briefing": "before the first word"}
    yield Entry("", (), tuple(_sentences(top.node, (), "The player reads", shown)))
    tips = top.node.children.get("tips")
    if tips is not None:
        yield Entry("Tips", ("each shown once",), tuple(_listed_sentences(top, tips, ("tips",), "A tip")))


def _selling(scope: Scope, whose: str) -> Iterator[Page]:
    """Yield the pages of a part that sells; `whose` stands before their headings."""
    yield Page(f"{whose}Who {scope.buyer} is", "", tuple(_who(scope)))
    lines = children(scope.node, "lines")
    for number, stage in enumerate(scope.stages):
        here = [each for each in lines if _first_stage(scope, each[1]) == number]
        later = [id for id, line in lines if _first_stage(scope, line) < number <= _last_stage(scope, line)]
        about = f"Also here, from earlier on: {'; '.join(map(scope.quoted, later))}" if later else ""
        entries = tuple(_line(scope, id, line) for id, line in here)
        yield Page(f"{whose}Stage {number + 1}: {as_words(stage)}", about, entries)
    between = [(id, line) for id, line in lines if _first_stage(scope, line) < 0]
    yield Page(f"{whose}Between conversations", "", tuple(_line(scope, id, line) for id, line in between))
    yield Page(f"{whose}What comes back", "", tuple(_answers(scope)))


def _who(scope: Scope) -> Iterator[Entry]:
    place = scope.place
    if scope.place:
        told = tuple(_sentences(scope.node, place, "The player reads", {"briefing": "before the first word"}))
        if told:
            yield Entry("", (), told)
    named: list[Sentence] = []
    for section, name, who in (("offer", "name", "What is sold"), ("buyer", "name", "The buyer's name")):
        if section in scope.node.children:
            named += _sentences(scope.node.children[section], (*place, section), who, {name: ""})
    buyer = scope.node.children.get("buyer")
    if buyer is not None and "rival" in buyer.children:
        named += _sentences(buyer.children["rival"], (*place, "buyer", "rival"), "The rival", {"name": ""})
    for role, called in deciders_of(scope.node):
        named.append(Sentence(_id((*place, "buyer", "people", role)), str(called.data).strip(), "Who decides as well"))
    price = scope.field("offer", "price")
    currency = scope.field("offer", "currency") or "EUR"
    facts = [f"the price is {money_text(money(price), currency)} {currency}"] if price else []
    facts += _deciding(scope)
    facts += [
        f"{{{word}}} stands for {one_of(_stand_for(scope.people, word))}" for word in _words_of(people_of(scope.node))
    ]
    facts += _losses(scope)
    if named:
        yield Entry("", tuple(each.strip() for each in facts), tuple(named))
    for section, sort in (("needs", "a need"), ("traits", "a trait")):
        for id, node in children(scope.node, section):
            facts = [sort, *_share(node), *([f"weight {node.data['weight']}"] if "weight" in node.data else [])]
            guarded = node.data.get("guarded")
            facts += [f"told from a trust of {guarded} on"] if guarded else []
            said_when = {
                "says": "when it comes out",
                "deflects": "asked too early",
                "otherwise": "asked, and not having it",
            }
            yield Entry(
                scope.named(id),
                tuple(facts),
                tuple(_sentences(node, (*place, section, id), scope.speaker(node, scope.buyer), said_when)),
            )
    for id, node in children(scope.node, "objections"):
        where = (*place, "objections", id)
        said_when = {"says": "when it is raised", "again": "when it comes back"}
        speaker = scope.speaker(node, scope.buyer)
        said = list(_sentences(node, where, speaker, said_when))
        for reason, one in children(node, "really"):
            behind = (
                f"asked what lies behind it, and it is this ({one.data['chance']} of them)"
                if isinstance(one.data, dict)
                else ""
            )
            said += _sentences(one, (*where, "really", reason), speaker, {"says": behind})
        yield Entry(scope.named(id), ("an objection", *_share(node)), tuple(said))


def _deciding(scope: Scope) -> Iterator[str]:
    """Who decides, each with how often."""
    buyer = scope.node.data.get("buyer")
    decides = buyer.get("decides") if isinstance(buyer, dict) else None
    if isinstance(decides, str):
        decides = {decides: ""}
    for roles, chance in (decides or {}).items():
        often = f": {chance} of buyers" if chance else ""
        yield f"decides alone{often}" if roles == "alone" else f"decides with {scope.called(roles)}{often}"


def _words_of(people: Sequence[Mapping[str, str]]) -> list[str]:
    return list(dict.fromkeys(word for one in people for word in one))


def _stand_for(people: Sequence[Mapping[str, str]], word: str) -> list[str]:
    return list(dict.fromkeys(one[word] for one in people if word in one))


def _losses(scope: Scope) -> Iterator[str]:
    """How buyers are lost who are left alone, over the time the sale is open."""
    for names, what in ((("drifts",), "settles for nothing"), (("rival", "wins"), "buys from the rival")):
        told = written(scope.root, scope.field("buyer", *names))
        if told:
            yield f"left alone, {what}: {told}"


def _share(node: Node) -> list[str]:
    return [f"{node.data['chance']} of buyers have it"] if "chance" in node.data else []


def _answers(scope: Scope) -> Iterator[Entry]:
    for answer, node in children(scope.node, "outcomes"):
        said = tuple(_listed_sentences(scope, node, (*scope.place, "outcomes", answer), scope.buyer))
        yield Entry(
            as_words(answer), (f"{OUTCOMES[answer].split('. ')[0].rstrip('.')}",) if answer in OUTCOMES else (), said
        )
    interrupts = scope.node.children.get("interrupts")
    if interrupts is not None:
        said = tuple(_listed_sentences(scope, interrupts, (*scope.place, "interrupts"), "What happens"))
        yield Entry("At any moment", ("each at most once",), said)


# --- lines -----------------------------------------------------------------------------------------------------------


def _kind(line: Node) -> str:
    return str(line.data.get("kind", "small-talk"))


def _stages(scope: Scope, line: Node) -> tuple[int, int]:
    """The first and last stage of a line; -1 between conversations."""
    text = line.data.get("stage")
    if text == "between" or (text is None and _kind(line) in BETWEEN):
        return -1, -1
    if text is None or text == "any":
        return 0, len(scope.stages) - 1
    low, dots, high = (each.strip() for each in str(text).partition(".."))
    first = scope.stages.index(low) if low in scope.stages else 0
    last = (scope.stages.index(high) if high in scope.stages else len(scope.stages) - 1) if dots else first
    return first, last


def _first_stage(scope: Scope, line: Node) -> int:
    return _stages(scope, line)[0]


def _last_stage(scope: Scope, line: Node) -> int:
    return _stages(scope, line)[1]


def _line(scope: Scope, id: str, line: Node) -> Entry:
    place = (*scope.place, "lines", id)
    when = when_words(scope, line.data.get("when"))
    can = f"can be said {when}" if when else ""
    said = [
        replace(each, when="said again" if number else can)
        for number, each in enumerate(_sentences(line, place, "You", {"say": ""}))
    ]
    if "replies" in line.children:
        said += _listed_sentences(scope, line.children["replies"], (*place, "replies"), scope.buyer)
    said += _sentences(line, place, "The debrief", {"principle": "if it was a turning point"})
    return Entry(as_words(_kind(line)), tuple(_does(scope, line)), tuple(said))


def _does(scope: Scope, line: Node) -> Iterator[str]:
    """Yield what a line is and does, in words."""
    data, kind = line.data, _kind(line)
    yield _meaning(kind)
    yield f"takes {time_words(str(data['takes']))}" if "takes" in data else f"takes {MINUTES[kind]} min"
    first, last = _stages(scope, line)
    if last > first:
        yield (
            f"to be said until {as_words(scope.stages[last])}"
            if last < len(scope.stages) - 1
            else "to be said to the end"
        )
    for name, words in _TIES.items():
        if name in data:
            yield words.format(all_of([scope.named(each) for each in listed(data[name])]))
    if "brings" in data:
        yield f"brings to the table: {all_of([scope.called(each) for each in listed(data['brings'])])}"
    if "discount" in data:
        traded = ", for something in return" if is_yes(data.get("traded")) else ""
        yield f"takes {data['discount']} off the price{traded}"
    if is_yes(data.get("prices")):
        yield "says the price"
    moved = {level: data.get(level) or signed(getattr(KINDS[kind], level)) for level in _LEVELS}
    yield from (f"{level} {minus(change)}" for level, change in moved.items() if change not in ("0", "+0"))
    step = [f"{name} {time_words(str(data[name]))}" for name in ("at", "in", "on") if name in data]
    if step:
        yield f"the next step is {' '.join(step)}{_by(data)}"
    elif "by" in data:
        yield _by(data).strip()
    if "opens" in data:
        yield f"goes on to {as_words(data['opens'])}"
    if "repeat" in data:
        yield "can be said again" if is_yes(data["repeat"]) else "is said once"
    elif kind in REPEATABLE:
        yield "can be said again"


_TIES: Final[Mapping[str, str]] = {
    "reveals": "asks about: {}",
    "about": "makes bigger: {}",
    "meets": "answers the need: {}",
    "handles": "handles: {}",
}
_LEVELS: Final = ("excitement", "conviction", "trust", "pressure")


def _by(data: Mapping[str, Any]) -> str:
    return f" {CHANNEL_WORDS.get(data['by'], data['by'])}" if "by" in data else ""


def _meaning(kind: str) -> str:
    """What a kind is, without what only its author needs to know."""
    return re.split(r"[;.]", MEANINGS[kind])[0].replace(" by `by`", "")


def _listed_sentences(scope: Scope, node: Node, place: Place, who: str) -> Iterator[Sentence]:
    """Yield the texts of a reply, an answer, an interrupt or a tip, or of a list of them, each with its condition."""
    if isinstance(node.data, str):
        yield Sentence(_id(place), node.data.strip(), who)
        return
    if isinstance(node.data, list):
        for number, child in node.children.items():
            yield from _listed_sentences(scope, child, (*place, number), who)
        return
    when = when_words(scope, node.data.get("when"))
    when = "; ".join([*([when] if when else []), *_consequences(scope, node)])
    yield from _sentences(node, place, scope.speaker(node, who), {"says": when})
    yield from _sentences(node, place, "The debrief", {"principle": "if it was a turning point"})


def _consequences(scope: Scope, node: Node) -> Iterator[str]:
    data = node.data
    if "lands" in data and not is_yes(data["lands"]):
        yield "and the line does not land"
    for name, words in (("reveals", "tells: {}"), ("raises", "raises: {}"), ("opens", "goes on to {}")):
        if name in data:
            named = as_words if name == "opens" else scope.named
            yield words.format(all_of([named(each) for each in listed(data[name])]))
    levels = [f"{level} {minus(data[level])}" for level in _LEVELS if level in data]
    if levels:
        yield ", ".join(levels)
    if "ends" in data:
        yield "the conversation ends"
