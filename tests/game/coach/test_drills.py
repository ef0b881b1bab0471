"""Drills: what is asked, when it comes again, and what happens to broken files."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from engine.play import Game
from engine.scenario import Scenario
from game.coach import drills
from game.commands import finding_drills
from game.home.files import alone, write_whole
from game.home.profile import home as home_of
from game.practice import due
from game.practice.due import Question, questions
from game.runs import lines, versions
from game.shelf import copies
from game.words.errors import Failure, SaveError
from tests.engine.sales import BUNDLED as BUYERS
from tests.engine.sales import bundled
from tests.game.commands.test_analyse import analyse, finished, quick
from tests.game.conftest import Run
from tests.game.runs.test_versions import edit
from tests.game.test_cli import ANY

__all__ = ["finished", "quick"]  # the fixtures

BUNDLED = drills.bundled
SCENARIOS = Path(__file__).parents[3] / "scenarios"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the player's own runs have brought, and nothing remembered of an earlier test."""
    versions._game.cache_clear()
    monkeypatch.setattr("game.coach.drills.bundled", dict)


_judged: dict[Path, bytes] = {}
"""What lies in the home of somebody whose run was judged, by where it lies there."""


@pytest.fixture
def mistake(request: pytest.FixtureRequest, run: Run, home: Path, shop: Path) -> drills.Entry:
    """The costliest mistake of a run that was judged: the first who asks plays it and has it judged."""
    for path, content in _judged.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_bytes(content)
    if not _judged:
        request.getfixturevalue("finished")
        analyse(run)
        _judged.update({path.relative_to(home): path.read_bytes() for path in home.rglob("*") if path.is_file()})
    return drills.deck().today(NOON)[0]


def many(number: int) -> drills.Deck:
    entries = [drills.Entry(f"{place:016x}", "kiosk", "ask", points=place) for place in range(number)]
    return drills.Deck({each.key: each for each in entries})


def test_the_positions_that_come_with_the_program_can_be_stood_in() -> None:
    """They are of the scenarios as they are: after an edit, `python -m game.commands.finding_drills` finds others."""
    for position in map(drills._position, BUNDLED().values()):
        state = drills.stood(position)
        assert not state.is_terminal()
        assert position.right(position.verdict.best)
        assert not position.right(position.verdict.name)


def test_a_question_is_told_from_something_that_the_player_said_on_with_who_they_are_and_where_it_stands() -> None:
    """Whoever never played it, or not today, understands it from itself: no answer stands there without a question."""
    for position in map(drills._position, BUNDLED().values()):
        question = Question(position, drills.stood(position))
        seen, told = question.view(), question.told(72)
        said = [list(lines.said(each, seen.names, 72)) for each in seen.transcript]
        heard = [each for each in told if each in said]
        assert heard[-1:] == said[-1:]
        assert heard == said or seen.transcript[len(said) - len(heard)].who == "seller"
        assert heard != said or told[0] == list(lines.prose(question.state.game.scenario.briefing, 72))
        assert told[-1][0] == next(lines.status(seen, 72))
        open_ones = [each.name for each in seen.prospects if each.result is None]
        for name in open_ones if seen.talking_to is None else ():
            assert name in question.about


@pytest.mark.parametrize("scenario", BUYERS)
def test_a_principle_tells_nobody_what_they_did(scenario: str) -> None:
    """In a drill it is told of a stranger's move, to somebody who has just chosen another one."""
    lines = [line for prospect in bundled(scenario).scenario.prospects for line in prospect.lines]
    assert not [line.principle for line in lines if line.principle.startswith("You ")]


def test_every_scenario_has_something_to_drill() -> None:
    asked = Counter(each["scenario"] for each in BUNDLED().values())
    assert asked.keys() == {path.stem for path in SCENARIOS.glob("*.yaml")}
    assert min(asked.values()) > 1


def test_what_is_wrong_in_a_position_that_comes_with_the_program_is_clearly_worse_and_no_bad_habit_is_right() -> None:
    for position in map(drills._position, BUNDLED().values()):
        assert finding_drills.clear(position), position.key
        assert not finding_drills.praises_a_habit(position, bundled(position.scenario)), position.key


def test_mistakes_of_all_runs_come_by_size_until_they_are_solved() -> None:
    entries = dict(many(5).entries)
    largest = f"{4:016x}"
    found = drills.Deck(entries, bundled=frozenset({f"{2:016x}"}))
    assert [each.points for each in found.mistakes(NOON)] == [4, 3, 1, 0], "without what came with the program"
    entries[largest] = drills.answered(entries[largest], right=True, now=NOON)
    solved = drills.Deck(entries)
    assert largest not in [each.key for each in solved.mistakes(NOON)]
    assert solved.mistakes(NOON + timedelta(days=90))[0].key == largest, "it comes again, and by its size"
    entries[largest] = drills.answered(entries[largest], right=False, now=NOON)
    assert drills.Deck(entries).mistakes(NOON)[0].key == largest, "a wrong answer solves nothing"
    assert drills.deck().entries[largest] == entries[largest], "nor does it when the program starts anew"


def test_mistakes_of_all_runs_are_asked_about_at_any_time_of_the_day(run: Run, mistake: drills.Entry) -> None:
    whole = len(json.loads(run("drill", "--mistakes", "--json")[1]))
    assert whole == len(drills.deck().entries) > 0
    sizes = [each["points"] for each in json.loads(run("drill", "--mistakes", "--json")[1])]
    assert sizes == sorted(sizes, reverse=True)
    code, out, err = run("drill", "--mistakes", "--plain", typed="1\n" * whole)
    assert (code, err) == (0, "")
    assert f"of {whole} answers right." in out or "of 1 answer right." in out


def test_without_a_mistake_of_ones_own_there_is_nothing_to_ask(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.coach.drills.bundled", BUNDLED)
    code, out, err = run("drill", "--mistakes", "--plain")
    assert (code, out) == (0, "")
    assert "let the coach judge it" in err


# --- what is asked ---------------------------------------------------------------------------------------------------


def test_what_the_coach_calls_a_mistake_is_drilled(run: Run, mistake: drills.Entry) -> None:
    code, out, err = run("drill", "--plain", typed="1\n")
    assert (code, err) == (0, "")
    assert "Position 1 of" in out
    assert "The kiosk" in out
    assert " right." in out.splitlines()[-1]


def test_the_answer_is_not_told_before_it_is_given(run: Run, mistake: drills.Entry) -> None:
    asked = run("drill", "--plain", typed="")[1].partition("> ")[0]
    assert "You sell Sam this: Umbrella, 20 EUR." in asked
    assert asked.count("EUR") == 1, "what each choice is worth is told afterwards"


def test_what_was_done_there_is_told_after_another_answer(run: Run, mistake: drills.Entry) -> None:
    """What there is to learn is about that, and not about the answer."""
    numbers = range(1, 4)
    told = [run("drill", "--mistakes", "--plain", typed=f"{number}\n")[1] for number in numbers]
    assert any("What was done there: " in each for each in told)
    assert not all("What was done there: " in each for each in told), "where it was the answer, that is marked"


def test_a_position_can_be_skipped_and_is_asked_another_time(run: Run, mistake: drills.Entry) -> None:
    before = drills.deck().today(drills.now())
    code, out, err = run("drill", "--plain", typed="n\n" * len(before))
    assert (code, err) == (0, "")
    assert f"Position {len(before)} of {len(before)}" in out
    assert "Nothing was answered" in out
    assert drills.deck().today(drills.now()) == before


def test_whoever_leaves_without_an_answer_is_told_that_everything_comes_again(run: Run, mistake: drills.Entry) -> None:
    for typed in ("", "q\n"):
        before = drills.deck().today(drills.now())
        code, out, err = run("drill", "--plain", typed=typed)
        assert (code, err) == (0, "")
        assert out.splitlines()[-1] == "Nothing was answered: the same positions are asked next time."
        assert drills.deck().today(drills.now()) == before


def test_nothing_to_drill_yet_is_said(run: Run, home: Path) -> None:
    code, out, err = run("drill", "--plain")
    assert (code, out) == (0, "")
    assert "Play a run and let the coach judge it" in err


@pytest.mark.parametrize("how", ["--plain", "--json", ""])
def test_a_folder_that_is_not_there_is_said_before_anything_is_asked(
    how: str, run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.commands.drilling.wants_lines", lambda options: options.plain)
    monkeypatch.setattr("game.programs.app.FirstVisit.until_left", lambda app: pytest.fail("a screen was opened"))
    gone = tmp_path / "gone"
    code, out, err = run("drill", *filter(None, [how]), "--scenarios", str(gone))
    assert (code, out, err) == (2, "", f"firstvisit: There is no folder '{gone}'.\n")


def test_what_was_answered_comes_again_later(run: Run, mistake: drills.Entry) -> None:
    before = len(drills.deck().today(drills.now()))
    run("drill", "--plain", typed="1\n")
    assert len(drills.deck().today(drills.now())) == before - 1
    assert len(drills.deck().today(drills.now() + timedelta(days=40))) == before


def test_a_dozen_a_day_is_the_most() -> None:
    assert len(many(40).today(NOON)) == drills.A_DAY


def test_one_lesson_is_asked_with_one_buyer_after_the_other(home: Path) -> None:
    one, other = (drills.Entry(f"{place:016x}", "kiosk", "ask", points=place, lesson="press ask") for place in (7, 3))
    alone = drills.Entry(f"{9:016x}", "kiosk", "ask", points=1, lesson="leave ask")
    entries = {each.key: each for each in (other, one, alone)}

    def asked(at: datetime) -> list[str]:
        return [each.key for each in drills.Deck(entries).today(at)]

    assert asked(NOON) == [one.key, alone.key], "the costlier of the two, and never both"
    first = drills.Deck(entries).today(NOON)[0]
    entries[one.key] = drills.answered(first, right=True, now=NOON)
    assert asked(NOON + timedelta(hours=1)) == [alone.key], "the lesson was answered, so neither comes again now"
    later = NOON + timedelta(days=3)
    assert asked(later)[0] == other.key, "and when it does, the buyer is another one"
    again = drills.Deck(entries).today(later)[0]
    entries[other.key] = drills.answered(again, right=True, now=later)
    due = entries[other.key].due
    assert due is not None
    assert due - later > timedelta(days=7), "what was known of the lesson counts for both"
    assert drills.deck().entries[other.key].lesson == "press ask", "and is kept"


def test_answers_of_today_count_and_those_of_yesterday_do_not(home: Path) -> None:
    entries = many(40).entries
    for place, key in enumerate(list(entries)[:5]):
        at = NOON if place < 3 else NOON - timedelta(days=1)
        entries[key] = drills.answered(entries[key], right=True, now=at)
    assert len(drills.Deck(entries).today(NOON)) == drills.A_DAY - 3


def test_what_is_due_comes_before_what_is_new_and_the_costliest_first(home: Path) -> None:
    entries = many(5).entries
    first = next(iter(entries))
    entries[first] = drills.answered(entries[first], right=False, now=NOON - timedelta(days=9))
    asked = [each.points for each in drills.Deck(entries).today(NOON)]
    assert asked == [0, 4, 3, 2, 1]


def test_right_answers_put_off_and_a_wrong_one_brings_back(home: Path) -> None:
    entry, at = next(iter(many(1).entries.values())), NOON
    waits = []
    for right in (True, True, True, False):
        entry = drills.answered(entry, right, at)
        assert entry.due is not None
        waits.append(entry.due - at)
        at = entry.due
    assert waits[0] < waits[1] < waits[2]
    assert waits[3] < waits[2]


def test_only_a_school_or_a_skill_can_be_asked_for(run: Run, mistake: drills.Entry) -> None:
    assert json.loads(run("drill", "--json", "--school", "plan-a")[1])
    assert json.loads(run("drill", "--json", "--school", "audition")[1]) == []
    assert json.loads(run("drill", "--json", "--skill", mistake.skill)[1])
    others = [each for each in json.loads(run("drill", "--json")[1]) if each["skill"] != mistake.skill]
    assert len(json.loads(run("drill", "--json", "--skill", mistake.skill)[1])) + len(others) == len(
        json.loads(run("drill", "--json")[1])
    )


def test_the_choices_change_their_places(kiosk: Scenario) -> None:
    state = Game(kiosk).new_initial_state(1)
    orders = {due.shuffled(drills.Entry(str(number), "kiosk", "ask", 1), state) for number in range(9)}
    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset(state.legal_actions())}


def test_waits_stand_below_the_rest_from_the_shortest_to_the_longest(kiosk: Scenario) -> None:
    state = Game(kiosk).new_initial_state(1)
    state = state.apply_action(state.game.move_named("some-day"))
    asked = due.shuffled(drills.Entry("1", "kiosk", "ask", 1), state)
    names = [state.game.move_name(move) for move in asked]
    waits = [name for name in names if name.startswith("wait.")]
    assert names == [*(set(names) - {*waits, "finish"}), *waits, "finish"]
    assert waits == [
        state.game.move_name(move) for move in state.legal_actions() if state.game.move_name(move) in waits
    ]


# --- other versions --------------------------------------------------------------------------------------------------


def test_a_position_of_an_edited_scenario_is_asked_from_the_copy_that_was_kept(
    run: Run, mistake: drills.Entry, shop: Path
) -> None:
    edit(shop)
    assert "Position 1 of" in run("drill", "--plain")[1]


def test_a_position_of_other_rules_is_left_out_and_that_is_said(
    run: Run, mistake: drills.Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.rules.RULES_VERSION", 99)
    code, out, err = run("drill", "--plain")
    assert (code, out) == (0, "")
    assert "another version of a scenario or of the rules" in err


def test_an_answer_given_while_mistakes_are_kept_is_not_lost(
    mistake: drills.Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering = Thread(target=lambda: drills.answered(mistake, right=True))

    def answered_meanwhile(path: Path, data: bytes, *, over: bool) -> None:
        answering.start()
        answering.join(0.2)  # it may have to wait until the mistakes are kept
        write_whole(path, data, over=over)

    found = drills.position(mistake)
    monkeypatch.setattr("game.coach.drills.write_whole", answered_meanwhile)
    drills.add([found])
    answering.join()
    assert drills.deck().entries[mistake.key].card is not None


ANOTHER_WINDOW = """
import json, sys
from pathlib import Path
from game.home.files import alone
path = Path(sys.argv[1])
with alone(path):
    deck = json.loads(path.read_bytes())
    print("read", flush=True)
    sys.stdin.readline()
    path.write_text(json.dumps(deck | {"positions": deck["positions"] | {"0" * 16: json.loads(sys.argv[2])}}))
"""


def test_an_answer_given_in_another_window_at_the_same_moment_is_not_lost(
    mistake: drills.Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home_of() / "drills.json"
    told = json.dumps({"scenario": "kiosk", "skill": "ask", "points": 20, "card": None})
    command = [sys.executable, "-c", ANOTHER_WINDOW, str(path), told]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "read\n"
        monkeypatch.setattr("game.home.files._pause", other.communicate)  # its turn comes when the other has written
        drills.answered(mistake, right=True)
        other.communicate()
    kept = drills.deck().entries
    assert "0" * 16 in kept
    assert kept[mistake.key].answered


def test_a_window_that_was_stopped_in_the_midst_of_an_answer_holds_up_no_other(
    mistake: drills.Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.home.files._pause", lambda: None)
    with alone(home_of() / "drills.json"):
        drills.answered(mistake, right=True)
    assert drills.deck().entries[mistake.key].answered


def test_an_answer_counts_from_the_last_one_which_another_window_may_have_given(mistake: drills.Entry) -> None:
    later = NOON + timedelta(days=9)
    first = drills.answered(mistake, True, NOON)
    in_a_window_opened_before = drills.answered(mistake, True, later)
    drills._write({mistake.key: first})
    assert in_a_window_opened_before == drills.answered(first, True, later)


# --- broken files ----------------------------------------------------------------------------------------------------


BROKEN = (
    *(b"", b"{", b"[]", b"null", b'{"form": 1}', b'{"form": 1, "positions": {"a": {}}}', b"\xff", b"[" * 100_000),
    b'{"form": 1, "positions": {"a": {"scenario": "", "skill": "", "points": 1, "card": {"due": "soon"}}}}',
    b'{"form": 1, "positions": {"a": {"scenario": "", "skill": "", "points": 1' + b"0" * 400 + b', "card": null}}}',
)


def test_a_broken_file_is_put_aside_and_the_drills_begin_anew(run: Run, mistake: drills.Entry) -> None:
    for number, content in enumerate(BROKEN, 1):
        (home_of() / "drills.json").write_bytes(content)
        code, _, err = run("drill", "--plain")
        assert code == 0, content[:80]
        aside = f"drills.broken{'' if number == 1 else f'-{number}'}.json"
        assert aside in err, content[:80]
        assert (home_of() / aside).read_bytes() == content
    assert (home_of() / "drills.broken.json").read_bytes() == BROKEN[0], "nor is an earlier one lost"


def test_a_broken_file_is_left_by_the_coach_to_whoever_can_tell_the_player(run: Run, mistake: drills.Entry) -> None:
    path, kept = home_of() / "drills.json", drills.position(mistake)
    path.write_bytes(BROKEN[0])
    with pytest.raises(SaveError, match="cannot be understood"):
        drills.add([kept])
    with pytest.raises(SaveError, match="cannot be understood"):
        drills.answered(mistake, right=True)
    assert path.read_bytes() == BROKEN[0]
    assert "drills.broken.json" in run("drill", "--plain")[2]


def test_a_newer_file_is_left_as_it_is(run: Run, mistake: drills.Entry) -> None:
    path = home_of() / "drills.json"
    path.write_text('{"form": 99, "positions": {}}')
    code, _, err = run("drill", "--plain")
    assert code == 2
    assert "newer version" in err
    assert json.loads(path.read_text())["form"] == 99


def test_what_is_no_file_in_its_place_is_left_alone_and_that_is_said(run: Run, mistake: drills.Entry) -> None:
    path = home_of() / "drills.json"
    path.unlink()
    path.mkdir()
    code, out, err = run("drill", "--plain")
    assert (code, out) == (2, "")
    assert "drills.json cannot be read" in err


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("{")], ids=["gone", "broken"])
def test_a_position_that_cannot_be_read_is_left_out(
    run: Run, mistake: drills.Entry, spoil: Callable[[Path], object]
) -> None:
    path = home_of() / "drills" / f"{mistake.key}.json"
    spoil(path)
    code, _, err = run("drill", "--plain")
    assert code == 0
    assert f"The position {path} cannot be read." in err
    assert "another version" not in err


def test_positions_of_another_version_are_left_out_and_counted(run: Run, mistake: drills.Entry, shop: Path) -> None:
    for copy in copies.path_of("0", 0).parent.iterdir():
        copy.unlink()
    edit(shop)
    code, _, err = run("drill", "--plain")
    assert code == 0
    assert "of another version of a scenario or of the rules can no longer be asked" in err


def test_an_answer_that_cannot_be_kept_is_said_and_the_drill_goes_on(
    run: Run, mistake: drills.Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("game.coach.drills.write_form", full)
    code, out, err = run("drill", "--plain", typed="1\n")
    assert code == 0
    assert "No space left on device" in err
    assert "1 answer right" in out


def test_a_judged_run_is_kept_even_if_its_mistakes_cannot_be(
    run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(found: object) -> None:
        raise Failure("no")

    monkeypatch.setattr("game.coach.drills.add", refuse)
    code, _, err = analyse(run)
    assert code == 0
    assert "firstvisit: no\n" in err


# --- at once ---------------------------------------------------------------------------------------------------------


def test_only_the_question_that_is_asked_is_made_ready(run: Run, mistake: drills.Entry, shop: Path) -> None:
    """However many are due, the first is there as soon as if it were alone; what cannot be asked is left out later."""
    run("play", "kiosk", "--seed", "4", "--plain", typed="4\n" + ANY)
    assert analyse(run)[0] == 0
    asked, told = questions()
    assert len(asked) > 1
    versions._game.cache_clear()
    edit(shop)
    for copy in (home_of() / "played").iterdir():
        copy.unlink()
    assert asked[0].state.legal_actions()
    assert (told, asked.gone) == ([], 0)
    assert list(asked)[1:] == []
    assert asked.gone > 0
    assert len(asked) == 1
