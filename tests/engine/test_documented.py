"""The engine's page says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from engine.rules.causes import CAUSES
from engine.rules.constants import KIND_RULES, TABLE, as_markdown
from engine.scenario.vocabulary import KINDS

README = Path(__file__).parents[2] / "engine" / "README.md"


def test_the_page_prints_the_table_of_constants_as_it_is() -> None:
    """To renew it: `python -c "from engine.rules.causes import CAUSES
    from engine.rules.constants import as_markdown; print(as_markdown())"`."""
    assert as_markdown() in README.read_text(encoding="utf-8")


def test_every_constant_has_a_unit_and_a_source_or_is_called_a_design_choice() -> None:
    for constant in TABLE.values():
        assert constant.unit
        assert (constant.source == "design choice") == (constant.confidence == "design choice"), constant.name


def test_every_kind_of_line_has_its_defaults_and_its_cause_in_words() -> None:
    assert set(KIND_RULES) == set(CAUSES) == set(KINDS)


def test_the_example_on_the_page_runs() -> None:
    example = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    code = example[1].replace('"scenarios/', f'"{README.parents[1]}/scenarios/')
    exec(compile(code, "README", "exec"), {})
