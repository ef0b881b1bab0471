"""A record played again: to the state it leads to, or against what it says.

What a record says is held together by a chain of hashes (see `engine.record`), so one that was changed by hand shows
where: in its head, at a move, or in its foot.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.play import Game, IllegalMove, State
from engine.record import (
    NOTATION,
    OVER,
    Closing,
    Header,
    Move,
    Record,
    RecordError,
    closing_text,
    foot_text,
    header_text,
    move_line,
    move_text,
    opening_text,
)
from engine.results import ENDINGS, ending
from engine.rules import RULES_VERSION

if TYPE_CHECKING:
    from engine.par import Par
    from engine.score import Scorecard

__all__ = ["begun", "chain", "changed_foot", "closing", "continue_chain", "record_text", "replay", "verify"]


def begun(header: Header, start: State) -> Header:
    """Return the head of a run that begins in `start`, with the chain's first link in it."""
    before = str(header.seed) if header.notation == 1 else opening_text(header)
    return replace(header, opening=_hash(before, start.digest()))


def continue_chain(link: str, state: State, notation: int = NOTATION) -> str:
    """Return the link that follows `link` when the run's last move leads to `state`."""
    if notation == 1:
        return _hash(link, state.digest())
    return _hash(link, _written(state), state.digest())


def chain(header: Header, state: State) -> tuple[str, ...]:
    """Return every link of the run that led to `state`: one for the initial state and one for each move."""
    first, *later = state.states()
    links = [begun(header, first).opening or ""]
    for each in later:
        links.append(continue_chain(links[-1], each, header.notation))
    return tuple(links)


def closing(state: State, card: Scorecard, link: str, notation: int = NOTATION) -> Closing:
    """Return the foot for a run that is over in `state`, to which `link` led, and was scored by `card`."""
    prospects = state.game.scenario.prospects
    foot = Closing(
        results=tuple((one.id, ending(p) or "expired") for one, p in zip(prospects, state.people, strict=True)),
        value=card.value,
        conduct=card.conduct_percent,
        par=card.result_percent,
        seal="",
    )
    return replace(foot, seal=_seal(foot, link, notation))


def record_text(header: Header, state: State, card: Scorecard | None = None) -> str:
    """Return the record of the run that led to `state`; with its foot, if the sale is over and was scored by `card`.

    Raises `RecordError` for a head that could not be read back.
    """
    links = chain(header, state)
    text = header_text(replace(header, opening=links[0]))
    for number, (each, link) in enumerate(zip(state.states()[1:], links[1:], strict=True), start=1):
        text += move_text(number, state.game.move_name(each.action), each.think, link)
    if state.is_terminal():
        text += OVER
    if card is not None:
        text += closing_text(closing(state, card, links[-1], header.notation), header.notation)
    return text


def replay(record: Record, game: Game) -> State:
    """Play the record's moves again and return the state that they lead to.

    Raises `RecordError` if the record is of another scenario, of a changed one or of other rules, and with the line
    of the first move that is not possible or was changed. The foot is not compared.
    """
    for state, _ in _walk(record, game):
        last = state
    return last


def verify(record: Record, game: Game, work_par_out: Callable[[], Par] | None = None) -> list[str]:
    """Replay a record and return where it differs from the replay, in sentences; nothing if all agrees.

    Par is worked out by `engine.par`, unless `work_par_out` does it; only for a record whose result is compared with
    it, and that agrees otherwise. A run that cannot be compared (other rules, changed scenario, not finished) says that
    in one sentence. What its notation does not protect is not compared: see `engine.record.AS_RECORDED`.
    """
    from engine.par import par  # score and par are worked out here only, and going on with a run needs neither
    from engine.score import scorecard

    try:
        for state, link in _walk(record, game):
            last, end = state, link
    except RecordError as error:
        return [f"{error.message}" if not error.line else f"Line {error.line}: {error.message}"]
    foot, notation = record.closing, record.header.notation
    if foot is None:
        over = "has no score" if last.is_terminal() else "is not finished"
        return [f"The run {over}: what was played can be replayed, and there is nothing to compare."]
    if not last.is_terminal():
        return [f"Moves were removed: the sale is not over after the {len(record.moves)} that are here."]
    differences = _changed_foot(foot, last, end, notation)
    if foot.par is None or differences:
        return differences
    reference = par(game, record.header.seed) if work_par_out is None else work_par_out()
    return list(_differences(foot, closing(last, scorecard(last, reference), end, notation), last))


def changed_foot(record: Record, end: State) -> list[str]:
    """What the foot of a record, if it has one, says and the run that led to `end` does not, in sentences, but for par,
    which takes long to work out."""
    head, foot = record.header, record.closing
    return [] if foot is None else _changed_foot(foot, end, chain(head, end)[-1], head.notation)


def _changed_foot(foot: Closing, end: State, link: str, notation: int) -> list[str]:
    from engine.score import scorecard

    differences = list(_differences(replace(foot, par=None), closing(end, scorecard(end), link, notation), end))
    seal = _seal(foot, link, notation)
    if foot.seal != seal and not differences:
        differences.append(f"The foot was changed: the chain ends in {seal}, and {foot.seal} is recorded.")
    return differences


def _hash(*parts: str) -> str:
    """16 hex digits."""
    return hashlib.blake2b(":".join(parts).encode("ascii"), digest_size=8).hexdigest()


def _seal(foot: Closing, link: str, notation: int) -> str:
    return link if notation == 1 else _hash(link, foot_text(foot))


def _written(state: State) -> str:
    """The last move as a record writes it."""
    return move_line(state.moves, state.game.move_name(state.action), state.think)


def _differences(written: Closing, played: Closing, end: State) -> Iterator[str]:
    """What the foot of a record says and the run does not, in sentences."""
    names = {one.id: one.buyer.name for one in end.game.scenario.prospects}
    recorded = dict(written.results)
    for prospect, result in played.results:
        said = recorded.pop(prospect, "nothing")
        if said != result:
            old, new = ENDINGS.get(said, said), ENDINGS.get(result, result)
            yield f"The result with {names[prospect]} was changed: '{old}' is recorded, and it comes out as '{new}'."
    for prospect in recorded:
        yield f"The record has a result for '{prospect}', who is not in the scenario."
    for name, was, now in (
        ("value", written.value, played.value),
        ("conduct", written.conduct, played.conduct),
        ("share of par", written.par, played.par),
    ):
        if was != now and was is not None:
            yield f"The score was changed: the {name} is recorded as {was}, and comes out as {now}."


def _incomparable(record: Record, game: Game) -> str | None:
    """Why the record cannot be replayed in this game at all, or None."""
    head = record.header
    if head.scenario != game.scenario.id:
        return f"This is a run of '{head.scenario}', and the scenario at hand is '{game.scenario.id}'."
    if head.rules != RULES_VERSION:
        return (
            f"This run was played under rules {head.rules}, and the rules here are {RULES_VERSION}: "
            "it would come out differently, so it is not compared. Use the version that it was played with."
        )
    digest = game.digest
    if head.digest != digest:
        return (
            f"The scenario '{head.scenario}' has changed since this run was played (digest {digest}, recorded "
            f"{head.digest}), so it is not compared. Use the scenario file that it was played with."
        )
    return None


def _walk(record: Record, game: Game) -> Iterator[tuple[State, str]]:
    """Yield each state of the run, from the initial one on, with the chain's link that leads to it."""
    reason = _incomparable(record, game)
    if reason is not None:
        raise RecordError(0, reason)
    head = record.header
    state = game.new_initial_state(head.seed)
    link = begun(head, state).opening or ""
    if head.opening not in (None, link):
        raise RecordError(0, _changed_head(head, link))
    yield state, link
    for number, move in enumerate(record.moves, start=1):
        if state.is_terminal():
            raise RecordError(move.line, f"The sale was over before move {number}. Moves were added after the end.")
        try:
            action = game.move_named(move.name)
        except IllegalMove as error:
            near = f" Did you mean {' or '.join(error.legal)}?" if error.legal else ""
            raise RecordError(move.line, f"Move {number}: this scenario has no move '{move.name}'.{near}") from None
        try:
            state = state.apply_action(action, move.think)
        except IllegalMove as error:
            possible = ", ".join(error.legal)
            raise RecordError(
                move.line, f"Move {number}, '{move.name}', cannot be made there. These can: {possible}."
            ) from None
        link = continue_chain(link, state, head.notation)
        if move.mark not in (None, link[:8]):
            raise RecordError(move.line, _changed_move(head, move, number, link))
        yield state, link


def _changed_head(head: Header, link: str) -> str:
    links = f"(opening {link}, recorded {head.opening})"
    if head.notation == 1:
        return f"The seed was changed: seed {head.seed} draws a different buyer from the one that was played {links}."
    return f"The head was changed: the seed, or something else in it, is not what this run was played with {links}."


def _changed_move(head: Header, move: Move, number: int, link: str) -> str:
    links = f"(mark {link[:8]}, recorded {move.mark})"
    if head.notation == 1:
        return (
            f"Move {number}, '{move.name}', was changed: it leads to a different state from the recorded one {links}."
        )
    return f"Move {number}, '{move.name}', was changed, or the seconds of thinking before it {links}."
