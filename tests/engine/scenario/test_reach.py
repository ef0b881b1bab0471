"""What reading takes to be impossible never happens in play, whoever plays."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import scenarios
from engine.play import Game
from engine.rules.kinds import KINDS
from engine.scenario import read_scenario
from engine.scenario.compiled import Line
from engine.scenario.drafts import drafts
from engine.scenario.format import File
from engine.scenario.format import Line as Written
from engine.scenario.reach import Reach, Thing, is_plain
from engine.scenario.renames import scenario_tree
from engine.scenario.timing import begins
from engine.scenario.validating import validated

FOLDER = Path(scenarios.__path__[0])
PATHS = [*sorted(FOLDER.glob("*.yaml")), *sorted((FOLDER / "templates").glob("*.yaml"))]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_whatever_comes_up_at_random_was_found_possible(path: Path) -> None:
    file = validated(scenario_tree(path.read_bytes(), path.name), File).file
    assert file is not None
    found = {draft.id: Reach(draft) for draft in drafts(file)}
    earliest = {id: begins(reach.draft, reach) for id, reach in found.items()}
    game, luck = Game(read_scenario(path.read_bytes(), path.name)), Random(path.stem)
    for seed in range(12):
        state, began = game.new_initial_state(seed), None
        while not state.is_terminal():
            view = state.player_view()
            talking = view.place != "between"
            began = None if not talking else view.minute if began is None else began
            people = {who.id: who for who in view.prospects}
            for option in view.options:
                name = option.name.partition("@")[0]
                if option.prospect is None or name not in found[option.prospect].draft.lines:
                    continue
                who, reach = people[option.prospect], found[option.prospect]
                stage = reach.draft.stage_order[who.stage] if talking else reach.between
                assert reach.reached[stage]
                assert stage in reach.offered[name]
                assert all(Thing("knows", fact.id) in reach.holds[stage] for fact in who.facts)
                if began is not None and who.conversations == 1:
                    assert view.minute - began >= earliest[who.id][stage]
            state = state.apply_action(luck.choice(state.legal_actions()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_that_only_its_stage_decides_on_needs_nothing_in_play_either(kind: str) -> None:
    """Reading may not ask the rules what a kind needs, and says so itself."""
    written = Written.model_construct(say=("Hello.",), kind=kind, about="quick" if kind == "implication" else None)
    line = Line("hello", kind, ("Hello.",), about=0 if kind == "implication" else None, brings=0)
    assert is_plain(written) == (not KINDS[kind].needs(line))
