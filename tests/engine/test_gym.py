"""A scenario as others train on it: what Gymnasium expects, and that an agent sees what a player sees."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, get_args

import gymnasium
import numpy as np
import pytest
from gymnasium.error import ResetNeeded
from gymnasium.utils.env_checker import check_env
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.gym import COUNTED, ID, MOST_MOVES, FirstVisitEnv, Layout
from engine.play import State
from engine.scenario import ScenarioErrors
from engine.view import Cues
from tests.engine.sales import BUNDLED, FOLDER, SHOP, bundled, play, written
from tests.engine.test_hidden import with_hidden_of

CUES: tuple[Cues, ...] = get_args(Cues)
README = Path(__file__).parents[2] / "engine" / "README.md"

ROOM = """\
buyer: {name: "Priya [b]{0}[/b]", real: 100%, ready: 0m, patience: 30m, decides: {partner: 100%}}
needs:
  space: {says: "Two [i]child seats[/i].", weight: 40}
objections:
  price: {says: It is dear., chance: 100%}
lines:
  what-for: {kind: open-question, say: What is it for?, reveals: [space, decider]}
  show: {kind: present, say: The seats fit., meets: space}
  have-it: {kind: ask-for-decision, say: Shall we?, repeat: yes}
  some-day: {kind: vague-follow-up, say: I'll be in touch.}
"""


@cache
def env(name: str, cues: Cues = "novice") -> FirstVisitEnv:
    """The environment of a bundled scenario."""
    return FirstVisitEnv(bundled(name), cues)


def room(cues: Cues = "novice", **arguments: Any) -> FirstVisitEnv:
    """The environment of a small scenario, in which one question finds everything out."""
    return FirstVisitEnv(written(ROOM), cues, **arguments)


def move(of: FirstVisitEnv, name: str) -> np.int64:
    return np.int64(of.game.move_named(name))


def named(of: FirstVisitEnv, observation: dict[str, Any]) -> dict[str, float]:
    """An observation's numbers by the names of their places."""
    return dict(zip(of.places, map(float, observation["observation"]), strict=True))


def episode(of: FirstVisitEnv, seed: int) -> list[tuple[list[float], int, float]]:
    """What an agent that moves at random within the mask sees, does and earns."""
    observation, info = of.reset(seed=seed)
    of.action_space.seed(seed)
    steps: list[tuple[list[float], int, float]] = []
    over = False
    while not over and len(steps) < MOST_MOVES:
        action = of.action_space.sample(info["action_mask"])
        observation, reward, over, _, info = of.step(action)
        steps.append((observation["observation"].tolist(), int(action), reward))
    return steps


@pytest.mark.parametrize("name", BUNDLED)
def test_gymnasium_finds_nothing_to_complain_of(name: str) -> None:
    made = gymnasium.make(f"engine.gym:{ID}", scenario=FOLDER / f"{name}.yaml")
    check_env(made.unwrapped)


@pytest.mark.parametrize("cues", CUES)
def test_gymnasium_accepts_every_level_of_cues(cues: Cues) -> None:
    check_env(gymnasium.make(ID, scenario=FOLDER / "pricing-form.yaml", cues=cues, render_mode="ansi").unwrapped)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_random_agent_plays_to_an_end_and_its_rewards_are_the_value_of_the_run(name: str) -> None:
    played = env(name)
    for seed in range(5):
        steps = episode(played, seed)
        assert played.state.is_terminal()
        assert not played.action_masks().any()
        earned = sum(reward for _, _, reward in steps) * played.scale
        assert round(earned) == played.state.returns()


def test_the_same_seed_of_numpy_is_the_same_episode() -> None:
    played = env("saturday-showroom")
    assert episode(played, 3) == episode(played, 3) == episode(FirstVisitEnv(played.game), 3)
    assert episode(played, 3) != episode(played, 4)


def test_episodes_after_the_first_are_new_runs_and_come_again_with_the_seed() -> None:
    played = env("saturday-showroom")

    def seeds() -> list[int]:
        played.reset(seed=11)
        found = [played.state.seed]
        for _ in range(3):
            played.reset()
            found.append(played.state.seed)
        return found

    assert seeds() == seeds()
    assert len(set(seeds())) == 4


def test_a_seed_in_the_options_is_the_seed_of_the_run() -> None:
    played = env("long-audition")
    played.reset(seed=1, options={"seed": 5})
    assert played.state.seed == 5
    assert played.state.core == bundled("long-audition").new_initial_state(5).core


@settings(max_examples=60)
@given(
    name=st.sampled_from(BUNDLED),
    cues=st.sampled_from(CUES),
    seed=st.integers(0, 2**32),
    picks=st.lists(st.integers(0, 99), max_size=25),
)
def test_the_mask_is_what_is_legal_and_every_number_is_within_its_bounds(
    name: str, cues: Cues, seed: int, picks: list[int]
) -> None:
    played = env(name, cues)
    observation, info = played.reset(options={"seed": seed})
    for pick in picks:
        legal = played.state.legal_actions()
        for mask in (observation["action_mask"], info["action_mask"], played.action_masks()):
            assert np.flatnonzero(mask).tolist() == sorted(legal)
        assert observation in played.observation_space
        if not legal:
            break
        observation, _, over, _, info = played.step(np.int64(legal[pick % len(legal)]))
        assert over == played.state.is_terminal()
    assert observation in played.observation_space


@given(
    name=st.sampled_from(BUNDLED),
    cues=st.sampled_from(CUES),
    seeds=st.tuples(st.integers(0, 2**32), st.integers(0, 2**32)),
    picks=st.lists(st.integers(0, 99), max_size=14),
)
def test_an_agent_cannot_tell_buyers_of_equal_visible_history_apart(
    name: str, cues: Cues, seeds: tuple[int, int], picks: list[int]
) -> None:
    state = bundled(name).new_initial_state(seeds[0])
    for pick in picks:
        legal = state.legal_actions()
        if not legal:
            break
        state = state.apply_action(legal[pick % len(legal)])
    other = with_hidden_of(state, bundled(name).new_initial_state(seeds[1]))
    one, two = env(name, cues).observe(state), env(name, cues).observe(other)
    assert {key: value.tolist() for key, value in one.items()} == {key: value.tolist() for key, value in two.items()}


def test_nothing_is_told_of_a_run_but_its_mask_its_value_and_the_moves_that_failed() -> None:
    _, info = room().reset(options={"seed": 3})
    assert set(info) == {"action_mask", "value", "illegal"}


def test_what_the_buyer_tells_is_seen_once_it_is_told() -> None:
    played = room()
    before, _ = played.reset(options={"seed": 1})
    after, *_ = played.step(move(played, "what-for"))
    places = ("knows.need.space", "knows.decider.decider", "decides.partner", "decides.alone", "met.space")
    assert [named(played, before)[f"{place}@buyer"] for place in places] == [0, 0, 0, 0, 0]
    assert [named(played, after)[f"{place}@buyer"] for place in places] == [1, 1, 1, 0, 0]
    shown, *_ = played.step(move(played, "show"))
    assert named(played, shown)["met.space@buyer"] == 1


def test_an_observation_says_what_the_players_view_says() -> None:
    played = room()
    played.reset(options={"seed": 1})
    observation, *_ = played.step(move(played, "have-it"))
    (one,) = played.state.player_view().prospects
    found = named(played, observation)
    assert one.meters is not None
    assert found["place.conversation"] == found["talking@buyer"] == found["price@buyer"] == 1
    assert found[f"outcome.{one.outcome}@buyer"] == found[f"mood.{one.mood}@buyer"] == 1
    assert found["asks@buyer"] == pytest.approx(1 / COUNTED)
    assert found["trust@buyer"] == pytest.approx(one.meters.trust / 100)


def test_an_observation_says_how_much_time_has_passed() -> None:
    played = room()
    played.reset(options={"seed": 1})
    for name in ("some-day", "wait.3h"):
        observation, *_ = played.step(move(played, name))
    found, view = named(played, observation), played.state.player_view()
    (one,) = view.prospects
    assert one.last_contact is not None
    assert found["place.between"] == found["promise.vague@buyer"] == found["contacted@buyer"] == 1
    assert found["place.conversation"] == found["talking@buyer"] == found["promise.in.day@buyer"] == 0
    assert found["silence.hour@buyer"] == 1
    assert found["silence.day@buyer"] == pytest.approx((view.minute - one.last_contact) / 1440)
    assert found["time.run"] == pytest.approx((view.minute - view.start) / (view.deadline - view.start))


@pytest.mark.parametrize("name", BUNDLED)
def test_every_place_has_a_name_of_its_own_and_fewer_cues_have_fewer_places(name: str) -> None:
    novice, regular, expert = (env(name, cues).places for cues in CUES)
    assert len(set(novice)) == len(novice)
    assert set(expert) < set(regular) < set(novice)
    assert not any(place.startswith("trust@") for place in regular)
    assert not any(place.startswith("mood.") for place in expert)


def test_an_illegal_move_changes_nothing_and_costs_the_penalty() -> None:
    played = room(penalty=0.25)
    begun, _ = played.reset(options={"seed": 1})
    for number, wrong in enumerate((move(played, "wait.1h"), np.int64(-1), np.int64(10_000)), start=1):
        observation, reward, terminated, truncated, info = played.step(wrong)
        assert (reward, terminated, truncated, info["illegal"], info["value"]) == (-0.25, False, False, number, 0)
        assert observation["observation"].tolist() == begun["observation"].tolist()
    assert played.state.history == ()


def test_too_many_illegal_moves_truncate_the_episode_and_a_reset_forgives_them() -> None:
    played = room(most_illegal=3)
    played.reset(options={"seed": 1})
    wrong = move(played, "wait.1h")
    assert [played.step(wrong)[3] for _ in range(3)] == [False, False, True]
    _, info = played.reset()
    assert info["illegal"] == 0
    assert played.step(wrong)[3] is False


def test_an_environment_made_by_its_id_ends_for_an_agent_that_goes_in_circles() -> None:
    made = gymnasium.make(ID, scenario=bundled("long-audition"), most_illegal=10**9)
    made.reset(seed=1)
    ends = [made.step(-1)[3] for _ in range(MOST_MOVES)]
    assert ends.count(True) == 1
    assert ends[-1]


def test_no_step_is_taken_before_the_first_reset_or_after_the_end() -> None:
    played = room()
    with pytest.raises(ResetNeeded, match="reset"):
        played.step(np.int64(0))
    played.reset(seed=1)
    for name in ("some-day", "finish"):
        *_, terminated, _, _ = played.step(move(played, name))
    assert terminated
    with pytest.raises(ResetNeeded, match="over"):
        played.step(np.int64(0))


def test_what_cannot_be_used_is_named() -> None:
    with pytest.raises(ValueError, match="not 'master'"):
        room(cues="master")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not 'human'"):
        room(render_mode="human")
    with pytest.raises(ValueError, match="not -1"):
        room(penalty=-1)
    with pytest.raises(ValueError, match="not nan"):
        room(penalty=float("nan"))
    with pytest.raises(ValueError, match="at least 1"):
        room(most_illegal=0)
    with pytest.raises(ValueError, match="not 'buyer'"):
        room().reset(options={"seed": 1, "buyer": "priya"})
    with pytest.raises(ValueError, match="a seed is a whole number"):
        room().reset(options={"seed": -1})


def test_a_file_that_is_no_scenario_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\n")
    with pytest.raises(ScenarioErrors):
        FirstVisitEnv(broken)
    with pytest.raises(FileNotFoundError):
        FirstVisitEnv(str(tmp_path / "nowhere.yaml"))


def test_rendering_prints_the_view_of_a_player_word_by_word() -> None:
    played = room(render_mode="ansi")
    played.reset(options={"seed": 1})
    played.step(move(played, "what-for"))
    text = played.render()
    assert text is not None
    assert text.startswith("day 1, Mon 10:0")
    assert "Priya [b]{0}[/b]: " in text
    assert "told: Two [i]child seats[/i]." in text
    assert f"{played.game.move_named('have-it'):>4}  have-it: Shall we?" in text
    assert "trust" in text


def test_rendering_keeps_to_the_cues_and_is_nothing_without_a_mode() -> None:
    played = room("expert", render_mode="ansi")
    played.reset(options={"seed": 1})
    text = played.render()
    assert text is not None
    assert "trust" not in text
    silent = room()
    silent.reset(seed=1)
    assert silent.render() is None


def test_the_state_behind_an_episode_is_the_engines_own() -> None:
    played = env("saturday-showroom")
    steps = episode(played, 2)
    state: State = bundled("saturday-showroom").new_initial_state(played.state.seed)
    for _, action, _ in steps:
        state = state.apply_action(action)
    assert state.core == played.state.core


def test_the_example_on_the_engines_page_runs() -> None:
    section = README.read_text(encoding="utf-8").partition("## Training an agent\n")[2].partition("\n## ")[0]
    (example,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        cwd=README.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_each_of_several_who_decide_has_a_place_of_their_own() -> None:
    text = SHOP.replace("{name: Sam, ", "{name: Sam, decides: {it+finance: 100%}, ")
    text = text.replace("lines:\n", "lines:\n  whose: {kind: closed-question, say: Who else?, reveals: decider}\n")
    game = written(text)
    layout = Layout(game.scenario, "expert")
    told = play(game.new_initial_state(1), "whose")
    seen = dict(zip(layout.places, layout.numbers(told.player_view("expert")), strict=True))
    assert (seen["decides.it@buyer"], seen["decides.finance@buyer"], seen["decides.alone@buyer"]) == (1, 1, 0)
