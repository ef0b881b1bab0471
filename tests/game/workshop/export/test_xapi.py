"""Claims about learning records: what they say, and that none is lost or counted twice, whatever a store answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.request import OpenerDirector
from uuid import UUID

import pytest

from game.words.errors import Failure
from game.workshop.export import outbox as module
from game.workshop.export.outbox import PAUSES, Delivery, Lrs, Outbox, deliver, lrs_at
from game.workshop.export.xapi import Statement, as_lines, statements
from game.workshop.log.entries import Moved
from tests.game.workshop.exports import export
from tests.game.workshop.lrs import PASSWORD, USER, Store, store

MADE: tuple[tuple[int, Statement], ...] = tuple(statements(export()))


# --- statements ------------------------------------------------------------------------------------------------------


def test_there_is_a_statement_for_each_decision_and_one_for_each_run() -> None:
    moves = [entry for entry in export().log if isinstance(entry, Moved)]
    verbs = [each["verb"]["display"]["en"] for _, each in MADE]
    over = sum(run.finished for run in export().room.runs.values())
    assert verbs.count("progressed") == len(moves)
    assert (verbs.count("completed"), verbs.count("terminated")) == (over, len(export().room.runs) - over)
    assert [each["result"]["response"] for _, each in MADE[: len(moves)]] == [entry.move for entry in moves]


def test_actors_are_pseudonyms_unless_the_trainer_says_whose_seats_are() -> None:
    accounts = {each["actor"]["account"]["name"] for _, each in MADE}
    assert accounts == {"seat-1", "seat-2", "seat-3"}
    told = statements(export(), {2: ("https://lms.example.org", "zoe")})
    assert {(seat, each["actor"]["account"]["name"]) for seat, each in told} == {
        (1, "seat-1"),
        (2, "zoe"),
        (3, "seat-3"),
    }


def test_statements_and_their_ids_are_the_same_every_time_and_no_two_are_equal() -> None:
    assert tuple(statements(export())) == MADE
    ids = [each["id"] for _, each in MADE]
    assert len(set(ids)) == len(ids)
    assert {UUID(each).version for each in ids} == {5}


def test_a_result_says_what_was_earned_and_from_which_log_it_follows() -> None:
    made = [each for _, each in MADE[-len(export().room.runs) :]]
    assert any("score" in each["result"] for each in made)
    for each in made:
        extensions = each["context"]["extensions"]
        assert export().room.link in extensions.values()
        score = each["result"].get("score")
        assert score is None or each["result"]["completion"]  # and none where par is next to nothing
        assert score is None or 0 <= score["scaled"] <= 1
        assert score is None or score["scaled"] == min(score["raw"], 100) / 100


def test_a_file_has_one_statement_a_line() -> None:
    assert [json.loads(line) for line in as_lines(each for _, each in MADE).splitlines()] == [each for _, each in MADE]


# --- delivery --------------------------------------------------------------------------------------------------------


@pytest.fixture
def lrs() -> Iterator[Store]:
    with store() as made:
        yield made


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    made = Outbox(tmp_path / "event.outbox")
    made.put(MADE)
    return made


def sent(outbox: Outbox, lrs: Store, patience: float = 5.0) -> tuple[Delivery, list[float]]:
    slept: list[float] = []
    where = replace(lrs_at(lrs.url, USER, PASSWORD), patience=patience)
    return deliver(outbox, where, slept.append), slept


def all_there(lrs: Store) -> bool:
    return lrs.kept == {each["id"]: each for _, each in MADE}


def test_everything_arrives(outbox: Outbox, lrs: Store) -> None:
    found, slept = sent(outbox, lrs)
    assert found == Delivery(len(MADE), 0, ())
    assert all_there(lrs)
    assert not slept


def test_a_second_time_nothing_is_sent(outbox: Outbox, lrs: Store) -> None:
    sent(outbox, lrs)
    asked = lrs.asked
    outbox.put(MADE)
    assert sent(outbox, lrs)[0].taken == len(MADE)
    assert lrs.asked == asked


@pytest.mark.parametrize("answer", [429, 500, 502, 503, 504, "drop"])
def test_a_store_that_is_busy_for_a_moment_is_asked_again(outbox: Outbox, lrs: Store, answer: int | str) -> None:
    lrs.answers = [answer, answer]
    found, slept = sent(outbox, lrs)
    assert found == Delivery(len(MADE), 0, ())
    assert all_there(lrs)
    assert slept == list(PAUSES[:2])


@pytest.mark.parametrize("answer", [503, "drop"])
def test_what_a_dead_store_has_not_taken_is_sent_when_it_is_back(outbox: Outbox, lrs: Store, answer: int | str) -> None:
    lrs.answers = [answer] * 4
    found, slept = sent(outbox, lrs)
    assert (found.taken, found.waiting, found.refused) == (0, len(MADE), ())
    assert found.trouble.startswith("The store ")
    assert slept == list(PAUSES)
    assert sent(outbox, lrs)[0] == Delivery(len(MADE), 0, ())
    assert all_there(lrs)


def test_a_store_that_never_answers_is_not_waited_for(outbox: Outbox, lrs: Store) -> None:
    lrs.answers = ["never"] * 4
    found, _ = sent(outbox, lrs, patience=0.1)
    assert found.waiting == len(MADE)
    assert found.trouble.startswith("The store cannot be reached")


def test_nobody_there_is_told_in_a_sentence(outbox: Outbox, lrs: Store) -> None:
    where = lrs_at(lrs.url, USER, PASSWORD)
    lrs.shutdown()
    lrs.server_close()
    found = deliver(outbox, where, lambda seconds: None)
    assert found.waiting == len(MADE)
    assert "cannot be reached" in found.trouble


@pytest.mark.parametrize("url", ["http://[", "https://x:y", "ftp://127.0.0.1", "lrs", "http://127.0.0.1/\nHost: x"])
def test_what_is_no_address_of_a_store_is_said(url: str) -> None:
    with pytest.raises(Failure, match="is not the address of a learning record store"):
        lrs_at(url)


def test_with_a_wrong_password_nothing_is_tried_again(outbox: Outbox, lrs: Store) -> None:
    slept: list[float] = []
    found = deliver(outbox, lrs_at(lrs.url, USER, "guess"), slept.append)
    assert found.waiting == len(MADE)
    assert "FIRSTVISIT_LRS_PASSWORD" in found.trouble
    assert "guess" not in found.trouble
    assert (lrs.asked, slept) == (1, [])


def test_what_is_too_large_together_is_sent_in_parts(outbox: Outbox, lrs: Store) -> None:
    lrs.largest = 3 * max(len(json.dumps(each)) for _, each in MADE)
    assert sent(outbox, lrs)[0] == Delivery(len(MADE), 0, ())
    assert all_there(lrs)


def test_one_that_is_too_large_alone_stops_nobody_else(outbox: Outbox, lrs: Store) -> None:
    sizes = sorted(len(json.dumps([each])) for _, each in MADE)
    lrs.largest = sizes[-1] - 1
    found, _ = sent(outbox, lrs)
    assert found.waiting == 0
    assert found.taken + len(found.refused) == len(MADE)
    assert {each.why for each in found.refused} == {"The statement is too large for the store."}


def test_one_that_the_store_takes_for_faulty_stops_nobody_else(outbox: Outbox, lrs: Store) -> None:
    faulty = MADE[3][1]["id"]
    lrs.refuses = {faulty}
    found, _ = sent(outbox, lrs)
    assert (found.taken, found.waiting) == (len(MADE) - 1, 0)
    ((id, why),) = [(each.id, each.why) for each in found.refused]
    assert id == faulty
    assert why == "The store says: result.score.scaled: greater than 1 second line"


def test_another_statement_of_the_same_id_is_a_conflict_and_stops_nobody_else(outbox: Outbox, lrs: Store) -> None:
    one = MADE[5][1]
    lrs.kept[one["id"]] = {**one, "result": {"response": "something else"}}
    found, _ = sent(outbox, lrs)
    assert [each.id for each in found.refused] == [one["id"]]
    assert found.taken == len(MADE) - 1


def test_a_store_that_has_a_statement_already_and_says_conflict_has_taken_it(tmp_path: Path, lrs: Store) -> None:
    outbox = Outbox(tmp_path / "one.outbox")
    seat, one = MADE[0]
    outbox.put([(seat, one)])
    lrs.kept[one["id"]] = {**one, "stored": "2026-01-01T00:00:00Z", "version": "1.0.3"}
    assert sent(outbox, lrs)[0] == Delivery(1, 0, ())


def test_what_a_store_has_instead_may_be_brackets_without_end(
    outbox: Outbox, lrs: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, asked = MADE[5][1], module._asked

    def deep(lrs: Lrs, opener: OpenerDirector, url: str, body: bytes | None) -> tuple[int, str]:
        return (200, "[" * 100_000) if body is None else asked(lrs, opener, url, body)

    monkeypatch.setattr(module, "_asked", deep)
    lrs.kept[one["id"]] = {}
    found, _ = sent(outbox, lrs)
    assert [each.id for each in found.refused] == [one["id"]]


def test_a_store_that_answers_after_it_has_kept_them_counts_none_twice(outbox: Outbox, lrs: Store) -> None:
    """It took them, and the connection broke before it could say so."""
    lrs.kept = {each["id"]: each for _, each in MADE}
    assert sent(outbox, lrs)[0] == Delivery(len(MADE), 0, ())
    assert all_there(lrs)


@pytest.mark.parametrize("status", [301, 302, 307])
def test_nothing_is_sent_to_where_a_store_points(outbox: Outbox, lrs: Store, status: int) -> None:
    lrs.answers = [status]
    found, _ = sent(outbox, lrs)
    assert found.waiting == len(MADE)
    assert str(status) in found.trouble


def test_an_outbox_outlives_the_program(outbox: Outbox, lrs: Store, tmp_path: Path) -> None:
    lrs.answers = [503] * 4
    sent(outbox, lrs)
    again = Outbox(tmp_path / "event.outbox")
    assert again.delivery() == Delivery(0, len(MADE), ())
    assert sent(again, lrs)[0] == Delivery(len(MADE), 0, ())


def test_a_person_who_is_deleted_is_not_sent_and_leaves_nothing_in_the_file(outbox: Outbox, tmp_path: Path) -> None:
    assert outbox.forget(2) == 0
    assert outbox.delivery().waiting == sum(seat != 2 for seat, _ in MADE)
    assert b"seat-2" not in (tmp_path / "event.outbox").read_bytes()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("lrs.example.org", "is not the address"),
        ("ftp://lrs.example.org", "is not the address"),
        ("http://lrs.example.org/xapi", "can be read on the way"),
        ("https://me:secret@lrs.example.org/xapi", "do not belong in the address"),
    ],
)
def test_an_address_that_nothing_should_be_sent_to_is_refused(url: str, why: str) -> None:
    with pytest.raises(Failure, match=why) as failure:
        lrs_at(url)
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize("url", ["https://lrs.example.org/xapi", "https://lrs.example.org/xapi/statements/"])
def test_an_address_can_be_that_of_the_store_or_of_its_statements(url: str) -> None:
    assert lrs_at(url).url == "https://lrs.example.org/xapi/statements"
