"""`firstvisit show`: what a computer player does with a buyer, to be read."""

import json
import re
from pathlib import Path

import pytest

from engine.doctrines import BY_SCHOOL, DOCTRINES
from engine.rules import prepare
from engine.scenario import Scenario
from engine.simulate import simulate
from tests.game.conftest import Run


def test_an_author_reads_what_a_player_did_and_how_it_ended(run: Run, kiosk_path: Path) -> None:
    code, out, err = run("show", str(kiosk_path), "--player", "talker", "--seed", "5")
    assert (code, err) == (0, "")
    briefing, talk = out.split("Played by talker: tell them everything")
    assert "It rains. Somebody looks" in briefing
    assert "[day 1, Mon 09:00]" in talk
    assert "You: This one opens with one hand." in talk
    assert "HOW IT ENDED" in talk


def test_the_same_player_and_seed_do_the_same_and_another_seed_is_another_buyer(run: Run, kiosk_path: Path) -> None:
    first, again, other = (
        run("show", str(kiosk_path), "--player", "random", "--seed", seed)[1] for seed in ("5", "5", "6")
    )
    assert first == again != other


def test_a_buyer_who_varies_has_a_name_wherever_it_stands(run: Run, kiosk_path: Path) -> None:
    people = "buyer: {name: '{name}', varies: [{name: Ada}, {name: Ben}], "
    text = (
        kiosk_path.read_text()
        .replace("buyer: {name: Sam, ", people)
        .replace("It rains. Somebody", "{name} is there. One")
    )
    kiosk_path.write_text(text)
    shown = [run("show", str(kiosk_path), "--seed", str(seed))[1] for seed in range(6)]
    assert {name for out in shown for name in ("Ada", "Ben") if f"{name} is there." in out} == {"Ada", "Ben"}
    assert all("{" not in out for out in (*shown, run("show", str(kiosk_path), "--player", "expert")[1]))


def test_who_names_no_player_sees_the_school_that_the_scenario_is_for(run: Run, kiosk_path: Path) -> None:
    assert "Played by plan-a" in run("show", str(kiosk_path))[1]


@pytest.mark.parametrize("player", [*BY_SCHOOL.values(), "random", "expert"])
def test_what_is_shown_is_the_run_that_is_simulated(run: Run, kiosk: Scenario, kiosk_path: Path, player: str) -> None:
    shown = json.loads(run("show", str(kiosk_path), "--player", player, "--seed", "3", "--json")[1])
    rules = prepare(kiosk)
    tally = simulate(rules, DOCTRINES[player], [3])
    assert (shown["player"], shown["value"], shown["conduct"]) == (player, tally.value.total, tally.conduct.total)
    (path,) = {each.moves for each in tally.shortest if each}
    assert [rules.names[move] for move in path] == shown["moves"]


def test_the_listed_players_are_all_there_are_and_each_says_what_it_does(run: Run) -> None:
    code, out, _ = run("show", "--list-players")
    assert code == 0
    assert all(re.search(rf"^{name} +[A-Z]", out, re.M) for name in DOCTRINES)
    assert {each["player"] for each in json.loads(run("show", "--list-players", "--json")[1])} == set(DOCTRINES)


def test_a_slip_in_a_players_name_brings_the_nearest(run: Run, kiosk_path: Path) -> None:
    code, _, err = run("show", str(kiosk_path), "--player", "exprt")
    assert code == 2
    assert "Did you mean expert?" in err


def test_without_a_scenario_it_says_what_is_missing(run: Run) -> None:
    code, out, err = run("show")
    assert (code, out) == (2, "")
    assert "Name a scenario" in err


def test_a_file_with_a_mistake_is_not_played_and_the_mistake_is_shown(run: Run, kiosk_path: Path) -> None:
    kiosk_path.write_text(kiosk_path.read_text().replace("kind: present", "kind: presnt"))
    code, out, err = run("show", str(kiosk_path))
    assert (code, out) == (1, "")
    assert "did you mean `present`?" in err
    assert "cannot be played until this is mended" in err
