"""A tree of texts against the models of a format: every mistake at once, each at its place in the file.

Importing this module imports pydantic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from engine.scenario.conditions import Whole
from engine.scenario.lookalikes import first_lookalike, plainly_spelt
from engine.scenario.mending import (
    WORDS_OF_LOGIC,
    close_field,
    entry_above,
    first_words,
    heading_lost,
    indented,
    mended,
    outdented,
    respelt,
    section_above,
    section_indented,
    unspaced,
)
from engine.scenario.mends import instead, written
from engine.scenario.models import Place, field_at, field_names, model_at
from engine.scenario.nearest import did_you_mean
from engine.scenario.notation import ID_PATTERN, NotationError, quoted
from engine.scenario.problems import Edit, Mend, Problem, Spot
from engine.scenario.reading import MOST_PROBLEMS, Node, Tree, spot_of
from engine.scenario.renames import renamed
from engine.scenario.vocabulary import HIDDEN_CONDITIONS, VISIBLE_CONDITIONS

Form = TypeVar("Form", bound=Whole)

ROUNDS: Final = 4
"""How often the file is mended and read again before giving up."""


@dataclass(frozen=True, slots=True)
class Validated(Generic[Form]):
    """A file as models, as far as it could be understood, and what is wrong with its fields."""

    file: Form | None
    """None if so much is wrong that nothing more can be said. Where problems are errors, placeholders stand in for
    what could not be read, so that the rest can be checked in the same go; such a file must not be compiled."""
    problems: list[Problem]
    broken: frozenset[Place]
    """What placeholders stand in for, or what was left out."""


def validated(tree: Tree, form: type[Form]) -> Validated[Form]:
    """Reads the tree's fields as those of a form, which is the model of a whole file. Mends the tree's data where it is
    wrong, to find the next mistake as well."""
    if not isinstance(tree.root.data, dict):
        spot = spot_of(tree.root, tree.lines)
        message = f"{form.CALLED} is a map of fields, such as `{form.SUCH_AS}`"
        problem = Problem("FV203", "error", tree.path, spot, message, f"begin with `{form.BEGINS}`")
        return Validated(None, [problem], frozenset())
    problems: list[Problem] = []
    broken: set[Place] = set()
    ids: dict[str, str] = {}
    uses: dict[str, list[Edit]] = {}
    for _ in range(ROUNDS):
        try:
            file = form.model_validate(tree.root.data)
            return Validated(file, [_everywhere(each, uses) for each in problems], frozenset(broken))
        except ValidationError as error:
            found = [
                item
                for item in error.errors(include_url=False, include_input=False)
                if item["type"] != "too_short" or tree.node_at(item["loc"])[0].data == []
            ]  # a list whose items are all wrong is not empty
            fatal = [item for item in found if item["type"] == "too_long"] or found[MOST_PROBLEMS:]
            if fatal or len(problems) > MOST_PROBLEMS:
                problems += [_problem(item, tree, form) for item in (fatal + found)[:MOST_PROBLEMS]]
                break
            moved: list[Place] = []
            for item in found:
                section = section_indented(item["loc"], tree, form)
                if section is not None:
                    problems.append(_indented(section, tree))
                    moved += outdented(section, tree)
                above = entry_above(item["loc"], tree, form) if item["type"].startswith(("model_", "dict_")) else None
                if above is not None:
                    problems.append(_lined_up(item["loc"], above, tree))
                    indented(item["loc"], above, tree)
                    moved.append(item["loc"])
            found = [item for item in found if not any(item["loc"][: len(each)] == each for each in moved)]
            # these are read anew where they belong
            respelt_keys: list[Place] = []
            for item in sorted(found, key=_rank):
                place, slip = item["loc"], _slip(item)
                if any(place[: len(key)] == key for key in respelt_keys):
                    continue  # it is found again, under the id as it should be
                if slip is not None and (called := _called(slip[0], tree)) is not None:
                    slip = slip[0], called
                if slip is not None and slip[0] in ids and respelt(tree, place, slip[0], ids[slip[0]]):
                    uses[slip[0]] += _renamed(tree, place, slip[0], ids[slip[0]])
                    continue
                if item["type"] == "missing" and _expected(place, tree, broken, form):
                    continue
                if item["type"] == "extra_forbidden" and not tree.node_at(place)[1]:
                    continue  # it has been moved under the heading that it lacked
                if item["type"] != "missing" and place in broken:
                    continue  # it is the placeholder that does not fit here
                problems.append(_problem(item, tree, form))
                if slip is not None and _defines(place) and respelt(tree, place, *slip):
                    ids[slip[0]] = slip[1]
                    uses[slip[0]] = []
                    if place[-1] == "[key]":
                        respelt_keys.append(place[:-1])
                else:
                    mended(tree, item["type"], place, broken, form)
    return Validated(None, problems, frozenset(broken))


def _renamed(tree: Tree, place: Place, old: str, new: str) -> list[Edit]:
    """The edit that writes an id in another way where it is used, if its place can be told."""
    of_key = place[-1] == "[key]"
    spot = tree.key_spot(place[:-1]) if of_key else tree.spot(place)
    line = tree.lines[spot.line - 1] if spot is not None else ""
    at = line.find(old, spot.column - 1) if spot is not None else -1
    if spot is None or not spot.column - 1 <= at < spot.column - 1 + spot.length:
        return []
    return [Edit(Spot(spot.line, at + 1, len(old)), new)]


def _everywhere(problem: Problem, uses: dict[str, list[Edit]]) -> Problem:
    """The same problem; an id that is mended is mended wherever it is used."""
    if problem.code != "FV207" or problem.mend is None:
        return problem
    ((edit,),) = problem.mend.ways
    others = next((edits for id, edits in uses.items() if f"`{id}`" in problem.message), [])
    return replace(problem, mend=Mend(((edit, *others),), problem.mend.says))


def _rank(item: Any) -> int:
    """Mistyped keys first: what they were meant for is then not missing any more. Then ids, before they are used."""
    return 0 if item["type"] == "extra_forbidden" else 1 if _slip(item) is not None and _defines(item["loc"]) else 2


def _slip(item: Any) -> tuple[str, str] | None:
    """A word that is not an id, and the id that it could be."""
    cause = item.get("ctx", {}).get("error")
    return cause.respelt if isinstance(cause, NotationError) else None


def _defines(place: Place) -> bool:
    """Whether an id is given here to something, rather than used."""
    return place[-1] == "[key]" or (place[-1] == "id" and "stages" in place)


def _expected(place: Place, tree: Tree, broken: set[Place], form: type[BaseModel]) -> bool:
    """Whether a field is missing because of another problem that has been reported. Puts a placeholder there."""
    node, exact = tree.node_at(place)
    if exact and node is not tree.root and place not in broken:
        return True
    if any(place[:length] in broken for length in range(1, len(place) + 1)):
        mended(tree, "missing", place, broken, form)
        return True
    return False


def _problem(item: Any, tree: Tree, form: type[BaseModel]) -> Problem:
    if item["type"] == "extra_forbidden":
        return _unknown_field(item["loc"], tree, form)
    if item["type"] == "missing":
        return _missing(item["loc"], tree, form)
    return _other(item, tree, form)


def _missing(place: Place, tree: Tree, form: type[BaseModel]) -> Problem:
    name = place[-1]
    spot = tree.spot(place[:-1]) if len(place) > 1 else Spot(1, 1)
    around = f" in `{place[-2]}`" if len(place) > 1 and isinstance(place[-2], str) else ""
    field = field_at(place, form)
    help = f"add `{name}: ...`"
    if place == ("format",) and issubclass(form, Whole):
        help = f"begin with `{form.BEGINS}`"
    elif field is not None and field.description:
        help += f" - {field.description[0].lower()}{field.description[1:]}"
    return Problem("FV202", "error", tree.path, spot, f"`{name}` is missing{around}", help)


def _unknown_field(place: Place, tree: Tree, form: type[BaseModel]) -> Problem:
    name = str(place[-1])
    spot = tree.key_spot(place) or tree.spot(place)
    model = model_at(place[:-1], form)
    known = field_names(model) if model is not None else []
    if name in HIDDEN_CONDITIONS and "knows-not" in known:
        message = f"`{name}` is hidden from the seller, so it cannot decide what can be said here"
        help = f"use it in the `when` of a reply; here, use one of: {', '.join(known)}"
        return Problem("FV302", "error", tree.path, spot, message, help)
    new = renamed(model, name)
    if new is not None:
        return _of_format_1(tree, spot, name, new)
    close = close_field(place, tree, form)
    where = f" in `{place[-2]}`" if len(place) > 1 and isinstance(place[-2], str) else ""
    message = f"there is no field {quoted(name)}{where}"
    odd = first_lookalike(name)
    spelt = plainly_spelt(name).strip()
    if odd is not None and spelt.partition(":")[0] in known:
        close = spelt
        message = f"character {odd.at + 1} of {quoted(name)} is {odd.name}, which only looks like {odd.like}"
        mend = instead(spot, close)
        return Problem("FV201", "error", tree.path, _character(spot, name, odd.at), message, "type it anew", mend=mend)
    if name[:1] == "-" and name[1:] in known:
        message = f"there is no space after the hyphen of {quoted(name)}"
        return Problem("FV201", "error", tree.path, spot, message, f"write `- {name[1:]}: ...`")
    heading = heading_lost(place, tree, form)
    if heading is not None:
        called, first = heading
        spot = tree.key_spot(first) or spot
        message = (
            f"{quoted(str(first[1]))} stands in `{first[0]}`, and looks like one of `{called}`, which the file has not"
        )
        mend = Mend(((Edit(Spot(spot.line, 1), f"{called}:\n"),),), f"write a line `{called}:` above it")
        return Problem("FV201", "error", tree.path, spot, message, mend.says, mend=mend)
    apart = unspaced(place, tree, form)
    if apart is not None:
        message = f"there is no space after the colon of {quoted(name)}"
        mend = instead(spot, ": ".join(apart), f"write a space after `{apart[0]}:`")
        return Problem("FV201", "error", tree.path, spot, message, mend.says, mend=mend)
    section = section_above(place, tree, form) if close is None else None
    if section is not None:
        help = f"if it belongs to `{section}` above it, indent it by two spaces, with what is below it"
        rows = [row for row in _rows(tree.root, name) if tree.lines[row]]
        way = tuple(Edit(Spot(row + 1, 1), f"  {tree.lines[row][0]}") for row in rows)
        return Problem("FV201", "error", tree.path, spot, message, help, mend=Mend((way[:1], way), help))
    help = _belongs(name, known) or f"the fields here are: {', '.join(known)}"
    mend_ = instead(spot, close, did_you_mean([close])) if close is not None else None
    return Problem("FV201", "error", tree.path, spot, message, help, mend=mend_)


def _indented(place: Place, tree: Tree) -> Problem:
    """A section of the file that stands in another one."""
    section, name = place[0], str(place[1])
    key, node = tree.root.children[section].keys[name], tree.root.children[section].children[name]
    last = key.line + 1 if node.data is None else node.end_line + (node.end_column > 0)
    edits = [
        Edit(Spot(row + 1, 1, key.column), "")
        for row in range(key.line, min(last, len(tree.lines)))
        if tree.lines[row].startswith(" " * key.column)
    ]
    spot = Spot(key.line + 1, key.column + 1, len(name))
    message = f"`{name}` stands in `{section}`, and is a section of its own"
    help = "begin it at the margin" + (", and what is below it two spaces in" if node.data is not None else "")
    return Problem("FV203", "error", tree.path, spot, message, help, mend=Mend((tuple(edits),), help))


def _lined_up(place: Place, above: str, tree: Tree) -> Problem:
    """A field of an entry that is lined up with the entry."""
    around, _ = tree.node_at(place[:-1])
    name, key = str(place[-1]), around.keys[str(place[-1])]
    column = next(iter(around.children[above].keys.values())).column
    rows = [row for row in _rows(around, name) if tree.lines[row]]
    edits = tuple(Edit(Spot(row + 1, 1), f"{' ' * (column - key.column)}{tree.lines[row][0]}") for row in rows)
    message = f"`{name}` is lined up with `{above}` above it, and looks like a field of it"
    help = f"indent it by {column} spaces{', and what is below it with it' if rows[1:] else ''}"
    spot = Spot(key.line + 1, key.column + 1, len(name))
    return Problem("FV203", "error", tree.path, spot, message, help, mend=Mend((edits,), help))


def _rows(around: Node, name: str) -> range:
    """The lines of a field, from its key to the last of its value."""
    node = around.children[name]
    key = around.keys[name]
    if key.column and isinstance(node.data, dict | list):  # it ends where the next field begins, indented like this one
        return range(key.line, max(node.end_line, key.line + 1))
    return range(key.line, max(node.end_line - (node.end_column == 0), key.line) + 1)


def _of_format_1(tree: Tree, spot: Spot, old: str, new: str) -> Problem:
    message = f"`{old}` is a word of format 1; in format 2 it is `{new}`"
    return Problem("FV209", "error", tree.path, spot, message, f"write `{new}`", mend=instead(spot, new))


def _character(spot: Spot, text: str, at: int) -> Spot:
    """The place of one character of a text, where the text stands at the spot as it is, or in quotes."""
    quotes = spot.length - len(text)
    return Spot(spot.line, spot.column + quotes // 2 + at) if quotes in (0, 2) else spot


_ELSEWHERE = {
    "reply": "write `replies:`, with a text or a list of texts",
    "response": "write `replies:`, with a text or a list of texts",
    "text": "what the seller says is `say`, what the buyer says is `says`",
}


def _belongs(name: str, known: list[str]) -> str:
    if name in WORDS_OF_LOGIC and "knows" in known:
        return WORDS_OF_LOGIC[name]
    return _ELSEWHERE[name] if name in _ELSEWHERE and ("replies" in known or "says" in known) else ""


def _other(item: Any, tree: Tree, form: type[BaseModel]) -> Problem:
    place: Place = item["loc"]
    of_key = bool(place) and place[-1] == "[key]"
    if of_key:
        place = place[:-1]
    node, _ = tree.node_at(place)
    spot = (tree.key_spot(place) if of_key else None) or tree.spot(place)
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    cause = item.get("ctx", {}).get("error")
    if isinstance(cause, NotationError):
        new = renamed(model_at(place[:-1], form), str(node.data), name) if not of_key else None
        if new is not None:
            return _of_format_1(tree, spot, str(node.data), new)
        around = place[-2] if of_key and len(place) > 1 and cause.code == "FV204" else name if not of_key else ""
        message = f"`{around}`: {cause.message}" if around and isinstance(around, str) else cause.message
        mend = _mend(cause, tree, place, of_key)
        logic = _logic(name, str(node.data)) if cause.code == "FV207" and not of_key else ""
        if logic:
            return Problem(cause.code, "error", tree.path, spot, message, logic)
        called = _called(str(place[-1] if of_key else node.data), tree) if cause.code == "FV207" else None
        if called is not None:
            mend = instead(spot, called, did_you_mean([called]))
        if cause.at is not None and isinstance(node.data, str):
            spot = _character(spot, node.data, cause.at)
        return Problem(cause.code, "error", tree.path, spot, message, cause.help, mend=mend)
    if item["type"] == "too_long":
        most = item["ctx"]["max_length"]
        return Problem("FV206", "error", tree.path, spot, f"`{name}` holds too many; at most {most} are allowed")
    return Problem("FV203", "error", tree.path, spot, *_shape(item["type"], name, node, place, form))


_CONTRARY: Final = {"knows": "knows-not", "met": "met-not", "said": "said-not", "with": "without", "has": "lacks"}
_ONE_OF: Final = ("decider", "decides", "really")
"""Conditions of which one name is enough where several stand."""
_LONGEST_LOGIC: Final = 400
"""No longer text is taken for names with `or` between them: splitting one may try every way."""


def _logic(field: str, text: str) -> str:
    """How to write what a text says of ids by `!`, `not` or `or`, where it stands in a condition; else nothing."""
    if len(text) > _LONGEST_LOGIC or (field not in HIDDEN_CONDITIONS and field not in VISIBLE_CONDITIONS):
        return ""
    contrary = re.fullmatch(rf"(?:!\s*|not\s+)({ID_PATTERN})", text)
    if contrary:
        other = _CONTRARY.get(field)
        return f"for the contrary write `{other}: {contrary[1]}`" if other else WORDS_OF_LOGIC["not"]
    either = re.split(r"\s+or\s+|\s*\|+\s*", text)
    if len(either) < 2 or not all(re.fullmatch(ID_PATTERN, each) for each in either):
        return ""
    if field in _ONE_OF:
        return f"one of several is enough: `[{', '.join(either)}]`"
    return f"if one is enough, write `any: [{', '.join(f'{{{field}: {each}}}' for each in either)}]` instead"


def _called(name: str, tree: Tree) -> str | None:
    """The id of somebody who decides, by what players read of them, or a word of it."""
    people, exact = tree.node_at(("buyer", "people"))
    if not exact or not isinstance(people.data, dict):
        return None
    found = [str(id) for id, each in people.data.items() if each == name or name in str(each).split()]
    return found[0] if len(found) == 1 else None


def _mend(cause: NotationError, tree: Tree, place: Place, of_key: bool) -> Mend | None:
    """What to write instead of the whole value, where it stands on one line."""
    if cause.instead is None:
        return None
    node, exact = tree.node_at(place)
    spot = tree.key_spot(place) if of_key else spot_of(node, tree.lines)
    if spot is None or not exact or (node.end_line != node.line and not of_key):
        return None
    return instead(spot, written(cause.instead.text), cause.instead.says)


def _shape(sort: str, name: str, node: Node, place: Place, form: type[BaseModel]) -> tuple[str, str]:
    """The sentence and the help for a value whose shape is not that of its field."""
    if sort.startswith(("model_", "dict_")):
        model = model_at(place, form)
        names = field_names(model) if model is not None else []
        example = f"`{[*names, *first_words(node), 'an-id'][0]}: ...`"
        if node.data is None and name in place[:-1]:
            return f"`{name}` has nothing below it, and stands in `{name}` already", "delete this line"
        if node.data is None:
            return (
                f"`{name}` has nothing below it",
                f"write its fields below it, two spaces further in, such as {example}",
            )
        is_list = isinstance(node.data, list)
        return (
            f"`{name}` has fields of its own, not {'a list' if is_list else 'a single value'}",
            f"write them below it, two spaces further in{' and without dashes' if is_list else ''}, such as {example}",
        )
    if sort in ("tuple_type", "list_type"):
        return f"`{name}` is a list", "begin each item with `- `, or write `[a, b]`"
    if sort == "too_short":
        field = field_at(place, form)
        leave = "" if field is not None and field.is_required() else ", or leave the field out"
        return f"`{name}` is empty", f"write at least one item{leave}"
    return f"`{name}` cannot be read", "see the author's guide for what it may hold"
