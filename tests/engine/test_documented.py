"""The engine's page says what the code does."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import engine
from engine.rules.constants import TABLE, as_markdown

README = Path(__file__).parents[2] / "engine" / "README.md"


def test_the_page_prints_the_table_of_constants_as_it_is() -> None:
    """To renew it: `python -c "from engine.rules.constants import as_markdown; print(as_markdown())"`."""
    assert as_markdown() in README.read_text(encoding="utf-8")


def test_every_constant_has_a_unit_and_a_source_or_is_called_a_design_choice() -> None:
    for constant in TABLE.values():
        assert constant.unit
        assert (constant.source == "design choice") == (constant.confidence == "design choice"), constant.name


def test_the_example_on_the_page_runs() -> None:
    example = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    code = example[1].replace('"scenarios/', f'"{README.parents[1]}/scenarios/')
    exec(compile(code, "README", "exec"), {})


def test_the_page_names_every_part_of_the_engine() -> None:
    parts = README.read_text(encoding="utf-8").partition("| part |")[2].partition("\n\n")[0]
    for found in pkgutil.iter_modules(engine.__path__):
        assert f"`{found.name}{'/' if found.ispkg else '.py'}`" in parts, found.name
