"""Scopes: what ids and conditions stand for in a scenario's file, or in one of its prospects, for somebody who reads no
YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.authoring.plain_words import all_of, as_words, counted, is_yes, one_of, range_words, shortened, time_words
from engine.scenario.drafts import DECIDER, NOTHING
from engine.scenario.models import Place
from engine.scenario.placeholders import PLACEHOLDER
from engine.scenario.reading import Node

CHANNEL_WORDS: Final = {"visit": "in person", "call": "by phone", "text": "by text message", "email": "by e-mail"}


def children(node: Node, name: str) -> list[tuple[str, Node]]:
    """The entries of a map below a node."""
    found = node.children.get(name)
    return [] if found is None or not isinstance(found.data, dict) else [(str(k), v) for k, v in found.children.items()]


def listed(value: Any) -> list[Any]:
    """What a field names: one or several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def people_of(node: Node) -> list[dict[str, str]]:
    """Those of whom one is drawn: what stands for each `{word}` of the texts."""
    buyer = node.data.get("buyer")
    return list(listed(buyer.get("varies") if isinstance(buyer, dict) else None))


def deciders_of(node: Node) -> list[tuple[str, Node]]:
    """What those who decide are called."""
    buyer = node.children.get("buyer")
    return children(buyer, "people") if buyer is not None else []


def _told(node: Node) -> Iterator[tuple[str, str]]:
    """Yield what the buyer says of each need, trait, objection and reason; the reasons first, as an objection may be
    its own."""
    for _, objection in children(node, "objections"):
        for reason, one in children(objection, "really"):
            yield reason, next((text for _, text in _texts_of(one, "says")), "")
    for section in ("needs", "traits", "objections"):
        for id, one in children(node, section):
            yield id, next((text for _, text in _texts_of(one, "says")), "")


def _texts_of(node: Node, name: str) -> Iterator[tuple[Place, str]]:
    """Yield the texts of a field of a map."""
    return texts(node.children[name], ()) if name in node.children else iter(())


class Scope:
    """What is at the top of a file, or what one of its prospects has of its own, with what ids stand for in it."""

    def __init__(self, node: Node, place: Place, top: Scope | None) -> None:
        self.node = node
        self.place = place
        self.root: Node = top.root if top is not None else node
        self.people: list[dict[str, str]] = people_of(node) or (top.people if top is not None else [])
        named = self.field("buyer", "name") or (top.buyer if top is not None else "The buyer")
        self.buyer: str = self.filled(named)
        self.deciders: dict[str, str] = dict(top.deciders) if top is not None else {}
        self.deciders |= {role: str(name.data) for role, name in deciders_of(node)}
        self.said: dict[str, str] = dict(top.said) if top is not None else {}
        of_prospects = [line for _, part in children(node, "prospects") for line in children(part, "lines")]
        self.said |= {
            id: next((text for _, text in _texts_of(line, "say")), id)
            for id, line in (*of_prospects, *children(node, "lines"))
        }
        self.told: dict[str, str] = dict(top.told) if top is not None else {}
        self.told |= {id: text for id, text in _told(node) if text}
        stages = node.children.get("stages")
        own = [each["id"] if isinstance(each, dict) else each for each in listed(stages.data if stages else None)]
        self.stages: list[str] = own or (top.stages if top is not None else ["talk"])

    def speaker(self, node: Node, otherwise: str) -> str:
        """Who says what stands in a map: whose it is, or somebody else where it is nobody's in particular."""
        of = node.data.get("of") if isinstance(node.data, dict) else None
        return self.called(of) if isinstance(of, str) else otherwise

    def called(self, roles: str) -> str:
        """Those who decide, as they are called: `it+finance` as `Petra and finance`."""
        return all_of([self.deciders.get(each.strip(), as_words(each.strip())) for each in roles.split("+")])

    def named(self, id: str) -> str:
        """A need, a trait, an objection or a reason, by what the buyer says of it."""
        if id in self.told:
            return f"“{shortened(self.filled(self.told[id]))}”"
        return {DECIDER: "who decides", NOTHING: "nothing behind it"}.get(id, as_words(id))

    def quoted(self, line: str) -> str:
        """A line, by what is said."""
        return f"“{shortened(self.filled(self.said.get(line, line)))}”"

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


def texts(node: Node, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield a text, or several in a list."""
    if isinstance(node.data, str):
        yield place, node.data.strip()
    elif isinstance(node.data, list):
        for number, child in node.children.items():
            if isinstance(child.data, str):
                yield (*place, number), child.data.strip()


# --- conditions -------------------------------------------------------------------------------------------------------


def when_words(scope: Scope, when: Any) -> str:
    """Conditions in words: `when they have told you about boosters, and their trust is 45 or more`."""
    if not isinstance(when, dict) or not when:
        return ""
    return f"when {_all(scope, when)}"


def _all(scope: Scope, when: Mapping[str, Any]) -> str:
    return ", and ".join(_condition(scope, word, value) for word, value in when.items())


_OF_NAMES: Final[Mapping[str, str]] = {
    "knows": "they have told you: {and}",
    "knows-not": "they have not told you: {or}",
    "met": "this need was answered: {and}",
    "met-not": "this need was not answered yet: {or}",
    "raised": "they have raised, and it is open: {and}",
    "handled": "it looks settled: {and}",
    "with": "at the table: {and}",
    "without": "not at the table: {or}",
    "has": "this is so: {and}",
    "lacks": "this is not so: {or}",
    "indecision": "their indecision is {or}",
    "really": "what lies behind it is: {or}",
    "weekday": "it is {or}",
}
_AGREED: Final = {"none": "nothing", "vague": "to be in touch", "dated": "a day", "timed": "a day and an hour"}
_CAME: Final[Mapping[str, str]] = {
    "order": "they have said yes",
    "objection": "they have raised an objection",
    "stall": "they have put it off",
    "no-sale": "they have said a clear no",
    "agrees": "they have agreed to the step",
    "declines": "they have declined what you proposed",
    "stays": "they have stayed, offered a no",
    "joins": "the other one has come to the table",
    "reached": "they have been reached",
    "missed": "nobody was reached",
    "kept": "they were there as agreed",
    "not-there": "they were not there as agreed",
    "comes-back": "they have got in touch themselves",
    "replies": "they have answered a message",
    "walks-out": "they had to go",
    "signal": "they have shown that they are ready to be asked",
    "unpriced": "they were asked before they heard the price",
    "opts-out": "they have asked to be left alone",
    "waits": "they wait for the price to come down further",
}
"""What has come of a move with a chance in it."""
_OF_NUMBERS: Final[Mapping[str, str]] = {
    "stage": "the stage is {}",
    "asked": "times asked before are {}",
    "time": "the time is {}",
    "quiet": "it has been quiet for {}",
    "unanswered": "attempts in vain are {}",
    "broken": "agreed times that you let pass are {}",
    "absent": "agreed times at which nobody was there are {}",
    "patience": "their patience in % is {}",
}
_OF_YES: Final[Mapping[str, tuple[str, str]]] = {
    "discounted": ("the price has come down", "the price has not come down"),
    "ready": ("they could decide now", "they cannot decide yet"),
    "real": ("they will buy from somebody", "they will never buy"),
}


def _condition(scope: Scope, word: str, value: Any) -> str:
    if word == "any":
        return f"({one_of([_all(scope, each) for each in listed(value)])})"
    if word in ("conversation", "day"):
        return counted(word, value)
    if word == "promised":
        return f"what is agreed is {one_of([_AGREED.get(each, each) for each in listed(value)])}"
    if word in ("said", "said-not"):
        said = list(map(scope.quoted, listed(value)))
        return f"you have said {all_of(said)}" if word == "said" else f"you have not said {one_of(said)}"
    if word == "channel":
        return f"you speak {one_of([CHANNEL_WORDS.get(each, each) for each in listed(value)])}"
    if word in ("decides", "decider"):
        who = one_of(["nobody" if each == "alone" else scope.called(each) for each in listed(value)])
        return f"{'you were told that ' if word == 'decider' else ''}who decides with them is {who}"
    if word == "outcome":
        return one_of([_CAME.get(each, each) for each in listed(value)])
    if word in _OF_YES:
        return _OF_YES[word][not is_yes(value)]
    if word in _OF_NAMES:
        named = scope.called if word in ("with", "without") else scope.named
        names = [named(str(each)) for each in listed(value)]
        return _OF_NAMES[word].replace("{and}", all_of(names)).replace("{or}", one_of(names))
    text = range_words(value)
    text = as_words(text) if word == "stage" else time_words(text) if word == "quiet" else text
    return _OF_NUMBERS[word].format(text) if word in _OF_NUMBERS else f"their {word} is {text}"


__all__ = ["CHANNEL_WORDS", "Scope", "children", "deciders_of", "listed", "people_of", "texts", "when_words"]
