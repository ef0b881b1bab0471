"""A file that was made to be slow to read is read at the cost of its size."""

from __future__ import annotations

import pytest

from engine.scenario import ScenarioErrors
from engine.scenario.cut_text import Commas
from engine.scenario.nearest import nearest
from engine.scenario.reading import MOST_BYTES, read_tree
from tests.growth import grows_evenly, steps


@pytest.mark.parametrize("field", ["say", "meets"])
def test_what_commas_took_apart_is_not_put_together_without_end(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    longest = 0
    join = Commas.join

    def joining(self: Commas, parent, key, value) -> bool:  # type: ignore[no-untyped-def]
        nonlocal longest
        joined = join(self, parent, key, value)
        longest = max(longest, len(parent.data.get(field) or ""))
        return joined

    monkeypatch.setattr(Commas, "join", joining)
    words = ["a-word"] * 5_000 if field == "meets" else ["and so on"] * 5_000
    with pytest.raises(ScenarioErrors):
        read_tree(f"{{{field}: {', '.join(words)}}}".encode(), "x.yaml")
    assert 1_000 < longest < 3_000


def test_what_cannot_be_seen_is_found_at_the_cost_of_one_look_through_the_file() -> None:
    def read(lines: int) -> None:
        with pytest.raises(ScenarioErrors) as refused:
            read_tree(b"\n" * lines + b"\x07" * 30, "x.yaml")
        assert [(each.line, each.column) for each in refused.value.problems] == [
            (lines + 1, column) for column in range(1, 21)
        ]

    assert grows_evenly(read, 300)


def test_a_place_is_told_in_lines_of_every_kind() -> None:
    with pytest.raises(ScenarioErrors) as refused:
        read_tree(b"a\r\nb\rc\nd\x07\re\x07", "x.yaml")
    assert [(each.line, each.column) for each in refused.value.problems] == [(4, 2), (5, 2)]


def test_a_word_as_long_as_a_file_is_like_no_other() -> None:
    known = [f"word-{number}" for number in range(200)]
    for piece in ("word-1", "_", " ", "a\u0301"):
        word = piece * (MOST_BYTES // len(piece))
        assert nearest(word, known) is None
        assert nearest("word-1", [*known[2:], word]) in known
        assert steps(lambda word=word: nearest(word, known)) < 2_000  # type: ignore[misc]


def test_a_file_is_too_large_however_much_of_it_was_read() -> None:
    for size in (MOST_BYTES + 1, 2 * MOST_BYTES):
        with pytest.raises(ScenarioErrors) as refused:
            read_tree(b"#" * size, "x.yaml")
        (problem,) = refused.value.problems
        assert problem.message == f"the file is too large: a scenario has at most {MOST_BYTES} bytes"
