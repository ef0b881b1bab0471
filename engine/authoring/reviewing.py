"""A scenario in plain words, page by page, for somebody who knows the trade and reads no YAML.

Every sentence that is said or shown has an id, the place of its text in the file, by which a changed one finds its way
back (`engine.authoring.rewording`). What is said of it besides (when, what it does, what it costs) is read from the
file as it is written; the file has no errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.rules.kinds import KINDS
from engine.scenario.drafts import DECIDER, NOTHING
from engine.scenario.models import Place
from engine.scenario.placeholders import PLACEHOLDER
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
    top = _Part(tree.root, (), None)
    found = [Page("What it is about", "", tuple(_top(top)))]
    found += _selling(top, "")
    for name, node in _children(tree.root, "prospects"):
        own = _Part(node, ("prospects", name), top)
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


def _children(node: Node, name: str) -> list[tuple[str, Node]]:
    """The entries of a map below a node."""
    found = node.children.get(name)
    return [] if found is None or not isinstance(found.data, dict) else [(str(k), v) for k, v in found.children.items()]


def _listed(value: Any) -> list[Any]:
    """What a field names: one or several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _people(node: Node) -> list[dict[str, str]]:
    """Those of whom one is drawn: what stands for each `{word}` of the texts."""
    buyer = node.data.get("buyer")
    return list(_listed(buyer.get("varies") if isinstance(buyer, dict) else None))


def _deciders(node: Node) -> list[tuple[str, Node]]:
    """What those who decide are called."""
    buyer = node.children.get("buyer")
    return _children(buyer, "people") if buyer is not None else []


def _told(node: Node) -> Iterator[tuple[str, str]]:
    """Yield what the buyer says of each need, trait, objection and reason; the reasons first, as an objection may be
    its own."""
    for _, objection in _children(node, "objections"):
        for reason, one in _children(objection, "really"):
            yield reason, next((text for _, text in _texts_of(one, "says")), "")
    for section in ("needs", "traits", "objections"):
        for id, one in _children(node, section):
            yield id, next((text for _, text in _texts_of(one, "says")), "")


def _texts_of(node: Node, name: str) -> Iterator[tuple[Place, str]]:
    """Yield the texts of a field of a map."""
    return _texts(node.children[name], ()) if name in node.children else iter(())


class _Part:
    """What is at the top of a file, or what one of its prospects has of its own, with what ids stand for in it."""

    def __init__(self, node: Node, place: Place, top: _Part | None) -> None:
        self.node = node
        self.place = place
        self.root: Node = top.root if top is not None else node
        self.people: list[dict[str, str]] = _people(node) or (top.people if top is not None else [])
        named = self.field("buyer", "name") or (top.buyer if top is not None else "The buyer")
        self.buyer: str = self.filled(named)
        self.deciders: dict[str, str] = dict(top.deciders) if top is not None else {}
        self.deciders |= {role: str(name.data) for role, name in _deciders(node)}
        self.said: dict[str, str] = dict(top.said) if top is not None else {}
        self.said |= {id: str(line.data.get("say", id)) for id, line in _children(node, "lines")}
        self.told: dict[str, str] = dict(top.told) if top is not None else {}
        self.told |= {id: text for id, text in _told(node) if text}
        stages = node.children.get("stages")
        own = [each["id"] if isinstance(each, dict) else each for each in _listed(stages.data if stages else None)]
        self.stages: list[str] = own or (top.stages if top is not None else ["talk"])

    def speaker(self, node: Node, otherwise: str) -> str:
        """Who says what stands in a map: whose it is, or somebody else where it is nobody's in particular."""
        of = node.data.get("of") if isinstance(node.data, dict) else None
        return self.called(of) if isinstance(of, str) else otherwise

    def called(self, roles: str) -> str:
        """Those who decide, as they are called: `it+finance` as `Petra and finance`."""
        return _and([self.deciders.get(each.strip(), _words(each.strip())) for each in roles.split("+")])

    def named(self, id: str) -> str:
        """A need, a trait, an objection or a reason, by what the buyer says of it."""
        if id in self.told:
            return f"“{_short(self.filled(self.told[id]))}”"
        return {DECIDER: "who decides", NOTHING: "nothing behind it"}.get(id, _words(id))

    def quoted(self, line: str) -> str:
        """A line, by what is said."""
        return f"“{_short(self.filled(self.said.get(line, line)))}”"

    def filled(self, text: str) -> str:
        """A text as it is about the first of those who are drawn."""
        first = self.people[0] if self.people else {}
        return PLACEHOLDER.sub(lambda found: first.get(found[1], found[0]), text)

    def field(self, *names: str) -> str:
        """A text of this part; nothing where there is none."""
        data = self.node.data
        for name in names:
            data = data.get(name) if isinstance(data, dict) else None
        return data if isinstance(data, str) else ""


def _texts(node: Node, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield a text, or several in a list."""
    if isinstance(node.data, str):
        yield place, node.data.strip()
    elif isinstance(node.data, list):
        for number, child in node.children.items():
            if isinstance(child.data, str):
                yield (*place, number), child.data.strip()


def _sentences(node: Node, place: Place, who: str, fields: Mapping[str, str]) -> Iterator[Sentence]:
    """Yield the texts of some fields of a map, each field with when it is said."""
    for name, when in fields.items():
        if name in node.children:
            for where, text in _texts(node.children[name], (*place, name)):
                yield Sentence(_id(where), text, who, when)


def _top(top: _Part) -> Iterator[Entry]:
    shown = {"title": "in the library", "situation": "in the library", "briefing": "before the first word"}
    yield Entry("", (), tuple(_sentences(top.node, (), "The player reads", shown)))
    tips = top.node.children.get("tips")
    if tips is not None:
        yield Entry("Tips", ("each shown once",), tuple(_listed_sentences(top, tips, ("tips",), "A tip")))


def _selling(part: _Part, whose: str) -> Iterator[Page]:
    """Yield the pages of a part that sells; `whose` stands before their headings."""
    yield Page(f"{whose}Who {part.buyer} is", "", tuple(_who(part)))
    lines = _children(part.node, "lines")
    for number, stage in enumerate(part.stages):
        here = [each for each in lines if _first_stage(part, each[1]) == number]
        later = [id for id, line in lines if _first_stage(part, line) < number <= _last_stage(part, line)]
        about = f"Also here, from earlier on: {'; '.join(map(part.quoted, later))}" if later else ""
        entries = tuple(_line(part, id, line) for id, line in here)
        yield Page(f"{whose}Stage {number + 1}: {_words(stage)}", about, entries)
    between = [(id, line) for id, line in lines if _first_stage(part, line) < 0]
    yield Page(f"{whose}Between conversations", "", tuple(_line(part, id, line) for id, line in between))
    yield Page(f"{whose}What comes back", "", tuple(_answers(part)))


def _who(part: _Part) -> Iterator[Entry]:
    place = part.place
    if part.place:
        told = tuple(_sentences(part.node, place, "The player reads", {"briefing": "before the first word"}))
        if told:
            yield Entry("", (), told)
    named: list[Sentence] = []
    for section, name, who in (("offer", "name", "What is sold"), ("buyer", "name", "The buyer's name")):
        if section in part.node.children:
            named += _sentences(part.node.children[section], (*place, section), who, {name: ""})
    buyer = part.node.children.get("buyer")
    if buyer is not None and "rival" in buyer.children:
        named += _sentences(buyer.children["rival"], (*place, "buyer", "rival"), "The rival", {"name": ""})
    for role, called in _deciders(part.node):
        named.append(Sentence(_id((*place, "buyer", "people", role)), str(called.data).strip(), "Who decides as well"))
    price = part.field("offer", "price")
    facts = [f"the price is {price} {part.field('offer', 'currency')}".strip()] if price else []
    facts += _deciding(part)
    facts += [f"{{{word}}} stands for {_or(_stand_for(part.people, word))}" for word in _words_of(_people(part.node))]
    facts += _losses(part)
    if named:
        yield Entry("", tuple(each.strip() for each in facts), tuple(named))
    for section, sort in (("needs", "a need"), ("traits", "a trait")):
        for id, node in _children(part.node, section):
            facts = [sort, *_share(node), *([f"weight {node.data['weight']}"] if "weight" in node.data else [])]
            guarded = node.data.get("guarded")
            facts += [f"told from a trust of {guarded} on"] if guarded else []
            texts = {
                "says": "when it comes out",
                "deflects": "asked too early",
                "otherwise": "asked, and not having it",
            }
            yield Entry(
                part.named(id),
                tuple(facts),
                tuple(_sentences(node, (*place, section, id), part.speaker(node, part.buyer), texts)),
            )
    for id, node in _children(part.node, "objections"):
        where = (*place, "objections", id)
        texts = {"says": "when it is raised", "again": "when it comes back"}
        speaker = part.speaker(node, part.buyer)
        said = list(_sentences(node, where, speaker, texts))
        for reason, one in _children(node, "really"):
            behind = (
                f"asked what lies behind it, and it is this ({one.data['chance']} of them)"
                if isinstance(one.data, dict)
                else ""
            )
            said += _sentences(one, (*where, "really", reason), speaker, {"says": behind})
        yield Entry(part.named(id), ("an objection", *_share(node)), tuple(said))


def _deciding(part: _Part) -> Iterator[str]:
    """Who decides, each with how often."""
    buyer = part.node.data.get("buyer")
    decides = buyer.get("decides") if isinstance(buyer, dict) else None
    if isinstance(decides, str):
        decides = {decides: ""}
    for roles, chance in (decides or {}).items():
        often = f": {chance} of buyers" if chance else ""
        yield f"decides alone{often}" if roles == "alone" else f"decides with {part.called(roles)}{often}"


def _words_of(people: Sequence[Mapping[str, str]]) -> list[str]:
    return list(dict.fromkeys(word for one in people for word in one))


def _stand_for(people: Sequence[Mapping[str, str]], word: str) -> list[str]:
    return list(dict.fromkeys(one[word] for one in people if word in one))


def _losses(part: _Part) -> Iterator[str]:
    """How buyers are lost who are left alone, over the time the sale is open."""
    for names, what in ((("drifts",), "settles for nothing"), (("rival", "wins"), "buys from the rival")):
        told = written(part.root, part.field("buyer", *names))
        if told:
            yield f"left alone, {what}: {told}"


def _share(node: Node) -> list[str]:
    return [f"{node.data['chance']} of buyers have it"] if "chance" in node.data else []


def _answers(part: _Part) -> Iterator[Entry]:
    for answer, node in _children(part.node, "outcomes"):
        said = tuple(_listed_sentences(part, node, (*part.place, "outcomes", answer), part.buyer))
        yield Entry(
            _words(answer), (f"{OUTCOMES[answer].split('. ')[0].rstrip('.')}",) if answer in OUTCOMES else (), said
        )
    interrupts = part.node.children.get("interrupts")
    if interrupts is not None:
        said = tuple(_listed_sentences(part, interrupts, (*part.place, "interrupts"), "What happens"))
        yield Entry("At any moment", ("each at most once",), said)


# --- lines -----------------------------------------------------------------------------------------------------------


def _kind(line: Node) -> str:
    return str(line.data.get("kind", "small-talk"))


def _stages(part: _Part, line: Node) -> tuple[int, int]:
    """The first and last stage of a line; -1 between conversations."""
    text = line.data.get("stage")
    if text == "between" or (text is None and _kind(line) in BETWEEN):
        return -1, -1
    if text is None or text == "any":
        return 0, len(part.stages) - 1
    low, dots, high = (each.strip() for each in str(text).partition(".."))
    first = part.stages.index(low) if low in part.stages else 0
    last = (part.stages.index(high) if high in part.stages else len(part.stages) - 1) if dots else first
    return first, last


def _first_stage(part: _Part, line: Node) -> int:
    return _stages(part, line)[0]


def _last_stage(part: _Part, line: Node) -> int:
    return _stages(part, line)[1]


def _line(part: _Part, id: str, line: Node) -> Entry:
    place = (*part.place, "lines", id)
    when = _when(part, line.data.get("when"))
    said = [
        *(
            Sentence(each.id, each.text, "You", f"can be said {when}" if when else "")
            for each in _sentences(line, place, "", {"say": ""})
        ),
    ]
    if "replies" in line.children:
        said += _listed_sentences(part, line.children["replies"], (*place, "replies"), part.buyer)
    said += _sentences(line, place, "The debrief", {"principle": "if it was a turning point"})
    return Entry(_words(_kind(line)), tuple(_does(part, line)), tuple(said))


def _does(part: _Part, line: Node) -> Iterator[str]:
    """Yield what a line is and does, in words."""
    data, kind = line.data, _kind(line)
    yield _meaning(kind)
    yield f"takes {_time(str(data['takes']))}" if "takes" in data else f"takes {MINUTES[kind]} min"
    first, last = _stages(part, line)
    if last > first:
        yield (
            f"to be said until {_words(part.stages[last])}" if last < len(part.stages) - 1 else "to be said to the end"
        )
    for name, words in _TIES.items():
        if name in data:
            yield words.format(_and([part.named(each) for each in _listed(data[name])]))
    if "brings" in data:
        yield f"brings to the table: {_and([part.called(each) for each in _listed(data['brings'])])}"
    if "discount" in data:
        yield f"takes {data['discount']} off the price{', for something in return' if _yes(data.get('traded')) else ''}"
    if _yes(data.get("prices")):
        yield "says the price"
    moved = {level: data.get(level) or signed(getattr(KINDS[kind], level)) for level in _LEVELS}
    yield from (f"{level} {_minus(change)}" for level, change in moved.items() if change not in ("0", "+0"))
    step = [f"{name} {_time(str(data[name]))}" for name in ("at", "in", "on") if name in data]
    if step:
        yield f"the next step is {' '.join(step)}{_by(data)}"
    elif "by" in data:
        yield _by(data).strip()
    if "opens" in data:
        yield f"goes on to {_words(data['opens'])}"
    if "repeat" in data:
        yield "can be said again" if _yes(data["repeat"]) else "is said once"
    elif kind in REPEATABLE:
        yield "can be said again"


_TIES: Final[Mapping[str, str]] = {
    "reveals": "asks about: {}",
    "about": "makes bigger: {}",
    "meets": "answers the need: {}",
    "handles": "handles: {}",
}
_LEVELS: Final = ("excitement", "conviction", "trust", "pressure")
_CHANNELS: Final = {"visit": "in person", "call": "by telephone", "text": "by text message", "email": "by e-mail"}


def _by(data: Mapping[str, Any]) -> str:
    return f" {_CHANNELS.get(data['by'], data['by'])}" if "by" in data else ""


def _meaning(kind: str) -> str:
    """What a kind is, without what only its author needs to know."""
    return re.split(r"[;.]", MEANINGS[kind])[0].replace(" by `by`", "")


def _listed_sentences(part: _Part, node: Node, place: Place, who: str) -> Iterator[Sentence]:
    """Yield the texts of a reply, an answer, an interrupt or a tip, or of a list of them, each with its condition."""
    if isinstance(node.data, str):
        yield Sentence(_id(place), node.data.strip(), who)
        return
    if isinstance(node.data, list):
        for number, child in node.children.items():
            yield from _listed_sentences(part, child, (*place, number), who)
        return
    when = "; ".join([*([found] if (found := _when(part, node.data.get("when"))) else []), *_consequences(part, node)])
    yield from _sentences(node, place, part.speaker(node, who), {"says": when})
    yield from _sentences(node, place, "The debrief", {"principle": "if it was a turning point"})


def _consequences(part: _Part, node: Node) -> Iterator[str]:
    data = node.data
    if "lands" in data and not _yes(data["lands"]):
        yield "and the line does not land"
    for name, words in (("reveals", "tells: {}"), ("raises", "raises: {}"), ("opens", "goes on to {}")):
        if name in data:
            named = _words if name == "opens" else part.named
            yield words.format(_and([named(each) for each in _listed(data[name])]))
    levels = [f"{level} {_minus(data[level])}" for level in _LEVELS if level in data]
    if levels:
        yield ", ".join(levels)
    if "ends" in data:
        yield "the conversation ends"


# --- words -----------------------------------------------------------------------------------------------------------


def _words(id: str) -> str:
    return id.replace("-", " ")


def _minus(change: Any) -> str:
    return str(change).replace("-", "−")


def _yes(value: Any) -> bool:
    return str(value).lower() in ("yes", "true")


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else ""


def _time(text: str) -> str:
    """`1h15m` as `1 h 15 min`."""
    units = {"w": "weeks", "d": "days", "h": "h", "m": "min"}
    return re.sub(r"(\d+)([wdhm])", lambda found: f"{found[1]} {units[found[2]]} ", text).strip()


def _range(text: str) -> str:
    """`45..` as `45 or more`."""
    low, dots, high = (each.strip() for each in str(text).partition(".."))
    if not dots:
        return low
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"{low} or more" if low else f"at most {high}"


def _counted(word: str, value: Any) -> str:
    """A range of days or conversations, counted from 1 as a player counts them."""
    more = 1 if word == "day" else 0
    low, dots, high = (each.strip() for each in str(value).partition(".."))
    first, last = (str(int(each) + more) if each.isdecimal() else each for each in (low, high if dots else low))
    if first == last:
        return f"it is {word} {first}"
    if first and last:
        return f"it is {word} {first} to {last}"
    if first:
        return f"it is {word} {first} or later"
    return "there was no conversation yet" if word == "conversation" and last == "0" else f"it is {word} {last} at most"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 48 else f"{text[:46].rsplit(' ', 1)[0]} …"


def _when(part: _Part, when: Any) -> str:
    """Conditions in words: `when they have told you about boosters, and their trust is 45 or more`."""
    if not isinstance(when, dict) or not when:
        return ""
    return f"when {_all(part, when)}"


def _all(part: _Part, when: Mapping[str, Any]) -> str:
    return ", and ".join(_condition(part, word, value) for word, value in when.items())


_OF_NAMES: Final[Mapping[str, str]] = {
    "knows": "they have told you: {and}",
    "knows-not": "they have not told you: {or}",
    "met": "this need was answered: {and}",
    "met-not": "this need was not answered yet: {or}",
    "raised": "they have raised, and it is open: {and}",
    "handled": "it looks settled: {and}",
    "outcome": "their last answer was: {or}",
    "with": "at the table: {and}",
    "without": "not at the table: {or}",
    "has": "this is so: {and}",
    "lacks": "this is not so: {or}",
    "indecision": "their indecision is {or}",
    "really": "what lies behind it is: {or}",
    "weekday": "it is {or}",
}
_AGREED: Final = {"none": "nothing", "vague": "to be in touch", "dated": "a day", "timed": "a day and an hour"}
_OF_NUMBERS: Final[Mapping[str, str]] = {
    "stage": "the stage is {}",
    "asked": "times asked before are {}",
    "time": "the time is {}",
    "quiet": "it has been quiet for {}",
    "unanswered": "attempts in vain are {}",
    "patience": "their patience in % is {}",
}
_OF_YES: Final[Mapping[str, tuple[str, str]]] = {
    "discounted": ("the price has come down", "the price has not come down"),
    "ready": ("they could decide now", "they cannot decide yet"),
    "real": ("they will buy from somebody", "they will never buy"),
}


def _condition(part: _Part, word: str, value: Any) -> str:
    if word == "any":
        return f"({_or([_all(part, each) for each in _listed(value)])})"
    if word in ("conversation", "day"):
        return _counted(word, value)
    if word == "promised":
        return f"what is agreed is {_or([_AGREED.get(each, each) for each in _listed(value)])}"
    if word in ("said", "said-not"):
        said = list(map(part.quoted, _listed(value)))
        return f"you have said {_and(said)}" if word == "said" else f"you have not said {_or(said)}"
    if word == "channel":
        return f"you speak {_or([_CHANNELS.get(each, each) for each in _listed(value)])}"
    if word in ("decides", "decider"):
        who = _or(["nobody" if each == "alone" else part.called(each) for each in _listed(value)])
        return f"{'you were told that ' if word == 'decider' else ''}who decides with them is {who}"
    if word in _OF_YES:
        return _OF_YES[word][not _yes(value)]
    if word in _OF_NAMES:
        named = part.called if word in ("with", "without") else part.named
        names = [named(str(each)) for each in _listed(value)]
        return _OF_NAMES[word].replace("{and}", _and(names)).replace("{or}", _or(names))
    text = _words(_range(value)) if word == "stage" else _time(_range(value)) if word == "quiet" else _range(value)
    return _OF_NUMBERS[word].format(text) if word in _OF_NUMBERS else f"their {word} is {text}"
