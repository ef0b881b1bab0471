"""The log of an event: read back as it was written, and a change anywhere shows."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.workshop.log.entries import Adjusted, LogError, entry_of, linked, read_log, text_of, written
from game.workshop.log.plan import RoundPlan
from game.workshop.log.refused import Refused
from game.workshop.log.room import folded, secrets_in
from tests.game.workshop.halls import SCENARIO, Hall, event


@cache
def played() -> Hall:
    hall = Hall(event(RoundPlan(SCENARIO, buyers=1, live=True), teams=True))
    hall.seat(2, team="tête-à-tête")
    hall.open()
    hall.play(1, luck=3)
    hall.move(2)
    hall.put(Adjusted, action="more-time", round=0, minutes=2, reason="The “wifi” was gone")
    hall.put(Adjusted, action="team", seat=2, team="Été", reason="mistyped")
    hall.close()
    return hall


@cache
def exported() -> tuple[str, ...]:
    """Its log, as it is exported."""
    return tuple(written(entry, link) for entry, link in linked(played().log))


def test_a_log_is_read_back_as_it_was_written() -> None:
    assert list(read_log(exported())) == played().log
    assert all(entry_of(text_of(entry)) == entry for entry in played().log)
    assert all(line.isascii() and "\n" not in line for line in exported())


def test_what_a_host_did_before_anybody_could_be_put_into_a_team_is_written_as_it_was() -> None:
    made = Adjusted(seq=7, at=9, action="hide", reason="asked for it", seat=2)
    assert text_of(made) == (
        '{"action":"hide","amount":null,"at":9,"buyer":null,"kind":"adjusted","minutes":null,"reason":"asked for it",'
        '"round":null,"seat":2,"seq":7}'
    )
    assert entry_of(text_of(made)) == made


def test_whoever_folds_an_exported_log_comes_to_the_same_room() -> None:
    entries = list(read_log(exported()))
    room = folded(entries, played().games, secrets_in(entries))
    assert (room.link, room.runs, room.seats) == (played().room.link, played().room.runs, played().room.seats)


@given(st.data())
def test_a_line_that_was_changed_removed_moved_or_doubled_shows(data: st.DataObject) -> None:
    lines = list(exported())
    where = data.draw(st.integers(0, len(lines) - 2))
    match data.draw(st.sampled_from(["character", "removed", "moved", "doubled"])):
        case "character":
            at = data.draw(st.integers(0, len(lines[where]) - 1))
            new = data.draw(st.characters(min_codepoint=32, max_codepoint=126).filter(lambda c: c != lines[where][at]))
            lines[where] = lines[where][:at] + new + lines[where][at + 1 :]
        case "removed":
            del lines[where]
        case "moved":
            lines[where], lines[where + 1] = lines[where + 1], lines[where]
        case "doubled":
            lines.insert(where, lines[where])
    with pytest.raises(LogError) as caught:
        list(read_log(lines))
    assert caught.value.seq in (where, where + 1)


def test_a_log_that_was_linked_anew_after_a_change_is_refused_where_it_cannot_be() -> None:
    forged = [entry for entry in played().log if entry.kind != "opened"]
    renumbered = [replace(entry, seq=seq) for seq, entry in enumerate(forged)]
    entries = list(read_log(written(entry, link) for entry, link in linked(renumbered)))
    with pytest.raises(Refused):
        folded(entries, played().games, secrets_in(entries))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"kind":"feast"}',
        '{"at":1,"kind":"seat","seat":"1","seq":0,"team":null}',
        '{"at":1,"kind":"seat","seat":true,"seq":0,"team":null}',
        '{"at":1,"kind":"seat","seat":1,"seq":0,"team":null,"more":1}',
        '{"at":1, "kind":"seat","seat":1,"seq":0,"team":null}',
        '{"kind":"seat","at":1,"seat":1,"seq":0,"team":null}',
        "[" * 100_000,
    ],
)
def test_what_is_no_entry_is_refused(text: str) -> None:
    with pytest.raises(LogError):
        entry_of(text)
