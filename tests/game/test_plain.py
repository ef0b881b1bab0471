"""The whole game as lines of text."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from random import Random
from threading import Event
from types import SimpleNamespace

import pytest

from engine.coach.judgement import judgement
from engine.coach.verdict import Analysis, Choice, Verdict
from engine.debrief import debrief as found_in
from engine.moments import Moment
from engine.reasons import Answer, Reason
from engine.record import read_record
from engine.scenario import Scenario, read_scenario
from engine.view import Cues
from game.coach.judging import Judging
from game.home import profile, run_files
from game.plain import Plain, offer
from game.report.lesson import felt
from game.runs.lines import debrief, faded, status
from game.runs.session import Session
from game.text.wrapping import cells, wrapped
from tests.engine.sales import bundled, written
from tests.engine.sales import play as play_moves
from tests.game.conftest import KIOSK

Play = Callable[..., str]


@pytest.fixture
def play(home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Play the kiosk with these lines typed, and return what was printed."""
    monkeypatch.setenv("COLUMNS", "72")

    def with_lines(*typed: str, cues: Cues = "novice", scenario: Scenario = kiosk, live: bool = False) -> str:
        session = Session.start(scenario, None, 1, cues, live, profile.runs_dir())
        out = io.StringIO()
        assert Plain(session, io.StringIO("".join(f"{line}\n" for line in typed)), out).run() == 0
        return out.getvalue()

    return with_lines


def number_of(printed: str, option: str) -> str:
    """The number last printed before an option."""
    lines = [line for line in printed.splitlines() if option in line and line.strip()[0].isdigit()]
    return lines[-1].split(".")[0].strip()


def through(play: Play, *options: str, **how: object) -> str:
    """Choose options by their words, one after the other; their numbers change from turn to turn."""
    typed: list[str] = []
    for option in options:
        typed.append(number_of(play(*typed, **how), option))
    return play(*typed, **how)


SALE = ("Where are you off to", "opens with one hand", "Shall I ring it up")


def test_a_sale_is_played_to_its_debrief(play: Play) -> None:
    printed = through(play, *SALE)
    for part in ("HOW IT ENDED", "HEADLINES", "RESULT", "CONDUCT", "INTEREST, MOVE BY MOVE", "THE MOMENTS"):
        assert part in printed
    assert "You: Where are you off to?" in printed
    assert "I have to get to the station dry." in printed
    assert "follow-up dependence" in printed


def test_the_end_of_a_run_says_how_its_moves_are_judged(play: Play) -> None:
    printed = through(play, *SALE)
    newest = next(run_files.runs())
    assert printed.endswith(f"To have every move judged by the coach:\nfirstvisit analyse {newest.path.name}\n")
    assert "firstvisit analyse" not in play("1"), "it is not over"


def test_the_changes_of_all_moves_add_up_from_the_first_one_on(play: Play) -> None:
    course = through(play, *SALE).split("INTEREST, MOVE BY MOVE")[1]
    told = re.findall(r"^ *\d+\. .*interest (\d+) \(([+−±]?\d+)\)", course, re.MULTILINE)
    assert len(told) == len(SALE)
    levels, moved = [int(level) for level, _ in told], [int(by.replace("−", "-")) for _, by in told]
    assert levels == list(accumulate(moved, initial=levels[0] - moved[0]))[1:]
    assert moved[0] > 0, "a question about the trip was welcome"


def test_there_is_one_sign_for_less_than_nothing(play: Play) -> None:
    left = through(play, "Come back any time")
    rest = re.findall(r"^ *(\d+)\. ", left, re.MULTILINE)[-1]
    printed = play("4", "1", rest, rest, rest, rest)
    assert "HOW IT ENDED" in printed
    assert len(re.findall(r"−\d", printed)) > 3
    assert re.findall(r"(?<![\w-])-\d.*", printed) == []


CALLED = """
traits:
  xx-window: {says: Mine stands in the window., chance: 100%}
objections:
  xx-dear: {says: That is a lot., chance: 100%, really: {xx-boss: {chance: 100%, says: My boss laughs at me.}}}
stages:
  - {id: xx-opening}
"""


@pytest.mark.parametrize("seed", range(3))
def test_no_id_of_an_author_reaches_a_player(play: Play, seed: int) -> None:
    text = (KIOSK + CALLED).replace("dry", "xx-dry").replace("station xx-dry", "station")
    for name in ("where-to", "this-one", "have-it", "some-day"):
        text = text.replace(name, f"xx-{name}")
    scenario = read_scenario(text.encode(), "shop.yaml")
    picks = Random(seed)
    printed = play(*(str(picks.randint(1, 4)) for _ in range(60)), "?", scenario=scenario)
    assert printed.count("> ") > 10
    assert [line for line in printed.splitlines() if "xx-" in line] == []


def test_lines_keep_to_the_width_asked_for(play: Play) -> None:
    assert max(map(len, through(play, *SALE).splitlines())) <= 72


def test_an_author_s_lines_in_a_briefing_stay_lines(play: Play) -> None:
    assert "It rains. Somebody looks\nat the umbrellas.\n" in play()


def test_the_seller_is_told_where_an_order_loses_money_and_what_time_costs(play: Play) -> None:
    printed = " ".join(play().split())
    assert "You offer: Umbrella, 20 EUR; below 8 EUR the order loses money. An hour of your time costs" in printed
    several = play(scenario=bundled("friday-pipeline").scenario)
    assert several.count("loses money") == 4
    assert several.count("An hour of your time costs 90 EUR.") == 1


def test_options_stand_under_what_they_are_for_and_are_numbered_through(play: Play) -> None:
    lines = play().splitlines()
    at = lines.index("Ask:")
    assert [line.split(". ")[0] for line in lines[at : at + 8]] == [
        "Ask:",
        " 1",
        "Show:",
        " 2",
        "Decide:",
        " 3",
        "Leave:",
        " 4",
    ]


@pytest.mark.parametrize("columns", [20, 33, 72])
def test_wide_characters_count_twice_and_may_end_a_line(columns: int) -> None:
    text = "彼は門の前で立ち止まり、「犬が逃げるんです」と言った。 The price is 640 円, and 価格は変わりません。"
    printed = list(wrapped(text, columns, first=" 1. "))
    assert all(cells(line) <= columns for line in printed)
    assert "".join("".join(printed).split()) == "".join(f"1.{text}".split())
    assert all(cells(line) >= columns - 14 for line in printed[:-1])
    assert not any(line.strip()[0] in "、。」" for line in printed)


def test_the_end_of_the_input_keeps_the_run(play: Play) -> None:
    printed = play(number_of(play(), SALE[0]))
    assert "The run is not finished. It is kept with 1 move" in printed
    newest = next(run_files.runs())
    assert (newest.moves, newest.finished) == (1, False)


@pytest.mark.parametrize("typed", [b"1\n2\n", b"1", "1\n".encode("utf-16")[:3]])
def test_an_input_that_is_no_text_ends_like_any_other(home: Path, kiosk: Scenario, typed: bytes) -> None:
    session = Session.start(kiosk, None, 1, "novice", False, profile.runs_dir())
    out = io.StringIO()
    assert Plain(session, io.TextIOWrapper(io.BytesIO(typed), encoding="utf-16", errors="replace"), out).run() == 0
    assert "It is kept with 0 moves" in " ".join(out.getvalue().split())


def test_q_leaves_and_what_follows_is_not_read(play: Play) -> None:
    printed = play("q", "1", "1")
    assert "The run is not finished" in printed
    assert next(run_files.runs()).moves == 0


def interrupted(*_: object) -> str:
    """Somebody presses Ctrl+C."""
    raise KeyboardInterrupt


def test_ctrl_c_says_that_the_run_is_kept_on_a_line_of_its_own(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, out, source = (
        Session.start(kiosk, None, 1, "novice", False, profile.runs_dir()),
        io.StringIO(),
        io.StringIO(),
    )
    monkeypatch.setattr(source, "readline", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Plain(session, source, out).run()
    *_, prompt, first, _ = out.getvalue().splitlines()
    assert prompt == "> "
    assert first.startswith("The run is not finished. It is kept with 0 moves")


def test_who_stops_waiting_for_the_result_is_told_where_it_will_be(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, out = Session.start(kiosk, None, 1, "novice", False, profile.runs_dir()), io.StringIO()
    for name in ("where-to", "some-day", "finish"):
        session.choose(session.game.move_named(name))
    monkeypatch.setattr("game.runs.settling.settled", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Plain(session, io.StringIO(), out).run()
    assert "The run is over and kept. To see how it went: firstvisit play kiosk" in " ".join(out.getvalue().split())


@pytest.mark.parametrize("typed", ["0", "99", "-1", "1.0", "one", "١", "1" * 5000, "\x1b[2J", "[bold]", "{0}", "%s"])
def test_anything_else_says_what_is_possible_and_asks_again(play: Play, typed: str) -> None:
    printed = " ".join(play(typed).split())
    assert "Type a number from 1 to 4, o, ? or q." in printed
    assert "\x1b" not in printed
    assert next(run_files.runs()).moves == 0


def test_an_empty_line_is_no_answer_and_no_mistake(play: Play) -> None:
    assert "no option" not in play("", "   ")


def test_help_tells_the_keys_and_what_is_known(play: Play) -> None:
    assert "nothing known yet" in play("?")
    first = number_of(play(), SALE[0])
    assert "- I have to get to the station dry." in play(first, "?")


def test_the_options_can_be_shown_again(play: Play) -> None:
    assert play("o").count("Where are you off to?") == 2


def test_meters_show_to_novices_only_and_manner_not_to_experts(play: Play) -> None:
    def shown(cues: Cues) -> tuple[bool, bool]:
        printed = play(number_of(play(cues=cues), SALE[0]), cues=cues)
        return "excitement" in printed, "seems " in printed or "Sam (" in printed

    assert shown("novice") == (True, True)
    assert shown("regular") == (False, True)
    assert shown("expert") == (False, False)


@pytest.mark.parametrize("takes", ["20m", "4h"])
def test_a_message_that_was_only_just_sent_is_not_called_old(takes: str) -> None:
    mail = f"  mail: {{kind: touch, say: Write., takes: {takes}}}\n"
    lines = mail + "  later: {kind: vague-follow-up, say: Some time.}\n"
    game = written("buyer: {name: Ada, real: 100%, returns: 0%}\nlines:\n" + lines)
    parted = play_moves(game.new_initial_state(1), "later")
    (_, told) = status(parted.apply_outcome(game.move_named("mail"), "nothing").player_view("regular"), 200)
    assert "you have just been in touch" in told
    assert "silence" not in told


def test_waiting_shows_what_faded_once(play: Play) -> None:
    some_day = number_of(play(), "Come back any time")
    between = play(some_day)
    wait = number_of(between, "Let 3 h pass")
    printed = play(some_day, wait)
    assert "later Sam's interest is" in printed
    assert ": time passed" not in printed


def test_words_that_look_like_markup_are_shown_as_they_stand(play: Play, kiosk_path: Path) -> None:
    odd = "Price [20%] off [/b] [@click=app.quit]x[/]"
    text = kiosk_path.read_text().replace("Where are you off to?", f"'{odd}'").replace("The kiosk", f"'{odd}'")
    text = text.replace("I have to get to the station dry.", f"'{odd}'").replace("name: Sam", f"name: '{odd}'")
    scenario = read_scenario(text.encode(), "odd.yaml")
    printed = " ".join(play(number_of(play(scenario=scenario), "Price"), scenario=scenario).split())
    assert printed.startswith(odd)
    assert f"You: {odd}" in printed
    assert f"): {odd}" in printed


def test_the_live_clock_charges_thinking(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(0, 1_000, 40))
    monkeypatch.setattr("game.plain.time", SimpleNamespace(monotonic=lambda: next(seconds)))
    assert "The live clock is on" in play("1", live=True)
    record = read_record(next(run_files.runs()).path.read_bytes())
    assert record.moves[0].think == 40


def test_a_disk_that_fails_is_told_and_the_game_goes_on(home: Path, kiosk: Scenario) -> None:
    session = Session.start(kiosk, None, 1, "novice", False, profile.runs_dir())
    assert session.record_path is not None
    session.record_path.unlink()
    out = io.StringIO()
    Plain(session, io.StringIO("1\n1\n"), out).run()
    assert out.getvalue().count("no longer kept") == 1
    assert "This run could not be kept." in out.getvalue()
    assert len(session.state.history) == 2


def test_an_unfinished_run_is_offered() -> None:
    def answer(typed: str) -> bool | None:
        return offer("There is an unfinished run.", "Go on with it", io.StringIO(typed), io.StringIO())

    assert answer("1\n") is True
    assert answer("2\n") is False
    assert answer("") is None
    assert answer("q\n") is None
    assert answer("7\nx\n1\n") is True


def test_the_rest_of_the_time_passes_when_its_number_is_typed_twice(play: Play) -> None:
    some_day = number_of(play(), "Come back any time")
    finish = number_of(play(some_day), "Let the rest of the time pass")
    asked = " ".join(play(some_day, finish).split())
    assert f"This lets 2 days pass. Type {finish} again to do so." in asked or "This lets 1 day" in asked
    assert "HOW IT ENDED" not in asked
    assert "HOW IT ENDED" not in play(some_day, finish, "?", finish)
    assert "HOW IT ENDED" in play(some_day, finish, finish)


def test_an_expert_is_told_nothing_where_there_is_nothing_to_see(play: Play) -> None:
    assert "nothing to see" not in play(number_of(play(cues="expert"), SALE[0]), cues="expert")


def test_time_left_is_rounded_up(play: Play, kiosk_path: Path) -> None:
    text = kiosk_path.read_text(encoding="utf-8").replace("deadline: 2d", "deadline: 14d")
    scenario = read_scenario(text.encode(), "kiosk.yaml")
    printed = play(number_of(play(scenario=scenario), SALE[0]), scenario=scenario)
    assert printed.count("14 days left") == 2


def taken_up(scenario: Scenario) -> str:
    """What is printed when the run is taken up again, and left at once."""
    out = io.StringIO()
    Plain(Session.resume(next(run_files.runs()).path, scenario), io.StringIO(""), out).run()
    return out.getvalue()


def test_a_tip_for_this_moment_is_told_again_when_a_run_is_taken_up(play: Play, kiosk_path: Path) -> None:
    text = kiosk_path.read_text(encoding="utf-8") + "tips:\n  - {when: {knows: dry}, says: That was a need.}\n"
    scenario = read_scenario(text.encode(), "kiosk.yaml")
    assert "That was a need." in play(number_of(play(scenario=scenario), SALE[0]), scenario=scenario)
    assert "Tip: That was a need." in taken_up(scenario)


def test_tips_are_not_repeated_when_a_run_is_taken_up(play: Play, kiosk_path: Path) -> None:
    text = kiosk_path.read_text(encoding="utf-8") + "tips:\n  - {when: {stage: talk}, says: Needs come first.}\n"
    scenario = read_scenario(text.encode(), "kiosk.yaml")
    assert "Needs come first." in play(number_of(play(scenario=scenario), SALE[0]), scenario=scenario)
    assert "Needs come first." not in taken_up(scenario)


def test_no_line_says_that_nothing_has_changed(play: Play) -> None:
    scenario = bundled("friday-pipeline").scenario
    sent = number_of(play(scenario=scenario), "Text Bram")
    printed = play(sent, scenario=scenario)
    assert "Bram: trust −2" in printed
    told = re.findall(r"later \w+'s interest is (\d+), and\s+was\s+(\d+)\s+\((.*?)\)", printed, re.DOTALL)
    for now, was, levels in told:
        pairs = re.findall(r"(\d+)\s+to\s+(\d+)", levels)
        assert now != was or any(before != after for before, after in pairs), "what stayed as it was is not told"


def test_of_several_buyers_each_is_told_of_where_something_happened_to_them(home: Path) -> None:
    start = bundled("friday-pipeline").new_initial_state(3)
    end = play_moves(start, "write-katja@katja", "write-katja@katja", "finish")
    printed = "\n".join(debrief(found_in(end), {"ines": "Inês", "katja": "Katja"}, "EUR", 80))
    ines = printed.split("INTEREST OF INÊS")[1].split("INTEREST OF")[0]
    moves = [line for line in ines.splitlines() if re.match(r" *\d+\. ", line)]
    assert len(moves) < 3, "two messages went to somebody else"


@pytest.mark.parametrize(
    ("bars", "reasons", "told"),
    [
        (("not-ready",), (), "Until they can, ask for the next step"),
        ((), (Reason("interest", 4), Reason("objections", -24), Reason("signal", -4)), "Ask what lies behind it"),
        ((), (Reason("needs", -9),), "Too little of what they needed"),
    ],
)
def test_a_no_that_cost_most_is_told_by_what_stood_in_its_way(
    bars: tuple[str, ...], reasons: tuple[Reason, ...], told: str
) -> None:
    state = play_moves(bundled("roof-before-the-rain").new_initial_state(32), "price-and-ask")
    moment = Moment(0, 0, "marit", -40, "Shall I?", (), "")
    answer = Answer(0, 0, "ask-for-decision", False, 3, reasons, bars, came="stall")
    assert told in felt(replace(found_in(state), moments=(moment,), answers=(answer,)))


class Terminal(io.StringIO):
    """Somebody types."""

    def isatty(self) -> bool:
        """Whoever looks may be told something twice."""
        return True


def test_who_waits_at_a_terminal_is_told_par_so_far_until_it_is_known(
    home: Path, kiosk: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.par.LOOKS", (2, 4))
    monkeypatch.setattr("engine.par.CLOSE", 10**9)  # never well enough
    for source in (Terminal(), io.StringIO()):
        session, out = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir()), io.StringIO()
        for each in home.glob("par/*/*"):
            each.unlink()
        for name in ("where-to", "some-day", "finish"):
            session.choose(session.game.move_named(name))
        Plain(session, source, out)._debrief(Judging(session, Event()))
        told = out.getvalue()
        assert ("par so far" in told) is ("Par is known well enough now:" in told) is source.isatty()
        assert ("You need not wait: Ctrl+C leaves" in told) is source.isatty()
        assert told.count("RESULT\n") == 1
        assert session.par.whole().runs == 4
        assert next(run_files.runs()).finished


@pytest.mark.parametrize("judged", [True, False])
def test_the_debrief_goes_by_the_coach_where_he_has_judged_the_run_by_then(
    home: Path, kiosk: Scenario, judged: bool
) -> None:
    """What cost most by the meters may be what the coach would have done."""
    session, out = Session.start(kiosk, None, 5, "novice", False, profile.runs_dir()), io.StringIO()
    for name in ("where-to", "some-day", "finish"):
        session.choose(session.game.move_named(name))
    lost, best = {"where-to": 40}, {"where-to": "this-one"}
    verdicts = []
    for number, name in enumerate(("where-to", "some-day", "finish")):
        points, better = lost.get(name, 0), best.get(name, name)
        word, line = judgement(points, 1), (better,) * bool(points)
        choices = (Choice(better, 100, 0, 0),)
        verdicts.append(Verdict(number, name, 100 - points, 0, better, points, 1, points, 100, word, 0, choices, line))
    judging = Judging(session, Event())
    if judged:
        judging.found = Analysis("", 1, "", 48, 0, None, None, 40, 1, 0, 70.0, 100, tuple(verdicts))
    Plain(session, io.StringIO(), out)._debrief(judging)
    told = " ".join(out.getvalue().split())
    assert ("Move 1 cost most, 40 points (+/- 2)" in told) is judged
    assert ("on the meters" in told) is not judged
    assert ("The coach: best." in told) is judged
    assert f"--move {1 if judged else 2}" in told


def test_where_only_trust_has_moved_time_is_not_told_to_have_done_anything() -> None:
    lines = "  hello: {kind: check-in, say: Just checking in.}\n  later: {kind: vague-follow-up, say: Some time.}\n"
    parted = play_moves(written("buyer: {name: Ada, real: 100%}\nlines:\n" + lines).new_initial_state(1), "later")
    before = parted.player_view()
    (one,) = before.prospects
    assert one.meters is not None
    after = replace(before, prospects=(replace(one, meters=replace(one.meters, trust=one.meters.trust - 2)),))
    assert not list(faded(before, after, 80))


def test_who_asked_to_be_left_alone_is_told_between_conversations() -> None:
    lines = "  hello: {kind: check-in, say: Just checking in.}\n  later: {kind: vague-follow-up, say: Some time.}\n"
    parted = play_moves(written("buyer: {name: Ada, real: 100%}\nlines:\n" + lines).new_initial_state(1), "later")
    view = parted.player_view()
    (one,) = view.prospects
    told = " ".join(status(replace(view, prospects=(replace(one, left_alone=True),)), 200))
    assert "has asked to be left alone" in told


def test_the_last_seconds_of_patience_are_no_figure_beside_minutes() -> None:
    text = "buyer: {name: Ada, patience: 20m}\nlines:\n  ask: {kind: open-question, say: What for?}\n"
    view = written(text).new_initial_state(1).player_view()
    assert view.place == "conversation"
    assert "patience for less than a minute of 20 min." in " ".join(status(replace(view, patience=45), 200))
