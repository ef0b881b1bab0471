"""The JSON Schema beside the bundled scenarios is current, and agrees with the reader about what may be written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import scenarios
from engine.scenario import check_scenario
from engine.scenario.reading import read_tree
from engine.scenario.schema import schema_text
from tests.engine.scenario.shop import SHOP, changed

FOLDER = Path(scenarios.__path__[0])
COMMITTED = FOLDER / "schema" / "prospect.schema.json"
BUNDLED = sorted(FOLDER.glob("*.yaml"))
VALIDATOR = jsonschema.Draft7Validator(json.loads(COMMITTED.read_text(encoding="utf-8")))


def as_an_editor(text: str) -> Any:
    """The data of a file as an editor with YAML 1.2 sees it: numbers and true, false as what they are."""
    return _core(yaml.compose(text, yaml.SafeLoader))


def _core(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {_core(key): _core(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_core(item) for item in node.value]
    text = node.value
    if node.style:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def complaints(text: str) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(as_an_editor(text))]


def test_the_committed_schema_is_the_one_the_models_make() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "run: python -m engine.scenario.schema"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(VALIDATOR.schema)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_a_bundled_scenario_names_the_schema_and_fits_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=schema/prospect.schema.json\n")
    assert complaints(text) == []


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_a_bundled_scenario_has_no_problems_at_all(path: Path) -> None:
    assert check_scenario(path.read_bytes(), path.name)[1] == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: 40", "weight: heavy"),
        ("weight: 40", "wieght: 40"),
        ("kind: isolate", "kind: isolat"),
        ("patience: 10m..15m", "patience: 10-15"),
        ("trust: 25..40", "trust: 25-40"),
        ("chance: 30%", "chance: 30"),
        ("at: 18:15", "at: 18.15"),
        ("  name: Ada\n", ""),
        ("    say: Is it the money?\n", ""),
    ],
)
def test_an_editor_shows_the_mistakes_of_a_single_field(old: str, new: str) -> None:
    assert complaints(changed(old, new))


VALUES = st.sampled_from(
    [
        *["5", "+5", "-3", "100", "0", "4.50", "38900", "0.35", "yes", "no", "true", "True", "YES", '" 5 "', "'12'"],
        *["20m", "1h30m", "1w", "40m..60m", "55..70", "55 .. 70", "..24", "25..", "35%", "2.5%", "17% a day"],
        *["Mon", "Mon 10:00", "18:15", "9:05", "hello", "hello..show", "any", "between", "alone", "husband", "none"],
        *["quick", "[quick, baby]", "dear", "money", "why", "order", "visit", "call", "vague", "low", "telfer", "slow"],
        *["one-call", "driver", "EUR", "en", "pt-BR", "plan-a", "[]", "", "~", "{}", "Good morning.", "'text # text'"],
        *["{low: 10%, moderate: 40%, high: 50%}", "{says: Yes.}", "[{says: Yes.}, No.]", "{knows: quick}", "2024"],
    ]
)
FIELDS = st.sampled_from(sorted(set(re.findall(r"^ *(?:- )?([a-z-]+): \S", SHOP, re.M))))


@settings(deadline=None, max_examples=300)
@given(FIELDS, VALUES)
def test_the_schema_takes_whatever_the_reader_takes(field: str, value: str) -> None:
    text = re.sub(rf"(^ *(?:- )?{field}: ).*$", lambda found: found[1] + value, SHOP, count=1, flags=re.M)
    scenario, _ = check_scenario(text.encode(), "shop.yaml")
    if scenario is not None:
        assert read_tree(text.encode(), "shop.yaml")
        assert complaints(text) == []
