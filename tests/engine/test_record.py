"""A run's record is text that can be read, and only ever fails in words."""

from contextlib import suppress
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.record import (
    CUES,
    LARGEST,
    MOST_LINES,
    OVER,
    Closing,
    Header,
    RecordError,
    closing_text,
    header_text,
    move_text,
    outline,
    read_record,
)
from engine.view import Cues

HEAD = Header(
    scenario="saturday-showroom",
    digest="98863cf41c0f2a77",
    rules=1,
    seed=481516,
    cues="regular",
    live=True,
    started="2026-03-07T09:41:12Z",
    opening="5d0c7a3e90b1f264",
    retry_of="41f0c2aa9d07be13",
)
FOOT = Closing((("priya", "order"), ("ines", "lost-to-rival")), -4167, 58, -12, "c2e81f60b7719d02")
MOVES = move_text(1, "welcome-in", 0, "41f0c2aa00000000") + move_text(2, "wait.1h@ines", 12, "9d07be1300000000")
UNFINISHED = (header_text(HEAD) + MOVES).encode()
FINISHED = UNFINISHED + OVER.encode() + closing_text(FOOT).encode()


def test_what_is_written_is_read_back() -> None:
    record = read_record(FINISHED)
    assert record.header == HEAD
    assert [(move.name, move.think, move.mark) for move in record.moves] == [
        ("welcome-in", 0, "41f0c2aa"),
        ("wait.1h@ines", 12, "9d07be13"),
    ]
    assert record.closing == FOOT
    assert record.kept == len(UNFINISHED)


def test_a_run_without_a_foot_is_unfinished() -> None:
    assert read_record(UNFINISHED).closing is None


def test_a_half_written_last_line_is_dropped_wherever_it_was_cut() -> None:
    for cut in range(len(header_text(HEAD)), len(UNFINISHED)):
        record = read_record(UNFINISHED[:cut])
        assert len(record.moves) == UNFINISHED[:cut].count(b"}\n")
        assert UNFINISHED[: record.kept].endswith(b"\n")


def test_a_half_written_foot_leaves_the_run_unfinished() -> None:
    for cut in range(len(UNFINISHED), len(FINISHED) - 1):
        record = read_record(FINISHED[:cut])
        assert record.closing is None
        assert record.kept == len(UNFINISHED)
    assert read_record(FINISHED.removesuffix(b"\n")).closing == FOOT, "editors take the last line feed away"


def test_zeros_after_a_power_failure_are_dropped() -> None:
    assert len(read_record(UNFINISHED + b"\0" * 300).moves) == 2


def test_line_feeds_of_another_system_are_read() -> None:
    elsewhere = FINISHED.replace(b"\n", b"\r\n")
    assert read_record(elsewhere).closing == FOOT
    assert outline(elsewhere[:1024], elsewhere[-1024:]) == outline(FINISHED[:1024], FINISHED[-1024:])


@pytest.mark.parametrize(
    ("was", "becomes", "line", "words"),
    [
        ("first-visit run 2", "first-visit run 3", 1, "newer version"),
        ("first-visit run 2", "format: 1", 1, "not the record"),
        ("seed: 481516", "seed: 9007199254740992", 5, "from 0 to"),
        ("seed: 481516", "seed: many", 5, "whole number"),
        ("seed: 481516\n", "", 9, "lacks 'seed'"),
        ("seed: 481516", "seed: 481516\nseed: 7", 6, "second time"),
        ("cues: regular", "cues: psychic", 6, "novice, regular, expert"),
        ("live: yes", "lives: yes", 7, "'lives'"),
        ("1. welcome-in", "2. welcome-in", 12, "its number is 2"),
        ("2. wait", "two. wait", 13, "Move 2 should be here"),
        (" 12s", " 12 seconds", 13, "Move 2 should be here"),
        ("result: priya order", "result: priya", 15, "PROSPECT RESULT"),
        ("value: -4167", "value: 1e9", 17, "whole number"),
        ("value: -4167", "price: 1", 17, "The foot has"),
        ("scenario: saturday-showroom", "scenario: ../../etc/passwd", 2, "id of a scenario"),
        ("retry-of: 41f0", "retry-of: run-41f0", 9, "opening of another run"),
        ("conduct: 58", "conduct: 58 \N{RIGHT-TO-LEFT OVERRIDE}", 18, "ASCII"),
    ],
)
def test_an_error_names_its_line_and_what_should_be_there(was: str, becomes: str, line: int, words: str) -> None:
    text = FINISHED.decode()
    assert was in text
    with pytest.raises(RecordError) as caught:
        read_record(text.replace(was, becomes, 1).encode())
    assert (caught.value.line, words in caught.value.message) == (line, True), str(caught.value)


def test_a_file_too_large_for_a_run_is_refused_by_its_size() -> None:
    with pytest.raises(RecordError, match="bytes"):
        read_record(UNFINISHED + b" " * LARGEST)
    with pytest.raises(RecordError, match="lines"):
        read_record(UNFINISHED + b"\n" * (LARGEST // 2))


def test_nothing_may_follow_the_foot() -> None:
    with pytest.raises(RecordError, match="last line"):
        read_record(FINISHED + b"3. leave\n")


def test_a_run_is_over_once_an_empty_line_follows_its_last_move_though_its_foot_may_be_to_come() -> None:
    foot = closing_text(FOOT).encode()
    for ends, over in ((b"", False), (b"\n", True), (b"\n" + foot[:20], True), (b"\n3. leave {00000000}\n", False)):
        found = outline(UNFINISHED, UNFINISHED + ends)
        assert (found.over, found.closing) == (over, None)
    assert outline(FINISHED, FINISHED).over
    assert not outline(header_text(HEAD).encode(), header_text(HEAD).encode()).over, "nothing was played"


def test_the_outline_of_a_long_run_is_that_of_the_whole() -> None:
    moves = "".join(move_text(number, "wait.1h", 0, "0" * 16) for number in range(1, 2_001))
    data = (header_text(HEAD) + moves).encode()
    found = outline(data[:1024], data[-1024:])
    assert (found.header, found.moves, found.closing) == (HEAD, 2_000, None)
    data += closing_text(FOOT).encode()
    found = outline(data[:1024], data[-1024:])
    assert (found.moves, found.closing) == (2_000, FOOT)


@given(st.binary(max_size=3_000))
def test_any_bytes_are_a_record_or_an_error_in_words(data: bytes) -> None:
    _read_either(data)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(FINISHED)), st.integers(0, 12), st.binary(max_size=6)), max_size=6))
def test_a_record_with_any_bytes_changed_is_a_record_or_an_error_in_words(edits: list[tuple[int, int, bytes]]) -> None:
    data = FINISHED
    for at, length, new in edits:
        data = data[:at] + new + data[at + length :]
    _read_either(data)


@pytest.mark.parametrize("filler", [b"\n", b"1. a\n", b": \n", b"a: b\n", b"9" * 150 + b"\n", b"{", b"\xff", b"\0"])
def test_the_largest_nonsense_is_answered_too(filler: bytes) -> None:
    for head in (b"", header_text(HEAD).encode()):
        _read_either((head + filler * (LARGEST // len(filler)))[:LARGEST])


def _read_either(data: bytes) -> None:
    for read in (read_record, lambda each: outline(each[:1024], each[-1024:])):
        with suppress(RecordError):
            read(data)


def test_the_words_for_cues_are_those_of_the_players_view() -> None:
    assert get_args(Cues) == CUES


def test_a_byte_order_mark_is_no_part_of_a_record() -> None:
    marked = b"\xef\xbb\xbf" + FINISHED
    assert (read_record(marked).header, read_record(marked).closing) == (HEAD, FOOT)
    assert outline(marked[:1024], marked[-1024:]) == outline(FINISHED[:1024], FINISHED[-1024:])
    assert read_record(b"\xef\xbb\xbf" + UNFINISHED).kept == len(UNFINISHED) + 3, "it goes on behind what is there"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("retry_of", "run (1).run"),
        ("retry_of", "mé.run"),
        ("retry_of", "a\nlive: no"),
        ("opening", None),
        ("scenario", "Saturday Showroom"),
        ("seed", 2**53),
        ("started", "yesterday"),
        ("cues", "psychic"),
        ("notation", 3),
    ],
)
def test_a_head_that_could_not_be_read_is_not_written(field: str, value: object) -> None:
    with pytest.raises(RecordError):
        header_text(replace(HEAD, **{field: value}))  # type: ignore[arg-type]


def test_a_move_or_foot_that_could_not_be_read_is_not_written() -> None:
    for name, think, link in (("Welcome in", 0, "0" * 16), ("a", 10**6, "0" * 16), ("a", -1, "0" * 16), ("a", 0, "x")):
        with pytest.raises(RecordError):
            move_text(1, name, think, link)
    for foot in (
        replace(FOOT, results=(("priya", "order"), ("priya", "expired"))),
        replace(FOOT, results=()),
        replace(FOOT, value=10**17),
        replace(FOOT, seal="0"),
    ):
        with pytest.raises(RecordError):
            closing_text(foot)


def test_what_the_version_before_wrote_is_read() -> None:
    head = replace(HEAD, notation=1, retry_of="20260306-101500-saturday-showroom.run")
    text = header_text(head) + MOVES + closing_text(FOOT, notation=1)
    assert "states: c2e81f60b7719d02\n" in text
    assert (read_record(text.encode()).header, read_record(text.encode()).closing) == (head, FOOT)
    for name in ("run (1).run", "r" * 190):
        odd = text.replace(str(head.retry_of), name)
        assert read_record(odd.encode()).header.retry_of == name, "its own reader refused these"
    bare = text.replace(" {41f0c2aa}", "").replace(f"opening: {HEAD.opening}\n", "")
    assert read_record(bare.encode()).header.opening is None


def test_a_mark_or_opening_is_missed_in_the_notation_of_now() -> None:
    for part in (f"opening: {HEAD.opening}\n", " {41f0c2aa}"):
        with pytest.raises(RecordError, match="lacks"):
            read_record(FINISHED.decode().replace(part, "").encode())


def test_a_run_as_long_as_a_record_can_be_is_read_again() -> None:
    moves = "".join(move_text(number, "a", 0, "0" * 16) for number in range(1, 40_001))
    assert len(read_record((header_text(HEAD) + moves + closing_text(FOOT)).encode()).moves) == 40_000
    shortest = len("1. a {00000000}\n")
    assert shortest * MOST_LINES >= LARGEST, "what is short enough has no more lines than are read"
