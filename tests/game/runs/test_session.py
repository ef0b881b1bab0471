"""A run is on the disk as it is played."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from engine.play import Game, IllegalMove
from engine.record import RecordError, read_record
from engine.replay import record_text, replay, verify
from engine.scenario import Scenario
from game.home import profile
from game.runs.session import Session
from game.words.errors import SaveError

SALE = ("where-to", "this-one", "have-it")


@pytest.fixture
def session(home: Path, kiosk: Scenario) -> Session:
    """A run of the kiosk, before its first move."""
    return Session.start(kiosk, None, 1, "novice", False, profile.runs_dir())


def make(session: Session, *names: str) -> None:
    for name in names:
        session.choose(session.game.move_named(name))
    if session.finished:
        session.settle()


def path_of(session: Session) -> Path:
    assert session.record_path is not None
    return session.record_path


def left(session: Session) -> Path:
    """The file of a run, once nobody plays it any more."""
    session.close()
    return path_of(session)


def test_every_move_is_in_the_file_when_choose_returns(session: Session) -> None:
    for number, name in enumerate(SALE[:2], start=1):
        make(session, name)
        record = read_record(path_of(session).read_bytes())
        assert [move.name for move in record.moves] == list(SALE[:number])
        assert replay(record, Game(session.scenario)).digest() == session.state.digest()


def test_a_run_begins_with_a_file_that_can_be_read(session: Session) -> None:
    record = read_record(path_of(session).read_bytes())
    assert (record.moves, record.closing) == ((), None)
    assert record.header.scenario == "kiosk"


def test_think_time_is_kept_with_the_move(session: Session) -> None:
    session.choose(session.game.move_named("where-to"), 12)
    assert read_record(path_of(session).read_bytes()).moves[0].think == 12
    assert session.state.history == ((session.game.move_named("where-to"), 12),)


def test_a_computer_put_to_sleep_makes_no_record_that_cannot_be_read(session: Session) -> None:
    session.choose(session.game.move_named("where-to"), 10**9)
    assert replay(read_record(path_of(session).read_bytes()), session.game).digest() == session.state.digest()


def test_a_finished_run_is_closed_with_its_score_and_verifies(session: Session) -> None:
    make(session, *SALE)
    assert session.finished
    record = read_record(path_of(session).read_bytes())
    assert record.closing is not None
    assert record.closing.results == (("buyer", "order"),)
    assert record.closing.value == session.state.returns()
    assert verify(record, Game(session.scenario)) == []


def test_going_on_finds_every_move_that_was_made(session: Session) -> None:
    make(session, *SALE[:2])
    again = Session.resume(left(session), session.scenario)
    assert again.state.digest() == session.state.digest()
    assert (again.seed, again.cues, again.live) == (1, "novice", False)
    make(again, SALE[2])
    assert verify(read_record(path_of(session).read_bytes()), again.game) == []


def test_going_on_after_a_half_written_move_forgets_that_half(session: Session) -> None:
    make(session, *SALE[:2])
    path = left(session)
    path.write_bytes(path.read_bytes() + b"3. have-it {00")
    again = Session.resume(path, session.scenario)
    assert len(again.state.history) == 2
    make(again, SALE[2])
    assert verify(read_record(path.read_bytes()), again.game) == []


@pytest.mark.parametrize("cut", [1, 5, 20, 40, 60])
def test_a_run_stopped_while_its_score_was_written_is_closed_when_it_is_gone_on_with(
    session: Session, cut: int
) -> None:
    make(session, *SALE)
    path = path_of(session)
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    again = Session.resume(path, session.scenario)
    assert again.finished
    again.settle()
    assert read_record(path.read_bytes()) == read_record(whole)


def test_a_retry_begins_with_the_same_buyer_and_the_moves_before(session: Session) -> None:
    make(session, *SALE)
    other = session.retry(1)
    assert path_of(other) != path_of(session)
    assert other.seed == session.seed
    record = read_record(path_of(other).read_bytes())
    assert [move.name for move in record.moves] == [SALE[0]]
    assert record.header.retry_of == session.header.opening
    make(other, *SALE[1:])
    assert other.state.digest() == session.state.digest(), "the same moves meet the same luck"


def test_there_is_no_retry_from_a_move_that_was_not_made(session: Session) -> None:
    make(session, SALE[0])
    with pytest.raises(IndexError):
        session.retry(2)


def test_an_illegal_move_changes_nothing(session: Session) -> None:
    before = path_of(session).read_bytes()
    with pytest.raises(IllegalMove):
        session.choose(10_000)
    assert path_of(session).read_bytes() == before
    assert session.state.history == ()


def test_a_full_disk_is_said_once_and_the_run_goes_on(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    make(session, SALE[0])
    path = path_of(session)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(SaveError, match="No space left"):
            make(session, SALE[1])
    assert session.record_path is None
    assert len(session.state.history) == 2
    make(session, SALE[2])
    assert session.finished
    assert len(read_record(path.read_bytes()).moves) == 1


def test_a_run_that_is_being_played_cannot_be_gone_on_with_elsewhere(session: Session) -> None:
    make(session, SALE[0])
    with pytest.raises(SaveError, match="in another window"):
        Session.resume(path_of(session), session.scenario)
    make(session, SALE[1])
    assert len(Session.resume(left(session), session.scenario).state.history) == 2


def test_a_folder_that_cannot_be_written_is_said_at_the_start(home: Path, kiosk: Scenario) -> None:
    for in_the_way in (home, profile.runs_dir()):
        in_the_way.parent.mkdir(exist_ok=True)
        in_the_way.write_text("a file where the folder should be")
        with pytest.raises(SaveError, match="No run can be kept"):
            Session.start(kiosk, None, 1, "novice", False, profile.runs_dir())
        in_the_way.unlink()
    assert Session.start(kiosk, None, 1, "novice", False, None).record_path is None


def test_two_runs_begun_in_one_second_have_two_files(home: Path, kiosk: Scenario) -> None:
    started = [Session.start(kiosk, None, 1, "novice", False, profile.runs_dir()) for _ in range(3)]
    assert len({path_of(each) for each in started}) == 3


def test_a_run_of_a_changed_scenario_is_not_gone_on_with(session: Session, kiosk_path: Path) -> None:
    from engine.scenario import read_scenario

    make(session, SALE[0])
    changed = read_scenario(kiosk_path.read_bytes().replace(b"weight: 40", b"weight: 41"), "kiosk.yaml")
    with pytest.raises(RecordError, match="has changed"):
        Session.resume(left(session), changed)


@pytest.mark.parametrize("name", ["run (1).run", "mé.run", "r" * 190 + ".run", "a\nlive: no.run", "last"])
def test_a_retry_of_a_file_of_any_name_can_be_read_and_gone_on_with(session: Session, name: str) -> None:
    make(session, *SALE)
    path = path_of(session).rename(path_of(session).with_name(name))
    again = Session.read(path, session.scenario).retry(1, profile.runs_dir())
    make(again, *SALE[1:])
    record = read_record(path_of(again).read_bytes())
    assert record.header.retry_of == session.header.opening
    assert verify(record, again.game) == []


def test_a_retry_of_a_run_that_was_not_kept_is_a_retry(home: Path, kiosk: Scenario) -> None:
    unkept = Session.start(kiosk, None, 1, "novice", False, None)
    make(unkept, SALE[0])
    again = unkept.retry(1, profile.runs_dir())
    assert read_record(path_of(again).read_bytes()).header.retry_of == unkept.header.opening


def test_a_run_with_a_byte_order_mark_is_gone_on_with(session: Session) -> None:
    make(session, *SALE[:2])
    path = left(session)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"3. hav")
    again = Session.resume(path, session.scenario)
    make(again, SALE[2])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert verify(read_record(path.read_bytes()), again.game) == []


def test_a_run_of_the_notation_before_is_gone_on_with_in_it(session: Session) -> None:
    make(session, *SALE[:2])
    head = replace(session.header, notation=1)
    path = left(session)
    path.write_text(record_text(head, session.state), encoding="ascii")
    again = Session.resume(path, session.scenario)
    make(again, SALE[2])
    assert path.read_text(encoding="ascii").startswith("first-visit run 1\n")
    assert verify(read_record(path.read_bytes()), again.game) == []


@pytest.mark.parametrize(("was", "becomes"), [("cues: novice", "cues: expert"), ("seed: 1", "seed: 2"), ("{", "{0")])
def test_a_run_that_was_changed_by_hand_is_not_gone_on_with(session: Session, was: str, becomes: str) -> None:
    make(session, *SALE[:2])
    path = left(session)
    changed = path.read_text(encoding="ascii").replace(was, becomes, 1)
    path.write_text(changed, encoding="ascii")
    with pytest.raises(RecordError):
        Session.resume(path, session.scenario)
    assert path.read_text(encoding="ascii") == changed, "it is left as it is"


def test_nothing_on_the_disk_tells_of_the_buyer_before_the_run_is_over(session: Session, home: Path) -> None:
    def kept() -> list[Path]:
        return [each for each in home.rglob("*") if each.is_file()]

    session.prepare_par(lambda: False)
    make(session, *SALE[:2])
    assert kept() == [path_of(session)]
    make(session, SALE[2])
    assert len(kept()) == 2, "then par is kept, and need not be worked out again"


def test_a_run_too_long_to_be_read_again_is_no_longer_kept(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    make(session, SALE[0])
    monkeypatch.setattr("game.runs.session.LARGEST", 16_384 + 250)
    with pytest.raises(SaveError, match="cannot be longer"):
        make(session, "some-day", *["wait.15m"] * 20)
    assert session.record_path is None
    (path,) = profile.runs_dir().glob("*.run")
    assert len(read_record(path.read_bytes()).moves) == session.state.moves - 1
