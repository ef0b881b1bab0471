"""A record played again: to the state it leads to, or against what it says.

Every state of a run is a link of a chain of hashes, so a record that was changed by hand says where: in the seed
(another opening), at a move (another mark), or in the score (everything else agrees).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.play import Game, IllegalMove, State
from engine.record import Closing, Move, Record, RecordError
from engine.rules import RULES_VERSION

if TYPE_CHECKING:
    from engine.score import Scorecard

__all__ = ["chain", "closing", "continue_chain", "replay", "verify"]


def continue_chain(link: str, state: State) -> str:
    """Return the link that follows `link` when the run comes to `state`: 16 hex digits.

    Before the first link stands the seed, in decimal.
    """
    return hashlib.blake2b(f"{link}:{state.digest()}".encode("ascii"), digest_size=8).hexdigest()


def chain(state: State) -> tuple[str, ...]:
    """Return every link of the run that led to `state`: one for the initial state and one for each move."""
    links: list[str] = []
    for each in state.states():
        links.append(continue_chain(links[-1] if links else str(state.seed), each))
    return tuple(links)


def closing(state: State, card: Scorecard) -> Closing:
    """Return the foot for a run that is over in `state` and was scored by `card`."""
    prospects = state.player_view("expert").prospects
    return Closing(
        results=tuple((each.id, each.result or "expired") for each in prospects),
        value=card.value,
        conduct=card.conduct_percent,
        par=card.result_percent,
        states=chain(state)[-1],
    )


def replay(record: Record, game: Game) -> State:
    """Play the record's moves again and return the state that they lead to.

    Raises `RecordError` if the record is of another scenario, of a changed one or of other rules, and with the line
    of the first move that is not possible.
    """
    for state, _ in _walk(record, game):
        last = state
    return last


def verify(record: Record, game: Game) -> list[str]:
    """Replay a record and return what it says otherwise than the replay, in sentences; nothing if all agrees.

    A run that cannot be compared (other rules, changed scenario, not finished) says that in one sentence.
    """
    from engine.par import par  # score and par are worked out here only, and going on with a run needs neither
    from engine.score import scorecard

    if record.header.opening is not None:
        begun = _incomparable(record, game)
        if begun is not None:
            return [begun]
        first = continue_chain(str(record.header.seed), game.new_initial_state(record.header.seed))
        if first != record.header.opening:
            return [
                f"The seed was changed: seed {record.header.seed} draws another buyer than the one this run was "
                f"played with (opening {first}, recorded {record.header.opening})."
            ]
    link = str(record.header.seed)
    try:
        for number, (state, move) in enumerate(_walk(record, game)):
            link = continue_chain(link, state)
            if move is not None and move.mark is not None and move.mark != link[:8]:
                return [
                    f"Line {move.line}: move {number}, '{move.name}', was changed: it leads to another state than the "
                    f"recorded one (mark {link[:8]}, recorded {move.mark})."
                ]
    except RecordError as error:
        return [f"{error.message}" if not error.line else f"Line {error.line}: {error.message}"]
    foot = record.closing
    if foot is None:
        over = "has no score" if state.is_terminal() else "is not finished"
        return [f"The run {over}: its {len(record.moves)} moves can be replayed, and there is nothing to compare."]
    if not state.is_terminal():
        return [f"Moves were removed: the sale is not over after the {len(record.moves)} that are here."]
    reference = par(game, record.header.seed) if foot.par is not None else None
    return list(_differences(foot, closing(state, scorecard(state, reference))))


def _differences(written: Closing, played: Closing) -> Iterator[str]:
    if written.states != played.states:
        yield f"The digest of the states differs: recorded {written.states}, replayed {played.states}."
    recorded = dict(written.results)
    for prospect, result in played.results:
        if recorded.pop(prospect, None) != result:
            said = dict(written.results).get(prospect, "nothing")
            yield f"The result of {prospect} was changed: recorded {said}, replayed {result}."
    for prospect in recorded:
        yield f"The record has a result of '{prospect}', whom the scenario does not have."
    for name, was, now in (
        ("value", written.value, played.value),
        ("conduct", written.conduct, played.conduct),
        ("share of par", written.par, played.par),
    ):
        if was != now and was is not None:
            yield f"The score was changed: the {name} is recorded as {was}, and replayed is {now}."


def _incomparable(record: Record, game: Game) -> str | None:
    """Why the record cannot be replayed in this game at all, or None."""
    head = record.header
    if head.scenario != game.scenario.id:
        return f"This is a run of '{head.scenario}', and the scenario at hand is '{game.scenario.id}'."
    if head.rules != RULES_VERSION:
        return (
            f"This run was played under rules {head.rules}, and the rules here are {RULES_VERSION}: "
            "it would come out otherwise, so it is not compared. Use the version that it was played with."
        )
    digest = game.digest
    if head.digest != digest:
        return (
            f"The scenario '{head.scenario}' has changed since this run was played (digest {digest}, recorded "
            f"{head.digest}), so it is not compared. Use the scenario file that it was played with."
        )
    return None


def _walk(record: Record, game: Game) -> Iterator[tuple[State, Move | None]]:
    """Yield the initial state and then each move's state with the move."""
    reason = _incomparable(record, game)
    if reason is not None:
        raise RecordError(0, reason)
    state = game.new_initial_state(record.header.seed)
    yield state, None
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
                move.line, f"Move {number}, '{move.name}', cannot be made there. What can: {possible}."
            ) from None
        yield state, move
