"""The author's guide is true: its examples are valid, its tables complete, its output real."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import scenarios
from engine import doctrines
from engine import world as at
from engine.decay import LAWS, PRESETS
from engine.play import Game, State
from engine.rules import constants
from engine.rules.kinds import KINDS
from engine.scenario import check_scenario, read_scenario, vocabulary
from engine.scenario import format as written
from engine.scenario.conditions import Part, VisibleWhen, When, Whole
from engine.scenario.reading import read_tree
from engine.scenario.renames import RENAMES
from engine.units import POINT
from game.authoring.pages import titles
from game.shelf.diagnostics import render

GUIDE = (Path(scenarios.__path__[0]) / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.M | re.S)
WHOLE = EXAMPLES[0]
PARTS = [example for example in EXAMPLES[1:] if not example.startswith("#")]


def section(title: str) -> str:
    """The text under a heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", GUIDE, re.M | re.S)
    assert found is not None, title
    return found[1]


def rows(title: str) -> dict[str, list[str]]:
    """The tables under a heading: what stands in the first column in code, with the other columns."""
    found: dict[str, list[str]] = {}
    for line in section(title).splitlines():
        if line.startswith(("| `", "| FV")):
            first, *others = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            found.update(dict.fromkeys(re.findall(r"`([^`]+)`", first) or [first], others))
    return found


def played(text: str, *lines: str) -> State:
    """The state after these lines of a scenario."""
    game = Game(read_scenario(text.encode(), "kettle.yaml"))
    state = game.new_initial_state(1)
    for line in lines:
        state = state.apply_action(game.move_named(line))
    return state


def replies(state: State) -> list[str]:
    """What the buyer has said."""
    return [said.text for said in state.player_view().transcript if said.who == "buyer"]


def merged(part: str) -> str:
    """The first scenario of the guide with the sections of an example in it."""
    whole: dict[str, Any] = read_tree(WHOLE.encode(), "guide").root.data
    for name, value in read_tree(part.encode(), "part").root.data.items():
        old = whole.get(name)
        whole[name] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    return json.dumps(whole, ensure_ascii=False, indent=1)


def test_the_first_scenario_is_whole_and_about_twenty_lines() -> None:
    assert check_scenario(WHOLE.encode(), "kettle.yaml")[1] == ()
    assert len(WHOLE.splitlines()) <= 22


@pytest.mark.parametrize("seed", range(20))
def test_the_first_scenario_plays_to_an_end(seed: int) -> None:
    state = Game(read_scenario(WHOLE.encode(), "kettle.yaml")).new_initial_state(seed)
    moves = 0
    while not state.is_terminal():
        actions = state.legal_actions()
        state = state.apply_action(actions[(seed * 7 + moves * 13) % len(actions)])
        moves += 1
        assert moves < 500


@pytest.mark.parametrize("part", PARTS, ids=lambda part: str(part).partition(":")[0] + str(len(part)))
def test_every_example_is_valid_in_a_whole_scenario(part: str) -> None:
    _, problems = check_scenario(merged(part).encode(), "guide.yaml")
    assert [problem for problem in problems if problem.level == "error"] == []


def test_there_is_an_example_of_every_field_of_the_format() -> None:
    text = "\n".join(EXAMPLES)
    for model in MODELS:
        for name in fields(model):
            assert re.search(rf"(?<![a-z-]){name}:", text), f"no example of {name} in {model.__name__}"


MODELS = {
    written.File: "The top of the file",
    written.Offer: "Offer",
    written.Calendar: "Calendar",
    written.Buyer: "Buyer",
    written.Indecision: "Buyer",
    written.Fade: "Buyer",
    written.Rival: "Buyer",
    written.Need: "Needs and traits",
    written.Trait: "Needs and traits",
    written.Objection: "Objections",
    written.Reason: "Objections",
    written.Stage: "Stages",
    written.Line: "Lines",
    written.Reply: "Replies",
    written.Interrupt: "Replies",
    written.Texts: "Outcomes",
    written.Tip: "Tips",
    written.ProspectPart: "Several prospects",
    written.Expect: "What you expect",
    VisibleWhen: "Conditions",
    When: "Conditions",
}


def fields(model: Any) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_explained_in_its_section(model: Any) -> None:
    text = section(MODELS[model])
    assert [name for name in fields(model) if f"`{name}`" not in text] == []


def test_no_model_is_left_out_of_the_guide() -> None:
    made = {value for value in vars(written).values() if isinstance(value, type) and issubclass(value, Part)}
    assert made - set(MODELS) <= {Part, Whole, written.Consequences, written.Selling}


def test_conditions_and_outcomes_are_explained_in_the_vocabularys_words() -> None:
    told = rows("Conditions")
    for word, meaning in {**vocabulary.VISIBLE_CONDITIONS, **vocabulary.HIDDEN_CONDITIONS}.items():
        assert told[word] == [meaning]
    assert {word: cells[0] for word, cells in rows("Outcomes").items()} == dict(vocabulary.OUTCOMES)


def test_the_table_of_kinds_is_the_one_of_the_rules() -> None:
    told = rows("Kinds of lines")
    assert list(told) == list(vocabulary.KINDS)
    for kind, (meaning, minutes, *levels) in told.items():
        rule = KINDS[kind]
        assert meaning == vocabulary.KINDS[kind]
        assert [int(minutes), *(int(level or 0) for level in levels)] == [
            vocabulary.MINUTES[kind],
            rule.excitement,
            rule.conviction,
            rule.trust,
            rule.pressure,
        ]


def test_every_word_that_changed_since_format_1_is_listed() -> None:
    told = re.findall(r"^\| ([^|]+) \| `([\w-]+)` \| `([\w-]+)` \|$", section("Files in format one"), re.M)
    assert told == [
        (f"`{each.field}` of {each.where}" if each.field else each.where, each.old, each.new) for each in RENAMES
    ]


def test_every_code_is_listed() -> None:
    assert {code: cells[0] for code, cells in rows("When something is wrong").items()} == titles()


def test_every_word_of_the_format_stands_in_the_guide() -> None:
    words = [
        *(vocabulary.MANNERS + vocabulary.CHANNELS + vocabulary.ARRIVALS + vocabulary.REACH_PRESETS),
        *PRESETS,
        *LAWS,
        *vocabulary.SIZES,
        *(vocabulary.SALES + vocabulary.INDECISION + vocabulary.SCHOOLS + vocabulary.DOCTRINES),
        *vocabulary.REPEATABLE,
    ]
    assert [word for word in words if f"`{word}`" not in GUIDE] == []
    assert "none, vague, dated or timed" in GUIDE


def test_what_is_said_where_an_author_wrote_nothing_is_quoted_as_it_is() -> None:
    text = WHOLE.replace(
        "what-happened:\n", "mm: {say: Mm.}\n  ever: {say: Ever?, reveals: [odd, shy]}\n  what-happened:\n"
    )
    traits = "traits: {odd: {says: Odd., chance: 0%}, shy: {says: Shy., guarded: 100}}\n"
    spoken = replies(played(text + traits, "mm", "ever"))
    for built_in in ("A nod, and no more than that.", "Oh, this and that."):
        assert built_in in spoken
        assert built_in in " ".join(GUIDE.split())
    assert replies(played(text.replace("[odd, shy]", "odd") + traits, "ever")) == ["No, not really. Why do you ask?"]
    assert "No, not really. Why do you ask?" in GUIDE


def test_several_facts_are_told_one_after_the_other_and_what_was_deflected_can_be_asked_again() -> None:
    text = WHOLE.replace("    reveals: quick\n", "    reveals: [quick, cat, shy]\n") + (
        "traits: {cat: {says: And the cat listens., chance: 100%}, shy: {says: Shy., guarded: 100}}\n"
    )
    said = replies(played(text, "what-happened"))
    assert said == ["Mine takes so long that the toast is cold by then.", "And the cat listens."]
    shy = WHOLE.replace("by then.}", "by then., guarded: 100}")
    state = played(shy, "what-happened")
    assert state.legal_actions() == played(shy).legal_actions()


def test_a_price_that_no_line_says_is_known_from_the_start() -> None:
    unsaid = WHOLE.replace("kind: quote", "kind: claim")
    known = WHOLE.replace("buyer: {name: Ada}", "buyer: {name: Ada, arrives: known}")
    assert [played(text).people[0][at.PRICED] for text in (WHOLE, unsaid, known)] == [0, 1, 1]
    assert "it is known from the start" in GUIDE


def test_the_numbers_of_the_guide_are_those_of_the_rules() -> None:
    assert f"trust is {constants.OPEN_UP_TRUST // POINT} or more" in " ".join(GUIDE.split())
    joins = [round((constants.JOINS + constants.JOINS_TRUST * trust // 100) / 10_000) for trust in (0, 40, 100)]
    assert joins == [35, 61, 100]
    assert "`bring-in` works in 35% of cases" in GUIDE
    assert "61% at a trust of 40" in GUIDE
    assert constants.GRACE == 20
    assert "Twenty minutes early or late" in GUIDE
    assert 5 * (100 - 40) // 100 == 3


def test_the_computer_players_of_the_guide_are_those_there_are() -> None:
    assert {*vocabulary.DOCTRINES, "script", "expert"} == set(doctrines.DOCTRINES)
    assert all(f"`{name}`" in GUIDE for name in doctrines.DOCTRINES)


def test_the_output_shown_is_what_check_prints() -> None:
    faulty = WHOLE.replace("open-question", "opne-question").replace("reveals: quick", "reveals: quik").encode()
    _, problems = check_scenario(faulty, "kettle.yaml")
    assert f"```text\n{render(problems, faulty)}\n```" in GUIDE


def test_every_link_inside_the_guide_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^a-z ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^## (.*)$", GUIDE, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]*)\)", GUIDE)) == headings


def test_every_section_is_named_at_the_top() -> None:
    sections = re.findall(r"^## (.+)$", GUIDE, re.M)
    top = GUIDE.partition(f"## {sections[0]}")[0]
    named = re.findall(r"\[([^\]]+)\]\(#([^)]+)\)", top)
    assert sorted(name for name, _ in named) == sorted(sections)
    assert all(anchor == re.sub(r"[^a-z0-9 ]", "", name.lower()).replace(" ", "-") for name, anchor in named)
