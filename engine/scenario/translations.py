"""A scenario beside the one whose translation it is: what one of them has and the other has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.scenario.compiled import Fact, Line, Objection, Prospect, Scenario, Stage


def differences(own: Scenario, original: Scenario) -> Iterator[str]:
    """Yield, in a sentence each, what keeps a scenario from playing as its `original` does: ids that stand in one of
    them only, and lines that are answered in another number of ways. Texts, prices and days may differ."""
    if original.translation_of:
        yield f"`{original.id}` is a translation itself, and its lines stand in the order of `{original.ordered_as}`"
    yield from _ids("prospects", _named(own.prospects), _named(original.prospects), original)
    theirs = {each.id: each for each in original.prospects}
    for one in own.prospects:
        if one.id in theirs:
            yield from _sold(one, theirs[one.id], original)


def _sold(own: Prospect, theirs: Prospect, original: Scenario) -> Iterator[str]:
    yield from _ids("needs, traits and reasons", _named(own.facts), _named(theirs.facts), original)
    yield from _ids("objections", _named(own.objections), _named(theirs.objections), original)
    yield from _ids("stages", _named(own.stages), _named(theirs.stages), original)
    yield from _ids("lines", _named(own.lines), _named(theirs.lines), original)
    replies = {each.id: len(each.replies) for each in theirs.lines}
    for line in own.lines:
        if line.id in replies and len(line.replies) != replies[line.id]:
            yield f"replies of `{line.id}`: {len(line.replies)} here, and {replies[line.id]} in `{original.id}`"


def _named(parts: Iterable[Prospect | Fact | Objection | Stage | Line]) -> tuple[str, ...]:
    return tuple(each.id for each in parts)


def _ids(sort: str, own: tuple[str, ...], theirs: tuple[str, ...], original: Scenario) -> Iterator[str]:
    lacking = ", ".join(f"`{each}`" for each in theirs if each not in own)
    more = ", ".join(f"`{each}`" for each in own if each not in theirs)
    if lacking:
        yield f"{sort} of `{original.id}` that are not here: {lacking}"
    if more:
        yield f"{sort} here that `{original.id}` does not have: {more}"
