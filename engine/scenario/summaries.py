"""What a library shows of a scenario file, read from its first lines without looking at the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

FIELDS: Final = ("id", "title", "situation", "teaches", "difficulty")


@dataclass(frozen=True, slots=True)
class Summary:
    """What the library shows of a scenario. Only read, not validated: the file may still hold mistakes."""

    id: str
    title: str
    situation: str
    school: str | None
    """The first school it teaches, or None for a tutorial."""
    difficulty: int
    path: str


def summary(text: bytes, path: str) -> Summary:
    """What a library shows of a file; reading stops as soon as all of it is known.

    Raises ScenarioErrors if not even id and title can be read, or if what is shown holds unseen characters.
    """
    from engine.scenario.problems import Problem, ScenarioErrors, Spot  # not needed to show what was read before
    from engine.scenario.reading import UNSEEN, decoded_text, read_tree

    found = _top(decoded_text(text, path))
    if any(UNSEEN.search(value) for value in found.values()):
        read_tree(text, path)  # refuses them, and says where they are
    if "id" not in found or "title" not in found:
        # the whole file is read only to say what is wrong with it
        read_tree(text, path)
        name = "title" if "id" in found else "id"
        problem = Problem("FV202", "error", path, Spot(1, 1), f"`{name}` is missing", f"add `{name}: ...`")
        raise ScenarioErrors((problem,))
    difficulty = found.get("difficulty", "")
    return Summary(
        id=found["id"],
        title=found["title"],
        situation=found.get("situation", ""),
        school=found.get("teaches"),
        difficulty=int(difficulty) if difficulty in ("1", "2", "3") else 1,
        path=path,
    )


def _top(decoded: str) -> dict[str, str]:
    """The first text of each wanted field at the top of the file, up to the first thing that cannot be read."""
    import yaml

    from engine.scenario.parsing import LOADERS

    found: dict[str, str] = {}
    try:
        for name, value in _texts(yaml.parse(decoded, LOADERS[0])):
            found.setdefault(name, value)
            if len(found) == len(FIELDS):
                break
    except (yaml.YAMLError, ValueError, OverflowError):
        pass  # what comes before the mistake can be shown all the same
    return found


def _texts(events: Iterator[Any]) -> Iterator[tuple[str, str]]:
    from yaml import MappingStartEvent, ScalarEvent, SequenceStartEvent
    from yaml.events import CollectionEndEvent

    from engine.scenario.reading import DEEPEST

    depth = 0
    name: str | None = None
    """The wanted key whose value is being read."""
    key_next = True
    for event in events:
        if isinstance(event, ScalarEvent):
            if depth == 1 and key_next:
                name = event.value if event.value in FIELDS else None
            elif name is not None and event.value.strip():
                yield name, event.value.strip()
                name = None
            if depth == 1:
                key_next = not key_next
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
            if depth > DEEPEST:
                return
            if depth > 2:
                name = None
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
            if depth == 1:
                key_next = not key_next
                name = None
