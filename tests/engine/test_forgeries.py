"""A record that was changed afterwards cannot be read, does not verify, or shows what it showed before."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.par import Par
from engine.play import State
from engine.record import AS_RECORDED, CUES, NOTATION, Header, Record, RecordError, outline, read_record
from engine.replay import record_text, replay, verify
from engine.rules import RULES_VERSION
from engine.score import scorecard
from tests.engine.sales import bundled

GAME = bundled("friday-pipeline")
PAR = Par(value=400_000, error=20_000, runs=8)
HEAD = Header(
    GAME.scenario.id,
    GAME.scenario.digest(),
    RULES_VERSION,
    seed=20,
    cues="regular",
    live=True,
    started="2026-03-07T09:41:12Z",
    retry_of="5d0c7a3e90b1f264",
)


@cache
def finished() -> State:
    """A run over several conversations, with time to think in them and between them."""
    state = GAME.new_initial_state(HEAD.seed)
    for number in count():
        if state.is_terminal():
            return state
        legal = state.legal_actions()
        state = state.apply_action(legal[number % len(legal)] if number < 25 else legal[-1], think=number % 3)
    raise AssertionError


@cache
def genuine(notation: int = NOTATION) -> str:
    """The record of that run, which verifies."""
    head = HEAD if notation == NOTATION else replace(HEAD, notation=notation, retry_of="20260306-kiosk.run")
    return record_text(head, finished(), scorecard(finished(), PAR))


def differences(record: Record) -> list[str]:
    return verify(record, GAME, lambda: PAR)


def shown(record: Record) -> object:
    """Everything that anybody is told of a record."""
    moves = [(move.name, move.think) for move in record.moves]
    return record.header, moves, record.closing


def listed(text: bytes) -> object:
    """What lists show, who read only the ends."""
    return outline(text[:1_024], text[-4_096:])


def between(state: State) -> int:
    """The number of a move between two conversations, which thinking cost nothing."""
    return next(each.moves for each in state.states()[1:] if each.previous and each.previous.core[1] < 0 and each.think)


def test_the_genuine_record_verifies_in_every_notation() -> None:
    for notation in AS_RECORDED:
        assert differences(read_record(genuine(notation).encode())) == []


def line(start: str) -> str:
    return next(each for each in genuine().splitlines() if each.startswith(start))


NUMBER = between(finished())
THOUGHT = line(f"{NUMBER}. ")
FORGERIES = {
    "cues": ("cues: regular", "cues: expert"),
    "clock": ("live: yes", "live: no"),
    "start": ("started: 2026", "started: 2025"),
    "seed": ("seed: 20\n", "seed: 21\n"),
    "made a first try": (f"retry-of: {HEAD.retry_of}\n", ""),
    "a retry of another run": ("retry-of: 5d", "retry-of: 6d"),
    "thinking between conversations": (THOUGHT, THOUGHT.replace(f" {finished().states()[NUMBER].think}s", "")),
    "another share of par": (line("par: "), "par: 9999"),
    "no share of par": (line("par: ") + "\n", ""),
    "value": (line("value: "), "value: 1"),
    "conduct": (line("conduct: "), "conduct: 100"),
    "a mark": (line("2. "), line("2. ").replace("{", "{0")[:-2] + "}"),
    "a link of the chain": (line("opening: ")[:-4], line("opening: ")[:-8] + "0000"),
    "the seal": (line("seal: "), "seal: 0123456789abcdef"),
    "the notation before": ("first-visit run 2", "first-visit run 1"),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_what_was_changed_does_not_verify(what: str) -> None:
    was, becomes = FORGERIES[what]
    assert genuine().count(was) == 1
    forged = genuine().replace(was, becomes)
    if what == "the notation before":
        forged = forged.replace("seal: ", "states: ").replace("retry-of: 5d", "retry-of: run-5d")
    assert differences(read_record(forged.encode()))


@pytest.mark.parametrize("what", [line("result: "), line("value: "), "seed: 20", "cues: regular", line("seal: ")])
@pytest.mark.parametrize("becomes", ["{0}\n{0}", "{0}\n{0}1", "{0}\nplayer: me"])
def test_lines_that_are_doubled_or_unknown_are_refused(what: str, becomes: str) -> None:
    with pytest.raises(RecordError):
        read_record(genuine().replace(what, becomes.format(what)).encode())


def test_a_run_that_was_changed_is_not_gone_on_with_either() -> None:
    unfinished = genuine().rpartition("\n\n")[0] + "\n"
    assert replay(read_record(unfinished.encode()), GAME) == finished()
    for what in ("cues", "clock", "made a first try", "thinking between conversations"):
        with pytest.raises(RecordError, match="changed"):
            replay(read_record(unfinished.replace(*FORGERIES[what]).encode()), GAME)


def test_the_first_notation_says_what_it_does_not_protect() -> None:
    unprotected = (("cues: regular", "cues: expert"), ("retry-of: 20260306-kiosk.run\n", ""), ("live: yes", "live: no"))
    for was, becomes in unprotected:
        assert differences(read_record(genuine(1).replace(was, becomes).encode())) == []
        assert was.partition(":")[0] in AS_RECORDED[1]
    for was, becomes in (("seed: 20\n", "seed: 21\n"), (line("value: "), "value: 1"), (line("par: "), "par: 9999")):
        assert differences(read_record(genuine(1).replace(was, becomes).encode()))


# --- whatever else somebody does to it -------------------------------------------------------------------------------

VALUES = st.sampled_from(
    ["0", "1", "9999", "-1", "yes", "no", *CUES, HEAD.started, "2030-01-01T00:00:00Z", "a" * 16, "order", "expired"]
)
EDITS = st.one_of(
    st.tuples(st.just("remove"), st.integers(0, 200), st.integers(1, 3)),
    st.tuples(st.just("double"), st.integers(0, 200), st.integers(0, 200)),
    st.tuples(st.just("swap"), st.integers(0, 200), st.integers(0, 200)),
    st.tuples(st.just("value"), st.integers(0, 200), VALUES),
    st.tuples(st.just("digit"), st.integers(0, 200), st.integers(0, 99)),
    st.tuples(st.just("think"), st.integers(0, 200), st.integers(0, 99)),
    st.tuples(st.just("bytes"), st.integers(0, 9_999), st.text("0123456789abcdef :.{}\n\rs\ufeff", max_size=3)),
)


def edited(text: str, how: str, at: int, what: object) -> str:
    """The text after one edit."""
    lines = text.split("\n")
    at %= len(lines) if how != "bytes" else len(text)
    match how, what:
        case "remove", int(several):
            del lines[at : at + several]
        case "double", int(where):
            lines.insert(where % len(lines), lines[at])
        case "swap", int(other):
            other %= len(lines)
            lines[at], lines[other] = lines[other], lines[at]
        case "value", str(value):
            name, colon, _ = lines[at].partition(": ")
            lines[at] = f"{name}{colon}{value}"
        case "digit", int(place) if digits := [n for n, sign in enumerate(lines[at]) if sign in "0123456789abcdef"]:
            place = digits[place % len(digits)]
            lines[at] = lines[at][:place] + "0123456789abcdef"[int(lines[at][place], 16) - 1] + lines[at][place + 1 :]
        case "think", int(seconds):
            move, brace, mark = lines[at].partition(" {")
            lines[at] = f"{move.partition(' ')[0]} {move.split(' ')[-1]} {seconds}s{brace}{mark}"
        case "bytes", str(new):
            return text[:at] + new + text[at + len(new) :]
    return "\n".join(lines)


@settings(max_examples=400)
@example([("swap", 30, 95)])  # the foot's value before its results
@given(st.lists(EDITS, min_size=1, max_size=3))
def test_any_change_is_refused_noticed_or_without_effect(edits: list[tuple[str, int, object]]) -> None:
    text = genuine()
    for how, at, what in edits:
        text = edited(text, how, at, what)
    data = text.encode()
    try:
        record = read_record(data)
    except RecordError:
        return
    if differences(record):
        return
    assert shown(record) == shown(read_record(genuine().encode()))
    assert listed(data) == listed(genuine().encode())
